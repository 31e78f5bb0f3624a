"""Numbers of sentences of our own making, with what they are read as."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from springtide.reading.document import read_document
from springtide.reading.numbers.kinds import classify
from springtide.reading.numbers.scene import lay_out

Row = tuple[str, str, float | tuple[float, float] | None]
Rows = Callable[[str], list[Row]]


@pytest.fixture
def rows() -> Rows:
    """Return the numbers of a text in its order: words, measure or why none, signed value."""

    def read(text: str) -> list[Row]:
        scene = lay_out(read_document(text), date(2025, 2, 13))
        made = []
        for block, kinds in zip(scene.blocks, classify(scene), strict=True):
            for number, kind in zip(block.numbers, kinds, strict=True):
                assert block.text[number.start : number.end] == number.text
                value = number.quantity.value if number.quantity and kind.is_claim else None
                if kind.sign < 0 and number.quantity and number.quantity.implied_sign == 0:
                    value = _mirrored(value)
                made.append((number.text, kind.measure or f"none:{kind.why}", value))
        return made

    return read


def _mirrored(
    value: float | tuple[float, float] | None,
) -> float | tuple[float, float] | None:
    return (-value[1], -value[0]) if isinstance(value, tuple) else None if value is None else -value
