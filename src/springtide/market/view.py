"""The view: the lake as it was known on a date. The only door from metrics to data."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from springtide.errors import UndescribedError, UnknownNameError
from springtide.market import instruments
from springtide.market.coverage import covered
from springtide.market.history import History
from springtide.market.tables import UNSEEN
from springtide.market.types import Bars, Coverage, Figures, Instrument, Observation

if TYPE_CHECKING:
    import polars as pl

    from springtide.market.lake import Lake
    from springtide.market.tables import Table


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
        self._history = History(self._lake)
        self.as_of = as_of
        self._bars: dict[str, Bars] = {}
        self._coverage: dict[tuple[str, date, date], Coverage] = {}
        self._observations: dict[str, tuple[Observation, ...]] = {}
        self._figures: dict[tuple[str, str], Figures] = {}

    def __reduce__(self) -> tuple[object, ...]:
        """Travel as the lake at its versions and the day: what was read is read again there."""
        return View, (self._lake, self.as_of)

    def at(self, as_of: date) -> View:
        """Return the view of another day on the same versions of the lake.

        What has been read already is not read again. The answers are those of a view made anew at
        these versions.
        """
        other = View(self._lake, as_of)
        other._history = self._history
        return other

    @property
    def versions(self) -> tuple[tuple[str, int], ...]:
        """The version of each table that this view reads, as evidence records it."""
        held = self._lake.versions().items()
        return tuple(sorted((name, version) for name, version in held if name not in UNSEEN))

    @property
    def stamp(self) -> str:
        """Digits that stand for the rows of bars and observations that this view reads.

        A data file of a lake is never changed, and its name is its own: equal stamps of views of
        one day mean equal rows, of whatever lake.
        """
        digest = hashlib.sha256(self.as_of.isoformat().encode())
        tables: tuple[Table, ...] = ("bars", "observations")
        for table in tables:
            for part in self._lake.snapshot(table).parts:
                digest.update(f"{table} {part.name} {part.size}\n".encode())
        return digest.hexdigest()[:32]

    def bars(self, symbol: str) -> Bars:
        """Return the daily bars of a symbol, ascending, one for each date; empty where none.

        Where a date has several rows the one last known is taken (see
        :func:`springtide.market.merge.ordered_bars`). Those of a basket are worked out from its
        members'.
        """
        seen = self._bars.get(symbol)
        if seen is None:
            basket = instruments.basket(symbol)
            if basket is None:
                seen = self._history.bars(symbol, self.as_of)
            else:
                from springtide.market.basket_closes import basket_closes

                seen = basket_closes(self, basket).bars
            self._bars[symbol] = seen
        return seen

    def forget(self, rows: int) -> None:
        """Hold no more than so many rows of bars; the rest is read again when it is asked for."""
        self._history.forget(rows)
        if sum(map(len, self._bars.values())) > rows:
            self._bars.clear()
            self._coverage.clear()

    def load(self, symbols: Collection[str]) -> None:
        """Read the bars of many symbols at once, which takes less time than one by one."""
        self._history.load(symbols)

    def load_figures(self, subjects: Collection[str]) -> None:
        """Read the observations of many subjects at once."""
        self._history.load_figures(subjects)

    def repeated(self, symbol: str) -> tuple[date, ...]:
        """Return the days whose row repeats the close before, and that were no session.

        Feeds fill holidays so. These rows are not among the bars.
        """
        return self._history.repeated(symbol, self.as_of)

    def coverage(self, symbol: str, first: date, last: date) -> Coverage:
        """Return how many sessions from ``first`` to ``last`` (both included) have a row.

        A row makes a session, and so does the calendar as far as it reaches. Beyond its reach only
        long stretches without a row are known to lack some: the weekdays of more than two weeks.
        ``expected`` is None where the calendar reaches none of it. Sessions after ``as_of`` are not
        counted as missing.
        """
        key = (symbol, first, last)
        known = self._coverage.get(key)
        if known is None:
            dates, calendar = self.bars(symbol).dates, instruments.calendar_of(symbol)
            known = self._coverage[key] = covered(dates, calendar, first, min(last, self.as_of))
        return known

    def figures(self, subject: str, field: str) -> Figures:
        """Return the numbers of a field of a subject as arrays, ascending by date, then source.

        Of each source's figures for a date the one last known is taken. What is a word is not among
        them (see :meth:`observations`).
        """
        key = (subject, field)
        seen = self._figures.get(key)
        if seen is None:
            seen = self._figures[key] = self._history.figures(subject, field, self.as_of)
        return seen

    def observations(self, subject: str, field: str) -> tuple[Observation, ...]:
        """Return the published figures of a subject, ascending by date, then source."""
        if subject not in self._observations:
            self._observations[subject] = self._history.observations(subject, self.as_of)
        return tuple(each for each in self._observations[subject] if each.field == field)

    def fields(self, subject: str) -> tuple[str, ...]:
        """Return the fields for which a subject has observations, ascending."""
        self.observations(subject, "")
        return tuple(sorted({each.field for each in self._observations[subject]}))

    def subjects(self, start: str) -> tuple[str, ...]:
        """Return the subjects of observations whose names begin so, ascending."""
        import polars as pl

        named = self.scan("observations").filter(pl.col("subject").str.starts_with(start))
        return tuple(named.select("subject").unique().sort("subject").collect()["subject"])

    def scan(self, table: Table) -> pl.LazyFrame:
        """Return the rows of a table that the view sees, in no promised order.

        Bars and observations are those dated and known by ``as_of``, with their history. What
        Springtide has worked out itself (``fits``, ``forecasts``, ``outcomes``) is seen by its
        date: a fit of that date used nothing later, whenever it was made.
        """
        import polars as pl

        rows = self._lake.snapshot(table).scan().filter(pl.col("date") <= self.as_of)
        if table not in ("bars", "observations"):
            return rows
        until = datetime.combine(self.as_of + timedelta(days=1), time(), UTC)
        return rows.filter(pl.col("known_at") < until)

    def symbols(self) -> tuple[str, ...]:
        """Return every symbol that has a bar by ``as_of``, ascending."""
        return self._history.symbols(self.as_of)

    def instrument(self, name: str) -> Instrument:
        """Return the instrument with this id, symbol or exact name that is known or in the lake.

        Raises
        ------
        UnknownNameError, AmbiguousNameError
            See :func:`springtide.market.instruments.get`.
        UndescribedError
            It is in the lake, but nothing says what it is.
        """
        try:
            named = instruments.get(name)
        except UnknownNameError:
            named = instruments.get(name, self.symbols())
            if not instruments.is_told(named.id):
                raise UndescribedError([named.id]) from None
            return named
        if not instruments.is_known(named.id) and named.id not in self.symbols():
            raise instruments.unknown(name, self.symbols())
        return named

    def find(self, name: str) -> Instrument | None:
        """Return what :meth:`instrument` returns; None where it raises."""
        return instruments.find(name) or instruments.find(name, self.symbols())
