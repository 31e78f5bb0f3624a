"""Constructions that say beyond doubt what a number is, whatever else it looks like.

"A 42% surge in deliveries" is of deliveries, "a 4.8% annual rate" of an economy's figure, and of
"a 60% chance that it falls 10%" the second is no chance.
"""

from __future__ import annotations

import re
from dataclasses import replace

from springtide.reading.numbers.frame import Kind
from springtide.reading.numbers.scene import BlockScene
from springtide.reading.numbers.sums import as_counted

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
_IN_AN_INTERVAL = re.compile(
    r"[0-9]% (?:confidence |prediction )?interval:? [^()]{0,24}$|[0-9]%的?(?:置信|预测)?区间(?:为|自)?[^（）()，。]{0,20}$"
)
_TO_THE_PRICE = re.compile(
    "[比较](?:最新|目前|现有|当前|现时)?(?:的)?(?:收盘价|收市价|股价|现价)[高低](?:出|于)?(?:[0-9.]+%[至到])?(?:超过|逾|约)?$"
)
_TO_SOME_PRICE = re.compile(
    r" (?:below|above) (?:a|an|any|some) (?:later|earlier|previous|prior) (?:close|high|low)\b"
)
_TURNED_BACK = re.compile("的?(?:情况下?|次数)?(?:会|曾)?(?:折返|掉头|回头)")
_LASTED = re.compile("的?(?:历时|持续)(?:得|时间)?更[长久]| (?:of them )?lasted longer")
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
    counted = as_counted(block, i, kind, start)
    if counted is not None:
        return counted
    if kind.measure in ("streak", "other") and _A_STRETCH.search(text, start, number.start):
        lasting = number.quantity is not None and number.quantity.unit in _DURATIONS
        if lasting and not _IN_A_ROW.match(text, number.end):
            return replace(kind, is_claim=False, measure="", why="time", sign=0, confidence=_SURE)
    if kind.measure == "target_price" and _AT_PRESENT.search(text, start, number.start):
        return replace(kind, measure="price_level", confidence=_SURE)
    if kind.measure in ("implied_move", "technical") and _TO_SOME_PRICE.match(text, number.end):
        return replace(kind, measure="other", confidence=_SURE)
    if kind.measure == "price_change":
        for side, pattern, measure in _NO_MOVES:
            behind = side == "after"
            said = (
                pattern.match(text, number.end)
                if behind
                else pattern.search(text, start, number.start)
            )
            if said is not None:
                return replace(kind, measure=measure, confidence=_SURE)
    if kind.measure in _PRICES and _AN_INDICATOR.search(text, start, number.start):
        return replace(kind, measure="macro", confidence=_SURE)
    extreme = kind.measure == "other" and before is not None and before.measure in _EXTREMES
    if extreme and _OTHER_END.fullmatch(text, block.numbers[i - 1].end, number.start):
        return replace(kind, measure="record", sign=1, confidence=_SURE)
    chanced = before is not None and before.measure == "probability"
    if chanced and kind.measure in ("probability", "other"):
        moves = _MOVES.search(text, block.numbers[i - 1].end, number.start)
        if moves is not None:
            sign = -1 if moves["down"] else 1
            return replace(kind, measure="price_change", sign=sign, confidence=_SURE)
    return kind


_NO_MOVES = (
    ("after", _OF_FIGURES, "fundamental_growth"),
    ("after", _AN_INTERVAL, "probability"),
    ("after", _A_RATE, "macro_growth"),
    ("before", _TO_THE_PRICE, "other"),  # 比最新收盘价高超过200%
    ("after", _A_PLACE, "other"),  # 比其后某个收盘价低20%的低位
    ("after", _TO_SOME_PRICE, "other"),  # a low that is 20% below a later close
    ("before", _IN_AN_INTERVAL, "probability"),  # 95% interval -6.3% to -1.0%
    ("after", _TURNED_BACK, "probability"),  # 来到此类价位时，53.5%折返
    ("after", _LASTED, "probability"),  # 过往升浪之中，估计有60%历时更长
    ("before", _A_BASIS, "other"),  # 合约年化基差率分别为0.8%
)
"""What a percentage is that was taken for a move, by words right after it or before it; the first counts."""

_SURE = 0.9
_EXTREMES = ("record",)
_OTHER_END = re.compile(
    r"(?:元|点)?(?:与|和|至|到|、|及)(?:其|最)?的?[高低](?:点|位)?(?:在|为)?"
    r"|,? (?:and|to) (?:a |its |the )?(?:52-week )?(?:high|low) (?:of |at )?"
)
"""From the one extreme to the other: 52周高点153美元与低点66美元."""
