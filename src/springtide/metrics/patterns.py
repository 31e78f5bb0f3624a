"""The language in which a metric says how articles write about it.

An article's sentence is *masked* before patterns look at it: every name, quantity, date, period and
indicator window that the language room found stands as one private character. A pattern is then a
short regular expression over words and such marks::

    zh("{move}{gap}{pct:value}", read)        # 恒生指数收跌0.2%

``{pct}`` is a percentage, ``{pct:value}`` the same under the label ``value``; ``{move}`` is a verb of
rising or falling (labels ``up`` and ``down``); ``{gap}`` a few words without any mark or clause end.
What surrounds a match (whose price, which day, which period, which part of the session) is resolved
by the reading room and handed to ``read`` as a :class:`Phrase`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from springtide.claims.model import Params
from springtide.language.scanning import expression
from springtide.language.types import (
    Comparator,
    DateMention,
    Interval,
    Period,
    PeriodMention,
    Quantity,
    SessionPart,
)

Script = Literal["zh", "en"]

MARKS: Mapping[str, str] = {
    "name": "\ue001",
    "pct": "\ue002",
    "points": "\ue003",
    "money": "\ue004",
    "number": "\ue005",
    "times": "\ue006",
    "duration": "\ue007",
    "shares": "\ue008",
    "date": "\ue009",
    "period": "\ue00a",
    "window": "\ue00b",
    "other": "\ue00c",
    "average": "\ue00d",
    "indicator": "\ue00e",
}
_CLASSES: Mapping[str, str] = {
    **MARKS,
    "price": f"[{MARKS['points']}{MARKS['money']}{MARKS['number']}]",
    "change": f"[{MARKS['pct']}{MARKS['times']}]",
    "multiple": f"[{MARKS['times']}{MARKS['number']}]",
    "span": f"[{MARKS['duration']}{MARKS['period']}]",
}
_MARK_RANGE = "\ue001-\ue00e"
_END = "。！？!?;；\n"

_ZH_UP = (
    "(?<!看)(?:[大急猛劲微狂暴抽拉跃领收高再累连续飙攀回反上齐仍]|一度|累计|小幅|大幅)*"
    "(?:高收|上涨|上升|走高|走强|反弹|回升|攀升|升(?!跌)|涨(?!跌)|飙|弹|扬|进账)"
)
_ZH_DOWN = (
    "(?<![升涨看])(?:[大急猛微狂暴闪领收低再累连续重齐仍]|一度|累计|小幅|大幅)*"
    "(?:低收|下跌|下挫|下滑|回落|回调|走低|走弱|跳水|滑落|插水|跌|挫|泻|崩)"
)
_EN_UP = (
    r"(?:rose|ris(?:e|es|en|ing)|gain(?:s|ed|ing)?|jump(?:s|ed|ing)?|surg(?:e|es|ed|ing)|"
    r"advanc(?:e|es|ed|ing)|climb(?:s|ed|ing)?|rall(?:y|ies|ied|ying)|soar(?:s|ed|ing)?|"
    r"add(?:s|ed|ing)?|up|leap(?:s|ed|t)?|spik(?:e|es|ed|ing)|increas(?:e|es|ed|ing)|"
    r"rebound(?:s|ed|ing)?|bounc(?:e|es|ed|ing)|higher|grew|returned|popp?(?:ed|s)|rocket(?:ed|s))"
)
_EN_DOWN = (
    r"(?:fell|fall(?:s|en|ing)?|drop(?:s|ped|ping)?|declin(?:e|es|ed|ing)|los(?:t|e|es|ing)|"
    r"slid(?:e|es|ing)?|slump(?:s|ed|ing)?|tumbl(?:e|es|ed|ing)|plung(?:e|es|ed|ing)|sank|"
    r"s[iu]nk(?:s|ing)?|shed(?:s|ding)?|down|lower|retreat(?:s|ed|ing)?|dip(?:s|ped|ping)?|"
    r"slip(?:s|ped|ping)?|eas(?:e|es|ed|ing)|crash(?:es|ed|ing)?|plummet(?:s|ed|ing)?|"
    r"pull(?:s|ed)? back)"
)
_MACROS: Mapping[Script, Mapping[str, str]] = {
    "zh": {
        "up": f"(?P<up>{_ZH_UP})",
        "down": f"(?P<down>{_ZH_DOWN})",
        "move": f"(?:(?P<down>{_ZH_DOWN})|(?P<up>{_ZH_UP}))",
        "gap": f"(?:达到|[^{_MARK_RANGE}{_END}，,、：:（(至到见破穿于升涨跌挫]){{0,6}}?",
        "within": f"[^{_END}，,]{{0,14}}?",
        "sep": "[，,、]?",
    },
    "en": {
        "up": rf"(?P<up>\b{_EN_UP}\b)",
        "down": rf"(?P<down>\b{_EN_DOWN}\b)",
        "move": rf"(?:(?P<down>\b{_EN_DOWN}\b)|(?P<up>\b{_EN_UP}\b))",
        "gap": rf"(?:(?!\b(?:to|from|above|below|and|but|while)\b)[^{_MARK_RANGE}{_END},:(.])"
        "{0,24}?",
        "within": rf"[^{_END},.]{{0,40}}?",
        "sep": ",? ?",
    },
}
_SLOT = re.compile(r"\{([a-z]+)(?::([a-z]+))?\}")


@dataclass(frozen=True, slots=True)
class NameMention:
    """The name of an instrument as written.

    ``ids`` are the registry's candidates, best first; empty where the name is not in the registry.
    ``loose`` marks a word for a whole market ("Hong Kong stocks") that stands for its main index.
    """

    start: int
    end: int
    text: str
    ids: tuple[str, ...]
    loose: bool = False


@dataclass(frozen=True, slots=True)
class WindowMention:
    """An indicator with its window: "RSI(14)", "14日RSI", "50-day moving average"."""

    start: int
    end: int
    text: str
    window: int


Mention = Quantity | DateMention | PeriodMention | NameMention | WindowMention


@dataclass(frozen=True, slots=True)
class Phrase:
    """One match of a pattern with what the text around it says.

    Attributes
    ----------
    mentions, words
        The labelled marks and the labelled plain groups of the pattern.
    day, day_written
        The session spoken of, and whether the sentence itself names it.
    named
        Whether the clause itself names its subject.
    period, part
        The period and the part of the session that govern the match, if any is named.
    lead, trail
        The words of the clause before and after the value (marks stripped), normalised.
    sentence
        The whole sentence, normalised.
    """

    mentions: Mapping[str, Mention]
    words: Mapping[str, str]
    day: date
    day_written: bool
    named: bool
    period: PeriodMention | None
    stretch: DateMention | None
    part: SessionPart | None
    lead: str
    trail: str
    sentence: str

    @property
    def sign(self) -> int:
        """-1 where the words say a fall, else +1."""
        return -1 if self.words.get("down") else 1

    def quantity(self, label: str = "value") -> Quantity:
        """Return the labelled quantity."""
        mention = self.mentions[label]
        assert isinstance(mention, Quantity)
        return mention

    def window(self, default: int, label: str = "window") -> int:
        """Return the labelled indicator window or number of sessions, else the default."""
        mention = self.mentions.get(label)
        if isinstance(mention, WindowMention):
            return mention.window
        if isinstance(mention, PeriodMention):
            return mention.period.count or default
        if isinstance(mention, Quantity) and isinstance(mention.value, float | int):
            return int(mention.value)
        return default


@dataclass(frozen=True, slots=True)
class Draft:
    """What a pattern read: the typed parameters and the value, still without its subject.

    ``apart`` is a date in the words that is a parameter and not the day spoken of; ``published``
    says that the claim is about what was published by the article's day, not about a session.
    ``as_of`` is the day that is meant where it is no session: the end of a month. ``of_one`` says
    that the claim is of what its own sentence names, and never of a whole market by a loose word.
    ``confidence`` is the most that its words allow.
    ``subject`` is the id of whom the words themselves are about, "" where the sentence says it;
    ``also`` are other parameters that the words can mean as well, each with the unit of its value.
    ``rank`` decides between two metrics that take one number by its frame: the higher one has it.
    ``dated`` says that it is as of the article's day, and that what its clause names of time, if
    anything, is among its parameters, so that the day read of the number matters no more;
    ``worded`` that words right beside the number are of this metric alone, so that what else it
    could be matters no more. ``whose`` makes the parameters of the id of whom the sentence speaks
    of, where that is a parameter and ``subject`` is the claim's: "rose, adding 170 to the index".
    """

    params: Params
    quantity: Quantity | None = None
    sign: int = 1
    comparator: Comparator | None = None
    value: float | tuple[float, float] | None = None
    unit: str | None = None
    within: Interval | None = None
    period: str = ""
    apart: DateMention | None = None
    published: bool = False
    as_of: date | None = None
    of_one: bool = False
    confidence: float = 1.0
    subject: str = ""
    also: tuple[tuple[Params, str], ...] = ()
    rank: int = 0
    dated: bool = False
    worded: bool = False
    whose: Callable[[str], Params] | None = None


@dataclass(frozen=True)
class Pattern:
    """One way in which articles state a metric.

    ``rank`` decides between two patterns that claim the same number: the higher one reads it.
    """

    script: Script
    template: str
    read: Callable[[Phrase], Draft | None]
    rank: int = 0

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled expression over masked text."""
        return re.compile(_expand(self.template, self.script), re.IGNORECASE)

    @property
    def bare(self) -> str:
        """The template with a private character in place of each slot: what its words are."""
        return _SLOT.sub("\ue010", self.template)

    @cached_property
    def needs(self) -> frozenset[frozenset[str]]:
        """Sets of marks: of each at least one must stand in a sentence for the pattern to match.

        These are the marks of the value, and those of every slot that no bracket and no "or" makes
        a mere possibility.
        """
        of_value = [
            _CLASSES[kind].strip("[]")
            for kind, label in _SLOT.findall(self.template)
            if kind in _CLASSES and label == "value"
        ]
        required = {frozenset("".join(of_value))} if of_value else set()
        return frozenset(required | _always_there(self.template))


