"""The backward SADF statistic of the last point alone, of many series at once, in plain NumPy."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from springtide.numerics.psy.sequence import default_window

FloatArray = npt.NDArray[np.float64]

_VARIES = 1e-10
"""A window in which less than this share of the square of the values is variation has none."""


def last_statistic(series: npt.ArrayLike) -> FloatArray:
    """Return the backward SADF statistic at the end of each series, without lags.

    Running sums from the end give every window in one pass. Levels are taken from the last one, so
    that what is summed is of the size of the changes.

    Parameters
    ----------
    series
        Log prices, oldest first, shape (n, sample).

    Returns
    -------
    FloatArray
        Shape (n,): the last element of the sequence that :func:`.bsadf` returns with lag 0 and its
        default window, to about 1e-8. NaN where no window varies.

    References
    ----------
    Phillips, Shi and Yu (2015), International Economic Review 56(4), doi:10.1111/iere.12132.

    Examples
    --------
    >>> from springtide.numerics.psy import bsadf
    >>> walk = np.cumsum(np.random.default_rng(1).standard_normal(120))
    >>> bool(abs(last_statistic([walk])[0] - bsadf(walk).statistic[-1]) < 1e-8)
    True
    """
    values = np.asarray(series, dtype=np.float64)
    sample = values.shape[1]
    change = np.diff(values, axis=1)[:, ::-1]
    level = (values[:, :-1] - values[:, -1:])[:, ::-1]
    size = np.arange(1, sample)
    sums = [
        np.cumsum(each, axis=1)
        for each in (level, change, level * level, level * change, change * change)
    ]
    x, d, xx, xd, dd = (each[:, default_window(sample) - 1 :] for each in sums)
    count = size[default_window(sample) - 1 :]
    spread, joint, target = xx - x * x / count, xd - x * d / count, dd - d * d / count
    varies = (spread > _VARIES * xx) & (target > _VARIES * dd)
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = joint / spread
        left = np.maximum(target - slope * joint, 0.0)
        statistic = slope / np.sqrt(left / (count - 2) / spread)
    best = np.where(varies, statistic, -np.inf).max(axis=1)
    largest: FloatArray = np.where(np.isfinite(best), best, np.nan)
    return largest
