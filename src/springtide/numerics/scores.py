"""How good probabilities were: proper scores, calibration and coverage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from springtide.numerics.resampling import BLOCK, DRAWS, SEED, Estimate, ratio
from springtide.numerics.series import FloatArray

_ROUNDING = 1e-9
"""A probability outside its range, or a distribution that falls, by less than this is rounding."""


def brier(probability: npt.ArrayLike, happened: npt.ArrayLike) -> FloatArray:
    """Return the Brier score of each probability: its squared distance from what happened.

    Parameters
    ----------
    probability
        Shape (n,), between 0 and 1.
    happened
        Shape (n,), true or false.

    Returns
    -------
    FloatArray
        Shape (n,), 0 best and 1 worst; its mean is the Brier score of them all.

    Raises
    ------
    ValueError
        Shapes differ, or a probability is NaN or out of its range.

    References
    ----------
    G. W. Brier (1950), "Verification of Forecasts Expressed in Terms of Probability", *Monthly
    Weather Review* 78(1), 1-3, doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.

    Examples
    --------
    >>> brier([0.9, 0.5, 0.2], [True, False, False]).round(2)
    array([0.01, 0.25, 0.04])
    """
    chance, came = _pairs(probability, happened)
    return np.square(chance - came)


def crps(edges: npt.ArrayLike, cumulative: npt.ArrayLike, outcome: npt.ArrayLike) -> FloatArray:
    """Return the continuous ranked probability score of distributions on a grid.

    The distribution has an atom at the first edge, is linear between edges, and is scored up to the
    last edge only: an outcome beyond it counts as there, and so does the probability beyond it.
    The score is the integral over the grid of the squared distance between the distribution and
    the step at the outcome. On each cell that is the score of a uniform distribution with the
    probability below and above the cell as its atoms; the cells are added up.

    Parameters
    ----------
    edges
        Ascending, shape (k,), k at least 2, in the unit of the outcome.
    cumulative
        Probability of an outcome at or below each edge, not falling, shape (n, k).
    outcome
        Not below the first edge, shape (n,).

    Returns
    -------
    FloatArray
        Shape (n,), in the unit of the outcome; zero is perfect.

    Raises
    ------
    ValueError
        Shapes do not fit, edges do not rise, a distribution falls or leaves 0 to 1, an outcome is
        NaN or below the first edge.

    References
    ----------
    J. E. Matheson and R. L. Winkler (1976), "Scoring Rules for Continuous Probability
    Distributions", *Management Science* 22(10), 1087-1096, doi:10.1287/mnsc.22.10.1087. The score
    of the uniform with atoms: A. Jordan, F. Krüger and S. Lerch (2019), *Journal of Statistical
    Software* 90(12), 1-37, doi:10.18637/jss.v090.i12.

    Examples
    --------
    >>> crps([0, 10], [[0.0, 1.0], [1.0, 1.0]], [0.0, 4.0]).round(6)
    array([3.333333, 4.      ])
    """
    edge, below, came = _distributions(edges, cumulative, outcome)
    width = np.diff(edge)
    place = np.clip((came[:, None] - edge[:-1]) / width, 0.0, 1.0)
    cells = width * _crps_of_uniform(place, below[:, :-1], 1 - below[:, 1:])
    return np.asarray(np.sum(cells, axis=1), dtype=np.float64)


def _crps_of_uniform(place: FloatArray, low: FloatArray, high: FloatArray) -> FloatArray:
    """Return the score of uniforms on 0 to 1 with atoms ``low`` at 0 and ``high`` at 1.

    Jordan, Krüger and Lerch (2019), appendix A, for an outcome ``place`` from 0 to 1.
    """
    between = 1 - low - high
    return place**2 * between - place * (1 - 2 * low) + between**2 / 3 + (1 - low) * high


def pit(
    edges: npt.ArrayLike, cumulative: npt.ArrayLike, outcome: npt.ArrayLike, step: float = 0.0
) -> tuple[FloatArray, FloatArray]:
    """Return the probability integral transform of outcomes, as the interval that atoms leave open.

    Where the distribution is continuous both ends are F(outcome). At an atom, and for counts
    between one count and the next, any value between F just below and F at the outcome would do:
    both are returned, and whoever asks where it lies spreads it evenly between them.

    Parameters
    ----------
    edges, cumulative, outcome
        As for :func:`crps`; an outcome beyond the last edge lies anywhere above the last
        probability.
    step
        1 for counts, whose next lower value is one less; 0 for continuous outcomes.

    Returns
    -------
    tuple
        Lower and upper end, shape (n,) each.

    Raises
    ------
    ValueError
        As for :func:`crps`; the step is negative.

    References
    ----------
    C. Czado, T. Gneiting and L. Held (2009), "Predictive Model Assessment for Count Data",
    *Biometrics* 65(4), 1254-1261, doi:10.1111/j.1541-0420.2009.01191.x.

    Examples
    --------
    >>> pit([0, 10], [[0.2, 0.8]] * 3, [0.0, 5.0, 11.0])
    (array([0. , 0.5, 0.8]), array([0.2, 0.5, 1. ]))
    """
    if step < 0:
        raise ValueError(f"step must not be negative, not {step}")
    edge, below, came = _distributions(edges, cumulative, outcome)
    high = np.where(came > edge[-1], 1.0, _at(edge, below, came))
    low = np.where(came > edge[-1], below[:, -1], _at(edge, below, came - step))
    return np.where(came <= edge[0], 0.0, low), high


def pit_histogram(low: npt.ArrayLike, high: npt.ArrayLike, bins: int = 10) -> FloatArray:
    """Return which share of outcomes lies in each of some equal parts of probability.

    Parameters
    ----------
    low, high
        From :func:`pit`; what lies between them is spread evenly.
    bins
        At least one; each share is one over them where the distributions are right.

    Examples
    --------
    >>> pit_histogram([0.0, 0.9], [0.5, 0.9], bins=4)
    array([0.25, 0.25, 0.  , 0.5 ])
    """
    if bins < 1:
        raise ValueError(f"bins must be at least 1, not {bins}")
    first, last = np.asarray(low, np.float64), np.asarray(high, np.float64)
    edges = np.linspace(0, 1, bins + 1)
    width = np.where(last > first, last - first, 1.0)
    below = np.clip((edges[:, None] - first) / width, 0, 1)
    # A point is in the part that it ends, the first part's lower end apart.
    point = (edges[:, None] >= last).astype(np.float64)
    point[0] = 0.0
    cumulative = np.where(last > first, below, point).mean(axis=1)
    shares: FloatArray = np.diff(cumulative)
    return shares


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error: how far what came lay from what was said, in the mean.

    References
    ----------
    M. P. Naeini, G. F. Cooper and M. Hauskrecht (2015), "Obtaining Well Calibrated Probabilities
    Using Bayesian Binning", *AAAI Conference on Artificial Intelligence* 29(1).

    Examples
    --------
    >>> came = [False, False, True, False]
    >>> halves = reliability([0.1, 0.1, 0.8, 0.8], came, [1, 2, 1, 2], bins=2)
    >>> round(calibration_error(halves), 3)  # 0.1 and 0.3, each half of the cases
    0.2
    """
    cases = sum(one.cases for one in bins)
    if not cases:
        return float("nan")
    return sum(one.cases * abs(one.said - one.happened.value) for one in bins) / cases


