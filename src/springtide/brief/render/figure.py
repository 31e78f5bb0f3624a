"""A chart in a page: drawn to the page's width, with its values for who points at it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise

from springtide.brief.model import Chart
from springtide.brief.plot import Area, Columns, Line, Panel, Plot
from springtide.brief.render.images import named
from springtide.brief.render.svg import fluid_svg
from springtide.claims.page import safe
from springtide.language.messages import say
from springtide.language.types import Language


def figure_html(chart: Chart, language: Language) -> str:
    """Return a chart as a figure of a page: title, legend, drawing, and how it is read.

    Its values lie beside it as JSON, which the page's script shows to who points at it; without
    the script the figure is whole. In a page of several languages the numbers stand once, with the
    first.
    """
    plot = chart.plot[language]
    first = next(iter(chart.plot))
    shared = language != first and _numbers(chart.plot[first]) == _numbers(plot)
    keys = "".join(
        f'<span class="key"><svg width="28" height="10"><line class="{key.ink}-l" x2="28" y1="5" '
        f'y2="5" stroke-width="2" stroke-dasharray="{key.dash}"/></svg>{safe(key.text)}</span>'
        for key in plot.keys
    )
    legend = f'<div class="keys">{keys}</div>' if keys else ""
    svg = named(fluid_svg(plot), chart, language)
    return (
        f'<figure class="chart" data-chart="{chart.key}"><h3>{safe(plot.title)}</h3>{legend}'
        f'<div class="drawn">{svg}<div class="told" role="status" hidden></div></div>'
        f"<figcaption>{safe(plot.note)}</figcaption>"
        f'<script type="application/json">{_values(plot, language, shared=shared)}</script>'
        "</figure>"
    )


_Told = Line | Columns | Area


def _named(panel: Panel) -> list[_Told]:
    return [mark for mark in panel.marks if isinstance(mark, Line | Columns | Area) and mark.name]


def _numbers(plot: Plot) -> list[list[dict[str, object]]]:
    """Return the numbers of the named lines, panel after panel: the same in every language."""
    return [[_drawn(mark) for mark in _named(panel)] for panel in plot.panels]


def _values(plot: Plot, language: Language, *, shared: bool) -> str:
    """Return the plot's scale and the values of its named lines as JSON.

    ``shared`` says that the numbers of the lines stand with the first language.
    """
    panels = []
    for panel in plot.panels:
        lines = [_line(mark) if shared else _line(mark) | _drawn(mark) for mark in _named(panel)]
        panels.append(
            {"low": panel.low, "high": panel.high, "height": panel.height, "lines": lines}
        )
    document = {
        "first": plot.first,
        "last": plot.last,
        "dated": plot.dated,
        "all": say("charts.all", language),
        "axis": say("charts.sessions", language),
        "evidence": plot.evidence,
        "panels": panels,
        "shared": shared,
    }
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def _line(mark: _Told) -> dict[str, object]:
    return {
        "name": mark.name,
        "unit": "" if isinstance(mark, Area) else mark.unit,
        "decimals": _decimals(mark),
        "step": mark.step if isinstance(mark, Line | Area) else False,
    }


def _drawn(mark: _Told) -> dict[str, object]:
    values = (mark.low, mark.high) if isinstance(mark, Area) else (mark.ys,)
    return {"x": _steps(mark.xs), "y": [_rounded(one, _decimals(mark)) for one in values]}


def _decimals(mark: _Told) -> int:
    return 2 if isinstance(mark, Area) else mark.decimals


def _steps(xs: Sequence[float]) -> list[float]:
    """Return the first place and the step to each that follows: small numbers, short to write."""
    places = [round(x, 2) for x in xs]
    return places[:1] + [_plain(b - a) for a, b in pairwise(places)]


def _rounded(values: Sequence[float], decimals: int) -> list[float]:
    return [_plain(round(value, decimals)) for value in values]


def _plain(value: float) -> float:
    return int(value) if value == int(value) else round(value, 6)
