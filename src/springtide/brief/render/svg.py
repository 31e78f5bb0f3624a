"""The one writer of charts: a plot as SVG of a fixed size, or as SVG that fills a page's width.

Of a fixed size it carries its title, its note and its colours, for an image file, a PNG, a PDF.
That which fills a width leaves title, note and colours to the page; its labels keep their size on
every screen, as they are placed by shares of the width, and its lines by a view box that stretches.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from springtide.brief.plot import (
    Area,
    Belt,
    Columns,
    Floats,
    Ink,
    Key,
    Label,
    Line,
    Mark,
    Panel,
    Plot,
    Points,
    Rule,
    Shade,
)
from springtide.brief.render.fitting import broken, text_width

INKS: Mapping[Ink, str] = {
    "ink": "#1e293b",
    "soft": "#5b6b80",
    "grid": "#e2e8f0",
    "accent": "#b45309",
    "band": "#94a3b8",
    "red": "#c8102e",
    "green": "#0f8b6d",
}
PAPER = "#ffffff"
GUTTER = 54.0
"""Pixels at the right of a plot that fills a width, where its scales are labelled."""

_GAP, _TOP, _FOOT = 20.0, 16.0, 22.0
"""Pixels between panels, above the first, and below the last."""

_NARROWEST = 280.0
"""Pixels of the narrowest plot in which no two labels of the axis may touch."""

_STRETCHED = 10_000.0
_SHAPES = {"square": "M-4-4H4V4H-4Z", "diamond": "M0-5.2L5.2 0L0 5.2L-5.2 0Z"}


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where a plot lies: its left edge, its width and its top; a width of 0 fills the page's."""

    plot: Plot
    left: float
    width: float
    top: float
    size: float

    @property
    def fluid(self) -> bool:
        return self.width == 0

    def share(self, x: float) -> float:
        """Return where a place of the axis lies, from 0 to 1."""
        span = self.plot.last - self.plot.first
        return (x - self.plot.first) / span if span else 0.5

    def across(self, x: float) -> str:
        """Return a horizontal place of a label or a point."""
        share = self.share(x)
        return f"{_short(100 * share)}%" if self.fluid else _short(self.left + share * self.width)

    @property
    def right(self) -> str:
        return "100%" if self.fluid else _short(self.left + self.width)

    def line_x(self, x: float) -> float:
        """Return a horizontal place in the coordinates of lines."""
        scale = _STRETCHED if self.fluid else self.width
        return (0.0 if self.fluid else self.left) + self.share(x) * scale


def fixed_svg(plot: Plot, fonts: str, *, width: float = 480.0, size: float = 15.0) -> str:
    """Draw a plot as an SVG document of its own.

    Parameters
    ----------
    plot
        What to draw.
    fonts
        The families its words are set in, the first choice first.
    width
        Of the image, in its own units.
    size
        Of its labels, in the same units.

    Returns
    -------
    str
        The document, with its title and note, on white.
    """
    head = broken(plot.title, width - 8, size * 1.15)
    note = broken(plot.note, width - 8, size * 0.92)
    keys = _key_rows(plot.keys, width, size)
    parts = []
    y = size * 0.4
    for text in head:
        y += size * 1.4
        parts.append(
            _text(
                text, "4", y, "ink", extra=f' font-size="{_short(size * 1.15)}" font-weight="600"'
            )
        )
    for text in note:
        y += size * 1.3
        parts.append(_text(text, "4", y, "soft", extra=f' font-size="{_short(size * 0.92)}"'))
    for row in keys:
        y += size * 1.5
        parts += row(y)
    top = y + size
    left = 6.0
    gutter = 10 + max(
        (text_width(text, size) for panel in plot.panels for _, text in panel.ticks), default=0
    )
    frame = _Frame(plot, left, width - left - gutter, top, size)
    body, height = _body(frame)
    inks = "".join(
        f".{name}{{fill:{colour}}}.{name}-l{{stroke:{colour}}}"
        for name, colour in INKS.items()
        if f'"{name}"' in body + "".join(parts) or f'{name}-l"' in body + "".join(parts)
    )
    style = f"<style>path,line{{fill:none}}.grid-l{{stroke:{INKS['grid']}}}{inks}</style>"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_short(width * 1.25)}" '
        f'height="{_short(height * 1.25)}" viewBox="0 0 {_short(width)} {_short(height)}" '
        f'font-family="{escape(fonts)}" font-size="{_short(size)}">{style}'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>{"".join(parts)}{body}</svg>'
    )


