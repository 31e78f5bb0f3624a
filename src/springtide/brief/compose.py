"""Composing a brief: what is measured, in which order, and how its clauses make sentences.

Only data that the view holds are seen. Every figure in the text is a claim with its measurement;
what could not be measured is said by name, with the data that would be needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from springtide import __version__
from springtide.brief.calls import calls_section
from springtide.brief.drawing import coloured
from springtide.brief.flows import flows_section
from springtide.brief.front import front_section
from springtide.brief.levels import levels_section
from springtide.brief.model import Brief, Chart, Section, Sentence, Statement
from springtide.brief.opinions import opinions_section
from springtide.brief.outlook import with_outlook
from springtide.brief.phases import THRESHOLD, phases_of
from springtide.brief.records import is_of_whole_file, longest_record
from springtide.brief.theme import hindsight_sentence, theme_section
from springtide.brief.together import averages, ranks
from springtide.brief.valuation import valuation_section
from springtide.brief.wording import (
    Ending,
    heading,
    missing_in_words,
    sentence,
    sentence_of,
    title_name,
)
from springtide.claims.model import Measurement, Params
from springtide.language.messages import say
from springtide.language.types import Colours, Language, Period
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.asof import check_close
from springtide.metrics.rallies import datings_disagree, is_rallying
from springtide.metrics.registry import get, measure, params_of, state

if TYPE_CHECKING:
    from springtide.brief.drawing import Span

Ask = tuple[str, Params]
_Move = date
"""A move of the price to the day of the brief, by the day since when."""

_AVERAGES = (50, 200)
_RSI = 14
_YEAR = Period("last", count=12, unit="months")
_OF_A_SESSION = ("intraday_level", "reversal", "turnover")
"""What a basket never has: it is worked out from closes."""


def _ask(key: str, /, **given: object) -> Ask:
    return key, params_of(key, **given)


@dataclass(frozen=True, slots=True)
class _Plan:
    """One section: for each of its sentences the measurements it is made of."""

    key: str
    sentences: tuple[tuple[Ask, ...], ...]


def _rally() -> tuple[tuple[Ask, ...], ...]:
    ranks = (
        tuple(_ask("rally_rank", by=by, among=among) for among in ("own", "peers"))
        for by in ("age", "gain")
    )
    return ((_ask("phase_age"),), *ranks)


_BY_TURNS = _ask("phase", threshold=THRESHOLD, method="turning_points")


_ON_FILE = (
    levels_section,
    valuation_section,
    flows_section,
    opinions_section,
    calls_section,
    theme_section,
)
"""What is written where figures of it are on file."""


def _plans(as_of: date, *, rally: bool, disagree: bool) -> tuple[_Plan, ...]:
    year_low = Period("since-low", date(as_of.year, 1, 1), as_of)
    return (
        _Plan(
            "level",
            (
                (_ask("close_level"), _ask("pct_change"), _ask("turnover", of="volume")),
                (_ask("intraday_level", field="high"), _ask("intraday_level", field="low")),
                (_ask("reversal", turn="down"),),
                (_ask("reversal", turn="up"),),
                (_ask("high_low_record"),),
            ),
        ),
        _Plan(
            "advance",
            (
                (_ask("phase", threshold=THRESHOLD),),
                *(((_BY_TURNS,),) if disagree else ()),
                *(_rally() if rally else ()),
                (_return(Period("ytd")), _return(_YEAR)),
                (_return(Period("last", count=20, unit="sessions")),),
                (_return(year_low),),
            ),
        ),
        _Plan(
            "momentum",
            (
                (_ask("rsi", window=_RSI),),
                (_ask("overbought"),),
                (_ask("overbought", side="oversold", threshold=30.0),),
                tuple(
                    _ask(key, window=n)
                    for n in _AVERAGES
                    for key in ("ma_distance", "moving_average")
                ),
            ),
        ),
        _Plan(
            "risk",
            ((_ask("drawdown"), _ask("volatility")),),
        ),
    )


def _return(period: Period) -> Ask:
    return _ask("period_return", period=period)


def compose(
    view: View,
    instrument: Instrument,
    languages: Sequence[Language] = ("en", "zh-cn"),
    *,
    exuberance: bool = False,
    colours: Colours | None = None,
) -> Brief:
    """Write the brief of one instrument as of the view's date.

    Parameters
    ----------
    view
        The data as they were known on the date of the brief.
    instrument
        What the brief is about.
    languages
        In the order wanted.
    exuberance
        Whether to test for a bubble too, which takes seconds the first time.
    colours
        How charts and pages colour rises and falls; None for as readers of each language expect.

    Raises
    ------
    DataError
        The view has no close of the instrument on its date.
    """
    check_close(view, instrument)
    with coloured(colours):
        made = _compose(view, instrument, languages, exuberance=exuberance)
    return replace(made, colours=colours)


def _compose(
    view: View, instrument: Instrument, languages: Sequence[Language], *, exuberance: bool
) -> Brief:
    plans = _plans(
        view.as_of,
        rally=is_rallying(view, instrument),
        disagree=datings_disagree(view, instrument, THRESHOLD),
    )
    outlook, move, told = with_outlook(view, instrument, languages)
    phases = phases_of(view, instrument)
    first = front_section(outlook, move, view, instrument, languages, phases)
    moves: set[_Move] = set() if move is None else {move.measurement.evidence.rows[0].date}
    sections = [first, told]
    sections += [_section(plan, view, instrument, languages, moves) for plan in plans]
    for written in _ON_FILE:
        section = written(view, instrument, languages)
        if section is not None:
            sections.append(section)
    if exuberance:
        from springtide.brief.exuberance import exuberance_section

        sections.append(exuberance_section(view, instrument, languages))
    return Brief(
        subject=instrument.id,
        as_of=view.as_of,
        languages=tuple(languages),
        title=_title(instrument, view.as_of, languages),
        sections=tuple(sections),
        versions=view.versions,
        software=f"springtide {__version__}",
        outlook=outlook,
    )


def _title(
    instrument: Instrument, as_of: date, languages: Sequence[Language]
) -> dict[Language, str]:
    return {
        language: say("brief.title", language, name=title_name(instrument, language), day=as_of)
        for language in languages
    }


def _section(
    plan: _Plan,
    view: View,
    instrument: Instrument,
    languages: Sequence[Language],
    told: set[_Move],
) -> Section:
    sentences: list[Sentence] = []
    missing: list[Measurement] = []
    for asks in plan.sentences:
        measured = list(_measured(asks, view, instrument, told))
        missing += [one for one in measured if one.value is None]
        statements = [Statement(state(one), one) for one in measured if one.value is not None]
        if not statements:
            continue
        named, turn = not sentences, len(sentences)
        if predicate := averages(statements) or ranks(statements):
            sentences.append(
                sentence_of(predicate, statements, instrument, languages, named=named, turn=turn)
            )
            continue
        dated = plan.key == "level" and named
        ending = _ending(asks, statements[0], view, instrument)
        sentences.append(
            sentence(
                statements,
                instrument,
                languages,
                named=named,
                dated=dated,
                ending=ending,
                turn=turn,
            )
        )
    if plan.key == "advance":
        sentences += hindsight_sentence(instrument, _YEAR, view.as_of, languages)
    return Section(
        key=plan.key,
        heading=heading(plan.key, languages),
        sentences=tuple(sentences),
        charts=_charts(plan.key, view, instrument, languages),
        missing=missing_in_words(missing, languages),
    )


def _measured(
    asks: Sequence[Ask], view: View, instrument: Instrument, told: set[_Move]
) -> Iterator[Measurement]:
    """Yield what is measured for a sentence, without what says nothing or was said before."""
    for key, params in asks:
        if instrument.kind == "basket" and key in _OF_A_SESSION:
            continue
        measurement = _measurement(key, view, instrument, params)
        if measurement is None or measurement.value is False or _says_nothing(measurement):
            continue
        move = _move(measurement)
        if move is not None:
            if move in told:
                continue
            told.add(move)
        yield measurement


def _move(measurement: Measurement) -> _Move | None:
    """Return since when a price has moved: two periods that begin on one day say one thing."""
    if measurement.metric != "period_return" or measurement.value is None:
        return None
    return measurement.evidence.rows[0].date


def _ending(asks: Sequence[Ask], first: Statement, view: View, instrument: Instrument) -> Ending:
    """Return what a sentence adds: that datings disagree, or that data begin with a record."""
    if _BY_TURNS in asks:
        return "disagreeing"
    return "on-file" if is_of_whole_file(first.claim, view, instrument) else ""


def _measurement(
    key: str, view: View, instrument: Instrument, params: Params
) -> Measurement | None:
    """Measure, with the parameters that only the data know: how long a record, among how many."""
    if key == "high_low_record":
        return longest_record(view, instrument)
    measurement = measure(key, view, instrument, params)
    completed = get(key).completed
    if completed is not None and measurement.value is not None:
        return measure(key, view, instrument, completed(measurement))
    return measurement


def _says_nothing(measurement: Measurement) -> bool:
    """Say whether a move from the high or low of a period is none: today is that high or low."""
    period = getattr(measurement.params, "period", None)
    from_extreme = measurement.metric == "drawdown" or (
        isinstance(period, Period) and period.kind == "since-low"
    )
    return from_extreme and measurement.value == 0.0


def _charts(
    key: str, view: View, instrument: Instrument, languages: Sequence[Language]
) -> tuple[Chart, ...]:
    from springtide.brief import charts
    from springtide.numerics.indicators import drawdown, rsi, sma

    bars = view.bars(instrument.id)
    held = rows.rows_with(bars, "close")
    dates, close = bars.dates[held], bars.close[held]
    names = {language: instrument.name(language) for language in languages}
    if len(close) < 2:
        return ()
    below_zero = bool((close <= 0).any())  # no chart of percentages of such prices
    if key == "advance":
        drawn = rows.taken(bars, held)
        spans = phases_of(view, instrument)
        first = _history(spans, view.as_of)
        return (
            charts.price_chart(drawn, spans, view.as_of, names, years=first, unit=instrument.unit),
        )
    if key == "momentum":
        shown = []
        if len(close) > _RSI and np.ptp(close):
            shown.append(charts.rsi_chart(dates, rsi(close, _RSI), view.as_of, names))
        distances = {
            n: 100.0 * (close / sma(close, n) - 1.0)
            for n in _AVERAGES
            if len(close) >= n and not below_zero
        }
        if distances:
            shown.append(charts.ma_distance_chart(dates, distances, view.as_of, names))
        return tuple(shown)
    if key == "risk" and not below_zero:
        return (charts.drawdown_chart(dates, drawdown(close), view.as_of, names),)
    return ()


def _history(spans: Sequence[Span], as_of: date) -> date:
    """Return the first day of the chart of phases: four years back, or before this one began."""
    from springtide.brief.drawing import years_before

    four = years_before(as_of, 4)
    if not spans or spans[-1].rising is None:
        return four
    start = spans[-1].first
    return min(four, start - timedelta(days=max(60, (as_of - start).days // 10)))
