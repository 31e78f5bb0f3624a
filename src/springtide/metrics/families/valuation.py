"""Multiples: the price against earnings, book or sales, its average, percentile, and gaps to it.

Histories of trailing multiples are those that their vendors publish today: results that came later
are in them. Only rows whose ``known_at`` lies near their date are what could be known then.
"""

from __future__ import annotations

from springtide.claims.model import Claim, Measurement, Row
from springtide.language.messages import Change, Message, Name, Percent, When, message
from springtide.market import instruments
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import observed, valuation_words, valuations
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.registry import Metric
from springtide.metrics.valuations import (
    BENCHMARK,
    Field,
    RelativeValuation,
    ValuationAverage,
    ValuationGap,
    ValuationMultiple,
    ValuationPercentile,
    name_of,
)
from springtide.numerics import multiples

LEAST_SESSIONS = 250
"""Sessions that a percentile needs."""


def _multiple(view: View, instrument: Instrument, params: ValuationMultiple) -> Measured:
    figure = valuations.value(view, instrument, params.field, params.source)
    return Measured(figure.value, (observed.row(figure),))


def _average(view: View, instrument: Instrument, params: ValuationAverage) -> Measured:
    made = valuations.over(view, instrument, params.field, params.period, params.source)
    window, left_out = made.evidence()
    return Measured(multiples.average(made.values, params.statistic), left_out, (window,))


def _percentile(view: View, instrument: Instrument, params: ValuationPercentile) -> Measured:
    made = valuations.over(
        view, instrument, params.field, params.period, params.source, minimum=LEAST_SESSIONS
    )
    now = valuations.now(view, instrument, params.field, made)
    window, left_out = made.evidence()
    if params.by == "rank":
        share: float | None = multiples.rank(made.values, now.value)
    else:
        share = multiples.place(made.values, now.value)
    if share is None:
        raise Missing("missing.no-range", subject=instrument.id, day=str(view.as_of))
    return Measured(share, (observed.row(now), *left_out), (window,))


def _gap(view: View, instrument: Instrument, params: ValuationGap) -> Measured:
    if params.against == "benchmark":
        ratio = _ratio(view, instrument, params.field, params.benchmark, params.source)
        assert isinstance(ratio.value, float)
        return Measured(100.0 * (ratio.value - 1.0), ratio.rows)
    made = valuations.over(view, instrument, params.field, params.period, params.source)
    now = valuations.now(view, instrument, params.field, made)
    window, left_out = made.evidence()
    if params.against == "peak":
        peak = made.highest()
        reference: float = peak.value
        cited: tuple[Row, ...] = (peak,)
    else:
        reference, cited = multiples.average(made.values), ()
    value = 100.0 * (now.value / reference - 1.0)
    return Measured(value, (*cited, observed.row(now), *left_out), (window,))


def _relative(view: View, instrument: Instrument, params: RelativeValuation) -> Measured:
    return _ratio(view, instrument, params.field, params.benchmark, params.source)


def _ratio(
    view: View, instrument: Instrument, field: Field, benchmark: str | None, source: str | None
) -> Measured:
    other = view.find(benchmark) if benchmark else None
    if other is None:
        raise Missing("missing.benchmark", name=benchmark or "-")
    mine, theirs = valuations.common(view, instrument, other, field, source)
    return Measured(mine.value / theirs.value, (observed.row(theirs), observed.row(mine)))


# --- how it is said ------------------------------------------------------------------------------


def _number(claim: Claim) -> float:
    assert isinstance(claim.value, float)
    return claim.value


def _sized(value: float, field: Field) -> Change | Percent:
    return Percent(value, 2) if valuations.unit_of(field) == "%" else Change(value, "x", 2)


def _say_multiple(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, ValuationMultiple)
    field = claim.params.field
    return message(
        "metrics.valuation_multiple-said",
        value=_sized(_number(claim), field),
        field=name_of(field),
    )


