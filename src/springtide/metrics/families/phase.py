"""Bull and bear phases: the rise since the last trough, and the 20% convention."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np

from springtide.claims.model import Claim, Measurement, Params
from springtide.language.messages import Duration, Message, Percent, message
from springtide.language.types import Interval, PeriodMention, Quantity
from springtide.market.last_stretch import CUTS
from springtide.market.types import Field, Instrument
from springtide.market.view import View
from springtide.metrics import rallies, rows
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.batches import Answers, Batch, BoolArray, Kernel, Stretch
from springtide.metrics.params import Limits
from springtide.metrics.patterns import Draft, Phrase, en, is_fact, zh
from springtide.metrics.registry import Metric
from springtide.numerics.phases import last_phases

if TYPE_CHECKING:
    from springtide.numerics.phases import Phase as DatedPhase

Turn = Literal["trough", "peak"]


@dataclass(frozen=True, slots=True)
class Phase(Params):
    """The move in per cent that turns a bear market into a bull market and back, and by which rule.

    With ``turning_points`` the rule is that of Pagan and Sossounov for monthly closes, by which a
    phase that moved so far counts however short it is.
    """

    threshold: Annotated[float, Limits(0, 100, strict=True)] = 20.0
    method: rallies.Method = "threshold"


@dataclass(frozen=True, slots=True)
class PhasePace(Params):
    """The move, in per cent, that turns a bear market into a bull market and back."""

    threshold: Annotated[float, Limits(0, 100, strict=True)] = 20.0


@dataclass(frozen=True, slots=True)
class PhaseAge(Params):
    """The extreme that is counted from, and the move in per cent that makes it one."""

    turn: Turn = "trough"
    threshold: Annotated[float, Limits(0, 100, strict=True)] = 20.0


def _measured(
    view: View, instrument: Instrument, phases: rallies.Dated, phase: DatedPhase, value: float
) -> Measured:
    """Cite the close that began the phase, that which showed it, today's, and all dated."""
    cited = (phase.start, phase.confirmed, -1)
    shown = tuple(rows.row(phases.bars, int(phases.held[i]), "close") for i in cited)
    return Measured(
        value,
        (*shown, *rallies.real_moves(instrument, phases, phase.start)),
        (rows.window(view, phases.bars, phases.held, "close"),),
    )


def _phase(view: View, instrument: Instrument, params: Phase) -> Measured:
    """Measure the move since the extreme that began the running phase, positive in a bull market."""
    phases, phase = rallies.running(view, instrument, params.threshold, params.method)
    value = 100.0 * (phases.close(-1) / phases.close(phase.start) - 1.0)
    return _measured(view, instrument, phases, phase, value)


def _age(view: View, instrument: Instrument, params: PhaseAge) -> Measured:
    phases, phase = rallies.running(view, instrument, params.threshold)
    if (phase.kind == "bull") != (params.turn == "trough"):
        raise rallies.other_phase(instrument, phases, phase, params.threshold)
    return _measured(view, instrument, phases, phase, float(len(phases.held) - 1 - phase.start))


def _pace(view: View, instrument: Instrument, params: PhasePace) -> Measured:
    phases, phase = rallies.running(view, instrument, params.threshold)
    sessions = len(phases.held) - 1 - phase.start
    growth = phases.close(-1) / phases.close(phase.start)
    return _measured(view, instrument, phases, phase, 100.0 * (growth ** (1.0 / sessions) - 1.0))


_SHARES: tuple[Field, ...] = ("open", "volume")
"""Fields by which splits are told."""


def _running(batch: Batch, threshold: float, answers: Answers) -> tuple[Stretch, BoolArray]:
    """Return from the beginning of the running phase to the day, and whether it is a bull's."""
    places = batch.today("close", answers)
    begins, why = batch.last_stretches
    first, end = begins[places], batch.end[places]
    several = end - first > 1
    places, first, end = places[several], first[several], end[several]
    close = batch.columns.figure("close")
    if ("phases", threshold) not in batch.kept:
        batch.kept["phases", threshold] = last_phases(close, first, end, threshold / 100.0)
    starts, bulls, counts = batch.kept["phases", threshold]
    for k in np.flatnonzero(counts < 2).tolist():
        place = int(places[k])
        name, day = batch.instruments[place].id, str(batch.date_at(int(first[k])))
        if counts[k]:
            cut = rallies.why_cut(CUTS[why[place]])
            answers.miss(place, Missing("missing.began-before", subject=name, first=day, cut=cut))
        else:
            line = Percent.short(threshold)
            answers.miss(place, Missing("missing.no-move", subject=name, line=line, first=day))
    known = counts >= 2
    return Stretch(places[known], starts[known], end[known]), bulls[known]


