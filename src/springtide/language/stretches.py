"""Stretches of the calendar, and dates that wait for an anchor to say which one they are."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Stretch = tuple[date, date]
Resolver = Callable[[date], Stretch | None]
Kind = Literal["day", "month", "year-part", "year", "half", "quarter", "week", "named-month"]

_YEARS_BACK = 8  # far enough for a 29 February


@dataclass(frozen=True, slots=True)
class Mention:
    """A date or a stretch of the calendar as written.

    ``resolve`` gives its first and last day as seen from the day of the text, or None where the
    calendar has no such day.
    """

    start: int
    end: int
    kind: Kind
    resolve: Resolver


def month_of(year: int, month: int) -> Stretch:
    """Return the first and last day of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def year_of(year: int) -> Stretch:
    """Return the first and last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def quarter_of(year: int, quarter: int) -> Stretch:
    """Return the first and last day of a quarter."""
    return date(year, 3 * quarter - 2, 1), month_of(year, 3 * quarter)[1]


def half_of(year: int, half: int) -> Stretch:
    """Return the first and last day of a half-year."""
    return quarter_of(year, 2 * half - 1)[0], quarter_of(year, 2 * half)[1]


def week_of(day: date) -> Stretch:
    """Return Monday and Sunday of the week of a day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def month_back(anchor: date, back: int) -> Stretch:
    """Return the month that lies ``back`` months before that of ``anchor``."""
    index = anchor.year * 12 + anchor.month - 1 - back
    return month_of(index // 12, index % 12 + 1)


def day_of(year: int, month: int, day: int) -> date | None:
    """Return the day, None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def latest_day(anchor: date, month: int, day: int) -> date | None:
    """Return the latest such day not after the anchor."""
    for back in range(_YEARS_BACK + 1):
        candidate = day_of(anchor.year - back, month, day)
        if candidate and candidate <= anchor:
            return candidate
    return None


def latest_day_of_month(anchor: date, day: int) -> date | None:
    """Return the latest such day of a month not after the anchor."""
    for back in range(12):
        first, _ = month_back(anchor, back)
        candidate = day_of(first.year, first.month, day)
        if candidate and candidate <= anchor:
            return candidate
    return None


def latest_month(anchor: date, month: int) -> Stretch:
    """Return the latest such month that has begun by the anchor."""
    return month_of(anchor.year - (month > anchor.month), month)


def part_of_month(stretch: Stretch, part: str) -> Stretch:
    """Cut a month into its thirds: early, mid and late."""
    first, last = stretch
    if part == "early":
        return first, first.replace(day=10)
    if part == "mid":
        return first.replace(day=11), first.replace(day=20)
    return first.replace(day=21), last


def part_of_year(year: int, part: str) -> Stretch:
    """Return the quarter that "early" or "late" means, the summer, or the month at an end."""
    months = {"start": (1, 1), "early": (1, 3), "mid": (5, 8), "late": (10, 12), "end": (12, 12)}
    low, high = months[part]
    return date(year, low, 1), month_of(year, high)[1]


def quarter_back(anchor: date, back: int) -> Stretch:
    """Return the quarter that lies ``back`` quarters before that of ``anchor``."""
    index = anchor.year * 4 + (anchor.month - 1) // 3 - back
    return quarter_of(index // 4, index % 4 + 1)


def latest_quarter(anchor: date, quarter: int) -> Stretch:
    """Return the latest such quarter that has begun by the anchor."""
    here = quarter_of(anchor.year, quarter)
    return here if here[0] <= anchor else quarter_of(anchor.year - 1, quarter)


def latest_half(anchor: date, half: int) -> Stretch:
    """Return the latest such half-year that has begun by the anchor."""
    here = half_of(anchor.year, half)
    return here if here[0] <= anchor else half_of(anchor.year - 1, half)


def weekday_of_week(anchor: date, back: int, weekday: int) -> Stretch:
    """Return a weekday (Monday is 0) of the week ``back`` weeks before that of the anchor."""
    return single(week_of(anchor)[0] + timedelta(days=weekday - 7 * back))  # type: ignore[return-value]


def latest_weekday(anchor: date, weekday: int) -> Stretch:
    """Return the latest such weekday (Monday is 0) not after the anchor."""
    return single(anchor - timedelta(days=(anchor.weekday() - weekday) % 7))  # type: ignore[return-value]


def single(day: date | None) -> Stretch | None:
    """Return the stretch of one day."""
    return (day, day) if day else None
