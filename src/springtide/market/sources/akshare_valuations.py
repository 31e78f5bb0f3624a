"""P/E of China Securities Index's indices through ``akshare``: the history on its own site.

``stock_zh_index_hist_csindex`` gives 滚动市盈率, the trailing P/E by the shares that an index
counts, beside prices. It is the history as the site knows it today.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from springtide.errors import SourceError
from springtide.market import calendars
from springtide.market.sources import akshare, feeds
from springtide.market.sources.batch import OBSERVATION_COLUMNS, Batch
from springtide.market.types import Instrument

if TYPE_CHECKING:
    import polars as pl

SOURCE = "CSIndex"
"""As the layout ``csindex`` names it: both are the same figures."""

RECENT = timedelta(days=30)
"""What is dated so shortly before the fetch was not sure to be known on its own day."""

EARLIEST = date(2004, 12, 31)
"""The base of its oldest indices."""

_CODE = re.compile(r"(?:sh|csi)?(000\d{3}|9[135]\d{4}|H\d{5})", re.IGNORECASE)
_DAY, _PE = "日期", "滚动市盈率"


def code_of(instrument: Instrument) -> str:
    """Return the code of an index at its publisher.

    Raises
    ------
    SourceError
        It is none of China Securities Index.

    Examples
    --------
    >>> from springtide.market import instruments
    >>> code_of(instruments.get("CSI300"))
    '000300'
    """
    told = _CODE.fullmatch(akshare.ticker(instrument))
    if instrument.kind != "index" or told is None:
        raise SourceError(
            f"{SOURCE} publishes no P/E of {instrument.id}",
            allowed="its own indices, such as CSI300",
            hint="files of figures come in with springtide import observations",
        )
    return told[1].upper()


def fetch(
    instrument: Instrument, first: date | None, now: datetime, *, pause: float = feeds.PAUSE
) -> Batch:
    """Fetch the trailing P/E of an index from ``first`` on.

    Raises
    ------
    SourceError
        ``akshare`` is not installed or its publisher is another; the site cannot be reached,
        refuses, does not answer in time, or answers with something else.
    """
    if not akshare.available():
        raise SourceError("akshare is not installed", hint='pip install "springtide[akshare]"')
    code = code_of(instrument)
    begin = first or instrument.inception or EARLIEST
    last = calendars.last_closed(instrument.calendar, now)

    def ask() -> Any:
        import akshare as library

        return library.stock_zh_index_hist_csindex(
            symbol=code, start_date=f"{begin:%Y%m%d}", end_date=f"{last:%Y%m%d}"
        )

    table = feeds.patiently(
        ask, feed=SOURCE, translate=lambda error: _translate(instrument, error), pause=pause
    )
    absent = [each for each in (_DAY, _PE) if table is None or each not in table]
    if absent:
        raise SourceError(f"{SOURCE} answered without the columns {', '.join(absent)}")
    return Batch(instrument.id, _figures(instrument, table, begin, last, now))


def _translate(instrument: Instrument, error: Exception) -> SourceError:
    known = feeds.describe_network(SOURCE, error)
    return known or SourceError(
        f"{SOURCE} has no figures of {instrument.id}, or answers in another form than before "
        f"({type(error).__name__}: {str(error)[:120]})",
        hint='is akshare up to date? pip install --upgrade "springtide[akshare]"',
    )


def _figures(
    instrument: Instrument, table: Any, first: date, last: date, now: datetime
) -> pl.DataFrame:
    """Turn the pandas table into observations; a session without a P/E has none."""
    import polars as pl

    recent = (datetime.combine(now.date(), time(), UTC) - RECENT).date()
    frame = pl.DataFrame(
        {
            "date": pl.Series(list(table[_DAY]), dtype=pl.Date),
            "value": pl.Series(table[_PE].to_numpy(dtype="float64"), nan_to_null=True),
        }
    ).drop_nulls()
    if frame.is_empty():
        raise SourceError(f"{SOURCE} has no P/E of {instrument.id} from {first} to {last}")
    known = pl.when(pl.col("date") > recent).then(pl.lit(now)).cast(pl.Datetime("us", "UTC"))
    return (
        frame.filter(pl.col("date").is_between(first, last))
        .sort("date")
        .with_columns(
            pl.lit(instrument.id).alias("subject"),
            pl.lit("trailing_pe").alias("field"),
            pl.lit("x").alias("unit"),
            pl.lit(None, dtype=pl.String).alias("text"),
            pl.lit(SOURCE).alias("source"),
            known.alias("known_at"),
        )
        .select(OBSERVATION_COLUMNS)
    )
