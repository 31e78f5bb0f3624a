"""A lake that is open for reading."""

from __future__ import annotations

from collections.abc import Iterator
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
