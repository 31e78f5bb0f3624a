"""The Delta tables of a lake: how they are made, and what their errors mean to a person."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote

from springtide.errors import LakeError
from springtide.market.tables import SCHEMAS, Part, Table, key_of

if TYPE_CHECKING:
    from deltalake import DeltaTable, Field
    from deltalake.schema import ArrayType, PrimitiveType

FORMAT = 1
"""Version of the lake's format; a lake with a higher one is refused."""

_FORMAT_KEY = "springtideFormat"


def create(uri: str, table: Table, options: Mapping[str, str]) -> None:
    """Make a table.

    Raises
    ------
    DeltaError
        It cannot be made, or is there already.
    """
    from deltalake import DeltaTable, Schema

    DeltaTable.create(
        uri,
        schema=Schema(_fields(table)),
        mode="error",
        configuration={_FORMAT_KEY: str(FORMAT)},
        raise_if_key_not_exists=False,
        storage_options=dict(options) or None,
    )


def columns_lacking(delta: DeltaTable, table: Table) -> list[Field]:
    """Return the columns that a table of an earlier version of Springtide has not yet."""
    there = {one.name for one in delta.schema().fields}
    return [field for field in _fields(table) if field.name not in there]


def _fields(table: Table) -> list[Field]:
    from deltalake import Field

    return [Field(name, _type(kind)) for name, kind in SCHEMAS[table].items()]


def _type(kind: str) -> PrimitiveType | ArrayType:
    from deltalake.schema import ArrayType, PrimitiveType

    return ArrayType(PrimitiveType("double")) if kind == "doubles" else PrimitiveType(kind)


def accept(address: str, table: str, delta: DeltaTable) -> None:
    """Refuse a table that this version cannot read rightly.

    Raises
    ------
    LakeError
        Another program made it, or a newer version of Springtide.
    """
    written = delta.metadata().configuration.get(_FORMAT_KEY)
    if written is None:
        raise LakeError(
            f"The table {table} at {address} was not made by Springtide",
            hint="give the lake a folder of its own",
        )
    if not written.isdigit() or int(written) > FORMAT:
        raise LakeError(
            f"The lake at {address} was made by a newer version of Springtide",
            given=f"lake format {written}",
            allowed=f"lake format {FORMAT}",
            hint="upgrade springtide, or use another lake",
        )
    if delta.protocol().min_reader_version > 1:
        raise LakeError(
            f"The table {table} at {address} uses Delta features that another program "
            "switched on and Springtide does not read",
            given=f"reader version {delta.protocol().min_reader_version}",
            allowed="reader version 1",
        )


def parts_of(delta: DeltaTable, table: Table, root: str) -> tuple[Part, ...]:
    """Return the data files that a table's log names, whether they are there or not."""
    import polars as pl

    key = key_of(table)
    low, high = f"min.{key}", f"max.{key}"
    return tuple(
        Part(
            path=f"{root}/{unquote(row['path'])}",
            name=row["path"],
            size=row["size_bytes"],
            rows=row["num_records"],
            low=row.get(low),
            high=row.get(high),
        )
        for row in pl.DataFrame(delta.get_add_actions(flatten=True)).to_dicts()
    )


def has_commit(folder: str) -> bool:
    """Tell whether a folder is a Delta table: its log has a commit.

    A lake asks it of each table that it has not, whenever its versions are asked for.

    Raises
    ------
    LakeError
        It cannot be read.
    """
    try:
        names = os.listdir(os.path.join(folder, "_delta_log"))
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        lake = os.path.dirname(folder)
        raise LakeError(f"The lake at {lake} cannot be read: {error.strerror}") from error
    return any(name.endswith((".json", ".checkpoint.parquet")) for name in names)


@contextlib.contextmanager
def saying(
    address: str,
    done: str,
    passing: type[BaseException] | tuple[type[BaseException], ...] = (),
) -> Iterator[None]:
    """Turn the errors of Delta, Polars and the system into ones that say what to do."""
    import polars as pl
    from deltalake.exceptions import CommitFailedError, DeltaError

    try:
        yield
    except passing:
        raise
    except CommitFailedError:
        raise
    except (DeltaError, OSError, pl.exceptions.PolarsError) as error:
        raise LakeError(
            f"The lake at {address} cannot be {done}: {_first_line(error)}",
            hint=_advice(error),
        ) from error


def _first_line(error: BaseException) -> str:
    text = str(error).strip() or type(error).__name__
    return text.splitlines()[0].rstrip(".")


def _advice(error: BaseException) -> str | None:
    text = str(error).lower()
    if "no space left" in text or "os error 28" in text or "quota" in text:
        return "the disk is full: free some space and run it again; what was stored is untouched"
    if "read-only" in text or "permission denied" in text or "os error 13" in text:
        return "choose a lake in a folder that can be written to, with --lake or SPRINGTIDE_LAKE"
    if "not a directory" in text or "file exists" in text:
        return "a file is in the place of the lake's folder"
    return None
