"""The tests of a series: ADF, SADF, GSADF and the backward SADF sequence."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Literal

import numpy as np

from springtide.errors import DataError, UsageError
from springtide.numerics.psy.loading import load
from springtide.numerics.psy.model import ALTERNATIVE, NULL, BsadfResult, FloatArray, LagRule

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

Lag = int | Literal["aic", "bic"]

MAX_LAG = 8
_WINDOWS_FOR_A_THREAD = 1_000_000


def default_window(size: int) -> int:
    """Return the smallest window that Phillips, Shi and Yu recommend for ``size`` observations.

    Examples
    --------
    >>> default_window(100), default_window(1600)
    (19, 88)
    """
    return math.floor((0.01 + 1.8 / math.sqrt(size)) * size)


def bsadf(
    y: ArrayLike, lag: Lag = 0, min_window: int | None = None, *, threads: int | None = None
) -> BsadfResult:
    """Test a series for explosive behaviour.

    The regression over each window is ``dy[t] = a + b y[t-1] + c1 dy[t-1] + .. + e[t]`` and its
    statistic the t-value of ``b``. The backward SADF statistic at an end point is the largest over
    all windows that end there.

    Parameters
    ----------
    y
        Shape ``(sample,)``: log prices, a price-dividend ratio, or another level, oldest first.
    lag
        Number of lagged differences, 0 to 8; or ``"aic"`` or ``"bic"`` to choose it over the whole
        sample by the information criterion. The choice then depends on later data.
    min_window
        Rows of the smallest regression, at least ``lag + 3``. By default
        ``floor((0.01 + 1.8 / sqrt(sample)) * sample)``, which depends on the sample's length: give
        it to compare sequences of growing samples.
    threads
        Threads to use; by default as many as there are cores if the series is long. The result is
        the same to the last bit for any number.

    Returns
    -------
    BsadfResult
        A window over which the level or its differences do not vary at all, or whose variables are
        collinear (lagged differences leave no more than 1e-10 of the variance of one), has no
        statistic and does not take part. A regression
        that fits perfectly has the very large statistic that residuals of rounding size give.

    Raises
    ------
    DataError
        ``y`` is not one-dimensional and numeric, holds NaN or infinity, is too short, or no window
        has a statistic.
    UsageError
        ``lag``, ``min_window`` or ``threads`` is not allowed.

    References
    ----------
    Phillips, Shi and Yu (2015), International Economic Review 56(4), doi:10.1111/iere.12132.

    Examples
    --------
    >>> import numpy as np
    >>> noise = np.random.default_rng(1).standard_normal(120)
    >>> walk = np.cumsum(noise)
    >>> walk[80:110] += 1.15 ** np.arange(30)
    >>> result = bsadf(walk)
    >>> result.min_window, round(result.gsadf, 3), int(np.nanargmax(result.statistic))
    (20, 14.133, 109)
    """
    series = as_series(y)
    chosen, rule = resolve_lag(series, lag)
    window = resolve_window(series.size, chosen, min_window)
    workers = resolve_threads(threads)
    kernels, best_windows = load(chosen)
    count = series.size - 1 - chosen
    rows = regression_rows(series[np.newaxis], chosen)
    best, length = np.full((1, count), -np.inf), np.zeros((1, count), dtype=np.int64)
    if threads is None and count * count < 2 * _WINDOWS_FOR_A_THREAD:
        workers = 1
    _share(best_windows, workers, rows, window, best, length)
    has_window = length[0] != 0
    if not has_window.any():
        raise DataError(
            "No window of the series has a statistic: its level or its differences do not vary",
            given=f"{series.size} values",
        )
    by_row = np.where(has_window, signed_root(best[0]), np.nan)
    _share(kernels.recompute, workers, rows[0], length[0], by_row)
    growing = np.empty((1, count))
    kernels.growing_windows(rows, window, growing)
    first, last = kernels.LANES, kernels.LANES + count - 1
    sadf = kernels.window_statistic(rows[0], first, first + int(growing[0].argmax()))
    statistic = np.full(series.size, np.nan)
    statistic[chosen + 1 :] = by_row
    window_start = np.full(series.size, -1, dtype=np.int64)
    window_start[chosen + 1 :] = np.where(has_window, np.arange(count) - np.abs(length[0]) + 1, -1)
    return BsadfResult(
        null=NULL,
        alternative=ALTERNATIVE,
        sample=series.size,
        lag=chosen,
        lag_rule=rule,
        min_window=window,
        adf=float(kernels.window_statistic(rows[0], first, last)),
        sadf=float(sadf),
        gsadf=float(np.nanmax(by_row)),
        statistic=statistic,
        window_start=window_start,
    )


def _share(kernel: Callable[..., None], workers: int, *arguments: object) -> None:
    """Run a kernel on all end points, every worker on its share of them."""
    if workers == 1:
        kernel(*arguments, 0, 1)
        return
    with ThreadPoolExecutor(workers) as pool:
        shares = [pool.submit(kernel, *arguments, share, workers) for share in range(workers)]
    for share in shares:
        share.result()


def as_series(y: ArrayLike) -> FloatArray:
    """Return ``y`` as finite floats, scaled by a power of two to a magnitude near one.

    All statistics are ratios of like powers: the scale changes no digit of them, and keeps squares
    of very large and very small levels inside the range of doubles.
    """
    try:
        series = np.array(y, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise DataError("The series is not made of numbers", given=str(error)) from error
    if series.ndim != 1:
        raise DataError("The series must have one dimension", given=f"{series.ndim} dimensions")
    wrong = np.flatnonzero(~np.isfinite(series))
    if wrong.size:
        raise DataError(
            "The series holds missing or infinite values",
            given=f"{wrong.size} of {series.size}, the first at position {wrong[0]}",
            hint="leave those observations out: a window must have no gap",
        )
    if series.size == 0:
        raise DataError("The series is empty")
    scaled: FloatArray = np.ldexp(series, -np.frexp(np.abs(series).max())[1])
    return scaled


def resolve_lag(series: FloatArray, lag: Lag) -> tuple[int, LagRule]:
    """Return the number of lagged differences, chosen by an information criterion if asked."""
    if lag in ("aic", "bic"):
        return choose_lag(series, lag), lag
    if isinstance(lag, bool) or not isinstance(lag, int | np.integer) or not 0 <= lag <= MAX_LAG:
        raise UsageError(
            "Unknown number of lags", given=repr(lag), allowed=f'0 to {MAX_LAG}, "aic", "bic"'
        )
    return int(lag), "fixed"


def choose_lag(y: ArrayLike, criterion: Literal["aic", "bic"], max_lag: int = MAX_LAG) -> int:
    """Choose the number of lagged differences over the whole sample.

    All candidates are compared over the same rows, those that ``max_lag`` lags leave.

    Parameters
    ----------
    y
        Shape ``(sample,)``.
    criterion
        ``"aic"`` or ``"bic"``.
    max_lag
        The largest number considered.

    Examples
    --------
    >>> import numpy as np
    >>> noise = np.random.default_rng(3).standard_normal(500)
    >>> steps = noise.copy()
    >>> for t in range(2, 500):
    ...     steps[t] += 0.5 * steps[t - 2]
    >>> choose_lag(np.cumsum(steps), "bic")
    2
    """
    series = as_series(y)
    rows = series.size - 1 - max_lag
    if rows < max_lag + 4:
        raise DataError(
            f"Too few observations to choose among {max_lag} lags",
            given=f"{series.size}",
            allowed=f"{2 * max_lag + 5} or more",
            hint="give the number of lags",
        )
    difference = np.diff(series)
    columns = [series[max_lag:-1]]
    columns += [difference[max_lag - j : difference.size - j] for j in range(1, max_lag + 1)]
    regressors = np.column_stack([column - column.mean() for column in columns])
    target = difference[max_lag:] - difference[max_lag:].mean()
    penalty = 2.0 if criterion == "aic" else math.log(rows)
    scores = []
    for lag in range(max_lag + 1):
        used = regressors[:, : lag + 1]
        residuals = target - used @ np.linalg.lstsq(used, target, rcond=None)[0]
        variance = max(float(residuals @ residuals) / rows, np.finfo(float).tiny)
        scores.append(rows * math.log(variance) + penalty * (lag + 2))
    return int(np.argmin(scores))


def resolve_window(size: int, lag: int, min_window: int | None) -> int:
    """Return the rows of the smallest regression, refusing what the sample cannot have."""
    smallest = lag + 3
    window = default_window(size) if min_window is None else min_window
    if min_window is None:
        window = max(window, smallest)
    if isinstance(window, bool) or not isinstance(window, int | np.integer) or window < smallest:
        raise UsageError(
            "The smallest window is too short for its regression",
            given=repr(min_window),
            allowed=f"{smallest} rows or more with {lag} lags",
        )
    if size - 1 - lag < window:
        raise DataError(
            "The series is too short",
            given=f"{size} observations",
            allowed=f"{window + lag + 1} or more for a smallest window of {window} rows",
        )
    return int(window)


def resolve_threads(threads: int | None) -> int:
    """Return the number of threads to use: all cores by default."""
    if threads is None:
        return os.cpu_count() or 1
    if isinstance(threads, bool) or not isinstance(threads, int | np.integer) or threads < 1:
        raise UsageError("Unknown number of threads", given=repr(threads), allowed="1 or more")
    return int(threads)


def regression_rows(paths: FloatArray, lag: int) -> FloatArray:
    """Return the rows of series of shape ``(series, size)``, as the kernels read them."""
    kernels, _ = load(lag)
    series, size = paths.shape
    rows = np.full((series, lag + 2, size - 1 - lag + 2 * kernels.LANES), np.nan)
    kernels.fill_rows(paths, rows)
    return rows


def signed_root(square: FloatArray) -> FloatArray:
    """Return the statistics whose signed squares are given."""
    root: FloatArray = np.copysign(np.sqrt(np.abs(square)), square)
    return root
