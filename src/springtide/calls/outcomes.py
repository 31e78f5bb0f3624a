"""What came of calls, and how well their sources have done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from springtide.calls.forecasts import is_base_rate
from springtide.calls.ledger import identity
from springtide.calls.people import key_of
from springtide.claims.compare import judge
from springtide.claims.model import Call, Claim, Evidence, Measurement, Outcome, Status
from springtide.claims.schema import Json, outcome_json
from springtide.language.messages import Message, Number, message
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics.registry import get, measure


def settle(
    view: View,
    calls: Sequence[Call],
    progress: Callable[[str, int, int], None] = lambda part, done, total: None,
) -> tuple[Outcome, ...]:
    """Say what came of each call, as far as the view's data decide it.

    A claim about a session to come is measured as of that session once it is there; one whose
    parameters hold its horizon as of the view's date. Both with the function that measures every
    claim, so that a call is decided as anybody else's sentence is checked. A call on a condition
    counts from the day that met it.

    Returns
    -------
    tuple[Outcome, ...]
        In the order of the calls. What is not decided says what is awaited.
    """
    outcomes = []
    corrected = {call.corrects for call in calls if call.corrects}
    for k, call in enumerate(calls):
        progress(call.claim.subject, k, len(calls))
        outcome = _settle(view, call)
        if corrected and identity(call) in corrected:
            outcome = replace(outcome, happened=None, decided_on=None, status="corrected")
        outcomes.append(outcome)
    return tuple(outcomes)


def _settle(view: View, call: Call) -> Outcome:
    claim = call.claim
    instrument = view.find(claim.subject)
    if instrument is None:
        return Outcome(call, _nothing(view, claim, _unknown(claim.subject)))
    if claim.as_of > view.as_of:
        return Outcome(call, _nothing(view, claim, _awaited(claim)))
    restated = _restated(view, instrument, call)
    if restated is not None:
        return Outcome(call, _nothing(view, claim, restated), status="unmeasurable")
    if call.condition is not None:
        met = measure(call.condition.metric, view, instrument, call.condition.params)
        if met.value is not True:
            status: Status = (
                "lapsed" if met.value is False else _waiting(view, instrument, call, met)
            )
            return Outcome(call, met, status=status)
        claim = _from_day(claim, _decided_on(met))
    then = view.at(claim.as_of) if claim.as_of > call.made else view
    measured = measure(claim.metric, then, instrument, claim.params)
    label = judge(claim, measured)
    if label == "not_enough_information":
        return Outcome(call, measured, status=_waiting(view, instrument, call, measured))
    if call.mentioned:
        return Outcome(call, measured, status="mentioned")
    return Outcome(call, measured, label == "supported", _decided_on(measured), "decided")


_SPLIT = 0.005
"""By how much a close may be restated before levels that were named beside it mean nothing."""

_LATE = timedelta(days=30)
"""So long after its due day, a call whose data are not there is no longer measurable."""

_NEVER = ("missing.never-tested", "missing.never-away")


def _restated(view: View, instrument: Instrument, call: Call) -> Message | None:
    """Say that the close that a call was made beside is another one now; None where it is not."""
    if call.close is None:
        return None
    bars = view.bars(instrument.id)
    i = int(np.searchsorted(bars.dates, np.datetime64(call.made)))
    if i == len(bars) or bars.dates[i] != np.datetime64(call.made):
        return None
    now = float(bars.close[i])
    if not now > 0 or abs(now / call.close - 1) <= _SPLIT:
        return None
    return message(
        "missing.restated",
        subject=instrument.id,
        day=str(call.made),
        was=Number(call.close, 2),
        now=Number(now, 2),
    )


def _from_day(claim: Claim, day: date) -> Claim:
    """Let a horizon begin on the day on which its condition was met."""
    params: Any = claim.params
    return replace(claim, params=replace(params, since=day)) if hasattr(params, "since") else claim


def _waiting(view: View, instrument: Instrument, call: Call, measured: Measurement) -> Status:
    """Return what a call is whose data decide nothing: open, lapsed, or beyond measuring."""
    lacks = measured.lacks
    key = lacks.key if isinstance(lacks, Message) else ""
    due = call.due
    if due is not None and call.condition is not None:
        due += timedelta(days=120)  # its own horizon begins when its condition is met
    over = due is not None and view.as_of > due
    if key in _NEVER and over:
        return "lapsed"
    if key == "missing.closes-cut":
        return "unmeasurable"
    if due is not None and view.as_of > due + _LATE:
        return _ended(view, instrument, due)
    return "mentioned" if call.mentioned else "open"


def _ended(view: View, instrument: Instrument, due: date) -> Status:
    """Return whether a series is over, or only a stretch of it is not there yet."""
    bars = view.bars(instrument.id)
    last = bars.dates[-1].astype(object) if len(bars) else date.min
    return "unmeasurable" if last < due else "open"


def _decided_on(measured: Measurement) -> date:
    """Return the day of the latest figure that went in."""
    days = [row.date for row in measured.evidence.rows]
    days += [window.last for window in measured.evidence.windows]
    return max(days, default=measured.as_of)


def _unknown(subject: str) -> Message:
    return message("missing.not-registered", subject=subject)


def _awaited(claim: Claim) -> Message:
    return message("missing.data-of", subject=claim.subject, day=str(claim.as_of))


def _nothing(view: View, claim: Claim, lacks: Message) -> Measurement:
    evidence = Evidence(get(claim.metric).formula, versions=view.versions)
    return Measurement(
        claim.metric, claim.subject, claim.params, view.as_of, None, claim.unit, evidence, lacks,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Beside:
    """How a source did beside base rates, on the decided calls that both made.

    ``brier`` is the source's own mean Brier score on these ``decided`` calls, ``base_rates`` that
    of base rates.
    """

    decided: int
    brier: float
    base_rates: float


@dataclass(frozen=True, slots=True)
class Score:
    """How one source has done.

    Attributes
    ----------
    source
        Who made the calls.
    decided, undecided
        How many are decided, and how many are not yet.
    days, subjects
        Dates on which the decided ones were made, and instruments. Calls of one date, or of dates
        whose horizons overlap, are not independent cases.
    brier
        Mean Brier score of the decided ones with a probability, 0 the best; None without any.
    beside
        Held against base rates; None for these themselves and where they made no such call.
    late
        How many of all were put on file late (see :func:`is_late`).
    """

    source: str
    decided: int
    undecided: int
    days: int
    subjects: int
    brier: float | None
    beside: Beside | None
    late: int


def score(outcomes: Sequence[Outcome]) -> tuple[Score, ...]:
    """Score every source of some calls, by name.

    Examples
    --------
    >>> score(())
    ()
    """
    base = {
        (one.call.claim, one.call.made): one.brier
        for one in outcomes
        if is_base_rate(one.call.source) and one.brier is not None
    }
    of: dict[str, list[Outcome]] = {}
    for one in outcomes:
        of.setdefault(key_of(one.call.source), []).append(one)
    every = sorted(of.values(), key=lambda each: each[0].call.source)
    return tuple(_score(each[0].call.source, each, base) for each in every)


def _score(
    source: str, outcomes: Sequence[Outcome], base: dict[tuple[Claim, date], float]
) -> Score:
    decided = [one.call for one in outcomes if one.happened is not None]
    scored = [(one.call, one.brier) for one in outcomes if one.brier is not None]
    pairs = [
        (own, base[call.claim, call.made])
        for call, own in scored
        if (call.claim, call.made) in base
    ]
    beside = None
    if pairs and not is_base_rate(source):
        ours, theirs = zip(*pairs, strict=True)
        beside = Beside(len(pairs), _mean(ours), _mean(theirs))
    return Score(
        source,
        len(decided),
        len(outcomes) - len(decided),
        len({call.made for call in decided}),
        len({call.claim.subject for call in decided}),
        _mean([own for _, own in scored]) if scored else None,
        beside,
        sum(is_late(one.call) for one in outcomes),
    )


def is_late(call: Call) -> bool:
    """Say whether a call was put on file after the day on which it was made, or the next.

    The day after counts as in time: it is still the same evening somewhere.
    """
    return call.filed is not None and (call.filed - call.made).days > 1


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def calls_json(
    as_of: date,
    versions: Sequence[tuple[str, int]],
    outcomes: Sequence[Outcome],
    scores: Sequence[Score],
    software: str,
) -> Json:
    """Return calls, what came of them and how their sources did, by ``calls.schema.json``."""
    import dataclasses

    return {
        "software": software,
        "as_of": as_of.isoformat(),
        "versions": dict(versions),
        "calls": [{"id": identity(one.call), **outcome_json(one)} for one in outcomes],
        "scores": [dataclasses.asdict(one) for one in scores],
    }
