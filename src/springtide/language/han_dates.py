"""Dates as people write them in Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from springtide.language.numerals import han_number
from springtide.language.scanning import Anchored
from springtide.language.stretches import (
    Kind,
    Mention,
    Stretch,
    day_of,
    half_of,
    latest_day,
    latest_day_of_month,
    latest_half,
    latest_month,
    latest_quarter,
    latest_weekday,
    month_back,
    month_of,
    part_of_month,
    part_of_year,
    quarter_back,
    quarter_of,
    single,
    week_of,
    weekday_of_week,
    year_of,
)

_HAN_YEAR = (
    r"(?:(?<!\d)(?P<year>(?:19|20)\d\d) ?年|(?<!\d)(?P<short>\d\d)年(?=\d{1,2}月)"
    r"|(?P<rel>今年|去年|前年|明年|本年|上年))"
)
_HAN_DAY_NUMBER = r"[12]\d|3[01]|0?[1-9]"
# A month before these names a contract and no time: 3月交割的WTI, 2月期指.
_CONTRACT = (
    "份?的?(?:交割|到期|期指|夜期|期[金油铜银]|WTI|LME|布伦特|布兰特|纽约|伦敦"
    "|(?:轻质)?(?:原油|黄金|白银|天然气|布油|美油|铜|大豆)?(?:合约|期权|期货))"
)

_HAN_MONTH_DATE = (
    rf"(?:{_HAN_YEAR} ?的?)?"
    r"(?<![\d.个])(?:(?<!近)|(?<=[贴靠接临亲]近))(?:(?P<from>1[0-2]|[1-9])[-~至到、])?"
    r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]) ?月(?![球亮饼嫂薪台])"
    rf"(?: ?(?P<day>{_HAN_DAY_NUMBER}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
    rf"(?: ?[-~至到] ?(?P<until>{_HAN_DAY_NUMBER}))? ?[日号]"
    r"|份?(?P<part>上旬|中旬|下旬|初|末|底|中(?![国共央美欧日小心型期方]))"
    rf"|(?!{_CONTRACT}| ?\d{{1,2}} ?[日号]))"
)
_HAN_YEAR_DATE = (
    rf"{_HAN_YEAR}(?:的?(?:(?P<part>年?[初底末中](?![国共央美欧日小心型期方级])|年终)"
    r"|(?P<half>[上下])半年|第?(?P<quarter>[一二三四1-4])季度?|Q(?P<q>[1-4])|全年))?"
)
_HAN_DAY = (
    r"(?<![\d.,:/$第连近前后这每逾达仅只约共满历几数首过短周月年升涨跌挫-])(?P<day>[12]\d|3[01]"
    r"|[1-9]) ?"
    r"(?:日(?!内|来|以|均|线|移|RSI|K|连|齐|累|期|高|低|新|平|之|游|间|用|度|元|本|圆|子|经)"
    r"|号(?![楼线机院店文令公召码称角]))"
)
_HAN_JOINED_DAY = r"(?<=[日号])[-~至到、和及](?P<day>[12]\d|3[01]|[1-9]) ?[日号](?!均|线|移|连)"
_HAN_RELATIVE_MONTH = (
    r"(?P<which>上个?|本|这个?|下个?)月(?![球亮])"
    rf"(?:(?P<day>{_HAN_DAY_NUMBER}) ?[日号]|(?P<part>初|末|底|中旬|上旬|下旬))?"
)
_HAN_WEEKDAY = (
    r"(?P<which>上个?|本|这个?|下个?)?(?:周|星期"
    r"|礼拜)(?P<weekday>[一二三四五六日天])(?![度次直些半])"
)
_HAN_WEEK = r"(?P<which>上|下)(?:[一个]?星期|[一个]?礼拜|一?周)(?![一二三四五六日天末])"
_HAN_FIRST_MONTHS = (
    rf"(?:{_HAN_YEAR} ?的?)?(?<!创)(?:首|头|第一个?(?=月))"
    r"(?P<n>[两二三四五六七八九十]|十一)?个?(?P<unit>月|季)度?(?![一二三四五六七八九十\d])"
)
_HAN_NEAR_DAY = (
    r"昨[日天晚夜早晨]|昨(?=[高低开收跌涨升扬合共亦换市先曾大齐再录报])|今[天日晨早晚]"
    r"|明[日天](?!显|确)"
)
_HAN_QUARTER = (
    r"(?P<which>[上本])季度?|第(?P<quarter>[一二三四1-4])季度?"
    r"|(?<![前两三四几个连])(?P<plain>[一二三四])季度|(?P<half>[上下])半年"
)
_HAN_YEAR_PART = (
    r"(?<![\d大])年(?P<part>[初底末]|中(?=以来|至今|起|开始))(?![国期级一二三四五六七八九十])"
)

_HAN_MONTH_PARTS = {
    "初": "early", "上旬": "early", "中": "mid", "中旬": "mid",
    "末": "late", "底": "late", "下旬": "late",
}  # fmt: skip
_HAN_YEAR_PARTS = {"初": "early", "中": "mid", "底": "end", "末": "end", "终": "end"}
_HAN_DAYS_BACK = {"昨": 1, "今": 0, "明": -1}
_HAN_UNITS_BACK = {"上": 1, "本": 0, "这": 0, "下": -1}
_HAN_YEARS_BACK = {"今年": 0, "本年": 0, "去年": 1, "上年": 1, "前年": 2, "明年": -1}


def _number(digits: str) -> int:
    if digits.isdecimal():
        return int(digits)
    read = han_number(digits)
    return read[0] if read else 0


def _han_year(match: re.Match[str], anchor: date) -> int | None:
    if match["year"]:
        return int(match["year"])
    if match["short"]:
        return 2000 + int(match["short"])
    return anchor.year - _HAN_YEARS_BACK[match["rel"]] if match["rel"] else None


def _han_month_date(match: re.Match[str]) -> Mention | None:
    month = _number(match["month"])
    first_month = int(match["from"] or month)
    day = _number(match["day"]) if match["day"] else 0
    until = int(match["until"] or 0)
    part = _HAN_MONTH_PARTS.get(match["part"] or "")

    def resolve(anchor: date) -> Stretch | None:
        year = _han_year(match, anchor)
        if day:
            first = day_of(year, month, day) if year else latest_day(anchor, month, day)
            last = day_of(first.year, month, until) if first and until else first
            return (first, last) if first and last and first <= last else None
        stretch = month_of(year, month) if year else latest_month(anchor, month)
        if first_month < month:
            return date(stretch[0].year, first_month, 1), stretch[1]
        return part_of_month(stretch, part) if part else stretch

    return Mention(*match.span(), "day" if day else "month", resolve)


def _han_year_date(match: re.Match[str]) -> Mention | None:
    part = _HAN_YEAR_PARTS.get((match["part"] or "")[-1:])
    quarter = match["quarter"] or match["q"]
    kind: Kind = "quarter" if quarter else "half" if match["half"] else "year"

    def resolve(anchor: date) -> Stretch | None:
        year = _han_year(match, anchor)
        if year is None:
            return None
        if part:
            return part_of_year(year, part)
        if quarter:
            return quarter_of(year, _number(quarter))
        if match["half"]:
            return half_of(year, 1 if match["half"] == "上" else 2)
        return year_of(year)

    return Mention(*match.span(), "year-part" if part else kind, resolve)


def _han_first_months(match: re.Match[str]) -> Mention | None:
    """Read the months or quarters from a year's start: 2025年首月, 首三季."""
    count = _number(match["n"].replace("两", "二")) if match["n"] else 1
    months = count * (3 if match["unit"] == "季" else 1)
    if not 1 <= months <= 12:
        return None

    def resolve(anchor: date) -> Stretch:
        year = _han_year(match, anchor)
        if year is None:
            year = anchor.year - (anchor.month < months)
        return date(year, 1, 1), month_of(year, months)[1]

    return Mention(*match.span(), "named-month" if months == 1 else "quarter", resolve)


