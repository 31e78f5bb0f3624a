"""Sheets of calls on the command line: ``import observations --layout calls``, ``calls read``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from springtide.cli.options import open_lake

if TYPE_CHECKING:
    from springtide.claims.model import Call
    from springtide.market.lake import Lake
    from springtide.market.reports import FileReport, ImportReport

LAYOUT = "calls"
ENDINGS = (".csv", ".tsv", ".xlsx", ".xls", ".ods")


def is_sheet(path: Path) -> bool:
    """Say whether a file is a table and no article."""
    return path.suffix.lower() in ENDINGS


def read_sheets(paths: Sequence[Path], lake: Lake) -> tuple[list[Call], list[str]]:
    """Read sheets of calls; say of each row that is none why."""
    from springtide.calls.sheet import read_sheet

    calls: list[Call] = []
    refused: list[str] = []
    for path in paths:
        made, rows = read_sheet(path, lake)
        calls += made
        refused += [f"{path}, {row}" for row in rows]
    return calls, refused


def import_sheets(paths: Sequence[Path], address: str | None, *, check: bool) -> ImportReport:
    """File the calls of sheets, or with ``check`` say what would be filed; file by file."""
    from springtide.market.reports import ImportReport
    from springtide.market.sources import files

    lake = open_lake(address)
    reports = tuple(_import(path, lake, check) for path in files.find(paths, ENDINGS))
    return ImportReport(reports, () if check else tuple(lake.versions().items()))


def _import(path: Path, lake: Lake, check: bool) -> FileReport:
    from springtide.calls.ledger import file, weighed
    from springtide.calls.sheet import read_sheet
    from springtide.errors import SpringtideError
    from springtide.market.reports import FileReport, Refusal

    try:
        calls, rows = read_sheet(path, lake)
    except SpringtideError as error:
        return FileReport(path.name, error=str(error))
    filed = (weighed if check else file)(lake, calls)
    refusals = (*rows, *(Refusal(LAYOUT, None, 0, why) for why in filed.refused))
    return FileReport(
        path.name,
        rows=len(calls) + len(rows),
        new=filed.new,
        same=filed.known,
        refused=len(refusals),
        refusals=refusals,
    )
