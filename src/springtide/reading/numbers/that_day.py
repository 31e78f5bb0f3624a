"""Figures of a day that the same sentence has just named: the fall of "2月5日後最大，當日跌幅為1.79%"."""

from __future__ import annotations

import re
from dataclasses import replace

from springtide.reading.numbers.frame import Basis, NumberReading
from springtide.reading.numbers.scene import Scene

_THAT_DAY = re.compile("当日(?:[升涨]|(?P<fall>跌))幅[为是]?$")
_MOST = re.compile("最多[升涨跌]|[升涨跌]最多")


def of_that_day(scene: Scene, number: NumberReading) -> NumberReading:
    """Return a move of "that day" as one of the day that its sentence named last.

    Where the sentence is of how far prices went ("曾跌最多1.13%"), so is the figure of that day.
    """
    value = number.value
    if number.unit != "%" or not isinstance(value, float):
        return number
    block = scene.blocks[number.block]
    at = block.numbers[number.at].start
    first, _ = block.sentence(at)
    said = _THAT_DAY.search(block.text, first, at)
    if said is None:
        return number
    days = [one.last for one in block.dates if first <= one.start < at and one.first == one.last]
    if not days or days[-1] >= scene.clock.day:
        return number
    went = _MOST.search(block.text, first, at)
    basis: Basis = "close" if went is None else "low" if said["fall"] else "high"
    when = replace(
        number.when, period="day", words="", first=None, last=days[-1], as_of=days[-1],
        basis=basis, modality="stated", others=(),
    )  # fmt: skip
    kind = replace(number.kind, measure="price_change")
    if said["fall"] and value > 0 and number.within is not None:
        return replace(number, when=when, kind=kind, value=-value, within=number.within.negated())
    return replace(number, when=when, kind=kind)
