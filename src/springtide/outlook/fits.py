"""What is learned from earlier rallies: base rates and hazards, as known on a day.

A fit sees landmarks of the panel as they were known at the end of one year and serves all forecasts
of the next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from springtide.numerics.hazards import HazardModel, LogisticModel, fit_hazard, fit_logistic
from springtide.numerics.series import FloatArray
from springtide.numerics.survival import kaplan_meier
from springtide.outlook.curves import TARGETS, Curves, Target
from springtide.outlook.landmarks import Known, Landmarks, known
from springtide.outlook.model import GAINS, Lifetimes

Group = Literal["index", "stock"]

GROUPS: tuple[Group, ...] = ("index", "stock")
"""Indices are compared with indices, and everything else with everything else."""

RIDGE = 50.0
"""Penalty on the slopes of the hazards, in cases; skill hardly changes between 5 and 300."""

LEAST_RALLIES = 10
"""Finished rallies of a group without which there are no base rates."""

LEAST_TO_COMPARE = 30
"""Finished rallies in all without which their states tell nothing: there are no hazards."""

_NO_HAZARD = -30.0
"""Log odds of what does not happen."""

_ROUNDING = 1e-9
"""Log gains this close to an edge are on it."""


@dataclass(frozen=True, slots=True)
class BaseRates:
    """How the rallies of one group went on, whatever their state.

    Attributes
    ----------
    curves
        By target, the cumulative probability at each point of its grid.
    up_first
        Share in which the move up came first.
    rallies, instruments, landmarks
        How many went in.
    lifetimes
        Of whole rallies, from trough to peak.
    """

    curves: Mapping[Target, FloatArray]
    up_first: float
    rallies: int
    instruments: int
    landmarks: int
    lifetimes: Lifetimes


@dataclass(frozen=True, slots=True)
class Hazards:
    """Hazards that depend on a rally's state, one model a target, and the logistic of the move."""

    models: Mapping[Target, HazardModel]
    move: LogisticModel
    rallies: int


@dataclass(frozen=True, slots=True)
class Fit:
    """All that was learned by the end of a day: base rates by group, and hazards.

    A group with too few rallies by then is not there; ``hazards`` is None where there were too few.
    """

    day: int
    base_rates: Mapping[Group, BaseRates]
    hazards: Hazards | None


def group_of(kind: str) -> Group:
    """Return the group that a kind of instrument belongs to.

    Examples
    --------
    >>> group_of("index"), group_of("etf")
    ('index', 'stock')
    """
    return "index" if kind == "index" else "stock"


def durations(seen: Known, target: Target) -> tuple[FloatArray, npt.NDArray[np.bool_]]:
    """Return how long each landmark lasted on the scale of a target, and whether it had ended.

    Gains are log gains: how far the price went until it turned, as if it were a time.

    Examples
    --------
    >>> nothing, no = np.zeros(1), np.zeros(1, np.bool_)
    >>> seen = Known(np.zeros(1, np.int64), ~no, nothing + 40, nothing + 0.1, nothing, no, nothing)
    >>> durations(seen, "peak"), durations(seen, "new_high")
    ((array([40.]), array([ True])), (array([0.]), array([False])))
    """
    if target == "peak":
        return seen.sessions, seen.ended
    if target == "gain":
        return seen.further, seen.ended
    return seen.new_high, seen.has_new_high


def edges(target: Target) -> FloatArray:
    """Return a target's grid on the scale of its durations.

    Examples
    --------
    >>> edges("new_high")
    array([  5.,  20.,  60., 120., 250.])
    """
    if target == "gain":
        log_gains: FloatArray = np.log1p(np.array(GAINS)) + _ROUNDING
        return log_gains
    return np.array(TARGETS[target], dtype=np.float64)


def learn(landmarks: Landmarks, day: int) -> Fit:
    """Learn base rates and hazards from what was known of landmarks at the end of a day."""
    seen = known(landmarks, day)
    is_index = landmarks.is_index[seen.rows]
    base_rates = {}
    for group in GROUPS:
        inside = np.flatnonzero(is_index == (group == "index"))
        rates = _base_rates(landmarks, seen, inside, day)
        if rates is not None:
            base_rates[group] = rates
    return Fit(day, base_rates, _hazards(landmarks, seen))


def _hazards(landmarks: Landmarks, seen: Known) -> Hazards | None:
    rallies = len(np.unique(landmarks.rally[seen.rows[seen.ended]]))
    moved = ~np.isnan(seen.up_first)
    if rallies < LEAST_TO_COMPARE or not moved.any():
        return None
    values = landmarks.covariates[seen.rows]
    models = {}
    for target in TARGETS:
        lasted, ended = durations(seen, target)
        model = fit_hazard(values, lasted, ended, edges(target), ridge=RIDGE)
        # Nobody lasted so long yet: nothing says that it ends there.
        intercepts = np.where(model.at_risk > 0, model.intercepts, _NO_HAZARD)
        models[target] = replace(model, intercepts=intercepts)
    move = fit_logistic(values[moved], seen.up_first[moved] > 0, ridge=RIDGE)
    return Hazards(models, move, rallies)


