"""Words without which a regular expression cannot match: looked for before it is tried.

Of hundreds of patterns a sentence can match a few. What every match must hold is read off the
parsed expression, so that one pass of an automaton over the sentence tells which are worth a try.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from springtide.errors import SpringtideError
from springtide.files import write_files
from springtide.settings import cache_folder


class Screen:
    """Which of several sets of words have a word in a text: one pass finds all.

    A set without words is always among them: nothing is known to be required.

    Parameters
    ----------
    words
        The sets, each by its number.

    Examples
    --------
    >>> screen = Screen({1: {"bull", "bear"}, 2: {"high"}, 3: set()})
    >>> screen.passed("a bear market"), screen.passed("all was calm")
    ({1, 3}, {3})
    """

    def __init__(self, words: Mapping[int, Collection[str]]) -> None:
        import ahocorasick

        numbers: dict[str, list[int]] = {}
        for number, those in words.items():
            for word in those:
                numbers.setdefault(word, []).append(number)
        self._always = frozenset(number for number, those in words.items() if not those)
        self._automaton = ahocorasick.Automaton()
        for word, ours in numbers.items():
            self._automaton.add_word(word, tuple(ours))
        self._automaton.make_automaton()
        self._is_empty = not numbers

    def passed(self, text: str) -> set[int]:
        """Return the numbers of the sets that may have a word in a text of lower case."""
        made = set(self._always)
        if not self._is_empty:
            for _, numbers in self._automaton.iter(text):
                made.update(numbers)
        return made


_MOST = 64
"""A pattern with more alternatives than this is as quick to try."""


class Screened:
    """An expression that is tried only where a word stands that each of its matches holds.

    Examples
    --------
    >>> finder = Screened("hedge fund|(?:bull|bear) market")
    >>> finder.search("a BEAR market", "a bear market") is None  # case counts, as it was written
    True
    >>> finder.search("a bear market", "a bear market").group()
    'bear market'
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._pattern, self._flags = pattern, flags

    @cached_property
    def _words(self) -> tuple[str, ...]:
        return tuple(required_words(self._pattern)) or ("",)

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        return re.compile(self._pattern, self._flags)

    def search(
        self, text: str, low: str, start: int = 0, end: int = sys.maxsize
    ) -> re.Match[str] | None:
        """Return the first match in a stretch; ``low`` is the text in lower case."""
        for word in self._words:
            if low.find(word, start, end) >= 0:
                return self._regex.search(text, start, end)
        return None

    def finditer(
        self, text: str, low: str, start: int = 0, end: int = sys.maxsize
    ) -> Iterator[re.Match[str]]:
        """Return the matches in a stretch in order; ``low`` is the text in lower case."""
        for word in self._words:
            if low.find(word, start, end) >= 0:
                return self._regex.finditer(text, start, end)
        return iter(())


def required_words(pattern: str) -> frozenset[str]:
    r"""Return words in lower case of which each match holds at least one; none where none is sure.

    Parameters
    ----------
    pattern
        A regular expression, matched with or without regard to case. Private characters (U+E000 to
        U+F8FF) stand for anything and are no words.

    Examples
    --------
    >>> sorted(required_words(r"\b(?:bull|bear) market")), sorted(required_words("超[买卖]"))
    ([' market'], ['超'])
    >>> sorted(required_words(r"(?:new )?(?:high|low)")), sorted(required_words(r"high|\d+"))
    (['high', 'low'], [])
    """
    import re._parser as parser  # type: ignore[import-not-found]

    try:
        parsed = parser.parse(pattern)
    except re.error:
        return frozenset()
    return frozenset(_of_sequence(parsed) or ())


def required_of(patterns: Sequence[str]) -> list[frozenset[str]]:
    """Return the required words of many patterns, kept on disk between runs.

    To take hundreds apart is a tenth of a short command. The file is named by the patterns and by
    this module, so that neither can change without another file.

    Examples
    --------
    >>> [sorted(words) for words in required_of(["high|low", "[0-9]+"])]
    [['high', 'low'], []]
    """
    import json
    from hashlib import sha256

    own = Path(__file__).read_bytes()
    name = sha256(b"\0".join([own, *(pattern.encode() for pattern in patterns)])).hexdigest()[:32]
    path = cache_folder() / "expressions" / f"{name}.json"
    try:
        return [frozenset(words) for words in json.loads(path.read_text(encoding="utf-8"))]
    except (OSError, ValueError):
        made = [required_words(pattern) for pattern in patterns]
    with suppress(SpringtideError):  # a cache that cannot be written is no error
        write_files(path.parent, {path.name: json.dumps([sorted(words) for words in made])})
    return made


def _of_sequence(parts: Iterable[Any]) -> set[str] | None:
    """Return the best of what the parts of a sequence require: the rarest words, the longest."""
    options: list[set[str]] = []
    run = ""
    for operation, argument in parts:
        name = str(operation)
        letter = chr(argument).lower() if name == "LITERAL" else ""
        if len(letter) == 1 and not "\ue000" <= letter <= "\uf8ff":
            run += letter
            continue
        if run:
            options.append({run})
            run = ""
        words = _of_part(name, argument)
        if words:
            options.append(words)
    if run:
        options.append({run})
    kept = [words for words in options if len(words) <= _MOST]
    return max(kept, key=lambda words: (min(map(_weight, words)), -len(words)), default=None)


def _of_part(name: str, argument: Any) -> set[str] | None:
    """Return what one part requires, None where it can match without any word."""
    if name == "SUBPATTERN":
        return _of_sequence(argument[3])
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _of_sequence(argument[2]) if argument[0] >= 1 else None
    if name == "BRANCH":
        branches = [_of_sequence(branch) for branch in argument[1]]
        if any(branch is None for branch in branches):
            return None
        return set().union(*(branch for branch in branches if branch is not None))
    if name == "IN" and all(str(kind) == "LITERAL" for kind, _ in argument):
        letters = {chr(code).lower() for _, code in argument}
        plain = all(len(one) == 1 and not "\ue000" <= one <= "\uf8ff" for one in letters)
        return letters if plain else None
    return None


def _weight(word: str) -> int:
    """Return how rare a word may be: a Chinese character says as much as three letters."""
    return sum(1 if letter.isascii() else 3 for letter in word)
