"""Yahoo Finance through ``yfinance`` (the extra ``yahoo``).

Prices are as traded with splits undone (``Close``), never the dividend-adjusted ``Adj Close``.
"""

from __future__ import annotations

import importlib.util
from datetime import date, timedelta
from typing import Any

from springtide.errors import SourceError
from springtide.market.sources import feeds
from springtide.market.types import Instrument

NAME = "Yahoo Finance"
TIMEOUT = 20.0

_SUFFIXES = {"SH": "SS"}


def available() -> bool:
    """Tell whether ``yfinance`` is installed, without importing it."""
    return importlib.util.find_spec("yfinance") is not None


def ticker(instrument: Instrument) -> str:
    """Return an instrument's symbol at Yahoo.

    Examples
    --------
    >>> from springtide.market import instruments
    >>> ticker(instruments.get("HSI")), ticker(instruments.plain("600519.SH"))
    ('^HSI', '600519.SS')
    """
    if "yahoo" in instrument.symbols:
        return instrument.symbols["yahoo"]
    code, dot, suffix = instrument.id.rpartition(".")
    return f"{code}.{_SUFFIXES.get(suffix, suffix)}" if dot else instrument.id


def fetch(
    instrument: Instrument,
    first: date,
    last: date,
    *,
    pause: float = feeds.PAUSE,
    timeout: float = TIMEOUT,
) -> feeds.Fetched:
    """Fetch daily bars from ``first`` to ``last``, both included.

    Raises
    ------
    SourceError
        ``yfinance`` is not installed; Yahoo cannot be reached, refuses (429), does not answer in
        time, answers with a web page, or with part of what was asked.
    """
    if not available():
        raise SourceError("yfinance is not installed", hint='pip install "springtide[yahoo]"')
    symbol = ticker(instrument)

    def ask() -> Any:
        import yfinance

        yfinance.config.debug.hide_exceptions = False
        return yfinance.Ticker(symbol).history(
            start=first.isoformat(),
            end=(last + timedelta(days=1)).isoformat(),
            interval="1d",
            auto_adjust=False,
            actions=True,
            timeout=timeout,
        )

    table = feeds.patiently(
        ask, feed=NAME, translate=lambda error: _translate(symbol, error), pause=pause
    )
    fetched = _to_bars(table)
    feeds.check_any(NAME, instrument, fetched.frame, first, last)
    return fetched


def _translate(symbol: str, error: Exception) -> SourceError:
    kind = type(error).__name__
    if kind in ("YFPricesMissingError", "YFTzMissingError", "YFTickerMissingError"):
        return SourceError(f"{NAME} has no prices for {symbol}: {error}")
    known = feeds.describe_network(NAME, error)
    return known or SourceError(
        f"{NAME} answered for {symbol} with a table that cannot be read: {kind}: "
        f"{str(error).splitlines()[0][:120] if str(error) else ''}"
    )


def _to_bars(table: Any) -> feeds.Fetched:
    """Turn the pandas table of ``yfinance`` into bars."""
    import polars as pl

    if table is None or table.empty:
        return feeds.Fetched(pl.DataFrame(schema={"date": pl.Date, "close": pl.Float64}))
    absent = [name for name in ("Open", "High", "Low", "Close", "Volume") if name not in table]
    if absent:
        raise SourceError(f"{NAME} answered without the columns {', '.join(absent)}")
    frame = pl.DataFrame(
        {
            "date": pl.Series([moment.date() for moment in table.index], dtype=pl.Date),
            **{
                name.lower(): pl.Series(table[name].to_numpy(dtype="float64"), nan_to_null=True)
                for name in ("Open", "High", "Low", "Close", "Volume")
            },
        }
    )
    splits = table.get("Stock Splits", ())
    told = [(moment.date(), float(ratio)) for moment, ratio in dict(splits).items() if ratio]
    return feeds.Fetched(frame.filter(pl.col("close").is_not_null()).sort("date"), tuple(told))
