"""Instruments that a lake describes itself: a user's own, declared when their bars come in.

What neither the registry, nor the table of listed instruments, nor its code tells of a symbol is
asked for: on which calendar it trades decides what a gap is, of which kind it is decides with what
it is compared. The answer is kept in the lake, so that whoever opens it measures the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast, get_args

from springtide.errors import UndescribedError, UsageError
from springtide.language.scanning import expression
from springtide.language.types import Language
from springtide.market import calendars, instruments, registry
from springtide.market.types import DESCRIBED, Instrument, Kind

if TYPE_CHECKING:
    import polars as pl

    from springtide.market.lake import Lake
    from springtide.market.tables import Snapshot

_HAN = expression(r"[\u3400-\u9fff]")
_FACTS = ("kind", "calendar", "currency")


@dataclass(frozen=True, slots=True)
class Description:
    """What a user says of an instrument of their own.

    Attributes
    ----------
    kind
        What it is: ``index``, ``stock``, ``etf`` and so on.
    calendar
        On which sessions it has a bar: a code of :mod:`springtide.market.calendars`.
    currency
        In which its price is, or that of the market it measures: ISO 4217.
    names
        What it is called, in any language; its symbol where empty.

    Raises
    ------
    UsageError
        One of them is not allowed.

    Examples
    --------
    >>> Description("index", "XHKG", "HKD", ("My Index", "我的指数")).of("MYIDX").name("zh-cn")
    '我的指数'
    """

    kind: str
    calendar: str
    currency: str
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in DESCRIBED:
            raise UsageError(
                "There is no such kind of instrument",
                given=self.kind,
                allowed=", ".join(DESCRIBED),
            )
        object.__setattr__(self, "calendar", calendars.code_of(self.calendar))
        if not re.fullmatch("[A-Z]{3}", self.currency):
            raise UsageError(
                "A currency is written with three letters", given=self.currency, allowed="HKD, USD"
            )

    @classmethod
    def given(
        cls,
        kind: str | None,
        calendar: str | None,
        currency: str | None,
        names: Sequence[str] = (),
    ) -> Description | None:
        """Return what is said of an instrument, None where nothing is.

        Raises
        ------
        UsageError
            Only a part of it is said.
        """
        stated = {"kind": kind, "calendar": calendar, "currency": currency}
        if kind and calendar and currency:
            return cls(kind, calendar.upper(), currency.upper(), tuple(names))
        if not any(stated.values()) and not names:
            return None
        lacking = " and ".join(name for name, value in stated.items() if not value)
        raise UsageError(
            "What an instrument is takes its kind, its calendar and its currency",
            given=" and ".join(name for name, value in stated.items() if value) or "a name",
            hint=f"give {lacking} too",
        )

    def of(self, symbol: str) -> Instrument:
        """Return the instrument so described; its names are used in the languages they fit."""
        chinese = tuple(name for name in self.names if _HAN.search(name))
        latin = tuple(name for name in self.names if not _HAN.search(name))
        names: Mapping[Language, tuple[str, ...]] = {
            language: (latin if language == "en" else chinese) or self.names or (symbol,)
            for language in get_args(Language)
        }
        return Instrument(
            symbol, cast(Kind, self.kind), self.currency, self.calendar,
            MappingProxyType(dict(names)), MappingProxyType({}),
        )  # fmt: skip


def describe(lake: Lake, symbols: Iterable[str], description: Description | None) -> None:
    """Be sure that symbols are known, and keep in the lake what is said of those that are not.

    Raises
    ------
    UndescribedError
        Some are not known and nothing is said of them.
    UsageError
        What is said of one that is known is not so, or it is a basket.
    """
    symbols = list(symbols)
    baskets = [symbol for symbol in symbols if instruments.basket(symbol) is not None]
    if baskets:
        raise UsageError(
            f"{baskets[0]} is a basket, whose closes are worked out from those of its members",
            hint="bring in the members' bars",
        )
    mine = {one.id: one for one in stored(lake)}
    elsewhere = registry.declared(_place(lake))
    unknown = [
        symbol
        for symbol in symbols
        if symbol not in mine and (symbol in elsewhere or not instruments.is_told(symbol))
    ]
    if description is None:
        if unknown:
            raise UndescribedError(unknown)
        return
    for symbol in symbols:
        if symbol not in unknown and symbol not in mine:
            _agree(instruments.of_id(symbol), description.of(symbol))
    stated = [description.of(symbol) for symbol in unknown]
    stated += [_corrected(mine[symbol], description) for symbol in symbols if symbol in mine]
    if stated:
        _keep(lake, stated)


def keep(lake: Lake, stated: Sequence[Instrument]) -> None:
    """Keep in the lake what instruments are of which a source itself tells.

    Those that are known elsewhere by the same id are left as they are.
    """
    mine = {one.id for one in stored(lake)}
    fresh = [one for one in stated if one.id in mine or not instruments.is_told(one.id)]
    if fresh:
        _keep(lake, fresh)


def _corrected(held: Instrument, description: Description) -> Instrument:
    """Return what is said anew of an instrument of this lake; it keeps its names without others."""
    stated = description.of(held.id)
    return stated if description.names else replace(stated, names=held.names)


def _place(lake: Lake) -> str:
    """Return where a lake is, whichever way its folder is written."""
    return lake.address if lake.local is None else str(lake.local.resolve())


def _agree(known: Instrument, stated: Instrument) -> None:
    odd = [name for name in _FACTS if getattr(known, name) != getattr(stated, name)]
    if odd:
        told = ", ".join(f"{name} {getattr(known, name)}" for name in odd)
        raise UsageError(
            f"{known.id} is known already with {told}",
            given=", ".join(f"{name} {getattr(stated, name)}" for name in odd),
            hint="leave these out, or use another symbol for what is yours",
        )


def _keep(lake: Lake, stated: Sequence[Instrument]) -> None:
    """Add instruments to the lake's table where they are not there as they are."""

    def choose(snapshot: Snapshot) -> pl.DataFrame | None:
        held = {one.id: one for one in _read(snapshot)}
        fresh = [one for one in stated if held.get(one.id) != one]
        return _rows(fresh) if fresh else None

    lake.append("instruments", choose)
    register(lake)


