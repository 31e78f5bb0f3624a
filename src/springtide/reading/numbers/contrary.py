"""Words that go against what a number was read as: of another day, hour, stretch or market.

The models may overlook a word that decides. What is said here makes no other reading of a number,
only a doubtful one, which may be supported and is never refuted.
"""

from __future__ import annotations

import re
from datetime import timedelta

from springtide.language.required import Screened
from springtide.language.scanning import lowered
from springtide.reading.numbers.anothers import LOOK_BACK, is_anothers
from springtide.reading.numbers.frame import NumberReading
from springtide.reading.numbers.other_times import (
    DATE,
    SENTENCE,
    is_of_another_time,
    is_of_one_day,
)
from springtide.reading.numbers.scene import BlockScene, Scene
from springtide.reading.numbers.whose import pair_of

CONTRARY = 0.03
"""Confidence of what was read of a number against words beside it: too low to be refuted."""


def is_contrary(scene: Scene, number: NumberReading) -> bool:
    """Say whether words beside a number are against its day, hour, stretch, market or owner.

    Parameters
    ----------
    scene
        The article laid out.
    number
        A number that was read as a claim.
    """
    block = scene.blocks[number.block]
    return (
        _is_cut_off(block, number)
        or _is_sum_of_days(block, number)
        or _is_of_a_stretch(block, number)
        or _is_of_writing(scene, block, number)
        or _is_out_of_hours(block, number)
        or _is_of_a_day_named_after(block, number)
        or _is_of_another_listing(block, number)
        or _is_of_a_list_without_its_names(block, number)
        or _is_of_many(block, number)
        or _is_denied(block, number)
        or _is_of_a_streak(number)
        or _is_of_a_day_told_elsewhere(scene, block, number)
        or _is_no_move(block, number)
        or _is_of_a_case(block, number)
        or _is_conditional(block, number)
        or is_anothers(block, number)
        or is_of_another_time(scene, block, number)
        or _is_to_be_watched(block, number)
        or _is_a_round_mark(block, number)
        or _is_passed(block, number)
    )


_DENIED = re.compile(
    "(?:未能?|没能|没有|无法|无力|难以|不曾)(?:再|有效|成功|一举|企稳)*"
    "(?:站上|站稳|突破|升穿|升破|重上|收复|越过|守住|守稳|跌破|跌穿|失守|收于|收在)"
    r"|\b(?:failed|failing|fails|unable|struggl\w+|(?:did|has|have|does)(?: not|n't)|yet|short of)\b"
    r" [^,.;\d]{0,24}(?=\d)",
    re.IGNORECASE,
)


def _is_denied(block: BlockScene, number: NumberReading) -> bool:
    """Say whether a price is one that was not passed: 未能站上22000点, "failed to close above"."""
    if number.kind.measure not in ("level", "price_level", "target_price", "other"):
        return False
    mention = block.numbers[number.at]
    start, _ = block.clause(mention.start)
    return _DENIED.search(block.text, start, mention.end) is not None


_MANY = re.compile("(?:多|数|[逾超][0-9十百千]+|[0-9]{2,}|[十百千])余?(?:只|家|股)[^，。；]*$")


def _is_of_many(block: BlockScene, number: NumberReading) -> bool:
    """Say whether a move is one of many that are counted: 多只个股涨超3%, 逾百股涨超10%."""
    mention = block.numbers[number.at]
    start, _ = block.clause(mention.start)
    if number.kind.measure != "price_change":
        return False
    return _MANY.search(block.text, start, mention.start) is not None


_CUT = re.compile(r"\s*点?(?:\.{2,}|…)")
_CUT_BEHIND = re.compile(
    r"(?: (?:in|since|over|for|from|during|on|at|this|so far|the|an?|past|last)){1,3} ?(?:\.{2,}|…)"
)


def _is_cut_off(block: BlockScene, number: NumberReading) -> bool:
    """Tell where a summary is cut off in a number or what it is of: "报10...", "up 36% in..."."""
    mention = block.numbers[number.at]
    cut = mention.text[-1:].isdigit() and _CUT.match(block.text, mention.end) is not None
    return cut or _CUT_BEHIND.match(block.text, mention.end) is not None


_SUM = re.compile(
    r"累计|累[升涨跌挫]|同期|合计|\bsame (?:period|time)\b|\bcumulative", re.IGNORECASE
)


def _is_sum_of_days(block: BlockScene, number: NumberReading) -> bool:
    """Say whether words make a move one of several days where it was read as of one."""
    mention = block.numbers[number.at]
    start, _ = block.clause(mention.start)
    return is_of_one_day(number) and bool(_SUM.search(block.text, start, mention.end))


