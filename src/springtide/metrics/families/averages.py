"""Moving averages, and how far the close stands from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np

from springtide.claims.compare import price_decimals
from springtide.claims.model import Claim, Measurement, Params
from springtide.language.messages import Level, Message, Percent, message
from springtide.language.types import Interval
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.answers import Measured
from springtide.metrics.batches import Answers, Batch, Kernel
from springtide.metrics.params import Limits
from springtide.metrics.patterns import Draft, Phrase, en, is_fact, zh
from springtide.metrics.registry import Metric


@dataclass(frozen=True, slots=True)
class MovingAverage(Params):
    """How many sessions are averaged, the as-of session included."""

    window: Annotated[int, Limits(1)] = 50


def _average(view: View, instrument: Instrument, params: MovingAverage) -> Measured:
    held = rows.trailing(view, instrument, "close", params.window)
    bars = view.bars(instrument.id)
    return Measured(
        float(bars.close[held].mean()), windows=(rows.window(view, bars, held, "close"),)
    )


def _distance(view: View, instrument: Instrument, params: MovingAverage) -> Measured:
    average = _average(view, instrument, params)
    bars, i = rows.at(view, instrument, "close")
    assert isinstance(average.value, float)
    if average.value <= 0:
        rows.check_positive(
            instrument, bars, rows.trailing(view, instrument, "close", params.window)
        )
    value = 100.0 * (float(bars.close[i]) / average.value - 1.0)
    return Measured(value, (rows.row(bars, i, "close"),), average.windows)


def _averages(batch: Batch, params: MovingAverage) -> Answers:
    from springtide.numerics.indicators import means

    if ("average", params.window) not in batch.kept:  # the distance from it asks for it too
        answers = Answers.open(batch)
        stretch = batch.trailing("close", params.window, answers)
        close = batch.columns.figure("close")
        answers.put(stretch.place, means(close, stretch.first, stretch.end))
        batch.kept["average", params.window] = answers
    known: Answers = batch.kept["average", params.window]
    return known.copy()


def _distances(batch: Batch, params: MovingAverage) -> Answers:
    answers = _averages(batch, params)
    places = np.flatnonzero(answers.value > 0)
    close = batch.last("close", places)
    answers.put(places, 100.0 * (close / answers.value[places] - 1.0))
    return answers


def _window(claim: Claim) -> int:
    assert isinstance(claim.params, MovingAverage)
    return claim.params.window


def _value(claim: Claim) -> float:
    assert isinstance(claim.value, float)
    return claim.value


def _say_average(claim: Claim, measurement: Measurement) -> Message:
    value = _value(claim)
    level = Level(value, claim.unit, price_decimals(value, claim.unit))
    return message("metrics.moving_average-said", value=level, window=_window(claim))


def _say_distance(claim: Claim, measurement: Measurement) -> Message:
    return message(
        "metrics.ma_distance-said",
        value=Percent(abs(_value(claim)), 2),
        side="above" if _value(claim) >= 0 else "below",
        window=_window(claim),
    )


def _read_average(phrase: Phrase) -> Draft | None:
    if not is_fact(phrase):
        return None
    return Draft(MovingAverage(phrase.window(50, "span")), phrase.quantity())


def _read_distance(phrase: Phrase) -> Draft | None:
    if not is_fact(phrase):
        return None
    return Draft(MovingAverage(phrase.window(50, "span")), phrase.quantity(), phrase.sign)


def _read_side(phrase: Phrase) -> Draft | None:
    """Read "above its 50-day average": a distance above zero, without a printed number."""
    if not is_fact(phrase):
        return None
    below = bool(phrase.words.get("down"))
    above_zero = Interval(0.0, float("inf"), low_open=True)
    return Draft(
        MovingAverage(phrase.window(50, "span")),
        comparator="<" if below else ">",
        value=0.0,
        within=above_zero.negated() if below else above_zero,
    )


MOVING_AVERAGE = Metric(
    key="moving_average",
    params=MovingAverage,
    formula="mean(close over the last window sessions)",
    minimum="window sessions without a gap",
    unit="price",
    decimals=price_decimals,
    measure=_average,
    kernel=Kernel(_averages),
    wording=_say_average,
    patterns=(
        zh(
            "{average:span}(?:目前|现|约)?(?:为|在|位于|处于|报|[（(]|，)?{gap}{price:value}",
            _read_average,
            4,
        ),
        en(
            r"{average:span} ?(?:is |of |at |stands at |was |near |around |\()*{price:value}",
            _read_average,
            4,
        ),
    ),
)

MA_DISTANCE = Metric(
    key="ma_distance",
    params=MovingAverage,
    formula="close(as_of) / mean(close over the last window sessions) - 1",
    minimum="window sessions without a gap",
    unit="%",
    decimals=2,
    measure=_distance,
    kernel=Kernel(_distances),
    wording=_say_distance,
    patterns=(
        zh(
            "(?:(?P<up>高于|高出|高过)|(?P<down>低于|低过)){gap}{average:span}{gap}{pct:value}",
            _read_distance,
            5,
        ),
        zh(
            "[较比]{gap}{average:span}(?:(?P<up>高出?)|(?P<down>低)){gap}{pct:value}",
            _read_distance,
            5,
        ),
        zh(
            "(?:(?P<up>站上|升穿|(?<!向下)突破|高于|收复|企稳于|重上)|(?P<down>向下突破|跌破|跌穿|失守|低于)){gap}{average:span}",
            _read_side,
            1,
        ),
        en(
            r"{pct:value} (?:(?P<up>above)|(?P<down>below)) (?:its|the|their) {average:span}",
            _read_distance,
            5,
        ),
        en(
            r"\b(?:(?P<up>above|over)|(?P<down>below|under)) (?:its|the|their) {average:span}",
            _read_side,
            1,
        ),
    ),
)

METRICS = (MOVING_AVERAGE, MA_DISTANCE)
