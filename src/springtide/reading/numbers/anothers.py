"""Words that make a number another's than whose it was read as: codes, parts, names in brackets."""

from __future__ import annotations

import re

from springtide.market import instruments
from springtide.reading.numbers.frame import NumberReading
from springtide.reading.numbers.scene import BlockScene
from springtide.reading.numbers.whose import pair_of

LOOK_BACK = 60
"""Characters before a number in which words still bear on it."""


def is_anothers(block: BlockScene, number: NumberReading) -> bool:
    """Say whether words beside a number are against whose it was read as.

    Parameters
    ----------
    block
        Where the number stands.
    number
        As it was read.
    """
    if number.kind.measure not in ("price_change", "price_level"):
        return False
    return (
        _is_of_another_code(block, number)
        or _is_of_another_part(block, number)
        or _is_told_beside_another(block, number)
        or _is_of_one_of_several(block, number)
        or _is_of_the_name_before_its_verb(block, number)
        or _is_turnover(block, number)
        or _is_compared(block, number)
        or _is_of_an_agency(block, number)
        or _is_owned_before(block, number)
        or _is_of_a_longer_name(block, number)
        or _is_one_of_two(block, number)
        or _is_of_a_sector(block, number)
        or _is_of_what_it_tracks(block, number)
    )


_CODE = re.compile(r"[(（]([A-Z]{2,6}) ?[:：] ?[A-Z0-9.&]+[)）]")
_EXCHANGES = frozenset(
    [
        "NASDAQ",
        "NYSE",
        "AMEX",
        "NYSEAMERICAN",
        "NYSEARCA",
        "ARCA",
        "HK",
        "HKG",
        "HKEX",
        "HKSE",
        "SEHK",
        "SS",
        "SH",
        "SHA",
        "SHSE",
        "SSE",
        "SHE",
        "SZ",
        "SZSE",
        "BSE",
        "CBOE",
        "BATS",
        "OTC",
        "OTCMKTS",
        "TSE",
        "TYO",
        "LSE",
        "LON",
        "ETR",
        "FRA",
        "EPA",
        "AMS",
        "SIX",
        "KRX",
        "KOSDAQ",
        "ASX",
    ]
)


def _is_of_another_code(block: BlockScene, number: NumberReading) -> bool:
    """Say whether a code of an exchange that no listing of the subject is of stands right before.

    "Kimberly-Clark de Mexico A (BMV:KIMBERA) rose 2.33%" is no move of the parent's share.
    """
    at = block.numbers[number.at].start
    start, _ = block.sentence(at)
    told = list(_CODE.finditer(block.text, max(start, at - LOOK_BACK), at))
    return bool(told) and told[-1].group(1) not in _EXCHANGES


_PART = re.compile(
    r"(?:['’]s)? (?:Australia|Japan|India|Indonesia|China|Canada|Europe|UK|Mexico|Brasil|Korea)\b"
    r"|['’]s (?:gauge|index|measure|world|all[- ]country)|[)）](?:板块|行业|指数)"
)
_UNDERLYING = re.compile(
    "标的指数|跟踪(?:的)?指数|[^，。；]{0,10}?(?:行业|板块)[(（]|\\bunderlying index\\b"
)
_OF_WHICH = re.compile(r"(?:India|Nikkei|Euro(?: Stoxx)?|European|Mini|Micro) $")
_WHOLE_MARKETS = frozenset({"美股", "港股", "A股", "美市", "港市"})


def _is_of_another_part(block: BlockScene, number: NumberReading) -> bool:
    """Say whether a name goes on to a listed part of the company, or is but part of another one.

    "Acme's Australia stock", "India VIX", 计算机（中信）板块; 美股 after a company is its shares there.
    """
    subject = number.subject
    if subject.block != block.index or subject.end < 0:
        return False
    name, at = block.text[subject.start : subject.end], block.numbers[number.at].start
    large = isinstance(number.value, float) and abs(number.value) >= _LARGE and number.unit == "%"
    if name in _WHOLE_MARKETS and large:
        return True
    return (
        _PART.match(block.text, subject.end) is not None
        or _UNDERLYING.search(block.text, subject.end, max(at, subject.end)) is not None
        or _OF_WHICH.search(block.text, 0, subject.start) is not None
    )