def _say_average(claim: Claim, measurement: Measurement) -> Message:
    params = claim.params
    assert isinstance(params, ValuationAverage)
    return message(
        "metrics.valuation_average-said",
        value=_sized(_number(claim), params.field),
        field=name_of(params.field),
        statistic=params.statistic,
        period=When(params.period, claim.as_of),
    )


def _say_percentile(claim: Claim, measurement: Measurement) -> Message:
    params = claim.params
    assert isinstance(params, ValuationPercentile)
    return message(
        "metrics.valuation_percentile-said",
        value=Percent(_number(claim), 2),
        field=name_of(params.field),
        by=params.by,
        period=When(params.period, claim.as_of),
    )


def _say_gap(claim: Claim, measurement: Measurement) -> Message:
    params = claim.params
    assert isinstance(params, ValuationGap)
    return message(
        "metrics.valuation_gap-said",
        value=Percent(abs(_number(claim)), 2),
        side="above" if _number(claim) >= 0 else "below",
        field=name_of(params.field),
        against=params.against,
        benchmark=_name(params.benchmark or BENCHMARK),
        period=When(params.period, claim.as_of),
    )


def _say_relative(claim: Claim, measurement: Measurement) -> Message:
    params = claim.params
    assert isinstance(params, RelativeValuation)
    return message(
        "metrics.relative_valuation-said",
        value=Change(_number(claim), "x", 2),
        field=name_of(params.field),
        benchmark=_name(params.benchmark),
    )


def _name(benchmark: str) -> Name:
    known = instruments.find(benchmark)
    return Name(known.name if known is not None else lambda language: benchmark)


def _unit(params: ValuationMultiple | ValuationAverage, instrument: Instrument) -> str:
    return valuations.unit_of(params.field)


VALUATION_MULTIPLE = Metric(
    key="valuation_multiple",
    params=ValuationMultiple,
    formula="last published multiple",
    minimum="one published multiple not older than 5 sessions, above zero",
    unit=_unit,
    decimals=2,
    measure=_multiple,
    wording=_say_multiple,
    patterns=valuation_words.MULTIPLE,
    example=23.58,
    needs_close=False,
)

VALUATION_AVERAGE = Metric(
    key="valuation_average",
    params=ValuationAverage,
    formula="average of the multiples of the sessions of the period",
    minimum="95% of the sessions of the period by one source, at most 5% of them losses",
    unit=_unit,
    decimals=2,
    measure=_average,
    wording=_say_average,
    patterns=valuation_words.AVERAGE,
    example=34.49,
    needs_close=False,
)

VALUATION_PERCENTILE = Metric(
    key="valuation_percentile",
    params=ValuationPercentile,
    formula="rank: share of sessions below + half the share equal; "
    "range: (multiple - lowest) / (highest - lowest)",
    minimum=f"{LEAST_SESSIONS} sessions, and 95% of those of the period by one source",
    unit="%",
    decimals=2,
    measure=_percentile,
    wording=_say_percentile,
    patterns=valuation_words.PERCENTILE,
    example=25.02,
    needs_close=False,
)

VALUATION_GAP = Metric(
    key="valuation_gap",
    params=ValuationGap,
    formula="multiple / (mean or highest multiple of the period, or that of the benchmark) - 1",
    minimum="the multiple, and 95% of the sessions of the period by one source",
    unit="%",
    decimals=2,
    measure=_gap,
    wording=_say_gap,
    patterns=valuation_words.GAP,
    example=-31.64,
    needs_close=False,
)

RELATIVE_VALUATION = Metric(
    key="relative_valuation",
    params=RelativeValuation,
    formula="multiple / multiple of the benchmark",
    minimum="both multiples of one day, not older than 5 sessions",
    unit="x",
    decimals=2,
    measure=_relative,
    wording=_say_relative,
    patterns=valuation_words.RELATIVE,
    example=2.4,
    needs_close=False,
)

METRICS = (
    VALUATION_MULTIPLE,
    VALUATION_AVERAGE,
    VALUATION_PERCENTILE,
    VALUATION_GAP,
    RELATIVE_VALUATION,
)
