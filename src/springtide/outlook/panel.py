"""The panel: every series of daily closes in a lake."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from springtide.market import calendars, instruments
from springtide.market.closes import SPLIT_FIELD, Closes, day_of, joined
from springtide.market.history import repeats_before
from springtide.outlook.covariates import HISTORY

if TYPE_CHECKING:
    import polars as pl

METHOD_VERSION = "3"
"""Counts up when a method changes, so that what was stored by another is not taken for its own."""

_FIGURES = ("open", "close", "volume")
"""Of which closes are joined."""

_DAILY = 4
"""Series whose closes typically lie more than so many days apart are weekly or monthly."""


def load_panel(
    bars: pl.LazyFrame,
    observations: pl.LazyFrame,
    symbols: Sequence[str] | None = None,
) -> tuple[Closes, ...]:
    """Return the daily closes of every symbol among rows of bars, as last known.

    A series with fewer closes than the covariates need, or with weekly or monthly closes is left
    out.

    Parameters
    ----------
    bars, observations
        Rows of the tables of these names, as from :meth:`.Snapshot.scan` or :meth:`.View.scan`;
        of the second those that tell of splits are read.
    symbols
        Which; all by default.
    """
    import polars as pl

    from springtide.market import merge

    if symbols is not None:
        bars = bars.filter(pl.col("symbol").is_in(list(symbols)))
    rows = merge.latest_bars(bars).select("symbol", pl.col("date").cast(pl.Int32), *_FIGURES)
    kept = rows.filter(pl.col("close").is_not_null() & pl.col("close").is_not_nan()).collect()
    splits = _splits(observations)
    loaded = [
        _series(str(name[0]), part, splits.get(str(name[0]), {}))
        for name, part in kept.group_by("symbol", maintain_order=True)
    ]
    return tuple(one for one in sorted(loaded, key=lambda one: one.symbol) if usable(one))


def _splits(observations: pl.LazyFrame) -> dict[str, dict[int, float]]:
    """Return the splits on file by symbol and day, the last that was told of each."""
    import polars as pl

    told = observations.filter(
        (pl.col("field") == SPLIT_FIELD) & pl.col("value").is_not_null()
    ).sort("known_at")
    splits: dict[str, dict[int, float]] = {}
    for subject, day, value in told.select("subject", "date", "value").collect().iter_rows():
        splits.setdefault(subject, {})[day_of(day)] = value
    return splits


def _series(symbol: str, rows: pl.DataFrame, splits: Mapping[int, float]) -> Closes:
    days = rows["date"].to_numpy().astype(np.int64)
    opens, close, volume = (rows[name].to_numpy().astype(np.float64) for name in _FIGURES)
    # As a view does: what repeats the close before on a day that was no session is left out.
    calendar = instruments.calendar_of(symbol)
    kept = calendars.on_sessions(calendar, days.astype("datetime64[D]")) | ~repeats_before(close)
    return joined(
        symbol, kind_of(symbol), days[kept], opens[kept], close[kept], volume[kept], splits
    )


def kind_of(symbol: str) -> str:
    """Return the kind of an instrument; one that is in no registry counts as a stock.

    Examples
    --------
    >>> kind_of("HSI"), kind_of("no such symbol")
    ('index', 'stock')
    """
    known = instruments.find(symbol)
    return "stock" if known is None else known.kind


def usable(series: Closes) -> bool:
    """Tell whether a series is long enough and daily."""
    return len(series) > HISTORY and is_daily(series)


def is_daily(series: Closes) -> bool:
    """Tell whether closes typically lie days apart, not weeks.

    Examples
    --------
    >>> weekly = Closes("X", "index", np.arange(0, 700, 7), np.ones(100))
    >>> is_daily(weekly)
    False
    """
    return bool(np.median(np.diff(series.days[-HISTORY:])) < _DAILY)


def digest(panel: Sequence[Closes]) -> str:
    """Return 16 hexadecimal digits that stand for the panel and the version of the methods."""
    total = hashlib.sha256(METHOD_VERSION.encode())
    for series in panel:
        total.update(series.symbol.encode())
        total.update(series.days.astype("<i8").tobytes())
        total.update(series.close.astype("<f8").tobytes())
        total.update(np.array(series.starts, "<i8").tobytes())
    return total.hexdigest()[:16]
