"""The path of prices that levels and ranges are found in: highs and lows, or closes alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from springtide.claims.model import Row, Window
from springtide.language.types import Period
from springtide.market.types import Bars, Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.numerics.levels import Swing, swing_points
from springtide.numerics.series import FloatArray

Field = Literal["high", "low", "close"]


def reversal_of(instrument: Instrument, given: float | None) -> float:
    """Return the fall or rise, in per cent, that makes a swing: more for shares."""
    if given is not None:
        return given
    return 5.0 if instrument.kind in ("index", "etf") else 8.0


def band_of(instrument: Instrument, given: float | None = None) -> float:
    """Return how near to a level, in per cent, a price is at it."""
    if given is not None:
        return given
    return 0.5 if instrument.kind in ("index", "etf") else 1.0


@dataclass(frozen=True)
class Path:
    """Sessions in a row that end on the as-of date, and some before them.

    Where a high or a low is not known, highs and lows are the closes, of all sessions alike: the
    two are never mixed.

    Attributes
    ----------
    bars
        All that the view holds.
    held
        The positions of the sessions, ascending.
    begin
        How many of them stand before the stretch that was asked for.
    by_close
        Whether closes stand for highs and lows.
    """

    bars: Bars
    held: npt.NDArray[np.int64]
    begin: int
    by_close: bool

    @cached_property
    def close(self) -> FloatArray:
        """The closes, one a session."""
        return self.bars.close[self.held]

    @cached_property
    def high(self) -> FloatArray:
        """The highs, one a session."""
        return self.close if self.by_close else self.bars.high[self.held]

    @cached_property
    def low(self) -> FloatArray:
        """The lows, one a session."""
        return self.close if self.by_close else self.bars.low[self.held]

    @property
    def last(self) -> int:
        """The place of the as-of session."""
        return len(self.held) - 1

    def field(self, *, high: bool) -> Field:
        """Return the field of the data that highs, or lows, are."""
        return "close" if self.by_close else "high" if high else "low"

    def day(self, i: int) -> date:
        """Return the day of a session."""
        return rows.day_of(self.bars, int(self.held[i]))

    def row(self, i: int, field: Field = "close") -> Row:
        """Cite a figure of a session."""
        return rows.row(self.bars, int(self.held[i]), field)

    def extreme(self, i: int, *, high: bool) -> Row:
        """Cite the high or the low of a session."""
        return self.row(i, self.field(high=high))

    def swing(self, swing: Swing) -> Row:
        """Cite the price of a swing."""
        return self.extreme(swing.index, high=swing.high)

    def swings(self, reversal: float) -> tuple[Swing, ...]:
        """Return the swings that were confirmed by the as-of date; ``reversal`` in per cent."""
        return swing_points(self.high, self.low, reversal / 100)

    def windows(self, view: View, *, closes: bool = False) -> tuple[Window, ...]:
        """Cite the stretch asked for: all its prices, or its closes alone."""
        stretch = self.held[self.begin :]
        only = closes or self.by_close
        fields: Sequence[Field] = ("close",) if only else ("high", "low", "close")
        return tuple(rows.window(view, self.bars, stretch, field) for field in fields)


def recent(view: View, instrument: Instrument, count: int, before: int = 0) -> Path:
    """Return the last ``count`` sessions, and up to ``before`` more in front of them.

    Raises
    ------
    Missing
        There are not so many, or one is missing.
    """
    stretch = rows.trailing(view, instrument, "close", count)
    rows.check_positive(instrument, view.bars(instrument.id), stretch)
    return _path(view.bars(instrument.id), stretch, before)


def within(view: View, instrument: Instrument, period: Period, before: int = 0) -> Path:
    """Return the sessions from the first of a period to the as-of date, and some in front of them.

    ``last:N:sessions`` are N sessions, the as-of session included; ``span`` begins at its first day
    and runs to the as-of date, since what becomes of a test is known only later.

    Raises
    ------
    Missing
        A session is missing, or the period begins after the as-of date.
    """
    if period.kind == "last" and period.unit in ("sessions", "days"):
        return recent(view, instrument, period.count or 1, before)
    first = rows.first_day(view, instrument, period)
    stretch = rows.stretch(view, instrument, "close", first, view.as_of)
    rows.check_positive(instrument, view.bars(instrument.id), stretch)
    return _path(view.bars(instrument.id), stretch, before)


def until(path: Path, period: Period) -> int:
    """Return the place after the last session of a period in a path that began with it."""
    if period.kind != "span" or period.last is None:
        return len(path.held)
    days = path.bars.dates[path.held]
    return int(np.searchsorted(days, np.datetime64(period.last), side="right"))


def _path(bars: Bars, stretch: npt.NDArray[np.int64], before: int) -> Path:
    """Put sessions in front; prices that are not above zero end what may stand there."""
    earlier = np.flatnonzero(bars.close[: stretch[0]] > 0)[-before:] if before else stretch[:0]
    held = np.concatenate((earlier, stretch))
    by_close = not bool((bars.high[held] > 0).all() and (bars.low[held] > 0).all())
    return Path(bars, held, len(earlier), by_close)
