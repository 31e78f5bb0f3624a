"""What the charts of a brief share: colours, words, thinning, axes, marks and their assembly.

Channels are given as objects, never as text: for the first text Altair hashes its whole schema,
which takes longer than building every chart of a brief.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from springtide.brief.model import Chart
from springtide.errors import DataError
from springtide.language.format import axis_units
from springtide.language.messages import Day, Given, message, say
from springtide.language.types import Colours, Language

if TYPE_CHECKING:
    import altair as alt

FloatArray = npt.NDArray[np.float64]
DateArray = npt.NDArray[np.datetime64]
Names = Mapping[Language, str]

MOST_POINTS = 1500
WIDTH = 480
LEFT, RIGHT, TOP, BOTTOM = 2, 56, 54, 26  # room for labels of values, headings and dates
LEGEND = 26

INK = "#1e293b"
SOFT_INK = "#64748b"
GRID = "#e2e8f0"
PAPER = "#ffffff"
ACCENT = "#b45309"
RED = "#c8102e"
GREEN = "#0f8b6d"
BAND = "#94a3b8"

_COLOURS: ContextVar[Colours | None] = ContextVar("colours", default=None)


@contextmanager
def coloured(colours: Colours | None) -> Iterator[None]:
    """Have the charts drawn inside coloured one way, whatever their language; None lets it choose.

    Examples
    --------
    >>> with coloured("red-up"):
    ...     rise_and_fall("en") == (RED, GREEN)
    True
    """
    token = _COLOURS.set(colours)
    try:
        yield
    finally:
        _COLOURS.reset(token)


def rise_and_fall(language: Language) -> tuple[str, str]:
    """Return the colours of a rise and of a fall, as readers of the language expect them.

    Examples
    --------
    >>> rise_and_fall("en") == rise_and_fall("zh-hk") == rise_and_fall("zh-cn")[::-1]
    True
    """
    colours = _COLOURS.get() or say("charts.colours", language)
    return (RED, GREEN) if colours == "red-up" else (GREEN, RED)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a chart shows: rows of data, their ends, and where its (first) line ends."""

    rows: list[dict[str, str | float]]
    first: date
    last: date
    low: float
    high: float
    end: float


@dataclass(frozen=True, slots=True)
class Words:
    """The messages of a chart: its title, the note below it, and what it shows in words."""

    title: str
    note: str
    shows: str


@dataclass(frozen=True, slots=True)
class Span:
    """A phase, and whether prices rose; None for one that began before the data."""

    first: date
    last: date
    rising: bool | None


