"""Measuring many instruments at once by the kernels of metrics, and what they leave open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from springtide.claims.model import Params
from springtide.language.types import Language
from springtide.market import columns as decoded
from springtide.market.lake import Lake
from springtide.market.types import Field, Instrument
from springtide.metrics.batches import Answers, Batch, Kernel
from springtide.metrics.params import outside
from springtide.metrics.registry import get
from springtide.scan.asked import Asked
from springtide.scan.measuring import one_by_one
from springtide.scan.rows import SCHEMA, YES_NO, frame_of, schema

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
    parts: list[pl.DataFrame] = []
    open_ones: dict[Asked, dict[date, list[Instrument]]] = {}
    seen: set[str] = set()
    if fast:
        by_id = {one.id: one for one in instruments}
        fields: set[Field] = {name for one in fast for name in _kernel(one).fields}
        for columns in decoded.load(lake, sorted(by_id), fields):
            of_columns = tuple(by_id[symbol] for symbol in columns.symbols)
            seen.update(columns.symbols)
            for day in sorted({day for each in days.values() for day in each}):
                batch = Batch(columns, of_columns, day)
                wanted = np.array([day in days.get(one.calendar, ()) for one in of_columns])
                for one in fast:
                    parts += _answered(batch, wanted, one, language, open_ones)
    rest = [one for one in instruments if one.id not in seen]
    parts += _by_view(lake, rest, days, fast, language)
    for one, by_day in open_ones.items():
        for day, left in by_day.items():
            parts.append(frame_of(one_by_one(lake, left, [day], [one], language)))
    slow = [one for one in asked if kernel_of(one) is None]
    parts += _by_view(lake, instruments, days, slow, language)
    return pl.concat([frame_of([]), *parts])


def _kernel(one: Asked) -> Kernel:
    kernel = kernel_of(one)
    assert kernel is not None
    return kernel


def _by_view(
    lake: Lake,
    instruments: Sequence[Instrument],
    days: Days,
    asked: Sequence[Asked],
    language: Language,
) -> list[pl.DataFrame]:
    """Measure instruments one by one, those of a calendar together."""
    if not asked:
        return []
    parts = []
    for calendar in sorted({one.calendar for one in instruments}):
        group = [one for one in instruments if one.calendar == calendar]
        parts.append(frame_of(one_by_one(lake, group, days.get(calendar, ()), asked, language)))
    return parts


def _answered(
    batch: Batch,
    wanted: np.ndarray,
    one: Asked,
    language: Language,
    open_ones: dict[Asked, dict[date, list[Instrument]]],
) -> list[pl.DataFrame]:
    """Return the rows that a kernel answers; note what it leaves open."""
    import polars as pl

    answers = _kernel(one).answer(batch, one.params)
    known = ~np.isnan(answers.value)
    lacking = np.zeros(len(batch), np.bool_)
    lacking[list(answers.lacks)] = True
    lacking &= ~known & wanted
    left = np.flatnonzero(wanted & ~known & ~lacking).tolist()
    if left:
        by_day = open_ones.setdefault(one, {})
        by_day.setdefault(batch.as_of, []).extend(batch.instruments[k] for k in left)
    places = np.flatnonzero(wanted & (known | lacking)).tolist()
    if not places:
        return []
    why = [None if known[k] else answers.lacks[k].text(language) for k in places]
    frame = pl.DataFrame(
        {
            "symbol": [batch.columns.symbols[k] for k in places],
            "value": answers.value[places],
            "unit": _units(batch, one.params, one.metric, answers, places),
            "missing": why,
        },
        schema_overrides={"missing": pl.String},
    ).with_columns(
        pl.col("value").fill_nan(None),
        date=pl.lit(batch.as_of),
        metric=pl.lit(one.metric),
        params=pl.lit(one.params_text),
    )
    return [frame.select(SCHEMA).cast(pl.Schema(schema()))]


def _units(
    batch: Batch, params: Params | None, metric: str, answers: Answers, places: list[int]
) -> list[str]:
    """Return the unit of each value, worked out once for instruments of one kind and currency."""
    spec, units = get(metric), {}
    assert params is not None
    named: list[str] = []
    for k in places:
        one = batch.instruments[k]
        key = (one.kind, one.currency)
        if key not in units:
            units[key] = spec.unit_for(params, one)
        yes_no = answers.yes_no and not np.isnan(answers.value[k])
        named.append(YES_NO if yes_no else units[key])
    return named
