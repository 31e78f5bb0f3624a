"""When a number is of, and how it is said: period, day, basis, modality, speaker.

The steps run in order, each with what the ones before chose: how it is said (``modality``), over
what stretch (``spans``), of which day (``days``), of what part of the session (``bases``). Rules
bind where the calendar does: nothing stated is of a session that had not begun, and no close is of
one that had not closed when the article was published.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import cast

from springtide.reading.numbers import bases, days, modality, spans
from springtide.reading.numbers.days import Carry
from springtide.reading.numbers.frame import Basis, Kind, Subject, When
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
from springtide.reading.numbers.spots import Page, Spot, page_of, spot_of

_LEAST = 0.08
"""A reading less likely than this is not kept."""
_MOST = 4


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of the steps of time; None chooses by default."""

    period: Ranker | None = None
    day: Ranker | None = None
    basis: Classifier | None = None
    modality: Classifier | None = None


def assign(
    scene: Scene,
    kinds: list[list[Kind]],
    subjects: list[list[tuple[Subject, ...]]],
    weights: Weights | None = None,
) -> list[list[When]]:
    """Return the time of every number of every block."""
    weights = weights or shipped()
    page = page_of(scene, subjects)
    speakers = Speakers(scene.article)
    carry = Carry()
    result = []
    for block, row, ranked in zip(scene.blocks, kinds, subjects, strict=True):
        whens = []
        for i, kind in enumerate(row):
            if not kind.is_claim:
                whens.append(When())
                continue
            spot = spot_of(page, block, i, kind, ranked[i])
            begin(carry, spot)
            when = _when(spot, carry, weights)
            whens.append(replace(when, speaker=speakers.of(block, *spot.sentence)))
            days.carry_on(carry, spot, when.as_of)
        result.append(whens)
    return result


def begin(carry: Carry, spot: Spot) -> None:
    """Bring what is carried up to a number: the last day that was named before its clause."""
    day = days.spoken_of(spot.page, spot.block.index, spot.sentence[0])
    if day is not None:
        carry.day, carry.block = day, spot.block.index
    elif carry.block != spot.block.index and carry.block < spot.block.index - 1:
        carry.day = None


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


def _when(spot: Spot, carry: Carry, weights: Weights) -> When:
    said = modality.choose(modality.features(spot), weights.modality)
    stretches = spans.choose(spot, weights.period)
    best = _reading(spot, carry, weights, stretches[0][0], said[0][0])
    return best


def _reading(spot: Spot, carry: Carry, weights: Weights, span: spans.Span, said: str) -> When:
    day, chance, _ = days.choose(spot, span, carry, weights.day)[0]
    basis, sure = bases.choose(bases.features(spot, span, day, said), weights.basis)[0]
    last = span.last or (day if span.kind != "none" else None)
    return When(
        period=span.kind, words=span.words, first=span.first, last=last, as_of=day,
        basis=cast(Basis, basis), modality=said, confidence=chance * sure,  # type: ignore[arg-type]
    )  # fmt: skip