def within(low: npt.ArrayLike, high: npt.ArrayLike, level: float) -> FloatArray:
    """Return how far transformed outcomes lie in the central interval of a level.

    Parameters
    ----------
    low, high
        The two ends of :func:`pit`, shape (n,).
    level
        Of the central interval, between 0 and 1: at 0.8 it goes from the 10% to the 90% quantile.

    Returns
    -------
    FloatArray
        Shape (n,): 1 inside, 0 outside, the share inside where an atom leaves it open. The mean is
        the coverage, which is ``level`` for calibrated forecasts.

    Raises
    ------
    ValueError
        Level out of range, shapes differ.

    Examples
    --------
    >>> within([0.0, 0.5, 0.8], [0.2, 0.5, 1.0], 0.8)
    array([0.5, 1. , 0.5])
    """
    if not 0 < level < 1:
        raise ValueError(f"level must be between 0 and 1, not {level}")
    first, last = np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)
    if first.shape != last.shape:
        raise ValueError(f"low and high must have one shape, not {first.shape} and {last.shape}")
    start, stop = (1 - level) / 2, (1 + level) / 2
    width = last - first
    overlap = np.clip(np.minimum(last, stop) - np.maximum(first, start), 0.0, None)
    is_point = width <= 0
    inside = (first >= start) & (first <= stop)
    return np.where(is_point, inside, overlap / np.where(is_point, 1.0, width))


