"""The tables of the page on the track record, in Markdown, and how their figures are printed."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from springtide.numerics.resampling import Estimate
from springtide.numerics.scores import calibration_error
from springtide.outlook.model import HORIZONS, METHODS, MethodName, Outlook
from springtide.outlook.record import Group, MethodScore, Target, TargetScore, TrackRecord
from springtide.outlook.scoring import GOALS, LEVELS, REFERENCES
from springtide.outlook.sentences import method_name

NAMES = {method: method_name(method).text("en") for method in METHODS}
OWN: MethodName = "combination"
NOTHING = "–"

_IN_SET = 0.10
"""A method is in the 90% model confidence set where its p-value is above this."""


@dataclass(frozen=True, slots=True)
class NamedDay:
    """What was said of one instrument on one day, and what came.

    Attributes
    ----------
    name
        Of the instrument.
    why
        What day it is, in a few words.
    outlook
        As of that day.
    sessions, gain
        To the peak and up to it (a fraction); None while the rally runs, or where there was none.
    decided
        When the fall confirmed the peak; None while the rally runs.
    passed
        Sessions after the day at which the highest close so far stands.
    """

    name: str
    why: str
    outlook: Outlook
    sessions: float | None = None
    gain: float | None = None
    decided: date | None = None
    passed: float | None = None


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def percent(share: float) -> str:
    """Return a share in whole percent."""
    return NOTHING if math.isnan(share) else f"{share:.0%}"


def interval(estimate: Estimate) -> str:
    """Return a share in percent with its interval, as "79% (76 to 82%)"."""
    if math.isnan(estimate.value):
        return NOTHING
    if math.isnan(estimate.low):
        return f"{estimate.value:.0%} (no interval)"
    return f"{estimate.value:.0%} ({100 * estimate.low:.0f} to {estimate.high:.0%})"


def skill_cell(estimate: Estimate | None) -> str:
    """Return a skill in percent with its interval, in bold where that leaves zero out above."""
    if estimate is None or math.isnan(estimate.value):
        return NOTHING
    value = f"{100 * estimate.value:+.1f}"
    if math.isnan(estimate.low):
        return f"{value} (no interval)"
    text = f"{value} ({100 * estimate.low:+.1f} to {100 * estimate.high:+.1f})"
    return f"**{text}**" if estimate.low > 0 else text


def target_name(target: Target) -> str:
    """Return what is scored, in a few words."""
    if target.name == "peak":
        return "top is in" if target.horizon == 0 else f"peak within {target.horizon} sessions"
    if target.name == "new_high":
        return f"new high within {target.horizon} sessions"
    names = {"up_first": "+10% before −10%", "sessions": "sessions to the peak"}
    return names.get(target.name, "further gain")


def both(record: TrackRecord) -> list[tuple[str, Group]]:
    """Return all forecasts and those of indices alone, each with its label.

    Where all are of indices they are told once.
    """
    whole, indices = record.whole, record.group("kind", "index")
    if whole and indices and whole.symbols == indices.symbols:
        indices = None
    groups = (("all", whole), ("indices", indices))
    return [(label, group) for label, group in groups if group is not None]


def pairs(group: Group | None, names: Sequence[str]) -> list[TargetScore]:
    """Return a group's scores of some targets."""
    return [] if group is None else [one for one in group.targets if one.target.name in names]


def brier_table(group: Group, record: TrackRecord) -> str:
    """Return the mean Brier score of every method and event; the lowest is bold."""
    rows = [
        [
            target_name(scored.target),
            f"{scored.forecasts:,}",
            f"{scored.undecided:,}",
            percent(scored.happened),
            *_losses(scored, record.methods, lambda loss: f"{loss:.4f}"),
        ]
        for scored in pairs(group, ("peak", "new_high", "up_first"))
    ]
    names = [NAMES[method] for method in record.methods]
    return table(["Event", "Forecasts", "Not decided", "Came", *names], rows)


def _losses(
    scored: TargetScore, methods: Sequence[MethodName], text: Callable[[float], str]
) -> list[str]:
    """Return every method's loss, the lowest in bold."""
    best = min(one.loss for one in scored.methods)
    cells = []
    for method in methods:
        one = scored.method(method)
        cell = NOTHING if one is None else text(one.loss)
        cells.append(f"**{cell}**" if one is not None and one.loss == best else cell)
    return cells


def skill_table(record: TrackRecord) -> str:
    """Return the pool's skill against every reference, all forecasts and indices alone."""
    groups = both(record)
    rows = []
    for scored in pairs(record.whole, ("peak", "new_high", "up_first", "sessions", "gain")):
        target = scored.target
        each = (group.target(target.name, target.horizon) for _, group in groups)
        cells = [_skill(one, reference) for one in each for reference in REFERENCES]
        rows.append([target_name(target), *cells])
    begins = ("against ", "indices: ")[: len(groups)]
    header = [f"{begin}{NAMES[reference]}" for begin in begins for reference in REFERENCES]
    return table(["Skill of the pool, %", *header], rows)


