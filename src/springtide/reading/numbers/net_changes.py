"""Changes that are printed without a unit, in the price's own: a column beside level and per cent."""

from __future__ import annotations

import re
from dataclasses import replace

from springtide.reading.numbers.frame import NumberReading
from springtide.reading.numbers.mentions import NumberMention
from springtide.reading.numbers.scene import BlockScene, Scene
from springtide.reading.numbers.spots import header_of

_HEADING = re.compile(r"\b(?:net )?ch(?:an)?ge?\b|\bchng\b|[涨升]跌(?!幅)", re.IGNORECASE)
_OF_A_RATE = re.compile(r"%|％|\bper ?cent|\bpct\b|幅|率", re.IGNORECASE)
_SESSION = ("day", "session", "none")

HALF = 0.006
"""Half a step of the second decimal and a little: how far printed figures are from whole ones."""


def as_change(scene: Scene, number: NumberReading) -> NumberReading | None:
    """Return a number as it is, or as a change of price; None for a change that nothing tells.

    A number without a unit is a change in a column that is headed so ("Net Chng"), and where a
    level and a percentage of its line make it up: 133.57, 3.73, 2.87 are a price, its change and
    that change in per cent. A change without a unit and without either is nobody's: a figure that
    was cut off before its unit.
    """
    if number.unit or number.kind.measure not in ("price_change", "price_level"):
        return number
    if _is_change(scene, number):
        return replace(number, kind=replace(number.kind, measure="price_change"))
    return number if number.kind.measure == "price_level" else None


def _is_change(scene: Scene, number: NumberReading) -> bool:
    block = scene.blocks[number.block]
    mention = block.numbers[number.at]
    if "." not in mention.text or not isinstance(number.value, float):
        return False
    if number.when.period not in _SESSION:
        return False
    heading = header_of(block, mention)
    if heading:
        return bool(_HEADING.search(heading)) and not _OF_A_RATE.search(heading)
    return number.kind.measure == "price_change" and _adds_up(block, mention, number.value)


def _adds_up(block: BlockScene, mention: NumberMention, change: float) -> bool:
    """Say whether a level and a percentage of the same line agree with a change."""
    start = block.text.rfind("\n", 0, mention.start) + 1
    end = block.text.find("\n", mention.end)
    end = len(block.text) if end < 0 else end
    first, last = block.sentence(mention.start)
    start, end = max(start, first), min(end, last)
    beside = [one for one in block.numbers if start <= one.start < end and one is not mention]
    values = [one.quantity for one in beside if one.quantity is not None]
    rates = [q.value for q in values if q.unit in ("", "%") and isinstance(q.value, float)]
    levels = [q.value for q in values if q.unit != "%" and isinstance(q.value, float)]
    return any(
        _is_rate(change, level, rate)
        for level in levels
        for rate in rates
        if level is not rate and level > abs(change) and change * rate > 0
    )


def _is_rate(change: float, level: float, rate: float) -> bool:
    base = level - change
    exact = 100.0 * change / base
    return abs(exact - rate) <= HALF + 100.0 * HALF / base * (1 + abs(exact) / 100.0)
