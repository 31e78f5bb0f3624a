"""The closes around a date and after it: what metrics of what came later are measured from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from springtide.language.messages import Message
from springtide.market.closes import Closes, Cut, closes_of, day_of
from springtide.market.types import Bars, Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.answers import Measured, Missing


@dataclass(frozen=True, slots=True)
class LaterPath:
    """The closes around a date that may be joined, with where the date stands among them.

    ``position`` is that of the date in all closes, ``at`` in these; ``held`` are the rows of
    ``bars``. ``next_cut`` says why closes do not go on after these, None where they are the last.
    """

    instrument: Instrument
    bars: Bars
    held: npt.NDArray[np.int64]
    closes: Closes
    position: int
    at: int
    next_cut: Cut | None

    @property
    def close(self) -> rows.Array:
        """The closes, one a session."""
        return self.closes.close

    def day(self, i: int) -> date:
        """Return the session at a position."""
        return self.closes.day(i)


def path_from(view: View, instrument: Instrument, since: date | None, back: int) -> LaterPath:
    """Find the closes around a date, by default the session so many before the as-of date."""
    bars = view.bars(instrument.id)
    if since is None:
        start = int(rows.trailing(view, instrument, "close", back + 1)[0])
    else:
        rows.check_past(view, since)
        _, start = rows.at(view, instrument, "close", since)
    rows.check_positive(instrument, bars, np.array([start]))
    closes = closes_of(view, instrument)
    position = int(np.searchsorted(closes.days, day_of(rows.day_of(bars, start))))
    first, past = closes.around(position)
    part = closes.part(first, past)
    held = np.searchsorted(bars.dates, part.days.astype("datetime64[D]"))
    next_cut = closes.cuts[closes.starts.index(past)] if past < len(closes) else None
    return LaterPath(instrument, bars, held, part, position, position - first, next_cut)


def awaited(path: LaterPath, why: Message) -> Missing:
    """Say that the data have not decided, and what is awaited; or that they cannot go on."""
    name, last = path.instrument.id, str(path.day(-1))
    if path.next_cut is not None:
        return Missing("missing.closes-cut", subject=name, day=last, why=path.next_cut)
    return Missing("missing.awaited", subject=name, day=last, why=why)


def check_whole(view: View, path: LaterPath, last: int) -> None:
    """Be sure that no session is missing that is counted: from the path's date to this position."""
    if last > path.at:
        rows.stretch(view, path.instrument, "close", path.day(path.at), path.day(last))


def decided(
    view: View, path: LaterPath, value: bool, first: int, cited: tuple[int, ...]
) -> Measured:
    """Cite the date's close first and the one that decides last, and all from ``first`` to it."""
    check_whole(view, path, cited[-1])
    shown = tuple(
        rows.row(path.bars, int(path.held[i]), "close") for i in dict.fromkeys((path.at, *cited))
    )
    return Measured(
        value, shown, (rows.window(view, path.bars, path.held[first : cited[-1] + 1], "close"),)
    )
