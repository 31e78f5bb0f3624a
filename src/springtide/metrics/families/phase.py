"""Bull and bear phases: the rise since the last trough, and the 20% convention."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated, Literal

from springtide.claims.model import Claim, Measurement, Params
from springtide.language.format import format_date, format_percent
from springtide.language.types import Interval, Language
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.params import Limits
from springtide.metrics.patterns import Draft, Found, en, is_fact, zh
from springtide.metrics.registry import Metric

LOOKBACK = 2500
"""Sessions of closes that phases are dated over, where so many are there (about ten years)."""


@dataclass(frozen=True, slots=True)
class Phase(Params):
    """The move, in per cent, that turns a bear market into a bull market and back."""

    threshold: Annotated[float, Limits(0, 100, strict=True)] = 20.0


def _phase(view: View, instrument: Instrument, params: Phase) -> Measured:
    """Measure the move since the extreme that began the running phase, positive in a bull market."""
    from springtide.numerics.phases import date_phases

    held = rows.trailing(view, instrument, "close", LOOKBACK, minimum=2)
    bars = view.bars(instrument.id)
    share = params.threshold / 100.0
    phases = date_phases(bars.close[held], up=share, down=share)
    first = rows.day_of(bars, int(held[0]))
    if not phases:
        raise Missing(
            f"closes of {instrument.id} have not moved {params.threshold:g}% from a low or a high "
            f"since {first}",
            f"{instrument.id}收盘价自{first}起尚未自低点或高点变动{params.threshold:g}%",
        )
    if phases[-1].start == 0:
        raise Missing(
            f"closes of {instrument.id} before {first}: the running phase began before the data do",
            f"需要{instrument.id}在{first}之前的收盘价：本阶段始于数据之前",
        )
    start, today = int(held[phases[-1].start]), int(held[-1])
    value = 100.0 * (float(bars.close[today]) / float(bars.close[start]) - 1.0)
    return Measured(
        value,
        (rows.row(bars, start, "close"), rows.row(bars, today, "close")),
        (rows.window(view, bars, held, "close"),),
    )


def _start(measurement: Measurement, language: Language) -> str:
    return format_date(measurement.evidence.rows[0].date, language)


def _say_en(claim: Claim, measurement: Measurement) -> str:
    assert isinstance(claim.params, Phase) and isinstance(claim.value, float)
    up = claim.value >= 0
    line = format_percent(claim.params.threshold, 0, "en")
    size = format_percent(abs(claim.value), 2, "en")
    return (
        f"is in a {'bull' if up else 'bear'} market by the {line} convention, "
        f"{'up' if up else 'down'} {size} from its {'trough' if up else 'peak'} of "
        f"{_start(measurement, 'en')}"
    )


def _say_zh(claim: Claim, measurement: Measurement) -> str:
    assert isinstance(claim.params, Phase) and isinstance(claim.value, float)
    up = claim.value >= 0
    line = format_percent(claim.params.threshold, 0, "zh-cn")
    size = format_percent(abs(claim.value), 2, "zh-cn")
    return (
        f"按{line}的惯例处于{'牛市' if up else '熊市'}，"
        f"自{_start(measurement, 'zh-cn')}{'低点' if up else '高点'}以来{'上涨' if up else '下跌'}{size}"
    )


def _read_market(found: Found) -> Draft | None:
    """Read "a technical bull market": the 20% is meant and not printed."""
    if not is_fact(found):
        return None
    bull = Interval(20.0, math.inf)
    bear = bool(found.words.get("bear"))
    return Draft(
        Phase(),
        comparator="<" if bear else ">",
        value=-20.0 if bear else 20.0,
        unit="%",
        within=bull.negated() if bear else bull,
    )


def _read_convention(found: Found) -> Draft | None:
    line = found.quantity("line").value
    assert isinstance(line, float)
    sign: Literal[1, -1] = -1 if found.words.get("bear") else 1
    return Draft(Phase(line), found.quantity(), sign)


_EN_INTO = r"\b(?:ent(?:er|ers|ered|ering)|in(?:to)?|reach\w*|hit|confirm\w*|in technical)\b"
_WHICH_ZH = "(?:(?:技术性?)?(?:牛市|(?P<bear>熊市)))"

PHASE = Metric(
    key="phase",
    params=Phase,
    title={"en": "Bull or bear phase", "zh-cn": "牛熊阶段"},
    definition={
        "en": "The move since the extreme that began the running phase. A bull phase begins at a "
        "trough from which the close has risen by the threshold, and lasts until the close has "
        "fallen by the threshold from its peak (Lunde and Timmermann 2004, "
        f"doi:10.1198/073500104000000136), over the last {LOOKBACK:,} sessions.",
        "zh-cn": "自本阶段起点（低点或高点）以来的涨跌幅。自低点上涨达到阈值即为牛市，直至自高点下跌达到阈值为止"
        f"（Lunde与Timmermann，2004），以最近{LOOKBACK}个交易日的收盘价划分。",
    },
    formula="close(as_of) / close(last trough or peak confirmed by the threshold) - 1",
    minimum="closes without a gap back to the move that confirmed the phase",
    unit="%",
    decimals=2,
    measure=_phase,
    wording={"en": _say_en, "zh-cn": _say_zh},
    patterns=(
        zh(
            f"按{{pct:line}}的惯例处于{_WHICH_ZH}，[^。；]{{0,10}}?(?:上涨|下跌){{pct:value}}",
            _read_convention,
            9,
        ),
        zh(
            f"(?:进入|踏入|迈入|步入|处于|开启|重返|陷入|跌入|转入|进军|升入|确认)[^，。；\ue001-\ue00e]{{0,4}}?{_WHICH_ZH}",
            _read_market,
            1,
        ),
        zh("技术性?(?:牛市|(?P<bear>熊市))", _read_market),
        en(
            r"\bis in a (?:bull|(?P<bear>bear)) market by the {pct:line} convention, (?:up|down) {pct:value}",
            _read_convention,
            9,
        ),
        en(
            rf"{_EN_INTO}(?: an?| the)? (?:technical |new )?(?:bull|(?P<bear>bear)) (?:market|territory)",
            _read_market,
            1,
        ),
        en(r"\btechnical (?:bull|(?P<bear>bear)) market", _read_market),
    ),
)

METRICS = (PHASE,)