def fluid_svg(plot: Plot) -> str:
    """Draw a plot as SVG that fills the width it is given, to stand in a page of ours.

    The page colours it by its classes and leaves :data:`GUTTER` free at its right.
    """
    body, height = _body(_Frame(plot, 0.0, 0.0, 0.0, 12.0))
    return (
        f'<svg class="plot" width="100%" height="{_short(height)}" overflow="visible">{body}</svg>'
    )


def _body(frame: _Frame) -> tuple[str, float]:
    """Return the panels and the axis, and where they end."""
    parts: list[str] = []
    y = frame.top + _TOP
    bottom = y
    for number, panel in enumerate(frame.plot.panels):
        y = bottom + (_GAP if number else 0.0)
        parts += _panel(frame, panel, y)
        bottom = y + panel.height
    parts += _axis(frame, bottom)
    rows = max((text.count("\n") for _, text in frame.plot.ticks), default=0)
    return "".join(parts), bottom + (_FOOT / 12 + rows) * frame.size


def _axis(frame: _Frame, bottom: float) -> Iterator[str]:
    """Yield the labels of the axis; one that would touch the one before is left out."""
    yield _level(frame, bottom)
    width = frame.width or _NARROWEST
    free = -math.inf
    for at, text in frame.plot.ticks:
        share = frame.share(at)
        if not 0 <= share <= 1:
            continue
        rows = text.split("\n")
        long = max(text_width(row, frame.size) for row in rows)
        anchor, start = "middle", share * width - long / 2
        if start < 0:
            anchor, start = "start", share * width
        elif start + long > width + frame.size * 2:  # the gutter has room for half a label
            anchor, start = "end", share * width - long
        if start < free:
            continue
        free = start + long + frame.size / 2
        x = frame.across(at)
        ends = f'y1="{_short(bottom)}" y2="{_short(bottom + 4)}"'
        yield f'<line class="grid-l" data-axis="x" x1="{x}" x2="{x}" {ends}/>'
        for number, row in enumerate(rows, 1):
            y = bottom + 4 + 1.05 * number * frame.size
            yield _text(row, x, y, "soft", anchor=anchor, extra=' data-axis="x"')


def _panel(frame: _Frame, panel: Panel, top: float) -> Iterator[str]:
    """Yield one panel: scale, then lines, then points and words."""
    bottom = top + panel.height
    span = _height(panel, panel.high) - _height(panel, panel.low)

    def down(value: float) -> float:
        return top + panel.height * (1 - (_height(panel, value) - _height(panel, panel.low)) / span)

    gutter = f'dx="6" x="{frame.right}"'
    if panel.unit:
        yield _text(panel.unit, frame.right, top - 5, "soft", anchor="end")
    for value, label in panel.ticks:
        y = down(value)
        if not top - 0.5 <= y <= bottom + 0.5:
            continue
        yield _level(frame, y, ' data-axis="y"')
        yield (
            f'<text class="soft" data-axis="y" {gutter} y="{_short(y + 0.35 * frame.size)}">'
            f"{escape(label)}</text>"
        )
    strokes = "".join(_stroke(frame, mark, top, bottom, down) for mark in panel.marks)
    if frame.fluid:
        box = f"0 0 {_STRETCHED:.0f} {_short(10 * panel.height)}"
        strokes = (
            f'<svg class="lines" y="{_short(top)}" width="100%" height="{_short(panel.height)}" '
            f'viewBox="{box}" preserveAspectRatio="none">{strokes}</svg>'
        )
    yield strokes
    for mark in panel.marks:
        yield from _words(frame, mark, top, down)


