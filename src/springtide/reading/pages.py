"""HTML as blocks: what a browser would show, in the order of the page, with offsets into it.

The tags are walked through once; nothing is built, run or fetched. Elements that hold no words of an
article (navigation, footers) and hidden ones are left out.
"""

from __future__ import annotations

import re
from collections import Counter

from springtide.language.scanning import expression
from springtide.reading.blocks import Block, BlockKind
from springtide.reading.tables import Cell, Table
from springtide.reading.visible import (
    BLOCK_TAGS,
    BOLD_LEVEL,
    Source,
    Text,
    paragraphs,
    reads_as_heading,
)

LONG_CELL = 300
"""Characters of a cell from which on a table lays out a page and holds no data."""

_TAG = expression(
    r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)"
    r"(?P<given>(?:[^<>\"']|\"[^\"]{0,4000}\"|'[^']{0,4000}')*+)>|<[!?][^<>]{0,500}>"
)
_BLOCK = frozenset(BLOCK_TAGS.replace("h[1-6]", "h1|h2|h3|h4|h5|h6").split("|"))
_LEFT_OUT = frozenset(("head", "nav", "footer", "menu", "dialog"))
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
_HIDDEN = expression(
    r"(?<![\w-])(?:hidden(?![\w-])|aria-hidden\s*=\s*[\"']?true|style\s*=\s*[\"'][^\"']*(?:display\s*:\s*none"
    r"|visibility\s*:\s*hidden))",
    re.IGNORECASE,
)
# What the names of elements say that stand beside an article, in the words of page builders. Some
# words say so anywhere in a name, others (a share price, a ranking) only where the name goes no further.
_ASIDE = expression(
    r"(?:class|id|role)\s*=\s*[\"']?[^\"'>]*(?<![a-z])(?:"
    r"(?:side-?bar|tickers?|marquee|most-?(?:read|viewed|popular)|hot-?(?:list|news|articles?|topics?)"
    r"|related|recommend(?:ed|ation)?s?|comments?|disqus|breadcrumbs?|crumbs?|nav(?:bar|igation)?"
    r"|promo|advert(?:isement)?s?|ads?|newsletter|subscribe|pop-?up|toolbar|pagination|footer"
    r"|trending|complementary|(?:read|see)-?(?:more|also))(?![a-z])"
    r"|(?:share|social|latest|ranking?|banner|login|copyright|quotes?|top-?bar|pager)"
    r"(?:[-_]?(?:bar|board|box|buttons?|links?|list|news|widget|tools?|articles?|posts?))?(?=[\s\"'>]|$))",
    re.IGNORECASE,
)
_AROUND = frozenset(["div", "section", "ul", "ol", "aside", "table", "header", "p", "dl"])
LARGEST_ASIDE = 0.4
"""Share of the words of a page above which what is named so is not beside the article."""
_SPAN = re.compile(r"colspan\s*=\s*[\"']?(\d{1,2})", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^<>]*>([^<]{1,1000})", re.IGNORECASE)
_SPACE = re.compile(r"\s{2,}|[\n\r\t\f]")


def is_page(text: str, begin: int = 0) -> bool:
    """Say whether a text is an HTML page and not Markdown with some HTML in it.

    Examples
    --------
    >>> is_page("<!DOCTYPE html><p>Up 3%</p>"), is_page("<p>Up 3%</p>")
    (True, False)
    """
    return _PAGE.search(text, begin, begin + 3000) is not None


def html_blocks(source: Source, start: int, end: int) -> list[Block]:
    """Return the blocks of HTML between two offsets.

    Examples
    --------
    >>> from springtide.reading.visible import prepare
    >>> page = "<h2>Close</h2><ul><li>HSI<li>up</ul><table><tr><th>a<th>b<tr><td>1<td>2</table>"
    >>> for block in html_blocks(prepare(page), 0, len(page)):
    ...     print(block.kind, block.level, block.text, block.headers)
    heading 2 Close ()
    item 1 HSI ()
    item 1 up ()
    row 0 a，b ()
    row 0 1，2 ('a', 'b')
    """
    walker = _Walker(source)
    walker.walk(start, end)
    return walker.blocks


