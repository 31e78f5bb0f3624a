"""The section on levels and the range: where prices turned, and what that says of next time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from springtide.brief.model import Chart, Section, Sentence, Statement
from springtide.brief.together import within
from springtide.brief.wording import heading, missing_in_words, sentence, sentence_of
from springtide.claims.model import Measurement
from springtide.language.messages import Number, Percent, message
from springtide.language.types import Language, Period
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.registry import get, measure, params_of, state
from springtide.outlook.level_evidence import shipped

RANGE = Period("last", count=60, unit="sessions")
YEAR = Period("last", count=250, unit="sessions")
RANKS = (1, 2)

_RANGES = (("range_floor", "range_ceiling", "range_position"), ("range_efficiency",))


def levels_section(
    view: View, instrument: Instrument, languages: Sequence[Language]
) -> Section | None:
    """Write the nearest levels and the range that prices have kept to.

    Parameters
    ----------
    view, instrument
        As known when, of what.
    languages
        In the order wanted.

    Returns
    -------
    Section or None
        Its key is ``levels``; None where neither can be measured. Beside the nearest levels and how
        often prices came to them it says that levels hold no more often than the prices next to
        them.
    """
    draft = _Draft(view, instrument, languages)
    levels = draft.levels()
    nearest = [one[0] for one in levels if one]
    draft.say([_visits(view, instrument, one) for one in nearest])
    if any(levels):
        draft.sentences.append(_caution(languages))
    for keys in _RANGES:
        draft.say([_measured(view, instrument, key, period=RANGE) for key in keys])
    if not draft.sentences:
        return None
    return Section(
        key="levels",
        heading=heading("levels", languages),
        sentences=tuple(draft.sentences),
        charts=_charts(view, instrument, languages, levels),
        missing=missing_in_words(draft.missing, languages),
    )


class _Draft:
    """Sentences so far, and what could not be measured."""

    def __init__(self, view: View, instrument: Instrument, languages: Sequence[Language]) -> None:
        self.view, self.instrument, self.languages = view, instrument, languages
        self.sentences: list[Sentence] = []
        self.missing: list[Measurement] = []

    def levels(self) -> list[list[float]]:
        """Write the nearest levels above and below, and return them as they are printed."""
        said, printed = [], []
        for key in ("resistance_level", "support_level"):
            made = [_measured(self.view, self.instrument, key, rank=rank) for rank in RANKS]
            if made[0].value is None:
                self.missing.append(made[0])
            kept = [one for one in made if one.value is not None]
            said += kept
            printed.append([_printed(one) for one in kept])
        self.say(said)
        return printed

    def say(self, measurements: Sequence[Measurement]) -> None:
        """Write a sentence of what was measured; of no and of never nothing is said."""
        self.missing += [one for one in measurements if one.value is None]
        statements = [Statement(state(one), one) for one in measurements if one.value]
        if statements:
            named, turn = not self.sentences, len(self.sentences)
            of = (statements, self.instrument, self.languages)
            predicate = within(statements)
            self.sentences.append(
                sentence(*of, named=named, turn=turn)
                if predicate is None
                else sentence_of(predicate, *of, named=named, turn=turn)
            )


def _measured(view: View, instrument: Instrument, key: str, **given: object) -> Measurement:
    """Measure, with the rule that the sentence names."""
    measurement = measure(key, view, instrument, params_of(key, **given))
    completed = get(key).completed
    if completed is None or measurement.value is None:
        return measurement
    return replace(measurement, params=completed(measurement))


def _printed(measurement: Measurement) -> float:
    value = state(measurement).value
    assert isinstance(value, float)
    return value


def _visits(view: View, instrument: Instrument, level: float) -> Measurement:
    return _measured(view, instrument, "level_tests", level=level, period=YEAR)


def _caution(languages: Sequence[Language]) -> Sentence:
    """Say that levels hold no more often than prices beside them, with the figures of the study."""
    own = shipped().main.own
    caution = message(
        "brief.levels-caution",
        shown="yes" if own.low > 0 else "no",
        tests=Number(own.tests),
        held=Percent(own.held, 1),
        beside=Percent(own.neighbours, 1),
        difference=Number(own.difference, 1, sign=True),
        low=Number(own.low, 1, sign=True),
        high=Number(own.high, 1, sign=True),
    )
    return Sentence({language: caution.text(language) for language in languages}, ())


def _charts(
    view: View, instrument: Instrument, languages: Sequence[Language], levels: list[list[float]]
) -> tuple[Chart, ...]:
    from springtide.brief.level_charts import Level, levels_chart
    from springtide.metrics.answers import Missing
    from springtide.metrics.visits import visits

    bars = view.bars(instrument.id)
    held = rows.rows_with(bars, "close")
    if len(held) < 2 or not any(levels):
        return ()
    rules = []
    for above, side in zip((True, False), levels, strict=True):
        for level in side:
            try:
                path, tests = visits(view, instrument, level, YEAR)
            except Missing:
                rules.append(Level(level, above, ()))
                continue
            seen = tuple((path.day(one.start), one.ending) for one in tests)
            rules.append(Level(level, above, seen))
    names = {language: instrument.name(language) for language in languages}
    chart = levels_chart(bars.dates[held], bars.close[held], rules, view.as_of, names)
    return (chart,)
