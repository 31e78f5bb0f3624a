"""The board: by source, how many calls came true against how many base rates let expect.

Who often says the likely is often right; what counts is the surprise, what happened less its base
rate. Few calls show nothing, so that a source is ranked only with :data:`LEAST` decided events on
:data:`LEAST_DAYS` dates; calls of one event count as one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from springtide.calls.forecasts import is_base_rate
from springtide.calls.people import key_of
from springtide.claims.model import BaseRate, Outcome

LEAST = 20
LEAST_DAYS = 10

EDGE = 0.10
"""An edge worth seeing: right ten points more often than base rates let expect."""

MOSTLY = 0.8
"""The share of cases in which an edge that is there is to be seen, beside one half."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one source stands.

    Attributes
    ----------
    source
        Who.
    decided, events, days, subjects
        Decided calls; the events that they are of; the dates on which they were made; instruments.
    true
        How many of the decided came true.
    rated
        Of the decided those that have a base rate, and ``poor`` of these those whose base rate
        rests on fewer than ten independent windows: it counts in the sum and is not printed alone.
    rated_true, expected
        Of the rated, how many came true and the sum of their base rates.
    surprise, low, high
        Mean of what happened less its base rate, with its 95% interval: by drawing dates again, or,
        where every call has a date of its own, from the distribution of their sum. No interval
        from fewer than :data:`LEAST_DAYS` dates.
    chance
        How likely so many or fewer true ones (where they are fewer than expected; else so many or
        more) were at base rates.
    lapsed, open, mentioned, unmeasurable
        The others.
    rank
        Among those with enough decided, by surprise; None for "too few".
    """

    source: str
    decided: int
    events: int
    days: int
    subjects: int
    true: int
    rated: int
    poor: int
    rated_true: int
    expected: float | None
    surprise: float | None
    low: float | None
    high: float | None
    chance: float | None
    lapsed: int
    open: int
    mentioned: int
    unmeasurable: int
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """All sources: the ranked in order, then the others by how much is decided; and all together.

    ``needed`` is how many independent calls an edge of ten points takes to be seen in half of the
    cases where it is there, at the base rates of these calls; ``needed_mostly`` in four of five.
    """

    standings: tuple[Standing, ...]
    together: Standing
    needed: int
    needed_mostly: int


def board(outcomes: Sequence[Outcome]) -> Board:
    """Return how every source of some calls stands.

    Examples
    --------
    >>> board(()).standings, board(()).needed, board(()).needed_mostly
    ((), 96, 194)
    """
    rated = with_rates(outcomes)
    of: dict[str, list[Outcome]] = {}
    written: dict[str, str] = {}
    for one in rated:
        source = written.setdefault(key_of(one.call.source), one.call.source)
        of.setdefault(source, []).append(one)
    all_ = [_standing(source, each) for source, each in of.items()]
    enough = sorted(
        (one for one in all_ if _is_enough(one, of[one.source])),
        key=lambda one: (-(one.surprise or 0.0), one.source),
    )
    ranked = [replace(one, rank=k) for k, one in enumerate(enough, 1)]
    named = {one.source for one in ranked}
    rest = sorted(
        (one for one in all_ if one.source not in named),
        key=lambda one: (-one.events, -one.open, one.source),
    )
    people = [one for one in rated if not is_base_rate(one.call.source)]
    rates = [rate.value for one in rated if (rate := one.call.base_rate) and rate.value]
    return Board(
        (*ranked, *rest), _standing("", people), needed(rates), needed(rates, power=MOSTLY)
    )


def with_rates(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Give calls of ours the base rate that stands beside them on file."""
    base = {
        (one.call.claim, one.call.made): one.call.probability
        for one in outcomes
        if is_base_rate(one.call.source)
    }
    made = []
    for one in outcomes:
        value = base.get((one.call.claim, one.call.made))
        if one.call.base_rate is None and value is not None:
            rate = BaseRate(value, "history", windows=math.inf, last=one.call.made)
            one = replace(one, call=replace(one.call, base_rate=rate))
        made.append(one)
    return made


