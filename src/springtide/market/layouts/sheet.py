"""Sheets with a row an opinion: who, of what, when, and several figures or words beside it.

Wide tables (:mod:`springtide.market.layouts.wide`) are one source's. Here every row names its own
source, a house, and holds words beside numbers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from springtide.errors import DataError
from springtide.language.script import normalise
from springtide.market import instruments
from springtide.market.layouts.model import Given, Unit
from springtide.market.reports import Refusal
from springtide.market.sources import cells
from springtide.market.sources.batch import OBSERVATION_COLUMNS, Batch
from springtide.market.sources.days import parse_dates
from springtide.market.sources.grid import Header, read_grid
from springtide.market.types import Instrument

if TYPE_CHECKING:
    import polars as pl

Names = Mapping[str, tuple[str, ...]]
"""What a column is for, and what exports call it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet: its day, its instrument, its cells by what they are for."""

    number: int
    day: date
    subject: Instrument
    cells: Mapping[str, str]

    def text(self, role: str) -> str:
        """Return a cell's text, "" where there is none or it says that nothing is known."""
        return self.cells.get(role, "")

    def refusal(self, reason: str) -> Refusal:
        """Return a refusal that names the row."""
        return Refusal(self.subject.id, self.day, self.number, reason)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a file that have a day and a subject, and those that have not."""

    name: str
    lines: tuple[Line, ...]
    refusals: tuple[Refusal, ...]
    units: Mapping[str, str]
    """The currency in a column's header, by what the column is for."""

    factors: Mapping[str, float]
    """The scale in a column's header (亿份), by what the column is for."""


def read_sheet(path: Path, given: Given, names: Names, needed: Sequence[str]) -> Sheet:
    """Read a file with a row an opinion.

    Parameters
    ----------
    names
        The columns by what they are for; ``date`` and ``subject`` are among them.
    needed
        Those that a file must have. A file without ``date`` needs the day of the snapshot
        (``given.day``).

    Raises
    ------
    DataError
        A column that is needed is not there, or the order of day and month cannot be told.
    """
    grid = read_grid(path, Header(partial(_known, names), _allowed(names)))
    held = _holders(grid.frame.columns, names)
    lacking = [role for role in needed if role not in held]
    if "date" in lacking and given.day is not None:
        lacking.remove("date")
    if lacking:
        wanted = " and ".join(names[role][0] for role in lacking)
        raise DataError(
            f"{path} has no column for {wanted}",
            given=", ".join(grid.frame.columns[:12]),
            allowed=_allowed(names),
            hint="say the day of a snapshot with --as-of" if lacking == ["date"] else None,
        )
    days = _days(grid.frame, held, given, path)
    lines, refusals = _lines(grid.frame, held, days, grid.first_line)
    units = {role: _currency(name) for role, name in held.items() if _currency(name)}
    told = {role: _unit(name) for role, name in held.items()}
    factors = {role: unit.factor for role, unit in told.items() if unit is not None}
    return Sheet(path.name, tuple(lines), tuple(refusals), units, factors)


def _plain(name: str) -> str:
    return normalise(name).partition("(")[0].partition("（")[0].strip().casefold()


def _holders(headers: Sequence[str], names: Names) -> dict[str, str]:
    """Return for each thing which column holds it: the first that does."""
    meanings = {name: role for role, each in names.items() for name in each}
    held: dict[str, str] = {}
    for header in headers:
        role = meanings.get(_plain(header))
        if role is not None:
            held.setdefault(role, header)
    return held


def _known(names: Names, headers: Sequence[str]) -> int:
    return len(_holders(headers, names))


def _allowed(names: Names) -> str:
    return "columns " + ", ".join(each[0] for each in names.values())


def _currency(header: str) -> str:
    unit = _unit(header)
    return "" if unit is None or unit.name == "shares" else unit.name


def _unit(header: str) -> Unit | None:
    """Return the unit in brackets at the end of a header; a fund's 份 are its shares."""
    bracketed = normalise(header).replace("（", "(").replace("）", ")").partition("(")[2]
    text = bracketed.rstrip(") ").replace("份", "股")
    return Unit.parse(text) if text else None


