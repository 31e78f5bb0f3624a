"""Every row of a symbol or subject with its history, and which of them were known on a day.

Rows are loaded and ordered once; what was known on a day is then a choice among them, so that many
days can be looked at for the price of one.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt

from springtide.market import calendars, instruments
from springtide.market.integrity import reading
from springtide.market.merge import FIGURES, ordered_bars, ordered_observations
from springtide.market.types import Bars, Figures, Observation

if TYPE_CHECKING:
    import polars as pl

    from springtide.market.lake import Lake

S = TypeVar("S", bound=np.generic)


@dataclass(frozen=True, slots=True)
class BarHistory:
    """Every row of one symbol, several a date where figures were completed or revised.

    Ascending by date; among the rows of one date the one that counts, of those known, is the last.
    """

    rows: Bars
    known_at: npt.NDArray[np.datetime64]
    on_session: npt.NDArray[np.bool_]
    """Whether each row is on a session, True where the calendar does not reach."""

    def seen(self, as_of: date) -> Bars:
        """Return the bars dated and known by the end (UTC) of a day, one for each date.

        Without those that repeat the close before on a day that was no session.
        """
        chosen = self._chosen(as_of)
        kept = chosen[~self._repeats(chosen)]
        arrays = (getattr(self.rows, each.name) for each in fields(Bars) if each.name != "symbol")
        return Bars(self.rows.symbol, *(_frozen(_taken(array, kept)) for array in arrays))

    def repeated(self, as_of: date) -> npt.NDArray[np.datetime64]:
        """Return the days that :meth:`seen` leaves out, ascending."""
        chosen = self._chosen(as_of)
        return self.rows.dates[chosen[self._repeats(chosen)]]

    def _chosen(self, as_of: date) -> npt.NDArray[np.int64]:
        """Return the positions of the last known row of each date."""
        day = np.datetime64(as_of)
        chosen = np.flatnonzero((self.rows.dates <= day) & (self.known_at < day + 1))
        dates = self.rows.dates[chosen]
        last = np.ones(len(chosen), np.bool_)
        last[:-1] = dates[1:] != dates[:-1]
        return chosen[last]

    def _repeats(self, chosen: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Tell which of the rows at these positions say only what the row before says."""
        repeats = ~self.on_session[chosen]
        if repeats.any():
            repeats &= repeats_before(self.rows.close[chosen])
        return repeats


@dataclass(frozen=True, slots=True)
class FigureHistory:
    """Every number of one field of one subject, several a date and source where it was revised.

    Ascending by date, then source, then when it was known. ``keys`` numbers the pairs of date and
    source.
    """

    rows: Figures
    known_at: npt.NDArray[np.datetime64]
    keys: npt.NDArray[np.int64]

    def seen(self, as_of: date) -> Figures:
        """Return the figures dated and known by the end (UTC) of a day, one a date and source."""
        day = np.datetime64(as_of)
        chosen = np.flatnonzero((self.rows.dates <= day) & (self.known_at < day + 1))
        keys = self.keys[chosen]
        last = np.ones(len(chosen), np.bool_)
        last[:-1] = keys[1:] != keys[:-1]
        return self.rows.taken(chosen[last])


_LARGE = 1_000_000
"""Rows of a file that is read by itself."""

REPEAT = 1e-5
"""Closes that differ by less (relative) are one: a repeated close may have lost its last digit."""


