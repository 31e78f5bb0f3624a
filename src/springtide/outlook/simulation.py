"""Two simulations of an instrument by itself: a random walk with drift, and GARCH.

Their parameters are estimated on the log returns up to the end of the last calendar year, so that a
forecast of today and one of a walk through history are made by the same rule. They know how far the
price stands below its high and how volatile it is, and nothing else.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import numpy.typing as npt

from springtide.metrics.kept import kept
from springtide.numerics.continuation import Process, continue_rally, draws
from springtide.numerics.series import FloatArray, IntArray
from springtide.outlook.curves import Curves
from springtide.outlook.model import GAINS, MOVE, NEW_HIGH, SESSIONS, THRESHOLD

LEAST, MOST = 250, 2500
"""Fewest and most returns that parameters are estimated on."""

PATHS = 1000
"""Simulated paths of each forecast."""

SEED = 20250213

_MOST_PERSISTENT = 0.999
"""Of the variance; above it the process would have none in the long run."""


@dataclass(frozen=True, slots=True)
class Estimated:
    """Both processes as of the end of a year; ``garch`` is None where it could not be fitted.

    ``location`` is the mean that GARCH's shocks are measured from, ``variance`` its conditional
    variance for the first session after the sample.
    """

    walk: Process
    garch: Process | None
    location: float


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
    days: IntArray, close: FloatArray, day: int, *, keep: bool = False
) -> Estimated | None:
    """Estimate both processes on the closes before the year of ``day``.

    Parameters
    ----------
    days, close
        The series.
    day
        Counted from 1970.
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
    >>> estimated = estimate(days, close, int(days[-1]))
    >>> round(float(np.sqrt(estimated.walk.variance)), 3), estimate(days[:99], close[:99], 18300)
    (0.01, None)
    """
    held = int(np.searchsorted(days, year_start(day)))
    returns = np.diff(np.log(close[:held]))[-MOST:]
    if len(returns) < LEAST or not returns.std() > 0:
        return None
    mean, variance = float(returns.mean()), float(returns.var())
    shocks = (returns - mean) / np.sqrt(variance)
    walk = Process(mean, variance, variance, 0.0, 0.0, shocks)
    fitted = kept("garch", [returns], lambda: _garch(returns)) if keep else _garch(returns)
    if not fitted["shocks"].size:
        return Estimated(walk, None, mean)
    location, next_variance, omega, alpha, beta = fitted["numbers"].tolist()
    garch = Process(mean, next_variance, omega, alpha, beta, fitted["shocks"])
    return Estimated(walk, garch, location)


def _garch(returns: FloatArray) -> Mapping[str, FloatArray]:
    """Fit GARCH(1,1) by quasi maximum likelihood; there are no shocks where it did not converge."""
    from arch import arch_model

    percent = 100.0 * returns
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fit = arch_model(percent, mean="Constant", vol="GARCH", p=1, q=1, rescale=False).fit(
            disp="off", show_warning=False
        )
    location, omega, alpha, beta = (float(value) for value in fit.params)
    volatility = np.asarray(fit.conditional_volatility)
    if fit.convergence_flag != 0 or not np.isfinite(volatility).all():
        return {"numbers": np.zeros(5), "shocks": np.empty(0)}
    shrink = min(1.0, _MOST_PERSISTENT / max(alpha + beta, 1e-9))
    alpha, beta = alpha * shrink, beta * shrink
    next_variance = omega + alpha * (percent[-1] - location) ** 2 + beta * volatility[-1] ** 2
    shocks = (percent - location) / volatility
    numbers = [location / 100.0, next_variance / 1e4, omega / 1e4, alpha, beta]
    return {"numbers": np.array(numbers), "shocks": (shocks - shocks.mean()) / shocks.std()}


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


def simulate(
    days: IntArray,
    close: FloatArray,
    rows: IntArray,
    highs: IntArray,
    drawn: npt.NDArray[np.uint32],
) -> tuple[Curves, Curves]:
    """Forecast many rallies of one series by the random walk and by GARCH.

    Parameters
    ----------
    days, close
        The series.
    rows, highs
        Positions of the sessions and of the highest closes up to them.
    drawn
        From :func:`.draws`.

    Returns
    -------
    tuple of Curves
        Of the walk and of GARCH, one row for each of ``rows``; NaN where there is too little
        history or GARCH could not be fitted.
    """
    walks, garches = Curves.empty(len(rows)), Curves.empty(len(rows))
    estimates: dict[int, Estimated | None] = {}
    for k, (row, high) in enumerate(zip(rows.tolist(), highs.tolist(), strict=True)):
        year = year_start(int(days[row]))
        if year not in estimates:
            estimates[year] = estimate(days, close, year)
        made = simulate_one(estimates[year], days, close, row, high, drawn, compiled=True)
        for curves, given in zip((walks, garches), made, strict=True):
            if given is not None:
                curves.put(np.array([k]), given)
    return walks, garches


def simulate_one(
    estimated: Estimated | None,
    days: IntArray,
    close: FloatArray,
    row: int,
    high: int,
    drawn: npt.NDArray[np.uint32],
    *,
    compiled: bool = False,
) -> tuple[Curves | None, Curves | None]:
    """Forecast one rally by the random walk and by GARCH; None where one cannot answer.

    Parameters are as for :func:`simulate`, ``compiled`` as for :func:`.continue_rally`.
    """
    if estimated is None:
        return None, None
    setback = min(float(close[row] / close[high]) - 1.0, 0.0)
    garch = as_of(estimated, days, close, row)
    return (
        _curves(estimated.walk, setback, drawn, compiled=compiled),
        None if garch is None else _curves(garch, setback, drawn, compiled=compiled),
    )


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
