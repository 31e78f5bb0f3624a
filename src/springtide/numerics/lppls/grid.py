"""The grid of (critical time, exponent, frequency) and its orthonormal bases.

For one window length the basis functions are the same for every end point and every series,
so they are laid out and orthonormalised once; the squared error of every grid point for many
windows is then one matrix product (:func:`springtide.numerics.lppls.search.screen`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from springtide.numerics.lppls.model import Bounds
from springtide.numerics.lppls.panels import Panels

CRITICAL_TIMES = 8
EXPONENTS = 7
FREQUENCY_STEP = 0.4
"""Spacing of the frequencies for a critical time at the window's end."""

CENTRE = 0.4
"""Where in the window a change of critical time is made up for by one of frequency."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Grid points of one window length and their bases on the nodes of its panels.

    Attributes
    ----------
    theta
        (ln delta, m, omega) of every point, float64, shape (points, 3); ordered by critical
        time, exponent, frequency.
    first, frequencies
        Of each critical time: its first point, and its number of frequencies.
    basis
        float32, rows of sqrt(weight)-scaled orthonormal vectors: the oscillating pair of every
        point (2 * points rows), then the power law of every critical time and exponent.
    trend
        The row of the power law that goes with each point.
    """

    theta: np.ndarray
    first: np.ndarray
    frequencies: np.ndarray
    basis: np.ndarray
    trend: np.ndarray


def points(length: int, bounds: Bounds) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Grid points of a window length: theta, first and frequencies of :class:`Grid`.

    A critical time further off slows the oscillation down where the data are; a higher
    frequency makes up for it. So frequencies are proportional to ``1 + delta / (CENTRE *
    length)``, which puts points of one index on the same valley of the squared error.
    """
    lower, upper = bounds.box(length)
    steps = EXPONENTS if upper[1] > lower[1] else 1
    exponents = np.linspace(lower[1], upper[1], steps)
    theta: list[np.ndarray] = []
    first: list[int] = []
    frequencies: list[int] = []
    for tau in np.linspace(lower[0], upper[0], CRITICAL_TIMES if upper[0] > lower[0] else 1):
        step = FREQUENCY_STEP * (1.0 + math.exp(tau) / (CENTRE * length))
        index = np.arange(math.floor(lower[2] / step), math.ceil(upper[2] / step) + 1)
        omega = np.unique(np.clip(index * step, lower[2], upper[2]))
        first.append(sum(len(block) for block in theta))
        frequencies.append(omega.size)
        block = np.empty((exponents.size, omega.size, 3))
        block[:, :, 0] = tau
        block[:, :, 1] = exponents[:, None]
        block[:, :, 2] = omega
        theta.append(block.reshape(-1, 3))
    return np.concatenate(theta), np.array(first), np.array(frequencies)


def grid(length: int, bounds: Bounds, rule: Panels) -> Grid:
    """Lay out the grid of a window length with its bases."""
    from springtide.numerics.lppls import search

    theta, first, frequencies = points(length, bounds)
    exponents = np.diff([*first, len(theta)]) // frequencies
    blocks = np.repeat(frequencies, exponents)
    trend = 2 * len(theta) + np.repeat(np.arange(blocks.size), blocks)
    rows = 2 * len(theta) + blocks.size
    basis = np.zeros((rows + rows % 2, rule.age.size), np.float32)
    search.bases(rule.age, np.sqrt(rule.weight), float(length), theta, trend, basis)
    return Grid(theta, first, frequencies, basis, trend)
