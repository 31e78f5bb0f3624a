"""Measuring many instruments at once by the kernels of metrics, and what they leave open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from springtide.language.types import Language
from springtide.market.columns import Columns, load
from springtide.market.lake import Lake
from springtide.market.types import Field, Instrument
from springtide.market.view import View
from springtide.metrics.batches import Batch, Kernel
from springtide.metrics.params import outside
from springtide.metrics.registry import get
from springtide.scan.asked import Asked
from springtide.scan.measuring import Left, one_by_one
from springtide.scan.rows import frame_of, ordered
from springtide.scan.sheet import Leave, Sheet

if TYPE_CHECKING:
    import polars as pl


Days = Mapping[str, Sequence[date]]
"""By calendar, the days that are asked for."""


def kernel_of(one: Asked) -> Kernel | None:
    """Return the kernel of what is asked, None where each instrument is measured by itself."""
    if one.is_forecast or one.params is None or any(outside(one.params)):
        return None
    return get(one.metric).kernel


def at_once(
    lake: Lake,
    instruments: Sequence[Instrument],
    days: Days,
    asked: Sequence[Asked],
    language: Language = "en",
    *,
    seen_by: date | None = None,
) -> pl.DataFrame:
    """Return the rows of some instruments, by kernels as far as these go.

    By symbol, day, and as asked. Values and reasons are those of
    :func:`springtide.scan.measuring.measured`. With ``seen_by`` instruments of which no bar was
    known by that day are left out.
    """
    import polars as pl

    fast = [one for one in asked if kernel_of(one) is not None]
    slow = [one for one in asked if kernel_of(one) is None]
    fields: set[Field] = {name for one in fast for name in _kernel(one).fields(one.params)}
    columns = load(lake, instruments, fields) if fast else None
    if seen_by is not None:
        instruments = _seen(lake, columns, instruments, seen_by)
    left = _Left()
    left.all_of(instruments, days, slow)
    parts: list[pl.DataFrame] = []
    plain: frozenset[str] = frozenset()
    if columns is not None and columns.symbols:
        plain = frozenset(columns.symbols)
        parts += _sheets(columns, instruments, days, fast, language, left)
    left.all_of([one for one in instruments if one.id not in plain], days, fast)
    if len(parts) == 1 and not left:
        return parts[0]  # a sheet, which is in order
    if left:
        parts.append(frame_of(one_by_one(lake, left.by_day(), language)))
    return ordered(pl.concat([frame_of([]), *parts]), asked)


def _sheets(
    columns: Columns,
    instruments: Sequence[Instrument],
    days: Days,
    asked: Sequence[Asked],
    language: Language,
    left: _Left,
) -> Iterator[pl.DataFrame]:
    """Yield the rows that kernels answer, day by day; note what they leave open."""
    by_id = {one.id: one for one in instruments}
    columns = columns.of(by_id.keys())
    of_columns = tuple(by_id[symbol] for symbol in columns.symbols)
    for day in sorted({day for each in days.values() for day in each}):
        batch = Batch(columns, of_columns, day)
        wanted = np.array([day in days.get(one.calendar, ()) for one in of_columns], np.bool_)
        sheet = Sheet(batch, wanted, asked, language)
        for k, one in enumerate(asked):
            sheet.put(k, _kernel(one).answer(batch, one.params), left.of(batch))
        yield sheet.rows()


def _seen(
    lake: Lake, columns: Columns | None, instruments: Sequence[Instrument], day: date
) -> list[Instrument]:
    """Return the instruments of which a bar was known by a day."""
    known: set[str] = set()
    plain: frozenset[str] = frozenset()
    if columns is not None:
        plain = frozenset(columns.symbols)
        places = np.flatnonzero(columns.ends(day) > columns.start).tolist()
        known = {columns.symbols[k] for k in places}
    known |= known_by(lake, [one.id for one in instruments if one.id not in plain], day)
    return [one for one in instruments if one.id in known]


def known_by(lake: Lake, symbols: Sequence[str], day: date) -> set[str]:
    """Return those symbols of which a bar was known by the end of a day."""
    import polars as pl

    if not symbols:
        return set()
    rows = View(lake, day).scan("bars").filter(pl.col("symbol").is_in(list(symbols)))
    return set(rows.select(pl.col("symbol").unique()).collect()["symbol"].to_list())


def _kernel(one: Asked) -> Kernel:
    kernel = kernel_of(one)
    assert kernel is not None
    return kernel


class _Left:
    """What is left to be measured one by one, by day and instrument."""

    def __init__(self) -> None:
        self._held: dict[date, dict[str, tuple[Instrument, list[Asked]]]] = {}

    def __bool__(self) -> bool:
        return bool(self._held)

    def add(self, instrument: Instrument, day: date, one: Asked) -> None:
        """Leave one thing of one instrument on one day."""
        of_day = self._held.setdefault(day, {})
        of_day.setdefault(instrument.id, (instrument, []))[1].append(one)

    def of(self, batch: Batch) -> Leave:
        """Return how one thing of an instrument of a batch is left."""
        return lambda place, one: self.add(batch.instruments[place], batch.as_of, one)

    def all_of(self, instruments: Sequence[Instrument], days: Days, asked: Sequence[Asked]) -> None:
        """Leave all of some things of some instruments on all their days."""
        for instrument in instruments:
            for day in days.get(instrument.calendar, ()):
                for one in asked:
                    self.add(instrument, day, one)

    def by_day(self) -> Left:
        """Return it as measuring takes it."""
        return {day: list(held.values()) for day, held in self._held.items()}
