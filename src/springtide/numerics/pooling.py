"""Linear opinion pools: several predictive distributions averaged with weights learned from scores.

A pool is the mixture of its methods' distributions. Its weights are those that would have given the
outcomes so far the highest likelihood: the best logarithmic score. A method that had nothing to say
about a case is NaN there, and the pool of that case is the mixture of the others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from springtide.numerics.series import FloatArray

BoolArray = npt.NDArray[np.bool_]

_TOLERANCE = 1e-7
"""No shift of weight may gain more than this in mean log score, to first order."""

_MOST_STEPS = 10_000

_SHORTEST = 0.01
"""A stretch of two EM steps by less than this share is not worth trying."""


def pool(forecasts: npt.ArrayLike, weights: npt.ArrayLike) -> FloatArray:
    """Average forecasts of several methods over those that are present.

    Parameters
    ----------
    forecasts
        Probabilities, densities or points of a distribution function, shape (n, k) or (n, k, …): k
        methods along the second axis. NaN where a method was left out.
    weights
        Of the methods, zero or above, shape (k,), such as :func:`pool_weights` returns.

    Returns
    -------
    FloatArray
        Shape (n,) or (n, …); the weights of those present are brought to a sum of one. NaN where no
        method of a weight above zero is present.

    Raises
    ------
    ValueError
        Shapes do not fit, a forecast is infinite, or a weight is negative, infinite or NaN.

    Examples
    --------
    >>> pool([[0.2, 0.6], [0.2, float("nan")]], weights=[0.75, 0.25])
    array([0.3, 0.2])
    """
    values = np.asarray(forecasts, dtype=np.float64)
    if values.ndim < 2:
        raise ValueError(f"forecasts must have at least two dimensions, not {values.ndim}")
    if np.isinf(values).any():
        raise ValueError("a forecast must not be infinite")
    shares = _weights(weights, values.shape[1])
    along = shares.reshape(-1, *[1] * (values.ndim - 2))
    present = ~np.isnan(values)
    total = (present * along).sum(axis=1)
    mixture = (np.where(present, values, 0) * along).sum(axis=1)
    pooled = np.full(total.shape, np.nan)
    np.divide(mixture, total, out=pooled, where=total > 0)
    return pooled


def pool_weights(
    likelihoods: npt.ArrayLike, weights: npt.ArrayLike | None = None, prior: float = 1.0
) -> FloatArray:
    """Find the weights of a linear pool with the best logarithmic score on past cases.

    Maximises the sum over cases of the log of ``pool(likelihoods, w)``, plus ``prior / k`` times
    the sum of the logs of the k weights: as though so many cases had been drawn from all methods
    alike. A few cases alone would give all weight to one method. By expectation-maximisation from
    equal weights, extrapolated as far as that raises the score (Varadhan and Roland 2008), so every
    step raises it. Where no method is left out of any case the score is concave in the weights and
    this is its maximum; where some are, the pool that is scored is a truncated mixture, and this is
    the maximum that equal weights lead up to.

    It stops where to move weight towards any method would gain less than 1e-7 in mean log score for
    all of it, so that methods which say nearly the same may share their weight in many ways.

    Parameters
    ----------
    likelihoods
        Probability or density that each method gave to what happened, zero or above, shape (n, k).
        NaN where a method was left out. A case in which no method is present, or all gave zero,
        says nothing about the weights and is left out.
    weights
        Of the cases, zero or above, shape (n,); None for ones. A case of weight 2 counts as two.
    prior
        Cases' worth of belief in equal weights, zero or above. At zero the likelihood alone speaks;
        with methods left out it may then have no maximum, as when a method with ever less weight
        still decides over the cases in which it is alone with another.

    Returns
    -------
    FloatArray
        Weights of the methods, zero or above with sum one, shape (k,). A method that is present in
        no case has weight zero: there is no record to learn from.

    Raises
    ------
    ValueError
        Likelihoods do not have two dimensions, one is negative or infinite; a weight is negative,
        infinite or NaN, as is ``prior``; no case says anything.
    ArithmeticError
        The iteration did not converge: with a prior of zero there may be no maximum.

    References
    ----------
    S. G. Hall and J. Mitchell (2007), "Combining Density Forecasts", *International Journal of
    Forecasting* 23(1), 1-13, doi:10.1016/j.ijforecast.2006.08.001.

    J. Geweke and G. Amisano (2011), "Optimal Prediction Pools", *Journal of Econometrics* 164(1),
    130-141, doi:10.1016/j.jeconom.2011.02.017.

    A. P. Dempster, N. M. Laird and D. B. Rubin (1977), "Maximum Likelihood from Incomplete Data via
    the EM Algorithm", *Journal of the Royal Statistical Society B* 39(1), 1-38,
    doi:10.1111/j.2517-6161.1977.tb01600.x (section 4.2 for truncation).

    R. Varadhan and C. Roland (2008), "Simple and Globally Convergent Methods for Accelerating the
    Convergence of Any EM Algorithm", *Scandinavian Journal of Statistics* 35(2), 335-353,
    doi:10.1111/j.1467-9469.2007.00585.x.

    Examples
    --------
    Of three outcomes two were rather what the first method had expected.

    >>> pool_weights([[0.8, 0.4], [0.8, 0.4], [0.2, 0.6]], prior=0).round(4)
    array([0.6667, 0.3333])
    """
    values = np.asarray(likelihoods, dtype=np.float64)
    if not 0 <= prior < np.inf:
        raise ValueError(f"prior must be zero or above and finite, not {prior}")
    if values.ndim != 2:
        raise ValueError(f"likelihoods must have two dimensions, not {values.ndim}")
    if (values < 0).any() or np.isinf(values).any():
        raise ValueError("a likelihood must be a finite number, zero or above")
    case_weights = np.ones(len(values)) if weights is None else _weights(weights, len(values))
    present = ~np.isnan(values)
    filled = np.where(present, values, 0)
    telling = (filled > 0).any(axis=1) & (case_weights > 0)
    if not telling.any():
        raise ValueError("no case says anything about the weights")
    scale = filled[telling].max(axis=1, keepdims=True)
    seen = present[telling].any(axis=0)
    cases = _Cases(
        likelihoods=(filled[telling] / scale)[:, seen],
        present=present[telling][:, seen],
        weights=case_weights[telling],
        prior=prior / int(seen.sum()),
    )
    shares = np.zeros(values.shape[1])
    shares[seen] = _maximise(cases, np.full(int(seen.sum()), 1 / int(seen.sum())))
    return shares


@dataclass(frozen=True, slots=True)
class _Cases:
    """What k methods gave to n outcomes (zero where left out), and cases believed of each."""

    likelihoods: FloatArray
    present: BoolArray
    weights: FloatArray
    prior: float

    def score(self, shares: FloatArray) -> float:
        """Return the log likelihood of the pool on all cases, those believed included."""
        pooled = (self.likelihoods @ shares) / (self.present @ shares)
        believed = self.prior * np.log(shares).sum() if self.prior else 0.0
        return float(self.weights @ np.log(pooled) + believed)

    def step(self, shares: FloatArray) -> tuple[FloatArray, float]:
        """Return the shares after one EM step, and the most that any shift of weight could gain."""
        inverse_total = self.weights / (self.present @ shares)
        drawn = (self.weights / (self.likelihoods @ shares)) @ self.likelihoods
        # Of a case seen from some methods only, the others' share is what they would have drawn.
        new = shares * (drawn + inverse_total @ ~self.present) + self.prior
        slopes = drawn - inverse_total @ self.present
        if self.prior:
            slopes += self.prior / shares - self.prior * len(shares)
        return new / new.sum(), float(slopes.max() / self.weights.sum())


def _maximise(cases: _Cases, shares: FloatArray) -> FloatArray:
    """Return the shares at the maximum of the score."""
    for _ in range(_MOST_STEPS):
        once, gain = cases.step(shares)
        if gain <= _TOLERANCE:
            return shares
        twice, _ = cases.step(once)
        shares = _extrapolate(cases, shares, once, twice)
    raise ArithmeticError(f"the weights of the pool did not converge in {_MOST_STEPS} steps")


def _extrapolate(
    cases: _Cases, start: FloatArray, once: FloatArray, twice: FloatArray
) -> FloatArray:
    """Go on in the direction of two EM steps as far as that raises the score, or stay at them."""
    first, second = once - start, twice - 2 * once + start
    bend = float(np.linalg.norm(second))
    length = float(np.linalg.norm(first)) / bend if bend else 1.0
    least = cases.score(twice)
    while length > 1 + _SHORTEST:
        further = start + 2 * length * first + length**2 * second
        further = np.maximum(further, twice / 10)  # a share of zero could never grow again
        further /= further.sum()
        if cases.score(further) > least:
            return further
        length = (1 + length) / 2
    return twice


def _weights(weights: npt.ArrayLike, count: int) -> FloatArray:
    """Return the weights, checked."""
    values = np.asarray(weights, dtype=np.float64)
    if values.shape != (count,):
        raise ValueError(f"there must be {count} weights, not an array of shape {values.shape}")
    if not (np.isfinite(values).all() and (values >= 0).all()):
        raise ValueError("a weight must be a finite number, zero or above")
    return values
