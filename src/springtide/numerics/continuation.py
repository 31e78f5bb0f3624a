"""How a rally goes on in simulated markets: its peak, its further gain, its next high.

A path starts at today's distance from the rally's high and ends with the first fall by the
threshold from its own highest point; that point is the peak. Volatility follows a GARCH(1,1)
process, of which the random walk is the one with constant variance, and shocks are drawn from those
that were seen (filtered historical simulation).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from springtide.numerics.series import FloatArray

LONGEST = 2500
"""Steps after which a path is stopped that has not ended: about ten years of sessions."""

_ROUNDING = 1e-12
"""A fall of exactly the threshold counts, also where the sum is off in its last digits."""


@dataclass(frozen=True, slots=True)
class Process:
    """Log returns ``mean + e[t]`` with ``e[t] = sqrt(v[t]) z[t]``, ``z`` drawn from ``shocks``.

    The variance follows ``v[t+1] = omega + (alpha + gamma [e[t] < 0]) e[t]^2 + beta v[t]``.

    Attributes
    ----------
    mean
        Mean log return a step.
    variance
        Of the first step, above zero.
    omega, alpha, beta
        Zero or above; a random walk has ``omega = variance`` and zeros.
    shocks
        Standardised shocks to draw from, shape (k,).
    gamma
        By how much falls count more than rises.
    """

    mean: float
    variance: float
    omega: float
    alpha: float
    beta: float
    shocks: FloatArray
    gamma: float = 0.0

    @property
    def numbers(self) -> FloatArray:
        """All but the shocks."""
        return np.array([self.mean, self.variance, self.omega, self.alpha, self.beta, self.gamma])


@dataclass(frozen=True, slots=True)
class Continuation:
    """Shares of simulated paths.

    Attributes
    ----------
    peak
        Whose peak came within each number of steps asked for; that of a path whose first high is
        its start comes within zero.
    gain
        Whose further gain from the start to the peak was at most each asked for (zero where the
        peak lies before the start).
    new_high
        That rose above the high within each number of steps asked for, before the rally ended.
    up_first
        That rose by the move before they fell by it, of those that did either; NaN where none did.
    """

    peak: FloatArray
    gain: FloatArray
    new_high: FloatArray
    up_first: float


def draws(paths: int, steps: int = LONGEST, seed: int = 0) -> npt.NDArray[np.uint32]:
    """Return uniform 32-bit draws, shape (paths, steps), from which shocks are picked.

    Using the same draws for many rallies takes the noise of drawing out of their comparison.

    Examples
    --------
    >>> draws(2, 3).shape
    (2, 3)
    """
    return np.random.default_rng(seed).integers(
        0, 2**32, size=(paths, steps), dtype=np.uint32, endpoint=False
    )


def continue_rally(
    process: Process,
    setback: float,
    drawn: npt.NDArray[np.uint32],
    *,
    peak: npt.ArrayLike,
    gain: npt.ArrayLike,
    new_high: npt.ArrayLike,
    fall: float = 0.20,
    move: float = 0.10,
    compiled: bool = False,
) -> Continuation:
    """Simulate how a rally goes on.

    Parameters
    ----------
    process
        Of the log returns, from the first step after today.
    setback
        Today's price over the rally's high less one: above ``-fall``, zero at most.
    drawn
        From :func:`draws`; a path is stopped after so many steps as there are columns, and its
        highest point so far taken for the peak.
    peak, gain, new_high
        Points at which shares are asked for, ascending: steps, fractions, steps.
    fall
        Fall from the highest point, as a fraction, that ends the rally.
    move
        The rise or fall, as a fraction, that may come first.
    compiled
        Whether to use numba, to the same bits: for many rallies. Loading it takes as long as five
        rallies without.

    Returns
    -------
    Continuation

    Raises
    ------
    ValueError
        A number is out of its range.

    References
    ----------
    G. Barone-Adesi, K. Giannopoulos and L. Vosper (1999), "VaR without Correlations for Portfolios
    of Derivative Securities", *Journal of Futures Markets* 19(5), 583-602,
    doi:10.1002/(SICI)1096-9934(199908)19:5<583::AID-FUT5>3.0.CO;2-S.

    Examples
    --------
    >>> walk = Process(0.0, 0.0001, 0.0001, 0.0, 0.0, np.array([-1.0, 1.0]))
    >>> ahead = continue_rally(walk, -0.10, draws(2000), peak=[0], gain=[0], new_high=[250])
    >>> bool(0.40 < ahead.peak[0] < 0.54)  # as far in logs from the end as from the high: 0.47
    True
    """
    if not -fall < setback <= 0:
        raise ValueError(f"setback must be above {-fall} and at most 0, not {setback}")
    if not (process.variance > 0 and len(process.shocks)):
        raise ValueError("a process needs a variance above zero and at least one shock")
    steps, gains, highs = (np.asarray(each, dtype=np.float64) for each in (peak, gain, new_high))
    shares = np.zeros((3, max(len(steps), len(gains), len(highs))))
    count = _compiled() if compiled else _count
    up, down = count(
        drawn,
        process.shocks,
        process.numbers,
        math.log1p(setback),
        math.log1p(-fall) + _ROUNDING,
        np.array([math.log1p(move) - _ROUNDING, math.log1p(-move) + _ROUNDING]),
        steps,
        np.log1p(gains) + _ROUNDING,
        highs,
        shares,
    )
    shares /= len(drawn)
    return Continuation(
        peak=shares[0, : len(steps)],
        gain=shares[1, : len(gains)],
        new_high=shares[2, : len(highs)],
        up_first=up / (up + down) if up + down else math.nan,
    )


def simulate_paths(process: Process, steps: int, drawn: npt.NDArray[np.uint32]) -> FloatArray:
    """Return simulated log prices relative to today, whatever becomes of the rally.

    Parameters
    ----------
    process, drawn
        As for :func:`continue_rally`.
    steps
        At most the columns of ``drawn``.

    Returns
    -------
    FloatArray
        Shape (paths, steps).

    Examples
    --------
    >>> walk = Process(0.01, 0.0001, 0.0001, 0.0, 0.0, np.array([0.0]))
    >>> simulate_paths(walk, 2, draws(1)).round(3)
    array([[0.01, 0.02]])
    """
    picked = process.shocks[(drawn[:, :steps].astype(np.uint64) * len(process.shocks)) >> 32]
    returns = np.empty(picked.shape)
    variance = np.full(len(picked), process.variance)
    for t in range(steps):
        shock = np.sqrt(variance) * picked[:, t]
        returns[:, t] = process.mean + shock
        weight = process.alpha + process.gamma * (shock < 0)
        variance = process.omega + weight * shock**2 + process.beta * variance
    paths: FloatArray = np.cumsum(returns, axis=1)
    return paths


def _count(
    drawn: npt.NDArray[np.uint32],
    shocks: FloatArray,
    process: FloatArray,
    start: float,
    end: float,
    moves: FloatArray,
    peak: FloatArray,
    gain: FloatArray,
    new_high: FloatArray,
    counts: FloatArray,
) -> tuple[int, int]:
    """Count the paths, all of them step by step; log prices are relative to the high, at zero."""
    mean, first, omega, alpha, beta, gamma = process
    paths, steps = drawn.shape
    price, variance = np.full(paths, start), np.full(paths, first)
    high, high_at = np.zeros(paths), np.zeros(paths, np.int64)
    first_high = np.full(paths, steps + 1)
    rose, fell = np.zeros(paths, np.bool_), np.zeros(paths, np.bool_)
    running = np.ones(paths, np.bool_)
    for step in range(1, steps + 1):
        pick = (drawn[:, step - 1].astype(np.uint64) * np.uint64(len(shocks))) >> np.uint64(32)
        shock = shocks[pick] * np.sqrt(variance)
        variance = omega + (alpha + gamma * (shock < 0)) * shock * shock + beta * variance
        price += mean + shock
        undecided = running & ~rose & ~fell
        rose |= undecided & (price - start >= moves[0])
        fell |= undecided & (price - start <= moves[1])
        higher = running & (price > high)
        high[higher] = price[higher]
        high_at[higher] = step
        first_high[higher] = np.minimum(first_high[higher], step)
        running &= price > high + end
        if not running.any():
            break
    further = np.where(high_at > 0, high - start, 0.0)
    counts[0, : len(peak)] = (high_at[:, None] <= peak).sum(axis=0)
    counts[1, : len(gain)] = (further[:, None] <= gain).sum(axis=0)
    counts[2, : len(new_high)] = (first_high[:, None] <= new_high).sum(axis=0)
    return int(rose.sum()), int(fell.sum())


@cache
def _compiled() -> Callable[..., tuple[int, int]]:
    """Compile the kernel once; numba is loaded when it is first needed."""
    import numba

    compile_: Any = numba.njit(cache=True, nogil=True)
    compiled: Callable[..., tuple[int, int]] = compile_(_continue)
    return compiled


def _continue(
    drawn: npt.NDArray[np.uint32],
    shocks: FloatArray,
    process: FloatArray,
    start: float,
    end: float,
    moves: FloatArray,
    peak: FloatArray,
    gain: FloatArray,
    new_high: FloatArray,
    counts: FloatArray,
) -> tuple[int, int]:
    """Do as :func:`_count` does, path by path, as numba compiles it."""
    mean, first, omega, alpha, beta, gamma = process
    size = np.uint64(len(shocks))
    rises = falls = 0
    for path in range(drawn.shape[0]):
        price, variance = start, first
        high, high_at, first_high = 0.0, 0, -1
        moved = False
        for step in range(drawn.shape[1]):
            pick = (np.uint64(drawn[path, step]) * size) >> np.uint64(32)
            shock = shocks[pick] * math.sqrt(variance)
            weight = alpha + gamma if shock < 0 else alpha
            variance = omega + weight * shock * shock + beta * variance
            price += mean + shock
            if not moved and (price - start >= moves[0] or price - start <= moves[1]):
                moved = True
                if price > start:
                    rises += 1
                else:
                    falls += 1
            if price > high:
                high, high_at = price, step + 1
                if first_high < 0:
                    first_high = high_at
            elif price <= high + end:
                break
        further = high - start if high_at else 0.0
        for k in range(len(peak)):
            counts[0, k] += high_at <= peak[k]
        for k in range(len(gain)):
            counts[1, k] += further <= gain[k]
        for k in range(len(new_high)):
            counts[2, k] += 0 < first_high <= new_high[k]
    return rises, falls
