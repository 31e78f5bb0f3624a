"""Moving averages, and how far the close stands from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from springtide.claims.compare import price_decimals
from springtide.claims.model import Claim, Measurement, Params
from springtide.language.format import format_level, format_percent
from springtide.language.types import Interval, Language
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.answers import Measured
from springtide.metrics.params import Limits
from springtide.metrics.patterns import Draft, Found, en, is_fact, zh
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
    value = 100.0 * (float(bars.close[i]) / average.value - 1.0)
    return Measured(value, (rows.row(bars, i, "close"),), average.windows)


def _window(claim: Claim) -> int:
    assert isinstance(claim.params, MovingAverage)
    return claim.params.window


def _value(claim: Claim) -> float:
    assert isinstance(claim.value, float)
    return claim.value


def _level(claim: Claim, language: Language) -> str:
    value = _value(claim)
    return format_level(value, claim.unit, language, price_decimals(value, claim.unit))


def _say_average_en(claim: Claim, measurement: Measurement) -> str:
    return f"has its {_window(claim)}-day moving average at {_level(claim, 'en')}"


def _say_average_zh(claim: Claim, measurement: Measurement) -> str:
    return f"的{_window(claim)}日均线为{_level(claim, 'zh-cn')}"


def _say_distance_en(claim: Claim, measurement: Measurement) -> str:
    side = "above" if _value(claim) >= 0 else "below"
    size = format_percent(abs(_value(claim)), 2, "en")
    return f"stands {size} {side} its {_window(claim)}-day moving average"


def _say_distance_zh(claim: Claim, measurement: Measurement) -> str:
    side = "高于" if _value(claim) >= 0 else "低于"
    size = format_percent(abs(_value(claim)), 2, "zh-cn")
    return f"收盘价{side}{_window(claim)}日均线{size}"


def _read_average(found: Found) -> Draft | None:
    if not is_fact(found):
        return None
    return Draft(MovingAverage(found.window(50, "span")), found.quantity())


def _read_distance(found: Found) -> Draft | None:
    if not is_fact(found):
        return None
    return Draft(MovingAverage(found.window(50, "span")), found.quantity(), found.sign)


def _read_side(found: Found) -> Draft | None:
    """Read "above its 50-day average": a distance above zero, without a printed number."""
    if not is_fact(found):
        return None
    below = bool(found.words.get("down"))
    above_zero = Interval(0.0, float("inf"), low_open=True)
    return Draft(
        MovingAverage(found.window(50, "span")),
        comparator="<" if below else ">",
        value=0.0,
        within=above_zero.negated() if below else above_zero,
    )


MOVING_AVERAGE = Metric(
    key="moving_average",
    params=MovingAverage,
    title={"en": "Moving average", "zh-cn": "移动平均线"},
    definition={
        "en": "The mean of the closes of the last sessions, the as-of session included.",
        "zh-cn": "含当日在内最近若干个交易日收盘价的算术平均。",
    },
    formula="mean(close over the last window sessions)",
    minimum="window sessions without a gap",
    unit="price",
    decimals=price_decimals,
    measure=_average,
    wording={"en": _say_average_en, "zh-cn": _say_average_zh},
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
    title={"en": "Distance from the moving average", "zh-cn": "均线乖离率"},
    definition={
        "en": "The close against its moving average.",
        "zh-cn": "收盘价相对移动平均线的偏离。",
    },
    formula="close(as_of) / mean(close over the last window sessions) - 1",
    minimum="window sessions without a gap",
    unit="%",
    decimals=2,
    measure=_distance,
    wording={"en": _say_distance_en, "zh-cn": _say_distance_zh},
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
