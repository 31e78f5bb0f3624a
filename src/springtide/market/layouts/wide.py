"""Wide tables: a column a field, a row a day. They are melted by a table of their columns.

A table of :class:`Column` says which column is which field of whom. The unit of a column is the one
that the table fixes, else the one in its header, else the one that was given with the file; a
column whose unit is not known is left out by name, and a file of which nothing is left is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from springtide.errors import DataError, UsageError
from springtide.language.script import normalise
from springtide.market import instruments
from springtide.market.layouts.model import Given, Unit
from springtide.market.reports import Refusal
from springtide.market.sources import cells
from springtide.market.sources.batch import OBSERVATION_COLUMNS, Batch
from springtide.market.sources.days import parse_dates
from springtide.market.sources.grid import Grid, Header, read_grid

if TYPE_CHECKING:
    import polars as pl

_DECIMALS = 4
"""Scaled figures are rounded to so many: 265.92 million is 265,920,000 and nothing behind it."""

_BRACKETED = re.compile(r"[(\[]([^)\]]*)[)\]]\s*$")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds.

    Attributes
    ----------
    names
        What the exports call it, without a unit in brackets; case does not matter.
    field
        Of the vocabulary; "" for a column that is only used in checks.
    unit
        Fixed by the layout; "" where header or command line must say it.
    subject
        Whose it is; "" for the subject of the row or of the file.
    """

    names: tuple[str, ...]
    field: str
    unit: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A column that a file has: what it holds, its name there, whose it is and in which unit.

    ``factor`` brings its figures to the unit; ``step`` is the smallest step of its printed digits,
    in that unit.
    """

    column: Column
    name: str
    subject: str
    unit: str
    factor: float
    step: float


Check = Callable[["pl.DataFrame", Sequence[Held]], "pl.Series"]
"""Given figures (a column a held column, by its name, and ``date``), says why a row cannot be."""


@dataclass(frozen=True, slots=True)
class Wide:
    """A wide layout.

    Attributes
    ----------
    columns
        What its columns may be.
    dates
        The names of the column of dates.
    subjects
        The names of the column that says whose a row is, if there is one.
    check
        What rows must satisfy.
    days
        Reads its dates where they are written in a way of their own.
    subject_of
        From the name in that column to the id of an instrument.
    """

    columns: tuple[Column, ...]
    dates: tuple[str, ...] = ("date", "日期", "交易日期", "trade_date")
    subjects: tuple[str, ...] = ()
    check: Check | None = None
    days: Callable[[pl.Series], pl.Series] | None = None
    subject_of: Callable[[str], str] = instruments.canonical

    def read(self, path: Path, given: Given) -> Batch:
        """Read one file.

        Raises
        ------
        DataError
            It has not this layout, or no column of which the unit is known.
        UsageError
            It does not say whose figures they are, and nobody did.
        """
        grid = read_grid(path, Header(self._known, self._allowed()))
        frame = grid.frame
        if not self._known(frame.columns):
            raise DataError(f"{path} has not the columns of this layout", allowed=self._allowed())
        day = next(name for name in frame.columns if _plain(name) in self.dates)
        days, complaint = self._days(frame[day], given)
        if complaint:
            raise DataError(f"{path}, column {day}: {complaint}")
        subjects = self._subjects(frame)
        _check_subject(subjects, given, path)
        held, notes = self._held(frame, given, subjects is not None, path)
        figures, refusals, good = _figures(grid, day, days, held)
        if self.check is not None:
            why = self.check(figures, held)
            refusals += _refused(figures, why, held)
            good &= why.is_null()
        melted = _melted(figures, held, subjects, good, given.source or path.name)
        unused = [
            name for name in frame.columns
            if name != day and self._column(name) is None and _plain(name) not in self.subjects
        ]  # fmt: skip
        if unused:
            notes.append(f"columns not used: {', '.join(unused[:8])}")
        return Batch(path.name, melted, refusals, tuple(notes))

    def _days(self, texts: pl.Series, given: Given) -> tuple[pl.Series, str]:
        """Read the dates; returns them, and why they cannot be told, as ``parse_dates`` does."""
        if self.days is None:
            return parse_dates(texts, given.date_format)
        return self.days(texts), ""

    def _column(self, name: str) -> Column | None:
        plain = _plain(name)
        return next((each for each in self.columns if plain in each.names), None)

    def _known(self, names: Sequence[str]) -> int:
        """Count the columns of the layout among names: a header has its date and one more."""
        day = any(_plain(name) in self.dates for name in names)
        return (1 + sum(self._column(name) is not None for name in names)) if day else 0

    def _allowed(self) -> str:
        shown = ", ".join(each.names[0] for each in self.columns[:12])
        return f"a column {self.dates[0]} and columns such as {shown}"

    def _subjects(self, frame: pl.DataFrame) -> pl.Series | None:
        name = next((each for each in frame.columns if _plain(each) in self.subjects), None)
        if name is None:
            return None
        texts = frame[name].cast(str)
        told = {each: self.subject_of(each) for each in texts.unique().drop_nulls()}
        return texts.replace(told)

    def _held(
        self, frame: pl.DataFrame, given: Given, by_row: bool, path: Path
    ) -> tuple[list[Held], list[str]]:
        """Say of each column whose it is and in which unit; leave out those of unknown unit."""
        held: list[Held] = []
        left: list[str] = []
        for name in frame.columns:
            column = self._column(name)
            if column is None:
                continue
            subject = column.subject or ("" if by_row else _canonical(given.subject))
            if not subject and not by_row:
                raise UsageError(
                    f"{path} does not say whose figures it holds",
                    hint="give it: --subject HSTECH, say",
                )
            unit = _unit(column, name, subject, given)
            if unit is None:
                left.append(name)
            elif all(column is not each.column for each in held):
                step = _step(frame[name]) * unit.factor
                held.append(Held(column, name, subject, unit.name, unit.factor, step))
        if not any(each.column.field for each in held):
            names = ", ".join(left)
            raise DataError(
                f"{path}: the unit of {names} is not known",
                hint='give it with its scale, such as --unit "HKD million"',
            )
        note = f"left out, since their unit is not known: {', '.join(left)}"
        return held, [note] if left else []


def _check_subject(subjects: pl.Series | None, given: Given, path: Path) -> None:
    """Be sure that a file that says whose figures it holds says what was given."""
    if subjects is None or given.subject is None:
        return
    others = sorted(set(subjects.drop_nulls()) - {_canonical(given.subject)})
    if others:
        raise UsageError(
            f"{path} says itself whose figures it holds, and they are not of {given.subject}",
            given=", ".join(others[:5]),
            hint="leave --subject out",
        )


def _plain(name: str) -> str:
    return _BRACKETED.sub("", normalise(name)).strip().casefold()


def _canonical(subject: str | None) -> str:
    return instruments.symbol_of(subject) if subject else ""


def _unit(column: Column, name: str, subject: str, given: Given) -> Unit | None:
    """Return a column's unit: fixed, in its header, or given; None where nothing says it."""
    if column.unit:
        return Unit(column.unit)
    currency = instruments.of_id(subject).currency if subject else ""
    bracketed = _BRACKETED.search(normalise(name))
    if bracketed and bracketed[1].strip():
        stated = Unit.parse(bracketed[1])
        # 元 is the unit of whatever currency the table is in: that of its subject.
        own = stated.name in ("", "CNY") and not re.search("人民币|CNY|RMB", bracketed[1])
        return Unit(currency, stated.factor) if own and currency else stated
    fitting = [each for each in given.units if each.name and each.name == currency]
    other = [each for each in given.units if each.name and not currency]
    return next(iter((*fitting, *other)), None)


