"""The direction that the words give a number: the verb or noun of a move that governs it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from springtide.language.scanning import lowered
from springtide.reading.numbers.constructions import around_number
from springtide.reading.numbers.features import around
from springtide.reading.numbers.flows import way_of
from springtide.reading.numbers.lexicon import Hit
from springtide.reading.numbers.model import Classifier
from springtide.reading.numbers.scene import BlockScene

_ALWAYS_UP = frozenset(
    {
        "price_level", "record", "streak", "valuation", "target_price", "rating", "level", "breadth", "probability", "fx",
    }
)  # fmt: skip
_DIRECTIONS = {"rise": 1, "fall": -1, "up_noun": 1, "down_noun": -1, "narrow": 0, "vanish": -1}
_TOUCHING = {"up_touch": "rise", "down_touch": "fall"}
_BEHIND = {"up_after": "rise", "down_after": "fall"}
_SAYING = frozenset({*_DIRECTIONS, *_TOUCHING, *_BEHIND})
_FURTHEST = {-1: 4, 1: 2}  # words of a direction that count
_REACHED = re.compile(
    "(?:[至到报为在于破穿]约?|\\b(?:to|at|near|around|below|above|yields?|of)) ?$"
)
"""What a yield falls to is a yield: 收益率回落至4.54%."""
_JOINT = 4  # characters between two numbers that bind them


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
    if measure == "bond_yield" and quantity is not None and quantity.unit == "%":
        at = block.numbers[i].start
        if _REACHED.search(block.text[max(0, at - 8) : at]):
            return 1
    if measure == "flow" and (way := way_of(block, i)):
        return way
    scores = model.scores(sign_features(block, i, measure, signs))
    up, down = (scores[model.classes.index(name)] for name in ("up", "down"))
    return -1 if down > up else 1


def sign_features(block: BlockScene, i: int, measure: str, signs: Sequence[int]) -> list[str]:
    """Return what speaks for a direction: words of a move by place, the number before."""
    number = block.numbers[i]
    group = "level" if measure in _ALWAYS_UP else "flow" if measure == "flow" else "change"
    if measure in ("market_cap", "turnover"):
        group = "worth"  # 蒸发, 减少: what is gone of it
    unit = number.quantity.unit if number.quantity else ""
    if measure in ("fundamental", "macro", "other", "bond_yield", "holding"):
        group = "figure"
    if (group == "figure" and unit in ("pp", "bp")) or (measure == "technical" and unit == "%"):
        group = "change"
    elif measure == "technical":
        group = "level"
    made = ["bias", f"m:{group}", f"measure:{measure}"]
    counts = {-1: 0, 1: 0}
    for side, _, gap, place, hit in around(block, i):
        names = directions(hit, gap, place)
        if names and counts[side] < _FURTHEST[side]:
            counts[side] += 1
            _add(made, names, place, counts[side], gap, group)
    if unit == "%" and group == "change":
        low = lowered(block.text)
        made += (f"con:{name}" for name in around_number(low, number.start, number.end, unit))
    if signs and i:
        last_end = block.numbers[i - 1].end
        joint = block.text[last_end : number.start].strip().lower()
        before = {1: "up", -1: "down", 0: "none"}[signs[-1]]
        made.append(f"before:{before}|{group}")
        if len(joint) <= _JOINT:
            made.append(f"before{joint}:{before}|{group}")
    return made


def directions(hit: Hit, gap: int, place: str) -> list[str]:
    """Return the classes of direction of a word; short words count where they touch the number."""
    if _SAYING.isdisjoint(hit.classes):
        return []
    names = [name for name in hit.classes if name in _DIRECTIONS]
    touching = _TOUCHING if place == "l" else _BEHIND if place == "r" else {}
    if gap <= 1:
        names += [touching[name] for name in hit.classes if name in touching]
    return list(dict.fromkeys(names))


def _add(made: list[str], names: list[str], place: str, count: int, gap: int, group: str) -> None:
    for name in names:
        made.append(f"{place}:{name}|{group}")
        if count == 1:
            made.append(f"1{place}:{name}|{group}")
            if gap <= 1:
                made.append(f"a{place}:{name}|{group}")
