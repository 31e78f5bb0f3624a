"""What new rows mean beside the rows that are stored: new, there already, completed or revised.

The lake keeps one series for each symbol, whatever the sources its rows came from:

- a row for a session that is not stored is **new**. It is taken to have been known at the end of
  its own day (a vendor's first-seen bar was published at its close), unless the file says
  otherwise in a column ``known_at``;
- a row all of whose figures are stored already, from this source or as the latest known, is
  **there already** and dropped: importing twice changes nothing;
- a row that agrees with the stored one and knows more (a close gains its high and low)
  **completes** it: the union of both is added, known from the end of its own day;
- a row that contradicts the stored one is a **revision**: added with the time of the import as
  ``known_at``, so that earlier dates keep seeing the earlier figure.

Figures agree when they differ by less than one part in ten million: more than single precision
loses, less than the smallest price step of any market.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

FIGURES = ("open", "high", "low", "close", "volume")
TOLERANCE = 1e-7


@dataclass(frozen=True, slots=True)
class Merged:
    """Rows to add, and how the incoming rows were told apart."""

    rows: pl.DataFrame
    new: int
    same: int
    completed: int
    revised: int


def known_figures() -> pl.Expr:
    """Return how many of a bar's figures are known."""
    import polars as pl

    return pl.sum_horizontal(pl.col(name).is_not_null().cast(pl.Int8) for name in FIGURES)


