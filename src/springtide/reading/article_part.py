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

LEAST_SHARE = 0.25
"""Share of what our own rules keep of a page below which the text extracted is not its article."""

SIZES = ("20", "250")
"""Characters that trafilatura wants of an article: few first, as news in Chinese is short."""

LONG = 24
"""Characters without spaces of a block that is found wherever it stands in the main text."""

NEAR = 400
"""Characters within which a shorter block must follow the one before."""

_GAPS = re.compile(r"[\W_]+")
_SHINGLE = 12
_SENTENCE_ENDS = tuple('.。!！?？"”」')


def article_part(
    blocks: Sequence[Block], beside: Sequence[bool], page: str
) -> tuple[list[Block], str]:
    """Keep the blocks of a page's article.

    Parameters
    ----------
    blocks
        Of the whole page.
    beside
        Of each block whether its own markup says that it stands beside the article.
    page
        The page as given.

    Returns
    -------
    blocks, note
        The blocks of the article; where no main text was made out, all that do not say that they
        stand beside it, and a note that says so.
    """
    own = [block for block, is_beside in zip(blocks, beside, strict=True) if not is_beside]
    own = own if any(block.kind != "title" for block in own) else list(blocks)
    for size in SIZES:
        main = _GAPS.sub("", normalise(_main_text(page, size)))
        kept = _matching(own, main) if main else []
        if kept and _size(kept) >= LEAST_SHARE * _size(own):
            return kept, ""
    return own, "the article could not be told from the rest of its page; more may be read"


def _size(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks if block.kind != "title")


def _main_text(page: str, size: str) -> str:
    """Return the text that trafilatura takes for the article, "" where it takes none."""
    import trafilatura
    from trafilatura.settings import use_config

    for name in ("trafilatura", "htmldate"):  # what they discard is no news to a reader
        logging.getLogger(name).setLevel(logging.CRITICAL)
    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", size)
    config.set("DEFAULT", "MIN_OUTPUT_SIZE", "1")
    try:
        text = trafilatura.extract(page, include_comments=False, include_tables=True, config=config)
    except Exception:  # whatever a page does to its parser, our own blocks remain
        return ""
    return text or ""


def _matching(blocks: Sequence[Block], main: str) -> list[Block]:
    """Return the blocks that stand in the main text, with what belongs to them in between.

    The library leaves out some tables, captions and short paragraphs. Between the headline and the
    last words that it keeps, they are the article's.
    """
    places: list[int | None] = []
    cursor = 0
    for block in blocks:
        place, cursor = _place(block, main, cursor)
        places.append(place)
    kept = [i for i, place in enumerate(places) if place is not None]
    if not kept:
        return []
    titles = [i for i, block in enumerate(blocks) if block.kind == "title"]
    first = min(kept[0], *titles) if titles else kept[0]
    return [
        block
        for i, block in enumerate(blocks)
        if places[i] is not None
        or block.kind == "title"
        or (first < i < kept[-1] and _belongs(block))
    ]


def _belongs(block: Block) -> bool:
    """Say whether a block between others of an article is its own, and no byline or button."""
    if block.kind in ("caption", "row"):
        return True
    return block.kind == "paragraph" and block.text.endswith(_SENTENCE_ENDS)


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
