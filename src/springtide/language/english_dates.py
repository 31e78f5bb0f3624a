"""Dates as people write them in English."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from springtide.language.scanning import Anchored, compiled, words_pattern
from springtide.language.stretches import (
    Kind,
    Mention,
    Stretch,
    day_of,
    half_of,
    latest_day,
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
    year_of,
)

_MONTHS = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
]  # fmt: skip
_WEEKDAYS = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
]  # fmt: skip
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
_MONTH_NAMES = [form for m in _MONTHS for form in (m.capitalize(), m.upper())]
_MONTH_SHORT = ["Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec"]
_ENGLISH_MONTH = rf"(?P<month>{words_pattern([*_MONTH_NAMES, *_MONTH_SHORT])}\b)\.?"
_ENGLISH_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d,.]*\d)"
_ENGLISH_DAY = r"3[01]|[12]\d|0?[1-9]"
_ENGLISH_MONTH_DATE = (
    rf"(?:(?<![\d.,$:/-])\b(?P<before>{_ENGLISH_DAY})(?:st|nd|rd|th)?(?: of)?[ -])?"
    rf"(?:\b(?P<which>[Ll]ast|[Pp]revious|[Tt]his|[Nn]ext) "
    r"|\b(?P<part>[Ee]arly|[Mm]id|[Ll]ate|[Ee]nd|(?:the |The )?(?:end|start|beginning"
    r"|middle) of)[ -])?"
    rf"\b{_ENGLISH_MONTH}"
    rf"(?: (?P<after>{_ENGLISH_DAY})(?:st|nd|rd|th)?(?![\d%])(?![.,:]\d)"
    rf"(?:(?:-| to | and )(?P<until>{_ENGLISH_DAY})(?![\d%])(?![.,:]\d))?)?"
    rf"(?:(?:,? | of |-){_ENGLISH_YEAR}|,? (?:of )?(?P<relative>last|this) year\b)?"
    r"(?! (?:delivery|futures|contracts?|expiry|options?)\b)"
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
    r"\b(?:(?:[Tt]he )?(?P<nth>first|second|third|fourth|First|Second|Third|Fourth|1st|2nd|3rd"
    r"|4th)[ -]"
    r"(?P<what>quarter|half)(?: of (?P<year>(?:19|20)\d\d|this year|last year))?"
    r"|(?P<letter>[QH])(?P<n>[1-4])(?:[ -]?(?:FY)?'?(?P<year2>(?:19|20)?\d\d)\b)?"
    r"|(?P<n2>[1-4])(?P<letter2>[QH])'?(?P<year3>(?:19|20)?\d\d)|(?P<year4>(?:19"
    r"|20)\d\d) ?(?P<letter3>[QH])(?P<n3>[1-4]))\b"
)
_ENGLISH_NAMED = (
    r"\b(?P<which>[Ll]ast|[Pp]revious|[Pp]rior|[Nn]ext) (?P<unit>week|month|quarter|year)(?:'s)?\b"
)
_ISO = (  # after Chinese words as well, and as the end of a stretch: 2025-02-03-2025-02-07
    r"(?:(?<![A-Za-z0-9_.-])|(?<=[-/.][0-9]{2}-)|(?<=[-/.][0-9]-))(?P<year>(?:19|20)\d\d)(?P<sep>[-/.])(?P<month>1[0-2]|0?[1-9])(?P=sep)"
    r"(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)"
)

_ENGLISH_PARTS = {"early": "early", "mid": "mid", "middle": "mid", "late": "late", "end": "end"}
_ENGLISH_PARTS |= {"start": "start", "beginning": "start", "year": "end"}
_MONTH_PART_OF = {"start": "early", "end": "late"}
_BEFORE_MAY = (
    r"(?i)(?:\b(?:in|since|of|from|by|until|till|through|to|between|and|before|after|during|for|the"
    r"|its)|-) $"
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
    relative = {"last": 1, "this": 0}.get(match["relative"] or "", -1)
    alone = not (day or year or match["which"] or match["part"] or match["relative"])
    if alone and name not in _MONTHS:
        return None
    if (
        alone
        and name in ("may", "march")
        and not compiled(_BEFORE_MAY).search(
            match.string[max(0, match.start() - 12) : match.start()]
        )
    ):
        return None
    which = (match["which"] or "").lower()
    part = _part_word(match["part"])
    until = int(match["until"] or 0)

    def resolve(anchor: date) -> Stretch | None:
        in_year = anchor.year - relative if relative >= 0 else year
        if day:
            first = day_of(in_year, month, day) if in_year else latest_day(anchor, month, day)
            last = day_of(first.year, month, until) if first and until else first
            return (first, last) if first and last and first <= last else None
        stretch = month_of(in_year, month) if in_year else _month_named(anchor, month, which)
        return part_of_month(stretch, _MONTH_PART_OF.get(part, part)) if part else stretch

    return Mention(*match.span(), "day" if day else "month", resolve)


def _month_named(anchor: date, month: int, which: str) -> Stretch:
    if which == "next":
        return month_of(anchor.year + (month <= anchor.month), month)
    if which in ("last", "previous") and month == anchor.month:
        return month_of(anchor.year - 1, month)
    return latest_month(anchor, month)


def _english_weekday(match: re.Match[str]) -> Mention | None:
    weekday = _WEEKDAYS.index(match["weekday"].lower())
    which = (match["which"] or "").lower()

    def resolve(anchor: date) -> Stretch | None:
        if which == "next":
            return single(anchor + timedelta(days=(weekday - anchor.weekday() - 1) % 7 + 1))
        if which == "last" and anchor.weekday() == weekday:
            return single(anchor - timedelta(days=7))
        return latest_weekday(anchor, weekday)

    return Mention(*match.span(), "day", resolve)


def _english_near_day(match: re.Match[str]) -> Mention | None:
    back = timedelta(days={"yesterday": 1, "tomorrow": -1}.get(match["word"].lower(), 0))
    return Mention(*match.span(), "day", lambda anchor: (anchor - back, anchor - back))


def _english_year_date(match: re.Match[str]) -> Mention | None:
    year, part = int(match["year"]), _part_word(match["part"])
    if not part:
        return Mention(*match.span(), "year", lambda anchor: year_of(year))
    return Mention(*match.span(), "year-part", lambda anchor: part_of_year(year, part))


def _english_relative_year_part(match: re.Match[str]) -> Mention | None:
    back = {"last": 1, "next": -1}.get(match["which"], 0)
    part = _part_word(match["part"])
    return Mention(
        *match.span(), "year-part", lambda anchor: part_of_year(anchor.year - back, part)
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
            return latest_half(anchor, number) if half else latest_quarter(anchor, number)
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
    day = day_of(int(match["year"]), int(match["month"]), int(match["day"]))
    return Mention(*match.span(), "day", lambda anchor: single(day))


_YEAR_DIGITS = r"(?:19|20)[0-9][0-9]"
_UNIT_WORDS = "week|month|quarter|year"
ENGLISH_READERS: tuple[tuple[Anchored, Callable[[re.Match[str]], Mention | None]], ...] = (
    (
        Anchored(words_pattern([*_MONTH_NAMES, *_MONTH_SHORT]), _ENGLISH_MONTH_DATE, 32, 32),
        _english_month_date,
    ),
    (Anchored("day", _ENGLISH_WEEKDAY, 14, 6), _english_weekday),
    (Anchored("day|morrow|night", _ENGLISH_NEAR_DAY, 8, 4), _english_near_day),
    (Anchored(_YEAR_DIGITS, _ENGLISH_YEAR_DATE, 20, 24, "19|20"), _english_year_date),
    (Anchored("year", _ENGLISH_RELATIVE_YEAR_PART, 32, 4), _english_relative_year_part),
    (Anchored("quarter|half|[QH]", _ENGLISH_QUARTER, 16, 24), _english_quarter),
    (Anchored(_UNIT_WORDS, _ENGLISH_NAMED, 12, 6), _english_named),
    (Anchored(_YEAR_DIGITS + "[-/.]", _ISO, 4, 10, "19|20"), _iso),
)
