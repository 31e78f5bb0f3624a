"""How long things last: Kaplan-Meier, and hazards by interval that depend on covariates.

A duration is *observed* where the event took place after it, and *censored* where all that is known
is that the event had not happened by then. Both functions take weights that count as cases: a case
of weight 2 says as much as two cases, and narrows a band or outweighs a penalty as two would. Cases
that say the same several times over (many dates of one rally) should share the weight of one.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from springtide.numerics.series import FloatArray

_LEAST_CASES = 5.0
"""Fewer events, or fewer survivors, than this do not tell one covariate from another."""

_ROUNDING = 1e-12
"""Spread, share or probability below which a difference is rounding."""

_DECREMENT = 1e-10
"""A Newton step that promises less than this share of the loss is the last one."""

_MOST_STEPS = 100


@dataclass(frozen=True, slots=True)
class SurvivalCurve:
    """Share of cases in which the event has not happened, by duration.

    Attributes
    ----------
    times
        The distinct durations at which events took place, ascending, shape (n,).
    survival
        Estimated probability that the event happens after each time, shape (n,).
    at_risk, events
        Weight of the cases that lasted at least so long, and of those that ended there; numbers of
        cases where there are no weights. Shape (n,).
    low, high
        Band of each survival at ``level``, shape (n,). NaN where the survival is zero: Greenwood's
        formula has no variance there.
    last
        The longest duration among the cases: beyond it nothing was seen.
    level
        Confidence level of the band.
    """

    times: FloatArray
    survival: FloatArray
    at_risk: FloatArray
    events: FloatArray
    low: FloatArray
    high: FloatArray
    last: float
    level: float

    def at(self, times: npt.ArrayLike) -> FloatArray:
        """Return the survival at given durations.

        Parameters
        ----------
        times
            Durations of any shape. An event at exactly that duration has happened.

        Returns
        -------
        FloatArray
            Same shape; 1 before the first event, NaN beyond the longest duration seen (unless the
            survival has reached zero) and where the duration is NaN.

        Examples
        --------
        >>> kaplan_meier([2, 3, 3, 5], [True, True, False, False]).at([1, 2, 4, 6])
        array([1.  , 0.75, 0.5 ,  nan])
        """
        asked = np.asarray(times, dtype=np.float64)
        steps = np.concatenate([[1.0], self.survival])
        found = steps[np.searchsorted(self.times, asked, side="right")]
        unseen = (asked > self.last) & (found > 0)
        return np.where(unseen | np.isnan(asked), np.nan, found)

    def quantile(self, q: float) -> float:
        """Return the shortest duration by which the event has happened with probability ``q``.

        Parameters
        ----------
        q
            Above 0 and at most 1; 0.5 for the median.

        Returns
        -------
        float
            One of ``times``, or NaN where the curve does not come down so far.

        Raises
        ------
        ValueError
            ``q`` is out of its range.

        Examples
        --------
        >>> curve = kaplan_meier([2, 3, 3, 5], [True, True, False, False])
        >>> curve.quantile(0.5), curve.quantile(0.75)
        (3.0, nan)
        """
        if not 0 < q <= 1:
            raise ValueError(f"q must be above 0 and at most 1, not {q}")
        reached = np.flatnonzero(self.survival <= 1 - q + _ROUNDING)
        return float(self.times[reached[0]]) if len(reached) else float("nan")


def kaplan_meier(
    durations: npt.ArrayLike,
    observed: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    level: float = 0.95,
) -> SurvivalCurve:
    """Estimate a survival curve from durations of which some are censored.

    The product over event times of one minus events over cases at risk. A case censored at the
    time of an event was still at risk. The band is Greenwood's variance on the log-log scale, which
    keeps it between 0 and 1. With weights, sums of weights stand for numbers of cases throughout.

    Parameters
    ----------
    durations
        Shape (n,), zero or above.
    observed
        Whether the event took place after that duration, shape (n,); else it is censored.
    weights
        Shape (n,), zero or above; None for ones. A case of weight zero is left out.
    level
        Confidence level of the band, between 0 and 1.

    Returns
    -------
    SurvivalCurve
        Without times where every case is censored.

    Raises
    ------
    ValueError
        There is no case (of weight above zero), shapes differ, a duration is negative, infinite or
        NaN, a weight is, or the level is out of its range.

    References
    ----------
    E. L. Kaplan and P. Meier (1958), "Nonparametric Estimation from Incomplete Observations",
    *Journal of the American Statistical Association* 53(282), 457-481,
    doi:10.1080/01621459.1958.10501452.

    Examples
    --------
    >>> curve = kaplan_meier([2, 3, 3, 5, 8], [True, True, False, True, False])
    >>> curve.times, curve.survival
    (array([2., 3., 5.]), array([0.8, 0.6, 0.3]))
    >>> curve.at_risk, curve.events
    (array([5., 4., 2.]), array([1., 1., 1.]))
    """
    if not 0 < level < 1:
        raise ValueError(f"level must be between 0 and 1, not {level}")
    lasted, happened, weight = _cases(durations, observed, weights)
    if (lasted < 0).any():
        raise ValueError(f"a duration must not be negative, as {lasted[lasted < 0][0]} is")
    kept = weight > 0
    distinct, place = np.unique(lasted[kept], return_inverse=True)
    leaving = _sums(place, weight[kept])
    ended = _sums(place, weight[kept] * happened[kept])
    remaining = np.cumsum(leaving[::-1])[::-1]

    is_event = ended > 0
    at_risk, events = remaining[is_event], ended[is_event]
    survival = np.cumprod(1 - events / at_risk, dtype=np.float64)
    low, high = _greenwood(survival, at_risk, events, level)
    return SurvivalCurve(
        times=distinct[is_event],
        survival=survival,
        at_risk=at_risk,
        events=events,
        low=low,
        high=high,
        last=float(distinct[-1]),
        level=level,
    )


def _sums(place: npt.NDArray[np.intp], values: FloatArray) -> FloatArray:
    """Return the sum of the values at each place."""
    return np.bincount(place, values).astype(np.float64, copy=False)


def _greenwood(
    survival: FloatArray, at_risk: FloatArray, events: FloatArray, level: float
) -> tuple[FloatArray, FloatArray]:
    """Return the band of a survival curve on the log-log scale."""
    low = np.full(len(survival), np.nan)
    high = low.copy()
    known = survival > 0
    at_risk, events, survival = at_risk[known], events[known], survival[known]
    variance = np.cumsum(events / (at_risk * (at_risk - events)))
    spread = NormalDist().inv_cdf((1 + level) / 2) * np.sqrt(variance) / -np.log(survival)
    low[known] = survival ** np.exp(spread)
    high[known] = survival ** np.exp(-spread)
    return low, high


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
    happened, weight = _outcomes(outcome, weights, len(values))
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
    lasted, happened, weight = _cases(durations, observed, weights)
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
    found: FloatArray = np.where(log_odds >= 0, 1.0, shrinking) / (1.0 + shrinking)
    return found


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


def _cases(
    durations: npt.ArrayLike, observed: npt.ArrayLike, weights: npt.ArrayLike | None
) -> tuple[FloatArray, npt.NDArray[np.bool_], FloatArray]:
    """Return durations, whether each is observed, and weights, all checked."""
    lasted = np.asarray(durations, dtype=np.float64)
    if lasted.ndim != 1:
        raise ValueError(f"durations must have one dimension, not {lasted.ndim}")
    if not np.isfinite(lasted).all():
        raise ValueError("a duration must be a finite number, not NaN or infinite")
    happened, weight = _outcomes(observed, weights, len(lasted))
    return lasted, happened, weight


def _outcomes(
    outcome: npt.ArrayLike, weights: npt.ArrayLike | None, count: int
) -> tuple[npt.NDArray[np.bool_], FloatArray]:
    """Return what happened and the weights, checked against the number of cases."""
    happened = np.asarray(outcome)
    if happened.shape != (count,) or not np.isin(happened, (0, 1)).all():
        raise ValueError(f"what happened must be {count} times true or false")
    weight = np.ones(count) if weights is None else np.asarray(weights, dtype=np.float64)
    if weight.shape != (count,):
        raise ValueError(f"there must be {count} weights, not an array of shape {weight.shape}")
    if not (np.isfinite(weight).all() and (weight >= 0).all()):
        raise ValueError("a weight must be a finite number, zero or above")
    if not weight.sum() > 0:
        raise ValueError("there must be at least one case of a weight above zero")
    return happened.astype(np.bool_), weight


def _edges(edges: npt.ArrayLike) -> FloatArray:
    """Return the edges, checked."""
    ends = np.asarray(edges, dtype=np.float64)
    if ends.ndim != 1 or not len(ends) or not np.isfinite(ends).all() or (np.diff(ends) <= 0).any():
        raise ValueError("edges must be finite numbers that ascend, at least one")
    return ends


def _check_ridge(ridge: float) -> None:
    if not 0 < ridge < np.inf:
        raise ValueError(f"ridge must be above zero and finite, not {ridge}")
