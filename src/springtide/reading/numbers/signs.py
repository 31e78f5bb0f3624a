"""The direction that the words give a number: the verb or noun of a move that governs it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from springtide.reading.numbers.model import Classifier
from springtide.reading.numbers.scene import BlockScene

_ALWAYS_UP = frozenset(
    {
        "price_level", "record", "streak", "valuation", "turnover", "market_cap", "target_price",
        "rating", "technical", "level", "breadth", "holding", "probability", "fx",
    }
)  # fmt: skip
_DIRECTIONS = {"rise": 1, "fall": -1, "up_noun": 1, "down_noun": -1, "narrow": 0}
_FURTHEST = 4


def sign_of(
    block: BlockScene, i: int, measure: str, signs: Sequence[int], model: Classifier
) -> int:
    """Return +1 or -1: whether the words make number ``i`` of a block a rise or a fall.

    Parameters
    ----------
    block, i
        The block, and which of its numbers.
    measure
        What the number measures.
    signs
        The directions of the numbers before it.
    model
        Its classes are ``up`` and ``down``.
    """
    quantity = block.numbers[i].quantity
    if quantity is not None and quantity.implied_sign:
        return quantity.implied_sign
    scores = model.scores(sign_features(block, i, measure, signs))
    up, down = (scores[model.classes.index(name)] for name in ("up", "down"))
    return -1 if down > up else 1


def sign_features(block: BlockScene, i: int, measure: str, signs: Sequence[int]) -> list[str]:
    """Return what speaks for a direction: words of a move by place, the number before."""
    number = block.numbers[i]
    group = "level" if measure in _ALWAYS_UP else "flow" if measure == "flow" else "change"
    if measure in ("fundamental", "macro", "other", "bond_yield"):
        group = "figure"
    unit = number.quantity.unit if number.quantity else ""
    if group == "figure" and unit in ("pp", "bp"):
        group = "change"
    made = ["bias", f"m:{group}", f"m:{measure}"]
    hits, starts = block.hits.every, block.hits.starts
    sentence, clause = block.sentence(number.start), block.clause(number.start)
    last_end = block.numbers[i - 1].end if i else 0
    next_start = block.numbers[i + 1].start if i + 1 < len(block.numbers) else len(block.text)
    first = bisect_left(starts, number.start)
    j, count = first - 1, 0
    while j >= 0 and count < _FURTHEST and hits[j].start >= sentence[0]:
        hit = hits[j]
        j -= 1
        if hit.end > number.start:
            continue
        names = [name for name in hit.classes if name in _DIRECTIONS]
        if not names:
            continue
        count += 1
        place = "s<" if hit.start < clause[0] else "l" if hit.start >= last_end else "L"
        _add(made, names, place, count, number.start - hit.end, group)
    j, count = first, 0
    while j < len(hits) and count < 2 and hits[j].start < sentence[1]:
        hit = hits[j]
        j += 1
        if hit.start < number.end:
            continue
        names = [name for name in hit.classes if name in _DIRECTIONS]
        if not names:
            continue
        count += 1
        place = "s>" if hit.start >= clause[1] else "r" if hit.end <= next_start else "R"
        _add(made, names, place, count, hit.start - number.end, group)
    if signs and i:
        gap = block.text[last_end : number.start].strip().lower()
        before = {1: "up", -1: "down", 0: "none"}[signs[-1]]
        made.append(f"before:{before}|{group}")
        if len(gap) <= _FURTHEST:
            made.append(f"before{gap}:{before}|{group}")
    return made


def _add(made: list[str], names: list[str], place: str, count: int, gap: int, group: str) -> None:
    for name in names:
        made.append(f"{place}:{name}|{group}")
        if count == 1:
            made.append(f"1{place}:{name}|{group}")
            if gap <= 1:
                made.append(f"a{place}:{name}|{group}")
