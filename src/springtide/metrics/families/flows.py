"""Net buying: of a session, over a period, a day on average, and against another period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from springtide.claims.model import Claim, Measurement, Params, Row
from springtide.language.messages import Level, Message, Number, When, message
from springtide.language.types import Period
from springtide.market.independence import is_quotation
from springtide.market.series import Series
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import flow_words as words
from springtide.metrics import flows, observed
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.flow_words import Against, Size
from springtide.metrics.flows import SESSION, Basis, Per
from springtide.metrics.frames import Frame
from springtide.metrics.params import Kinds
from springtide.metrics.patterns import Draft
from springtide.metrics.registry import Metric

Summed = Annotated[Period, Kinds(("ytd", "qtd", "mtd", "wtd", "last", "since", "span", "all"))]
YEAR = Period("ytd")


@dataclass(frozen=True, slots=True)
class FlowNet(Params):
    """Which sessions are added up, the last day (by default the as-of day), and of which basis."""

    period: Summed = SESSION
    to: date | None = None
    basis: Basis = "trades"


@dataclass(frozen=True, slots=True)
class FlowAverage(Params):
    """Over which sessions, per session of which market, and up to which day."""

    period: Summed = YEAR
    per: Per = "own"
    to: date | None = None


@dataclass(frozen=True, slots=True)
class FlowRatio(Params):
    """Which period against which: of daily averages, or of sums."""

    period: Summed = YEAR
    against: Against = "previous-year"
    base: Annotated[Period | None, Kinds(("span",))] = None
    measure: Size = "average"
    per: Per = "own"


def _net(view: View, instrument: Instrument, params: FlowNet) -> Measured:
    try:
        made = flows.net(view, instrument, params.period, params.to, params.basis)
    except Missing:
        published = _published(view, instrument, params)
        if published is None:
            raise
        return Measured(published.value, (published,))
    return _evidence(flows.total(made), made)


def _evidence(value: float, *series: Series) -> Measured:
    """Cite what went in: days one by one where they are few, else the ends of a window."""
    if sum(map(len, series)) <= _LISTED:
        rows = tuple(observed.row_of(made, i) for made in series for i in range(len(made)))
        return Measured(value, rows)
    ends = tuple(observed.row_of(made, i) for made in series for i in (0, len(made) - 1))
    return Measured(value, ends, tuple(map(observed.window, series)))


_LISTED = 12


def _published(view: View, instrument: Instrument, params: FlowNet) -> Row | None:
    """Return the sum of the year that the publisher itself states for the very day."""
    day = params.to or view.as_of
    if params.period.kind != "ytd" or params.basis != "trades":
        return None
    rows = [
        one
        for one in view.observations(instrument.id, "flow_net_ytd")
        if one.date == day and one.unit == instrument.currency and not is_quotation(one.source)
    ]
    if not rows:
        return None
    last = rows[-1]
    return Row(last.subject, last.field, last.date, last.value, last.source)


def _average(view: View, instrument: Instrument, params: FlowAverage) -> Measured:
    made = flows.net(view, instrument, params.period, params.to)
    return _evidence(flows.total(made) / flows.sessions(made, params.per, instrument), made)


def _ratio(view: View, instrument: Instrument, params: FlowRatio) -> Measured:
    first, last = observed.span(view, instrument, params.period)
    one = flows.net(view, instrument, params.period, None)
    other = flows.net(view, instrument, _base(params, first, last), None)
    sizes = []
    for made in (one, other):
        count = flows.sessions(made, params.per, instrument) if params.measure == "average" else 1
        sizes.append(flows.total(made) / count)
    if sizes[1] <= 0:
        raise Missing(
            "missing.no-net-buying",
            subject=instrument.id,
            first=str(other.first),
            last=str(other.last),
        )
    return _evidence(sizes[0] / sizes[1], one, other)


def _base(params: FlowRatio, first: date, last: date) -> Period:
    """Return the days of the period that another is set against."""
    if params.against == "span":
        if params.base is None or params.base.kind != "span":
            raise Missing("missing.parameter", name="base", given=str(params.base), allowed="span")
        return params.base
    if params.against == "previous-year":
        return Period("span", date(first.year - 1, 1, 1), date(first.year - 1, 12, 31))
    return Period("span", _year_before(first), _year_before(last))


def _year_before(day: date) -> date:
    leap = (day.month, day.day) == (2, 29)
    return (day - timedelta(days=1) if leap else day).replace(year=day.year - 1)


def _unit(params: FlowNet | FlowAverage, instrument: Instrument) -> str:
    return flows.unit_of(getattr(params, "basis", "trades"), instrument)


def _size(claim: Claim) -> tuple[float, str]:
    assert isinstance(claim.value, float)
    return abs(claim.value), "selling" if claim.value < 0 else "buying"


def _say_net(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, FlowNet)
    size, side = _size(claim)
    period = claim.params.period
    return message(
        "metrics.flow_net-said",
        value=Level(size, claim.unit),
        side=side,
        of="session" if period == SESSION else "period",
        period=When(period, claim.as_of),
        basis=claim.params.basis,
    )


def _say_average(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, FlowAverage)
    size, side = _size(claim)
    return message(
        "metrics.flow_average-said",
        value=Level(size, claim.unit),
        side=side,
        per=claim.params.per,
        period=When(claim.params.period, claim.as_of),
    )


def _say_ratio(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, FlowRatio) and isinstance(claim.value, float)
    return message(
        "metrics.flow_ratio-said",
        value=Number(claim.value, 2),
        measure=claim.params.measure,
        against=claim.params.against,
        period=When(claim.params.period, claim.as_of),
    )


def _net_of_frame(frame: Frame) -> Draft | None:
    if not words.is_net(frame) or words.is_average(frame):
        return None
    period = words.period_of_frame(frame)
    return None if period is None else Draft(FlowNet(period))


def _average_of_frame(frame: Frame) -> Draft | None:
    if not words.is_net(frame) or not words.is_average(frame):
        return None
    period = words.period_of_frame(frame)
    return None if period is None else Draft(FlowAverage(YEAR if period == SESSION else period))


FLOW_NET = Metric(
    key="flow_net",
    params=FlowNet,
    formula="sum of net buying over the sessions of the period",
    minimum="every session of the period, or the publisher's own sum of the year",
    unit=_unit,
    decimals=flows.decimals,
    measure=_net,
    wording=_say_net,
    frames={"flow": _net_of_frame},
    patterns=words.net_patterns(lambda period: FlowNet(period)),
    example=5.78e9,
    own_words=True,
    needs_close=False,
)

FLOW_AVERAGE = Metric(
    key="flow_average",
    params=FlowAverage,
    formula="sum of net buying over the period / its sessions (own), or those of an exchange",
    minimum="every session of the period",
    unit=_unit,
    decimals=flows.decimals,
    measure=_average,
    wording=_say_average,
    frames={"flow": _average_of_frame},
    patterns=words.average_patterns(lambda period, per: FlowAverage(period, per)),
    example=5.78e9,
    own_words=True,
    needs_close=False,
)

FLOW_RATIO = Metric(
    key="flow_ratio",
    params=FlowRatio,
    formula="net buying of the period / that of the other period, a day on average or in sum",
    minimum="every session of both periods, and net buying in the other",
    unit="x",
    decimals=2,
    measure=_ratio,
    wording=_say_ratio,
    patterns=words.ratio_patterns(
        lambda measure, against, period: FlowRatio(period, against, measure=measure)
    ),
    example=1.67,
    needs_close=False,
)

METRICS = (FLOW_NET, FLOW_AVERAGE, FLOW_RATIO)