def _base_rates(
    landmarks: Landmarks, seen: Known, inside: npt.NDArray[np.int64], day: int
) -> BaseRates | None:
    rows = seen.rows[inside]
    rallies, instruments = np.unique(landmarks.rally[rows]), np.unique(landmarks.series[rows])
    ended = np.unique(landmarks.rally[rows[seen.ended[inside]]])
    if len(ended) < LEAST_RALLIES:
        return None
    curves = {}
    for target in TARGETS:
        lasted, over = durations(seen, target)
        curves[target] = life_table(lasted[inside], over[inside], target)
    return BaseRates(
        curves=curves,
        up_first=float(np.nanmean(seen.up_first[inside])),
        rallies=len(rallies),
        instruments=len(instruments),
        landmarks=len(rows),
        lifetimes=lifetimes(landmarks, seen, inside),
    )


def life_table(lasted: FloatArray, over: npt.NDArray[np.bool_], target: Target) -> FloatArray:
    """Return the cumulative probability at each point of a target's grid, censoring allowed for.

    The estimate of Kaplan and Meier on the grid. A case that was lost inside an interval is not
    counted in it; an interval that nobody entered has no events.

    Parameters
    ----------
    lasted, over
        As from :func:`durations`, shape (..., cases): one table for each row. A NaN is no case.

    Examples
    --------
    >>> lasted, over = np.array([0.0, 3.0, 7.0, 600.0]), np.array([True, True, True, False])
    >>> life_table(lasted, over, "peak")[:4]
    array([0.25, 0.5 , 0.75, 0.75])
    """
    grid = edges(target)
    place = np.searchsorted(grid, lasted)
    there = ~np.isnan(lasted)
    table = np.empty((*lasted.shape[:-1], len(grid)))
    alive = np.ones(lasted.shape[:-1])
    for j in range(len(grid)):
        ended = (there & over & (place == j)).sum(axis=-1)
        stayed = (there & (place > j)).sum(axis=-1)
        alive = alive * (1 - ended / np.maximum(ended + stayed, 1))
        table[..., j] = 1 - alive
    return table


def lifetimes(landmarks: Landmarks, seen: Known, inside: npt.NDArray[np.int64]) -> Lifetimes:
    """Return how long whole rallies lasted from trough to peak, by Kaplan and Meier.

    Each rally counts once, by its last landmark: running ones have lasted until their high so far.
    """
    rows = seen.rows[inside]
    last = np.flatnonzero(np.append(landmarks.rally[rows][1:] != landmarks.rally[rows][:-1], True))
    age = landmarks.row[rows] - landmarks.start[rows] + seen.sessions[inside]
    over = seen.ended[inside]
    # The age counts to the peak, which a landmark after the peak would put too late.
    past = over & (seen.sessions[inside] == 0)
    age = np.where(past, landmarks.high_row[rows] - landmarks.start[rows], age)
    still = ~over & (seen.sessions[inside] == 0)
    age = np.where(still, landmarks.high_row[rows] - landmarks.start[rows], age)
    curve = kaplan_meier(age[last], over[last])
    return Lifetimes(
        times=tuple(curve.times.tolist()),
        survival=tuple(curve.survival.tolist()),
        low=tuple(np.nan_to_num(curve.low).tolist()),
        high=tuple(np.nan_to_num(curve.high).tolist()),
        rallies=len(last),
        running=int((~over[last]).sum()),
        instruments=len(np.unique(landmarks.series[rows])),
    )


def climatology(fit: Fit, group: Group, count: int) -> Curves | None:
    """Forecast so many rallies of a group by its base rates; None where there are none."""
    rates = fit.base_rates.get(group)
    if rates is None:
        return None
    peak, gain, new_high = (np.tile(rates.curves[target], (count, 1)) for target in TARGETS)
    return Curves(
        peak, gain, new_high, np.full(count, rates.up_first), np.full(count, float(rates.rallies))
    )


def survival(fit: Fit, covariates: FloatArray) -> Curves | None:
    """Forecast rallies by the hazards of their state; None where there are none."""
    hazards = fit.hazards
    if hazards is None:
        return None
    peak, gain, new_high = (hazards.models[target].cdf(covariates) for target in TARGETS)
    cases = np.full(len(covariates), float(hazards.rallies))
    return Curves(peak, gain, new_high, hazards.move.predict(covariates), cases)
