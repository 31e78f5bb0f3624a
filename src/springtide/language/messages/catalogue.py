"""The catalogues: what stands in the files of a language, read when it is first asked for.

A catalogue is a file in the Fluent syntax (https://projectfluent.org), one for each room that
speaks, in a folder for each language; one may be cut in several, as ``metrics.rallies.ftl`` and
``metrics.records.ftl`` are both of ``metrics``. A message is named by its catalogue and its
identifier: ``brief.title`` is the message ``title`` of ``brief.ftl``; ``metrics.rsi.definition`` is
the attribute ``definition`` of the message ``rsi``. Only the entries that are asked for are parsed:
a command pays for the words it prints.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from springtide.language.types import Language

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from fluent.syntax import ast

LANGUAGES: tuple[Language, ...] = get_args(Language)

_FOLDERS: list[Traversable] = [Path(__file__).parent]
_ENTRY = re.compile(r"^(?=-?[A-Za-z])", re.MULTILINE)
_ATTRIBUTE = re.compile(r"\n +\.(?=[A-Za-z][\w-]* *=)")
_VALUE = re.compile(r"\{ \$([A-Za-z][\w-]*) \}")
_NAME = re.compile(r"-?[A-Za-z][\w-]*")


class MessageError(LookupError):
    """A message that is not there, that is not Fluent, or that was given other values."""


def add_folder(folder: Traversable) -> None:
    """Have messages looked for in one more folder: that of a package with metrics of its own.

    Parameters
    ----------
    folder
        It holds a folder a language, with catalogues in them.
    """
    if folder not in _FOLDERS:
        _FOLDERS.append(folder)
        forget()


def forget() -> None:
    """Have every catalogue read anew."""
    for known in (entries, parsed, simple):
        known.cache_clear()


def catalogues(language: Language) -> tuple[str, ...]:
    """Return the names of a language's catalogues, in order."""
    return tuple(sorted({file.name.partition(".")[0] for file in _files(language)}))


def _files(language: Language) -> list[Traversable]:
    return [
        file
        for folder in _FOLDERS
        if (folder / language).is_dir()
        for file in sorted((folder / language).iterdir(), key=lambda file: file.name)
        if file.name.endswith(".ftl")
    ]


@cache
def entries(catalogue: str, language: Language) -> dict[str, str]:
    """Return the source of every entry of a catalogue by its identifier, terms with their dash."""
    held: dict[str, str] = {}
    for file in _files(language):
        if file.name.partition(".")[0] != catalogue:
            continue
        for entry in _ENTRY.split(_without_comments(file.read_text(encoding="utf-8"))):
            name = _NAME.match(entry)
            if name is None:
                continue
            if name[0] in held:
                raise MessageError(f"{language}/{file.name} has {name[0]}, which is there")
            held[name[0]] = entry
    if not held:
        raise MessageError(f"there is no catalogue {language}/{catalogue}.ftl")
    return held


def _without_comments(text: str) -> str:
    return re.sub(r"^#.*\n?", "", text, flags=re.MULTILINE)


@cache
def parsed(catalogue: str, name: str, language: Language) -> ast.Message | ast.Term:
    """Return one entry of a catalogue, parsed.

    Raises
    ------
    MessageError
        There is none of that name, or it is not Fluent.
    """
    from fluent.syntax import ast
    from fluent.syntax.parser import FluentParser

    source = entries(catalogue, language).get(name)
    if source is None:
        raise MessageError(f"{language}/{catalogue}.ftl has no message {name}")
    body = FluentParser(with_spans=False).parse(source).body
    if len(body) != 1 or not isinstance(body[0], ast.Message | ast.Term):
        why = [note.message for junk in body for note in getattr(junk, "annotations", ())]
        raise MessageError(f"{language}/{catalogue}.ftl, {name}: {'; '.join(map(str, why))}")
    return body[0]


@cache
def simple(key: str, language: Language) -> tuple[str, ...] | None:
    """Return the text of a message that makes no choice, None for any other.

    Most messages are of that kind: a command that prints no other need not load a parser.

    Returns
    -------
    tuple of str
        Text and the names of values in turn, text first and last: ("closed at ", "value", "").
    """
    catalogue, name, *attribute = key.split(".")
    for part in _ATTRIBUTE.split(entries(catalogue, language).get(name, "")):
        head, _, text = part.partition("=")
        pieces = _VALUE.split(text.strip())
        if head.strip() == (attribute[0] if attribute else name):
            made = any(set(piece) & set("{}\n") for piece in pieces)
            return None if made or not text.strip() else tuple(pieces)
    return None


def pattern_of(key: str, language: Language) -> ast.Pattern | None:
    """Return the pattern of a message or of its attribute, None for an attribute that is not there.

    Raises
    ------
    MessageError
        There is no such message.
    """
    catalogue, name, *attribute = key.split(".")
    entry = parsed(catalogue, name, language)
    if not attribute:
        if entry.value is None:
            raise MessageError(f"{language}/{catalogue}.ftl, {name}: only attributes")
        return entry.value
    return next((one.value for one in entry.attributes if one.id.name == attribute[0]), None)