def _days(
    frame: pl.DataFrame, held: Mapping[str, str], given: Given, path: Path
) -> list[date | None]:
    if "date" not in held:
        return [given.day] * len(frame)
    months = _month_ends(frame[held["date"]].cast(str).to_list())
    if months is not None:
        return months
    days, complaint = parse_dates(frame[held["date"]], given.date_format)
    if complaint:
        raise DataError(f"{path}, column {held['date']}: {complaint}")
    return days.to_list()


_MONTH = re.compile(r"\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?\s*")


def _month_ends(texts: Sequence[str | None]) -> list[date | None] | None:
    """Return the last day of each month where a column holds months and no days; else None."""
    read = [_MONTH.fullmatch(text) if text else None for text in texts]
    written = [text for text in texts if text and text.strip()]
    if not written or sum(one is not None for one in read) < len(written):
        return None
    return [None if one is None else _last_day(int(one[1]), int(one[2])) for one in read]


def _last_day(year: int, month: int) -> date | None:
    if not 1 <= month <= _MONTHS:
        return None
    return date(year + month // _MONTHS, month % _MONTHS + 1, 1) - timedelta(days=1)


_MONTHS = 12


def _lines(
    frame: pl.DataFrame, held: Mapping[str, str], days: list[date | None], first: int
) -> tuple[list[Line], list[Refusal]]:
    lines: list[Line] = []
    refusals: list[Refusal] = []
    known: dict[str, Instrument] = {}
    read = {role: frame[name].cast(str).to_list() for role, name in held.items()}
    for index, day in enumerate(days):
        cells = {role: _told(texts[index]) for role, texts in read.items()}
        where = f"line {first + index}"
        if not any(cells.values()):
            continue
        if day is None:
            refusals.append(Refusal("", None, index + 1, f"{where}: no date"))
            continue
        written = cells["subject"]
        if not written:
            refusals.append(Refusal("", day, index + 1, f"{where}: no instrument"))
            continue
        if written not in known:
            known[written] = instruments.of_id(instruments.canonical(written))
        lines.append(Line(index + 1, day, known[written], cells))
    return lines, refusals


def _told(text: str | None) -> str:
    plain = (text or "").strip()
    return "" if plain.casefold() in cells.UNKNOWN else plain


def number(text: str) -> float | None:
    """Return the number that a cell holds, None where it holds none.

    Examples
    --------
    >>> number("1,234.5"), number("n.m.")
    (1234.5, None)
    """
    import polars as pl

    value = cells.parse_numbers(pl.Series([text], dtype=pl.String))[0]
    return None if value is None else float(value)


def currency_of(line: Line, sheet: Sheet, given: Given, role: str) -> str:
    """Return the currency of a row's price: its own cell, the column's header, or as given.

    "" where nothing says it: a price whose currency is not known is not stored.
    """
    said = line.text("currency").upper()
    if said:
        return said
    if role in sheet.units:
        return sheet.units[role]
    named = [unit.name for unit in given.units if unit.name]
    own = line.subject.currency
    return own if own in named else next(iter(named), "")


@dataclass
class Long:
    """Rows of observations as they are made."""

    rows: list[dict[str, object]]

    def add(
        self, line: Line, field: str, source: str, *, value: float | None, unit: str, text: str = ""
    ) -> None:
        """Add one figure or word."""
        self.rows.append(
            {
                "subject": line.subject.id,
                "field": field,
                "date": line.day,
                "value": value,
                "unit": unit,
                "text": text or None,
                "source": source,
                "known_at": None,
            }
        )

    def batch(self, name: str, refusals: Sequence[Refusal], warnings: Sequence[str] = ()) -> Batch:
        """Return them as a batch."""
        import polars as pl

        schema: dict[str, pl.DataType | type[pl.DataType]] = {
            "subject": pl.String, "field": pl.String, "date": pl.Date, "value": pl.Float64,
            "unit": pl.String, "text": pl.String, "source": pl.String,
            "known_at": pl.Datetime("us", "UTC"),
        }  # fmt: skip
        frame = pl.DataFrame(self.rows, schema=schema).select(OBSERVATION_COLUMNS)
        return Batch(name, frame, tuple(refusals), tuple(warnings))
