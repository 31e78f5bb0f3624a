"""The tables of the lake: their columns, and one version of one of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import polars as pl

Table = Literal[
    "bars", "observations", "forecasts", "outcomes", "fits", "calls", "instruments", "gaps",
    "refused", "scans",
]  # fmt: skip

OUTPUTS: tuple[Table, ...] = (
    "scans", "forecasts", "outcomes", "calls", "gaps", "refused",
)  # fmt: skip
"""Tables that no measured value depends on: they may grow while one measures."""

UNSEEN: tuple[Table, ...] = ("refused", "scans")
"""Tables that no view of a day reads."""

ROW_GROUP = 32_768
"""Rows that are read or passed over together.

Of 10 million rows those of one symbol are read in half the time that groups of 100,000 take; groups
half as large again cost as much for their footers as they save.
"""

SMALL = 100_000
"""A file of fewer rows is one of those that are put together."""

# Column name to Delta type; the first column is the one that rows are sorted and found by.
SCHEMAS: Mapping[Table, Mapping[str, str]] = MappingProxyType(
    {
        "bars": MappingProxyType(
            {
                "symbol": "string",
                "date": "date",
                "open": "double",
                "high": "double",
                "low": "double",
                "close": "double",
                "volume": "double",
                "source": "string",
                "known_at": "timestamp",
            }
        ),
        "observations": MappingProxyType(
            {
                "subject": "string",
                "field": "string",
                "date": "date",
                "value": "double",
                "unit": "string",
                "text": "string",
                "source": "string",
                "known_at": "timestamp",
            }
        ),
        "forecasts": MappingProxyType(
            {
                "symbol": "string",
                "date": "date",
                "kind": "string",
                "method": "string",
                "peak": "doubles",
                "gain": "doubles",
                "new_high": "doubles",
                "up_first": "double",
                "cases": "double",
                "run": "string",
                "known_at": "timestamp",
            }
        ),
        "outcomes": MappingProxyType(
            {
                "symbol": "string",
                "date": "date",
                "kind": "string",
                "start": "date",
                "sessions": "double",
                "gain": "double",
                "passed": "double",
                "decided": "date",
                "new_high": "double",
                "watched": "double",
                "up_first": "double",
                "move_decided": "date",
                "run": "string",
                "known_at": "timestamp",
            }
        ),
        "fits": MappingProxyType(
            {
                "method": "string",
                "date": "date",
                "target": "string",
                "edge": "double",
                "name": "string",
                "value": "double",
                "run": "string",
                "known_at": "timestamp",
            }
        ),
        "instruments": MappingProxyType(
            {
                "id": "string",
                "date": "date",
                "kind": "string",
                "currency": "string",
                "calendar": "string",
                "names": "string",
                "known_at": "timestamp",
            }
        ),
        "gaps": MappingProxyType(
            {
                "symbol": "string",
                "date": "date",
                "last": "date",
                "source": "string",
                "known_at": "timestamp",
            }
        ),
        "refused": MappingProxyType(
            {
                "symbol": "string",
                "date": "date",
                "row": "double",
                "reason": "string",
                "file": "string",
                "count": "double",
                "known_at": "timestamp",
            }
        ),
        "scans": MappingProxyType(
            {
                "symbol": "string",
                "date": "date",
                "metric": "string",
                "params": "string",
                "value": "double",
                "unit": "string",
                "missing": "string",
                "versions": "string",
                "run": "string",
                "known_at": "timestamp",
            }
        ),
        "calls": MappingProxyType(
            {
                "subject": "string",
                "date": "date",
                "due": "date",
                "claim": "string",
                "probability": "double",
                "source": "string",
                "details": "string",
                "known_at": "timestamp",
            }
        ),
    }
)


def key_of(table: Table) -> str:
    """Return the column that rows of a table are sorted and looked for by."""
    return next(iter(SCHEMAS[table]))


@dataclass(frozen=True, slots=True)
class Part:
    """One data file of a table, with the range of keys in it (None where not recorded).

    ``path`` is where it is read, ``name`` what the table's log calls it.
    """

    path: str
    name: str
    size: int
    rows: int | None
    low: str | None
    high: str | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One version of one table, which never changes.

    Attributes
    ----------
    table
        Name of the table.
    version
        Its version; -1 where the table does not exist yet.
    """

    table: Table
    version: int
    parts: tuple[Part, ...]
    storage_options: Mapping[str, str]

    def __reduce__(self) -> tuple[object, ...]:
        options = dict(self.storage_options)
        return _snapshot, (self.table, self.version, self.parts, options)

    def scan(self, keys: Sequence[str] | None = None) -> pl.LazyFrame:
        """Return the rows, or those of some symbols (subjects), in no promised order.

        Files and row groups that cannot hold one of the keys are not read.
        """
        import polars as pl

        key = next(iter(SCHEMAS[self.table]))
        parts = self.parts if keys is None else holding(self.parts, keys)
        if not parts:
            return pl.LazyFrame(schema=polars_schema(self.table))
        frame = pl.scan_parquet(
            [part.path for part in parts],
            storage_options=dict(self.storage_options) or None,
            glob=False,
            missing_columns="insert",
            extra_columns="ignore",  # of another program
            schema=polars_schema(self.table),
        )
        if keys is None:
            return frame
        wanted = pl.col(key) == keys[0] if len(keys) == 1 else pl.col(key).is_in(list(keys))
        return frame.filter(wanted)

    def between(self, low: str, high: str) -> pl.LazyFrame:
        """Return the rows of all symbols (subjects) from one to another, both included.

        As :meth:`scan`, for so many that a list of them would take longer than reading their rows.
        """
        import polars as pl

        key = pl.col(next(iter(SCHEMAS[self.table])))
        parts = holding(self.parts, [low, high])
        of_parts = Snapshot(self.table, self.version, tuple(parts), self.storage_options)
        # A file that lies within these bounds is read as it stands.
        if all(part.low and part.high and low <= part.low and part.high <= high for part in parts):
            return of_parts.scan()
        return of_parts.scan().filter((key >= low) & (key <= high))

    def keys(self) -> tuple[str, ...]:
        """Return every symbol (subject) in this version, ascending."""
        key = next(iter(SCHEMAS[self.table]))
        different = self.scan().select(key).unique().sort(key).collect()
        return tuple(different[key].to_list())


