"""What the state of a rally is described by: the covariates of the hazard model.

Each is known from closes up to the day itself. Changes and distances are in units of the series'
own volatility where instruments would otherwise not be comparable.
"""

from __future__ import annotations

import math

import numpy as np

from springtide.numerics.phases import Phase
from springtide.numerics.psy.last import last_statistic
from springtide.numerics.series import FloatArray, IntArray
from springtide.outlook.model import THRESHOLD

HISTORY = 250
"""Closes before the day that the covariates need."""

COVARIATES = (
    "setback",
    "setback_odds",
    "since_high",
    "age",
    "gain",
    "deepest",
    "momentum_20",
    "momentum_60",
    "momentum_120",
    "momentum_250",
    "volatility_20",
    "volatility_60",
    "volatility_250",
    "above_average",
    "setback_volatility",
    "volatility_squared",
    "exuberance",
    "is_index",
)
"""In the order of the columns; :func:`covariates` says what each is."""


def covariates(
    close: FloatArray, rows: IntArray, highs: IntArray, phase: Phase, *, is_index: bool
) -> FloatArray:
    """Describe the state of one rally on some of its sessions.

    Parameters
    ----------
    close
        Closes of the whole series.
    rows
        Sessions, as positions in ``close``; each has at least :data:`HISTORY` closes before it.
    highs
        Position of the rally's highest close up to each of them.
    phase
        The rally.
    is_index
        Whether the series is an index.

    Returns
    -------
    FloatArray
        Shape (rows, covariates), in the order of :data:`COVARIATES`: how much of the way from the
        high to the end of the rally has been lost, in logs (0 at the high, 1 at a fall by the
        threshold), and the log odds of it, which a driftless walk would have of ending; log
        sessions since the high and since the trough; log gain from trough to high; the deepest
        setback so far; the log change over 20, 60, 120 and 250 sessions in units of volatility;
        log volatility of the daily log returns over 20, 60 and 250 sessions; distance from the
        200-session average in units of volatility; setback times and square of the log volatility;
        the backward SADF statistic of the last 250 log closes; and whether it is an index.
    """
    log = np.log(close)
    lost = np.clip((log[highs] - log[rows]) / -math.log1p(-THRESHOLD), 0.0, 0.999)
    spread = {n: _volatility(log, rows, n) for n in (20, 60, 250)}
    unit, level = spread[60], np.log(spread[60])
    average = np.convolve(close, np.full(200, 1 / 200), "valid")[rows - 199]
    inner = np.clip(lost, 0.02, 0.98)
    columns = (
        lost,
        np.log(inner / (1 - inner)),
        np.log1p(rows - highs),
        np.log(rows - phase.start),
        log[highs] - log[phase.start],
        _deepest(close[phase.start : rows[-1] + 1])[rows - phase.start],
        *((log[rows] - log[rows - n]) / unit for n in (20, 60, 120, 250)),
        *(np.log(spread[n]) for n in (20, 60, 250)),
        np.log(close[rows] / average) / unit,
        lost * level,
        level**2,
        exuberance(log, rows),
        np.full(len(rows), float(is_index)),
    )
    return np.column_stack(columns)


def _volatility(log: FloatArray, rows: IntArray, window: int) -> FloatArray:
    """Return the yearly volatility of daily log returns, at least one basis point a day."""
    returns = np.lib.stride_tricks.sliding_window_view(np.diff(log), window)
    spread: FloatArray = np.std(returns[rows - window], axis=1, ddof=1)
    return np.maximum(spread, 1e-4) * math.sqrt(250)


def _deepest(path: FloatArray) -> FloatArray:
    """Return the largest fall from a high so far, at each point of a path."""
    falls = path / np.maximum.accumulate(path) - 1
    deepest: FloatArray = np.minimum.accumulate(falls)
    return deepest


def exuberance(log: FloatArray, rows: IntArray) -> FloatArray:
    """Return the backward SADF statistic of the last :data:`HISTORY` log closes at each row.

    Zero where it cannot be computed, as when the closes do not vary.
    """
    paths = np.lib.stride_tricks.sliding_window_view(log, HISTORY)[rows - HISTORY + 1]
    return np.clip(np.nan_to_num(last_statistic(paths)), -5.0, 5.0)