def _han_day(match: re.Match[str]) -> Mention | None:
    day = int(match["day"])
    return Mention(*match.span(), "day", lambda anchor: single(latest_day_of_month(anchor, day)))


def _han_joined_day(match: re.Match[str]) -> Mention | None:
    """Read the 7日 of 2月3日至7日: it counts from the day before it."""
    return Mention(match.start() + 1, match.end(), "day", _han_day(match).resolve)  # type: ignore[union-attr]


def _han_relative_month(match: re.Match[str]) -> Mention | None:
    back = _HAN_UNITS_BACK[match["which"][0]]
    day = int(match["day"] or 0)
    part = _HAN_MONTH_PARTS.get(match["part"] or "")

    def resolve(anchor: date) -> Stretch | None:
        stretch = month_back(anchor, back)
        if day:
            return single(day_of(stretch[0].year, stretch[0].month, day))
        return part_of_month(stretch, part) if part else stretch

    return Mention(*match.span(), "day" if day else "month" if part else "named-month", resolve)


def _han_weekday(match: re.Match[str]) -> Mention | None:
    weekday = "一二三四五六日".find(match["weekday"].replace("天", "日"))
    which = match["which"]
    if which:
        back = _HAN_UNITS_BACK[which[0]]
        return Mention(*match.span(), "day", lambda anchor: weekday_of_week(anchor, back, weekday))
    return Mention(*match.span(), "day", lambda anchor: latest_weekday(anchor, weekday))


