"""Named rallies of the past, from trough to peak: how far they went and how long they took."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from springtide.claims.model import Claim, Measurement, Params, Row, Window
from springtide.errors import UnknownNameError
from springtide.language.messages import Duration, Listed, Message, Name, Percent, message
from springtide.language.types import PeriodMention, Quantity
from springtide.market import episodes
from springtide.market.episodes import Episode, Span
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.patterns import Draft, Phrase, en, is_fact, zh
from springtide.metrics.registry import Metric

OVER = 0.20
"""A peak is known to be one once a later close lies this far below it."""


@dataclass(frozen=True, slots=True)
class Episodes(Params):
    """Ids of the episodes, separated by commas; all of the instrument's that are over if empty."""

    episodes: str = ""


Move = tuple[float, tuple[Row, Row], Window | None]


def _gain(view: View, instrument: Instrument, params: Episodes) -> Measured:
    return _average(view, instrument, params, _gain_of)


def _days(view: View, instrument: Instrument, params: Episodes) -> Measured:
    return _average(view, instrument, params, _days_of)


def _average(
    view: View,
    instrument: Instrument,
    params: Episodes,
    of: Callable[[View, Instrument, Span], Move],
) -> Measured:
    """Measure each episode from the closes of its trough and peak, and average."""
    moves = [of(view, instrument, span) for span in _spans(view, instrument, params)]
    return Measured(
        math.fsum(value for value, _, _ in moves) / len(moves),
        tuple(row for _, ends, _ in moves for row in ends),
        tuple(window for _, _, window in moves if window is not None),
    )


def _gain_of(view: View, instrument: Instrument, span: Span) -> Move:
    bars, trough = rows.at(view, instrument, "close", span.trough)
    _, peak = rows.at(view, instrument, "close", span.peak)
    ends = rows.row(bars, trough, "close"), rows.row(bars, peak, "close")
    return 100.0 * (ends[1].value / ends[0].value - 1.0), ends, None


def _days_of(view: View, instrument: Instrument, span: Span) -> Move:
    _, ends, _ = _gain_of(view, instrument, span)
    held = rows.stretch(view, instrument, "close", span.trough, span.peak)
    bars = view.bars(instrument.id)
    return float(len(held) - 1), ends, rows.window(view, bars, held, "close")


def _spans(view: View, instrument: Instrument, params: Episodes) -> list[Span]:
    """Return the spans of the episodes asked for, each known to be over on the view's date.

    Raises
    ------
    Missing
        Dates of an episode in this instrument are not known, or it was not over then.
    """
    if not params.episodes:
        spans = [one.spans[instrument.id] for one in episodes.all() if instrument.id in one.spans]
        over = [span for span in spans if _is_over(view, instrument, span)]
        if not over:
            raise Missing("missing.no-episode-over", subject=instrument.id, day=str(view.as_of))
        return over
    asked = _named(params)
    undated = [episode for episode in asked if instrument.id not in episode.spans]
    if undated:
        raise Missing(
            "missing.no-episode-dates",
            names=_listed(undated),
            subject=instrument.id,
            file=str(episodes.FILE),
        )
    for episode in asked:
        span = episode.spans[instrument.id]
        rows.check_past(view, span.peak)
        if not _is_over(view, instrument, span):
            raise Missing(
                "missing.episode-not-over",
                subject=instrument.id,
                day=str(view.as_of),
                peak=str(span.peak),
                name=Name(episode.name),
                over=Percent(100 * OVER),
            )
    return [episode.spans[instrument.id] for episode in asked]


def _named(params: Episodes) -> list[Episode]:
    try:
        return [episodes.get(one.strip()) for one in params.episodes.split(",")]
    except UnknownNameError as error:
        raise Missing("missing.no-episode", name=str(error.name), file=str(episodes.FILE)) from None


def _is_over(view: View, instrument: Instrument, span: Span) -> bool:
    """Say whether the peak was known to be one: nothing is known of a peak that comes later."""
    if span.peak > view.as_of:
        return False
    bars, peak = rows.at(view, instrument, "close", span.peak)
    after = bars.close[peak + 1 :]
    return bool((after <= (1 - OVER) * bars.close[peak]).any())


def _listed(named: Sequence[Episode]) -> Listed:
    return Listed(tuple(Name(episode.name) for episode in named))


