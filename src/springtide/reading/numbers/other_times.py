"""Words that make a number another day's, stretch's or hour's than it was read as of."""

from __future__ import annotations

import re

from springtide.reading.numbers.anothers import LOOK_BACK
from springtide.reading.numbers.frame import NumberReading
from springtide.reading.numbers.scene import BlockScene, Scene


def is_of_another_time(scene: Scene, block: BlockScene, number: NumberReading) -> bool:
    """Say whether words beside a number are against when it was read as of.

    Parameters
    ----------
    scene, block
        The article laid out, and where the number stands.
    number
        As it was read.
    """
    if number.kind.measure not in ("price_change", "price_level", "level", "record"):
        return False
    return (
        _is_of_the_day_just_named(block, number)
        or _is_of_another_weekday(block, number)
        or _is_under_a_week(scene, block, number)
        or _is_of_the_same_time(block, number)
        or _is_within_the_session(block, number)
        or _is_of_a_weekday(block, number)
        or _is_of_a_stretch_before(block, number)
        or _is_of_a_single_day(block, number)
        or _is_of_a_month_named_after(block, number)
        or _is_of_an_article_of_the_morning(scene, block, number)
        or _is_of_the_day_before(block, number)
        or _is_of_a_date_before(block, number)
        or _is_of_a_stretch_after(block, number)
        or _is_first_since_a_date(scene, block, number)
        or _is_of_a_row_of_percentages(block, number)
        or _is_of_then(block, number)
    )


DATE = 32
"""Characters within which a date follows: "hit Wednesday, Dec. 4, 2024"."""
SENTENCE = 80
"""Characters of what goes before a sentence in which its market or time may be named."""
_AFTER = 16


def is_of_one_day(number: NumberReading) -> bool:
    """Say whether a number was read as a move of one day or session."""
    return number.kind.measure == "price_change" and number.when.period in (
        "day", "session", "none",
    )  # fmt: skip


_SINCE_A_CLOSE = re.compile(
    r"(?:,|\bon [^,.;]{1,24}),? when (?:it|they|the [\w ]{1,24}) (?:last )?(?:closed|ended|settled|finished|traded|was|hit)"
    r" (?:at|up|down)? ?\W{0,3}$|(?:当[日天时]|该日)[收报升涨跌为,，]{1,3}$",
    re.IGNORECASE,
)


def _is_of_the_day_just_named(block: BlockScene, number: NumberReading) -> bool:
    """Say whether a figure is of the day named before it, and was read as of another.

    "Its highest close since Oct. 30, 2024, when it closed at $41.41", "...当日报23099.78点".
    """
    start = block.numbers[number.at].start
    if _SINCE_A_CLOSE.search(block.text, max(0, start - LOOK_BACK), start) is None:
        return False
    told = [one for one in block.dates if start - LOOK_BACK - DATE <= one.start < start]
    return not told or told[-1].last != number.when.as_of


_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
_WEEKDAY = re.compile(
    r"[ ,]{1,2}(?:points?|percent|per cent)?[ ,]{0,2}(?:on |last |this past )?(Mon|Tue|Wed|Thu|Fri)(?:[a-z]*day)\b",
    re.IGNORECASE,
)


def _is_of_another_weekday(block: BlockScene, number: NumberReading) -> bool:
    """Say whether the weekday right after a move is not that of its day: "fell 7% Wednesday"."""
    day = number.when.as_of
    named = _WEEKDAY.match(block.text, block.numbers[number.at].end)
    if named is None or day is None or not is_of_one_day(number):
        return False
    return _WEEKDAYS.index(named.group(1).casefold()) != day.weekday()


_OF_A_WEEK = re.compile(r"\bweek(?:ly|'s)?\b|本周|一周|上周|周度|全周", re.IGNORECASE)


def _is_under_a_week(scene: Scene, block: BlockScene, number: NumberReading) -> bool:
    """Say whether a heading near above speaks of a week and a move was read as of a day."""
    if not is_of_one_day(number):
        return False
    at = block.numbers[number.at].start
    start, end = block.sentence(at)
    told = _WEEK_TOLD.search(block.text, max(0, start - SENTENCE), start)
    if told is not None and _OF_A_DAY.search(block.text, start, end) is None:
        return True
    title = scene.article.blocks[0] if scene.article.blocks else None
    if title is not None and title.kind == "title" and _OF_A_WEEK.search(title.text) is not None:
        return _DAY_TOLD.search(block.text, start, end) is None
    above = scene.blocks[max(0, block.index - _HEADINGS) : block.index]
    return any(
        _OF_A_WEEK.search(one.text) is not None and len(one.text) <= _SHORT
        for one in above
        if one.block.kind in ("heading", "paragraph")
    )


