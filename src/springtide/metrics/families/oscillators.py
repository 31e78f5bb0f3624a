"""Momentum oscillators: Wilder's relative strength index, and overbought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np

from springtide.claims.model import Claim, Measurement, Params
from springtide.language.messages import Message, Number, message
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.batches import Answers, Batch, Kernel
from springtide.metrics.params import Limits
from springtide.metrics.patterns import Draft, Phrase, en, is_fact, zh
from springtide.metrics.registry import Metric

WARM_UP = 20
"""Windows of history that Wilder's average is run over, where so many are there."""

SHORTEST = 5
"""Windows of history without which the start of the average would still be felt (under 3%)."""


@dataclass(frozen=True, slots=True)
class Rsi(Params):
    """Sessions of Wilder's average."""

    window: Annotated[int, Limits(2)] = 14


@dataclass(frozen=True, slots=True)
class Overbought(Params):
    """Which side of which line the RSI stands: above it (overbought) or below it (oversold)."""

    side: Literal["overbought", "oversold"] = "overbought"
    threshold: Annotated[float, Limits(0, 100)] = 70.0
    window: Annotated[int, Limits(2)] = 14


def _rsi(view: View, instrument: Instrument, params: Rsi) -> Measured:
    from springtide.numerics.indicators import rsi

    count = WARM_UP * params.window + 1
    held = rows.trailing(view, instrument, "close", count, minimum=SHORTEST * params.window + 1)
    bars = view.bars(instrument.id)
    value = float(rsi(bars.close[held], params.window)[-1])
    if np.isnan(value):
        first, last = (str(rows.day_of(bars, int(i))) for i in (held[0], held[-1]))
        raise Missing("missing.all-equal", subject=instrument.id, first=first, last=last)
    return Measured(value, windows=(rows.window(view, bars, held, "close"),))


def _overbought(view: View, instrument: Instrument, params: Overbought) -> Measured:
    measured = _rsi(view, instrument, Rsi(params.window))
    assert isinstance(measured.value, float)
    over = params.side == "overbought"
    beyond = measured.value > params.threshold if over else measured.value < params.threshold
    return Measured(bool(beyond), measured.rows, measured.windows)


def _many_rsi(batch: Batch, params: Rsi) -> Answers:
    from springtide.numerics.indicators import LONGEST_SUM, last_rsi

    if ("rsi", params.window) not in batch.kept:  # being overbought asks for it too
        answers = Answers.open(batch)
        count = WARM_UP * params.window + 1
        shortest = SHORTEST * params.window + 1
        stretch = batch.trailing("close", count, answers, minimum=shortest)
        close = batch.columns.figure("close")
        if params.window <= LONGEST_SUM:
            value = last_rsi(close, stretch.first, stretch.end, params.window)
            answers.put(stretch.place, value)
        batch.kept["rsi", params.window] = answers
    known: Answers = batch.kept["rsi", params.window]
    return Answers(known.value.copy(), dict(known.lacks))


def _many_overbought(batch: Batch, params: Overbought) -> Answers:
    answers = _many_rsi(batch, Rsi(params.window))
    answers.yes_no = True
    places = np.flatnonzero(~np.isnan(answers.value))
    value = answers.value[places]
    over = params.side == "overbought"
    answers.put(places, value > params.threshold if over else value < params.threshold)
    return answers


def _say_rsi(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, Rsi) and isinstance(claim.value, float)
    return message("metrics.rsi-said", value=Number(claim.value, 2), window=claim.params.window)


def _say_over(claim: Claim, measurement: Measurement) -> Message:
    params = claim.params
    assert isinstance(params, Overbought)
    return message(
        "metrics.overbought-said",
        side=params.side,
        window=params.window,
        line=Number(params.threshold),
    )


def _read_rsi(phrase: Phrase) -> Draft | None:
    return Draft(Rsi(phrase.window(14)), phrase.quantity()) if is_fact(phrase) else None


def _read_over(phrase: Phrase) -> Draft | None:
    if not is_fact(phrase):
        return None
    side: Literal["overbought", "oversold"] = (
        "oversold" if phrase.words.get("oversold") else "overbought"
    )
    line = phrase.mentions.get("value")
    default = 30.0 if side == "oversold" else 70.0
    threshold = float(phrase.quantity().value) if line is not None else default  # type: ignore[arg-type]
    return Draft(Overbought(side, threshold, phrase.window(14)))


RSI = Metric(
    key="rsi",
    params=Rsi,
    formula="100 - 100 / (1 + average gain / average loss), Wilder's averages of close changes",
    minimum=f"{SHORTEST} windows of sessions without a gap",
    unit="",
    decimals=2,
    measure=_rsi,
    kernel=Kernel(_many_rsi),
    wording=_say_rsi,
    patterns=(
        zh(
            "{window:window}[^，,。；\ue001-\ue00e]{0,14}?(?:为|报|升至|达|到|升到|在|于|处于|跌至|[：:])+{gap}{number:value}",
            _read_rsi,
            5,
        ),
        zh("{window:window}[^。；\ue001-\ue00e]{0,12}?{number:value}", _read_rsi, 3),
        en(
            r"{window:window}[^,.;\ue001-\ue00e]{0,24}?\b(?:at|of|is|was|to|reading|stands at|above|below) {number:value}",
            _read_rsi,
            5,
        ),
    ),
)

OVERBOUGHT = Metric(
    key="overbought",
    params=Overbought,
    formula="rsi(as_of) > threshold",
    minimum=f"{SHORTEST} windows of sessions without a gap",
    unit="",
    decimals=0,
    measure=_overbought,
    kernel=Kernel(_many_overbought),
    wording=_say_over,
    patterns=(
        zh(
            "(?P<oversold>超卖)(?:区域|区间|区|水平|状态)?：{window:window}[^。；，,\ue001-\ue00e]{0,6}?{number:value}",
            _read_over,
            6,
        ),
        zh(
            "超买(?:区域|区间|区|水平|状态)?：{window:window}[^。；，,\ue001-\ue00e]{0,6}?{number:value}",
            _read_over,
            6,
        ),
        zh(
            "{window:window}[^。；]{0,24}?(?:超买|(?P<oversold>超卖))(?:区域|区间|区|水平|状态)?",
            _read_over,
            2,
        ),
        zh("(?:超买|(?P<oversold>超卖))(?:区域|区间|区|水平|状态)?", _read_over, 1),
        en(
            r"\b(?:overbought|(?P<oversold>oversold)): (?:its|the) {window:window}[^.;\ue001-\ue00e]{0,16}? {number:value}",
            _read_over,
            6,
        ),
        en(r"{window:window}[^.;]{0,50}?\b(?:overbought|(?P<oversold>oversold))\b", _read_over, 2),
        en(r"\b(?:overbought|(?P<oversold>oversold))\b", _read_over, 1),
    ),
)

METRICS = (RSI, OVERBOUGHT)
