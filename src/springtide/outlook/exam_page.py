"""The page of an exam: how forecasts did on markets from which nothing was learned."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from springtide.files import write_files
from springtide.numerics.resampling import Estimate
from springtide.outlook.holdout import Exam
from springtide.outlook.model import HORIZONS, MethodName
from springtide.outlook.record import Group, TrackRecord
from springtide.outlook.report_findings import against, failures, verdict
from springtide.outlook.report_tables import (
    NAMES,
    brier_table,
    coverage_table,
    crps_table,
    group_table,
    skill_cell,
    skill_table,
    table,
)
from springtide.outlook.scoring import GOALS

PAGE = "outlook-exam.md"

_POWER = 2.8
"""Standard errors: an edge so large has an interval above zero in four runs of five."""

_COUNTS = (1, 5, 10, 20, 40, 80)


def write_exam(exam: Exam, folder: Path, command: str, settled: str) -> tuple[Path, ...]:
    """Write the page.

    Parameters
    ----------
    exam
        From :func:`.examine`.
    folder
        Where ``outlook-exam.md`` goes.
    command
        That made it.
    settled
        The commit in which every choice had been made; empty where none is told.

    Raises
    ------
    SpringtideError
        The folder cannot be written to.
    """
    return write_files(folder, {PAGE: page(exam, command, settled)})


def page(exam: Exam, command: str, settled: str) -> str:
    """Return the page as Markdown."""
    record = exam.record
    if record.whole is None:
        return f"{_HEAD}\nNo market had a rally that could be forecast.\n"
    parts = [
        _HEAD,
        "\n".join(f"{k}. {line}" for k, line in enumerate(_findings(exam, settled), 1)),
        "## Skill of the pool\n\nIn percent, with 95% intervals; bold where the interval excludes "
        "zero. GARCH simulation is the fair opponent: its prices grow as those of all indices that "
        "were learned from had, by then.",
        skill_table(record),
        _gains(record.whole),
        "Mean Brier scores:",
        brier_table(record.whole, record),
        "Mean CRPS of the whole distributions:",
        crps_table(record),
        "## Where it does not",
        *failures(record),
        "## Were the intervals right?",
        coverage_table(record),
        "## Market by market",
        *_markets(record),
        "## How large an edge could be proved",
        _provable(record),
        "## What was examined",
        _examined(exam),
        f"## Do it again\n\n```sh\n{command}\n```",
    ]
    return "\n\n".join(part.strip() for part in parts if part) + "\n"


_HEAD = """
# The exam: markets the outlook never saw

