"""Measuring many instruments at once by the kernels of metrics, and what they leave open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from springtide.language.messages import Given, Message
from springtide.language.types import Language
from springtide.market import columns as decoded
from springtide.market.lake import Lake
from springtide.market.types import Field, Instrument
from springtide.metrics.batches import Answers, Batch, Kernel
from springtide.metrics.params import outside
from springtide.metrics.registry import get
from springtide.scan.asked import Asked
from springtide.scan.measuring import Left, one_by_one
from springtide.scan.rows import YES_NO, frame_of

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
    parts: list[pl.DataFrame] = []
    left = _Left(instruments, days, slow)
    seen: set[str] = set()
    if fast:
        by_id = {one.id: one for one in instruments}
        fields: set[Field] = {name for one in fast for name in _kernel(one).fields}
        for columns in decoded.load(lake, instruments, fields):
            of_columns = tuple(by_id[symbol] for symbol in columns.symbols)
            seen.update(columns.symbols)
            for day in sorted({day for each in days.values() for day in each}):
                batch = Batch(columns, of_columns, day)
                wanted = np.array([day in days.get(one.calendar, ()) for one in of_columns])
                for one in fast:
                    parts += _answered(batch, wanted, one, language, left)
    left.all_of([one for one in instruments if one.id not in seen], days, fast)
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

    def all_of(self, instruments: Sequence[Instrument], days: Days, asked: Sequence[Asked]) -> None:
        """Leave all of some things of some instruments on all their days."""
        for instrument in instruments:
            for day in days.get(instrument.calendar, ()):
                for one in asked:
                    self.add(instrument, day, one)

    def by_day(self) -> Left:
        """Return it as measuring takes it."""
        return {day: list(held.values()) for day, held in self._held.items()}


def _answered(
    batch: Batch, wanted: np.ndarray, one: Asked, language: Language, left: _Left
) -> list[pl.DataFrame]:
    """Return the rows that a kernel answers; note what it leaves open."""
    import polars as pl

    answers = _kernel(one).answer(batch, one.params)
    known = ~np.isnan(answers.value)
    lacking = np.zeros(len(batch), np.bool_)
    lacking[list(answers.lacks)] = True
    lacking &= ~known & wanted
    for k in np.flatnonzero(wanted & ~known & ~lacking).tolist():
        left.add(batch.instruments[k], batch.as_of, one)
    places = np.flatnonzero(wanted & (known | lacking))
    if not len(places):
        return []
    why: list[str | None] = [None] * len(places)
    for at in np.flatnonzero(~known[places]).tolist():
        place = int(places[at])
        why[at] = _said(answers.lacks[place], batch.columns.symbols[place], language)
    count = len(places)
    frame = pl.DataFrame(
        [
            pl.Series("symbol", batch.columns.symbols, dtype=pl.String).gather(places),
            pl.repeat(batch.as_of, count, dtype=pl.Date(), eager=True).alias("date"),
            pl.repeat(one.metric, count, eager=True).alias("metric"),
            pl.repeat(one.params_text, count, eager=True).alias("params"),
            pl.Series("value", answers.value[places], nan_to_null=True),
            _units(batch, one, answers, places).alias("unit"),
            pl.Series("missing", why, dtype=pl.String),
        ]
    )
    return [frame]


_PLACE = "\ue0ff"
"""Stands for the symbol in what is said of many."""


@lru_cache(maxsize=4096)
def _pattern(key: str, values: tuple[tuple[str, Given], ...], language: Language) -> str:
    return Message(key, values).text(language)


def _said(why: Message, symbol: str, language: Language) -> str:
    """Return what a message says; what differs in the symbol alone is put into words once."""
    values = tuple((name, _PLACE if name == "subject" else value) for name, value in why.values)
    return _pattern(why.key, values, language).replace(_PLACE, symbol)


def _units(batch: Batch, one: Asked, answers: Answers, places: np.ndarray) -> pl.Series:
    """Return the unit of each value, worked out once for instruments of one kind and currency."""
    import polars as pl

    assert one.params is not None
    if "kinds" not in batch.kept:
        kinds = {(each.kind, each.currency): each for each in batch.instruments}
        number = {key: k for k, key in enumerate(kinds)}
        of = np.array([number[each.kind, each.currency] for each in batch.instruments], np.int64)
        batch.kept["kinds"] = of, list(kinds.values())
    of, examples = batch.kept["kinds"]
    units = [get(one.metric).unit_for(one.params, each) for each in examples]
    numbers = of[places]
    if answers.yes_no:
        units.append(YES_NO)
        numbers = np.where(np.isnan(answers.value[places]), numbers, len(units) - 1)
    return pl.Series(units, dtype=pl.String).gather(numbers)