def stored(lake: Lake) -> tuple[Instrument, ...]:
    """Return the instruments that a lake describes, each as last said, ascending by id."""
    return _read(lake.snapshot("instruments"))


def register(lake: Lake) -> None:
    """Make the instruments that a lake describes known to this process.

    Raises
    ------
    UsageError
        Another lake of this process describes one of them in another way.
    """
    described = stored(lake)
    if described:
        registry.declare(described, lake.address)


def _rows(stated: Sequence[Instrument]) -> pl.DataFrame:
    import polars as pl

    from springtide.market.tables import polars_schema

    now = datetime.now(UTC)
    return pl.DataFrame(
        {
            "id": [one.id for one in stated],
            "date": [now.date()] * len(stated),
            "kind": [one.kind for one in stated],
            "currency": [one.currency for one in stated],
            "calendar": [one.calendar for one in stated],
            "names": [_names_text(one) for one in stated],
            "known_at": [now] * len(stated),
        },
        schema=polars_schema("instruments"),
    )


def _names_text(one: Instrument) -> str:
    return json.dumps({key: list(names) for key, names in one.names.items()}, ensure_ascii=False)


def _read(snapshot: Snapshot) -> tuple[Instrument, ...]:
    if snapshot.version < 0:
        return ()
    rows = snapshot.scan().sort("id", "known_at").collect()
    latest = {row["id"]: _instrument(row) for row in rows.iter_rows(named=True)}
    return tuple(latest.values())


def _instrument(row: Mapping[str, Any]) -> Instrument:
    names = {key: tuple(values) for key, values in json.loads(row["names"]).items()}
    for language in get_args(Language):
        names.setdefault(language, (row["id"],))
    return Instrument(
        row["id"], row["kind"], row["currency"], row["calendar"],
        MappingProxyType(names), MappingProxyType({}),
    )  # fmt: skip
