"""Text of fixed width, as wires send it: lines that hang together, and tables set with spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from springtide.reading.blocks import Block
from springtide.reading.tables import Cell, table_blocks
from springtide.reading.visible import Source, Text, paragraphs

_COLUMN = re.compile(r"\S+(?: \S+)*")
_RULE = re.compile(r"[-=_|+\s]*")
COLUMNS = 3
"""Parts of a line, set apart by two spaces or more, that make it a row."""


def fixed_width(source: Source, start: int, end: int) -> Iterator[Block]:
    r"""Yield the blocks of text of fixed width.

    Examples
    --------
    >>> from springtide.reading.visible import prepare
    >>> text = "Shares end higher\n\nIndex     Last    1d\nS&P 500   6051   0.2%\n"
    >>> [(block.kind, block.headers) for block in fixed_width(prepare(text), 0, len(text))]
    [('paragraph', ()), ('row', ()), ('row', ('Index', 'Last', '1d'))]
    """
    rows: list[list[Cell]] = []
    heading: list[Cell] = []
    text = Text(source)
    while start < end:
        stop = source.raw.find("\n", start, end) + 1 or end
        line = source.raw[start:stop]
        parts = list(_COLUMN.finditer(line))
        if rows and parts and _RULE.fullmatch(line):
            start = stop  # the line under the headings
            continue
        if len(parts) >= COLUMNS and not _RULE.fullmatch(line):
            yield from paragraphs(text, "paragraph")
            rows.append([_cell(source, start + part.start(), start + part.end()) for part in parts])
        else:
            blocks, heading = _rows(rows, heading)
            yield from blocks
            rows = []
            if _RULE.fullmatch(line):
                yield from paragraphs(text, "paragraph")
            else:
                text.html(start, stop)
        start = stop
    yield from _rows(rows, heading)[0]
    yield from paragraphs(text, "paragraph")


def _cell(source: Source, start: int, end: int) -> Cell:
    text = Text(source)
    text.html(start, end)
    return Cell(*text.take(), start)


def _rows(rows: list[list[Cell]], before: list[Cell]) -> tuple[list[Block], list[Cell]]:
    """Make blocks of rows, and return the row of headings that what follows may be under as well.

    A row of headings lacks the one of the first column where it is short. A table that a line of
    words parts ("Index components") goes on under the headings ``before``.
    """
    if not rows:
        return [], before
    if len(rows) > 1 and len(rows[0]) == len(rows[1]) - 1:
        rows[0].insert(0, Cell("", (), rows[0][0].offset))
    blocks = table_blocks(rows)
    if blocks[-1].headers:
        return blocks, rows[0]
    if before and len(before) == len(rows[0]):
        under = table_blocks([before, *rows])
        return (under[1:], before) if under[-1].headers else (blocks, [])
    return blocks, []
