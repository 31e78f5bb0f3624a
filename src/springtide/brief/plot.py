"""What a chart is made of: panels of marks over one axis, in units of the data and without pixels.

Every chart of a brief is such a :class:`Plot`, one a language, and is drawn by one writer for every
place: as SVG of a fixed size, as SVG that fills a page's width, as PNG, and in a PDF.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Ink = Literal["ink", "soft", "grid", "accent", "band", "red", "green"]
Shape = Literal["circle", "square", "diamond"]
Floats: TypeAlias = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points; ``name`` is what a reader who points at it is told, "" for nothing.

    ``step`` holds each value until the next. ``decimals`` and ``unit`` say how values are told.
    """

    xs: Floats
    ys: Floats
    ink: Ink = "ink"
    width: float = 1.6
    dash: str = ""
    opacity: float = 1.0
    step: bool = False
    name: str = ""
    unit: str = ""
    decimals: int = 2


@dataclass(frozen=True, slots=True)
class Area:
    """What lies between two lines, shaded."""

    xs: Floats
    low: Floats
    high: Floats
    ink: Ink = "accent"
    opacity: float = 0.2
    step: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """Thin columns from zero."""

    xs: Floats
    ys: Floats
    ink: Ink = "ink"
    name: str = ""
    unit: str = ""
    decimals: int = 2


@dataclass(frozen=True, slots=True)
class Shade:
    """A stretch of the axis, shaded from top to bottom; ``sign`` stands at its top."""

    first: float
    last: float
    ink: Ink
    sign: str = ""
    opacity: float = 0.12


@dataclass(frozen=True, slots=True)
class Belt:
    """A range of values, shaded from side to side."""

    low: float
    high: float
    ink: Ink = "accent"
    opacity: float = 0.12


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line through the panel: at a place of the axis, or ``across`` at a value."""

    at: float
    ink: Ink = "soft"
    dash: str = "3 3"
    across: bool = False
    width: float = 1.2


@dataclass(frozen=True, slots=True)
class Points:
    """Single marks."""

    xs: Floats
    ys: Floats
    shape: Shape = "circle"
    ink: Ink = "ink"
    size: float = 4.0


@dataclass(frozen=True, slots=True)
class Label:
    """Words in the panel: at a place of the axis, and beside a value or (None) at the top."""

    x: float
    y: float | None
    text: str
    ink: Ink = "ink"
    side: Literal["left", "right"] = "right"


Mark: TypeAlias = Line | Area | Columns | Shade | Belt | Rule | Points | Label
Tick: TypeAlias = tuple[float, str]


@dataclass(frozen=True, slots=True)
class Panel:
    """Marks over one scale of values, from the back to the front.

    ``height`` is in pixels of a screen; ``unit`` stands above the scale.
    """

    height: float
    low: float
    high: float
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    unit: str = ""
    log: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """One line of a legend."""

    text: str
    ink: Ink = "ink"
    dash: str = ""


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart in one language.

    Attributes
    ----------
    title, note
        What it shows, and how it is to be read.
    first, last
        The ends of the axis: days since 1970 where it is ``dated``, else sessions.
    ticks
        Where the axis is labelled.
    panels
        From the top.
    keys
        The legend; none where the note says it all.
    dated
        Whether the axis is of days.
    evidence
        Where the values are from: told to who points at them.
    """

    title: str
    note: str
    first: float
    last: float
    ticks: tuple[Tick, ...]
    panels: tuple[Panel, ...]
    keys: tuple[Key, ...] = ()
    dated: bool = True
    evidence: str = ""

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks of all panels."""
        return tuple(mark for panel in self.panels for mark in panel.marks)
