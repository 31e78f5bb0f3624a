"""When a number is of, and how it is said: period, day, basis, modality, speaker.

The steps run in order, each with what the ones before chose: how it is said (``modality``), over
what stretch (``spans``), of which day (``days``), of what part of the session (``bases``). Rules
bind where the calendar does: nothing stated is of a session that had not begun, and no close is of
one that had not closed when the article was published.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import cast

from springtide.reading.numbers import bases, days, modality, spans
from springtide.reading.numbers.carry import Carry, Span, begin, carry_on
from springtide.reading.numbers.frame import MARKET, Basis, Kind, Modality, Subject, When
from springtide.reading.numbers.hours import moment, own_zone, session_before
from springtide.reading.numbers.model import (
    Classifier,
    Ranker,
    classifier,
    ranker,
    save_classifier,
    save_ranker,
)
from springtide.reading.numbers.scene import Scene
from springtide.reading.numbers.speakers import Speakers
from springtide.reading.numbers.spots import Spot, page_of, spot_of
from springtide.reading.numbers.stretches import counted_from

_VIEWS = ("target_price", "rating", "implied_move")
_LEAST = 0.08
"""A reading less likely than this is not kept."""
_MOST = 4
_NEVER = When()
"""The time of what is no claim."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of the steps of time; None chooses by default."""

    period: Ranker | None = None
    day: Ranker | None = None
    basis: Classifier | None = None
    modality: Classifier | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """What each step of time found for a number, with probabilities, the likeliest first."""

    modality: list[tuple[Modality, float]]
    spans: list[tuple[Span, float]]
    days: list[tuple[days.Choice, float]] = field(default_factory=list)
    bases: list[tuple[str, float]] = field(default_factory=list)


Trace = dict[tuple[int, int], Weighed]
"""What was weighed, by block and place of the number in it."""


def assign(
    scene: Scene,
    kinds: list[list[Kind]],
    subjects: list[list[tuple[Subject, ...]]],
    weights: Weights | None = None,
    trace: Trace | None = None,
) -> list[list[When]]:
    """Return the time of every number of every block, and leave what was weighed in a trace."""
    weights = weights or shipped()
    page = page_of(scene, kinds, subjects)
    speakers = Speakers(scene.article)
    carry = Carry()
    result = []
    for block, row, ranked in zip(scene.blocks, kinds, subjects, strict=True):
        whens = []
        for i, kind in enumerate(row):
            if not kind.is_claim:
                whens.append(_NEVER)
                continue
            spot = spot_of(page, block, i, kind, ranked[i])
            begin(carry, spot)
            weighed = _weigh(spot, carry, weights)
            if trace is not None:
                trace[block.index, i] = weighed
            when = _when(spot, weighed) if weighed.days else _of_figures(spot, weighed)
            who = speakers.of(block, *spot.sentence)
            if not who and kind.measure in _VIEWS:
                who = speakers.of_view(block, *spot.sentence, spot.number.start)
            whens.append(replace(when, speaker=who) if who else when)
            carry_on(carry, spot, when)
        result.append(whens)
    return result


@cache
def shipped() -> Weights:
    """Return the weights in the package."""
    return Weights(
        ranker(spans.SLOT), ranker(days.SLOT), classifier(bases.SLOT), classifier(modality.SLOT)
    )


def save(weights: Weights, folder: Path) -> None:
    """Write the weights of every step into a folder."""
    for slot, one in (
        (spans.SLOT, weights.period),
        (days.SLOT, weights.day),
        (bases.SLOT, weights.basis),
        (modality.SLOT, weights.modality),
    ):
        if isinstance(one, Ranker):
            save_ranker(folder / f"{slot}.npz", one)
        elif one is not None:
            save_classifier(folder / f"{slot}.npz", one)


def _weigh(spot: Spot, carry: Carry, weights: Weights) -> Weighed:
    """Weigh how a number is said and over what stretch; of one on a market, the day and price."""
    modalities = modality.choose(modality.features(spot), weights.modality)
    said = modalities[0][0]
    spans_ = spans.choose(spot, carry, weights.period)
    if spot.kind.measure not in MARKET:
        return Weighed(modalities, spans_)
    span = spans_[0][0]
    days_ = days.choose(spot, span, carry, said, weights.day)
    names = bases.features(spot, span, days_[0][0].day, said, carry)
    bases_ = bases.admissible(spot, bases.choose(names, weights.basis))
    return Weighed(modalities, spans_, days_, bases_)


def _when(spot: Spot, weighed: Weighed) -> When:
    """Return the likeliest reading of a number, with the others that its words admit."""
    said = weighed.modality[0][0]
    spans_, days_, bases_ = weighed.spans, weighed.days, weighed.bases
    span, sure = spans_[0]
    choice, chance = days_[0]
    day = choice.day
    told = frozenset((*choice.features, *span.features))
    span = _named(spot, span, day)
    basis, certain = bases_[0]
    first = _reading(spot, span, day, basis, said)
    made: list[tuple[float, Span, date, str]] = [
        *((p, span, other.day, basis) for other, p in days_[1:] if p >= _LEAST),
        *((p, span, day, other) for other, p in bases_[1:] if p >= _LEAST),
        *((p, other, day, basis) for other, p in spans_[1:] if p >= _LEAST),
    ]
    made.sort(key=lambda one: -one[0])
    others = [
        replace(_reading(spot, stretch, of, part, said), confidence=p)
        for p, stretch, of, part in made[:_MOST]
    ]
    others += _of_another_clock(spot, first, told)
    kept = [one for k, one in enumerate(others) if _differs(one, first, others[:k])]
    return replace(
        first,
        confidence=sure * chance * certain,
        others=tuple(kept[:_MOST]),
        sure=(sure, chance, certain),
        told=told,
    )


