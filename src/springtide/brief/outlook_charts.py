"""The outlook's chart of lifetimes: how many rallies outlast this one, along sessions.

The paths that may follow are in the chart of the first screen
(:mod:`springtide.brief.front_chart`).
"""

from __future__ import annotations

import numpy as np

from springtide.brief import drawing
from springtide.brief.drawing import Names, Shown
from springtide.brief.model import Chart
from springtide.brief.plot import Area, Floats, Label, Line, Mark, Panel, Rule, Tick
from springtide.language.format import format_number
from springtide.language.messages import Given, say
from springtide.language.types import Language
from springtide.market.rallies import Rally
from springtide.outlook.ahead import session_ahead
from springtide.outlook.model import Lifetimes
from springtide.outlook.sentences import longer_than


def lifetimes_chart(lives: Lifetimes, rally: Rally, names: Names, calendar: str = "") -> Chart:
    """Draw which share of earlier rallies lasted longer than so many sessions.

    Parameters
    ----------
    lives
        The estimate with its band; at least one time.
    rally
        The running rally, whose age is marked.
    names
        The instrument's name in every language to draw.
    calendar
        By which the sessions to come are dated; weekdays are counted without.

    Returns
    -------
    Chart
        Its key is ``outlook_lifetimes``.
    """
    times, share, low, high = _steps(lives, rally.sessions)
    last = max(times[-1], float(rally.sessions))
    shown = Shown({"v": (times, share)}, rally.as_of, rally.as_of, min(share), 100.0, share[-1])

    def draw(language: Language) -> list[Panel]:
        right = rally.sessions > last / 2
        age = say("charts.age", language, sessions=rally.sessions)
        name = say("charts.outlast", language)
        drawn: list[Mark] = [
            Area(times, low, high, step=True),
            Line(times, share, step=True, name=name, unit="%", decimals=0),
            Rule(float(rally.sessions)),
            Label(float(rally.sessions), None, age, side="left" if right else "right"),
        ]
        return [drawing.panel(160, drawn, 0, 100, language, unit="%", fixed=True, about=4)]

    words = drawing.Words("charts.lifetimes", "charts.lifetimes-note", "charts.lifetimes-alt")
    ages = drawing.round_numbers(0.0, last, 5)

    def labels(language: Language) -> tuple[Tick, ...]:
        return tuple((age, _aged(age, rally, calendar, language)) for age in ages)

    axis = drawing.Axis(0.0, last, labels)
    return drawing.chart(
        "outlook_lifetimes",
        shown,
        rally.as_of,
        names,
        draw,
        words,
        values=_values(lives, rally),
        axis=axis,
        evidence=lambda _: "Kaplan-Meier",
    )


def _steps(lives: Lifetimes, age: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Return the curve in per cent, to where few are left or a quarter beyond the age."""
    table = np.array([lives.times, lives.survival, lives.low, lives.high]).T
    few = np.flatnonzero(table[:, 1] < 0.05)
    end = table[few[0] if few.size else -1, 0]
    table = table[table[:, 0] <= max(end, 1.25 * age)]
    kept = table[np.unique(np.linspace(0, len(table) - 1, 400).astype(int))]
    times, *shares = kept.T
    share, low, high = ((100.0, *(100 * one).round(4).tolist()) for one in shares)
    ages: Floats = (0.0, *times.tolist())
    if ages[-1] >= age:
        return ages, share, low, high
    # Nobody is known to have ended since the last step: the curve goes on to the age that is told.
    return (*ages, float(age)), (*share, share[-1]), (*low, low[-1]), (*high, high[-1])


def _aged(age: float, rally: Rally, calendar: str, language: Language) -> str:
    """Return an age, and below it the month in which this rally would reach it."""
    number = format_number(age, 0, language)
    ahead = round(age) - rally.sessions
    if ahead <= 0:
        return number
    day = session_ahead(rally.as_of, calendar, ahead)
    return f"{number}\n{drawing.month_and_year(day, language)}"


def _values(lives: Lifetimes, rally: Rally) -> dict[str, Given]:
    left = longer_than(lives, rally.sessions) or 0.0
    return {
        "rallies": lives.over,
        "running": lives.running,
        "share": "most" if left > 0.6 else "half" if left > 0.4 else "few",
    }
