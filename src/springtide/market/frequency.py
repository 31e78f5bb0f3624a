"""Whether dates are those of daily bars: weekly and monthly rows are no closes of their days."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

APART = 5
"""Daily rows of any market lie closer than so many days, once at least in a few rows."""

_FEW = 3
_NAMED = ((6, 8, "weekly"), (28, 31, "monthly"), (89, 92, "quarterly"), (365, 366, "yearly"))


def coarser(days: npt.NDArray[np.datetime64]) -> str:
    """Name the frequency of rows that are not daily; "" where they may be.

    Parameters
    ----------
    days
        Dates in ascending order, ``datetime64[D]``.

    Examples
    --------
    >>> coarser(np.array(["2024-11-01", "2024-12-01", "2025-01-01"], "datetime64[D]"))
    'monthly'
    >>> coarser(np.array(["2025-02-07", "2025-02-14", "2025-02-21"], "datetime64[D]"))
    'weekly'
    >>> coarser(np.array(["2025-02-10", "2025-02-11", "2025-03-11"], "datetime64[D]"))
    ''
    >>> coarser(np.array(["2025-02-10", "2025-03-11"], "datetime64[D]"))
    ''
    """
    steps = np.diff(days).astype(np.int64)
    if len(days) < _FEW or (steps < APART).any():
        return ""
    for low, high, name in _NAMED:
        if ((steps >= low) & (steps <= high)).all():
            return name
    if len(days) <= _FEW:
        return ""
    middle = float(np.median(steps))
    return next((name for low, high, name in _NAMED if middle <= high), "yearly")
