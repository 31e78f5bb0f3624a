"""Robert Shiller's monthly data of the S&P 500: price, earnings, dividends, CPI, yield and CAPE.

A month's figures are dated on its last day, since prices and yields are means of the month.
Earnings and dividends count as known three months after the month that they are of, consumer prices
one month after: before that nobody had them. The published CAPE is stored as it is published today
and counts as known at its month's end, like every history that does not say when it was known;
Springtide also computes CAPE from what was known (``cape`` with ``basis=known``).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from springtide.market.layouts.model import Given, Layout
from springtide.market.layouts.wide import Column, Wide
from springtide.market.sources.batch import Batch

if TYPE_CHECKING:
    import polars as pl

_SOURCE = "Shiller"
_SUBJECT = "SPX"
LAGS = {"index_earnings": 3, "index_dividends": 3, "cpi": 1}
"""Months after which a figure of a month is known."""

_ZERO_IS_UNKNOWN = ("index_earnings", "index_dividends", "cpi", "bond_yield_10y", "cape")


def months(texts: pl.Series) -> pl.Series:
    """Return the last day of each month as the file writes it: 1999.12, 1999-12 or 1999-12-01.

    The file writes October as ``1999.1``, and January as ``1999.01``.

    Examples
    --------
    >>> import polars as pl
    >>> [str(day) for day in months(pl.Series(["1999.1", "1999.01", "1999-12-01", "Source:"]))]
    ['1999-10-31', '1999-01-31', '1999-12-31', 'None']
    """
    import polars as pl

    plain = texts.cast(pl.String).str.strip_chars()
    year = plain.str.extract(r"^(\d{4})[.\-/]")
    written = plain.str.extract(r"^\d{4}[.\-/](\d{1,2})")
    month = pl.when(plain.str.contains(r"^\d{4}\.1$")).then(pl.lit("10")).otherwise(written)
    table = pl.DataFrame({"plain": plain, "year": year, "written": written})
    told = table.select(
        pl.concat_str(
            [pl.col("year"), pl.lit("-"), month.str.zfill(2), pl.lit("-01")], ignore_nulls=False
        )
        .str.to_date("%Y-%m-%d", strict=False)
        .dt.month_end()
        .alias("day")
    )
    return told["day"]


_WIDE = Wide(
    (
        Column(("p", "price", "sp500", "s&p comp. p"), "index_price", "points"),
        Column(("d", "dividend"), "index_dividends", "points"),
        Column(("e", "earnings"), "index_earnings", "points"),
        Column(("cpi", "consumer price index"), "cpi", "points"),
        Column(
            ("gs10", "rate gs10", "long_rate", "long interest rate"), "bond_yield_10y", "%"
        ),
        Column(("cape", "pe10", "p/e10", "p/e10 or cape"), "cape", "x"),
    ),
    dates=("date",),
    days=months,
)  # fmt: skip


def _read(path: Path, given: Given) -> Batch:
    import polars as pl

    asked = replace(
        given, subject=given.subject or _SUBJECT, source=given.source or _SOURCE
    )  # fmt: skip
    batch = _WIDE.read(path, asked)
    unknown = pl.col("field").is_in(_ZERO_IS_UNKNOWN) & (pl.col("value") == 0)
    zeros = len(batch.frame.filter(unknown))
    frame = batch.frame.filter(~unknown).with_columns(
        pl.coalesce(
            pl.when(pl.col("field") == field).then(_known(lag)) for field, lag in LAGS.items()
        ).alias("known_at")
    )
    notes = list(batch.warnings)
    if zeros:
        notes.append(f"{zeros} zeros stand for figures that are not known yet, and are not stored")
    return replace(batch, frame=frame, warnings=tuple(notes))


def _known(lag: int) -> pl.Expr:
    """Return the end of the month that is so many months after a row's."""
    import polars as pl

    day = pl.col("date").dt.offset_by(f"{lag}mo").dt.month_end()
    return day.cast(pl.Datetime("us")).dt.replace_time_zone("UTC").dt.offset_by("86399s")


LAYOUT = Layout(
    "shiller",
    "Robert Shiller's monthly data of the S&P 500: price, earnings, dividends, consumer prices, "
    "ten-year yield and CAPE",
    _read,
)
