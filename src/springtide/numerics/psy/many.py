"""The tests of many series of one length at once, for a market of short series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from springtide.errors import DataError
from springtide.numerics.psy.loading import load, load_side_by_side
from springtide.numerics.psy.model import FloatArray
from springtide.numerics.psy.sequence import (
    regression_rows,
    resolve_lag,
    resolve_window,
)

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@dataclass(frozen=True, slots=True)
class ManyResults:
    """The statistics of many series, a row each, as `springtide.numerics.psy.BsadfResult` has them.

    Attributes
    ----------
    lag, min_window
        Of every regression.
    adf, sadf, gsadf
        Shape ``(series,)``; NaN for a series of which no window has a statistic.
    statistic
        Shape ``(series, sample)``: the backward SADF sequences.
    window_start
        Shape ``(series, sample)``: the first observation of the windows that attain them, or -1.
    """

    lag: int
    min_window: int
    adf: FloatArray
    sadf: FloatArray
    gsadf: FloatArray
    statistic: FloatArray
    window_start: NDArray[np.int64]


def bsadf_many(paths: ArrayLike, lag: int = 0, min_window: int | None = None) -> ManyResults:
    """Test many series of one length for explosive behaviour, as `springtide.numerics.psy.bsadf`.

    Without lagged differences the series lie side by side in the vectors of the processor, which a
    single short series cannot fill.

    Parameters
    ----------
    paths
        Shape ``(series, sample)``, oldest first.
    lag
        Number of lagged differences, 0 to 8.
    min_window
        Rows of the smallest regression; by default as in `springtide.numerics.psy.bsadf`.

    Returns
    -------
    ManyResults
        A series that does not vary has NaN, and hinders no other.

    Raises
    ------
    DataError
        ``paths`` is not two-dimensional and numeric, holds NaN or infinity, or is too short.
    UsageError
        ``lag`` or ``min_window`` is not allowed.

    References
    ----------
    Phillips, Shi and Yu (2015), International Economic Review 56(4), doi:10.1111/iere.12132.

    Examples
    --------
    >>> import numpy as np
    >>> walks = np.cumsum(np.random.default_rng(1).standard_normal((3, 120)), axis=1)
    >>> walks[1, 80:110] += 1.15 ** np.arange(30)
    >>> int(bsadf_many(walks).gsadf.argmax())
    1
    """
    series = _as_table(paths)
    order, _ = resolve_lag(series[0], lag)
    window = resolve_window(series.shape[1], order, min_window)
    load(order)
    statistic = np.full(series.shape, np.nan)
    start = np.full(series.shape, -1, dtype=np.int64)
    ends = np.empty((len(series), 2))
    for first in range(0, len(series), _AT_A_TIME):
        part = slice(first, first + _AT_A_TIME)
        _test(series[part], order, window, statistic[part], start[part], ends[part])
    gsadf = np.fmax.reduce(statistic, axis=1)
    ends[np.isnan(gsadf)] = np.nan
    return ManyResults(order, window, ends[:, 0], ends[:, 1], gsadf, statistic, start)


_AT_A_TIME = 64
"""Series that fill a block of lanes, and whose arrays stay in the cache of a core."""


def _test(
    series: FloatArray,
    lag: int,
    window: int,
    statistic: FloatArray,
    start: NDArray[np.int64],
    ends: FloatArray,
) -> None:
    """Write the statistics of a few series, and the starts of their windows."""
    kernels, best_windows = load(lag)
    rows = regression_rows(series, lag)
    count = series.shape[1] - 1 - lag
    if lag == 0:
        best, length, growing = _side_by_side(series, window)
    else:
        best = np.full((len(series), count), -np.inf)
        length = np.zeros((len(series), count), dtype=np.int64)
        best_windows(rows, window, best, length, 0, 1)
        growing = np.empty(best.shape)
        kernels.growing_windows(rows, window, growing)
    kernels.finish(rows, best, length, growing, statistic, start, ends)


def _as_table(paths: ArrayLike) -> FloatArray:
    """Return series as finite floats, each scaled by a power of two, which changes no statistic."""
    try:
        series = np.array(paths, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise DataError("The series are not made of numbers", given=str(error)) from error
    if series.ndim != 2 or not series.size:
        given = f"shape {series.shape}"
        raise DataError("The series must be the rows of a table", given=given)
    wrong = np.flatnonzero(~np.isfinite(series).all(axis=1))
    if wrong.size:
        raise DataError(
            "A series holds missing or infinite values",
            given=f"{wrong.size} of {len(series)}, the first is number {wrong[0]}",
            hint="leave those series out: a window must have no gap",
        )
    scaled: FloatArray = np.ldexp(series, -np.frexp(np.abs(series).max(axis=1))[1][:, np.newaxis])
    return scaled


def _side_by_side(
    series: FloatArray, window: int
) -> tuple[FloatArray, NDArray[np.int64], FloatArray]:
    """Return signed squares and lengths of the best windows, and the squares of growing ones."""
    number, size = series.shape
    turned = np.zeros((size, _AT_A_TIME))
    turned[:, :number] = series.T
    best, growing = (np.full((size - 1, _AT_A_TIME), -np.inf) for _ in range(2))
    length = np.zeros(best.shape, dtype=np.int64)
    load_side_by_side()(turned[:-1], np.diff(turned, axis=0), window, best, length, growing)
    return (
        np.ascontiguousarray(best[:, :number].T),
        np.ascontiguousarray(length[:, :number].T),
        np.ascontiguousarray(growing[:, :number].T),
    )
