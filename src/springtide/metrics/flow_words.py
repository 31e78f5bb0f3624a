"""How articles say net buying: its words, its traps, and the stretch that it is over.

What is *not* net buying of a market's investors: order-size estimates of vendors (主力, 超大单),
the flows of a single share (获南向资金净买入), and what is to come.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from springtide.claims.model import Params
from springtide.language.types import DateMention, Interval, Period, PeriodMention, Quantity
from springtide.metrics.flows import SESSION, Per
from springtide.metrics.frames import Frame
from springtide.metrics.patterns import Draft, Mention, Pattern, Phrase, en, is_fact, zh

Size = Literal["average", "sum"]
Against = Literal["previous-year", "same-period-last-year", "span"]

DOUBLED = Interval(1.95, 2.05, high_open=True)
"""What "doubled" admits as a ratio: two, rounded to a tenth."""

_AVERAGE = re.compile(
    r"日均|均净[买卖流]|平均每[日天个]|每[日天]平均|每个交易日(?:平均|净)|"
    r"\b(?:averag\w+|daily average|mean)\b",
    re.IGNORECASE,
)
_EACH_DAY = re.compile(
    r"^ ?(?:(?:a|an|per|each|every) (?:Hong Kong |mainland )?(?:day|session|trading day)|daily)\b",
    re.IGNORECASE,
)
_PER: tuple[tuple[Per, re.Pattern[str]], ...] = (
    ("exchange", re.compile(r"港股交易日|\bHong Kong (?:session|trading day)", re.IGNORECASE)),
    (
        "mainland",
        re.compile(r"内地交易日|A股交易日|\bmainland (?:session|trading day)", re.IGNORECASE),
    ),
)
_TRAPS = re.compile(
    "主力|超大单|(?<!最)大单(?!日)|中单|小单|散户|净息|净利|净资产|逆回购|央行|公开市场|回购|增持|减持|融资|"
    r"\b(?:buy-?backs?|repurchas\w+|repo|retail|insiders?|open market)\b",
    re.IGNORECASE,
)
_OF_A_SHARE = re.compile("(?:获|遭|被)[^，。；]{0,14}净")
_NET = re.compile(
    r"净(?:买|卖|流|申|赎|沽|抛|扫|吸|配)|\bnet (?:buy|sell|sale|purchase|in|out|bought|sold)|"
    r"\b(?:bought|sold|purchased|withdrew|offloaded|poured|pumped)\b[^.;]{0,12}\bnet\b|"
    r"\b(?:in|out)flows?\b|净?流[入出]|吸金",
    re.IGNORECASE,
)
_SUMMED = frozenset({"ytd", "qtd", "mtd", "wtd", "last", "since", "span"})


def is_average(frame: Frame) -> bool:
    """Say whether a number of a frame is so much a day."""
    return bool(_AVERAGE.search(frame.before) or _EACH_DAY.match(frame.after))


def is_net(frame: Frame) -> bool:
    """Say whether a number is money that went in or out, as a fact, of a market's investors."""
    is_money = len(frame.unit) == 3 and frame.unit.isupper()
    clause = f"{frame.before}#{frame.after}"
    return (
        is_money
        and frame.is_stated
        and bool(_NET.search(clause))
        and not (_TRAPS.search(clause) or _OF_A_SHARE.search(clause))
    )


def period_of_frame(frame: Frame) -> Period | None:
    """Return over which sessions a number of a frame adds up; None where that is not said."""
    if frame.is_of_a_session:
        return SESSION
    if frame.period in ("yoy", "qoq", "mom"):
        return None
    if frame.period == "ytd":
        return Period("ytd")
    if frame.stretch is not None and frame.stretch.kind in _SUMMED:
        return _sessions(frame.stretch, frame.last)
    if frame.first is not None and frame.last is not None and frame.first < frame.last:
        return Period("span", frame.first + timedelta(days=1), frame.last)
    return None


def period_of_phrase(phrase: Phrase) -> Period | None:
    """Return over which sessions a number of a phrase adds up."""
    if phrase.period is not None:
        period = phrase.period.period
        return _sessions(period, phrase.day) if period.kind in _SUMMED else None
    stretch = phrase.stretch
    if stretch is not None and stretch.first < stretch.last:
        return _sessions(Period("span", stretch.first, stretch.last), phrase.day)
    return SESSION


