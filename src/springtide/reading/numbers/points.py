"""Points in the past that a number is compared with or is of: 一年前, "a week ago", 较1月底.

A change from such a point runs from it to the day of the article; a level of it is that day's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from springtide.language.numerals import ENGLISH_ORDINALS, english_number, han_number
from springtide.language.required import Screened
from springtide.language.scanning import lowered
from springtide.language.stretches import month_back
from springtide.language.types import DateMention


@dataclass(frozen=True, slots=True)
class Point:
    """A past day as written; ``kind`` is the stretch from it (week, month, year, last, since).

    ``compared`` says that the words set it against something: 较, 比, "from", "since".
    """

    start: int
    end: int
    text: str
    day: date
    kind: str
    compared: bool


_HAN_AGO = Screened(
    r"(?P<n>\d{1,3}|[一二三四五六七八九十两半]{1,3}) ?"
    r"(?P<unit>个?交易日|天|个?星期|周|个月|年)(?:之|以)?前(?!十|五|三|列|景|期|后)"
)
_ENGLISH_AGO = Screened(
    r"\b(?P<n>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)[ -]"
    r"(?P<unit>day|week|month|quarter|year)s? (?:ago|earlier|before|prior)\b",
    re.IGNORECASE,
)
_COMPARED_ZH = re.compile(r"(?:较|比|自|从|由|与|跟|和|相比|相较|距|对比)(?:于|起)? ?$")
_COMPARED_EN = re.compile(
    r"\b(?:from|since|than|versus|vs\.?|against|on|over|compared (?:with|to)|relative to)"
    r"(?: (?:its|the|their|a|levels?|where it (?:was|stood|traded)|that of))* $",
    re.IGNORECASE,
)
_MID = re.compile("年中|[Mm]id|[Mm]iddle")
_LOOK_BACK = 40


def find_points(text: str, dates: tuple[DateMention, ...], anchor: date) -> tuple[Point, ...]:
    """Find the past points of a block, in its order.

    Parameters
    ----------
    text
        Normalised text of the block.
    dates
        The days and months that it names; those that something is compared with are points.
    anchor
        The day of the article.

    Examples
    --------
    >>> day = date(2025, 2, 13)
    >>> [(p.text, str(p.day), p.kind, p.compared) for p in find_points("较一年前升38.5%", (), day)]
    [('一年前', '2024-02-13', 'year', True)]
    """
    points = []
    for pattern in (_HAN_AGO, _ENGLISH_AGO):
        for match in pattern.finditer(text, lowered(text)):
            point = _ago(text, match, anchor)
            if point is not None:
                points.append(point)
    for mention in dates:
        if is_compared(text, mention.start):
            day = _base_of(mention)
            kind = "day" if mention.first == mention.last else "since"
            points.append(Point(mention.start, mention.end, mention.text, day, kind, True))
    return tuple(sorted(points, key=lambda point: point.start))


def is_compared(text: str, start: int) -> bool:
    """Say whether the words before a place set what follows against something.

    Examples
    --------
    >>> is_compared("up 3.2% from last Friday", 13), is_compared("on Friday it rose", 3)
    (True, False)
    """
    before = text[max(0, start - _LOOK_BACK) : start]
    if _COMPARED_ZH.search(before):
        return True
    match = _COMPARED_EN.search(before)
    return match is not None and not match.group().lower().startswith("on ")


def _ago(text: str, match: re.Match[str], anchor: date) -> Point | None:
    written, unit = match["n"], match["unit"].removeprefix("个").lower()
    if written == "半":
        if unit != "年":
            return None
        day, kind = _months_back(anchor, 6), "last"
    else:
        count = _count(written)
        if not count or count > 120:
            return None
        day, kind = _back(anchor, count, unit)
    return Point(*match.span(), match.group(), day, kind, is_compared(text, match.start()))


def _count(written: str) -> int:
    if written.isdecimal():
        return int(written)
    low = written.lower()
    if low in ("a", "an", "one"):
        return 1
    if low.isascii():
        return english_number(low) or ENGLISH_ORDINALS.get(low, 0)
    read = han_number(written)
    return int(read[0]) if read else 0


def _back(anchor: date, count: int, unit: str) -> tuple[date, str]:
    """Return the day that lies so many units back, and the kind of stretch since then."""
    one = count == 1
    if unit in ("天", "day", "交易日"):
        return anchor - timedelta(days=count), "day" if one else "last"
    if unit in ("周", "星期", "week"):
        return anchor - timedelta(weeks=count), "week" if one else "last"
    if unit in ("月", "month"):
        return _months_back(anchor, count), "month" if one else "last"
    if unit == "quarter":
        return _months_back(anchor, 3 * count), "quarter" if one else "last"
    return _months_back(anchor, 12 * count), "year" if one else "last"


def _months_back(anchor: date, count: int) -> date:
    first, last = month_back(anchor, count)
    return first.replace(day=min(anchor.day, last.day))


def _base_of(mention: DateMention) -> date:
    """Return the day that a comparison with a date counts from: its last, mid-year at its end."""
    if mention.first != mention.last and _MID.search(mention.text):
        if (mention.first.month, mention.last.month) == (5, 8):
            return mention.first.replace(month=6, day=30)
        return mention.first + (mention.last - mention.first) // 2
    return mention.last
