"""Measuring many instruments at once: the stretches of :mod:`springtide.metrics.rows` as arrays.

A kernel answers for every instrument of a batch: with a value, with what is missing, or not at all.
What it leaves open is measured one by one, so that a kernel holds the usual cases alone and never
guesses. What it answers equals ``measure`` to the last digit: the same operations in the same
order, only side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from springtide.claims.words import field_name
from springtide.language.messages import Message
from springtide.language.types import Period
from springtide.market.columns import Columns
from springtide.market.last_stretch import last_stretches
from springtide.market.types import Field, Instrument
from springtide.metrics.answers import Missing
from springtide.metrics.rows import first_by_date

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Kernel:
    """How a metric is measured of a batch, and of which fields of its bars, by its parameters."""

    answer: Callable[[Batch, Any], Answers]
    fields: Callable[[Any], tuple[Field, ...]] = lambda params: ("close",)


@dataclass(slots=True)
class Answers:
    """What a kernel says of each instrument of a batch.

    Attributes
    ----------
    value
        NaN where it has none. Yes is 1 and no is 0.
    lacks
        By place in the batch: which data are missing.
    yes_no
        Whether values are answers.

    An instrument with neither a value nor something missing is left to be measured by itself.
    """

    value: FloatArray
    lacks: dict[int, Message] = field(default_factory=dict)
    yes_no: bool = False

    @classmethod
    def open(cls, batch: Batch, *, yes_no: bool = False) -> Answers:
        """Return answers that say nothing yet."""
        return cls(np.full(len(batch), np.nan), {}, yes_no)

    def copy(self) -> Answers:
        """Return answers of their own that say the same."""
        return Answers(self.value.copy(), dict(self.lacks), self.yes_no)

    def put(self, places: IntArray, values: npt.NDArray[Any]) -> None:
        """Set the values at some places."""
        self.value[places] = values

    def miss(self, place: int, why: Missing) -> None:
        """Say what is missing at a place; what was said first stays."""
        self.lacks.setdefault(place, why.message)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows in a row of some instruments of a batch, all of them held.

    ``place`` are places in the batch, ``first`` to ``end`` (past the last) positions of rows.
    """

    place: IntArray
    first: IntArray
    end: IntArray

    def where(self, mask: BoolArray) -> Stretch:
        """Return those of a mask."""
        return Stretch(self.place[mask], self.first[mask], self.end[mask])