def _sessions(period: Period, last: date | None) -> Period:
    """Count days as sessions, and end a stretch that goes on with the day spoken of."""
    if period.kind == "last" and period.unit == "days":
        return replace(period, unit="sessions")
    if period.kind == "span" and period.last and last and period.first and period.first <= last:
        ends = min(period.last, last)
        if (period.first, ends) == (date(last.year, 1, 1), last):
            return Period("ytd")
        return replace(period, last=ends)
    return period


def _is_fact(phrase: Phrase) -> bool:
    """Say whether the whole clause before a value states it as having happened."""
    value = next((one for name, one in phrase.mentions.items() if name == "value"), None)
    at = phrase.sentence.find(value.text) if value is not None else -1
    before = phrase.sentence[:at] if at >= 0 else phrase.lead
    clause = re.split("[，。；;]", before)[-1]
    return is_fact(phrase) and is_fact(replace(phrase, lead=clause))


def _read(phrase: Phrase) -> tuple[Period, bool] | None:
    """Return the period of a phrase and whether it is so much a day; None for a trap."""
    lead = phrase.lead
    if not _is_fact(phrase) or _TRAPS.search(lead) or _OF_A_SHARE.search(phrase.sentence):
        return None
    period = period_of_phrase(phrase)
    if period is None:
        return None
    each = bool(_AVERAGE.search(lead) or _EACH_DAY.match(phrase.trail))
    return period, each


_ZH_SIDE = "净(?:(?P<down>卖出?|流出|赎回|沽出?|抛售)|买入?|流入|申购|扫入|扫货|吸资|配置)"
_ZH_FILL = "(?:金?额|规模|资金|总额)?(?:高?达到?|为|约|近|超过?|逾|共计?|合计|累计|至)*"
_EN_VERB = (
    "(?:of |totall?ed |totall?ing |reached |hit |was |were |came to |at |amounted to |worth )"
)
_TEMPLATES = (
    (zh, f"{_ZH_SIDE}{_ZH_FILL}{{money:value}}", 6),
    (zh, f"{{money:value}}的?(?:资金)?{_ZH_SIDE}", 5),
    (
        en,
        r"\bnet (?:\ue001 )?(?:(?P<down>selling|sales|outflows?|withdrawals)|buying|purchases|"
        r"inflows?)(?: (?:in|for|during) [\ue009\ue00a])? "
        rf"{_EN_VERB}{{{{0,2}}}}{{gap}}{{money:value}}".replace("{{0,2}}", "{0,2}"),
        6,
    ),
    (
        en,
        r"\b(?:(?P<down>sold|withdrew|offloaded)|bought|purchased|poured in|pumped in) "
        r"(?:a )?net (?:of )?{gap}{money:value}",
        6,
    ),
    (
        en,
        r"\b{money:value} (?:in |of |worth of )?net "
        r"(?:(?P<down>selling|sales|outflows?)|buying|purchases|inflows?)",
        5,
    ),
    (
        en,
        rf"\b(?:(?P<down>outflows?)|inflows?) {_EN_VERB}{{gap}}{{money:value}}",
        4,
    ),
    (en, r"\binflows? averag(?:ed|ing){gap}{money:value}", 6),
)


def net_patterns(make: Callable[[Period], Params]) -> tuple[Pattern, ...]:
    """Return how sums are said; ``make`` gives the parameters for a period."""

    def read(phrase: Phrase) -> Draft | None:
        told = _read(phrase)
        if told is None or told[1]:
            return None
        return Draft(make(told[0]), phrase.quantity(), phrase.sign, period=_written(phrase))

    return tuple(script(template, read, rank) for script, template, rank in _TEMPLATES)


