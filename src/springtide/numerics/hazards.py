"""Hazards by interval that depend on covariates, and the logistic regression they are made of.

Durations, censoring and weights are those of :mod:`springtide.numerics.survival`: a case of weight
2 outweighs a penalty as two cases would.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from springtide.numerics.series import FloatArray
from springtide.numerics.survival import checked_cases, checked_outcomes

_LEAST_CASES = 5.0
"""Fewer events, or fewer survivors, than this do not tell one covariate from another."""

_ROUNDING = 1e-12
"""Spread, share or probability below which a difference is rounding."""

_DECREMENT = 1e-10
"""A Newton step that promises less than this share of the loss is the last one."""

_MOST_STEPS = 100


@dataclass(frozen=True, slots=True)
class LogisticModel:
    """Probability of an outcome as a logistic function of covariates.

    Attributes
    ----------
    mean, sd
        Weighted mean and standard deviation of each covariate in the fit, shape (p,), by which it
        is standardised.
    intercept
        Log odds at the mean of every covariate.
    slopes
        Change of the log odds with one standard deviation of each covariate, shape (p,).
    """

    mean: FloatArray
    sd: FloatArray
    intercept: float
    slopes: FloatArray

    def predict(self, covariates: npt.ArrayLike) -> FloatArray:
        """Return the probability of the outcome.

        Parameters
        ----------
        covariates
            Shape (n, p), in the units and order of the fit.

        Returns
        -------
        FloatArray
            Shape (n,).

        Raises
        ------
        ValueError
            The covariates have another shape, or one is NaN or infinite.

        Examples
        --------
        >>> model = LogisticModel(np.array([10.0]), np.array([2.0]), 0.0, np.array([1.0]))
        >>> model.predict([[10.0], [12.0]])
        array([0.5       , 0.73105858])
        """
        standard = _standardise(_matrix(covariates), self.mean, self.sd)
        return np.asarray(_probability(self.intercept + standard @ self.slopes))


def fit_logistic(
    covariates: npt.ArrayLike,
    outcome: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    ridge: float = 1.0,
) -> LogisticModel:
    """Fit a logistic regression with a ridge penalty on its slopes.

    Minimises the weighted negative log likelihood plus ``ridge / 2`` times the sum of the squared
    slopes on standardised covariates; the intercept is not penalised. The loss is strictly convex
    and Newton's method with its exact Hessian and step halving finds the one minimum. A covariate
    that does not vary gets a slope of zero.

    With fewer than five cases of either outcome (by weight) covariates are not told apart: the
    slopes are zero and the probability is (outcomes + 0.5) / (cases + 1).

    Parameters
    ----------
    covariates
        Shape (n, p); p may be 0.
    outcome
        Shape (n,), true or false.
    weights
        Shape (n,), zero or above; None for ones.
    ridge
        Above zero. Against it counts the sum of the weights: the more cases, the less it matters.

    Returns
    -------
    LogisticModel
        Its ``predict`` gives probabilities.

    Raises
    ------
    ValueError
        There is no case (of weight above zero), shapes differ, a covariate or weight is NaN or
        infinite, a weight is negative, or ``ridge`` is not above zero.
    ArithmeticError
        The iteration did not converge, which numbers of sane size do not bring about.

    References
    ----------
    S. le Cessie and J. C. van Houwelingen (1992), "Ridge Estimators in Logistic Regression",
    *Applied Statistics* 41(1), 191-201, doi:10.2307/2347628.

    Examples
    --------
    >>> x = np.arange(20.0)
    >>> model = fit_logistic(x[:, None], (x > 9.5) ^ (x % 5 == 0))
    >>> model.predict([[0.0], [9.5], [19.0]]).round(3)
    array([0.171, 0.5  , 0.829])
    """
    values = _matrix(covariates)
    happened, weight = checked_outcomes(outcome, weights, len(values))
    _check_ridge(ridge)
    mean, sd = _scale(values, weight)
    columns = np.ascontiguousarray(_standardise(values, mean, sd).T)
    intercept, slopes = _newton(columns, happened.astype(np.float64), weight, ridge)
    return LogisticModel(mean=mean, sd=sd, intercept=intercept, slopes=slopes)


@dataclass(frozen=True, slots=True)
class HazardModel:
    """Probability that the event happens in each interval, given that it has not happened before.

    Attributes
    ----------
    edges
        Upper ends of the intervals, which include them, shape (k,). The first interval has no lower
        end; what lasts beyond the last edge has survived them all.
    mean, sd
        Weighted mean and standard deviation of each covariate in the fit, shape (p,), by which it
        is standardised.
    intercepts
        Log odds of each interval's hazard at the mean of every covariate, shape (k,).
    slopes
        Change of these log odds with one standard deviation of each covariate, shape (k, p).
    at_risk, events
        Weight of the cases that entered each interval with a known outcome, and of those whose
        event it holds, shape (k,).
    """

    edges: FloatArray
    mean: FloatArray
    sd: FloatArray
    intercepts: FloatArray
    slopes: FloatArray
    at_risk: FloatArray
    events: FloatArray

    def hazard(self, covariates: npt.ArrayLike) -> FloatArray:
        """Return the probability of the event in each interval, if it has not happened before.

        Parameters
        ----------
        covariates
            Shape (n, p), in the units and order of the fit.

        Returns
        -------
        FloatArray
            Shape (n, k).

        Raises
        ------
        ValueError
            The covariates have another shape, or one is NaN or infinite.

        Examples
        --------
        >>> one, none = np.array([0.0, 0.0]), np.zeros(2)
        >>> model = HazardModel(np.array([5.0, 9.0]), np.array([3.0]), np.array([1.0]),
        ...                     one, np.array([[1.0], [0.0]]), none, none)
        >>> model.hazard([[3.0], [4.0]])
        array([[0.5       , 0.5       ],
               [0.73105858, 0.5       ]])
        """
        standard = _standardise(_matrix(covariates), self.mean, self.sd)
        return np.asarray(_probability(self.intercepts + standard @ self.slopes.T))

    def cdf(self, covariates: npt.ArrayLike) -> FloatArray:
        """Return the probability that the event has happened by each edge.

        Parameters
        ----------
        covariates
            Shape (n, p), in the units and order of the fit.

        Returns
        -------
        FloatArray
            Shape (n, k), never falling along a row.

        Raises
        ------
        ValueError
            The covariates have another shape, or one is NaN or infinite.

        Examples
        --------
        >>> none = np.zeros(2)
        >>> model = HazardModel(np.array([5.0, 9.0]), np.array([3.0]), np.array([1.0]),
        ...                     none, np.zeros((2, 1)), none, none)
        >>> model.cdf([[3.0]])
        array([[0.5 , 0.75]])
        """
        return np.asarray(1 - np.cumprod(1 - self.hazard(covariates), axis=1))


def fit_hazard(
    covariates: npt.ArrayLike,
    durations: npt.ArrayLike,
    observed: npt.ArrayLike,
    edges: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    ridge: float = 1.0,
) -> HazardModel:
    """Fit a discrete-time hazard whose baseline and effects are free in every interval.

    One ridge-penalised logistic regression (:func:`fit_logistic`) for each interval over the cases
    at risk in it. Effects need not be proportional: what matters for the next week may not matter
    for the next year. Where each case is one date within a longer history, with its covariates and
    the time left from there, this is landmarking.

    An observed event falls into the first interval whose edge is not below its duration; before it
    the case was at risk and survived. A censored case has survived the intervals whose edges are
    below its duration, and is not counted in later ones: of an interval in the middle of which it
    was lost nothing is known.

    In an interval with fewer than five events or fewer than five survivors (by weight), covariates
    are not told apart: its slopes are zero and its hazard is (events + 0.5) / (at risk + 1). That
    is one half where nobody was at risk: ``at_risk`` tells.

    Parameters
    ----------
    covariates
        Shape (n, p); p may be 0. Standardised by weighted mean and standard deviation of all cases.
    durations
        Shape (n,). One below the first edge, also a negative one, lies in the first interval.
    observed
        Whether the event took place at that duration, shape (n,); else it is censored.
    edges
        Upper ends of the intervals, ascending, shape (k,), at least one.
    weights
        Shape (n,), zero or above; None for ones.
    ridge
        Penalty on the slopes of each interval, above zero, as in :func:`fit_logistic`.

    Returns
    -------
    HazardModel
        Its ``cdf`` gives the probability of the event by each edge.

    Raises
    ------
    ValueError
        There is no case (of weight above zero), shapes differ, edges do not ascend, a covariate,
        duration, edge or weight is NaN or infinite, a weight is negative, or ``ridge`` is not above
        zero.
    ArithmeticError
        The iteration did not converge, which numbers of sane size do not bring about.

    References
    ----------
    D. R. Cox (1972), "Regression Models and Life-Tables", *Journal of the Royal Statistical
    Society B* 34(2), 187-202, doi:10.1111/j.2517-6161.1972.tb00899.x.

    R. L. Prentice and L. A. Gloeckler (1978), "Regression Analysis of Grouped Survival Data with
    Application to Breast Cancer Data", *Biometrics* 34(1), 57-67, doi:10.2307/2529588.

    J. D. Singer and J. B. Willett (1993), "It's About Time: Using Discrete-Time Survival Analysis
    to Study Duration and the Timing of Events", *Journal of Educational Statistics* 18(2),
    155-195, doi:10.3102/10769986018002155.

    H. C. van Houwelingen (2007), "Dynamic Prediction by Landmarking in Event History Analysis",
    *Scandinavian Journal of Statistics* 34(1), 70-85, doi:10.1111/j.1467-9469.2006.00529.x.

    Examples
    --------
    Of twenty cases ten end at 3 and five at 8; five are still going on at 12.

    >>> durations, observed = [3] * 10 + [8] * 5 + [12] * 5, [True] * 15 + [False] * 5
    >>> model = fit_hazard(np.empty((20, 0)), durations, observed, edges=[5, 10])
    >>> model.at_risk, model.events
    (array([20., 10.]), array([10.,  5.]))
    >>> model.cdf(np.empty((1, 0)))
    array([[0.5 , 0.75]])
    """
    values = _matrix(covariates)
    lasted, happened, weight = checked_cases(durations, observed, weights)
    if len(lasted) != len(values):
        raise ValueError(f"{len(values)} rows of covariates but {len(lasted)} durations")
    _check_ridge(ridge)
    ends = _edges(edges)
    mean, sd = _scale(values, weight)

    # Sorted by how many intervals' outcomes are known, those at risk always come first.
    place = np.searchsorted(ends, lasted, side="left")
    order = np.argsort(-(place + happened), kind="stable")
    place, happened, weight = place[order], happened[order], weight[order]
    known = place + happened
    columns = np.ascontiguousarray(_standardise(values, mean, sd)[order].T)

    intercepts, slopes = np.empty(len(ends)), np.empty((len(ends), len(mean)))
    at_risk, events = np.empty(len(ends)), np.empty(len(ends))
    for j in range(len(ends)):
        count = int(np.searchsorted(-known, -j, side="left"))
        outcome = (happened[:count] & (place[:count] == j)).astype(np.float64)
        at_risk[j], events[j] = weight[:count].sum(), weight[:count] @ outcome
        intercepts[j], slopes[j] = _newton(columns[:, :count], outcome, weight[:count], ridge)
    return HazardModel(
        edges=ends,
        mean=mean,
        sd=sd,
        intercepts=intercepts,
        slopes=slopes,
        at_risk=at_risk,
        events=events,
    )


def _newton(
    columns: FloatArray, outcome: FloatArray, weight: FloatArray, ridge: float
) -> tuple[float, FloatArray]:
    """Return intercept and slopes at the minimum of the penalised loss.

    ``columns`` are the standardised covariates, shape (p, n).
    """
    slopes = np.zeros(len(columns))
    cases, events = float(weight.sum()), float(weight @ outcome)
    if min(events, cases - events) < _LEAST_CASES:
        rate = (events + 0.5) / (cases + 1)
        return float(np.log(rate / (1 - rate))), slopes
    intercept = float(np.log(events / (cases - events)))
    log_odds = np.full(len(outcome), intercept)
    loss = _loss(log_odds, outcome, weight, slopes, ridge)
    for _ in range(_MOST_STEPS):
        gradient, hessian = _derivatives(columns, log_odds, outcome, weight, slopes, ridge)
        step = -np.linalg.solve(hessian, gradient)
        promised = -float(gradient @ step)
        last = promised <= _DECREMENT * (1 + loss)
        along = step[0] + step[1:] @ columns
        size = 1.0
        while not last and size > _ROUNDING:
            new = _loss(log_odds + size * along, outcome, weight, slopes + size * step[1:], ridge)
            if new <= loss - 1e-4 * size * promised:
                break
            size /= 2
        intercept, slopes = intercept + size * float(step[0]), slopes + size * step[1:]
        if last:
            return intercept, slopes
        log_odds = log_odds + size * along
        loss = new
    raise ArithmeticError(f"the logistic regression did not converge in {_MOST_STEPS} steps")


def _loss(
    log_odds: FloatArray, outcome: FloatArray, weight: FloatArray, slopes: FloatArray, ridge: float
) -> float:
    """Return the penalised negative log likelihood."""
    misfit = np.logaddexp(0, log_odds) - outcome * log_odds
    return float(weight @ misfit + ridge / 2 * (slopes @ slopes))


def _derivatives(
    columns: FloatArray,
    log_odds: FloatArray,
    outcome: FloatArray,
    weight: FloatArray,
    slopes: FloatArray,
    ridge: float,
) -> tuple[FloatArray, FloatArray]:
    """Return gradient and Hessian of the penalised loss; the intercept comes first."""
    probability = _probability(log_odds)
    residual = weight * (probability - outcome)
    gradient = np.concatenate([[residual.sum()], columns @ residual + ridge * slopes])
    curvature = weight * probability * (1 - probability)
    root = np.sqrt(curvature)
    scaled = columns * root
    hessian = np.empty((len(gradient), len(gradient)))
    hessian[0, 0] = curvature.sum()
    hessian[0, 1:] = hessian[1:, 0] = scaled @ root
    hessian[1:, 1:] = scaled @ scaled.T + ridge * np.eye(len(slopes))
    return gradient, hessian


def _probability(log_odds: FloatArray) -> FloatArray:
    """Return the logistic function; written so that no exponential overflows.

    SciPy has it too, but loading SciPy takes longer than a whole forecast.
    """
    shrinking = np.exp(-np.abs(log_odds))
    probability: FloatArray = np.where(log_odds >= 0, 1.0, shrinking) / (1.0 + shrinking)
    return probability


def _scale(values: FloatArray, weight: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return weighted mean and standard deviation of each column; 1 where it does not vary."""
    shares = weight / weight.sum()
    mean = shares @ values
    sd = np.sqrt(shares @ (values - mean) ** 2)
    return np.asarray(mean), np.where(sd > _ROUNDING * np.abs(mean), sd, 1.0)


def _standardise(values: FloatArray, mean: FloatArray, sd: FloatArray) -> FloatArray:
    """Return columns of mean zero and standard deviation one."""
    if values.shape[1] != len(mean):
        raise ValueError(f"the model has {len(mean)} covariates, not {values.shape[1]}")
    return (values - mean) / sd


def _matrix(covariates: npt.ArrayLike) -> FloatArray:
    """Return the covariates as a matrix of finite numbers."""
    values = np.asarray(covariates, dtype=np.float64)
    if values.ndim != 2:
        raise ValueError(f"covariates must have two dimensions, not {values.ndim}")
    if not np.isfinite(values).all():
        raise ValueError("a covariate must be a finite number, not NaN or infinite")
    return values


def _edges(edges: npt.ArrayLike) -> FloatArray:
    """Return the edges, checked."""
    ends = np.asarray(edges, dtype=np.float64)
    if ends.ndim != 1 or not len(ends) or not np.isfinite(ends).all() or (np.diff(ends) <= 0).any():
        raise ValueError("edges must be finite numbers that ascend, at least one")
    return ends


def _check_ridge(ridge: float) -> None:
    if not 0 < ridge < np.inf:
        raise ValueError(f"ridge must be above zero and finite, not {ridge}")
