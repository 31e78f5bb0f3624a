"""What a family's measure function answers: a value with its rows, or which data are missing."""

from __future__ import annotations

from dataclasses import dataclass

from springtide.claims.model import Row, Value, Window
from springtide.language.messages import Given, message


@dataclass(frozen=True, slots=True)
class Measured:
    """The value found and the rows that gave it."""

    value: Value
    rows: tuple[Row, ...] = ()
    windows: tuple[Window, ...] = ()


class Missing(Exception):  # noqa: N818 - an answer, "not enough information", not an error
    """Raised by a measure function: which data would be needed and are not there.

    Parameters
    ----------
    key, values
        The message that says so as part of a sentence, and what it is given.

    Examples
    --------
    >>> str(Missing("missing.no-bars", subject="HSI"))
    'no bars of HSI'
    """

    def __init__(self, key: str, /, **values: Given) -> None:
        self.message = message(key, **values)
        super().__init__(key)

    def __str__(self) -> str:
        return self.message.text("en")
