"""Load the compiled kernels late, and say so when they must be compiled first."""

from __future__ import annotations

import functools
import logging
import os
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

_log = logging.getLogger(__name__)
_COMPILING = "Compiling the PSY kernels. This happens once and takes a few seconds."


def load(lag: int) -> tuple[ModuleType, Callable[..., None]]:
    """Return the module of kernels and the one that finds best windows at this lag, both compiled.

    Examples
    --------
    >>> kernels, best = load(1)
    >>> best.__name__
    'best_one_lag'
    """
    return _load(min(lag, 2))


@functools.cache
def _load(kind: int) -> tuple[ModuleType, Callable[..., Any]]:
    from springtide.numerics.lppls.compiling import kept
    from springtide.numerics.psy import kernels, plain

    best_windows = (plain.best_plain, kernels.best_one_lag, kernels.best_many_lags)[kind]
    if not kept([best_windows, kernels.recompute], os.path.dirname(__file__)):
        _log.warning(_COMPILING)
    _run_once(kernels, best_windows, kind)
    return kernels, best_windows


def _run_once(kernels: ModuleType, best_windows: Callable[..., None], lag: int) -> None:
    size, min_window = 12, 8
    count = size - 1 - lag
    rows = np.full((1, lag + 2, count + 2 * kernels.LANES), np.nan)
    best, length = np.empty((1, count)), np.zeros((1, count), dtype=np.int64)
    kernels.fill_rows(np.zeros((1, size)), rows)
    best_windows(rows, min_window, best, length, 0, 1)
    kernels.growing_windows(rows, min_window, best)
    kernels.recompute(rows[0], length[0], best[0], 0, 1)
    kernels.window_statistic(rows[0], kernels.LANES, kernels.LANES + min_window)


@functools.cache
def load_side_by_side() -> Callable[..., None]:
    """Return the kernel that finds the best windows of many series without lagged differences."""
    from springtide.numerics.lppls.compiling import kept
    from springtide.numerics.psy import plain

    if not kept([plain.best_side_by_side], os.path.dirname(__file__)):
        _log.warning(_COMPILING)
    return plain.best_side_by_side
