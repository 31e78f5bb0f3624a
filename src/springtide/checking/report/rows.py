"""A row a number: what tables of many checks hold, as JSON lines and as Parquet."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from springtide.claims.schema import Json
from springtide.errors import SpringtideError

if TYPE_CHECKING:
    import polars as pl

Row = dict[str, Any]

COLUMNS: dict[str, type] = {
    "article": str,
    "file": str,
    "start": int,
    "end": int,
    "text": str,
    "kind": str,
    "why": str,
    "measure": str,
    "subject": str,
    "name": str,
    "value": float,
    "value_to": float,
    "scaled": float,
    "scaled_to": float,
    "unit": str,
    "comparator": str,
    "period_kind": str,
    "period_words": str,
    "period_from": date,
    "period_to": date,
    "as_of": date,
    "basis": str,
    "speaker": str,
    "modality": str,
    "confidence": float,
    "claim": int,
    "metric": str,
    "verdict": str,
    "measured": float,
    "measured_unit": str,
    "reason": str,
}
"""The columns and their types; a range has its ends in ``value`` and ``value_to``."""

BATCH = 10_000
"""Rows that are held before they are written."""


def number_rows(check: Json, article: str, file: Path) -> tuple[Row, ...]:
    """Return a row for each number of a ``check.json``, with the verdict of its claim.

    Parameters
    ----------
    check
        As :func:`springtide.checking.report.json.check_json` makes it.
    article
        The name of the article: the folder of its results.
    file
        Where it was read from.

    Examples
    --------
    >>> claim = {"quote": "up 2%", "start": 4, "end": 9, "metric": "pct_change", "subject": "HSI",
    ...          "as_of": "2025-02-13", "value": 2.0, "unit": "%", "comparator": "=", "period": "",
    ...          "attributed_to": "", "verdict": "supported", "measured": None, "reason": ""}
    >>> (row,) = number_rows({"claims": [claim]}, "note", Path("note.md"))
    >>> row["text"], row["value"], row["value_to"], row["verdict"], row["why"]
    ('up 2%', 2.0, None, 'supported', None)
    """
    claims = check["claims"]
    numbers = check.get("numbers")
    if numbers is None:
        numbers = [_of_claim(claim, i) for i, claim in enumerate(claims)]
    return tuple(_row(number, claims, article, file) for number in numbers)


def _of_claim(claim: Json, index: int) -> Json:
    """Return a claim in the form of a number, where numbers themselves are not listed."""
    return {
        "start": claim["start"],
        "end": claim["end"],
        "text": claim["quote"],
        "kind": "claim",
        "subject": claim["subject"],
        "value": claim["value"],
        "unit": claim["unit"],
        "comparator": claim["comparator"],
        "period": {"words": claim["period"]},
        "as_of": claim["as_of"],
        "speaker": claim["attributed_to"],
        "claim": index,
    }


def _row(number: Json, claims: Sequence[Json], article: str, file: Path) -> Row:
    row: Row = dict.fromkeys(COLUMNS)
    row |= {name: number[name] for name in COLUMNS.keys() & number.keys()}
    row |= {"article": article, "file": file.as_posix()}
    row["value"], row["value_to"] = _ends(number.get("value"))
    row["scaled"], row["scaled_to"] = _ends(number.get("scaled"))
    for key, value in (number.get("period") or {}).items():
        row[f"period_{key}"] = value
    index = number.get("claim")
    if index is not None:
        claim = claims[index]
        measured = claim.get("measured") or {}
        row["metric"], row["verdict"] = claim["metric"], claim["verdict"]
        row["measured"], row["measured_unit"] = (
            _ends(measured.get("value"))[0],
            measured.get("unit"),
        )
        row["reason"] = claim["reason"]
    return {name: row[name] for name in COLUMNS}


def _ends(value: Any) -> tuple[float | None, float | None]:
    if isinstance(value, list | tuple):
        return float(value[0]), float(value[1])
    return (None if value is None else float(value)), None


class Table:
    """``checks.parquet`` in the making: rows go to disk in batches, and become one file at the end.

    Use it as a context; without an error the table is complete when it ends, and what was there
    before is replaced at once.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "checks.parquet"
        self._folder = folder
        self._rows: list[Row] = []
        self._batches: list[Path] = []

    def __enter__(self) -> Table:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._waiting = tempfile.TemporaryDirectory(prefix=".springtide-", dir=self._folder)
        except OSError as error:
            raise SpringtideError(
                f"Cannot write results to {self._folder}: {error.strerror or error}",
                hint="choose another folder with --out",
            ) from error
        return self

    def add(self, rows: Sequence[Row]) -> None:
        """Add the rows of an article."""
        self._rows += rows
        if len(self._rows) >= BATCH:
            self._write()

    def __exit__(self, failed: object, *_: object) -> None:
        try:
            if failed is None:
                import polars as pl

                if self._rows or not self._batches:
                    self._write()
                whole = Path(self._waiting.name) / "whole.parquet"
                pl.scan_parquet(self._batches).sink_parquet(whole)
                whole.replace(self.path)
        finally:
            self._waiting.cleanup()

    def _write(self) -> None:
        path = Path(self._waiting.name) / f"{len(self._batches):05}.parquet"
        table_of(self._rows).write_parquet(path)
        self._batches.append(path)
        self._rows = []


def table_of(rows: Sequence[Row]) -> pl.DataFrame:
    """Return rows as a table with the types of :data:`COLUMNS`."""
    import polars as pl

    types = {str: pl.String, int: pl.Int64, float: pl.Float64, date: pl.Date}
    written = {name: pl.String if kind is date else types[kind] for name, kind in COLUMNS.items()}
    table = pl.DataFrame(rows, schema=written, orient="row")
    days = [name for name, kind in COLUMNS.items() if kind is date]
    return table.with_columns(pl.col(days).str.to_date("%Y-%m-%d"))
