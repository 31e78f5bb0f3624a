"""The section that asks whether it is a bubble: two tests, each alarm beside its false-alarm rate.

The tests take seconds where nothing of them is kept yet (see :mod:`springtide.metrics.kept`), so
a brief has the section where it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, get_args

from springtide.brief.bubble_tests import BubbleTests, bubble_tests
from springtide.brief.model import Chart, Section, Sentence, Statement
from springtide.brief.wording import heading, missing_in_words, sentence_of
from springtide.claims.model import Measurement
from springtide.language.messages import Message, Number, message
from springtide.language.types import Language
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.answers import Missing
from springtide.metrics.families import bubbles, critical_time, exuberance
from springtide.metrics.families.bubbles import Bubble
from springtide.metrics.families.critical_time import CriticalTime
from springtide.metrics.families.exuberance import Exuberance
from springtide.metrics.registry import Stated, state
from springtide.metrics.simulated import part
from springtide.numerics.lppls.model import INFORMATIVE

if TYPE_CHECKING:
    from collections.abc import Callable

    Say = Callable[[Sequence[Stated]], Message]


@dataclass(slots=True)
class _Draft:
    """A section while it is written."""

    instrument: Instrument
    languages: Sequence[Language]
    sentences: list[Sentence] = field(default_factory=list)
    missing: list[Measurement] = field(default_factory=list)

    def say(self, measurements: Sequence[Measurement], say: Say) -> None:
        """Add a sentence of what was found."""
        statements = tuple(Statement(state(one), one) for one in measurements)
        predicate = say([(one.claim, one.measurement) for one in statements])
        self.sentences.append(
            sentence_of(
                predicate,
                statements,
                self.instrument,
                self.languages,
                named=not self.sentences,
            )
        )

    def note(self, told: Message) -> None:
        """Add a sentence that claims nothing of the market."""
        self.sentences.append(Sentence({one: told.text(one) for one in self.languages}, ()))


def exuberance_section(
    view: View, instrument: Instrument, languages: Sequence[Language]
) -> Section:
    """Write the section on both tests for a bubble.

    Parameters
    ----------
    view, instrument, languages
        As for :func:`springtide.brief.compose.compose`.

    Returns
    -------
    Section
        Its key is ``exuberance``. Each LPPLS confidence above zero stands with the share of
        simulated markets without a bubble that reach it; where their simulation would need more
        history, the section says so.
    """
    with part(0, 2):
        tests = bubble_tests(view, instrument)
    draft = _Draft(instrument, languages)
    _explosive(draft, tests)
    _shapes(draft, tests)
    if tests.alarm:
        _end(draft, tests)
    draft.note(message("brief.bubble-limits"))
    with part(1, 2):
        charts = tuple(_charts(tests, view, instrument, languages))
    return Section(
        key="exuberance",
        heading=heading("exuberance", languages),
        sentences=tuple(draft.sentences),
        charts=charts,
        missing=missing_in_words(draft.missing, languages),
    )


def _explosive(draft: _Draft, tests: BubbleTests) -> None:
    """Write what PSY says."""
    if tests.verdict.value is None:
        draft.missing.append(tests.verdict)
        return
    if tests.duration is not None:
        draft.say([tests.verdict, tests.duration], exuberance.say_run)
        if exuberance.way_of(tests.verdict) == "down":
            draft.note(message("brief.explosive-fall"))
        draft.note(message("brief.run-dated"))
        if not any(row.field == exuberance.CONFIRMED for row in tests.verdict.evidence.rows):
            draft.note(message("brief.run-too-short"))
    draft.say([tests.statistic, tests.p_value], exuberance.say_figures)


def _shapes(draft: _Draft, tests: BubbleTests) -> None:
    """Write what LPPLS says at each scale, first where it shows a bubble."""
    quiet: dict[str, list[Measurement]] = {}
    for share, rate in tests.shapes:
        assert isinstance(share.params, Bubble)
        if share.value is None:
            draft.missing.append(share)
        elif share.value == 0:
            quiet.setdefault(share.params.direction, []).append(share)
        else:
            _alarm(draft, share, rate)
    for way in get_args(bubbles.Direction):
        if way in quiet:
            draft.say(quiet[way], bubbles.say_listed)


def _alarm(draft: _Draft, share: Measurement, rate: Measurement) -> None:
    """Write a confidence above zero with how often it comes without a bubble."""
    if rate.value is not None:
        draft.say([share, rate], bubbles.say_with_rate)
        return
    draft.missing.append(rate)
    draft.say([share], bubbles.say_listed)
    draft.note(message("brief.no-rate"))


def _end(draft: _Draft, tests: BubbleTests) -> None:
    """Write when it would end, if it is a bubble."""
    if tests.times[0].value is None:
        draft.missing.append(tests.times[0])
        return
    if not tests.dated:
        draft.note(message("brief.fits-date-nothing"))
        return
    draft.say(tests.times, critical_time.say_interval)
    gain, bound = Number(tests.information, 2), Number(INFORMATIVE, 2)
    draft.note(message("brief.dated", gain=gain, bound=bound))


def _charts(
    tests: BubbleTests, view: View, instrument: Instrument, languages: Sequence[Language]
) -> Iterator[Chart]:
    from springtide.brief import exuberance_charts as charts

    names = {language: instrument.name(language) for language in languages}
    bars = view.bars(instrument.id)
    held = rows.rows_with(bars, "close")
    dates, close = bars.dates[held], bars.close[held]
    if tests.verdict.value is not None:
        window = tests.window
        assert isinstance(tests.verdict.params, Exuberance)
        tested = exuberance.tested(view, instrument, tests.verdict.params)
        episodes, sample = tested.episodes(), close[-window:]
        yield charts.psy_chart(
            dates[-window:],
            tested.result.statistic,
            tested.critical,
            episodes,
            [sample[one.peak] > sample[tested.result.window_start[one.peak]] for one in episodes],
            view.as_of,
            names,
        )
    try:
        shares = bubbles.over_time(view, instrument)
    except Missing:
        return
    end = critical_time.density(view, instrument, CriticalTime()) if tests.dated else None
    yield charts.confidence_chart(dates, close, shares, end, view.as_of, names)
