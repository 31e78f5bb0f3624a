"""Highs and lows: whether this is the highest, or lowest, price in so long."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np

from springtide.claims.model import Claim, Measurement, Params
from springtide.language.messages import Duration, Message, When, message
from springtide.language.types import DateMention, DurationUnit, Period, PeriodMention, Quantity
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.batches import Answers, Batch, Kernel
from springtide.metrics.params import Lookback
from springtide.metrics.patterns import Draft, Phrase, en, is_price_fact, zh
from springtide.metrics.registry import Metric

SLACK = 0.05
"""An "N-year high" may be this share of its span short: 3 years less 8 weeks is still "three-year"."""

NEAR = 2.0
"""A price is "near" a high when it is within this many per cent of it."""

UNSAID = 0.6
"""The most that is sure of a record whose words do not say whether of closes or within a session,
or that is told of as past: enough to support it, too little to refute it."""

DEFAULT_LOOKBACK = Period("last", count=52, unit="weeks")
"""A "new high" without a span is measured over 52 weeks, the convention of exchanges."""


@dataclass(frozen=True, slots=True)
class HighLowRecord(Params):
    """Over which lookback, which side, by close or within the session, reached or only near."""

    lookback: Lookback = DEFAULT_LOOKBACK
    side: Literal["high", "low"] = "high"
    basis: Literal["close", "intraday"] = "close"
    near: bool = False


def _record(view: View, instrument: Instrument, params: HighLowRecord) -> Measured:
    field = "close" if params.basis == "close" else params.side
    bars, i = rows.at(view, instrument, field)
    first = _lookback_start(view, instrument, params.lookback)
    held = rows.stretch(view, instrument, field, first, view.as_of - timedelta(days=1))
    values = rows.column(bars, field)
    high = params.side == "high"
    position = int(held[int(np.argmax(values[held]) if high else np.argmin(values[held]))])
    today, best = float(values[i]), float(values[position])
    reached = today > best if high else today < best
    cited = [position, i]
    if params.near and not reached:
        # "Fell back after nearing its high" is said of a session and the one before it.
        nearest = min({i, int(held[-1])} - {position}, key=lambda at: abs(float(values[at]) - best))
        reached = abs(float(values[nearest]) / best - 1) * 100 <= NEAR
        cited = list(dict.fromkeys([position, nearest, i]))
    return Measured(
        bool(reached),
        tuple(rows.row(bars, at, field) for at in cited),
        (rows.window(view, bars, held, field),),
    )


def _price(params: HighLowRecord) -> Literal["close", "high", "low"]:
    return "close" if params.basis == "close" else params.side


def _records(batch: Batch, params: HighLowRecord) -> Answers:
    answers = Answers.open(batch, yes_no=True)
    if params.near or params.lookback.kind == "all":
        return answers
    name = _price(params)
    here = batch.today(name, answers)
    first = batch.first_days(params.lookback, answers)
    lookback = params.lookback
    if lookback.kind == "since":
        first = first + 1
    elif lookback.kind == "last" and lookback.unit not in ("sessions", "days"):
        first = np.where(first < 0, first, first + (SLACK * (batch.day - first)).astype(np.int64))
    stretch = batch.since(name, first, answers, here, before_today=True)
    top, bottom = batch.extremes(stretch, name, name)
    known = top >= 0
    places = stretch.place[known]
    best = batch.columns.figure(name)[(top if params.side == "high" else bottom)[known]]
    now = batch.last(name, places)
    answers.put(places, now > best if params.side == "high" else now < best)
    return answers


def _lookback_start(view: View, instrument: Instrument, lookback: Period) -> date:
    if lookback.kind == "all":
        return whole_history(view, instrument)
    if lookback.kind == "since" and lookback.first:
        return lookback.first + timedelta(days=1)
    first = rows.first_day(view, instrument, lookback)
    if lookback.kind == "last" and lookback.unit not in ("sessions", "days"):
        return first + SLACK * (view.as_of - first)
    return first


def whole_history(view: View, instrument: Instrument) -> date:
    """Return the first session, to which the data must reach back for an all-time record."""
    bars = view.bars(instrument.id)
    held = rows.rows_with(bars, "close")
    if instrument.inception is None:
        raise Missing("missing.no-inception", subject=instrument.id)
    if not held.size or rows.day_of(bars, int(held[0])) > instrument.inception + timedelta(days=7):
        raise Missing("missing.not-back-to", subject=instrument.id, day=str(instrument.inception))
    return instrument.inception


def _stated(params: HighLowRecord) -> tuple[float | None, str]:
    if params.lookback.kind == "last" and params.lookback.count:
        return float(params.lookback.count), str(params.lookback.unit)
    return None, ""


def _say(claim: Claim, measurement: Measurement) -> Message:
    params = claim.params
    assert isinstance(params, HighLowRecord)
    lookback = params.lookback
    counted = lookback.kind == "last" and lookback.count is not None and lookback.unit is not None
    return message(
        "metrics.high_low_record-said",
        near="yes" if params.near else "no",
        side=params.side,
        basis=params.basis,
        lookback="last" if counted else "all" if lookback.kind == "all" else "since",
        value=Duration(lookback.count or 0, lookback.unit or "sessions"),
        period=When(lookback, lookback.first or date.max),
    )


_VALUATION = re.compile(
    "(?:PE|PB|市盈率|市净率|估值|股息率|利润率|毛利率)[^。；]{0,30}(?:历史|[低高]位|新[高低])",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"\b(?:clos(?:ed|es|ing)|ended|finished|settled) at\b|收[于在报]", re.IGNORECASE
)
_PAST = re.compile(
    r"\b(?:had|was|were|recently|previously|earlier|after|from)\b|曾|此前|早前|先前|月初|年初|去年|上[周月]"
)
_REACHED = re.compile("最高达|最多[升涨]|冲高|今早[^，。；]{0,4}创|(?<!全)日内[^，。；]{0,4}创")


def _read(phrase: Phrase) -> Draft | None:
    if not is_price_fact(phrase) or _VALUATION.search(phrase.sentence):
        return None
    if (
        phrase.stretch not in (None, phrase.mentions.get("since"))
        and phrase.stretch.last < phrase.day
    ):
        return None  # on some day of a stretch of days, which is not said
    words = phrase.words
    side: Literal["high", "low"] = "low" if words.get("low") else "high"
    lookback, value, unit, written = _span_read(phrase)
    if lookback is None:
        return None
    live = phrase.part in ("morning", "intraday", "midday", "afternoon", "high", "low")
    basis: Literal["close", "intraday"] = "intraday" if live and not words.get("close") else "close"
    if words.get("inside") or "saw" in words or _REACHED.search(phrase.sentence):
        basis = "intraday"
    if _CLOSED.search(phrase.lead):
        basis = "close"
    since = phrase.mentions.get("since")
    span = phrase.mentions.get("span")
    if isinstance(span, Quantity) and span.comparator == "<":
        return None  # below the high of 52 weeks
    near = bool(words.get("near")) or (
        isinstance(span, Quantity) and span.text.lower().startswith(_NEARLY)
    )
    said = bool(words.get("close") or words.get("inside") or _CLOSED.search(phrase.lead))
    other: Literal["close", "intraday"] = "close" if basis == "intraday" else "intraday"
    return Draft(
        HighLowRecord(lookback, side, basis, near),
        value=value,
        unit=unit,
        comparator="~" if near else "=",
        period=written,
        apart=since if isinstance(since, DateMention) else None,
        also=() if said else ((HighLowRecord(lookback, side, other, near), unit),),
        confidence=1.0 if said and not _PAST.search(phrase.lead) else UNSAID,
    )


def _span_read(phrase: Phrase) -> tuple[Period | None, float | None, str, str]:
    """Return the lookback, and the number and words that state it."""
    since = phrase.mentions.get("since")
    if isinstance(since, DateMention):
        return Period("since", since.last), None, "", since.text
    span = phrase.mentions.get("span")
    if isinstance(span, Quantity):
        if not isinstance(span.value, float):
            return None, None, "", ""
        unit: DurationUnit = span.unit  # type: ignore[assignment]
        return Period("last", count=int(span.value), unit=unit), span.value, unit, span.text
    if isinstance(span, PeriodMention):
        period = span.period
        if period.kind == "last" and period.count:
            return period, float(period.count), str(period.unit), span.text
        if period.kind == "since" and period.first is not None:
            return Period("since", _end_of_named(span.text, period.first)), None, "", span.text
        if period.kind in ("all", "ytd", "mtd", "qtd"):
            return period, None, "", span.text
        return None, None, "", ""
    if phrase.words.get("ever"):
        return Period("all"), None, "", phrase.words["ever"]
    return DEFAULT_LOOKBACK, None, "", ""


_A_DAY = re.compile(
    r"\d\s?[日号]|\d/\d|(?:[a-z]{3,9}\.? \d{1,2}(?!\d)|\d{1,2}(?:st|nd|rd|th)? [a-z]{3})",
    re.IGNORECASE,
)
_A_MONTH = re.compile(r"月|jan|feb|mar|apr|\bmay\b|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE)


def _end_of_named(text: str, first: date) -> date:
    """Return the end of the month or year named: "the highest since 2022" may be topped in 2022."""
    if _A_DAY.search(text) or first.day != 1:
        return first
    if _A_MONTH.search(text):
        return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return date(first.year, 12, 31) if first.month == 1 else first


_NEARLY = ("逼近", "接近", "临近", "迫近", "near", "close to", "approach")
_HIGH = "(?:新高|高位|高点|最高(?:水平|收盘价?|收市价?|价|点|位)?|峰值)"
_LOW = "(?P<low>新低|低位|低点|最低(?:水平|收盘价?|收市价?|价|点|位)?|谷底)"
_SET = "(?:(?P<near>逼近|接近|临近|迫近|近)|创出|创下|创|刷新|续创|再创|连创|升至|升见|见|触及|达到?|攀至|重上|重返|录|为|跌至)"
_KIND = "(?:(?P<close>收盘|收市)|(?P<inside>盘中|即市))?"

_SAW = "(?P<saw>(?=[，,]?(?:[高低]?见|最[高低])))?"

_NEAR_EN = r"(?P<near>\b(?:near(?:s|ed|ing)?|approach(?:es|ed|ing)?|close to|just short of) )?"
_NOT_FROM = r"(?<!from )(?<!below )(?<!above )(?<!off )(?<!than )(?<!since )(?<!short of )(?<!s of )(?<!from its )(?<!from the )(?<!from a )(?<!below its )(?<!off its )(?<! of its )(?<! of the )(?<! of a )(?<!\ue002 of )"
_KIND_EN = "(?:(?P<close>closing) |(?P<inside>intraday) )?"

HIGH_LOW_RECORD = Metric(
    key="high_low_record",
    params=HighLowRecord,
    formula="price(as_of) > max(price over the lookback before as_of)",
    minimum="every session of the lookback",
    unit="",
    decimals=0,
    measure=_record,
    kernel=Kernel(_records, lambda params: (_price(params),)),
    wording=_say,
    stated=_stated,
    patterns=(
        zh(
            f"(?<![从自距离较由比])(?<!(?<!收)于)(?:{_SET}[^，,。；]{{0,6}}?)?{{span:span}}(?:以?来|之?后)?的?{_KIND}(?:{_HIGH}|{_LOW}){_SAW}",
            _read,
            3,
        ),
        zh(
            f"{_SET}[^，,。；]{{0,4}}?(?P<ever>历史|有史以来|上市以来|上市|纪录|记录){_KIND}(?:{_HIGH}|{_LOW}){_SAW}",
            _read,
            3,
        ),
        zh(f"{{date:since}}(?:之?后|以来)的?{_KIND}(?:{_HIGH}|{_LOW}){_SAW}", _read, 3),
        zh(
            "(?:创|刷新|续创|再创|连创|创出|创下)[^，,。；\ue001-\ue00e]{0,4}?(?:新高|(?P<low>新低))"
            f"{_SAW}",
            _read,
            1,
        ),
        zh("(?:屡|连)?(?:破顶)", _read, 1),
        en(
            rf"{_NOT_FROM}{_NEAR_EN}\b(?:an?|its|their|the) (?:new |fresh )?(?:{{span:span}}|(?P<ever>all-time|record))"
            rf"[- ]?{_KIND_EN}(?:highs?|peak|(?P<low>lows?|trough))\b",
            _read,
            3,
        ),
        en(
            rf"(?<!from )(?<!from a )\b(?:new |fresh )(?:{{span:span}}|(?P<ever>all-time|record))[- ]?{_KIND_EN}"
            r"(?:highs?|peak|(?P<low>lows?|trough))\b(?! and )",
            _read,
            2,
        ),
        en(
            rf"{_NOT_FROM}{{span:span}}[- ]?{_KIND_EN}(?:highs?|peak|(?P<low>lows?|trough))\b",
            _read,
            1,
        ),
        en(
            rf"{_NEAR_EN}\b(?:highest|(?P<low>lowest))(?: (?P<close>clos(?:e|ing level))"
            r"| (?P<inside>price within a session)| level| finish| point)?"
            r"(?: (?:in|for|over|of))?(?: more than| over| almost| nearly)? ?{span:span}",
            _read,
            3,
        ),
        en(
            r"\b(?:highest|(?P<low>lowest))(?: (?P<close>clos(?:e|ing level))"
            r"| (?P<inside>price within a session)| level)? (?P<ever>on record|ever)",
            _read,
            3,
        ),
    ),
)

METRICS = (HIGH_LOW_RECORD,)
