"""Charts of a brief, one plot a language, built from ready-made arrays.

Nothing is computed here but the layout: which stretch is shown, which points survive thinning,
where ticks stand and in which words. Rises are green and falls red in English, the reverse in
Chinese, and each is also marked by a shape, so that no reader depends on the hues. The parts that
charts share are in :mod:`springtide.brief.drawing`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from springtide.brief import drawing
from springtide.brief.drawing import DateArray, FloatArray, Names, Span
from springtide.brief.model import Chart
from springtide.brief.plot import Area, Belt, Ink, Key, Line, Mark, Panel, Rule
from springtide.language.messages import say
from springtide.language.types import Language
from springtide.market.types import Bars

_INKS: tuple[Ink, ...] = ("ink", "accent", "band")
_DASHES = ("", "6 3", "2 2")


def price_chart(
    bars: Bars,
    phases: Sequence[Span],
    as_of: date,
    names: Names,
    *,
    years: int | date = 4,
    log: bool = False,
    unit: str = "",
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
        How many years before ``as_of`` are shown, or the first day shown.
    log
        Whether prices stand on a logarithmic scale.
    unit
        What prices are in, as it stands above the scale.

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

    def draw(language: Language) -> list[Panel]:
        line = drawing.line(shown, say("charts.close", language))
        drawn = [*drawing.phase_shades(shaded, language), line, *drawing.marks(shown, as_of)]
        name = say("charts.unit", language, unit=unit)
        return [drawing.panel(220, drawn, shown.low, shown.high, language, unit=name, log=log)]

    words = drawing.Words("charts.price", "charts.price-note", "charts.price-alt")
    unknown = len(shaded) < len(spans)
    values = {"scale": "log" if log else "linear", "unknown": "yes" if unknown else "no"}
    evidence = ", ".join(sorted(set(map(str, bars.source[-1:]))))
    return drawing.chart(
        "price", shown, as_of, names, draw, words, values=values, evidence=lambda _: evidence
    )


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

    def draw(language: Language) -> list[Panel]:
        fall = drawing.rise_and_fall(language)[1]
        area = Area(shown.xs, shown.ys, (0.0,) * len(shown.xs), fall, 0.28)
        line = Line(shown.xs, shown.ys, fall, 1.5, name=say("charts.below", language), unit="%")
        low = 1.06 * min(shown.low, -1.0)
        drawn = [area, line, *drawing.marks(shown, as_of)]
        return [drawing.panel(140, drawn, low, 0.0, language, unit="%", fixed=True)]

    words = drawing.Words("charts.drawdown", "charts.drawdown-note", "charts.drawdown-alt")
    formula = "100 (close / max(close) - 1)"
    return drawing.chart("drawdown", shown, as_of, names, draw, words, evidence=lambda _: formula)


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

    def draw(language: Language) -> list[Panel]:
        bands = [Belt(0, low, opacity=0.08), Belt(high, 100, opacity=0.08)]
        rules = [Rule(at, "accent", "4 3", across=True) for at in bounds]
        drawn = [*bands, *rules, drawing.line(shown, "RSI"), *drawing.marks(shown, as_of)]
        ticks = [0, low, 50, high, 100]
        return [drawing.panel(140, drawn, 0, 100, language, ticks=ticks, fixed=True)]

    words = drawing.Words("charts.rsi", "charts.rsi-note", "charts.rsi-alt")
    return drawing.chart("rsi", shown, as_of, names, draw, words, evidence=lambda _: "RSI (Wilder)")


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
    shown = drawing.cut(dates, {str(n): array for n, array in distances.items()}, as_of, years)

    def legend(language: Language) -> list[Key]:
        day = say("charts.days", language)
        return [
            Key(f"{key}{day}", ink, dash)
            for key, ink, dash in zip(shown.series, _INKS, _DASHES, strict=False)
        ]

    def draw(language: Language) -> list[Panel]:
        lines = [
            Line(xs, ys, key.ink, 1.5, key.dash, name=key.text, unit="%")
            for (xs, ys), key in zip(shown.series.values(), legend(language), strict=True)
        ]
        low, high = min(shown.low, 0.0), max(shown.high, 0.0)
        drawn: list[Mark] = [
            Rule(0, "soft", "", across=True, width=1),
            *lines,
            drawing.as_of_rule(as_of),
        ]
        return [drawing.panel(150, drawn, low, high, language, unit="%")]

    words = drawing.Words("charts.distance", "charts.distance-note", "charts.distance-alt")
    formula = "100 (close / SMA - 1)"
    return drawing.chart(
        "ma_distance", shown, as_of, names, draw, words, keys=legend, evidence=lambda _: formula
    )
