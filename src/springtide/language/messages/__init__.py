"""Words: every sentence and label that a person reads, by language, in catalogues.

A message is a key and the typed values that it is given; it becomes words only when a language is
named. What it says knows where its figures stand, so that nobody has to search a sentence for the
number that was printed in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from springtide.language.messages.catalogue import LANGUAGES, MessageError, add_folder, pattern_of
from springtide.language.messages.resolve import Placed, Said, resolve
from springtide.language.messages.values import (
    Change,
    Day,
    Duration,
    Given,
    Level,
    Listed,
    Name,
    Number,
    Percent,
    When,
)
from springtide.language.types import Language

__all__ = [
    "LANGUAGES",
    "Change",
    "Day",
    "Duration",
    "Given",
    "Level",
    "Listed",
    "Message",
    "MessageError",
    "Name",
    "Number",
    "Percent",
    "Placed",
    "Said",
    "Texts",
    "When",
    "Words",
    "Written",
    "add_folder",
    "message",
    "say",
]


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be said, in no language yet.

    Attributes
    ----------
    key
        Catalogue and identifier, such as ``brief.title``.
    values
        By name, as the message uses them.
    """

    key: str
    values: tuple[tuple[str, Given], ...] = ()

    def said(self, language: Language) -> Said:
        """Return what it says in a language, with the places of its figures.

        Raises
        ------
        MessageError
            The language has no such message, or a value that it needs is not given.
        """
        return resolve(self.key, language, dict(self.values))

    def text(self, language: Language) -> str:
        """Return what it says in a language."""
        return self.said(language).text

    def verb(self, language: Language) -> str:
        """Return the verb that a predicate begins with (its attribute ``verb``), "" without one."""
        key = f"{self.key}.verb"
        if pattern_of(key, language) is None:
            return ""
        return resolve(key, language, dict(self.values)).text

    def joint(self, language: Language) -> str:
        """Return what joins it to the predicate before it without a verb, "" for nothing special.

        Examples
        --------
        >>> message("metrics.volatility-said", value=Percent(32, 2), window=20).joint("en")
        ', with '
        """
        key = f"{self.key}.joint"
        if pattern_of(key, language) is None:
            return ""
        return resolve(key, language, dict(self.values)).text

    def predicate(self, language: Language, after: str = "") -> Said:
        """Return a predicate with its verb, or without where the one ``after`` is the same.

        Examples
        --------
        >>> closed = message("metrics.close_level-said", value=Level(5048.62, "points"))
        >>> closed.predicate("en")
        Said(text='closed at 5,048.62', figures=(Placed(start=10, end=18, name='value'),))
        >>> closed.predicate("en", after="closed").text
        'at 5,048.62'
        """
        said, verb = self.said(language), self.verb(language)
        return Said(f"{verb} ").then(said) if verb and verb != after else said


@dataclass(frozen=True, slots=True)
class Written:
    """What a message said, by language, where only its words are left: read from a file, say."""

    texts: tuple[tuple[Language, str], ...]

    def text(self, language: Language) -> str:
        """Return what it said in a language, in the first where it has not that one."""
        return dict(self.texts).get(language, self.texts[0][1])

    def write(self, language: Language) -> str:
        """Return what it said, as a value of another message."""
        return self.text(language)


Words = Message | Written
"""What can be said in every language."""


class Texts(Mapping[Language, str]):
    """What one message without values says, by language, each written when it is asked for.

    Examples
    --------
    >>> Texts("metrics.rsi")["en"], list(Texts("metrics.rsi"))
    ('Relative strength index', ['en', 'zh-cn', 'zh-hk'])
    """

    def __init__(self, key: str) -> None:
        self.key = key

    def __getitem__(self, language: Language) -> str:
        return say(self.key, language)

    def __iter__(self) -> Iterator[Language]:
        return iter(LANGUAGES)

    def __len__(self) -> int:
        return len(LANGUAGES)


def message(key: str, /, **values: Given) -> Message:
    """Return a message with its values.

    Examples
    --------
    >>> told = message("missing.no-bars", subject="HSI")
    >>> told.text("en"), told.text("zh-hk")
    ('no bars of HSI', '沒有HSI的行情')
    """
    return Message(key, tuple(values.items()))


def say(key: str, language: Language, /, **values: Given) -> str:
    """Return what a message says in a language.

    Raises
    ------
    MessageError
        The language has no such message, or a value that it needs is not given.
    """
    return resolve(key, language, values).text
