"""What came of calls, and how well their sources have done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from springtide.calls.forecasts import is_base_rate
from springtide.claims.compare import judge
from springtide.claims.model import Call, Claim, Evidence, Measurement, Outcome
from springtide.claims.schema import Json, outcome_json
from springtide.language.messages import Message, message
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
    claim, so that a call is decided as anybody else's sentence is checked.

    Returns
    -------
    tuple[Outcome, ...]
        In the order of the calls. What is not decided says what is awaited.
    """
    outcomes = []
    for k, call in enumerate(calls):
        progress(call.claim.subject, k, len(calls))
        outcomes.append(_settle(view, call))
    return tuple(outcomes)


def _settle(view: View, call: Call) -> Outcome:
    claim = call.claim
    instrument = view.find(claim.subject)
    if instrument is None:
        return Outcome(call, _nothing(view, claim, _unknown(claim.subject)))
    if claim.as_of > view.as_of:
        return Outcome(call, _nothing(view, claim, _awaited(claim)))
    then = view.at(claim.as_of) if claim.as_of > call.made else view
    measured = measure(claim.metric, then, instrument, claim.params)
    label = judge(claim, measured)
    if label == "not_enough_information":
        return Outcome(call, measured)
    return Outcome(call, measured, label == "supported", _decided_on(measured))


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
        Mean Brier score of the decided ones, 0 the best; None without any.
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
    sources = sorted({one.call.source for one in outcomes})
    return tuple(
        _score(source, [one for one in outcomes if one.call.source == source], base)
        for source in sources
    )


def _score(
    source: str, outcomes: Sequence[Outcome], base: dict[tuple[Claim, date], float]
) -> Score:
    decided = [(one.call, one.brier) for one in outcomes if one.brier is not None]
    pairs = [
        (own, base[call.claim, call.made])
        for call, own in decided
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
        len({call.made for call, _ in decided}),
        len({call.claim.subject for call, _ in decided}),
        _mean([own for _, own in decided]) if decided else None,
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
        "calls": [outcome_json(one) for one in outcomes],
        "scores": [dataclasses.asdict(one) for one in scores],
    }
