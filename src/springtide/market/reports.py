"""What an import did: frozen results, for people and for machines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many parts are done, and how many there are."""

LISTED = 200
"""How many refused rows and warnings are listed by name; all are counted."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One row that was not taken, and why. ``row`` counts data rows from 1, 0 where not known."""

    symbol: str
    date: date | None
    row: int
    reason: str

    def __str__(self) -> str:
        where = f"row {self.row}: " if self.row else ""
        day = f" {self.date}" if self.date else ""
        return f"{where}{self.symbol}{day}: {self.reason}"


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file, or of one symbol fetched from a source.

    Attributes
    ----------
    name
        The file or the symbol.
    rows
        Rows read.
    new, completed, revised, same
        Rows taken: of sessions not stored before, that add figures to stored ones, that contradict
        stored ones, and that were there already.
    refused
        Rows not taken. ``refusals`` names the first :data:`LISTED` of them.
    warnings
        What was odd about rows that were taken.
    error
        Why nothing could be read at all; "" where something could.
    """

    name: str
    rows: int = 0
    new: int = 0
    completed: int = 0
    revised: int = 0
    same: int = 0
    refused: int = 0
    refusals: tuple[Refusal, ...] = ()
    warnings: tuple[str, ...] = ()
    error: str = ""

    @property
    def accepted(self) -> int:
        """Rows that were found good, whether they were stored before or not."""
        return self.new + self.completed + self.revised + self.same


def report_json(report: ImportReport) -> dict[str, Any]:
    """Return what an import did as the document that ``import.schema.json`` describes.

    Examples
    --------
    >>> report_json(ImportReport((), (("bars", 3),)))
    {'files': [], 'versions': {'bars': 3}}
    """
    return {
        "files": [
            {
                **asdict(each),
                "refusals": [
                    {**asdict(one), "date": None if one.date is None else one.date.isoformat()}
                    for one in each.refusals
                ],
                "warnings": list(each.warnings),
            }
            for each in report.files
        ],
        "versions": dict(report.versions),
    }


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, file by file, and the lake's versions after it."""

    files: tuple[FileReport, ...]
    versions: tuple[tuple[str, int], ...]

    def total(self, name: str) -> int:
        """Return a count over all files.

        Examples
        --------
        >>> ImportReport((FileReport("a", rows=3), FileReport("b", rows=4)), ()).total("rows")
        7
        """
        return sum(int(getattr(each, name)) for each in self.files)

    @property
    def errors(self) -> tuple[FileReport, ...]:
        """The files that could not be read."""
        return tuple(each for each in self.files if each.error)