def _level(frame: _Frame, y: float, extra: str = "") -> str:
    """Return a line of the grid."""
    left, at = "0" if frame.fluid else _short(frame.left), _short(y)
    return f'<line class="grid-l"{extra} x1="{left}" x2="{frame.right}" y1="{at}" y2="{at}"/>'


def _height(panel: Panel, value: float) -> float:
    return math.log(value) if panel.log else value


def _stroke(
    frame: _Frame, mark: Mark, top: float, bottom: float, down: Callable[[float], float]
) -> str:
    """Return what of a mark is line or surface, "" for a point or a word."""

    def y(value: float) -> float:
        return 10 * (down(value) - top) if frame.fluid else down(value)

    ends = (0.0, 10 * (bottom - top)) if frame.fluid else (top, bottom)
    sides = (frame.line_x(frame.plot.first), frame.line_x(frame.plot.last))
    match mark:
        case Line():
            return _path(
                frame,
                _through(frame, mark.xs, mark.ys, y, step=mark.step),
                mark.ink,
                mark.width,
                mark.dash,
                mark.opacity,
            )
        case Area():
            there = _through(frame, mark.xs, mark.high, y, step=mark.step)
            back = _through(frame, mark.xs, mark.low, y, step=mark.step)[::-1]
            d = f"{_traced(frame, [*there, *back])}Z"
            return f'<path class="{mark.ink}" d="{d}" opacity="{mark.opacity}"/>'
        case Columns():
            zero = y(0.0)
            d = "".join(
                f"M{_round(frame.line_x(x))} {_round(zero)}V{_round(y(value))}"
                for x, value in zip(mark.xs, mark.ys, strict=True)
            )
            return f'<path class="{mark.ink}-l" d="{d}" stroke-width="1.3"{_still(frame)}/>'
        case Shade():
            first, last = frame.line_x(mark.first), frame.line_x(mark.last)
            return _box(first, ends[0], last - first, ends[1] - ends[0], mark.ink, mark.opacity)
        case Belt():
            high, low = y(mark.high), y(mark.low)
            return _box(sides[0], high, sides[1] - sides[0], low - high, mark.ink, mark.opacity)
        case Rule():
            points = (
                [(sides[0], y(mark.at)), (sides[1], y(mark.at))]
                if mark.across
                else [(frame.line_x(mark.at), end) for end in ends]
            )
            return _path(frame, points, mark.ink, mark.width, mark.dash, 1.0)
        case _:
            return ""


def _words(frame: _Frame, mark: Mark, top: float, down: Callable[[float], float]) -> Iterator[str]:
    """Yield what of a mark is a point or a word, which no stretching may deform."""
    match mark:
        case Points():
            for x, value in zip(mark.xs, mark.ys, strict=True):
                yield _point(frame, mark, x, value, down(value))
        case Shade() if mark.sign:
            middle = (mark.first + mark.last) / 2
            extra = f' data-x="{_short(middle)}"'
            yield _text(
                mark.sign, frame.across(middle), top + 11, mark.ink, anchor="middle", extra=extra
            )
        case Label():
            y = top + frame.size if mark.y is None else down(mark.y) - 4
            anchor, dx = ("end", "-6") if mark.side == "left" else ("start", "6")
            extra = f' dx="{dx}"' + ("" if mark.y is None else f' data-y="{_short(mark.y)}"')
            if mark.x > frame.plot.first:
                extra += f' data-x="{_short(mark.x)}"'
            yield _text(mark.text, frame.across(mark.x), y, mark.ink, anchor=anchor, extra=extra)


