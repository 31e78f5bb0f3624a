"""What the words of a valuation mean: which multiple, over which period, of which day.

A multiple is told by its own words (市盈率, P/E, times earnings, 股息率), never by a number with 倍
or "times" alone: oversubscription, growth and volume are stated so too. A percentile or a discount
is one of a valuation only where its sentence speaks of one and of nothing that has them as well.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from springtide.language.tolerance import interval
from springtide.language.types import (
    Comparator,
    DateMention,
    Interval,
    Period,
    PeriodMention,
    Quantity,
)
from springtide.metrics.patterns import (
    Draft,
    NameMention,
    Phrase,
    WindowMention,
    is_fact,
)
from springtide.metrics.valuations import (
    Against,
    Cape,
    ExcessYield,
    Field,
    RelativeValuation,
    ReratingShare,
    Statistic,
    ValuationAverage,
    ValuationGap,
    ValuationMultiple,
    ValuationPercentile,
)

ZH_SHORT = "(?<![A-Za-z])P/?[EBS](?![A-Za-z]|机构|基金|投资|管|膜|粒|料)"
ZH_KIND = "(?:前瞻|远期|预期|预测|预计|动态|滚动|静态|历史|往绩|现时|TTM|LYR)"
ZH_RATIO = f"(?:市盈率|本益比|市净率|市账率|市销率|EV/EBITDA|{ZH_SHORT})"
EN_KIND = (
    "(?:(?:forward|trailing|prospective|estimated|expected|projected|historical|static|current|"
    "ttm)[ -](?:\ue007[ -])?)?"
)
EN_RATIO = (
    r"(?:P/E|PE\b|price[- ](?:to[- ])?earnings|earnings multiple|P/B|price[-/ ](?:to[- ])?book|P/S|"
    r"price[-/ ](?:to[- ])?(?:forward )?(?:sales|earnings)|EV/EBITDA)(?:[- ](?:ratio|multiple))?"
)

_FORWARD = re.compile(
    "前瞻|远期|预期|预测|预计|动态|对应|\\b(?:forward|prospective|estimated|expected|projected|"
    "next year)|[\ue005\ue009\ue00a]|\\b20\\d\\d\\b",
    re.IGNORECASE,
)
_MENTIONED = re.compile(
    f"{ZH_KIND}?的?{ZH_RATIO}|股息率|股息收益率|周息率|息率|{EN_KIND}{EN_RATIO}|dividend yield|"
    "(?:forward |trailing |expected |estimated )?(?:earnings|sales|book value)(?! growth)",
    re.IGNORECASE,
)
_VALUATION = re.compile(r"估值|\bvaluations?\b|\bvalued\b", re.IGNORECASE)
_OTHER = re.compile(
    "行业(?:的|平均|整体|最新)*[为约是达仅]*$|同业|同行|可比公司|竞争对手|\\b(?:industry|sector|peers?|rivals?)\\b",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    "给予|予以|给到|基于|按照?|假设|若|目标|标准差|"
    r"\b(?:based on|assum\w+|apply\w*|applied|target|consider\w*|asking for|when we|implied)\b",
    re.IGNORECASE,
)
_NOT_OF_VALUE = re.compile(
    "热度|拥挤|成交|换手|波动率|情绪|融资|资金|配售|配股|收购|要约|发行价|发售|招股|认购|转股|先旧后新|"
    r"私有化|利率|汇率|\b(?:turnover|volume|volatility|placement|placing|offer price|takeover|bid|"
    r"crowd\w+|subscri\w+)\b",
    re.IGNORECASE,
)


def field_of(words: str) -> Field:
    """Return the multiple that words name.

    Examples
    --------
    >>> field_of("前瞻市盈率"), field_of("PB"), field_of("times trailing earnings")
    ('forward_pe', 'price_to_book', 'trailing_pe')
    """
    said = words.casefold()
    if re.search(r"市净率|市账率|p/?b\b|book", said):
        return "price_to_book"
    if re.search(r"市销率|p/?s\b|sales", said):
        return "price_to_sales"
    if "ebitda" in said:
        return "ev_ebitda"
    if re.search("股息|息率|dividend", said):
        return "dividend_yield"
    if re.search("静态|lyr|static", said):
        return "static_pe"
    return "forward_pe" if _FORWARD.search(words) else "trailing_pe"


def names_multiple(text: str) -> bool:
    """Say whether a text names a multiple, and not only a valuation.

    Examples
    --------
    >>> names_multiple("估值较五年均值低30%"), names_multiple("its P/E is 30% below its mean")
    (False, True)
    """
    return _MENTIONED.search(text) is not None


def _field(phrase: Phrase) -> Field | None:
    """Return the multiple spoken of: by the words of a match, its clause, else its sentence."""
    what = phrase.words.get("what")
    if what:
        return field_of(what)
    for text in (phrase.lead, phrase.sentence):
        named = [field_of(one.group()) for one in _MENTIONED.finditer(text)]
        if named:
            return named[-1]
    return "trailing_pe" if _VALUATION.search(phrase.sentence) else None


def _is_said(phrase: Phrase) -> bool:
    """Say whether something is stated as a fact of whom it is said: no forecast, no peers'."""
    lead = _MENTIONED.sub("", phrase.lead)
    clause = re.split("[，。；,;]", phrase.sentence[: _until(phrase)])[-1]
    return is_fact(replace(phrase, lead=lead)) and not (
        _OTHER.search(lead) or _SUPPOSED.search(_MENTIONED.sub("", clause))
    )


