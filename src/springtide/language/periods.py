"""Periods as people write them: 年初至今, "year to date", "since last November's low"."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain

from springtide.language.mentions import mentions
from springtide.language.numerals import ENGLISH_ORDINALS, english_number, han_number
from springtide.language.scanning import Anchored, compiled, lowered
from springtide.language.stretches import year_of
from springtide.language.types import DurationUnit, Period, PeriodKind, PeriodMention

# Stretches that are periods by themselves; a day or a month is a date unless a word like "since"
# makes a period of it.
PERIOD_KINDS = frozenset({"year", "half", "quarter", "week", "named-month"})


def find_periods(text: str, anchor: date) -> list[PeriodMention]:
    """Find the periods that a text names, in its order; where two overlap the longest wins.

    Parameters
    ----------
    text
        Normalised text.
    anchor
        The day of the article, from which incomplete dates are understood.

    Returns
    -------
    list of PeriodMention
        Without overlaps.

    Examples
    --------
    >>> for mention in find_periods("年初至今涨25%,自去年11月低点以来涨超7倍", date(2025, 2, 13)):
    ...     print(mention.text, mention.period)
    年初至今 ytd
    自去年11月低点以来 since-low:2024-11-01..2024-11-30
    >>> [str(p.period) for p in find_periods("a three-year high this week", date(2025, 2, 13))]
    ['last:3:years', 'wtd']
    """
    return list(_periods(text, anchor))


@lru_cache(maxsize=64)
def _periods(text: str, anchor: date) -> tuple[PeriodMention, ...]:
    candidates = _outside_dates(_worded(text, anchor) + _counted(text), text)
    dates = _pairs(text, anchor)
    for start, end, kind, stretch in dates:
        period = _dated(text, start, end, kind, stretch, anchor)
        if period:
            candidates.append(period)
    candidates.sort(key=lambda p: (p.start - p.end, p.start))
    taken: list[PeriodMention] = []
    covered = bytearray(len(text))
    for candidate in candidates:
        if not any(covered[candidate.start : candidate.end]):
            covered[candidate.start : candidate.end] = b"\x01" * (candidate.end - candidate.start)
            taken.append(candidate)
    return tuple(sorted(taken, key=lambda p: p.start))


def _outside_dates(periods: list[PeriodMention], text: str) -> list[PeriodMention]:
    """Drop what is only a part of a longer date: the 今年 of 今年年底."""
    spans = [(m.start, m.end) for m in mentions(text) if m.kind not in PERIOD_KINDS]
    starts = [start for start, _ in spans]
    kept = []
    for period in periods:
        start, end = spans[max(0, bisect_right(starts, period.start) - 1)] if spans else (0, 0)
        inside = start <= period.start and period.end <= end
        if not inside or end - start <= period.end - period.start:
            kept.append(period)
    return kept


# --- periods in fixed words -----------------------------------------------------------------

_LOW = r"(?:最?低[点位谷]|谷底|底部|低潮|最低水平)"
_HIGH = r"(?:最?高[点位峰]|峰值|顶部|顶点|最高水平)"
_EXTREME = rf"(?:(?P<low>{_LOW})|(?P<high>{_HIGH}))"
_SINCE_TAIL = r"(?:以来|起|至今|算起|迄今)?"
_FROM = r"(?:自从|自|从|由|较|比|距离|距|相比)?"

_HAN_WORDS: dict[str, str] = {
    "ytd": (
        r"自?(?:今年)?年初(?:以来|至今|迄今|起|到现在)|(?:从|较|比|相较|相比)年初|"
        r"自?开年(?:以来|至今)?|(?<!农历)(?:自|踏入|进入)?新年(?:以来|至今|伊始)|自?今年(?:以来|至今|迄今)(?:为止)?|年内|今年|本年(?:度|以来)"
    ),
    "qtd": r"本季度?(?:以来|至今)?",
    "mtd": r"本月(?:以来|至今|迄今)?|自?月初(?:以来|至今)|这个月(?:以来)?",
    "wtd": r"(?:本|这|今|此)(?:一|个)?(?:周|星期)(?![一二三四五六日天末](?!度))(?:以来|至今|内)?",
    "all": (
        r"有史以来|历来|史上|历史(?=性?[新最]?[高低]|性?纪录|记录|峰值|顶|底)|(?:自?(?:上市"
        r"|成立|创立|推出|开市)以来)"
    ),
}  # fmt: skip
_HAN_YEAR_EXTREME = (
    rf"{_FROM}(?:今年|年内|年初|本年)的?(?:内|阶段性|盘中|收盘|以来)?的?{_EXTREME}{_SINCE_TAIL}"
)
_HAN_BARE_EXTREME = (
    rf"(?:自从|自|从|由|较|比|距离|距)(?:近期|前期|此前|早前|阶段性|近日|阶段"
    rf"|前)的?{_EXTREME}{_SINCE_TAIL}"
)
_ENGLISH_WORDS: dict[str, str] = {
    "ytd": (
        r"(?:in the |on a )?year[- ]to[- ]date|\bytd\b|so far (?:this year|in (?:20\d\d))"
        r"|(?:thus far )?this year"
        r"|(?:since|from) the (?:start|beginning|turn) of (?:the|this) year"
        r"|since the year (?:began|started)"
        r"|(?:for|on) the year(?! (?:ended|ending|to|through))|since new year(?:'s day)?"
    ),
    "qtd": r"quarter[- ]to[- ]date|\bqtd\b|so far this quarter|this quarter",
    "mtd": (
        r"month[- ]to[- ]date|\bmtd\b|so far this month|this month|(?:for|on) the month"
        r"|since the (?:start|beginning) of (?:the|this) month"
    ),
    "wtd": (
        r"week[- ]to[- ]date|\bwtd\b|so far this week|this week|(?:(?:for|on|in"
        r"|over) )?the week(?! of| before| after)"
    ),
    "all": (
        r"all[- ]time|on record|in history|record(?= (?:high|low|close|closing|peak|intraday|level|"
        r"run|streak|inflow|outflow|session|territory))|of all time|since (?:its )?(?:inception"
        r"|listing|ipo|debut)"
    ),
}  # fmt: skip
_ENGLISH_LOW = r"low|trough|bottom|nadir"
_ENGLISH_HIGH = r"high|peak|top"
_ENGLISH_ADJECTIVE = r"(?:intraday |closing |recent |record |all-time |cycle |swing )?"
_ENGLISH_EXTREME = rf"{_ENGLISH_ADJECTIVE}(?:(?P<low>{_ENGLISH_LOW})|(?P<high>{_ENGLISH_HIGH}))s?\b"
_ENGLISH_FROM = (
    r"(?:(?:since|from|above|below|off|versus|against|under|over|than|beyond|near|to) )?"
)
_ENGLISH_DETERMINER = r"(?:(?:its|the|their|a|his|her) )?"
_ENGLISH_YEAR_EXTREME = (
    rf"\b{_ENGLISH_FROM}(?:this year's|the year's|year-to-date) {_ENGLISH_EXTREME}"
    rf"|\b{_ENGLISH_FROM}{_ENGLISH_DETERMINER}(?:(?P<low2>{_ENGLISH_LOW})"
    rf"|(?P<high2>{_ENGLISH_HIGH})) "
    r"(?:of|for) (?:the|this) year\b"
)
_ENGLISH_BARE_EXTREME = (
    rf"\b(?:since|from|above|below|off) {_ENGLISH_DETERMINER}recent {_ENGLISH_EXTREME}"
)


_HAN_WORDED = Anchored(
    "[年月周季]|星期|历|史上|以来",
    "|".join(f"(?P<{kind}>{words})" for kind, words in _HAN_WORDS.items()),
    8,
    8,
)
_ENGLISH_WORDED = Anchored(
    "year|ytd|quarter|qtd|month|mtd|week|wtd|time|record|history|inception|listing|ipo|debut|20",
    r"\b(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in _ENGLISH_WORDS.items()) + ")",
    32,
    24,
)
# Each with whether it means this year; otherwise the extreme is one without dates.
_EXTREMES = (
    (Anchored("今年|年内|年初|本年", _HAN_YEAR_EXTREME, 4, 24), True),
    (Anchored("近期|前期|此前|早前|阶段|近日|[自从由较比距离]前", _HAN_BARE_EXTREME, 4, 12), False),
    (Anchored("year", _ENGLISH_YEAR_EXTREME, 48, 32), True),
    (Anchored("recent", _ENGLISH_BARE_EXTREME, 16, 24), False),
)


def _worded(text: str, anchor: date) -> list[PeriodMention]:
    """Find the periods whose words name no date."""
    periods = []
    low = lowered(text)
    for match in chain(_HAN_WORDED.finditer(text), _ENGLISH_WORDED.finditer(low)):
        word: PeriodKind = match.lastgroup  # type: ignore[assignment]
        periods.append(_mention(text, *match.span(), Period(word)))
    for finder, this_year in _EXTREMES:
        for match in finder.finditer(low):
            groups = match.groupdict()
            kind: PeriodKind = "since-low" if groups["low"] or groups.get("low2") else "since-high"
            dates = (date(anchor.year, 1, 1), anchor) if this_year else (None, None)
            periods.append(_mention(text, *match.span(), Period(kind, *dates)))
    return periods


# --- periods around a date ------------------------------------------------------------------

_HAN_BEFORE = r"(?i)(?:自从|自|从|由|较|比|距离|距|相比)(?:于|在)?(?:此前|早前|前期)? ?$"
_HAN_EXTREME_AFTER = (
    rf"(?i)份?(?:的|创下的|录得的|触及的)?(?:前|阶段性|盘中|收盘|历史)?的?{_EXTREME}{_SINCE_TAIL}"
)
_HAN_SINCE_AFTER = r"(?i)(?:以来|至今|迄今|起(?!来|点|伏|码)|算起|开始)"
# Since a date, or since something on a date: "since the presidential election on Nov. 5".
_ENGLISH_BEFORE_SINCE = (
    r"(?i)\bsince (?:the )?(?:(?<=the )(?:[a-z'-]+ ){1,3}(?:on|in|of) )?(?:the )?$"
)
_ENGLISH_BEFORE_EXTREME = rf"(?i)\b{_ENGLISH_FROM}{_ENGLISH_DETERMINER}$"
_ENGLISH_EXTREME_AFTER = rf"(?i)(?:'s)? {_ENGLISH_EXTREME}"
_ENGLISH_EXTREME_BEFORE = (
    rf"(?i)\b(?:(?:since|from|above|below|off|than) (?:its |the |a |their )?|(?:its"
    rf"|their) ){_ENGLISH_EXTREME} "
    r"(?:(?:hit|set|reached|touched|struck|made|marked|seen) )?(?:of|in|on|from|at|between) $"
)
_ENGLISH_BEFORE_SPAN = (
    r"(?i)\b(?:in|during|for|over|throughout|across|of|from|between) (?:all of |the whole of )?$"
)
_HAN_WEEK_AFTER = r"(?:止|为止)?的?(?:过去|这)?[一1]个?(?:周|星期)(?:内|里|中)?"
_ENGLISH_WEEK_BEFORE = r"(?i)\b(?:in the |for the |the )?week (?:ended|ending|to|through) (?:on )?$"
_LOOK_BACK = 48


_JOINT = r" ?[-~至到] ?| to (?:the )?| and (?:the )?| through "
_PAIRED_AND = r"(?i)\bbetween (?:the )?$"
_PAIRED = "pair"
_Dated = tuple[int, int, str, tuple[date, date]]


def _pairs(text: str, anchor: date) -> list[_Dated]:
    """Return the dates of a text, each two that stand as a stretch (2月3日至7日) made one."""
    dates: list[_Dated] = []
    for mention in mentions(text):
        stretch = mention.resolve(anchor)
        if stretch is None:
            continue
        this: _Dated = (mention.start, mention.end, mention.kind, stretch)
        if dates and _stands_as_stretch(text, dates[-1], this):
            start, _, _, (first, _) = dates[-1]
            this = (start, mention.end, _PAIRED, (first, stretch[1]))
            dates.pop()
        dates.append(this)
    return dates


def _stands_as_stretch(text: str, one: _Dated, other: _Dated) -> bool:
    gap = text[one[1] : other[0]]
    if one[3][0] > other[3][1] or one[2] == _PAIRED or not compiled(_JOINT).fullmatch(gap):
        return False
    return "and" not in gap or bool(compiled(_PAIRED_AND).search(text, max(0, one[0] - 16), one[0]))


def _dated(
    text: str, start: int, end: int, kind: str, stretch: tuple[date, date], anchor: date
) -> PeriodMention | None:
    """Read the period that the words around a date make of it, if they do."""
    offset = max(0, start - _LOOK_BACK)
    before = text[offset:start]
    han_left = compiled(_HAN_BEFORE).search(before)
    han_start = offset + han_left.start() if han_left else start
    if extreme := compiled(_HAN_EXTREME_AFTER).match(text, end):
        return _extreme_since(text, han_start, extreme, stretch)
    if extreme := compiled(_ENGLISH_EXTREME_AFTER).match(text, end):
        left = compiled(_ENGLISH_BEFORE_EXTREME).search(before)
        return _extreme_since(text, offset + left.start() if left else start, extreme, stretch)
    if extreme := compiled(_ENGLISH_EXTREME_BEFORE).search(before):
        low: PeriodKind = "since-low" if extreme["low"] else "since-high"
        return _mention(text, offset + extreme.start(), end, Period(low, *stretch))
    if since := compiled(_HAN_SINCE_AFTER).match(text, end):
        return _mention(text, han_start, since.end(), _since(stretch, kind, anchor))
    if left := compiled(_ENGLISH_BEFORE_SINCE).search(before):
        return _mention(text, offset + left.start(), end, _since(stretch, kind, anchor))
    if kind == "day" and (after := compiled(_HAN_WEEK_AFTER).match(text, end)):
        week = Period("span", stretch[1] - timedelta(days=6), stretch[1])
        return _mention(text, start, after.end(), week)
    if kind == "day" and (left := compiled(_ENGLISH_WEEK_BEFORE).search(before)):
        week = Period("span", stretch[1] - timedelta(days=6), stretch[1])
        return _mention(text, offset + left.start(), end, week)
    if kind == _PAIRED or kind in PERIOD_KINDS:
        if kind == "year" and stretch == year_of(anchor.year):
            return _mention(text, start, end, Period("ytd"))
        left = compiled(_ENGLISH_BEFORE_SPAN).search(before)
        start = offset + left.start() if left else start
        return _mention(text, start, end, Period("span", *stretch))
    return None


def _mention(text: str, start: int, end: int, period: Period) -> PeriodMention:
    return PeriodMention(start, end, text[start:end], period)


def _extreme_since(
    text: str, start: int, extreme: re.Match[str], stretch: tuple[date, date]
) -> PeriodMention:
    kind: PeriodKind = "since-low" if extreme["low"] else "since-high"
    return _mention(text, start, extreme.end(), Period(kind, *stretch))


def _since(stretch: tuple[date, date], kind: str, anchor: date) -> Period:
    """Since the start of this year is the year to date; since mid-year counts from its half."""
    if stretch[0] == date(anchor.year, 1, 1) and kind in ("year", "year-part"):
        return Period("ytd")
    if kind == "year-part" and (stretch[0].month, stretch[1].month) == _SUMMER:
        return Period("since", first=stretch[0].replace(month=7))
    return Period("since", first=stretch[0])


_SUMMER = (5, 8)


# --- counted periods ------------------------------------------------------------------------

_HAN_COUNT = r"(?P<n>\d{1,3}|[一二三四五六七八九十两]{1,3}|半)"
# 近3月 counts months; without 近 it is March.
_HAN_UNIT = (
    r"(?P<unit>个?交易日|日|天|个?星期|周|个月|个季度|年"
    r"|月(?:(?<=近\d月)|(?<=近\d\d月)|(?<=近[一两二三四五六七八九十]月))(?![份初底末\d]))"
)
_HAN_COUNTED = (
    rf"(?:过去|最近|(?<![贴靠接临亲])近|此前|之前|短短)(?:的|这)?{_HAN_COUNT} ?{_HAN_UNIT}"
    r"(?:以来|来|内|间|里|期间)?"
    rf"|(?:连续|连)第?(?P<rise>[升涨跌挫扬收]|上涨|下跌|走高|走低)*(?P<n2>\d{{1,3}}"
    rf"|[一二三四五六七八九十两]{{1,3}}) ?"
    r"(?P<unit2>个?交易日|日|天|个?星期|周|个月|月|季|年)"
    rf"|(?<![第\d.年月])(?P<n3>\d{{1,3}}|[一二三四五六七八九十两]{{1,3}}) ?(?P<unit3>个?交易日"
    rf"|日|天|个?星期|周|个月|个季度|季|年)"
    r"(?:(?:以来|来|内|间|里)的?|(?=半?(?:以来)?的?(?:新[高低]|最?[高低][位点]|最[高低大小佳差]|平均|均值|中位|齐|累计|连[升跌涨])))"
)
_WORD_NUMBER = (
    r"\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty"
    r"|thirty|forty|fifty|sixty|half a|a dozen"
)
_ENGLISH_UNIT = r"(?:trading |calendar )?(?:session|day|week|month|quarter|year)s?"
_ENGLISH_COUNTED = (
    rf"\b(?:(?:over|in|for|during|within|across|of) )?(?:the |its )?(?:past|last|previous|prior"
    rf"|preceding|trailing)"
    rf" (?:(?P<n>{_WORD_NUMBER}) )?(?P<unit>{_ENGLISH_UNIT})\b(?:'s?)?"
    rf"|\b(?P<n2>{_WORD_NUMBER})[- ](?P<unit2>{_ENGLISH_UNIT})[- ]"
    r"(?=(?:intraday |closing |winning |losing |record |all-time )?(?:high|low|peak|trough"
    r"|average|mean|median|range|"
    r"streak|run|rally|losing|winning|rise|gain|slide|loss)s?\b)"
    rf"|\b(?:in|for|over|within) (?:(?:more than|over|nearly|almost|about"
    rf"|at least) )?(?P<n3>{_WORD_NUMBER})"
    rf" (?P<unit3>(?:straight |consecutive )?{_ENGLISH_UNIT})\b"
    rf"|\b(?:(?:for )?(?:an?|its|the|their) )?(?P<n4>\w{{4,12}}) (?:straight|consecutive"
    rf"|successive) "
    rf"(?P<unit4>(?:session|day|week|month|quarter|year))\b"
    rf"|\b(?P<n5>{_WORD_NUMBER}) (?:straight|consecutive|successive) (?P<unit5>{_ENGLISH_UNIT})\b"
)

_ROLLING = r"\b(?:past|trailing|the last)\b"

_HAN_UNITS: dict[str, DurationUnit] = {
    "交易日": "sessions", "日": "sessions", "天": "days", "星期": "weeks", "周": "weeks",
    "月": "months", "季度": "quarters", "季": "quarters", "年": "years",
}  # fmt: skip
_ENGLISH_UNITS: dict[str, DurationUnit] = {
    "session": "sessions", "day": "days", "week": "weeks", "month": "months",
    "quarter": "quarters", "year": "years",
}  # fmt: skip


_HAN_COUNT_FINDER = Anchored("[日天周月季年]|星期", _HAN_COUNTED, 14, 16)
_ENGLISH_COUNT_FINDER = Anchored("session|day|week|month|quarter|year", _ENGLISH_COUNTED, 48, 32)


def _counted(text: str) -> list[PeriodMention]:
    """Find the periods given by a number of sessions, days, weeks, months, quarters or years."""
    periods = [_han_counted(match) for match in _HAN_COUNT_FINDER.finditer(text)]
    periods += [
        _english_counted(match, text) for match in _ENGLISH_COUNT_FINDER.finditer(lowered(text))
    ]
    return [mention for mention in periods if mention]


def _han_counted(match: re.Match[str]) -> PeriodMention | None:
    written = match["n"] or match["n2"] or match["n3"]
    unit_word = (match["unit"] or match["unit2"] or match["unit3"]).removeprefix("个")
    unit = _HAN_UNITS[unit_word]
    if written == "半":
        if unit != "years":
            return None
        return PeriodMention(*match.span(), match.group(), Period("last", count=6, unit="months"))
    read = (int(written), 1) if written.isdecimal() else han_number(written)
    if not read or not read[0]:
        return None
    if match["n2"] and unit == "days":
        unit = "sessions"
    return PeriodMention(*match.span(), match.group(), Period("last", count=read[0], unit=unit))


def _english_counted(match: re.Match[str], text: str) -> PeriodMention | None:
    written = next((match[g] for g in ("n", "n2", "n3", "n4", "n5") if match[g]), "one")
    unit_word = next(match[g] for g in ("unit", "unit2", "unit3", "unit4", "unit5") if match[g])
    words = unit_word.rstrip("s").split()
    unit = _ENGLISH_UNITS[words[-1]]
    if match["unit"] and not match["n"] and not compiled(_ROLLING).search(match.group()):
        return None  # "last week" is a week of the calendar, "the past week" the last seven days
    count = (
        int(written)
        if written.isdecimal()
        else 1
        if written in ("a", "an", "one")
        else ENGLISH_ORDINALS.get(written) or english_number(written)
    )
    if not count:
        return None
    streak = match["n4"] or match["n5"] or "streak" in match.string[match.end() : match.end() + 16]
    if unit == "days" and (streak or "trading" in words):
        unit = "sessions"
    end = match.start() + len(match.group().rstrip(" -"))
    return _mention(text, match.start(), end, Period("last", count=count, unit=unit))