_TOKEN = re.compile(
    rf"\\.|\[(?:\\.|[^\]\\])*\]|(?P<slot>{_SLOT.pattern})(?P<maybe>[?*]|\{{0?,)?|(?P<other>[()|])"
)


def _always_there(template: str) -> set[frozenset[str]]:
    """Return the marks of the slots outside all brackets of a template without alternatives."""
    depth = 0
    required: set[frozenset[str]] = set()
    for token in _TOKEN.finditer(template):
        if token["other"] == "|" and depth == 0:
            return set()
        depth += {"(": 1, ")": -1}.get(token["other"] or "", 0)
        kind = token[2]
        if kind in _CLASSES and depth == 0 and not token["maybe"]:
            required.add(frozenset(_CLASSES[kind].strip("[]")))
    return required


def _expand(template: str, script: Script) -> str:
    def slot(match: re.Match[str]) -> str:
        kind, label = match.group(1), match.group(2)
        if kind in _CLASSES:
            return f"(?P<{label}>{_CLASSES[kind]})" if label else _CLASSES[kind]
        return _MACROS[script][kind]

    return _SLOT.sub(slot, template)


def zh(template: str, read: Callable[[Phrase], Draft | None], rank: int = 0) -> Pattern:
    """Return a pattern over simplified Chinese (Traditional text is normalised before)."""
    return Pattern("zh", template, read, rank)