def _until(phrase: Phrase) -> int:
    """Return where a value begins in its sentence."""
    return max(phrase.sentence.find(phrase.quantity().text), 0)


VAGUE = 0.5
"""Confidence of what is said of a valuation without a word on which multiple it is by."""


def _sure(phrase: Phrase) -> float:
    return 1.0 if phrase.words.get("what") or _MENTIONED.search(phrase.sentence) else VAGUE


_EVER = Period("all")


def _over(phrase: Phrase) -> Period | None:
    """Return the period that a match names, or its clause; None where nothing says it."""
    if phrase.words.get("history"):
        return _EVER
    mention = phrase.mentions.get("over")
    if isinstance(mention, PeriodMention):
        return _stretch(mention.period)
    if isinstance(mention, DateMention):
        return Period("span", mention.first, mention.last)
    if isinstance(mention, WindowMention):  # 五年平均 is written like a moving average
        return Period("last", count=mention.window, unit="years")
    if isinstance(mention, Quantity) and isinstance(mention.value, float):
        return Period("last", count=int(mention.value), unit=mention.unit)  # type: ignore[arg-type]
    if phrase.period is not None:
        return _stretch(phrase.period.period)
    if phrase.stretch is not None:
        return Period("span", phrase.stretch.first, phrase.stretch.last)
    return None


def _stretch(period: Period) -> Period | None:
    """Return a period whose sessions can be counted: that of a high is the one it was sought in."""
    if period.kind in ("since-low", "since-high"):
        return Period("span", period.first, period.last) if period.first else None
    return period


_BELOW = re.compile(r"低于|不及|below|under", re.IGNORECASE)


def _sign(phrase: Phrase) -> int:
    """Return the direction, which may stand in the words of the period: 低于五年均值."""
    if phrase.words.get("down"):
        return -1
    over = phrase.mentions.get("over")
    return -1 if over is not None and _BELOW.search(over.text) else 1


_ONCE = re.compile(
    "曾|一度|当时|此前|之前|彼时|去年|上月|上周|历史最[高低]|顶部|底部|"
    r"\b(?:once|had been|was then|at the time|at (?:its|the) (?:peak|top|bottom|low)|last year|"
    r"a year ago|earlier)\b",
    re.IGNORECASE,
)


_AVERAGED = re.compile(
    "(?:年|years?)(?:的|历史|来)*[ -]?(?:平均|均值|average|mean)[^，。；,;]{0,12}$", re.IGNORECASE
)


def _is_of_another_day(phrase: Phrase) -> bool:
    """Say whether a figure is one of the past that no day is named for."""
    if phrase.stretch is not None and phrase.stretch.last < phrase.day:
        return True
    return bool(_ONCE.search(phrase.lead) or _AVERAGED.search(phrase.sentence, 0, _until(phrase)))


