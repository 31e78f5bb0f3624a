"""How well the combination had done by a day, from what was known of its forecasts then."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from springtide.numerics import resampling
from springtide.numerics.scores import brier
from springtide.outlook.curves import Curves
from springtide.outlook.landmarks import Known, Landmarks
from springtide.outlook.model import HORIZONS, SESSIONS, MethodName, Skill

SETTLED_DAYS = 500
"""Forecasts of the last so many days do not count: of them only short rallies are decided."""

LEAST = 60
"""Fewer forecasts with a known outcome than this are no record."""

_DRAWS = 999

_COMPARED: tuple[MethodName, ...] = ("combination", "climatology", "garch")


def skills(
    landmarks: Landmarks, curves: Mapping[MethodName, Curves], seen: Known, day: int
) -> tuple[Skill, ...]:
    """Return the record of some landmarks' forecasts, as it was known on a day.

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
        By horizon, "the top is in" (0) first; empty where there are too few.
    """
    settled = landmarks.day[seen.rows] <= day - SETTLED_DAYS
    given = np.all([curves[method].given[seen.rows] for method in _COMPARED], axis=0)
    counted = np.flatnonzero(settled & given)
    rows = seen.rows[counted]
    month = landmarks.day[rows].astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    found = []
    for horizon in (0, *HORIZONS):
        ended, lasted = seen.ended[counted], seen.sessions[counted]
        is_known = ended | (lasted > horizon)
        if is_known.sum() < LEAST:
            return ()
        came = ended & (lasted <= horizon)
        edge = SESSIONS.index(horizon)
        losses = [
            brier(curves[method].peak[rows[is_known], edge], came[is_known]) for method in _COMPARED
        ]
        against = [
            resampling.skill(losses[0], other, month[is_known], draws=_DRAWS)
            for other in losses[1:]
        ]
        found.append(
            Skill(
                horizon=horizon,
                forecasts=int(is_known.sum()),
                brier=float(losses[0].mean()),
                climatology=against[0].value,
                climatology_low=against[0].low,
                climatology_high=against[0].high,
                simulation=against[1].value,
                simulation_low=against[1].low,
                simulation_high=against[1].high,
                undecided=int((~is_known).sum()),
            )
        )
    return tuple(found)
