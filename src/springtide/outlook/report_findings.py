"""What the track record comes to, in sentences that follow from its figures."""

from __future__ import annotations

from collections.abc import Iterable

from springtide.numerics.resampling import Estimate
from springtide.outlook.model import HORIZONS
from springtide.outlook.record import Group, TargetScore, TrackRecord
from springtide.outlook.report_tables import NAMES, OWN, both, interval, target_name

GOAL_HORIZONS = (60, 120)
GOAL_COVERAGE = (0.77, 0.83)
"""What was to be reached: skill at these horizons, 80% intervals that cover so much."""


def plain_words(record: TrackRecord) -> str:
    """Return the section that says it all in plain words."""
    lines = [*_standings(record), *_goals(record), *_best(record), *_covered(record)]
    return "## In plain words\n\n" + "\n".join(f"- {line}" for line in lines)


def _standings(record: TrackRecord) -> Iterable[str]:
    """Yield where the pool is better than each reference, where worse, and where unclear."""
    for label, group in both(record):
        whose = "All forecasts" if label == "all" else "Indices alone"
        for reference in ("climatology", "random_walk", "garch"):
            sorted_out: dict[str, list[str]] = {"better": [], "worse": [], "unclear": []}
            for horizon in HORIZONS:
                found = _against(group.target("peak", horizon), reference)
                if found is not None:
                    sorted_out[_verdict(found)].append(f"{horizon} ({100 * found.value:+.1f}%)")
            parts = [
                f"{words} at {', '.join(sorted_out[key])}"
                for key, words in _VERDICTS.items()
                if sorted_out[key]
            ]
            if parts:
                yield (
                    f"**{whose}, the pool against {NAMES[reference]}** on whether the peak comes "
                    f"within so many sessions (skill in brackets): {'; '.join(parts)}."
                )


_VERDICTS = {
    "better": "better",
    "worse": "**worse**",
    "unclear": "not told apart, the interval holds zero or is missing,",
}


def _verdict(found: Estimate) -> str:
    if found.low > 0:
        return "better"
    return "worse" if found.high < 0 else "unclear"


def _against(scored: TargetScore | None, reference: str) -> Estimate | None:
    own = scored.method(OWN) if scored else None
    return own.against(reference) if own else None


def _goals(record: TrackRecord) -> Iterable[str]:
    """Yield whether the goals that were set beforehand are reached."""
    for label, group in both(record):
        missed = []
        for horizon in GOAL_HORIZONS:
            for reference in ("climatology", "garch"):
                found = _against(group.target("peak", horizon), reference)
                if found is None or _verdict(found) != "better":
                    missed.append(f"{NAMES[reference]} at {horizon}")
        for name in ("sessions", "gain"):
            share = _own_coverage(group, name)
            if share is None or not GOAL_COVERAGE[0] <= share.value <= GOAL_COVERAGE[1]:
                what = target_name(scored.target) if (scored := group.target(name)) else name
                missed.append(f"coverage of {what}")
        outcome = "reached" if not missed else f"**not reached** for {', '.join(missed)}"
        yield (
            f"The goal set beforehand ({'all forecasts' if label == 'all' else 'indices alone'}): "
            "skill whose interval excludes zero against base rates and GARCH simulation at 60 and "
            f"120 sessions, and 80% intervals that hold 77 to 83%. It is {outcome}."
        )


def _own_coverage(group: Group, name: str) -> Estimate | None:
    scored = group.target(name)
    own = scored.method(OWN) if scored else None
    found = [one.share for one in own.coverage if one.level == 0.8] if own else []
    return found[0] if found else None


def _best(record: TrackRecord) -> Iterable[str]:
    """Yield which method has the lowest score at the goal's horizons."""
    for label, group in both(record):
        parts = []
        for horizon in GOAL_HORIZONS:
            scored = group.target("peak", horizon)
            if scored is None:
                continue
            best = min(scored.methods, key=lambda one: one.loss)
            alike = [
                NAMES[method]
                for method, p_value in scored.in_set
                if p_value > 0.10 and method != best.method
            ]
            told = f"; not told apart from it: {', '.join(alike)}" if alike else ""
            parts.append(f"at {horizon} sessions the {NAMES[best.method]}{told}")
        if parts:
            yield f"Lowest Brier score ({label}): {'. '.join(parts)}."


def _covered(record: TrackRecord) -> Iterable[str]:
    """Yield how often the pool's 80% intervals held what came."""
    for label, group in both(record):
        shares = [
            f"{interval(share)} of {target_name(scored.target)}"
            for name in ("sessions", "gain")
            if (scored := group.target(name)) and (share := _own_coverage(group, name))
        ]
        if shares:
            yield f"The pool's 80% intervals held ({label}) {' and '.join(shares)}."


def failures(record: TrackRecord) -> Iterable[str]:
    """Yield the lists of what the pool is not shown to do better, and does worse."""
    for label, group in both(record):
        unclear: list[str] = []
        worse: list[str] = []
        for scored in group.targets:
            for reference in ("climatology", "random_walk", "garch"):
                found = _against(scored, reference)
                if found is None or _verdict(found) == "better":
                    continue
                entry = f"{target_name(scored.target)} against {NAMES[reference]}"
                (worse if _verdict(found) == "worse" else unclear).append(entry)
        whose = "All forecasts" if label == "all" else "Indices alone"
        if worse:
            yield f"{whose}: the pool is **worse** for {'; '.join(worse)}."
        if unclear:
            yield f"{whose}: the pool is not shown to be better for {'; '.join(unclear)}."
        if not (worse or unclear):
            yield f"{whose}: the pool is better at everything that is scored."
