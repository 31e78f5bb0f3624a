"""Whose money came or went: the subject and the way of a flow.

"美国银行援引数据显示，货币市场基金吸引468亿美元，其中166亿美元流入债券" is of two kinds of funds and
of no bank; "$10 billion exiting Indian equities" is of those equities.
"""

from __future__ import annotations

import re

from springtide.reading.numbers.frame import Subject
from springtide.reading.numbers.names import Name
from springtide.reading.numbers.phrases import pieces
from springtide.reading.numbers.scene import BlockScene, Scene, as_written, overlapping, starting

_WAY = re.compile(
    "(?P<out>净(?:流出|卖出?|沽出?|赎回|出(?!租|口)|减持|回笼)|(?:资金|外资|北水)流出|离开|撤离|"
    r"\boutflows?|\bnet(?:ted)? (?:sold|sell(?:ing|ers?)?|sales?|outflows?)|"
    r"\b(?:sold|offload(?:ed|ing)|withdr(?:ew|awn)|pulled|redeemed|exit(?:ed|ing)|dumped)\b)|"
    "净(?:流入|买入?|申购|吸|入(?!学)|增持|投放)|(?:资金|外资|北水)流入|吸引|吸金|吸资|"
    r"\binflows?|\bnet(?:ted)? (?:bought|buy(?:ing|ers?)?|purchases?|inflows?)|"
    r"\b(?:bought|poured|attracted|drew|purchased|pumped|took in)\b",
    re.IGNORECASE,
)
"""Words that say which way money went."""
_NEXT = 24
"""Characters after an amount in which such a word may stand: "$251 million of outflows"."""
_WHERE = re.compile(
    "的?(?:资金)?净?(?P<zh>流入|流向|涌入|流出|离开|撤出|撤离)了?"
    "(?P<where>[\u4e00-\u9fffA-Za-z0-9 ]{2,12}?)(?=[，。；、,;和及]|$)"
    r"| (?P<en>exiting|leaving|flow(?:ing|ed) (?:in)?to|into|out of|from) "
    r"(?:the )?(?P<what>[A-Za-z][\w&.'’\-]*(?: [\w&.'’\-]+){0,4}?)"
    r"(?= (?:this|in|on|over|during|amid|last|for|since|so|and|while)\b|[,.;]|$)"
)
_SOURCE = re.compile("[：:]|显示|援引|[指称](?:出|，)|其中|表示|报告|数据")
_EACH = re.compile("分别|各[自有获遭录]|\\b(?:respectively|each)\\b")
_CHANCE = 0.8


def way_of(block: BlockScene, i: int) -> int:
    """Return which way a flow went, +1 in and -1 out, by the nearest word; 0 where none says it."""
    number, text = block.numbers[i], block.text
    last = block.numbers[i - 1].end if i else 0
    first, end = block.sentence(number.start)
    low, high = block.clause(number.start)
    behind = min(high, number.end + _NEXT, end)
    if i + 1 < len(block.numbers):
        behind = min(behind, block.numbers[i + 1].start)
    said = (
        _last(text, max(low, last), number.start)
        or _WAY.search(text, number.end, behind)
        or _last(text, first, number.start)
    )
    if said is None:
        return 0
    return -1 if said["out"] else 1


def _last(text: str, start: int, end: int) -> re.Match[str] | None:
    every = list(_WAY.finditer(text, start, end))
    return every[-1] if every else None


def of_a_flow(
    scene: Scene, block: BlockScene, i: int, ranked: tuple[Subject, ...]
) -> tuple[Subject, ...]:
    """Put first who a clause says gained or lost the money, or who moved it; then the others."""
    number, text = block.numbers[i], block.text
    if block.block.cells:
        return ranked
    into = _WHERE.match(text, number.end)
    if into is not None:
        group = "where" if into["zh"] else "what"
        return _first(scene, block, *into.span(group), ranked)
    start, _ = block.clause(number.start)
    first, _ = block.sentence(number.start)
    for begin in (start, first) if first < start else (start,):
        said = _last(text, begin, number.start)
        if said is None:
            continue
        for source in _SOURCE.finditer(text, begin, said.start()):
            begin = source.end()
        named = _names(block, begin, said.start())
        bought = [one for one in _names(block, said.end(), number.start) if one.ids]
        if len(named) + len(bought) > 1 and _EACH.search(text, begin, number.start):
            return ranked
        if named and all(one.loose for one in bought):
            return _first(scene, block, named[-1].start, named[-1].end, ranked)
        if bought:
            return _first(scene, block, bought[-1].start, bought[-1].end, ranked)
        heads = pieces(text, begin, said.start())
        if heads:
            return _first(scene, block, heads[0][0], heads[0][1], ranked)
        if number.start - said.end() > _NEXT:
            return ranked
    return ranked


def _names(block: BlockScene, start: int, end: int) -> list[Name]:
    """Return the names of a stretch, without ordinary words and the units of numbers."""
    return [
        one
        for one in starting(block.names, start, end)
        if one.how != "word" and not overlapping(block.numbers, one.start, one.end)
    ]


def _first(
    scene: Scene, block: BlockScene, start: int, end: int, ranked: tuple[Subject, ...]
) -> tuple[Subject, ...]:
    """Return the subjects with the one first that stands there, added where it is none of them."""
    names = [one for one in overlapping(block.names, start, end) if one.ids]
    if names:
        start, end = names[0].start, names[0].end
    for one in ranked:
        here = one.block == block.index and one.start < end and start < one.end
        if here and (one.id or (one.start, one.end) == (start, end)):
            return (one, *(other for other in ranked if other is not one))
    words = as_written(scene, block, start, end)
    identity = names[0].ids[0] if names else ""
    own = Subject(words, identity, block.index, start, end, _CHANCE, "s<,c<")
    return (own, *(one for one in ranked if not identity or one.id != identity))