def average_patterns(make: Callable[[Period, Per], Params]) -> tuple[Pattern, ...]:
    """Return how daily averages are said; without a stretch they are of the year so far."""

    def read(phrase: Phrase) -> Draft | None:
        told = _read(phrase)
        if told is None or not told[1]:
            return None
        period = Period("ytd") if told[0] == SESSION else told[0]
        params = make(period, _per(f"{phrase.lead} {phrase.trail}"))
        return Draft(params, phrase.quantity(), phrase.sign, period=_written(phrase))

    def risen(phrase: Phrase) -> Draft | None:
        """Read the second of two averages: that of the year so far, against another year's."""
        if not _is_fact(phrase) or _TRAPS.search(phrase.lead):
            return None
        if not _AVERAGE.search(f"{phrase.lead}{phrase.sentence}"):
            return None
        base = phrase.mentions.get("base")
        apart = base if isinstance(base, DateMention) else None
        return Draft(make(Period("ytd"), "own"), phrase.quantity(), apart=apart)

    def earlier(phrase: Phrase) -> Draft | None:
        """Read the first of two averages: that of the other year."""
        base = phrase.mentions.get("base")
        if not _NET.search(phrase.sentence) or _TRAPS.search(phrase.sentence):
            return None
        if not _is_fact(phrase) or not _AVERAGE.search(f"{phrase.lead}{phrase.sentence}"):
            return None
        over = _stretch_of(base)
        if over is None:
            return None
        apart = base if isinstance(base, DateMention) else None
        return Draft(make(over, "own"), phrase.quantity(), apart=apart)

    year = "(?P<base>[\ue009\ue00a])"
    more = (
        zh(f"净(?:流入|买入)额?[较比]{year}的?(?:日均)?{{money:value}}", earlier, 7),
        zh(f"[较比]{year}的?日均(?:净(?:流入|买入)额?)?的?{{money:value}}", earlier, 7),
        en(
            r"\bnet (?:buying|inflows?|purchases) [^.;]{0,30}?{change} from {money:value} (?:in )?"
            rf"{year}",
            earlier,
            7,
        ),
        zh(
            f"净(?:流入|买入)额?[较比]{year}的?(?:日均)?{{money}}的?{{change}}?[至到]{{money:value}}",
            risen,
            8,
        ),
        en(
            r"\bnet (?:buying|inflows?|purchases) [^.;]{0,30}?{change} from {money} (?:in )?"
            rf"{year} to {{money:value}}",
            risen,
            8,
        ),
    )
    return (*(script(template, read, rank) for script, template, rank in _TEMPLATES), *more)


def _stretch_of(mention: Mention | None) -> Period | None:
    """Return the stretch of dates that a mention names."""
    if isinstance(mention, DateMention) and mention.first < mention.last:
        return Period("span", mention.first, mention.last)
    if isinstance(mention, PeriodMention) and mention.period.kind == "span":
        return mention.period
    return None


def _per(text: str) -> Per:
    return next((per for per, said in _PER if said.search(text)), "own")


def _written(phrase: Phrase) -> str:
    return phrase.period.text if phrase.period is not None else ""


def ratio_patterns(make: Callable[[Size, Against, Period], Params]) -> tuple[Pattern, ...]:
    """Return how one period is set against another: growth, a doubling, and so many times.

    A doubling is of the daily average of the year so far unless a sum is named.
    """
    return (*_growth_patterns(make), *_doubling_patterns(make))


