"""Which blocks of a page are the article, told with trafilatura; the offsets stay those of the page.

A page holds more than its article: tickers, lists of what others read, comments. The library
trafilatura (A. Barbaresi, 2021, https://aclanthology.org/2021.acl-demo.15) extracts the main text; a
block is kept where its words are found there.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence

from springtide.language.script import normalise
from springtide.reading.blocks import Block

LEAST = 60
"""Characters below which a main text is none."""

LEAST_SHARE = 0.03
"""Share of the words of a page below which its main text is none."""

LONG = 24
"""Characters without spaces of a block that is found wherever it stands in the main text."""

NEAR = 400
"""Characters within which a shorter block must follow the one before."""

_GAPS = re.compile(r"[\W_]+")
_SHINGLE = 12


def article_part(blocks: Sequence[Block], page: str) -> tuple[list[Block], str]:
    """Keep the blocks of a page's article.

    Parameters
    ----------
    blocks
        Of the whole page.
    page
        The page as given.

    Returns
    -------
    blocks, note
        The blocks of the article; all, and a note that says so, where no main text was made out.
    """
    main = _GAPS.sub("", normalise(_main_text(page)))
    kept = _matching(blocks, main) if main else []
    size = sum(len(block.text) for block in kept if block.kind != "title")
    whole = sum(len(block.text) for block in blocks)
    if size < LEAST or size < LEAST_SHARE * whole:
        return list(
            blocks
        ), "the article could not be told from the rest of its page; all of it is read"
    return kept, ""


def _main_text(page: str) -> str:
    """Return the text that trafilatura takes for the article, "" where it takes none."""
    import trafilatura

    for name in ("trafilatura", "htmldate"):  # what they discard is no news to a reader
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        return trafilatura.extract(page, include_comments=False, include_tables=True) or ""
    except Exception:  # whatever a page does to its parser, our own blocks remain
        return ""


def _matching(blocks: Sequence[Block], main: str) -> list[Block]:
    """Return the blocks that stand in the main text, with captions and headings between them."""
    places: list[int | None] = []
    cursor = 0
    for block in blocks:
        place, after = _place(block, main, cursor)
        places.append(place)
        cursor = after
    inside = [i for i, place in enumerate(places) if place is not None]
    if not inside:
        return []
    return [
        block
        for i, block in enumerate(blocks)
        if places[i] is not None
        or block.kind == "title"
        or (block.kind == "caption" and inside[0] < i < inside[-1])
    ]


def _place(block: Block, main: str, cursor: int) -> tuple[int | None, int]:
    """Find where a block stands in the main text, and where to go on from."""
    words = _GAPS.sub("", block.text)
    if not words:
        return None, cursor
    place = main.find(words, cursor)
    if place >= 0 and (len(words) >= LONG or place <= cursor + NEAR):
        return place, place + len(words)
    if len(words) < LONG:
        return None, cursor
    place = main.find(words)
    if place >= 0:
        return place, cursor
    pieces = [words[i : i + _SHINGLE] for i in range(0, len(words) - _SHINGLE + 1, _SHINGLE)]
    hits = [place for piece in pieces if (place := main.find(piece, cursor)) >= 0]
    if len(hits) >= 0.7 * len(pieces):
        return hits[0], max(cursor, hits[-1])
    return None, cursor
