"""Against a benchmark: relative returns, and who leads whom."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated, Literal

import numpy as np

from springtide.claims.model import Claim, Measurement, Params, Row
from springtide.language.messages import Change, Duration, Message, Percent, When, message
from springtide.language.tolerance import interval
from springtide.language.types import Period
from springtide.market import instruments
from springtide.market.pairs import RATE_DAYS, pair_on_file
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import benchmarks, rows
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.families.changes import YEAR_TO_DATE, PeriodReturn, ends
from springtide.metrics.params import Limits
from springtide.metrics.patterns import (
    Draft,
    NameMention,
    Phrase,
    en,
    is_fact,
    is_price_fact,
    period_of,
    zh,
)
from springtide.metrics.registry import Metric
from springtide.metrics.simulated import computed
from springtide.numerics import breadth

By = Literal["difference", "ratio"]

TODAY = Period("last", count=1, unit="sessions")


@dataclass(frozen=True, slots=True)
class RelativeReturn(Params):
    """Against what, over which period, and whether returns are subtracted or divided.

    ``benchmark`` is an id; "" is that of a basket, else the index of the market.
    """

    benchmark: str = ""
    period: Period = YEAR_TO_DATE
    by: By = "difference"


@dataclass(frozen=True, slots=True)
class LeadLag(Params):
    """Against what, over the last how many daily changes, up to how many sessions apart."""

    other: str = ""
    window: Annotated[int, Limits(60)] = 250
    most: Annotated[int, Limits(1, 20)] = 5


def _relative(view: View, instrument: Instrument, params: RelativeReturn) -> Measured:
    """Compare the return with that of the benchmark between the same two days."""
    benchmark = benchmarks.other(view, instrument, params.benchmark, "benchmark")
    base, end = ends(view, instrument, PeriodReturn(params.period))
    start = close_by(view, benchmark, base.date)
    stop = close_by(view, benchmark, end.date)
    for row in (base, start):
        rows.check_base(row)
    rates, rate_grew = rates_between(view, benchmark, instrument, base.date, end.date)
    grew = end.value / base.value
    other = stop.value / start.value * rate_grew
    value = grew - other if params.by == "difference" else grew / other - 1.0
    return Measured(100.0 * value, (base, end, start, stop, *rates))


def close_by(view: View, instrument: Instrument, day: date) -> Row:
    """Return the last close by a day, which must be that of the last session by then."""
    i = rows.before(view, instrument, "close", day + timedelta(days=1))
    return rows.row(view.bars(instrument.id), i, "close")


def rates_between(
    view: View, benchmark: Instrument, instrument: Instrument, first: date, last: date
) -> tuple[tuple[Row, ...], float]:
    """Return the rates at both ends where currencies differ, and what the benchmark's grew by."""
    currency, wanted = benchmark.currency, instrument.currency
    if currency == wanted:
        return (), 1.0
    known = pair_on_file(view, currency, wanted)
    bars = view.bars(known[0]) if known else None
    if known and bars:
        held = np.flatnonzero(bars.close > 0)
        at = [int(np.searchsorted(bars.dates[held], np.datetime64(day), "right")) - 1
              for day in (first, last)]  # fmt: skip
        shown = tuple(rows.row(bars, int(held[max(i, 0)]), "close") for i in at)
        ages = [(day - row.date).days for day, row in zip((first, last), shown, strict=True)]
        if min(at) >= 0 and max(ages) <= RATE_DAYS:
            return shown, (shown[1].value / shown[0].value) ** known[1]
    raise Missing(
        "missing.rates", subject=benchmark.id, currency=currency or "?", wanted=wanted or "?"
    )


