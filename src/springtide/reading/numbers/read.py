"""From an article to its numbers, each read as far as its words go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from springtide.claims.compare import mirrored
from springtide.language.tolerance import interval
from springtide.market import listed
from springtide.reading.document import Article
from springtide.reading.numbers import kinds, modality, subjects, times
from springtide.reading.numbers.frame import Kind, NumberReading, Subject, When
from springtide.reading.numbers.kinds import KindModels
from springtide.reading.numbers.model import Ranker
from springtide.reading.numbers.scene import BlockScene, Scene, lay_out
from springtide.reading.numbers.sureness import facts, sure

_LEVELS = ("price_level", "record")


@dataclass(frozen=True, slots=True)
class Models:
    """The weights of each step; None for those shipped."""

    kinds: KindModels | None = None
    subjects: Ranker | None = None
    times: times.Weights | None = None


def read_numbers(
    article: Article, as_of: date | None = None, models: Models | None = None
) -> tuple[NumberReading, ...]:
    """Read every number of an article, in the order of its blocks.

    Parameters
    ----------
    article
        From :func:`springtide.reading.document.read_document`.
    as_of
        The day of the article where its own stamp does not count.
    models
        Other weights than those shipped, for training by folds.

    Examples
    --------
    >>> from springtide.reading.document import read_document
    >>> text = "The Hang Seng Index closed at 21,814.37 points, down 0.2%."
    >>> [number.text for number in read_numbers(read_document(text), date(2025, 2, 13))]
    ['21,814.37 points', '0.2%']
    """
    return read_scene(lay_out(article, as_of), models)


def read_scene(scene: Scene, models: Models | None = None) -> tuple[NumberReading, ...]:
    """Read every number of an article that is laid out, in the order of its blocks."""
    models = models or Models()
    what = kinds.classify(scene, models.kinds)
    whose = _one_listing(scene, subjects.assign(scene, what, models.subjects))
    when = times.assign(scene, what, whose, models.times)
    return tuple(
        _reading(scene, block, i, what[b][i], whose[b][i], when[b][i])
        for b, block in enumerate(scene.blocks)
        for i in range(len(block.numbers))
    )


def _one_listing(
    scene: Scene, whose: list[list[tuple[Subject, ...]]]
) -> list[list[tuple[Subject, ...]]]:
    """Keep to the listing that a paragraph speaks of where a sentence does not name it anew.

    "Acme (ADR) closed at $18. It has risen 70% this year" is twice of the receipts; an amount of
    money is of the listing that is quoted in it.
    """
    made = []
    for block, row in zip(scene.blocks, whose, strict=True):
        said: dict[str, str] = {}
        kept = []
        for number, ranked in zip(block.numbers, row, strict=True):
            first = ranked[0] if ranked else Subject("")
            known = listed.facts(first.id) if first.id else None
            if known is not None and known.company:
                start, end = block.sentence(number.start)
                here = first.block == block.index and start <= first.start < end
                unit = number.quantity.unit if number.quantity is not None else ""
                in_money = len(unit) == 3 and unit.isupper()
                if not here and not in_money and said.get(known.company, first.id) != first.id:
                    ranked = (replace(first, id=said[known.company]), *ranked[1:])
                said[known.company] = ranked[0].id
            kept.append(ranked)
        made.append(kept)
    return made


def _reading(
    scene: Scene, block: BlockScene, i: int, kind: Kind, whose: tuple[Subject, ...], when: When
) -> NumberReading:
    number = block.numbers[i]
    start, end = block.block.span(number.start, number.end)
    text = scene.article.source[start:end]
    quantity = number.quantity
    if quantity is None or not kind.is_claim:
        return NumberReading(start, end, text, kind, block=block.index, at=i)
    if when.modality == "stated" and modality.hangs_on_it(block.text, number.end):
        when = replace(when, modality="conditional")
    value, comparator, within = quantity.value, quantity.comparator, quantity.within
    if comparator == "up_to" and kind.measure in _LEVELS:
        # "最高5132点" and "as high as 5,132" state the extreme itself, not a bound of it.
        comparator, within = "=", interval("exact", quantity.value, quantity.step)
    if kind.sign < 0 and quantity.implied_sign == 0:
        value, comparator, within = mirrored(value, comparator, within)
    scaled = None
    if quantity.scale != 1.0:
        scaled = value
        printed = [x / quantity.scale for x in (value if isinstance(value, tuple) else (value,))]
        value = (printed[0], printed[1]) if len(printed) == 2 else printed[0]
    return NumberReading(
        start=start,
        end=end,
        text=text,
        kind=kind,
        value=value,
        scaled=scaled,
        unit=quantity.unit,
        comparator=comparator,
        within=within,
        step=quantity.step,
        subjects=whose,
        when=when,
        block=block.index,
        at=i,
        confidence=sure(facts(scene, block, i, kind, whose, when), "numbers"),
    )
