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
  ``known_at``, so that earlier dates keep seeing the earlier figure;
- all rows of a symbol are **refused** where they are of another kind than the stored ones: adjusted
  for dividends beside prices as traded, by what their files say of them, or closes
  that differ on most common dates by a factor (another unit, a split) or by more than vendors do
  (prices adjusted for dividends beside prices as traded). Mixing the two would make up returns.

Figures agree when they differ by less than one part in ten million: more than single precision
loses, less than the smallest price step of any market.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from springtide.market.adjustment import MARK
from springtide.market.reports import Refusal

if TYPE_CHECKING:
    import polars as pl

KEY = ["symbol", "date"]
FIGURES = ("open", "high", "low", "close", "volume")
TOLERANCE = 1e-7


_DAY = 86_400_000_000  # in microseconds

OVERLAP = 5
"""On how many common dates two series must differ to be told of different kinds."""

DIFFERENT = 0.005
"""Closes of one kind from two vendors differ by less than this (relative) on almost all dates."""

_DIFFERENT_SHARE = 0.2
_CONSTANT = 0.01


@dataclass(frozen=True, slots=True)
class Merged:
    """Rows to add, how the incoming rows were told apart, and the symbols refused."""

    rows: pl.DataFrame
    new: int = 0
    same: int = 0
    completed: int = 0
    revised: int = 0
    refused: int = 0
    refusals: tuple[Refusal, ...] = ()


def known_figures() -> pl.Expr:
    """Return how many of a bar's figures are known."""
    import polars as pl

    return pl.sum_horizontal(pl.col(name).is_not_null().cast(pl.Int8) for name in FIGURES)


def ordered_bars(bars: pl.LazyFrame) -> pl.LazyFrame:
    """Order rows so that of each symbol and date the one that counts is the last.

    That is the one last known, then the one that knows most. What is left undecided by that (only
    rows with one ``known_at`` of their own can be) goes by source and figures, so that the answer
    never depends on the order of files.
    """
    import polars as pl

    order = ["symbol", "date", "known_at", "_known", "source", *FIGURES]
    known = bars.with_columns(known_figures().alias("_known"))
    return known.sort(order).select(pl.exclude("_known"))


