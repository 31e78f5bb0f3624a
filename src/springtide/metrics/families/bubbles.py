"""Log-periodic power law singularities (LPPLS): the confidence, and how often it comes by chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import numpy as np
import numpy.typing as npt

from springtide.claims.model import Claim, Measurement, Params
from springtide.errors import DataError
from springtide.language.messages import Listed, Message, Percent, message
from springtide.language.types import Interval, Quantity
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import fitted, rows
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.params import Limits
from springtide.metrics.patterns import Draft, Phrase, en, is_fact, zh
from springtide.metrics.registry import Metric, Stated
from springtide.metrics.simulated import computed, log_closes

QUALIFIED = "windows that qualify"

if TYPE_CHECKING:
    from springtide.numerics.lppls import Scale

HISTORY = 1250
"""Sessions before the longest window from which the null is made, where so many are there."""

SHORTEST_HISTORY = 251
"""Sessions before the longest window without which there is no null."""

SEED = 0
"""Of the simulated markets."""

ScaleName = Literal["short", "medium", "long"]
Direction = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Bubble(Params):
    """Range of window lengths (30-90, 90-300, 300-745 sessions), and upward or downward."""

    scale: ScaleName = "short"
    direction: Direction = "up"


@dataclass(frozen=True, slots=True)
class FalseAlarm(Params):
    """As for the confidence, and how many markets of each kind are simulated."""

    scale: ScaleName = "short"
    direction: Direction = "up"
    replications: Annotated[int, Limits(19, 9999)] = 199


def _scale(params: Bubble | FalseAlarm) -> Scale:
    from springtide.numerics import lppls

    return next(one for one in lppls.SCALES if one.name == params.scale)


def _confidence(view: View, instrument: Instrument, params: Bubble | FalseAlarm) -> Measured:
    """Fit all windows of the scale that end on the as-of date and count those that qualify."""
    scale = _scale(params)
    values, days, window = log_closes(view, instrument, scale.longest)
    up, down = fitted.shares(values, scale, np.array([values.size - 1]))
    share = float((up if params.direction == "up" else down)[0])
    count = scale.windows.size
    how = "LPPLS fits, filter conditions of Demirer et al. 2019"
    cited = (
        computed(instrument, "windows fitted", days[-1], count, how),
        computed(instrument, QUALIFIED, days[-1], round(share * count), how),
    )
    return Measured(100.0 * share, cited, (window,))


def _false_alarm(view: View, instrument: Instrument, params: FalseAlarm) -> Measured:
    """Simulate markets without a bubble, two ways, and count how often they look the same."""
    scale, longest = _scale(params), _scale(params).longest
    values, days, window = log_closes(
        view, instrument, longest + HISTORY, longest + SHORTEST_HISTORY
    )
    measured = _confidence(view, instrument, params)
    assert isinstance(measured.value, float)
    reached = computed(instrument, "LPPLS confidence in %", days[-1], measured.value)
    if measured.value == 0:
        return Measured(100.0, (reached,), (window,))
    try:
        null = fitted.null_rates(values[:-longest], scale, params.replications, SEED)
    except DataError:
        raise Missing("missing.no-garch", subject=instrument.id, day=str(days[-longest])) from None
    rates = null.rates(measured.value / 100.0, positive=params.direction == "up")
    how = f"Monte Carlo, {params.replications:,} replications, seed {SEED}"
    cited = [reached]
    for name, rate in zip(("GARCH(1,1)", "block bootstrap"), rates, strict=True):
        cited.append(computed(instrument, f"{name}, % of markets", days[-1], 100 * rate.share, how))
        ends = ((f"{name}, % at least", rate.low), (f"{name}, % at most", rate.high))
        how_sure = f"{how}, Wilson's 95% interval"
        cited += [computed(instrument, what, days[-1], 100 * end, how_sure) for what, end in ends]
    return Measured(100.0 * max(rate.share for rate in rates), tuple(cited), (window,))


@dataclass(frozen=True, slots=True)
class OverTime:
    """LPPLS confidence over time, in per cent.

    Attributes
    ----------
    days
        Sessions at which it was computed, ascending, the last one the as-of date; shape (n,).
    up, down
        For upward and for downward bubbles, by scale; shape (n,), NaN before the history reaches
        back far enough. A scale that is not known on the as-of date is left out.
    """

    days: npt.NDArray[np.datetime64]
    up: Mapping[ScaleName, rows.Array]
    down: Mapping[ScaleName, rows.Array]


def over_time(view: View, instrument: Instrument, sessions: int = 250, step: int = 5) -> OverTime:
    """Compute the LPPLS confidence on every ``step``-th of the last sessions.

    Raises
    ------
    Missing
        Not even the short scale is known on the as-of date.
    """
    from springtide.numerics import lppls

    shortest, longest = lppls.SHORT.longest, lppls.LONG.longest
    values, days, _ = log_closes(view, instrument, longest + sessions, shortest)
    last = values.size - 1
    ends = np.arange(last, max(last - sessions, shortest - 2), -step)[::-1]
    up: dict[ScaleName, rows.Array] = {}
    down: dict[ScaleName, rows.Array] = {}
    for name, scale in zip(get_args(ScaleName), lppls.SCALES, strict=True):
        first = max(0, values.size - sessions - scale.longest)
        upward, downward = fitted.shares(values[first:], scale, ends - first)
        if not np.isnan(upward[-1]):
            up[name], down[name] = 100.0 * upward, 100.0 * downward
    return OverTime(np.array([days[i] for i in ends], "datetime64[D]"), up, down)


def _percent(claim: Claim) -> Percent:
    assert isinstance(claim.value, float)
    return Percent(claim.value, 2)


def _say_confidence(claim: Claim, measurement: Measurement) -> Message:
    params = claim.params
    assert isinstance(params, Bubble)
    return message(
        "metrics.bubble_confidence-said",
        value=_percent(claim),
        scale=params.scale,
        direction=params.direction,
    )


def _say_alarm(claim: Claim, measurement: Measurement) -> Message:
    params = claim.params
    assert isinstance(params, FalseAlarm)
    return message(
        "metrics.bubble_false_alarm_rate-said",
        value=_percent(claim),
        count=params.replications,
        scale=params.scale,
        direction=params.direction,
    )


def say_with_rate(statements: Sequence[Stated]) -> Message:
    """Say a confidence with how often it comes without a bubble in one predicate."""
    (share, _), (rate, _) = statements
    assert isinstance(share.params, Bubble) and isinstance(rate.params, FalseAlarm)
    return message(
        "metrics.with-rate",
        value=_percent(share),
        value_2=_percent(rate),
        count=rate.params.replications,
        scale=share.params.scale,
        direction=share.params.direction,
    )


def say_listed(statements: Sequence[Stated]) -> Message:
    """Say the confidence at several scales, in one direction, in one predicate."""
    (first, measured), *others = statements
    listed: list[Message] = [_say_confidence(first, measured)]
    for one, _ in others:
        assert isinstance(one.params, Bubble)
        listed.append(
            message("metrics.at-another-scale", value=_percent(one), scale=one.params.scale)
        )
    return message("metrics.at-scales", all=Listed(tuple(listed)))


_NAMES: dict[str, ScaleName] = {
    "short": "short",
    "medium": "medium",
    "long": "long",
    "短": "short",
    "中": "medium",
    "长": "long",
}


def _kind(phrase: Phrase) -> tuple[ScaleName, Direction]:
    """Return the scale and direction that the words name, else short and upward."""
    named = (phrase.words.get("scale") or phrase.words.get("before") or "short").lower()
    return _NAMES[named], "down" if phrase.words.get("falling") else "up"


def _read_confidence(phrase: Phrase) -> Draft | None:
    """Read 65%, and 0.65 as the same."""
    quantity = phrase.quantity()
    if not is_fact(phrase) or not isinstance(quantity.value, float | int):
        return None
    params = Bubble(*_kind(phrase))
    if quantity.unit == "%":
        return Draft(params, quantity)
    if not 0 <= quantity.value <= 1:
        return None
    return Draft(
        params,
        comparator=quantity.comparator,
        value=round(100.0 * quantity.value, 9),
        unit="%",
        within=_in_percent(quantity),
    )


def _in_percent(quantity: Quantity) -> Interval:
    within = quantity.within
    low, high = (round(100.0 * end, 9) for end in (within.low, within.high))
    return Interval(low, high, within.low_open, within.high_open)


def _read_alarm(phrase: Phrase) -> Draft | None:
    return Draft(FalseAlarm(*_kind(phrase), phrase.window(199)), phrase.quantity())


_WAY_EN = r"for an? (?:upward|(?P<falling>downward)) bubble"
_WAY_ZH = "(?:向上|(?P<falling>向下))泡沫"
_SCALES_EN = "(?P<scale>short|medium|long)"
_KIND_EN = rf"{_WAY_EN} at the {_SCALES_EN} scale"
_KIND_ZH = f"(?P<scale>[短中长])期尺度、{_WAY_ZH}"
_BETWEEN = ({"en": "", "zh": ""}, {"en": r", {pct} at the \w+ scale", "zh": "、{pct}（.期尺度）"})
"""What stands between the first value of a list of scales and the second, and the third."""
_SCALE_EN = r"(?:\b(?P<scale>short|medium|long)(?:er)?[- ](?:scale|term|run) )?"
_SIDE_EN = r"(?:(?:positive|(?P<falling>negative))[- ]bubble )?"
_SIDE_ZH = "(?:正|(?P<falling>负))?(?:泡沫)?"
_IS_EN = r"(?: of the {name})? (?:of|is|was|at|stands at|stood at|reaches|reached|rose to|fell to) "

BUBBLE_CONFIDENCE = Metric(
    key="bubble_confidence",
    params=Bubble,
    formula="windows that qualify / windows fitted, by the best LPPLS fit of log closes in each",
    minimum="90, 300 or 745 sessions (short, medium, long scale) without a gap",
    unit="%",
    decimals=2,
    measure=_confidence,
    wording=_say_confidence,
    patterns=(
        en(rf"\bLPPLS confidence of {{pct:value}} {_KIND_EN}", _read_confidence, 9),
        zh(f"LPPLS置信度为{{pct:value}}（{_KIND_ZH}）", _read_confidence, 9),
        *(
            pattern
            for between in _BETWEEN
            for pattern in (
                en(
                    rf"\bLPPLS confidence of {{pct}} {_WAY_EN} at the \w+ scale{between['en']}"
                    rf"(?:,| and) {{pct:value}} at the {_SCALES_EN} scale",
                    _read_confidence,
                    9,
                ),
                zh(
                    f"LPPLS置信度为{{pct}}（.期尺度、{_WAY_ZH}）{between['zh']}、"
                    "{pct:value}（(?P<scale>[短中长])期尺度）",
                    _read_confidence,
                    9,
                ),
            )
        ),
        *(
            pattern
            for kind in ("pct", "number")
            for pattern in (
                en(
                    rf"{_SCALE_EN}{_SIDE_EN}\b(?:DS )?LPPLS(?:-| )(?:bubble )?confidence"
                    rf"(?: indicator| index| level)?{_IS_EN}{{{kind}:value}}",
                    _read_confidence,
                    7,
                ),
                zh(
                    f"(?:(?P<scale>[短中长])期)?(?:尺度)?的?{_SIDE_ZH}的?LPPLS(?:泡沫)?(?:模型)?的?置信"
                    f"(?:度|水平|指标|指数)(?:为|达到?|升至|降至|报|是|在){{{kind}:value}}",
                    _read_confidence,
                    7,
                ),
            )
        ),
    ),
    example=61.54,
)

BUBBLE_FALSE_ALARM_RATE = Metric(
    key="bubble_false_alarm_rate",
    params=FalseAlarm,
    formula="max over both nulls of the share of simulated markets whose LPPLS confidence >= "
    "bubble_confidence(as_of)",
    minimum=f"{SHORTEST_HISTORY} sessions before the scale's longest window, without a gap",
    unit="%",
    decimals=2,
    measure=_false_alarm,
    wording=_say_alarm,
    patterns=(
        en(
            rf"\bLPPLS confidence {_KIND_EN} that {{pct:value}} of {{number:window}} simulated markets",
            _read_alarm,
            9,
        ),
        en(
            rf"\bLPPLS confidence of {{pct}} {_KIND_EN}, which {{pct:value}} of {{number:window}} simulated markets",
            _read_alarm,
            9,
        ),
        zh(
            f"LPPLS置信度为{{pct}}（{_KIND_ZH}），{{number:window}}个没有泡沫的模拟市场中有{{pct:value}}",
            _read_alarm,
            9,
        ),
        zh(
            f"LPPLS置信度（{_KIND_ZH}）在{{number:window}}个没有泡沫的模拟市场中有{{pct:value}}",
            _read_alarm,
            9,
        ),
    ),
    example=3.52,
)

METRICS = (BUBBLE_CONFIDENCE, BUBBLE_FALSE_ALARM_RATE)