_LARGE = 5.0
"""Per cent that a whole market seldom moves by."""
_IN_BRACKETS = re.compile(r"[(（] ?(?:up|down|rose|fell|[+-]|涨|跌|升|[涨跌升]幅)? ?$")


_ENDS_A_NAME = re.compile(r"(?![点元日股倍个])[^\W\d_] ?$")


def _is_told_beside_another(block: BlockScene, number: NumberReading) -> bool:
    """Say whether a number in brackets stands right after another name: "Acme (up 5%), Bolt (up 17%)"."""
    at, subject = block.numbers[number.at].start, number.subject
    bracket = _IN_BRACKETS.search(block.text, max(0, at - _BRACKET), at)
    if bracket is None or subject.block != block.index or not 0 <= subject.end <= bracket.start():
        return False
    if not _ENDS_A_NAME.search(block.text, 0, bracket.start()):
        return False
    between = block.text[subject.end : bracket.start()]
    return ", " in between or "、" in between or "，" in between


_BRACKET = 8


def _is_of_one_of_several(block: BlockScene, number: NumberReading) -> bool:
    """Say whether whose it is stands in the sentence before, among other names.

    "甲获乙作保。收报5.44元": a sentence without a name goes on about one of those before it.
    """
    subject, at = number.subject, block.numbers[number.at].start
    start, _ = block.sentence(at)
    if subject.block != block.index or not 0 <= subject.start < start:
        return False
    first, end = block.sentence(subject.start)
    named = {one.ids for one in block.names if first <= one.start < end and one.ids}
    return len(named) > 1


_MOVE = re.compile(
    "(?:收|高收|低收|大|小幅|微|急|再|又|亦|也|则|均|续|倒|分别|逆市|逆势)*[涨跌升挫]"
)
_NOT_A_NAME = re.compile(
    "[该此这]一?(?:指数|股份?|基金|公司|板块|市场)|累计|交易日|季度|期间|同比|环比|[今昨当次前][日天年]|盘[中前后]|一度|收盘|收市|尾盘|日内|年内|年初至今|今年以来|[本上]周|周内|月内|全[周年天日]"
    "|最终|其后|随后|股价|[港美AHB]股|[涨跌升]幅|单日|早盘|午后|周[一二三四五]|年初|至今|以来|最[多高低]|曾|近|连续|报|约|逾|超|达|较|自"
    "|该|公司|其|[高低][点位]|[0-9]|[、.%％点元日月年个周天的由从至到在于]"
)


def _is_of_the_name_before_its_verb(block: BlockScene, number: NumberReading) -> bool:
    """Say whether a move of a list stands behind a name that is not whose it was read as.

    "小鹏汽车跌0.50%，某某控股跌1.63%": a name that no table holds owns the number after it.
    """
    subject, at = number.subject, block.numbers[number.at].start
    start, _ = block.clause(at)
    if subject.block != block.index or not 0 <= subject.end <= start:
        return False
    if not any(subject.end <= one.start < start for one in block.numbers):
        return False
    verb = _MOVE.search(block.text, start, at)
    if verb is None or verb.end() < at - _BRACKET or verb.start() - start > _LONGEST_NAME:
        return False
    left = _NOT_A_NAME.sub("", block.text[start : verb.start()])
    return len(left.strip(" ，,*[]()（）")) >= _LEAST_NAME


_LEAST_NAME, _LONGEST_NAME = 2, 10
_TURNOVER = re.compile(r"成交[^。；]{0,30}(?:减少|增加|放大|缩减|缩量|放量|减|增)[^。；\d]{0,4}$")


def _is_turnover(block: BlockScene, number: NumberReading) -> bool:
    """Say whether a change is that of what was traded: 成交2196亿元，较上日减少9.44%."""
    at = block.numbers[number.at].start
    return (
        number.kind.measure == "price_change"
        and _TURNOVER.search(block.text, max(0, at - LOOK_BACK), at) is not None
    )


_COMPARED = re.compile(r"\b(?:compared|versus|vs|against|outpac\w+|outperform\w+)\b")
_FOR_ANOTHER = re.compile(
    r"(?: (?:gain|rise|return|advance|increase|jump|climb|drop|fall|decline|loss)s?)?"
    r" (?:for|of) (?:the )?[A-Z]"
)


