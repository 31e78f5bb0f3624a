"""Learning when a number is of: period, day, basis and modality from the annotated posts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from tools.reader.fit import fit_classifier, fit_ranker
from tools.reader.gold import Post

from springtide.reading.numbers import bases, days, modality, spans, times
from springtide.reading.numbers.days import Carry
from springtide.reading.numbers.frame import MARKET, Kind, Subject
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


def labelled(post: Post) -> Iterator[tuple[Spot, dict[str, Any], Carry]]:
    """Walk through the claims of a post with what is carried to each, the days as annotated."""
    kinds, subjects = kinds_of(post), subjects_of(post)
    page = page_of(post.scene, subjects)
    carry = Carry()
    for block, row, labels in zip(post.scene.blocks, kinds, post.labels, strict=True):
        for i, (kind, label) in enumerate(zip(row, labels, strict=True)):
            if label is None or not kind.is_claim:
                continue
            spot = spot_of(page, block, i, kind, subjects[block.index][i])
            times.begin(carry, spot)
            yield spot, label, carry
            days.carry_on(carry, spot, as_day(label) or carry.last)


def as_day(label: dict[str, Any]) -> date | None:
    """Return the day that a number is annotated to be of."""
    return date.fromisoformat(label["as_of"]) if label.get("as_of") else None


def period_of(label: dict[str, Any]) -> str:
    """Return the kind of period that a number is annotated with."""
    return (label.get("period") or {}).get("kind") or "none"


def same_period(gold: str, mine: str) -> bool:
    """Say whether two kinds of period count as the same."""
    return gold == mine or {gold, mine} in ALIKE


def fit(chosen: Sequence[Post]) -> times.Weights:
    """Fit all steps; each sees what the one before chose as annotated."""
    stretches, when, basis, said = [], [], [], []
    for post in chosen:
        for spot, label, carry in labelled(post):
            share = 1.0 if spot.kind.measure in MARKET else 0.3
            gold = label.get("modality") or "stated"
            said.append((modality.features(spot), gold, share))
            span = _period(spot, label, stretches)
            _day(spot, label, span, carry, when)
            if label.get("basis"):
                names = bases.features(spot, span, as_day(label), gold)
                basis.append((names, label["basis"], share))
    return times.Weights(
        period=fit_ranker(stretches, penalty=1.0),
        day=fit_ranker(when, penalty=1.0),
        basis=_classifier(basis),
        modality=_classifier(said),
    )


def _classifier(rows: list[tuple[list[str], str, float]]):  # noqa: ANN202
    return fit_classifier([row[:2] for row in rows], weights=[row[2] for row in rows], penalty=1.0)


def _period(spot: Spot, label: dict[str, Any], into: list) -> spans.Span:
    """Add the choice of a stretch, and return the right one (the first where none is)."""
    fixed = spans.own_length(spot)
    if fixed is not None:
        return fixed
    found = spans.candidates(spot)
    gold = period_of(label)
    exact = [k for k, span in enumerate(found) if span.kind == gold]
    right = exact or [k for k, span in enumerate(found) if same_period(gold, span.kind)]
    if spot.kind.measure in MARKET:
        into.append(([span.features for span in found], right))
    return found[right[0]] if right else found[0]


def _day(spot: Spot, label: dict[str, Any], span: spans.Span, carry: Carry, into: list) -> None:
    gold = as_day(label)
    if gold is None or spot.kind.measure not in MARKET:
        return
    found = days.candidates(spot, span, carry)
    into.append(([one.features for one in found], [k for k, one in enumerate(found) if one.day == gold]))
