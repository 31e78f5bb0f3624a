"""Words: every sentence and label that a person reads, by language, in catalogues.

A message is a key and the typed values that it is given; it becomes words only when a language is
named. What it says knows where its figures stand, so that nobody has to search a sentence for the
number that was printed in it.
"""

from __future__ import annotations

from dataclasses import dataclass

from springtide.language.messages.catalogue import LANGUAGES, MessageError, add_folder, pattern_of
from springtide.language.messages.resolve import Placed, Said, resolve
from springtide.language.messages.values import (
    Day,
    Duration,
    Level,
    Listed,
    Name,
    Number,
    Percent,
    Value,
    When,
)
from springtide.language.types import Language

__all__ = [
    "LANGUAGES",
    "Day",
    "Duration",
    "Level",
    "Listed",
    "Message",
    "MessageError",
    "Name",
    "Number",
    "Percent",
    "Placed",
    "Said",
    "Value",
    "When",
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
    values: tuple[tuple[str, Value], ...] = ()

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

    def part(self, attribute: str, language: Language) -> str:
        """Return an attribute of the message, such as the verb of a predicate, "" without it."""
        key = f"{self.key}.{attribute}"
        if pattern_of(key, language) is None:
            return ""
        return resolve(key, language, dict(self.values)).text


def message(key: str, /, **values: Value) -> Message:
    """Return a message with its values.

    Examples
    --------
    >>> told = message("missing.none-on", field=message("missing.close"), subject="HSI",
    ...                day="2025-02-13")
    >>> told.text("en")
    'no close of HSI on 2025-02-13'
    """
    return Message(key, tuple(values.items()))


def say(key: str, language: Language, /, **values: Value) -> str:
    """Return what a message says in a language.

    Raises
    ------
    MessageError
        The language has no such message, or a value that it needs is not given.
    """
    return resolve(key, language, values).text