def _lead_lag(view: View, instrument: Instrument, params: LeadLag) -> Measured:
    """Find the lag at which the changes of two instruments go together most, if any stands out."""
    other = benchmarks.other(view, instrument, params.other, "other")
    _, _ = rows.at(view, instrument, "close")
    mine, theirs = view.bars(instrument.id), view.bars(other.id)
    held, others = rows.rows_with(mine, "close"), rows.rows_with(theirs, "close")
    rows.check_positive(instrument, mine, held)
    rows.check_positive(other, theirs, others)
    _, a, b = np.intersect1d(mine.dates[held], theirs.dates[others], return_indices=True)
    first, second = held[a][-params.window - 1 :], others[b][-params.window - 1 :]
    if first.size <= params.window:
        raise Missing(
            "missing.too-few-common", needed=params.window + 1, subject=instrument.id,
            other=other.id, day=str(view.as_of), held=first.size,
        )  # fmt: skip
    changes = [np.diff(np.log(bars.close[at])) for bars, at in ((mine, first), (theirs, second))]
    for one, change in zip((instrument, other), changes, strict=True):
        if not np.ptp(change):
            start = rows.day_of(mine, int(first[0]))
            raise Missing(
                "missing.all-equal", subject=one.id, first=str(start), last=str(view.as_of)
            )
    made = breadth.lead_lag(changes[0], changes[1], params.most)
    shown = [
        computed(instrument, f"correlation with {other.id}, lag {lag}", view.as_of, made.at(lag))
        for lag in range(-params.most, params.most + 1)
    ]
    how = f"5% divided by {2 * params.most} lags, {params.window} changes"
    shown.append(computed(instrument, "threshold", view.as_of, made.threshold, how))
    windows = (
        rows.window(view, mine, first, "close"),
        rows.window(view, theirs, second, "close"),
    )
    return Measured(float(made.lag), tuple(shown), windows)


def against(claim: Claim, name: str) -> Message:
    """Return the name of the other instrument, the default one where the parameter is ""."""
    identity = name or benchmarks.default(instruments.of_id(claim.subject))
    return benchmarks.in_words(identity) if identity else message("metrics.no-instrument")


def _say_relative(claim: Claim, measurement: Measurement) -> Message:
    params = claim.params
    assert isinstance(params, RelativeReturn) and isinstance(claim.value, float)
    size = abs(claim.value)
    return message(
        "metrics.relative_return-said",
        value=Percent(size, 2) if claim.unit == "%" else Change(size, "pp"),
        benchmark=against(claim, params.benchmark),
        period=When(params.period, claim.as_of),
        by=params.by,
        way="down" if claim.value < 0 else "up",
    )


def _say_lead(claim: Claim, measurement: Measurement) -> Message:
    params = claim.params
    assert isinstance(params, LeadLag) and isinstance(claim.value, float)
    lag = round(claim.value)
    return message(
        "metrics.lead_lag-said",
        value=Duration(abs(lag), "sessions"),
        window=Duration(params.window, "sessions"),
        other=against(claim, params.other),
        way="ahead" if lag > 0 else "behind" if lag < 0 else "none",
    )


def _with_benchmark(measurement: Measurement) -> RelativeReturn:
    """Return the parameters with the benchmark that was taken, which the sentence names."""
    assert isinstance(measurement.params, RelativeReturn)
    return replace(measurement.params, benchmark=measurement.evidence.rows[2].subject)


def named(phrase: Phrase, label: str) -> str:
    """Return the id of the instrument that a pattern's name means, "" for none."""
    mention = phrase.mentions.get(label)
    return mention.ids[0] if isinstance(mention, NameMention) and mention.ids else ""


_ITS_OWN = re.compile(" ?的?(?:同期|累计|区间|整体)?(?:[涨升跌]幅|回报|收益|表现)")
_OF_INDICES = ("index", "basket", "etf")


def _read_relative(phrase: Phrase) -> Draft | None:
    """Read "outperformed X by N%": a difference in points, which per cent may mean as a ratio too."""
    quantity = phrase.quantity()
    benchmark = named(phrase, "benchmark")
    says = is_fact if phrase.words.get("excess") else is_price_fact
    if quantity.unit not in ("%", "pp", "points") or not says(phrase):
        return None
    if not benchmark and not phrase.words.get("market"):
        return None
    if _ITS_OWN.match(phrase.trail):  # "beat the index's 5% rise" is the index's
        return None
    if phrase.words.get("race") and instruments.of_id(benchmark).kind not in _OF_INDICES:
        return None  # "beat Acme by 3%" may be of sales
    params = RelativeReturn(benchmark, period_of(phrase) or TODAY)
    written = phrase.period.text if phrase.period else ""
    ratio = replace(params, by="ratio")
    if phrase.words.get("ratio"):
        return Draft(ratio, quantity, phrase.sign, unit="%", period=written)
    also = ((ratio, "%"),) if quantity.unit == "%" else ()
    return Draft(params, quantity, phrase.sign, unit="pp", period=written, also=also)


