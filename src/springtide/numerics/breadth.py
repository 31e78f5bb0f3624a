"""Breadth of a market and who leads whom: counts over a panel of closes, and lagged correlations.

A panel is a matrix of closes, a row a session and a column a member, NaN where a member has none.
The last row is the session asked about; nothing after it is seen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np

from springtide.numerics.series import FloatArray


@dataclass(frozen=True, slots=True)
class Share:
    """How many of those that could be counted are something, and how many could not be counted."""

    count: int
    counted: int
    left_out: int

    @property
    def percent(self) -> float:
        """The share in per cent; NaN where none could be counted."""
        return 100.0 * self.count / self.counted if self.counted else math.nan


@dataclass(frozen=True, slots=True)
class Advances:
    """How many rose, fell and stood still against the session before, and how many lack a close."""

    rose: int
    fell: int
    unchanged: int
    left_out: int

    @property
    def ratio(self) -> float:
        """Advances for each decline; NaN where none fell."""
        return self.rose / self.fell if self.fell else math.nan


@dataclass(frozen=True, slots=True)
class LeadLag:
    """Correlations of changes at each lag.

    Attributes
    ----------
    correlations
        By lag from ``-most`` to ``most``, shape (2 * most + 1,): at lag k, that of the first series
        with the second one k sessions later.
    lag
        The lag of the largest correlation if that exceeds the one at 0 and ``threshold``, else 0:
        above 0 where the first series leads, below where it lags.
    threshold
        What the largest of as many correlations of independent series exceeds once in twenty.
    """

    correlations: tuple[float, ...]
    lag: int
    threshold: float

    def at(self, lag: int) -> float:
        """Return the correlation at a lag."""
        return self.correlations[lag + len(self.correlations) // 2]


def above_mean(closes: FloatArray, window: int) -> Share:
    """Count the members whose last close is above the mean of their own last closes.

    Parameters
    ----------
    closes
        A panel, shape (n, m). The closes of a member are taken where it has some: those of the last
        n rows must hold ``window`` of them, the last row included, for it to be counted.
    window
        So many closes make the mean, the last one included.

    Examples
    --------
    >>> panel = np.array([[1.0, 5.0, 1.0], [2.0, 4.0, np.nan], [3.0, 3.0, 2.0]])
    >>> above_mean(panel, 3)
    Share(count=1, counted=2, left_out=1)
    """
    last, there = _last(closes, window)
    means = np.where(there, np.nansum(last, axis=0) / window, np.nan)
    above = closes[-1] > means
    return Share(int(above.sum()), int(there.sum()), int((~there).sum()))


def at_extreme(closes: FloatArray, window: int, side: Literal["high", "low"]) -> Share:
    """Count the members whose last close is the highest (or lowest) of their own last closes.

    Parameters
    ----------
    closes, window
        As for :func:`above_mean`.
    side
        Which extreme. A close equal to an earlier one is at it.

    Examples
    --------
    >>> panel = np.array([[1.0, 5.0], [2.0, 4.0], [3.0, 3.0]])
    >>> at_extreme(panel, 3, "high").count, at_extreme(panel, 3, "low").percent
    (1, 50.0)
    """
    last, there = _last(closes, window)
    filler = -np.inf if side == "high" else np.inf
    filled = np.where(np.isnan(last), filler, last)
    best = filled.max(axis=0) if side == "high" else filled.min(axis=0)
    at = there & (closes[-1] == best)
    return Share(int(at.sum()), int(there.sum()), int((~there).sum()))


def _last(closes: FloatArray, window: int) -> tuple[FloatArray, np.typing.NDArray[np.bool_]]:
    """Return the last ``window`` closes of each member, and which members have as many."""
    known = ~np.isnan(closes)
    from_end = np.cumsum(known[::-1], axis=0)[::-1]
    last = np.where(known & (from_end <= window), closes, np.nan)
    return last, known[-1] & (known.sum(axis=0) >= window)


def advances(closes: FloatArray) -> Advances:
    """Count the members that rose and fell on the last session against the one before.

    Parameters
    ----------
    closes
        A panel of two sessions, shape (2, m).

    Examples
    --------
    >>> advances(np.array([[1.0, 2.0, 3.0, np.nan], [2.0, 1.0, 3.0, 1.0]]))
    Advances(rose=1, fell=1, unchanged=1, left_out=1)
    """
    there = ~np.isnan(closes).any(axis=0)
    change = closes[1, there] - closes[0, there]
    rose, fell = int((change > 0).sum()), int((change < 0).sum())
    counted = int(there.sum())
    return Advances(rose, fell, counted - rose - fell, closes.shape[1] - counted)


def lead_lag(first: FloatArray, second: FloatArray, most: int) -> LeadLag:
    """Say whether one series leads the other: the lag of the largest correlation, or none.

    The threshold is a two-sided test at 5% divided by the lags tried (Bonferroni) with the standard
    error 1/sqrt(n) of a correlation of independent series (Bartlett 1946, doi:10.2307/2983611).
    Closes of one moment that share a market move together, so that a lag counts only where its
    correlation is larger than the contemporaneous one too.

    Parameters
    ----------
    first, second
        Changes over the same sessions, shape (n,) each, neither constant.
    most
        Lags up to so many sessions either way are tried; below n - 2.

    Examples
    --------
    >>> shocks = np.random.default_rng(1).normal(size=301)
    >>> lead_lag(shocks[1:], shocks[:-1], 3).lag, lead_lag(shocks[:-1], shocks[1:], 3).lag
    (1, -1)
    """
    lags = range(-most, most + 1)
    made = tuple(_correlation(first, second, lag) for lag in lags)
    threshold = NormalDist().inv_cdf(1 - 0.05 / (2 * 2 * most)) / math.sqrt(len(first))
    best = max(lags, key=lambda lag: made[lag + most])
    exceeds = made[best + most] > max(made[most], threshold)
    return LeadLag(made, best if exceeds else 0, threshold)


def _correlation(first: FloatArray, second: FloatArray, lag: int) -> float:
    """Return the correlation of the first series with the second ``lag`` sessions later."""
    if lag < 0:
        return _correlation(second, first, -lag)
    return float(np.corrcoef(first[: len(first) - lag], second[lag:])[0, 1])
