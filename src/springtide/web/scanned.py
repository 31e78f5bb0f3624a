"""The last scan that the lake holds, as a table with a column a metric."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from springtide.errors import UnknownNameError, UsageError
from springtide.language.messages import say
from springtide.language.types import Language
from springtide.library.lake import Lake
from springtide.metrics.registry import get
from springtide.scan.table import FIRST, wanted

if TYPE_CHECKING:
    import polars as pl


_FIRST = {
    "symbol": "web.instrument",
    "as_of": "web.as-of",
    "kind": "web.scan-kind",
    "calendar": "web.scan-calendar",
}


@dataclass(frozen=True, slots=True)
class Scan:
    """A stored scan: its name, when it was stored, and its rows, one a symbol and day."""

    run: str
    stored: datetime
    table: pl.DataFrame


def last(lake: Lake) -> Scan | None:
    """Return the scan that was stored last; None where the lake holds none."""
    import polars as pl

    snapshot = lake.snapshot("scans")
    if snapshot.version < 0:
        return None
    rows = snapshot.scan()
    latest = rows.sort("known_at").select("run", "known_at").last().collect()
    if latest.is_empty():
        return None
    run, stored = latest.row(0)
    of_run = rows.filter(pl.col("run") == run).collect()
    return Scan(run, stored, _wide(of_run))


def _wide(rows: pl.DataFrame) -> pl.DataFrame:
    """Return a column a metric, named with its parameters where one metric was asked for twice."""
    import polars as pl

    from springtide.market.instruments import find
    from springtide.scan.rows import YES_NO

    pairs = rows.select("metric", "params").unique(maintain_order=True)
    told = pl.DataFrame(
        [(*pair, name) for pair, name in zip(pairs.rows(), _names(pairs.rows()), strict=True)],
        schema={"metric": pl.String, "params": pl.String, "_name": pl.String},
        orient="row",
    )
    named = rows.join(told, on=["metric", "params"], nulls_equal=True, maintain_order="left")
    named = named.unique(("symbol", "date", "_name"), maintain_order=True)
    answers = named.filter(pl.col("unit") == YES_NO)["_name"].unique().to_list()
    table = named.pivot("_name", index=["symbol", "date"], values="value").rename({"date": "as_of"})
    known = [find(symbol) for symbol in table["symbol"]]
    return table.with_columns(
        pl.col(answers).cast(pl.Boolean),
        kind=pl.Series([None if one is None else one.kind for one in known], dtype=pl.String),
        calendar=pl.Series(
            [None if one is None else one.calendar for one in known], dtype=pl.String
        ),
    ).select(*FIRST, pl.exclude(FIRST))


def _names(pairs: Sequence[tuple[str, str | None]]) -> list[str]:
    """Name columns by metric, and by the parameters in which two of one metric differ.

    Examples
    --------
    >>> _names([("rsi", "window=14"), ("rsi", "window=9"), ("phase", "threshold=20.0")])
    ['rsi:window=14', 'rsi:window=9', 'phase']
    """
    of: dict[str, list[list[str]]] = {}
    for metric, params in pairs:
        of.setdefault(metric, []).append((params or "").split(","))
    names = []
    for metric, params in pairs:
        own = (params or "").split(",")
        differ = [one for one in own if not all(one in each for each in of[metric])]
        names.append(":".join([metric, ",".join(differ)]) if differ else metric)
    return names


def title_of(name: str, language: Language) -> tuple[str, str]:
    """Return the title of a column, and what tells it from another of the same metric."""
    metric, _, differs = name.partition(":")
    if metric in _FIRST:
        return say(_FIRST[metric], language), ""
    try:
        return get(metric).title[language], differs
    except UnknownNameError:  # of a package that is not installed any more
        return name, ""


def shown(scan: Scan, where: str, sort: str, columns: Sequence[str]) -> pl.DataFrame:
    """Return the rows and columns that are asked for.

    Raises
    ------
    UsageError
        There is no such column, or the condition cannot be read.
    """
    table = wanted(scan.table, where or None, sort or None)
    unknown = [name for name in columns if name not in table.columns]
    if unknown:
        raise UsageError("The scan has no such column", given=unknown[0],
                         allowed=", ".join(table.columns))  # fmt: skip
    if not columns:
        return table
    return table.select(*FIRST[:2], *(name for name in columns if name not in FIRST[:2]))
