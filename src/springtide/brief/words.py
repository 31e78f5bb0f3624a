"""Dates in the words of a language, for chart labels, headings and front matter."""

from __future__ import annotations

from datetime import date

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
