"""Charts of the tests for a bubble, built from ready-made arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from springtide.brief import drawing
from springtide.brief.drawing import DateArray, FloatArray, Names, Shown, Span
from springtide.brief.model import Chart
from springtide.language.messages import say
from springtide.language.types import Language

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair as alt

    from springtide.metrics.families.bubbles import OverTime
    from springtide.numerics.psy import Episode

_PRICE = (0, 125)
_SHARES = (150, 245)
"""Pixels from the top between which the panels of the confidence chart lie."""

_END = 36
"""Height of the hill that says when it would end, in pixels."""

_DASHES: Mapping[str, list[int]] = {"short": [1, 0], "medium": [6, 3], "long": [2, 2]}


def psy_chart(
    dates: DateArray,
    statistic: FloatArray,
    critical: FloatArray,
    episodes: Sequence[Episode],
    rising: Sequence[bool],
    as_of: date,
    names: Names,
) -> Chart:
    """Draw the PSY statistic against its critical values, with explosive episodes shaded.

    Parameters
    ----------
    dates
        Sessions of the sample in ascending order, shape (n,), ``datetime64[D]``.
    statistic, critical
        The backward SADF sequence and its critical values, shape (n,) each; NaN is passed over.
    episodes
        With positions in ``dates``.
    rising
        For each episode, whether the price ran upwards.
    as_of, names
        As for :func:`springtide.brief.charts.price_chart`.

    Returns
    -------
    Chart
        Its key is ``psy``.

    Raises
    ------
    DataError
        No statistic at all.
    """
    shown = drawing.cut(dates, {"statistic": statistic, "critical": critical}, as_of, 10)
    spans = [
        Span(
            dates[one.start].astype("datetime64[D]").item(),
            dates[-1 if one.end is None else one.end].astype("datetime64[D]").item(),
            up,
        )
        for one, up in zip(episodes, rising, strict=True)
    ]

    def draw(language: Language) -> list[alt.Chart]:
        import altair as alt

        y = alt.Y("v:Q", axis=drawing.number_axis(language))
        kinds = ["statistic", "critical"]
        lines = (
            alt.Chart(drawing.shown_data())
            .mark_line(strokeWidth=1.5, strokeJoin="round")
            .encode(
                x=drawing.time_axis(shown, language),
                y=y,
                color=alt.Color(
                    "k:N",
                    scale=alt.Scale(domain=kinds, range=[drawing.INK, drawing.ACCENT]),
                    legend=None,
                ),
                strokeDash=alt.StrokeDash(
                    "k:N", scale=alt.Scale(domain=kinds, range=[[1, 0], [5, 3]]), legend=None
                ),
            )
        )
        return [
            *drawing.phase_layers(spans, language),
            lines,
            *drawing.marks(shown, y, as_of, language),
        ]

    words = drawing.Words("charts.psy", "charts.psy-note", "charts.psy-alt")
    return drawing.chart("psy", shown, as_of, names, draw, words, height=160)


def confidence_chart(
    dates: DateArray,
    close: FloatArray,
    shares: OverTime,
    end: tuple[DateArray, FloatArray] | None,
    as_of: date,
    names: Names,
) -> Chart:
    """Draw the LPPLS confidence by scale under the price, and when a bubble would end.

    Parameters
    ----------
    dates, close
        Sessions in ascending order and their closes, shape (n,); the last year is shown.
    shares
        The confidence for upward bubbles, drawn above zero, and downward ones, drawn below it.
    end
        Moments after ``as_of`` and how probable each is as the critical time, drawn as a hill on
        the time axis; None where nothing looks like a bubble.
    as_of, names
        As for :func:`springtide.brief.charts.price_chart`.

    Returns
    -------
    Chart
        Its key is ``confidence``.

    Raises
    ------
    DataError
        No close within the year.
    """
    shown = drawing.cut(dates, {"v": close}, as_of, 1)
    hill = [] if end is None else _hill(*end)
    last = date.fromisoformat(str(hill[-1]["d"])[:10]) if hill else shown.last
    reach = replace(shown, last=last)

    def draw(language: Language) -> list[alt.Chart | alt.LayerChart]:
        import altair as alt

        scale = alt.Scale(
            domain=[shown.low, shown.high], range=[_PRICE[1], _PRICE[0]], zero=False, nice=True
        )
        price = alt.Y("v:Q", scale=scale, axis=drawing.number_axis(language))
        panels: list[alt.Chart | alt.LayerChart] = [
            drawing.line(reach, price, language),
            drawing.as_of_rule(reach, as_of, language),
            _share_panel(shares, reach, language),
        ]
        if hill:
            panels.append(_hill_panel(hill, reach, language))
        return panels

    words = drawing.Words("charts.confidence", "charts.confidence-note", "charts.confidence-alt")
    return drawing.chart(
        "confidence",
        shown,
        as_of,
        names,
        draw,
        words,
        height=_SHARES[1],
        top=drawing.TOP + drawing.LEGEND,
        panels=True,
        values={"hill": "yes" if hill else "no"},
    )


def _share_panel(shares: OverTime, reach: Shown, language: Language) -> alt.LayerChart:
    """Draw one line a scale and direction, the scales told apart by their dashes."""
    import altair as alt

    keys = list(shares.up)
    highest = max(10.0, *(float(np.nanmax(values)) for values in shares.up.values()))
    lowest = max(0.0, *(float(np.nanmax(values)) for values in shares.down.values()))
    axis = alt.Axis(
        labelExpr="format(abs(datum.value), ',~f')+'%'", tickCount=4, title=None, orient="right"
    )
    scale = alt.Scale(domain=[-lowest, highest], range=[_SHARES[1], _SHARES[0]], nice=True)
    y = alt.Y("v:Q", scale=scale, axis=axis)
    names = {key: say("charts.scale", language, scale=key) for key in keys}
    label = "".join(f"datum.label=='{key}' ? '{name}' : " for key, name in names.items()) + "''"
    legend = alt.Legend(
        orient="top",
        title=None,
        symbolType="stroke",
        symbolSize=300,
        symbolStrokeColor=drawing.INK,
        labelExpr=label,
    )
    dashes = alt.Scale(domain=keys, range=[_DASHES[key] for key in keys])
    rise, fall = drawing.rise_and_fall(language)
    layers = [alt.Chart(drawing.inline_data([{"v": 0}])).mark_rule(color=drawing.GRID).encode(y=y)]
    for values, sign, colour in ((shares.up, 1.0, rise), (shares.down, -1.0, fall)):
        if sign < 0 and lowest == 0:
            continue
        rows = [
            {"d": str(day), "v": round(sign * float(share), 4), "k": key}
            for key, series in values.items()
            for day, share in zip(shares.days, series, strict=True)
            if np.isfinite(share)
        ]
        layers.append(
            alt.Chart(drawing.inline_data(rows))
            .mark_line(color=colour, strokeWidth=1.5)
            .encode(
                x=drawing.time_axis(reach, language),
                y=y,
                strokeDash=alt.StrokeDash("k:N", scale=dashes, legend=legend),
            )
        )
    return alt.LayerChart(layer=layers)


def _hill(moments: DateArray, density: FloatArray) -> list[dict[str, object]]:
    """Return the rows of the hill, without the flat ground behind it."""
    if not moments.size:
        return []
    shown = np.flatnonzero(density >= 0.01 * density.max())[-1] + 1
    return [
        {"d": f"{moment}Z", "v": float(height / density.max())}
        for moment, height in zip(moments[:shown], density[:shown], strict=True)
    ]


def _hill_panel(hill: list[dict[str, object]], reach: Shown, language: Language) -> alt.Chart:
    import altair as alt

    scale = alt.Scale(domain=[0, 1], range=[_SHARES[1], _SHARES[1] - _END])
    chart: alt.Chart = (
        alt.Chart(drawing.inline_data(hill))
        .mark_area(color=drawing.ACCENT, opacity=0.55, interpolate="monotone")
        .encode(
            x=drawing.time_axis(reach, language),
            y=alt.Y("v:Q", scale=scale, axis=None),
        )
    )
    return chart
