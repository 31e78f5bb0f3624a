"""Learning when a number is of: period, day, basis and modality from the annotated posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tools.reader.fit import fit_classifier, fit_ranker, unlearned_classifier
from tools.reader.gold import Post
from tools.reader.labels import CORPUS

from springtide.reading.numbers import bases, days, modality, spans, times
from springtide.reading.numbers.carry import Carry, begin, carry_on
from springtide.reading.numbers.frame import MARKET, Kind, Subject, When
from springtide.reading.numbers.model import Ranker
from springtide.reading.numbers.spots import Spot, page_of, spot_of

ALIKE = (
    {"day", "session"},
    {"last", "month"},
    {"last", "year"},
    {"last", "week"},
    {"yoy", "year"},
    {"since", "span"},
    {"none", "day"},
)
"""Kinds of period that the measure takes for each other."""


DAY_PRIOR = {
    "latest": 2.0, "said:clause": 1.5, "said:next": 2.0,
    "said:on": 4.0, "said:before-live": -3.0,
    "said:of-before": -1.5, "said:after": 1.0, "said:sentence": 1.0,
    "said:sentence:next": 1.0,
    "said:touching": 2.0, "said:asof": 2.0, "said:open": 1.5, "said:clause:next": 1.5,
    "carried:block": 0.5, "carried:block:asof": 2.0, "carried:block:open": 1.5,
    "carried:far:asof": 0.5, "prior:b": 4.0, "prior:a": 4.0, "prior:s": 4.0, "prior:h": 5.0,
    "prior:b-base": -2.0, "prior:a-base": -2.0, "prior:s-base": -2.0, "end": 6.0,
    "as-before:sentence:kept": 1.5, "as-before:block:kept": 1.2, "not-begun": -2.0,
    "from": 7.0, "to": 5.0, "point:near": 4.0, "base": -3.0,
    "ahead": 2.0, "said-ahead": 2.0,
    "ended": 3.0, "goes-on": -2.0, "whole:months": 4.0,
    "whole:quarters": 3.0, "whole:years": 3.0, "whole:weeks": 0.5, "closed~close": 2.5,
    "unfinished": -2.5, "prior:against": 4.0,
    "early": -1.5,
    "early:word": 6.0, "early:page": 5.0, "long-past": -1.0, "night": 2.0, "next-day": 1.5,
    "month:before": 0.5, "week:before": 2.0,
    "figures": 3.0, "ahead:span": 1.0,
}  # fmt: skip
"""Votes of rules for the day: what is said near outweighs what is taken for granted."""

PERIOD_PRIOR = {
    "default": 1.5, "at:in": 3.0, "at:before": 1.5, "at:after": 2.0, "at:opening": 1.0,
    "at:above": -1.5, "at:beyond": -1.5, "at:later": -0.5, "at:rest": -1.0, "said:level": -2.0,
    "default:level": 1.0, "at:word-before": 1.5, "at:word-after": 1.5, "figures": -4.0,
    "against-prior": 3.0, "of-record": -3.0,
    "other-number": -2.0, "base:before": 2.0, "base:after": 2.0, "not-base": -2.0,
    "rating:last": 5.0,
    "same": 3.0, "carried:sentence": 1.5, "carried:block": 0.0, "heading": -0.5,
    "heading:next": 1.5, "swing": 3.0,
    "turn": 3.0, "default-sum": -2.0, "sum:day": -2.0, "inner": -2.0, "leads": 2.5, "event": 4.0,
    "event-zh": 2.0, "anew": -2.5, "another": -4.0, "apart": -3.0,
    "trailing": -1.0, "aside": -4.0, "one_day!": -1.5, "one_day=": 1.0,
}  # fmt: skip
"""Votes of rules for the stretch."""

BASIS_PRIOR = {
    ("before:sentence:close", "close"): 1.5, ("before:sentence:live", "live"): 1.5,
    ("before:block:close", "close"): 1.0, ("before:block:live", "live"): 1.0,
    ("before:far:close", "close"): 0.7, ("before:far:live", "live"): 0.7,
    ("before:far:premarket", "premarket"): 0.7, ("part:live", "live"): 1.5,
    ("part:close", "close"): 3.0, ("part:open", "open"): 5.0, ("part:peak+", "high"): 4.0,
    ("part:once+", "high"): 3.0, ("part:once-", "low"): 3.0, ("part:trough-", "low"): 4.0,
    ("part:peak", "high"): 3.0, ("part:trough", "low"): 3.0, ("up_to:1", "high"): 4.0,
    ("up_to:-1", "low"): 4.0, ("part:before", "premarket"): 6.0, ("part:after", "afterhours"): 3.0,
    ("part:live:running", "live"): 2.0, ("part:morning:running", "live"): 2.0,
    ("when:early", "premarket"): 5.0, ("when:running", "live"): 2.0, ("when:past", "close"): 2.0,
    ("when:closed", "close"): 2.0, ("when:round-asia", "live"): 2.0,
    ("when:round-europe", "live"): 2.0, ("when:round-us", "live"): 2.0,
    ("when:round-late", "live"): 1.0, ("when:round-off", "close"): 2.0,
    ("is:level", "na"): 3.0, ("is:target_price", "na"): 5.0,
    ("is:rating", "na"): 5.0, ("is:flow", "na"): 4.0, ("is:implied_move", "na"): 4.0,
    ("part:clock", "live"): 3.0, ("part:night", "live"): 3.0, ("from", "live"): 5.0,
    ("h:close", "close"): 4.0, ("h:prior_day", "close"): 4.0, ("h:open", "open"): 5.0,
    ("h:peak", "high"): 5.0, ("h:trough", "low"): 5.0,
    ("said:forecast", "na"): 1.0,
    ("said:conditional", "na"): 1.0,
}  # fmt: skip
"""Votes of rules for the part of the session."""

MODALITY_PRIOR = {
    ("any", "stated"): 1.5, ("b:will", "forecast"): 1.5, ("is:target_price", "forecast"): 3.0,
    ("b:if", "conditional"): 0.5, ("c:if", "conditional"): 0.5,
    ("before:if_sure", "conditional"): 7.0,
    ("t:if_sure", "conditional"): 2.0, ("a:if_sure", "conditional"): 5.0,
    ("is:probability", "forecast"): 3.0,
    ("b:unsure", "forecast"): 8.0, ("b:likelihood", "forecast"): 6.5,
    ("a:likelihood", "forecast"): 5.0,
    ("b:supposed", "hypothetical"): 1.0, ("b:always", "generic"): 0.5,
}  # fmt: skip
"""Votes of rules for how a number is said."""


def kinds_of(post: Post) -> list[list[Kind]]:
    """Return the kinds as annotated."""
    return [[_kind(one) for one in row] for row in post.labels]


def subjects_of(post: Post) -> list[list[tuple[Subject, ...]]]:
    """Return the subjects as annotated."""
    return [[_subject(one) for one in row] for row in post.labels]


def _kind(label: dict[str, Any] | None) -> Kind:
    if label is None or label["kind"] != "claim":
        return Kind(False, why="other")
    value = label.get("value")
    one = value[0] if isinstance(value, list) and value else value
    sign = 0 if not isinstance(one, (int, float)) or one == 0 else 1 if one > 0 else -1
    return Kind(True, label["measure"], sign=sign)


def _subject(label: dict[str, Any] | None) -> tuple[Subject, ...]:
    if label is None or label["kind"] != "claim":
        return ()
    return (Subject(label.get("subject") or "", label.get("id") or ""),)


@dataclass
class Lesson:
    """Examples of one step, each with the weight of its post."""

    rows: list[tuple[Any, Any]] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def close_post(self, share: float) -> None:
        """Give a weight to the examples added since the last post."""
        self.weights += [share] * (len(self.rows) - len(self.weights))

    @property
    def shares(self) -> list[float]:
        """Weights that sum to the number of examples."""
        scale = len(self.weights) / sum(self.weights)
        return [weight * scale for weight in self.weights]


@dataclass
class Lessons:
    """Examples of every step."""

    period: Lesson = field(default_factory=Lesson)
    day: Lesson = field(default_factory=Lesson)
    basis: Lesson = field(default_factory=Lesson)
    modality: Lesson = field(default_factory=Lesson)

    def add(self, spot: Spot, label: dict[str, Any], carry: Carry, whole: bool = True) -> None:
        """Add the choices of one number, each given what the step before chose as annotated.

        ``whole`` says that how a number is said was annotated of every number.
        """
        gold = label.get("modality") or "stated"
        if whole:
            self.modality.rows.append((modality.features(spot), gold))
        span = self._period(spot, carry, label)
        day = as_day(label)
        if day is not None:
            choices = days.candidates(spot, span, carry, gold)
            right = [k for k, one in enumerate(choices) if one.day == day]
            self.day.rows.append(([one.features for one in choices], right))
        basis = label.get("basis") or "na"
        if basis != "na" or gold != "stated" or spot.kind.measure in WITHOUT_BASIS:
            names = bases.features(spot, span, day, gold, carry)
            self.basis.rows.append((names, basis))

    def _period(self, spot: Spot, carry: Carry, label: dict[str, Any]) -> spans.Span:
        """Add the choice of a stretch, and return the right one (the first where none is)."""
        fixed = spans.own_length(spot)
        if fixed is not None:
            return fixed
        candidates = spans.candidates(spot, carry)
        gold = period_of(label)
        right = [k for k, span in enumerate(candidates) if span.kind == gold]
        right = right or [k for k, span in enumerate(candidates) if same_period(gold, span.kind)]
        self.period.rows.append(([span.features for span in candidates], right))
        return candidates[right[0]] if right else candidates[0]

    def close_post(self, share: float) -> None:
        """Give a weight to the examples added since the last post."""
        for lesson in (self.period, self.day, self.basis, self.modality):
            lesson.close_post(share)


def learn(post: Post, into: Lessons) -> None:
    """Walk through the market claims of a post; what is carried to each is as annotated.

    A post counts as the root of its claims: those of one template are not as many cases.
    """
    kinds, subjects = kinds_of(post), subjects_of(post)
    page = page_of(post.scene, kinds, subjects)
    carry, count = Carry(), 0
    for block, row, labels in zip(post.scene.blocks, kinds, post.labels, strict=True):
        for i, (kind, label) in enumerate(zip(row, labels, strict=True)):
            if label is None or not kind.is_claim:
                continue
            spot = spot_of(page, block, i, kind, subjects[block.index][i])
            begin(carry, spot)
            if kind.measure in MARKET:
                into.add(spot, label, carry, whole=post.path != CORPUS)
                count += 1
            carry_on(carry, spot, _when(label))
    into.close_post(count**-0.5 if count else 0.0)


def _when(label: dict[str, Any]) -> When:
    """Return what is annotated of a number as it would have been read."""
    period = label.get("period") or {}
    first = period.get("from")
    return When(
        period=period.get("kind") or "none",
        words=period.get("words") or "",
        first=date.fromisoformat(first) if first else None,
        as_of=as_day(label),
        basis=label.get("basis") or "na",
        modality=label.get("modality") or "stated",
    )


def as_day(label: dict[str, Any]) -> date | None:
    """Return the day that a number is annotated to be of."""
    return date.fromisoformat(label["as_of"]) if label.get("as_of") else None


def period_of(label: dict[str, Any]) -> str:
    """Return the kind of period that a number is annotated with."""
    return (label.get("period") or {}).get("kind") or "none"


WITHOUT_BASIS = frozenset(
    {"level", "target_price", "rating", "flow", "implied_move", "probability"}
)
"""Measures that no part of a session belongs to; elsewhere "na" is an annotator's doubt."""


