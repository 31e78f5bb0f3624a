"""The section on theme and breadth: against a benchmark, through which members, and how broadly.

Each sentence is there where its data are on file; without any there is no section.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from springtide.brief import drawing
from springtide.brief.model import Chart, Section, Sentence, Statement
from springtide.brief.plot import Panel, Rule
from springtide.brief.wording import heading, sentence
from springtide.claims.model import Params
from springtide.language.messages import say
from springtide.language.types import Language, Period
from springtide.market import instruments
from springtide.market.baskets import Basket
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import benchmarks, members, rows
from springtide.metrics.answers import Missing
from springtide.metrics.registry import get, measure, params_of, state

Ask = tuple[str, Params]

_AVERAGES = (50, 200)
_MOST_MEMBERS = 6
"""Of a basket of so many members every contribution is said, of a larger one the largest."""

_YEARS = 2
_BASE = 100.0


def theme_section(
    view: View, instrument: Instrument, languages: Sequence[Language]
) -> Section | None:
    """Write how an instrument did against its benchmark and what its members did.

    Parameters
    ----------
    view, instrument
        As known when, of what.
    languages
        In the order wanted.

    Returns
    -------
    Section or None
        Its key is ``theme``; None where nothing of it is on file.
    """
    benchmark = benchmarks.default(instrument)
    sentences: list[Sentence] = []
    for asks in (*_against(benchmark), *_members(view, instrument)):
        statements = list(_statements(view, instrument, asks))
        if statements:
            named = not sentences
            sentences.append(sentence(statements, instrument, languages, named=named))
    if not sentences:
        return None
    chosen = hindsight_sentence(instrument, Period("last", count=12, unit="months"), view.as_of,
                                languages)  # fmt: skip
    return Section(
        key="theme",
        heading=heading("theme", languages),
        sentences=(*sentences, *chosen),
        charts=tuple(_charts(view, instrument, benchmark, languages)),
    )


def hindsight_sentence(
    instrument: Instrument, longest: Period, as_of: date, languages: Sequence[Language]
) -> tuple[Sentence, ...]:
    """Return the sentence that a basket's members were chosen with hindsight, where they were.

    Parameters
    ----------
    longest
        The longest period whose return stands beside it: ``last`` so many months.
    """
    basket = instruments.basket(instrument.id)
    if basket is None:
        return ()
    months = longest.count or 0
    year, month = divmod(as_of.year * 12 + as_of.month - 1 - months, 12)
    first = max(date(year, month + 1, 1), basket.base)
    if not basket.in_hindsight(first):
        return ()
    return (
        Sentence({one: say("brief.hindsight", one, day=basket.chosen) for one in languages}, ()),
    )


def _against(benchmark: str) -> Iterator[tuple[Ask, ...]]:
    """Yield what is asked against a benchmark, each for a sentence of its own."""
    if not benchmark:
        return
    for period in (Period("ytd"), Period("last", count=12, unit="months")):
        yield (("relative_return", params_of("relative_return", period=period)),)
    yield (("lead_lag", params_of("lead_lag")),)


def _members(view: View, instrument: Instrument) -> Iterator[tuple[Ask, ...]]:
    """Yield what is asked of members: contributions, then breadth."""
    basket = instruments.basket(instrument.id)
    if basket is not None:
        yield from _contributions(basket, view.as_of)
    try:
        known = members.members_of(view, instrument)
    except Missing:
        return
    if basket is None:
        yield (("contribution", params_of("contribution")),)
    if len(known.ids) < members.FEWEST:
        return
    for window in _AVERAGES:
        yield (("breadth_above", params_of("breadth_above", window=window)),)
    for count in ("advances", "declines"):
        yield (("advance_decline", params_of("advance_decline", count=count)),)
    for side in ("high", "low"):
        yield (("breadth_highs", params_of("breadth_highs", side=side)),)


def _contributions(basket: Basket, as_of: date) -> Iterator[tuple[Ask, ...]]:
    ids = list(dict.fromkeys(member.instrument for member in basket.on(as_of)))
    named = ids if len(ids) <= _MOST_MEMBERS else [""]
    for one in named:
        yield (("contribution", params_of("contribution", member=one)),)


def _statements(view: View, instrument: Instrument, asks: Sequence[Ask]) -> Iterator[Statement]:
    """Yield what can be said; that neither leads says nothing."""
    for key, params in asks:
        measurement = measure(key, view, instrument, params)
        completed = get(key).completed
        if completed is not None and measurement.value is not None:
            measurement = measure(key, view, instrument, completed(measurement))
        if measurement.value is None or (key == "lead_lag" and not measurement.value):
            continue
        yield Statement(state(measurement), measurement)


def _charts(
    view: View, instrument: Instrument, benchmark: str, languages: Sequence[Language]
) -> Iterator[Chart]:
    """Yield the chart of relative strength where both are on file in one currency."""
    if not benchmark:
        return
    other = instruments.of_id(benchmark)
    if other.currency != instrument.currency:
        return
    mine, theirs = view.bars(instrument.id), view.bars(other.id)
    held, others = rows.rows_with(mine, "close"), rows.rows_with(theirs, "close")
    days, a, b = np.intersect1d(mine.dates[held], theirs.dates[others], return_indices=True)
    strength = mine.close[held[a]] / theirs.close[others[b]]
    inside = days >= np.datetime64(view.as_of) - 366 * _YEARS
    if inside.sum() < 2 or not (strength[inside] > 0).all():
        return
    shown = _BASE * strength[inside] / strength[inside][0]
    names = {
        one: say(
            "charts.against",
            one,
            name=instrument.name(one).removeprefix("The "),
            benchmark=other.name(one).removeprefix("The "),
        )
        for one in languages
    }
    yield strength_chart(days[inside], shown, view.as_of, names)


def strength_chart(
    dates: drawing.DateArray, strength: drawing.FloatArray, as_of: date, names: drawing.Names
) -> Chart:
    """Draw the ratio of two closes, 100 at the first day shown.

    Parameters
    ----------
    dates
        Sessions in ascending order, shape (n,), ``datetime64[D]``.
    strength
        The ratio, shape (n,).
    as_of
        The date of the brief; a dashed line marks it.
    names
        What is set against what, in every language to draw.

    Returns
    -------
    Chart
        Its key is ``relative_strength``.

    Raises
    ------
    DataError
        No value within the years shown.
    """
    shown = drawing.cut(dates, {"v": strength}, as_of, _YEARS + 1)

    def draw(language: Language) -> list[Panel]:
        low, high = min(shown.low, _BASE), max(shown.high, _BASE)
        even = Rule(_BASE, "soft", "", across=True, width=1)
        line = drawing.line(shown, say("charts.ratio", language), decimals=1)
        drawn = [even, line, *drawing.marks(shown, as_of)]
        return [drawing.panel(140, drawn, low, high, language)]

    words = drawing.Words("charts.strength", "charts.strength-note", "charts.strength-alt")
    return drawing.chart("relative_strength", shown, as_of, names, draw, words)