_WEEK_TOLD = re.compile("首周|全周|本周[^，。；]{0,12}(?:累|表现|行情|回顾)")
_OF_A_DAY = re.compile("[今当昨次]日|周[一二三四五]|收|全天|早盘|午后|盘中")
_DAY_TOLD = re.compile(
    r"[今当昨次]日|周[一二三四五]|日[，,]|(?:Mon|Tues|Wednes|Thurs|Fri)day|\b(?:today|session)\b"
)
_HEADINGS, _SHORT = 3, 24

_SAME_TIME = re.compile(
    r"同期|同一?时[间期]|\bsame (?:period|time|span|stretch|timeframe)\b", re.IGNORECASE
)


def _is_of_the_same_time(block: BlockScene, number: NumberReading) -> bool:
    """Say whether a move is of the stretch of another: "同期, the other rose 17%"."""
    mention = block.numbers[number.at]
    start, end = block.sentence(mention.start)
    if number.kind.measure != "price_change":
        return False
    return _SAME_TIME.search(block.text, start, min(end, mention.end + LOOK_BACK)) is not None


_WITHIN = re.compile(r"盘中|一度|早盘|开盘|[高低]开")
_AT_CLOSE = re.compile(r"收|全[日天]|截至|终")


def _is_within_the_session(block: BlockScene, number: NumberReading) -> bool:
    """Say whether what was read as a close follows a moment of the session and no close.

    "盘中一度上涨11%，另一股上涨7.3%", "低开10点，报10616点".
    """
    if number.when.basis != "close":
        return False
    at = block.numbers[number.at].start
    start, _ = block.sentence(at)
    told = list(_WITHIN.finditer(block.text, start, at))
    return bool(told) and _AT_CLOSE.search(block.text, told[-1].end(), at) is None


_A_WEEKDAY = re.compile("(?:周|星期)[一二三四五](?![至到])[^，。；]{0,8}$")


def _is_of_a_weekday(block: BlockScene, number: NumberReading) -> bool:
    """Say whether a weekday stands before a move that was read as of a stretch: 上周五跌444点."""
    if is_of_one_day(number) or number.kind.measure != "price_change":
        return False
    at = block.numbers[number.at].start
    start, _ = block.clause(at)
    named = _A_WEEKDAY.search(block.text, start, at)
    return named is not None and "累" not in named.group()


_PARTED = re.compile(r"[；。;]|[.!?] ")
_STRETCHED = re.compile(
    r"累|[周月年季]|以来|至今|期间|\b(?:week|month|quarter|year|ytd|since|so far|to date|period)",
    re.IGNORECASE,
)


def _is_of_a_stretch_before(block: BlockScene, number: NumberReading) -> bool:
    """Say whether the stretch of a move stands in another part of a list or sentence.

    "纳指跌1.36%，本周累跌0.53%；道指跌0.99%": the last is of the day again.
    """
    at = block.numbers[number.at].start
    if number.kind.measure != "price_change" or is_of_one_day(number):
        return False
    if not any(name.startswith("carried") for name in number.when.told):
        return False
    parts = list(_PARTED.finditer(block.text, 0, at))
    start = parts[-1].end() if parts else 0
    return _STRETCHED.search(block.text, start, at + _AFTER) is None


def _is_of_a_single_day(block: BlockScene, number: NumberReading) -> bool:
    """Say whether a move of one day was read as that of a stretch: "7月曾单日暴跌35%"; what closes with it is a day's."""
    mention = block.numbers[number.at]
    start, _ = block.clause(mention.start)
    clause = block.text[start : mention.start]
    if number.kind.measure != "price_change" or is_of_one_day(number):
        return False
    closed = _CLOSED_AT.match(block.text, mention.end) is not None
    return "单日" in clause or (closed and _SUMMED.search(clause) is None)


_CLOSED_AT = re.compile("[，,] ?(?:收[于报在]|报[0-9])")
_SUMMED = re.compile("累|周|月|以来|至今|年内|年初")
_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
_MONTH_AFTER = re.compile(
    r"(?: per share| a share)?,? (?:back )?(?:in|on|from) (?:early[- ]|mid[- ]|late[- ])?"
    r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?:[a-z]*\b|\.)"
)


def _is_of_a_month_named_after(block: BlockScene, number: NumberReading) -> bool:
    """Say whether a price is that of a month named right after it, and was read as of another."""
    day, end = number.when.as_of, block.numbers[number.at].end
    named = _MONTH_AFTER.match(block.text, end)
    if named is None or day is None or number.kind.measure == "price_change":
        return False
    return _MONTHS.index(named.group(1).lower()) // 3 + 1 != day.month


