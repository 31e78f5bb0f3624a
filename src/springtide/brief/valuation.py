"""The section on valuation: where the multiple stands, and what of the move was re-rating.

It stands in briefs of what has a multiple on file; the percentile and the distance to the mean are
those of five years, or of all there is of a younger history.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from springtide.brief import drawing
from springtide.brief.model import Chart, Section, Sentence, Statement
from springtide.brief.plot import Belt, Panel, Rule
from springtide.brief.wording import heading, missing_in_words, sentence
from springtide.claims.model import Measurement, Params
from springtide.language.messages import Message, message, say
from springtide.language.types import Language, Period
from springtide.market import series
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics.registry import measure, params_of, state
from springtide.metrics.valuations import FIVE_YEARS, TOO_SMALL, Field

Ask = tuple[str, Params]

_PE: Field = "trailing_pe"
_OTHERS: tuple[Field, ...] = ("price_to_book", "dividend_yield")
_EVER = Period("all")
_YEARS_SHOWN = 5
_BAND = (25.0, 50.0, 75.0)
"""Percentiles between which the chart shades multiples, and the one that it draws a line at."""


def valuation_section(
    view: View, instrument: Instrument, languages: Sequence[Language]
) -> Section | None:
    """Write how an instrument is valued.

    Parameters
    ----------
    view, instrument
        As known when, of what.
    languages
        In the order wanted.

    Returns
    -------
    Section or None
        Its key is ``valuation``; None where no multiple is on file, not even an old one.
    """
    if series.last_known(view, instrument.id, _PE, instrument.calendar) is None:
        return None
    now = measure("valuation_multiple", view, instrument, params_of("valuation_multiple"))
    missing: list[Measurement] = [now] if now.value is None else []
    day = now.evidence.rows[0].date if now.value is not None else view.as_of
    seen = view if day == view.as_of else view.at(day)
    sentences: list[Sentence] = []
    for asks in _asks(seen, instrument) if now.value is not None else ():
        statements = tuple(_statements(seen, instrument, asks, missing))
        if statements:
            dated = day != view.as_of
            sentences.append(
                sentence(
                    statements,
                    instrument,
                    languages,
                    named=dated or not sentences,
                    dated=dated,
                )
            )
    if sentences:
        note = message("brief.valuation-restated")
        sentences.append(Sentence({one: note.text(one) for one in languages}, ()))
    return Section(
        key="valuation",
        heading=heading("valuation", languages),
        sentences=tuple(sentences),
        charts=tuple(_charts(view, instrument, languages)),
        missing=missing_in_words(missing, languages),
    )


def _asks(view: View, instrument: Instrument) -> Iterator[tuple[Ask, ...]]:
    """Yield what is asked, each for a sentence of its own."""
    period = _period(view, instrument)
    ask = params_of
    held = [field for field in _OTHERS if len(view.figures(instrument.id, field))]
    yield (("valuation_multiple", ask("valuation_multiple")),)
    yield tuple(("valuation_multiple", ask("valuation_multiple", field=field)) for field in held)
    yield (("valuation_percentile", ask("valuation_percentile", period=period)),)
    yield (
        ("valuation_average", ask("valuation_average", period=period)),
        ("valuation_gap", ask("valuation_gap", period=period)),
    )
    yield tuple(
        ("rerating_share", ask("rerating_share", part=part)) for part in ("multiple", "earnings")
    )


def _period(view: View, instrument: Instrument) -> Period:
    """Return five years where they are on file, else all that is."""
    asked = params_of("valuation_average", period=FIVE_YEARS)
    five = measure("valuation_average", view, instrument, asked)
    return FIVE_YEARS if five.value is not None else _EVER


def _statements(
    view: View, instrument: Instrument, asks: Sequence[Ask], missing: list[Measurement]
) -> Iterator[Statement]:
    for key, params in asks:
        measurement = measure(key, view, instrument, params)
        if measurement.value is None:
            if not _is_small(measurement):
                missing.append(measurement)
        else:
            yield Statement(state(measurement), measurement)


def _is_small(measurement: Measurement) -> bool:
    """Say whether a move is merely too small to be divided, and no figure is missing."""
    return isinstance(measurement.lacks, Message) and measurement.lacks.key == TOO_SMALL


def _charts(view: View, instrument: Instrument, languages: Sequence[Language]) -> Iterator[Chart]:
    rows = series.independent_of(view, instrument.id, _PE)
    if not len(rows):
        return
    first: date = rows.dates[0].item()
    made = series.observed(view, instrument.id, _PE, instrument.calendar, first, view.as_of)
    if made is None:
        return
    inside = made.values > 0
    inside &= made.dates > np.datetime64(view.as_of) - int(_YEARS_SHOWN * 365.25)
    if inside.sum() < 2:
        return
    names = {language: instrument.name(language) for language in languages}
    yield valuation_chart(made.dates[inside], made.values[inside], view.as_of, names)


def valuation_chart(
    dates: drawing.DateArray,
    multiples: drawing.FloatArray,
    as_of: date,
    names: drawing.Names,
) -> Chart:
    """Draw a multiple with its median and the band that held half of its sessions.

    Parameters
    ----------
    dates
        Sessions in ascending order, shape (n,), ``datetime64[D]``, those of the years shown.
    multiples
        Above zero, shape (n,).
    as_of
        The date of the brief; a dashed line marks it.
    names
        Whose multiple it is, in every language to draw.

    Returns
    -------
    Chart
        Its key is ``valuation``.

    Raises
    ------
    DataError
        No value within the years shown.
    """
    shown = drawing.cut(dates, {"v": multiples}, as_of, _YEARS_SHOWN)
    low, middle, high = (round(float(one), 4) for one in np.percentile(multiples, _BAND))

    def draw(language: Language) -> list[Panel]:
        drawn = [
            Belt(low, high),
            Rule(middle, "accent", "4 3", across=True),
            drawing.line(shown, say("charts.multiple", language)),
            *drawing.marks(shown, as_of),
        ]
        return [drawing.panel(160, drawn, shown.low, shown.high, language)]

    words = drawing.Words("charts.valuation", "charts.valuation-note", "charts.valuation-alt")
    return drawing.chart("valuation", shown, as_of, names, draw, words)