def _han_week(match: re.Match[str]) -> Mention | None:
    weeks = timedelta(weeks=_HAN_UNITS_BACK[match["which"]])
    return Mention(*match.span(), "week", lambda anchor: week_of(anchor - weeks))


def _han_near_day(match: re.Match[str]) -> Mention | None:
    back = timedelta(days=_HAN_DAYS_BACK[match.group()[0]])
    return Mention(*match.span(), "day", lambda anchor: (anchor - back, anchor - back))


def _han_quarter(match: re.Match[str]) -> Mention | None:
    if match["half"]:
        half = 1 if match["half"] == "上" else 2
        return Mention(*match.span(), "half", lambda anchor: latest_half(anchor, half))
    if match["which"]:
        back = _HAN_UNITS_BACK[match["which"]]
        return Mention(*match.span(), "quarter", lambda anchor: quarter_back(anchor, back))
    quarter = _number(match["quarter"] or match["plain"])
    return Mention(*match.span(), "quarter", lambda anchor: latest_quarter(anchor, quarter))


def _han_year_part(match: re.Match[str]) -> Mention | None:
    part = _HAN_YEAR_PARTS[match["part"]]

    def resolve(anchor: date) -> Stretch:
        here = part_of_year(anchor.year, part)
        return here if here[0] <= anchor else part_of_year(anchor.year - 1, part)

    return Mention(*match.span(), "year-part", resolve)


HAN_READERS: tuple[tuple[Anchored, Callable[[re.Match[str]], Mention | None]], ...] = (
    (Anchored("月", _HAN_MONTH_DATE, 14, 10), _han_month_date),
    (Anchored("年", _HAN_YEAR_DATE, 6, 8), _han_year_date),
    (Anchored("[日号]", _HAN_DAY, 5, 6), _han_day),
    (Anchored("[日号]", _HAN_JOINED_DAY, 6, 6), _han_joined_day),
    (Anchored("月", _HAN_RELATIVE_MONTH, 4, 8), _han_relative_month),
    (Anchored("[月季]", _HAN_FIRST_MONTHS, 14, 2), _han_first_months),
    (Anchored("周|星期|礼拜", _HAN_WEEKDAY, 4, 4), _han_weekday),
    (Anchored("周|星期|礼拜", _HAN_WEEK, 4, 4), _han_week),
    (Anchored("[昨今明]", _HAN_NEAR_DAY, 0, 4), _han_near_day),
    (Anchored("季|半年", _HAN_QUARTER, 4, 4), _han_quarter),
    (Anchored("年", _HAN_YEAR_PART, 2, 4), _han_year_part),
)
