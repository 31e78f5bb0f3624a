"""Measuring many instruments at once by the kernels of metrics, and what they leave open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from springtide.language.types import Language
from springtide.market import columns as decoded
from springtide.market.lake import Lake
from springtide.market.types import Field, Instrument
from springtide.metrics.batches import Batch, Kernel
from springtide.metrics.params import outside
from springtide.metrics.registry import get
from springtide.scan.asked import Asked
from springtide.scan.measuring import Left, one_by_one
from springtide.scan.rows import frame_of
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
) -> pl.DataFrame:
    """Return the rows of some instruments, by kernels as far as these go.

    Values and reasons are those of :func:`springtide.scan.measuring.measured`.
    """
    import polars as pl

    fast = [one for one in asked if kernel_of(one) is not None]
    slow = [one for one in asked if kernel_of(one) is None]
    left = _Left(instruments, days, slow)
    fields: set[Field] = {name for one in fast for name in _kernel(one).fields(one.params)}
    columns = decoded.load(lake, instruments, fields) if fast else None
    parts: list[pl.DataFrame] = []
    plain: set[str] = set()
    if columns is not None:
        plain.update(columns.symbols)
        by_id = {one.id: one for one in instruments}
        of_columns = tuple(by_id[symbol] for symbol in columns.symbols)
        for day in sorted({day for each in days.values() for day in each}):
            batch = Batch(columns, of_columns, day)
            # of no instrument at all, where none has a row in these files
            listed = [day in days.get(one.calendar, ()) for one in of_columns]
            wanted = np.array(listed, np.bool_)
            sheet = Sheet(batch, wanted, fast, language)
            for k, one in enumerate(fast):
                sheet.put(k, _kernel(one).answer(batch, one.params), left.of(batch))
            parts.append(sheet.rows())
    left.all_of([one for one in instruments if one.id not in plain], days, fast)
    return pl.concat([frame_of(one_by_one(lake, left.by_day(), language)), *parts])


def _kernel(one: Asked) -> Kernel:
    kernel = kernel_of(one)
    assert kernel is not None
    return kernel


class _Left:
    """What is left to be measured one by one, by day and instrument."""

    def __init__(
        self, instruments: Sequence[Instrument], days: Days, asked: Sequence[Asked]
    ) -> None:
        self._held: dict[date, dict[str, tuple[Instrument, list[Asked]]]] = {}
        self.all_of(instruments, days, asked)

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
