"""The bars of many symbols as columns, decoded once: what measuring a whole market reads.

A symbol is *plain* where its rows need none of the rules of
:class:`springtide.market.history.BarHistory`: one row a date, each known by the end of its day, a
close in each, and none on a day that was no session of a calendar that reaches so far. Of these a
view of any day is a slice. All others are left to the view.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from springtide.market import calendars
from springtide.market.closes import SPLIT_FIELD
from springtide.market.history import REPEAT
from springtide.market.lake import Lake
from springtide.market.merge import FIGURES
from springtide.market.runs import Runs, rows_of
from springtide.market.tables import Part, Snapshot
from springtide.market.types import Field, Instrument

if TYPE_CHECKING:
    import polars as pl

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

_DAY = 86_400_000_000  # in microseconds

_MARGIN = 800
"""Days of the tables before the first day and after the last."""

_OTHER, _PLAIN, _REPEATS = 0, 1, 2
"""A run of rows: of no use here, plain, or plain without rows that only repeat."""


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
    """

    symbols: tuple[str, ...]
    start: IntArray
    stop: IntArray
    calendar: IntArray
    sessions: Sessions
    days: npt.NDArray[np.int32]
    gaps: npt.NDArray[np.int32]
    _figures: Mapping[str, FloatArray]

    def figure(self, name: Field) -> FloatArray:
        """Return the figures of one of the fields that were read, NaN where not known."""
        return self._figures[name]

    def of(self, symbols: Collection[str]) -> Columns:
        """Return the rows of those symbols alone that are among some."""
        kept = [k for k, symbol in enumerate(self.symbols) if symbol in symbols]
        if len(kept) == len(self.symbols):
            return self
        return replace(
            self,
            symbols=tuple(self.symbols[k] for k in kept),
            start=self.start[kept],
            stop=self.stop[kept],
            calendar=self.calendar[kept],
        )

    def ends(self, as_of: date) -> IntArray:
        """Return for each symbol the position after its last row by a day."""
        ends: IntArray = _kernels()[1](self.days, self.start, self.stop, _number(as_of))
        return ends


def load(lake: Lake, known: Sequence[Instrument], fields: Iterable[Field]) -> Columns | None:
    """Read the columns of those of some instruments that are plain; None where there are no rows.

    Parameters
    ----------
    lake
        A lake that is held at a version.
    known
        Those that are read.
    fields
        The figures that are decoded, the close in any case.
    """
    split = _split(lake.snapshot("observations"))
    calendars_of = {
        one.id: one.calendar
        for one in known
        if one.id not in split and one.calendar not in calendars.SHARED_SESSIONS
    }
    if not calendars_of:
        return None
    wanted = {*fields, "close"}
    names = [name for name in FIGURES if name in wanted]
    frame, runs = rows_of(lake.snapshot("bars"), calendars_of.keys(), ["date", "known_at", *names])
    if not runs.names:
        return None
    kinds = {"date": np.int32, "known_at": np.int64}
    arrays = {name: _array(frame[name], kinds.get(name, np.float64))
              for name in ("date", "known_at", *names)}  # fmt: skip
    del frame
    arrays, runs = _together(arrays, runs.sorted())
    days = arrays["date"]
    sessions = _tables(tuple(sorted(set(calendars_of.values()))), int(days.min()), int(days.max()))
    numbers = {name: k for k, name in enumerate(sessions.names)}
    calendar = np.array([numbers[calendars_of[name]] for name in runs.names], np.int64)
    return _plain(arrays, runs, calendar, sessions)


def _plain(arrays: dict[str, Any], runs: Runs, calendar: IntArray, sessions: Sessions) -> Columns:
    """Return the plain symbols; rows that only repeat the one before are taken out."""
    states_of, _, squeeze = _kernels()
    days = arrays["date"]
    arrays["gaps"] = np.zeros(len(days), np.int32)
    repeats = np.zeros(len(days), np.bool_)
    states = states_of(
        days, arrays.pop("known_at"), arrays["close"], runs.start, runs.stop, calendar,
        sessions.upto, sessions.base, sessions.low, sessions.high, arrays["gaps"], repeats,
    )  # fmt: skip
    stop = runs.stop
    again = np.flatnonzero(states == _REPEATS)
    if len(again):
        stop = stop.copy()
        for array in arrays.values():
            stop[again] = squeeze(array, runs.start[again], runs.stop[again], repeats)
    kept = np.flatnonzero(states != _OTHER)
    return Columns(
        symbols=tuple(runs.names[k] for k in kept.tolist()),
        start=runs.start[kept],
        stop=stop[kept],
        calendar=calendar[kept],
        sessions=sessions,
        days=arrays.pop("date"),
        gaps=arrays.pop("gaps"),
        _figures=arrays,
    )


