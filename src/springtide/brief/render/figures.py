"""Where a sentence prints the figure of each of its statements."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from springtide.brief.model import Sentence
from springtide.language.types import Language

_NUMBER = re.compile(
    r"[+\-−]?\d[\d,]*(?:\.\d+)?(?:\s?(万亿|亿|万|trillion\b|billion\b|million\b|bn\b|m\b))?"
    r"(?:%|％|倍|个?百分点|个?基点|点|美元|港元|元|个交易日|x\b| times| points?| percentage points?"
    r"| sessions?)?"
)
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SCALES: Mapping[str, float] = {
    "万": 1e4,
    "亿": 1e8,
    "万亿": 1e12,
    "m": 1e6,
    "million": 1e6,
    "bn": 1e9,
    "billion": 1e9,
    "trillion": 1e12,
}
_SIGNS: Mapping[str, tuple[str, ...]] = {
    "%": ("%", "％"),
    "sessions": ("session", "sessions", "个交易日"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A stretch of a sentence, and the position of the statement whose figure it prints."""

    start: int
    end: int
    statement: int


def find_figures(sentence: Sentence, language: Language) -> list[Figure]:
    """Find the printed figure of each statement in a sentence.

    A statement's figure is the first number of the same size that no statement before it took, one
    with its unit where there is one. A statement that prints no number, or whose number is not
    found, has no figure here.

    Returns
    -------
    list[Figure]
        In the order of the text, without overlap.

    Examples
    --------
    >>> from datetime import date
    >>> from springtide.brief.model import Statement
    >>> from springtide.claims.model import Claim, Evidence, Measurement, Params
    >>> day = date(2000, 3, 10)
    >>> claim = Claim("pct_change", "X", Params(), day, value=-1.5, unit="%")
    >>> measured = Measurement("pct_change", "X", Params(), day, -1.503, "%", Evidence("f"))
    >>> find_figures(Sentence({"en": "It fell 1.50%."}, (Statement(claim, measured),)), "en")
    [Figure(start=8, end=13, statement=0)]
    """
    text = sentence.text[language]
    free = [(found.start(), found.end(), _size(found)) for found in _NUMBER.finditer(text)]
    figures = []
    for position, statement in enumerate(sentence.statements):
        value = statement.claim.value
        sizes = value if isinstance(value, tuple) else () if value is None else (value,)
        for wanted in sizes:
            equal = [span for span in free if math.isclose(span[2], abs(wanted), rel_tol=1e-9)]
            signs = _SIGNS.get(statement.claim.unit, ())
            with_unit = (span for span in equal if text[span[0] : span[1]].endswith(signs))
            match = next(with_unit, equal[0] if equal else None)
            if match:
                free.remove(match)
                figures.append(Figure(match[0], match[1], position))
    return sorted(figures, key=lambda figure: figure.start)


def _size(found: re.Match[str]) -> float:
    digits = _DIGITS.search(found[0])
    assert digits is not None
    return float(digits[0].replace(",", "")) * _SCALES.get(found[1] or "", 1)
