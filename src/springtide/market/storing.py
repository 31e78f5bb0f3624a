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
    key = rows.columns[0]
    keys = rows[key].unique().sort().cast(str).to_list()
    last: list[Merged] = []

    def choose(snapshot: Snapshot) -> pl.DataFrame:
        last[:] = [merge(snapshot.scan(keys))]
        return last[0].rows

    lake.append(table, choose)
    return last[0]


def rows_of(frame: pl.DataFrame) -> dict[str, int]:
    """Return how many rows a frame has of each symbol (subject), its first column."""
    runs = frame[frame.columns[0]].rle().struct.unnest()  # few, where rows of one stand together
    counts: dict[str, int] = {}
    for length, key in runs.iter_rows():
        if key is not None:
            counts[str(key)] = counts.get(str(key), 0) + length
    return counts


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
