"""Critical values from the series itself, robust to changing volatility."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import numpy as np

from springtide.errors import UsageError
from springtide.numerics.psy.model import CriticalValues, FloatArray, SequenceDistribution
from springtide.numerics.psy.sequence import Lag, as_series, resolve_lag, resolve_window
from springtide.numerics.psy.simulation import (
    GENERATOR,
    Draws,
    Progress,
    null_distribution,
    sequence_distribution,
    simulate,
)

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

Method = Literal["wild", "phillips-shi"]

METHODS = {
    "wild": "wild bootstrap of the differences (Harvey, Leybourne, Sollis and Taylor 2016)",
    "phillips-shi": "wild bootstrap of resampled null residuals (Phillips and Shi 2020)",
}


def bootstrap_critical_values(
    y: ArrayLike,
    lag: Lag = 0,
    min_window: int | None = None,
    *,
    method: Method = "wild",
    horizon: int | None = None,
    draws: int = 499,
    seed: int = 2016,
    threads: int | None = None,
    progress: Progress | None = None,
) -> CriticalValues:
    """Return the distributions of the PSY statistics under a null that resembles the series.

    ``"wild"`` (Harvey, Leybourne, Sollis and Taylor 2016): a draw sums the observed differences,
    each times its own standard normal number. Volatility stays where it was in the series. The
    sequence is judged at each end point alone.

    ``"phillips-shi"`` (Phillips and Shi 2020): the differences' autoregression under the null is
    fitted to the series; a draw rebuilds it from residuals drawn with replacement, each times a
    standard normal number. The sequence is judged by its largest value over ``horizon`` end points,
    so that the chance of any false alarm among them is one minus the level.

    Parameters
    ----------
    y
        Shape ``(sample,)``, as given to `springtide.numerics.psy.bsadf`.
    lag, min_window
        As given to `springtide.numerics.psy.bsadf`.
    method
        ``"wild"`` or ``"phillips-shi"``.
    horizon
        End points over which ``"phillips-shi"`` controls the rate of false alarms (the paper takes
        two years); by default all of the sample's.
    draws
        Bootstrap series. 499 or 999 make the levels 90, 95 and 99% exact ranks.
    seed
        Of the random numbers.
    threads
        Threads to use; by default as many as there are cores. The same values for any.
    progress
        Called with the draws done and their total.

    Raises
    ------
    DataError
        As `springtide.numerics.psy.bsadf`.
    UsageError
        An argument is not allowed.

    References
    ----------
    Harvey, Leybourne, Sollis and Taylor (2016), Journal of Empirical Finance 38,
    doi:10.1016/j.jempfin.2015.09.002. Phillips and Shi (2020), Handbook of Statistics 42,
    doi:10.1016/bs.host.2018.12.002.

    Examples
    --------
    >>> import numpy as np
    >>> walk = np.cumsum(np.random.default_rng(1).standard_normal(120))
    >>> values = bootstrap_critical_values(walk, draws=99, seed=7)
    >>> values.adf.critical_value(0.95) < values.gsadf.critical_value(0.95)
    True
    """
    series = as_series(y)
    order, _ = resolve_lag(series, lag)
    window = resolve_window(series.size, order, min_window)
    end_points = series.size - order - window
    if method not in METHODS:
        raise UsageError(
            "Unknown bootstrap", given=repr(method), allowed=" or ".join(map(repr, METHODS))
        )
    joint = _resolve_horizon(method, horizon, end_points)
    result = simulate(
        _wild(series) if method == "wild" else _resampled(series, order),
        series.size,
        order,
        window,
        replications=draws,
        seed=seed,
        threads=threads,
        progress=progress,
    )
    adf, sadf, gsadf = (null_distribution(column) for column in result.sup.T)
    return CriticalValues(
        method=METHODS[method],
        sample=series.size,
        lag=order,
        min_window=window,
        replications=draws,
        seed=seed,
        generator=GENERATOR,
        packaged=False,
        adf=adf,
        sadf=sadf,
        gsadf=gsadf,
        sequence=_joint(result, joint, series.size),
        horizon=joint,
    )


def _resolve_horizon(method: Method, horizon: int | None, end_points: int) -> int | None:
    if method == "wild":
        if horizon is not None:
            raise UsageError(
                "The wild bootstrap judges each end point alone and takes no horizon",
                given=repr(horizon),
                hint='use method="phillips-shi" to control false alarms over a horizon',
            )
        return None
    if horizon is None:
        return end_points
    if isinstance(horizon, bool) or not isinstance(horizon, int) or not 1 <= horizon <= end_points:
        raise UsageError(
            "Unknown horizon", given=repr(horizon), allowed=f"1 to {end_points} end points"
        )
    return horizon


def _joint(result: Draws, horizon: int | None, size: int) -> SequenceDistribution:
    if horizon is None:
        return sequence_distribution(result.sequence, size)
    # An end point's statistic uses no later data: the first ``horizon`` end points of a long draw
    # are those of a draw that stops there.
    largest = result.sequence[:, :horizon].max(axis=1, keepdims=True)
    judged = sequence_distribution(largest, 1)
    quantiles = np.full((judged.probabilities.size, size), np.nan)
    quantiles[:, size - result.sequence.shape[1] :] = judged.quantiles
    return SequenceDistribution(judged.probabilities, quantiles, judged.replications)


def _wild(series: FloatArray) -> Callable[[np.random.Generator, int], FloatArray]:
    return functools.partial(_wild_paths, difference=np.diff(series))


def _wild_paths(random: np.random.Generator, draws: int, difference: FloatArray) -> FloatArray:
    paths = np.zeros((draws, difference.size + 1))
    steps = random.standard_normal((draws, difference.size)) * difference
    np.cumsum(steps, axis=1, out=paths[:, 1:])
    return paths


def _resampled(series: FloatArray, lag: int) -> Callable[[np.random.Generator, int], FloatArray]:
    difference = np.diff(series)
    target = difference[lag:]
    columns = [difference[lag - j : difference.size - j] for j in range(1, lag + 1)]
    regressors = np.column_stack([np.ones(target.size), *columns])
    coefficients = np.linalg.lstsq(regressors, target, rcond=None)[0].astype(np.float64)
    return functools.partial(
        _resampled_paths,
        residuals=target - regressors @ coefficients,
        slopes=coefficients[1:],
        initial=difference[:lag],
    )


def _resampled_paths(
    random: np.random.Generator,
    draws: int,
    residuals: FloatArray,
    slopes: FloatArray,
    initial: FloatArray,
) -> FloatArray:
    shape = (draws, residuals.size)
    shocks = random.standard_normal(shape) * residuals[random.integers(residuals.size, size=shape)]
    steps = np.concatenate([np.broadcast_to(initial, (draws, initial.size)), shocks], axis=1)
    if slopes.size:
        from scipy.signal import lfilter, lfiltic

        recursion = np.concatenate([[1.0], -slopes])
        state = np.broadcast_to(lfiltic([1.0], recursion, initial[::-1]), (draws, slopes.size))
        steps[:, initial.size :] = lfilter([1.0], recursion, shocks, zi=state)[0]
    paths = np.zeros((draws, steps.shape[1] + 1))
    np.cumsum(steps, axis=1, out=paths[:, 1:])
    return paths
