"""The text of an article as its reader sees it, cut where claims and numbers begin and end.

What a reader does not see (markup, front matter, addresses of links and pictures) is left out; what
is shown is the characters of the file, in the blocks in which they were read.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from springtide.checking.report.model import CheckReport
from springtide.checking.report.segments import segments
from springtide.language.script import normalise
from springtide.reading.blocks import Block


@dataclass(slots=True)
class Piece:
    """Characters that hang together and that the same claims and the same number cover.

    ``claims`` are positions in the list of verdicts; ``opens`` and ``closes`` are those whose first
    and last piece this is. ``number`` is the index of a number that is shown without a verdict, and
    ``begins`` says that its first piece is this.
    """

    text: str
    claims: tuple[int, ...] = ()
    number: int | None = None
    opens: list[int] = field(default_factory=list)
    closes: list[int] = field(default_factory=list)
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A block, or a cell of a row, with its pieces in order."""

    block: Block
    parts: tuple[tuple[Piece, ...], ...]

    @property
    def pieces(self) -> Iterator[Piece]:
        """All pieces of the block, cell after cell."""
        return (piece for part in self.parts for piece in part)


def shown(report: CheckReport, open_numbers: Sequence[int]) -> list[Shown]:
    """Return the blocks of a checked article with what covers their text.

    Parameters
    ----------
    report
        A check with its blocks.
    open_numbers
        Indices of the numbers to be marked without a verdict.
    """
    covers = _Covers(report, open_numbers)
    made = []
    for block in report.blocks:
        cells = block.cells or ((0, len(block.text)),)
        made.append(
            Shown(
                block,
                tuple(
                    tuple(
                        Piece(text, *covers.at(offset))
                        for text, offset in _runs(report.text, block, cell, covers)
                    )
                    for cell in cells
                ),
            )
        )
    _mark_ends(made)
    return made


class _Covers:
    """Which claims, and which number without a verdict, cover a place of the file."""

    def __init__(self, report: CheckReport, open_numbers: Sequence[int]) -> None:
        numbers = sorted((report.numbers[i].start, report.numbers[i].end, i) for i in open_numbers)
        cuts = [edge for start, end, _ in numbers for edge in (start, end)]
        self._segments = segments(len(report.text), report.verdicts, cuts)
        self._edges = [part.start for part in self._segments]
        self._numbers = numbers
        self._starts = [start for start, _, _ in numbers]

    def reach(self, offset: int) -> tuple[int, int]:
        """Return where the segment that an offset lies in begins, and where the next does."""
        i = bisect_right(self._edges, offset)
        return self._edges[i - 1], self._edges[i] if i < len(self._edges) else sys.maxsize

    def at(self, offset: int) -> tuple[tuple[int, ...], int | None]:
        """Return the claims and the number that cover an offset."""
        claims = self._segments[bisect_right(self._edges, offset) - 1].claims
        i = bisect_right(self._starts, offset) - 1
        inside = i >= 0 and offset < self._numbers[i][1]
        return claims, self._numbers[i][2] if inside else None


def _runs(
    source: str, block: Block, cell: tuple[int, int], covers: _Covers
) -> Iterator[tuple[str, int]]:
    """Yield the stretches of a cell that the same things cover, each with an offset inside it."""
    at, (i, end) = block.at, cell
    while i < end:
        offset = at[i]
        low, high = covers.reach(offset)
        after = i + 1
        while after < end and low <= at[after] < high:
            after += 1
        yield _printed(source, block.text[i:after], at[i:after]), offset
        i = after


def _printed(source: str, read: str, at: Sequence[int]) -> str:
    """Return characters as they stand in the file, but for those that markup stands for there."""
    printed = source[at[0] : at[-1] + 1]
    if printed == read:
        return read
    return "".join(
        source[offset] if source[offset] == one or normalise(source[offset]) == one else one
        for offset, one in zip(at, read, strict=True)
    )


_PICTURE = re.compile(r"!\[((?:[^\[\]\\]|\\.)+)\]\([^()\s]*(?:[^()]|\([^()]*\))*\)")


def captions(report: CheckReport) -> dict[int, list[str]]:
    """Return what stands for the pictures of a Markdown text, by the index of the block before it.

    Pictures are not read, nor the words that stand for them.
    """
    starts = [block.at[0] for block in report.blocks if len(block.at)]
    made: dict[int, list[str]] = {}
    for match in _PICTURE.finditer(report.text):
        made.setdefault(bisect_right(starts, match.start()) - 1, []).append(match[1].strip())
    return made


def _mark_ends(blocks: Sequence[Shown]) -> None:
    """Note at which piece each claim begins and ends."""
    first: dict[int, Piece] = {}
    last: dict[int, Piece] = {}
    numbers: set[int] = set()
    for block in blocks:
        for piece in block.pieces:
            piece.begins = piece.number is not None and piece.number not in numbers
            if piece.number is not None:
                numbers.add(piece.number)
            for claim in piece.claims:
                first.setdefault(claim, piece)
                last[claim] = piece
    for claim, piece in first.items():
        piece.opens.append(claim)
    for claim, piece in last.items():
        piece.closes.append(claim)
