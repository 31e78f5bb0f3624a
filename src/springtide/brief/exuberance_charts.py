"""Charts of the tests for a bubble, built from ready-made arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from springtide.brief import drawing
from springtide.brief.drawing import DateArray, FloatArray, Names, Span
from springtide.brief.model import Chart
from springtide.brief.plot import Area, Key, Line, Mark, Panel, Rule
from springtide.language.messages import say
from springtide.language.types import Language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from springtide.metrics.families.bubbles import OverTime
    from springtide.numerics.psy import Episode

_DASHES: Mapping[str, str] = {"short": "", "medium": "6 3", "long": "2 2"}


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

    def draw(language: Language) -> list[Panel]:
        drawn = [
            *drawing.phase_shades(spans, language),
            Line(*shown.series["critical"], "accent", 1.5, "5 3", name="95%"),
            Line(*shown.series["statistic"], width=1.5, name="BSADF"),
            *drawing.marks(shown, as_of),
        ]
        return [drawing.panel(160, drawn, shown.low, shown.high, language)]

    words = drawing.Words("charts.psy", "charts.psy-note", "charts.psy-alt")
    return drawing.chart("psy", shown, as_of, names, draw, words)


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
    hill = None if end is None else _hill(*end)
    last = shown.last if hill is None else date(1970, 1, 1) + timedelta(days=int(hill.xs[-1]))
    reach = replace(shown, last=max(last, shown.last))

    def draw(language: Language) -> list[Panel]:
        line = drawing.line(shown, say("charts.close", language))
        price: list[Mark] = [line, drawing.as_of_rule(as_of)]
        return [
            drawing.panel(125, price, shown.low, shown.high, language, about=4),
            _share_panel(shares, hill, as_of, language),
        ]

    words = drawing.Words("charts.confidence", "charts.confidence-note", "charts.confidence-alt")
    return drawing.chart(
        "confidence",
        reach,
        as_of,
        names,
        draw,
        words,
        keys=lambda language: [
            Key(say("charts.scale", language, scale=key), "ink", _DASHES[key]) for key in shares.up
        ],
        values={"hill": "no" if hill is None else "yes"},
    )


def _share_panel(shares: OverTime, hill: Area | None, as_of: date, language: Language) -> Panel:
    """Draw one line a scale and direction, the scales told apart by their dashes."""
    highest = max(10.0, *(float(np.nanmax(values)) for values in shares.up.values()))
    lowest = max(0.0, *(float(np.nanmax(values)) for values in shares.down.values()))
    days = shares.days.astype("datetime64[D]").astype(np.int64).astype(np.float64)
    rise, fall = drawing.rise_and_fall(language)
    drawn: list[Mark] = [Rule(0.0, "grid", "", across=True)]
    if hill is not None:
        scale = 0.4 * highest
        low = tuple(scale * value for value in hill.low)
        drawn.append(replace(hill, low=low, high=tuple(scale * value for value in hill.high)))
    for sign, series, colour in ((1.0, shares.up, rise), (-1.0, shares.down, fall)):
        if sign < 0 and lowest == 0:
            continue
        for key, values in series.items():
            there = np.isfinite(values)
            ys = tuple((sign * values[there]).round(4).tolist())
            name = say("charts.scale", language, scale=key)
            xs = tuple(days[there].tolist())
            drawn.append(Line(xs, ys, colour, 1.5, _DASHES[key], name=name, unit="%"))
    drawn.append(drawing.as_of_rule(as_of))
    return drawing.panel(95, drawn, -lowest, highest, language, unit="%", about=4, unsigned=True)


def _hill(moments: DateArray, density: FloatArray) -> Area | None:
    """Return the hill, from 0 to 1, without the flat ground behind it."""
    if not moments.size:
        return None
    last = int(np.flatnonzero(density >= 0.01 * density.max())[-1]) + 1
    days = moments[:last].astype("datetime64[s]").astype(np.int64) / 86_400
    heights = (density[:last] / density.max()).round(4)
    return Area(tuple(days.tolist()), (0.0,) * last, tuple(heights.tolist()), "accent", 0.55)
