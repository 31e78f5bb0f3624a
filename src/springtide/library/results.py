"""Results of the front door: the typed results of the rooms below, with the forms they come in.

Each is one of today's frozen dataclasses, and besides a document that fits its published schema
(:meth:`Result.to_dict`), a table of Polars or pandas, a file, and what a notebook shows.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from springtide.brief import bubble_tests
from springtide.brief import model as briefs
from springtide.calls.board import Board
from springtide.calls.outcomes import Score
from springtide.checking.report import model as checks
from springtide.claims import model as claims
from springtide.errors import UsageError
from springtide.language.messages import say
from springtide.language.types import Language
from springtide.library import display, frames
from springtide.market import reports, types
from springtide.outlook import model as outlooks

if TYPE_CHECKING:
    import os

    import pandas as pd
    import polars as pl

    Address = str | os.PathLike[str]

Json = dict[str, Any]
R = TypeVar("R")


def made(kind: Callable[..., R], result: Any, **more: Any) -> R:
    """Return a result of a room below as one of the front door."""
    given = {field.name: getattr(result, field.name) for field in dataclasses.fields(result)}
    return kind(**given, **more)


class Result:
    """What every result can be turned into."""

    __slots__ = ()

    def to_dict(self) -> Json:
        """Return it as the document that its published schema describes."""
        raise NotImplementedError

    def to_polars(self) -> pl.DataFrame:
        """Return it as a table of Polars."""
        raise NotImplementedError

    def to_pandas(self) -> pd.DataFrame:
        """Return it as a table of pandas: dates as ``datetime64``, missing numbers as NaN."""
        return frames.to_pandas(self.to_polars())

    def _repr_html_(self) -> str:
        raise NotImplementedError

    def save(self, path: Address) -> tuple[Path, ...]:
        """Write it to a file by its ending: ``.json``, ``.csv``, ``.parquet`` or ``.html``.

        A path without an ending is a folder, for a brief and a check: it gets all their files.

        Returns
        -------
        tuple of Path
            The files written.

        Raises
        ------
        UsageError
            There is no such form of it.
        SpringtideError
            The file cannot be written.
        """
        from springtide.files import write_files

        target = Path(path)
        ending = target.suffix.lower()
        if not ending:
            return self._save_folder(target)
        if ending not in _FORMS:
            raise UsageError(
                "A result cannot be saved in that form",
                given=str(path),
                allowed=", ".join(_FORMS),
            )
        return write_files(target.parent, {target.name: _FORMS[ending](self)})

    def _save_folder(self, folder: Path) -> tuple[Path, ...]:
        raise UsageError(
            "That path has no ending that says in which form to save",
            given=str(folder),
            allowed=", ".join(_FORMS),
        )

    def _page(self) -> str:
        """Return a whole HTML document."""
        from springtide.claims.page import page

        return page(title=self._heading(), language=_language_of(self), body=self._repr_html_())

    def _heading(self) -> str:
        """Return what its page and its table are called, in its language."""
        raise NotImplementedError


def _language_of(result: Result) -> Language:
    language: Language = getattr(result, "language", "en")
    return language


def _json_text(result: Result) -> str:
    from springtide.claims.schema import to_text

    return to_text(result.to_dict())


def _parquet(result: Result) -> bytes:
    import io

    buffer = io.BytesIO()
    result.to_polars().write_parquet(buffer)
    return buffer.getvalue()


_FORMS: Mapping[str, Callable[[Result], str | bytes]] = {
    ".json": _json_text,
    ".csv": lambda result: result.to_polars().write_csv(),
    ".parquet": _parquet,
    ".html": lambda result: result._page(),
}


@dataclass(frozen=True, slots=True)
class Measurement(claims.Measurement, Result):
    """A metric's value as of a date with its evidence, or which data are missing.

    ``value`` is None exactly when :attr:`missing` says which data would be needed.
    """

    name: str = ""
    """What the instrument is called."""
    language: Language = "en"
    """In which a notebook shows it."""

    def to_dict(self) -> Json:
        """Return it by ``measurement.schema.json``."""
        from springtide.claims.schema import measurement_json

        return measurement_json(self)

    def to_polars(self) -> pl.DataFrame:
        """Return it as a table of one row; yes is 1 and no is 0."""
        return frames.measurements([self])

    def _heading(self) -> str:
        return display.measurement_title(self, self.name or self.subject, self.language)

    def _repr_html_(self) -> str:
        return display.measurement(self, self._heading(), self.language)


@dataclass(frozen=True, slots=True)
class Chart(briefs.Chart):
    """A chart: its plot, and drawn as SVG and PNG."""

    language: Language = "en"

    @property
    def svg(self) -> str:
        """The chart as SVG."""
        from springtide.brief.render.images import chart_svg

        return chart_svg(self, self.language)

    @property
    def png(self) -> bytes:
        """The chart as PNG."""
        from springtide.brief.render.images import render_png

        return render_png(self.svg)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return display.chart_bundle(self, self.language)


def _charts(sections: tuple[briefs.Section, ...], language: Language) -> tuple[Chart, ...]:
    return tuple(
        made(Chart, chart, language=language) for section in sections for chart in section.charts
    )


@dataclass(frozen=True, slots=True)
class Brief(briefs.Brief, Result):
    """A brief: sections of sentences, each figure a claim with its measurement, and charts."""

    @property
    def language(self) -> Language:
        """The first of its languages."""
        return self.languages[0]

    @property
    def charts(self) -> tuple[Chart, ...]:
        """Its charts, in order."""
        return _charts(self.sections, self.language)

    def text(self, language: Language | None = None) -> str:
        """Return its sentences as plain text, a paragraph a section."""
        chosen = language or self.language
        space = say("format.space", chosen)
        paragraphs = (
            space.join(sentence.text[chosen] for sentence in section.sentences)
            for section in self.sections
        )
        return "\n\n".join(filter(None, paragraphs))

    def to_dict(self) -> Json:
        """Return it by ``brief.schema.json``."""
        from springtide.brief.render.json import brief_json

        return brief_json(self)

    def to_polars(self) -> pl.DataFrame:
        """Return its measurements, one a row, with the section and sentence each is in."""
        return frames.brief(self)

    def _save_folder(self, folder: Path) -> tuple[Path, ...]:
        from springtide.brief.render import write_brief

        return write_brief(self, folder)

    def _page(self) -> str:
        from springtide.brief.render import brief_html

        return brief_html(self)

    def _repr_html_(self) -> str:
        return display.sections(self.title[self.language], self.sections, self.language)


@dataclass(frozen=True, slots=True)
class Outlook(outlooks.Outlook, Result):
    """How long a rally may last and how far it may go, with probabilities and their record."""

    section: briefs.Section | None = None
    """What it says in words, and its charts."""
    title: str = ""
    language: Language = "en"

    @property
    def charts(self) -> tuple[Chart, ...]:
        """Its charts, in order."""
        return _charts((self.section,) if self.section else (), self.language)

    def text(self) -> str:
        """Return what it says, as plain text."""
        sentences = self.section.sentences if self.section else ()
        return say("format.space", self.language).join(
            sentence.text[self.language] for sentence in sentences
        )

    def to_dict(self) -> Json:
        """Return it by ``outlook.schema.json``."""
        from springtide.outlook.document import outlook_json

        return outlook_json(self)

    def to_polars(self) -> pl.DataFrame:
        """Return the probability that each method gives to each event by each horizon."""
        return frames.outlook(self)

    def _heading(self) -> str:
        return self.title

    def _repr_html_(self) -> str:
        return display.sections(self.title, (self.section,) if self.section else (), self.language)


@dataclass(frozen=True, slots=True)
class BubbleTests(bubble_tests.BubbleTests, Result):
    """Both tests for a bubble: each alarm beside its false-alarm rate."""

    subject: str = ""
    as_of: date = date.min
    title: str = ""
    language: Language = "en"

    def to_dict(self) -> Json:
        """Return it by ``exuberance.schema.json``."""
        from springtide.brief.render.json import exuberance_json

        return exuberance_json(self, self.subject, self.as_of, self.language)

    def to_polars(self) -> pl.DataFrame:
        """Return its measurements, one a row."""
        return frames.measurements(self.measurements)

    def _heading(self) -> str:
        return self.title

    def _repr_html_(self) -> str:
        return display.measurements(self.measurements, self.title, self.language)


@dataclass(frozen=True, slots=True)
class Check(checks.CheckReport, Result):
    """What the data say of every claim of an article."""

    def to_dict(self) -> Json:
        """Return it by ``check.schema.json``."""
        from springtide.checking.report import check_json

        return check_json(self)

    def to_polars(self) -> pl.DataFrame:
        """Return the article's numbers, one a row, with the verdicts of their claims."""
        return frames.check(self)

    def _save_folder(self, folder: Path) -> tuple[Path, ...]:
        from springtide.checking.report import write_check

        return write_check(self, folder)

    def _page(self) -> str:
        from springtide.checking.report import check_html

        return check_html(self)

    def _repr_html_(self) -> str:
        return display.check(self)


