"""The days of a stretch: from a week, a month or "the last 30 days" to its base and its last session."""

from __future__ import annotations

from datetime import date, timedelta

from springtide.language.stretches import month_back, month_of, quarter_of, week_of, year_of
from springtide.language.types import Period
from springtide.reading.numbers.carry import Span
from springtide.reading.numbers.hours import session_before, session_by, sessions_back
from springtide.reading.numbers.spots import Spot


def whole(spot: Spot, kind: str) -> Span:
    """Return the month, quarter or year that the article stands in, the week last traded in."""
    today = spot.moment.local
    if kind == "week":
        first, last = week_of(spot.moment.closed)
    elif kind == "month":
        first, last = month_of(today.year, today.month)
    elif kind == "quarter":
        first, last = quarter_of(today.year, (today.month + 2) // 3)
    else:
        first, last = year_of(today.year)
    return Span(kind, "", session_before(spot.market, first), _past(spot, last))


def _past(spot: Spot, day: date) -> date | None:
    """Return the last session of a stretch; None where it has not ended."""
    last = session_by(spot.market, day)
    return last if last <= spot.moment.latest else None


def stretch(first: date, last: date, words: str, spot: Spot) -> Span:
    """Name a stretch of the calendar and give it its sessions: its base and its last one.

    A stretch of today's date or later has no end yet.
    """
    kind = "span"
    if (first, last) == month_of(first.year, first.month):
        kind = "month"
    elif (first, last) == year_of(first.year):
        kind = "year"
    elif first.day == 1 and (first, last) == quarter_of(first.year, (first.month + 2) // 3):
        kind = "quarter"
    elif (last - first).days == 6 or _is_week(first, last, spot.market):
        kind = "week"
    return Span(kind, words, session_before(spot.market, first), _past(spot, last))


def _is_week(first: date, last: date, market: str) -> bool:
    """Say whether a stretch holds all sessions of a week."""
    monday, sunday = week_of(first)
    return (
        last <= sunday
        and session_before(market, first) < monday
        and session_by(market, sunday) <= last
    )


def resolved(period: Period, words: str, spot: Spot) -> Span:
    """Give a period of the language room its kind here and its days."""
    market, today = spot.market, spot.moment.local
    if period.kind in ("ytd", "qtd", "mtd", "wtd"):
        kind = {"ytd": "ytd", "qtd": "quarter", "mtd": "month", "wtd": "week"}[period.kind]
        first = {
            "ytd": date(today.year, 1, 1),
            "qtd": quarter_of(today.year, (today.month + 2) // 3)[0],
            "mtd": today.replace(day=1),
            "wtd": week_of(today)[0],
        }[period.kind]
        return Span(kind, words, session_before(market, first))
    if period.kind == "last":
        return _counted(period, words, spot)
    if period.kind == "span" and period.first and period.last:
        return stretch(period.first, period.last, words, spot)
    if period.kind == "since" and period.first:
        base = session_before if period.first.day == 1 else session_by
        return Span("since", words, base(market, period.first))
    if period.kind in ("since-low", "since-high"):
        return Span("since", words)
    return Span("none", words)


def _counted(period: Period, words: str, spot: Spot) -> Span:
    """Return the last so many sessions, days, weeks, months, quarters or years."""
    back = period.count or 1, period.unit or "sessions"
    one = back[0] == 1 and back[1] not in ("sessions", "days", "years")
    kind = back[1][:-1] if one else "last"
    return Span(kind, words, counted_from(spot.moment.latest, back, spot.market), back=back)


def counted_from(end: date, back: tuple[int, str], market: str) -> date:
    """Return the session that lies so many sessions, days, weeks, months or years before a day."""
    count, unit = back
    if unit == "sessions":
        return sessions_back(market, end, count)
    if unit in ("days", "weeks"):
        return session_by(market, end - timedelta(days=count * (7 if unit == "weeks" else 1)))
    months = count * {"months": 1, "quarters": 3, "years": 12}[unit]
    first, last = month_back(end, min(months, _LONGEST))
    return session_by(market, first.replace(day=min(end.day, last.day)))


_LONGEST = 12 * 150
"""Months that a stretch may be counted back."""
