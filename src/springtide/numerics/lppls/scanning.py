"""Fit one window, or nested windows over many end points."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np

from springtide.errors import UsageError
from springtide.numerics.lppls.fits import NUMBERS, Fit, Fits, Scan
from springtide.numerics.lppls.grid import grid
from springtide.numerics.lppls.model import Bounds
from springtide.numerics.lppls.panels import panels
from springtide.numerics.lppls.series import SHORTEST, checked

_log = logging.getLogger(__name__)


def fit(y: np.ndarray, bounds: Bounds | None = None) -> Fit:
    """Fit the LPPLS model to the whole of ``y``.

    The search is deterministic: every point of a grid of (tc, m, omega) is compared through
    orthonormal bases, and Newton's method on the sum of squares with the linear parameters
    solved out (variable projection, Filimonov and Sornette 2013,
    doi:10.1016/j.physa.2013.04.012) starts from the best of its minima.

    Parameters
    ----------
    y
        Log prices, oldest first, one a session; float64, shape (n,), n at least 20.
    bounds
        Where critical time, exponent and frequency are searched; :class:`Bounds` by default.

    Returns
    -------
    Fit
        The best fit inside the bounds; it may lie on them.

    Raises
    ------
    UsageError
        If ``y`` is not one-dimensional or too short.
    DataError
        If a value is missing or infinite, or all are equal.

    Examples
    --------
    >>> import numpy as np
    >>> x = 25.0 + np.arange(200.0)[::-1]
    >>> y = 7 - 0.02 * x**0.6 + 0.001 * x**0.6 * np.cos(8 * np.log(x))
    >>> best = fit(y)
    >>> round(best.critical_time, 3), round(best.exponent, 3), round(best.frequency, 3)
    (25.0, 0.6, 8.0)
    >>> bool(best.positive), round(float(best.damping), 2)
    (True, 1.5)
    """
    series = checked(y)
    result = scan(series, [series.size], [series.size - 1], bounds=bounds, threads=1)
    return result.fits.at(0, 0)


def scan(
    y: np.ndarray,
    windows: Sequence[int] | np.ndarray,
    ends: Sequence[int] | np.ndarray | None = None,
    *,
    bounds: Bounds | None = None,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Scan:
    """Fit nested windows of several lengths at many end points of one series.

    Parameters
    ----------
    y
        Log prices, oldest first, one a session; float64, shape (n,).
    windows
        Lengths of the windows in sessions, each at least 20.
    ends
        Positions in ``y`` of the windows' last sessions; all by default.
    bounds
        Where critical time, exponent and frequency are searched; :class:`Bounds` by default.
    threads
        How many threads work; by default as many as there are processors. The result is the
        same to the last bit.
    progress
        Called with the number of window lengths done and their total, after each.

    Returns
    -------
    Scan
        Fits of shape (ends, windows); NaN where the window would begin before the series, or
        is constant.

    Raises
    ------
    UsageError
        If a length is below 20, an end lies outside of ``y``, or ``y`` is too short.
    DataError
        If a value is missing or infinite, or all are equal.

    Examples
    --------
    >>> import numpy as np
    >>> y = np.cumsum(0.01 * np.random.default_rng(1).standard_normal(120))
    >>> result = scan(y, windows=[30, 60], ends=[40, 119])
    >>> result.fits.sse.shape, np.isnan(result.fits.sse).tolist()
    ((2, 2), [[False, True], [False, False]])
    """
    series = checked(y)
    where = np.arange(series.size) if ends is None else _integers(ends, "end point")
    outside = where[(where < 0) | (where >= series.size)]
    if outside.size:
        raise UsageError(
            "An end point lies outside of the series",
            given=str(outside[0]),
            allowed=f"0 to {series.size - 1}",
        )
    lengths = checked_windows(windows)
    rows = np.zeros(where.size, np.int64)
    fits = fit_all(series[None], rows, where, lengths, bounds or Bounds(), threads, progress)
    return Scan(where, lengths, fits)


def checked_windows(windows: Sequence[int] | np.ndarray) -> np.ndarray:
    """Window lengths as an int64 vector, or an error if one is too short."""
    lengths = _integers(windows, "window length")
    if lengths.size == 0 or lengths.min() < SHORTEST:
        raise UsageError(
            "A window is too short for LPPLS",
            given=str(lengths.min()) if lengths.size else "no window",
            allowed=f"{SHORTEST} sessions and more",
        )
    return lengths


def _integers(values: Sequence[int] | np.ndarray, name: str) -> np.ndarray:
    array = np.asarray(values)
    if array.ndim != 1 or (array.size and array.dtype.kind not in "iu"):
        raise UsageError(f"Each {name} must be a whole number", given=repr(values))
    return array.astype(np.int64)


def fit_all(
    series: np.ndarray,
    rows: np.ndarray,
    ends: np.ndarray,
    windows: np.ndarray,
    bounds: Bounds,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Fits:
    """Fit every window length at the end points ``series[rows[i], ends[i]]``; no checks.

    A window length is one piece of work, so the split over threads changes no number.
    """
    ready()
    values = np.full((windows.size, ends.size, len(NUMBERS)), np.nan)

    def one(position: int) -> None:
        _fit_length(series, rows, ends, int(windows[position]), bounds, values[position])

    workers = min(threads or os.cpu_count() or 1, windows.size)
    with ThreadPoolExecutor(workers) as pool:
        for done, _ in enumerate(pool.map(one, range(windows.size)), 1):
            if progress is not None:
                progress(done, windows.size)
    columns = {name: np.ascontiguousarray(values[:, :, k].T) for k, name in enumerate(NUMBERS)}
    length = np.broadcast_to(windows, (ends.size, windows.size))
    return Fits(length=length, bounds=bounds, **columns)


def _fit_length(
    series: np.ndarray,
    rows: np.ndarray,
    ends: np.ndarray,
    length: int,
    bounds: Bounds,
    values: np.ndarray,
) -> None:
    """Fill ``values`` (ends, numbers) with the fits of one window length."""
    from springtide.numerics.lppls import search

    whole = ends >= length - 1
    if not whole.any():
        return
    rule = panels(length)
    points = grid(length, bounds, rule)
    lower, upper = bounds.box(length)
    out = np.empty((int(whole.sum()), len(NUMBERS)))
    search.fit_windows(
        series,
        rows[whole],
        ends[whole],
        np.arange(float(length)),
        rule.age,
        rule.weight,
        np.sqrt(rule.weight),
        rule.first,
        rule.count,
        rule.projection,
        points.theta,
        points.first,
        points.frequencies,
        points.basis,
        points.trend,
        lower,
        upper,
        out,
    )
    constant = np.ptp(_windows(series, rows[whole], ends[whole], length), axis=1) == 0.0
    out[constant] = np.nan
    values[whole] = out


def _windows(series: np.ndarray, rows: np.ndarray, ends: np.ndarray, length: int) -> np.ndarray:
    views = np.lib.stride_tricks.sliding_window_view(series, length, axis=1)
    windows: np.ndarray = views[rows, ends - length + 1]
    return windows


@cache
def ready() -> None:
    """Compile every kernel or load it from disk; log a message before compiling."""
    from springtide.numerics.lppls import likelihood, search
    from springtide.numerics.lppls.compiling import kept

    if not kept([search.bases, search.fit_windows, likelihood.log_likelihood]):
        _log.warning("Compiling the LPPLS kernels. This happens once and takes about 15 seconds.")
    y = np.sin(np.arange(24.0))
    values = np.full((1, len(NUMBERS)), np.nan)
    _fit_length(y[None], np.zeros(1, np.int64), np.array([23]), 24, Bounds(), values)
    theta = np.array([[2.0, 0.5, 8.0]])
    likelihood.log_likelihood(y, theta, np.array([0.0, 0.5]), np.empty(1))