_MORNING = re.compile(
    r"\bin (?:morning|early|midday|afternoon|premarket|London|European) (?:trad\w+|action|dealings?)\b|\bpre-?(?:market|bell)\b"
)
_CLOSES = re.compile(r"\b(?:clos|end|finish|settl)\w*", re.IGNORECASE)


def _is_of_an_article_of_the_morning(
    scene: Scene, block: BlockScene, number: NumberReading
) -> bool:
    """Say whether an article told of a session that runs, and the sentence tells of no close."""
    if number.when.basis != "close" or scene.article.language != "en":
        return False
    if not is_of_one_day(number):
        return False
    start, end = block.sentence(block.numbers[number.at].start)
    if _CLOSES.search(block.text, start, end) is not None:
        return False
    near = scene.blocks[max(0, block.index - _NEAR_BLOCKS) : block.index + 1]
    return any(_MORNING.search(one.text) is not None for one in near)


_NEAR_BLOCKS = 6


_THE_DAY_BEFORE = re.compile("(?<![较比])前一(?:个?交易)?[日天]|(?<![较比])上日")


def _is_of_the_day_before(block: BlockScene, number: NumberReading) -> bool:
    """Say whether a move is of the day before the one that is spoken of: 继前一日上涨8%后."""
    at = block.numbers[number.at].start
    start, _ = block.clause(at)
    return is_of_one_day(number) and _THE_DAY_BEFORE.search(block.text, start, at) is not None


_TOLD_THEN = re.compile(r"[^，。；]{0,6}(?:消息|讯|电|报道|晚|发布|公告|披露|宣布|以来|起|至|-|—)")


def _is_of_a_date_before(block: BlockScene, number: NumberReading) -> bool:
    """Say whether the date right before a move in its sentence is not the day it was read as of."""
    day, at = number.when.as_of, block.numbers[number.at].start
    if day is None or not is_of_one_day(number):
        return False
    start, _ = block.sentence(at)
    told = [one for one in block.dates if start <= one.start and one.end <= at]
    if not told or told[-1].first != told[-1].last or told[-1].last == day:
        return False
    return _TOLD_THEN.match(block.text, told[-1].end) is None


_LAST = re.compile(
    r"[^.;,。，；]{0,10}? (?:last(?: (?:year|month|week|quarter)\b|\W*$)"
    r"|(?:over|in|for|during) the (?:last|past|previous) (?:\w+ ){0,2}"
    r"(?:days|sessions|weeks|months|d$))"
)


def _is_of_a_stretch_after(block: BlockScene, number: NumberReading) -> bool:
    """Say whether a stretch after a move is not what it was read as of: "gains of 20% last year"."""
    if number.kind.measure != "price_change" or number.when.period not in (
        "day",
        "session",
        "none",
        "ytd",
    ):
        return False
    return _LAST.match(block.text, block.numbers[number.at].end) is not None


_FIRST_SINCE = re.compile("[日月年](?:以)?来(?:的)?(?:首|第一[次度]|再次|再度|最)")
_LONG_AGO = 10


def _is_first_since_a_date(scene: Scene, block: BlockScene, number: NumberReading) -> bool:
    """Say whether the date is that since which it is the first time: 去年10月来首次站上22000点."""
    day, today = number.when.as_of, scene.clock.day
    if day is None or (today - day).days <= _LONG_AGO:
        return False
    at = block.numbers[number.at].start
    return _FIRST_SINCE.search(block.text, block.sentence(at)[0], at) is not None


_BARE_ROW = 3
_NOTHING = re.compile(r"[\s|+\-−]*")


def _is_of_a_row_of_percentages(block: BlockScene, number: NumberReading) -> bool:
    """Say whether percentages stand in a row with nothing between: of a week, a month, a year.

    "S&P 500  6025.99  -0.24%  3.41%  2.45%": without a heading of its column none is the day's.
    """
    if block.block.headers or number.unit != "%" or not is_of_one_day(number):
        return False
    numbers, i = block.numbers, number.at
    first = last = i
    while first > 0 and _joins(block, first - 1):
        first -= 1
    while last + 1 < len(numbers) and _joins(block, last):
        last += 1
    return last - first + 1 >= _BARE_ROW


def _joins(block: BlockScene, i: int) -> bool:
    """Say whether a percentage and the number after it are two with nothing between."""
    one, other = block.numbers[i], block.numbers[i + 1]
    if not (one.text.endswith("%") and other.text.endswith("%")):
        return False
    return _NOTHING.fullmatch(block.text, one.end, other.start) is not None


_THEN = re.compile("当时[^，。；、]{0,8}$")


def _is_of_then(block: BlockScene, number: NumberReading) -> bool:
    """Say whether a move is of a time told before: 自去年12月11日以来最大，当时股价上涨7.6%."""
    at = block.numbers[number.at].start
    return _THEN.search(block.text, max(0, at - LOOK_BACK), at) is not None
