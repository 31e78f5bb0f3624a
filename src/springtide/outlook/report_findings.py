"""What the track record comes to, in sentences that follow from its figures."""

from __future__ import annotations

import math
from collections.abc import Iterable

from springtide.numerics.resampling import Estimate
from springtide.outlook.model import HORIZONS
from springtide.outlook.record import Group, TargetScore, TrackRecord
from springtide.outlook.report_tables import NAMES, OWN, both, interval, target_name
from springtide.outlook.scoring import GOALS

COVERAGE = (0.77, 0.83)
"""What 80% intervals were to cover."""

_REFERENCES = {
    "climatology": "base rates (how earlier rallies went on, whatever their state)",
    "random_walk": "a random walk",
    "garch": "the fair simulation (GARCH with the mean growth of all instruments of its kind)",
}


def five_sentences(record: TrackRecord) -> str:
    """Return the page in five plain sentences."""
    whole = record.whole
    group = record.group("kind", "index") or whole
    peak = group.target("peak", 60) if group else None
    if whole is None or group is None or peak is None:
        return ""
    alone = "indices alone" if group is not whole else "all"
    held = [share for name in ("sessions", "gain") if (share := _coverage(group, name))]
    shares = " and ".join(f"{share.value:.0%}" for share in held)
    lines = [
        f"At {record.compared:,} ends of months Springtide said of a running rally when and how "
        "high its top comes, with what was known then, and each time it is set beside what came.",
        f"When the top comes, for {alone} ({peak.forecasts:,} forecasts of {peak.rallies:,} "
        f"rallies): against base rates {_at_goals(group, 'climatology')}.",
        f"How high it lies, for {alone}: against base rates {_of_gain(group, 'climatology')}, "
        f"against the fair simulation {_of_gain(group, 'garch')}.",
        "The fair simulation, GARCH that grows as all instruments of its kind did, is the opponent "
        f"to beat: when the top comes, {alone}, {_at_goals(group, 'garch')}.",
        f"The 80% intervals of time and height held {shares} of what came, and markets that "
        "nothing was learned from have [a page of their own](outlook-exam.md).",
    ]
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))


def _at_goals(group: Group, reference: str) -> str:
    parts = []
    for goal in GOALS:
        skill = against(group.target(goal.name, goal.horizon), reference)
        if skill is not None:
            parts.append(f"{_told(skill)} within {goal.horizon} sessions")
    return " and ".join(parts)


def _of_gain(group: Group, reference: str) -> str:
    skill = against(group.target("gain"), reference)
    return "nothing is known" if skill is None else _told(skill)


def _told(skill: Estimate) -> str:
    words = {"better": "better by", "worse": "worse by", "unclear": "not shown to differ:"}
    ends = f"{100 * skill.low:+.1f} to {100 * skill.high:+.1f}"
    told = "no interval" if math.isnan(skill.low) else ends
    return f"{words[verdict(skill)]} {100 * skill.value:+.1f}% ({told})"


def plain_words(record: TrackRecord) -> str:
    """Return the section that says it all in plain words."""
    lines = [
        *(_standing(record, reference) for reference in _REFERENCES),
        *_goals(record),
        *_best(record),
        *_covered(record),
        *_otherwise(record),
        *_mix(record),
    ]
    bullets = "\n".join(f"- {line}" for line in lines if line)
    return (
        "## In plain words\n\nThe pool is the combination of all methods, and what is scored first "
        "is whether the peak comes within so many sessions. Skill is in percent, with its 95% "
        f"interval.\n\n{bullets}"
    )


def _standing(record: TrackRecord, reference: str) -> str:
    """Return how the pool stands against a reference on the time to the peak."""
    parts = []
    better = []
    for label, group in both(record):
        sides: dict[str, list[str]] = {"better": [], "worse": [], "unclear": []}
        for horizon in HORIZONS:
            skill = against(group.target("peak", horizon), reference)
            if skill is not None:
                sides[verdict(skill)].append(f"{horizon} ({_figures(skill)})")
        better.append(len(sides["better"]))
        said = [f"{_WORDS[side]} {', '.join(sides[side])}" for side in sides if sides[side]]
        parts.append(f"{_whose(label)}: {'; '.join(said)}" if said else "")
    told = ". ".join(part for part in parts if part)
    return f"{_headline(reference, better)} {told}." if told else ""


_WORDS = {
    "better": "better within",
    "worse": "**worse** within",
    "unclear": "not shown to be better within",
}


def _headline(reference: str, better: list[int]) -> str:
    """Return the sentence in bold; ``better`` counts the horizons, of all and of indices alone."""
    name, most = _REFERENCES[reference], len(HORIZONS)
    if all(count == most for count in better):
        text = f"The pool beats {name} at every horizon"
        return f"**{text}{', also on indices alone' if len(better) > 1 else ''}.**"
    if not any(better):
        return f"**The pool is not shown to beat {name} at any horizon.**"
    if better[0] and not any(better[1:]):
        return f"**The pool beats {name} on all forecasts together, not on indices alone.**"
    return f"**The pool beats {name} in part.**"


def _figures(skill: Estimate) -> str:
    if math.isnan(skill.low):
        return f"{100 * skill.value:+.1f}, no interval"
    return f"{100 * skill.value:+.1f}, {100 * skill.low:+.1f} to {100 * skill.high:+.1f}"


def _whose(label: str) -> str:
    return "All forecasts" if label == "all" else "Indices alone"


def verdict(skill: Estimate) -> str:
    """Return whether a skill is ``better`` or ``worse`` than zero, or ``unclear``.

    Examples
    --------
    >>> verdict(Estimate(0.1, 0.02, 0.2)), verdict(Estimate(0.1, -0.1, 0.3))
    ('better', 'unclear')
    """
    if skill.low > 0:
        return "better"
    return "worse" if skill.high < 0 else "unclear"


