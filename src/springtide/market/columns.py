"""The bars of many symbols as columns, decoded once: what measuring a whole market reads.

A symbol is *plain* where its rows need none of the rules of
:class:`springtide.market.history.BarHistory`: one row a date, each known by the end of its day, a
close in each, and none on a day that was no session of a calendar that reaches so far. Of these a
view of any day is a slice. All others are left to the view.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from springtide.market import calendars
from springtide.market.closes import SPLIT_FIELD
from springtide.market.history import REPEAT, repeats_before
from springtide.market.lake import Lake
from springtide.market.merge import FIGURES
from springtide.market.types import Field, Instrument

if TYPE_CHECKING:
    import polars as pl

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

_DAY = 86_400_000_000  # in microseconds

_FEW = 200
"""Symbols that are looked for one by one."""

_MARGIN = 800
"""Days of the tables before the first day and after the last."""

_OTHER, _PLAIN, _AGAIN = 0, 1, 2
"""A run of rows: of no use here, plain, or perhaps plain once rows are put in order."""


@dataclass(frozen=True, slots=True)
class Sessions:
    """The sessions of some calendars by day, so that counting them is looking them up.

    Attributes
    ----------
    base
        The first day of the tables, counted from 1970.
    upto
        By calendar and day, how many sessions there are up to that day: shape (calendars, days).
    days
        By calendar, its sessions, counted from 1970.
    low, high
        By calendar, the first and the last day that it speaks of.
    names
        The calendars.
    """

    base: int
    upto: npt.NDArray[np.int32]
    days: tuple[IntArray, ...]
    low: IntArray
    high: IntArray
    names: tuple[str, ...]


@dataclass(frozen=True)
class Columns:
    """The rows of plain symbols, each a slice that ascends by date.

    Attributes
    ----------
    symbols
        The plain symbols; the rows of the k-th are ``start[k]`` to ``stop[k]``.
    calendar
        The number of each symbol's calendar in ``sessions``.
    days
        Dates, counted from 1970.
    gaps
        How many sessions without a row lie between a symbol's first row and each of its rows.
    frame
        The rows as they were decoded.
    """

    symbols: tuple[str, ...]
    start: IntArray
    stop: IntArray
    calendar: IntArray
    sessions: Sessions
    days: npt.NDArray[np.int32]
    gaps: npt.NDArray[np.int32]
    frame: pl.DataFrame
    _figures: dict[str, FloatArray] = field(default_factory=dict)

    def figure(self, name: Field) -> FloatArray:
        """Return the figures of one field, NaN where not known."""
        if name not in self._figures:
            self._figures[name] = self.frame[name].to_numpy().astype(np.float64, copy=False)
        return self._figures[name]

    def ends(self, as_of: date) -> IntArray:
        """Return for each symbol the position after its last row by a day."""
        ends: IntArray = _kernels()[1](self.days, self.start, self.stop, _number(as_of))
        return ends


def load(lake: Lake, known: Sequence[Instrument], fields: Iterable[Field]) -> list[Columns]:
    """Read the columns of those of some instruments that are plain.

    Parameters
    ----------
    lake
        A lake that is held at a version.
    known
        Those that are read.
    fields
        The figures that are decoded, the close in any case.

    Returns
    -------
    list of Columns
        Each symbol in one of them, or in none where it is not plain.
    """
    if not known:
        return []
    frame = _read(lake, [one.id for one in known], fields)
    if frame.is_empty():
        return []
    split = _split(lake)
    calendars_of = {
        one.id: one.calendar
        for one in known
        if one.id not in split and one.calendar not in calendars.SHARED_SESSIONS
    }
    sessions = sessions_of(tuple(sorted(set(calendars_of.values()))), frame["date"])
    first, again = _plain_ones(frame, calendars_of, sessions)
    if not again:
        return [first]
    import polars as pl

    apart = frame.filter(pl.col("symbol").is_in(again)).sort("symbol", "date", "known_at")
    second, _ = _plain_ones(_without_repeats(apart, calendars_of, sessions), calendars_of, sessions)
    return [first, second]


def _plain_ones(
    frame: pl.DataFrame, calendars_of: Mapping[str, str], sessions: Sessions
) -> tuple[Columns, list[str]]:
    """Return the plain symbols, and those that may be once their rows are put in order."""
    runs = _Runs.of(frame, calendars_of, sessions)
    days, known = _days(frame), frame["known_at"].to_physical().to_numpy()
    close = frame["close"].to_numpy().astype(np.float64, copy=False)
    gaps = np.zeros(len(days), np.int32)
    states = _kernels()[0](
        days, known, close, runs.start, runs.stop, runs.calendar, sessions.upto, sessions.base,
        sessions.low, sessions.high, gaps,
    )  # fmt: skip
    counts = Counter(runs.names)
    states[[counts[name] > 1 for name in runs.names]] = _AGAIN
    kept = np.flatnonzero(states == _PLAIN)
    again = {runs.names[k] for k in np.flatnonzero(states == _AGAIN).tolist()}
    made = Columns(
        symbols=tuple(runs.names[k] for k in kept.tolist()),
        start=runs.start[kept],
        stop=runs.stop[kept],
        calendar=runs.calendar[kept],
        sessions=sessions,
        days=days,
        gaps=gaps,
        frame=frame,
        _figures={"close": close},
    )
    return made, sorted(again)


@dataclass(frozen=True, slots=True)
class _Runs:
    """Rows in a row that are of one symbol."""

    names: list[str]
    start: IntArray
    stop: IntArray
    calendar: IntArray

    @classmethod
    def of(cls, frame: pl.DataFrame, calendars_of: Mapping[str, str], sessions: Sessions) -> _Runs:
        runs = frame["symbol"].rle()
        names = runs.struct.field("value").to_list()
        lengths = runs.struct.field("len").to_numpy().astype(np.int64)
        stop = np.cumsum(lengths)
        numbers = {name: k for k, name in enumerate(sessions.names)}
        calendar = np.array([numbers.get(calendars_of.get(name, ""), -1) for name in names])
        return cls(names, stop - lengths, stop, calendar.astype(np.int64))


def _without_repeats(
    frame: pl.DataFrame, calendars_of: Mapping[str, str], sessions: Sessions
) -> pl.DataFrame:
    """Leave out rows that repeat the close before on a day that was no session, as a view does."""
    if frame.is_empty():
        return frame
    runs = _Runs.of(frame, calendars_of, sessions)
    close = frame["close"].to_numpy().astype(np.float64, copy=False)
    same = repeats_before(close)
    same[runs.start] = False
    at = _days(frame) - sessions.base
    of = np.repeat(runs.calendar, runs.stop - runs.start)
    off = sessions.upto[of, at] == sessions.upto[of, at - 1]
    return frame.filter(~(same & off))


def _days(frame: pl.DataFrame) -> npt.NDArray[np.int32]:
    days: npt.NDArray[np.int32] = frame["date"].to_physical().to_numpy()
    return days


def _read(lake: Lake, symbols: Sequence[str], fields: Iterable[Field]) -> pl.DataFrame:
    """Return the rows of some symbols, in the order of the files."""
    wanted = {*fields, "close"}
    names = ["symbol", "date", "known_at", *(name for name in FIGURES if name in wanted)]
    table = lake.snapshot("bars")
    # A few may lie far apart, and all rows between them would be read.
    few = len(symbols) <= _FEW
    rows = table.scan(symbols) if few else table.between(min(symbols), max(symbols))
    rows = rows.select(names)
    return rows.drop_nulls(["date", "known_at"]).collect()


def _split(lake: Lake) -> frozenset[str]:
    """Return the symbols of which a split is on file."""
    import polars as pl

    told = lake.snapshot("observations").scan().filter(pl.col("field") == SPLIT_FIELD)
    return frozenset(told.select("subject").unique().collect()["subject"].to_list())


@lru_cache(maxsize=4)
def _tables(names: tuple[str, ...], first: int, last: int) -> Sessions:
    """Return the tables of some calendars, a margin around these days included."""
    known = [calendars.reach(name) for name in names]
    low = np.array([_number(first_day) for first_day, _ in known], np.int64)
    high = np.array([_number(last_day) for _, last_day in known], np.int64)
    base = min([first, *low.tolist()]) - _MARGIN
    size = max([last, *high.tolist()]) - base + _MARGIN
    upto = np.zeros((len(names), size), np.int32)
    days = []
    for k, (name, reach) in enumerate(zip(names, known, strict=True)):
        those = calendars.sessions(name, *reach)
        assert those is not None
        numbers = those.astype("datetime64[D]").astype(np.int64)
        upto[k, numbers - base] = 1
        days.append(numbers)
    np.cumsum(upto, axis=1, out=upto)
    return Sessions(base, upto, tuple(days), low, high, names)


def sessions_of(names: tuple[str, ...], dates: pl.Series) -> Sessions:
    """Return the tables of some calendars, for days as they stand in a column."""
    days = dates.to_physical()
    first, last = days.min(), days.max()
    assert isinstance(first, int)
    assert isinstance(last, int)
    return _tables(names, first, last)


def _number(day: date) -> int:
    return int(np.datetime64(day, "D").astype(np.int64))


@cache
def _kernels() -> tuple[Any, Any]:
    """Return the loops over rows, compiled."""
    import numba

    compiled = numba.njit(cache=True, nogil=True)
    return compiled(_states), compiled(_ends)


def _states(
    days: Any, known: Any, close: Any, start: Any, stop: Any, calendar: Any, upto: Any, base: int,
    low: Any, high: Any, gaps: Any,
) -> Any:  # fmt: skip
    """Tell which runs of rows are plain, and count the sessions that are missing within them."""
    states = np.zeros(len(start), np.int8)
    for k in range(len(start)):
        of = calendar[k]
        if of < 0 or days[start[k]] < low[of] or days[stop[k] - 1] > high[of]:
            continue
        missing = 0
        state = _PLAIN
        for i in range(start[k], stop[k]):
            day = days[i]
            at = day - base
            if not close[i] > 0 or known[i] >= (day + 1) * _DAY:
                state = _OTHER
                break
            if i > start[k]:
                before = days[i - 1] - base
                if at <= before:
                    state = _OTHER
                    break
                if upto[of, at] == upto[of, at - 1] and (
                    abs(close[i] - close[i - 1]) <= REPEAT * abs(close[i - 1])
                ):
                    state = _AGAIN
                    break
                missing += upto[of, at - 1] - upto[of, before]
            gaps[i] = missing
        states[k] = state
    return states


def _ends(days: Any, start: Any, stop: Any, day: int) -> Any:
    """Find for each run the position after its last row by a day."""
    ends = np.empty(len(start), np.int64)
    for k in range(len(start)):
        low, high = start[k], stop[k]
        while low < high:
            middle = (low + high) // 2
            if days[middle] <= day:
                low = middle + 1
            else:
                high = middle
        ends[k] = low
    return ends
