"""From published figures to the rows of a measurement: what is needed, what is missing, evidence.

The functions here are for figures what :mod:`springtide.metrics.rows` is for bars: they find them
through the view, prove that what is needed is there, and raise :class:`Missing` with the message of
what would be needed. A quotation is never among what they find: where nothing but quotations is on
file, the message says what was quoted.
"""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from math import isnan

import numpy as np
import numpy.typing as npt

from springtide.claims.model import Row, Window
from springtide.claims.words import field_name
from springtide.language.messages import Listed, Message, Number, message
from springtide.language.types import Period
from springtide.market import calendars, fields, series
from springtide.market.independence import is_quotation
from springtide.market.series import Figure, Series
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics.answers import Missing
from springtide.metrics.rows import calendar_back, check_past

NAMED = 6
"""How many missing days are named; the others are counted."""

_QUOTED = 3


def span(
    view: View, instrument: Instrument, period: Period, to: date | None = None
) -> tuple[date, date]:
    """Return the first and the last day of a period of figures, both included.

    It counts back from ``to``, by default the as-of day.

    ``last:N:sessions`` are the last N sessions of the subject's calendar, the as-of day's among
    them; ``span`` may be over by then. ``since`` includes its day, which published sums do.

    Raises
    ------
    Missing
        The period begins after the as-of date, or its sessions are beyond the calendar's reach.
    """
    today = view.as_of
    if to is not None:
        check_past(view, to)
        today = to
    match period.kind:
        case "ytd":
            return date(today.year, 1, 1), today
        case "qtd":
            return date(today.year, 3 * ((today.month - 1) // 3) + 1, 1), today
        case "mtd":
            return today.replace(day=1), today
        case "wtd":
            return today - timedelta(days=today.weekday()), today
        case "last" if period.unit in ("sessions", "days"):
            return _sessions_back(instrument, today, period.count or 1), today
        case "last":
            return calendar_back(today, period.count or 1, period.unit or "months"), today
        case "span" if period.first is not None and period.last is not None:
            check_past(view, period.last)
            return period.first, period.last
        case "since" if period.first is not None:
            check_past(view, period.first)
            return period.first, today
        case _:
            return instrument.inception or date.min, today


def _sessions_back(instrument: Instrument, today: date, count: int) -> date:
    low, high = calendars.reach(instrument.calendar)
    known = calendars.sessions(instrument.calendar, low, today) if low <= today <= high else None
    if known is None or len(known) < count:
        if count == 1:
            return today
        raise Missing(
            "missing.sessions-unknown", subject=instrument.id, count=count, day=str(today)
        )
    day: date = known[-count].item()
    return day


def stretch(
    view: View,
    instrument: Instrument,
    field: str,
    period: tuple[date, date],
    *,
    source: str | None = None,
    unit: str | None = None,
    whole: bool,
    minimum: int = 1,
) -> Series:
    """Return the series of a field over a period, as complete as is needed.

    Parameters
    ----------
    period
        Its first and last day, see :func:`span`.
    source, unit
        Only figures of this source, in this unit.
    whole
        Whether every session is needed (a sum), else 95% of them from near the start on (a mean).
    minimum
        Rows that are needed at least.

    Raises
    ------
    Missing
        There is none, only quotations are on file, sessions are missing (they are named), it
        begins too late, or holds too few rows.
    """
    first, last = period
    ended = fields.ENDED.get((instrument.id, field))
    if ended is not None and _has_sessions(instrument, ended, last):
        raise Missing(
            "missing.ended", field=field_name(field), subject=instrument.id, day=str(ended)
        )
    made = series.observed(
        view, instrument.id, field, instrument.calendar, first, last, source=source, unit=unit
    )
    if made is None:
        raise none_of(view, instrument, field, f"{first}", f"{last}")
    if made.begins_late and not (whole and instrument.inception == made.first):
        raise Missing(
            "missing.begins",
            field=field_name(field),
            subject=instrument.id,
            begins=str(made.first),
            first=str(first),
        )
    if not (made.is_whole if whole else made.is_dense):
        raise absent(instrument, field, made.coverage.missing)
    if len(made) < minimum:
        raise Missing(
            "missing.too-few",
            needed=minimum,
            field=field_name(field),
            subject=instrument.id,
            day=str(last),
            held=len(made),
        )
    return made


def _has_sessions(instrument: Instrument, after: date, last: date) -> bool:
    """Tell whether sessions lie after one day up to another."""
    return after < last and calendars.sessions_between(instrument.calendar, after, last) != 0


def value(view: View, instrument: Instrument, field: str, *, source: str | None = None) -> Figure:
    """Return the figure of a field that holds on the as-of day.

    Raises
    ------
    Missing
        There is none, only quotations are on file, or the last one is too old (its day is said).
    """
    figure = series.latest(view, instrument.id, field, instrument.calendar, source=source)
    if figure is not None:
        return figure
    old = series.last_known(view, instrument.id, field, instrument.calendar, source=source)
    if old is None:
        raise none_of(view, instrument, field, "", str(view.as_of))
    spec = fields.spec_of(field)
    assert spec is not None
    raise Missing(
        "missing.stale",
        field=field_name(field),
        subject=instrument.id,
        last=str(old.date),
        day=str(view.as_of),
        count=spec.age.sessions if spec.age.sessions is not None else spec.age.days or 0,
        unit="sessions" if spec.age.sessions is not None else "days",
    )


def none_of(view: View, instrument: Instrument, field: str, first: str, last: str) -> Missing:
    """Return what is missing where no figure is on file that is no quotation."""
    quoted = quotations(view, instrument.id, field)
    if quoted:
        return Missing(
            "missing.only-quoted",
            field=field_name(field),
            subject=instrument.id,
            figures=Listed(quoted[-_QUOTED:]),
        )
    return Missing(
        "missing.no-figures",
        field=field_name(field),
        subject=instrument.id,
        since="yes" if first else "no",
        first=first,
        last=last,
    )


def quotations(view: View, subject: str, field: str) -> tuple[Message, ...]:
    """Return what is on file of a field only because somebody cites it: value, source."""
    return tuple(
        message(
            "missing.quoted",
            value=Number(one.value, _decimals(one.value)),
            unit=one.unit,
            source=one.source,
            day=str(one.date),
        )
        for one in view.observations(subject, field)
        if is_quotation(one.source) and not isnan(one.value)
    )


def _decimals(number: float) -> int:
    return len(f"{number:.4f}".rstrip("0").partition(".")[2])


def absent(instrument: Instrument, field: str, days: tuple[date, ...]) -> Missing:
    """Return what is missing where sessions have no figure: the first of them by name."""
    return Missing(
        "missing.days",
        field=field_name(field),
        subject=instrument.id,
        days=Listed(tuple(str(day) for day in days[:NAMED])),
        more=max(len(days) - NAMED, 0),
        some="yes" if len(days) > NAMED else "no",
    )


def row(figure: Figure) -> Row:
    """Cite one figure."""
    return Row(figure.subject, figure.field, figure.date, figure.value, figure.source)


def row_of(made: Series, i: int) -> Row:
    """Cite one row of a series."""
    day: date = made.dates[i].item()
    return Row(made.subject, made.field, day, float(made.values[i]), made.source)


def window(made: Series) -> Window:
    """Cite a series by its ends, its length, what is missing and a digest of its values."""
    absent = len(made.coverage.missing)
    return Window(
        made.subject, made.field, made.first, made.last, len(made), absent,
        digest(made.dates, made.values),
    )  # fmt: skip


def digest(dates: npt.NDArray[np.datetime64], values: npt.NDArray[np.float64]) -> str:
    """Return the digest of rows that a :class:`~springtide.claims.model.Window` holds."""
    bits = hashlib.sha256(dates.astype("<i8").tobytes() + values.astype("<f8").tobytes())
    return bits.hexdigest()[:16]