_STRETCH = re.compile(
    "首周|全周|财报周|[两三四五六七八九十]连[涨跌阳阴]"
    r"|[两三四五六七八九十\d]+(?:天|日|个交易日)(?:之内|内|里)"
    r"|(?<![\d月])[两三四五六七八九十\d]\s?[日天](?:[涨跌升挫飙累大]|连|股价)"
    r"|(?:[从自][^，。；]{2,14}到|相比|较(?:春节|节)前|较[^，。；]{0,6}(?:高点|巅峰|峰值|高位|低点|时期))[^。；]{0,14}|[两三四五六七八九十\d]个(?:多)?(?:星期|月)[上升涨下跌累]"
    r"|\b(?:for|on|in|over|during) (?:the|a|this) (?:\w+ )?week\b|\b(?:tripled|doubled)\b|翻倍|以来|\bsince \w+'?s? "
)


def _is_of_a_stretch(block: BlockScene, number: NumberReading) -> bool:
    """Say whether a stretch of days is named in the sentence of what was read as a day's move."""
    mention = block.numbers[number.at]
    start, end = block.sentence(mention.start)
    last = block.numbers[number.at - 1].end if number.at else start
    return is_of_one_day(number) and bool(
        _STRETCH.search(block.text, start, min(end, mention.end + _AFTER))
        or _SO_FAR.search(block.text, max(start, last), mention.start)
    )


_AFTER = 16
_SO_FAR = re.compile(r"[年月周]初至今|今年以来|年初以来|\byear[- ]to[- ]date\b", re.IGNORECASE)
"""Counts for the first number after it: "今年以来涨20%，今日涨2%"."""

_WRITING = re.compile(
    r"截[至止](?:发稿|目前)|中午收|午间收|半日收|发稿时|[现暂]报|现[价涨跌升]|暂[升涨跌]|\b(?:at the time of|as of) writing\b"
    r"|\b(?:shares|stock) (?:(?:in|of) [\w. ]{2,24} )?(?:rise|fall|climb|drop|jump|slip|gain|edge|surge|trade|tumble)s?\b"
    r"|\b(?:was|were) last (?:up|down)\b|\brecently (?:up|down|trad\w+|at)\b",
    re.IGNORECASE,
)


def _is_of_writing(scene: Scene, block: BlockScene, number: NumberReading) -> bool:
    """Say whether a price is that of the moment of writing, whenever the article was published."""
    if number.when.basis != "close":
        return False
    mention = block.numbers[number.at]
    first, _ = block.sentence(mention.start)
    chinese = scene.article.language != "en"
    if block.block.kind == "title" and not chinese:  # headlines say all in the present
        return False
    # What parts a list by semicolons is of the same moment.
    start = block.text.rfind("。", 0, mention.start) + 1 if chinese else first
    return _WRITING.search(block.text, start, mention.end) is not None


_OUT_OF_HOURS = Screened(
    r"盘前|盘后|夜盘|夜期|市后延长|\bpre-?market\b|\bpost-?market\b|\bafter[- ]hours?\b"
    r"|\bextended (?:trading|session|hours)|\blate trading\b|\b(?:early|morning) (?:action|trad(?:e|ing))\b"
    r"|\bafternoon trade\b|\bbefore the (?:bell|open)\b|\bafter (?:the )?(?:market )?(?:close|bell)\b"
    r"|\bmarket's close\b|\bfutures (?:up|down|rise|fall|edge|slip|gain)\w*:",
    re.IGNORECASE,
)
_NEARBY = 60


def _is_out_of_hours(block: BlockScene, number: NumberReading) -> bool:
    """Say whether trade outside of the session is named beside what was read as its close."""
    if number.when.basis != "close":
        return False
    mention = block.numbers[number.at]
    start, end = block.sentence(mention.start)
    start, end = max(start, mention.start - _NEARBY), min(end, mention.end + _NEARBY)
    return _OUT_OF_HOURS.search(block.text, lowered(block.text), start, end) is not None


_NAMED_AFTER = re.compile(
    r" (?:hit|set|reached|touched) (?:on )?(?:Mon|Tue|Wed|Thu|Fri|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
)


def _is_of_a_day_named_after(block: BlockScene, number: NumberReading) -> bool:
    """Say whether a price is that of the day right after it: "its high of 45,014 hit Dec. 4"."""
    end = block.numbers[number.at].end
    named = _NAMED_AFTER.match(block.text, end)
    if named is None or number.kind.measure == "price_change":
        return False
    told = [one for one in block.dates if end <= one.start < end + DATE]
    return not told or any(one.last != number.when.as_of for one in told)


_STREAK = re.compile("连[续升涨跌阳阴挫]")


def _is_of_a_streak(number: NumberReading) -> bool:
    """Say whether a stretch is but how long a streak is: "up 908 points, up for four weeks"."""
    when = number.when
    return when.period not in ("day", "session", "none") and bool(_STREAK.search(when.words))


_LONG_AGO = timedelta(days=14)


def _is_of_a_day_told_elsewhere(scene: Scene, block: BlockScene, number: NumberReading) -> bool:
    """Say whether a price is taken for that of a day long ago which another paragraph names."""
    published, day = scene.clock.published, number.when.as_of
    if published is None or day is None or number.when.period not in ("day", "session", "none"):
        return False
    return published.date() - day > _LONG_AGO and not block.dates


