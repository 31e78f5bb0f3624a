"""The typed results of reading text: intervals, quantities, dates, periods, session parts."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Language = Literal["en", "zh-cn", "zh-hk"]
Colours = Literal["red-up", "green-up"]
"""Whether a rise is red and a fall green, as mainland readers expect, or the reverse."""

Comparator = Literal["=", "~", ">", "<", "range", "up_to"]
DurationUnit = Literal["sessions", "days", "weeks", "months", "quarters", "years"]
PeriodKind = Literal[
    "ytd", "qtd", "mtd", "wtd", "since", "since-low", "since-high", "last", "span", "all"
]
SessionPart = Literal["open", "morning", "midday", "afternoon", "intraday", "high", "low", "close"]


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers that a wording admits, open or closed at each end.

    Examples
    --------
    >>> 24.5 in Interval(24.5, 25.5, high_open=True)
    True
    >>> 25.5 in Interval(24.5, 25.5, high_open=True)
    False
    >>> print(Interval(25, math.inf, low_open=True))
    (25, ∞)
    """

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    def __contains__(self, x: float) -> bool:
        above = x > self.low if self.low_open else x >= self.low
        below = x < self.high if self.high_open else x <= self.high
        return above and below

    def negated(self) -> Interval:
        """Return the interval mirrored at zero: what a fall admits where a rise was read."""
        return Interval(-self.high, -self.low, self.high_open, self.low_open)

    def __str__(self) -> str:
        left = "(" if self.low_open or math.isinf(self.low) else "["
        right = ")" if self.high_open or math.isinf(self.high) else "]"
        low = "-∞" if math.isinf(self.low) else f"{self.low:.12g}"
        high = "∞" if math.isinf(self.high) else f"{self.high:.12g}"
        return f"{left}{low}, {high}{right}"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit as written, and what its wording admits.

    ``start`` and ``end`` are character offsets into the text given and cover approximator
    ("nearly", "逾"), number and unit. ``value`` is expanded by its scale word (8.81亿美元 is
    881000000.0 in unit ``USD``); a range is a pair in ascending order. ``step`` is one unit of the
    last printed digit, expanded in the same way (25% has step 1, 17.20 has 0.01, 二万三 has 1000).
    ``within`` is the set of true values that the wording admits, for the value as written (a "fall
    of 3%" is read as 3 here; its sign is the sentence's).

    ``unit`` is one of ``%``, ``pp`` (percentage points), ``bp`` (basis points), ``x`` (times,
    multiples), ``points`` (index points), an ISO 4217 currency code, ``shares``, a
    :data:`DurationUnit`, or ``""`` for a bare number.

    ``implied_sign`` is +1 or -1 where the word itself says the direction ("doubled", "腰斩", an
    explicit plus or minus sign), else 0; ``value`` is then already signed.
    """

    start: int
    end: int
    text: str
    value: float | tuple[float, float]
    unit: str
    comparator: Comparator
    step: float
    within: Interval
    scale: float = 1.0
    implied_sign: int = 0


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date or a stretch of dates as written; ``first == last`` for a single day."""

    start: int
    end: int
    text: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class PartMention:
    """A word for a part of the session: 早盘, 盘中, 收盘, "intraday", "at the close"."""

    start: int
    end: int
    text: str
    part: SessionPart


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time over which something is measured, ending at the as-of date.

    ==============  ==========================================================================
    kind            meaning
    ==============  ==========================================================================
    ``ytd``         since the last close of the previous year (likewise ``qtd``, ``mtd``,
                    ``wtd`` for quarter, month and week)
    ``since``       since the close on ``first`` (the last close before it where it is no session)
    ``since-low``   since the lowest price between ``first`` and ``last`` (likewise
                    ``since-high``); without dates, since the extreme of the last 250 sessions
    ``last``        the last ``count`` ``unit``
    ``span``        from the last close before ``first`` to the last close on or before ``last``
    ``all``         all history that the data hold
    ==============  ==========================================================================

    Examples
    --------
    >>> str(Period("last", count=5, unit="sessions"))
    'last:5:sessions'
    >>> Period.parse("since-low:2024-11-01..2024-11-30").first
    datetime.date(2024, 11, 1)
    >>> str(Period.parse("month:2024-09")), str(Period.parse("year:2021"))
    ('span:2024-09-01..2024-09-30', 'span:2021-01-01..2021-12-31')
    """

    kind: PeriodKind
    first: date | None = None
    last: date | None = None
    count: int | None = None
    unit: DurationUnit | None = None

    def __str__(self) -> str:
        if self.kind == "last":
            return f"last:{self.count}:{self.unit}"
        if self.kind == "since":
            return f"since:{self.first}"
        if self.first is not None:
            return f"{self.kind}:{self.first}..{self.last}"
        return self.kind

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read the canonical form that ``str`` writes.

        Raises
        ------
        ValueError
            The text is not of that form.
        """
        kind, _, rest = text.strip().partition(":")
        if kind in ("ytd", "qtd", "mtd", "wtd", "all") and not rest:
            return cls(kind)  # type: ignore[arg-type]
        if kind in ("since-low", "since-high") and not rest:
            return cls(kind)  # type: ignore[arg-type]
        if kind in ("year", "month") and re.fullmatch(r"\d{4}(-\d\d)?", rest):
            return cls("span", *_whole(kind, rest))
        if kind == "since":
            return cls("since", first=date.fromisoformat(rest))
        if kind in ("since-low", "since-high", "span"):
            first, dots, last = rest.partition("..")
            if dots and date.fromisoformat(first) <= date.fromisoformat(last):
                return cls(kind, date.fromisoformat(first), date.fromisoformat(last))  # type: ignore[arg-type]
        if kind == "last":
            count, _, unit = rest.partition(":")
            units = ("sessions", "days", "weeks", "months", "quarters", "years")
            if unit in units and count.isdecimal() and int(count) > 0:
                return cls("last", count=int(count), unit=unit)  # type: ignore[arg-type]
        raise ValueError(
            f"not a period: {text!r} (allowed: ytd, qtd, mtd, wtd, all, since:DATE, since-low, "
            "since-low:DATE..DATE, since-high, since-high:DATE..DATE, span:DATE..DATE, year:YYYY, "
            "month:YYYY-MM, last:N:UNIT)"
        )


def _whole(kind: str, text: str) -> tuple[date, date]:
    """Return the first and the last day of a year (2021) or a month (2024-09)."""
    year, _, month = text.partition("-")
    if bool(month) != (kind == "month"):
        raise ValueError(f"not a {kind}: {text!r}")
    if kind == "year":
        return date(int(year), 1, 1), date(int(year), 12, 31)
    first = date(int(year), int(month), 1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A period as written, with its meaning."""

    start: int
    end: int
    text: str
    period: Period
