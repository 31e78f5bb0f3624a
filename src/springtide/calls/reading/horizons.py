"""Until when a call holds, by its words: one table, printed in ``docs/how-to/calls.md``."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

By = Literal["any", "end"]


@dataclass(frozen=True, slots=True)
class Horizon:
    """So many sessions, or until a day; by any close of it, or by the last; and the words for it."""

    words: str
    sessions: int = 0
    until: date | None = None
    by: By = "any"


_NUMBER = {
    **{c: i for i, c in enumerate("零一二三四五六七八九十")},
    "两": 2, "半": 0, "十二": 12, "十八": 18,
    **dict(zip(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], range(1, 11), strict=True)),
    "twelve": 12, "eighteen": 18,
}  # fmt: skip
_COUNT = r"(?P<n>[0-9]{1,2}|十[二八]|[一二两三四五六七八九十]|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen)"


def _months_on(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _count(match: re.Match[str]) -> int:
    text = match["n"].lower()
    return int(text) if text.isdigit() else _NUMBER[text]


_Make = Callable[[re.Match[str], date], Horizon | None]


def _year(ahead: int, by: By) -> _Make:
    return lambda match, made: Horizon(match[0], until=date(made.year + ahead, 12, 31), by=by)


def _named_year(by: By) -> _Make:
    def make(match: re.Match[str], made: date) -> Horizon | None:
        year = int(match["y"])
        return Horizon(match[0], until=date(year, 12, 31), by=by) if year >= made.year else None

    return make


def _in_months(per: int, by: By = "any") -> _Make:
    return lambda match, made: Horizon(match[0], until=_months_on(made, per * _count(match)), by=by)


def _in_weeks(match: re.Match[str], made: date) -> Horizon:
    return Horizon(match[0], until=made + timedelta(weeks=_count(match)))


def _week(ahead: int) -> _Make:
    def make(match: re.Match[str], made: date) -> Horizon | None:
        until = made + timedelta(days=4 - made.weekday() + 7 * ahead)
        return Horizon(match[0], until=until) if until > made else None

    return make


def _month_end(match: re.Match[str], made: date) -> Horizon | None:
    until = date(made.year, made.month, calendar.monthrange(made.year, made.month)[1])
    return Horizon(match[0], until=until) if until > made else None


def _half(month: int, day: int) -> _Make:
    def make(match: re.Match[str], made: date) -> Horizon | None:
        until = date(made.year, month, day)
        return Horizon(match[0], until=until) if until > made else None

    return make


def _quarter_end(match: re.Match[str], made: date) -> Horizon | None:
    month = 3 * ((made.month - 1) // 3 + 1)
    until = date(made.year, month, calendar.monthrange(made.year, month)[1])
    return Horizon(match[0], until=until) if until > made else None


def _quarter(by: By = "any") -> _Make:
    def make(match: re.Match[str], made: date) -> Horizon | None:
        month = 3 * ("一二三四".find(match["q"]) + 1 or int(match["q"]))
        until = date(made.year, month, calendar.monthrange(made.year, month)[1])
        return Horizon(match[0], until=until, by=by) if until > made else None

    return make


def _next_quarter(match: re.Match[str], made: date) -> Horizon | None:
    ends = 3 * ((made.month - 1) // 3 + 1)
    until = _months_on(date(made.year, ends, 28), 3)
    last = calendar.monthrange(until.year, until.month)[1]
    return Horizon(match[0], until=date(until.year, until.month, last))


_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"


def _month_of(match: re.Match[str], made: date) -> Horizon | None:
    named = match["m"].capitalize()
    month = int(named) if named.isdigit() else _MONTHS.split("|").index(named) + 1
    year = int(match["y"])
    until = date(year, month, calendar.monthrange(year, month)[1]) if month <= 12 else made
    return Horizon(match[0], until=until) if until > made else None


def _sessions(count: int) -> _Make:
    return lambda match, made: Horizon(match[0], sessions=count)


# In order: the first that stands in the words counts.
_RULES: tuple[tuple[re.Pattern[str], _Make], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), make)
    for pattern, make in (
        (r"(?:明年|来年)(?:年)?[底末终]|end of next year|next year[- ]end", _year(1, "end")),
        (rf"\b(?P<m>{_MONTHS}) (?P<y>20[0-4][0-9])\b|(?P<y2>20[0-4][0-9])年(?P<m2>[0-9]{{1,2}})月[底末]?", _month_of),
        (r"(?P<y>20[0-4][0-9])年?[底末终]|end of (?P<y2>20[0-4][0-9])|end[- ](?P<y3>20[0-4][0-9])", _named_year("end")),
        (r"年[底末终]|年结|\byear[- ]?end\b|\b(?:end|finish|close) the year\b|end of (?:the|this) year|by the end of the year", _year(0, "end")),
        (r"(?:未来|今后|接下来|往后)的?" + _COUNT + r"(?:[-至到][0-9一二三四五六七八九十]+)?个?月", _in_months(1)),
        (_COUNT + r"个月(?:内|后|之内|的?目标)", _in_months(1)),
        (r"(?:over|in|within|for) the (?:next|coming) " + _COUNT + r"[- ]months?|(?:in|within) " + r"(?P<n2>[0-9]{1,2}) months|(?P<n3>12|6|3|18)[- ]month", _in_months(1)),
        (r"未来一年|一年内|(?:over|in|within) the next (?:year|12 months)", lambda m, d: Horizon(m[0], until=_months_on(d, 12))),
        (r"(?:未来|接下来)" + _COUNT + r"(?:周|个星期|星期)|(?:over|in|within) the next " + r"(?P<n2>[0-9]|two|three|four|six) weeks", _in_weeks),
        (r"下周|下星期|\bnext week\b", _week(1)),
        (r"本周|这周|\bthis week\b", _week(0)),
        (r"本月|月底|月内|\bthis month\b|end of the month", _month_end),
        (r"上半年|first half|\bH1\b|年中|mid-?year", _half(6, 30)),
        (r"下半年|second half|\bH2\b", _half(12, 31)),
        (r"下一?个?季度?|\bnext quarter\b", _next_quarter),
        (r"首季", lambda m, d: Horizon(m[0], until=date(d.year, 3, 31)) if d.month <= 3 else None),
        (r"第?(?P<q>[一二三四1-4])季度?|\bQ(?P<q2>[1-4])\b", _quarter()),
        (r"本季|季内|季末|季度末|this quarter|end of the quarter", _quarter_end),
        (r"明年|\bnext year\b", _year(1, "any")),
        (r"今年|年内|全年|\bthis year\b", _year(0, "any")),
        (r"(?P<y>20[0-4][0-9])年(?!\s*[0-9]+月)|\b(?:in|for) (?P<y2>20[0-4][0-9])\b", _named_year("any")),
        (r"中短[期线]|短中[期线]", lambda m, d: None),
        (r"短[期线]|\b(?:short|near)[- ]term\b", _sessions(20)),
        (r"近期|\bin the coming (?:days|weeks)\b", _sessions(10)),
        (r"中[期线]|\bmedium[- ]term\b", _sessions(120)),
    )
)  # fmt: skip


def horizon_of(words: str, made: date) -> Horizon | None:
    """Return until when a call holds by its words; None where they do not say.

    Examples
    --------
    >>> horizon_of("今年的恒指波动区间上限", date(2025, 2, 13)).until.isoformat()
    '2025-12-31'
    >>> horizon_of("短期内有获利回吐压力", date(2025, 2, 13)).sessions
    20
    >>> horizon_of("a 12-month target", date(2025, 2, 13)).until.isoformat()
    '2026-02-13'
    >>> horizon_of("the index will rise", date(2025, 2, 13)) is None
    True
    """
    for pattern, make in _RULES:
        match = pattern.search(words)
        if match is not None:
            return make(_Named(match), made)  # type: ignore[arg-type]
    return None


class _Named:
    """A match whose group is found under its name or the same name with a digit."""

    def __init__(self, match: re.Match[str]) -> None:
        self._match = match

    def __getitem__(self, name: str | int) -> str:
        if isinstance(name, int):
            return str(self._match[name])
        groups = self._match.groupdict()
        return next(v for k, v in groups.items() if k.rstrip("23") == name and v is not None)
