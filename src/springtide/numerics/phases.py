"""Bull and bear phases of a price series, dated by what was known at each point.

The threshold filter of Lunde and Timmermann: a bull phase ends at a peak from which the price has
fallen by at least the ``down`` threshold, a bear phase at a trough from which it has risen by at
least the ``up`` threshold. A phase becomes known only at the price that crosses the threshold,
which is kept with it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from springtide.numerics.series import as_prices

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
        Indices of its first and last extreme. A running phase ends at its extreme so far. A bull
        phase that rose little may sink below its start without a fall of ``down``, and goes on.
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

    @property
    def pace(self) -> float:
        """Mean log change a step from ``start`` to ``end``: ``ln(1 + gain) / sessions``.

        Times 250 it is a log change a year for daily prices. Negative for a bear phase.
        """
        return math.log1p(self.gain) / self.sessions


def date_phases(
    close: npt.ArrayLike, up: float = 0.20, down: float = 0.20, *, compiled: bool = False
) -> tuple[Phase, ...]:
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
    compiled
        Date with numba: many times faster for each price, to the same bits, after most of a second
        once to load it. Worth it from some millions of prices on (panels, simulated paths).

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
    size = len(prices)
    starts: Any
    known: Any
    setbacks: Any
    if compiled:
        starts, known = np.empty(size, np.int64), np.empty(size, np.int64)
        setbacks = np.empty(size)
        count, extreme, bull_first = _kernel()(prices, up, down, starts, known, setbacks)
    else:
        starts, known, setbacks = [0] * size, [0] * size, [0.0] * size
        count, extreme, bull_first = _walk(prices.tolist(), up, down, starts, known, setbacks)
    if not count:
        return ()
    kinds: tuple[PhaseKind, PhaseKind] = ("bull", "bear") if bull_first else ("bear", "bull")
    turns = np.append(np.asarray(starts[:count]), extreme)
    extremes = prices[turns]
    columns = (
        turns[:-1].tolist(),
        turns[1:].tolist(),
        np.asarray(known[:count]).tolist(),
        (extremes[1:] / extremes[:-1] - 1).tolist(),
        np.asarray(setbacks[:count]).tolist(),
    )
    return tuple(
        Phase(kinds[k % 2], *measured, running=k + 1 == count)
        for k, measured in enumerate(zip(*columns, strict=True))
    )


@cache
def _kernel() -> Any:
    """Return :func:`_walk` compiled; numba takes longer to load than one series takes to date."""
    import numba

    return numba.njit(cache=True, nogil=True)(_walk)


def last_phases(
    close: npt.NDArray[np.float64],
    first: npt.NDArray[np.int64],
    end: npt.NDArray[np.int64],
    threshold: float,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_], npt.NDArray[np.int64]]:
    """Return the running phase of many series that stand one after the other.

    As :func:`date_phases` dates them, with one threshold for both ways.

    Parameters
    ----------
    close
        Prices above zero, none missing.
    first, end
        Where each series begins, and the position after its last price.
    threshold
        As a fraction, between zero and one.

    Returns
    -------
    tuple of arrays
        Position at which the running phase starts, whether it is a bull, and how many phases there
        are: none where it is 0, and of 1 it is not known where it began.

    Examples
    --------
    >>> prices = np.array([100.0, 90.0, 108.0, 150.0, 135.0, 144.0, 119.0, 110.0])
    >>> last_phases(prices, np.array([0]), np.array([8]), 0.2)
    (array([3]), array([False]), array([2]))
    """
    starts, bulls, counts = _last_kernel()(close, first, end, threshold)
    return starts, bulls, counts


@cache
def _last_kernel() -> Any:
    import numba

    return numba.njit(cache=True, nogil=True)(_last)


def _last(close: Any, first: Any, end: Any, threshold: float) -> Any:
    """Walk as :func:`_walk` does, by the same comparisons, and keep the running phase alone."""
    rise = 1 + threshold * (1 - _ROUNDING)
    fall = 1 - threshold * (1 - _ROUNDING)
    begins = first.copy()
    bulls = np.zeros(len(first), np.bool_)
    counts = np.zeros(len(first), np.int64)
    for k in range(len(first)):
        count, i = 0, first[k]
        high = low = i
        highest = lowest = close[i]
        upper, lower = rise * lowest, fall * highest  # what a price must reach to turn
        bull = bear = False
        for i in range(first[k] + 1, end[k]):
            price = close[i]
            if bull:
                if price >= highest:
                    high, highest = i, price
                    lower = fall * highest
                elif price <= lower:
                    bull, bear = False, True
                    begins[k] = high
                    count += 1
                    low, lowest = i, price
                    upper = rise * lowest
            elif bear:
                if price <= lowest:
                    low, lowest = i, price
                    upper = rise * lowest
                elif price >= upper:
                    bull, bear = True, False
                    begins[k] = low
                    count += 1
                    high, highest = i, price
                    lower = fall * highest
            else:
                if price >= highest:
                    high, highest = i, price
                    lower = fall * highest
                if price <= lowest:
                    low, lowest = i, price
                    upper = rise * lowest
                if price >= upper:
                    bull, count, begins[k] = True, 1, low
                    high, highest = i, price
                    lower = fall * highest
                elif price <= lower:
                    bear, count, begins[k] = True, 1, high
                    low, lowest = i, price
                    upper = rise * lowest
        counts[k], bulls[k] = count, bull
    return begins, bulls, counts


def _walk(
    prices: Any, up: float, down: float, starts: Any, known: Any, setbacks: Any
) -> tuple[int, int, bool]:
    """Date the phases of lists (plain) or of arrays (compiled), to the same bits.

    Fills, for each known phase, where it starts, where it became known and its largest setback;
    returns their number, the extreme so far of the last one, and whether the first is a bull.
    """
    rise = 1 + up * (1 - _ROUNDING)
    fall = 1 - down * (1 - _ROUNDING)
    count = high = low = 0
    bull = bear = bull_first = False
    highest, lowest = 0.0, math.inf
    for i in range(len(prices)):
        price = prices[i]
        if not bear and price >= highest:
            high, highest = i, price
        if not bull and price <= lowest:
            low, lowest = i, price
        if not bull and price >= rise * lowest:
            bull, bear = True, False
            starts[count], known[count] = low, i
            count += 1
            high, highest = i, price
        elif not bear and price <= fall * highest:
            bull, bear = False, True
            starts[count], known[count] = high, i
            count += 1
            low, lowest = i, price
        if count == 1:
            bull_first = bull
    extreme = high if bull else low
    for k in range(count):
        end = starts[k + 1] if k + 1 < count else extreme
        rising = bull_first == (k % 2 == 0)
        best, worst = prices[starts[k]], 0.0
        for i in range(starts[k], end + 1):
            price = prices[i]
            if rising:
                if price > best:
                    best = price
                elif price / best - 1 < worst:
                    worst = price / best - 1
            elif price < best:
                best = price
            elif price / best - 1 > worst:
                worst = price / best - 1
        setbacks[k] = worst
    return count, extreme, bull_first
