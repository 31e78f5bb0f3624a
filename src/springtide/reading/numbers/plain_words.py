"""Constructions that say beyond doubt what a number is, whatever else it looks like.

"A 42% surge in deliveries" is of deliveries, "a 4.8% annual rate" of an economy's figure, and of
"a 60% chance that it falls 10%" the second is no chance.
"""

from __future__ import annotations

import re
from dataclasses import replace

from springtide.reading.numbers.frame import Kind
from springtide.reading.numbers.scene import BlockScene

_OF_FIGURES = re.compile(
    r" (?:surge|rise|increase|jump|gain|growth|drop|decline|fall|decrease|slump|plunge|slide) in "
    r"(?:[\w\-&']+ ){0,4}?(?:deliveries|sales|revenues?|profits?|earnings|income|orders|bookings|"
    r"shipments|output|production|exports|imports|costs|spending|subscribers|users|bookings)\b",
    re.IGNORECASE,
)
_A_RATE = re.compile(r" (?:annual|annuali[sz]ed) (?:rate|pace)\b", re.IGNORECASE)
_AN_INTERVAL = re.compile(
    r" (?:(?:confidence|prediction|credible) )?(?:intervals?|bands?|bounds?)\b|的?(?:置信|预测)?区间",
    re.IGNORECASE,
)
_TO_THE_PRICE = re.compile(
    "比(?:最新|目前|现有|当前|现时)?(?:的)?(?:收盘价|收市价|股价|现价)[高低](?:出|于)?(?:超过|逾|约)?$"
)
_A_BASIS = re.compile("基差率?[^，。；]*$|年化[升贴]水率?[^，。；]*$")
_A_PLACE = re.compile("的[高低][位点]")
_AN_INDICATOR = re.compile(
    "(?:信心|景气|情绪|物价|采购经理人?|制造业|服务业|活动|先行|领先)(?:景气|信心)?指数[^，。；0-9]{0,6}$"
)
_MOVES = re.compile(
    r"\b(?P<down>falls?|drops?|declines?|slides?|tumbles?|loses?)(?: by| about| more than)? $|"
    r"\b(?:rises?|gains?|climbs?|jumps?|rallies|advances?)(?: by| about| more than)? $"
)
_PRICES = ("price_change", "price_level")
_A_STRETCH = re.compile(
    r"(?:近|过去|最近)的?$|\b(?:last|past|previous|preceding|trailing) $", re.IGNORECASE
)
_DURATIONS = frozenset({"sessions", "days", "weeks", "months", "quarters", "years"})
_IN_A_ROW = re.compile("的?[连累]?连|[- ](?:straight|consecutive|successive|winning|losing)")
"""近20个交易日 is a stretch, 过去5日连升 a streak."""
_AT_PRESENT = re.compile(
    r"(?:目前|当前|现时|现在)的?约?$|\b(?:from (?:its |the )?|at (?:its |the )?)current(?: level| price)?(?: of)? $"
)


def as_said(block: BlockScene, i: int, kind: Kind, before: Kind | None) -> Kind:
    """Return what a number is by such a construction, the kind as chosen where there is none.

    Parameters
    ----------
    block, i, kind
        Which number of which block, and what it was taken for.
    before
        What the number before it in the block was taken for.
    """
    number, text = block.numbers[i], block.text
    start, _ = block.clause(number.start)
    if kind.measure in _QUOTED and _is_a_rate_of_banks(block, i):
        return replace(kind, measure="macro", confidence=_SURE)
    if kind.measure in _VALUED and _is_worth(block, i):
        return replace(kind, measure="market_cap", confidence=_SURE)
    if text.startswith(" = ", number.end) or text.startswith(" = ", number.start - 3):
        converted = text.startswith(" = ", number.start - 3)
        if converted and number.quantity is not None:
            return replace(kind, is_claim=True, measure="fx", why="", sign=1, confidence=_SURE)
        return replace(kind, is_claim=False, measure="", why="other", sign=0, confidence=_SURE)
    if kind.measure == "other" and text.startswith("月", number.end):
        return replace(kind, is_claim=False, measure="", why="time", sign=0, confidence=_SURE)
    if kind.measure in ("streak", "other") and _A_STRETCH.search(text, start, number.start):
        lasting = number.quantity is not None and number.quantity.unit in _DURATIONS
        if lasting and not _IN_A_ROW.match(text, number.end):
            return replace(kind, is_claim=False, measure="", why="time", sign=0, confidence=_SURE)
    if kind.measure == "target_price" and _AT_PRESENT.search(text, start, number.start):
        return replace(kind, measure="price_level", confidence=_SURE)
    if kind.measure == "price_change" and _OF_FIGURES.match(text, number.end):
        return replace(kind, measure="fundamental_growth", confidence=_SURE)
    if kind.measure == "price_change" and _AN_INTERVAL.match(text, number.end):
        return replace(kind, measure="probability", confidence=_SURE)
    if kind.measure == "price_change" and _A_RATE.match(text, number.end):
        return replace(kind, measure="macro_growth", confidence=_SURE)
    if kind.measure == "price_change" and _TO_THE_PRICE.search(text, start, number.start):
        return replace(kind, measure="other", confidence=_SURE)  # 比最新收盘价高超过200%
    if kind.measure == "price_change" and _A_PLACE.match(text, number.end):
        return replace(kind, measure="other", confidence=_SURE)  # 比其后某个收盘价低20%的低位
    if kind.measure == "price_change" and _A_BASIS.search(text, start, number.start):
        return replace(kind, measure="other", confidence=_SURE)  # 合约年化基差率分别为0.8%
    if kind.measure in _PRICES and _AN_INDICATOR.search(text, start, number.start):
        return replace(kind, measure="macro", confidence=_SURE)
    chanced = before is not None and before.measure == "probability"
    if chanced and kind.measure in ("probability", "other"):
        moves = _MOVES.search(text, block.numbers[i - 1].end, number.start)
        if moves is not None:
            sign = -1 if moves["down"] else 1
            return replace(kind, measure="price_change", sign=sign, confidence=_SURE)
    return kind


_SURE = 0.9
_QUOTED = ("price_change", "price_level", "bond_yield", "other", "level", "holding")
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