def repeats_before(close: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Tell which closes are the close before them, the first never.

    Examples
    --------
    >>> repeats_before(np.array([10243.46, 10243.5, 10404.7])).tolist()
    [False, True, False]
    """
    same = np.zeros(len(close), np.bool_)
    same[1:] = repeats(close[:-1], close[1:])
    return same


def repeats(
    before: npt.NDArray[np.float64], close: npt.NDArray[np.float64]
) -> npt.NDArray[np.bool_]:
    """Tell which closes are the one before them, given beside.

    Examples
    --------
    >>> repeats(np.array([10243.46, 10243.5]), np.array([10243.5, 10404.7])).tolist()
    [True, False]
    """
    same: npt.NDArray[np.bool_] = np.abs(close - before) <= REPEAT * np.abs(before)
    return same


class History:
    """The rows of a lake held at one version, loaded symbol by symbol when they are asked for.

    Parameters
    ----------
    lake
        A lake held at its versions (:meth:`springtide.market.lake.Lake.at`).
    """

    def __init__(self, lake: Lake) -> None:
        self._lake = lake
        self._bars: dict[str, BarHistory] = {}
        self._frames: dict[str, pl.DataFrame] = {}
        self._observations: dict[str, tuple[Observation, ...]] = {}
        self._figures: dict[tuple[str, str], FigureHistory] = {}
        self._first_seen: dict[str, date] | None = None

    def bars(self, symbol: str, as_of: date) -> Bars:
        """Return the bars of a symbol as they were known at the end of a day."""
        return self._rows(symbol).seen(as_of)

    def repeated(self, symbol: str, as_of: date) -> tuple[date, ...]:
        """Return the days whose row repeats the close before, and that were no session."""
        return tuple(self._rows(symbol).repeated(as_of).tolist())

    def _rows(self, symbol: str) -> BarHistory:
        history = self._bars.pop(symbol, None)
        if history is None:
            with reading(self._lake.address):
                rows = _dated(self._lake.snapshot("bars").scan([symbol])).collect()
            history = _bar_history(symbol, rows)
        self._bars[symbol] = history  # the last one asked for stands last
        return history

    def forget(self, rows: int) -> None:
        """Let go of the bars that were not asked for longest, until no more rows are held."""
        held = sum(len(history.rows) for history in self._bars.values())
        while held > rows:
            held -= len(self._bars.pop(next(iter(self._bars))).rows)

    def load(self, symbols: Collection[str]) -> None:
        """Read the rows of symbols that have not been read, all at once."""
        absent = sorted(set(symbols) - set(self._bars))
        if len(absent) < 2:
            return
        with reading(self._lake.address):
            rows = _dated(self._lake.snapshot("bars").scan(absent)).collect()
        parts = rows.partition_by("symbol", as_dict=True)
        for symbol in absent:
            part = parts.get((symbol,), rows.clear())
            self._bars[symbol] = _bar_history(symbol, part)

    def load_figures(self, subjects: Collection[str]) -> None:
        """Read the observations of subjects that have not been read, all at once."""
        absent = sorted(set(subjects) - set(self._frames))
        if len(absent) < 2:
            return
        rows = _dated(self._lake.snapshot("observations").scan(absent))
        parts = ordered_observations(rows).collect().partition_by("subject", as_dict=True)
        empty = rows.head(0).collect()
        for subject in absent:
            self._frames[subject] = parts.get((subject,), empty)

    def observations(self, subject: str, as_of: date) -> tuple[Observation, ...]:
        """Return the figures of a subject as they were known, by date, then source, then field."""
        figures = self._observations.get(subject)
        if figures is None:
            figures = _observation_history(self._frame(subject))
            self._observations[subject] = figures
        until = datetime.combine(as_of + timedelta(days=1), time(), UTC)
        latest = {
            (each.date, each.source, each.field): each
            for each in figures
            if each.date <= as_of and each.known_at < until
        }
        return tuple(latest[key] for key in sorted(latest))

    def figures(self, subject: str, field: str, as_of: date) -> Figures:
        """Return the numbers of a field of a subject as they were known at the end of a day."""
        key = (subject, field)
        history = self._figures.get(key)
        if history is None:
            history = self._figures[key] = _figure_history(self._frame(subject), subject, field)
        return history.seen(as_of)

    def _frame(self, subject: str) -> pl.DataFrame:
        frame = self._frames.get(subject)
        if frame is None:
            rows = _dated(self._lake.snapshot("observations").scan([subject]))
            frame = self._frames[subject] = ordered_observations(rows).collect()
        return frame

    def symbols(self, as_of: date) -> tuple[str, ...]:
        """Return every symbol of which a bar was known at the end of a day, ascending."""
        if self._first_seen is None:
            import polars as pl

            seen = pl.max_horizontal("date", pl.col("known_at").dt.date()).min().alias("seen")
            table = self._lake.snapshot("bars")
            # Large files one after the other: all at once take gigabytes in a large lake.
            large = [(part,) for part in table.parts if (part.rows or 0) >= _LARGE]
            small = tuple(part for part in table.parts if (part.rows or 0) < _LARGE)
            firsts = [
                _dated(replace(table, parts=parts).scan()).group_by("symbol").agg(seen).collect()
                for parts in (*large, small)
            ]
            first_rows = (
                pl.concat(firsts).group_by("symbol").agg(pl.col("seen").min()).sort("symbol")
            )
            self._first_seen = dict(first_rows.iter_rows())
        return tuple(symbol for symbol, seen in self._first_seen.items() if seen <= as_of)


def _dated(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Drop rows that say neither of when they are nor since when they are known."""
    return rows.drop_nulls(["date", "known_at"])


def _bar_history(symbol: str, frame: pl.DataFrame) -> BarHistory:
    dates = frame["date"].to_numpy().astype("datetime64[D]")
    if not (dates[1:] > dates[:-1]).all():  # ordering takes as long as reading and is rarely needed
        frame = ordered_bars(frame.lazy()).collect()
        dates = frame["date"].to_numpy().astype("datetime64[D]")
    figures = {name: frame[name].to_numpy().astype(np.float64) for name in FIGURES}
    source = _shared(np.array(frame["source"].to_list(), dtype=np.str_))
    known_at = frame["known_at"].to_numpy().astype("datetime64[us]")
    on_session = calendars.on_sessions(instruments.calendar_of(symbol), dates)
    return BarHistory(Bars(symbol, dates, source=source, **figures), known_at, on_session)


def _figure_history(frame: pl.DataFrame, subject: str, field: str) -> FigureHistory:
    import polars as pl

    one = frame.filter(pl.col("field") == field).drop_nulls("value")
    rows = Figures(
        subject,
        field,
        one["date"].to_numpy().astype("datetime64[D]"),
        one["value"].to_numpy().astype(np.float64),
        np.array(one["unit"].fill_null("").to_list(), dtype=np.str_),
        np.array(one["source"].to_list(), dtype=np.str_),
    )
    known_at = one["known_at"].to_numpy().astype("datetime64[us]")
    keys = one.select(pl.struct("date", "source").rle_id().cast(pl.Int64))
    return FigureHistory(rows, known_at, keys.to_series().to_numpy())


def _observation_history(frame: pl.DataFrame) -> tuple[Observation, ...]:
    def read(row: dict[str, Any]) -> Observation:
        return Observation(
            subject=row["subject"],
            field=row["field"],
            date=row["date"],
            value=np.nan if row["value"] is None else row["value"],
            unit=row["unit"] or "",
            source=row["source"],
            known_at=row["known_at"],
            text=row["text"] or "",
        )

    return tuple(read(row) for row in frame.iter_rows(named=True))


def _shared(words: npt.NDArray[np.str_]) -> npt.NDArray[np.str_]:
    """Return words as they are, held once where all are the same: names take most of the memory."""
    same = len(words) > 1 and bool((words == words[0]).all())
    return np.broadcast_to(words[:1], words.shape) if same else words


def _taken(array: npt.NDArray[S], places: npt.NDArray[np.int64]) -> npt.NDArray[S]:
    """Return the rows at places; those of which all are one stay so."""
    if array.strides == (0,):
        return np.broadcast_to(array[:1], places.shape)
    return array[places]


def _frozen(array: npt.NDArray[S]) -> npt.NDArray[S]:
    array.flags.writeable = False
    return array
