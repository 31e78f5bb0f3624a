"""What serving a model earns at stated costs: arithmetic on stated inputs, each cited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from springtide.claims.model import Claim, Measurement, Params, Row
from springtide.language.messages import Message, Percent, message
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import prices_of_tokens as held
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.params import Limits
from springtide.metrics.patterns import Draft, Phrase, en, zh
from springtide.metrics.registry import Metric
from springtide.numerics.tokens import Workload, margin, revenue_an_hour

Cost = Annotated[float | None, Limits(0, strict=True)]


@dataclass(frozen=True, slots=True)
class BreakEven(Params):
    """Costs and output, none with a default; the price of the blend, by default that on file."""

    price: Cost = None
    gpu_hour: Cost = None
    gpus: Cost = None
    tokens_per_second: Cost = None
    input: Annotated[float, Limits(0)] = 3.0
    output: Annotated[float, Limits(0, strict=True)] = 1.0
    cached: Annotated[float, Limits(0, 1)] = 0.0


@dataclass(frozen=True, slots=True)
class ServingMargin(BreakEven):
    """The same, at which load."""

    utilisation: Annotated[float, Limits(0, 1)] = 1.0


_STATED = ("gpu_hour", "gpus", "tokens_per_second")


def _inputs(
    view: View, instrument: Instrument, params: BreakEven
) -> tuple[float, float, tuple[Row, ...]]:
    """Return cost and revenue of an hour at full load, with every input as a row.

    Raises
    ------
    Missing
        An input is not given, or no price is on file.
    """
    given = {name: getattr(params, name) for name in _STATED}
    lacking = [name for name, value in given.items() if value is None]
    if lacking:
        raise Missing("missing.inputs-not-given", subject=instrument.id, names=", ".join(lacking))
    workload = Workload(params.input, params.output, params.cached)
    stated = [
        Row(instrument.id, name, view.as_of, float(value), "as stated")
        for name, value in given.items()
    ]
    if params.price is not None:
        price = params.price
        stated.append(Row(instrument.id, "price", view.as_of, price, "as stated"))
    else:
        price, cited = held.blend(view, instrument, workload, view.as_of)
        stated += cited
    if price == 0:
        raise Missing("missing.free-before", subject=instrument.id, day=str(view.as_of))
    cost = float(given["gpu_hour"]) * float(given["gpus"])
    revenue = revenue_an_hour(price, workload, float(given["tokens_per_second"]))
    return cost, revenue, tuple(stated)


def _margin(view: View, instrument: Instrument, params: ServingMargin) -> Measured:
    if params.utilisation == 0:
        raise Missing(
            "missing.parameter", name="utilisation", given="0", allowed="above 0 and up to 1"
        )
    cost, revenue, cited = _inputs(view, instrument, params)
    load = Row(instrument.id, "utilisation", view.as_of, params.utilisation, "as stated")
    return Measured(100.0 * margin(cost, revenue, params.utilisation), (*cited, load))


def _break_even(view: View, instrument: Instrument, params: BreakEven) -> Measured:
    cost, revenue, cited = _inputs(view, instrument, params)
    return Measured(100.0 * cost / revenue, cited)


def _say(key: str, claim: Claim) -> Message:
    assert isinstance(claim.value, float)
    reached = "no" if claim.value > 100 else "yes"
    return message(key, value=Percent(claim.value, 1), reached=reached)


def _say_margin(claim: Claim, measurement: Measurement) -> Message:
    return _say("metrics.serving_margin-said", claim)


def _say_break_even(claim: Claim, measurement: Measurement) -> Message:
    return _say("metrics.break_even_utilisation-said", claim)


def _read_margin(phrase: Phrase) -> Draft | None:
    return Draft(ServingMargin(), phrase.quantity(), published=True)


def _read_break_even(phrase: Phrase) -> Draft | None:
    return Draft(BreakEven(), phrase.quantity(), published=True)


SERVING_MARGIN = Metric(
    key="serving_margin",
    params=ServingMargin,
    formula="1 - gpu_hour x gpus / (price x tokens an hour x utilisation)",
    minimum="gpu_hour, gpus and tokens_per_second as given; the price as given or on file",
    unit="%",
    decimals=1,
    measure=_margin,
    wording=_say_margin,
    needs_close=False,
    patterns=(
        zh("(?:推理|服务)的?(?:理论)?(?:毛利率|利润率)[^，。；\ue001-\ue00e]{0,6}?{pct:value}", _read_margin, 10),
        en(r"\b(?:serving|inference) margins? (?:of|at|is|was|reached) ?{pct:value}", _read_margin, 10),
    ),
)  # fmt: skip

BREAK_EVEN_UTILISATION = Metric(
    key="break_even_utilisation",
    params=BreakEven,
    formula="gpu_hour x gpus / (price x tokens an hour at full load)",
    minimum="gpu_hour, gpus and tokens_per_second as given; the price as given or on file",
    unit="%",
    decimals=1,
    measure=_break_even,
    wording=_say_break_even,
    needs_close=False,
    patterns=(
        zh("盈亏平衡[^，。；\ue001-\ue00e]{0,6}?(?:利用率|使用率)[^，。；\ue001-\ue00e]{0,4}?{pct:value}",
           _read_break_even, 10),
        en(r"\bbreaks? even at ?{pct:value} (?:utili[sz]ation|of capacity|load)", _read_break_even, 10),
        en(r"\bbreak-even utili[sz]ation of ?{pct:value}", _read_break_even, 10),
    ),
)  # fmt: skip

METRICS = (SERVING_MARGIN, BREAK_EVEN_UTILISATION)
