"""What every entry point does first: check the series."""

from __future__ import annotations

import numpy as np

from springtide.errors import DataError, UsageError

SHORTEST = 20
"""Sessions below which seven parameters are not fitted."""


def checked(y: np.ndarray, shortest: int = SHORTEST) -> np.ndarray:
    """``y`` as a contiguous float64 vector, or an error that says what is wrong with it.

    Raises
    ------
    UsageError
        If ``y`` is not one-dimensional or shorter than ``shortest``.
    DataError
        If a value is missing or infinite, or all are equal.

    Examples
    --------
    >>> checked([0.0, float("nan")], shortest=2)
    Traceback (most recent call last):
        ...
    springtide.errors.DataError: 1 of 2 log prices is missing or infinite, first at position 1. ...
    """
    series = np.ascontiguousarray(y, dtype=np.float64)
    if series.ndim != 1:
        raise UsageError(
            "LPPLS needs one series of log prices", given=f"an array of shape {series.shape}"
        )
    bad = np.flatnonzero(~np.isfinite(series))
    if bad.size:
        verb = "is" if bad.size == 1 else "are"
        raise DataError(
            f"{bad.size} of {series.size} log prices {verb} missing or infinite, "
            f"first at position {bad[0]}",
            hint="leave out sessions without a close, and take logarithms of positive prices",
        )
    if series.size < shortest:
        raise UsageError(
            "The series is too short for LPPLS",
            given=f"{series.size} sessions",
            allowed=f"at least {shortest}",
        )
    if np.ptp(series) == 0.0:
        raise DataError(
            "All log prices are equal: there is nothing to fit",
            given=f"{series.size} times {series[0]:g}",
        )
    return series
