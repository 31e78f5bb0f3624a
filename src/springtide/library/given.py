"""What callers give: dates in many forms, texts, languages, values of parameters."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, get_args

from springtide.errors import UsageError
from springtide.language.types import Language, Period

Given = str | date | None
"""A date as text (``2025-02-13``), a date, a date with a time, ``today``, or None."""

Asked = date | Literal["today"] | None


def asked_day(given: object) -> Asked:
    """Return the day that was asked for; None where none was.

    Raises
    ------
    TypeError
        It is neither a text nor a date.
    UsageError
        The text is no date.

    Examples
    --------
    >>> asked_day("2025-02-13"), asked_day(datetime(2025, 2, 13, 16, 30)), asked_day("Today")
    (datetime.date(2025, 2, 13), datetime.date(2025, 2, 13), 'today')
    >>> asked_day(20250213)
    Traceback (most recent call last):
        ...
    TypeError: a day is a text such as "2025-02-13", a date or a datetime, not int
    """
    if given is None:
        return None
    if isinstance(given, datetime):  # of pandas too, whose missing moment is one that says no day
        return _moment(given)
    if isinstance(given, date):
        return given
    if isinstance(given, str):
        return _written(given.strip())
    if type(given).__name__ == "datetime64":  # NumPy's, told without importing NumPy
        return _moment(given.astype("datetime64[s]").item())  # type: ignore[attr-defined]
    raise TypeError(
        'a day is a text such as "2025-02-13", a date or a datetime, not ' + type(given).__name__
    )


def _moment(given: datetime | None) -> date:
    if given is None or given != given:
        raise UsageError("That is no day", given="NaT", allowed="a date")
    return given.date()


def _written(text: str) -> Asked:
    if text.lower() == "today":
        return "today"
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        raise UsageError(
            "That is not a date", given=repr(text), allowed='"YYYY-MM-DD", or "today"'
        ) from None


def checked_text(value: object, what: str) -> str:
    """Return a text.

    Raises
    ------
    TypeError
        It is none.

    Examples
    --------
    >>> checked_text(7, "a metric")
    Traceback (most recent call last):
        ...
    TypeError: a metric is a text, not int
    """
    if not isinstance(value, str):
        raise TypeError(f"{what} is a text, not {type(value).__name__}")
    return value


def checked_language(language: object) -> Language:
    """Return a language that there is.

    Raises
    ------
    TypeError, UsageError
        It is no text; there is no such language.

    Examples
    --------
    >>> checked_language("zh-hk")
    'zh-hk'
    """
    if language not in get_args(Language):
        if not isinstance(language, str):
            raise TypeError(f"a language is a text, not {type(language).__name__}")
        raise UsageError(
            "There is no such language", given=language, allowed=", ".join(get_args(Language))
        )
    return language  # type: ignore[return-value]


def parameter_text(value: object, name: str) -> str:
    """Return a value of a parameter as the text that stands for it.

    Raises
    ------
    TypeError
        It is of a kind that no parameter has.

    Examples
    --------
    >>> parameter_text(14, "window"), parameter_text(date(2025, 1, 13), "since")
    ('14', '2025-01-13')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int | float | Period):
        return str(value)
    if isinstance(value, date):
        day = asked_day(value)
        return str(day)
    item = getattr(value, "item", None)
    if item is not None and getattr(value, "ndim", 1) == 0:  # a number of NumPy
        return parameter_text(item(), name)
    raise TypeError(f"{name} is a number, a text, a date or a period, not {type(value).__name__}")
