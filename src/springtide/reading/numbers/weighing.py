"""Why a number was read so: what was weighed in each of its slots, and what was chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from springtide.reading.numbers import times
from springtide.reading.numbers.frame import NumberReading
from springtide.reading.numbers.kinds import KindModels
from springtide.reading.numbers.scene import Scene
from springtide.reading.numbers.signs import sign_features

Slot = Literal["kind", "direction", "subject", "modality", "period", "day", "basis"]

_LEAST = 0.005
"""Candidates less likely than this are left out, but for the one that was chosen."""


@dataclass(frozen=True, slots=True)
class Option:
    """A candidate for a slot of a number.

    Attributes
    ----------
    slot
        What it would say of the number.
    value
        A measure or a reason (``none:date``), ``up`` or ``down``, an instrument or the words for a
        subject, a modality, a kind of period, a day, or a part of the session.
    words
        As the article says it, "" where no words do.
    chance
        Its probability among the candidates of its slot; None where a rule set it and no candidate
        was like it (nothing is of a session that had not closed).
    chosen
        Whether the number was read so.
    first, last
        Base and end of a stretch, where they are known.
    """

    slot: Slot
    value: str
    words: str = ""
    chance: float | None = None
    chosen: bool = False
    first: date | None = None
    last: date | None = None


def weighings(
    scene: Scene, numbers: Sequence[NumberReading], models: KindModels | None = None
) -> list[tuple[Option, ...]]:
    """Return what was weighed for each number of an article, slot by slot, the likeliest first.

    Parameters
    ----------
    scene
        The article laid out.
    numbers
        As :func:`springtide.reading.numbers.read.read_scene` read them from it.
    models
        The weights of the kinds that read them; by default those shipped.

    Examples
    --------
    >>> from springtide.reading.document import read_document
    >>> from springtide.reading.numbers.read import read_scene
    >>> from springtide.reading.numbers.scene import lay_out
    >>> text = "The Hang Seng Index fell 0.2%."
    >>> scene = lay_out(read_document(text), date(2025, 2, 13))
    >>> (options,) = weighings(scene, read_scene(scene))
    >>> [one.value for one in options if one.chosen]
    ['price_change', 'down', 'HSI', 'stated', 'day', '2025-02-13', 'close']
    """
    rows: list[list[NumberReading]] = [[] for _ in scene.blocks]
    for number in numbers:
        rows[number.block].append(number)
    trace: times.Trace = {}
    kinds = [[number.kind for number in row] for row in rows]
    subjects = [[number.subjects for number in row] for row in rows]
    times.assign(scene, kinds, subjects, trace=trace)
    models = models or KindModels.shipped()
    made = []
    for number in numbers:
        options = list(_kinds(number))
        if number.is_claim:
            signs = [kind.sign for kind in kinds[number.block][: number.at]]
            options += _directions(scene, number, signs, models)
            options += _subjects(number)
            options += _of_time(number, trace[number.block, number.at])
        made.append(tuple(options))
    return made


def _kinds(number: NumberReading) -> Iterator[Option]:
    kind = number.kind
    first = kind.measure if kind.is_claim else f"none:{kind.why}"
    chances = [(first, kind.confidence), *kind.others]
    for name, chance in sorted(chances, key=lambda one: -one[1]):
        yield Option("kind", name, chance=chance, chosen=name == first)


def _directions(
    scene: Scene, number: NumberReading, signs: list[int], models: KindModels
) -> list[Option]:
    """Return up and down; a direction that is part of the number itself ("-0.2%") is certain."""
    block = scene.blocks[number.block]
    quantity = block.numbers[number.at].quantity
    chosen = {1: "up", -1: "down"}.get(number.kind.sign, "")
    if quantity is not None and quantity.implied_sign:
        return [Option("direction", chosen, number.text, 1.0, chosen=True)]
    model = models.sign
    chances = model.probabilities(sign_features(block, number.at, number.kind.measure, signs))
    pairs = sorted(zip(model.classes, chances.tolist(), strict=True), key=lambda one: -one[1])
    return [Option("direction", name, "", p, name == chosen) for name, p in pairs if p >= _LEAST]


def _subjects(number: NumberReading) -> list[Option]:
    return [
        Option("subject", one.id or one.name, one.name, one.confidence, chosen=k == 0)
        for k, one in enumerate(number.subjects)
    ]


def _of_time(number: NumberReading, weighed: times.Weighed) -> list[Option]:
    when = number.when
    spans = [
        Option("period", span.kind, span.words, p, first=span.first, last=span.last)
        for span, p in weighed.spans
    ]
    period = Option("period", when.period, when.words, first=when.first, last=when.last)
    made = _marked(
        [Option("modality", name, "", p) for name, p in weighed.modality],
        Option("modality", when.modality),
    )
    made += _marked(spans, period)
    if weighed.days and when.as_of is not None:
        days = [Option("day", one.day.isoformat(), "", p) for one, p in weighed.days]
        made += _marked(days, Option("day", when.as_of.isoformat()))
        bases = [Option("basis", name, "", p) for name, p in weighed.bases]
        made += _marked(bases, Option("basis", when.basis))
    return made


def _marked(options: list[Option], chosen: Option) -> list[Option]:
    """Mark the option that was chosen; one that no candidate is like was set by a rule."""
    at = next((k for k, one in enumerate(options) if _is_like(one, chosen)), None)
    if at is None:
        return [replace(chosen, chosen=True), *(one for one in options if _is_likely(one))]
    return [
        replace(chosen, chance=one.chance, chosen=True) if k == at else one
        for k, one in enumerate(options)
        if k == at or _is_likely(one)
    ]


def _is_like(one: Option, chosen: Option) -> bool:
    return (one.value, one.words) == (chosen.value, chosen.words)


def _is_likely(one: Option) -> bool:
    return one.chance is not None and one.chance >= _LEAST
