"""An outlook for the terminal: the paragraph, what each method says, and how well it has done."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from springtide.brief.model import Section
from springtide.claims.terminal import folded, table
from springtide.language.format import (
    format_duration,
    format_number,
    format_percent,
)
from springtide.language.messages import Duration, Percent, say
from springtide.language.types import Language
from springtide.market.types import Instrument
from springtide.outlook.ahead import Ahead, in_outlook
from springtide.outlook.model import GAINS, HORIZONS, MOVE, SESSIONS, Forecast, Outlook, Skill
from springtide.outlook.sentences import method_name
from springtide.outlook.words import probability_percent

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

_NEW_HIGH = 60
"""Sessions within which a new high is asked for."""


def outlook_parts(
    outlook: Outlook, section: Section, instrument: Instrument, language: Language
) -> Iterator[RenderableType]:
    """Yield an outlook for a rich console, from the top: lines, texts to fold, and tables.

    Parameters
    ----------
    outlook, section
        What is said, and its section of a brief.
    instrument
        What it is said of.
    language
        One in which the section is written.
    """
    yield say("outlook.title", language, name=instrument.name(language), day=outlook.as_of)
    yield ""
    space = say("format.space", language)
    yield folded(space.join(one.text[language] for one in section.sentences), language)
    if outlook.forecasts:
        yield ""
        yield _forecasts(outlook, language)
        if outlook.shown:
            yield say("outlook.said", language)
    if outlook.rally is not None and outlook.skill:
        yield f"\n{say('outlook.track-record', language)}\n"
        yield _records(outlook, language)
    if section.missing:
        yield ""
        for line in section.missing[language]:
            what = say("outlook.left-out", language)
            yield folded(say("brief.because", language, what=what, why=line), language)
    if outlook.forecasts:
        yield ""
        yield folded(say("outlook.limits", language), language)


def _forecasts(outlook: Outlook, lang: Language) -> Table:
    names = [
        method_name(one.method).text(lang) + ("*" if one.method == outlook.shown else "")
        for one in outlook.forecasts
    ]
    columns = [
        _column(one, in_outlook(one, outlook), dict(outlook.weights), lang)
        for one in outlook.forecasts
    ]
    heads = [say("outlook.chance", lang), *names]
    return table(heads, list(zip(_labels(lang), *columns, strict=True)), right=names)


def _labels(lang: Language) -> list[str]:
    """Return what the rows of the table of forecasts are, in the order of :func:`_column`."""
    rest = (
        "outlook.sessions",
        "outlook.interval",
        "outlook.gain",
        "outlook.interval",
        "outlook.cases",
        "outlook.weight",
    )
    return [
        say("outlook.top-is-in", lang),
        *(say("outlook.within", lang, sessions=Duration(horizon)) for horizon in HORIZONS),
        say("outlook.new-high", lang, sessions=Duration(_NEW_HIGH)),
        say("outlook.up-first", lang, move=Percent(100 * MOVE)),
        *(say(key, lang) for key in rest),
    ]


def _column(one: Forecast, told: Ahead, weights: Mapping[str, float], lang: Language) -> list[str]:
    """Return what one method says; of a top to come, given that it is ahead."""
    chances = [
        one.top_is_in,
        *(one.peak_within(horizon) for horizon in HORIZONS),
        one.new_high_within(_NEW_HIGH),
        one.up_first,
    ]

    def sessions(value: float) -> str:
        return _within(value, SESSIONS[-1], lambda n: format_number(n, 0, lang))

    def gain(value: float) -> str:
        return _within(value, GAINS[-1], lambda x: format_percent(100 * x, 0, lang))

    def quantiles(values: Sequence[float], written: Callable[[float], str]) -> list[str]:
        """Return the median and the interval."""
        if not values:
            return ["—", "—"]
        low, middle, high = map(written, values)
        span = low if low == high else say("outlook.span", lang, low=low, high=high)
        return [middle, span]

    weight = weights.get(one.method)
    return [
        *("" if math.isnan(p) else probability_percent(p).text(lang) for p in chances),
        *quantiles(told.sessions, sessions),
        *quantiles(told.gain, gain),
        format_number(one.cases, 0, lang),
        "" if weight is None else format_percent(100 * weight, 0, lang),
    ]


def _within(value: float, most: float, written: Callable[[float], str]) -> str:
    return f">{written(most)}" if math.isinf(value) else written(value)


def _records(outlook: Outlook, lang: Language) -> Table:
    keys = (
        "outlook.by-horizon",
        "outlook.forecasts",
        "outlook.undecided",
        "outlook.brier",
        "outlook.over-base",
        "outlook.over-simulation",
    )
    heads = [say(key, lang) for key in keys]
    rows = [_record(one, _horizon(one, lang), lang) for one in outlook.skill]
    if outlook.gain_skill is not None:
        rows.append(_record(outlook.gain_skill, say("outlook.of-gain", lang), lang))
    return table(heads, rows, right=heads[1:])


def _horizon(one: Skill, lang: Language) -> str:
    if not one.horizon:
        return say("outlook.is-in", lang)
    return format_duration(one.horizon, "sessions", lang)


def _record(one: Skill, label: str, lang: Language) -> list[str]:
    against = (
        (one.climatology, one.climatology_low, one.climatology_high),
        (one.simulation, one.simulation_low, one.simulation_high),
    )
    return [
        label,
        format_number(one.forecasts, 0, lang),
        format_number(one.undecided, 0, lang),
        _number(one.brier, 3, lang),
        *(
            say("outlook.score", lang, score=score, low=low, high=high)
            for score, low, high in (
                [_percent(share, lang) for share in shares] for shares in against
            )
        ),
    ]


def _number(value: float, decimals: int, lang: Language) -> str:
    return "—" if math.isnan(value) else format_number(value, decimals, lang)


def _percent(share: float, lang: Language) -> str:
    return "—" if math.isnan(share) else _number(100 * share, 1, lang) + "%"
