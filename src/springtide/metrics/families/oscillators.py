"""Momentum oscillators: Wilder's relative strength index, and overbought."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Annotated, Literal

import numpy as np

from springtide.claims.model import Claim, Measurement, Params, Window
from springtide.language.messages import Message, Number, message
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.batches import Answers, Batch, Kernel
from springtide.metrics.params import Limits
from springtide.metrics.patterns import Draft, Phrase, en, is_fact, zh
from springtide.metrics.registry import Metric
from springtide.numerics.series import FloatArray

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
    """Which side of which line the RSI stands: above it (overbought) or below it (oversold).

    ``within`` sessions are looked at, the last one among them: it is enough that it stood there at
    the end of one, as is meant where an index "has entered" the zone.
    """

    side: Literal["overbought", "oversold"] = "overbought"
    threshold: Annotated[float, Limits(0, 100)] = 70.0
    window: Annotated[int, Limits(2)] = 14
    within: Annotated[int, Limits(1, 20)] = 1


def _rsi(view: View, instrument: Instrument, params: Rsi) -> Measured:
    values, window = _last(view, instrument, params.window, 1)
    return Measured(float(values[0]), windows=(window,))


def _last(
    view: View, instrument: Instrument, window: int, sessions: int
) -> tuple[FloatArray, Window]:
    """Return the RSI at the end of each of the last sessions, and the closes it is made of."""
    from springtide.numerics.indicators import rsi

    count, least = (times * window + sessions for times in (WARM_UP, SHORTEST))
    held = rows.trailing(view, instrument, "close", count, minimum=least)
    bars = view.bars(instrument.id)
    values = rsi(bars.close[held], window)[-sessions:]
    if np.isnan(values[-1]):
        first, last = (str(rows.day_of(bars, int(i))) for i in (held[0], held[-1]))
        raise Missing("missing.all-equal", subject=instrument.id, first=first, last=last)
    return values, rows.window(view, bars, held, "close")


def _overbought(view: View, instrument: Instrument, params: Overbought) -> Measured:
    values, window = _last(view, instrument, params.window, params.within)
    over = params.side == "overbought"
    beyond = values > params.threshold if over else values < params.threshold
    return Measured(bool(beyond.any()), windows=(window,))


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
    return known.copy()


def _many_overbought(batch: Batch, params: Overbought) -> Answers:
    if params.within > 1:
        return Answers.open(batch)
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


LATELY = 2
"""Sessions of which one counts where an index is said to have entered the zone: today's or the last."""

_HAS_ENTERED = re.compile(
    r"(?:已经?|刚刚?|再次?|重新?)(?:经)?(?:进入|步入|升至|处于|踏入)|(?:进入|步入|踏入)了?$"
    r"|\b(?:has|have|had) (?:just |now |already )?(?:entered|moved|risen|fallen|slipped|pushed|climbed)\b",
    re.IGNORECASE,
)


def _read_over(phrase: Phrase) -> Draft | None:
    if not is_fact(phrase):
        return None
    side: Literal["overbought", "oversold"] = (
        "oversold" if phrase.words.get("oversold") else "overbought"
    )
    line = phrase.mentions.get("value")
    default = 30.0 if side == "oversold" else 70.0
    threshold = float(phrase.quantity().value) if line is not None else default  # type: ignore[arg-type]
    said = Overbought(side, threshold, phrase.window(14))
    lately = ((replace(said, within=LATELY), ""),) if _HAS_ENTERED.search(phrase.lead) else ()
    return Draft(said, also=lately)


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
            r"{window:window}(?: (?:of|for|on) (?:the )?\ue001(?:'s)?)?[^,.;\ue001-\ue00e]{0,24}?"
            r"\b(?:at|of|is|was|to|reading|stands at|above|below) {number:value}",
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
