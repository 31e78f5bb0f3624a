"""Committing rows to a table: data files first, which become part of it when the log names them."""

from __future__ import annotations

import contextlib
import time
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from springtide.market.tables import ROW_GROUP, Part, Table, split_by_key, statistics

if TYPE_CHECKING:
    import polars as pl
    from deltalake import DeltaTable
    from deltalake.transaction import AddAction


def commit_files(
    base: DeltaTable, table: Table, folder: Path, rows: pl.DataFrame, replacing: Sequence[Part]
) -> None:
    """Write Parquet files with Polars (four times as fast as delta-rs) and commit them.

    Parameters
    ----------
    base
        The table at the version that the rows were compared with.
    folder
        Where its files are.
    replacing
        Files whose rows these are, in place of which the new ones stand.

    Raises
    ------
    CommitFailedError
        Another process committed in between. Nothing is left of the files that were written.
    """
    from deltalake import CommitProperties
    from deltalake.transaction import RemoveAction

    names: list[str] = []
    try:
        added = []
        for piece in split_by_key(table, rows) if replacing else [rows]:
            names.append(f"part-{uuid.uuid4()}.zstd.parquet")
            added.append(_write(table, folder / names[-1], piece, data_change=not replacing))
        now = int(time.time() * 1000)
        removed = [RemoveAction(part.name, False, now, part.size) for part in replacing]
        base.create_write_transaction(
            [*removed, *added],
            mode="append",
            schema=base.schema(),
            commit_properties=CommitProperties(max_commit_retries=0),
        )
    except BaseException:
        # Not in the table: the commit is the last step and atomic.
        for name in names:
            with contextlib.suppress(OSError):
                (folder / name).unlink()
        raise


def _write(table: Table, path: Path, rows: pl.DataFrame, *, data_change: bool) -> AddAction:
    """Write one Parquet file, which nothing refers to yet; return how a commit names it."""
    from deltalake.transaction import AddAction

    rows.write_parquet(
        path,
        compression="zstd",
        compression_level=1,
        row_group_size=ROW_GROUP,
        statistics=True,
    )
    return AddAction(
        path=path.name,
        size=path.stat().st_size,
        partition_values={},
        modification_time=int(time.time() * 1000),
        data_change=data_change,
        stats=statistics(table, rows),
    )


def commit_rows(base: DeltaTable, rows: pl.DataFrame) -> None:
    """Write and commit rows of a table in an object store.

    Raises
    ------
    CommitFailedError
        Another process committed in between.
    """
    from deltalake import CommitProperties, WriterProperties, write_deltalake

    write_deltalake(
        base,
        rows,
        mode="append",
        writer_properties=WriterProperties(compression="ZSTD", max_row_group_size=ROW_GROUP),
        commit_properties=CommitProperties(max_commit_retries=0),
    )
