"""What every source hands over: rows in the lake's columns, not yet validated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from springtide.market.reports import Refusal
from springtide.market.types import Instrument

if TYPE_CHECKING:
    import polars as pl

BAR_COLUMNS = (
    "symbol", "date", "open", "high", "low", "close", "volume", "source", "known_at",
)  # fmt: skip
OBSERVATION_COLUMNS = (
    "subject", "field", "date", "value", "unit", "text", "source", "known_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows from one file, or for one symbol from a feed.

    Attributes
    ----------
    name
        What they are called in reports.
    frame
        Columns :data:`BAR_COLUMNS` or :data:`OBSERVATION_COLUMNS`; null where not known.
    refusals
        Rows that could not be read (a date that is none); they are not in ``frame``.
    warnings
        What was noticed in reading.
    described
        Instruments that the source itself tells of, which are no listed ones: models with their
        prices, say. The lake keeps what they are.
    """

    name: str
    frame: pl.DataFrame
    refusals: tuple[Refusal, ...] = ()
    warnings: tuple[str, ...] = ()
    described: tuple[Instrument, ...] = ()


def bars_frame(frame: pl.DataFrame, symbol: str | None, source: str) -> pl.DataFrame:
    """Return a frame with the columns of bars, adding as null those that it lacks."""
    import polars as pl

    if symbol is not None:
        frame = frame.with_columns(pl.lit(symbol).alias("symbol"))
    if "source" not in frame.columns:
        frame = frame.with_columns(pl.lit(source).alias("source"))
    absent = [name for name in BAR_COLUMNS if name not in frame.columns]
    types = {"known_at": pl.Datetime("us", "UTC")}
    frame = frame.with_columns(
        pl.lit(None, dtype=types.get(name, pl.Float64)).alias(name) for name in absent
    )
    return frame.select(BAR_COLUMNS)
