"""How well the combination had done by a day, from what was known of its forecasts then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from springtide.numerics import resampling
from springtide.numerics.scores import brier, crps
from springtide.numerics.series import FloatArray, IntArray
from springtide.outlook.curves import Curves
from springtide.outlook.landmarks import Known, Landmarks
from springtide.outlook.model import GAINS, HORIZONS, SESSIONS, MethodName, Skill

SETTLED_DAYS = 500
"""Forecasts of the last so many days do not count: of them only short rallies are decided."""

LEAST = 60
"""Fewer forecasts with a known outcome than this are no record."""

_DRAWS = 999

_COMPARED: tuple[MethodName, ...] = ("combination", "climatology", "garch")


def skills(
    landmarks: Landmarks, curves: Mapping[MethodName, Curves], seen: Known, day: int
) -> tuple[Skill, ...]:
    """Return the record of some landmarks' forecasts of the peak, as it was known on a day.

    Parameters
    ----------
    landmarks, curves
        Forecasts of each method for each landmark.
    seen
        What was known on the day of those that count.
    day
        The day, counted from 1970.

    Returns
    -------
    tuple of Skill
        By horizon, "the top is in" (0) first, by Brier score; empty where there are too few.
    """
    counted = _counted(landmarks, curves, seen, day)
    by_horizon = []
    for horizon in (0, *HORIZONS):
        settled = counted.take(counted.ended | (counted.sessions > horizon))
        if len(settled.rows) < LEAST:
            return ()
        came = settled.ended & (settled.sessions <= horizon)
        edge = SESSIONS.index(horizon)
        losses = [brier(curves[method].peak[settled.rows, edge], came) for method in _COMPARED]
        open_ = len(counted.rows) - len(settled.rows)
        by_horizon.append(_skill(horizon, losses, landmarks.day[settled.rows], open_))
    return tuple(by_horizon)


def gain_skill(
    landmarks: Landmarks, curves: Mapping[MethodName, Curves], seen: Known, day: int
) -> Skill | None:
    """Return the record of the forecasts of the further gain; see :func:`skills`.

    By CRPS over the grid of gains, of rallies that had ended. None where there are too few.
    """
    counted = _counted(landmarks, curves, seen, day)
    settled = counted.take(counted.ended)
    if len(settled.rows) < LEAST:
        return None
    gains = np.minimum(np.expm1(settled.further), GAINS[-1])
    losses = [crps(GAINS, curves[method].gain[settled.rows], gains) for method in _COMPARED]
    open_ = len(counted.rows) - len(settled.rows)
    return _skill(0, losses, landmarks.day[settled.rows], open_)


def _counted(
    landmarks: Landmarks, curves: Mapping[MethodName, Curves], seen: Known, day: int
) -> Known:
    """Return what was known of settled forecasts that all compared methods made."""
    settled = landmarks.day[seen.rows] <= day - SETTLED_DAYS
    given = np.all([curves[method].given[seen.rows] for method in _COMPARED], axis=0)
    return seen.take(settled & given)


def _skill(horizon: int, losses: Sequence[FloatArray], days: IntArray, undecided: int) -> Skill:
    """Return the skill of the first losses against the second and the third."""
    month = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    rates, simulated = (
        resampling.skill(losses[0], other, month, draws=_DRAWS) for other in losses[1:]
    )
    return Skill(
        horizon=horizon,
        forecasts=len(days),
        brier=float(losses[0].mean()),
        climatology=rates.value,
        climatology_low=rates.low,
        climatology_high=rates.high,
        simulation=simulated.value,
        simulation_low=simulated.low,
        simulation_high=simulated.high,
        undecided=undecided,
    )
