"""Bull and bear phases: the rise since the last trough, and the 20% convention."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from springtide.claims.model import Claim, Measurement, Params
from springtide.language.format import format_date, format_duration, format_percent
from springtide.language.types import Interval, Language, PeriodMention, Quantity
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rallies, rows
from springtide.metrics.answers import Measured
from springtide.metrics.params import Limits
from springtide.metrics.patterns import Draft, Found, en, is_fact, zh
from springtide.metrics.registry import Metric

if TYPE_CHECKING:
    from springtide.numerics.phases import Phase as DatedPhase

Turn = Literal["trough", "peak"]


@dataclass(frozen=True, slots=True)
class Phase(Params):
    """The move, in per cent, that turns a bear market into a bull market and back."""

    threshold: Annotated[float, Limits(0, 100, strict=True)] = 20.0


@dataclass(frozen=True, slots=True)
class PhaseAge(Params):
    """The extreme that is counted from, and the move in per cent that makes it one."""

    turn: Turn = "trough"
    threshold: Annotated[float, Limits(0, 100, strict=True)] = 20.0


def _measured(view: View, found: rallies.Dated, phase: DatedPhase, value: float) -> Measured:
    """Cite the close that began the phase, that which showed it, today's, and all dated."""
    cited = (phase.start, phase.confirmed, -1)
    return Measured(
        value,
        tuple(rows.row(found.bars, int(found.held[i]), "close") for i in cited),
        (rows.window(view, found.bars, found.held, "close"),),
    )


def _phase(view: View, instrument: Instrument, params: Phase) -> Measured:
    """Measure the move since the extreme that began the running phase, positive in a bull market."""
    found, phase = rallies.running(view, instrument, params.threshold)
    value = 100.0 * (found.close(-1) / found.close(phase.start) - 1.0)
    return _measured(view, found, phase, value)


def _age(view: View, instrument: Instrument, params: PhaseAge) -> Measured:
    found, phase = rallies.running(view, instrument, params.threshold)
    if (phase.kind == "bull") != (params.turn == "trough"):
        raise rallies.other_phase(instrument, found, phase, params.threshold)
    return _measured(view, found, phase, float(len(found.held) - 1 - phase.start))


def _pace(view: View, instrument: Instrument, params: Phase) -> Measured:
    found, phase = rallies.running(view, instrument, params.threshold)
    sessions = len(found.held) - 1 - phase.start
    growth = found.close(-1) / found.close(phase.start)
    return _measured(view, found, phase, 100.0 * (growth ** (1.0 / sessions) - 1.0))


def _is_bull(claim: Claim, measurement: Measurement) -> bool:
    """Say which phase it is: one that rose little may have sunk below its trough since."""
    shown = measurement.evidence.rows[:2]
    if len(shown) == 2:
        return shown[1].value > shown[0].value
    return isinstance(claim.value, float) and claim.value >= 0


def _start(measurement: Measurement, language: Language) -> str:
    return format_date(measurement.evidence.rows[0].date, language)


def _say_en(claim: Claim, measurement: Measurement) -> str:
    assert isinstance(claim.params, Phase) and isinstance(claim.value, float)
    up, bull = claim.value >= 0, _is_bull(claim, measurement)
    line = format_percent(claim.params.threshold, 0, "en")
    size = format_percent(abs(claim.value), 2, "en")
    return (
        f"is in a {'bull' if bull else 'bear'} market by the {line} convention, "
        f"{'up' if up else 'down'} {size} from its {'trough' if bull else 'peak'} of "
        f"{_start(measurement, 'en')}"
    )


def _say_zh(claim: Claim, measurement: Measurement) -> str:
    assert isinstance(claim.params, Phase) and isinstance(claim.value, float)
    up, bull = claim.value >= 0, _is_bull(claim, measurement)
    line = format_percent(claim.params.threshold, 0, "zh-cn")
    size = format_percent(abs(claim.value), 2, "zh-cn")
    return (
        f"按{line}的惯例处于{'牛市' if bull else '熊市'}，"
        f"自{_start(measurement, 'zh-cn')}{'低点' if bull else '高点'}以来{'上涨' if up else '下跌'}{size}"
    )


def _say_age_en(claim: Claim, measurement: Measurement) -> str:
    assert isinstance(claim.params, PhaseAge) and isinstance(claim.value, float)
    line = format_percent(claim.params.threshold, 0, "en")
    age = format_duration(round(claim.value), "sessions", "en")
    return f"is {age} past its last {claim.params.turn} by the {line} convention"


def _say_age_zh(claim: Claim, measurement: Measurement) -> str:
    assert isinstance(claim.params, PhaseAge) and isinstance(claim.value, float)
    line = format_percent(claim.params.threshold, 0, "zh-cn")
    age = format_duration(round(claim.value), "sessions", "zh-cn")
    turn = {"trough": "低点", "peak": "高点"}[claim.params.turn]
    return f"按{line}的惯例距上一{turn}已有{age}"