def _growth_patterns(make: Callable[[Size, Against, Period], Params]) -> tuple[Pattern, ...]:
    def grown(phrase: Phrase) -> Draft | None:
        """Read by how many per cent net buying is more than in the year before."""
        quantity = phrase.quantity()
        if not isinstance(quantity.value, float) or not _is_fact(phrase):
            return None
        against = _against(phrase)
        said = phrase.sentence
        if against is None or _TRAPS.search(said) or not _NET.search(said):
            return None
        low, high = sorted(
            _ratio(phrase.sign * one) for one in (quantity.within.low, quantity.within.high)
        )
        return Draft(
            make(_size(phrase.sentence), against, Period("ytd")),
            value=_ratio(phrase.sign * quantity.value),
            unit="x",
            within=Interval(low, high, high_open=True),
            comparator=quantity.comparator,
        )

    def multiple(phrase: Phrase) -> Draft | None:
        """Read how many times the net buying of the year before it is."""
        against = _against(phrase)
        if against is None or not _is_fact(phrase) or _TRAPS.search(phrase.sentence):
            return None
        if not _NET.search(phrase.sentence):
            return None
        summed = phrase.words.get("same") and not _AVERAGE.search(phrase.sentence)
        size: Size = "sum" if summed else _size(phrase.sentence)
        return Draft(make(size, against, Period("ytd")), phrase.quantity(), unit="x")

    year = "(?P<base>[\ue009\ue00a])(?:全年)?(?P<same>同期)?"
    more = (
        "(?:(?P<down>减少|下降|下跌|低|少|跌|降)|(?:增长|增加|上升|提升|提高|增|高|多|升))"
        "[出了约逾近达]*"
    )
    mean = "(?:的?(?:日均|平均|均值|水平))?"
    return (
        zh(f"净(?:流入|买入)额?[较比]{year}{mean}{{gap}}{more}{{pct:value}}", grown, 9),
        zh(
            f"[较比]{year}的?日均(?:净(?:流入|买入)额?)?的?{{money}}的?{more}{{pct:value}}",
            grown,
            9,
        ),
        zh(f"净(?:流入|买入)额?(?:约)?[为是]?{year}{mean}的{{times:value}}", multiple, 9),
        zh(f"(?:[为是]|相当于){year}{mean}的{{times:value}}", multiple, 8),
        en(
            r"\b(?:inflows?|net buying|net purchases) (?:have |has )?(?:been )?"
            r"(?:(?P<down>fallen|declined|dropped|down)|risen|grown|increased|climbed|jumped|"
            r"surged|up)(?: by)? {pct:value} "
            r"(?:(?:from|against|on|compared with|versus|over) )?(?P<base>[\ue009\ue00a])",
            grown,
            9,
        ),
    )


def _doubling_patterns(make: Callable[[Size, Against, Period], Params]) -> tuple[Pattern, ...]:
    def doubled(phrase: Phrase) -> Draft | None:
        if not re.search("翻|doubl", phrase.quantity().text, re.IGNORECASE) or not _is_fact(phrase):
            return None
        if _TRAPS.search(phrase.lead) or not _NET.search(phrase.lead):
            return None
        params = make(_size(phrase.lead), "previous-year", Period("ytd"))
        return Draft(params, value=2.0, unit="x", within=DOUBLED)

    def times(phrase: Phrase) -> Draft | None:
        span = phrase.mentions.get("span")
        if not isinstance(span, PeriodMention) or not _is_fact(phrase):
            return None
        against: Against = "same-period-last-year" if phrase.words.get("same") else "previous-year"
        size: Size = "sum" if phrase.words.get("sum") else "average"
        return Draft(make(size, against, span.period), phrase.quantity())

    return (
        zh("净(?:流入|买入)[^\ue001，。；]{0,24}?{change:value}", doubled, 6),
        zh(
            "{period:span}(?:平均每个交易日|日均)?净(?:买入|流入)额(?P<sum>合计)?为"
            "(?:上(?:\ue007|一?年)|[\ue009\ue00a])(?P<same>同期)?的{change:value}",
            times,
            7,
        ),
        en(r"\bnet (?:buying|inflows?|purchases) (?:have |has )?{change:value}", doubled, 6),
        en(
            r"\b(?:averaged|(?P<sum>bought net)) {period:span} {change:value} "
            r"the (?:daily net buying|sum) of the (?P<same>same period a )?year before",
            times,
            7,
        ),
    )


def _against(phrase: Phrase) -> Against | None:
    """Return the year that a phrase sets this one against, None for another than the last."""
    over = _stretch_of(phrase.mentions.get("base"))
    if over is None or over.first is None or over.last is None:
        return None
    last_year = phrase.day.year - 1
    if (over.first, over.last) != (date(last_year, 1, 1), date(last_year, 12, 31)):
        return None
    return "same-period-last-year" if phrase.words.get("same") else "previous-year"


def _ratio(percent: float) -> float:
    return 1 + percent / 100


def _size(lead: str) -> Size:
    return "sum" if re.search("累计|总额|合计|\\btotal", lead) else "average"


