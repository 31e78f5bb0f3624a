"""What a family's measure function answers: a value with its rows, or which data are missing."""

from __future__ import annotations

from dataclasses import dataclass

from springtide.claims.model import Row, Value, Window


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
    en, zh
        The same in English and Chinese, as part of a sentence.
    """

    def __init__(self, en: str, zh: str) -> None:
        self.en = en
        self.zh = zh
        super().__init__(en)
