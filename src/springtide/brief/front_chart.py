"""The one chart of the first screen: the price with its phases, levels, and what may come.

To the left of the as-of date stand closes, to its right the fan of simulated paths along the
sessions of the instrument's calendar, so that everything has a date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from springtide.brief import drawing
from springtide.brief.drawing import Names, Span
from springtide.brief.level_charts import Level, level_rules
from springtide.brief.model import Chart
from springtide.brief.plot import Area, Label, Line, Mark, Panel, Points, Rule
from springtide.language.format import format_number
from springtide.language.messages import Given, Listed, Percent, say
from springtide.language.types import Language
from springtide.market.types import Bars
from springtide.outlook.model import Fan
from springtide.outlook.sentences import method_name


@dataclass(frozen=True, slots=True)
class Dated:
    """What may come, dated.

    Attributes
    ----------
    days
        The session of each step of ``fan``.
    fan
        Quantiles of the price; its first step is the as-of date.
    top
        When the top comes, given that it is still ahead: the ends of the interval and, between
        them, the middle case; None where not said, or where the middle lies beyond the fan. An end
        beyond the picture is drawn to its edge.
    heights
        At which prices, likewise.
    """

    days: tuple[date, ...]
    fan: Fan
    top: tuple[date, date, date] | None = None
    heights: tuple[float, float, float] = (0.0, 0.0, 0.0)


def front_chart(
    bars: Bars,
    phases: Sequence[Span],
    levels: Sequence[Level],
    ahead: Dated | None,
    first: date,
    as_of: date,
    names: Names,
    unit: str,
) -> Chart:
    """Draw the price with phases and levels, and to the right of the as-of date what may come.

    Parameters
    ----------
    bars
        Bars up to ``as_of``; a session without a close is passed over.
    phases
        Bull and bear phases; one that began before the data is not shaded.
    levels
        The nearest ones.
    ahead
        None where nothing can be said of what may come.
    first
        The first day shown.
    as_of, names
        The date of the brief, and the instrument's name in every language to draw.
    unit
        What prices are in.

    Returns
    -------
    Chart
        Its key is ``front``.

    Raises
    ------
    DataError
        No close within what is shown.
    """
    past = drawing.cut(bars.dates, {"v": bars.close}, as_of, first)
    shaded = [one for one in drawing.clipped(phases, past) if one.rising is not None]
    prices = [past.low, past.high, *(one.level for one in levels)]
    shown = past
    if ahead is not None:
        prices += [*ahead.fan.prices[0], *ahead.fan.prices[-1]]
        prices += [ahead.heights[1]] if ahead.top else []
        shown = replace(past, last=ahead.days[-1])
    low, high = min(prices), max(prices)

    def draw(language: Language) -> list[Panel]:
        drawn: list[Mark] = [
            *drawing.phase_shades(shaded, language),
            *level_rules(levels, language),
            *(_fan(ahead, past.end, language) if ahead else ()),
            drawing.line(past, say("charts.close", language)),
            Rule(drawing.place(as_of)),
            Points((drawing.place(past.last),), (past.end,)),
            *(_names(levels, shown.first, language)),
            *(_top(ahead, high) if ahead else ()),
        ]
        name = say("charts.unit", language, unit=unit)
        return [drawing.panel(250, drawn, low, high, language, unit=name)]

    words = drawing.Words("charts.front", "charts.front-note", "charts.front-alt")
    source = str(bars.source[-1])

    def evidence(language: Language) -> str:
        if ahead is None:
            return source
        method = method_name(ahead.fan.method)
        return say("charts.front-evidence", language, source=source, method=method)

    return drawing.chart(
        "front",
        replace(shown, low=low, high=high),
        as_of,
        names,
        draw,
        words,
        values=_values(ahead, levels),
        evidence=evidence,
    )


def _fan(ahead: Dated, now: float, language: Language) -> list[Mark]:
    """Draw the intervals, the widest first, and the middle path."""
    fan = ahead.fan
    xs = tuple(map(drawing.place, ahead.days))
    drawn: list[Mark] = []
    middle = len(fan.levels) // 2
    for k in range(middle):
        share = Percent(100 * (fan.levels[-1 - k] - fan.levels[k]))
        name = say("charts.of-paths", language, share=share)
        low, high = (tuple(round(one, 4) for one in fan.prices[at]) for at in (k, -1 - k))
        drawn.append(Area(xs, low, high, opacity=0.16 + 0.06 * k, name=name))
    centre = tuple(round(one, 4) for one in fan.prices[middle])
    name = say("charts.middle-path", language)
    drawn.append(Line(xs, centre, "accent", 1.6, "6 3", name=name))
    return drawn


def _names(levels: Sequence[Level], first: date, language: Language) -> list[Mark]:
    """Name each level at the left end of its line."""
    rise, fall = drawing.rise_and_fall(language)
    drawn: list[Mark] = []
    for one in levels:
        side = "resistance" if one.above else "support"
        level = format_number(one.level, 0 if one.level >= 1000 else 2, language)
        text = say("charts.level", language, side=side, level=level)
        drawn.append(Label(drawing.place(first), one.level, text, fall if one.above else rise))
    return drawn


def _top(ahead: Dated, high: float) -> list[Mark]:
    """Mark the top in the middle case, with its intervals of time and of height."""
    if ahead.top is None:
        return []
    edge = ahead.days[-1]
    first, middle, last = (drawing.place(min(day, edge)) for day in ahead.top)
    least, usual, most = (min(price, high) for price in ahead.heights)
    return [
        Line((first, last), (usual, usual), "accent", 1.8),
        Line((middle, middle), (least, most), "accent", 1.8),
        Points((middle,), (usual,), "diamond", "accent"),
    ]


def _values(ahead: Dated | None, levels: Sequence[Level]) -> dict[str, Given]:
    values: dict[str, Given] = {"levels": "yes" if levels else "no", "fan": "no", "shares": ""}
    values["top"] = "no" if ahead is None or ahead.top is None else "yes"
    if ahead is None:
        return {**values, "end": "below"}
    fan = ahead.fan
    pairs = zip(fan.levels, reversed(fan.levels), strict=True)
    shares = [Percent(100 * (high - low)) for low, high in pairs if low < high]
    middle = fan.prices[len(fan.levels) // 2]
    return {
        **values,
        "fan": "yes",
        "shares": Listed(tuple(reversed(shares))),
        "end": "above" if middle[-1] >= middle[0] else "below",
    }
