"""Dates, measured values and verdicts in the words of a language, for labels and reports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from springtide.claims.model import Claim, Label, Value
from springtide.language.types import Language

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
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

_UNITS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "%": "%",
        "pp": " percentage points",
        "bp": " basis points",
        "x": "x",
        "points": " points",
    },
    "zh-cn": {
        "%": "%",
        "pp": "个百分点",
        "bp": "个基点",
        "x": "倍",
        "points": "点",
        "USD": "美元",
        "HKD": "港元",
        "CNY": "元",
        "JPY": "日元",
        "EUR": "欧元",
        "GBP": "英镑",
        "shares": "股",
        "sessions": "个交易日",
        "days": "天",
        "weeks": "周",
        "months": "个月",
        "quarters": "个季度",
        "years": "年",
    },
}
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


def day_in_words(day: date, language: Language) -> str:
    """Return a date as the language writes it in running text.

    Examples
    --------
    >>> from datetime import date
    >>> day_in_words(date(2000, 3, 10), "en"), day_in_words(date(2000, 3, 10), "zh-cn")
    ('10 March 2000', '2000年3月10日')
    """
    if language == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def month_in_words(day: date, language: Language) -> str:
    """Return a date's month and year as the language writes them.

    Examples
    --------
    >>> from datetime import date
    >>> month_in_words(date(2000, 3, 10), "en"), month_in_words(date(2000, 3, 10), "zh-cn")
    ('March 2000', '2000年3月')
    """
    if language == "en":
        return f"{_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月"


def value_in_words(value: Value, unit: str, language: Language) -> str:
    """Return a measured value with its unit, to two decimals (four below one).

    The exact value is in the JSON; this is for reading. Yes and no are words, a value that could
    not be measured is a dash.

    Examples
    --------
    >>> value_in_words(21814.37, "points", "en"), value_in_words(-0.2031, "%", "zh-cn")
    ('21,814.37 points', '−0.2031%')
    >>> value_in_words(18.05, "USD", "en"), value_in_words(5.0, "sessions", "zh-cn")
    ('18.05 USD', '5个交易日')
    >>> value_in_words(True, "", "en"), value_in_words(None, "%", "en")
    ('yes', '—')
    """
    if value is None:
        return "—"
    if isinstance(value, bool):
        return {True: "yes", False: "no"}[value] if language == "en" else "是" if value else "否"
    digits = 4 if 0 < abs(value) < 1 else 2
    number = f"{abs(value):,.{digits}f}".rstrip("0").rstrip(".")
    sign = "−" if value < 0 and number != "0" else ""
    suffix = _UNITS[language].get(unit, f" {unit}" if unit else "")
    return f"{sign}{number}{suffix}"


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
