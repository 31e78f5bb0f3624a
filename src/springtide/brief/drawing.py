"""What the charts of a brief share: colours, words, thinning, axes, marks and their assembly.

Channels are given as objects, never as text: for the first text Altair hashes its whole schema,
which takes longer than building every chart of a brief.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from springtide.brief.model import Chart
from springtide.claims.words import month_in_words
from springtide.errors import DataError
from springtide.language.format import format_date
from springtide.language.types import Language

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

FONTS: Mapping[Language, str] = {
    "en": "Inter, Segoe UI, Helvetica Neue, Arial, Liberation Sans, sans-serif",
    "zh-cn": (
        "Springtide Sans SC, PingFang SC, Microsoft YaHei, Noto Sans SC, Noto Sans CJK SC, "
        "Source Han Sans SC, sans-serif"
    ),
}

WORDS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "price": "{name}: daily close",
        "price.note": "▲ rising phases · ▼ falling phases · dashed line: {day}",
        "price.log": "Log scale · ",
        "price.unknown": "Not shaded: began before the data · ",
        "drawdown": "{name}: drawdown",
        "drawdown.note": "Close below its highest so far · dashed line: {day}",
        "rsi": "{name}: RSI",
        "rsi.note": "Relative strength index and its usual bounds · {day}",
        "ma_distance": "{name}: distance from averages",
        "ma_distance.note": "Close against its moving averages · dashed line: {day}",
        "psy": "{name}: PSY test for explosive behaviour",
        "psy.note": "Dashed: 95% of random walks stay below · shaded: confirmed episodes",
        "confidence": "{name}: LPPLS confidence",
        "confidence.note": "Share of windows shaped like a bubble: up above zero, down below",
        "confidence.end": "Upward bubbles above zero, downward below · hill: when one would end",
        "scale.short": "short scale",
        "scale.medium": "medium scale",
        "scale.long": "long scale",
        "days": "-day average",
        "alt.price": (
            "Line chart of the daily close of {name} from {first} to {last}, with rising phases "
            "and falling phases shaded in different colours. {shape}"
        ),
        "alt.drawdown": (
            "Area chart of how far {name} stood below its highest close so far, from {first} to "
            "{last}. {shape}"
        ),
        "alt.rsi": (
            "Line chart of the relative strength index of {name} from {first} to {last}, with "
            "dashed lines at the usual upper and lower bounds. {shape}"
        ),
        "alt.ma_distance": (
            "Line chart of the distance of {name} from its moving averages, from {first} to "
            "{last}, with a line at no distance. {shape}"
        ),
        "alt.psy": (
            "Line chart of the PSY statistic of {name} from {first} to {last}, with the critical "
            "values as a dashed line and explosive episodes shaded. {shape}"
        ),
        "alt.confidence": (
            "Line chart of the daily close of {name} from {first} to {last}, and below it the "
            "LPPLS confidence by scale, upward bubbles above a line at zero and downward ones "
            "below it. {shape}"
        ),
        "alt.unknown": " The phase that began before the data is not shaded.",
        "alt.hill": " A hill after the last session says when a bubble would end.",
        "shape.top": "The line ends in the upper third of what is shown.",
        "shape.middle": "The line ends in the middle third of what is shown.",
        "shape.bottom": "The line ends in the lower third of what is shown.",
    },
    "zh-cn": {
        "price": "{name}：每日收盘价",
        "price.note": "▲ 上涨阶段 · ▼ 下跌阶段 · 竖虚线：{day}",
        "price.log": "对数坐标 · ",
        "price.unknown": "未着色：始于数据之前 · ",
        "drawdown": "{name}：回撤",
        "drawdown.note": "收盘价距此前最高收盘价 · 竖虚线：{day}",
        "rsi": "{name}：RSI",
        "rsi.note": "相对强弱指标及常用上下界线 · 竖虚线：{day}",
        "ma_distance": "{name}：均线偏离",
        "ma_distance.note": "收盘价相对移动平均线 · 竖虚线：{day}",
        "psy": "{name}：PSY爆炸性检验",
        "psy.note": "虚线：95%的随机游走低于此线 · 阴影：已确认的爆炸性阶段",
        "confidence": "{name}：LPPLS置信度",
        "confidence.note": "呈泡沫形状的窗口占比，零线以上为向上，以下为向下",
        "confidence.end": "零线以上为向上泡沫，以下为向下泡沫 · 右侧小丘：可能何时结束",
        "scale.short": "短期尺度",
        "scale.medium": "中期尺度",
        "scale.long": "长期尺度",
        "days": "日均线",
        "alt.price": (
            "{name}每日收盘价的折线图，自{first}至{last}，上涨阶段与下跌阶段以不同颜色标出。{shape}"
        ),
        "alt.drawdown": "{name}距此前最高收盘价回撤幅度的面积图，自{first}至{last}。{shape}",
        "alt.rsi": ("{name}相对强弱指标的折线图，自{first}至{last}，虚线为常用的上下界线。{shape}"),
        "alt.ma_distance": (
            "{name}与各条移动平均线偏离程度的折线图，自{first}至{last}，横线表示没有偏离。{shape}"
        ),
        "alt.psy": (
            "{name}的PSY统计量折线图，自{first}至{last}，虚线为临界值，爆炸性阶段以阴影标出。{shape}"
        ),
        "alt.confidence": (
            "{name}每日收盘价的折线图，自{first}至{last}，其下为各尺度的LPPLS置信度，"
            "零线以上为向上泡沫，以下为向下泡沫。{shape}"
        ),
        "alt.unknown": "始于数据之前的阶段不着色。",
        "alt.hill": "最后一个交易日之后的小丘表示泡沫可能何时结束。",
        "shape.top": "曲线收于图中区间的上部。",
        "shape.middle": "曲线收于图中区间的中部。",
        "shape.bottom": "曲线收于图中区间的下部。",
    },
}


def rise_and_fall(language: Language) -> tuple[str, str]:
    """Return the colours of a rise and of a fall, as readers of the language expect them.

    Examples
    --------
    >>> rise_and_fall("en") == rise_and_fall("zh-cn")[::-1]
    True
    """
    return (GREEN, RED) if language == "en" else (RED, GREEN)


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
    *,
    height: int,
    top: int = TOP,
    note: str = "",
    panels: bool = False,
    own: Mapping[Language, Mapping[str, str]] | None = None,
    data: Mapping[str, Sequence[Mapping[str, object]]] | None = None,
) -> Chart:
    """Put the words of each language around what ``draw`` returns for it.

    ``own`` are words of this chart alone, beside those that charts share; ``data`` are many rows
    that it refers to by :func:`named_data`.

    With ``panels``, each of the layers drawn has its own scale of values.
    """
    import altair as alt
    from altair.utils.schemapi import debug_mode

    rows = {"shown": shown.rows, **(data or {})}
    title: dict[Language, str] = {}
    alternative: dict[Language, str] = {}
    spec: dict[Language, dict[str, object]] = {}
    for language, name in names.items():
        words = {**WORDS[language], **(own[language] if own else {})}
        day = format_date(as_of, language)
        title[language] = words[key].format(name=name)
        alternative[language] = words[f"alt.{key}"].format(
            name=name,
            first=month_in_words(shown.first, language),
            last=day,
            shape=words[f"shape.{_third(shown)}"],
        )
        notes = "".join(words[part] for part in (note or f"{key}.note").split()).format(day=day)
        with debug_mode(False):  # Altair's checks take most of its time; the tests make them
            layers = draw(language)
            drawn = alt.LayerChart(layer=list(layers))
            if panels:
                drawn = drawn.resolve_scale(y="independent")
            spec[language] = _finished(drawn, rows, title[language], notes, height, top, language)
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
        "font": FONTS[language],
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
        ("%Y", "%b", "%b %Y") if language == "en" else ("%Y年", "%-m月", "%Y年%-m月")
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


def number_axis(language: Language, *, percent: bool = False) -> alt.Axis:
    """Return the axis of values: percent, or numbers with the large units of the language."""
    import altair as alt

    if percent:
        return alt.Axis(labelExpr="format(datum.value, ',~f')+'%'", tickCount=5, title=None)
    units = [(1e8, "亿"), (1e5, "万")] if language != "en" else [(1e9, "bn"), (1e6, "m")]
    sizes = {"亿": 1e8, "万": 1e4, "bn": 1e9, "m": 1e6}
    expression = "format(datum.value, ',~f')"
    for limit, unit in reversed(units):
        scaled = f"format(datum.value/{sizes[unit]:.0f}, ',~f')+'{unit}'"
        expression = f"datum.value>={limit:.0f} ? {scaled} : {expression}"
    return alt.Axis(labelExpr=expression, tickCount=5, title=None)