@dataclass(frozen=True, slots=True)
class Bin:
    """Cases with alike probabilities: the mean said, the share that happened with its interval."""

    said: float
    happened: Estimate
    cases: int


def reliability(
    probability: npt.ArrayLike,
    happened: npt.ArrayLike,
    month: npt.ArrayLike,
    *,
    bins: int = 10,
    block: int = BLOCK,
    draws: int = DRAWS,
    level: float = 0.95,
    seed: int = SEED,
) -> tuple[Bin, ...]:
    """Return what happened by what was said, in bins of about as many cases each.

    Intervals are those of :func:`ratio`. Where every case of a bin happened, or none did, drawing
    again cannot tell how sure that is: there the interval is Wilson's, with the number of distinct
    months for the number of cases.

    Parameters
    ----------
    probability, happened
        As for :func:`brier`.
    month, block, draws, level, seed
        As for :func:`ratio`; the intervals span the months of all cases.
    bins
        At most so many; equal probabilities stay in one bin.

    Returns
    -------
    tuple[Bin, ...]
        By rising probability; none is empty.

    Raises
    ------
    ValueError
        As for :func:`brier` and :func:`ratio`; fewer than one bin.

    Examples
    --------
    >>> bins = reliability([0.1, 0.1, 0.8, 0.8], [False, False, True, False], [1, 2, 1, 2], bins=2)
    >>> [(one.said, one.happened.value, one.cases) for one in bins]
    [(0.1, 0.0, 2), (0.8, 0.5, 2)]
    """
    if bins < 1:
        raise ValueError(f"bins must be at least 1, not {bins}")
    chance, came = _pairs(probability, happened)
    months = np.asarray(month)
    cuts = np.unique(np.quantile(chance, np.arange(1, bins) / bins, method="lower"))
    place = np.searchsorted(cuts, chance, side="left")
    filled = []
    for one in np.unique(place):
        is_in = place == one
        share = ratio(came * is_in, is_in, months, block=block, draws=draws, level=level, seed=seed)
        if share.value in (0, 1) and not np.isnan(share.low):
            share = _wilson(share.value, len(np.unique(months[is_in])), level)
        filled.append(Bin(float(chance[is_in].mean()), share, int(is_in.sum())))
    return tuple(filled)


def _wilson(share: float, cases: int, level: float) -> Estimate:
    """Return a share of independent cases with Wilson's interval."""
    from scipy.special import ndtri

    z = float(ndtri((1 + level) / 2))
    centre = (share + z * z / (2 * cases)) / (1 + z * z / cases)
    spread = z * np.sqrt(share * (1 - share) / cases + z * z / (4 * cases**2)) / (1 + z * z / cases)
    return Estimate(share, max(0.0, float(centre - spread)), min(1.0, float(centre + spread)))


@dataclass(frozen=True, slots=True)
class Decomposition:
    """A Brier score in three parts: ``miscalibration - discrimination + uncertainty``.

    ``miscalibration`` is what recalibration would save, ``discrimination`` what recalibrated
    forecasts gain on saying the base rate always, ``uncertainty`` the score of the base rate.
    """

    miscalibration: float
    discrimination: float
    uncertainty: float