def read_multiple(phrase: Phrase) -> Draft | None:
    """Read a multiple of the day: 市盈率为12倍, a P/E of 12."""
    field = _field(phrase)
    if field is None or not _is_said(phrase) or _is_of_another_day(phrase):
        return None
    return Draft(ValuationMultiple(field), phrase.quantity(), of_one=True)


def read_beside(phrase: Phrase) -> Draft | None:
    """Read the multiple of another index beside one: "versus 28 times for the S&P 500"."""
    field, name = _field(phrase), phrase.mentions["other"]
    assert isinstance(name, NameMention)
    if field is None or not name.ids or not _MENTIONED.search(phrase.sentence):
        return None
    if not _is_said(phrase) or _is_of_another_day(phrase):
        return None
    return Draft(ValuationMultiple(field), phrase.quantity(), subject=name.ids[0])


def read_yield(phrase: Phrase) -> Draft | None:
    """Read the dividend yield that a verb states of an index or a share: "yields 3.9%"."""
    if not _is_said(phrase) or _is_of_another_day(phrase) or _BOND.search(phrase.sentence):
        return None
    return Draft(ValuationMultiple("dividend_yield"), phrase.quantity(), of_one=True)


_BOND = re.compile(
    r"\b(?:bonds?|treasur\w+|notes?|bills?|debt|gilts?|bunds?|deposits?|10-year|coupons?)\b",
    re.IGNORECASE,
)


def _is_year(phrase: Phrase) -> bool:
    """Say whether the time that a match names is a whole year: that of the earnings."""
    mention = phrase.mentions["year"]
    if isinstance(mention, PeriodMention):
        if mention.period.kind == "ytd":  # the year that is running
            return True
        first, last = mention.period.first, mention.period.last
        return first is not None and last is not None and (last - first).days > _MOST_OF_A_YEAR
    assert isinstance(mention, DateMention)
    return (mention.last - mention.first).days > _MOST_OF_A_YEAR


_MOST_OF_A_YEAR = 360


def read_forward(phrase: Phrase) -> Draft | None:
    """Read what is said of the earnings of a year that is named: 对应2025年17倍."""
    if not _MENTIONED.search(phrase.sentence) or not _is_said(phrase) or not _is_year(phrase):
        return None
    return Draft(ValuationMultiple("forward_pe"), phrase.quantity(), of_one=True)


def read_average(phrase: Phrase) -> Draft | None:
    """Read the average of a period: 过去五年的平均水平（24.5倍）."""
    field, period = _field(phrase), _over(phrase)
    if field is None or period is None or not _MENTIONED.search(phrase.sentence):
        return None
    over = phrase.mentions.get("over")
    if isinstance(over, WindowMention) and "年" not in over.text:
        return None
    said = phrase.words.get("stat", "").casefold()
    statistic: Statistic = "median" if said in ("median", "中位数") else "mean"
    if said.startswith(("harmonic", "调和")):
        statistic = "harmonic"
    params, quantity = ValuationAverage(field, period, statistic), phrase.quantity()
    if phrase.words.get("plain"):  # 低于24.5倍的五年平均: the average is 24.5
        value = quantity.value
        within = interval("exact", value, quantity.step)
        return Draft(params, quantity, comparator="=", within=within, of_one=True)
    return Draft(params, quantity, of_one=True)


def read_percentile(phrase: Phrase) -> Draft | None:
    """Read where a multiple stands: 处于近五年25%分位, the 25th percentile."""
    field, period = _field(phrase), _over(phrase)
    around = phrase.lead + (phrase.words.get("what") or "")
    if field is None or period is None or _NOT_OF_VALUE.search(around):
        return None
    params = ValuationPercentile(field, period, "range" if phrase.words.get("range") else "rank")
    ordinal = phrase.words.get("ordinal")
    if ordinal is None:
        sure = _sure(phrase)
        return Draft(params, phrase.quantity(), unit="%", of_one=True, confidence=sure)
    value = float(ordinal)
    step = 10.0 ** -len(ordinal.partition(".")[2])
    within = interval("exact", value, step)
    return Draft(params, value=value, unit="%", within=within, of_one=True)


