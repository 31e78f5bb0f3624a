"""The table ``scans``: what a scan measured, so that a second start goes on where one stopped."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from springtide.market.lake import Lake
from springtide.market.tables import Snapshot
from springtide.scan.plan import Plan
from springtide.scan.rows import SCHEMA

if TYPE_CHECKING:
    import polars as pl

KEY = ("symbol", "date", "metric", "params")
"""What a row of a run is found by."""


def store(lake: Lake, plan: Plan, rows: pl.DataFrame) -> int:
    """Add the rows of a scan that the table does not hold yet, in one commit.

    Returns
    -------
    int
        How many were added.

    Raises
    ------
    LakeError
        The lake cannot be written to, or no space is left.
    """
    import polars as pl

    stamped = rows.with_columns(
        versions=pl.lit(plan.versions_text),
        run=pl.lit(plan.run),
        known_at=pl.lit(datetime.now(UTC)).cast(pl.Datetime("us", "UTC")),
    ).sort("symbol", "date")

    def new(table: Snapshot) -> pl.DataFrame:
        held = _of_run(table, plan, rows["symbol"].unique().sort().to_list())
        return stamped.join(held.select(KEY), on=KEY, how="anti", maintain_order="left")

    return lake.append("scans", new)[1]


def stored(lake: Lake, plan: Plan) -> pl.DataFrame:
    """Return the rows that an earlier start of the same scan has stored."""
    return _of_run(lake.snapshot("scans"), plan, None).unique(KEY, maintain_order=True)


def _of_run(table: Snapshot, plan: Plan, symbols: list[str] | None) -> pl.DataFrame:
    import polars as pl

    rows = table.scan(symbols).filter(pl.col("run") == plan.run)
    return rows.select(SCHEMA).collect()
