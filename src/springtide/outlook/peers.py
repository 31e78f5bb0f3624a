"""Rallies of a lake's other instruments, made once for a state of the lake and kept on disk.

An outlook compares a rally with those of up to two hundred instruments. Finding them takes seconds;
they are the same for every instrument of a group on one day, so they are kept under a digest of the
rows that they come from.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from weakref import WeakKeyDictionary

import numpy as np

from springtide.market import instruments
from springtide.market.closes import Closes
from springtide.market.view import View
from springtide.metrics.kept import Arrays, kept
from springtide.outlook.fits import Group, group_of
from springtide.outlook.landmarks import Landmarks, landmarks_of_all
from springtide.outlook.panel import METHOD_VERSION, kind_of, load_panel

MOST_PEERS = 200
"""Instruments among which analogues are looked for: thousands would take longer than all else."""

_KEPT = 12
"""States that are kept: one takes up to twenty megabytes."""


@dataclass(frozen=True, slots=True)
class Peers:
    """The rallies of a group's instruments, and their closes.

    Attributes
    ----------
    landmarks
        Of all of them.
    arrays
        Closes behind one another, their days, and where each series and each of its stretches
        begins.
    """

    landmarks: Landmarks
    arrays: Arrays

    def closes(self, symbol: str) -> Closes:
        """Return the closes of one of them."""
        number = self.arrays["members"].tolist().index(symbol)
        first, past = self.arrays["ends"][number : number + 2].tolist()
        starts = self.arrays["stretches"]
        inside = starts[(starts >= first) & (starts < past)] - first
        return Closes(
            symbol,
            self.landmarks.kinds[self.landmarks.symbols.index(symbol)],
            self.arrays["days"][first:past],
            self.arrays["closes"][first:past],
            tuple(inside.tolist()),
        )


_LOADED: WeakKeyDictionary[View, dict[Group, Peers | None]] = WeakKeyDictionary()


def peers(view: View, group: Group) -> Peers | None:
    """Return the rallies of one group of a lake's instruments as a view sees them.

    Known instruments come before others where there are more than :data:`MOST_PEERS`. None where
    none has a rally. Loaded once a view.
    """
    loaded = _LOADED.setdefault(view, {})
    if group not in loaded:
        loaded[group] = _load(view, group)
    return loaded[group]


def _load(view: View, group: Group) -> Peers | None:
    inputs = [view.stamp, group, METHOD_VERSION, MOST_PEERS]
    arrays = kept("peers", inputs, lambda: _arrays(view, group), folder="peers", most=_KEPT)
    if not len(arrays["day"]):
        return None
    of_landmarks = {each.name: arrays[each.name] for each in fields(Landmarks)}
    symbols, kinds = (tuple(of_landmarks.pop(name).tolist()) for name in ("symbols", "kinds"))
    return Peers(Landmarks(symbols=symbols, kinds=kinds, **of_landmarks), arrays)


def _arrays(view: View, group: Group) -> Arrays:
    symbols = [symbol for symbol in view.symbols() if group_of(kind_of(symbol)) == group]
    if len(symbols) > MOST_PEERS:
        symbols.sort(key=lambda symbol: (instruments.find(symbol) is None, symbol))
    chosen = symbols[:MOST_PEERS]
    panel = load_panel(view.scan("bars"), view.scan("observations"), chosen) if chosen else ()
    history = landmarks_of_all(panel, described=False)
    if history is None:
        return {"day": np.empty(0, np.int64)}
    ends = np.cumsum([0, *map(len, panel)])
    stretches = [
        np.array(series.starts) + first for series, first in zip(panel, ends[:-1], strict=True)
    ]
    return {
        **{each.name: np.asarray(getattr(history, each.name)) for each in fields(Landmarks)},
        "members": np.array([series.symbol for series in panel]),
        "days": np.concatenate([series.days for series in panel]),
        "closes": np.concatenate([series.close for series in panel]),
        "ends": ends,
        "stretches": np.concatenate(stretches),
    }