def page_blocks(source: Source, start: int, end: int) -> tuple[list[Block], list[bool]]:
    """Return the blocks of a page, and of each whether it stands beside the article.

    So do elements that are named so (sidebars, tickers, lists of what is read most, comments),
    blocks that are all link, and what comes before the headline.

    Examples
    --------
    >>> from springtide.reading.visible import prepare
    >>> page = "<div class='ticker'>HSI +2%</div><h1>Calm</h1><p>Up 3%</p><p><a href=x>More</a></p>"
    >>> page_blocks(prepare(page), 0, len(page))[1]
    [True, False, False, True]
    """
    walker = _Walker(source)
    walker.walk(start, end)
    blocks, groups = walker.blocks, walker.groups
    sizes: Counter[int] = Counter()
    for block, group in zip(blocks, groups, strict=True):
        sizes[group] += len(block.text)
    large = {group for group in sizes if sizes[group] > LARGEST_ASIDE * sizes.total()}
    beside = [group != _WITHIN and group not in large for group in groups]
    headline = next((i for i, b in enumerate(blocks) if (b.kind, b.level) == ("heading", 1)), 0)
    before = sum(len(block.text) for block in blocks[:headline])
    if before < LARGEST_ASIDE * sizes.total():
        beside[:headline] = [True] * headline
    return blocks, beside


_WITHIN, _LINKED = 0, -1


