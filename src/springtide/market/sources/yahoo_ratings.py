"""Brokers' ratings of a share at Yahoo Finance, through ``yfinance``: upgrades and downgrades.

Yahoo's history is as Yahoo knows it today. Targets stand beside ratings there without a currency,
and are not taken: a receipt's may be in that of its home market.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from springtide.errors import SourceError
from springtide.market import houses, ratings
from springtide.market.layouts.ratings import words_not_known
from springtide.market.sources import feeds, yahoo
from springtide.market.sources.batch import OBSERVATION_COLUMNS, Batch
from springtide.market.types import Instrument

if TYPE_CHECKING:
    import polars as pl

RECENT = timedelta(days=30)
"""What is dated so shortly before the fetch was not sure to be known on its own day."""

_COLUMNS = ("Firm", "ToGrade")


def fetch(
    instrument: Instrument, first: date | None, now: datetime, *, pause: float = feeds.PAUSE
) -> Batch:
    """Fetch the ratings of a share from ``first`` on.

    Of several ratings of one firm on one day the last counts.

    Raises
    ------
    SourceError
        ``yfinance`` is not installed; Yahoo cannot be reached, refuses (429), does not answer in
        time, or has no ratings of the share.
    """
    if not yahoo.available():
        raise SourceError("yfinance is not installed", hint='pip install "springtide[yahoo]"')
    symbol = yahoo.ticker(instrument)

    def ask() -> Any:
        import yfinance

        yfinance.config.debug.hide_exceptions = False
        return yfinance.Ticker(symbol).upgrades_downgrades

    table = feeds.patiently(
        ask, feed=yahoo.NAME, translate=lambda error: _translate(symbol, error), pause=pause
    )
    if table is None or table.empty:
        raise SourceError(f"{yahoo.NAME} has no ratings of {symbol}")
    absent = [name for name in _COLUMNS if name not in table]
    if absent:
        raise SourceError(f"{yahoo.NAME} answered without the columns {', '.join(absent)}")
    return _batch(instrument, table, first, now)


def _translate(symbol: str, error: Exception) -> SourceError:
    if type(error).__name__ == "YFDataException" and "No upgrade" in str(error):
        return SourceError(f"{yahoo.NAME} has no ratings of {symbol}")
    known = feeds.describe_network(yahoo.NAME, error)
    return known or SourceError(
        f"{yahoo.NAME} answered for {symbol} in another form than before: "
        f"{type(error).__name__}: {str(error)[:120]}"
    )


def _batch(instrument: Instrument, table: Any, first: date | None, now: datetime) -> Batch:
    """Turn the pandas table of ``yfinance`` into observations."""
    last: dict[tuple[date, str], str] = {}
    ordered = table.sort_index()
    for moment, firm, word in zip(
        ordered.index, *(ordered[name] for name in _COLUMNS), strict=True
    ):
        day = moment.date()
        if firm and word and (first is None or day >= first):
            last[day, houses.canonical(str(firm))] = str(word)
    rows: list[dict[str, object]] = []
    for (day, house), word in last.items():
        rows += _rows(instrument.id, day, house, word, now)
    unknown = {
        word
        for word in last.values()
        if ratings.class_of(word) is None and not ratings.is_withdrawn(word)
    }
    return Batch(instrument.id, _frame(rows), (), tuple(words_not_known(unknown)))


def _rows(subject: str, day: date, house: str, word: str, now: datetime) -> list[dict[str, object]]:
    is_recent = datetime.combine(day, time(), UTC) > now - RECENT
    shared: dict[str, object] = {
        "subject": subject, "date": day, "text": word, "source": house,
        "known_at": now if is_recent else None,
    }  # fmt: skip
    made: list[dict[str, object]] = [{**shared, "field": "rating", "value": None, "unit": ""}]
    score = ratings.class_of(word)
    if score is not None:
        made.append({**shared, "field": "rating_score", "value": float(score), "unit": "score"})
    return made


def _frame(rows: list[dict[str, object]]) -> pl.DataFrame:
    import polars as pl

    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "subject": pl.String, "field": pl.String, "date": pl.Date, "value": pl.Float64,
        "unit": pl.String, "text": pl.String, "source": pl.String,
        "known_at": pl.Datetime("us", "UTC"),
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema).select(OBSERVATION_COLUMNS)
