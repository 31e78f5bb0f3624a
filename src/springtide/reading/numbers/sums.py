"""Sums and rates that are no prices, although they look like some: what their words make of them.

Billions are what a company is worth, percentages of banks are rates, 12 flats change hands as shares
do, and a dividend's yield is no bond's.
"""

from __future__ import annotations

import re
from dataclasses import replace

from springtide.reading.numbers.flows import way_of
from springtide.reading.numbers.frame import Kind
from springtide.reading.numbers.scene import BlockScene

_SURE = 0.9


def as_counted(block: BlockScene, i: int, kind: Kind, start: int) -> Kind | None:
    """Return what a sum or a rate is by the words around it, None where they do not say.

    Parameters
    ----------
    block, i, kind
        Which number of which block, and what it was taken for.
    start
        Where its clause begins.
    """
    number, text = block.numbers[i], block.text
    if kind.measure == "price_level" and _COLUMN.fullmatch(_heading(block, number.start)):
        return replace(kind, measure="price_change", confidence=_SURE)
    if kind.measure in _QUOTED and _is_a_rate_of_banks(block, i):
        return replace(kind, measure="macro", confidence=_SURE)
    if kind.measure in _TRADED and _is_of_goods(block, i):
        return replace(kind, measure="other", confidence=_SURE)
    doubled = kind.measure == "price_change" and _MULTIPLIED.match(text, number.start)
    if doubled and _ITS_OBJECT.match(text, number.end):
        return replace(kind, measure="other", confidence=_SURE)  # doubled the quantum of it
    low = max(start, number.start - _NEAR)
    if kind.measure in _YIELDS and _OF_DIVIDENDS.search(text, low, number.start):
        return replace(kind, measure="valuation", sign=1, confidence=_SURE)
    if kind.measure in _IN_MONEY and _TARGETS.search(text, start, number.start):
        return replace(kind, measure="target_price", confidence=_SURE)
    if kind.measure in _PRICES and _ON_ITS_WAY.search(text, start, number.start):
        return replace(kind, measure="other", confidence=_SURE)
    if kind.measure == "flow" and _is_small_change(block, i) and not way_of(block, i):
        return replace(kind, measure="price_level", sign=1)
    if kind.measure in ("turnover", "flow") and _counts_shares(block, i):
        return replace(kind, measure="other", confidence=_SURE)
    if kind.measure in _VALUED and _is_worth(block, i):
        return replace(kind, measure="market_cap", confidence=_SURE)
    if text.startswith(" = ", number.end) or text.startswith(" = ", number.start - 3):
        converted = text.startswith(" = ", number.start - 3)
        if converted and number.quantity is not None:
            return replace(kind, is_claim=True, measure="fx", why="", sign=1, confidence=_SURE)
        return replace(kind, is_claim=False, measure="", why="other", sign=0, confidence=_SURE)
    if kind.measure == "other" and text.startswith("月", number.end):
        return replace(kind, is_claim=False, measure="", why="time", sign=0, confidence=_SURE)
    return None


_NEAR = 40
_PRICES = ("price_level", "level", "target_price")
_ON_ITS_WAY = re.compile(
    r"\b(?:on (?:pace|track|course)|poised) to (?:hit|reach|touch|top)[^.;,0-9]{0,12}$"
)
"""What a price is on its way to has not happened, and nobody's target is told."""
_FEW = 12


def _is_small_change(block: BlockScene, i: int) -> bool:
    """Say whether money is too little for a flow: Acme的港股接近9港元 is a price."""
    quantity = block.numbers[i].quantity
    if quantity is None or len(quantity.unit) != len("USD") or not quantity.unit.isupper():
        return False
    return quantity.scale == 1 and not isinstance(quantity.value, tuple) and quantity.value < _SMALL


_SMALL = 1000


def _counts_shares(block: BlockScene, i: int) -> bool:
    """Say whether shares are counted by name and not by number: ATMX四股, 三股齐升."""
    number = block.numbers[i]
    quantity = number.quantity
    if quantity is None or quantity.unit != "shares" or isinstance(quantity.value, tuple):
        return False
    return quantity.scale == 1 and quantity.value <= _FEW and not number.text[:1].isdigit()


