"""The rallies most alike in their path so far, and what followed them."""

from __future__ import annotations

import numpy as np

from springtide.numerics.analogues import Analogues, Candidates, Queries, nearest
from springtide.numerics.series import IntArray
from springtide.outlook.curves import TARGETS, Curves
from springtide.outlook.fits import durations, life_table
from springtide.outlook.landmarks import Known, Landmarks, known
from springtide.outlook.simulation import year_start

COUNT = 50
"""Rallies that a forecast rests on: the nearest, one landmark each."""

LEAST = 20
"""Fewer rallies than this, and there is no forecast."""


def learned_by(path_day: int) -> int:
    """Return the day as of which analogues are known: the last year's end before the path began.

    Nothing that is used of an analogue, neither its path nor what followed, overlaps with the path
    of the rally that is compared with it, on any market.
    """
    return year_start(path_day) - 1


def find(queries: Landmarks, history: Landmarks, day: int) -> tuple[Analogues, Known]:
    """Find the rallies nearest to each query among those known on a day.

    Returns
    -------
    Analogues
        Its indices point into what was known.
    Known
        Of the history's landmarks that have a path.
    """
    seen = known(history, day)
    seen = seen.take(~np.isnan(history.paths[seen.rows, 0]))
    rows = seen.rows
    found = nearest(
        Queries(queries.paths, queries.path_day, queries.day, queries.series),
        Candidates(
            paths=history.paths[rows],
            first=history.path_day[rows],
            last=history.day[rows],
            known=np.full(len(rows), day),
            series=history.series[rows],
            group=history.rally[rows],
        ),
        COUNT,
    )
    return found, seen


def forecast(landmarks: Landmarks, rows: IntArray, history: Landmarks | None = None) -> Curves:
    """Forecast landmarks by what followed their analogues.

    Parameters
    ----------
    landmarks
        Those to forecast are at ``rows``.
    rows
        Positions.
    history
        Where analogues are looked for; by default among ``landmarks``.

    Returns
    -------
    Curves
        A row for each of ``rows``; NaN where there are fewer than :data:`LEAST` analogues.
    """
    past = landmarks if history is None else history
    curves = Curves.empty(len(rows))
    days = np.array([learned_by(int(day)) for day in landmarks.path_day[rows]])
    for day in np.unique(days):
        where = np.flatnonzero(days == day)
        if (past.day <= day).any():
            curves.put(where, _forecast(landmarks.take(rows[where]), past, int(day)))
    return curves


def _forecast(queries: Landmarks, history: Landmarks, day: int) -> Curves:
    found, seen = find(queries, history, day)
    there = found.index >= 0
    cases = there.sum(axis=1)
    curves = {}
    for target in TARGETS:
        lasted, over = durations(seen, target)
        each = np.where(there, lasted[found.index], np.nan)
        curves[target] = life_table(each, over[found.index], target)
    moves = np.where(there, seen.up_first[found.index], np.nan)
    known_moves = np.maximum((~np.isnan(moves)).sum(axis=1), 1)
    up_first = np.nansum(moves, axis=1) / known_moves
    answer = Curves(curves["peak"], curves["gain"], curves["new_high"], up_first, cases * 1.0)
    answer.put(np.flatnonzero(cases < LEAST), Curves.empty(int((cases < LEAST).sum())))
    return answer
