"""What every numerical method asks of the series and windows it is given."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


def as_series(values: npt.ArrayLike) -> FloatArray:
    """Return the values as a one-dimensional float64 array of finite numbers and NaN.

    Raises
    ------
    ValueError
        The values are not one-dimensional, or one is infinite.

    Examples
    --------
    >>> as_series([1, 2, float("nan")])
    array([ 1.,  2., nan])
    """
    series = np.asarray(values, dtype=np.float64)
    if series.ndim != 1:
        raise ValueError(f"a series must have one dimension, not {series.ndim}")
    if np.isinf(series).any():
        raise ValueError("a series must not hold an infinite value")
    return series


def as_prices(close: npt.ArrayLike) -> FloatArray:
    """Return the prices as a one-dimensional float64 array of positive numbers and NaN.

    Raises
    ------
    ValueError
        The prices are not one-dimensional, or one is infinite, zero or negative.

    Examples
    --------
    >>> as_prices([100, 0])
    Traceback (most recent call last):
    ...
    ValueError: a price must be above zero, not 0.0
    """
    prices = as_series(close)
    refused = prices[prices <= 0]
    if len(refused):
        raise ValueError(f"a price must be above zero, not {refused[0]}")
    return prices


def check_window(window: int, least: int = 1) -> None:
    """Refuse a window that is too short.

    Raises
    ------
    ValueError
        The window is below ``least``.

    Examples
    --------
    >>> check_window(1, least=2)
    Traceback (most recent call last):
    ...
    ValueError: a window must be at least 2, not 1
    """
    if window < least:
        raise ValueError(f"a window must be at least {least}, not {window}")
