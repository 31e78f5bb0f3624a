"""Where a text names a date, and which one that is once the day of the text is known."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from springtide.language.blanks import blank_out
from springtide.language.numerals import han_number
from springtide.language.scanning import Anchored, words_pattern

Stretch = tuple[date, date]
Resolver = Callable[[date], Stretch | None]
Kind = Literal["day", "month", "year-part", "year", "half", "quarter", "week", "named-month"]

_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}
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


@lru_cache(maxsize=4)
def mentions(text: str) -> tuple[Mention, ...]:
    """Return the dates of a normalised text in order and without overlaps; the longest wins.

    The last few texts are remembered: quantities, dates and periods each ask for the same one.
    """
    clean = blank_out(text)
    found = [
        mention
        for finder, read in _READERS
        for match in finder.finditer(clean)
        if (mention := read(match))
    ]
    found.sort(key=lambda m: (m.start, -m.end))
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
        elif mention.end - mention.start > kept[-1].end - kept[-1].start:
            kept[-1] = mention
    return tuple(kept)


# --- the calendar ---------------------------------------------------------------------------


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


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _latest(anchor: date, month: int, day: int) -> date | None:
    """Return the latest such day not after the anchor."""
    for back in range(_YEARS_BACK + 1):
        found = _day(anchor.year - back, month, day)
        if found and found <= anchor:
            return found
    return None


def _latest_day_of_month(anchor: date, day: int) -> date | None:
    for back in range(12):
        first, _ = month_back(anchor, back)
        found = _day(first.year, first.month, day)
        if found and found <= anchor:
            return found
    return None


def _latest_month(anchor: date, month: int) -> Stretch:
    return month_of(anchor.year - (month > anchor.month), month)


def _part_of_month(stretch: Stretch, part: str) -> Stretch:
    """Cut a month into its thirds: early, mid and late."""
    first, last = stretch
    if part == "early":
        return first, first.replace(day=10)
    if part == "mid":
        return first.replace(day=11), first.replace(day=20)
    return first.replace(day=21), last


def _part_of_year(year: int, part: str) -> Stretch:
    """Return the quarter that "early" or "late" means, the summer, or the month at an end."""
    months = {"start": (1, 1), "early": (1, 3), "mid": (5, 8), "late": (10, 12), "end": (12, 12)}
    low, high = months[part]
    return date(year, low, 1), month_of(year, high)[1]


# --- Chinese --------------------------------------------------------------------------------

_HAN_YEAR = (
    r"(?:(?<!\d)(?P<year>(?:19|20)\d\d) ?年|(?<!\d)(?P<short>\d\d)年(?=\d{1,2}月)"
    r"|(?P<rel>今年|去年|前年|明年|本年|上年))"
)
_HAN_DAY_NUMBER = r"[12]\d|3[01]|0?[1-9]"
_HAN_MONTH_DATE = (
    rf"(?:{_HAN_YEAR} ?的?)?"
    r"(?<![\d.个])(?:(?P<from>1[0-2]|[1-9])[-~至到、])?"
    r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]) ?月(?![球亮饼嫂薪台])"
    rf"(?: ?(?P<day>{_HAN_DAY_NUMBER}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]) ?[日号]"
    r"|份?(?P<part>上旬|中旬|下旬|初|末|底|中(?![国共央美欧日小心型期方])))?"
)
_HAN_YEAR_DATE = (
    rf"{_HAN_YEAR}的?(?:(?P<part>年?[初底末中](?![国共央美欧日小心型期方级])|年终)"
    r"|(?P<half>[上下])半年|第?(?P<quarter>[一二三四1-4])季度?|Q(?P<q>[1-4])|全年)?"
)
_HAN_DAY = (
    r"(?<![\d.,:/$第连近前后这每逾达仅只约共满历几数首过短周月年升涨跌挫-])(?P<day>[12]\d|3[01]|[1-9]) ?"
    r"(?:日(?!内|来|以|均|线|移|RSI|K|连|齐|累|期|高|低|新|平|之|游|间|用|度|元|本|圆|子|经)"
    r"|号(?![楼线机院店文令公召码称角]))"
)
_HAN_JOINED_DAY = r"(?<=[日号])[-~至到、和及](?P<day>[12]\d|3[01]|[1-9]) ?[日号](?!均|线|移|连)"
_HAN_RELATIVE_MONTH = (
    r"(?P<which>上个?|本|这个?|下个?)月(?![球亮])"
    rf"(?:(?P<day>{_HAN_DAY_NUMBER}) ?[日号]|(?P<part>初|末|底|中旬|上旬|下旬))?"
)
_HAN_WEEKDAY = r"(?P<which>上个?|本|这个?|下个?)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])(?![度次直些半])"
_HAN_WEEK = r"(?P<which>上|下)(?:个?星期|个?礼拜|周)(?![一二三四五六日天末])"
_HAN_NEAR_DAY = r"昨[日天晚夜早晨]|昨(?=[高低开收跌涨升扬合共亦换市先曾大齐再录报])|今[天日晨早晚]|明[日天](?!显|确)"
_HAN_QUARTER = (
    r"(?P<which>[上本])季度?|第(?P<quarter>[一二三四1-4])季度?"
    r"|(?<![前两三四几个连])(?P<plain>[一二三四])季度|(?P<half>[上下])半年"
)
_HAN_YEAR_PART = r"(?<!\d)年(?P<part>[初底末])(?![国期级])"

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
    part = _HAN_MONTH_PARTS.get(match["part"] or "")

    def resolve(anchor: date) -> Stretch | None:
        year = _han_year(match, anchor)
        if day:
            found = _day(year, month, day) if year else _latest(anchor, month, day)
            return (found, found) if found else None
        stretch = month_of(year, month) if year else _latest_month(anchor, month)
        if first_month < month:
            return date(stretch[0].year, first_month, 1), stretch[1]
        return _part_of_month(stretch, part) if part else stretch

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
            return _part_of_year(year, part)
        if quarter:
            return quarter_of(year, _number(quarter))
        if match["half"]:
            return half_of(year, 1 if match["half"] == "上" else 2)
        return year_of(year)

    return Mention(*match.span(), "year-part" if part else kind, resolve)


def _han_day(match: re.Match[str]) -> Mention | None:
    day = int(match["day"])
    return Mention(*match.span(), "day", lambda anchor: _once(_latest_day_of_month(anchor, day)))


def _han_joined_day(match: re.Match[str]) -> Mention | None:
    """Read the 7日 of 2月3日至7日: it counts from the day before it."""
    return Mention(match.start() + 1, match.end(), "day", _han_day(match).resolve)  # type: ignore[union-attr]


def _once(day: date | None) -> Stretch | None:
    return (day, day) if day else None


def _han_relative_month(match: re.Match[str]) -> Mention | None:
    back = _HAN_UNITS_BACK[match["which"][0]]
    day = int(match["day"] or 0)
    part = _HAN_MONTH_PARTS.get(match["part"] or "")

    def resolve(anchor: date) -> Stretch | None:
        stretch = month_back(anchor, back)
        if day:
            return _once(_day(stretch[0].year, stretch[0].month, day))
        return _part_of_month(stretch, part) if part else stretch

    return Mention(*match.span(), "day" if day else "month" if part else "named-month", resolve)


def _han_weekday(match: re.Match[str]) -> Mention | None:
    weekday = "一二三四五六日".find(match["weekday"].replace("天", "日"))
    which = match["which"]
    if which:
        back = _HAN_UNITS_BACK[which[0]]
        return Mention(*match.span(), "day", lambda anchor: _weekday_of_week(anchor, back, weekday))
    return Mention(*match.span(), "day", lambda anchor: _latest_weekday(anchor, weekday))


def _weekday_of_week(anchor: date, back: int, weekday: int) -> Stretch:
    return _once(week_of(anchor)[0] + timedelta(days=weekday - 7 * back))  # type: ignore[return-value]


def _latest_weekday(anchor: date, weekday: int) -> Stretch:
    return _once(anchor - timedelta(days=(anchor.weekday() - weekday) % 7))  # type: ignore[return-value]


def _han_week(match: re.Match[str]) -> Mention | None:
    weeks = timedelta(weeks=_HAN_UNITS_BACK[match["which"]])
    return Mention(*match.span(), "week", lambda anchor: week_of(anchor - weeks))


def _han_near_day(match: re.Match[str]) -> Mention | None:
    back = timedelta(days=_HAN_DAYS_BACK[match.group()[0]])
    return Mention(*match.span(), "day", lambda anchor: (anchor - back, anchor - back))


def _han_quarter(match: re.Match[str]) -> Mention | None:
    if match["half"]:
        half = 1 if match["half"] == "上" else 2
        return Mention(*match.span(), "half", lambda anchor: _latest_half(anchor, half))
    if match["which"]:
        back = _HAN_UNITS_BACK[match["which"]]
        return Mention(*match.span(), "quarter", lambda anchor: quarter_back(anchor, back))
    quarter = _number(match["quarter"] or match["plain"])
    return Mention(*match.span(), "quarter", lambda anchor: _latest_quarter(anchor, quarter))


def _han_year_part(match: re.Match[str]) -> Mention | None:
    part = _HAN_YEAR_PARTS[match["part"]]

    def resolve(anchor: date) -> Stretch:
        here = _part_of_year(anchor.year, part)
        return here if here[0] <= anchor else _part_of_year(anchor.year - 1, part)

    return Mention(*match.span(), "year-part", resolve)


def quarter_back(anchor: date, back: int) -> Stretch:
    """Return the quarter that lies ``back`` quarters before that of ``anchor``."""
    index = anchor.year * 4 + (anchor.month - 1) // 3 - back
    return quarter_of(index // 4, index % 4 + 1)


def _latest_quarter(anchor: date, quarter: int) -> Stretch:
    here = quarter_of(anchor.year, quarter)
    return here if here[0] <= anchor else quarter_of(anchor.year - 1, quarter)


def _latest_half(anchor: date, half: int) -> Stretch:
    here = half_of(anchor.year, half)
    return here if here[0] <= anchor else half_of(anchor.year - 1, half)


# --- English --------------------------------------------------------------------------------

_MONTH_NAMES = [form for m in _MONTHS for form in (m.capitalize(), m.upper())]
_MONTH_SHORT = ["Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec"]
_ENGLISH_MONTH = rf"(?P<month>{words_pattern([*_MONTH_NAMES, *_MONTH_SHORT])}\b)\.?"
_ENGLISH_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d,.]*\d)"
_ENGLISH_DAY = r"3[01]|[12]\d|0?[1-9]"
_ENGLISH_MONTH_DATE = (
    rf"(?:(?<![\d.,$:/-])\b(?P<before>{_ENGLISH_DAY})(?:st|nd|rd|th)?(?: of)?[ -])?"
    rf"(?:\b(?P<which>[Ll]ast|[Pp]revious|[Tt]his|[Nn]ext) "
    r"|\b(?P<part>[Ee]arly|[Mm]id|[Ll]ate|[Ee]nd|(?:the |The )?(?:end|start|beginning|middle) of)[ -])?"
    rf"\b{_ENGLISH_MONTH}"
    rf"(?: (?P<after>{_ENGLISH_DAY})(?:st|nd|rd|th)?(?![\d%])(?![.,:]\d)"
    rf"(?:(?:-| to | and )(?P<until>{_ENGLISH_DAY})(?![\d%])(?![.,:]\d))?)?"
    rf"(?:(?:,? | of |-){_ENGLISH_YEAR})?"
)
_ENGLISH_WEEKDAY = (
    r"\b(?:(?P<which>[Ll]ast|[Tt]his|[Nn]ext|[Pp]ast) )?"
    r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?:'s)?\b"
)
_ENGLISH_NEAR_DAY = r"\b(?P<word>[Yy]esterday|[Tt]oday|[Tt]omorrow|[Tt]onight)\b"
_ENGLISH_YEAR_DATE = (
    r"(?<![\w.,$€£¥%/-])(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate|[Ee]nd|[Yy]ear-end|"
    r"(?:[Tt]he )?(?:end|start|beginning|middle) of)[ -])?"
    r"(?:(?P<year>(?:19|20)\d\d)(?![\w,.%$/-]*\d|[A-Za-z%]| ?[年点元亿万倍股点个只家名人手张厘成])"
    r"(?! (?:points?|pts|shares|percent|per|stocks|companies|million|billion|trillion)\b))"
)
_ENGLISH_RELATIVE_YEAR_PART = (
    r"\b(?P<part>[Ee]arly|[Mm]id|[Ll]ate|(?:[Tt]he )?(?:end|start|beginning|middle) of)[ -]"
    r"(?P<which>last|this|next|the) year\b"
)
_ENGLISH_QUARTER = (
    r"\b(?:(?:[Tt]he )?(?P<nth>first|second|third|fourth|First|Second|Third|Fourth|1st|2nd|3rd|4th)[ -]"
    r"(?P<what>quarter|half)(?: of (?P<year>(?:19|20)\d\d|this year|last year))?"
    r"|(?P<letter>[QH])(?P<n>[1-4])(?:[ -]?(?:FY)?'?(?P<year2>(?:19|20)?\d\d)\b)?"
    r"|(?P<n2>[1-4])(?P<letter2>[QH])'?(?P<year3>(?:19|20)?\d\d)|(?P<year4>(?:19|20)\d\d) ?(?P<letter3>[QH])(?P<n3>[1-4]))\b"
)
_ENGLISH_NAMED = (
    r"\b(?P<which>[Ll]ast|[Pp]revious|[Pp]rior|[Nn]ext) (?P<unit>week|month|quarter|year)(?:'s)?\b"
)
_ISO = (
    r"(?<![\w.-])(?P<year>(?:19|20)\d\d)(?P<sep>[-/.])(?P<month>1[0-2]|0?[1-9])(?P=sep)"
    r"(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)"
)

_ENGLISH_PARTS = {"early": "early", "mid": "mid", "middle": "mid", "late": "late", "end": "end"}
_ENGLISH_PARTS |= {"start": "start", "beginning": "start", "year": "end"}
_MONTH_PART_OF = {"start": "early", "end": "late"}
_BEFORE_MAY = re.compile(
    r"(?:\b(?:in|since|of|from|by|until|till|through|to|between|and|before|after|during|for|the|its)|-) $",
    re.IGNORECASE,
)


def _part_word(words: str | None) -> str:
    """Return which part "the end of" or "mid" means."""
    if not words:
        return ""
    return _ENGLISH_PARTS[re.sub(r"^the | of$|-end$", "", words.lower())]


def _english_month_date(match: re.Match[str]) -> Mention | None:
    name = match["month"].rstrip(".").lower()
    month = next(i for i, full in enumerate(_MONTHS, 1) if full.startswith(name[:3]))
    day = int(match["after"] or match["before"] or 0)
    year = int(match["year"] or 0)
    alone = not (day or year or match["which"] or match["part"])
    if alone and name not in _MONTHS:
        return None
    if (
        alone
        and name in ("may", "march")
        and not _BEFORE_MAY.search(match.string[max(0, match.start() - 12) : match.start()])
    ):
        return None
    which = (match["which"] or "").lower()
    part = _part_word(match["part"])
    until = int(match["until"] or 0)

    def resolve(anchor: date) -> Stretch | None:
        if day:
            first = _day(year, month, day) if year else _latest(anchor, month, day)
            last = _day(first.year, month, until) if first and until else first
            return (first, last) if first and last and first <= last else None
        stretch = month_of(year, month) if year else _month_named(anchor, month, which)
        return _part_of_month(stretch, _MONTH_PART_OF.get(part, part)) if part else stretch

    return Mention(*match.span(), "day" if day else "month", resolve)


def _month_named(anchor: date, month: int, which: str) -> Stretch:
    if which == "next":
        return month_of(anchor.year + (month <= anchor.month), month)
    if which in ("last", "previous") and month == anchor.month:
        return month_of(anchor.year - 1, month)
    return _latest_month(anchor, month)


def _english_weekday(match: re.Match[str]) -> Mention | None:
    weekday = _WEEKDAYS.index(match["weekday"].lower())
    which = (match["which"] or "").lower()

    def resolve(anchor: date) -> Stretch | None:
        if which == "next":
            return _once(anchor + timedelta(days=(weekday - anchor.weekday() - 1) % 7 + 1))
        if which == "last" and anchor.weekday() == weekday:
            return _once(anchor - timedelta(days=7))
        return _latest_weekday(anchor, weekday)

    return Mention(*match.span(), "day", resolve)


def _english_near_day(match: re.Match[str]) -> Mention | None:
    back = timedelta(days={"yesterday": 1, "tomorrow": -1}.get(match["word"].lower(), 0))
    return Mention(*match.span(), "day", lambda anchor: (anchor - back, anchor - back))


def _english_year_date(match: re.Match[str]) -> Mention | None:
    year, part = int(match["year"]), _part_word(match["part"])
    if not part:
        return Mention(*match.span(), "year", lambda anchor: year_of(year))
    return Mention(*match.span(), "year-part", lambda anchor: _part_of_year(year, part))


def _english_relative_year_part(match: re.Match[str]) -> Mention | None:
    back = {"last": 1, "next": -1}.get(match["which"], 0)
    part = _part_word(match["part"])
    return Mention(
        *match.span(), "year-part", lambda anchor: _part_of_year(anchor.year - back, part)
    )


def _english_quarter(match: re.Match[str]) -> Mention | None:
    letter = match["letter"] or match["letter2"] or match["letter3"]
    half = letter == "H" if letter else match["what"] == "half"
    number = _ORDINALS[match["nth"].lower()] if match["nth"] else 0
    number = number or int(match["n"] or match["n2"] or match["n3"])
    written = match["year"] or match["year2"] or match["year3"] or match["year4"]
    if half and number > 2:
        return None

    def resolve(anchor: date) -> Stretch:
        if not written:
            return _latest_half(anchor, number) if half else _latest_quarter(anchor, number)
        if written.endswith("year"):
            year = anchor.year - (written == "last year")
        else:
            year = int(written) + (2000 if len(written) == 2 else 0)
        return half_of(year, number) if half else quarter_of(year, number)

    return Mention(*match.span(), "half" if half else "quarter", resolve)


def _english_named(match: re.Match[str]) -> Mention | None:
    unit = match["unit"]
    back = -1 if match["which"].lower() == "next" else 1
    kinds: dict[str, Kind] = {"week": "week", "month": "named-month", "quarter": "quarter"}

    def resolve(anchor: date) -> Stretch:
        if unit == "week":
            return week_of(anchor - timedelta(weeks=back))
        if unit == "month":
            return month_back(anchor, back)
        return quarter_back(anchor, back) if unit == "quarter" else year_of(anchor.year - back)

    return Mention(*match.span(), kinds.get(unit, "year"), resolve)


def _iso(match: re.Match[str]) -> Mention | None:
    day = _day(int(match["year"]), int(match["month"]), int(match["day"]))
    return Mention(*match.span(), "day", lambda anchor: _once(day))


_YEAR_DIGITS = r"(?:19|20)[0-9][0-9]"
_UNIT_WORDS = "week|month|quarter|year"
_READERS: tuple[tuple[Anchored, Callable[[re.Match[str]], Mention | None]], ...] = (
    (Anchored("月", _HAN_MONTH_DATE, 14, 10), _han_month_date),
    (Anchored("年", _HAN_YEAR_DATE, 6, 8), _han_year_date),
    (Anchored("[日号]", _HAN_DAY, 5, 6), _han_day),
    (Anchored("[日号]", _HAN_JOINED_DAY, 6, 6), _han_joined_day),
    (Anchored("月", _HAN_RELATIVE_MONTH, 4, 8), _han_relative_month),
    (Anchored("周|星期|礼拜", _HAN_WEEKDAY, 4, 4), _han_weekday),
    (Anchored("周|星期|礼拜", _HAN_WEEK, 4, 4), _han_week),
    (Anchored("[昨今明]", _HAN_NEAR_DAY, 0, 4), _han_near_day),
    (Anchored("季|半年", _HAN_QUARTER, 4, 4), _han_quarter),
    (Anchored("年", _HAN_YEAR_PART, 2, 4), _han_year_part),
    (
        Anchored(words_pattern([*_MONTH_NAMES, *_MONTH_SHORT]), _ENGLISH_MONTH_DATE, 32, 32),
        _english_month_date,
    ),
    (Anchored("day", _ENGLISH_WEEKDAY, 14, 6), _english_weekday),
    (Anchored("day|morrow|night", _ENGLISH_NEAR_DAY, 8, 4), _english_near_day),
    (Anchored(_YEAR_DIGITS, _ENGLISH_YEAR_DATE, 20, 24), _english_year_date),
    (Anchored("year", _ENGLISH_RELATIVE_YEAR_PART, 32, 4), _english_relative_year_part),
    (Anchored("quarter|half|[QH]", _ENGLISH_QUARTER, 16, 24), _english_quarter),
    (Anchored(_UNIT_WORDS, _ENGLISH_NAMED, 12, 6), _english_named),
    (Anchored(_YEAR_DIGITS + "[-/.]", _ISO, 2, 10), _iso),
)