def against(scored: TargetScore | None, reference: str) -> Estimate | None:
    """Return the pool's skill against a reference, None where it was not compared."""
    own = scored.method(OWN) if scored else None
    return own.against(reference) if own else None


def _goals(record: TrackRecord) -> Iterable[str]:
    """Yield whether the goals that were set beforehand are reached."""
    outcomes = []
    for label, group in both(record):
        missed = _missed(group)
        outcome = "reached" if not missed else f"**not reached** for {', '.join(missed)}"
        outcomes.append(f"{_whose(label)}: {outcome}")
    yield (
        "The goal set beforehand was a skill whose interval excludes zero against base rates and "
        "against simulation at 60 and 120 sessions, and 80% intervals that hold "
        f"{COVERAGE[0]:.0%} to {COVERAGE[1]:.0%}. {'. '.join(outcomes)}."
    )


def _missed(group: Group) -> list[str]:
    missed = []
    for goal in GOALS:
        for reference in _REFERENCES:
            skill = against(group.target(goal.name, goal.horizon), reference)
            if skill is None or verdict(skill) != "better":
                missed.append(f"{NAMES[reference]} at {goal.horizon}")  # type: ignore[index]
    for name in ("sessions", "gain"):
        scored, share = group.target(name), _coverage(group, name)
        if share is None or not COVERAGE[0] <= share.value <= COVERAGE[1]:
            missed.append(f"coverage of {target_name(scored.target) if scored else name}")
    return missed


def _coverage(group: Group, name: str) -> Estimate | None:
    scored = group.target(name)
    own = scored.method(OWN) if scored else None
    skill = [one.share for one in own.coverage if one.level == 0.8] if own else []
    return skill[0] if skill else None


def _best(record: TrackRecord) -> Iterable[str]:
    """Yield which method has the lowest score at the goals' horizons."""
    for label, group in both(record):
        parts = []
        for goal in GOALS:
            scored = group.target(goal.name, goal.horizon)
            if scored is None:
                continue
            best = min(scored.methods, key=lambda one: one.loss)
            alike = [
                NAMES[method]
                for method, p_value in scored.in_set
                if p_value > 0.10 and method != best.method
            ]
            told = f" (in the 90% confidence set with it: {', '.join(alike)})" if alike else ""
            parts.append(f"the {NAMES[best.method]} at {goal.horizon} sessions{told}")
        if parts:
            yield f"Lowest Brier score, {_whose(label).lower()}: {'; '.join(parts)}."


def _covered(record: TrackRecord) -> Iterable[str]:
    """Yield how often the pool's 80% intervals held what came."""
    for label, group in both(record):
        shares = [
            f"{interval(share)} of {target_name(scored.target)}"
            for name in ("sessions", "gain")
            if (scored := group.target(name)) and (share := _coverage(group, name))
        ]
        if shares:
            joined = " and ".join(shares)
            yield f"The pool's 80% intervals held {joined} ({_whose(label).lower()})."


def _otherwise(record: TrackRecord) -> Iterable[str]:
    """Yield which skills that are shown are not shown when they are counted in another way."""
    for label, group in both(record):
        lost = [
            f"{NAMES[one.reference]} at {scored.target.horizon} with {variant.name}"
            for scored in group.targets
            for variant in scored.variants
            for one in variant.skills
            if (shown := against(scored, one.reference)) is not None
            and verdict(shown) == "better"
            and verdict(one.skill) != "better"
        ]
        if lost:
            yield (
                f"Counted in other ways, what is shown above is no longer shown against "
                f"{', '.join(lost)} ({_whose(label).lower()})."
            )


def _mix(record: TrackRecord) -> Iterable[str]:
    """Yield what most of the forecasts are of, which the figures of all together rest on."""
    whole, indices = record.whole, record.group("kind", "index")
    total = whole.target("peak", 60) if whole else None
    part = indices.target("peak", 60) if indices else None
    late = [group for group in record.groups if group.by == "decade" and int(group.name) >= 2010]
    since = sum(one.forecasts for group in late if (one := group.target("peak", 60)))
    if total is None or part is None or part.forecasts == total.forecasts:
        return
    yield (
        f"Of all forecasts {1 - part.forecasts / total.forecasts:.0%} are of stocks and funds and "
        f"{since / total.forecasts:.0%} were made since 2010: the figures of all together are "
        f"about those. The indices alone have {part.rallies:,} rallies, all of them in "
        f"{indices.symbols if indices else 0} markets that move together."
    )


def failures(record: TrackRecord) -> Iterable[str]:
    """Yield the lists of what the pool is not shown to do better, and does worse."""
    for label, group in both(record):
        sides: dict[str, list[str]] = {"worse": [], "unclear": []}
        for reference in _REFERENCES:
            named: dict[str, list[str]] = {"worse": [], "unclear": []}
            for scored in group.targets:
                skill = against(scored, reference)
                if skill is not None and verdict(skill) != "better":
                    named[verdict(skill)].append(target_name(scored.target))
            for side, names in named.items():
                if names:
                    sides[side].append(f"against {NAMES[reference]}: {', '.join(names)}")  # type: ignore[index]
        whose = _whose(label)
        if sides["worse"]:
            yield f"{whose}, the pool is **worse** {'; '.join(sides['worse'])}."
        if sides["unclear"]:
            yield f"{whose}, the pool is not shown to be better {'; '.join(sides['unclear'])}."
        if not (sides["worse"] or sides["unclear"]):
            yield f"{whose}: the pool is better at everything that is scored."
