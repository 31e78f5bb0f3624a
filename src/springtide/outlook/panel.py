"""The panel: every series of daily closes in a lake."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from springtide.outlook.covariates import HISTORY
from springtide.outlook.landmarks import Series

if TYPE_CHECKING:
    import polars as pl

METHOD_VERSION = "1"
"""Counts up when a method changes, so that what was stored by another is not taken for its own."""

_DAILY = 4
"""Series whose closes typically lie more than so many days apart are weekly or monthly."""


def load_panel(bars: pl.LazyFrame, symbols: Sequence[str] | None = None) -> tuple[Series, ...]:
    """Return the daily closes of every symbol among rows of bars, as last known.

    A series with fewer closes than the covariates need, with a close at or below zero, or with
    weekly or monthly closes is left out.

    Parameters
    ----------
    bars
        Rows of the table ``bars``, as from :meth:`.Snapshot.scan` or :meth:`.View.scan`.
    symbols
        Which; all by default.
    """
    import polars as pl

    from springtide.market import merge

    if symbols is not None:
        bars = bars.filter(pl.col("symbol").is_in(list(symbols)))
    rows = merge.latest_bars(bars).select("symbol", pl.col("date").cast(pl.Int32), "close")
    kept = rows.filter(pl.col("close").is_not_null() & pl.col("close").is_not_nan()).collect()
    found = [
        _series(str(name[0]), part) for name, part in kept.group_by("symbol", maintain_order=True)
    ]
    return tuple(one for one in sorted(found, key=lambda one: one.symbol) if usable(one))


def _series(symbol: str, rows: pl.DataFrame) -> Series:
    days = rows["date"].to_numpy().astype(np.int64)
    return Series(symbol, kind_of(symbol), days, rows["close"].to_numpy().astype(np.float64))


def kind_of(symbol: str) -> str:
    """Return the kind of an instrument; one that is in no registry counts as a stock.

    Examples
    --------
    >>> kind_of("HSI"), kind_of("no such symbol")
    ('index', 'stock')
    """
    from springtide.market import instruments

    found = instruments.find(symbol)
    return "stock" if found is None else found.kind


def usable(series: Series) -> bool:
    """Tell whether a series is long enough, daily, and above zero throughout."""
    if len(series.days) <= HISTORY or not (series.close > 0).all():
        return False
    return is_daily(series)


def is_daily(series: Series) -> bool:
    """Tell whether closes typically lie days apart, not weeks.

    Examples
    --------
    >>> weekly = Series("X", "index", np.arange(0, 700, 7), np.ones(100))
    >>> is_daily(weekly)
    False
    """
    return bool(np.median(np.diff(series.days[-HISTORY:])) < _DAILY)


def digest(panel: Sequence[Series]) -> str:
    """Return 16 hexadecimal digits that stand for the panel and the version of the methods."""
    total = hashlib.sha256(METHOD_VERSION.encode())
    for series in panel:
        total.update(series.symbol.encode())
        total.update(series.days.astype("<i8").tobytes())
        total.update(series.close.astype("<f8").tobytes())
    return total.hexdigest()[:16]