def _skill(scored: TargetScore | None, reference: str, method: MethodName = OWN) -> str:
    own = scored.method(method) if scored else None
    return skill_cell(own.against(reference) if own else None)


def method_table(record: TrackRecord) -> str:
    """Return every method's skill against base rates, with a mark where it is in the set."""
    rows = []
    for label, group in both(record):
        for scored in pairs(group, ("peak",)):
            in_set = dict(scored.in_set)
            cells = []
            for method in record.methods:
                p_value = in_set.get(method, float("nan"))
                mark = " ✓" if p_value > _IN_SET else ""
                base = method == "climatology"
                cells.append(("0" if base else _skill(scored, "climatology", method)) + mark)
            rows.append([f"{label}: {target_name(scored.target)}", *cells])
    return table(["Skill against base rates, %", *(NAMES[one] for one in record.methods)], rows)


def variant_table(record: TrackRecord) -> str:
    """Return the pool's skill at the horizons of the goal, counted in other ways."""
    rows = []
    for label, group in both(record):
        scores = [told for goal in GOALS if (told := group.target(goal.name, goal.horizon))]
        names = dict.fromkeys(one.name for scored in scores for one in scored.variants)
        for name in names:
            cells = [
                skill_cell(variant.against(reference))
                for scored in scores
                for reference in ("climatology", "garch")
                for variant in scored.variants
                if variant.name == name
            ]
            rows.append([f"{label}: {name}", *cells])
    header = [
        f"within {goal.horizon}, {NAMES[reference]}"
        for goal in GOALS
        for reference in ("climatology", "garch")
    ]
    return table(["Counted with", *header], rows)


def set_table(record: TrackRecord) -> str:
    """Return the p-values in the model confidence set."""
    rows = []
    for label, group in both(record):
        for scored in group.targets:
            in_set = dict(scored.in_set)
            values = (in_set.get(method, float("nan")) for method in record.methods)
            cells = [_p_value(value) for value in values]
            rows.append([f"{label}: {target_name(scored.target)}", *cells])
    return table(["p-value", *(NAMES[one] for one in record.methods)], rows)


def _p_value(value: float) -> str:
    if math.isnan(value):
        return NOTHING
    text = "< 0.001" if value < 0.001 else f"{value:.3f}"
    return f"**{text}**" if value > _IN_SET else text


def crps_table(record: TrackRecord) -> str:
    """Return the mean CRPS of every method, sessions and gains."""
    rows = []
    for label, group in both(record):
        for scored in pairs(group, ("sessions", "gain")):
            is_gain = scored.target.name == "gain"
            text = _points if is_gain else _sessions
            rows.append(
                [
                    f"{label}: {target_name(scored.target)}",
                    f"{scored.forecasts:,}",
                    f"{scored.undecided:,}",
                    *_losses(scored, record.methods, text),
                ]
            )
    names = [NAMES[method] for method in record.methods]
    return table(["CRPS", "Forecasts", "Not decided", *names], rows)


def _sessions(loss: float) -> str:
    return f"{loss:.1f} sessions"


def _points(loss: float) -> str:
    return f"{100 * loss:.2f} points"


def coverage_table(record: TrackRecord) -> str:
    """Return how often each method's central intervals held what came."""
    rows = []
    for label, group in both(record):
        for scored in pairs(group, ("sessions", "gain")):
            for level in LEVELS:
                shares = (_coverage(scored.method(method), level) for method in record.methods)
                rows.append([f"{label}: {target_name(scored.target)}, {level:.0%}", *shares])
    return table(["Interval", *(NAMES[method] for method in record.methods)], rows)


def _coverage(score: MethodScore | None, level: float) -> str:
    told = [one.share for one in score.coverage if one.level == level] if score else []
    return interval(told[0]) if told else NOTHING


def calibration_table(record: TrackRecord) -> str:
    """Return the parts of the pool's and the base rates' Brier scores."""
    rows = []
    for scored in pairs(record.whole, ("peak",)):
        for method in (OWN, "climatology"):
            one = scored.method(method)
            if one is None or one.parts is None:
                continue
            parts = one.parts
            figures = (one.loss, parts.miscalibration, parts.discrimination, parts.uncertainty)
            rows.append(
                [target_name(scored.target), NAMES[one.method], *(f"{x:.4f}" for x in figures)]
            )
    header = ["Event", "Method", "Brier score", "Miscalibration", "Discrimination", "Uncertainty"]
    return table(header, rows)


def sharpness_table(record: TrackRecord) -> str:
    """Return how far off events were in the mean, and how much was said, of the pool and others."""
    rows = []
    for label, group in both(record):
        for scored in pairs(group, ("peak", "sessions", "gain")):
            cells = []
            for method in (OWN, *REFERENCES):
                one = scored.method(method)
                cells.append(NOTHING if one is None else _sharp(one, scored.target))
            rows.append([f"{label}: {target_name(scored.target)}", *cells])
    return table(["", *(NAMES[method] for method in (OWN, *REFERENCES))], rows)


