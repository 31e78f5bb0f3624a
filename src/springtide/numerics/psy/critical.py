"""Critical values by Monte Carlo: from the table in the package, or simulated."""

from __future__ import annotations

import functools
import json
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from springtide.errors import UsageError
from springtide.numerics.psy.model import (
    CriticalValues,
    FloatArray,
    NullDistribution,
    SequenceDistribution,
)
from springtide.numerics.psy.sequence import default_window, resolve_lag, resolve_window
from springtide.numerics.psy.simulation import (
    GENERATOR,
    SEQUENCE_PROBABILITIES,
    SUP_PROBABILITIES,
    Progress,
    null_distribution,
    sequence_distribution,
    simulate,
    told_apart,
)

METHOD = "Monte Carlo: random walks with standard normal steps and drift 1/sample"
REPLICATIONS = 1999
SEED = 2015
TABLE = "critical_values.npz"


def critical_values(
    size: int,
    lag: int = 0,
    min_window: int | None = None,
    *,
    replications: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
) -> CriticalValues:
    """Return the distributions of the PSY statistics under the null, for one sample size.

    The null is that of Phillips, Shi and Yu: ``y[t] = 1/T + y[t-1] + e[t]`` with standard normal
    ``e``. A table in the package holds common sizes (`tabulated_sizes`) at lags 0 to 4 with the
    default smallest window; everything else is simulated.

    Parameters
    ----------
    size
        Number of observations.
    lag
        Lagged differences in the regressions, 0 to 8.
    min_window
        Rows of the smallest regression; by default as in `springtide.numerics.psy.bsadf`.
    replications, seed
        Given either, the values are simulated even if the table has them. By default 1999 and 2015.
    threads
        Threads of the simulation; by default as many as there are cores. The same values for any.
    progress
        Called with the replications done and their total.

    Returns
    -------
    CriticalValues
        In the table, the sequence is stored at some end points (all of the first 16, then each
        1.25 times as far) and interpolated linearly between them.

    References
    ----------
    Phillips, Shi and Yu (2015), International Economic Review 56(4), doi:10.1111/iere.12132.

    Examples
    --------
    >>> values = critical_values(400)
    >>> values.packaged, 2.0 < values.gsadf.critical_value(0.95) < 2.4
    (True, True)
    >>> critical_values(60, replications=99, seed=1).packaged
    False
    """
    if isinstance(size, bool) or not isinstance(size, int | np.integer) or size < 1:
        raise UsageError("Unknown sample size", given=repr(size), allowed="a whole number above 0")
    if isinstance(lag, str):
        raise UsageError(
            "Critical values need a number of lags", given=repr(lag), hint="use that of the result"
        )
    order, _ = resolve_lag(np.zeros(1), lag)
    window = resolve_window(int(size), order, min_window)
    if replications is None and seed is None and window == default_window(int(size)):
        packaged = _from_table(int(size), order)
        if packaged is not None:
            return packaged
    return _simulated(
        int(size),
        order,
        window,
        replications=REPLICATIONS if replications is None else replications,
        seed=SEED if seed is None else seed,
        threads=threads,
        progress=progress,
    )


def _simulated(
    size: int,
    lag: int,
    window: int,
    *,
    replications: int,
    seed: int,
    threads: int | None,
    progress: Progress | None,
) -> CriticalValues:
    draws = simulate(
        functools.partial(random_walks, size=size),
        size,
        lag,
        window,
        replications=replications,
        seed=seed,
        threads=threads,
        progress=progress,
    )
    adf, sadf, gsadf = (null_distribution(column) for column in draws.sup.T)
    return CriticalValues(
        method=METHOD,
        sample=size,
        lag=lag,
        min_window=window,
        replications=replications,
        seed=seed,
        generator=GENERATOR,
        packaged=False,
        adf=adf,
        sadf=sadf,
        gsadf=gsadf,
        sequence=sequence_distribution(draws.sequence, size),
    )


def random_walks(random: np.random.Generator, draws: int, size: int) -> FloatArray:
    """Draw random walks of shape ``(draws, size)`` with standard normal steps and drift 1/size."""
    steps = random.standard_normal((draws, size))
    steps += 1.0 / size
    walks: FloatArray = np.cumsum(steps, axis=1)
    return walks


def tabulated_sizes() -> tuple[int, ...]:
    """Return the sample sizes whose critical values ship in the package.

    Examples
    --------
    >>> 1000 in tabulated_sizes()
    True
    """
    return tuple(int(size) for size in _table()["sizes"])


def stored_positions(end_points: int) -> NDArray[np.int64]:
    """Return the end points at which the table stores the sequence, counted from the first.

    Examples
    --------
    >>> stored_positions(40)[-6:]
    array([15, 19, 24, 30, 38, 39])
    """
    positions = list(range(min(16, end_points)))
    while positions[-1] < end_points - 1:
        positions.append(min(-(-positions[-1] * 5 // 4), end_points - 1))
    return np.array(positions, dtype=np.int64)


@functools.cache
def _table() -> dict[str, NDArray[np.generic]]:
    file = resources.files(__package__).joinpath(TABLE)
    with file.open("rb") as stream, np.load(stream) as archive:
        return dict(archive.items())


def _from_table(size: int, lag: int) -> CriticalValues | None:
    table = _table()
    at = np.flatnonzero(table["sizes"] == size)
    if not at.size or lag not in table["lags"]:
        return None
    s, k = int(at[0]), int(np.flatnonzero(table["lags"] == lag)[0])
    replications = int(table["replications"][s, k])
    about = json.loads(str(table["about"]))
    window = default_window(size)
    probabilities = told_apart(SUP_PROBABILITIES, replications)
    adf, sadf, gsadf = (
        NullDistribution(
            probabilities=probabilities,
            quantiles=table["sup"][s, k, j, : probabilities.size].astype(np.float64),
            standard_errors=table["sup_error"][s, k, j, : probabilities.size].astype(np.float64),
            replications=replications,
        )
        for j in range(3)
    )
    return CriticalValues(
        method=METHOD,
        sample=size,
        lag=lag,
        min_window=window,
        replications=replications,
        seed=about["seed"],
        generator=about["generator"],
        packaged=True,
        adf=adf,
        sadf=sadf,
        gsadf=gsadf,
        sequence=_stored_sequence(table["sequence"][s, k], size, lag, window, replications),
    )


def _stored_sequence(
    stored: NDArray[np.generic], size: int, lag: int, window: int, replications: int
) -> SequenceDistribution:
    end_points = size - lag - window
    positions = stored_positions(end_points)
    probabilities = told_apart(SEQUENCE_PROBABILITIES, replications)
    quantiles = np.full((probabilities.size, size), np.nan)
    for p in range(probabilities.size):
        values = stored[p, : positions.size].astype(np.float64)
        quantiles[p, size - end_points :] = np.interp(np.arange(end_points), positions, values)
    return SequenceDistribution(probabilities, quantiles, replications)
