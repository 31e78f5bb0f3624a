"""The chart of levels: the price of a year, the levels around it, and the visits to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from springtide.brief import drawing
from springtide.brief.drawing import DateArray, FloatArray, Names
from springtide.brief.model import Chart
from springtide.language.types import Language
from springtide.numerics.levels import Ending

if TYPE_CHECKING:
    import altair as alt

_SHAPES = {"held": "circle", "broken": "square", "open": "diamond"}


@dataclass(frozen=True, slots=True)
class Rule:
    """A level, whether it is above the close, and its visits: first day and how each ended."""

    level: float
    above: bool
    visits: tuple[tuple[date, Ending], ...]


def levels_chart(
    dates: DateArray,
    close: FloatArray,
    rules: Sequence[Rule],
    as_of: date,
    names: Names,
    *,
    years: int = 1,
) -> Chart:
    """Draw closing prices with levels as lines and the visits to them as marks.

    Parameters
    ----------
    dates
        Sessions in ascending order, shape (n,), ``datetime64[D]``.
    close
        Closes, shape (n,).
    rules
        The levels to draw.
    as_of, names, years
        As for :func:`springtide.brief.charts.price_chart`.

    Returns
    -------
    Chart
        Its key is ``levels``.

    Raises
    ------
    DataError
        No close within the years shown.
    """
    shown = drawing.cut(dates, {"v": close}, as_of, years)
    prices = [shown.low, shown.high, *(rule.level for rule in rules)]
    shown = replace(shown, low=min(prices), high=max(prices))

    def draw(language: Language) -> list[alt.Chart]:
        import altair as alt

        domain = [float(shown.low), float(shown.high)]
        scale = alt.Scale(domain=domain, zero=False, nice=True)
        y = alt.Y("v:Q", scale=scale, axis=drawing.number_axis(language))
        return [
            *_lines(rules, y, language),
            drawing.line(shown, y, language),
            *_visits(rules, shown, y, language),
            *drawing.marks(shown, y, as_of, language),
        ]

    words = drawing.Words("charts.levels", "charts.levels-note", "charts.levels-alt")
    return drawing.chart("levels", shown, as_of, names, draw, words, height=230)


def _lines(rules: Sequence[Rule], y: alt.Y, language: Language) -> list[alt.Chart]:
    """Draw each level: in the colour of a fall above the close, in that of a rise below it."""
    import altair as alt

    rise, fall = drawing.rise_and_fall(language)
    rows = [{"v": rule.level, "colour": fall if rule.above else rise} for rule in rules]
    colour = alt.Color("colour:N", scale=None)
    line = (
        alt.Chart(drawing.inline_data(rows))
        .mark_rule(strokeWidth=1.4, strokeDash=[6, 3])
        .encode(y=y, color=colour)
    )
    return [line]


def _visits(
    rules: Sequence[Rule], shown: drawing.Shown, y: alt.Y, language: Language
) -> list[alt.Chart]:
    """Mark the first day of each visit, by a shape that says how it ended."""
    import altair as alt

    rows = [
        {"d": day.isoformat(), "v": rule.level, "ending": ending}
        for rule in rules
        for day, ending in rule.visits
        if day >= shown.first
    ]
    if not rows:
        return []
    shapes = alt.Scale(domain=list(_SHAPES), range=list(_SHAPES.values()))
    marks = (
        alt.Chart(drawing.inline_data(rows))
        .mark_point(
            size=56,
            filled=True,
            color=drawing.ACCENT,
            opacity=1,
            stroke=drawing.PAPER,
            strokeWidth=0.8,
        )
        .encode(
            x=drawing.time_axis(shown, language),
            y=y,
            shape=alt.Shape("ending:N", scale=shapes, legend=None),
        )
    )
    return [marks]
