"""The view: the lake as it was known on a date. The only door from metrics to data."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import numpy.typing as npt

from springtide.errors import UnknownNameError
from springtide.market import calendars, instruments
from springtide.market.merge import latest_bars, latest_observations
from springtide.market.types import Bars, Coverage, Instrument, Observation

if TYPE_CHECKING:
    import polars as pl

    from springtide.market.lake import Lake


class View:
    """What was known at the end of a day (UTC), and nothing later.

    A row is seen when it is dated on or before ``as_of`` and was known (``known_at``) before the
    next day began. The lake's versions are held when the view is made, so that one view gives one
    answer, whatever is written meanwhile.

    Parameters
    ----------
    lake
        An opened lake.
    as_of
        The last day that is seen.

    Examples
    --------
    >>> import tempfile
    >>> from springtide.market.lake import Lake
    >>> from springtide.market.ingest import load_bundled
    >>> lake = Lake.create(tempfile.mkdtemp())
    >>> _ = load_bundled(lake)
    >>> bars = View(lake, date(2000, 3, 10)).bars("IXIC")
    >>> str(bars.dates[-1]), round(float(bars.close[-1]), 2)
    ('2000-03-10', 5048.62)
    """

    def __init__(self, lake: Lake, as_of: date) -> None:
        self._lake = lake.at()
        self.as_of = as_of
        self._until = datetime.combine(as_of + timedelta(days=1), time(), UTC)
        self._bars: dict[str, Bars] = {}
        self._observations: dict[str, tuple[Observation, ...]] = {}
        self._symbols: tuple[str, ...] | None = None

    @property
    def versions(self) -> tuple[tuple[str, int], ...]:
        """The version of each table that this view reads, as evidence records it."""
        return tuple(sorted(self._lake.versions().items()))

    def bars(self, symbol: str) -> Bars:
        """Return the daily bars of a symbol, ascending, one for each date; empty where none.

        Where a date has several rows the one last known is taken (see
        :func:`springtide.market.merge.latest_bars`).
        """
        found = self._bars.get(symbol)
        if found is None:
            import polars as pl

            rows = self._lake.snapshot("bars").scan([symbol]).filter(self._seen())
            found = _to_bars(symbol, latest_bars(rows.with_columns(pl.lit(symbol).alias("symbol"))))
            self._bars[symbol] = found
        return found

    def coverage(self, symbol: str, first: date, last: date) -> Coverage:
        """Return how many sessions from ``first`` to ``last`` (both included) have a row.

        Sessions after ``as_of`` are not counted as missing. ``expected`` is None where the
        calendar does not reach; nothing can then be said to be missing.
        """
        last = min(last, self.as_of)
        dates = self.bars(symbol).dates
        held = dates[(dates >= np.datetime64(first)) & (dates <= np.datetime64(last))]
        sessions = calendars.sessions(instruments.calendar_of(symbol), first, last)
        if sessions is None:
            return Coverage(first, last, None, len(held), ())
        missing = np.setdiff1d(sessions, held, assume_unique=True)
        return Coverage(first, last, len(sessions), len(held), tuple(missing.tolist()))

    def observations(self, subject: str, field: str) -> tuple[Observation, ...]:
        """Return the published figures of a subject, ascending by date, then source."""
        if subject not in self._observations:
            rows = self._lake.snapshot("observations").scan([subject]).filter(self._seen())
            self._observations[subject] = _to_observations(latest_observations(rows))
        return tuple(each for each in self._observations[subject] if each.field == field)

    def fields(self, subject: str) -> tuple[str, ...]:
        """Return the fields for which a subject has observations, ascending."""
        self.observations(subject, "")
        return tuple(sorted({each.field for each in self._observations[subject]}))

    def symbols(self) -> tuple[str, ...]:
        """Return every symbol that has a bar by ``as_of``, ascending."""
        if self._symbols is None:
            rows = self._lake.snapshot("bars").scan().filter(self._seen())
            found = rows.select("symbol").unique().sort("symbol").collect()
            self._symbols = tuple(found["symbol"].to_list())
        return self._symbols

    def instrument(self, name: str) -> Instrument:
        """Return the instrument with this id, symbol or exact name, in the registry or the lake.

        Raises
        ------
        UnknownNameError, AmbiguousNameError
            See :func:`springtide.market.instruments.get`.
        """
        try:
            return instruments.get(name)
        except UnknownNameError:
            return instruments.get(name, self.symbols())

    def _seen(self) -> pl.Expr:
        import polars as pl

        return (pl.col("date") <= self.as_of) & (pl.col("known_at") < self._until)


def _to_bars(symbol: str, rows: pl.LazyFrame) -> Bars:
    frame = rows.collect()

    def figures(name: str) -> npt.NDArray[np.float64]:
        return _frozen(frame[name].fill_null(np.nan).to_numpy().astype(np.float64))

    return Bars(
        symbol=symbol,
        dates=_frozen(frame["date"].to_numpy().astype("datetime64[D]")),
        open=figures("open"),
        high=figures("high"),
        low=figures("low"),
        close=figures("close"),
        volume=figures("volume"),
        source=_frozen(np.array(frame["source"].to_list(), dtype=np.str_)),
    )


S = TypeVar("S", bound=np.generic)


def _frozen(array: npt.NDArray[S]) -> npt.NDArray[S]:
    array.flags.writeable = False
    return array


def _to_observations(rows: pl.LazyFrame) -> tuple[Observation, ...]:
    frame = rows.sort("date", "source", "field").collect()
    return tuple(
        Observation(
            subject=row["subject"],
            field=row["field"],
            date=row["date"],
            value=np.nan if row["value"] is None else row["value"],
            unit=row["unit"] or "",
            source=row["source"],
            known_at=row["known_at"],
            text=row["text"] or "",
        )
        for row in frame.iter_rows(named=True)
    )
