"""From a file as given to blocks of visible text, every character with its offset in the file.

Markdown with Hugo or Jekyll front matter, HTML and plain text are read alike: what a reader would
not see (markup, link targets, scripts, code, pictures) is left out, nothing is ever run or fetched.
"""

from __future__ import annotations

from collections.abc import Sequence

from springtide.language.script import detect_language
from springtide.reading.article_part import article_part
from springtide.reading.blocks import Article, Block, BlockKind
from springtide.reading.encodings import LARGEST, decode, load_text
from springtide.reading.front_matter import read_front_matter
from springtide.reading.markup import markdown_blocks
from springtide.reading.page_day import page_day
from springtide.reading.pages import is_page, page_blocks, title_block
from springtide.reading.stamps import Stamp, dateline, page_stamp, read_stamp
from springtide.reading.visible import Source, prepare

__all__ = [
    "LARGEST",
    "Article",
    "Block",
    "BlockKind",
    "decode",
    "load_text",
    "read_document",
    "read_stamp",
]

_SAMPLE = 4000
"""Characters that the language is told by."""


def read_document(source: str) -> Article:
    r"""Split a text as given into visible blocks with offsets.

    Parameters
    ----------
    source
        Markdown with or without front matter, HTML or plain text.

    Examples
    --------
    >>> article = read_document("---\ntitle: 'Up 3%'\ndate: 2025-02-13\n---\nThe index **rose**.")
    >>> [(block.kind, block.text) for block in article.blocks]
    [('title', 'Up 3%'), ('paragraph', 'The index rose.')]
    >>> article.source[article.blocks[1].at[0]:][:9]
    'The index'
    """
    front = read_front_matter(source)
    stamp = front.stamp
    notes = list(front.notes)
    prepared = prepare(source, front.end)
    if is_page(source, front.end):
        whole, beside = _page(prepared, front.end)
        blocks, note = article_part(whole, beside, source)
        notes += [note] if note else []
        stamp = stamp or page_stamp(source) or dateline([*front.blocks, *_from_title(whole)])
        if stamp is None:
            stamp, more = page_day(source)
            notes += more
    else:
        blocks = _titled(markdown_blocks(prepared, front.end), front.blocks)
        stamp = stamp or _fragment_stamp(source) or dateline([*front.blocks, *blocks])
    blocks = [*front.blocks, *blocks]
    return Article(
        source=source,
        language=detect_language(_sample(source, blocks)),
        published=stamp[0] if stamp else None,
        has_time=stamp[1] if stamp else False,
        blocks=tuple(blocks),
        notes=tuple(notes),
        url=front.url,
        author=front.author,
    )


def _titled(blocks: list[Block], front: Sequence[Block]) -> list[Block]:
    """Make a title of a highest heading that a text begins with, where front matter gives none."""
    first = blocks[0] if blocks else None
    if first is None or (first.kind, first.level) != ("heading", 1) or front:
        return blocks
    return [Block("title", first.text, first.at), *blocks[1:]]


def _page(source: Source, begin: int) -> tuple[list[Block], list[bool]]:
    """Return the blocks of an HTML page, and of each whether it stands beside the article.

    The first headline, or else the page's title, is the title.
    """
    blocks, beside = page_blocks(source, begin, len(source.raw))
    for i, block in enumerate(blocks):
        if block.kind == "heading" and block.level == 1:
            blocks[i] = Block("title", block.text, block.at)
            return blocks, beside
    title = title_block(source, begin)
    return ([title, *blocks], [False, *beside]) if title else (blocks, beside)


def _from_title(blocks: list[Block]) -> list[Block]:
    """Return the blocks from the title on: a day near it is that of the article."""
    first = next((i for i, block in enumerate(blocks) if block.kind == "title"), 0)
    return blocks[first:]


def _fragment_stamp(source: str) -> Stamp | None:
    return page_stamp(source) if "<" in source else None


def _sample(source: str, blocks: list[Block]) -> str:
    """Return the first characters as given: their script is what tells the language."""
    parts: list[str] = []
    size = 0
    for block in blocks:
        parts.append(source[block.at[0] : block.at[-1] + 1])
        size += len(parts[-1])
        if size >= _SAMPLE:
            break
    return "".join(parts)[:_SAMPLE]
