"""How long things last: survival curves by Kaplan and Meier.

A duration is *observed* where the event took place after it, and *censored* where all that is known
is that the event had not happened by then. Weights count as cases: a case of weight 2 says as much
as two cases, and narrows a band as two would. Cases that say the same several times over (many
dates of one rally) should share the weight of one.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from springtide.numerics.series import FloatArray

_ROUNDING = 1e-12
"""Share or probability below which a difference is rounding."""


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
        share = steps[np.searchsorted(self.times, asked, side="right")]
        unseen = (asked > self.last) & (share > 0)
        return np.where(unseen | np.isnan(asked), np.nan, share)

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
    lasted, happened, weight = checked_cases(durations, observed, weights)
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


def checked_cases(
    durations: npt.ArrayLike, observed: npt.ArrayLike, weights: npt.ArrayLike | None
) -> tuple[FloatArray, npt.NDArray[np.bool_], FloatArray]:
    """Return durations, whether each is observed, and weights, all checked."""
    lasted = np.asarray(durations, dtype=np.float64)
    if lasted.ndim != 1:
        raise ValueError(f"durations must have one dimension, not {lasted.ndim}")
    if not np.isfinite(lasted).all():
        raise ValueError("a duration must be a finite number, not NaN or infinite")
    happened, weight = checked_outcomes(observed, weights, len(lasted))
    return lasted, happened, weight


def checked_outcomes(
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
