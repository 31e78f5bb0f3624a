"""Many series under the null: their statistics, and the distributions these make."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from springtide.errors import UsageError
from springtide.numerics.psy.loading import load
from springtide.numerics.psy.model import FloatArray, NullDistribution, SequenceDistribution
from springtide.numerics.psy.sequence import regression_rows, resolve_threads, signed_root

Progress = Callable[[int, int], None]
PathMaker = Callable[[np.random.Generator, int], FloatArray]

GENERATOR = "NumPy PCG64, SeedSequence(seed, spawn_key=(block,)) for each block of 32 draws"
BLOCK = 32
FEWEST = 99

SUP_PROBABILITIES = (
    *(0.01, 0.025, 0.05, 0.10, 0.20, 0.30, 0.40, 0.50, 0.60, 0.70, 0.75, 0.80, 0.825, 0.85, 0.875),
    *(0.90, 0.91, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97, 0.975, 0.98, 0.985, 0.99, 0.995, 0.999),
)
SEQUENCE_PROBABILITIES = (
    *(0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.80, 0.85, 0.90),
    *(0.925, 0.95, 0.975, 0.99, 0.995, 0.999),
)
_LOWEST = -1e9


@dataclass(frozen=True, slots=True)
class Draws:
    """Statistics of simulated series; draws without a statistic count as the lowest.

    Attributes
    ----------
    sup
        Shape ``(draws, 3)``: ADF, SADF, GSADF.
    sequence
        Shape ``(draws, end points)``, from the first full window on.
    """

    sup: FloatArray
    sequence: NDArray[np.float32]


def simulate(
    make_paths: PathMaker,
    size: int,
    lag: int,
    min_window: int,
    *,
    replications: int,
    seed: int,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Draws:
    """Compute the statistics of ``replications`` series that ``make_paths`` draws.

    Draws come in blocks, each with its own stream of random numbers: the result depends neither on
    the number of threads nor, for the draws they share, on the number of replications.
    """
    if replications < FEWEST:
        raise UsageError(
            "Too few replications for critical values",
            given=str(replications),
            allowed=f"{FEWEST} or more",
        )
    load(lag)
    end_points = size - lag - min_window
    sup = np.empty((replications, 3))
    sequence = np.empty((replications, end_points), dtype=np.float32)

    def run(block: int) -> int:
        first = block * BLOCK
        draws = min(BLOCK, replications - first)
        stream = np.random.SeedSequence(seed, spawn_key=(block,))
        paths = make_paths(np.random.Generator(np.random.PCG64(stream)), BLOCK)[:draws]
        mine = slice(first, first + draws)
        statistics(paths, lag, min_window, sup[mine], sequence[mine])
        return draws

    blocks = range(-(-replications // BLOCK))
    done = 0
    with ThreadPoolExecutor(resolve_threads(threads)) as pool:
        waiting = {pool.submit(run, block) for block in blocks}
        while waiting:
            finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            done += sum(block.result() for block in finished)
            if progress is not None:
                progress(done, replications)
    return Draws(sup, sequence)


def statistics(
    paths: FloatArray, lag: int, min_window: int, sup: FloatArray, sequence: NDArray[np.float32]
) -> None:
    """Write the statistics of series of shape ``(series, size)`` into ``sup`` and ``sequence``."""
    kernels, best_windows = load(lag)
    series, size = paths.shape
    count = size - 1 - lag
    rows = regression_rows(paths, lag)
    square = np.empty((series, count))
    kernels.growing_windows(rows, min_window, square)
    sup[:, 0] = signed_root(square[:, -1])
    sup[:, 1] = signed_root(square.max(axis=1))
    best_windows(rows, min_window, square, np.empty((series, count), dtype=np.int64), 0, 1)
    backward = signed_root(square[:, min_window - 1 :])
    sup[:, 2] = backward.max(axis=1)
    sequence[:] = np.maximum(backward, _LOWEST)
    np.maximum(sup, _LOWEST, out=sup)


def null_distribution(values: FloatArray) -> NullDistribution:
    """Return the distribution of simulated values, with the standard errors of its quantiles.

    A quantile is the order statistic at ``ceil(p (R + 1))``, which makes ``(1 + #{draws >= value})
    / (R + 1)`` the p-value. Its standard error is half the distance between the order statistics
    one binomial standard deviation below and above.
    """
    ordered = np.sort(values)
    probabilities = told_apart(SUP_PROBABILITIES, values.size)
    deviation = np.sqrt(probabilities * (1 - probabilities) / values.size)
    least, most = probabilities[0], probabilities[-1]
    low = _order_statistic(ordered, np.clip(probabilities - deviation, least, most))
    high = _order_statistic(ordered, np.clip(probabilities + deviation, least, most))
    return NullDistribution(
        probabilities=probabilities,
        quantiles=_order_statistic(ordered, probabilities),
        standard_errors=(high - low) / 2,
        replications=values.size,
    )


def sequence_distribution(sequence: NDArray[np.float32], size: int) -> SequenceDistribution:
    """Return the distribution at every end point, with NaN before the first full window."""
    replications, end_points = sequence.shape
    probabilities = told_apart(SEQUENCE_PROBABILITIES, replications)
    quantiles = np.full((probabilities.size, size), np.nan)
    quantiles[:, size - end_points :] = _order_statistic(np.sort(sequence, axis=0), probabilities)
    return SequenceDistribution(probabilities, quantiles, replications)


def told_apart(probabilities: tuple[float, ...], replications: int) -> FloatArray:
    """Return the probabilities that so many draws can tell apart, and their outermost two."""
    least, most = 1 / (replications + 1), replications / (replications + 1)
    inside = [p for p in probabilities if least < p < most]
    return np.array([least, *inside, most])


def _order_statistic(ordered: NDArray[np.floating], probabilities: FloatArray) -> FloatArray:
    # The subtrahend keeps 0.95 * 500 = 475.00000000000006 from being the 476th.
    rank = np.ceil(probabilities * (ordered.shape[0] + 1) - 1e-9).astype(np.int64)
    chosen: FloatArray = ordered[rank - 1].astype(np.float64)
    return chosen
