"""How much it moved and how much was traded: volatility and turnover."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from springtide.claims.model import Claim, Measurement, Params, Row
from springtide.language.messages import Level, Message, Percent, message
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.batches import Answers, Batch, Kernel
from springtide.metrics.frames import LIVE, Frame
from springtide.metrics.params import Limits
from springtide.metrics.patterns import Draft, Phrase, en, is_fact, zh
from springtide.metrics.registry import Metric

SESSIONS_PER_YEAR = 252


@dataclass(frozen=True, slots=True)
class Volatility(Params):
    """Daily changes in the sample."""

    window: Annotated[int, Limits(2)] = 20


@dataclass(frozen=True, slots=True)
class Turnover(Params):
    """The value of the trades, or the number of shares."""

    of: Literal["value", "volume"] = "value"


def _volatility(view: View, instrument: Instrument, params: Volatility) -> Measured:
    from springtide.numerics.indicators import realised_volatility

    held = rows.trailing(view, instrument, "close", params.window + 1)
    bars = view.bars(instrument.id)
    rows.check_positive(instrument, bars, held)
    series = realised_volatility(bars.close[held], params.window, SESSIONS_PER_YEAR)
    return Measured(float(series[-1]), windows=(rows.window(view, bars, held, "close"),))


def _turnover(view: View, instrument: Instrument, params: Turnover) -> Measured:
    if params.of == "volume":
        bars, i = rows.at(view, instrument, "volume")
        return Measured(float(bars.volume[i]), (rows.row(bars, i, "volume"),))
    for seen in reversed(view.observations(instrument.id, "turnover")):
        if (seen.date, seen.unit) == (view.as_of, instrument.currency):
            cited = Row(seen.subject, seen.field, seen.date, seen.value, seen.source)
            return Measured(seen.value, (cited,))
    raise Missing(
        "missing.no-turnover",
        subject=instrument.id,
        currency=instrument.currency,
        day=str(view.as_of),
    )


def _volatilities(batch: Batch, params: Volatility) -> Answers:
    from springtide.numerics.indicators import last_volatility

    answers = Answers.open(batch)
    stretch = batch.trailing("close", params.window + 1, answers)
    for places, close in batch.groups(stretch, "close"):
        answers.put(places, last_volatility(close, params.window, SESSIONS_PER_YEAR))
    return answers


def _volumes(batch: Batch, params: Turnover) -> Answers:
    answers = Answers.open(batch)
    if params.of == "volume":
        places = batch.today("volume", answers)
        answers.put(places, batch.last("volume", places))
    return answers


def _turnover_unit(params: Turnover, instrument: Instrument) -> str:
    return "shares" if params.of == "volume" else instrument.currency


def _number(claim: Claim) -> float:
    assert isinstance(claim.value, float)
    return claim.value


def _say_volatility(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, Volatility)
    size = Percent(_number(claim), 2)
    return message("metrics.volatility-said", value=size, window=claim.params.window)


def _say_turnover(claim: Claim, measurement: Measurement) -> Message:
    of = "volume" if claim.unit == "shares" else "value"
    value = _number(claim)
    size = Level(value, claim.unit) if of == "value" else Level(value, "shares", 0, scaled=False)
    return message("metrics.turnover-said", value=size, of=of)


def _read_volatility(phrase: Phrase) -> Draft | None:
    if not is_fact(phrase) or "span" not in phrase.mentions:
        return None
    return Draft(Volatility(phrase.window(20, "span")), phrase.quantity())


def _turnover_of_frame(frame: Frame) -> Draft | None:
    """Take a turnover for that of a whole session; one so far or over a longer stretch is none."""
    if not (frame.is_stated and frame.is_of_a_session) or frame.basis in LIVE or frame.is_forecast:
        return None
    if isinstance(frame.value, float) and frame.value < 0:
        return None  # how much less than before
    if frame.unit == "shares":
        return Draft(Turnover("volume"))
    is_money = len(frame.unit) == 3 and frame.unit.isupper()
    return Draft(Turnover("value")) if is_money else None


VOLATILITY = Metric(
    key="volatility",
    params=Volatility,
    formula=f"std(log(close / previous close), ddof=1) * sqrt({SESSIONS_PER_YEAR})",
    minimum="window + 1 sessions without a gap",
    unit="%",
    decimals=2,
    measure=_volatility,
    kernel=Kernel(_volatilities),
    wording=_say_volatility,
    patterns=(
        zh(
            "{span:span}(?:的|以来)?(?:年化|年率化|历史|实际|实现)*波动率{gap}{pct:value}",
            _read_volatility,
            6,
        ),
        en(r"\bvolatility of {pct:value} ?(?:over )?{span:span}", _read_volatility, 6),
        en(
            r"\b{span:span} (?:realised |realized |historical |annualised |annualized )*volatility (?:is |of |at |was ){pct:value}",
            _read_volatility,
            6,
        ),
    ),
)

TURNOVER = Metric(
    key="turnover",
    params=Turnover,
    formula="published turnover(as_of), or volume(as_of)",
    minimum="the published figure of the session",
    unit=_turnover_unit,
    decimals=0,
    measure=_turnover,
    kernel=Kernel(_volumes, lambda params: ("volume",)),
    wording=_say_turnover,
    frames={"turnover": _turnover_of_frame},
)

METRICS = (VOLATILITY, TURNOVER)
