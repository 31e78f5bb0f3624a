"""Markdown as blocks: headings, paragraphs, items of lists, rows of tables, captions.

Follows CommonMark 0.31 (https://spec.commonmark.org/0.31.2/) and the tables and struck words of GitHub
(https://github.github.com/gfm/) where a reader of figures would notice, and is more lenient where
articles are: a line that ends a sentence ends its block, tables need no line of dashes, a short line in
bold is a heading, and indented text is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from springtide.reading.blocks import Block, BlockKind
from springtide.reading.fixed import fixed_width
from springtide.reading.pages import html_blocks
from springtide.reading.tables import Cell, table_blocks
from springtide.reading.visible import (
    BLOCK_TAGS,
    BOLD_LEVEL,
    DROPPED,
    Source,
    Text,
    headed,
    paragraphs,
    reads_as_heading,
)

_LINE = re.compile(
    rf"(?P<blank>[\s{DROPPED}]*(?:\n|\Z))"
    r"|(?P<fence>[ ]{0,3}(?:`{3,}|~{3,})(?P<info>[^`\n]*)(?:\n|\Z))"
    r"|(?P<atx>[ ]{0,3}(?P<hashes>\#{1,6})(?=[ \t\r\n]|\Z))"
    r"|(?P<rule>[ ]{0,3}(?P<sign>[-*_])(?:[ \t]*(?P=sign)){2,}[ \t\r]*(?:\n|\Z))"
    r"|(?P<item>[ \t]*(?:[-*+][ \t]+|[•●■◆▪○►➤▶]\s*|(?P<order>\d{1,3}[.)][ \t]+)))"
    r"|(?P<quote>[ ]{0,3}>[ ]?)"
    rf"|(?P<html>[ ]{{0,3}}</?(?:{BLOCK_TAGS})\b)",
    re.IGNORECASE,
)
_UNDERLINE = re.compile(r"[ ]{0,3}(?:=+|-{2,})[ \t\r]*(?:\n|\Z)")
_DASHES = re.compile(r"[ \t]*\|?[ \t]*:?-{1,}:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t\r]*(?:\n|\Z)")
_BAR = re.compile(r"(?<!\\)\|")
_CUT = re.compile(
    r"(?:(?<![ ])[ ]{2,}|\\|(?<=[。！？!?…：:；;.])[*_\"'”’」』》）)\] \x01]{0,6}"
    r"|(?<=[）》」』”])[* ]{0,4})\r?\n(?![a-z]|\d{0,2}[(（)）》])"
)
_BEFORE_A_CUT = frozenset(" \\*_\"'”’」』》）)]\x01\r")
"""Characters between the end of a sentence and that of its line."""
_AFTER_A_CUT = 5
"""Characters from the end of a line on that tell whether the next one begins anew."""
_OPENED = re.compile(r"[（(《][^）)》\n]{0,80}$")
_BOLD = re.compile(r"\s*(\*\*|__)(?=\S)([^*\n]{1,90})\1[：:]?\s*")
_IMAGE = re.compile(
    rf"[\s{DROPPED}]*(?:\[?!\[(?P<alt>[^\]\n]*)\]\([^)\n]*\)(?:\]\([^)\n]*\))?\s*)+"
)
_WORD = re.compile(r"[A-Za-z]{2,}|[\u4e00-\u9fff]{2}")
_CODE = re.compile(
    r"[{};]\s*$|=>|==|\w\(\)|^\s*(?:def|import|from|class|var|let|const|#include|\$) ", re.M
)
_TEXT = ("", "text", "txt", "plain", "plaintext")


def markdown_blocks(source: Source, begin: int = 0) -> list[Block]:
    r"""Return the blocks of a Markdown text from an offset on.

    Examples
    --------
    >>> from springtide.reading.visible import prepare
    >>> for block in markdown_blocks(prepare("# Close\n\n- **HSI** up 2%\n\n|a|b|\n|-|-|\n|1|2|")):
    ...     print(block.kind, block.level, block.text, block.headers)
    heading 1 Close ()
    item 1 HSI up 2% ()
    row 0 a，b ()
    row 0 1，2 ('a', 'b')
    """
    return list(_Markdown(source, begin).blocks())


class _Markdown:
    """Walks through the lines once, gathering those of one block."""

    def __init__(self, source: Source, begin: int) -> None:
        self.source = source
        self.raw = source.raw
        self.position = begin
        self.kind: BlockKind = "paragraph"
        self.level = 0
        self.ranges: list[tuple[int, int]] = []
        self.indents: list[int] = []
        self.alt = ""

    def blocks(self) -> Iterator[Block]:
        raw, end = self.raw, len(self.raw)
        while self.position < end:
            start = self.position
            match = _LINE.match(raw, start)
            kind = match.lastgroup if match else None
            if match is None or kind is None:
                yield from self._text(start)
                continue
            if kind == "blank":
                yield from self._flush()
                self.position = match.end()
            elif kind == "rule":
                underlined = self.ranges and self.kind == "paragraph" and "-" in match.group()
                yield from self._flush(heading=2 if underlined else 0)
                self.position = match.end()
            else:
                yield from self._marked(kind, match)
        yield from self._flush()

    def _marked(self, kind: str, match: re.Match[str]) -> Iterator[Block]:
        """Read a line that begins with a mark."""
        start, end = match.end(), self._line_end(match.end())
        if kind == "atx":
            yield from self._flush()
            self.indents.clear()
            closing = re.search(r"[ \t]+#+[ \t\r\n]*$", self.raw[start:end])
            stop = start + closing.start() if closing else end
            yield from self._leaf("heading", len(match["hashes"]), [(start, stop)])
            self.position = end
        elif kind == "fence":
            yield from self._flush()
            yield from self._fence(match)
        elif kind == "item":
            yield from self._flush()
            self.kind, self.level = "item", self._depth(match.group("item"))
            self.ranges.append((match.start("order") if match["order"] else start, end))
            self.position = end
        elif kind == "quote":
            self.ranges.append((start, end))
            self.position = end
            if self.raw[start:end].isspace():
                yield from self._flush()
        else:
            yield from self._flush()
            yield from self._html(match.start())

    def _text(self, start: int) -> Iterator[Block]:
        """Read a line without a mark: the heading above a line of dashes, a table, or more text."""
        end = self._line_end(start)
        following = _UNDERLINE.match(self.raw, end)
        if following and not self.ranges and end < len(self.raw) and self.raw[start:end].strip():
            self.indents.clear()
            self.alt = ""
            level = 1 if "=" in following.group() else 2
            yield from self._leaf("heading", level, [(start, end)])
            self.position = following.end()
            return
        if "|" in self.raw[start:end] and self._is_table(start, end):
            yield from self._flush()
            yield from self._table(start)
            return
        if not self.ranges:
            indent = len(self.raw[start:end]) - len(self.raw[start:end].lstrip(" \t"))
            if self.indents and indent >= 2:
                self.kind, self.level = "item", len(self.indents)
            else:
                self.indents.clear()
                self.kind, self.level = "paragraph", 0
        if self.ranges and self.ranges[-1][1] == start:
            start = self.ranges.pop()[0]
        self.ranges.append((start, end))
        self.position = end

    def _flush(self, heading: int = 0) -> Iterator[Block]:
        """End the block that is being gathered."""
        if not self.ranges:
            return
        ranges, self.ranges = self.ranges, []
        kind, level = self.kind, self.level
        self.kind, self.level = "paragraph", 0
        if heading:
            yield from self._leaf("heading", heading, ranges)
            return
        start, end = ranges[0][0], ranges[-1][1]
        if kind == "paragraph" and (image := _IMAGE.fullmatch(self.raw, start, end)):
            self.alt = _compact(self.source.plain[slice(*image.span("alt"))])
            return
        blocks = self._leaf(kind, level, ranges)
        if kind == "paragraph" and len(blocks) == 1:
            blocks = [self._named(blocks[0], self.raw[start:end])]
        self.alt = ""
        yield from blocks

    def _named(self, block: Block, written: str) -> Block:
        """Tell a caption and a heading in bold from a paragraph."""
        if self.alt and self.alt == _compact(block.text):
            return Block("caption", block.text, block.at)
        bold = _BOLD.fullmatch(written)
        if (
            bold is not None
            and "](" not in written
            and reads_as_heading(block.text.rstrip("：:？?"))
        ):
            return Block("heading", block.text, block.at, BOLD_LEVEL)
        return block

    def _leaf(self, kind: BlockKind, level: int, ranges: list[tuple[int, int]]) -> list[Block]:
        """Make the blocks of a stretch of lines, cut where a line ends a sentence or says so."""
        blocks: list[Block] = []
        text = Text(self.source)
        for start, end in ranges:
            position = start
            for cut in self._cuts(start, end):
                if cut.end() == end and (start, end) == ranges[-1]:
                    break
                if _is_open(self.raw[position : cut.start()]):
                    continue
                text.markdown(position, cut.start())
                text.keep(cut.start(), cut.end() - 1)
                blocks += paragraphs(text, kind, level)
                position = cut.end()
            text.markdown(position, end)
        return headed(blocks + paragraphs(text, kind, level))

    def _cuts(self, start: int, end: int) -> Iterator[re.Match[str]]:
        """Yield where a line ends that ends a sentence or says so."""
        raw = self.raw
        at = raw.find("\n", start, end)
        while at >= 0:
            begin = at
            while begin > start and raw[begin - 1] in _BEFORE_A_CUT:
                begin -= 1
            cut = _CUT.search(raw, begin, min(end, at + _AFTER_A_CUT))
            if cut is not None and cut.end() == at + 1:
                yield cut
            at = raw.find("\n", at + 1, end)

    def _depth(self, mark: str) -> int:
        indent = len(mark) - len(mark.lstrip(" \t"))
        while self.indents and self.indents[-1] > indent:
            self.indents.pop()
        if not self.indents or indent > self.indents[-1] + 1:
            self.indents.append(indent)
        return len(self.indents)

    def _fence(self, match: re.Match[str]) -> Iterator[Block]:
        """Read what is fenced where it is text of fixed width; code is left out."""
        fence = match.group().strip(" ")[:3]
        closing = re.compile(rf"^[ ]{{0,3}}{fence}[{fence[0]}]*[ \t\r]*$", re.M).search(
            self.raw, match.end()
        )
        start, end = match.end(), closing.start() if closing else len(self.raw)
        self.position = self._line_end(closing.end()) if closing else end
        held = self.raw[start:end]
        if match["info"].strip().lower() in _TEXT and _is_text(held):
            yield from fixed_width(self.source, start, end)

    def _html(self, start: int) -> Iterator[Block]:
        """Read HTML up to the next empty line; a table or a list up to its end."""
        end = re.compile(rf"\n[ \t\r{DROPPED}]*(?:\n|\Z)|\Z").search(self.raw, start)
        stop = end.end() if end else len(self.raw)
        opened = re.compile(r"[ ]*<(table|ul|ol|dl|figure)\b", re.I).match(self.raw, start)
        if opened is not None:
            closed = re.compile(rf"</{opened.group(1)}\s*>", re.I).search(self.raw, start)
            stop = max(stop, closed.end()) if closed else stop
        yield from html_blocks(self.source, start, stop)
        self.position = stop

    def _is_table(self, start: int, end: int) -> bool:
        following = self.raw[end : self._line_end(end)]
        if "|" in following and _DASHES.fullmatch(following):
            return True
        if (
            "-" in following
            and _DASHES.fullmatch(following)
            and self.raw[start:end].lstrip()[0] == "|"
        ):
            return True
        return all(
            line.strip().startswith("|") and line.strip().endswith("|")
            for line in (self.raw[start:end], following)
        )

    def _table(self, start: int) -> Iterator[Block]:
        """Read lines with bars up to one without."""
        rows: list[list[Cell]] = []
        dashes = False
        while start < len(self.raw):
            end = self._line_end(start)
            line = self.raw[start:end]
            if _DASHES.fullmatch(line) and rows:
                dashes = dashes or len(rows) == 1
            elif "|" in line:
                rows.append(self._row(start, end))
            else:
                break
            start = end
        self.position = start
        if dashes:
            first = [Cell(c.text, c.at, c.offset, True) for c in rows[0]]
            if any(cell.text for cell in first):
                rows[0] = first
        yield from table_blocks(rows)

    def _row(self, start: int, end: int) -> list[Cell]:
        line = self.raw[start:end]
        inner = line.strip(" \t\r\n")
        first = start + line.index(inner)
        last = first + len(inner)
        bars = [match.start() for match in _BAR.finditer(self.raw, first, last)]
        edges = [*([first - 1] if not bars or bars[0] != first else []), *bars]
        edges += [last] if not bars or bars[-1] != last - 1 or len(bars) == 1 else []
        cells = []
        for left, right in pairwise(edges):
            text = Text(self.source)
            text.markdown(left + 1, right)
            cells.append(Cell(*text.take(), max(left, first)))
        return cells

    def _line_end(self, start: int) -> int:
        end = self.raw.find("\n", start)
        return len(self.raw) if end < 0 else end + 1


def _is_open(line: str) -> bool:
    """Say whether a bracket of a line is not closed yet: its sentence goes on."""
    return _OPENED.search(line) is not None


def _is_text(held: str) -> bool:
    """Say whether what a fence holds reads as text or a table, and not as code."""
    return _CODE.search(held) is None and any(
        len(_WORD.findall(line)) >= 3 for line in held.splitlines()
    )


def _compact(text: str) -> str:
    return re.sub(r"\W+", "", text)
