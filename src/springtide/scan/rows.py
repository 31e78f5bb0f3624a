"""The rows of a scan: one a symbol, day and metric."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from springtide.scan.asked import Asked

if TYPE_CHECKING:
    import polars as pl

YES_NO = "yes/no"
"""Unit of what is answered by yes (1) or no (0)."""


@dataclass(frozen=True, slots=True)
class Row:
    """One value, or why there is none.

    ``params`` holds all parameters as ``name=value``, with the defaults. Yes is 1, no is 0, in the
    unit :data:`YES_NO`.
    """

    symbol: str
    date: date
    metric: str
    params: str
    value: float | None
    unit: str
    missing: str


def frame_of(rows: Iterable[Row]) -> pl.DataFrame:
    """Return rows as a table with the columns symbol, date, metric, params, value, unit, missing.

    ``missing`` is null where there is a value.

    Examples
    --------
    >>> frame_of([Row("HSI", date(2025, 2, 13), "rsi", "window=14", 71.5, "", "")]).shape
    (1, 7)
    """
    import polars as pl

    columns: dict[str, list[object]] = {name: [] for name in SCHEMA}
    for row in rows:
        for name, held in columns.items():
            held.append(getattr(row, name))
    return pl.DataFrame(columns, schema=schema()).with_columns(pl.col("missing").replace("", None))


def ordered(rows: pl.DataFrame, asked: Sequence[Asked]) -> pl.DataFrame:
    """Return rows by symbol, day, and as asked."""
    import polars as pl

    place = pl.DataFrame(
        [(one.metric, one.params_text, k) for k, one in enumerate(asked)],
        schema=["metric", "params", "_place"],
        orient="row",
    )
    placed = rows.join(place, on=["metric", "params"], how="left", maintain_order="left")
    return placed.sort("symbol", "date", "_place").drop("_place")


SCHEMA = ("symbol", "date", "metric", "params", "value", "unit", "missing")


def schema() -> dict[str, pl.DataType]:
    """Return the types of the columns."""
    import polars as pl

    kinds: Sequence[pl.DataType] = (
        pl.String(), pl.Date(), pl.String(), pl.String(), pl.Float64(), pl.String(), pl.String(),
    )  # fmt: skip
    return dict(zip(SCHEMA, kinds, strict=True))