@dataclass(frozen=True, slots=True, eq=False)
class Bars(types.Bars, Result):
    """Daily bars as they were known on a date: arrays, NaN where a figure is not known."""

    as_of: date = date.min
    versions: tuple[tuple[str, int], ...] = ()
    name: str = ""
    language: Language = "en"

    def to_dict(self) -> Json:
        """Return them by ``bars.schema.json``."""
        rows = self.to_polars().drop("symbol").rows(named=True)
        return {
            "symbol": self.symbol,
            "as_of": self.as_of.isoformat(),
            "versions": dict(self.versions),
            "bars": [{**row, "date": row["date"].isoformat()} for row in rows],
        }

    def to_polars(self) -> pl.DataFrame:
        """Return them one a row; a figure that is not known is null."""
        return frames.bars(self)

    def _heading(self) -> str:
        return self.name or self.symbol

    def _repr_html_(self) -> str:
        return display.frame(self._heading(), self.to_polars(), self.language)


@dataclass(frozen=True, slots=True)
class Calls(Result):
    """Calls on file, what came of each, and how well their sources did.

    Attributes
    ----------
    as_of
        The day as of which it is known.
    outcomes, scores
        What came of each call, and how well each source did.
    refused
        Why a call on file could not be read, one sentence each.
    versions
        Of the lake's tables.
    """

    as_of: date
    outcomes: tuple[claims.Outcome, ...]
    scores: tuple[Score, ...]
    refused: tuple[str, ...] = ()
    versions: tuple[tuple[str, int], ...] = ()
    language: Language = "en"

    def to_dict(self) -> Json:
        """Return them by ``calls.schema.json``."""
        from springtide import __version__
        from springtide.calls.outcomes import calls_json

        software = f"springtide {__version__}"
        return calls_json(self.as_of, self.versions, self.outcomes, self.scores, software)

    def to_polars(self) -> pl.DataFrame:
        """Return the calls, one a row, with what came of them."""
        return frames.calls(self.outcomes)

    @property
    def board(self) -> Board:
        """How every source stands: true against expected, with the rules of ``calls board``."""
        from springtide.calls.board import board

        return board(self.outcomes)

    def _heading(self) -> str:
        return say("library.calls", self.language, day=self.as_of)

    def _repr_html_(self) -> str:
        return display.frame(self._heading(), self.to_polars(), self.language)


@dataclass(frozen=True, slots=True)
class Loaded(reports.ImportReport, Result):
    """What became of rows that were loaded into a lake."""

    language: Language = "en"

    def to_dict(self) -> Json:
        """Return it by ``import.schema.json``."""
        from springtide.market.reports import report_json

        return report_json(self)

    def to_polars(self) -> pl.DataFrame:
        """Return its counts, one file or table a row."""
        import polars as pl

        names = ("rows", "new", "completed", "revised", "same", "refused")
        return pl.DataFrame(
            {
                "name": [each.name for each in self.files],
                **{name: [getattr(each, name) for each in self.files] for name in names},
                "notes": [
                    "; ".join(map(str, (*each.refusals, *each.warnings))) for each in self.files
                ],
            }
        )

    def _heading(self) -> str:
        return say("library.loaded", self.language)

    def _repr_html_(self) -> str:
        return display.frame(self._heading(), self.to_polars(), self.language)