def decompose(probability: npt.ArrayLike, happened: npt.ArrayLike) -> Decomposition:
    """Split a mean Brier score by isotonic recalibration, which needs no bins.

    Parameters
    ----------
    probability, happened
        As for :func:`brier`.

    Returns
    -------
    Decomposition
        Exact: its parts add up to the mean Brier score, and none is negative.

    Raises
    ------
    ValueError
        As for :func:`brier`.

    References
    ----------
    T. Dimitriadis, T. Gneiting and A. I. Jordan (2021), "Stable reliability diagrams for
    probabilistic classifiers", *PNAS* 118(8), e2016191118, doi:10.1073/pnas.2016191118.

    Examples
    --------
    >>> decompose([0.6, 0.6, 0.9, 0.9], [False, True, True, True])
    Decomposition(miscalibration=0.01, discrimination=0.0625, uncertainty=0.1875)
    """
    from scipy.optimize import isotonic_regression

    chance, came = _pairs(probability, happened)
    _, place, cases = np.unique(chance, return_inverse=True, return_counts=True)
    shares = np.bincount(place, came) / cases
    recalibrated = isotonic_regression(shares, weights=cases.astype(np.float64)).x[place]
    raw = float(np.mean(np.square(chance - came)))
    best = float(np.mean(np.square(recalibrated - came)))
    base = float(came.mean() * (1 - came.mean()))
    rounded = [round(part, 15) + 0.0 for part in (raw - best, base - best, base)]
    return Decomposition(*rounded)


def _pairs(probability: npt.ArrayLike, happened: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return checked probabilities, and what happened as 0 and 1."""
    chance = np.asarray(probability, dtype=np.float64)
    came = np.asarray(happened)
    if chance.ndim != 1 or chance.shape != came.shape:
        raise ValueError(f"shapes must be one (n,), not {chance.shape} and {came.shape}")
    if not ((chance >= -_ROUNDING) & (chance <= 1 + _ROUNDING)).all():
        raise ValueError("a probability must be between 0 and 1")
    if not ((came == 0) | (came == 1)).all():
        raise ValueError("what happened must be true or false")
    return np.clip(chance, 0, 1), came.astype(np.float64)


def _distributions(
    edges: npt.ArrayLike, cumulative: npt.ArrayLike, outcome: npt.ArrayLike
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return checked edges, distributions and outcomes."""
    edge = np.asarray(edges, dtype=np.float64)
    below = np.asarray(cumulative, dtype=np.float64)
    came = np.asarray(outcome, dtype=np.float64)
    if edge.ndim != 1 or len(edge) < 2 or not (np.diff(edge) > 0).all():
        raise ValueError("edges must rise, and be at least two")
    if came.ndim != 1 or below.shape != (len(came), len(edge)):
        raise ValueError(f"cumulative must have shape (n, {len(edge)}), not {below.shape}")
    is_chance = ((below >= -_ROUNDING) & (below <= 1 + _ROUNDING)).all()
    if not is_chance or (np.diff(below, axis=1) < -_ROUNDING).any():
        raise ValueError("a distribution must rise within 0 and 1")
    if not (came >= edge[0]).all():
        raise ValueError(f"an outcome must be at least {edge[0]}")
    return edge, np.clip(np.maximum.accumulate(below, axis=1), 0, 1), came


def _at(edge: FloatArray, below: FloatArray, x: FloatArray) -> FloatArray:
    """Return each distribution at its own place, linear between edges; x is clipped to them."""
    place = np.clip(x, edge[0], edge[-1])
    cell = np.clip(np.searchsorted(edge, place, side="right") - 1, 0, len(edge) - 2)
    row = np.arange(len(place))
    share = (place - edge[cell]) / (edge[cell + 1] - edge[cell])
    left, right = below[row, cell], below[row, cell + 1]
    return left + share * (right - left)