def latest_bars(bars: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row for each symbol and date: the one that counts (see :func:`ordered_bars`)."""
    return ordered_bars(bars).unique(["symbol", "date"], keep="last", maintain_order=True)


_FIGURE = ["subject", "field", "date", "source"]


def ordered_observations(observations: pl.LazyFrame) -> pl.LazyFrame:
    """Order rows so that of each figure of each source the one last known is the last."""
    return observations.sort([*_FIGURE, "known_at", "value", "text"], nulls_last=False)


def latest_observations(observations: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row for each subject, field, date and source: the one last known."""
    return ordered_observations(observations).unique(_FIGURE, keep="last", maintain_order=True)


def end_of_day() -> pl.Expr:
    """Return the last microsecond (UTC) of a row's date: when a bar counts as known."""
    import polars as pl

    day = pl.col("date").cast(pl.Int64) * _DAY
    return (day + (_DAY - 1)).cast(pl.Datetime("us", "UTC")).alias("known_at")


def merge_bars(
    incoming: pl.DataFrame, stored: pl.LazyFrame, now: datetime, *, rescale: bool = False
) -> Merged:
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
    rescale
        Take prices of another kind as revisions instead of refusing them.
    """
    import polars as pl

    held = stored.collect()
    if held.is_empty():
        fresh = incoming.with_columns(pl.coalesce("known_at", end_of_day()))
        return Merged(fresh, new=len(fresh))
    # Symbols of panels are categorical, which compare faster than texts.
    held = held.with_columns(pl.col("symbol").cast(incoming.schema["symbol"]))
    latest = _latest(held)
    met, fresh = _stored_and_new(incoming, latest)
    refusals = _otherwise_adjusted(incoming, held) or (() if rescale else _other_kind(met))
    if refusals:
        other = pl.Series([each.symbol for each in refusals]).cast(incoming.schema["symbol"])
        of_them = pl.col("symbol").is_in(other.implode())
        fresh, met = fresh.filter(~of_them), met.filter(~of_them)
    kept = len(fresh) + len(met)
    fresh = fresh.with_columns(pl.coalesce("known_at", end_of_day()))
    told = _told_apart(_beside(met, held), now)
    return replace(
        told,
        rows=pl.concat([fresh, told.rows.select(fresh.columns)], how="vertical_relaxed"),
        new=len(fresh),
        refused=len(incoming) - kept,
        refusals=refusals,
    )


def _stored_and_new(
    incoming: pl.DataFrame, latest: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Part rows into those whose session is stored, beside the stored one, and the others.

    Most rows of an import are of symbols or years of which nothing is stored: these are told at a
    glance, and only the rest is joined.
    """
    import polars as pl

    may_be_stored = pl.col("symbol").is_in(latest["symbol"].unique().implode()) & pl.col(
        "date"
    ).is_between(latest["date"].min(), latest["date"].max())
    met = (
        incoming.with_row_index("_at")
        .filter(may_be_stored)
        .join(latest, on=KEY, suffix="_held", maintain_order="left")
    )
    is_new = np.ones(len(incoming), dtype=np.bool_)
    is_new[met["_at"].to_numpy()] = False
    return met.drop("_at"), incoming.filter(pl.Series(is_new))


def _latest(held: pl.DataFrame) -> pl.DataFrame:
    """Return :func:`latest_bars` of rows of which few have a history."""
    import polars as pl

    several = held.select("symbol", "date").is_duplicated()
    if not several.any():
        return held
    chosen = latest_bars(held.filter(several).lazy()).collect()
    return pl.concat([held.filter(~several), chosen])


def _beside(met: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """Put beside each row what is stored from its own source (_own), and unite it with _held.

    Figures that the incoming row lacks are taken from the stored one where their closes agree.
    """
    import polars as pl

    own = held.filter(pl.col("source").is_in(met["source"].unique().implode()))
    own = (
        own.sort("known_at")
        .unique([*KEY, "source"], keep="last", maintain_order=True)
        .select(*KEY, "source", *(pl.col(name).alias(f"{name}_own") for name in FIGURES))
    )
    united = (
        pl.when(_agrees("close", "held")).then(pl.coalesce(name, f"{name}_held")).otherwise(name)
        for name in FIGURES
    )
    return met.join(own, on=[*KEY, "source"], how="left").with_columns(
        figure.alias(name) for name, figure in zip(FIGURES, united, strict=True)
    )


def _other_kind(met: pl.DataFrame) -> tuple[Refusal, ...]:
    """Name the symbols whose incoming prices are of another kind than the stored ones."""
    import polars as pl

    ratio = pl.col("close") / pl.col("close_held")
    off = (ratio - 1).abs() > DIFFERENT
    told = met.group_by("symbol", maintain_order=True).agg(
        pl.len().alias("common"),
        off.mean().alias("share"),
        ratio.median().alias("factor"),
        ((ratio.quantile(0.9) - ratio.quantile(0.1)) / ratio.median()).alias("spread"),
        ratio.min().alias("least"),
        ratio.max().alias("most"),
        pl.col("source_held").last().alias("source"),
    )
    enough = (pl.col("common") >= OVERLAP) & (pl.col("share") > _DIFFERENT_SHARE)
    # Fewer common dates are enough where every one is off by a tenfold or more.
    far = (pl.col("least") >= 1 / _CONSTANT / 10) | (pl.col("most") <= _CONSTANT * 10)
    return tuple(_refusal(row) for row in told.filter(enough | far).iter_rows(named=True))


def _otherwise_adjusted(incoming: pl.DataFrame, held: pl.DataFrame) -> tuple[Refusal, ...]:
    """Name the symbols whose prices say that they are adjusted otherwise than the stored ones.

    Prices of which nothing is said pass for prices as traded.
    """
    import polars as pl

    told = pl.col("source").str.extract(MARK, 1).fill_null("as traded").alias("kind")
    sources = pl.concat([rows.select(pl.col("source").unique()) for rows in (incoming, held)])
    if sources.select(told.n_unique()).item() == 1:
        return ()

    def kinds(rows: pl.DataFrame) -> pl.DataFrame:
        return rows.select("symbol", told).unique().group_by("symbol").agg(pl.col("kind").sort())

    both = kinds(incoming).join(kinds(held), on="symbol", suffix="_held", maintain_order="left")
    return tuple(
        Refusal(
            row["symbol"],
            None,
            0,
            f"prices {' and '.join(row['kind'])}, where those stored are "
            f"{' and '.join(row['kind_held'])}: keep them in a lake of their own",
        )
        for row in both.filter(pl.col("kind") != pl.col("kind_held")).rows(named=True)
    )


def _refusal(row: dict[str, Any]) -> Refusal:
    beside = f"beside the stored ones (source {row['source']}) on {row['common']} common dates"
    if row["spread"] < _CONSTANT:
        reason = f"prices are {row['factor']:.4g} times as high {beside}: another unit, or a split"
    else:
        reason = (
            f"prices differ on {row['share']:.0%} of dates {beside}: of another kind, such as "
            "adjusted for dividends"
        )
    return Refusal(row["symbol"], None, 0, reason)


def _told_apart(met: pl.DataFrame, now: datetime) -> Merged:
    """Tell rows that met a stored one apart: same, revised, completed."""
    import polars as pl

    adds_nothing = pl.all_horizontal(_within(name, "held") for name in FIGURES)
    unchanged_at_source = (
        pl.all_horizontal(_within(name, "own") for name in FIGURES)
        & pl.col("close_own").is_not_null()
    )
    contradicts = pl.any_horizontal(~_agrees(name, "held") for name in FIGURES)
    kind = (
        pl.when(adds_nothing | unchanged_at_source)
        .then(pl.lit("same"))
        .when(contradicts)
        .then(pl.lit("revised"))
        .otherwise(pl.lit("completed"))
    )
    told = met.with_columns(kind=kind)
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
        same=counts.get("same", 0),
        completed=counts.get("completed", 0),
        revised=counts.get("revised", 0),
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
    targets of two brokers); within one source a different figure is a revision. A series whose
    figures are all a constant multiple of the stored ones is refused: another unit, or the other
    sign.
    """
    import polars as pl

    from springtide.market.figures import rescaled

    latest = latest_observations(stored).collect()
    refusals = rescaled(incoming, latest)
    given = len(incoming)
    for each, _ in refusals:
        incoming = incoming.filter(
            (pl.col("subject") != each[0]) | (pl.col("field") != each[1])
            | (pl.col("source") != each[2])
        )  # fmt: skip
    joined = incoming.join(latest, on=_FIGURE, how="left", suffix="_held")
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
        new=counts.get("new", 0),
        same=counts.get("same", 0),
        revised=counts.get("revised", 0),
        refused=given - len(incoming),
        refusals=tuple(refusal for _, refusal in refusals),
    )