def _point(frame: _Frame, mark: Points, x: float, value: float, y: float) -> str:
    at = f'data-x="{_short(x)}" data-y="{_short(value)}"'
    if mark.shape == "circle":
        return (
            f'<circle class="point {mark.ink}" {at} cx="{frame.across(x)}" cy="{_short(y)}" '
            f'r="{_short(mark.size)}"/>'
        )
    return (
        f'<svg class="point" {at} x="{frame.across(x)}" y="{_short(y)}" overflow="visible">'
        f'<path class="{mark.ink}" d="{_SHAPES[mark.shape]}"/></svg>'
    )


def _through(
    frame: _Frame, xs: Floats, ys: Floats, y: Callable[[float], float], *, step: bool
) -> list[tuple[float, float]]:
    points = [(frame.line_x(x), y(value)) for x, value in zip(xs, ys, strict=True)]
    if not step:
        return points
    out = points[:1]
    for (_, before), (x, value) in pairwise(points):
        out += [(x, before), (x, value)]
    return out


def _path(
    frame: _Frame,
    points: Sequence[tuple[float, float]],
    ink: Ink,
    width: float,
    dash: str,
    opacity: float,
) -> str:
    shown = _still(frame) + (f' stroke-dasharray="{dash}"' if dash else "")
    shown += f' opacity="{opacity}"' if opacity != 1 else ""
    return (
        f'<path class="{ink}-l" d="{_traced(frame, points)}" stroke-width="{width}" '
        f'stroke-linejoin="round"{shown}/>'
    )


def _still(frame: _Frame) -> str:
    return ' vector-effect="non-scaling-stroke"' if frame.fluid else ""


def _traced(frame: _Frame, points: Sequence[tuple[float, float]]) -> str:
    """Return a path through points, each told from the one before, to a tenth of a pixel."""
    if not points:
        return ""
    fine = 1 if frame.fluid else 10  # what fills a width counts in tenths already
    places = [(round(fine * x), round(fine * y)) for x, y in points]
    out = [f"M{places[0][0] / fine:g} {places[0][1] / fine:g}l"]
    for (x, y), (to_x, to_y) in pairwise(places):
        down = (to_y - y) / fine
        out.append(f"{(to_x - x) / fine:g}{'' if down < 0 else ' '}{down:g} ")
    return "".join(out).strip()


def _box(x: float, y: float, width: float, height: float, ink: Ink, opacity: float) -> str:
    return (
        f'<rect class="{ink}" x="{_short(x)}" y="{_short(y)}" width="{_short(max(width, 0.0))}" '
        f'height="{_short(max(height, 0.0))}" opacity="{opacity}"/>'
    )


def _text(text: str, x: str, y: float, ink: Ink, *, anchor: str = "start", extra: str = "") -> str:
    turned = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text class="{ink}" x="{x}" y="{_short(y)}"{turned}{extra}>{escape(text)}</text>'


def _swatch(x: float, y: float, key: Key) -> str:
    dash = f' stroke-dasharray="{key.dash}"' if key.dash else ""
    return (
        f'<line class="{key.ink}-l" x1="{_short(x)}" x2="{_short(x + 26)}" y1="{_short(y)}" '
        f'y2="{_short(y)}" stroke-width="2"{dash}/>'
    )


def _key_rows(keys: Sequence[Key], width: float, size: float) -> list[Callable[[float], list[str]]]:
    """Return the rows of a legend, each as it is drawn at a height."""
    rows: list[list[tuple[float, Key]]] = []
    x = math.inf
    for key in keys:
        long = 34 + text_width(key.text, size) + 14
        if x + long > width:
            rows.append([])
            x = 4.0
        rows[-1].append((x, key))
        x += long

    def drawn(row: list[tuple[float, Key]]) -> Callable[[float], list[str]]:
        def at(y: float) -> list[str]:
            out = []
            for x, key in row:
                out += [_swatch(x, y - size * 0.32, key), _text(key.text, _short(x + 32), y, "ink")]
            return out

        return at

    return [drawn(row) for row in rows]


def _short(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _round(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
