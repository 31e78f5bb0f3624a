"""When does it end: the distribution of the critical time, with intervals that hold.

The residuals of an LPPLS fit to prices wander: taken as independent, they give intervals that
contain the true critical time far too seldom. Here they follow an AR(1) process, as in the
volatility-confined model (Lin, Ren and Sornette 2014, arXiv:0905.0128, whose residuals are
mean-reverting), and the likelihood is taken over everything but the critical
time, in the spirit of the modified profile likelihood (Filimonov, Demos and Sornette 2017,
doi:10.1080/14697688.2016.1276298): the linear parameters and the variance are solved and
integrated out, exponent, frequency and persistence are integrated over numerically.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from springtide.errors import UsageError
from springtide.numerics.lppls.filters import DEMIRER_2019, Filters
from springtide.numerics.lppls.model import Bounds
from springtide.numerics.lppls.scanning import ready
from springtide.numerics.lppls.series import checked

PERSISTENCE = (0.0, 0.3, 0.6, 0.8, 0.9, 0.95, 0.98)
"""AR(1) coefficients of the errors, each as likely as the other beforehand."""

CELLS = (32, 8, 48)
"""Cells of the numerical integral along critical time, exponent and frequency."""

NEGLIGIBLE = 12.0
"""Log likelihood below the highest at which a cell no longer counts."""


@dataclass(frozen=True, slots=True)
class CriticalTime:
    """The distribution of the critical time given one window.

    Attributes
    ----------
    edges
        Edges of the cells, in sessions after the end of the window; shape (cells + 1,).
    probability
        Probability of each cell, the sum is one; shape (cells,).
    bounds_share
        Probability that lies in the last twentieth of the admitted range: when it is high, the
        window doesn't say when.
    information
        Nats by which it is better known than beforehand: the Kullback-Leibler divergence from the
        uniform distribution over the admitted range. See :data:`.INFORMATIVE`.
    """

    edges: np.ndarray
    probability: np.ndarray
    bounds_share: float
    information: float = math.nan

    def quantile(self, level: float) -> float:
        """Quantile of the critical time, in sessions after the end of the window."""
        cumulative = np.concatenate([[0.0], np.cumsum(self.probability)])
        return float(np.interp(level, cumulative / cumulative[-1], self.edges))

    def interval(self, level: float = 0.8) -> tuple[float, float]:
        """Central interval that holds the critical time with probability ``level``."""
        return self.quantile((1.0 - level) / 2.0), self.quantile((1.0 + level) / 2.0)

    @property
    def median(self) -> float:
        """Median, in sessions after the end of the window."""
        return self.quantile(0.5)


def critical_time(
    y: np.ndarray, filters: Filters = DEMIRER_2019, *, bounds: Bounds | None = None
) -> CriticalTime:
    """Distribution of the critical time given the window ``y``.

    Every critical time, exponent and frequency that ``filters`` and ``bounds`` admit is as
    likely as any other beforehand. It answers "if this is an LPPLS bubble, when does it end",
    not whether it is one.

    Parameters
    ----------
    y
        Log prices of the window, oldest first, one a session; at least 20, none missing.
    filters
        Admitted exponents, frequencies and latest critical time; the other conditions play no
        part.
    bounds
        Where the fit was searched; :class:`Bounds` by default.

    Returns
    -------
    CriticalTime

    Raises
    ------
    UsageError
        If the window is shorter than 20 sessions, or the filters admit nothing inside the bounds.
    DataError
        If a value is missing or infinite, or all are equal.

    Examples
    --------
    >>> import numpy as np
    >>> age = np.arange(250.0)[::-1]
    >>> x = 30.0 + age
    >>> noise = 0.005 * np.random.default_rng(0).standard_normal(250)
    >>> y = 7 - 0.02 * x**0.6 + 0.001 * x**0.6 * np.cos(8 * np.log(x)) + noise
    >>> low, high = critical_time(y).interval()
    >>> low < 30.0 < high
    True
    """
    bounds = bounds or Bounds()
    window = checked(y)
    ready()
    from springtide.numerics.lppls import likelihood

    newest_first = np.ascontiguousarray((window - window.mean())[::-1])
    low, high = _admitted(window.size, filters, bounds)
    latest = high[0]
    persistence = np.array(PERSISTENCE)
    new_low, new_high = np.empty(3), np.empty(3)
    while True:
        edges = _edges(low, high, bounds.earliest)
        axes = [(side[1:] + side[:-1]) / 2 for side in edges]
        theta = np.stack(np.meshgrid(*axes, indexing="ij"), -1).reshape(-1, 3)
        values = np.empty(len(theta))
        likelihood.log_likelihood(newest_first, theta, persistence, values)
        values = values.reshape(CELLS) - values.max()
        likely = values > -NEGLIGIBLE
        for axis, side in enumerate(edges):
            others = tuple(other for other in range(3) if other != axis)
            cells = np.flatnonzero(likely.any(others))
            new_low[axis] = side[max(cells[0] - 1, 0)]
            new_high[axis] = side[min(cells[-1] + 2, side.size - 1)]
        if np.prod((new_high - new_low) / (high - low)) > 0.5:
            break
        low, high = new_low.copy(), new_high.copy()
    mass = np.exp(values).sum((1, 2)) * np.diff(edges[0])
    mass /= mass.sum()
    tail = latest - 0.05 * (latest - bounds.earliest)
    share = np.clip((edges[0][1:] - tail) / np.diff(edges[0]), 0.0, 1.0) @ mass
    width = np.diff(edges[0]) / (latest - bounds.earliest)
    held = mass > 0
    information = float((mass[held] * np.log(mass[held] / width[held])).sum())
    return CriticalTime(edges[0], mass, float(share), information)


def _admitted(length: int, filters: Filters, bounds: Bounds) -> tuple[np.ndarray, np.ndarray]:
    """Lowest and highest (delta, m, omega) that both the filters and the bounds admit."""
    low = np.array([bounds.earliest, bounds.exponent[0], bounds.frequency[0]])
    high = np.array([bounds.last(length), bounds.exponent[1], bounds.frequency[1]])
    latest = min(filters.latest, filters.share * (length - 1))
    low[1:] = np.maximum(low[1:], [filters.exponent[0], filters.frequency[0]])
    high = np.minimum(high, [latest, filters.exponent[1], filters.frequency[1]])
    if not (low < high).all():
        raise UsageError(
            "The filters admit nothing inside the bounds of the search",
            given=f"(tc, m, omega) from {low.tolist()} to {high.tolist()}",
        )
    return low, high


def _edges(low: np.ndarray, high: np.ndarray, earliest: float) -> list[np.ndarray]:
    """Edges of the cells; those of the critical time widen with the distance from the end."""
    roots = np.linspace(np.sqrt(low[0] - earliest), np.sqrt(high[0] - earliest), CELLS[0] + 1)
    return [
        earliest + roots**2,
        np.linspace(low[1], high[1], CELLS[1] + 1),
        np.linspace(low[2], high[2], CELLS[2] + 1),
    ]
