"""What the charts of a brief share: colours, words, thinning, axes, marks and their assembly."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from springtide.brief.model import Chart
from springtide.brief.plot import (
    Floats,
    Ink,
    Key,
    Line,
    Mark,
    Panel,
    Plot,
    Points,
    Rule,
    Shade,
    Tick,
)
from springtide.errors import DataError
from springtide.language.format import axis_units, format_number
from springtide.language.messages import Day, Given, message, say
from springtide.language.types import Colours, Language

FloatArray = npt.NDArray[np.float64]
DateArray = npt.NDArray[np.datetime64]
Names = Mapping[Language, str]

MOST_POINTS = 1500
_EPOCH = date(1970, 1, 1)
_STEPS = (1, 2, 3, 6, 12, 24, 36, 60, 120, 240, 1200)
"""Months between the labels of an axis of days."""

_COLOURS: ContextVar[Colours | None] = ContextVar("colours", default=None)


@contextmanager
def coloured(colours: Colours | None) -> Iterator[None]:
    """Have the charts drawn inside coloured one way, whatever their language; None lets it choose.

    Examples
    --------
    >>> with coloured("red-up"):
    ...     rise_and_fall("en") == ("red", "green")
    True
    """
    token = _COLOURS.set(colours)
    try:
        yield
    finally:
        _COLOURS.reset(token)


def rise_and_fall(language: Language) -> tuple[Ink, Ink]:
    """Return the colours of a rise and of a fall, as readers of the language expect them.

    Examples
    --------
    >>> rise_and_fall("en") == rise_and_fall("zh-hk") == rise_and_fall("zh-cn")[::-1]
    True
    """
    colours = _COLOURS.get() or say("charts.colours", language)
    return ("red", "green") if colours == "red-up" else ("green", "red")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a chart shows: its lines by key, their ends, and where the first one ends."""

    series: Mapping[str, tuple[Floats, Floats]]
    first: date
    last: date
    low: float
    high: float
    end: float

    @property
    def xs(self) -> Floats:
        """Days of the first line."""
        return next(iter(self.series.values()))[0]

    @property
    def ys(self) -> Floats:
        """Values of the first line."""
        return next(iter(self.series.values()))[1]


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


def place(day: date) -> float:
    """Return where a day lies on an axis of days.

    Examples
    --------
    >>> place(date(1970, 1, 31))
    30.0
    """
    return float((day - _EPOCH).days)


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


