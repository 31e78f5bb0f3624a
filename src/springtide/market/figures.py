"""Validation of published figures: those whose unit or date cannot be right are refused by name.

Refused are a figure whose unit does not fit its field (see :mod:`springtide.market.fields`), one
dated in the future or before 1800, and two different figures of one source for one day; and all
of a series that is a constant multiple of the one stored: in another unit, or with the other sign.
Fields that are not in the vocabulary are stored and named.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from springtide.market import fields, instruments
from springtide.market.reports import Refusal
from springtide.market.sources.batch import Batch
from springtide.market.types import Instrument

if TYPE_CHECKING:
    import polars as pl

EARLIEST = date(1800, 1, 1)
_KEY = ["subject", "field", "date", "source"]
_NAMED = 8
_COMMON = 2
"""On how many common days a series must be a multiple of the stored one to be refused."""

_FACTOR = 5.0
_SPREAD = 0.01


def validated(batch: Batch, *, today: date | None = None) -> Batch:
    """Return a batch of observations without the rows that cannot be right, which it names.

    Examples
    --------
    >>> import polars as pl
    >>> from springtide.market.sources.batch import OBSERVATION_COLUMNS
    >>> row = dict.fromkeys(OBSERVATION_COLUMNS, None) | {
    ...     "subject": "HSTECH", "field": "trailing_pe", "date": date(2025, 2, 13),
    ...     "value": 23.58, "unit": "%", "source": "a vendor"}
    >>> done = validated(Batch("pe.csv", pl.DataFrame([row])))
    >>> len(done.frame), str(done.refusals[0])
    (0, 'HSTECH 2025-02-13: trailing_pe is in x, not in %')
    """
    import polars as pl

    if batch.frame.is_empty():
        return batch
    refusals = list(batch.refusals)
    frame = batch.frame
    why = _complaints(frame)
    last = today or date.today()
    impossible = (pl.col("date") > last) | (pl.col("date") < EARLIEST) | pl.col("date").is_null()
    odd = f"the date is missing, in the future (today is {last}) or before {EARLIEST.year}"
    again = _contradicted()
    told = frame.with_columns(
        pl.when(impossible).then(pl.lit(odd)).otherwise(why).alias("_why"),
    )
    told = told.with_columns(
        pl.when(pl.col("_why").is_null() & again)
        .then(pl.lit("two different figures of one source for one day"))
        .otherwise("_why")
        .alias("_why")
    )
    bad = told.filter(pl.col("_why").is_not_null())
    refusals += [_refusal(row) for row in bad.iter_rows(named=True)]
    kept = told.filter(pl.col("_why").is_null()).drop("_why")
    once = kept.unique([*_KEY, "known_at"], keep="first", maintain_order=True)
    repeated = len(kept) - len(once)
    said = (f"{repeated} rows are there twice and are read once",) if repeated else ()
    return replace(
        batch,
        frame=once,
        refusals=tuple(refusals),
        warnings=(*batch.warnings, *said, *_unknown(once)),
    )


def _complaints(frame: pl.DataFrame) -> pl.Series:
    """Return for each row why its unit cannot be, null where it can: asked once a kind."""
    import polars as pl

    kinds = frame.select("subject", "field", "unit").unique()
    known = {subject: _subject(subject) for subject in kinds["subject"].unique().to_list()}
    answers = [
        fields.complaint(row["field"], row["unit"] or "", known[row["subject"]]) or None
        for row in kinds.iter_rows(named=True)
    ]
    table = kinds.with_columns(pl.Series("_why", answers, dtype=pl.String))
    on = ["subject", "field", "unit"]
    asked = frame.select(on)
    return asked.join(table, on=on, how="left", nulls_equal=True, maintain_order="left")["_why"]


def _subject(name: str) -> Instrument | None:
    return instruments.of_id(name) if instruments.is_told(name) else None


def _contradicted() -> pl.Expr:
    """Tell the rows beside which another says something else of the same day."""
    import polars as pl

    figure = pl.struct("value", "unit", "text")
    return figure.n_unique().over([*_KEY, "known_at"]) > 1


def _refusal(row: dict[str, Any]) -> Refusal:
    return Refusal(row["subject"], row["date"], 0, row["_why"])


def _unknown(frame: pl.DataFrame) -> tuple[str, ...]:
    names = frame["field"].unique().sort().to_list()
    strange = [name for name in names if fields.spec_of(name) is None]
    if not strange:
        return ()
    listed = ", ".join(strange[:_NAMED])
    return (f"fields that no metric reads, stored as they are: {listed}",)


Series = tuple[str, str, str]
"""Subject, field and source."""


def rescaled(incoming: pl.DataFrame, stored: pl.DataFrame) -> list[tuple[Series, Refusal]]:
    """Find the series that are a constant multiple of what is stored, whatever its source.

    Parameters
    ----------
    incoming, stored
        Columns as in the lake; ``stored`` one row a figure.

    Returns
    -------
    list of tuple
        The series and why it is refused: a factor of 5 or more (or a fifth or less), or -1, the
        same within a hundredth on all common days, at least two.
    """
    import polars as pl

    on = ["subject", "field", "date", "unit"]
    held = stored.select(*on, pl.col("value").alias("_held"), pl.col("source").alias("_by"))
    ratio = (pl.col("value") / pl.col("_held")).alias("_ratio")
    met = (
        incoming.join(held, on=on)
        .filter(pl.col("value") != 0, pl.col("_held") != 0)
        .with_columns(ratio)
        .group_by("subject", "field", "source", "_by", maintain_order=True)
        .agg(
            pl.len().alias("common"),
            pl.col("_ratio").median().alias("factor"),
            ((pl.col("_ratio").max() - pl.col("_ratio").min()) / pl.col("_ratio").median())
            .abs()
            .alias("spread"),
        )
    )
    size = pl.col("factor").abs()
    odd = (size >= _FACTOR) | (size <= 1 / _FACTOR) | (pl.col("factor") < 0)
    bad = met.filter(odd, pl.col("common") >= _COMMON, pl.col("spread") < _SPREAD)
    return [
        (
            (row["subject"], row["field"], row["source"]),
            Refusal(
                row["subject"],
                None,
                0,
                f"{row['field']} is {row['factor']:.4g} times the stored figures (source "
                f"{row['_by']}) on all {row['common']} common days: another unit, or another sign",
            ),
        )
        for row in bad.unique(["subject", "field", "source"], maintain_order=True).iter_rows(
            named=True
        )
    ]
