"""Of a target: whose it is, whether another took its place, and whether it is of several houses.

"Acme Bank raised its target to $150 from $130" states two targets of one house, the later one first;
由130美元上调至150美元 names the earlier one first. 分别 and "respectively" give each house its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from springtide.market.houses import named
from springtide.metrics.frames import Statistic
from springtide.reading.numbers.frame import NumberReading, Subject
from springtide.reading.numbers.scene import BlockScene


@dataclass(frozen=True, slots=True)
class Opinion:
    """Whose a target is ("" where none or several are named), and which one."""

    house: str = ""
    is_previous: bool = False
    of_houses: Statistic | Literal[""] = ""


NOBODYS = Opinion()

_TARGET = re.compile(r"目标|\btargets?\b", re.IGNORECASE)
_FROM = re.compile(
    r"(?:由|从|自|前次|此前|先前|原先|原来|前值)[^，。；0-9]{0,8}$"
    r"|\b(?:from|previously|prior|earlier|was)(?: (?:a|an|the|its|their|previous|prior|earlier|"
    r"price|target|of|price target))*[ :]*[A-Za-z]{0,3}\$?$",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"(?P<median>中位|\bmedian\b)|(?P<high>最高目标|\b(?:highest|street-high)\b)"
    r"|(?P<low>最低目标|\b(?:lowest|street-low)\b)"
    r"|(?P<mean>平均|一致|综合|共识|均值|\b(?:mean|average|consensus)\b)",
    re.IGNORECASE,
)
_NEAR = 24
"""Characters within which "average" is said of a target."""

_RESPECTIVELY = re.compile(r"分别|依次|\brespectively\b", re.IGNORECASE)


def opinion(block: BlockScene, at: int) -> Opinion:
    """Return whose target a number of a block is, as far as its sentence says.

    Parameters
    ----------
    block
        The block, laid out.
    at
        Which of its numbers.
    """
    number = block.numbers[at]
    start, end = block.sentence(number.start)
    sentence = block.text[start:end]
    if not _TARGET.search(sentence):
        return NOBODYS
    place = number.start - start
    before = sentence[:place]
    return Opinion(
        _house(block, at, start, end),
        bool(_FROM.search(before[-40:])),
        _statistic(sentence, place, number.end - start),
    )


def without_house(block: BlockScene, number: NumberReading) -> NumberReading:
    """Leave the house that has a target out of those whose target it may be.

    Where another is the likelier, it is as sure as the rest of them make it.
    """
    if number.kind.measure != "target_price" or len(number.subjects) < 2:
        return number
    house = opinion(block, number.at).house
    ranked = [one for one in number.subjects if not _gives_it(block, number.at, one)]
    if ranked and len(ranked) < len(number.subjects):
        number = replace(number, subjects=tuple(ranked))
    first, *rest = number.subjects
    if not house or not first.id or _is_named(first, house):
        return number
    left = [one for one in rest if not _is_named(one, house)]
    gone = sum(one.confidence for one in rest if _is_named(one, house))
    sure_of = min(1.0, first.confidence / max(1.0 - gone, first.confidence))
    return replace(number, subjects=(replace(first, confidence=sure_of), *left))


def _gives_it(block: BlockScene, at: int, subject: Subject) -> bool:
    """Say whether a name is that of who gives a target: "a target price of $175 from Acme Bank"."""
    if subject.block != block.index or not named(subject.name):
        return False
    return block.text[block.numbers[at].end : subject.start].strip() in ("from", "by", "at")


def _is_named(subject: Subject, house: str) -> bool:
    return any(one == house for _, _, one in named(subject.name))


def _statistic(sentence: str, place: int, end: int) -> Statistic | Literal[""]:
    """Return which statistic of several targets the words beside a number say."""
    targets = [one for one in _TARGET.finditer(sentence) if one.start() < place] or [
        one for one in _TARGET.finditer(sentence) if one.start() >= end
    ]
    if not targets:
        return ""
    last = targets[-1] if targets[-1].start() < place else targets[0]
    around = sentence[max(0, last.start() - _NEAR) : min(len(sentence), last.end() + 6)]
    clause = re.split(r"[，。；,;]", around[: last.start() - max(0, last.start() - _NEAR)])[-1]
    said = _TOGETHER.search(clause + around[last.start() - max(0, last.start() - _NEAR) :])
    statistics: tuple[Statistic, ...] = ("median", "high", "low", "mean")
    return next((one for one in statistics if said and said[one]), "")


def _house(block: BlockScene, at: int, start: int, end: int) -> str:
    """Return the house named nearest before a number of a sentence, else the one after it."""
    houses = named(block.text[start:end])
    if not houses:
        return ""
    place = block.numbers[at].start - start
    if len(houses) > 1 and _RESPECTIVELY.search(block.text, start, end):
        return _one_each(block, at, start, end, [house for _, _, house in houses])
    before = [house for _, last, house in houses if last <= place]
    return before[-1] if before else houses[0][2]


def _one_each(block: BlockScene, at: int, start: int, end: int, houses: list[str]) -> str:
    """Give the numbers of a sentence, in order, to its houses; "" where they are not as many."""
    unit = _unit(block, at)
    alike = [
        i
        for i, number in enumerate(block.numbers)
        if start <= number.start < end and _unit(block, i) == unit
    ]
    return houses[alike.index(at)] if len(alike) == len(houses) else ""


def _unit(block: BlockScene, at: int) -> str:
    quantity = block.numbers[at].quantity
    return quantity.unit if quantity is not None else ""