_ELSEWHERE = re.compile("折合|ADR|预托证券|中概|金龙|美股")


def _is_of_another_listing(block: BlockScene, number: NumberReading) -> bool:
    """Say whether a sentence speaks of receipts or of New York where Hong Kong's price was taken."""
    if not number.subject.id.endswith(".HK"):
        return False
    start, end = block.sentence(block.numbers[number.at].start)
    return _ELSEWHERE.search(block.text, max(0, start - SENTENCE), end) is not None


_SEVERAL = re.compile(r"分别|依次|\brespectively\b")
_ALIKE = re.compile(r"[^，。；：:a-zA-Z]*(?:[0-9.%％、，和及与至,\s-]|个?百分点|点|元)*")
_UNTIL = re.compile(r"(?:[0-9.,%$€£¥+\s-]|percent|points?|and|per ?cent)*\brespectively\b")


def _is_of_a_list_without_its_names(block: BlockScene, number: NumberReading) -> bool:
    """Say whether a number stands in a list of names and numbers whose counts do not agree.

    The list begins at 分别, or ends at "respectively"; what else a sentence says is not of it.
    """
    mention = block.numbers[number.at]
    start, end = block.sentence(mention.start)
    if pair_of(block, number.at):
        return False
    told = list(_SEVERAL.finditer(block.text, start, end))
    return any(
        _UNTIL.match(block.text, mention.end, one.end()) is not None
        if one.group() == "respectively"
        else one.end() <= mention.start
        and _ALIKE.fullmatch(block.text, one.end(), mention.start) is not None
        for one in told
    )


_NO_MOVE = re.compile(r"(?:振幅|波幅|折让|溢价)[^，。；\d]{0,8}$|(?:[跌挫降]幅)[^，。；\d]{0,8}$")


def _is_no_move(block: BlockScene, number: NumberReading) -> bool:
    """Say whether a figure is a range and no move, or a fall that was taken for a rise."""
    if number.kind.measure != "price_change":
        return False
    start = block.numbers[number.at].start
    named = _NO_MOVE.search(block.text, max(0, start - LOOK_BACK), start)
    if named is None:
        return False
    falls = named.group()[0] in "跌挫降"
    return not falls or (isinstance(number.value, float) and number.value > 0)


_CASE = re.compile(r"\b[Oo]n this news\b|\b[Ff]ollowing this news\b|\bclass period\b")


def _is_of_a_case(block: BlockScene, number: NumberReading) -> bool:
    """Say whether a move is one that lawyers tell of, long past: "on this news, shares fell 15%"."""
    start, end = block.sentence(block.numbers[number.at].start)
    return _CASE.search(block.text, start, end) is not None


_IF = re.compile(
    r"(?:若|如果|假如|一旦|倘|只要|(?<!尤)其[余馀])[^，。；]*$|\b(?:if|should|once|unless)\b[^,.;]*$"
)


def _is_conditional(block: BlockScene, number: NumberReading) -> bool:
    """Say whether a figure stands in a condition, or is of the rest: 若升至22000点, 其余升2%."""
    at = block.numbers[number.at].start
    start, _ = block.clause(at)
    if number.kind.measure not in ("price_change", "price_level", "target_price"):
        return False
    return _IF.search(block.text, start, at) is not None


_NEXT_TO = 16
_WATCHED = re.compile(r"(?:留意|上望|下望|关注|看好|挑战)[^，。；\d]{0,6}$")
_LINE = re.compile(r"(?:目标|阻力|支持|支撑|压力|上轨|下轨)[^，。；\d]{0,6}$")


def _is_to_be_watched(block: BlockScene, number: NumberReading) -> bool:
    """Say whether a price is one to come that was taken for one that was: 先留意22000点."""
    at, measure = block.numbers[number.at].start, number.kind.measure
    before = max(0, at - _NEXT_TO)
    if measure not in ("price_level", "level"):
        return False
    if _WATCHED.search(block.text, before, at) is not None:
        return True
    return measure == "price_level" and _LINE.search(block.text, before, at) is not None


_MARK = re.compile(r"点?(?:大?关口?|整数)|点?[升涨跌]幅[^，。；]{0,3}(?:化灰|蒸发|收窄|全失|尽失)")


def _is_a_round_mark(block: BlockScene, number: NumberReading) -> bool:
    """Say whether a number is a mark that was passed or lost, or a gain that is gone: 失22000关."""
    is_price = number.kind.measure in ("price_change", "price_level", "level")
    return is_price and _MARK.match(block.text, block.numbers[number.at].end) is not None


_PASSED = re.compile(r"(?:失守|跌破|跌穿|升穿|升破|突破|站上|重上|冲破|收复) ?$")


def _is_passed(block: BlockScene, number: NumberReading) -> bool:
    """Say whether a price was passed and not reached, and read as a price that was: 失守2800点."""
    at = block.numbers[number.at].start
    is_price = number.kind.measure in ("price_level", "level") and number.comparator == "="
    return is_price and _PASSED.search(block.text, max(0, at - 4), at) is not None
