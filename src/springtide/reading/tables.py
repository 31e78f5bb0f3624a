"""Rows of a table as blocks: each cell with its place in the row, and the heading of its column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from springtide.reading.blocks import Block

_VALUE = re.compile(
    r"[-+±~≈<>≤≥(（]{0,2}(?:[A-Z]{0,3}[$€£¥])? ?[-+]?\d[\d,. ]*(?:%|x|pp|bps?|bn|[万亿]?[点元]?)[)）]?"
)
_YEAR = re.compile(r"(?:19|20)\d{2}|\d{1,2}[-/]\d{1,2}")


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, with the offset of each character, and of its beginning."""

    text: str
    at: Sequence[int]
    offset: int
    is_heading: bool = False
    columns: int = 1


@dataclass(slots=True)
class Table:
    """A table in the making: its rows, the last of which is open."""

    rows: list[list[Cell]] = field(default_factory=list)

    def blocks(self) -> list[Block]:
        """Return a block a row, in order."""
        return table_blocks(self.rows)


def table_blocks(rows: Sequence[Sequence[Cell]]) -> list[Block]:
    """Turn rows into blocks: those of headings first, the rest with the headings of their columns.

    Headings are the rows that the markup says are, with a row right below a title that stands alone;
    without any, the first row, where it holds no figures and the rest does.

    Examples
    --------
    >>> def cells(*words):
    ...     return [Cell(word, range(len(word)), 0) for word in words]
    >>> [row.headers for row in table_blocks([cells("Index", "Close"), cells("HSI", "21,814.37")])]
    [(), ('Index', 'Close')]
    """
    filled = [row for row in rows if any(cell.text for cell in row)]
    count = _headings(filled)
    width = max((_width(row) for row in filled), default=0)
    headers = _headers(filled[:count], width) if count else ()
    return [_row(row, headers if i >= count else ()) for i, row in enumerate(filled)]


def _headings(rows: Sequence[Sequence[Cell]]) -> int:
    """Return how many of the first rows are headings."""
    count = 0
    while count < len(rows) - 1 and all(cell.is_heading for cell in rows[count] if cell.text):
        count += 1
    alone = count == 1 and len([cell for cell in rows[0] if cell.text]) == 1 < _width(rows[1])
    if (count == 0 or alone) and len(rows) > count + 1:
        values = [_is_value(cell.text) for row in rows[count + 1 :] for cell in row]
        if not any(_is_value(cell.text) for cell in rows[count]) and any(values):
            filled = sum(bool(cell.text) for cell in rows[count])
            count += filled > 1
    return count


def _headers(rows: Sequence[Sequence[Cell]], width: int) -> tuple[str, ...]:
    """Return the heading of each column: those above each other joined."""
    columns: list[list[str]] = [[] for _ in range(width)]
    for row in rows:
        if width > 1 and row[0].text and sum(bool(cell.text) for cell in row) == 1:
            continue  # the title of the table
        place = 0
        for cell in row:
            for column in range(place, min(place + cell.columns, width)):
                if cell.text and cell.text not in columns[column]:
                    columns[column].append(cell.text)
            place += cell.columns
    return tuple(" ".join(words) for words in columns) if any(columns) else ()


def _row(row: Sequence[Cell], headers: tuple[str, ...]) -> Block:
    text = ""
    at: list[int] = []
    cells: list[tuple[int, int]] = []
    for i, cell in enumerate(row):
        if i:
            text += "，"
            at.append(cell.offset)
        cells.append((len(text), len(text) + len(cell.text)))
        cells += [(len(text) + len(cell.text),) * 2] * (cell.columns - 1)
        text += cell.text
        at.extend(cell.at)
    missing = len(headers) - len(cells)
    cells += [(len(text), len(text))] * missing
    return Block("row", text, at, headers=headers, cells=tuple(cells))


def _width(row: Sequence[Cell]) -> int:
    return sum(cell.columns for cell in row)


def _is_value(text: str) -> bool:
    """Say whether a cell holds a figure, and not words, a year or a day."""
    return bool(_VALUE.fullmatch(text)) and not _YEAR.fullmatch(text)
