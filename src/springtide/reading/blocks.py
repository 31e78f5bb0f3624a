"""What an article is made of once it is read: blocks of visible text with their offsets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from springtide.language.types import Language

BlockKind = Literal["title", "summary", "heading", "paragraph", "item", "row", "caption"]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of visible text that hangs together, normalised.

    Attributes
    ----------
    kind
        ``title`` and ``summary`` of the article, ``heading``, ``paragraph``, ``item`` of a list,
        ``row`` of a table, ``caption`` of a picture or a table.
    text
        The words. Cells of a row are set apart by "，".
    at
        ``at[i]`` is the offset in the file of the character that gave ``text[i]``.
    level
        Of a heading, 1 the highest; depth of an item, 1 the outermost; else 0.
    headers
        Of a row: the heading of each column, "" for a column that has none. Empty for a row of
        headings itself, and in a table without one.
    cells
        Of a row: where each cell stands in ``text``, one a column; an empty cell is ``(i, i)``.
    """

    kind: BlockKind
    text: str
    at: Sequence[int]
    level: int = 0
    headers: tuple[str, ...] = ()
    cells: tuple[tuple[int, int], ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the file of ``text[start:end]``."""
        return self.at[start], self.at[end - 1] + 1


@dataclass(frozen=True, slots=True)
class Article:
    """An article as given, its language, its time stamp, and its visible blocks.

    Attributes
    ----------
    source
        The text as given; all offsets point into it.
    language
        Of its visible text.
    published
        When it was published, None where it does not say so.
    has_time
        Whether ``published`` has a time of day.
    blocks
        What a reader sees, in the order of the text.
    notes
        What could not be read, for the reader of a report.
    url, author
        As its front matter states them, "" where it does not.
    """

    source: str
    language: Language
    published: datetime | None
    has_time: bool
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()
    url: str = ""
    author: str = ""

    @property
    def zone_known(self) -> bool:
        """Say whether the time of publication states its zone; ``published`` is then in UTC.

        Without one the clock may be that of any place, and the day may be that before or after.
        """
        return self.published is not None and self.published.tzinfo is not None