def _meaning(claim: Claim) -> list[Episode]:
    """Return the episodes that are named, none where all are meant."""
    assert isinstance(claim.params, Episodes)
    if not claim.params.episodes:
        return []
    return [episodes.get(one.strip()) for one in claim.params.episodes.split(",")]


def _say_gain(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.value, float)
    named = _meaning(claim)
    return message(
        "metrics.episode_gain-said",
        value=Percent(abs(claim.value), 2),
        way="up" if claim.value >= 0 else "down",
        count=len(named),
        names=_listed(named),
    )


def _say_days(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.value, float)
    named = _meaning(claim)
    return message(
        "metrics.episode_days-said",
        value=Duration(round(claim.value)),
        count=len(named),
        names=_listed(named),
    )


_LOW_TO_HIGH = re.compile(
    "(?:底部|低点|低位|谷底)[至到](?:高点|高位|顶部|顶峰|峰值)"
    r"|\b(?:trough|bottom|low)s? to (?:peak|top|high)s?\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"历次(?:行情|升浪)|\bpast episodes\b", re.IGNORECASE)


def _meant(phrase: Phrase) -> Episodes | None:
    """Return the episodes that a sentence on moves from trough to peak names."""
    if not is_fact(phrase) or not _LOW_TO_HIGH.search(phrase.sentence):
        return None
    named = episodes.named_in(phrase.sentence)
    if not named and not _PAST.search(phrase.sentence):
        return None
    return Episodes(",".join(episode.id for episode in named))


def _read_gain(phrase: Phrase) -> Draft | None:
    params = _meant(phrase)
    return None if params is None else Draft(params, phrase.quantity(), phrase.sign)


def _read_days(phrase: Phrase) -> Draft | None:
    params, length = _meant(phrase), phrase.mentions["value"]
    if params is None:
        return None
    if isinstance(length, Quantity):
        return Draft(params, length) if length.unit == "sessions" else None
    if isinstance(length, PeriodMention) and length.period.unit == "sessions":
        return Draft(params, value=float(length.period.count or 0), unit="sessions")
    return None


_FROM_ZH = "(?:底部|低点|低位|谷底)[至到](?:高点|高位|顶部|顶峰|峰值)的?(?:平均)?(?:累计)?"
_RISE_ZH = "(?:(?P<up>涨幅|升幅|上涨|上升)|(?P<down>下跌|跌幅))(?:为|达到?)?"
_FROM_EN = r"from (?:its |the )?(?:trough|bottom|low)s? to (?:peak|top|high)s?"
EPISODE_GAIN = Metric(
    key="episode_gain",
    params=Episodes,
    formula="mean over the episodes of close(peak) / close(trough) - 1",
    minimum="the closes of trough and peak of each episode, and one 20% below the peak",
    unit="%",
    decimals=2,
    measure=_gain,
    wording=_say_gain,
    patterns=(
        zh(f"{_FROM_ZH}{_RISE_ZH}{{gap}}{{pct:value}}", _read_gain, 9),
        zh(f"平均{_RISE_ZH}{{gap}}{{pct:value}}", _read_gain, 8),
        en(
            rf"{{move}}(?: by)?(?: an average of)? {{pct:value}}(?: on average)? {_FROM_EN}",
            _read_gain,
            9,
        ),
        en(
            r"\baverag(?:e|ed|ing)(?: (?:gain|rise|rally|advance|return)s?)?(?: (?:was|is|were))?"
            r"(?: of)? {pct:value}",
            _read_gain,
            8,
        ),
    ),
)

EPISODE_DAYS = Metric(
    key="episode_days",
    params=Episodes,
    formula="mean over the episodes of the sessions after the trough up to the peak",
    minimum="every session of each episode, and a close 20% below the peak",
    unit="sessions",
    decimals=0,
    measure=_days,
    wording=_say_days,
    example=358.0,
    patterns=(
        zh(f"{_FROM_ZH}(?:历时|用时|持续){{gap}}{{span:value}}", _read_days, 9),
        en(
            rf"\b(?:took|lasted)(?: an average of)? {{span:value}}(?: on average)? {_FROM_EN}",
            _read_days,
            9,
        ),
    ),
)

METRICS = (EPISODE_GAIN, EPISODE_DAYS)