def needed(rates: Sequence[float] = (), *, power: float = 0.5) -> int:
    """Return how many independent calls it takes to see an edge of ten points.

    Seen is an edge where the mean surprise is more than 1.96 of its standard errors at base rates
    above zero: a two-sided interval of 95% leaves out zero. With so many calls who is right ten
    points more often than base rates is seen with this power; half of the cases is what 1.96
    standard errors of ten points come to.

    Parameters
    ----------
    rates
        Base rates of the calls at hand; one half without any.
    power
        The share of cases in which the edge is seen, at least one half.

    References
    ----------
    n = (z_a sqrt(mean p(1 - p)) + z_b sqrt(mean q(1 - q)))^2 / edge^2 with q = p + edge, the sample
    size for one proportion: J. L. Fleiss, B. Levin and M. C. Paik (2003), *Statistical Methods for
    Rates and Proportions*, 3rd ed., Wiley, doi:10.1002/0471445428.

    Examples
    --------
    >>> needed(), needed(power=0.8), needed([0.8, 0.2])
    (96, 194, 61)
    """
    from statistics import NormalDist, fmean

    known = rates or (0.5,)
    at_base = fmean(p * (1 - p) for p in known)
    with_edge = fmean(q * (1 - q) for q in (min(p + EDGE, 1.0) for p in known))
    normal = NormalDist()
    size = normal.inv_cdf(0.975) * math.sqrt(at_base)
    size += normal.inv_cdf(power) * math.sqrt(with_edge)
    return max(1, round((size / EDGE) ** 2))


def event_of(outcome: Outcome) -> tuple[object, ...]:
    """Return what a decided call is told by as an event.

    Two supports named on one day and broken by one close, or two ceilings passed by one, are one.
    """
    call = outcome.call
    return (
        key_of(call.source),
        call.claim.subject,
        call.claim.metric,
        call.made,
        outcome.decided_on,
        outcome.happened,
    )


def _is_enough(one: Standing, outcomes: Sequence[Outcome]) -> bool:
    sound = [
        each
        for each in outcomes
        if each.surprise is not None and each.call.base_rate and not each.call.base_rate.is_poor
    ]
    events = {event_of(each) for each in sound}
    days = {each.call.made for each in sound}
    return one.surprise is not None and len(events) >= LEAST and len(days) >= LEAST_DAYS


def _standing(source: str, outcomes: Sequence[Outcome]) -> Standing:
    decided = [one for one in outcomes if one.status == "decided"]
    rated = [(one, one.surprise) for one in decided if one.surprise is not None]
    surprises = [surprise for _, surprise in rated]
    rates = [float(bool(one.happened)) - surprise for one, surprise in rated]
    low, high = _interval([one for one, _ in rated], surprises, rates)
    hits = sum(bool(one.happened) for one, _ in rated)
    count = {name: sum(one.status == name for one in outcomes) for name in _OTHERS}
    return Standing(
        source=source,
        decided=len(decided),
        events=len({event_of(one) for one in decided}),
        days=len({one.call.made for one in decided}),
        subjects=len({one.call.claim.subject for one in decided}),
        true=sum(bool(one.happened) for one in decided),
        rated=len(rated),
        poor=sum(rate.is_poor for one, _ in rated if (rate := one.call.base_rate)),
        rated_true=hits,
        expected=sum(rates) if rates else None,
        surprise=sum(surprises) / len(surprises) if surprises else None,
        low=low,
        high=high,
        chance=_chance(hits, rates),
        lapsed=count["lapsed"],
        open=count["open"],
        mentioned=count["mentioned"],
        unmeasurable=count["unmeasurable"],
    )


_OTHERS = ("lapsed", "open", "mentioned", "unmeasurable")


def _interval(
    rated: Sequence[Outcome], surprises: Sequence[float], rates: Sequence[float]
) -> tuple[float | None, float | None]:
    from springtide.numerics.chances import bootstrap_mean, interval_of_sum

    days = [one.call.made.toordinal() for one in rated]
    if len(set(days)) < LEAST_DAYS:
        return None, None  # of a few dates nothing is known of how dates differ
    if len(set(days)) < len(days):
        return bootstrap_mean(surprises, days)
    count, mean = len(rates), sum(surprises) / len(surprises)
    fewest, most = interval_of_sum(rates)
    expected = sum(rates)
    return mean + (fewest - expected) / count, mean + (most - expected) / count


def _chance(true: int, rates: Sequence[float]) -> float | None:
    from springtide.numerics.chances import distribution

    if not rates:
        return None
    likely = distribution(rates)
    fewer = true < sum(rates)
    return float(likely[: true + 1].sum() if fewer else likely[true:].sum())
