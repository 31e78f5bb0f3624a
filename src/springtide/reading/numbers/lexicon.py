"""Words by class: what a cue may mean, in one place, each class with its reason.

A class is a set of words that speak for the same thing ("closing", "a rise", "revenue"); a word may
belong to several. The classes stand in ``data/*.toml``; all words of all classes are found in one
pass over a block. Words are written in Simplified Chinese (text is normalised before) and in lower
case; English ones are whole words, ``*`` at their end stands for any ending.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from springtide.language.scanning import lowered


class Hit(NamedTuple):
    """A word of the lexicon in a text, with the classes that it belongs to."""

    start: int
    end: int
    word: str
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """All words of the lexicon in one block, in order of their starts."""

    every: tuple[Hit, ...]
    starts: tuple[int, ...]

    def within(self, start: int, end: int) -> tuple[Hit, ...]:
        """Return the words that begin in a stretch and end in it."""
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end)
        return tuple(hit for hit in self.every[first:last] if hit.end <= end)


def scan(text: str, folder: str = "") -> Hits:
    """Find every word of the lexicon; of words that lie inside each other, the longest alone.

    Parameters
    ----------
    text
        Normalised text.
    folder
        A folder of ``data`` with classes of one step alone, which hide no other step's words; by
        default the classes that all share.

    Examples
    --------
    >>> [hit.word for hit in scan("恒指收市升1%").every if "rise" in hit.classes]
    ['升']
    """
    words = _words(folder)
    if words is None:
        return Hits((), ())
    low = lowered(text)
    kept: list[Hit] = []
    for last, (word, whole, stem, opens, closes) in words.iter(low):
        end = last + 1
        start = end - len(word)
        classes = whole
        if opens and start and (before := low[start - 1]).isascii() and before.isalnum():
            continue
        if closes and _is_letter(low, end):
            if not stem:
                continue
            classes = stem
            while _is_letter(low, end):
                end += 1
        while kept and kept[-1].start >= start and kept[-1].end <= end:
            inner = kept.pop()
            if (inner.start, inner.end) == (start, end):  # one word, written out and as a stem
                classes = tuple(dict.fromkeys((*inner.classes, *classes)))
        if kept and kept[-1].start <= start and kept[-1].end >= end:
            continue
        kept.append(Hit(start, end, word, classes))
    kept.sort(key=lambda hit: hit.start)
    return Hits(tuple(kept), tuple(hit.start for hit in kept))


def stands(text: str, folder: str) -> bool:
    """Say whether any word of a folder's classes stands in a text.

    Examples
    --------
    >>> stands("The index is overbought.", "phrases"), stands("All was calm.", "phrases")
    (True, False)
    """
    words = _words(folder)
    low = lowered(text)
    return words is not None and any(
        _is_whole(low, last, word, bool(stem)) for last, (word, _, stem, *_) in words.iter(low)
    )


def _is_whole(text: str, last: int, word: str, is_stem: bool) -> bool:
    """Say whether a word that ends at a place is one of the text, or begins one as a stem does."""
    start, end = last + 1 - len(word), last + 1
    if not word[0].isascii():
        return True
    if word[0].isalnum() and _is_letter(text, start - 1):
        return False
    return is_stem or not (word[-1].isalnum() and _is_letter(text, end))


def _is_letter(text: str, at: int) -> bool:
    """Say whether an ASCII letter or digit stands at a place."""
    return 0 <= at < len(text) and text[at].isascii() and text[at].isalnum()


@cache
def _words(folder: str) -> Any:
    """Build the automaton over all words, None where there are none."""
    import ahocorasick

    by_word: dict[str, tuple[list[str], list[str]]] = {}
    for file in sorted(
        (one for one in (files("springtide.reading.numbers") / "data" / folder).iterdir()),
        key=lambda one: one.name,
    ):
        if not file.name.endswith(".toml"):
            continue
        for name, row in tomllib.loads(file.read_text(encoding="utf-8")).items():
            for written in (*row.get("zh", ()), *row.get("en", ())):
                word = written.removesuffix("*").lower()
                whole, stem = by_word.setdefault(word, ([], []))
                for classes in (whole, stem) if written.endswith("*") else (whole,):
                    if name not in classes:
                        classes.append(name)
    automaton = ahocorasick.Automaton()
    for word, (whole, stem) in by_word.items():
        # Letters beside an English word make another one of it.
        english = word[0].isascii()
        opens, closes = english and word[0].isalnum(), english and word[-1].isalnum()
        automaton.add_word(word, (word, tuple(whole), tuple(stem), opens, closes))
    if not by_word:
        return None
    automaton.make_automaton()
    return automaton
