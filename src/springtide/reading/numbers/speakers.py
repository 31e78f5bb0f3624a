"""Who says a number: the person or house that its sentence quotes, "" for the author."""

from __future__ import annotations

from springtide.reading.attribution import People, speaker
from springtide.reading.document import Article
from springtide.reading.houses import house
from springtide.reading.numbers.scene import BlockScene

_GOES_ON = ("；", ";")


class Speakers:
    """Walks through an article and remembers whom it has named; a speaker outlives no block."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._people = People()
        self._block = -1
        self._sentence = -1
        self._who = ""

    def of(self, block: BlockScene, start: int, end: int) -> str:
        """Return who a sentence quotes, in the script of the article; ask in the order of the text."""
        if (block.index, start) == (self._block, self._sentence):
            return self._who
        if block.index != self._block:
            self._people.last = ""
            self._block = block.index
        self._sentence = start
        self._who = self._named(block, start, block.text[start:end])
        return self._who

    def of_view(self, block: BlockScene, start: int, end: int, at: int) -> str:
        """Return whose a target or a rating is: who is quoted, else the house named last before it."""
        who = self.of(block, start, end)
        if who:
            return who
        for low, high in ((start, at), (at, end), (0, start)):
            span = house(block.text[low:high])
            if span is not None:
                return self._people.name(self._written(block, low, span))
        return ""

    def _named(self, block: BlockScene, start: int, sentence: str) -> str:
        who = speaker(sentence)
        if who is None:
            if not self._people.last:
                return ""
            before = block.text[:start]
            inside = before.rstrip().endswith(_GOES_ON) or _is_quoted(before)
            return self._people.last if inside else ""
        if who.person is None:
            return self._people.last
        spans = (who.person, who.house, who.latin)
        return self._people.name(*(self._written(block, start, span) for span in spans))

    def _written(self, block: BlockScene, offset: int, span: tuple[int, int] | None) -> str:
        if span is None:
            return ""
        at = block.block.at[offset + span[0] : offset + span[1]]
        return "".join(self._article.source[i] for i in at)


def _is_quoted(before: str) -> bool:
    """Say whether a quotation that began before is still open."""
    opened, closed = sum(map(before.count, "“「『")), sum(map(before.count, "”」』"))
    if opened > closed:
        return True
    return opened == closed == 0 and before.count('"') % 2 == 1
