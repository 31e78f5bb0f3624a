"""Named rallies of the past: who calls them what, and from which trough to which peak they ran.

The table is ``market/data/episodes.toml``, followed by the user's own ``episodes.toml`` in the
settings folder (same form; an id that exists already is replaced).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

from springtide.errors import UnknownNameError, UsageError
from springtide.language.script import normalise
from springtide.language.types import Language
from springtide.market import instruments
from springtide.settings import config_folder

FILE = "episodes.toml"
_LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True, slots=True)
class Span:
    """The sessions of an episode's lowest and highest close in one instrument, and who says so."""

    trough: date
    peak: date
    source: str


@dataclass(frozen=True, slots=True)
class Episode:
    """One named rally. ``spans`` is by instrument id, and empty where its dates are not known."""

    id: str
    names: Mapping[Language, tuple[str, ...]]
    spans: Mapping[str, Span]
    note: str = ""

    def name(self, language: Language) -> str:
        """Return the name to print in a language."""
        return self.names[language][0]


def all() -> tuple[Episode, ...]:
    """Return every episode, in the order of the tables.

    Examples
    --------
    >>> [episode.id for episode in all()][:4]
    ['4g', '5g', 'cloud', 'dotcom']
    """
    return tuple(_table().values())


def get(id: str) -> Episode:
    """Return an episode by its id.

    Raises
    ------
    UnknownNameError
        There is none.

    Examples
    --------
    >>> str(get("dotcom").spans["IXIC"].peak)
    '2000-03-10'
    """
    episode = _table().get(id)
    if episode is None:
        raise UnknownNameError(
            "episode", id, suggestions=list(_table()), hint=f"add your own in {FILE}"
        )
    return episode


def named_in(text: str) -> tuple[Episode, ...]:
    """Return the episodes that a text names, in the order of the tables.

    Examples
    --------
    >>> [episode.id for episode in named_in("在云计算和4G領漲期間")]
    ['4g', 'cloud']
    """
    searched = normalise(text).casefold()
    return tuple(
        episode
        for episode in all()
        if any(
            normalise(name).casefold() in searched
            for names in episode.names.values()
            for name in names
        )
    )


@cache
def _table() -> Mapping[str, Episode]:
    shipped = files("springtide.market") / "data" / FILE
    tables = tomllib.loads(shipped.read_text(encoding="utf-8"))["episode"]
    episodes = {table["id"]: _episode(table, FILE) for table in tables}
    own = config_folder() / FILE
    if own.is_file():
        episodes |= _read_own(own)
    return MappingProxyType(episodes)


def _read_own(path: Path) -> dict[str, Episode]:
    """Read the user's episodes, naming what is wrong with them."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")).get("episode", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise UsageError(f"The episodes file {path} cannot be read: {error}") from error
    if not isinstance(tables, list):
        raise UsageError(f"The episodes file {path} has no [[episode]] tables")
    episodes = [_episode(table, f"{path} (episode {i})") for i, table in enumerate(tables, start=1)]
    return {episode.id: episode for episode in episodes}


def _episode(table: Any, where: str) -> Episode:
    id = table.get("id") if isinstance(table, dict) else None
    if not isinstance(id, str) or not id or "," in id:
        raise _wrong(where, "id", id, 'a text without a comma, such as id = "dotcom"')
    names = {language: table.get(language, [id]) for language in _LANGUAGES}
    for language, given in names.items():
        if not isinstance(given, list) or not given or not _are_texts(given):
            raise _wrong(where, language, given, "a list of names")
    spans = table.get("span", [])
    if not isinstance(spans, list):
        raise _wrong(where, "span", spans, "[[episode.span]] tables")
    return Episode(
        id,
        MappingProxyType({language: tuple(given) for language, given in names.items()}),
        MappingProxyType(dict(_span(span, f"{where}, {id}") for span in spans)),
        str(table.get("note", "")),
    )


def _span(table: Any, where: str) -> tuple[str, Span]:
    for key, kind, allowed in (
        ("instrument", str, "the id of an instrument"),
        ("trough", date, "a date, such as 1998-10-08"),
        ("peak", date, "a date, such as 2000-03-10"),
        ("source", str, "who says so"),
    ):
        given = table.get(key) if isinstance(table, dict) else None
        if type(given) is not kind or not given:
            raise _wrong(where, key, given, allowed)
    if table["trough"] >= table["peak"]:
        raise _wrong(where, "peak", table["peak"], "a date after the trough")
    return instruments.canonical(table["instrument"]), Span(
        table["trough"], table["peak"], table["source"]
    )


def _are_texts(given: list[object]) -> bool:
    return not [one for one in given if not isinstance(one, str) or not one.strip()]


def _wrong(where: str, key: str, given: object, allowed: str) -> UsageError:
    return UsageError(f"{key} in {where} cannot be used", given=str(given), allowed=allowed)
