"""What words make of a price that an article names: a support, the top of a range, a double top.

A word stands right before the price ("支撑位在21,728点", "resistance at 22,500") or right after it
("21,728点有支撑", "the 22,500 resistance"); a list shares one word. As verbs (支撑金价, "supports
growth") and of other things (quotas, fares, medicine) the same words say nothing of a price.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import Literal

from springtide.language.required import Screen, Screened, required_of
from springtide.language.scanning import compiled, lowered
from springtide.metrics.frames import Frame
from springtide.metrics.patterns import is_counted

Role = Literal[
    "support", "resistance", "ceiling", "floor", "centre", "double_top", "double_bottom", "tested", "over",
    "under", "",
]  # fmt: skip

_AT_ZH = (
    "(?:目前|暂时?|现时?|仍|还|也|则|均|都|料|约|大约|预计|预期|可能|或|将|会|应|先)*"
    "(?:分别|依次)?(?:还是|为|是|在|于|位于|处于|落在|看|见|至|到|上移[至到]|下移[至到]|维持在?|参考|关注|依次|:|：|\\(|（)*"
    "(?:约|大约)?"
)
_PLACE_ZH = "(?:位|点位?|线|区[间域]?|水平|关口|价位|防线)"
_SUPPORT_ZH = f"支[撑持](?:{_PLACE_ZH}{_AT_ZH}|(?:位于|在|于|见|看|是|为|[:：])约?)?"
_RESISTANCE_ZH = f"(?:阻力|压力|压制)(?:{_PLACE_ZH}{_AT_ZH}|(?:位于|在|于|见|看|是|为|[:：])约?)?"
_AROUND_ZH = (
    "(?:\\([^)]{0,12}\\)|（[^）]{0,12}）)?(?:关口|大关|整数|心理|一线|附近|水平|上方|下方|左右|之上|之下|处|位置|"
    "的|为|是|作为|成为|提供|构成|形成|有|获|存在?|面临|遇|见|将|会|可能|或|较强|强|重要|关键|短期|初步|主要|较大|"
    "下一?个?|首个|第[一二三]|技术|近期|上行|下行|目前)*"
)
_AT_EN = (
    r"(?: (?:levels?|zones?|areas?|lines?|prices?|points?|marks?|is|are|was|were|be|would|could|should|may|will|"
    r"lies|lie|lying|sits|stands|seen|placed|located|com(?:es?|ing)(?: in)?|remains?|now|pegged|expected|likely|then|"
    r"also|currently|initially|at|near|around|about|of|the|just|first|further|found|identified|emerges?|"
    r"moves?|moved|up|to|held|holding))*[ :(]*(?:a |the )?$"
)
_WHOSE_EN = r"(?: (?:for|of|on) (?:the )?[\w&.' -]{2,32}?)?"
_AROUND_EN = (
    r"^(?:[- ](?:points?|levels?|marks?|area|zone|region|handle|is|as|an?|the|its|act(?:s|ed|ing)?|"
    r"serv(?:es?|ed|ing)|"
    r"remains?|has|had|been|be|offer(?:s|ing)?|provid(?:es|ing)|immediate|next|key|strong|crucial|critical|"
    r"major|minor|initial|first|near-term|short-term|technical|psychological|important|could|would|may|will|"
    r"should|now|also|still|becomes?|became))*[- ]"
)

_LIST = re.compile(
    r"(?:[\d,.]*\d(?: ?(?:points?|点|元|美元|港元|日元))?(?:附近|一线|左右)?"
    r"(?:\([^)]*\)|（[^）]*）)? ?(?:、|和|及|与|以及|/|或|再到|,? and| then|,| or|-|~|至) ?)+$"
)
"""Prices of one list before the last: the word stands before all of them."""

_BROKEN = re.compile(
    "(?:突破|升穿|升破|站[上稳]|冲[破上]|上破|涨破|重上|收复|越过|跌破|跌穿|失守|下破|击穿|失去|变成|变为|转为|转化)"
    r"|\b(?:br(?:eaks?|oke|oken|eaking)|breach\w*|clear(?:s|ed|ing)|reclaim\w*|turned|former|previous|lost|"
    r"slip\w*|fell|dropp?\w*|sank)\b",
    re.IGNORECASE,
)
"""Words after which a support or resistance may be one no more."""


class _Words:
    """Expressions in order, each with what it makes of a price; few are tried on any text."""

    def __init__(self, *words: tuple[Role, str]) -> None:
        self._roles = [role for role, _ in words]
        self._patterns = [f"(?i:{pattern})" for _, pattern in words]

    @cached_property
    def _screen(self) -> Screen:
        return Screen(dict(enumerate(required_of(self._patterns))))

    def first(self, text: str) -> Role:
        """Return the role of the first expression that stands in a text, "" for none."""
        for i in sorted(self._screen.passed(lowered(text))):
            if compiled(self._patterns[i]).search(text):
                return self._roles[i]
        return ""


_BEFORE = _Words(
    (
        "double_top",
        f"(?:双重?顶|M头)(?:的?{_PLACE_ZH}|形态|(?:的?(?:阻力|压力){_PLACE_ZH}?))?{_AT_ZH}$",
    ),
    (
        "double_bottom",
        f"(?:双重?底|W底)(?:的?{_PLACE_ZH}|形态|(?:的?支[撑持]{_PLACE_ZH}?))?{_AT_ZH}$",
    ),
    ("double_top", rf"\bdouble[- ]top(?: resistance)?(?: from [\w ]{{1,16}})?{_AT_EN}"),
    ("double_bottom", rf"\bdouble[- ]bottom(?: support)?(?: from [\w ]{{1,16}})?{_AT_EN}"),
    ("support", f"{_SUPPORT_ZH}$"),
    ("resistance", f"{_RESISTANCE_ZH}$"),
    ("support", rf"\bsupports?{_WHOSE_EN}{_AT_EN}"),
    ("resistance", rf"\bresistances?{_WHOSE_EN}{_AT_EN}"),
    (
        "ceiling",
        f"(?:区间|波幅|箱体|通道|震荡|波动|上落)[^，。；]{{0,4}}?(?:上限|上沿|上轨|顶部?){_AT_ZH}$",
    ),
    (
        "floor",
        f"(?:区间|波幅|箱体|通道|震荡|波动|上落)[^，。；]{{0,4}}?(?:下限|下沿|下轨|底部?){_AT_ZH}$",
    ),
    (
        "ceiling",
        r"\b(?:(?:upper|top|higher) (?:end|bound|band|limit|boundary|edge)|top|ceiling) of (?:its|the|this|a) "
        rf"(?:[\w'’-]+ ){{0,3}}range(?: (?:for|of) [\w& ]{{1,32}}?)?{_AT_EN}",
    ),
    (
        "floor",
        r"\b(?:(?:lower|bottom) (?:end|bound|band|limit|boundary|edge)|bottom|floor) of (?:its|the|this|a) "
        rf"(?:[\w'’-]+ ){{0,3}}range(?: (?:for|of) [\w& ]{{1,32}}?)?{_AT_EN}",
    ),
    (
        "centre",
        f"(?:区间|波幅|箱体|通道|震荡|波动|上落|交易)[^，。；]{{0,4}}?(?:中枢|中轴|中位|中点){_AT_ZH}$",
    ),
    (
        "centre",
        r"\b(?:mid-?point|cent(?:re|er)|middle) of (?:its|the|this|a|their) "
        rf"(?:[\w&'’-]+ ){{0,5}}range(?: (?:for|of|over|in) [\w& ]{{1,32}}?)?{_AT_EN}",
    ),
    (
        "ceiling",
        r"\b(?:top|ceiling) of (?:its|the|this|a|their) (?:[\w&'’-]+ ){0,5}range"
        rf"(?: (?:for|of|over|in) [\w& ]{{1,32}}?)?{_AT_EN}",
    ),
    (
        "floor",
        r"\b(?:bottom|floor) of (?:its|the|this|a|their) (?:[\w&'’-]+ ){0,5}range"
        rf"(?: (?:for|of|over|in) [\w& ]{{1,32}}?)?{_AT_EN}",
    ),
    ("ceiling", f"^(?:其|而|则)?上[限沿]{_AT_ZH}$"),
    ("floor", f"^(?:其|而|则)?下[限沿]{_AT_ZH}$"),
    ("ceiling", rf"\brange (?:ceiling|top){_AT_EN}"),
    ("floor", rf"\brange (?:floor|bottom){_AT_EN}"),
    ("over", "(?:突破|升穿|升破|站上|站稳|冲破|上破|涨破|重上|收复|越过)了?(?:约)?$"),
    ("under", "(?:跌破|跌穿|失守|下破|击穿)了?(?:约)?$"),
    (
        "over",
        r"\b(?:broke|broken|breaks|moved|rose|climbed|surged|rallied|jumped|pushed|burst) "
        r"(?:out |back )?(?:above|past|through)(?: the)?(?: key| psychological)? ?$",
    ),
    (
        "under",
        r"\b(?:broke|broken|breaks|moved|fell|dropped|slipped|sank|slid|tumbled) "
        r"(?:back )?(?:below|under)(?: the)?(?: key| psychological)? ?$",
    ),
)
_AFTER = _Words(
    ("double_top", f"^{_AROUND_ZH}(?:双重?顶|M头)"),
    ("double_bottom", f"^{_AROUND_ZH}(?:双重?底|W底)"),
    ("double_top", rf"{_AROUND_EN}double[- ]top\b"),
    ("double_bottom", rf"{_AROUND_EN}double[- ]bottom\b"),
    ("support", f"^{_AROUND_ZH}支[撑持](?!了|着|其|金|股|市|该)"),
    ("resistance", f"^{_AROUND_ZH}(?:阻力|压力{_PLACE_ZH})"),
    ("support", rf"{_AROUND_EN}support\b"),
    ("resistance", rf"{_AROUND_EN}resistance\b"),
    ("ceiling", r"^[- ](?:points? )?(?:as )?(?:the )?(?:range )?(?:ceiling|upper bound)\b"),
)
_COUNT_ZH = "[二两三四五六七八九十]|[2-9]|1[0-9]"
_COUNT_EN = r"two|three|four|five|six|seven|eight|nine|ten|[2-9]|1\d"
_OFTEN = Screened(
    f"(?:多次|屡次|屡屡|反复|再三|数次|数度|多度|第?(?:{_COUNT_ZH}) ?[次度])"
    "[^，。；]{0,8}?(?:触及|测试|考验|上试|下试|试探|冲击|挑战|成为|回踩|受阻|遇阻|获支[撑持])"
    r"|\b(?:(?:re)?tested|touched|hit|visited)\b[^,.;]{0,30}?"
    rf"\b(?:several|many|multiple|repeated|numerous|{_COUNT_EN})\b ?times?"
    r"|\b(?:repeatedly|several times|multiple times|twice)\b[^,.;]{0,20}?\b(?:re)?(?:tested|"
    r"touched|hit|visited)\b|\b(?:re)?tested\b[^,.;]{0,30}?\b(?:repeatedly|twice)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(rf"({_COUNT_ZH}) ?[次度]|\b({_COUNT_EN}) times\b", re.IGNORECASE)
_COUNTS = {word: n for n, words in enumerate(
    ("二 两 two", "三 three", "四 four", "五 five", "六 six", "七 seven", "八 eight", "九 nine",
     "十 ten"), start=2) for word in words.split()}  # fmt: skip


def times_said(frame: Frame) -> int:
    """Return how often a level is said to have been tested at the least: twice where no count is.

    Examples
    --------
    >>> times_said(Frame("level", 23870.0, "points", before="The index tested ", after=" four times"))
    4
    """
    match = _COUNTED.search(f"{frame.before}#{frame.after}")
    if match is None:
        return 2
    word = (match[1] or match[2]).casefold()
    return _COUNTS[word] if word in _COUNTS else int(word)


@lru_cache(maxsize=16)  # several metrics ask it of one number
def role(frame: Frame) -> Role:
    """Return what the words right beside a price make of it, "" where they say nothing of it.

    Examples
    --------
    >>> role(Frame("level", 21728.0, "points", before="目前关键的下方支撑位为"))
    'support'
    >>> role(Frame("level", 21377.0, "points", before="目前关键的下方支撑位为21728点、"))
    'support'
    >>> role(Frame("level", 22500.0, "points", before="the ", after=" resistance level"))
    'resistance'
    >>> role(Frame("level", 2900.0, "USD", before="避险需求支撑金价升至"))
    ''
    """
    if not _is_price(frame):
        return ""
    around = f"{frame.before}#{frame.after}"
    if _OFTEN.search(around, lowered(around)):
        return "tested"
    named = _BEFORE.first(_LIST.sub("", frame.before))
    if named and frame.unit == "" and is_counted(frame.after):
        return ""  # a count of what the words after it name: "in 45 patients"
    named = named or _AFTER.first(frame.after)
    if named in ("support", "resistance") and _BROKEN.search(frame.before):
        return ""
    return named


HIGHEST = 1_000_000.0
"""No price is as high: a sum of money is."""


def _is_price(frame: Frame) -> bool:
    """Say whether a number can be a price and is no sum of money."""
    if isinstance(frame.value, tuple) or frame.value >= HIGHEST:
        return False
    return frame.unit in ("points", "") or (len(frame.unit) == 3 and frame.unit.isupper())


_BETWEEN = re.compile(
    "^(?:的|点)?(?:区间|之间|范围|上落|震荡|波动|徘徊|整理|横行|交投)|(?:区间|上落|震荡|波动|徘徊|整理)[^，。；]{0,6}$"
    r"|\b(?:traded|trading|ranged|fluctuated|hovered|moved|stayed|swung|stuck|range-bound|confined|"
    r"oscillated|bounced|closed) ?(?:in|within)?(?: a range of| a)? ?$",
    re.IGNORECASE,
)


def is_range(frame: Frame) -> bool:
    """Say whether two prices are the ends of a range that a text says was kept.

    Examples
    --------
    >>> is_range(Frame("level", (20000.0, 22000.0), "points", after="区间震荡"))
    True
    """
    if not isinstance(frame.value, tuple) or max(frame.value) >= HIGHEST:
        return False
    if frame.unit not in ("points", "") and not (len(frame.unit) == 3 and frame.unit.isupper()):
        return False
    if frame.unit == "" and is_counted(frame.after):
        return False
    return bool(_BETWEEN.search(frame.after) or _BETWEEN.search(frame.before))
