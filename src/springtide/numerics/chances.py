"""Sums of events of different chances: how likely so many of them were."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from springtide.numerics.series import FloatArray


def distribution(chances: npt.ArrayLike) -> FloatArray:
    """Return how likely each number of independent events is to come, from none to all.

    The Poisson binomial distribution, by adding one event after another (exact for the hundreds
    that a record has).

    Parameters
    ----------
    chances
        Of each event, from zero to one, shape (n,).

    Returns
    -------
    array of float
        Shape (n + 1,); sums to one.

    Raises
    ------
    ValueError
        A chance is not from zero to one.

    Examples
    --------
    >>> distribution([0.5, 0.5]).tolist()
    [0.25, 0.5, 0.25]
    """
    given = np.asarray(chances, dtype=float)
    if given.size and not ((given >= 0) & (given <= 1)).all():
        raise ValueError("a chance must be from 0 to 1")
    made = np.ones(1)
    for p in given:
        made = np.append(made * (1 - p), 0.0) + np.append(0.0, made * p)
    return made


def interval_of_sum(chances: npt.ArrayLike, level: float = 0.95) -> tuple[int, int]:
    """Return between which numbers of events the middle share of all outcomes lies.

    Examples
    --------
    >>> interval_of_sum([0.5] * 100)
    (40, 60)
    """
    below = np.cumsum(distribution(chances))
    tail = (1 - level) / 2
    return int(np.searchsorted(below, tail)), int(np.searchsorted(below, 1 - tail))


def bootstrap_mean(
    values: npt.ArrayLike, groups: npt.ArrayLike, seed: int = 0, draws: int = 4000
) -> tuple[float, float]:
    """Return the 95% interval of a mean, drawing whole groups again: values of one are not apart.

    Parameters
    ----------
    values, groups
        Shape (n,); those of one group (a date) stay together.

    Raises
    ------
    ValueError
        There are fewer than two groups.

    Examples
    --------
    >>> low, high = bootstrap_mean([0.0, 1.0] * 50, list(range(100)))
    >>> 0.38 < low < 0.42 and 0.58 < high < 0.62
    True
    """
    of = np.asarray(values, dtype=float)
    names, place = np.unique(np.asarray(groups), return_inverse=True)
    if len(names) < 2:
        raise ValueError("values of one group alone have no interval")
    total = np.bincount(place, weights=of)
    count = np.bincount(place).astype(float)
    drawn = np.random.default_rng(seed).integers(0, len(names), (draws, len(names)))
    means = total[drawn].sum(axis=1) / count[drawn].sum(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)
