"""What the lake holds, by instrument: how far its bars reach, what they lack, what was revised."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

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
        Days of its first and last bar.
    bars
        Days with a bar.
    revisions
        Rows that came later for a day that had one: corrections and completions.
    sources
        Where its rows come from.
    """

    symbol: str
    name: str
    first: date
    last: date
    bars: int
    revisions: int
    sources: tuple[str, ...]

    def to_dict(self) -> Json:
        """Return it as ``data.schema.json`` has it."""
        return {
            **asdict(self),
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "sources": list(self.sources),
        }


def held(lake: Lake) -> tuple[Held, ...]:
    """Return what the lake holds of each instrument, by symbol."""
    import polars as pl

    from springtide.market.instruments import find

    days = pl.col("date")
    counted = (
        lake.snapshot("bars")
        .scan()
        .group_by("symbol")
        .agg(
            days.min().alias("first"), days.max().alias("last"), days.n_unique().alias("bars"),
            (pl.len() - days.n_unique()).alias("revisions"), pl.col("source").unique().sort(),
        )
        .sort("symbol")
        .collect()
    )  # fmt: skip
    made = []
    for symbol, first, last, bars, revisions, sources in counted.iter_rows():
        known = find(symbol)
        name = symbol if known is None else known.name(lake.language)
        made.append(Held(symbol, name, first, last, bars, revisions, tuple(sources)))
    return tuple(made)


def missing_sessions(lake: Lake, one: Held) -> tuple[date, ...]:
    """Return the sessions of the year before its last bar that an instrument lacks."""
    view = View(lake.held, one.last)
    first = max(one.first, one.last - _YEAR)
    return view.coverage(one.symbol, first, one.last).missing
