"""Bull and bear phases of a price series, dated by what was known at each point.

The threshold filter of Lunde and Timmermann: a bull phase ends at a peak from which the price has
fallen by at least the ``down`` threshold, a bear phase at a trough from which it has risen by at
least the ``up`` threshold. A phase becomes known only at the price that crosses the threshold,
which is kept with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from springtide.numerics.series import FloatArray, as_prices

PhaseKind = Literal["bull", "bear"]

_ROUNDING = 1e-12
"""A move of exactly the threshold counts, also where the product is off in its last digits."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A bull phase (trough to peak) or a bear phase (peak to trough).

    Attributes
    ----------
    kind
        ``bull`` or ``bear``.
    start, end
        Indices of its first and last extreme. A running phase ends at its extreme so far.
    confirmed
        Index of the price that crossed the threshold: before it nobody could know of this phase.
        It is also where the end of the phase before became known.
    gain
        Change from ``start`` to ``end`` as a fraction, negative for a bear phase.
    setback
        The largest move against the phase between ``start`` and ``end`` as a fraction: the deepest
        fall below a peak so far inside a bull phase (zero or negative), the highest rise above a
        trough so far inside a bear phase (zero or positive). What came after the extreme of a
        running phase is not part of it.
    running
        Whether it has not been ended by a phase that is known.
    """

    kind: PhaseKind
    start: int
    end: int
    confirmed: int
    gain: float
    setback: float
    running: bool

    @property
    def sessions(self) -> int:
        """Number of steps from ``start`` to ``end``."""
        return self.end - self.start


def date_phases(close: npt.ArrayLike, up: float = 0.20, down: float = 0.20) -> tuple[Phase, ...]:
    """Date the bull and bear phases of a price series.

    Only what is known at the last price goes in. Nothing is returned for the stretch before the
    first phase: until a threshold is crossed the state is undetermined, and the first phase starts
    at the lowest (bull) or highest (bear) price seen by then, which may lie later than where the
    move began before the data.

    Parameters
    ----------
    close
        Prices, shape (n,), above zero. A NaN is passed over: it is no extreme and crosses nothing,
        and it counts as an element in indices and ``sessions``.
    up
        Rise from a trough, as a fraction, that makes a bull phase; above zero. Reaching it exactly
        is enough.
    down
        Fall from a peak, as a fraction, that makes a bear phase; between zero and one.

    Returns
    -------
    tuple[Phase, ...]
        In order, bull and bear in turn, each starting where the one before ends; the last is
        running. Empty while the state is undetermined. Of equal extremes the latest counts.

    Raises
    ------
    ValueError
        The series is not one-dimensional, or holds an infinite, zero or negative price; a
        threshold is out of its range.

    References
    ----------
    A. Lunde and A. Timmermann (2004), "Duration Dependence in Stock Prices: An Analysis of Bull and
    Bear Markets", *Journal of Business & Economic Statistics* 22(3), 253-273,
    doi:10.1198/073500104000000136.

    Examples
    --------
    >>> for phase in date_phases([100.0, 90.0, 108.0, 150.0, 135.0, 144.0, 119.0, 110.0]):
    ...     print(phase.kind, phase.start, phase.end, phase.confirmed, round(phase.gain, 3))
    bull 1 3 2 0.667
    bear 3 7 6 -0.267
    """
    prices = as_prices(close)
    if not up > 0:
        raise ValueError(f"up must be above zero, not {up}")
    if not 0 < down < 1:
        raise ValueError(f"down must be between zero and one, not {down}")
    turns, extreme = _turns(prices, up, down)
    if not turns:
        return ()
    ends = [turn.extreme for turn in turns[1:]] + [extreme]
    return tuple(
        _phase(prices, turn, end, running=turn is turns[-1])
        for turn, end in zip(turns, ends, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Turn:
    """A phase of ``kind`` that starts at ``extreme`` and became known at ``confirmed``."""

    kind: PhaseKind
    extreme: int
    confirmed: int


def _turns(prices: FloatArray, up: float, down: float) -> tuple[list[_Turn], int]:
    """Return the starts of all known phases, and the extreme so far of the last one."""
    rise = 1 + up * (1 - _ROUNDING)
    fall = 1 - down * (1 - _ROUNDING)
    turns: list[_Turn] = []
    kind: PhaseKind | None = None
    high = low = 0
    highest, lowest = 0.0, float("inf")
    for i, price in enumerate(prices.tolist()):
        if kind != "bear" and price >= highest:
            high, highest = i, price
        if kind != "bull" and price <= lowest:
            low, lowest = i, price
        if kind != "bull" and price >= rise * lowest:
            kind = "bull"
            turns.append(_Turn(kind, extreme=low, confirmed=i))
            high, highest = i, price
        elif kind != "bear" and price <= fall * highest:
            kind = "bear"
            turns.append(_Turn(kind, extreme=high, confirmed=i))
            low, lowest = i, price
    return turns, high if kind == "bull" else low


def _phase(prices: FloatArray, turn: _Turn, end: int, *, running: bool) -> Phase:
    """Measure a phase between its extremes."""
    path = prices[turn.extreme : end + 1]
    if turn.kind == "bull":
        setback = np.fmin.reduce(path / np.fmax.accumulate(path) - 1)
    else:
        setback = np.fmax.reduce(path / np.fmin.accumulate(path) - 1)
    return Phase(
        kind=turn.kind,
        start=turn.extreme,
        end=end,
        confirmed=turn.confirmed,
        gain=float(path[-1] / path[0] - 1),
        setback=float(setback),
        running=running,
    )
