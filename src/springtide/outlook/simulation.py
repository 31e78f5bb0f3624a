"""Simulations of an instrument by itself: a random walk, GARCH, and one of forecast volatility.

Their parameters are estimated on the log returns up to the end of the last calendar year, so that a
forecast of today and one of a walk through history are made by the same rule. They know how far the
price stands below its high and how volatile it is. What one series cannot tell of itself, how fast
prices of its kind grow in the mean, comes from all instruments of the group, as known by then: a
mean growth of its own last ten years would be mostly chance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np
import numpy.typing as npt

from springtide.metrics.kept import kept
from springtide.numerics.continuation import Process, continue_rally, draws
from springtide.numerics.series import FloatArray, IntArray
from springtide.numerics.volatility import LogLinear
from springtide.outlook.curves import Curves
from springtide.outlook.model import GAINS, MOVE, NEW_HIGH, SESSIONS, THRESHOLD, MethodName
from springtide.outlook.volatility import WINDOWS, state

LEAST, MOST = 250, 2500
"""Fewest and most returns that parameters are estimated on."""

PATHS = 1000
"""Simulated paths of each forecast."""

SEED = 20250213

SIMULATED: tuple[MethodName, ...] = ("random_walk", "garch", "volatility")
"""Methods that simulate one price by itself."""

SOON, LATE = 20, 250
"""Sessions over which the process of forecast volatility has the variance that is forecast."""

PERSISTENCE, ALPHA, GAMMA = 0.98, 0.02, 0.14
"""Of that process: how long shocks to the variance last, and what rises and falls add to it.