def _phases(batch: Batch, params: Phase) -> Answers:
    answers = Answers.open(batch)
    if params.method == "threshold":
        stretch, _ = _running(batch, params.threshold, answers)
        close = batch.columns.figure("close")
        answers.put(stretch.place, 100.0 * (close[stretch.end - 1] / close[stretch.first] - 1.0))
    return answers


def _ages(batch: Batch, params: PhaseAge) -> Answers:
    answers = Answers.open(batch)
    stretch, bulls = _running(batch, params.threshold, answers)
    asked = bulls == (params.turn == "trough")
    for k in np.flatnonzero(~asked).tolist():
        place = int(stretch.place[k])
        answers.miss(
            place,
            Missing(
                "missing.other-phase",
                subject=batch.instruments[place].id,
                kind="bull" if bulls[k] else "bear",
                line=Percent.short(params.threshold),
                day=str(batch.date_at(int(stretch.first[k]))),
            ),
        )
    stretch = stretch.where(asked)
    answers.put(stretch.place, stretch.end - 1 - stretch.first)
    return answers


def _paces(batch: Batch, params: PhasePace) -> Answers:
    answers = Answers.open(batch)
    stretch, _ = _running(batch, params.threshold, answers)
    close, sessions = batch.columns.figure("close"), stretch.end - 1 - stretch.first
    growth = (close[stretch.end - 1] / close[stretch.first]).tolist()
    # The power of an array may be off by a digit from that of a number.
    pace = [
        100.0 * (grown ** (1.0 / count) - 1.0)
        for grown, count in zip(growth, sessions.tolist(), strict=True)
    ]
    answers.put(stretch.place, np.array(pace))
    return answers


def _is_bull(claim: Claim, measurement: Measurement) -> bool:
    """Say which phase it is: one that rose little may have sunk below its trough since."""
    shown = measurement.evidence.rows[:2]
    if len(shown) == 2:
        return shown[1].value > shown[0].value
    return isinstance(claim.value, float) and claim.value >= 0


def _say(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, Phase) and isinstance(claim.value, float)
    if claim.params.method == "turning_points":
        return message(
            "metrics.phase-turned",
            value=Percent(abs(claim.value), 2),
            way="up" if claim.value >= 0 else "down",
            kind="bull" if _is_bull(claim, measurement) else "bear",
            line=Percent.short(claim.params.threshold),
            start=measurement.evidence.rows[0].date,
            known=measurement.evidence.rows[1].date,
        )
    return message(
        "metrics.phase-said",
        value=Percent(abs(claim.value), 2),
        way="up" if claim.value >= 0 else "down",
        kind="bull" if _is_bull(claim, measurement) else "bear",
        line=Percent.short(claim.params.threshold),
        start=measurement.evidence.rows[0].date,
    )


def _say_age(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, PhaseAge) and isinstance(claim.value, float)
    return message(
        "metrics.phase_age-said",
        value=Duration(round(claim.value)),
        turn=claim.params.turn,
        line=Percent.short(claim.params.threshold),
    )


def _say_pace(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, PhasePace) and isinstance(claim.value, float)
    return message(
        "metrics.phase_pace-said",
        value=Percent(abs(claim.value), 3),
        way="up" if claim.value >= 0 else "down",
        line=Percent.short(claim.params.threshold),
    )


def _read_age(phrase: Phrase) -> Draft | None:
    line, age = phrase.quantity("line").value, phrase.mentions["value"]
    if not isinstance(line, float) or not is_fact(phrase):
        return None
    turn: Turn = "peak" if phrase.words.get("peak") else "trough"
    if isinstance(age, Quantity):
        return Draft(PhaseAge(turn, line), age) if age.unit == "sessions" else None
    if isinstance(age, PeriodMention) and age.period.unit == "sessions" and age.period.count:
        return Draft(PhaseAge(turn, line), value=float(age.period.count), unit="sessions")
    return None


