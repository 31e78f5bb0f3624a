"""Targets beside prices: those that cannot be of the share whose price is on file are refused.

A target in another currency than the price, of another listing, or from before a split looks like
an opinion and is an error. Feeds do deliver such targets: a snapshot of 569 American shares had
fourteen above ten times the price.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from springtide.market.reports import Refusal

if TYPE_CHECKING:
    import polars as pl

FIELDS = ("target_price", "target_mean", "target_high", "target_low")

MOST, LEAST = 10.0, 0.1
"""A target that is more times its price, or less, is refused."""

ODD = 3.0
"""A target so many times its price, or less than the inverse, is taken with a warning."""

_RECENT = "15d"
"""How old the close may be that a target is set beside."""


def oddity(target: float, price: float) -> tuple[str, bool]:
    """Say what is odd about a target beside the price of its share, and whether it is refused.

    Examples
    --------
    >>> oddity(164.12, 119.61), oddity(60.0, 19.0), oddity(1502.0, 119.61)[1]
    (('', False), ('the target of 60 is 3.16 times the price of 19', False), True)
    """
    times = target / price
    said = f"the target of {target:,.6g} is {times:.3g} times the price of {price:,.6g}"
    if times > MOST or times < LEAST:
        return f"{said}: another currency, another share, or from before a split", True
    return (said, False) if times > ODD or times < 1 / ODD else ("", False)


def beside_closes(
    figures: pl.DataFrame, bars: pl.LazyFrame
) -> tuple[pl.DataFrame, list[Refusal], list[str]]:
    """Set targets beside the last close on file of their day.

    Parameters
    ----------
    figures
        Columns of observations.
    bars
        Columns of bars, of the same subjects.

    Returns
    -------
    tuple
        The figures without those that are refused, the refusals, and a line for each odd one that
        is kept. What has no close on file within 15 days before it is kept.
    """
    import polars as pl

    placed = figures.with_row_index("_row")
    targets = placed.filter(pl.col("field").is_in(FIELDS), pl.col("value").is_not_null())
    if targets.is_empty():
        return figures, [], []
    closes = (
        bars.filter(pl.col("symbol").is_in(targets["subject"].unique().to_list()))
        .drop_nulls(["close", "date"])
        .sort("date", "known_at")
        .unique(["symbol", "date"], keep="last", maintain_order=True)
        .select("symbol", "date", pl.col("close"))
        .collect()
        .sort("date")
    )
    met = targets.sort("date").join_asof(
        closes,
        on="date",
        by_left="subject",
        by_right="symbol",
        tolerance=_RECENT,
        check_sortedness=False,
    )
    refusals: list[Refusal] = []
    warnings: list[str] = []
    bad: list[int] = []
    for row in met.filter(pl.col("close") > 0).sort("_row").iter_rows(named=True):
        said, is_refused = oddity(row["value"], row["close"])
        day: date = row["date"]
        if is_refused:
            bad.append(row["_row"])
            refusals.append(Refusal(row["subject"], day, 0, said))
        elif said:
            warnings.append(f"{row['subject']} {day}: {said}")
    return placed.filter(~pl.col("_row").is_in(bad)).drop("_row"), refusals, warnings
