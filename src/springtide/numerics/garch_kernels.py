"""Compiled kernels of :mod:`.garch`: the likelihood, and its maximum by Nelder and Mead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np

Function = TypeVar("Function", bound=Callable[..., Any])


def _compiled(function: Function) -> Function:
    return cast(Function, numba.njit(cache=True, nogil=True)(function))


MOST_PERSISTENT = 0.9999


@_compiled
def filter_variance(shocks: np.ndarray, theta: np.ndarray, first: float, out: np.ndarray) -> float:
    """Write the variance before each shock; return that after the last. Theta: omega to beta."""
    omega, alpha, gamma, beta = theta
    variance = first
    for t in range(len(shocks)):
        out[t] = variance
        weight = alpha + gamma if shocks[t] < 0 else alpha
        variance = omega + weight * shocks[t] * shocks[t] + beta * variance
    return variance


@_compiled
def unbounded_to_theta(x: np.ndarray, level: float) -> np.ndarray:
    """Map four numbers to a process that has a variance in the long run.

    They are the log of that variance over ``level``, the logit of the persistence, and those of
    the shares of it that shocks have and that falls have of those.
    """
    persistence = MOST_PERSISTENT / (1 + np.exp(-x[1]))
    of_shocks = persistence / (1 + np.exp(-x[2]))
    of_falls = of_shocks / (1 + np.exp(-x[3]))
    theta = np.empty(4)
    theta[0] = level * np.exp(x[0]) * (1 - persistence)
    theta[1] = of_shocks - of_falls
    theta[2] = 2 * of_falls  # half of the shocks are falls
    theta[3] = persistence - of_shocks
    return theta


@_compiled
def loss(x: np.ndarray, shocks: np.ndarray, level: float) -> float:
    """Return minus twice the mean Gaussian log likelihood, less its constant."""
    theta = unbounded_to_theta(x, level)
    variance, total = level, 0.0
    for t in range(len(shocks)):
        square = shocks[t] * shocks[t]
        total += np.log(variance) + square / variance
        weight = theta[1] + theta[2] if shocks[t] < 0 else theta[1]
        variance = theta[0] + weight * square + theta[3] * variance
    return total / len(shocks)


@_compiled
def minimise(
    start: np.ndarray, count: int, shocks: np.ndarray, level: float, most: int, tolerance: float
) -> np.ndarray:
    """Return the lowest point of :func:`loss` over the first ``count`` numbers from a start."""
    corners = np.empty((count + 1, len(start)))
    values = np.empty(count + 1)
    for k in range(count + 1):
        corners[k] = start
        if k > 0:
            corners[k, k - 1] += 0.5
        values[k] = loss(corners[k], shocks, level)
    for _ in range(most):
        order = np.argsort(values)
        corners, values = corners[order], values[order]
        if values[count] - values[0] < tolerance:
            break
        centre = np.zeros(len(start))
        for k in range(count):
            centre += corners[k] / count
        tried = 2 * centre - corners[count]
        value = loss(tried, shocks, level)
        if value < values[0]:
            further = 3 * centre - 2 * corners[count]
            beyond = loss(further, shocks, level)
            if beyond < value:
                tried, value = further, beyond
        elif value >= values[count - 1]:
            tried = 0.5 * centre + 0.5 * (tried if value < values[count] else corners[count])
            value = loss(tried, shocks, level)
            if value >= values[count]:
                for k in range(1, count + 1):
                    corners[k] = 0.5 * corners[0] + 0.5 * corners[k]
                    values[k] = loss(corners[k], shocks, level)
                continue
        corners[count], values[count] = tried, value
    best: np.ndarray = corners[np.argmin(values)]
    return best
