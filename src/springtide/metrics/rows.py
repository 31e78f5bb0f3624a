"""From bars to the rows of a measurement: finding sessions, checking coverage, citing evidence."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from springtide.claims.model import Row, Window
from springtide.claims.words import field_name
from springtide.language.types import Period
from springtide.market import calendars
from springtide.market.types import Bars, Coverage, Instrument
from springtide.market.view import View
from springtide.metrics.answers import Missing

Array = npt.NDArray[np.float64]


def check_positive(instrument: Instrument, bars: Bars, held: npt.NDArray[np.int64]) -> None:
    """Be sure that the closes at these positions are above zero.

    Raises
    ------
    Missing
        One is not: the last such day is named.
    """
    bad = held[bars.close[held] <= 0]
    if bad.size:
        day = day_of(bars, int(bad[-1]))
        raise Missing("missing.above-zero-not-as", subject=instrument.id, day=str(day))


def check_base(base: Row) -> None:
    """Be sure that a price is above zero: nothing is so many per cent of another one.

    Raises
    ------
    Missing
        It is not: crude oil settled at -37.63 dollars on 20 April 2020.
    """
    if base.value <= 0:
        raise Missing("missing.above-zero-not-as", subject=base.subject, day=str(base.date))


def day_of(bars: Bars, i: int) -> date:
    """Return the session of row ``i``."""
    day: date = bars.dates[i].astype(object)
    return day


def column(bars: Bars, field: str) -> Array:
    """Return one price column."""
    values: Array = getattr(bars, field)
    return values


def check_past(view: View, day: date) -> None:
    """Be sure that a date that a parameter names is not after the as-of date.

    Raises
    ------
    Missing
        It is.
    """
    if day > view.as_of:
        raise Missing("missing.after", day=str(day), today=str(view.as_of))


def row(bars: Bars, i: int, field: str) -> Row:
    """Cite one figure."""
    return Row(
        bars.symbol, field, day_of(bars, i), float(column(bars, field)[i]), str(bars.source[i])
    )


def rows_with(bars: Bars, field: str) -> npt.NDArray[np.int64]:
    """Return the positions of the rows that hold the field."""
    return np.flatnonzero(~np.isnan(column(bars, field)))


def at(view: View, instrument: Instrument, field: str, day: date | None = None) -> tuple[Bars, int]:
    """Find the row of a session (the as-of date unless given) that holds a field.

    Raises
    ------
    Missing
        There is no such row.
    """
    day = day or view.as_of
    bars = view.bars(instrument.id)
    i = int(np.searchsorted(bars.dates, np.datetime64(day)))
    if i == len(bars) or day_of(bars, i) != day or np.isnan(column(bars, field)[i]):
        raise _none_on(instrument, field, day)
    return bars, i


def before(view: View, instrument: Instrument, field: str, day: date) -> int:
    """Find the last session before ``day`` and be sure that it is the last one.

    Raises
    ------
    Missing
        No row, or the calendar has sessions between the row found and ``day`` that are not there.
    """
    bars = view.bars(instrument.id)
    held = rows_with(bars, field)
    held = held[bars.dates[held] < np.datetime64(day)]
    if not held.size:
        raise Missing(
            "missing.none-before", field=field_name(field), subject=instrument.id, day=str(day)
        )
    i = int(held[-1])
    gap_first, gap_last = day_of(bars, i) + timedelta(days=1), day - timedelta(days=1)
    if gap_first <= gap_last:
        absent = view.coverage(instrument.id, gap_first, gap_last).missing
        if absent:
            raise _none_on(instrument, field, absent[-1])
    return i


def stretch(
    view: View, instrument: Instrument, field: str, first: date, last: date
) -> npt.NDArray[np.int64]:
    """Return the positions of all sessions from ``first`` to ``last``, complete.

    Raises
    ------
    Missing
        Sessions of the calendar are not there (see :class:`~springtide.market.types.Coverage`).
    """
    bars = view.bars(instrument.id)
    held = rows_with(bars, field)
    inside = (bars.dates[held] >= np.datetime64(first)) & (bars.dates[held] <= np.datetime64(last))
    held = held[inside]
    covered = view.coverage(instrument.id, first, last)
    gaps = len(bars_between(bars, first, last)) - held.size
    if not held.size or not covered.complete or gaps > max(len(held) // 100, 0):
        raise _gaps(instrument, field, covered, int(held.size))
    return held


def bars_between(bars: Bars, first: date, last: date) -> npt.NDArray[np.int64]:
    """Return the positions of all rows from ``first`` to ``last``, whatever they hold."""
    return np.flatnonzero(
        (bars.dates >= np.datetime64(first)) & (bars.dates <= np.datetime64(last))
    )


def trailing(
    view: View, instrument: Instrument, field: str, count: int, minimum: int | None = None
) -> npt.NDArray[np.int64]:
    """Return the positions of the last ``count`` sessions up to the as-of date, complete.

    With ``minimum``, a shorter history is enough as long as it has that many sessions.

    Raises
    ------
    Missing
        Too few sessions, or gaps against the calendar.
    """
    bars, today = at(view, instrument, field)
    held = rows_with(bars, field)
    held = held[held <= today][-count:]
    enough = count if minimum is None else minimum
    if held.size < enough:
        raise _too_few(instrument, field, view.as_of, enough, int(held.size))
    covered = view.coverage(instrument.id, day_of(bars, int(held[0])), view.as_of)
    if not covered.complete:
        if minimum is not None:
            kept = _after_last_gap(bars, held, covered)
            if kept.size >= minimum:
                return kept
        raise _gaps(instrument, field, covered, int(held.size))
    return held


def _after_last_gap(
    bars: Bars, held: npt.NDArray[np.int64], covered: Coverage
) -> npt.NDArray[np.int64]:
    return held[bars.dates[held] > np.datetime64(covered.missing[-1])] if covered.missing else held


def _none_on(instrument: Instrument, field: str, day: date) -> Missing:
    return Missing("missing.none-on", field=field_name(field), subject=instrument.id, day=str(day))


def _too_few(instrument: Instrument, field: str, as_of: date, needed: int, held: int) -> Missing:
    return Missing(
        "missing.too-few",
        needed=needed,
        field=field_name(field),
        subject=instrument.id,
        day=str(as_of),
        held=held,
    )


def _gaps(instrument: Instrument, field: str, covered: Coverage, held: int) -> Missing:
    count = covered.expected
    if count == 0:
        return Missing(
            "missing.no-session",
            subject=instrument.id,
            first=str(covered.first),
            last=str(covered.last),
        )
    return Missing(
        "missing.gaps",
        counted="no" if count is None else "yes",
        count=count or 0,
        field=field_name(field),
        subject=instrument.id,
        first=str(covered.first),
        last=str(covered.last),
        held=held,
    )


def window(view: View, bars: Bars, positions: npt.NDArray[np.int64], field: str) -> Window:
    """Cite a stretch of rows by its ends, its length and a digest of its values."""
    dates = bars.dates[positions]
    values = column(bars, field)[positions]
    digest = hashlib.sha256(dates.astype("<i8").tobytes() + values.astype("<f8").tobytes())
    first, last = day_of(bars, int(positions[0])), day_of(bars, int(positions[-1]))
    absent = len(view.coverage(bars.symbol, first, last).missing)
    return Window(bars.symbol, field, first, last, len(positions), absent, digest.hexdigest()[:16])


def first_day(view: View, instrument: Instrument, period: Period) -> date:
    """Return the first calendar day of a period that counts back from the as-of date.

    ``last:N:sessions`` starts N sessions before the as-of date (the close from which N daily
    changes follow).

    Raises
    ------
    Missing
        Fewer than N sessions are there, or the period starts after the as-of date.
    """
    fixed = first_by_date(period, view.as_of)
    if fixed is not None:
        return fixed
    match period.kind:
        case "all":
            bars = view.bars(instrument.id)
            if not len(bars):
                raise Missing("missing.no-bars", subject=instrument.id)
            return day_of(bars, 0)
        case "last":
            return _sessions_back(view, instrument, period.count or 1)
        case _:
            if period.first is None:
                return _sessions_back(view, instrument, 250)
            check_past(view, period.first)
            return period.first


def first_by_date(period: Period, today: date) -> date | None:
    """Return the first day of a period that is the same for all instruments; None of another.

    Examples
    --------
    >>> str(first_by_date(Period("qtd"), date(2025, 2, 13)))
    '2025-01-01'
    >>> first_by_date(Period("last", count=5, unit="sessions"), date(2025, 2, 13)) is None
    True
    """
    match period.kind:
        case "ytd":
            return date(today.year, 1, 1)
        case "qtd":
            return date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
        case "mtd":
            return today.replace(day=1)
        case "wtd":
            return today - timedelta(days=today.weekday())
        case "last" if period.unit not in ("sessions", "days"):
            return calendar_back(today, period.count or 1, period.unit or "months")
        case _:
            return None


def _sessions_back(view: View, instrument: Instrument, count: int) -> date:
    bars, _ = at(view, instrument, "close")
    held = rows_with(bars, "close")
    if held.size > count:
        first = day_of(bars, int(held[-1 - count]))
        if view.coverage(instrument.id, first, view.as_of).complete:
            return first
    days = calendars.sessions(instrument.calendar, day_of(bars, int(held[0])), view.as_of)
    if days is None or len(days) <= count:
        raise _too_few(instrument, "close", view.as_of, count + 1, int(held.size))
    counted: date = days[-1 - count].astype(object)
    return counted


def calendar_back(today: date, count: int, unit: str) -> date:
    """Return the day so many weeks, months, quarters or years before a day.

    Examples
    --------
    >>> str(calendar_back(date(2025, 3, 31), 1, "months"))
    '2025-02-28'
    """
    if unit == "weeks":
        return today - timedelta(weeks=min(count, (today - date.min).days // 7))
    months = count * {"months": 1, "quarters": 3, "years": 12}[unit]
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    if year < date.min.year:
        return date.min
    last_of_month = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(today.day, last_of_month))


def taken(bars: Bars, positions: npt.NDArray[np.int64]) -> Bars:
    """Return the bars at these positions only."""
    return Bars(
        bars.symbol,
        *(
            getattr(bars, name)[positions]
            for name in ("dates", "open", "high", "low", "close", "volume", "source")
        ),
    )