def _read_lead(phrase: Phrase) -> Draft | None:
    other = named(phrase, "other")
    if not other or not is_fact(phrase):
        return None
    params = LeadLag(other, phrase.window(250))
    if "value" not in phrase.mentions:
        return Draft(params, value=0.0, unit="sessions", within=interval("exact", 0.0, 1.0))
    quantity = phrase.quantity()
    return Draft(params, quantity, phrase.sign) if quantity.unit == "sessions" else None


_BY = r"(?: index)? by {other:value}(?P<ratio>,? in relative terms)?"
_BY_PERCENT = r"(?: index)? by {pct:value}(?P<ratio>,? in relative terms)?"
_BY_POINTS = r"(?: index)? by {points:value}(?P<ratio>,? in relative terms)?"
_OUTDONE = r"\b(?:outperform(?:ed|s|ing)?|(?P<down>underperform(?:ed|s|ing)?))"
_RACE = (
    r"\b(?P<race>beat(?:s|en|ing)?|ahead of|"
    r"(?P<down>lag(?:s|ged|ging)?(?: behind)?|trail(?:s|ed|ing)?|behind))"
)
_NAMED = r" (?:the )?{name:benchmark}"
_MARKET = r" (?P<market>the (?:broader |wider )?market)"
_ZH = "(?P<ratio>按比值(?:计算)?)?跑(?:赢|(?P<down>输))(?:了)?"

RELATIVE_RETURN = Metric(
    key="relative_return",
    params=RelativeReturn,
    formula="(1 + R) - (1 + B), or (1 + R) / (1 + B) - 1 by ratio; both between the same days",
    minimum="both closes at both ends; a daily rate at both where currencies differ",
    unit=lambda params, instrument: "pp" if params.by == "difference" else "%",
    decimals=2,
    measure=_relative,
    wording=_say_relative,
    completed=_with_benchmark,
    patterns=(
        *(
            en(verb + whom + size, _read_relative, 8)
            for verb, whom in ((_OUTDONE, _NAMED), (_OUTDONE, _MARKET), (_RACE, _NAMED))
            for size in (_BY, _BY_PERCENT, _BY_POINTS)
        ),
        *(
            en(
                r"\bexcess return of " + size + r" (?:over|against|relative to)" + _NAMED,
                _read_relative,
                8,
            )
            for size in ("{pct:value}", "{other:value}")
        ),
        *(
            zh(
                "(?:相对|相较|较)于?{name:benchmark}的?(?P<excess>超额(?:收益|回报))率?(?:为|达到?)?"
                + size,
                _read_relative,
                8,
            )
            for size in ("{pct:value}", "{other:value}")
        ),
        *(
            zh(_ZH + whom + "{gap}" + size, _read_relative, 8)
            for whom in ("{name:benchmark}", "(?P<market>大市)")
            for size in ("{other:value}", "{pct:value}")
        ),
    ),
)

LEAD_LAG = Metric(
    key="lead_lag",
    params=LeadLag,
    formula="lag of the largest correlation of daily log changes, 0 where none stands out",
    minimum="window + 1 sessions on which both have a close",
    unit="sessions",
    decimals=0,
    measure=_lead_lag,
    wording=_say_lead,
    example=2.0,
    patterns=(
        en(
            r"\b(?:led|(?P<down>followed)) (?:the )?{name:other} by {duration:value} {period:window}",
            _read_lead,
            8,
        ),
        en(r"\bneither led nor followed (?:the )?{name:other} {period:window}", _read_lead, 8),
        zh(
            "{period:window}(?:内|里)?(?:领先|(?P<down>落后)){name:other}{duration:value}",
            _read_lead,
            8,
        ),
        zh("{period:window}(?:内|里)?既不领先也不落后于?{name:other}", _read_lead, 8),
    ),
)

METRICS = (RELATIVE_RETURN, LEAD_LAG)
