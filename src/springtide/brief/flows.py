"""The section on flows: what mainland investors bought of Hong Kong shares, day by day and in sum.

It stands in briefs of what trades in Hong Kong, where the day's net buying is on file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from springtide.brief import drawing
from springtide.brief.model import Chart, Section, Sentence, Statement
from springtide.brief.plot import Columns, Mark, Panel, Rule
from springtide.brief.wording import heading, sentence
from springtide.claims.model import Params
from springtide.language.messages import say
from springtide.language.types import Language, Period
from springtide.market import calendars, instruments
from springtide.market.series import independent
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics.registry import measure, params_of, state

Ask = tuple[str, Params]

MARKETS = {"XHKG": "SOUTHBOUND"}
"""Whose flows go into what trades on a calendar."""

_YTD = Period("ytd")
_STREAK = 3
"""A run of fewer sessions is not worth a sentence."""

_RECORDS = (
    Period("all"),
    *(Period("last", count=count, unit="years") for count in (5, 3, 2)),
    *(Period("last", count=count, unit="months") for count in (12, 6, 3)),
)
_A_YEAR = 366


def flows_section(
    view: View, instrument: Instrument, languages: Sequence[Language]
) -> Section | None:
    """Write what flowed into the market of an instrument.

    Parameters
    ----------
    view, instrument
        As known when, of what.
    languages
        In the order wanted.

    Returns
    -------
    Section or None
        Its key is ``flows``; None where no figure of the day's net buying is on file, and on days
        on which only one of the markets is open.
    """
    source = MARKETS.get(instrument.calendar)
    if source is None or instrument.kind == "flow":
        return None
    flow = instruments.get(source)
    if calendars.is_session(flow.calendar, view.as_of) is False:
        return None
    sentences: list[Sentence] = []
    for asks in _asks(view):
        statements = tuple(_statements(view, flow, asks))
        if statements:
            sentences.append(sentence(statements, flow, languages, named=True))
    if not sentences:
        return None
    return Section(
        key="flows",
        heading=heading("flows", languages),
        sentences=tuple(sentences),
        charts=tuple(_charts(view, flow, languages)),
    )


def _asks(view: View) -> Iterator[tuple[Ask, ...]]:
    """Yield what is asked, each for a sentence of its own."""
    yield (("flow_net", params_of("flow_net")),)
    yield (("flow_net", params_of("flow_net", period=_YTD)),)
    yield (("flow_average", params_of("flow_average")),)
    yield (("flow_ratio", params_of("flow_ratio")),)
    for side in ("buying", "selling"):
        yield (("flow_streak", params_of("flow_streak", side=side)),)
        yield tuple(
            ("flow_record", params_of("flow_record", lookback=lookback, side=side))
            for lookback in _RECORDS
        )


def _statements(view: View, flow: Instrument, asks: Sequence[Ask]) -> Iterator[Statement]:
    """Yield the first that can be said."""
    for key, params in asks:
        measurement = measure(key, view, flow, params)
        short = key == "flow_streak" and (measurement.value or 0) < _STREAK
        if measurement.value is None or measurement.value is False or short:
            continue
        yield Statement(state(measurement), measurement)
        return


def _charts(view: View, flow: Instrument, languages: Sequence[Language]) -> Iterator[Chart]:
    rows = independent(view.figures(flow.id, "flow_net"))
    rows = rows.taken(rows.units == flow.currency)
    days, at = np.unique(rows.dates, return_index=True)
    values = rows.values[at]
    inside = days >= np.datetime64(view.as_of) - _A_YEAR
    if inside.sum() < 2:
        return
    names = {one: flow.name(one) for one in languages}
    yield flow_chart(days[inside], values[inside], view.as_of, names, flow.currency)


def flow_chart(
    dates: drawing.DateArray,
    flows: drawing.FloatArray,
    as_of: date,
    names: drawing.Names,
    unit: str = "",
) -> Chart:
    """Draw flows day by day, and above them their sum since the first day shown.

    Parameters
    ----------
    dates
        Sessions in ascending order, shape (n,), ``datetime64[D]``.
    flows
        Signed sums of money, shape (n,).
    as_of
        The date of the brief; a dashed line marks it.
    names
        Whose flows they are, in every language to draw.
    unit
        The currency, as it stands above the scale.

    Returns
    -------
    Chart
        Its key is ``flows``.

    Raises
    ------
    DataError
        No value within the year.
    """
    shown = drawing.cut(dates, {"v": np.cumsum(flows)}, as_of, 2)
    days = dates.astype("datetime64[D]").astype(np.int64).astype(np.float64)

    def draw(language: Language) -> list[Panel]:
        low, high = min(shown.low, 0.0), max(shown.high, 0.0)
        total = drawing.line(shown, say("charts.flow-sum", language), decimals=0)
        rule = drawing.as_of_rule(as_of)
        return [
            drawing.panel(105, [total, rule], low, high, language, about=3, unit=unit),
            _days(days, flows, rule, language),
        ]

    words = drawing.Words("charts.flows", "charts.flows-note", "charts.flows-alt")
    return drawing.chart("flows", shown, as_of, names, draw, words)


def _days(
    days: drawing.FloatArray, flows: drawing.FloatArray, rule: Rule, language: Language
) -> Panel:
    """Draw a bar a day in a panel of its own, buying above zero and selling below it."""
    low, high = min(float(flows.min()), 0.0), max(float(flows.max()), 0.0)
    drawn: list[Mark] = [Rule(0.0, "grid", "", across=True)]
    name = say("charts.flow-day", language)
    for bought, ink in zip((True, False), drawing.rise_and_fall(language), strict=True):
        which = (flows >= 0) == bought
        ys = tuple(flows[which].round(2).tolist())
        drawn.append(Columns(tuple(days[which].tolist()), ys, ink, name, decimals=0))
    return drawing.panel(95, [*drawn, rule], low, high, language, about=3)