def thin(values: FloatArray, most: int) -> npt.NDArray[np.int64]:
    """Return positions of at most ``most`` values that keep the ends and every stretch's extremes.

    The values are cut into equal stretches, and each keeps its lowest and its highest: a line
    drawn through them has the same outline.

    Parameters
    ----------
    values
        Shape (n,), without NaN.
    most
        At least four.

    Returns
    -------
    numpy.ndarray
        Ascending positions, shape (m,), m ≤ ``most``; all of them where n ≤ ``most``.

    Examples
    --------
    >>> import numpy as np
    >>> thin(np.array([0.0, 5, 1, 1, -3, 1, 1, 2]), 6).tolist()
    [0, 1, 4, 7]
    """
    count = len(values)
    if count <= most:
        return np.arange(count, dtype=np.int64)
    edges = np.linspace(0, count, (most - 2) // 2 + 1).astype(np.int64)
    kept = {0, count - 1}
    for start, stop in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        kept.add(start + int(np.argmin(values[start:stop])))
        kept.add(start + int(np.argmax(values[start:stop])))
    return np.array(sorted(kept), dtype=np.int64)


def cut(dates: DateArray, series: Mapping[str, FloatArray], as_of: date, years: int) -> Shown:
    """Cut series to the years shown, without missing values, thinned to what a line can show."""
    start = np.datetime64(_years_before(as_of, years))
    rows: list[dict[str, str | float]] = []
    days: list[date] = []
    kept_values: list[float] = []
    end = float("nan")
    for key, values in series.items():
        there = np.isfinite(values) & (dates >= start) & (dates <= np.datetime64(as_of))
        days_there, values_there = dates[there], values[there]
        kept = thin(values_there, MOST_POINTS // len(series))
        stretch = days_there[kept].astype("datetime64[D]").tolist()
        numbers = values_there[kept].tolist()
        rows += [
            {"d": day.isoformat(), "v": round(number, 6), "k": key}
            for day, number in zip(stretch, numbers, strict=True)
        ]
        days += stretch
        kept_values += numbers
        if numbers and np.isnan(end):
            end = numbers[-1]
    if not rows:
        raise DataError(f"Nothing to draw between {start} and {as_of}: no value in these years")
    return Shown(rows, min(days), max(days), min(kept_values), max(kept_values), end)


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def clipped(spans: Sequence[Span], shown: Shown) -> list[Span]:
    """Return the phases that reach into what is shown, cut to it."""
    cut = [replace(s, first=max(s.first, shown.first), last=min(s.last, shown.last)) for s in spans]
    return [span for span in cut if span.first < span.last]


def chart(
    key: str,
    shown: Shown,
    as_of: date,
    names: Names,
    draw: Callable[[Language], Sequence[alt.Chart | alt.LayerChart]],
    words: Words,
    *,
    height: int,
    top: int = TOP,
    panels: bool = False,
    values: Mapping[str, Given] = MappingProxyType({}),
    data: Mapping[str, Sequence[Mapping[str, object]]] | None = None,
) -> Chart:
    """Put the words of each language around what ``draw`` returns for it.

    ``words`` are its title, its note and what it shows in words, which are given the ``name``, the
    first month and the last day shown, where its line ends, the as-of ``day``, and ``values``.
    ``data`` are many rows that it refers to by :func:`named_data`.

    With ``panels``, each of the layers drawn has its own scale of values.
    """
    import altair as alt
    from altair.utils.schemapi import debug_mode

    rows = {"shown": shown.rows, **(data or {})}
    title: dict[Language, str] = {}
    alternative: dict[Language, str] = {}
    spec: dict[Language, dict[str, object]] = {}
    given: dict[str, Given] = {
        "first": Day(shown.first, "month"),
        "last": as_of,
        "day": as_of,
        "shape": message("charts.shape", third=_third(shown)),
        **values,
    }
    for language, name in names.items():
        title[language] = say(words.title, language, name=name)
        alternative[language] = say(words.shows, language, name=name, **given)
        note = say(words.note, language, **given)
        with debug_mode(False):  # Altair's checks take most of its time; the tests make them
            layers = draw(language)
            drawn = alt.LayerChart(layer=list(layers))
            if panels:
                drawn = drawn.resolve_scale(y="independent")
            spec[language] = _finished(drawn, rows, title[language], note, height, top, language)
    return Chart(key, title, alternative, spec)


def _finished(
    drawn: alt.LayerChart,
    rows: Mapping[str, object],
    title: str,
    note: str,
    height: int,
    top: int,
    language: Language,
) -> dict[str, object]:
    """Return the specification with its size, headings, look and rows."""
    import altair as alt

    finished = drawn.properties(
        width=WIDTH - LEFT - RIGHT,
        height=height,
        title=alt.TitleParams(text=title, subtitle=note),
        padding={"left": LEFT, "right": RIGHT, "top": top, "bottom": BOTTOM},
        autosize=alt.AutoSizeParams(type="none"),  # fitting would measure every label twice
    ).configure(**_config(language))
    specification: dict[str, object] = finished.to_dict(validate=False)
    datasets = specification.get("datasets")
    specification["datasets"] = {**(datasets if isinstance(datasets, dict) else {}), **rows}
    return specification


def _third(shown: Shown) -> str:
    span = shown.high - shown.low
    place = (shown.end - shown.low) / span if span > 0 else 0.5
    return "top" if place > 2 / 3 else "middle" if place > 1 / 3 else "bottom"


@cache
def _config(language: Language) -> dict[str, Any]:
    """Return the look that all charts share: light, few lines, type large enough for a phone."""
    return {
        "background": PAPER,
        "font": say("charts.fonts", language),
        "aria": False,
        "view": {"stroke": None},
        "axis": {
            "labelColor": SOFT_INK,
            "labelFontSize": 13,
            "gridColor": GRID,
            "domainColor": GRID,
            "tickColor": GRID,
            "title": None,
            "labelPadding": 5,
        },
        "axisX": {"grid": False, "labelFlush": False, "tickSize": 5},
        "axisY": {"domain": False, "ticks": False, "orient": "right"},
        "legend": {"labelColor": INK, "labelFontSize": 13, "offset": 6},
        "title": {
            "anchor": "start",
            "frame": "group",
            "color": INK,
            "fontSize": 15.5,
            "fontWeight": 600,
            "subtitleColor": SOFT_INK,
            "subtitleFontSize": 12.5,
            "subtitlePadding": 5,
            "offset": 12,
        },
    }


def inline_data(rows: Sequence[Mapping[str, object]]) -> alt.InlineData:
    """Return a few rows as a chart's own data."""
    import altair as alt

    return alt.InlineData(values=[dict(row) for row in rows])


def shown_data() -> alt.NamedData:
    """Refer to the rows shown."""
    return named_data("shown")


def named_data(name: str) -> alt.NamedData:
    """Refer to rows that are put into the specification once it is built: Altair copies no row."""
    import altair as alt

    return alt.NamedData(name=name)


def line(shown: Shown, y: alt.Y, language: Language) -> alt.Chart:
    """Draw what is shown as one line."""
    import altair as alt

    points = len(shown.rows) <= 30 and {"color": INK, "size": 30}
    chart: alt.Chart = (
        alt.Chart(shown_data())
        .mark_line(color=INK, strokeWidth=1.6, strokeJoin="round", point=points)
        .encode(x=time_axis(shown, language), y=y)
    )
    return chart


def marks(shown: Shown, y: alt.Y, as_of: date, language: Language) -> list[alt.Chart]:
    """Mark the as-of date and the last value."""
    return [as_of_rule(shown, as_of, language), _last_dot(shown, y, language)]


def as_of_rule(shown: Shown, as_of: date, language: Language) -> alt.Chart:
    """Mark the as-of date by a dashed line."""
    import altair as alt

    chart: alt.Chart = (
        alt.Chart(inline_data([{"d": as_of.isoformat()}]))
        .mark_rule(color=SOFT_INK, strokeDash=[3, 3], strokeWidth=1.2)
        .encode(x=time_axis(shown, language))
    )
    return chart


def _last_dot(shown: Shown, y: alt.Y, language: Language) -> alt.Chart:
    """Mark the last value."""
    import altair as alt

    last = {"d": shown.last.isoformat(), "v": round(shown.end, 6)}
    chart: alt.Chart = (
        alt.Chart(inline_data([last]))
        .mark_circle(color=INK, size=46, opacity=1)
        .encode(x=time_axis(shown, language), y=y)
    )
    return chart


def phase_layers(spans: Sequence[Span], language: Language) -> list[alt.Chart]:
    """Shade phases, and mark each that is wide enough with a triangle that points its way."""
    import altair as alt

    if not spans:
        return []
    rise, fall = rise_and_fall(language)
    total = (spans[-1].last - spans[0].first).days
    rows: list[dict[str, object]] = []
    for span in spans:
        days = (span.last - span.first).days
        rows.append(
            {
                "from": span.first.isoformat(),
                "to": span.last.isoformat(),
                "mid": (span.first + timedelta(days=days // 2)).isoformat(),
                "colour": rise if span.rising else fall,
                "sign": ("▲" if span.rising else "▼") if days * 25 > total else "",
            }
        )
    data = inline_data(rows)
    colour = alt.Color("colour:N", scale=None)
    shade = (
        alt.Chart(data)
        .mark_rect(opacity=0.12)
        .encode(x=alt.X("from:T", scale=alt.Scale(type="utc")), x2=alt.X2("to:T"), color=colour)
    )
    sign = (
        alt.Chart(data)
        .mark_text(fontSize=11, baseline="top")
        .encode(
            x=alt.X("mid:T", scale=alt.Scale(type="utc")),
            y=alt.YValue(4),  # type: ignore[no-untyped-call]
            text=alt.Text("sign:N"),
            color=colour,
        )
    )
    return [shade, sign]


def time_axis(shown: Shown, language: Language) -> alt.X:
    """Return the time axis: calendar days in UTC, so that no machine's zone shifts a session."""
    import altair as alt

    ticks = _month_ticks(shown.first, shown.last)
    year, month, both = (
        say(key, language) for key in ("charts.year", "charts.month", "charts.month-and-year")
    )
    labels = (
        f"utcFormat(datum.value, utcmonth(datum.value)==0 ? '{year}' : "
        f"datum.index==0 ? '{both}' : '{month}')"
    )
    axis = alt.Axis(values=ticks, labelExpr=labels, title=None)
    return alt.X("d:T", scale=alt.Scale(type="utc"), axis=axis)


def _month_ticks(first: date, last: date, most: int = 6) -> list[int]:
    """Return the starts of months at a round step, as milliseconds since 1970."""
    start, stop = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    if first.day > 1:
        start += 1
    step = next(
        step
        for step in (1, 2, 3, 6, 12, 24, 36, 60, 120, 240, 1200)
        if (stop - start) // step < most
    )
    months = [month for month in range(start, stop + 1) if month % step == 0]
    return [
        int(datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC).timestamp()) * 1000
        for month in months
    ]


def number_axis(language: Language, *, percent: bool = False, few: bool = False) -> alt.Axis:
    """Return the axis of values: percent, or numbers with the large units of the language.

    ``few`` ticks stand beside a panel of half the height, on the right of it.
    """
    import altair as alt

    if percent:
        return alt.Axis(labelExpr="format(datum.value, ',~f')+'%'", tickCount=5, title=None)
    expression = "format(datum.value, ',~f')"
    for limit, size, word in axis_units(language):
        scaled = f"format(datum.value/{size:.0f}, ',~f')+'{word}'"
        expression = f"abs(datum.value)>={limit:.0f} ? {scaled} : {expression}"
    if few:
        return alt.Axis(labelExpr=expression, tickCount=3, title=None, orient="right")
    return alt.Axis(labelExpr=expression, tickCount=5, title=None)
