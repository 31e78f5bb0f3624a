"""Charts of a brief as Vega-Lite specifications, one a language, built from ready-made arrays.

Nothing is computed here but the layout: which stretch is shown, which points survive thinning,
where ticks stand and in which words. Rises are green and falls red in English, the reverse in
Chinese, and each is also marked by a shape, so that no reader depends on the hues. The parts that
charts share are in :mod:`springtide.brief.drawing`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from springtide.brief import drawing
from springtide.brief.drawing import DateArray, FloatArray, Names, Span
from springtide.brief.model import Chart
from springtide.language.messages import say
from springtide.language.types import Language
from springtide.market.types import Bars

if TYPE_CHECKING:
    import altair as alt


def price_chart(
    bars: Bars,
    phases: Sequence[Span],
    as_of: date,
    names: Names,
    *,
    years: int = 4,
    log: bool = False,
) -> Chart:
    """Draw closing prices with bull and bear phases shaded.

    Parameters
    ----------
    bars
        Bars up to ``as_of``; a session without a close is passed over.
    phases
        Bull and bear phases; one that began before the data is not shaded, and the note says so.
    as_of
        The date of the brief; a dashed line marks it.
    names
        The instrument's name in every language to draw.
    years
        How many years before ``as_of`` are shown.
    log
        Whether prices stand on a logarithmic scale.

    Returns
    -------
    Chart
        Its key is ``price``.

    Raises
    ------
    DataError
        No close within the years shown.
    """
    shown = drawing.cut(bars.dates, {"v": bars.close}, as_of, years)
    spans = drawing.clipped(phases, shown)
    shaded = [span for span in spans if span.rising is not None]

    def draw(language: Language) -> list[alt.Chart]:
        import altair as alt

        lowest, highest = float(shown.low), float(shown.high)
        scale = alt.Scale(
            type="log" if log else "linear", domain=[lowest, highest], zero=False, nice=True
        )
        y = alt.Y("v:Q", scale=scale, axis=drawing.number_axis(language))
        return [
            *drawing.phase_layers(shaded, language),
            drawing.line(shown, y, language),
            *drawing.marks(shown, y, as_of, language),
        ]

    words = drawing.Words("charts.price", "charts.price-note", "charts.price-alt")
    unknown = len(shaded) < len(spans)
    values = {"scale": "log" if log else "linear", "unknown": "yes" if unknown else "no"}
    return drawing.chart("price", shown, as_of, names, draw, words, height=230, values=values)


def drawdown_chart(
    dates: DateArray, drawdown: FloatArray, as_of: date, names: Names, *, years: int = 4
) -> Chart:
    """Draw how far the close stood below its highest so far.

    Parameters
    ----------
    dates
        Sessions in ascending order, shape (n,), ``datetime64[D]``.
    drawdown
        Percent at or below zero, shape (n,); NaN is passed over.
    as_of, names, years
        As for :func:`price_chart`.

    Returns
    -------
    Chart
        Its key is ``drawdown``.

    Raises
    ------
    DataError
        No value within the years shown.
    """
    shown = drawing.cut(dates, {"v": drawdown}, as_of, years)

    def draw(language: Language) -> list[alt.Chart]:
        import altair as alt

        fall = drawing.rise_and_fall(language)[1]
        scale = alt.Scale(domain=[min(shown.low, -1.0), 0], nice=True)
        y = alt.Y("v:Q", scale=scale, axis=drawing.number_axis(language, percent=True))
        area = (
            alt.Chart(drawing.shown_data())
            .mark_area(color=fall, opacity=0.28, line={"color": fall, "strokeWidth": 1.5})
            .encode(x=drawing.time_axis(shown, language), y=y, y2=alt.Y2Datum(0))
        )
        return [area, *drawing.marks(shown, y, as_of, language)]

    words = drawing.Words("charts.drawdown", "charts.drawdown-note", "charts.drawdown-alt")
    return drawing.chart("drawdown", shown, as_of, names, draw, words, height=140)


def rsi_chart(
    dates: DateArray,
    rsi: FloatArray,
    as_of: date,
    names: Names,
    *,
    years: int = 1,
    bounds: tuple[float, float] = (30, 70),
) -> Chart:
    """Draw the relative strength index with its usual bounds.

    Parameters
    ----------
    dates
        Sessions in ascending order, shape (n,), ``datetime64[D]``.
    rsi
        Values from 0 to 100, shape (n,); NaN is passed over.
    as_of, names, years
        As for :func:`price_chart`.
    bounds
        Where the dashed lines stand.

    Returns
    -------
    Chart
        Its key is ``rsi``.

    Raises
    ------
    DataError
        No value within the years shown.
    """
    shown = drawing.cut(dates, {"v": rsi}, as_of, years)
    low, high = bounds

    def draw(language: Language) -> list[alt.Chart]:
        import altair as alt

        axis = alt.Axis(values=[0, low, 50, high, 100], format="d", title=None)
        y = alt.Y("v:Q", scale=alt.Scale(domain=[0, 100]), axis=axis)
        bands = (
            alt.Chart(drawing.inline_data([{"from": 0, "to": low}, {"from": high, "to": 100}]))
            .mark_rect(color=drawing.ACCENT, opacity=0.08)
            .encode(
                y=alt.Y("from:Q", scale=alt.Scale(domain=[0, 100]), axis=axis), y2=alt.Y2("to:Q")
            )
        )
        lines = (
            alt.Chart(drawing.inline_data([{"v": low}, {"v": high}]))
            .mark_rule(color=drawing.ACCENT, strokeDash=[4, 3])
            .encode(y=y)
        )
        return [
            bands,
            lines,
            drawing.line(shown, y, language),
            *drawing.marks(shown, y, as_of, language),
        ]

    words = drawing.Words("charts.rsi", "charts.rsi-note", "charts.rsi-alt")
    return drawing.chart("rsi", shown, as_of, names, draw, words, height=140)


def ma_distance_chart(
    dates: DateArray,
    distances: Mapping[int, FloatArray],
    as_of: date,
    names: Names,
    *,
    years: int = 2,
) -> Chart:
    """Draw how far the close stood from its moving averages.

    Parameters
    ----------
    dates
        Sessions in ascending order, shape (n,), ``datetime64[D]``.
    distances
        By window in sessions, the percent by which the close is above its average, shape (n,)
        each; NaN is passed over. The first is drawn solid, the others dashed.
    as_of, names, years
        As for :func:`price_chart`.

    Returns
    -------
    Chart
        Its key is ``ma_distance``.

    Raises
    ------
    DataError
        No value within the years shown.
    """
    shown = drawing.cut(
        dates, {str(count): array for count, array in distances.items()}, as_of, years
    )
    keys = [str(count) for count in distances]

    def draw(language: Language) -> list[alt.Chart]:
        import altair as alt

        y = alt.Y("v:Q", axis=drawing.number_axis(language, percent=True))
        label = f"datum.label+'{say('charts.days', language)}'"
        legend = alt.Legend(
            orient="top", title=None, symbolType="stroke", symbolSize=300, labelExpr=label
        )
        colours = alt.Scale(
            domain=keys, range=[drawing.INK, drawing.ACCENT, drawing.BAND][: len(keys)]
        )
        dashes = alt.Scale(domain=keys, range=[[1, 0], [6, 3], [2, 2]][: len(keys)])
        lines = (
            alt.Chart(drawing.shown_data())
            .mark_line(strokeWidth=1.5)
            .encode(
                x=drawing.time_axis(shown, language),
                y=y,
                color=alt.Color("k:N", scale=colours, legend=legend),
                strokeDash=alt.StrokeDash("k:N", scale=dashes, legend=legend),
            )
        )
        zero = (
            alt.Chart(drawing.inline_data([{"v": 0}])).mark_rule(color=drawing.SOFT_INK).encode(y=y)
        )
        return [zero, lines, drawing.as_of_rule(shown, as_of, language)]

    words = drawing.Words("charts.distance", "charts.distance-note", "charts.distance-alt")
    top = drawing.TOP + drawing.LEGEND
    return drawing.chart("ma_distance", shown, as_of, names, draw, words, height=150, top=top)
