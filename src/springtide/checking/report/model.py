"""What a check of an article is before anybody renders it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from springtide.claims.model import Label, Verdict
from springtide.language.types import Language
from springtide.reading.blocks import Block
from springtide.reading.numbers.frame import NumberReading
from springtide.reading.numbers.weighing import Option


@dataclass(frozen=True, slots=True)
class CheckReport:
    """An article as given, and what the data say of each of its claims.

    Attributes
    ----------
    source
        Name of the file that was checked.
    text
        Its text as given; the claims' offsets point into it.
    as_of
        The date that the article speaks of, None where it is not known.
    language
        Language of the report's own words.
    verdicts
        In the order of the text.
    versions
        Versions of the lake's tables that were read.
    software
        What checked it, with its version.
    title, author, published, url
        Of the article, where they are known.
    numbers, claim_of
        Every number of the text as read, and for each the index of its verdict, None where no
        metric measures it.
    weighings
        For each number what was weighed, empty where nobody asked why it was read so.
    notes
        What of the article could not be read, for the reader of the report.
    blocks
        What a reader sees of the text, in its order; empty where that is not known.
    """

    source: str
    text: str
    as_of: date | None
    language: Language
    verdicts: tuple[Verdict, ...]
    versions: tuple[tuple[str, int], ...] = ()
    software: str = ""
    title: str = ""
    author: str = ""
    published: date | None = None
    url: str = ""
    notes: tuple[str, ...] = ()
    numbers: tuple[NumberReading, ...] = ()
    claim_of: tuple[int | None, ...] = ()
    weighings: tuple[tuple[Option, ...], ...] = ()
    blocks: tuple[Block, ...] = ()

    def count(self, label: Label) -> int:
        """Return how many claims have this verdict."""
        return sum(verdict.label == label for verdict in self.verdicts)
