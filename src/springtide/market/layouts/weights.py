"""Weights of an index's members, a row a member and day, as index houses and Tushare give them.

Weights of one index on one day must add up to 99 to 101 per cent: a list that is cut, that is in
shares of one or that holds a member twice is refused as a whole, since each would count wrongly.
A date is the day at whose close the weights stood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from springtide.errors import DataError, UsageError
from springtide.language.script import normalise
from springtide.market import instruments
from springtide.market.layouts.model import Given, Layout
from springtide.market.reports import Refusal
from springtide.market.sources import cells
from springtide.market.sources.batch import OBSERVATION_COLUMNS, Batch
from springtide.market.sources.days import parse_dates
from springtide.market.sources.grid import Header, read_grid

if TYPE_CHECKING:
    import polars as pl

FIELD = "index_weight"
LEAST, MOST = 99.0, 101.0
"""Per cent to which the weights of one list add up, rounded as they are."""

_ALLOWED = "the columns date, index, member, weight"
_ROLES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "date": re.compile("date|日期|交易日期|trade_date"),
        "index": re.compile("index$|index[_ ]code|指数代码"),
        "member": re.compile("member|constituent|con_code|成[分份][券股]代码"),
        "weight": re.compile("weight|权重"),
    }
)


def _columns(names: Sequence[str]) -> dict[str, str]:
    """Return which column of a file is which, the first that fits."""
    held: dict[str, str] = {}
    for role, pattern in _ROLES.items():
        for name in names:
            if role not in held and pattern.match(normalise(name).strip().casefold()):
                held[role] = name
    return held


def _read(path: Path, given: Given) -> Batch:
    import polars as pl

    header = Header(lambda names: len(_columns(names)), _ALLOWED)
    grid = read_grid(path, header)
    frame, held = grid.frame, _columns(grid.frame.columns)
    absent = sorted({"date", "member", "weight"} - set(held))
    if absent:
        raise DataError(f"{path} has no column {' and none '.join(absent)}", allowed=_ALLOWED)
    if "index" not in held and given.subject is None:
        raise UsageError(
            f"{path} does not say of which index the weights are", hint="give it: --subject HSI"
        )
    days, complaint = parse_dates(frame[held["date"]], given.date_format)
    if complaint:
        raise DataError(f"{path}, column {held['date']}: {complaint}")
    whole = pl.Series([given.subject or ""] * len(frame), dtype=pl.String)
    index = frame[held["index"]].cast(pl.String) if "index" in held else whole
    read = pl.DataFrame(
        {
            "row": pl.Series(range(1, len(frame) + 1), dtype=pl.Int64),
            "date": days,
            "index": _ids(index, instruments.symbol_of),
            "subject": _ids(frame[held["member"]].cast(pl.String), instruments.canonical),
            "value": cells.parse_numbers(frame[held["weight"]]),
        }
    )
    good, refusals = _whole_lists(read, _bad_rows(read))
    rows = good.select(
        "subject",
        pl.format(f"{FIELD}:{{}}", "index").alias("field"),
        "date",
        "value",
        pl.lit("%").alias("unit"),
        pl.lit(None, dtype=pl.String).alias("text"),
        pl.lit(given.source or path.name).alias("source"),
        pl.lit(None, dtype=pl.Datetime("us", "UTC")).alias("known_at"),
    )
    return Batch(path.name, rows.select(OBSERVATION_COLUMNS), refusals)


def _ids(texts: pl.Series, id_of: Callable[[str], str]) -> pl.Series:
    told = {each: id_of(each.strip()) for each in texts.unique().drop_nulls() if each.strip()}
    return texts.replace_strict(told, default=None)


def _bad_rows(read: pl.DataFrame) -> dict[tuple[object, object], str]:
    """Return the lists of which a row cannot be read, with the reason, by index and day."""
    import polars as pl

    dated = read.drop_nulls(["date", "index"])
    bad = dated.filter(
        pl.col("value").is_null() | pl.col("subject").is_null() | (pl.col("value") < 0)
    )
    return {
        (row["index"], row["date"]): f"line {row['row']} has no member or no weight of 0 or more"
        for row in bad.iter_rows(named=True)
    }


def _whole_lists(
    read: pl.DataFrame, bad: Mapping[tuple[object, object], str]
) -> tuple[pl.DataFrame, tuple[Refusal, ...]]:
    """Return the rows of the lists that are whole, and why the others are refused."""
    import polars as pl

    refusals = []
    kept = []
    for (index, day), rows in read.drop_nulls(["date", "index"]).group_by(
        ["index", "date"], maintain_order=True
    ):
        total = float(rows["value"].sum() or 0.0)
        twice = rows.filter(pl.col("subject").is_duplicated())["subject"].drop_nulls()
        why = bad.get((index, day), "")
        if not why and len(twice):
            why = f"{twice[0]} is in the list twice"
        if not why and not LEAST <= total <= MOST:
            why = f"the weights add up to {total:.2f}%, not to {LEAST:.0f}% to {MOST:.0f}%"
        if why:
            refusals.append(Refusal(str(index), day, int(rows["row"][0]), why))
        else:
            kept.append(rows)
    return (pl.concat(kept) if kept else read.clear()), tuple(refusals)


LAYOUT = Layout(
    "weights",
    "members of an index with their weights, a row each: date, index, member, weight in per cent",
    _read,
)