Every choice was made on ten indices, and what is learned comes from them and from stocks and funds
beside them. These are other markets: nothing was learned from them, and they were forecast once.
"""


def _findings(exam: Exam, settled: str) -> list[str]:
    """Return the page in five plain sentences."""
    record, whole = exam.record, exam.record.whole
    assert whole is not None
    at = [whole.target(goal.name, goal.horizon) for goal in GOALS]
    rallies, forecasts = (at[0].rallies, at[0].forecasts) if at[0] else (0, 0)
    commit = f" Every choice was settled before, at commit `{settled}`." if settled else ""
    return [
        f"{len(exam.markets)} markets, {rallies:,} rallies and {forecasts:,} forecasts at months' "
        f"ends were set beside what came, once.{commit}",
        f"Against base rates the pool {_stands(whole, 'climatology')}.",
        f"Against the fair simulation of each price by itself it {_stands(whole, 'garch')}.",
        f"How far a rally goes: {_gain_words(whole)}.",
        _proof(record),
    ]


def _stands(group: Group, reference: str) -> str:
    parts = []
    for goal in GOALS:
        skill = against(group.target(goal.name, goal.horizon), reference)
        if skill is not None:
            words = {"better": "was better", "worse": "was worse", "unclear": "is not shown better"}
            parts.append(f"{words[verdict(skill)]} at {goal.horizon} sessions ({_said(skill)})")
    return " and ".join(parts)


def _said(skill: Estimate) -> str:
    value = f"{100 * skill.value:+.1f}%"
    if math.isnan(skill.low):
        return value
    return f"{value}, {100 * skill.low:+.1f} to {100 * skill.high:+.1f}"


def _gain_words(group: Group) -> str:
    scored = group.target("gain")
    skills = [(name, against(scored, name)) for name in ("climatology", "garch")]
    told = [f"{_said(skill)} against {NAMES[_method(name)]}" for name, skill in skills if skill]
    return ", ".join(told) or "no rally was over"


def _method(name: str) -> MethodName:
    return next(method for method in NAMES if method == name)


def _gains(group: Group) -> str:
    scored = group.target("gain")
    own = scored.method("combination") if scored else None
    if scored is None or own is None:
        return ""
    references = ("climatology", "random_walk", "garch")
    header = ["", "Forecasts", *(f"against {NAMES[_method(name)]}" for name in references)]
    cells = [skill_cell(own.against(name)) for name in references]
    return table(header, [["further gain, by CRPS", f"{scored.forecasts:,}", *cells]])


def _markets(record: TrackRecord) -> list[str]:
    groups = [(one.name, one) for one in record.groups if one.by == "market"]
    parts = []
    for reference in ("climatology", "garch"):
        skills = [against(group.target("peak", 60), reference) for _, group in groups]
        ahead = sum(skill is not None and skill.value > 0 for skill in skills)
        parts += [
            f"Skill of the pool against {NAMES[_method(reference)]}, %: better within 60 sessions "
            f"in {ahead} of {len(groups)} markets. A market has few rallies, and these intervals "
            "are rough.",
            group_table(groups, reference),
        ]
    return parts


def _errors(record: TrackRecord, horizon: int) -> tuple[float, float]:
    """Return the standard error of the skill over simulation: of all, and of a typical market."""
    whole = record.whole
    skill = against(whole.target("peak", horizon), "garch") if whole else None
    each = [
        against(one.target("peak", horizon), "garch") for one in record.groups if one.by == "market"
    ]
    alone = [_error(one) for one in each if one is not None and math.isfinite(one.low)]
    return _error(skill), float(np.median(alone)) if alone else math.nan


def _error(skill: Estimate | None) -> float:
    return math.nan if skill is None else (skill.high - skill.low) / 3.92


def _proof(record: TrackRecord) -> str:
    together, _ = _errors(record, 60)
    if math.isnan(together):
        return "No interval can be given: there are too few years."
    return (
        "With these markets an edge over the fair simulation of "
        f"{100 * _POWER * together:.0f}% within 60 sessions would be proved in four cases of five; "
        "a smaller one would mostly not be seen."
    )


def _provable(record: TrackRecord) -> str:
    rows = []
    counted = []
    for horizon in HORIZONS:
        together, alone = _errors(record, horizon)
        if not math.isfinite(together + alone):
            continue
        counted.append(f"{(alone / together) ** 2:.0f} at {horizon} sessions")
        sizes = [f"{100 * _POWER * alone / math.sqrt(count):.0f}%" for count in _COUNTS]
        rows.append([f"peak within {horizon}", f"{100 * _POWER * together:.0f}%", *sizes])
    if not rows:
        return "No interval can be given: there are too few years."
    header = [
        "Edge over the fair simulation",
        "these markets",
        *(f"{n} independent" for n in _COUNTS),
    ]
    return (
        "The edge whose 95% interval lies above zero in four runs of five (2.8 standard errors), "
        "with the markets of this exam, and with so many markets like a typical one of them that "
        "move independently. Markets fall together: all of these are worth as many independent "
        f"ones as {', '.join(counted)}.\n\n{table(header, rows)}"
    )


def _examined(exam: Exam) -> str:
    rows = [[symbol, str(first), str(last)] for symbol, first, last in exam.markets]
    dropped = "; ".join(f"{symbol}: {why}" for symbol, why in exam.dropped)
    left = f"\n\nLeft out: {dropped}." if dropped else ""
    return (
        f"What was learned is that of each year's end to {exam.learned_to}. A close that repeats "
        "the one before is taken for a holiday that was filled in. Some of these indices hold "
        f"dividends, some are in dollars.\n\n{table(['Market', 'First', 'Last'], rows)}{left}"
    )


def summary(exam: Exam) -> Sequence[str]:
    """Return the findings for a terminal."""
    return _findings(exam, "") if exam.record.whole else ["No market had a rally."]