def _say_pace_en(claim: Claim, measurement: Measurement) -> str:
    assert isinstance(claim.params, Phase) and isinstance(claim.value, float)
    line = format_percent(claim.params.threshold, 0, "en")
    size = format_percent(abs(claim.value), 3, "en")
    up = claim.value >= 0
    return (
        f"has {'gained' if up else 'lost'} an average of {size} a session since its phase began "
        f"by the {line} convention"
    )


def _say_pace_zh(claim: Claim, measurement: Measurement) -> str:
    assert isinstance(claim.params, Phase) and isinstance(claim.value, float)
    line = format_percent(claim.params.threshold, 0, "zh-cn")
    size = format_percent(abs(claim.value), 3, "zh-cn")
    return f"按{line}的惯例自本阶段开始以来每个交易日平均{'上涨' if claim.value >= 0 else '下跌'}{size}"


def _read_age(found: Found) -> Draft | None:
    line, age = found.quantity("line").value, found.mentions["value"]
    if not isinstance(line, float) or not is_fact(found):
        return None
    turn: Turn = "peak" if found.words.get("peak") else "trough"
    if isinstance(age, Quantity):
        return Draft(PhaseAge(turn, line), age) if age.unit == "sessions" else None
    if isinstance(age, PeriodMention) and age.period.unit == "sessions" and age.period.count:
        return Draft(PhaseAge(turn, line), value=float(age.period.count), unit="sessions")
    return None


def _read_pace(found: Found) -> Draft | None:
    line = found.quantity("line").value
    assert isinstance(line, float)
    return Draft(Phase(line), found.quantity(), -1 if found.words.get("fall") else 1)


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
    sign: Literal[1, -1] = -1 if found.words.get("fall") else 1
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
        "doi:10.1198/073500104000000136), over all closes known without a gap.",
        "zh-cn": "自本阶段起点（低点或高点）以来的涨跌幅。自低点上涨达到阈值即为牛市，直至自高点下跌达到阈值为止"
        "（Lunde与Timmermann，2004），以全部连续已知的收盘价划分。",
    },
    formula="close(as_of) / close(last trough or peak confirmed by the threshold) - 1",
    minimum="closes without a gap back to the move that confirmed the phase",
    unit="%",
    decimals=2,
    measure=_phase,
    wording={"en": _say_en, "zh-cn": _say_zh},
    patterns=(
        zh(
            f"按{{pct:line}}的惯例处于{_WHICH_ZH}，[^。；]{{0,10}}?(?:上涨|(?P<fall>下跌)){{pct:value}}",
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
            r"\bis in a (?:bull|(?P<bear>bear)) market by the {pct:line} convention, (?:up|(?P<fall>down)) {pct:value}",
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

PHASE_AGE = Metric(
    key="phase_age",
    params=PhaseAge,
    title={"en": "Age of the bull or bear phase", "zh-cn": "牛熊阶段已持续时间"},
    definition={
        "en": "Sessions since the trough that began the running bull market, or with turn=peak "
        "since the peak that began the running bear market, dated as for the phase.",
        "zh-cn": "自本轮牛市起点（低点）以来的交易日数；turn=peak时为自本轮熊市起点（高点）以来的交易日数。"
        "划分方法同“牛熊阶段”。",
    },
    formula="sessions after the last trough or peak confirmed by the threshold, to as_of",
    minimum="closes without a gap back to the move that confirmed the phase",
    unit="sessions",
    decimals=0,
    measure=_age,
    wording={"en": _say_age_en, "zh-cn": _say_age_zh},
    example=104.0,
    patterns=(
        zh("按{pct:line}的惯例距上一(?:低点|(?P<peak>高点))已有{span:value}", _read_age, 9),
        en(
            r"\bis {span:value} past its last (?:trough|(?P<peak>peak)) by the {pct:line} convention",
            _read_age,
            9,
        ),
    ),
)

PHASE_PACE = Metric(
    key="phase_pace",
    params=Phase,
    title={"en": "Pace of the bull or bear phase", "zh-cn": "牛熊阶段的平均速度"},
    definition={
        "en": "The mean change a session since the extreme that began the running phase: what, "
        "compounded over its sessions, gives its gain so far. Negative in a bear market.",
        "zh-cn": "自本阶段起点（低点或高点）以来每个交易日的几何平均涨跌幅，熊市为负。",
    },
    formula="(close(as_of) / close(last trough or peak)) ** (1 / sessions since) - 1",
    minimum="closes without a gap back to the move that confirmed the phase",
    unit="%",
    decimals=3,
    measure=_pace,
    wording={"en": _say_pace_en, "zh-cn": _say_pace_zh},
    example=0.215,
    patterns=(
        zh(
            "按{pct:line}的惯例自本阶段开始以来每个交易日平均(?:上涨|(?P<fall>下跌)){pct:value}",
            _read_pace,
            9,
        ),
        en(
            r"\bhas (?:gained|(?P<fall>lost)) an average of {pct:value} a session since its phase "
            r"began by the {pct:line} convention",
            _read_pace,
            9,
        ),
    ),
)

METRICS = (PHASE, PHASE_AGE, PHASE_PACE)
