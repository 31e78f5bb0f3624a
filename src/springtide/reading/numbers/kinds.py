"""What a number is: a claim of some measure with a direction, or none and why.

Two passes of one kind of model: the first sees a number with the words around it, the second also
what the first made of its neighbours, of the numbers of the same unit, and of the same value
elsewhere in the article. The direction is a third, small model (``signs``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from springtide.reading.numbers.features import block_features, bound, topics, unit_key
from springtide.reading.numbers.frame import Kind
from springtide.reading.numbers.model import (
    Classifier,
    Floats,
    classifier,
    save_classifier,
    softmax,
)
from springtide.reading.numbers.scene import BlockScene, Scene
from springtide.reading.numbers.signs import sign_of

SLOT = "kinds"
CERTAINTY = 0.8
"""How much a score of the first pass counts beside what its neighbours say."""
_OTHERS = 3
_RANKED = 12  # classes that are looked at
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
    scores = [[models.first.scores(one) for one in block] for block in number_features(scene)]
    first = [[softmax(one) for one in block] for block in scores]
    answers: list[list[Kind]] = []
    for block, rows, own in zip(
        scene.blocks, neighbours(scene, first, models.first.classes), scores, strict=True
    ):
        chances = [
            softmax(CERTAINTY * score + models.second.scores(one))
            for one, score in zip(rows, own, strict=True)
        ]
        answers.append(_kinds(block, chances, models))
    return answers


def number_features(scene: Scene) -> list[list[list[str]]]:
    """Return the features of every number of every block, as the first pass sees them."""
    about = topics(scene)
    return [block_features(block, about) if block.numbers else [] for block in scene.blocks]


def _kinds(block: BlockScene, chances: Sequence[Floats], models: KindModels) -> list[Kind]:
    """Choose the likeliest kind of each number, and its direction in the order of the text."""
    classes = models.second.classes
    made: list[Kind] = []
    signs: list[int] = []
    for i, chance in enumerate(chances):
        ranked = np.argsort(-chance, kind="stable")[:_RANKED].tolist()
        claim = bool(chance @ _claims(classes) >= 0.5)
        best = next((j for j in ranked if _is_claim(classes[j]) == claim), ranked[0])
        name = classes[best]
        others = tuple(
            (classes[j], round(float(chance[j]), 4))
            for j in ranked[: _OTHERS + 1]
            if j != best and chance[j] >= _LEAST
        )
        confidence = float(chance[best])
        if not _is_claim(name):
            signs.append(0)
            why = name.removeprefix("none:")
            made.append(Kind(False, why=why, confidence=confidence, others=others))
            continue
        sign = sign_of(block, i, name, signs, models.sign)
        signs.append(sign)
        made.append(Kind(True, name, sign=sign, confidence=confidence, others=others))
    return made


def _is_claim(name: str) -> bool:
    return not name.startswith("none:")


@lru_cache(maxsize=8)
def _claims(classes: tuple[str, ...]) -> Floats:
    """Return 1 for the classes that are claims, 0 for the others."""
    return np.array([_is_claim(name) for name in classes], np.float32)


def neighbours(
    scene: Scene, first: Sequence[Sequence[Floats]], classes: tuple[str, ...]
) -> list[list[list[str]]]:
    """Return of each number what the first pass made of it and of the numbers around it."""
    by_unit: dict[str, Floats] = {}
    by_value: dict[tuple[str, float], list[tuple[int, int]]] = defaultdict(list)
    keys = [[unit_key(number) for number in block.numbers] for block in scene.blocks]
    for b, block in enumerate(scene.blocks):
        for i, number in enumerate(block.numbers):
            chance = first[b][i]
            by_unit[keys[b][i]] = by_unit.get(keys[b][i], 0) + chance
            if (value := _value(number.quantity)) is not None:
                by_value[keys[b][i], value].append((b, i))
    every = []
    for b, block in enumerate(scene.blocks):
        rows = []
        for i, number in enumerate(block.numbers):
            unit = keys[b][i]
            own = first[b][i]
            made = [f"u:{unit}", *_own(own, classes)]
            made += _beside(block, i, keys[b], first[b], classes)
            rest = by_unit[unit] - own
            if rest.max() > 0:
                name = classes[int(rest.argmax())]
                made += (f"p*:{name}", f"p*:{name}|{unit}")
            value = _value(number.quantity)
            twins = by_value[unit, value] if value is not None else []
            if len(twins) > 1:
                summed = np.sum([first[p][q] for p, q in twins if (p, q) != (b, i)], axis=0)
                made.append(f"p=:{classes[int(summed.argmax())]}")
            rows.append(made)
        every.append(rows)
    return every


_SURE = 0.7


def _own(own: Floats, classes: tuple[str, ...]) -> list[str]:
    best = int(own.argmax())
    name = classes[best]
    claim = float(own @ _claims(classes))
    return [
        f"p:{name}",
        *([f"p!:{name}"] if own[best] >= _SURE else []),
        f"pc:{min(int(claim * 4), 3)}",
    ]


def _beside(
    block: BlockScene, i: int, keys: Sequence[str], first: Sequence[Floats], classes: Sequence[str]
) -> list[str]:
    """Say what the numbers before and after are, and those of the same unit in the block."""
    made = []
    start, end = block.sentence(block.numbers[i].start)
    for mark, j in (("<", i - 1), (">", i + 1)):
        if 0 <= j < len(keys) and start <= block.numbers[j].start < end:
            name = classes[int(first[j].argmax())]
            made.append(f"p{mark}:{name}|{keys[i]}")
            if keys[j] == keys[i]:
                made.append(f"p{mark}same:{name}")
                low, high = sorted((i, j))
                gap = block.text[block.numbers[low].end : block.numbers[high].start]
                if bound(gap.lower()):
                    made.append(f"p{mark}bound:{name}")
    same: Counter[str] = Counter()
    for j in range(max(0, i - 6), min(len(keys), i + 7)):
        if j != i and keys[j] == keys[i]:
            best = int(first[j].argmax())
            same[classes[best]] += float(first[j][best])  # type: ignore[assignment]
    if same:
        name = max(sorted(same), key=lambda name: same[name])
        made += (f"p~:{name}", f"p~:{name}|{keys[i]}")
    return made


def _value(quantity: object) -> float | None:
    value = getattr(quantity, "value", None)
    return value if isinstance(value, float) else None
