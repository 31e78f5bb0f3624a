"""Eastmoney and Sina through ``akshare`` (the extra ``akshare``): prices as traded.

Eastmoney counts the volume of mainland shares and funds in lots of 100; it is brought to shares.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from springtide.errors import SourceError
from springtide.market.sources import feeds, headers
from springtide.market.types import Instrument

if TYPE_CHECKING:
    import polars as pl

    from springtide.market.sources.batch import Batch

NAME = "AKShare"
_LOT = 100.0
_NEAR = 0.2
_COLUMNS = ("date", "open", "high", "low", "close", "volume")


def available() -> bool:
    """Tell whether ``akshare`` is installed, without importing it."""
    return importlib.util.find_spec("akshare") is not None


def ticker(instrument: Instrument) -> str:
    """Return an instrument's symbol at AKShare.

    Examples
    --------
    >>> from springtide.market import instruments
    >>> ticker(instruments.get("9988.HK")), ticker(instruments.plain("600519.SH"))
    ('09988', '600519')
    """
    if "akshare" in instrument.symbols:
        return instrument.symbols["akshare"]
    code, dot, suffix = instrument.id.rpartition(".")
    return code.zfill(5) if suffix == "HK" else code if dot else instrument.id


def fetch(
    instrument: Instrument, first: date, last: date, *, pause: float = feeds.PAUSE
) -> feeds.Fetched:
    """Fetch daily bars from ``first`` to ``last``, both included.

    Raises
    ------
    SourceError
        ``akshare`` is not installed or does not carry the instrument; the service cannot be
        reached, refuses (429), does not answer in time, answers with a web page, or with part of
        what was asked.
    """
    if not available():
        raise SourceError("akshare is not installed", hint='pip install "springtide[akshare]"')
    call, lot = _call(instrument, first, last)
    table = feeds.patiently(
        call, feed=NAME, translate=lambda error: _translate(instrument, error), pause=pause
    )
    frame = _to_bars(table, lot, first, last)
    feeds.check_any(NAME, instrument, frame, first, last)
    return feeds.Fetched(frame)


def fetch_figures(
    instrument: Instrument, first: date, last: date, *, pause: float = feeds.PAUSE
) -> Batch:
    """Fetch the flows of Stock Connect from ``first`` to ``last``, both included.

    Raises
    ------
    SourceError
        As :func:`fetch`; and for anything that is no flow of Stock Connect.
    """
    from springtide.market.sources.akshare_flows import to_figures

    if not available():
        raise SourceError("akshare is not installed", hint='pip install "springtide[akshare]"')
    if instrument.kind != "flow" or "akshare" not in instrument.symbols:
        raise SourceError(f"{NAME} does not carry flows of {instrument.id}")

    def call() -> Any:
        import akshare

        return akshare.stock_hsgt_hist_em(symbol=instrument.symbols["akshare"])

    table = feeds.patiently(
        call, feed=NAME, translate=lambda error: _translate(instrument, error), pause=pause
    )
    return to_figures(NAME, instrument, table, first, last)


def _call(instrument: Instrument, first: date, last: date) -> tuple[Callable[[], Any], float]:
    """Choose the function of AKShare that carries an instrument, and the size of its lots."""
    symbol = ticker(instrument)
    span = {"start_date": f"{first:%Y%m%d}", "end_date": f"{last:%Y%m%d}"}
    market = (instrument.kind == "index", instrument.calendar)

    def ask(function: str, **parameters: str) -> Callable[[], Any]:
        def run() -> Any:
            import akshare

            return getattr(akshare, function)(symbol=symbol, **parameters)

        return run

    if market == (False, "XHKG"):
        return ask("stock_hk_hist", period="daily", adjust="", **span), 1.0
    if market == (True, "XHKG"):
        return ask("stock_hk_index_daily_sina"), 1.0
    if market == (True, "XSHG"):
        return ask("stock_zh_index_daily_em", **span), _LOT
    if market == (False, "XSHG") and instrument.kind == "etf":
        return ask("fund_etf_hist_em", period="daily", adjust="", **span), _LOT
    if market == (False, "XSHG"):
        return ask("stock_zh_a_hist", period="daily", adjust="", **span), _LOT
    if market == (True, "XNYS") and "akshare" in instrument.symbols:
        return ask("index_us_stock_sina"), 1.0
    if market == (False, "XNYS"):
        return ask("stock_us_daily", adjust=""), 1.0
    raise SourceError(
        f"{NAME} does not carry {instrument.id}",
        allowed="instruments of Hong Kong, mainland China and the United States",
        hint="try --source yahoo",
    )


def _translate(instrument: Instrument, error: Exception) -> SourceError:
    known = feeds.describe_network(NAME, error)
    if known:
        return known
    if isinstance(error, TypeError | KeyError | IndexError):
        return SourceError(
            f"{NAME} has no prices for {instrument.id}, or answers in another form than before "
            f"({type(error).__name__}: {error})",
            hint='is akshare up to date? pip install --upgrade "springtide[akshare]"',
        )
    return SourceError(f"{NAME} failed for {instrument.id}: {type(error).__name__}: {error}")


def _to_bars(table: Any, lot: float, first: date, last: date) -> pl.DataFrame:
    """Turn a pandas table with Chinese or English column names into bars."""
    import polars as pl

    if table is None or table.empty:
        return pl.DataFrame(schema={"date": pl.Date, "close": pl.Float64})
    if "date" not in table and "日期" not in table:
        table = table.reset_index()
    roles: dict[str, str] = {}
    for name in table.columns:
        role = headers.role(str(name))
        if role in _COLUMNS:
            roles.setdefault(role, name)
    if not {"date", "close"} <= roles.keys():
        raise SourceError(
            f"{NAME} answered with columns that are not known: {', '.join(map(str, table.columns))}"
        )
    days = [moment.date() if hasattr(moment, "date") else moment for moment in table[roles["date"]]]
    frame = pl.DataFrame(
        {
            "date": pl.Series(days, dtype=pl.Date),
            **{role: _figures(table[roles[role]]) for role in _COLUMNS[1:] if role in roles},
        }
    )
    if "volume" in roles:
        amount = next((n for n in table.columns if headers.role(str(n)) == "amount"), None)
        money = None if amount is None else _figures(table[amount])
        frame = frame.with_columns(pl.col("volume") * _lot(frame, money, lot))
    inside = pl.col("date").is_between(first, last) & pl.col("close").is_not_null()
    return frame.filter(inside).sort("date")


def _figures(column: Any) -> pl.Series:
    """Read a column of pandas: numbers, or texts among which some say that nothing is known."""
    import polars as pl

    from springtide.market.sources import cells

    if column.dtype.kind in "fiu":
        return pl.Series(column.to_numpy(dtype="float64"), nan_to_null=True)
    texts = [None if value is None else str(value) for value in column.tolist()]
    return cells.parse_numbers(pl.Series(texts, dtype=pl.String)).fill_nan(None)


def _lot(frame: pl.DataFrame, amount: pl.Series | None, lot: float) -> float:
    """Return the size of the lots that volume is counted in; the amount traded may show shares."""
    if amount is None or lot == 1.0:
        return lot
    told = (amount / (frame["volume"] * frame["close"])).drop_nulls()
    ratio = told.filter(told.is_finite()).median()
    return 1.0 if isinstance(ratio, float) and abs(ratio - 1) < _NEAR else lot
