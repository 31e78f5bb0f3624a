"""Adding rows to a lake: compared with what is stored, in one commit, and counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from springtide.market.lake import Lake
from springtide.market.merge import Merged
from springtide.market.reports import FileReport
from springtide.market.tables import Snapshot, Table

if TYPE_CHECKING:
    import polars as pl


def append_compared(
    lake: Lake,
    table: Table,
    rows: pl.DataFrame,
    merge: Callable[[pl.LazyFrame], Merged],
) -> Merged:
    """Append in one commit, comparing again whenever another process was faster."""
    keys = sorted(rows_of(rows))
    last: list[Merged] = []

    def choose(snapshot: Snapshot) -> pl.DataFrame:
        last[:] = [merge(snapshot.scan(keys))]
        return last[0].rows

    lake.append(table, choose)
    return last[0]


def rows_of(frame: pl.DataFrame) -> dict[str, int]:
    """Return how many rows a frame has of each symbol (subject), its first column."""
    import polars as pl

    runs = frame[frame.columns[0]].rle().struct.unnest()  # few, where rows of one stand together
    counts = runs.drop_nulls("value").group_by("value", maintain_order=True).agg(pl.sum("len"))
    return {str(key): count for key, count in counts.iter_rows()}


def with_counts(report: FileReport, merged: Merged) -> FileReport:
    """Return a report with what became of its rows."""
    return replace(
        report,
        new=merged.new,
        completed=merged.completed,
        revised=merged.revised,
        same=merged.same,
        refused=report.refused + merged.refused,
        refusals=(*report.refusals, *merged.refusals),
    )
