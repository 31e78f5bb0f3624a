"""Which closes of an instrument may be joined: decided here for metrics, outlook and charts alike.

A rise from one close to a later one is a move of the market only where nothing between them hides
one. Closes are cut where too many sessions are missing, where a share was split and its earlier
prices were not restated, where a price is not above zero, and where two closes differ as no
market's do. Everything else is a real move, however large: an index has no splits, and a share's
split needs evidence (see :func:`is_split`).

Each cut is decided by what was known on its day: later rows never move it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Literal
from weakref import WeakKeyDictionary

import numpy as np

from springtide.market import calendars, instruments
from springtide.market.coverage import LONGEST_CLOSURE
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.numerics.series import FloatArray, IntArray

LONGEST = 5
"""At most so many sessions in a row are missing between closes that are joined: a week."""

MOST_MISSING = 10
AMONG = 100
"""At most so many are missing of any so many in a row."""

LARGE = math.log(2.0) * (1 - 1e-12)
"""A close that doubles or halves: where it is taken for a real move of a share, that is said."""

BEYOND = math.log(20.0)
"""No market moves so far between two closes: another unit, or an error."""

SPLIT_FIELD = "split"
"""Field of an observation that tells of a split: new shares for an old one, on the first session
at the new price."""

THREE_FOR_TWO = 2 / 3
"""The ratio of closes after the one usual split that is of no whole number."""

NEAR = 0.01
"""How near a ratio of closes must be to that of a split."""

USUAL = 20
"""Sessions whose median volume is the usual one."""

MOST_MONEY = 2.5
"""A split trades no more money than so many times the usual: a fall by half trades far more."""

_SPLIT_KINDS = ("stock", "etf")

Cut = Literal["first", "gap", "split", "zero", "scale"]
"""Why closes begin anew: they are the first; sessions are missing; a split; no price; a unit."""


@dataclass(frozen=True, slots=True)
class Closes:
    """Daily closes of one instrument above zero, ascending, cut where they may not be joined.

    Attributes
    ----------
    symbol, kind
        Its id, and ``index``, ``stock`` and so on.
    days
        Sessions, counted from 1970, shape (n,).
    close
        Closes, shape (n,).
    starts
        Positions at which a stretch of closes begins that may be joined; the first is 0.
    cuts
        Why each of them begins there.
    unproved
        Positions of closes of a share that at least doubled or halved, taken for real moves because
        nothing shows a split.
    """

    symbol: str
    kind: str
    days: IntArray
    close: FloatArray
    starts: tuple[int, ...] = (0,)
    cuts: tuple[Cut, ...] = ("first",)
    unproved: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.days)

    @property
    def is_index(self) -> bool:
        """Whether it is an index, the group that indices are compared with."""
        return self.kind == "index"

    @property
    def stretches(self) -> list[tuple[int, int]]:
        """The ends of the stretches that may be joined: the first position and past the last."""
        return list(pairwise((*self.starts, len(self.days)))) if len(self.days) else []

    def day(self, position: int) -> date:
        """Return the session at a position."""
        return date_of(int(self.days[position]))

    def around(self, position: int) -> tuple[int, int]:
        """Return the ends of the stretch that holds a position."""
        return next(ends for ends in self.stretches if ends[0] <= position < ends[1])

    def part(self, first: int, past: int) -> Closes:
        """Return one stretch, by its ends.

        Examples
        --------
        >>> made = Closes("X", "stock", np.arange(4), np.array([9.0, 8, 4, 5]), (0, 2),
        ...     ("first", "split"))
        >>> made.part(*made.around(3)).close.tolist(), made.part(*made.stretches[-1]).cuts
        ([4.0, 5.0], ('split',))
        """
        return replace(
            self,
            days=self.days[first:past],
            close=self.close[first:past],
            starts=(0,),
            cuts=(self.cuts[self.starts.index(first)],),
            unproved=tuple(at - first for at in self.unproved if first <= at < past),
        )


def date_of(day: int) -> date:
    """Return the date of a day counted from 1970.

    Examples
    --------
    >>> date_of(20132).isoformat(), day_of(date(2025, 2, 13))
    ('2025-02-13', 20132)
    """
    as_date: date = np.datetime64(int(day), "D").astype(object)
    return as_date


def day_of(day: date) -> int:
    """Return a date as a day counted from 1970."""
    return int(np.datetime64(day, "D").astype(np.int64))


_CLOSES: WeakKeyDictionary[View, dict[str, Closes]] = WeakKeyDictionary()


def closes_of(view: View, instrument: Instrument) -> Closes:
    """Return the closes of an instrument that a view holds, cut where they may not be joined.

    Worked out once a view.

    Examples
    --------
    >>> import tempfile
    >>> from springtide.market.ingest import load_bundled
    >>> from springtide.market.lake import Lake
    >>> lake = Lake.create(tempfile.mkdtemp())
    >>> _ = load_bundled(lake)
    >>> view = View(lake, date(2018, 1, 26))
    >>> closes = closes_of(view, view.instrument("SPX"))
    >>> closes.day(0).isoformat(), closes.day(-1).isoformat(), closes.starts
    ('1999-01-04', '2018-01-26', (0,))
    """
    known = _CLOSES.setdefault(view, {})
    if instrument.id not in known:
        bars = view.bars(instrument.id)
        told = view.observations(instrument.id, SPLIT_FIELD)
        known[instrument.id] = joined(
            instrument.id,
            instrument.kind,
            bars.dates.astype("datetime64[D]").astype(np.int64),
            bars.open,
            bars.close,
            bars.volume,
            {day_of(one.date): one.value for one in told},
        )
    return known[instrument.id]


def joined(
    symbol: str,
    kind: str,
    days: IntArray,
    opens: FloatArray,
    close: FloatArray,
    volume: FloatArray,
    splits: Mapping[int, float],
) -> Closes:
    """Say which closes may be joined.

    Parameters
    ----------
    symbol, kind
        Of the instrument; the symbol tells its calendar.
    days
        Sessions, counted from 1970, ascending, shape (n,).
    opens, close, volume
        Shape (n,); NaN where not known. Rows without a close are passed over.
    splits
        Splits on file: by day, new shares for an old one.

    Examples
    --------
    A share whose price halves while its volume doubles was split; one whose volume is tenfold fell:

    >>> days = np.array([20128, 20129, 20130, 20131, 20132])
    >>> close, opens = np.array([100.0, 101, 50.5, 51, 50]), np.full(5, np.nan)
    >>> joined("X", "stock", days, opens, close, np.array([9.0, 9, 18, 16, 17]), {}).starts
    (0, 2)
    >>> fell = joined("X", "stock", days, opens, close, np.array([9.0, 9, 90, 40, 20]), {})
    >>> fell.starts, fell.unproved
    ((0,), (2,))
    """
    there = ~np.isnan(close)
    priced = there & (close > 0)
    kept = np.flatnonzero(priced)
    day, price = days[kept], close[kept]
    cuts: dict[int, Cut] = {}
    # A price that is none lies between these two.
    between = np.diff(np.cumsum(there & ~priced)[kept])
    cuts |= {int(at) + 1: "zero" for at in np.flatnonzero(between)}
    for at in _gaps(instruments.calendar_of(symbol), day):
        cuts[at] = "gap"
    moves = np.diff(np.log(price))
    cuts |= {int(at) + 1: "scale" for at in np.flatnonzero(np.abs(moves) > BEYOND)}
    unproved: list[int] = []
    if kind in _SPLIT_KINDS:
        for at in _on_file(day, moves, splits):
            cuts[at] = "split"
        for at in (np.flatnonzero(np.abs(moves) > -math.log(THREE_FOR_TWO + NEAR)) + 1).tolist():
            if at not in cuts and is_split(opens[kept], price, volume[kept], at):
                cuts[at] = "split"
            elif at not in cuts and abs(moves[at - 1]) >= LARGE:
                unproved.append(at)
    starts = sorted(cuts)
    return Closes(
        symbol,
        kind,
        day,
        price,
        starts=(0, *starts),
        cuts=("first", *(cuts[at] for at in starts)),
        unproved=tuple(unproved),
    )


def is_split(opens: FloatArray, close: FloatArray, volume: FloatArray, at: int) -> bool:
    """Say whether price and volume show that a share was split before a session.

    The ratio of the two closes is within one per cent of that of a split (one for a whole number or
    the reverse, three for two), the volume moved the other way, and no more money was traded than
    :data:`MOST_MONEY` times the usual: who owns twice the shares at half the price trades as much
    as before, while a real fall by half is the day of a lifetime. The first open, where it is
    known, is nearer to the new price than to the old: a fall takes its time.

    Parameters
    ----------
    opens, close, volume
        Of all sessions, shape (n,); opens and volume are NaN where not known.
    at
        The first session at the new price.

    Examples
    --------
    >>> price, opens = np.array([100.0, 100.0, 50.2]), np.array([100.0, 101.0, 50.5])
    >>> [is_split(opens, price, np.array([7.0, 7.0, v]), 2) for v in (14.0, 3.0, 90.0, np.nan)]
    [True, False, False, False]
    """
    ratio = close[at] / close[at - 1]  # plain, so that it can be compiled as it stands
    step = min(ratio, 1 / ratio)
    whole = 1 / max(round(1 / step), 2)
    if not (abs(step / whole - 1) <= NEAR or abs(step / THREE_FOR_TWO - 1) <= NEAR):
        return False
    opened = opens[at]
    if opened > 0 and abs(math.log(opened / close[at])) > abs(math.log(opened / close[at - 1])):
        return False
    before = volume[max(0, at - USUAL) : at]
    before = before[before > 0]
    if not before.size or not volume[at] > 0:
        return False
    change = volume[at] / np.median(before)
    return bool((change > 1) == (ratio < 1) and change != 1 and change * ratio <= MOST_MONEY)


def _on_file(days: IntArray, moves: FloatArray, splits: Mapping[int, float]) -> Sequence[int]:
    """Return the positions of splits on file whose closes were not restated.

    They were not where the move is nearer to the split than to none.
    """
    positions = []
    for day, shares in splits.items():
        at = int(np.searchsorted(days, day))
        if 0 < at < len(days) and shares > 0 and shares != 1:
            move = float(moves[at - 1])
            if abs(move + math.log(shares)) < abs(move):
                positions.append(at)
    return positions


def _gaps(calendar: str, days: IntArray) -> list[int]:
    """Return the positions of closes before which too many sessions are missing."""
    if len(days) < 2:
        return []
    low, high = calendars.reach(calendar)
    sessions = calendars.sessions(calendar, low, high)
    assert sessions is not None
    numbers = sessions.astype("datetime64[D]").astype(np.int64)
    before, after = days[:-1], days[1:]
    missing = np.searchsorted(numbers, after) - np.searchsorted(numbers, before, "right")
    # Beyond the calendar nobody says what was a session; where no market closes for so long, some
    # were.
    outside = (before < day_of(low)) | (after > day_of(high))
    long = np.diff(days) > LONGEST_CLOSURE
    missing = np.where(outside, np.where(long, LONGEST + 1, 0), np.maximum(missing, 0))
    # Sessions since the first close, with those that are missing, and how many of these.
    session = np.arange(len(days)) + np.concatenate([[0], np.cumsum(missing)])
    cuts: list[int] = []
    recent: list[tuple[int, int]] = []  # of this stretch: the close after a gap, and its length
    for at in (np.flatnonzero(missing) + 1).tolist():
        recent = [one for one in recent if session[at] - session[one[0]] + 1 < AMONG]
        recent.append((at, int(missing[at - 1])))
        if recent[-1][1] > LONGEST or sum(length for _, length in recent) > MOST_MISSING:
            cuts.append(at)
            recent = []
    return cuts
