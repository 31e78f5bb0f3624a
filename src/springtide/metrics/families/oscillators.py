"""Momentum oscillators: Wilder's relative strength index, and overbought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from springtide.claims.model import Claim, Measurement, Params
from springtide.language.format import format_number
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.answers import Measured
from springtide.metrics.params import Limits
from springtide.metrics.patterns import Draft, Found, en, is_fact, zh
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
    return Measured(value, windows=(rows.window(view, bars, held, "close"),))


def _overbought(view: View, instrument: Instrument, params: Overbought) -> Measured:
    measured = _rsi(view, instrument, Rsi(params.window))
    assert isinstance(measured.value, float)
    over = params.side == "overbought"
    beyond = measured.value > params.threshold if over else measured.value < params.threshold
    return Measured(bool(beyond), measured.rows, measured.windows)


def _say_rsi_en(claim: Claim, measurement: Measurement) -> str:
    assert isinstance(claim.params, Rsi) and isinstance(claim.value, float)
    return f"has a {claim.params.window}-day RSI of {format_number(claim.value, 2, 'en')}"


def _say_rsi_zh(claim: Claim, measurement: Measurement) -> str:
    assert isinstance(claim.params, Rsi) and isinstance(claim.value, float)
    return f"的{claim.params.window}日RSI为{format_number(claim.value, 2, 'zh-cn')}"


def _say_over_en(claim: Claim, measurement: Measurement) -> str:
    params = claim.params
    assert isinstance(params, Overbought)
    side = "above" if params.side == "overbought" else "below"
    line = format_number(params.threshold, 0, "en")
    return f"is {params.side}: its {params.window}-day RSI is {side} {line}"


def _say_over_zh(claim: Claim, measurement: Measurement) -> str:
    params = claim.params
    assert isinstance(params, Overbought)
    over = params.side == "overbought"
    line = format_number(params.threshold, 0, "zh-cn")
    return (
        f"处于{'超买' if over else '超卖'}区域："
        f"{params.window}日RSI{'高于' if over else '低于'}{line}"
    )


def _read_rsi(found: Found) -> Draft | None:
    return Draft(Rsi(found.window(14)), found.quantity()) if is_fact(found) else None


def _read_over(found: Found) -> Draft | None:
    if not is_fact(found):
        return None
    side: Literal["overbought", "oversold"] = (
        "oversold" if found.words.get("oversold") else "overbought"
    )
    line = found.mentions.get("value")
    default = 30.0 if side == "oversold" else 70.0
    threshold = float(found.quantity().value) if line is not None else default  # type: ignore[arg-type]
    return Draft(Overbought(side, threshold, found.window(14)))


RSI = Metric(
    key="rsi",
    params=Rsi,
    title={"en": "Relative strength index", "zh-cn": "相对强弱指数（RSI）"},
    definition={
        "en": "Wilder's index of average gains against average losses, 0 to 100, run over up to "
        f"{WARM_UP} windows of closes so that its start is not felt "
        "(J. Welles Wilder, New Concepts in Technical Trading Systems, 1978).",
        "zh-cn": f"怀尔德（Wilder，1978）的平均涨幅与平均跌幅之比，取值0至100；以至多{WARM_UP}个窗口的收盘价起算，"
        "使起点影响可以忽略。",
    },
    formula="100 - 100 / (1 + average gain / average loss), Wilder's averages of close changes",
    minimum=f"{SHORTEST} windows of sessions without a gap",
    unit="",
    decimals=2,
    measure=_rsi,
    wording={"en": _say_rsi_en, "zh-cn": _say_rsi_zh},
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
    title={"en": "RSI zone", "zh-cn": "RSI区间"},
    definition={
        "en": "Whether the RSI stands above 70 (overbought) or below 30 (oversold).",
        "zh-cn": "RSI是否高于70（超买）或低于30（超卖）。",
    },
    formula="rsi(as_of) > threshold",
    minimum=f"{SHORTEST} windows of sessions without a gap",
    unit="",
    decimals=0,
    measure=_overbought,
    wording={"en": _say_over_en, "zh-cn": _say_over_zh},
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
