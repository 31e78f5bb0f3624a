"""Numbers in words that measure nothing by their form: 三连升, "fifth straight", 两家, 第二, "once".

What has a unit (三成, "half a point", 万亿元) is read in the language room; here are the words that
count something, put it in order, or make a streak of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from springtide.language.cues import cue_before
from springtide.language.numerals import ENGLISH_NUMBERS, ENGLISH_ORDINALS, han_number
from springtide.language.required import Screen
from springtide.language.scanning import Anchored, expression, plain_words, words_pattern
from springtide.language.tolerance import comparator, interval
from springtide.language.types import Quantity

Word = tuple[int, int, str, Quantity | None]
"""Start, end, shape and value of a number in words."""

_HAN = "[零一二两三四五六七八九十百千万亿廿卅]"
_MOVE = "[升涨跌阳阴板扬红挫降增减买卖弹绿]"
_STRETCH = "交易日|个交易日|个?星期|个?礼拜|个?月|个?季度?|日|天|周|年"
_UNITS = {
    "交易日": "sessions",
    "日": "sessions",
    "天": "sessions",
    "周": "weeks",
    "星期": "weeks",
    "礼拜": "weeks",
    "月": "months",
    "季": "quarters",
    "季度": "quarters",
    "年": "years",
}

# Words that begin with a numeral and are a name or another word: 百度, 四川, 十分.
_NO_NUMBER = (
    "百[度胜货济分川姓威合搭丽]|万[科达国华豪一事洲宁润]|[亿][纬邦航咖]|千[金禧寻方]|十[分足]"
    "|三[星菱井峡安一亚全]|四[川维环]|五[粮矿菱]|六[福合]|七[匹牌]|八[达]|九[龙毛号]|两[岸极]"
    "|一[些直定般样致旦起切向心带边面再]|万分|百分"
)

_HAN_WORDS = expression(
    rf"(?=[{_HAN[1:-1]}{_MOVE[1:-1]}0-9续第上下正初前近创数几半双低中高单])(?:"
    rf"(?P<streak>(?:{_HAN}{{1,3}}|\d{{1,2}})连{_MOVE}+)"
    rf"|(?<=连)续?{_MOVE}{{0,2}}(?P<nth>第(?:{_HAN}{{1,3}}|\d{{1,2}})(?:{_STRETCH}))"
    rf"|(?P<quarter>第[一二三四1-4]季度?|(?<![{_HAN[1:-1]}])[一二三四]季[度报]|[上下]半年|正月初?{_HAN}+"
    rf"|初{_HAN}{{1,2}}|[五十]一(?=黄金|假期|长假|[”\"、旅小]))"
    rf"|(?P<order>第{_HAN}{{1,4}}[大次个家款位名轮类种点]?|前[三五十二四六七八九百][大名强位]?)"
    r"|(?P<item>[一二三四五六七八九]是)"
    r"|(?P<near>(?:近|创)(?:近)?(?P<count>\d{1,2}|[一二三四五六七八九十两]{1,2})个?月(?=[以来的]{0,2}新[高低]))"
    rf"|(?P<some>十?(?<!指)[数几](?!一)[十百千万亿个年天周月日家次]+(?:美元|港元|元|人|点)?|几[年天周月日家次]|半(?:小时|日|天)(?!新))"
    rf"|(?P<double>双[方双万])|(?P<digits>[低中高]?单位数|两位数|双位数)"
    rf"|(?P<word>{_HAN}+)(?P<counter>[是个人家只次种类款项轮名位场届批条件部部座间枚张周手级线代]?))"
)

_COUNTED = frozenset("个人家只次种类款项轮名位场批条件部座间枚张")

_ORDINAL = words_pattern([*ENGLISH_ORDINALS])
_CARDINAL = words_pattern(
    [w for w in ENGLISH_NUMBERS if w not in ("zero", "one", "dozen", "a dozen")]
)
_STRETCH_EN = {
    "dai": "sessions",
    "session": "sessions",
    "day": "sessions",
    "week": "weeks",
    "month": "months",
    "quarter": "quarters",
    "year": "years",
    "annual": "years",
}
_STRETCHES = (
    "daily|weekly|monthly|quarterly|yearly|annual|sessions?|days?|weeks?|months?|quarters?|years?"
)
_RUN = "gains?|loss(?:es)?|declines?|advances?|rises?|falls?|drops?|increases?|wins?|winning|losing|record"
_STEMS = (
    "fir|sec|thi|fou|fif|six|sev|eig|nin|ten|ele|twe|[0123456789]st|[0123456789]nd|[0123456789]rd"
    "|[0123456789]th|bac|onc|twi|cou|one|an h|a [wmyqd]|zer|dua|[mb]illion|trillion|two|fort"
)
_ENGLISH_WORDS = Anchored(
    f"{_STEMS}|thr|fiv|doz",
    rf"\b(?:(?P<nth>{_ORDINAL}|\d{{1,2}}(?:st|nd|rd|th))"
    rf"(?: (?:straight|consecutive|successive)(?: (?P<s1>{_STRETCHES})\b)?"
    rf"| (?P<s2>daily|weekly|monthly|quarterly|annual) (?:{_RUN})\b)"
    rf"|(?P<back>back-to-back)(?: (?P<s3>{_STRETCHES})\b)?"
    rf"|(?P<quarter>(?:first|second|third|fourth)[ -](?:fiscal )?(?:quarter|half))"
    rf"|(?P<order>{_ORDINAL})(?:-(?:most|largest|biggest|highest))?"
    r"|(?P<once>once(?= (?:in|every|a|per)\b|[.;]))|(?P<twice>twice)"
    r"|(?P<couple>(?:a |past |last |next )?couple of (?:days|weeks|months|years|hours))"
    r"|(?P<one>one)(?= (?:cut|hike|rate|buy|sell|hold|time|more|day|week|month|year|quarter|in|of"
    r"|sell|strong|analyst)\b)"
    r"|(?P<while>(?:an hour|a (?:week|month|year|quarter|day|decade)(?: and a half)?)(?= ago\b|\b))"
    rf"|(?P<zero>zero)|(?P<dual>dual)|(?P<million>(?<=a )(?:million|billion|trillion))"
    rf"|(?P<cardinal>{_CARDINAL}))\b",
    8,
    64,
)
_OTHERS = Screen({1: plain_words(_STEMS)})
"""Three, five and a dozen are read where other such words stand."""


def find_words(text: str, low: str) -> Iterator[Word]:
    """Yield the numbers in words of a normalised text; ``low`` is the text in lower case.

    They may overlap with what the language room reads, which goes first, except for streaks.

    Examples
    --------
    >>> text = "沪指三连升，连续第四周上涨，共两家"
    >>> [(text[a:b], shape, q.value, q.unit) for a, b, shape, q in find_words(text, text) if q]
    [('三连升', 'streak', 3.0, 'sessions'), ('第四周', 'streak', 4.0, 'weeks'), ('两家', 'words', 2.0, 'count')]
    """
    if not text.isascii():
        for match in _HAN_WORDS.finditer(text):
            word = _han(match)
            if word is not None:
                yield word
    if _OTHERS.passed(low):
        for match in _ENGLISH_WORDS.finditer(low):
            yield _english(match)


def _han(match: re.Match[str]) -> Word | None:
    group = match.lastgroup
    if match["streak"]:
        return _streak(match, "streak", match["streak"].partition("连")[0], "sessions")
    if match["nth"]:
        count = re.match(rf"第({_HAN}+|\d+)个?(.*)", match["nth"])
        assert count is not None
        return _streak(match, "nth", count[1], _UNITS[count[2].removeprefix("个")])
    if match["near"]:
        start = match.start("count")
        return _valued(match, start, match.end("near"), "words", match["count"], "months")
    if group in ("quarter", "item", "double", "order", "digits", "some"):
        shape = {"quarter": "date", "item": "item"}.get(
            group, "order" if group == "order" else "words"
        )
        return (*match.span(group), shape, _some(match, group))
    return _counted(match)


def _streak(match: re.Match[str], group: str, count: str, unit: str) -> Word | None:
    return _valued(match, *match.span(group), "streak", count, unit)


def _valued(
    match: re.Match[str], start: int, end: int, shape: str, count: str, unit: str
) -> Word | None:
    read = int(count) if count.isdecimal() else (han_number(count) or (0, 1))[0]
    return (start, end, shape, plain(match.string, start, end, read, unit)) if read else None


_SOME = re.compile(r"(十?)[数几]([十百千]?)([万亿]*)")
_SCALES = {"": 0, "万": 4, "亿": 8, "万亿": 12, "亿万": 12}


def _some(match: re.Match[str], group: str) -> Quantity | None:
    """Read 数千亿美元 as 2,000 to 9,000 times the scale, and a rank or the digits of a growth."""
    start, end = match.span(group)
    written = match[group]
    if group == "digits":
        pairs = {"低": (1.0, 4.0), "中": (4.0, 6.0), "高": (7.0, 9.0), "单": (1.0, 9.0)}
        return _range(match.string, start, end, pairs.get(written[0], (10.0, 99.0)), "%", 1.0)
    if group == "order":
        read = han_number(re.sub(r"[^零一二两三四五六七八九十百]", "", written))
        return plain(match.string, start, end, read[0], "rank") if read else None
    if group != "some" or not (some := _SOME.match(written)) or some[3] not in _SCALES:
        return None
    if some[1]:
        return _range(match.string, start, end, (11.0, 19.0), "count", 1.0)
    place = {"": 1.0, "十": 10.0, "百": 100.0, "千": 1000.0}[some[2]]
    unit = {"美元": "USD", "港元": "HKD", "元": "CNY", "点": "points"}.get(
        re.sub(f"[数几]|{_HAN}", "", written), "count"
    )
    scale = 10.0 ** _SCALES[some[3]]
    return _range(match.string, start, end, (2 * place, 9 * place), unit, scale)


def _range(
    text: str, start: int, end: int, pair: tuple[float, float], unit: str, scale: float
) -> Quantity:
    low, high = pair[0] * scale, pair[1] * scale
    within = interval("range", (low, high), scale)
    return Quantity(
        start, end, text[start:end], (low, high), unit, "range", scale, within, scale, 0
    )  # fmt: skip


def _counted(match: re.Match[str]) -> Word | None:
    """Read 两家, 三个; a numeral that begins a name or another word is none."""
    written, counter = match["word"], match["counter"]
    start, end = match.start(), match.end()
    if len(written) == 1 and match.string.endswith(("周", "星期", "礼拜"), 0, start):
        return None  # 周五, 星期二
    if _not_a_number().match(match.string, start):
        return None
    if set(written) <= set("百千万亿"):
        scale = {"百亿": 10, "千亿": 11, "万亿": 12, "百万": 6, "千万": 7}.get(written)
        if scale is None:
            return (start, end, "words", None) if len(written) > 1 or counter else None
        value = 10.0 ** (scale % 4)
        scaled = _scaled(match, value, scale)
        return scaled.start, scaled.end, "words", scaled
    if written == "一" and counter not in ("是", "次", "周", "级", "线", "手", "家", "名", "位"):
        return None
    read = han_number(written)
    quantity: Quantity | None = None
    if read is not None and counter in _COUNTED and counter:
        quantity = plain(match.string, start, end, read[0], "count")
    if written == "零":
        return (
            (start, end, "words", plain(match.string, start, end, 0, "%"))
            if _no_growth(match)
            else None
        )
    return start, end, "words", quantity


def _no_growth(match: re.Match[str]) -> bool:
    """Tell 零增长 from 零售."""
    return match.string.startswith(("增长", "成长"), match.end())


def _scaled(match: re.Match[str], value: float, scale: int) -> Quantity:
    """Read 万亿 as one of its scale."""
    start = match.start()
    end = start + len(match["word"])
    power = 10.0 ** (scale - scale % 4)
    full = value * power
    begin, cue = cue_before(match.string, start)
    key = cue or "about"
    within = interval(key, full, power)
    text = match.string[begin:end]
    return Quantity(begin, end, text, full, "", comparator(key), power, within, power, 0)


def _english(match: re.Match[str]) -> Word:
    text = match.string
    group = match.lastgroup or ""
    if match["nth"]:
        word = match["nth"]
        value = ENGLISH_ORDINALS.get(word) or int(re.sub(r"\D", "", word) or 0)
        unit = _stretch(match["s1"] or match["s2"] or _following(text, match.end()))
        start, end = match.span()
        return start, end, "streak", plain(text, start, end, value, unit)
    if match["back"]:
        start, end = match.span()
        unit = _stretch(match["s3"] or _following(text, match.end()))
        return start, end, "streak", plain(text, start, end, 2, unit)
    start, end = match.span()
    if group in ("quarter", "while", "couple"):
        quantity = None
        if group == "while" and "and a half" in match["while"]:
            unit = match["while"].split(" ")[1] + "s"
            within = interval("about", 1.5, 0.5)
            quantity = Quantity(start, end, text[start:end], 1.5, unit, "~", 0.5, within)
        return start, end, "date" if group == "quarter" else "span", quantity
    count = {"once": 1, "twice": 2, "one": 1, "zero": 0}.get(group)
    if group == "cardinal":
        count = ENGLISH_NUMBERS[match["cardinal"]]
    if group == "order":
        return (
            start,
            end,
            "order",
            plain(text, start, end, ENGLISH_ORDINALS[match["order"]], "rank"),
        )
    quantity = plain(text, start, end, count, "count") if count is not None else None
    return start, end, "words", quantity


_AFTER_RUN = re.compile(rf"(?: [a-z-]+)? (?P<s>{_STRETCHES})\b")


def _following(text: str, end: int) -> str:
    """Return the stretch that is named soon after an ordinal: "second consecutive monthly drop"."""
    match = _AFTER_RUN.match(text, end)
    return match["s"] if match else ""


def _stretch(word: str) -> str:
    for stem, unit in _STRETCH_EN.items():
        if word.startswith(stem):
            return unit
    return "sessions"


def plain(text: str, start: int, end: int, value: float, unit: str, scale: float = 1.0) -> Quantity:
    """Return a whole number as it stands, without an approximator."""
    full = float(value) * scale
    return Quantity(
        start, end, text[start:end], full, unit, "=", scale, interval("exact", full, scale), scale
    )  # fmt: skip


@cache
def _not_a_number() -> re.Pattern[str]:
    return re.compile(_NO_NUMBER)
