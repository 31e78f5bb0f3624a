"""The section that asks whether it is a bubble: two tests, each alarm beside its false-alarm rate.

The tests take seconds where nothing of them is kept yet (see :mod:`springtide.metrics.kept`), so
a brief has the section where it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, get_args

from springtide.brief.model import Chart, Section, Sentence, Statement
from springtide.brief.wording import missing_in_words, said
from springtide.claims.model import Claim, Measurement, Params
from springtide.language.types import Language
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.answers import Missing
from springtide.metrics.families import bubbles, critical_time, exuberance
from springtide.metrics.families.bubbles import Bubble, FalseAlarm, ScaleName
from springtide.metrics.families.critical_time import CriticalTime
from springtide.metrics.families.exuberance import Exuberance, Psy
from springtide.metrics.registry import measure, state
from springtide.metrics.simulated import part

if TYPE_CHECKING:
    from collections.abc import Callable

    Say = Callable[[Sequence[Claim], Language], str]

HEADING: Mapping[Language, str] = {"en": "Is it a bubble?", "zh-cn": "是泡沫吗？"}

LIMITS: Mapping[Language, str] = {
    "en": "What the tests cannot say: that a price is too high, that it will fall, or when; a "
    "false-alarm rate is how often the same appears without a bubble, not the probability that "
    "there is none.",
    "zh-cn": "检验不能说明的：价格是否过高、是否会跌、何时会跌；"
    "误报率是没有泡沫时出现同样结果的频率，而不是没有泡沫的概率。",
}
"""What neither test says, wherever their results are printed."""

_DATED: Mapping[Language, str] = {
    "en": "The run is counted from the first session on which that could have been known: no later "
    "price is used.",
    "zh-cn": "持续时间自当时即可得知的首个交易日算起，不使用之后的价格。",
}
_TOO_SHORT: Mapping[Language, str] = {
    "en": "It is still too short to be told from a flare-up.",
    "zh-cn": "持续时间尚短，还无法与短暂异动区分。",
}
_NO_RATE: Mapping[Language, str] = {
    "en": "How often a market without a bubble reaches that could not be measured.",
    "zh-cn": "没有泡沫的市场多常达到这一水平，未能测算。",
}
_WINDOWS = (500, 400, 300, 250, 200, 150, 100)
"""Sessions of the PSY test: the most of these that are there."""

_PARTS = 6


@dataclass(slots=True)
class _Draft:
    """A section while it is written."""

    view: View
    instrument: Instrument
    languages: Sequence[Language]
    sentences: list[Sentence] = field(default_factory=list)
    missing: list[Measurement] = field(default_factory=list)

    def ask(self, key: str, params: Params) -> Measurement:
        return measure(key, self.view, self.instrument, params)

    def say(self, found: Sequence[Measurement], say: Say) -> None:
        """Add a sentence of what was found."""
        statements = tuple(Statement(state(one), one) for one in found)
        claims = [one.claim for one in statements]
        text = {
            language: said(
                say(claims, language), self.instrument, language, named=not self.sentences
            )
            for language in self.languages
        }
        self.sentences.append(Sentence(text, statements))

    def note(self, words: Mapping[Language, str]) -> None:
        """Add a sentence that claims nothing of the market."""
        self.sentences.append(Sentence({one: words[one] for one in self.languages}, ()))


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
    draft = _Draft(view, instrument, languages)
    with part(0, _PARTS):
        window = _explosive(draft)
    alarm = _shapes(draft)
    if alarm:
        _end(draft)
    draft.note(LIMITS)
    with part(_PARTS - 1, _PARTS):
        charts = tuple(_charts(draft, window, alarm))
    return Section(
        key="exuberance",
        heading={language: HEADING[language] for language in languages},
        sentences=tuple(draft.sentences),
        charts=charts,
        missing=missing_in_words(draft.missing, languages),
    )


def _explosive(draft: _Draft) -> int | None:
    """Write what PSY says, and return the sessions that it looked at."""
    found = None
    for window in _WINDOWS:
        found = draft.ask("exuberance", Exuberance(window))
        if found.value is not None:
            break
    assert found is not None
    if found.value is None:
        draft.missing.append(found)
        return None
    if found.value:
        duration = draft.ask("exuberance_duration", Exuberance(window))
        draft.say([found, duration], exuberance.say_run)
        draft.note(_DATED)
        if not any(row.field == exuberance.CONFIRMED for row in found.evidence.rows):
            draft.note(_TOO_SHORT)
    figures = [draft.ask(f"exuberance_{one}", Psy(window)) for one in ("statistic", "p_value")]
    draft.say(figures, exuberance.say_figures)
    return window


def _shapes(draft: _Draft) -> bool:
    """Write what LPPLS says at each scale, and return whether it shows any bubble."""
    shares: dict[str, list[Measurement]] = {"up": [], "down": []}
    for number, scale in enumerate(get_args(ScaleName), start=1):
        with part(number, _PARTS):
            for way in get_args(bubbles.Direction):
                share = draft.ask("bubble_confidence", Bubble(scale, way))
                if share.value is None:
                    draft.missing.append(share)
                elif share.value == 0:
                    shares[way].append(share)
                else:
                    _alarm(draft, share, FalseAlarm(scale, way))
    alarm = any(
        one.claim.metric == "bubble_confidence"
        for sentence in draft.sentences
        for one in sentence.statements
    )
    for quiet in filter(None, shares.values()):
        draft.say(quiet, bubbles.say_listed)
    return alarm


def _alarm(draft: _Draft, share: Measurement, params: FalseAlarm) -> None:
    """Write a confidence above zero with how often it comes without a bubble."""
    rate = draft.ask("bubble_false_alarm_rate", params)
    if rate.value is not None:
        draft.say([share, rate], bubbles.say_with_rate)
        return
    draft.missing.append(rate)
    draft.say([share], bubbles.say_listed)
    draft.note(_NO_RATE)


def _end(draft: _Draft) -> None:
    """Write when it would end, if it is a bubble."""
    times = [draft.ask("critical_time", CriticalTime(bound=one)) for one in critical_time.BOUNDS]
    if times[0].value is None:
        draft.missing.append(times[0])
        return
    draft.say(times, critical_time.say_interval)


def _charts(draft: _Draft, window: int | None, alarm: bool) -> Iterator[Chart]:
    from springtide.brief import exuberance_charts as charts

    view, instrument = draft.view, draft.instrument
    names = {language: instrument.name(language) for language in draft.languages}
    bars = view.bars(instrument.id)
    held = rows.rows_with(bars, "close")
    dates, close = bars.dates[held], bars.close[held]
    if window is not None:
        tested = exuberance.tested(view, instrument, Exuberance(window))
        found, sample = tested.episodes(), close[-window:]
        yield charts.psy_chart(
            dates[-window:],
            tested.result.statistic,
            tested.critical,
            found,
            [sample[one.peak] > sample[tested.result.window_start[one.peak]] for one in found],
            view.as_of,
            names,
        )
    try:
        shares = bubbles.over_time(view, instrument)
    except Missing:
        return
    end = critical_time.density(view, instrument, CriticalTime()) if alarm else None
    yield charts.confidence_chart(dates, close, shares, end, view.as_of, names)
