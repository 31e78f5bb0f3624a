"""What keeps a number from being claimed of an instrument on a day, although it has been read."""

from __future__ import annotations

import re

from springtide.language.required import Screened
from springtide.language.scanning import lowered
from springtide.language.units import unit_of
from springtide.market.types import Instrument
from springtide.reading.numbers.frame import NumberReading
from springtide.reading.numbers.scene import Scene, overlapping

_LINE_AFTER = re.compile(r" convention|的惯例| (?:are|is) there\b")
_LINE_BEFORE = re.compile(r"(?:\bnot moved |尚?未(?:涨|跌|升|变动)(?:过|达)?|现有)$")


_IN_HISTORY = re.compile(r"历史上[，,]|[Hh]istorically,")
"""What follows is a rule or an example of the past, of no stated day."""


def is_a_line(scene: Scene, number: NumberReading) -> bool:
    """Say whether it is a convention, one not reached, or how many there are: "124 are there"."""
    block = scene.blocks[number.block]
    mention = block.numbers[number.at]
    before = block.text[max(0, mention.start - 12) : mention.start]
    if _IN_HISTORY.match(block.text, block.sentence(mention.start)[0]):
        return True
    return bool(_LINE_AFTER.match(block.text, mention.end) or _LINE_BEFORE.search(before))


_AGAINST_HAN = re.compile("(?:跑[赢输]|超额(?:收益|回报))[^涨升跌]*$")
_AGAINST = re.compile(
    r"\b(?:(?:out|under)perform\w*|beat(?:s|en|ing)?|lag(?:s|ged|ging)?|trail(?:s|ed|ing)?)\b"
    r"(?: [^\s]+)* by[^.;]{0,16}$",
    re.IGNORECASE,
)


_OF_THE_BENCHMARK = re.compile(" ?的?(?:同期|累计|区间|整体)?(?:[涨升跌]幅|回报|收益|表现)")


def is_against_another(scene: Scene, number: NumberReading) -> bool:
    """Say whether a move is one against a benchmark: "outperformed it by 9%" is nobody's price."""
    if number.kind.measure != "price_change":
        return False
    block = scene.blocks[number.block]
    mention = block.numbers[number.at]
    at = mention.start
    before = block.text[block.clause(at)[0] : at]
    if _OF_THE_BENCHMARK.match(block.text, mention.end):
        return False
    return bool(_AGAINST_HAN.search(before) or _AGAINST.search(before))


_IN_A_STRETCH = re.compile(
    r" in (?:(?:early|mid|late)[ -])?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|20[0-9]{2}\b)"
)
_MEANWHILE = re.compile("^(?:在?此?期[内间]|同期|其间)")


def is_of_no_day(scene: Scene, number: NumberReading, metric: str) -> bool:
    """Say whether nothing tells the day: "closed at $379 in January", 期内上涨了15%."""
    block = scene.blocks[number.block]
    mention = block.numbers[number.at]
    if metric == "close_level":
        return _IN_A_STRETCH.match(block.text, mention.end) is not None
    if number.kind.measure != "price_change" or number.when.period not in ("day", "none"):
        return False
    start, _ = block.sentence(mention.start)
    return _MEANWHILE.match(block.text[start : mention.start]) is not None


def is_in_a_name(scene: Scene, number: NumberReading) -> bool:
    """Say whether it is part of a name: the S&P 500."""
    block = scene.blocks[number.block]
    mention = block.numbers[number.at]
    names = overlapping(block.names, mention.start, mention.end)
    return any(name.start <= mention.start and mention.end <= name.end for name in names)


def is_no_price(number: NumberReading) -> bool:
    """Say whether a level is not above zero: a column of changes that was taken for prices."""
    lowest = min(number.value) if isinstance(number.value, tuple) else number.value
    return number.kind.measure == "price_level" and lowest is not None and lowest <= 0


_PAIR = re.compile("[A-Z]{6}=X")
_FIRST_OF_PAIR = re.compile(
    r"(?:the |spot |即期|[离在]岸)*(?P<money>[a-z]+(?: (?:dollar|sterling|franc))?|[\u4e00-\u9fff]+?)"
    r"(?: ?[兑对/-].*| (?:against|versus|to|vs) .*|即期|汇率)*",
    re.IGNORECASE,
)


def is_of_the_other_currency(number: NumberReading) -> bool:
    """Say whether a move is that of the currency a pair is quoted in: a rise of the yen by 1%.

    USDJPY falls where the yen rises, and by another percentage.

    Examples
    --------
    >>> from springtide.reading.numbers.frame import Kind, Subject
    >>> kind = Kind(True, "price_change")
    >>> for name in ("yen", "美元兑日圆"):
    ...     one = NumberReading(0, 1, "1%", kind, 1.0, subjects=(Subject(name, "USDJPY=X"),))
    ...     print(is_of_the_other_currency(one))
    True
    False
    """
    pair, name = number.subject.id, number.subject.name
    if number.kind.measure != "price_change" or not _PAIR.fullmatch(pair):
        return False
    first = _FIRST_OF_PAIR.fullmatch(name)
    money = unit_of(first["money"])[0] if first else ""
    return money != "" and money.replace("CNH", "CNY") == pair[3:6].replace("CNH", "CNY")


_PLAIN_YUAN = re.compile("[0-9万萬億亿百千] ?元$")


def is_plain_yuan(scene: Scene, number: NumberReading, instrument: Instrument) -> bool:
    """Say whether 元 alone is the currency of the quote: Nvidia at 131.1元 is in dollars."""
    if number.unit not in ("CNY", "HKD") or instrument.kind not in ("stock", "etf"):
        return False
    return _PLAIN_YUAN.search(number.text) is not None


_AHEAD = Screened(
    r"若(?!干)|如果|倘|假如|一旦|有望|或将|或会|可能|料将|预计|预期|预料|有机会|将会|将(?=再?[升涨跌])"
    r"|\b(?:could|may|might|would|will|should|(?:poised|set|expected|likely|on pace|on track) to)\b",
    re.IGNORECASE,
)


def is_ahead(scene: Scene, number: NumberReading) -> bool:
    """Say whether the words before a number make it something to come: "could rise another 10%"."""
    block = scene.blocks[number.block]
    at = block.numbers[number.at].start
    first, _ = block.clause(at)
    return _AHEAD.search(block.text, lowered(block.text), first, at) is not None
