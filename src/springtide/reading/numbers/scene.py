"""An article laid out for reading: each block with its sentences, clauses, numbers, names and words.

Everything that more than one step needs is found once a block; nothing is decided here.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter, itemgetter
from typing import Protocol, TypeVar

from springtide.language.dates import find_dates, find_parts
from springtide.language.periods import find_periods
from springtide.language.types import DateMention, PartMention, PeriodMention
from springtide.reading.document import Article, Block
from springtide.reading.moment import Clock
from springtide.reading.numbers.lexicon import Hit, Hits, scan, stands
from springtide.reading.numbers.mentions import NumberMention, find_numbers
from springtide.reading.numbers.names import Name, find_names
from springtide.reading.numbers.scopes import Scope, in_scope
from springtide.reading.sentences import sentences

_CLAUSE_END = re.compile("[，；。：！？!?;\\n,:](?:(?<![,:])|(?<=[,:]) )")


Around = tuple[int, int, int, str, Hit]
"""Side (-1 left, 1 right), which one from the number, characters between, place, word."""


class Placed(Protocol):
    """What stands somewhere in a block."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


_AnyPlaced = TypeVar("_AnyPlaced", bound=Placed)
_end_of = itemgetter(1)
_start_of_one, _end_of_one = attrgetter("start"), attrgetter("end")


def starting(places: Sequence[_AnyPlaced], start: int, end: int) -> Sequence[_AnyPlaced]:
    """Return those of some places, in the order of the text, that begin in a stretch of it."""
    first = bisect_left(places, start, key=_start_of_one)
    return places[first : bisect_left(places, end, first, key=_start_of_one)]


def overlapping(places: Sequence[_AnyPlaced], start: int, end: int) -> Sequence[_AnyPlaced]:
    """Return those of some places, in order and apart, that share characters with a stretch."""
    first = bisect_right(places, start, key=_end_of_one)
    return places[first : bisect_left(places, end, first, key=_start_of_one)]


@dataclass(frozen=True, slots=True)
class BlockScene:
    """One block and what stands in it; all offsets are into ``text``.

    ``worded`` says that words stand in it without which no metric's own phrase can. ``around`` keeps
    the words around each number once they were asked for.
    """

    block: Block
    index: int
    text: str
    sentences: tuple[tuple[int, int], ...]
    cuts: tuple[int, ...]
    numbers: tuple[NumberMention, ...]
    names: tuple[Name, ...]
    dates: tuple[DateMention, ...]
    periods: tuple[PeriodMention, ...]
    parts: tuple[PartMention, ...]
    hits: Hits
    worded: bool = False
    around: dict[int, list[Around]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _sentences: dict[int, tuple[int, int]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _clauses: dict[int, tuple[int, int]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def sentence(self, at: int) -> tuple[int, int]:
        """Return the sentence that a place lies in."""
        sentence = self._sentences.get(at)
        if sentence is None:
            i = bisect_right(self.sentences, at, key=_end_of)
            whole = 0, len(self.text)
            sentence = self.sentences[i] if i < len(self.sentences) else whole
            self._sentences[at] = sentence
        return sentence

    def clause(self, at: int) -> tuple[int, int]:
        """Return the clause (between commas and stronger marks) that a place lies in."""
        clause = self._clauses.get(at)
        if clause is None:
            start, end = self.sentence(at)
            i = bisect_right(self.cuts, at)
            before = self.cuts[i - 1] if i else 0
            after = self.cuts[i] if i < len(self.cuts) else len(self.text)
            clause = self._clauses[at] = max(start, before), min(end, after)
        return clause


@dataclass(frozen=True, slots=True)
class Scene:
    """An article laid out: its clock and its blocks in order."""

    article: Article
    clock: Clock
    blocks: tuple[BlockScene, ...]


def lay_out(article: Article, as_of: date | None = None) -> Scene:
    """Lay out an article; ``as_of`` is its day where its own stamp does not count."""
    clock = Clock.of_article(article, as_of)
    chinese = article.language != "en"
    names = find_names([block.text for block in article.blocks], clock.day, chinese)
    scope = Scope.of_article(article)
    blocks = tuple(
        _block(block, i, clock.day, names[i], scope) for i, block in enumerate(article.blocks)
    )
    return Scene(article, clock, blocks)


def _block(
    block: Block, index: int, day: date, names: tuple[Name, ...], scope: Scope
) -> BlockScene:
    text = block.text
    numbers = in_scope(find_numbers(text, day), scope, block)
    worded = stands(text, "phrases")
    if not (numbers or worded):
        whole = ((0, len(text)),)
        return BlockScene(block, index, text, whole, (), (), names, (), (), (), scan(text))
    inside = [(one.start, one.end) for one in numbers]
    cuts = tuple(
        match.end() for match in _CLAUSE_END.finditer(text) if not _is_inside(inside, match.start())
    )
    return BlockScene(
        block=block,
        index=index,
        text=text,
        sentences=tuple(_parted(block, text)),
        cuts=cuts,
        numbers=numbers,
        names=names,
        dates=tuple(find_dates(text, day)),
        periods=tuple(find_periods(text, day)),
        parts=tuple(find_parts(text)),
        hits=scan(text),
        worded=worded,
    )


_PART = re.compile(r"(?<=[\u4e00-\u9fff%]) (?=[\u4e00-\u9fff])")


_HEADLINE = 60


def _parted(block: Block, text: str) -> list[tuple[int, int]]:
    """Return the sentences of a block; a Chinese headline sets its parts apart by spaces."""
    whole = sentences(text)
    if block.kind != "title" and (len(text) > _HEADLINE or text.endswith(("。", "！", "？"))):
        return whole
    made = []
    for start, end in whole:
        cuts = [match.end() for match in _PART.finditer(text, start, end)]
        made += list(zip([start, *cuts], [*cuts, end], strict=True))
    return made


def _is_inside(spans: list[tuple[int, int]], at: int) -> bool:
    i = bisect_right(spans, (at, 1 << 30)) - 1
    return i >= 0 and spans[i][0] < at < spans[i][1]


def as_written(scene: Scene, block: BlockScene, start: int, end: int) -> str:
    """Return words of a block as the article has them, without markup inside."""
    source = scene.article.source
    first, last = block.block.span(start, end)
    if last - first <= end - start + 4:
        return source[first:last]
    return "".join(source[at] for at in block.block.at[start:end])