_YIELDS = ("bond_yield", "other", "fundamental")
_TRADED = ("turnover", "flow", "price_level", "market_cap")
_MULTIPLIED = re.compile("(?:doubl|tripl|quadrupl|halv)", re.IGNORECASE)
_ITS_OBJECT = re.compile(
    r" (?:the|its|their|his|her|our|down)\b(?! (?:past|last|value|price|share|week|year))"
)
_OF_DIVIDENDS = re.compile(
    r"\b(?:forward|dividend|distribution|trailing) yields?\b[^0-9;.]{0,20}$", re.IGNORECASE
)
_IN_MONEY = ("fx", "price_level", "level", "other")
_TARGETS = re.compile(
    r"price targets? (?:(?:ranging|range[sd]?) from|of|to|at|from)\b[^.;,]*$", re.IGNORECASE
)


def _is_of_goods(block: BlockScene, i: int) -> bool:
    """Say whether money or a count is of flats, shops or seized goods: 98伙套現1.2億元."""
    number = block.numbers[i]
    if number.quantity is None or number.quantity.unit in ("%", "points", "shares"):
        return False
    said = block.hits.within(*block.sentence(number.start))
    return any("goods" in hit.classes for hit in said)


_COLUMN = re.compile(
    r"(?:net |% |daily )?(?:change|chg)(?: %)?|涨跌额?|升跌|变动|涨跌幅(?:[（(]%[)）])?",
    re.IGNORECASE,
)


def _heading(block: BlockScene, at: int) -> str:
    """Return the heading of the column that a number of a table stands in, "" for none."""
    for column, (start, end) in enumerate(block.block.cells):
        if start <= at < end:
            headers = block.block.headers
            return headers[column].strip() if column < len(headers) else ""
    return ""


_QUOTED = (
    "price_change", "price_level", "bond_yield", "other", "level", "holding", "valuation",
)  # fmt: skip
_VALUED = ("price_level", "level", "target_price", "valuation", "other")
_BILLIONS = 1e8


def _is_a_rate_of_banks(block: BlockScene, i: int) -> bool:
    """Say whether a percentage is of a rate between banks or of deposits: 隔夜拆息跌至3.1厘."""
    number = block.numbers[i]
    if number.quantity is None or number.quantity.unit not in ("%", "bp"):
        return False
    before = block.hits.within(block.sentence(number.start)[0], number.start)
    said = [hit for hit in before if not _RATES.isdisjoint(hit.classes)]
    return bool(said) and "interbank" in said[-1].classes


_RATES = frozenset({"interbank", "bond", "index_word", "share_word", "commodity"})


def _is_worth(block: BlockScene, i: int) -> bool:
    """Say whether billions are what all shares are worth: 市值跌至2.9萬億美元, 重回万亿市值."""
    number, text = block.numbers[i], block.text
    quantity = number.quantity
    if quantity is None or quantity.scale < _BILLIONS:
        return False
    if text.startswith(("市值", "的市值", "总市值"), number.end):
        return True
    if not quantity.unit.isupper() and not _MONEY.match(text, number.end):
        return False
    start, _ = block.clause(number.start)
    if _PRICED_AT.search(text, start, number.start):
        return True
    first, _ = block.sentence(number.start)
    said = block.hits.within(first, number.start)
    kinds = [hit.classes for hit in said if not _OTHER_SUMS.isdisjoint(hit.classes)]
    return (
        bool(kinds)
        and "market_cap" in kinds[-1]
        and _REACHES.search(text, start, number.start) is not None
    )


_MONEY = re.compile(" ?(?:美元|港元|元|人民币|日元)")
_PRICED_AT = re.compile(
    r"(?:(?<![高低])估值|市值)(?:已|曾|目前|最新|一度|也|将|或|当前)*(?:[达为至到约超逾近升涨飙攀跌降突破高于]|回落)*$"
    r"|(?:\bvaluation (?:of|at)|\bvalu(?:ed|ing it|ing the company) at)(?: about| around| nearly| over| more than)? ?$",
    re.IGNORECASE,
)
_REACHES = re.compile(
    r"(?:[至到达为]|突破|站上|升穿|跌破|失守|超越?|重[上回返]|逾|近|约|大关|门槛)$|\b(?:to|at|of|above|below|past|over|topped|hit|the|surpass\w*|"
    r"exceed\w*|reach\w*|cross\w*|under)(?: the| a| about| around| nearly)? ?$"
)
_OTHER_SUMS = frozenset({"market_cap", "turnover", "flow", "fundamental", "deal", "quote"})