def _read_pace(phrase: Phrase) -> Draft | None:
    line = phrase.quantity("line").value
    assert isinstance(line, float)
    return Draft(PhasePace(line), phrase.quantity(), -1 if phrase.words.get("fall") else 1)


def _read_market(phrase: Phrase) -> Draft | None:
    """Read "a technical bull market": the 20% is meant and not printed."""
    if not is_fact(phrase):
        return None
    bull = Interval(20.0, math.inf)
    bear = bool(phrase.words.get("bear"))
    return Draft(
        Phase(),
        comparator="<" if bear else ">",
        value=-20.0 if bear else 20.0,
        unit="%",
        within=bull.negated() if bear else bull,
    )


def _read_convention(phrase: Phrase) -> Draft | None:
    line = phrase.quantity("line").value
    assert isinstance(line, float)
    sign: Literal[1, -1] = -1 if phrase.words.get("fall") else 1
    return Draft(Phase(line), phrase.quantity(), sign)


def _read_turned(phrase: Phrase) -> Draft | None:
    line = phrase.quantity("line").value
    assert isinstance(line, float)
    sign: Literal[1, -1] = -1 if phrase.words.get("fall") else 1
    return Draft(Phase(line, "turning_points"), phrase.quantity(), sign)


_EN_INTO = r"\b(?:ent(?:er|ers|ered|ering)|in(?:to)?|reach\w*|hit|confirm\w*|in technical)\b"
_WHICH_ZH = "(?:(?:技术性?)?(?:牛市|(?P<bear>熊市)))"

PHASE = Metric(
    key="phase",
    params=Phase,
    formula="close(as_of) / close(last trough or peak confirmed by the threshold) - 1",
    minimum="closes without a gap back to the turn before the one that began the phase",
    unit="%",
    decimals=2,
    measure=_phase,
    kernel=Kernel(_phases, lambda params: _SHARES),
    wording=_say,
    patterns=(
        zh(
            f"按月度收[盘市]价的转折点（短暂阶段以{{pct:line}}为界）处于{_WHICH_ZH}，[^。；]{{0,12}}?(?:上涨|累升|(?P<fall>[下累]跌)){{pct:value}}",
            _read_turned,
            9,
        ),
        en(
            r"\bis in a (?:bull|(?P<bear>bear)) market by the turning points of monthly closes "
            r"\({pct:line} for brief phases\), (?:up|(?P<fall>down)) {pct:value}",
            _read_turned,
            9,
        ),
        zh(
            f"按{{pct:line}}的惯例处于{_WHICH_ZH}，[^。；]{{0,10}}?(?:上涨|累升|(?P<fall>[下累]跌)){{pct:value}}",
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
    formula="sessions after the last trough or peak confirmed by the threshold, to as_of",
    minimum="closes without a gap back to the turn before the one that began the phase",
    unit="sessions",
    decimals=0,
    measure=_age,
    kernel=Kernel(_ages, lambda params: _SHARES),
    wording=_say_age,
    example=104.0,
    patterns=(
        zh("按{pct:line}的惯例距上一(?:低[点位]|(?P<peak>高[点位]))已有{span:value}", _read_age, 9),
        en(
            r"\bis {span:value} past its last (?:trough|(?P<peak>peak)) by the {pct:line} convention",
            _read_age,
            9,
        ),
    ),
)

PHASE_PACE = Metric(
    key="phase_pace",
    params=PhasePace,
    formula="(close(as_of) / close(last trough or peak)) ** (1 / sessions since) - 1",
    minimum="closes without a gap back to the turn before the one that began the phase",
    unit="%",
    decimals=3,
    measure=_pace,
    kernel=Kernel(_paces, lambda params: _SHARES),
    wording=_say_pace,
    example=0.215,
    patterns=(
        zh(
            "按{pct:line}的惯例自(?:本阶段|今轮)开始以来每个交易日平均(?:上涨|升|(?P<fall>下?跌)){pct:value}",
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
