"""A lake that is open for reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from springtide.errors import UsageError
from springtide.language.types import Language
from springtide.library.day import Subject
from springtide.library.given import Given, asked_day, checked_language, checked_text
from springtide.library.results import Calls, Check, made
from springtide.market import lake as lakes
from springtide.market.types import Instrument
from springtide.market.view import View

if TYPE_CHECKING:
    import os

    import polars as pl

    from springtide.market.tables import Snapshot, Table
    from springtide.scan.plan import Every

    Address = str | os.PathLike[str]


class Lake:
    """A lake that is open for reading, held at the versions of the moment.

    ``lake["恒生科技指数"]`` is an instrument by any of its names; ``name in lake`` tells whether
    the lake has bars of it; iterating gives the symbols. Made by :func:`open` and :func:`create`.
    """

    def __init__(self, stored: lakes.Lake, language: Language = "en") -> None:
        self.stored = stored
        self.language: Language = language
        self._held = stored.at()

    def __repr__(self) -> str:
        return f"<Lake {self.address}: {len(self)} instruments>"

    @property
    def address(self) -> str:
        """Where it is."""
        return self._held.address

    @property
    def versions(self) -> dict[str, int]:
        """The version of each table at which it is held."""
        return self._held.versions()

    @property
    def symbols(self) -> tuple[str, ...]:
        """Every symbol that has bars, ascending."""
        return self._view(date.today()).symbols()

    @property
    def held(self) -> lakes.Lake:
        """The lake as it is held."""
        return self._held

    def snapshot(self, table: Table) -> Snapshot:
        """Return one of its tables at the version at which it is held."""
        return self._held.snapshot(table)

    def refresh(self) -> Lake:
        """Hold it at the versions of now, and return it. Days made before stay as they were."""
        self._held = self.stored.at()
        return self

    def __len__(self) -> int:
        return len(self.symbols)

    def __iter__(self) -> Iterator[str]:
        return iter(self.symbols)

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str):
            return False
        view = self._view(date.today())
        instrument = view.find(name)
        if instrument is None:
            return False
        if instrument.kind == "basket":
            return len(view.bars(instrument.id)) > 0
        return instrument.id in view.symbols()

    def __getitem__(self, name: str) -> Subject:
        """Return an instrument by its identifier, a symbol or any of its names.

        Raises
        ------
        TypeError
            The name is not a text.
        UnknownNameError, AmbiguousNameError
            Nothing has that name; several have it.
        """
        view = self._view(date.today())
        instrument = view.instrument(checked_text(name, "the name of an instrument"))
        return Subject(instrument, view, self.language)

    def find(self, query: str) -> tuple[Instrument, ...]:
        """Return the instruments whose names come nearest to a query, the best first."""
        from springtide.market.instruments import search

        return tuple(search(checked_text(query, "a query")))

    def sql(self, query: str, *, files: bool = False) -> pl.DataFrame:
        """Run a SQL query over the tables; it only asks.

        ``bars`` and ``observations`` hold every row with its history, ``latest_bars`` and
        ``latest_observations`` each figure as last known. ``files`` lets it read files of this
        machine too (``read_csv`` and its like).

        Raises
        ------
        UsageError
            The query is not valid, would change data, or names something that does not exist.
        """
        return self._held.sql(checked_text(query, "a query"), files=files)

    def scan(
        self,
        *metrics: str,
        preset: str | None = None,
        asof: Given = None,
        every: Every | None = None,
        since: Given = None,
        of: Sequence[str] | None = None,
        where: str | None = None,
        sort: str | None = None,
        workers: int = 1,
        reasons: bool = False,
    ) -> pl.DataFrame:
        """Measure metrics of every instrument of the lake, and keep those that stand out.

        ``lake.scan("rsi", "ma_distance:window=200", where="rsi > 70", sort="-rsi")``. Nothing is
        stored.

        Parameters
        ----------
        metrics
            What is measured, as it is spelt on the command line: ``rsi``, ``rsi:window=9``,
            ``outlook.top_within_60``.
        preset
            A list of metrics: ``heat``, ``trend``, ``risk`` or ``exuberance``.
        asof
            The day; without it the last of which bars are on file.
        every, since
            As of the last session of each ``month``, say, since a day.
        of
            Only these instruments, by any of their names.
        where
            A condition in SQL over the columns.
        sort
            A column, with ``-`` before it the largest first.
        workers
            Processes that work at a time.
        reasons
            Return a row a metric instead, with its unit, and why a value is missing.

        Returns
        -------
        polars.DataFrame
            A row an instrument and day: ``symbol, as_of, kind, calendar`` and a column a metric.

        Raises
        ------
        UnknownNameError, UsageError
            A metric, a parameter, an instrument or the condition cannot be understood.
        """
        from springtide.scan.asked import asked_of
        from springtide.scan.plan import asked_day as day_of_scan
        from springtide.scan.plan import plan_of
        from springtide.scan.run import scan
        from springtide.scan.table import wanted, wide

        asked = asked_of(metrics, preset)
        given, first = asked_day(asof), asked_day(since)
        day = day_of_scan(self._held, date.today() if given == "today" else given)
        first = date.today() if first == "today" else first
        plan = plan_of(self._held, asked, day, since=first, every=every, language=self.language)
        view = self._view(day)
        symbols = None if of is None else [view.instrument(name).id for name in of]
        rows = scan(plan, symbols, workers=workers)
        table = wanted(wide(rows, asked), where, sort)
        if not reasons:
            return table
        kept = table.select("symbol", date="as_of")
        return kept.join(rows, on=["symbol", "date"], how="left", maintain_order="left")

    def check(
        self,
        path: Address | None = None,
        *,
        text: str | None = None,
        asof: Given = None,
        language: Language | None = None,
        name: str = "text",
    ) -> Check:
        """Check every number of an article against the data.

        Parameters
        ----------
        path, text
            The article: a file, or its text. One of the two.
        asof
            The day it speaks of; without it, the article's own date.
        language
            Of the report; without it, that of the article.
        name
            What the report calls a text.

        Raises
        ------
        UsageError
            Both or neither are given, or nothing says which day it speaks of.
        DataError
            The file cannot be read.
        """
        from springtide.checking.check import check_file, check_text
        from springtide.metrics.asof import check_date

        if (path is None) == (text is None):
            raise UsageError("An article is a file or a text", allowed="path or text=")
        asked = asked_day(asof)
        day = date.today() if asked == "today" else asked
        if day is not None:
            check_date(day)
        chosen = None if language is None else checked_language(language)
        if text is not None:
            return made(
                Check, check_text(checked_text(text, "an article"), name, self._held, day, chosen)
            )
        assert path is not None
        return made(Check, check_file(Path(path), self._held, day, chosen))

    def calls(self, subject: str | None = None, *, asof: Given = None) -> Calls:
        """Return the calls on file, what came of them, and how well their sources did.

        Parameters
        ----------
        subject
            Those of one instrument, by any of its names.
        asof
            Calls made by this day, decided by the data known then; today without it.
        """
        from springtide.calls.ledger import load as load_calls
        from springtide.calls.outcomes import score, settle
        from springtide.metrics.asof import check_date

        asked = asked_day(asof)
        day = asked if isinstance(asked, date) else date.today()
        check_date(day)
        view = self._view(day)
        wanted = None if subject is None else view.instrument(checked_text(subject, "a subject")).id
        ledger = load_calls(view, wanted)
        outcomes = settle(view, ledger.calls)
        return Calls(day, outcomes, score(outcomes), ledger.refused, view.versions, self.language)

    def _view(self, day: date) -> View:
        return View(self._held, day)
