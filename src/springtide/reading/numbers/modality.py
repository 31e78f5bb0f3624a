"""How a number is said: as a fact, a forecast, on a condition, as a rule, or merely supposed."""

from __future__ import annotations

import re
from typing import cast

from springtide.reading.numbers.frame import Modality
from springtide.reading.numbers.model import Classifier
from springtide.reading.numbers.spots import Spot

SLOT = "times_modality"

_TELLING = frozenset(
    {
        "will",
        "if",
        "if_sure",
        "always",
        "supposed",
        "unsure",
        "likelihood",
        "level_line",
        "close",
        "live",
        "once",
        "now",
        "future",
    }
)


_WHEN_IT_IS = re.compile("时[，,][^。；！？]{0,12}?(?:即[^使便]|就|便|才|将|会|可|需|应)")


def hangs_on_it(text: str, end: int) -> bool:
    """Say whether something is said to follow once a number is reached: "回撤达20%时，行情即告结束".

    Examples
    --------
    >>> hangs_on_it("回撤达20%时，行情即告结束", 6), hangs_on_it("早盘跌2%时，成交额为500亿元", 5)
    (True, False)
    """
    return _WHEN_IT_IS.match(text, end) is not None


def features(spot: Spot) -> list[str]:
    """Return what speaks for the modality of a number."""
    measure = spot.kind.measure
    clues = ["any", f"is:{measure}"]
    for scope, names in spot.words.items():
        for name in names & _TELLING:
            clues += [f"{scope}:{name}", f"{scope}:{name}:{measure}"]
    before = spot.words["b"] | spot.words["c"] | spot.words["s"]
    for name in ("will", "if", "if_sure", "always", "supposed"):
        if name in before:
            clues.append(f"before:{name}")
    return clues


def choose(names: list[str], model: Classifier | None) -> list[tuple[Modality, float]]:
    """Return the modalities with their probabilities, the likeliest first."""
    if model is None:
        return [("stated", 1.0)]
    chances = model.probabilities(names).tolist()
    order = sorted(range(len(chances)), key=lambda k: (-chances[k], k))
    return [(cast(Modality, model.classes[k]), chances[k]) for k in order]