def _step(texts: pl.Series) -> float:
    """Return the smallest step of the digits that a column prints."""
    import polars as pl

    if texts.dtype != pl.String:
        return 1e-9
    digits = texts.str.extract(r"\.(\d+)").str.len_chars().max()
    scale = cells.magnitude(texts)
    return scale * 10.0 ** -(digits if isinstance(digits, int) else 0)


def _figures(
    grid: Grid, day: str, days: pl.Series, held: Sequence[Held]
) -> tuple[pl.DataFrame, tuple[Refusal, ...], pl.Series]:
    """Read the figures in their units; returns them, the cells that are none, the good rows."""
    import polars as pl

    raw = grid.frame
    good = days.is_not_null()
    refusals: list[Refusal] = []
    read: dict[str, pl.Series] = {}
    for each in held:
        texts = raw[each.name]
        numbers = cells.parse_numbers(texts)
        if each.factor * cells.magnitude(texts) != 1.0:
            numbers = (numbers * each.factor).round(_DECIMALS)
        wrong = numbers.is_null() & ~cells.is_unknown(texts) & good
        for index in wrong.arg_true().to_list():
            where = f"line {grid.first_line + index}, column {each.name}"
            reason = f"{where}: {str(texts[index])[:40]!r} is not a number"
            refusals.append(Refusal(each.subject, days[index], index + 1, reason))
        good &= ~wrong
        read[each.name] = numbers
    # A line without a date and without a figure is a footer: 数据来源：Wind.
    for index in days.is_null().arg_true().to_list():
        if all(series[index] is None for series in read.values()):
            continue
        reason = f"line {grid.first_line + index}, column {day}: no date"
        refusals.append(Refusal("", None, index + 1, reason))
    return pl.DataFrame({"date": days, **read}), tuple(refusals), good


def _refused(figures: pl.DataFrame, why: pl.Series, held: Sequence[Held]) -> tuple[Refusal, ...]:
    subject = held[0].subject
    return tuple(
        Refusal(subject, figures["date"][index], index + 1, why[index])
        for index in why.is_not_null().arg_true().to_list()
    )


def _melted(
    figures: pl.DataFrame,
    held: Sequence[Held],
    subjects: pl.Series | None,
    good: pl.Series,
    source: str,
) -> pl.DataFrame:
    """Return one row a figure, in the columns of observations."""
    import polars as pl

    long = partial(_one, figures, subjects, good, source)
    frames = [long(each) for each in held if each.column.field]
    return pl.concat(frames).select(OBSERVATION_COLUMNS)


def _one(
    figures: pl.DataFrame, subjects: pl.Series | None, good: pl.Series, source: str, held: Held
) -> pl.DataFrame:
    import polars as pl

    whose = pl.lit(held.subject, pl.String) if subjects is None or held.subject else subjects
    return (
        figures.select(
            whose.alias("subject"),
            pl.lit(held.column.field).alias("field"),
            "date",
            pl.col(held.name).alias("value"),
            pl.lit(held.unit).alias("unit"),
            pl.lit(None, dtype=pl.String).alias("text"),
            pl.lit(source).alias("source"),
            pl.lit(None, dtype=pl.Datetime("us", "UTC")).alias("known_at"),
        )
        .filter(good)
        .drop_nulls(["value", "subject"])
    )
