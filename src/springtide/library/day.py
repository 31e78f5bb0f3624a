"""An instrument of a lake, and what can be asked of it as of a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, get_args

from springtide.errors import UsageError
from springtide.language.types import Colours, Language
from springtide.library.given import (
    Given,
    asked_day,
    checked_language,
    checked_text,
    parameter_text,
)
from springtide.library.results import Bars, Brief, BubbleTests, Measurement, Outlook, made
from springtide.market.types import Instrument
from springtide.market.view import View


@dataclass(frozen=True, slots=True)
class Subject:
    """An instrument of a lake. ``asof`` gives a day of it."""

    instrument: Instrument
    _view: View = field(repr=False, compare=False)
    _language: Language = field(repr=False, compare=False)

    @property
    def id(self) -> str:
        """Its identifier."""
        return self.instrument.id

    def asof(self, day: Given = None) -> Day:
        """Return the instrument as of a day: nothing is seen that was not known then.

        Parameters
        ----------
        day
            A session as text (``"2025-02-13"``), date or datetime. Without it, and for ``"today"``,
            the session of the last close on file.

        Raises
        ------
        TypeError
            It is neither a text nor a date.
        UsageError
            It has not come yet, or is no date.
        DataError
            The lake has no close of the instrument.
        """
        from springtide.metrics.asof import check_date, last_close

        asked = asked_day(day)
        if isinstance(asked, date):
            check_date(asked)
        else:
            asked = last_close(self._view, self.instrument)
        return Day(self.instrument, asked, self._view.at(asked), self._language)


@dataclass(frozen=True, slots=True)
class Day:
    """An instrument as of a day: what can be asked of it."""

    instrument: Instrument
    as_of: date
    _view: View = field(repr=False, compare=False)
    _language: Language = field(repr=False, compare=False)

    def measure(self, metric: str, **params: Any) -> Measurement:
        """Measure a metric with its evidence.

        Parameters
        ----------
        metric
            Its key, such as ``"rsi"`` (``springtide metrics`` lists them).
        **params
            Its parameters: ``window=14``, ``period="ytd"``, ``since="2025-01-13"``. Dates and
            periods may be texts.

        Returns
        -------
        Measurement
            Its value is None where data are missing; ``missing`` says which.

        Raises
        ------
        TypeError
            A parameter is of a kind that no metric takes.
        UsageError
            There is no such metric or parameter, or a value is not allowed.
        DataError
            The day is no session of the instrument, or its close is not on file.
        """
        from springtide.metrics.asof import check_close
        from springtide.metrics.params import params_from_text
        from springtide.metrics.registry import get
        from springtide.metrics.registry import measure as measure_metric

        spec = get(checked_text(metric, "a metric"))
        given = {
            name: parameter_text(value, name) for name, value in params.items() if value is not None
        }
        typed = params_from_text(spec.params, given)
        if spec.needs_close:
            check_close(self._view, self.instrument)
        measurement = measure_metric(spec.key, self._view, self.instrument, typed)
        return made(Measurement, measurement, name=self._name(), language=self._language)

    def brief(
        self,
        languages: Language | Sequence[Language] | None = None,
        *,
        exuberance: bool = False,
        colours: Colours | None = None,
    ) -> Brief:
        """Write the brief of the day.

        Parameters
        ----------
        languages
            One or several; that of the lake without it.
        exuberance
            Whether to test for a bubble too, which takes seconds the first time.
        colours
            How rises and falls are coloured; without it as readers of the language expect.

        Raises
        ------
        DataError
            The day is no session of the instrument, or its close is not on file.
        """
        from springtide.brief.compose import compose

        asked = (self._language,) if languages is None else languages
        wanted = (asked,) if isinstance(asked, str) else tuple(asked)
        chosen = tuple(dict.fromkeys(map(checked_language, wanted)))
        if not chosen:
            raise UsageError(
                "A brief is written in a language", allowed=", ".join(get_args(Language))
            )
        if colours is not None and colours not in get_args(Colours):
            raise UsageError(
                "There are no such colours",
                given=str(colours),
                allowed=", ".join(get_args(Colours)),
            )
        brief = compose(self._view, self.instrument, chosen, exuberance=exuberance, colours=colours)
        return made(Brief, brief)

    def outlook(self) -> Outlook:
        """Say how long a rally may last and how far it may go, with probabilities.

        Raises
        ------
        DataError
            The day is no session of the instrument, or its history is too short.
        """
        from springtide.brief.outlook import outlook_section
        from springtide.brief.wording import full_name
        from springtide.language.messages import say
        from springtide.outlook.compose import outlook as make_outlook

        language = self._language
        outlook = make_outlook(self._view, self.instrument)
        section = outlook_section(outlook, self._view, self.instrument, [language])
        name = full_name(self.instrument, language)
        title = say("brief.title", language, name=name, day=self.as_of)
        return made(Outlook, outlook, section=section, title=title, language=language)

    def exuberance(self, window: int | None = None, *, bootstrap: bool = False) -> BubbleTests:
        """Test for a bubble: each alarm beside its false-alarm rate. Takes seconds the first time.

        Parameters
        ----------
        window
            Sessions that the PSY test looks at; without it the most up to 500 that are there.
        bootstrap
            Whether to judge PSY by the wild bootstrap of the closes themselves, and not by random
            walks.

        Raises
        ------
        DataError
            The day is no session of the instrument, or its close is not on file.
        """
        from springtide.brief.bubble_tests import bubble_tests
        from springtide.language.messages import say
        from springtide.metrics.asof import check_close
        from springtide.metrics.params import params_from_text
        from springtide.metrics.registry import get

        if window is not None:
            params_from_text(get("exuberance").params, {"window": parameter_text(window, "window")})
        check_close(self._view, self.instrument)
        null: Literal["wild", "random_walk"] = "wild" if bootstrap else "random_walk"
        tests = bubble_tests(self._view, self.instrument, window, null)
        name = self._name()
        title = say("brief.tests-title", self._language, name=name, day=self.as_of)
        return made(
            BubbleTests, tests, subject=self.instrument.id, as_of=self.as_of, title=title,
            language=self._language,
        )  # fmt: skip

    def bars(self) -> Bars:
        """Return its daily bars up to the day, as they were known on it."""
        bars = self._view.bars(self.instrument.id)
        return made(
            Bars, bars, as_of=self.as_of, versions=self._view.versions, name=self._name(),
            language=self._language,
        )  # fmt: skip

    def _name(self) -> str:
        return self.instrument.name(self._language)