def en(template: str, read: Callable[[Phrase], Draft | None], rank: int = 0) -> Pattern:
    """Return a pattern over English; spaces in the template stand for themselves."""
    return Pattern("en", template, read, rank)


def period_of(phrase: Phrase) -> Period | None:
    """Return the period that governs a match: a written period, or a stretch of dates."""
    if phrase.period is not None:
        return phrase.period.period
    if phrase.stretch is not None:
        return Period("span", phrase.stretch.first, phrase.stretch.last)
    return None


_NOT_A_PRICE = re.compile(
    "营收|规模|收入|净利|利润|业绩|销量|销售|成交|市值|估值|市盈率|市销率|市净率|持股|持仓|占比|份额|关税|"
    "产量|出货|用户|订单|利率|收益率|孳息|净流入|净流出|净买入|资金|评级|盈利|毛利|每股|增长|增速|同比|"
    "环比|汇率|通胀|薪|投资额|开支|支出|费用|成本|人数|客流|票房|运价|租金|房价|拨备|不良|派息|股息|"
    "按年|按季|按月|年增|年减|纯利|多赚|保费|业务|逾期|债务|移民|申请|单位|物业|楼价|售价|票数|人口|比例|"
    "家数|总额|超额|最大[跌涨升]幅|余额|贷款|存款|加价|减价|降价|提价|涨价|跌价|升息|加息|减息|降息|胜率|渗透率|市占|算力|装机|"
    r"换手|回购|配售|折让|溢价|折价|权重|概率|机率|税率|买入|卖出|沽空|平均|底部到|年化|复合|历史经验|"
    r"\b(?:revenues?|profits?|earnings|sales|net income|turnover|volumes?|valuations?|yields?|"
    r"stakes?|market share|market cap(?:italisation|italization)?|shipments?|deliver(?:y|ies)|tariffs?|"
    r"GDP|inflation|CPI|PPI|users?|orders?|margins?|EPS|costs?|spending|capex|expenses?|dividends?|"
    r"output|production|employment|jobs|wages?|rates?|exports?|imports?|bookings?|subscribers?|"
    r"backlog|guidance|income|probability|odds|chance|premium|discount|tax|average|annuali[sz]ed|"
    r"historically|streak|inflows?|outflows?|winning run)\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    "有望|可望|预计|预期|预料|料将|料会|料可|料能|将会|可能|或将|或会|或可|若|如果|假如|一旦|倘|有机会|目标|上试|看高|"
    "看至|展望|空间|期望|不排除|即便|即使|将(?!近)|"
    r"\b(?:could|may|might|would|will|should|if|expects?|expected|forecasts?|estimates?|potential|"
    r"projects?|projected|predicts?|sees|upside|downside|target(?:s|ing)?|likely|unless|even if|"
    r"on (?:pace|track|course) to|(?:poised|set) to|to be)\b",
    re.IGNORECASE,
)


