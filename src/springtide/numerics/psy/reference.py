"""The PSY statistics in plain NumPy, to be read beside the paper. Slow, and of any precision.

Kernels are tested to equal these functions. They keep the type they are given: with
``np.longdouble`` they are a reference of higher precision.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

COLLINEAR = 1e-10

Floating = NDArray[np.floating]


def adf(y: Floating, lag: int = 0) -> float:
    """Return the t-value of ``b`` in the ADF regression with a constant and ``lag`` differences.

    The regression is ``dy[t] = a + b y[t-1] + c1 dy[t-1] + .. + ck dy[t-k] + e[t]``. By the theorem
    of Frisch, Waugh and Lovell: remove the constant and the lagged differences from ``y[t-1]`` and
    from ``dy[t]``, then regress what is left. NaN if hardly anything (`COLLINEAR` of its
    square) is left of either, infinite if nothing is left of the residuals.

    Examples
    --------
    >>> import numpy as np
    >>> round(adf(np.array([0.0, 1.0, 1.0, 3.0, 4.0, 8.0])), 3)
    1.53
    """
    dy = np.diff(y)
    lagged = [_centred(dy[lag - j : dy.size - j]) for j in range(1, lag + 1)]
    level, target = _centred(y[lag:-1]), _centred(dy[lag:])
    basis: list[Floating] = []
    for column in [*lagged, level]:
        left = _without(column, basis)
        if _is_collinear(left, column):
            return float("nan")
        basis.append(left / np.sqrt(left @ left))
    direction = basis.pop()
    left = _without(target, basis)
    if _is_collinear(left, target):
        return float("nan")
    slope = direction @ left
    residuals = _without(left, [direction])
    if not residuals.any():
        return float(np.copysign(np.inf, slope))
    return float(slope / np.sqrt((residuals @ residuals) / (left.size - lag - 2)))


def _centred(column: Floating) -> Floating:
    """Return the deviations from the mean; the second round removes what rounding left of it."""
    once: Floating = column - column.mean()
    twice: Floating = once - once.mean()
    return twice


def _without(column: Floating, basis: list[Floating]) -> Floating:
    """Return what a column keeps after projection on orthonormal ones; two rounds are enough."""
    for _ in range(2):
        for direction in basis:
            column = column - (direction @ column) * direction
    return column


def _is_collinear(left: Floating, whole: Floating) -> bool:
    return bool(left @ left <= COLLINEAR * (whole @ whole))


def backward_sadf(y: Floating, lag: int, min_window: int) -> float:
    """Return the largest statistic of the windows that end with ``y`` (equation 3 of the paper)."""
    last_start = y.size - (min_window + lag + 1)
    return float(np.nanmax([adf(y[start:], lag) for start in range(last_start + 1)]))


def bsadf(y: Floating, lag: int, min_window: int) -> NDArray[np.float64]:
    """Return the backward SADF statistic at every end point, NaN before the first full window."""
    sequence = np.full(y.size, np.nan)
    for end in range(min_window + lag, y.size):
        sequence[end] = backward_sadf(y[: end + 1], lag, min_window)
    return sequence


def sadf(y: Floating, lag: int, min_window: int) -> float:
    """Return the largest statistic of the windows that start with ``y`` (Phillips, Wu, Yu 2011)."""
    ends = range(min_window + lag + 1, y.size + 1)
    return float(np.nanmax([adf(y[:end], lag) for end in ends]))
