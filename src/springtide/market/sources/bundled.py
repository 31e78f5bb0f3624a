"""The bundled sample: what a fresh install can work with, without a network.

Daily bars of the Nasdaq Composite and the S&P 500 from 1999 to 2018 ship as data files inside the
``arch`` package (from Yahoo Finance); they are read from there without importing it. Our own sheets
of published figures are ``market/data/figures_bars.csv`` and ``figures_observations.csv``, each row
with its source.
"""

from __future__ import annotations

import importlib.util
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from springtide.errors import DataError
from springtide.market.sources.batch import (
    BAR_COLUMNS,
    OBSERVATION_COLUMNS,
    Batch,
    bars_frame,
)

if TYPE_CHECKING:
    import polars as pl

_SERIES = {"IXIC": ("nasdaq", "Nasdaq Composite"), "SPX": ("sp500", "S&P 500")}


def bars() -> tuple[Batch, ...]:
    """Return the index series of ``arch`` and the sheet of published bars.

    Raises
    ------
    DataError
        ``arch`` or its data files are not installed.
    """
    return (*(_index(symbol) for symbol in _SERIES), Batch("figures_bars.csv", _bar_sheet()))


def observations() -> Batch:
    """Return the sheet of published figures."""
    return Batch("figures_observations.csv", _observation_sheet())


def _index(symbol: str) -> Batch:
    import polars as pl

    name, title = _SERIES[symbol]
    path = _arch_folder() / "data" / name / f"{name}.csv.gz"
    if not path.is_file():
        raise DataError(f"The data file of {title} is not in the installed arch package: {path}")
    frame = pl.read_csv(path).select(
        pl.col("Date").str.to_date("%m/%d/%Y").alias("date"),
        # The file holds single-precision noise (5048.620117); both are published to cents.
        *(pl.col(each.title()).round(2).alias(each) for each in ("open", "high", "low", "close")),
        pl.col("Volume").cast(pl.Float64).alias("volume"),
    )
    source = f"{title}, Yahoo Finance, as shipped with the arch package"
    return Batch(symbol, bars_frame(frame, symbol, source))


def _arch_folder() -> Path:
    """Find the installed package without running it (that takes seconds)."""
    package = importlib.util.find_spec("arch")
    if package is None or package.origin is None:
        raise DataError("The arch package is not installed", hint="pip install arch")
    return Path(package.origin).parent


def _bar_sheet() -> pl.DataFrame:
    import polars as pl

    types = dict.fromkeys(BAR_COLUMNS[2:7], pl.Float64) | {
        "symbol": pl.String,
        "date": pl.Date,
        "source": pl.String,
    }
    sheet = pl.read_csv(_sheet("figures_bars.csv"), schema_overrides=types)
    return bars_frame(sheet, None, "")


def _observation_sheet() -> pl.DataFrame:
    import polars as pl

    types = dict.fromkeys(OBSERVATION_COLUMNS, pl.String) | {
        "date": pl.Date,
        "value": pl.Float64,
    }
    sheet = pl.read_csv(_sheet("figures_observations.csv"), schema_overrides=types)
    return sheet.select(OBSERVATION_COLUMNS).with_columns(
        pl.col("known_at").str.to_datetime("%Y-%m-%dT%H:%M:%S%#z", time_unit="us", time_zone="UTC")
    )


def _sheet(name: str) -> bytes:
    return (files("springtide.market") / "data" / name).read_bytes()