def _sharp(one: MethodScore, target: Target) -> str:
    if target.name == "sessions":
        return f"80% interval {one.sharpness:,.0f} sessions wide"
    if target.name == "gain":
        return f"80% interval {100 * one.sharpness:.0f} points wide"
    return f"{100 * calibration_error(one.bins):.1f} points off, spread {100 * one.sharpness:.0f}"


def pit_table(record: TrackRecord) -> str:
    """Return the shares of outcomes in each tenth of what was said."""
    rows = []
    for label, group in both(record):
        for scored in pairs(group, ("sessions", "gain")):
            for method in (OWN, "climatology", "garch"):
                one = scored.method(method)
                if one is not None and one.pit:
                    name = f"{label}: {target_name(scored.target)}, {NAMES[one.method]}"
                    rows.append([name, *(f"{share:.1%}" for share in one.pit)])
    tenths = [f"{10 * k} to {10 * k + 10}" for k in range(10)]
    return table(["Share of outcomes in each tenth", *tenths], rows)


def coverage_by_table(record: TrackRecord) -> str:
    """Return how often the pool's 80% intervals held what came, by decade and by market."""
    rows = []
    for group in record.groups:
        if group.by not in ("decade", "index decade", "market"):
            continue
        label = {"decade": f"{group.name}s", "index decade": f"{group.name}s, indices"}
        scored = [group.target(name) for name in ("sessions", "gain")]
        cells = [_coverage(one.method(OWN) if one else None, 0.8) for one in scored]
        count = next((one.forecasts for one in scored if one), 0)
        rows.append([label.get(group.by, group.name), f"{count:,}", *cells])
    return table(["80% interval held", "Forecasts", "sessions to the peak", "further gain"], rows)


def group_table(groups: Sequence[tuple[str, Group]], reference: str) -> str:
    """Return the pool's skill by group and horizon, with what it rests on."""
    rows = []
    for label, group in groups:
        scores = [group.target("peak", horizon) for horizon in HORIZONS]
        known = next((one for one in scores if one is not None), None)
        counts = (known.forecasts, known.rallies) if known else (0, 0)
        cells = (_skill(one, reference) for one in scores)
        rows.append([label, *(f"{count:,}" for count in counts), *cells])
    horizons = [f"within {horizon}" for horizon in HORIZONS]
    return table(["", "Forecasts", "Rallies", *horizons], rows)


def hindsight_table(groups: Sequence[tuple[str, Group]]) -> str:
    """Return what differs between groups that hindsight touches differently."""
    rows = []
    for label, group in groups:
        cells = [label]
        for horizon in (60, 250):
            scored = group.target("peak", horizon)
            cells.append(percent(scored.happened) if scored else NOTHING)
        peak = group.target("peak", 60)
        cells += [_skill(peak, reference) for reference in ("climatology", "garch")]
        for name in ("sessions", "gain"):
            scored = group.target(name)
            cells.append(_coverage(scored.method(OWN) if scored else None, 0.8))
        rows.append(cells)
    header = ["", "Peak came within 60", "within 250"]
    skills = ["Skill at 60 against base rates, %", "against GARCH simulation, %"]
    covers = ["80% interval of sessions held", "of gains"]
    return table([*header, *skills, *covers], rows)


def named_table(days: Sequence[NamedDay]) -> str:
    """Return what was said on some days, and what came."""
    rows = []
    for day in days:
        outlook, rally = day.outlook, day.outlook.rally
        if rally is None:
            state = f"no rally: {outlook.market} market"
        else:
            state = f"{rally.gain:+.0%} in {rally.sessions} sessions"
        own, base = outlook.forecast(OWN), outlook.forecast("climatology")
        cells = []
        for horizon in (0, 60, 120, 250):
            said = [one.peak_within(horizon) if one else float("nan") for one in (own, base)]
            cells.append(NOTHING if own is None else f"{percent(said[0])} ({percent(said[1])})")
        rows.append([f"{day.name}, {outlook.as_of}", day.why, state, *cells, _came(day)])
    header = ["Day", "", "Rally so far", "Top is in", "Peak within 60", "within 120", "within 250"]
    return table([*header, "What came"], rows)


def _came(day: NamedDay) -> str:
    if day.sessions is not None and day.gain is not None:
        when = f"known on {day.decided}" if day.decided else "known since"
        if day.sessions == 0:
            return f"the top was in; {when}"
        return f"peak {day.sessions:,.0f} sessions on, {day.gain:+.1%}; {when}"
    if day.passed is not None:
        return f"still running; its high so far came {day.passed:,.0f} sessions on"
    return NOTHING
