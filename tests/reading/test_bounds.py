"""A price above or below a figure is not a price at it, in either language."""

from __future__ import annotations

import math

import pytest

ABOVE_18 = (18.0, math.inf)
BELOW_18 = (-math.inf, 18.0)


@pytest.mark.parametrize(
    ("text", "admitted"),
    [
        ("Kingsoft Cloud closed above 18 dollars.", ABOVE_18),
        ("金山云收于18美元之上。", ABOVE_18),
        ("金山雲收於18美元之上。", ABOVE_18),
        ("金山云收于18美元关口上方。", ABOVE_18),
        ("Kingsoft Cloud closed below 18 dollars.", BELOW_18),
        ("金山云收于18美元之下。", BELOW_18),
        ("金山云收于18美元下方。", BELOW_18),
    ],
)
def test_bounds_of_a_close(read, text: str, admitted: tuple[float, float]) -> None:  # type: ignore[no-untyped-def]
    (claim,) = read(text)
    assert (claim.metric, claim.subject, claim.value) == ("close_level", "KC", 18.0)
    assert (claim.within.low, claim.within.high) == admitted
    assert 18.0 not in claim.within
