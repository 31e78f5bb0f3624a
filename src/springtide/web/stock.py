"""What the lake holds, by instrument: how far its bars reach, what they lack, what was refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from springtide.language.types import Language
from springtide.library.lake import Lake
from springtide.market.view import View

Json = dict[str, Any]

_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Held:
    """The bars of one instrument.

    Attributes
    ----------
    symbol, name
        The instrument.
    first, last
        Days of its first and last bar; None where all its rows were refused.
    bars
        Days with a bar.
    revisions
        Rows that came later for a day that had one: corrections and completions.
    sources
        Where its rows come from.
    refused
        Rows that imports did not take.
    """

    symbol: str
    name: str
    first: date | None
    last: date | None
    bars: int
    revisions: int
    sources: tuple[str, ...]
    refused: int = 0

    def to_dict(self) -> Json:
        """Return it as ``data.schema.json`` has it."""
        return {
            **asdict(self),
            "first": None if self.first is None else self.first.isoformat(),
            "last": None if self.last is None else self.last.isoformat(),
            "sources": list(self.sources),
        }


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that an import did not take, or ``count`` of them for one reason.

    ``row`` counts the data rows of its file from 1, 0 where it is of several.
    """

    date: date | None
    row: int
    reason: str
    file: str
    count: int
    when: datetime


def held(lake: Lake, symbols: Sequence[str] | None = None) -> tuple[Held, ...]:
    """Return what the lake holds of each instrument, or of some, by symbol.

    What was refused of an instrument that has no bars counts too: it is named without days.
    """
    import polars as pl

    days = pl.col("date")
    rows = lake.snapshot("bars").scan(symbols)
    # three passes over two columns each take half the time of one that collects texts by symbol
    spans = rows.group_by("symbol").agg(
        days.min().alias("first"), days.max().alias("last"), pl.len().alias("rows")
    )
    bars = rows.group_by("symbol").agg(days.n_unique().alias("bars"))
    named = rows.select("symbol", "source").unique().sort("source")
    sources = named.group_by("symbol", maintain_order=True).agg("source")
    refused = lake.snapshot("refused").scan(symbols).group_by("symbol").agg(pl.col("count").sum())
    bars_of = spans.join(bars, on="symbol").join(sources, on="symbol")
    counted = bars_of.join(refused, on="symbol", how="full", coalesce=True).sort("symbol")
    made = []
    for symbol, first, last, count, days_held, told, bad in counted.collect().iter_rows():
        known = (count or 0, days_held or 0)
        made.append(
            Held(
                symbol, name_of(symbol, lake.language), first, last, known[1],
                known[0] - known[1], tuple(told or ()), int(bad or 0),
            )
        )  # fmt: skip
    return tuple(made)


def symbols_of(lake: Lake) -> tuple[str, ...]:
    """Return every symbol with bars or refused rows, ascending."""
    return tuple(sorted({*lake.snapshot("bars").keys(), *lake.snapshot("refused").keys()}))


def name_of(symbol: str, language: Language) -> str:
    """Return the name of an instrument, its symbol where it is not in the tables."""
    from springtide.market.instruments import find

    known = find(symbol) if symbol else None
    return symbol if known is None else known.name(language)


def refusals(lake: Lake, symbols: Sequence[str]) -> dict[str, list[Refused]]:
    """Return the rows of instruments that imports refused, the latest import first."""
    rows = lake.snapshot("refused").scan(list(symbols)).sort("known_at", "row", descending=True)
    made: dict[str, list[Refused]] = {}
    for one in rows.collect().iter_rows(named=True):
        made.setdefault(one["symbol"], []).append(
            Refused(
                one["date"], int(one["row"]), one["reason"], one["file"], int(one["count"]),
                one["known_at"],
            )
        )  # fmt: skip
    return made


def missing_sessions(lake: Lake, one: Held) -> tuple[date, ...]:
    """Return the sessions of the year before its last bar that an instrument lacks."""
    if one.first is None or one.last is None:
        return ()
    view = View(lake.held, one.last)
    first = max(one.first, one.last - _YEAR)
    return view.coverage(one.symbol, first, one.last).missing
