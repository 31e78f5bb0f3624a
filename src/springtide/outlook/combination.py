"""The linear pool of all methods, with weights that were learned from scores known by then.

Indices and other instruments have weights of their own: those under which the pool would have given
the outcomes seen so far the highest likelihood, drawn while outcomes are few towards the two
simulations that need no earlier rallies. The height of the top has the weights of its time, so that
both come from one joint distribution, a mixture of those of the methods.

Every forecast counts alike. Were those of one rally to share the weight of one, short rallies would
count for more, and with them whoever expects the end soon: so the survival model once had the
largest weight on indices with one of the worst scores.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import numpy.typing as npt

from springtide.numerics.pooling import pool, pool_weights
from springtide.numerics.series import FloatArray
from springtide.outlook.curves import Curves, Target
from springtide.outlook.fits import durations, edges
from springtide.outlook.landmarks import Known
from springtide.outlook.model import MethodName

POOLED: tuple[MethodName, ...] = (
    "climatology",
    "survival",
    "analogues",
    "random_walk",
    "garch",
    "volatility",
)

Weighed = Literal["peak", "new_high", "up_first"]

WEIGHED: tuple[Weighed, ...] = ("peak", "new_high", "up_first")
"""What has weights of its own; the gain has those of the peak."""

PRIOR = 20.0
"""The weights before any score count as much as so many rallies."""

TRUSTED: tuple[MethodName, ...] = ("garch", "volatility")
"""Methods that are pooled, in equal parts, before any score is known."""

WEIGHTY = 0.005
"""Methods with less weight are not said to be pooled."""

_LEAST = 1e-6
"""Weight of every method at least, so that something is said where all others cannot answer."""

Weights = Mapping[Weighed, FloatArray]


def first_weights() -> dict[Weighed, FloatArray]:
    """Return the weights that are used before any score is known.

    Examples
    --------
    >>> first_weights()["peak"].round(3)
    array([0. , 0. , 0. , 0. , 0.5, 0.5])
    """
    return {name: _at_least(_FIRST) for name in WEIGHED}


_FIRST: FloatArray = np.array([float(method in TRUSTED) for method in POOLED]) / len(TRUSTED)


def _at_least(weights: FloatArray) -> FloatArray:
    raised = np.maximum(weights, _LEAST)
    shares: FloatArray = raised / raised.sum()
    return shares


def learn_weights(
    curves: Mapping[MethodName, Curves], seen: Known, rally: npt.NDArray[np.int64]
) -> dict[Weighed, FloatArray]:
    """Learn weights from forecasts and what was known of their outcomes.

    Parameters
    ----------
    curves
        Of each method in :data:`POOLED`, one row for each landmark in ``seen``.
    seen
        What was known of these landmarks.
    rally
        The rally of each: all forecasts together count as many as there are rallies.
    """
    weights = {}
    for name in WEIGHED:
        likelihood = np.column_stack([_likelihood(curves[method], seen, name) for method in POOLED])
        # Of cases that every method forecast: what is best where one is missing is another matter.
        tells = (likelihood >= 0).all(axis=1) & (likelihood > 0).any(axis=1)
        weights[name] = _weights(likelihood[tells], rally[tells])
    return weights


def _weights(likelihood: FloatArray, rally: npt.NDArray[np.int64]) -> FloatArray:
    if not len(rally):
        return _at_least(_FIRST)
    each = len(np.unique(rally)) / len(rally)
    # What is believed beforehand: cases in which a trusted method alone was right.
    believed = np.eye(len(POOLED))[_FIRST > 0]
    cases = np.vstack([likelihood, believed])
    counts = np.append(np.full(len(rally), each), PRIOR * _FIRST[_FIRST > 0])
    return _at_least(pool_weights(cases, counts, prior=_LEAST))


def _likelihood(curves: Curves, seen: Known, name: Weighed) -> FloatArray:
    """Return the probability of what was seen; NaN where nothing was, or nothing was forecast."""
    if name == "up_first":
        likelihood: FloatArray = np.where(seen.up_first > 0, curves.up_first, 1 - curves.up_first)
        return np.where(np.isnan(seen.up_first), np.nan, likelihood)
    return _of_duration(curves, seen, name)


def _of_duration(curves: Curves, seen: Known, target: Target) -> FloatArray:
    lasted, over = durations(seen, target)
    grid = edges(target)
    below = np.column_stack([np.zeros(len(curves)), getattr(curves, target), np.ones(len(curves))])
    rows = np.arange(len(curves))
    place = np.searchsorted(grid, lasted)  # the interval that holds it, or the one it was lost in
    inside: FloatArray = below[rows, place + 1] - below[rows, place]
    likelihood = np.where(over, inside, 1 - below[rows, place])
    nothing = (~over & (place == 0)) | ~curves.given
    return np.where(nothing, np.nan, likelihood)


def combine(curves: Mapping[MethodName, Curves], weights: Weights) -> Curves:
    """Pool forecasts; the weights of methods that gave none are shared among the others.

    The number of cases is the smallest among climatology, survival and analogues that have a weight
    for the top; where none has, that of the simulated paths.

    Examples
    --------
    >>> one, two = (Curves.empty(1) for _ in range(2))
    >>> one.peak[:], two.peak[:] = 0.2, 0.6
    >>> weights = {name: np.array([0.75, 0.25, 0, 0, 0, 0]) for name in WEIGHED}
    >>> combine({"climatology": one, "survival": two}, weights).peak[0, :2]
    array([0.3, 0.3])
    """
    present = [method for method in POOLED if method in curves]
    pooled = Curves.empty(len(curves[present[0]]))
    said: tuple[tuple[str, Weighed], ...] = (*((name, name) for name in WEIGHED), ("gain", "peak"))
    for name, of in said:
        shares = [weights[of][POOLED.index(method)] for method in present]
        values = np.stack([getattr(curves[method], name) for method in present], axis=1)
        getattr(pooled, name)[:] = pool(values, shares)
    weighty = [m for m in present if weights["peak"][POOLED.index(m)] >= WEIGHTY]
    counted = [m for m in weighty if m in ("climatology", "survival", "analogues")] or weighty
    given_cases = [np.where(curves[m].cases > 0, curves[m].cases, np.inf) for m in counted]
    if given_cases:
        least = np.min(given_cases, axis=0)
        pooled.cases[:] = np.where(np.isfinite(least), least, 0)
    return pooled
