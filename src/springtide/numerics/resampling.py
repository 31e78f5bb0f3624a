"""Intervals for figures of forecasts that are not independent, by drawing blocks of months.

Forecasts of neighbouring months, and of markets that move together, share what they forecast. All
intervals come from a circular block bootstrap over calendar months: the cases of a month are drawn
together, and months in blocks of consecutive ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from springtide.numerics.series import FloatArray

BLOCK = 24
"""Months that are drawn together: forecasts of one rally, a year or two apart, share its end."""

LEAST_BLOCKS = 3
"""With fewer blocks than this in the whole record, by weight, no interval is given."""

DRAWS = 4999
SEED = 20250213

MonthArray = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and its interval; the ends are NaN where the record is too short for one."""

    value: float
    low: float
    high: float


def ratio(
    numerator: npt.ArrayLike,
    denominator: npt.ArrayLike,
    month: npt.ArrayLike,
    *,
    block: int = BLOCK,
    draws: int = DRAWS,
    level: float = 0.95,
    seed: int = SEED,
) -> Estimate:
    """Return sum over sum with an interval by circular block bootstrap over calendar months.

    All cases of a month are drawn together and months in blocks of consecutive calendar months,
    those without a case among them (the circle closes from the last month to the first). The
    interval goes between percentiles of the drawn ratios, further out the fewer blocks there are,
    as Student's t is wider than the normal distribution (Hesterberg's expanded percentiles). Blocks
    are counted by their weight: many with few cases and one with most of them are about one (Kish's
    effective number, of the denominators' sums).

    Parameters
    ----------
    numerator, denominator
        Shape (n,), in any order; the denominator zero or above.
    month
        Calendar month of each case as a running number (year times 12 plus month, say), shape (n,).
    block
        Months drawn together.
    draws, seed
        How many times, and from which seed.
    level
        Of the interval.

    Returns
    -------
    Estimate
        NaN where the denominators add up to zero; without an interval where there are fewer than
        three blocks.

    Raises
    ------
    ValueError
        Shapes differ or are empty, a value is NaN or infinite, a denominator negative, or a setting
        out of its range.

    References
    ----------
    D. N. Politis and J. P. Romano (1992), "A Circular Block-Resampling Procedure for Stationary
    Data", in *Exploring the Limits of Bootstrap*, 263-270, Wiley. T. C. Hesterberg (2015), "What
    Teachers Should Know About the Bootstrap", *The American Statistician* 69(4), 371-386,
    doi:10.1080/00031305.2015.1089789. L. Kish (1965), *Survey Sampling*, Wiley, section 11.7.

    Examples
    --------
    >>> months = np.arange(240)
    >>> estimate = ratio(months % 2, np.ones(240), months)
    >>> estimate.value, estimate.low, estimate.high
    (0.5, 0.5, 0.5)
    """
    _check_bootstrap(block, draws, level)
    above, below, index = _cases(numerator, denominator, month)
    if below.sum() == 0:
        return Estimate(float("nan"), float("nan"), float("nan"))
    value = float(above.sum() / below.sum())
    length = int(index.max()) + 1
    numerators, denominators = (_by_month(index, part, length) for part in (above, below))
    blocks = _effective_blocks(denominators, block)
    if blocks < LEAST_BLOCKS:
        return Estimate(value, float("nan"), float("nan"))
    starts = _starts(length, block, draws, seed)
    top, bottom = (_drawn_sums(part, starts, block) for part in (numerators, denominators))
    is_drawn = bottom > 0
    tails = _tails(level, blocks)
    low, high = np.quantile(top[is_drawn] / bottom[is_drawn], tails)
    return Estimate(value, float(low), float(high))


def skill(
    score: npt.ArrayLike,
    reference: npt.ArrayLike,
    month: npt.ArrayLike,
    *,
    block: int = BLOCK,
    draws: int = DRAWS,
    level: float = 0.95,
    seed: int = SEED,
) -> Estimate:
    """Return the skill of one method against another: one less the ratio of their mean scores.

    Parameters
    ----------
    score, reference
        Losses of the same cases, zero or above, shape (n,).
    month, block, draws, level, seed
        As for :func:`ratio`.

    Returns
    -------
    Estimate
        1 is perfect, 0 as good as the reference, negative worse. NaN where the reference is
        perfect.

    Raises
    ------
    ValueError
        As for :func:`ratio`.

    Examples
    --------
    >>> skill([0.1, 0.2], [0.2, 0.4], [24001, 24002]).value
    0.5
    """
    of_losses = ratio(score, reference, month, block=block, draws=draws, level=level, seed=seed)
    return Estimate(1 - of_losses.value, 1 - of_losses.high, 1 - of_losses.low)


def confidence_set(
    losses: npt.ArrayLike,
    *,
    block: int = BLOCK,
    draws: int = 1999,
    seed: int = SEED,
) -> FloatArray:
    """Return each method's p-value in the model confidence set.

    The set at level 1 - a holds the best method with that probability: every method whose p-value
    exceeds a. Elimination is by the range statistic, with a circular block bootstrap.

    Parameters
    ----------
    losses
        Mean loss of each period and method, consecutive periods, shape (t, k), k at least 2.
        Methods with the same losses throughout count as one, and of methods whose losses differ by
        the same amount throughout only the best can be in the set.
    block, draws, seed
        Periods drawn together, how many times, and from which seed.

    Returns
    -------
    FloatArray
        Shape (k,). All NaN where the periods are fewer than three blocks.

    Raises
    ------
    ValueError
        The losses have another shape, or one is NaN or infinite.

    References
    ----------
    P. R. Hansen, A. Lunde and J. M. Nason (2011), "The Model Confidence Set", *Econometrica* 79(2),
    453-497, doi:10.3982/ECTA5771; computed by ``arch``.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> confidence_set(rng.random((200, 1)) + rng.random((200, 3)) * [1.0, 1.0, 3.0]).round(1)[2]
    np.float64(0.0)
    """
    values = np.asarray(losses, dtype=np.float64)
    if values.ndim != 2 or values.shape[1] < 2 or not np.isfinite(values).all():
        raise ValueError(f"losses must be finite and of shape (t, k), k >= 2, not {values.shape}")
    _check_bootstrap(block, draws, 0.95)
    if len(values) < LEAST_BLOCKS * block:
        return np.full(values.shape[1], np.nan)
    return _without_ties(values, lambda some: _elimination(some, block, draws, seed))


