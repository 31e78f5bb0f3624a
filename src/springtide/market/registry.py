"""What the registry of instruments is read from, and the indexes over its names.

:mod:`springtide.market.instruments` looks instruments up in it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast, get_args

from springtide.errors import UsageError
from springtide.language.script import normalise
from springtide.language.types import Language
from springtide.market import baskets
from springtide.market.baskets import Basket
from springtide.market.types import DESCRIBED, Instrument
from springtide.settings import load

LANGUAGES = cast(tuple[Language, ...], get_args(Language))
_SOURCES = ("yahoo", "akshare", "stooq")


class Registry:
    """The instruments and the indexes over their names, built once a run."""

    def __init__(
        self,
        rows: list[dict[str, Any]],
        loose: Mapping[str, str],
        declared: Collection[Instrument] = (),
        baskets: Collection[Basket] = (),
    ) -> None:
        self.by_id: dict[str, Instrument] = {}
        self.primary: set[str] = set()
        for row in rows:
            instrument = _instrument(row)
            self.by_id[instrument.id] = instrument
            if row.get("primary"):
                self.primary.add(instrument.id)
        self.described = frozenset(one.id for one in declared)
        self.by_id |= {one.id: one for one in declared}
        self.baskets = {one.id: one for one in baskets}
        self.resolved: dict[str, Basket] = {}
        self.by_id |= {one.id: one.instrument for one in baskets}
        self.by_symbol = {
            key_of(symbol): instrument.id
            for instrument in reversed(self.by_id.values())
            for symbol in (*instrument.symbols.values(), *codes_of(instrument), instrument.id)
        }
        self.aliases = self._by_name()
        self.loose = MappingProxyType({key_of(name): ids for name, ids in loose.items()})
        self.spellings: dict[str, tuple[str, ...]] = dict(self.aliases)
        for symbol, identity in self.by_symbol.items():
            self.spellings.setdefault(symbol, (identity,))

    def _by_name(self) -> Mapping[str, tuple[str, ...]]:
        ids_of: dict[str, list[str]] = {}
        for instrument in self.by_id.values():
            names = [name for names in instrument.names.values() for name in names]
            if instrument.kind == "basket":
                self._refuse_taken(instrument, names, ids_of)
            if instrument.id in self.described and instrument.id.isalpha():
                # BEAR as a symbol of one's own does not make every bear of a text an instrument.
                names = [name for name in names if name != instrument.id]
            for name in (*names, *codes_of(instrument)):
                ids = ids_of.setdefault(key_of(name), [])
                if instrument.id not in ids:
                    ids.append(instrument.id)
        for ids in ids_of.values():
            ids.sort(key=lambda each: each not in self.primary)
        return MappingProxyType({name: tuple(ids) for name, ids in ids_of.items()})

    def _refuse_taken(
        self, basket: Instrument, names: Sequence[str], taken: Mapping[str, Sequence[str]]
    ) -> None:
        """Refuse a name that means something else already: a figure would be of either."""
        for name in names:
            others = [one for one in taken.get(key_of(name), ()) if one != basket.id]
            if others:
                raise UsageError(
                    f"The basket {basket.id} has a name that is taken",
                    given=name,
                    hint=f"it is a name of {others[0]}: choose another, such as {name} basket",
                )


_DECLARED: dict[str, tuple[Instrument, str]] = {}
"""Instruments that lakes describe, with the address of the lake that does."""


def declare(stated: Collection[Instrument], where: str) -> None:
    """Make instruments that a lake describes known to this process.

    Parameters
    ----------
    where
        The lake's address.

    Raises
    ------
    UsageError
        Another lake describes one of them in another way: one of the two would be measured wrongly.
    """
    for one in stated:
        held, there = _DECLARED.get(one.id, (one, where))
        if there != where and (held.kind, held.currency, held.calendar) != (
            one.kind, one.currency, one.calendar,
        ):  # fmt: skip
            raise UsageError(
                f"The lakes at {there} and {where} say different things of {one.id}",
                given=f"{held.kind} on {held.calendar}, {one.kind} on {one.calendar}",
                hint="use them in processes of their own, or give it another symbol",
            )
    fresh = {one.id: (one, where) for one in stated}
    if any(_DECLARED.get(key) != value for key, value in fresh.items()):
        _DECLARED.update(fresh)
        forget()


def declared(but: str) -> frozenset[str]:
    """Return the ids that other lakes than the one at this place have declared."""
    return frozenset(key for key, (_, where) in _DECLARED.items() if where != but)


def forget() -> None:
    """Read the registry anew on its next use: the user's own instruments have changed."""
    current.cache_clear()


@cache
def current() -> Registry:
    """Return the registry as it is read now, kept until :func:`forget`."""
    shipped = tomllib.loads(
        (files("springtide.market") / "data" / "instruments.toml").read_text(encoding="utf-8")
    )
    rows, loose = list(shipped["instrument"]), dict(shipped["loose"])
    settings = load()
    if settings.instruments is not None:
        added = read_own(settings.instruments)
        rows += added.get("instrument", [])
        loose |= added.get("loose", {})
    known = {row["id"] for row in rows}
    declared = [one for one, _ in _DECLARED.values() if one.id not in known]
    known_baskets = baskets.shipped()
    if settings.baskets is not None:
        known_baskets |= baskets.read(settings.baskets)
    return Registry(rows, loose, declared, known_baskets.values())


def read_own(path: Path) -> dict[str, Any]:
    """Read a file of the user's instruments, naming what is wrong with it.

    Raises
    ------
    UsageError
        It is no TOML, or an instrument in it lacks something.
    """
    try:
        own = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise UsageError(f"The instruments file {path} cannot be read: {error}") from error
    for place, row in enumerate(own.get("instrument", []), start=1):
        missing = [key for key in ("id", "kind", "calendar") if not isinstance(row.get(key), str)]
        if missing:
            raise UsageError(
                f"Instrument {place} in {path} lacks {', '.join(missing)}",
                hint='each needs id, kind and calendar, such as id = "7203.T", kind = "stock", '
                'calendar = "XTKS"',
            )
        if row["kind"] not in DESCRIBED:
            raise UsageError(
                f"Instrument {row['id']} in {path} has no known kind",
                given=row["kind"],
                allowed=", ".join(DESCRIBED),
            )
    return own


def _instrument(row: Mapping[str, Any]) -> Instrument:
    names = {language: tuple(row.get(language) or (row["id"],)) for language in LANGUAGES}
    inception: date | None = row.get("inception")
    return Instrument(
        id=row["id"],
        kind=row["kind"],
        currency=row.get("currency", ""),
        calendar=row["calendar"],
        names=MappingProxyType(names),
        symbols=MappingProxyType({source: row[source] for source in _SOURCES if source in row}),
        inception=inception,
    )


def codes_of(instrument: Instrument) -> list[str]:
    """Return the ways its code is written that cannot be taken for a word."""
    if instrument.kind == "service" and "-" in instrument.id:
        return [instrument.id]  # "deepseek-chat"
    code, dot, suffix = instrument.id.partition(".")
    if suffix == "HK":
        return [instrument.id, f"{code.zfill(5)}.HK"]
    if suffix == "SH":
        return [instrument.id, f"{code}.SS"]
    if instrument.currency == "USD" and instrument.kind in ("stock", "etf"):
        return [f"{code}.US"]
    return [instrument.id] if dot or any(char.isdigit() for char in code) else []


def key_of(name: str) -> str:
    """Return a name as the indexes hold it: normalised, whatever its case."""
    return normalise(name).casefold().strip()