def latest_bars(bars: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row for each symbol and date: the one last known, then the one that knows most.

    What is left undecided by that (only rows with one ``known_at`` of their own can be) goes by
    source and figures, so that the answer never depends on the order of files.
    """
    import polars as pl

    order = ["symbol", "date", "known_at", "_known", "source", *FIGURES]
    return (
        bars.with_columns(known_figures().alias("_known"))
        .sort(order)
        .unique(["symbol", "date"], keep="last", maintain_order=True)
        .select(pl.exclude("_known"))
    )


def latest_observations(observations: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row for each subject, field, date and source: the one last known."""
    key = ["subject", "field", "date", "source"]
    return observations.sort([*key, "known_at", "value", "text"], nulls_last=False).unique(
        key, keep="last", maintain_order=True
    )


def end_of_day() -> pl.Expr:
    """Return the last microsecond (UTC) of a row's date: when a bar counts as known."""
    import polars as pl

    day = pl.col("date").cast(pl.Datetime("us", "UTC"))
    return (day + pl.duration(days=1, microseconds=-1)).alias("known_at")


def merge_bars(incoming: pl.DataFrame, stored: pl.LazyFrame, now: datetime) -> Merged:
    """Compare bars with the stored ones.

    Parameters
    ----------
    incoming
        One row for each symbol and date, columns as in the lake; ``known_at`` null where the file
        does not say.
    stored
        Every stored row of these symbols, with its history.
    now
        Time of the import, UTC.
    """
    import polars as pl

    held = stored.collect()
    if held.is_empty():
        rows = incoming.with_columns(pl.coalesce("known_at", end_of_day()))
        return Merged(rows, len(rows), 0, 0, 0)
    key = ["symbol", "date"]
    by_source = (
        held.sort("known_at")
        .unique([*key, "source"], keep="last", maintain_order=True)
        .select(*key, "source", *(pl.col(name).alias(f"{name}_own") for name in FIGURES))
    )
    latest = latest_bars(held.lazy()).collect()
    joined = (
        incoming.join(latest, on=key, how="left", suffix="_held")
        .join(by_source, on=[*key, "source"], how="left")
        .with_columns(
            fresh=pl.col("known_at_held").is_null(),
            close_agrees=_agrees("close", "held"),
        )
    )
    joined = joined.with_columns(
        pl.when("close_agrees").then(pl.coalesce(name, f"{name}_held")).otherwise(name).alias(name)
        for name in FIGURES
        if name != "close"
    ).with_columns(close=pl.coalesce("close", "close_held"))
    return _told_apart(joined, now)


def _told_apart(joined: pl.DataFrame, now: datetime) -> Merged:
    import polars as pl

    adds_nothing = pl.all_horizontal(_within(name, "held") for name in FIGURES)
    unchanged_at_source = (
        pl.all_horizontal(_within(name, "own") for name in FIGURES)
        & pl.col("close_own").is_not_null()
    )
    contradicts = pl.any_horizontal(~_agrees(name, "held") for name in FIGURES)
    kind = (
        pl.when("fresh")
        .then(pl.lit("new"))
        .when(adds_nothing | unchanged_at_source)
        .then(pl.lit("same"))
        .when(contradicts)
        .then(pl.lit("revised"))
        .otherwise(pl.lit("completed"))
    )
    told = joined.with_columns(kind=kind)
    counts = dict(told["kind"].value_counts().iter_rows())
    moment = pl.lit(now).cast(pl.Datetime("us", "UTC"))
    own_is_later = pl.col("known_at") > pl.col("known_at_held")
    known_at = (
        pl.when(pl.col("kind") == "revised")
        .then(pl.when(own_is_later).then("known_at").otherwise(moment))
        .otherwise(pl.coalesce("known_at", end_of_day()))
    )
    rows = told.filter(pl.col("kind") != "same").with_columns(known_at=known_at)
    return Merged(
        rows.select("symbol", "date", *FIGURES, "source", "known_at"),
        counts.get("new", 0),
        counts.get("same", 0),
        counts.get("completed", 0),
        counts.get("revised", 0),
    )


def _agrees(name: str, other: str) -> pl.Expr:
    """Tell whether two figures are one, or one of them is not known."""
    import polars as pl

    a, b = pl.col(name), pl.col(f"{name}_{other}")
    return ((a - b).abs() <= TOLERANCE * pl.max_horizontal(a.abs(), b.abs())).fill_null(True)


def _within(name: str, other: str) -> pl.Expr:
    """Tell whether a figure says nothing that the other does not."""
    import polars as pl

    known_there = pl.col(name).is_null() | pl.col(f"{name}_{other}").is_not_null()
    return known_there & _agrees(name, other)


def merge_observations(incoming: pl.DataFrame, stored: pl.LazyFrame, now: datetime) -> Merged:
    """Compare observations with the stored ones: new, there already, or revised.

    Figures of one subject, field and date from different sources stand beside each other (the
    targets of two brokers); within one source a different figure is a revision.
    """
    import polars as pl

    key = ["subject", "field", "date", "source"]
    joined = incoming.join(
        latest_observations(stored).collect(), on=key, how="left", suffix="_held"
    )
    same = (
        pl.col("known_at_held").is_not_null()
        & _agrees("value", "held")
        & (pl.col("value").is_null() == pl.col("value_held").is_null())
        & pl.col("text").eq_missing(pl.col("text_held"))
        & pl.col("unit").eq_missing(pl.col("unit_held"))
    )
    fresh = pl.col("known_at_held").is_null()
    told = joined.with_columns(
        kind=pl.when(fresh)
        .then(pl.lit("new"))
        .when(same)
        .then(pl.lit("same"))
        .otherwise(pl.lit("revised"))
    )
    counts = dict(told["kind"].value_counts().iter_rows())
    moment = pl.lit(now).cast(pl.Datetime("us", "UTC"))
    own_is_later = (pl.col("known_at") > pl.col("known_at_held")).fill_null(False)
    known_at = (
        pl.when(fresh | own_is_later).then(pl.coalesce("known_at", end_of_day())).otherwise(moment)
    )
    rows = told.filter(pl.col("kind") != "same").with_columns(known_at=known_at)
    return Merged(
        rows.select(incoming.columns),
        counts.get("new", 0),
        counts.get("same", 0),
        0,
        counts.get("revised", 0),
    )
