"""Rows that imports refused: kept with their reasons, so that one sees later what is not there.

What an import refuses is told once, on a terminal that nobody reads again. So it is kept in the
table ``refused``, a row each with its file, and read where one asks what a lake holds. It is no
data: nothing is measured from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from springtide.market.lake import Lake
from springtide.market.reports import FileReport, Refusal

if TYPE_CHECKING:
    import polars as pl

    from springtide.market.tables import Snapshot

NOT_NAMED = "more rows of the file, for reasons like those that are named"

_KEY = ("symbol", "date", "row", "reason", "file")


def note(
    lake: Lake,
    report: FileReport,
    rows_of: Mapping[str, int],
    now: datetime | None = None,
) -> None:
    """Keep the rows that a file's report says were refused; those on file already only once.

    Parameters
    ----------
    report
        What became of a file. Of many refused rows it names the first; the others are kept as
        one row with their count.
    rows_of
        How many rows the file has of each symbol: a refusal without a day is of all of them.
    now
        The time of the import, by default the present.
    """
    if not report.refused:
        return
    rows = _rows(report, rows_of, now or datetime.now(UTC))

    def choose(snapshot: Snapshot) -> pl.DataFrame:
        held = snapshot.scan(rows["symbol"].unique().to_list()).collect()
        return rows.join(held, on=_KEY, how="anti", nulls_equal=True, maintain_order="left")

    lake.append("refused", choose)


def _rows(report: FileReport, rows_of: Mapping[str, int], now: datetime) -> pl.DataFrame:
    import polars as pl

    from springtide.market.tables import polars_schema

    only = next(iter(rows_of)) if len(rows_of) == 1 else ""
    singly = Counter(one.symbol or only for one in report.refusals if _is_single(one))
    counted: list[tuple[Refusal, int]] = []
    for one in report.refusals:
        symbol = one.symbol or only
        left = rows_of.get(symbol, 1) - singly[symbol]
        counted.append((replace(one, symbol=symbol), 1 if _is_single(one) else max(left, 1)))
    rest = report.refused - sum(count for _, count in counted)
    if rest > 0:
        counted.append((Refusal(only, None, 0, NOT_NAMED), rest))
    made = [
        (one.symbol, one.date, float(one.row), one.reason, report.name, float(count), now)
        for one, count in counted
    ]
    return pl.DataFrame(made, schema=polars_schema("refused"), orient="row").unique(
        _KEY, keep="first", maintain_order=True
    )


def _is_single(one: Refusal) -> bool:
    """Return whether a refusal is of one row, not of all rows of its symbol."""
    return one.date is not None or one.row > 0