def read_share_of_time(phrase: Phrase) -> Draft | None:
    """Read a percentile that is said as a share of time: 低于近五年83%的时间."""
    field, period = _field(phrase), _over(phrase)
    if field is None or period is None or _NOT_OF_VALUE.search(phrase.lead):
        return None
    params, quantity, sure = ValuationPercentile(field, period), phrase.quantity(), _sure(phrase)
    if phrase.words.get("up"):
        return Draft(params, quantity, unit="%", of_one=True, confidence=sure)
    if not isinstance(quantity.value, float):
        return None
    # Lower than on 83% of days is the 17th percentile.
    low, high = 100.0 - quantity.within.high, 100.0 - quantity.within.low
    within = Interval(low, high, quantity.within.high_open, quantity.within.low_open)
    turned: dict[Comparator, Comparator] = {">": "<", "<": ">"}
    return Draft(
        params, value=100.0 - quantity.value, unit="%", within=within, of_one=True,
        comparator=turned.get(quantity.comparator, quantity.comparator), confidence=sure,
    )  # fmt: skip


def _gap_of(phrase: Phrase, against: Against) -> Draft | None:
    field = _field(phrase)
    if field is None or not _is_said(phrase) or _NOT_OF_VALUE.search(phrase.sentence):
        return None
    if against == "benchmark":
        name = phrase.mentions["benchmark"]
        assert isinstance(name, NameMention)
        if not name.ids:
            return None
        params = ValuationGap(field, against, benchmark=name.ids[0])
    else:
        period = _over(phrase)
        if period is None:
            return None
        params = ValuationGap(field, against, period)
    sure = _sure(phrase)
    return Draft(params, phrase.quantity(), _sign(phrase), of_one=True, confidence=sure)


def read_average_gap(phrase: Phrase) -> Draft | None:
    """Read the distance to an average: 较五年均值低30%."""
    return _gap_of(phrase, "average")


def read_peak_gap(phrase: Phrase) -> Draft | None:
    """Read the distance to a peak: 比2021年初的高点低53%."""
    return _gap_of(phrase, "peak")


def read_below_peak(phrase: Phrase) -> Draft | None:
    """Read the distance to a peak whose words say that it is below it: "below its 2021 peak"."""
    over = phrase.mentions.get("over")
    below = over is not None and _BELOW.search(over.text)
    return _gap_of(phrase, "peak") if below else None


def read_benchmark_gap(phrase: Phrase) -> Draft | None:
    """Read a discount or premium to a benchmark: 较恒指溢价140%."""
    return _gap_of(phrase, "benchmark")


def read_relative(phrase: Phrase) -> Draft | None:
    """Read a multiple of a multiple: 市盈率为恒指的2.4倍."""
    field, name = _field(phrase), phrase.mentions["benchmark"]
    assert isinstance(name, NameMention)
    if field is None or not name.ids or not _is_said(phrase):
        return None
    return Draft(RelativeValuation(field, name.ids[0]), phrase.quantity(), of_one=True)


def _is_earned(phrase: Phrase) -> bool:
    return bool(phrase.words.get("earned") or phrase.words.get("more"))


def read_rerating(phrase: Phrase) -> Draft | None:
    """Read which part of a move was re-rating: 涨幅的97.5%来自估值修复."""
    what = phrase.words.get("what")
    period = phrase.period.period if phrase.period is not None else None
    over = phrase.mentions.get("over")
    if isinstance(over, PeriodMention):
        period = over.period
    if period is None or period.kind == "all" or not is_fact(phrase):
        return None
    field = field_of(what) if what else "trailing_pe"
    part: Literal["multiple", "earnings"] = "earnings" if _is_earned(phrase) else "multiple"
    return Draft(ReratingShare(period, field, part), phrase.quantity())


_LONGEST_MONTH = 31


def read_cape(phrase: Phrase) -> Draft | None:
    """Read CAPE, of the month that is named or of now."""
    if not is_fact(phrase) or _ONCE.search(phrase.lead):
        return None
    month = phrase.stretch
    if month is None or month.last >= phrase.day:
        return Draft(Cape(), phrase.quantity())
    whole = (month.last - month.first).days < _LONGEST_MONTH
    return Draft(Cape(), phrase.quantity(), as_of=month.last) if whole else None


def read_excess(phrase: Phrase) -> Draft | None:
    """Read the excess CAPE yield."""
    return Draft(ExcessYield(), phrase.quantity()) if is_fact(phrase) else None