def same_period(gold: str, mine: str) -> bool:
    """Say whether two kinds of period count as the same."""
    return gold == mine or {gold, mine} in ALIKE


PENALTY = 3.0


def rules() -> times.Weights:
    """Return the votes of rules alone, before anything is learned."""
    return times.Weights(
        period=Ranker(PERIOD_PRIOR),
        day=Ranker(DAY_PRIOR),
        basis=unlearned_classifier(BASIS_PRIOR),
        modality=unlearned_classifier(MODALITY_PRIOR),
    )


def fit(chosen: Sequence[Post]) -> times.Weights:
    """Fit all steps."""
    lessons = Lessons()
    for post in chosen:
        learn(post, lessons)
    stretch, day, basis, said = lessons.period, lessons.day, lessons.basis, lessons.modality
    return times.Weights(
        period=fit_ranker(stretch.rows, PENALTY, prior=PERIOD_PRIOR, weights=stretch.shares),
        day=fit_ranker(day.rows, PENALTY, prior=DAY_PRIOR, weights=day.shares),
        basis=fit_classifier(basis.rows, PENALTY, prior=BASIS_PRIOR, weights=basis.shares),
        modality=fit_classifier(said.rows, PENALTY, prior=MODALITY_PRIOR, weights=said.shares),
    )