def is_price_fact(phrase: Phrase) -> bool:
    """Say whether a clause states what a price did, not a revenue, and not what may come.

    "Revenue rose 8%" is about another quantity; "could fall 10%" is a call, not a fact.
    """
    return not (_NOT_A_PRICE.search(phrase.lead) or _NOT_YET.search(phrase.lead))


LARGEST_PRICE_SCALE = 10_000
"""Prices are not printed in millions: money with such a scale word is a sum."""


def is_price(quantity: Quantity) -> bool:
    """Say whether a quantity can be a price: no count, and no sum of money."""
    return not (len(quantity.unit) == 3 and quantity.scale > LARGEST_PRICE_SCALE)


_OF_A_COUNT = expression(
    "[\u4e00-\u9fff](?<![关水附大的之左上位整高收后而但升跌涨并创较约或])"
    r"| (?!(?:on|in|at|by|from|after|before|and|or|levels?|mark|as|while|up|down|for|against|to|with|its|"
    r"the|this|last|per|a|but|when|amid|following|having|by|versus|compared|points?|apiece|each|"
    r"over|during|since|throughout|so far|until|"
    r"Mon|Tues|Wednes|Thurs|Fri|today|yesterday)\b|(?:Mon|Tues|Wednes|Thurs|Fri)day)[A-Za-z]+",
    re.IGNORECASE,
)


def is_counted(after: str) -> bool:
    """Say whether a bare number is the count of what the words after it name: "45 patients"."""
    return _OF_A_COUNT.match(after) is not None


def is_fact(phrase: Phrase) -> bool:
    """Say whether a clause states something as having happened."""
    return not _NOT_YET.search(phrase.lead)
