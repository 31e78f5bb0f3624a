"""How often a market without a bubble reaches a confidence value.

Two nulls, both made from the instrument's own returns before the window: a GARCH(1,1) process
with Student t innovations (Bollerslev 1987, doi:10.2307/1925546), and a stationary block
bootstrap (Politis and Romano 1994, doi:10.1080/01621459.1994.10476870). Both keep the
instrument's drift, fat tails and volatility clusters, and neither knows of a critical time.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from springtide.errors import DataError, UsageError
from springtide.numerics.lppls.confidence import Scale, shares
from springtide.numerics.lppls.filters import DEMIRER_2019, Filters
from springtide.numerics.lppls.model import Bounds
from springtide.numerics.lppls.scanning import fit_all
from springtide.numerics.lppls.series import checked

HISTORY = 250
"""Fewest returns from which the nulls are made."""


@dataclass(frozen=True, slots=True)
class Garch:
    """GARCH(1,1) with Student t innovations, fitted to returns in percent.

    Attributes
    ----------
    mean, omega, alpha, beta, degrees
        The parameters; ``degrees`` of freedom of the innovations.
    variance
        Conditional variance of the first return after the sample.
    """

    mean: float
    omega: float
    alpha: float
    beta: float
    degrees: float
    variance: float


@dataclass(frozen=True, slots=True)
class Rate:
    """How often simulated markets reach a value, with Wilson's 95% interval.

    Attributes
    ----------
    share
        Share of the simulated series.
    low, high
        The interval for the true share; it says how exact the simulation is.
    """

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class NullRates:
    """Confidence values of simulated series without a bubble.

    Attributes
    ----------
    scale, filters
        What was computed on each series.
    garch
        The fitted process.
    block
        Mean block length of the bootstrap, in sessions.
    garch_positive, garch_negative, bootstrap_positive, bootstrap_negative
        Confidence of each simulated series, ascending; shape (replications,).
    """

    scale: Scale
    filters: Filters
    garch: Garch
    block: float
    garch_positive: np.ndarray
    garch_negative: np.ndarray
    bootstrap_positive: np.ndarray
    bootstrap_negative: np.ndarray

    def rates(self, value: float, *, positive: bool = True) -> tuple[Rate, Rate]:
        """How often a confidence of ``value`` or more appears: under GARCH, under the bootstrap."""
        if positive:
            return _rate(self.garch_positive, value), _rate(self.bootstrap_positive, value)
        return _rate(self.garch_negative, value), _rate(self.bootstrap_negative, value)


def null_rates(
    before: np.ndarray,
    scale: Scale,
    *,
    filters: Filters = DEMIRER_2019,
    bounds: Bounds | None = None,
    replications: int = 499,
    seed: int = 0,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> NullRates:
    """Simulate a scale's confidence indicator on markets without a bubble.

    Parameters
    ----------
    before
        Log prices before the scale's longest window, oldest first, one a session; at least 251.
    scale
        The windows of the indicator.
    filters, bounds, threads
        As for :func:`.confidence`; use the same.
    replications
        Simulated series of each kind.
    seed
        Seed of the simulation (NumPy's PCG64).
    progress
        Called with the number of window lengths done and their total.

    Returns
    -------
    NullRates

    Raises
    ------
    UsageError
        If there are fewer than 251 log prices or no replications.
    DataError
        If a value is missing, all are equal, or the GARCH process can't be fitted.

    Examples
    --------
    >>> import numpy as np
    >>> from springtide.numerics.lppls import SHORT
    >>> y = np.cumsum(0.01 * np.random.default_rng(3).standard_normal(600))
    >>> null = null_rates(y, SHORT, replications=20)
    >>> garch, bootstrap = null.rates(0.0)
    >>> garch.share, bootstrap.share
    (1.0, 1.0)
    """
    history = checked(before, HISTORY + 1)
    if replications < 1:
        raise UsageError(
            "Null rates need simulated series", given=str(replications), allowed="1 and more"
        )
    returns = np.diff(history)
    rng = np.random.default_rng(seed)
    length = int(scale.windows[-1])
    garch = fit_garch(returns)
    block = block_length(returns)
    paths = np.zeros((2 * replications, length))
    paths[:replications, 1:] = simulate_garch(garch, replications, length - 1, rng)
    paths[replications:, 1:] = resample(returns, block, replications, length - 1, rng)
    np.cumsum(paths, axis=1, out=paths)
    rows = np.arange(2 * replications)
    ends = np.full(rows.size, length - 1)
    fits = fit_all(paths, rows, ends, scale.windows, bounds or Bounds(), threads, progress)
    qualified = np.asarray(filters.check(fits).qualified)
    positive = shares(qualified & fits.positive, scale.windows, [scale])[:, 0]
    negative = shares(qualified & fits.negative, scale.windows, [scale])[:, 0]
    return NullRates(
        scale,
        filters,
        garch,
        block,
        np.sort(positive[:replications]),
        np.sort(negative[:replications]),
        np.sort(positive[replications:]),
        np.sort(negative[replications:]),
    )


def fit_garch(returns: np.ndarray) -> Garch:
    """Fit a GARCH(1,1) process with Student t innovations by maximum likelihood (``arch``)."""
    from arch import arch_model

    percent = 100.0 * returns
    model = arch_model(percent, mean="Constant", vol="GARCH", p=1, q=1, dist="t", rescale=False)
    result = model.fit(disp="off", show_warning=False)
    if result.convergence_flag != 0:
        raise DataError(
            "A GARCH(1,1) process can't be fitted to the returns before the window",
            given=f"{returns.size} returns",
            hint="give a longer history",
        )
    mean, omega, alpha, beta, degrees = (float(value) for value in result.params)
    last = float(result.conditional_volatility[-1]) ** 2
    variance = omega + alpha * (percent[-1] - mean) ** 2 + beta * last
    return Garch(mean, omega, alpha, beta, degrees, float(variance))


def simulate_garch(
    garch: Garch, series: int, sessions: int, rng: np.random.Generator
) -> np.ndarray:
    """Simulate log returns, shape (series, sessions), from the state after the sample."""
    shocks = rng.standard_t(garch.degrees, size=(sessions, series))
    shocks *= math.sqrt((garch.degrees - 2.0) / garch.degrees)
    variance = np.full(series, garch.variance)
    returns = np.empty((sessions, series))
    for t in range(sessions):
        shock = np.sqrt(variance) * shocks[t]
        returns[t] = garch.mean + shock
        variance = garch.omega + garch.alpha * shock**2 + garch.beta * variance
    return returns.T / 100.0


def block_length(returns: np.ndarray) -> float:
    """Mean block length that keeps volatility clusters: that of the squared returns.

    Patton, Politis and White (2009, doi:10.1080/07474930802459016), from ``arch``; at least one.
    """
    from arch.bootstrap import optimal_block_length

    deviations = (returns - returns.mean()) ** 2
    return max(1.0, float(optimal_block_length(deviations)["stationary"].iloc[0]))


def resample(
    returns: np.ndarray, block: float, series: int, sessions: int, rng: np.random.Generator
) -> np.ndarray:
    """Stationary bootstrap of ``returns``, shape (series, sessions): blocks of random length.

    Each session continues its block with probability ``1 - 1 / block``, else a new block starts
    anywhere; blocks wrap around the end of the sample.
    """
    fresh = rng.random((series, sessions)) < 1.0 / block
    fresh[:, 0] = True
    starts = rng.integers(0, returns.size, (series, sessions))
    session = np.arange(sessions)
    began = np.maximum.accumulate(np.where(fresh, session, 0), axis=1)
    origin = np.take_along_axis(starts, began, axis=1)
    sample: np.ndarray = returns[(origin + session - began) % returns.size]
    return sample


def _rate(values: np.ndarray, value: float) -> Rate:
    n = values.size
    share = float(np.count_nonzero(values >= value - 1e-12)) / n
    z = 1.959963984540054
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return Rate(share, max(0.0, centre - half), min(1.0, centre + half))