class Batch:
    """Instruments of one :class:`.Columns` as of one day.

    Parameters
    ----------
    columns
        The bars.
    instruments
        By symbol.
    as_of
        The day.
    """

    def __init__(self, columns: Columns, instruments: tuple[Instrument, ...], as_of: date) -> None:
        self.columns = columns
        self.instruments = instruments
        self.as_of = as_of
        self.day = int(np.datetime64(as_of, "D").astype(np.int64))
        self.start = columns.start
        self.end = columns.ends(as_of)
        self.kept: dict[Any, Any] = {}
        """What kernels of several metrics have in common, worked out once."""

    def __len__(self) -> int:
        return len(self.instruments)

    @cached_property
    def here(self) -> BoolArray:
        """Whether each instrument has a row on the day, which its calendar reaches."""
        last = np.maximum(self.end - 1, 0)
        has = (self.end > self.start) & (self.columns.days[last] == self.day)
        here: BoolArray = has & (self.day <= self.columns.sessions.high[self.columns.calendar])
        return here

    @cached_property
    def last_stretches(self) -> tuple[IntArray, npt.NDArray[np.int8]]:
        """The row at which the last closes that may be joined begin, and why: see ``CUTS``."""
        kinds = [instrument.kind for instrument in self.instruments]
        return last_stretches(self.columns, self.end, kinds)

    def date_at(self, row: int) -> date:
        """Return the date of a row."""
        return date_of(int(self.columns.days[row]))

    def today(self, name: Field, answers: Answers) -> IntArray:
        """Return the places whose row of the day holds a field; of the others that is said."""
        if ("today", name) not in self.kept:
            last = np.maximum(self.end - 1, 0)
            held = self.here & ~np.isnan(self.columns.figure(name)[last])
            absent = np.flatnonzero(~held).tolist()
            why = {place: self._none_on(place, name, self.as_of).message for place in absent}
            self.kept["today", name] = np.flatnonzero(held), why
        places: IntArray
        places, why = self.kept["today", name]
        answers.lacks = {**why, **answers.lacks}
        return places.copy()

    def trailing(
        self, name: Field, count: int, answers: Answers, minimum: int | None = None
    ) -> Stretch:
        """Return the last ``count`` sessions up to the day, as :func:`.rows.trailing` does."""
        place = self.today(name, answers)
        end = self.end[place]
        size = np.minimum(end - self.start[place], count)
        first = end - size
        whole = self._unknown(name, first, end) == 0
        place, first, end, size = place[whole], first[whole], end[whole], size[whole]
        enough = count if minimum is None else minimum
        for k in np.flatnonzero(size < enough).tolist():
            answers.miss(int(place[k]), self._too_few(int(place[k]), name, enough, int(size[k])))
        kept = size >= enough
        place, first, end, size = place[kept], first[kept], end[kept], size[kept]
        gaps = self.columns.gaps
        absent = gaps[end - 1] - gaps[first]
        complete = absent <= (size + absent) // 100
        for k in np.flatnonzero(~complete).tolist():
            after = self._after_last_gap(int(first[k]), int(end[k]))
            if minimum is not None and end[k] - after >= minimum:
                first[k], complete[k] = after, True
                continue
            begin = date_of(int(self.columns.days[first[k]]))
            why = self._gaps(int(place[k]), name, begin, self.as_of, int(absent[k] + size[k]),
                             int(size[k]))  # fmt: skip
            answers.miss(int(place[k]), why)
        return Stretch(place, first, end).where(complete)

    def since(
        self,
        name: Field,
        first_day: IntArray,
        answers: Answers,
        places: IntArray | None = None,
        *,
        before_today: bool = False,
    ) -> Stretch:
        """Return all sessions from a day (one for each instrument) as :func:`.rows.stretch` does.

        Up to the as-of date, or to the day before it for places that have a row on it. A day below
        zero leaves an instrument open.
        """
        columns, sessions = self.columns, self.columns.sessions
        last_day = self.day - before_today
        reached = (first_day > sessions.low[columns.calendar]) & (first_day <= last_day)
        reached &= last_day <= sessions.high[columns.calendar]
        place = np.arange(len(self)) if places is None else places
        place = place[reached[place]]
        wanted = first_day[place]
        end = self.end[place] - before_today
        first = _kernels()[0](columns.days, self.start[place], end, wanted)
        of = columns.calendar[place]
        upto, base = sessions.upto, sessions.base
        size = end - first
        some = size > 0
        a, b = np.where(some, first, 0), np.where(some, end - 1, 0)
        absent = np.where(
            some,
            (upto[of, columns.days[a] - 1 - base] - upto[of, wanted - 1 - base])
            + (columns.gaps[b] - columns.gaps[a])
            + (upto[of, last_day - base] - upto[of, columns.days[b] - base]),
            upto[of, last_day - base] - upto[of, wanted - 1 - base],
        )
        unknown = np.zeros(len(place), np.int64)
        unknown[some] = self._unknown(name, first[some], end[some])
        whole, nothing = unknown == 0, unknown == size
        complete = some & (absent <= (size + absent) // 100)
        for k in np.flatnonzero((whole & ~complete) | nothing).tolist():
            held = 0 if nothing[k] else int(size[k])
            why = self._gaps(
                int(place[k]), name, date_of(int(wanted[k])), date_of(last_day),
                int(absent[k] + size[k]), held,
            )  # fmt: skip
            answers.miss(int(place[k]), why)
        return Stretch(place, first, end).where(whole & complete & ~nothing)

    def first_days(self, period: Period, answers: Answers) -> IntArray:
        """Return the first day of a period of each instrument, -1 where it is left open."""
        fixed = first_by_date(period, self.as_of)
        if fixed is not None:
            return np.full(len(self), _number(fixed))
        if period.kind == "last":
            return self._sessions_back(period.count or 1, answers)
        if period.kind == "since" and period.first is not None and period.first <= self.as_of:
            return np.full(len(self), _number(period.first))
        return np.full(len(self), -1)

    def _sessions_back(self, count: int, answers: Answers) -> IntArray:
        columns, sessions = self.columns, self.columns.sessions
        days = np.full(len(self), -1)
        places = self.today("close", answers)
        end = self.end[places]
        first = end - 1 - count
        long = first >= self.start[places]
        absent = columns.gaps[end - 1] - columns.gaps[np.where(long, first, end - 1)]
        whole = long & (absent <= (count + 1 + absent) // 100)
        days[places[whole]] = columns.days[first[whole]]
        for place in places[~whole].tolist():
            start, of = int(self.start[place]), columns.calendar[place]
            upto = sessions.upto[of]
            passed = upto[self.day - sessions.base]
            held = passed - upto[columns.days[start] - 1 - sessions.base]
            if held <= count:
                why = self._too_few(place, "close", count + 1, int(self.end[place]) - start)
                answers.miss(place, why)
            else:
                days[place] = sessions.days[of][passed - 1 - count]
        return days

    def before(self, days: IntArray, places: IntArray, answers: Answers) -> IntArray:
        """Return the row of the last close before a day, as :func:`.rows.before`; -1 without."""
        columns, sessions = self.columns, self.columns.sessions
        at = np.full(len(self), -1)
        wanted, of = days[places], columns.calendar[places]
        row = _kernels()[0](columns.days, self.start[places], self.end[places], wanted) - 1
        asked = (wanted > sessions.low[of]) & (wanted <= self.day + 1)
        some = row >= self.start[places]
        for k in np.flatnonzero(asked & ~some).tolist():
            place = int(places[k])
            answers.miss(place, self._none_before(place, "close", int(wanted[k])))
        asked &= some
        places, wanted, of, row = places[asked], wanted[asked], of[asked], row[asked]
        passed = sessions.upto[of, wanted - 1 - sessions.base]
        whole = passed <= sessions.upto[of, columns.days[row] - sessions.base]
        for k in np.flatnonzero(~whole).tolist():
            absent = date_of(int(sessions.days[of[k]][passed[k] - 1]))
            answers.miss(int(places[k]), self._none_on(int(places[k]), "close", absent))
        at[places[whole]] = row[whole]
        return at

    def groups(self, stretch: Stretch, name: Field) -> Iterator[tuple[IntArray, FloatArray]]:
        """Yield places with their values, shape (places, sessions), by length of the stretch."""
        size = stretch.end - stretch.first
        figures = self.columns.figure(name)
        for length in np.unique(size).tolist():
            same = stretch.where(size == length)
            rows = same.first[:, None] + np.arange(length)
            yield same.place, figures[rows]

    def last(self, name: Field, places: IntArray) -> FloatArray:
        """Return the last figure of some instruments."""
        return self.columns.figure(name)[self.end[places] - 1]

    def extremes(self, stretch: Stretch, high: Field, low: Field) -> tuple[IntArray, IntArray]:
        """Return the positions of the highest and of the lowest figure, the first of equals.

        -1 where a figure is not known or not above zero.
        """
        top, bottom = _kernels()[1](self.columns.figure(high), stretch.first, stretch.end)
        if low != high:
            _, bottom = _kernels()[1](self.columns.figure(low), stretch.first, stretch.end)
        return top, bottom

    def _unknown(self, name: Field, first: IntArray, end: IntArray) -> IntArray:
        """Return how many figures of each slice are not known; of plain symbols every close is."""
        if name == "close":
            return np.zeros(len(first), np.int64)
        counts: IntArray = _kernels()[2](self.columns.figure(name), first, end)
        return counts

    def _after_last_gap(self, first: int, end: int) -> int:
        gaps = self.columns.gaps[first:end]
        return first + int(np.flatnonzero(np.diff(gaps))[-1]) + 1

    # -- what is missing, in the words of rows ------------------------------------------------

    def _none_on(self, place: int, name: Field, day: date) -> Missing:
        subject = self.instruments[place].id
        return Missing("missing.none-on", field=_said(name), subject=subject, day=str(day))

    def _none_before(self, place: int, name: Field, day: int) -> Missing:
        subject = self.instruments[place].id
        return Missing(
            "missing.none-before", field=_said(name), subject=subject, day=str(date_of(day))
        )

    def _too_few(self, place: int, name: Field, needed: int, held: int) -> Missing:
        return Missing(
            "missing.too-few", needed=needed, field=_said(name),
            subject=self.instruments[place].id, day=str(self.as_of), held=held,
        )  # fmt: skip

    def _gaps(
        self, place: int, name: Field, first: date, last: date, count: int, held: int
    ) -> Missing:
        subject = self.instruments[place].id
        if count == 0:
            return Missing("missing.no-session", subject=subject, first=str(first), last=str(last))
        return Missing(
            "missing.gaps", counted="yes", count=count, field=_said(name), subject=subject,
            first=str(first), last=str(last), held=held,
        )  # fmt: skip


@cache
def _said(name: Field) -> Message:
    return field_name(name)


def date_of(day: int) -> date:
    """Return the date of a day counted from 1970."""
    return date(1970, 1, 1) + timedelta(days=day)


def _number(day: date) -> int:
    return (day - date(1970, 1, 1)).days


@cache
def _kernels() -> tuple[Any, Any, Any]:
    """Return the loops over rows, compiled."""
    import numba

    compiled = numba.njit(cache=True, nogil=True)
    return compiled(_from), compiled(_extremes), compiled(_unknown)


def _from(days: Any, start: Any, end: Any, wanted: Any) -> Any:
    """Find in each slice the first row on or after a day."""
    places = np.empty(len(start), np.int64)
    for k in range(len(start)):
        low, high = start[k], end[k]
        while low < high:
            middle = (low + high) // 2
            if days[middle] < wanted[k]:
                low = middle + 1
            else:
                high = middle
        places[k] = low
    return places


def _extremes(figures: Any, first: Any, end: Any) -> Any:
    """Find the highest and the lowest figure of each slice, -1 where one is not above zero."""
    top = np.empty(len(first), np.int64)
    bottom = np.empty(len(first), np.int64)
    for k in range(len(first)):
        high = low = first[k]
        for i in range(first[k], end[k]):
            if not figures[i] > 0:
                high = low = -1
                break
            if figures[i] > figures[high]:
                high = i
            if figures[i] < figures[low]:
                low = i
        top[k], bottom[k] = high, low
    return top, bottom


def _unknown(figures: Any, first: Any, end: Any) -> Any:
    """Count the NaN of each slice."""
    counts = np.zeros(len(first), np.int64)
    for k in range(len(first)):
        for i in range(first[k], end[k]):
            counts[k] += np.isnan(figures[i])
    return counts
