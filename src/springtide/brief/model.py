"""What a brief is before anybody renders it: sections of sentences of claims, and charts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from springtide.brief.plot import Plot
from springtide.claims.model import Claim, Measurement
from springtide.language.types import Colours, Language
from springtide.outlook.model import Outlook

Side = Literal["", "for", "against"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim of ours with its measurement."""

    claim: Claim
    measurement: Measurement


@dataclass(frozen=True, slots=True)
class Figure:
    """A stretch of a sentence, and the position of the statement whose figure it prints."""

    start: int
    end: int
    statement: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in each language of the brief, and the claims it makes, in reading order.

    ``figures`` says where each language prints them, in the order of its text: a statement that
    prints no number has none. ``side`` is said of what speaks for a rally or against it.
    """

    text: Mapping[Language, str]
    statements: tuple[Statement, ...]
    figures: Mapping[Language, tuple[Figure, ...]] = field(default_factory=dict)
    side: Side = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure to be seen at a glance, and what it is of; its statement where it is a claim."""

    figure: Mapping[Language, str]
    caption: Mapping[Language, str]
    statement: Statement | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A plot for each language, with what it shows in words (alt text)."""

    key: str
    title: Mapping[Language, str]
    alt: Mapping[Language, str]
    plot: Mapping[Language, Plot]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its sentences and charts; ``missing`` says what could not be measured.

    ``tiles`` say at a glance what the sentences without a side say: a page shows either.
    """

    key: str
    heading: Mapping[Language, str]
    sentences: tuple[Sentence, ...]
    charts: tuple[Chart, ...] = ()
    missing: Mapping[Language, tuple[str, ...]] | None = None
    tiles: tuple[Tile, ...] = ()

    @property
    def text(self) -> tuple[Sentence, ...]:
        """The sentences of its paragraph: those without a side."""
        return tuple(one for one in self.sentences if not one.side)


@dataclass(frozen=True, slots=True)
class Brief:
    """The whole answer for one instrument as of one date, in the languages asked for.

    ``versions`` are the lake tables' versions that were read, so that the brief can be made again
    exactly. ``outlook`` is what the section of that name says, None where none could be made;
    ``colours`` how rises and falls are coloured, None for as each language has it.
    """

    subject: str
    as_of: date
    languages: tuple[Language, ...]
    title: Mapping[Language, str]
    sections: tuple[Section, ...]
    versions: tuple[tuple[str, int], ...]
    software: str
    outlook: Outlook | None = None
    colours: Colours | None = None
