"""Dates, measured values and verdicts in the words of a language, for labels and reports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import get_args

from springtide.claims.model import Claim, Label, Reading, Value
from springtide.language.format import format_duration, format_level, format_number
from springtide.language.types import DurationUnit, Language

_DURATIONS = frozenset(get_args(DurationUnit))
_LEVELS = frozenset({"points", "%", "pp", "bp", "x", "shares", ""})

_COUNTED: Mapping[str, Mapping[Language, tuple[str, str]]] = {
    "rallies": {"en": (" rally", " rallies"), "zh-cn": ("轮牛市", "轮牛市")},
}
"""Units that are things counted: what follows one, and what follows several."""

LABELS: Mapping[Language, Mapping[Label, str]] = {
    "en": {
        "supported": "supported",
        "refuted": "refuted",
        "not_enough_information": "not enough information",
    },
    "zh-cn": {
        "supported": "属实",
        "refuted": "不实",
        "not_enough_information": "信息不足",
    },
}
SIGNS: Mapping[Label, str] = {"supported": "✓", "refuted": "✗", "not_enough_information": "?"}

_COMPARATORS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "=": "{}",
        "~": "about {}",
        ">": "more than {}",
        "<": "less than {}",
        "up_to": "up to {}",
    },
    "zh-cn": {"=": "{}", "~": "约{}", ">": "超过{}", "<": "不到{}", "up_to": "至多{}"},
}


def month_in_words(day: date, language: Language) -> str:
    """Return a date's month and year as the language writes them.

    Examples
    --------
    >>> from datetime import date
    >>> month_in_words(date(2000, 3, 10), "en"), month_in_words(date(2000, 3, 10), "zh-cn")
    ('March 2000', '2000年3月')
    """
    from babel.dates import format_date

    if language == "en":
        return str(format_date(day, "MMMM y", locale="en"))
    return f"{day.year}年{day.month}月"


def value_in_words(value: Value, unit: str, language: Language) -> str:
    """Return a measured value with its unit, to two decimals (four below one).

    The exact value is in the JSON; this is for reading. Yes and no are words, a value that could
    not be measured is a dash.

    Examples
    --------
    >>> value_in_words(21814.37, "points", "zh-cn"), value_in_words(-0.2031, "%", "en")
    ('21,814.37点', '-0.2031%')
    >>> value_in_words(18.05, "USD", "en"), value_in_words(5.0, "sessions", "zh-cn")
    ('$18.05', '5个交易日')
    >>> value_in_words(1.0, "rallies", "en"), value_in_words(27.0, "rallies", "zh-cn")
    ('1 rally', '27轮牛市')
    >>> value_in_words(True, "", "en"), value_in_words(None, "%", "en")
    ('yes', '—')
    """
    if value is None:
        return "—"
    if isinstance(value, bool):
        return {True: "yes", False: "no"}[value] if language == "en" else "是" if value else "否"
    if unit in _DURATIONS and value == int(value):
        return format_duration(int(value), unit, language)  # type: ignore[arg-type]
    most = 4 if 0 < abs(value) < 1 else 2
    digits = next(n for n in range(most + 1) if round(value, n) == round(value, most))
    if unit in _LEVELS or (unit.isupper() and len(unit) == 3):
        return format_level(value, unit, language, digits)
    if unit in _COUNTED:
        return f"{format_number(value, digits, language)}{_COUNTED[unit][language][value != 1]}"
    return f"{format_number(value, digits, language)} {unit}"


def stated_in_words(claim: Claim, language: Language) -> str:
    """Return what a claim states: its value with unit and comparator, a dash without a number.

    Examples
    --------
    >>> from datetime import date
    >>> from springtide.claims.model import Params
    >>> claim = Claim("period_return", "HSTECH", Params(), date(2025, 2, 13), ">", 25.0, "%")
    >>> stated_in_words(claim, "en"), stated_in_words(claim, "zh-cn")
    ('more than 25%', '超过25%')
    """
    if claim.value is None:
        return "—"
    if isinstance(claim.value, tuple):
        low, high = claim.value
        first = value_in_words(low, "", language)
        return f"{first} – {value_in_words(high, claim.unit, language)}"
    shown = value_in_words(claim.value, claim.unit, language)
    return _COMPARATORS[language][claim.comparator].format(shown)


def reading_in_words(reading: Reading, language: Language) -> str:
    """Return another reading of a claim in words: what it changes, and what was measured then."""
    measured = value_in_words(reading.measurement.value, reading.measurement.unit, language)
    colon = ": " if language == "en" else "："
    return f"{' · '.join(reading.changes)}{colon}{measured}"
