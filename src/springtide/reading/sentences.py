"""Cutting a block into sentences and clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ABBREVIATIONS = (
    "Mr|Mrs|Ms|Dr|Prof|Inc|Corp|Co|Ltd|Plc|St|Jr|Sr|vs|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|"
    "Nov|Dec|U.S|U.K|U.N|a.m|p.m|e.g|i.e|approx|est|Vol|Sen|Gov|Gen"
)
_END = re.compile(
    r"[。！？；\n!?;.](?:"
    r"(?<=[。！？；\n])[。！？；\n]*[”\"」』）)]*"
    r"|(?<=[!?;])[!?;]*[\"')]*(?=\s|$)"
    r"|(?<=[a-z]{2}\.)(?=[A-Z][a-z])"
    r"|(?<=\.)[\"')”]*(?=\s+[\"'“(]?[A-Z\u4e00-\u9fff0-9$]|\s*$))"
)
"""The first character is looked for alone: all others are passed over in one go."""
_ABBREVIATED = re.compile(rf"(?:\b(?:{_ABBREVIATIONS})|\b[A-Z])$")


LONGEST = 600
"""Characters of a sentence that are looked at together; no person writes a longer one."""


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of a block; one that has no end is cut at a comma or space.

    Examples
    --------
    >>> text = "It rose 3.1% on Feb. 14. Mr. Wu sold."
    >>> [text[a:b] for a, b in sentences(text)]
    ['It rose 3.1% on Feb. 14.', 'Mr. Wu sold.']
    """
    spans = []
    start = 0
    for match in _END.finditer(text):
        if match.group().startswith(".") and _ABBREVIATED.search(
            text[max(0, match.start() - 12) : match.start()]
        ):
            continue
        spans.append((start, match.end()))
        start = match.end()
    spans.append((start, len(text)))
    pieces = [piece for a, b in spans for piece in _pieces(text, a, b)]
    return [_stripped(text, a, b) for a, b in pieces if text[a:b].strip()]


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        reach = start + LONGEST
        marks = (text.rfind(mark, start, reach) + len(mark) for mark in ("，", ", ", " "))
        cut = next((at for at in marks if at > start + LONGEST // 2), reach)
        yield start, cut
        start = cut
    yield start, end


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
