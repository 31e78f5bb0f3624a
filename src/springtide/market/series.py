"""Published figures as a checked series: one source, on the subject's sessions, gaps named.

A metric never reads rows one by one: it asks for a :class:`Series` over a stretch of days, which is
of one source and one unit, holds no quotation, leaves out rows on days that were no session (they
repeat the last price), and says which sessions it lacks; or for the :func:`latest` figure, which
says how old it is.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from springtide.market import calendars, fields
from springtide.market.coverage import covered
from springtide.market.independence import is_quotation
from springtide.market.types import Coverage, Figures
from springtide.market.view import View

COMPLETE = 0.95
"""The share of sessions that a series of ratios must hold, where not every one is needed."""

WEEK = 7
LATE = 0.05
"""By which share of a period its first row may be late."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its date, unit and source."""

    subject: str
    field: str
    date: date
    value: float
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one field over a stretch of days, from one source.

    Attributes
    ----------
    dates, values
        ``datetime64[D]`` and float64, ascending, sessions only; read-only.
    coverage
        Of the sessions of the stretch: how many are expected, and which are missing.
    dropped
        Rows of the source in the stretch that are on no session, and were left out.
    """

    subject: str
    field: str
    unit: str
    source: str
    dates: npt.NDArray[np.datetime64]
    values: npt.NDArray[np.float64]
    coverage: Coverage
    dropped: int

    def __len__(self) -> int:
        return len(self.dates)

    @property
    def first(self) -> date:
        """The day of the first row."""
        day: date = self.dates[0].item()
        return day

    @property
    def last(self) -> date:
        """The day of the last row."""
        day: date = self.dates[-1].item()
        return day

    @property
    def is_whole(self) -> bool:
        """Whether no session is missing, as far as sessions are known."""
        return len(self) > 0 and not self.coverage.missing

    @property
    def begins_late(self) -> bool:
        """Whether the first row comes later than a twentieth of the stretch after its start.

        A week late is never late: a stretch may begin before a long weekend.
        """
        stretch = (self.coverage.last - self.coverage.first).days
        return (self.first - self.coverage.first).days > max(LATE * stretch, WEEK)

    @property
    def is_dense(self) -> bool:
        """Whether it begins in time and holds 95% of the sessions."""
        if not len(self) or self.begins_late:
            return False
        return len(self.coverage.missing) <= (1 - COMPLETE) * (
            len(self) + len(self.coverage.missing)
        )


def independent(figures: Figures) -> Figures:
    """Return the figures that are no quotations."""
    quoted = {each for each in set(figures.sources.tolist()) if is_quotation(each)}
    if not quoted:
        return figures
    return figures.taken(~np.isin(figures.sources, list(quoted)))


_INDEPENDENT: WeakKeyDictionary[View, dict[tuple[str, str], Figures]] = WeakKeyDictionary()


def independent_of(view: View, subject: str, field: str) -> Figures:
    """Return the figures of a field that are no quotations; told apart once a view."""
    known = _INDEPENDENT.setdefault(view, {})
    if (subject, field) not in known:
        known[subject, field] = independent(view.figures(subject, field))
    return known[subject, field]


def observed(
    view: View,
    subject: str,
    field: str,
    calendar: str,
    first: date,
    last: date,
    *,
    source: str | None = None,
    unit: str | None = None,
) -> Series | None:
    """Return the series of a field from ``first`` to ``last``, both included.

    Of a field that has no row a session (a monthly one, whose age is told in days) every row is
    taken and none is missing.

    Parameters
    ----------
    calendar
        On whose sessions the rows count.
    source
        Whose figures; by default the source with most rows in the stretch, ties by name.
    unit
        Only figures in this unit.

    Returns
    -------
    Series or None
        None where there is no row at all that is no quotation.

    Raises
    ------
    ValueError
        The field is not in the vocabulary.
    """
    spec = _spec(field)
    rows = independent_of(view, subject, field)
    last = min(last, view.as_of)
    ends = np.array([first, last + timedelta(days=1)], "datetime64[D]")
    start, stop = np.searchsorted(rows.dates, ends).tolist()
    rows = rows.taken(slice(start, stop))
    if source is not None:
        rows = rows.taken(rows.sources == source)
    if unit is not None:
        rows = rows.taken(rows.units == unit)
    if not len(rows):
        return None
    open_days = calendars.on_sessions(calendar, rows.dates)
    if not _is_daily(spec):
        open_days = np.ones(len(rows), np.bool_)
    most = _most(rows, open_days)
    if most is None:
        return None
    of_it = (rows.sources == most[0]) & (rows.units == most[1])
    kept = rows.taken(of_it & open_days)
    coverage = Coverage(first, last, None, len(kept), ())
    if _is_daily(spec):
        coverage = covered(kept.dates, calendar, first, last)
    dropped = int((of_it & ~open_days).sum())
    return Series(
        subject, field, most[1], most[0], kept.dates, kept.values, coverage, dropped
    )  # fmt: skip


def _most(rows: Figures, open_days: npt.NDArray[np.bool_]) -> tuple[str, str] | None:
    """Return the source and unit with most rows on sessions, ties by name; None without any."""
    if not open_days.any():
        return None
    one = (str(rows.sources[0]), str(rows.units[0]))
    if (rows.sources == one[0]).all() and (rows.units == one[1]).all():
        return one
    pairs = zip(rows.sources.tolist(), rows.units.tolist(), open_days.tolist(), strict=True)
    counts = Counter((source, unit) for source, unit, is_open in pairs if is_open)
    return min(counts, key=lambda pair: (-counts[pair], pair))


def latest(
    view: View, subject: str, field: str, calendar: str, *, source: str | None = None
) -> Figure | None:
    """Return the last figure by the view's day that is no quotation, on a session, not too old.

    How old it may be its field says (:class:`springtide.market.fields.Age`), in sessions of the
    subject's calendar or in days. Of several sources on one day the one with most rows counts, ties
    by name.

    Raises
    ------
    ValueError
        The field is not in the vocabulary.
    """
    spec = _spec(field)
    seen = last_known(view, subject, field, calendar, source=source)
    return None if seen is None or is_stale(seen.date, spec, calendar, view.as_of) else seen


def last_known(
    view: View, subject: str, field: str, calendar: str, *, source: str | None = None
) -> Figure | None:
    """Return the last figure by the view's day that is no quotation, however old it is.

    Raises
    ------
    ValueError
        The field is not in the vocabulary.
    """
    spec = _spec(field)
    rows = independent_of(view, subject, field)
    if source is not None:
        rows = rows.taken(rows.sources == source)
    if _is_daily(spec):
        rows = rows.taken(calendars.on_sessions(calendar, rows.dates))
    if not len(rows):
        return None
    counts = Counter(rows.sources.tolist())
    on_last = np.flatnonzero(rows.dates == rows.dates[-1]).tolist()
    i = min(on_last, key=lambda k: (-counts[str(rows.sources[k])], str(rows.sources[k])))
    return Figure(
        subject, field, rows.dates[i].item(), float(rows.values[i]), str(rows.units[i]),
        str(rows.sources[i]),
    )  # fmt: skip


def is_stale(day: date, spec: fields.FieldSpec, calendar: str, as_of: date) -> bool:
    """Tell whether a figure of a day is too old to be the value of another.

    Examples
    --------
    >>> spec = fields.vocabulary()["trailing_pe"]
    >>> is_stale(date(2025, 2, 6), spec, "XHKG", date(2025, 2, 13))  # 5 sessions
    False
    >>> is_stale(date(2025, 2, 5), spec, "XHKG", date(2025, 2, 13))
    True
    """
    if spec.age.sessions is None:
        assert spec.age.days is not None
        return (as_of - day).days > spec.age.days
    passed = calendars.sessions_between(calendar, day, as_of)
    if passed is None:  # beyond the calendar weekdays are counted
        passed = int(np.busday_count(day, as_of))
    return passed > spec.age.sessions


def _spec(field: str) -> fields.FieldSpec:
    spec = fields.spec_of(field)
    if spec is None:
        raise ValueError(f"{field} is not in the vocabulary of fields")
    return spec


def _is_daily(spec: fields.FieldSpec) -> bool:
    """Tell whether a field has a row a session, so that a session without one is missing."""
    return spec.age.sessions is not None