Chosen once on the ten indices that the product knows; skill hardly changes from 0.97 to 0.99.
"""

_LOWEST = 0.15
"""The long-run and the first variance are at least this part of what is forecast."""


@dataclass(frozen=True, slots=True)
class GroupProcess:
    """What all instruments of a group have in common, as known by the end of a year.

    Attributes
    ----------
    growth
        Mean log return a session; None where too few were known, and a series has its own.
    variance
        By horizon, the forecast of the mean variance; empty where too few cases were known.
    """

    growth: float | None = None
    variance: Mapping[int, LogLinear] = field(default_factory=dict)


NOTHING_COMMON = GroupProcess()


@dataclass(frozen=True, slots=True)
class Estimated:
    """The processes as of the end of a year; ``garch`` is None where it could not be fitted.

    ``location`` is the mean that GARCH's shocks are measured from, ``variance`` its conditional
    variance for the first session after the sample; ``common`` is what all of the group share.
    """

    walk: Process
    garch: Process | None
    location: float
    common: GroupProcess = NOTHING_COMMON


@cache
def drawn_once() -> npt.NDArray[np.uint32]:
    """Return the draws that all forecasts share, made once."""
    return draws(PATHS, seed=SEED)


def year_start(day: int) -> int:
    """Return the first day of the year of a day, both counted from 1970.

    Examples
    --------
    >>> np.datetime64(year_start(20132), "D")
    np.datetime64('2025-01-01')
    """
    first = np.datetime64(day, "D").astype("datetime64[Y]").astype("datetime64[D]")
    return int(first.astype(np.int64))


def estimate(
    days: IntArray,
    close: FloatArray,
    day: int,
    common: GroupProcess = NOTHING_COMMON,
    *,
    keep: bool = False,
) -> Estimated | None:
    """Estimate the processes on the closes before the year of ``day``.

    Parameters
    ----------
    days, close
        The series.
    day
        Counted from 1970.
    common
        What was known of the group by then.
    keep
        Whether the GARCH fit is kept on disk: the second time the library that fits it need not be
        loaded, which takes longer than everything else.

    Returns
    -------
    Estimated or None
        None where there are fewer than :data:`LEAST` returns.

    Examples
    --------
    >>> days = np.arange("2020-01-01", "2023-01-02", dtype="datetime64[D]").astype(np.int64)
    >>> close = np.exp(np.cumsum(0.01 * np.random.default_rng(1).standard_normal(len(days))))
    >>> estimated = estimate(days, close, int(days[-1]), GroupProcess(growth=0.0003))
    >>> round(float(np.sqrt(estimated.walk.variance)), 3), estimated.walk.mean
    (0.01, 0.0003)
    >>> estimate(days[:99], close[:99], 18300) is None
    True
    """
    held = int(np.searchsorted(days, year_start(day)))
    returns = np.diff(np.log(close[:held]))[-MOST:]
    if len(returns) < LEAST or not returns.std() > 0:
        return None
    location, variance = float(returns.mean()), float(returns.var())
    growth = location if common.growth is None else common.growth
    shocks = (returns - location) / np.sqrt(variance)
    walk = Process(growth, variance, variance, 0.0, 0.0, shocks)
    fitted = kept("garch-2", [returns], lambda: _garch(returns)) if keep else _garch(returns)
    if not fitted["shocks"].size:
        return Estimated(walk, None, location, common)
    next_variance, omega, alpha, beta = fitted["numbers"].tolist()
    garch = Process(growth, next_variance, omega, alpha, beta, fitted["shocks"])
    return Estimated(walk, garch, location, common)


def _garch(returns: FloatArray) -> Mapping[str, FloatArray]:
    """Fit GARCH(1,1) by quasi maximum likelihood; there are no shocks where none can be fitted."""
    from springtide.numerics.garch import fit_garch, variances

    given = returns - returns.mean()
    fitted = fit_garch(given)
    if fitted is None:
        return {"numbers": np.zeros(4), "shocks": np.empty(0)}
    before, after = variances(given, fitted)
    shocks = given / np.sqrt(before)
    numbers = np.array([after, fitted.omega, fitted.alpha, fitted.beta])
    return {"numbers": numbers, "shocks": (shocks - shocks.mean()) / shocks.std()}


def as_of(estimated: Estimated, days: IntArray, close: FloatArray, row: int) -> Process | None:
    """Return the GARCH process with the variance of the session after ``row``.

    The variance is carried on from the end of the sample through the returns up to that row.
    """
    garch = estimated.garch
    if garch is None:
        return None
    first = int(np.searchsorted(days, year_start(int(days[row]))))
    variance = garch.variance
    for value in np.diff(np.log(close[first - 1 : row + 1])):
        variance = (
            garch.omega + garch.alpha * (value - estimated.location) ** 2 + (garch.beta * variance)
        )
    return replace(garch, variance=variance)


def of_forecast_volatility(estimated: Estimated, close: FloatArray, row: int) -> Process | None:
    """Return the process whose variance over the coming month and year is that forecast for it.

    None where none is forecast. Shocks are those of GARCH, else of the walk.
    """
    variance = estimated.common.variance
    if not variance or row < WINDOWS[-1]:
        return None
    now = state(close[row - WINDOWS[-1] : row + 1], np.array([WINDOWS[-1]]))
    soon, late = (float(variance[n].predict(now)[0]) for n in (SOON, LATE))
    first, long_run = aimed(soon, late)
    shocks = (estimated.garch or estimated.walk).shocks
    beta = PERSISTENCE - ALPHA - GAMMA / 2
    omega = long_run * (1 - PERSISTENCE)
    return Process(estimated.walk.mean, first, omega, ALPHA, beta, shocks, GAMMA)


def aimed(soon: float, late: float) -> tuple[float, float]:
    """Return the first and the long-run variance that give these means over a month and a year.

    Examples
    --------
    >>> first, long_run = aimed(2.0, 1.5)
    >>> left = lambda n: (1 - PERSISTENCE**n) / (n * (1 - PERSISTENCE))
    >>> [round(long_run + (first - long_run) * left(n), 6) for n in (SOON, LATE)]
    [2.0, 1.5]
    """
    at_soon, at_late = ((1 - PERSISTENCE**n) / (n * (1 - PERSISTENCE)) for n in (SOON, LATE))
    beyond = (soon - late) / (at_soon - at_late)
    long_run = late - beyond * at_late
    return max(long_run + beyond, _LOWEST * soon), max(long_run, _LOWEST * late)


def simulate(
    days: IntArray,
    close: FloatArray,
    rows: IntArray,
    highs: IntArray,
    drawn: npt.NDArray[np.uint32],
    common: Mapping[int, GroupProcess] | None = None,
) -> dict[MethodName, Curves]:
    """Forecast many rallies of one series by every simulation.

    Parameters
    ----------
    days, close
        The series.
    rows, highs
        Positions of the sessions and of the highest closes up to them.
    drawn
        From :func:`.draws`.
    common
        By the first day of a year, what was known of the group by then.

    Returns
    -------
    dict
        By method of :data:`SIMULATED`, one row for each of ``rows``; NaN where there is too little
        history, or a method cannot answer.
    """
    curves = {method: Curves.empty(len(rows)) for method in SIMULATED}
    estimates: dict[int, Estimated | None] = {}
    for k, (row, high) in enumerate(zip(rows.tolist(), highs.tolist(), strict=True)):
        year = year_start(int(days[row]))
        if year not in estimates:
            shared = (common or {}).get(year, NOTHING_COMMON)
            estimates[year] = estimate(days, close, year, shared)
        made = simulate_one(estimates[year], days, close, row, high, drawn, compiled=True)
        for method, given in made.items():
            curves[method].put(np.array([k]), given)
    return curves


def processes(
    estimated: Estimated, days: IntArray, close: FloatArray, row: int
) -> dict[MethodName, Process]:
    """Return the process of each method that can answer at a row."""
    given = {
        "random_walk": estimated.walk,
        "garch": as_of(estimated, days, close, row),
        "volatility": of_forecast_volatility(estimated, close, row),
    }
    return {method: made for method in SIMULATED if (made := given[method]) is not None}


def simulate_one(
    estimated: Estimated | None,
    days: IntArray,
    close: FloatArray,
    row: int,
    high: int,
    drawn: npt.NDArray[np.uint32],
    *,
    compiled: bool = False,
) -> dict[MethodName, Curves]:
    """Forecast one rally by every simulation that can answer.

    Parameters are as for :func:`simulate`, ``compiled`` as for :func:`.continue_rally`.
    """
    if estimated is None:
        return {}
    setback = min(float(close[row] / close[high]) - 1.0, 0.0)
    return {
        method: _curves(process, setback, drawn, compiled=compiled)
        for method, process in processes(estimated, days, close, row).items()
    }


def _curves(
    process: Process, setback: float, drawn: npt.NDArray[np.uint32], *, compiled: bool
) -> Curves:
    simulated = continue_rally(
        process,
        setback,
        drawn,
        peak=SESSIONS,
        gain=GAINS,
        new_high=NEW_HIGH,
        fall=THRESHOLD,
        move=MOVE,
        compiled=compiled,
    )
    up_first = 0.5 if np.isnan(simulated.up_first) else simulated.up_first
    return Curves(
        simulated.peak[None],
        simulated.gain[None],
        simulated.new_high[None],
        np.array([up_first]),
        np.array([float(len(drawn))]),
    )
