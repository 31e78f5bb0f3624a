"""What a number is: a claim of some measure with a direction, or none and why.

Two passes of one kind of model: the first sees a number with the words around it, the second also
what the first made of its neighbours, of the numbers of the same unit, and of the same value
elsewhere in the article. The direction is a third, small model (``signs``).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from springtide.reading.numbers.features import block_features, topics
from springtide.reading.numbers.frame import Kind
from springtide.reading.numbers.model import (
    Classifier,
    Floats,
    classifier,
    save_classifier,
    softmax,
)
from springtide.reading.numbers.neighbours import claims, neighbours
from springtide.reading.numbers.plain_words import as_said
from springtide.reading.numbers.scene import BlockScene, Scene
from springtide.reading.numbers.signs import sign_of

SLOT = "kinds"
CERTAINTY = 0.8
"""How much a score of the first pass counts beside what its neighbours say."""
_OTHERS = 3
_LEAST = 0.02  # probability of a further answer that is kept


@dataclass(frozen=True, slots=True)
class KindModels:
    """The weights of the two passes and of the direction."""

    first: Classifier
    second: Classifier
    sign: Classifier

    @classmethod
    def shipped(cls) -> KindModels:
        """Return the weights in the package."""
        return cls(classifier("kinds"), classifier("kinds_second"), classifier("signs"))


def save(models: KindModels, folder: Path) -> None:
    """Write the weights of the kinds into a folder."""
    save_classifier(folder / "kinds.npz", models.first)
    save_classifier(folder / "kinds_second.npz", models.second)
    save_classifier(folder / "signs.npz", models.sign)


def classify(scene: Scene, models: KindModels | None = None) -> list[list[Kind]]:
    """Say of every number of every block what it is.

    Examples
    --------
    >>> from datetime import date
    >>> from springtide.reading.document import read_document
    >>> from springtide.reading.numbers.scene import lay_out
    >>> text = "The Hang Seng Index fell 0.2% to 21,814.37 on 13 February."
    >>> scene = lay_out(read_document(text), date(2025, 2, 13))
    >>> [(kind.measure or kind.why, kind.sign) for kind in classify(scene)[0]]
    [('price_change', -1), ('price_level', 1), ('date', 0)]
    """
    models = models or KindModels.shipped()
    features = number_features(scene)
    if not features:
        return [[] for _ in scene.blocks]
    own = models.first.table(features)
    around = models.second.table(neighbours(scene, softmax(own), models.first.classes))
    chances = softmax(CERTAINTY * own + around)
    answers: list[list[Kind]] = []
    reached = 0
    for block in scene.blocks:
        here = chances[reached : reached + len(block.numbers)]
        reached += len(block.numbers)
        answers.append(_kinds(block, here, models))
    return answers


def number_features(scene: Scene) -> list[list[str]]:
    """Return the features of every number of an article in order, as the first pass sees them."""
    about = topics(scene)
    return [row for block in scene.blocks if block.numbers for row in block_features(block, about)]


def _kinds(block: BlockScene, chances: Floats, models: KindModels) -> list[Kind]:
    """Choose the likeliest kind of each number, and its direction in the order of the text."""
    classes = models.second.classes
    orders = np.argsort(-chances, axis=1, kind="stable").tolist()
    claim = (chances @ claims(classes)).tolist()
    made: list[Kind] = []
    signs: list[int] = []
    for i, (order, row) in enumerate(zip(orders, chances.tolist(), strict=True)):
        is_claim = claim[i] >= 0.5
        best = next(j for j in order if classes[j].startswith("none:") != is_claim)
        name, confidence = classes[best], row[best]
        others = tuple(
            (classes[j], round(row[j], 4))
            for j in order[: _OTHERS + 1]
            if j != best and row[j] >= _LEAST
        )
        sign = sign_of(block, i, name, signs, models.sign) if is_claim else 0
        signs.append(sign)
        if is_claim:
            kind = Kind(True, name, sign=sign, confidence=confidence, others=others)
            made.append(as_said(block, i, kind, made[-1] if made else None))
        else:
            why = name.removeprefix("none:")
            made.append(Kind(False, why=why, confidence=confidence, others=others))
    return made
