"""Whose the rows of a table's files are: runs of rows of one symbol, file by file.

A file is sorted by symbol, so that the rows of many are one slice of it. Where each begins is read
once from the column of symbols; slices then need neither that column nor a filter.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from springtide.market.tables import Part, Snapshot, Table, holding, key_of

if TYPE_CHECKING:
    import polars as pl

IntArray = npt.NDArray[np.int64]

FEW = 200
"""Symbols that are looked for one by one: they may lie far apart in the files."""


@dataclass(frozen=True, slots=True)
class Runs:
    """Rows in a row that are of one symbol: those of the k-th are ``start[k]`` to ``stop[k]``."""

    names: tuple[str, ...]
    start: IntArray
    stop: IntArray

    @classmethod
    def of(cls, column: pl.Series) -> Runs:
        """Return the runs of a column of symbols."""
        runs = column.rle()
        lengths = runs.struct.field("len").to_numpy().astype(np.int64)
        stop = np.cumsum(lengths)
        return cls(tuple(runs.struct.field("value").to_list()), stop - lengths, stop)

    def sorted(self) -> Runs:
        """Return them by name; those of one name stay in order."""
        return self.taken(np.array(sorted(range(len(self.names)), key=self.names.__getitem__)))

    def taken(self, places: IntArray, shift: int = 0) -> Runs:
        """Return some of them, counted from another row."""
        names = tuple(self.names[k] for k in places.tolist())
        return Runs(names, self.start[places] + shift, self.stop[places] + shift)


def names_in(table: Snapshot) -> tuple[str, ...]:
    """Return every symbol (subject) of a table, ascending."""
    runs = (_runs_in(table.table, part, _options(table)) for part in table.parts)
    return tuple(sorted({name for each in runs for name in each.names}))


def rows_of(
    table: Snapshot, symbols: Collection[str], columns: Sequence[str]
) -> tuple[pl.DataFrame, Runs]:
    """Return the rows of some symbols that say when they are and since when they are known.

    Returns
    -------
    tuple
        The columns, in the order of the files, and which rows of them are whose. Rows between may
        be of others, of which nothing is said.
    """
    if len(symbols) > FEW:
        slices = _slices(table, frozenset(symbols), columns)
        if slices is not None:
            return slices
        rows = table.between(min(symbols), max(symbols))
    else:
        rows = table.scan(sorted(symbols))
    key = key_of(table.table)
    frame = rows.select(key, *columns).drop_nulls(["date", "known_at"]).collect()
    runs = Runs.of(frame[key])
    wanted = [k for k, name in enumerate(runs.names) if name in symbols]
    return frame, runs.taken(np.array(wanted, np.int64))


def _slices(
    table: Snapshot, symbols: frozenset[str], columns: Sequence[str]
) -> tuple[pl.DataFrame, Runs] | None:
    """Return a slice of each file; None where most of its rows would be of others, or of no day."""
    import polars as pl

    cut: list[tuple[Part, int, int]] = []
    kept: list[Runs] = []
    height = wanted_rows = 0
    for part in holding(table.parts, (min(symbols), max(symbols))):
        runs = _runs_in(table.table, part, _options(table))
        places = np.array([k for k, name in enumerate(runs.names) if name in symbols], np.int64)
        if not len(places):
            continue
        first, end = int(runs.start[places[0]]), int(runs.stop[places[-1]])
        kept.append(runs.taken(places, height - first))
        cut.append((part, first, end - first))
        height += end - first
        wanted_rows += int((runs.stop[places] - runs.start[places]).sum())
    if 2 * wanted_rows < height or not cut:
        return None
    frames = [
        Snapshot(table.table, table.version, (part,), table.storage_options)
        .scan()
        .select(columns)
        .slice(first, size)
        .collect()
        for part, first, size in cut
    ]
    if any(frame[name].null_count() for frame in frames for name in ("date", "known_at")):
        return None
    names = tuple(name for each in kept for name in each.names)
    start = np.concatenate([each.start for each in kept])
    stop = np.concatenate([each.stop for each in kept])
    return pl.concat(frames, rechunk=False), Runs(names, start, stop)


def _options(table: Snapshot) -> tuple[tuple[str, str], ...]:
    return tuple(table.storage_options.items())


@lru_cache(maxsize=256)
def _runs_in(table: Table, part: Part, options: tuple[tuple[str, str], ...]) -> Runs:
    """Return the runs of a file, which never changes."""
    rows = Snapshot(table, 0, (part,), dict(options)).scan().select(key_of(table)).collect()
    return Runs.of(rows[key_of(table)])