def _named(spot: Spot, span: Span, day: date) -> Span:
    """Call a change from a named day the day's own only where that day is the session before."""
    named = span.kind == "day" and span.first is not None
    if named and span.first != session_before(spot.market, day):
        return replace(span, kind="since")
    return span


def _of_figures(spot: Spot, weighed: Weighed) -> When:
    """Return the time of a figure that no market quotes: its stretch, and the day that this ends."""
    said = weighed.modality[0][0]
    span, sure = weighed.spans[0]
    return When(
        period=span.kind, words=span.words, first=span.first, last=span.last,
        as_of=span.last or spot.moment.local, modality=said, confidence=sure,
    )  # fmt: skip


def _differs(one: When, first: When, before: list[When]) -> bool:
    """Say whether a reading is none of those before it."""
    return all(
        (one.period, one.first, one.as_of, one.basis)
        != (other.period, other.first, other.as_of, other.basis)
        for other in (first, *before)
    )


def _reading(spot: Spot, span: Span, day: date, basis: str, said: Modality) -> When:
    """Put a reading together; nothing is the close of a session that had not closed."""
    now = spot.moment
    if said == "stated" and day > now.latest and not now.early and not _is_over(spot, day):
        day = now.latest
    if basis == "close" and day > now.closed and _is_open(spot) and not _is_told_closed(spot):
        basis = "live"
    if basis == "live" and day <= now.closed and not _is_of_a_moment(spot):
        basis = "close"
    last = span.last or (day if span.kind != "none" else None)
    return When(
        period=span.kind, words=span.words, first=_base(spot, span, day), last=last, as_of=day,
        basis=cast(Basis, basis), modality=said,
    )  # fmt: skip


def _is_of_a_moment(spot: Spot) -> bool:
    """Say whether a number of a past session may be of a moment in it: its words say so."""
    if spot.market.startswith("24/") or spot.part in _MOMENTS:
        return True
    return not spot.is_level and days.role(spot) == "from"


def _is_over(spot: Spot, day: date) -> bool:
    """Say whether the session of a day had begun on the market's own clock, the zone not known."""
    clock = spot.page.scene.clock
    if not clock.has_time or clock.published is None or clock.published.tzinfo is not None:
        return False
    return moment(clock, spot.market, own_zone(spot.market)).latest >= day


def _is_told_closed(spot: Spot) -> bool:
    """Say whether words give a close of something that no table holds, whose hours nobody knows."""
    return not spot.subject.id and spot.part == "close" and spot.part_at in ("b", "a", "c")


def _is_open(spot: Spot) -> bool:
    """Say whether the last session was running still; around the clock only words tell a close."""
    now = spot.moment
    if now.phase == "open":
        return now.hours in ("asia", "europe") and spot.part != "close"
    return now.phase in _STILL_OPEN


_MOMENTS = ("live", "morning", "clock", "once", "night")
_STILL_OPEN = ("running", "lunch", "before")


def _base(spot: Spot, span: Span, day: date) -> date | None:
    """Return the day of the base of a change: for that of a day, the session before."""
    if span.kind == "day" and span.first is None and not spot.is_level:
        return session_before(spot.market, day)
    if span.back[0] and day != spot.moment.latest:
        return counted_from(day, span.back, spot.market)
    return span.first


def _is_named(told: frozenset[str]) -> bool:
    """Say whether a day is told by words of the sentence or the one before."""
    return any(one.startswith(("said:", "prior", "carried", "point")) for one in told)


def _of_another_clock(spot: Spot, first: When, told: frozenset[str]) -> list[When]:
    """Return the reading of a day before or after where the stamp's zone is not known.

    A day that the words name is that day; only what was taken for the last session, or for the last
    close while one ran, may be another: at 23:59 New York's session runs on the clock of China, and
    has closed on its own.
    """
    clock, now = spot.page.scene.clock, spot.moment
    published = clock.published
    if published is None or published.tzinfo is not None:
        return []
    of_close = first.as_of == now.closed != now.latest and first.basis == "close"
    if first.as_of != now.latest and (not of_close or _is_named(told)):
        return []
    if clock.has_time:
        own = moment(clock, spot.market, own_zone(spot.market))
        if first.basis == "live" and spot.part == "close" and own.closed == first.as_of:
            return [replace(first, basis="close", confidence=_LEAST)]
        other = own.closed if of_close else own.latest
    else:
        other = session_before(spot.market, now.latest)
    if other == first.as_of:
        return []
    base = session_before(spot.market, other) if first.period == "day" else first.first
    last = other if first.last == first.as_of else first.last
    return [replace(first, as_of=other, first=base, last=last, confidence=_LEAST)]
