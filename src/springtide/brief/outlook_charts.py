"""The outlook's charts: the paths that may follow, and how many rallies outlast this one.

Both run along sessions, with the dates of their market's calendar beside them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from springtide.brief import drawing
from springtide.brief.drawing import FloatArray, Names, Shown
from springtide.brief.model import Chart
from springtide.language.messages import Given, Listed, Number, Percent, say
from springtide.language.types import Language
from springtide.market.rallies import Rally
from springtide.outlook.ahead import Ahead, session_ahead
from springtide.outlook.model import GAINS, Analogue, Fan, Lifetimes
from springtide.outlook.sentences import longer_than, method_name

if TYPE_CHECKING:
    import altair as alt

PAST = 120
"""Sessions before the as-of date that the fan chart shows."""


@dataclass(frozen=True, slots=True)
class Dating:
    """How sessions before and after the as-of date are dated.

    Attributes
    ----------
    days
        Those of the closes that are shown, the as-of date last; or, for ages of a rally, the as-of
        date alone.
    calendar
        For sessions to come; weekdays are counted without one.
    """

    days: tuple[date, ...]
    calendar: str = ""

    @property
    def as_of(self) -> date:
        """The session counted from."""
        return self.days[-1]

    def day(self, session: int) -> date:
        """Return the date of a session counted from the as-of date, negative before it."""
        if session <= 0:
            return self.days[max(session - 1, -len(self.days))]
        return session_ahead(self.as_of, self.calendar, session)


def fan_chart(
    closes: FloatArray,
    dating: Dating,
    fan: Fan,
    analogues: Sequence[Analogue],
    told: Ahead | None,
    names: Names,
) -> Chart:
    """Draw the recent closes, the quantiles of what may follow, and similar rallies lightly.

    The top that the words tell of, given that it is still ahead, is marked by its median and its
    80% intervals of time and of height.

    Parameters
    ----------
    closes
        Closes up to the as-of date without missing ones, shape (n,); the last :data:`PAST` and one
        more are shown.
    dating
        Of the same closes.
    fan
        Quantiles of the price by sessions after the as-of date, levels ascending and symmetric.
    analogues
        Earlier rallies; their paths are cut to what is shown.
    told
        What the words say of the top; None where they say nothing.
    names
        The instrument's name in every language to draw.

    Returns
    -------
    Chart
        Its key is ``outlook_fan``.
    """
    past, as_of = closes[-PAST - 1 :], dating.as_of
    now, last = float(past[-1]), int(fan.sessions[-1])
    bands = list(_bands(fan, now))
    lines = _paths(analogues, now, len(past) - 1, last)
    shown = _shown(
        [
            {"s": k - len(past) + 1, "v": round(v, 6), "k": "past"}
            for k, v in enumerate(past.tolist())
        ],
        as_of,
    )
    limits = [float(row[end]) for row in bands for end in ("low", "high")]
    domain = [min(shown.low, *limits), max(shown.high, *limits)]
    middle = _middle(fan, now)
    top = _top(told, now, last)
    if top:
        domain = [
            min(domain[0], *(row["low"] for row in top)),
            max(domain[1], *(row["high"] for row in top)),
        ]

    def draw(language: Language) -> list[alt.Chart]:
        import altair as alt

        reach = alt.Scale(domain=[1 - len(past), last], nice=False)
        ticks = [k for k in range(-PAST, last + 1, 60 if last <= 250 else 120) if k > -len(past)]
        labels = {k: _month(dating.day(k), language) for k in ticks}
        axis = alt.Axis(values=ticks, labelExpr=_labelled(labels), title=None, labelFlush=True)
        x = alt.X("s:Q", scale=reach, axis=axis)
        scale = alt.Scale(domain=domain, zero=False, nice=True)
        y = alt.Y("v:Q", scale=scale, axis=drawing.number_axis(language))
        low = alt.Y("low:Q", scale=scale, axis=drawing.number_axis(language))
        thin = (
            alt.Chart(drawing.named_data("similar"))
            .mark_line(color=drawing.BAND, strokeWidth=0.8, opacity=0.7, clip=True)
            .encode(x=x, y=y, detail=alt.Detail("k:N"))
        )
        shade = (
            alt.Chart(drawing.inline_data(bands))
            .mark_area(color=drawing.ACCENT, opacity=0.2)
            .encode(x=x, y=low, y2=alt.Y2("high:Q"), detail=alt.Detail("k:N"))
        )
        centre = (
            alt.Chart(drawing.inline_data(middle))
            .mark_line(color=drawing.ACCENT, strokeWidth=1.6, strokeDash=[6, 3])
            .encode(x=x, y=y)
        )
        close = (
            alt.Chart(drawing.shown_data())
            .mark_line(color=drawing.INK, strokeWidth=1.6, strokeJoin="round")
            .encode(x=x, y=y)
        )
        marks = _marked(top, x, alt.X("first:Q", scale=reach, axis=axis), scale) if top else []
        return [*([thin] if lines else []), shade, centre, close, _rule(0, x), *marks]

    up = middle[-1]["v"] >= now
    words = drawing.Words("charts.fan", "charts.fan-note", "charts.fan-alt")
    values = {
        **_fan_values(fan, bool(lines), up),
        "method": method_name(fan.method),
        "top": "yes" if top else "no",
    }
    data = {"similar": lines} if lines else None
    return drawing.chart(
        "outlook_fan", shown, as_of, names, draw, words, height=230, values=values, data=data
    )


def _labelled(labels: Mapping[int, str | list[str]]) -> str:
    """Return an expression that gives each tick its label."""
    return f"{json.dumps({str(k): v for k, v in labels.items()}, ensure_ascii=False)}[datum.value]"


def _top(told: Ahead | None, now: float, last: int) -> list[dict[str, float]]:
    """Return the told top in the middle case with its intervals, cut to what is drawn."""
    if told is None or not told.sessions or math.isinf(told.sessions[1] + told.gain[1]):
        return []
    low, middle, high = (min(each, last) for each in told.sessions)
    heights = (min(each, GAINS[-1]) for each in told.gain)
    least, usual, most = (round(now * (1 + each), 6) for each in heights)
    if told.sessions[1] > last:
        return []
    return [{"s": middle, "v": usual, "low": least, "high": most, "first": low, "last": high}]


def _marked(
    top: list[dict[str, float]], x: alt.X, first: alt.X, scale: alt.Scale
) -> list[alt.Chart]:
    """Draw the told top: a point, and a rule along each interval."""
    import altair as alt

    base = alt.Chart(drawing.inline_data(top))
    y = alt.Y("v:Q", scale=scale)
    rule = {"color": drawing.SOFT_INK, "strokeWidth": 1.4}
    return [
        base.mark_rule(**rule).encode(x=first, x2=alt.X2("last:Q"), y=y),
        base.mark_rule(**rule).encode(x=x, y=alt.Y("low:Q", scale=scale), y2=alt.Y2("high:Q")),
        base.mark_point(filled=True, size=60, color=drawing.INK).encode(x=x, y=y),
    ]


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
    rows = _steps(lives, rally.sessions)
    shown = _shown(rows, rally.as_of)
    last = max(int(rows[-1]["s"]), rally.sessions)
    step = next(n for n in (50, 100, 250, 500, 1000, 2500) if last / n <= 6 or n == 2500)
    ticks = list(range(0, last + 1, step))
    dating = Dating((rally.as_of,), calendar)

    def draw(language: Language) -> list[alt.Chart]:
        import altair as alt

        labels = {age: _aged(age, rally, dating, language) for age in ticks}
        axis = alt.Axis(values=ticks, labelExpr=_labelled(labels), title=None, labelFlush=True)
        x = alt.X("s:Q", scale=alt.Scale(domain=[0, last], nice=False), axis=axis)
        percent = drawing.number_axis(language, percent=True)
        scale = alt.Scale(domain=[0, 100])
        y = alt.Y("v:Q", scale=scale, axis=percent)
        band = (
            alt.Chart(drawing.shown_data())
            .mark_area(color=drawing.ACCENT, opacity=0.2, interpolate="step-after")
            .encode(x=x, y=alt.Y("low:Q", scale=scale, axis=percent), y2=alt.Y2("high:Q"))
        )
        curve = (
            alt.Chart(drawing.shown_data())
            .mark_line(color=drawing.INK, strokeWidth=1.6, interpolate="step-after")
            .encode(x=x, y=y)
        )
        return [band, curve, _rule(rally.sessions, x), _age(rally, last, x, language)]

    words = drawing.Words("charts.lifetimes", "charts.lifetimes-note", "charts.lifetimes-alt")
    values = _lifetimes_values(lives, rally)
    return drawing.chart(
        "outlook_lifetimes", shown, rally.as_of, names, draw, words, height=170, values=values
    )


def _aged(age: int, rally: Rally, dating: Dating, language: Language) -> str | list[str]:
    """Return an age, and below it the month in which this rally would reach it."""
    number = Number(age).write(language)
    ahead = age - rally.sessions
    if ahead <= 0:
        return number
    return [number, _month(dating.day(ahead), language)]


def _month(day: date, language: Language) -> str:
    """Return the month and year of a day as axes of time write them."""
    form = say("charts.month-and-year", language).replace("%-m", str(day.month))
    return day.strftime(form)


def _shown(rows: list[dict[str, Any]], as_of: date) -> Shown:
    values = [float(row["v"]) for row in rows]
    return Shown(rows, as_of, as_of, min(values), max(values), values[-1])


def _bands(fan: Fan, now: float) -> Iterator[dict[str, Any]]:
    """Yield the rows of each interval, the widest first, each starting at today's close."""
    for k in range(len(fan.levels) // 2):
        yield {"s": 0, "low": now, "high": now, "k": k}
        for session, low, high in zip(fan.sessions, fan.prices[k], fan.prices[-1 - k], strict=True):
            if session > 0:
                yield {"s": int(session), "low": round(low, 6), "high": round(high, 6), "k": k}


def _middle(fan: Fan, now: float) -> list[dict[str, Any]]:
    prices = fan.prices[len(fan.levels) // 2]
    after = [
        {"s": int(session), "v": round(price, 6)}
        for session, price in zip(fan.sessions, prices, strict=True)
        if session > 0
    ]
    return [{"s": 0, "v": now}, *after]


def _paths(
    analogues: Sequence[Analogue], now: float, before: int, after: int
) -> list[dict[str, Any]]:
    """Return the paths of analogues, each through today's close, at every third session."""
    rows = []
    for number, one in enumerate(analogues):
        for k, value in enumerate(one.path):
            session = k - one.before
            if session % 3 == 0 and -before <= session <= after and math.isfinite(value):
                price = round(now * math.exp(value), 6)
                rows.append({"s": session, "v": price, "k": number})
    return rows


def _steps(lives: Lifetimes, age: int) -> list[dict[str, Any]]:
    """Return the curve in per cent, to where few are left or a quarter beyond the age."""
    table = np.array([lives.times, lives.survival, lives.low, lives.high]).T
    few = np.flatnonzero(table[:, 1] < 0.05)
    end = table[few[0] if few.size else -1, 0]
    table = table[table[:, 0] <= max(end, 1.25 * age)]
    kept = table[np.unique(np.linspace(0, len(table) - 1, 400).astype(int))]
    start = [{"s": 0.0, "v": 100.0, "low": 100.0, "high": 100.0}]
    steps = start + [
        {"s": s, "v": round(100 * v, 4), "low": round(100 * low, 4), "high": round(100 * high, 4)}
        for s, v, low, high in kept.tolist()
    ]
    # Nobody is known to have ended since the last step: the curve goes on to the age that is told.
    return [*steps, {**steps[-1], "s": float(age)}] if steps[-1]["s"] < age else steps


def _rule(session: int, x: alt.X) -> alt.Chart:
    import altair as alt

    chart: alt.Chart = (
        alt.Chart(drawing.inline_data([{"s": session}]))
        .mark_rule(color=drawing.SOFT_INK, strokeDash=[3, 3], strokeWidth=1.2)
        .encode(x=x)
    )
    return chart


def _age(rally: Rally, last: int, x: alt.X, language: Language) -> alt.Chart:
    """Say the age beside its line, on the side where there is room."""
    import altair as alt

    right = rally.sessions > last / 2
    text = say("charts.age", language, sessions=rally.sessions)
    chart: alt.Chart = (
        alt.Chart(drawing.inline_data([{"s": rally.sessions, "t": text}]))
        .mark_text(
            align="right" if right else "left",
            dx=-6 if right else 6,
            baseline="top",
            fontSize=13,
            color=drawing.INK,
        )
        .encode(
            x=x,
            y=alt.YValue(4),  # type: ignore[no-untyped-call]
            text=alt.Text("t:N"),
        )
    )
    return chart


def _fan_values(fan: Fan, similar: bool, up: bool) -> dict[str, Given]:
    pairs = zip(fan.levels, reversed(fan.levels), strict=True)
    shares = [Percent(100 * (high - low)) for low, high in pairs if low < high]
    return {
        "shares": Listed(tuple(reversed(shares))),
        "similar": "yes" if similar else "no",
        "end": "above" if up else "below",
    }


def _lifetimes_values(lives: Lifetimes, rally: Rally) -> dict[str, Given]:
    left = longer_than(lives, rally.sessions) or 0.0
    return {
        "rallies": lives.over,
        "running": lives.running,
        "share": "most" if left > 0.6 else "half" if left > 0.4 else "few",
    }