def _snapshot(
    table: Table, version: int, parts: tuple[Part, ...], options: dict[str, str]
) -> Snapshot:
    return Snapshot(table, version, parts, MappingProxyType(options))


def polars_schema(table: Table) -> dict[str, Any]:
    """Return the Polars types of a table's columns, in order."""
    import polars as pl

    types = {
        "doubles": pl.List(pl.Float64()),
        "string": pl.String(),
        "double": pl.Float64(),
        "date": pl.Date(),
        "timestamp": pl.Datetime("us", "UTC"),
    }
    return {name: types[kind] for name, kind in SCHEMAS[table].items()}


def holding(parts: tuple[Part, ...], keys: Sequence[str]) -> list[Part]:
    """Return the files whose range of keys touches the range asked for."""
    if not keys:
        return []
    low, high = min(keys), max(keys)
    return [
        part
        for part in parts
        if part.low is None or part.high is None or (part.low <= high and part.high >= low)
    ]


FILE_ROWS = 1_000_000
"""Rows of a file when many are put together: ten groups, so that few are read for one symbol."""


def split_by_key(table: Table, rows: pl.DataFrame, size: int = FILE_ROWS) -> list[pl.DataFrame]:
    """Split rows that are sorted by symbol (subject) into pieces, each a range of its own.

    Examples
    --------
    >>> import polars as pl
    >>> rows = pl.DataFrame({"symbol": ["A", "A", "B", "C", "C", "C"]})
    >>> [piece["symbol"].to_list() for piece in split_by_key("bars", rows, 3)]
    [['A', 'A', 'B'], ['C', 'C', 'C']]
    """
    pieces, first, end = [], 0, 0
    lengths = rows[next(iter(SCHEMAS[table]))].rle().struct.field("len").to_list()
    for length in lengths:
        if end > first and end + length - first > size:
            pieces.append(rows.slice(first, end - first))
            first = end
        end += length
    return [*pieces, rows.slice(first)]


def as_stored(table: Table, rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows in the columns and types of a table.

    Symbols that are categorical become texts by their runs: a text for each run is a third of the
    work of one for each row.
    """
    import numpy as np
    import polars as pl

    rows = rows.select(list(SCHEMAS[table]))
    key = rows.to_series(0)
    if isinstance(key.dtype, pl.Categorical):
        runs = key.rle().struct.unnest()
        if len(runs) < len(key) / 2:
            at = np.repeat(np.arange(len(runs), dtype=np.uint32), runs["len"].to_numpy())
            texts = runs["value"].cast(pl.String).gather(at)
            rows = rows.with_columns(texts.alias(key.name))
    return rows.cast(pl.Schema(polars_schema(table)))


def statistics(table: Table, rows: pl.DataFrame) -> str:
    """Return what Delta records of a data file so that readers can pass it over."""
    key = rows[key_of(table)].rle().struct.field("value").alias(key_of(table))
    low = {key.name: key.cast(str).min(), "date": rows["date"].min()}
    high = {key.name: key.cast(str).max(), "date": rows["date"].max()}
    return json.dumps(
        {
            "numRecords": len(rows),
            "minValues": {name: str(value) for name, value in low.items()},
            "maxValues": {name: str(value) for name, value in high.items()},
            "nullCount": dict.fromkeys(low, 0),
        }
    )