def _is_compared(block: BlockScene, number: NumberReading) -> bool:
    """Say whether a number is of what follows it: "compared with an advance of 23% for the index"."""
    mention, subject = block.numbers[number.at], number.subject
    start, _ = block.sentence(mention.start)
    if subject.block != block.index or not 0 <= subject.start < mention.start:
        return False
    return (
        _FOR_ANOTHER.match(block.text, mention.end) is not None
        and _COMPARED.search(block.text, start, mention.start) is not None
    )


_AGENCY = re.compile("(?:全球)?(?:料|预[料期测]|指出?|称|表示|认为|下调|上调|评级|报告|数据)")


def _is_of_an_agency(block: BlockScene, number: NumberReading) -> bool:
    """Say whether a name is the house that speaks, and not its index: 标普料今年租金跌8%."""
    subject = number.subject
    if subject.block != block.index or subject.end < 0:
        return False
    name = block.text[subject.start : subject.end]
    return name in ("标普", "标准普尔") and _AGENCY.match(block.text, subject.end) is not None


_OWNED = re.compile(r"['’]s (?:shares|stock|share price)\b[^.;]*$")


def _is_owned_before(block: BlockScene, number: NumberReading) -> bool:
    """Say whether "Acme's shares" stand before a number that was given to a name after it."""
    at, subject = block.numbers[number.at].start, number.subject
    start, _ = block.clause(at)
    if subject.block != block.index or subject.start < at:
        return False
    return _OWNED.search(block.text, start, at) is not None


_LONGER = re.compile(
    r"[A-Z][\w&.-]*(?: [A-Z][\w&.-]*)* (?:Index|ETF|Futures|Average|Composite)[^.;,\d]{0,30}$"
)


def _is_of_a_longer_name(block: BlockScene, number: NumberReading) -> bool:
    """Say whether an index or fund of another name stands right before the verb of a number."""
    at, subject = block.numbers[number.at].start, number.subject
    start, _ = block.sentence(at)
    named = _LONGER.search(block.text, max(start, at - LOOK_BACK), at)
    if named is None or subject.block != block.index or subject.end < 0:
        return False
    return not (named.start() - LOOK_BACK <= subject.start and subject.end > named.start())


_AND_ANOTHER = re.compile(r" ?(?:和|及|与|、|and) ?[0-9]+(?:\.[0-9]+)? ?(?:%|个百分点|percent)")


_AFTER_ANOTHER = re.compile(r"[0-9](?:%|个百分点| ?percent) ?(?:和|及|与|and) ?$")


def _is_one_of_two(block: BlockScene, number: NumberReading) -> bool:
    """Say whether two moves of one name stand side by side, as of two days: 涨幅达2.8%和2.53%."""
    if number.kind.measure != "price_change" or pair_of(block, number.at):
        return False
    mention = block.numbers[number.at]
    before = block.text[max(0, mention.start - _BRACKET) : mention.start]
    return (
        _AND_ANOTHER.match(block.text, mention.end) is not None
        or _AFTER_ANOTHER.search(before) is not None
    )


_SECTOR = re.compile(
    r"\b(?:sectors?|consumer|discretionary|staples|utilities|energy|technology|tech|financials"
    r"|materials|real estate|health ?care|industrials|communications?)\b[^.;\d]{0,40}$"
)


def _is_of_a_sector(block: BlockScene, number: NumberReading) -> bool:
    """Say whether a sector stands before a number that was given to the index of all."""
    at, subject = block.numbers[number.at].start, number.subject
    start, _ = block.clause(at)
    if not subject.id or instruments.of_id(subject.id).kind != "index":
        return False
    if subject.block == block.index and subject.start >= start:
        return False
    return _SECTOR.search(block.text, start, at) is not None


_TRACKED = re.compile(
    r"(?:跟踪|追踪|挂钩|对应)的?[^，。；]{2,24}?指数|\b(?:tracks?|tracking|follows) (?:the )?[^,.;]{2,40} index\b",
    re.IGNORECASE,
)


def _is_of_what_it_tracks(block: BlockScene, number: NumberReading) -> bool:
    """Say whether a move is that of the index that a fund follows: ETF（510000）跟踪的某指数升2%."""
    subject, at = number.subject, block.numbers[number.at].start
    if subject.block != block.index or not 0 <= subject.end <= at:
        return False
    return _TRACKED.search(block.text, subject.end, at) is not None