def counted_sessions(phrase: Phrase) -> float | None:
    """Return the sessions in a row that a phrase counts; None for weeks, and for what may come."""
    nth = phrase.words.get("nth")
    span = phrase.mentions.get("value")
    if not _is_fact(phrase) or _TRAPS.search(phrase.lead) or _OF_A_SHARE.search(phrase.sentence):
        return None
    if nth:
        return float(nth)
    if isinstance(span, PeriodMention):
        period = span.period
        daily = period.kind == "last" and period.unit in ("sessions", "days")
        return float(period.count) if daily and period.count else None
    if isinstance(span, Quantity) and isinstance(span.value, float):
        return span.value if span.unit in ("sessions", "days") else None
    return None


def lookback(phrase: Phrase) -> Period | None:
    """Return the span over which a phrase says that a flow is the largest."""
    if not _is_fact(phrase) or _TRAPS.search(phrase.lead) or _OF_A_SHARE.search(phrase.sentence):
        return None
    if phrase.words.get("ever"):
        return Period("all")
    span = phrase.mentions.get("span")
    if isinstance(span, PeriodMention) and span.period.kind in (*_SUMMED - {"span"}, "all"):
        return span.period
    return None


Reader = Callable[[Phrase], Draft | None]
_IN_A_ROW = "(?:连续|连)?"


def streak_patterns(read: Reader) -> tuple[Pattern, ...]:
    """Return how runs of one direction are said."""
    return (
        zh(f"{_IN_A_ROW}{{span:value}}(?:录得|出现|获)?{_ZH_SIDE}(?!{{gap}}{{money}})", read, 6),
        en(
            r"\bnet (?:(?P<down>selling|sales|outflows?|sellers)|buying|purchases|inflows?|buyers)"
            r"(?: [^.;,\ue001-\ue00e]{0,30})? (?:for|on|in) (?:a|the|its|their) "
            r"(?P<nth>\d{1,3})(?:st|nd|rd|th) (?:consecutive|straight|successive) "
            r"(?:session|day|trading day)",
            read,
            6,
        ),
        en(
            r"\bnet (?:(?P<down>sellers)|buyers) (?:for|in|over) {span:value}"
            r"(?: in a row| running| straight)?",
            read,
            5,
        ),
        en(
            r"{span:value} of net (?:(?P<down>selling|sales|outflows?)|buying|purchases|inflows?)",
            read,
            6,
        ),
    )


def record_patterns(read: Reader) -> tuple[Pattern, ...]:
    """Return how the largest flow of a session in so long is said."""
    ever = "(?P<ever>历史|有史以来|开通以来|纪录|记录)"
    side = r"net (?:(?P<down>selling|sales|outflow)|buying|purchases|inflow)"
    return (
        zh(f"录得{{span:span}}(?:以?来)?最大(?:的)?(?:单日|一日){_ZH_SIDE}", read, 6),
        zh(f"录得{ever}(?:以?来)?最大(?:的)?(?:单日|一日){_ZH_SIDE}", read, 6),
        zh(
            f"{_ZH_SIDE}(?:金?额)?(?:创|刷新)(?:下|出)?{{span:span}}(?:以?来)?(?:的)?(?:新高|最高)",
            read,
            6,
        ),
        en(rf"\blargest {side} of a session ?(?:in |since )?{{span:span}}", read, 6),
        en(rf"\blargest {side} of a session (?P<ever>on record|ever)", read, 6),
        en(
            rf"\blargest (?:daily|one-day|single-day) {side} ?(?:in |since )?{{span:span}}", read, 6
        ),
    )


def share_patterns(read: Reader) -> tuple[Pattern, ...]:
    """Return how the part of a flow that went somewhere is said."""
    return (
        zh(
            "(?P<part>[A-Za-z\u4e00-\u9fff]{1,10}?)(?:股|板块|行业)?占(?:其|\ue001)?(?:总|全部)?"
            "净(?:买入|流入)额?的?{pct:value}",
            read,
            6,
        ),
        en(
            r"\bput {pct:value} of (?:its|their) net (?:buying|inflows?) into "
            r"(?P<part>[A-Z][A-Za-z ]{1,30}?)(?= shares|\b[.,;]| this| so far| in | over )",
            read,
            6,
        ),
    )
