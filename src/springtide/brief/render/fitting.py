"""How wide words are, about, and where they may be broken: nothing is measured on a screen."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator


def text_width(text: str, size: float) -> float:
    """Return about how wide a text is: nothing is measured, and too wide does no harm."""
    wide = sum(1.0 if unicodedata.east_asian_width(one) in "WF" else 0.57 for one in text)
    return wide * size


def broken(text: str, width: float, size: float) -> list[str]:
    """Break a text at spaces, or between characters of Chinese, to lines of a width."""
    lines, current = [""], 0.0
    for piece in _pieces(text):
        long = text_width(piece, size)
        if current + long > width and lines[-1]:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
            current, piece = 0.0, piece.lstrip()
        lines[-1] += piece
        current += long
    return [line for line in lines if line]


_NEVER_FIRST = "，。：；、）％"


def _pieces(text: str) -> Iterator[str]:
    """Yield what is not broken: words with the space after them, and single wide characters."""
    piece = ""
    for one in text:
        wide = unicodedata.east_asian_width(one) in "WF"
        if (
            piece
            and (piece[-1] == " " or wide or _is_wide(piece[-1]))
            and one not in " " + _NEVER_FIRST
        ):
            yield piece
            piece = ""
        piece += one
    yield piece


def _is_wide(one: str) -> bool:
    return unicodedata.east_asian_width(one) in "WF"