def _array(column: pl.Series, kind: Any) -> npt.NDArray[Any]:
    """Return a column as an array of its own, NaN where a figure is not known."""
    array = np.empty(len(column), kind)
    at = 0
    for chunk in column.to_physical().get_chunks():
        array[at : at + len(chunk)] = chunk.to_numpy()
        at += len(chunk)
    return array


def _together(arrays: dict[str, Any], runs: Runs) -> tuple[dict[str, Any], Runs]:
    """Put the runs of a symbol one after the other, by date, where it has several."""
    if len(set(runs.names)) == len(runs.names):
        return arrays, runs
    days, names = arrays["date"], runs.names
    first, last = days[runs.start].tolist(), days[runs.stop - 1].tolist()
    order = sorted(range(len(names)), key=lambda k: (names[k], first[k]))
    lengths = (runs.stop - runs.start)[order]
    rows = np.repeat(runs.start[order] - np.cumsum(lengths) + lengths, lengths)
    rows += np.arange(len(rows))
    ends = np.cumsum(lengths)
    begins = [k for k, of in enumerate(order) if k == 0 or names[of] != names[order[k - 1]]]
    start = (ends - lengths)[begins]
    stop = np.append(start[1:], len(rows))
    mixed = {
        names[of]
        for before, of in pairwise(order)
        if names[of] == names[before] and first[of] <= last[before]
    }
    together = tuple(names[order[k]] for k in begins)
    for k in [k for k, name in enumerate(together) if name in mixed]:
        of_it = rows[start[k] : stop[k]]
        rows[start[k] : stop[k]] = of_it[np.argsort(days[of_it], kind="stable")]
    return {name: array[rows] for name, array in arrays.items()}, Runs(together, start, stop)


def _split(table: Snapshot) -> frozenset[str]:
    """Return the symbols of which a split is on file."""
    return _split_in(table.parts, tuple(table.storage_options.items()))


@lru_cache(maxsize=4)
def _split_in(parts: tuple[Part, ...], options: tuple[tuple[str, str], ...]) -> frozenset[str]:
    import polars as pl

    told = Snapshot("observations", 0, parts, dict(options)).scan()
    rows = told.filter(pl.col("field") == SPLIT_FIELD).select("subject").unique().collect()
    return frozenset(rows["subject"].to_list())


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


def _number(day: date) -> int:
    return int(np.datetime64(day, "D").astype(np.int64))


@cache
def _kernels() -> tuple[Any, Any, Any]:
    """Return the loops over rows, compiled."""
    import numba

    compiled = numba.njit(cache=True, nogil=True)
    return compiled(_states), compiled(_ends), compiled(_squeezed)


def _states(
    days: Any, known: Any, close: Any, start: Any, stop: Any, calendar: Any, upto: Any, base: int,
    low: Any, high: Any, gaps: Any, repeats: Any,
) -> Any:  # fmt: skip
    """Tell which runs of rows are plain, which rows repeat, and count the sessions missing."""
    states = np.full(len(start), _OTHER, np.int8)
    for k in range(len(start)):
        of, first, end = calendar[k], start[k], stop[k]
        if days[first] < low[of] or days[end - 1] > high[of]:
            continue
        table = upto[of]
        missing = passed = 0
        state = _PLAIN
        for i in range(first, end):
            day = days[i]
            if not close[i] > 0 or known[i] >= (day + 1) * _DAY:
                state = _OTHER
                break
            before, now = table[day - 1 - base], table[day - base]
            if i > first:
                if day <= days[i - 1]:
                    state = _OTHER
                    break
                if now == before and (abs(close[i] - close[i - 1]) <= REPEAT * abs(close[i - 1])):
                    repeats[i] = True
                    state = _REPEATS
                    continue
                missing += before - passed
            passed = now
            gaps[i] = missing
        states[k] = state
    return states


def _squeezed(array: Any, start: Any, stop: Any, repeats: Any) -> Any:
    """Take rows that repeat out of some runs, in place; return where each ends then."""
    ends = np.empty(len(start), np.int64)
    for k in range(len(start)):
        at = start[k]
        for i in range(start[k], stop[k]):
            if not repeats[i]:
                array[at] = array[i]
                at += 1
        ends[k] = at
    return ends


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
