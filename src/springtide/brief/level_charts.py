"""The chart of levels: the price of a year, the levels around it, and the visits to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from springtide.brief import drawing
from springtide.brief.drawing import DateArray, FloatArray, Names
from springtide.brief.model import Chart
from springtide.brief.plot import Mark, Panel, Points, Rule, Shape
from springtide.language.messages import say
from springtide.language.types import Language
from springtide.numerics.levels import Ending

_SHAPES: Mapping[Ending, Shape] = {"held": "circle", "broken": "square", "open": "diamond"}


@dataclass(frozen=True, slots=True)
class Level:
    """A level, whether it is above the close, and its visits: first day and how each ended."""

    level: float
    above: bool
    visits: tuple[tuple[date, Ending], ...]


def levels_chart(
    dates: DateArray,
    close: FloatArray,
    levels: Sequence[Level],
    as_of: date,
    names: Names,
    *,
    years: int | date = 1,
) -> Chart:
    """Draw closing prices with levels as lines and the visits to them as marks.

    Parameters
    ----------
    dates
        Sessions in ascending order, shape (n,), ``datetime64[D]``.
    close
        Closes, shape (n,).
    levels
        Those to draw.
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
    prices = [shown.low, shown.high, *(one.level for one in levels)]
    shown = replace(shown, low=min(prices), high=max(prices))

    def draw(language: Language) -> list[Panel]:
        drawn = [
            *level_rules(levels, language),
            drawing.line(shown, say("charts.close", language)),
            *_visits(levels, shown),
            *drawing.marks(shown, as_of),
        ]
        return [drawing.panel(220, drawn, shown.low, shown.high, language)]

    words = drawing.Words("charts.levels", "charts.levels-note", "charts.levels-alt")
    return drawing.chart("levels", shown, as_of, names, draw, words)


def level_rules(levels: Sequence[Level], language: Language) -> list[Mark]:
    """Draw each level: in the colour of a fall above the close, in that of a rise below it."""
    rise, fall = drawing.rise_and_fall(language)
    return [
        Rule(one.level, fall if one.above else rise, "6 3", across=True, width=1.4)
        for one in levels
    ]


def _visits(levels: Sequence[Level], shown: drawing.Shown) -> list[Mark]:
    """Mark the first day of each visit, by a shape that says how it ended."""
    drawn: list[Mark] = []
    for ending, shape in _SHAPES.items():
        at = [
            (drawing.place(day), one.level)
            for one in levels
            for day, ended in one.visits
            if ended == ending and day >= shown.first
        ]
        if at:
            xs, ys = zip(*at, strict=True)
            drawn.append(Points(xs, ys, shape, "accent"))
    return drawn
