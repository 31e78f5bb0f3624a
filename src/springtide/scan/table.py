"""A scan as a table with a column a metric: which rows are wanted, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from springtide.errors import UsageError
from springtide.market import instruments
from springtide.scan.asked import Asked
from springtide.scan.rows import YES_NO

if TYPE_CHECKING:
    import polars as pl

FIRST = ("symbol", "as_of", "kind", "calendar")
"""Columns that stand before those of the metrics."""


def wide(rows: pl.DataFrame, asked: Sequence[Asked]) -> pl.DataFrame:
    """Return one row a symbol and day, with a column for each thing asked, named as it is spelt.

    What is answered by yes or no is a column of truth values; what is missing is null.
    """
    import polars as pl

    names = {(one.metric, one.params_text): one.name for one in asked}
    keys = pl.DataFrame(
        [(*key, name) for key, name in names.items()],
        schema=["metric", "params", "_name"], orient="row",
    )  # fmt: skip
    named = rows.join(keys, on=["metric", "params"], maintain_order="left")
    table = named.pivot("_name", index=["symbol", "date"], values="value", aggregate_function=None)
    answers = named.filter(pl.col("unit") == YES_NO)["_name"].unique()
    absent = [pl.lit(None, pl.Float64).alias(n) for n in names.values() if n not in table.columns]
    table = table.rename({"date": "as_of"}).with_columns(
        *absent,
        pl.col(answers.to_list()).cast(pl.Boolean),
    )
    known = [instruments.told(symbol) for symbol in table["symbol"]]
    return table.with_columns(
        kind=pl.Series([None if one is None else one.kind for one in known], dtype=pl.String),
        calendar=pl.Series(
            [None if one is None else one.calendar for one in known], dtype=pl.String
        ),
    ).select(*FIRST, *names.values())


def wanted(table: pl.DataFrame, where: str | None, sort: str | None) -> pl.DataFrame:
    """Return the rows of :func:`wide` for which an expression holds, ordered by a column.

    Parameters
    ----------
    table
        From :func:`wide`.
    where
        An expression of SQL over its columns, such as ``phase_age > 20 AND rsi > 70``. A name with
        signs in it stands in double quotes: ``"rsi:window=9" < 30``. A missing value fulfils
        nothing.
    sort
        A column; with ``-`` before it the largest first. Missing values come last.

    Raises
    ------
    UsageError
        The expression cannot be read, is no condition, or names a column that is not there.

    Examples
    --------
    >>> import polars as pl
    >>> table = pl.DataFrame({"symbol": ["A", "B", "C"], "rsi": [60.0, 75.0, None]})
    >>> wanted(table, "rsi > 70 or symbol = 'A'", "-rsi")["symbol"].to_list()
    ['B', 'A']
    """
    if where is not None:
        table = _held(table, where)
    if sort is None:
        return table
    column, falling = sort.removeprefix("-"), sort.startswith("-")
    if column not in table.columns:
        raise UsageError(
            "The scan has no such column to sort by", given=sort, allowed=_columns(table)
        )
    return table.sort(column, descending=falling, nulls_last=True, maintain_order=True)


def _held(table: pl.DataFrame, where: str) -> pl.DataFrame:
    import polars as pl

    try:
        condition = pl.sql_expr(where)
        named = condition.meta.root_names()
    except (pl.exceptions.PolarsError, TypeError, ValueError) as error:
        raise _unread(where, str(error), table) from None
    unknown = [name for name in named if name not in table.columns]
    if unknown or not named:
        what = f"there is no column {unknown[0]}" if unknown else "it names no column"
        raise _unread(where, what, table)
    try:
        if table.lazy().select(condition).collect_schema().dtypes() != [pl.Boolean()]:
            raise _unread(where, "it is no condition that is true or false", table)
        return table.filter(condition)
    except pl.exceptions.PolarsError as error:
        raise _unread(where, str(error), table) from None


def _unread(where: str, why: str, table: pl.DataFrame) -> UsageError:
    said = why.strip().splitlines()[0].rstrip(".") if why.strip() else "it cannot be read"
    return UsageError(
        f"The condition cannot be used: {said}",
        given=where,
        allowed=f"comparisons of {_columns(table)}, with AND, OR and NOT",
    )


def _columns(table: pl.DataFrame) -> str:
    return ", ".join(
        name if name.replace("_", "").isalnum() else f'"{name}"' for name in table.columns
    )