class _Walker:
    """Walks through the tags of a page, gathering the words of one block at a time."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = Text(source)
        self.blocks: list[Block] = []
        self.groups: list[int] = []
        self.kind: BlockKind = "paragraph"
        self.level = 0
        self.depth = 0
        self.tables: list[Table] = []
        self.cell: tuple[int, bool, int] | None = None
        self.skipped = ("", 0)
        self.bold = self.link = 0
        self.is_plain = self.is_unlinked = False
        self.aside = ("", 0)
        self.asides = 0

    def walk(self, start: int, end: int) -> None:
        position = start
        for match in _TAG.finditer(self.source.raw, start, end):
            name = (match["name"] or "").lower()
            if self.skipped[1]:
                self._skip(name, match)
            else:
                self._words(position, match.start())
                if name:
                    self._tag(name, bool(match["end"]), match)
            position = match.end()
        if not self.skipped[1]:
            self._words(position, end)
        while self.tables:
            self._end_table()
        self._flush()

    def _words(self, start: int, end: int) -> None:
        """Add words, and note whether any of the block are not in bold, or no link."""
        self.text.html(start, end)
        if start < end and not self.source.raw[start:end].isspace():
            self.is_plain |= not self.bold
            self.is_unlinked |= not self.link

    def _skip(self, name: str, match: re.Match[str]) -> None:
        """Count elements of one name inside one that is left out, up to its end."""
        left, depth = self.skipped
        if left == "head" and name == "body":  # its end may be left out
            self.skipped = ("", 0)
        elif name == left:
            self.skipped = (left, depth + (-1 if match["end"] else 1))

    def _tag(self, name: str, ends: bool, match: re.Match[str]) -> None:
        given = match["given"] or ""
        if name in _AROUND:
            self._set_aside(name, ends, given)
        if (
            not ends
            and name not in _VOID
            and (name in _LEFT_OUT or (given and _HIDDEN.search(given)))
        ):
            self._flush()
            self.skipped = (name, 1)
        elif name in ("table", "tr", "td", "th"):
            self._table_tag(name, ends, match)
        elif name in ("b", "strong"):
            self.bold = max(0, self.bold + (-1 if ends else 1))
        elif name == "a":
            self.link = 0 if ends else 1
        elif name in ("sup", "sub"):  # what is raised is no digit of what it stands beside
            self.text.put(" ", match.start())
        elif name not in _BLOCK:
            return
        elif self.tables and self.cell is not None:
            self.text.put(" ", match.start())
        elif name in ("ul", "ol"):
            self._flush()
            self.depth = max(0, self.depth + (-1 if ends else 1))
            self._become("paragraph")
        elif name == "br":
            self._flush(stays=True)
        else:
            self._flush()
            if ends:
                inside = self.kind != "item" or name == "li"
                self._become("paragraph") if inside else None
            else:
                self._open(name)

    def _set_aside(self, name: str, ends: bool, given: str) -> None:
        """Keep count of the elements inside one that stands beside the article, up to its end."""
        outer, depth = self.aside
        if depth and name == outer:
            if depth == 1 and ends:
                self._flush()
            self.aside = (outer, depth + (-1 if ends else 1))
        elif not depth and not ends and (name == "aside" or (given and _ASIDE.search(given))):
            self._flush()
            self.asides += 1
            self.aside = (name, 1)

    def _add(self, blocks: list[Block]) -> None:
        self.blocks += blocks
        group = self.asides if self.aside[1] else _WITHIN if self.is_unlinked else _LINKED
        self.groups += [group] * len(blocks)

    def _open(self, name: str) -> None:
        if name in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self._become("heading", int(name[1]))
        elif name == "li":
            self._become("item", max(1, self.depth))
        elif name in ("figcaption", "caption"):
            self._become("caption")
        elif self.kind != "item":
            self._become("paragraph")

    def _become(self, kind: BlockKind, level: int = 0) -> None:
        self.kind, self.level = kind, level

    def _flush(self, stays: bool = False) -> None:
        """End the block that is being gathered; in a cell its words go on."""
        if self.cell is not None:
            return
        blocks = [_collapsed(block) for block in paragraphs(self.text, self.kind, self.level)]
        if not self.is_plain and self.kind == "paragraph" and len(blocks) == 1:
            (block,) = blocks
            if reads_as_heading(block.text):
                blocks = [Block("heading", block.text, block.at, BOLD_LEVEL)]
        self._add(blocks)
        self.is_plain = self.is_unlinked = False
        if self.kind in ("heading", "caption") and not stays:
            self._become("paragraph")

    def _table_tag(self, name: str, ends: bool, match: re.Match[str]) -> None:
        self._end_cell()
        if name == "table":
            if ends:
                if self.tables:
                    self._end_table()
                return
            self._flush()
            if self.tables:  # a table inside one that lays out the page
                self._end_table()
            self._become("paragraph")
            self.tables.append(Table())
        elif not self.tables or ends:
            return
        elif name == "tr":
            self.tables[-1].rows.append([])
        else:
            self._flush()
            if not self.tables[-1].rows:
                self.tables[-1].rows.append([])
            span = _SPAN.search(match["given"] or "")
            self.cell = (match.start(), name == "th", max(1, int(span[1])) if span else 1)

    def _end_cell(self) -> None:
        if self.cell is None:
            return
        offset, is_heading, columns = self.cell
        self.cell = None
        words, at = self.text.take()
        block = _collapsed(Block("paragraph", words, at))
        self.tables[-1].rows[-1].append(Cell(block.text, block.at, offset, is_heading, columns))

    def _end_table(self) -> None:
        """Make the rows of a table blocks; a table that lays out a page gives paragraphs."""
        self._end_cell()
        self._flush()
        self.is_unlinked = True
        table = self.tables.pop()
        cells = [cell for row in table.rows for cell in row if cell.text]
        if any(len(cell.text) > LONG_CELL for cell in cells) or all(len(r) < 2 for r in table.rows):
            self._add([Block("paragraph", cell.text, cell.at) for cell in cells])
        else:
            self._add(table.blocks())


def _collapsed(block: Block) -> Block:
    """Make one space of several, as a browser does."""
    if _SPACE.search(block.text) is None:
        return block
    kept = [
        i
        for i, character in enumerate(block.text)
        if not (character.isspace() and i and block.text[i - 1].isspace())
    ]
    text = "".join(" " if block.text[i].isspace() else block.text[i] for i in kept)
    return Block(block.kind, text, [block.at[i] for i in kept], block.level)


def title_block(source: Source, begin: int) -> Block | None:
    """Return the words of a page's ``<title>`` as a block, None where it has none."""
    match = _TITLE.search(source.raw, begin)
    if match is None:
        return None
    text = Text(source)
    text.html(*match.span(1))
    words, at = text.take()
    return _collapsed(Block("title", words, at)) if words else None
