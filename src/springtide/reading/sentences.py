"""Cutting a block into sentences and clauses."""

from __future__ import annotations

import re

_ABBREVIATIONS = (
    "Mr|Mrs|Ms|Dr|Prof|Inc|Corp|Co|Ltd|Plc|St|Jr|Sr|vs|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|"
    "Nov|Dec|U.S|U.K|U.N|a.m|p.m|e.g|i.e|approx|est|Vol|Sen|Gov|Gen"
)
_END = re.compile(
    r"[。！？；\n]+[”\"」』）)]*"
    r"|[!?;]+[\"')]*(?=\s|$)"
    r"|(?<=[a-z]{2})\.(?=[A-Z][a-z])"
    r"|\.[\"')”]*(?=\s+[\"'“(]?[A-Z\u4e00-\u9fff0-9$]|\s*$)"
)
_ABBREVIATED = re.compile(rf"(?:\b(?:{_ABBREVIATIONS})|\b[A-Z])$")


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of a block.

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
    return [_stripped(text, a, b) for a, b in spans if text[a:b].strip()]


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
