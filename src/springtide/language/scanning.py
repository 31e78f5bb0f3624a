"""Fast search: a pattern is tried only near the short words that all its matches hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from itertools import product
from typing import Any, cast


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern on its first use."""
    return re.compile(pattern)


class _Later:
    """An expression that compiles when one of its methods is first asked for."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        method = getattr(re.compile(self._pattern, self._flags), name)
        self.__dict__[name] = method  # the next time it is found without coming here
        return method


def expression(pattern: str, flags: int = 0) -> re.Pattern[str]:
    r"""Return an expression that compiles on its first use: large ones that many texts do without.

    Examples
    --------
    >>> expression(r"\d+").findall("5 and 10")
    ['5', '10']
    """
    return cast("re.Pattern[str]", _Later(pattern, flags))


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
    screen
        Expression that is quicker to look for and stands wherever an anchor does. By default the
        words of the anchor, where it is nothing but words.

    Examples
    --------
    >>> finder = Anchored("year", r"\b(?:this|last) year\b", 8, 4)
    >>> [m.group() for m in finder.finditer("up this year, down last year")]
    ['this year', 'last year']
    """

    def __init__(
        self, anchor: str, pattern: str, before: int, after: int, screen: str = ""
    ) -> None:
        self._anchor_text, self._pattern_text = anchor, pattern
        self._before, self._after = before, after
        self._screen = screen or anchor

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Words of which one stands wherever an anchor does, none where the screen is no words."""
        return plain_words(self._screen)

    @cached_property
    def _search(self) -> Callable[[str], re.Match[str] | None]:
        return compiled(self._screen).search

    @cached_property
    def _screening(self) -> Any:
        return _automaton(self.words)

    @cached_property
    def _finding(self) -> Any:
        return _automaton(plain_words(self._anchor_text))

    @cached_property
    def _anchor(self) -> re.Pattern[str]:
        return re.compile(self._anchor_text)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self._pattern_text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return the matches in a text in order."""
        # In most texts no anchor stands, and no generator is set up.
        if self._screening is not None:
            stands = next(self._screening.iter(text), None) is not None
            return self._near_anchors(text) if stands else iter(())
        if self.words:
            for word in self.words:
                if word in text:
                    return self._near_anchors(text)
            return iter(())
        return iter(()) if self._search(text) is None else self._near_anchors(text)

    def _near_anchors(self, text: str) -> Iterator[re.Match[str]]:
        for start, end in self._regions(text):
            yield from self._pattern.finditer(text, start, end)

    def _regions(self, text: str) -> Iterator[tuple[int, int]]:
        """Return the stretches to search, joined where they touch."""
        start = end = -1
        for first, last in self._anchors(text):
            low = first - self._before
            if end < 0:
                start = max(0, low)
            elif low > end:
                yield start, end
                start = low
            end = last + self._after
        if end >= 0:
            yield start, end

    def _anchors(self, text: str) -> Iterator[tuple[int, int]]:
        if self._finding is None:
            return (hit.span() for hit in self._anchor.finditer(text))
        return ((last + 1 - size, last + 1) for last, size in self._finding.iter(text))


_MANY = 16
"""So many words are quicker to find by an automaton."""


def _automaton(words: Sequence[str]) -> Any:
    """Return what finds all words at once, None where they are few."""
    if len(words) < _MANY:
        return None
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for word in words:
        automaton.add_word(word, len(word))
    automaton.make_automaton()
    return automaton


class Finders:
    """Several patterns with anchors, of which those are tried whose anchors stand in a text.

    One pass over the text tells which.

    Examples
    --------
    >>> finders = Finders([Anchored("year", "this year", 8, 4), Anchored("week", "a week", 8, 4)])
    >>> finders.standing("a week ago")
    [1]
    """

    def __init__(self, finders: Sequence[Anchored]) -> None:
        self._finders = finders

    @cached_property
    def _screen(self) -> tuple[list[int], Any]:
        """Return which patterns are always tried, and the automaton of the words of the others."""
        import ahocorasick

        always: list[int] = []
        numbers: dict[str, list[int]] = {}
        for number, finder in enumerate(self._finders):
            words = finder.words
            always += [] if words else [number]
            for word in words:
                numbers.setdefault(word, []).append(number)
        automaton = ahocorasick.Automaton()
        for word, ours in numbers.items():
            automaton.add_word(word, tuple(ours))
        automaton.make_automaton()
        return always, automaton

    def standing(self, text: str) -> list[int]:
        """Return the numbers of the patterns that may match in a text, in order."""
        always, automaton = self._screen
        made = set(always)
        for _, numbers in automaton.iter(text):
            made.update(numbers)
        return sorted(made)


_PLAIN = re.compile(r"(?:[^\\\[\](){}.*+?^$|]|\[[^\\\]^-]+\])+")


def plain_words(pattern: str) -> tuple[str, ...]:
    """Return the words that an expression is an alternation of, none where it is more than that.

    Examples
    --------
    >>> plain_words("week|hal[fv]|[日号]"), plain_words("week|day?")
    (('week', 'half', 'halv', '日', '号'), ())
    """
    words: list[str] = []
    for branch in pattern.split("|"):
        if _PLAIN.fullmatch(branch) is None:
            return ()
        letters = re.findall(r"\[([^\]]+)\]|(.)", branch)
        words += map("".join, product(*(several or one for several, one in letters)))
    return tuple(words)


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