def _without_ties(values: FloatArray, p_values: Callable[[FloatArray], FloatArray]) -> FloatArray:
    """Return p-values where some losses differ by the same amount in every period.

    Drawing again cannot tell such methods apart, and need not: the lowest of them stands for those
    as low, and those above it are worse for certain.
    """
    mean = values.mean(axis=0)
    _, place = np.unique(np.round(values - mean, 12), axis=1, return_inverse=True)
    groups = [np.flatnonzero(place.ravel() == one) for one in range(int(place.max()) + 1)]
    best = np.array([group[np.argmin(mean[group])] for group in groups])
    of_best = p_values(values[:, best]) if len(best) > 1 else np.ones(1)
    whole = np.zeros(values.shape[1])
    for group, first, p_value in zip(groups, best, of_best, strict=True):
        whole[group[mean[group] <= mean[first] + 1e-12]] = p_value
    return whole


def _elimination(values: FloatArray, block: int, draws: int, seed: int) -> FloatArray:
    """Return the p-values as ``arch`` has them, in the order of the columns."""
    from arch.bootstrap import MCS

    procedure = MCS(values, 0.10, draws, block, method="R", bootstrap="circular", seed=seed)
    procedure.compute()
    p_value = np.empty(values.shape[1])
    p_value[procedure.pvalues.index.to_numpy()] = procedure.pvalues["Pvalue"].to_numpy()
    return p_value


def monthly_means(losses: npt.ArrayLike, month: npt.ArrayLike) -> FloatArray:
    """Return the mean of each column by month, months without a case left out.

    Parameters
    ----------
    losses
        Shape (n, k).
    month
        Running number of each case's month, shape (n,).

    Returns
    -------
    FloatArray
        Shape (t, k), months ascending.

    Examples
    --------
    >>> monthly_means([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], [7, 7, 9])
    array([[2., 3.],
           [5., 6.]])
    """
    values = np.asarray(losses, dtype=np.float64)
    _, place, cases = np.unique(np.asarray(month), return_inverse=True, return_counts=True)
    sums = np.zeros((len(cases), values.shape[1]))
    np.add.at(sums, place, values)
    return sums / cases[:, None]


def _tails(level: float, blocks: float) -> tuple[float, float]:
    """Return the shares of draws below and above which the interval ends."""
    from scipy.special import ndtr, stdtrit

    out = float(stdtrit(blocks - 1, (1 - level) / 2)) * np.sqrt(blocks / (blocks - 1))
    return float(ndtr(out)), float(ndtr(-out))


def _effective_blocks(monthly: FloatArray, block: int) -> float:
    """Return how many blocks of equal weight would be as uneven as these."""
    weight = np.add.reduceat(monthly, np.arange(0, len(monthly), block))
    return float(weight.sum() ** 2 / np.square(weight).sum())


def _starts(length: int, block: int, draws: int, seed: int) -> MonthArray:
    """Return where each drawn block begins, shape (draws, blocks that fill the length)."""
    blocks = -(-length // block)
    return np.random.default_rng(seed).integers(0, length, (draws, blocks))


def _by_month(index: MonthArray, values: FloatArray, length: int) -> FloatArray:
    return np.bincount(index, values, length).astype(np.float64, copy=False)


def _drawn_sums(monthly: FloatArray, starts: MonthArray, block: int) -> FloatArray:
    """Return the sum of every drawn sample of months; the last block is cut to fit."""
    length = len(monthly)
    running = np.concatenate([[0.0], np.cumsum(np.concatenate([monthly, monthly[:block]]))])
    first = np.arange(length)
    whole = running[first + block] - running[first]
    rest = length - (starts.shape[1] - 1) * block
    cut = running[first + rest] - running[first]
    return np.asarray(whole[starts[:, :-1]].sum(axis=1) + cut[starts[:, -1]])


def _check_bootstrap(block: int, draws: int, level: float) -> None:
    if block < 1 or draws < 1:
        raise ValueError(f"block and draws must be at least 1, not {block} and {draws}")
    if not 0 < level < 1:
        raise ValueError(f"level must be between 0 and 1, not {level}")


def _cases(
    numerator: npt.ArrayLike, denominator: npt.ArrayLike, month: npt.ArrayLike
) -> tuple[FloatArray, FloatArray, MonthArray]:
    """Return checked sums and the months counted from the first one."""
    above = np.asarray(numerator, dtype=np.float64)
    below = np.asarray(denominator, dtype=np.float64)
    months = np.asarray(month, dtype=np.int64)
    if not (above.ndim == 1 and above.shape == below.shape == months.shape and len(above)):
        shapes = f"{above.shape}, {below.shape} and {months.shape}"
        raise ValueError(f"values and months must have one shape (n,), n > 0, not {shapes}")
    if not (np.isfinite(above).all() and np.isfinite(below).all()):
        raise ValueError("values must be finite")
    if (below < 0).any():
        raise ValueError(f"a denominator must not be negative, as {below.min()} is")
    return above, below, months - months.min()
