"""What the first pass made of the numbers around one, as features of the second pass."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from functools import lru_cache

import numpy as np

from springtide.reading.numbers.features import bound, unit_key
from springtide.reading.numbers.mentions import NumberMention
from springtide.reading.numbers.model import Floats
from springtide.reading.numbers.scene import BlockScene, Scene

_SURE = 0.7  # probability from which an answer of the first pass is sure
_AROUND = 6  # numbers before and after that count as neighbours


@lru_cache(maxsize=8)
def claims(classes: tuple[str, ...]) -> Floats:
    """Return 1 for the classes that are claims, 0 for the others."""
    return np.array([not name.startswith("none:") for name in classes], np.float32)


def neighbours(scene: Scene, first: Floats, classes: tuple[str, ...]) -> list[list[str]]:
    """Return of each number of an article what the first pass made of it and those around it.

    Parameters
    ----------
    scene
        The article laid out.
    first
        Probabilities of the first pass, a row a number in the order of the article.
    classes
        Its classes.
    """
    numbers = [number for block in scene.blocks for number in block.numbers]
    keys = [unit_key(number) for number in numbers]
    best = first.argmax(axis=1).tolist()
    sure = first.max(axis=1).tolist()
    claim = (first @ claims(classes)).tolist()
    elsewhere = _of_the_others(keys, first)
    twins = _twins(numbers, keys, first)
    every: list[list[str]] = []
    for block in scene.blocks:
        offset = len(every)
        count = len(block.numbers)
        for i in range(count):
            at = offset + i
            unit, name = keys[at], classes[best[at]]
            made = [f"u:{unit}", f"p:{name}", f"pc:{min(int(claim[at] * 4), 3)}"]
            if sure[at] >= _SURE:
                made.append(f"p!:{name}")
            if (other := elsewhere[at]) >= 0:
                made += (f"p*:{classes[other]}", f"p*:{classes[other]}|{unit}")
            if (twin := twins[at]) >= 0:
                made.append(f"p=:{classes[twin]}")
            here = slice(offset, offset + count)
            _beside(made, block, i, keys[here], best[here], sure[here], classes)
            every.append(made)
    return every


def _twins(numbers: Sequence[NumberMention], keys: Sequence[str], first: Floats) -> list[int]:
    """Return for each number whose value stands elsewhere too the class that it has there, else -1."""
    values = [one.quantity.value if one.quantity is not None else None for one in numbers]
    return _of_the_others(
        [
            (key, value) if isinstance(value, float) else at
            for at, (key, value) in enumerate(zip(keys, values, strict=True))
        ],
        first,
    )


def _of_the_others(groups: Sequence[Hashable], first: Floats) -> list[int]:
    """Return for each number the class that the others of its group have most, -1 without any."""
    places: dict[Hashable, int] = {}
    group = np.array([places.setdefault(one, len(places)) for one in groups])
    sums = np.zeros((len(places), first.shape[1]), np.float32)
    np.add.at(sums, group, first)
    best = (sums[group] - first).argmax(axis=1)
    return np.where(np.bincount(group)[group] > 1, best, -1).tolist()  # type: ignore[no-any-return]


_HAN_MOVE = re.compile(
    "(?:元|日[元圆])?(?:人民币)?[，,]?(?:则|亦|也|并|更)?(?:同比|按[年季月]|环比)?(?:大|急|劲|微|激|飙|轻微|再|倒)?"
    "(?:增长?|[多少]|[升涨扬跌降减挫]|上升|上涨|下跌|下降|下滑|减少|增加|倒退|攀升|回落)了?(?:约|近|逾|超过?)?"
)
_HAN_TO = re.compile("[，,]?[至到](?:了|约)?")
_MOVE = re.compile(
    r",? (?:(?:which|that) (?:was|is) )?(?:a (?:gain|rise|drop|decline|fall|jump|increase|decrease) of|"
    r"(?:up|down)|(?:rising|falling|growing|increasing|declining)(?: by)?|an? increase of) (?:about |over |nearly )?"
)
_TO = re.compile(r"(?: [a-z-]+){0,3}? to (?:about |nearly |over )?")


def moved_beside(block: BlockScene, i: int, j: int) -> bool:
    """Say whether percentage ``i`` is how far the amount ``j`` beside it moved.

    "61.5亿元，扬8.85%", "升7.32%至80.85亿元", "$113.48 million, up 2.7%", "rose 2.7% to $113.48 million":
    then it is of the same figure, whatever its verb is used for elsewhere.
    """
    one, other = block.numbers[i], block.numbers[j]
    if j < i:
        gap = block.text[other.end : one.start]
        return _HAN_MOVE.fullmatch(gap) is not None or _MOVE.fullmatch(gap) is not None
    gap = block.text[one.end : other.start]
    return _HAN_TO.fullmatch(gap) is not None or _TO.fullmatch(gap) is not None


def _beside(
    made: list[str],
    block: BlockScene,
    i: int,
    keys: Sequence[str],
    best: Sequence[int],
    sure: Sequence[float],
    classes: Sequence[str],
) -> None:
    """Say what the numbers before and after are, and those of the same unit in the block."""
    numbers, unit = block.numbers, keys[i]
    start, end = block.sentence(numbers[i].start)
    for mark, j in (("<", i - 1), (">", i + 1)):
        if 0 <= j < len(keys) and start <= numbers[j].start < end:
            name = classes[best[j]]
            made.append(f"p{mark}:{name}|{unit}")
            if unit == "%" and keys[j] != "%" and moved_beside(block, i, j):
                made.append(f"p{mark}moved:{name}")
            if keys[j] == unit:
                made.append(f"p{mark}same:{name}")
                low, high = (j, i) if j < i else (i, j)
                if bound(block.text[numbers[low].end : numbers[high].start].lower()):
                    made.append(f"p{mark}bound:{name}")
    same: dict[int, float] = {}
    for j in range(max(0, i - _AROUND), min(len(keys), i + _AROUND + 1)):
        if j != i and keys[j] == unit:
            same[best[j]] = same.get(best[j], 0.0) + sure[j]
    if same:
        name = classes[max(sorted(same), key=same.__getitem__)]
        made += (f"p~:{name}", f"p~:{name}|{unit}")