def cut(
    dates: DateArray, series: Mapping[str, FloatArray], as_of: date, years: int | date
) -> Shown:
    """Cut series to the years shown, without missing values, thinned to what a line can show.

    ``years`` may be the first day shown.
    """
    first = years if isinstance(years, date) else years_before(as_of, years)
    start = np.datetime64(first)
    lines: dict[str, tuple[Floats, Floats]] = {}
    for key, values in series.items():
        there = np.isfinite(values) & (dates >= start) & (dates <= np.datetime64(as_of))
        days_there, values_there = dates[there], values[there]
        kept = thin(values_there, MOST_POINTS // len(series))
        days = days_there[kept].astype("datetime64[D]").astype(np.int64).astype(np.float64)
        lines[key] = tuple(days.tolist()), tuple(values_there[kept].round(6).tolist())
    every = [value for _, ys in lines.values() for value in ys]
    if not every:
        raise DataError(f"Nothing to draw between {start} and {as_of}: no value in these years")
    days_shown = [xs for xs, _ in lines.values() if xs]
    end = next(ys[-1] for _, ys in lines.values() if ys)
    return Shown(
        lines,
        _day(min(xs[0] for xs in days_shown)),
        _day(max(xs[-1] for xs in days_shown)),
        min(every),
        max(every),
        end,
    )


def _day(at: float) -> date:
    return _EPOCH + timedelta(days=int(at))


def years_before(day: date, years: int) -> date:
    """Return the same day so many years before."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def clipped(spans: Sequence[Span], shown: Shown) -> list[Span]:
    """Return the phases that reach into what is shown, cut to it."""
    cut = [replace(s, first=max(s.first, shown.first), last=min(s.last, shown.last)) for s in spans]
    return [span for span in cut if span.first < span.last]


@dataclass(frozen=True, slots=True)
class Axis:
    """The ends and the labels of an axis that is not of days; a label may have two lines."""

    first: float
    last: float
    ticks: Callable[[Language], tuple[Tick, ...]]


def chart(
    key: str,
    shown: Shown,
    as_of: date,
    names: Names,
    draw: Callable[[Language], Sequence[Panel]],
    words: Words,
    *,
    values: Mapping[str, Given] = MappingProxyType({}),
    keys: Callable[[Language], Sequence[Key]] = lambda _: (),
    axis: Axis | None = None,
    evidence: Callable[[Language], str] = lambda _: "",
) -> Chart:
    """Put the words of each language around the panels that ``draw`` returns for it.

    ``words`` are its title, its note and what it shows in words, which are given the ``name``, the
    first month and the last day shown, where its line ends, the as-of ``day``, and ``values``.
    Without an ``axis`` of its own it is one of days.
    """
    title: dict[Language, str] = {}
    alternative: dict[Language, str] = {}
    plot: dict[Language, Plot] = {}
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
        if axis is None:
            first, last = place(shown.first), place(shown.last)
            ticks = month_ticks(shown.first, shown.last, language)
        else:
            first, last = axis.first, axis.last
            ticks = axis.ticks(language)
        plot[language] = Plot(
            title[language],
            say(words.note, language, **given),
            first,
            last,
            ticks,
            tuple(draw(language)),
            tuple(keys(language)),
            axis is None,
            evidence(language),
        )
    return Chart(key, title, alternative, plot)


def _third(shown: Shown) -> str:
    span = shown.high - shown.low
    place = (shown.end - shown.low) / span if span > 0 else 0.5
    return "top" if place > 2 / 3 else "middle" if place > 1 / 3 else "bottom"


def panel(
    height: float,
    marks: Sequence[Mark],
    low: float,
    high: float,
    language: Language,
    *,
    unit: str = "",
    ticks: Sequence[float] | None = None,
    about: int = 5,
    fixed: bool = False,
    unsigned: bool = False,
    log: bool = False,
) -> Panel:
    """Return a panel whose scale holds the values from ``low`` to ``high``.

    Parameters
    ----------
    height
        In pixels of a screen.
    unit
        What stands above the scale; ``%`` stands behind each of its numbers.
    ticks
        Where it is labelled; at ``about`` so many round numbers where not given.
    fixed
        Whether it ends at the values given; else there is a little room beyond them.
    unsigned
        Whether values below zero are labelled by their size.
    log
        Whether its scale is logarithmic.
    """
    if not high > low:
        low, high = low - 0.5 * abs(low or 1.0), high + 0.5 * abs(high or 1.0)
    if not fixed:
        room = 0.04 * (high - low)
        low, high = (low / 1.03 if log else low - room), high + room
    at = ticks if ticks is not None else round_numbers(low, high, about)
    labels = _labels(at, language, "%" if unit == "%" else "", unsigned=unsigned)
    shown = "" if unit == "%" else unit
    return Panel(height, low, high, tuple(zip(at, labels, strict=True)), tuple(marks), shown, log)


def round_numbers(low: float, high: float, about: int) -> tuple[float, ...]:
    """Return about so many round numbers within a range.

    Examples
    --------
    >>> round_numbers(2911, 5430, 5)
    (3000.0, 3500.0, 4000.0, 4500.0, 5000.0)
    """
    rough = (high - low) / about
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * one for one in (1, 2, 2.5, 5, 10) if size * one >= rough * 0.85)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return tuple(round(k * step, 10) for k in range(first, last + 1))


def _labels(
    values: Sequence[float], language: Language, sign: str, *, unsigned: bool
) -> tuple[str, ...]:
    """Write numbers with as many decimals as one needs, and with large units where all allow it."""
    size, word = 1.0, ""
    most = max((abs(value) for value in values), default=0.0)
    for limit, one, name in axis_units(language):
        if most >= limit:
            size, word = one, name
    scaled = [(abs(value) if unsigned else value) / size for value in values]
    decimals = max((_decimals(value) for value in scaled), default=0)
    return tuple(
        format_number(value, decimals, language) + (word if value else "") + sign
        for value in scaled
    )


def _decimals(value: float) -> int:
    return len(f"{value:.4f}".rstrip("0").partition(".")[2])


def line(shown: Shown, name: str = "", unit: str = "", decimals: int = 2) -> Line:
    """Draw what is shown as one line."""
    return Line(shown.xs, shown.ys, name=name, unit=unit, decimals=decimals)


def marks(shown: Shown, as_of: date) -> tuple[Mark, ...]:
    """Mark the as-of date and the last value."""
    return as_of_rule(as_of), Points((place(shown.last),), (shown.end,))


def as_of_rule(as_of: date) -> Rule:
    """Mark the as-of date by a dashed line."""
    return Rule(place(as_of))


def phase_shades(spans: Sequence[Span], language: Language) -> list[Mark]:
    """Shade phases, and mark each that is wide enough with a triangle that points its way."""
    if not spans:
        return []
    rise, fall = rise_and_fall(language)
    total = (spans[-1].last - spans[0].first).days
    return [
        Shade(
            place(span.first),
            place(span.last),
            rise if span.rising else fall,
            ("▲" if span.rising else "▼") if (span.last - span.first).days * 25 > total else "",
        )
        for span in spans
    ]


def month_ticks(first: date, last: date, language: Language, most: int = 6) -> tuple[Tick, ...]:
    """Return the labels of an axis of days: starts of months at a round step, or days of one.

    The first label and every January name the year.

    Examples
    --------
    >>> [text for _, text in month_ticks(date(2024, 11, 5), date(2025, 3, 1), "en")]
    ['Dec 2024', 'Jan 2025', 'Feb', 'Mar']
    """
    start, stop = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    if first.day > 1:
        start += 1
    step = next(step for step in _STEPS if (stop - start) // step < most)
    months = [month for month in range(start, stop + 1) if month % step == 0]
    if len(months) < 2:
        return _day_ticks(first, last, language)
    made = []
    for number, month in enumerate(months):
        day = date(month // 12, month % 12 + 1, 1)
        if step % 12 == 0:
            text = say("charts.axis-year", language, year=str(day.year))
        elif number == 0 or day.month == 1:
            text = month_and_year(day, language)
        else:
            text = say("charts.axis-month", language, month=_month(day))
        made.append((place(day), text))
    return tuple(made)


def month_and_year(day: date, language: Language) -> str:
    """Return the month and year of a day as axes write them.

    Examples
    --------
    >>> [month_and_year(date(2025, 6, 3), each) for each in ("en", "zh-hk")]
    ['Jun 2025', '2025年6月']
    """
    return say("charts.axis-both", language, year=str(day.year), month=_month(day))


def _month(day: date) -> str:
    return str(day.month)


def _day_ticks(first: date, last: date, language: Language) -> tuple[Tick, ...]:
    """Return labels of days where less than two months are shown."""
    days = (last - first).days
    step = max(1, round(days / 4))
    return tuple(
        (
            place(day),
            say("charts.axis-day", language, month=_month(day), day=str(day.day)),
        )
        for day in (first + timedelta(days=k) for k in range(0, days + 1, step))
    )
