"""Whose a phrase without a number is: ranked like the subject of a number that stood there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from springtide.market import instruments
from springtide.reading.numbers import whose
from springtide.reading.numbers.candidates import Candidate, Cast, candidates
from springtide.reading.numbers.frame import Kind, NumberReading, Subject
from springtide.reading.numbers.mentions import NumberMention
from springtide.reading.numbers.model import ranked, ranker
from springtide.reading.numbers.scene import BlockScene, Scene
from springtide.reading.numbers.subjects import SLOT, subject_of

Other = Callable[[str, tuple[str, ...]], bool]


def nobody(name: str, ids: tuple[str, ...]) -> bool:
    """Tell no name from those that are meant."""
    return False


class Whose:
    """Finds the subjects of phrases in one article.

    Parameters
    ----------
    scene
        The article laid out.
    numbers
        Its numbers as they were read.
    """

    def __init__(self, scene: Scene, numbers: Sequence[NumberReading]) -> None:
        self._scene = scene
        self._read = {(number.block, number.at): number for number in numbers}
        self._cast: Cast | None = None

    def of(
        self, block: BlockScene, start: int, end: int, measure: str, is_other: Other = nobody
    ) -> Subject | None:
        """Return whose a phrase is, None where it is nobody's that the text names.

        A number that stands in it and is a claim says whose; without one the phrase is ranked as a
        number of a measure at its end would be. ``is_other`` tells names that are not meant, by
        their words and instruments.
        """
        inside = [
            read
            for i, number in enumerate(block.numbers)
            if start <= number.start
            and number.end <= end
            and (read := self._read.get((block.index, i))) is not None
            and read.subjects
            and not is_other(read.subject.name, (read.subject.id,))
        ]
        if inside:
            return inside[-1].subject
        if self._cast is None:
            self._cast = Cast(self._scene)
        before = [i for i, number in enumerate(block.numbers) if number.start < start]
        i = len(before)
        placed = NumberMention(start, start, "", "words")
        numbers = (*block.numbers[:i], placed, *block.numbers[i:])
        block = replace(block, numbers=numbers)
        every = candidates(self._cast, block, i)
        possible = [one for one in every if not is_other(one.text, one.ids)]
        if not possible:
            return None
        last = self._last(block, before)
        keys = [one.key for one in possible if last and last in (*one.ids, one.key)]
        kind = Kind(True, measure)
        only = _only_index(block, start, possible) if measure == "technical" else None
        if only is not None:
            return subject_of(self._cast, block, i, only, _ONLY)
        rows = whose.rows(self._cast, block, i, kind, possible, keys[0] if keys else last)
        best, share = ranked(ranker(SLOT), rows)[0]
        if best == len(possible) or _is_far(possible[best], block):
            return None
        return subject_of(self._cast, block, i, possible[best], share)

    def _last(self, block: BlockScene, before: list[int]) -> str:
        """Return whose the last claim before a place in a block was."""
        for i in reversed(before):
            read = self._read.get((block.index, i))
            if read is not None and read.subjects:
                subject = read.subject
                return subject.id or subject.name.lower().replace(" ", "")
        return ""


_ONLY = 0.8
"""What is sure of the only name of a clause, where that is an index."""


def _only_index(block: BlockScene, at: int, possible: list[Candidate]) -> Candidate | None:
    """Return the index that is the only name of a clause before a place, None where none is."""
    start, _ = block.clause(at)
    named = {one.ids for one in block.names if start <= one.start < at and one.how != "word"}
    if len(named) != 1:
        return None
    ids = named.pop()
    if not ids or instruments.of_id(ids[0]).kind != "index":
        return None
    return next((one for one in possible if one.ids == ids), None)


def _is_far(one: Candidate, block: BlockScene) -> bool:
    """Say whether a candidate was last named before the block before, and in no heading."""
    return block.index - one.block > 1 and not one.places & {"title", "head", "headtext"}


def is_no_name(subject: Subject) -> bool:
    """Say whether a subject is a mere phrase before or after its number: "consumer confidence"."""
    return not subject.id and all(place.startswith("p:") for place in subject.why.split(","))
