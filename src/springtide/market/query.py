"""SQL over the tables of a lake: it asks, changes nothing, and reads no file unless told to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from springtide.errors import LakeError, UsageError
from springtide.market.tables import SCHEMAS

if TYPE_CHECKING:
    import polars as pl

    from springtide.market.lake import Lake

_COMMENTS = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_TEXTS = re.compile(r"'(?:[^']|'')*'")
_CHANGES = (
    "DELETE", "TRUNCATE", "DROP", "INSERT", "UPDATE", "CREATE", "ALTER", "MERGE", "COPY", "REPLACE",
)  # fmt: skip
_OF_FILES = re.compile(r"\bread_\w+[\"`]?\s*\(", re.IGNORECASE)


def run(lake: Lake, query: str, *, files: bool = False) -> pl.DataFrame:
    """Run a SQL query (Polars' dialect); see :meth:`springtide.market.lake.Lake.sql`."""
    import polars as pl

    from springtide.market import merge
    from springtide.market.integrity import unreadable

    check(query, files=files)
    tables: dict[str, pl.LazyFrame] = {name: lake.snapshot(name).scan() for name in SCHEMAS}
    context = pl.SQLContext(
        tables,
        latest_bars=merge.latest_bars(tables["bars"]),
        latest_observations=merge.latest_observations(tables["observations"]),
    )
    try:
        result: pl.DataFrame = context.execute(query, eager=True)
    except OSError as error:
        where = error.filename or str(error).splitlines()[0]
        raise LakeError(f"A file cannot be read: {where}") from error
    except (pl.exceptions.PolarsError, TypeError, ValueError) as error:
        if str(error).startswith("parquet:") and not files:
            raise unreadable(lake.address) from error
        raise UsageError(
            f"The query cannot be run: {str(error).strip().splitlines()[0].rstrip('.:')}",
            given=query,
            hint=f"the tables are {', '.join(SCHEMAS)}, latest_bars and latest_observations",
        ) from error
    if not result.columns:
        raise UsageError("The query asks for no table", given=query, allowed="a SELECT statement")
    return result


def check(query: str, *, files: bool = False) -> None:
    """Refuse a statement that would change data, and one that reads files where that is not told.

    Examples
    --------
    >>> check("WITH a AS (SELECT * FROM bars) SELECT symbol FROM a")
    >>> check("DELETE FROM bars")
    Traceback (most recent call last):
    springtide.errors.UsageError: SQL can only ask here, never change. Given: DELETE FROM bars. ...
    """
    bare = _COMMENTS.sub(" ", _TEXTS.sub("''", query)).strip().lstrip("( \n\t")
    word = re.match(r"\w*", bare)
    if word is not None and word.group().upper() in _CHANGES:
        raise UsageError(
            "SQL can only ask here, never change",
            given=query,
            allowed="a SELECT statement",
        )
    if not files and _OF_FILES.search(bare):
        raise UsageError(
            "A query reads files of this machine only where it is told that it may",
            given=query,
            hint="give --files (files=True) with a query that you have written yourself",
        )
