"""Critical values from the series itself, robust to changing volatility."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from springtide.numerics.psy.model import CriticalValues, FloatArray
from springtide.numerics.psy.sequence import Lag, as_series, resolve_lag, resolve_window
from springtide.numerics.psy.simulation import (
    GENERATOR,
    Progress,
    null_distribution,
    sequence_distribution,
    simulate,
)

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


def bootstrap_critical_values(
    y: ArrayLike,
    lag: Lag = 0,
    min_window: int | None = None,
    *,
    draws: int = 499,
    seed: int = 2016,
    threads: int | None = None,
    progress: Progress | None = None,
) -> CriticalValues:
    """Return the distributions of the PSY statistics under a null that resembles the series.

    The wild bootstrap of Harvey, Leybourne, Sollis and Taylor: a draw sums the observed
    differences, each times its own standard normal number. Volatility stays where it was in the
    series. The sequence is judged at each end point alone, by what the series holds up to it.

    Parameters
    ----------
    y
        Shape ``(sample,)``, as given to `springtide.numerics.psy.bsadf`.
    lag, min_window
        As given to `springtide.numerics.psy.bsadf`.
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
    doi:10.1016/j.jempfin.2015.09.002.

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
    result = simulate(
        _wild(series),
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
        method="wild bootstrap of the differences (Harvey, Leybourne, Sollis and Taylor 2016)",
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
        sequence=sequence_distribution(result.sequence, series.size),
    )


def _wild(series: FloatArray) -> Callable[[np.random.Generator, int], FloatArray]:
    return functools.partial(_wild_paths, difference=np.diff(series))


def _wild_paths(random: np.random.Generator, draws: int, difference: FloatArray) -> FloatArray:
    paths = np.zeros((draws, difference.size + 1))
    steps = random.standard_normal((draws, difference.size)) * difference
    np.cumsum(steps, axis=1, out=paths[:, 1:])
    return paths
