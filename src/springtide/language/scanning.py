"""Fast search: a pattern is tried only near the short words that all its matches hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property, lru_cache


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern on its first use."""
    return re.compile(pattern)


class Anchored:
    r"""A pattern with an anchor: words or characters that every match holds or stands beside.

    Looking for the anchor is cheap; the pattern itself runs only from ``before`` characters before
    an anchor to ``after`` characters behind it. Both compile on first use.

    Parameters
    ----------
    anchor
        Regular expression of the anchor.
    pattern
        Regular expression of what is looked for.
    before, after
        How far a match, with what it looks at around itself, may reach from the anchor.

    Examples
    --------
    >>> finder = Anchored("year", r"\b(?:this|last) year\b", 8, 4)
    >>> [m.group() for m in finder.finditer("up this year, down last year")]
    ['this year', 'last year']
    """

    def __init__(self, anchor: str, pattern: str, before: int, after: int) -> None:
        self._anchor_text, self._pattern_text = anchor, pattern
        self._before, self._after = before, after

    @cached_property
    def _anchor(self) -> re.Pattern[str]:
        return re.compile(self._anchor_text)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self._pattern_text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return the matches in a text in order."""
        if self._anchor.search(text) is None:  # as in most texts: no generator is set up for it
            return iter(())
        return self._near_anchors(text)

    def _near_anchors(self, text: str) -> Iterator[re.Match[str]]:
        for start, end in self._regions(text):
            yield from self._pattern.finditer(text, start, end)

    def _regions(self, text: str) -> Iterator[tuple[int, int]]:
        """Return the stretches to search, joined where they touch."""
        start = end = -1
        for hit in self._anchor.finditer(text):
            low = hit.start() - self._before
            if end < 0:
                start = max(0, low)
            elif low > end:
                yield start, end
                start = low
            end = hit.end() + self._after
        if end >= 0:
            yield start, end


@lru_cache(maxsize=4)
def lowered(text: str) -> str:
    """Return the text in lower case, character for character.

    The last few texts are remembered: several readers ask for the same one.

    Examples
    --------
    >>> lowered("Up THIS year, İstanbul")
    'up this year, İstanbul'
    """
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def words_pattern(words: Iterable[str]) -> str:
    """Return a pattern of the words, grouped by first character, longest first.

    Examples
    --------
    >>> words_pattern(["two", "ten", "one", "tenth"])
    '(?:o(?:ne)|t(?:enth|en|wo))'
    """
    groups: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda w: (-len(w), w)):
        groups.setdefault(word[0], []).append(re.escape(word[1:]))
    branches = (f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in sorted(groups.items()))
    return f"(?:{'|'.join(branches)})"
