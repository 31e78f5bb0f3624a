"""The points of earlier rallies most alike in path and state, and what followed them.

A long rally has more points than a short one, and may be found more than once: an outlook is asked
for on some day of a rally, and most days belong to long ones. Taking one point of each would make
rallies look shorter than they are.
"""

from __future__ import annotations

import numpy as np

from springtide.numerics.analogues import Analogues, Candidates, Queries, nearest
from springtide.numerics.series import IntArray
from springtide.outlook.curves import TARGETS, Curves
from springtide.outlook.fits import durations, life_table
from springtide.outlook.landmarks import Known, Landmarks, known
from springtide.outlook.simulation import year_start

COUNT = 100
"""Landmarks that a forecast rests on: the nearest."""

LEAST = 20
"""Fewer rallies than this among them, and there is no forecast."""


def learned_by(path_day: int) -> int:
    """Return the day as of which analogues are known: the last year's end before the path began.

    Nothing that is used of an analogue, neither its path nor what followed, overlaps with the path
    of the rally that is compared with it, on any market.
    """
    return year_start(path_day) - 1


def find(queries: Landmarks, history: Landmarks, day: int) -> tuple[Analogues, Known]:
    """Find the landmarks nearest to each query among those known on a day.

    Returns
    -------
    Analogues
        Its indices point into what was known.
    Known
        Of the history's landmarks that have a path.
    """
    seen = known(history, day)
    seen = seen.take(~np.isnan(history.likeness[seen.rows, 0]))
    rows = seen.rows
    neighbours = nearest(
        Queries(queries.likeness, queries.path_day, queries.day, queries.series),
        Candidates(
            paths=history.likeness[rows],
            first=history.path_day[rows],
            last=history.day[rows],
            known=np.full(len(rows), day),
            series=history.series[rows],
            group=np.arange(len(rows)),
        ),
        COUNT,
    )
    return neighbours, seen


def forecast(landmarks: Landmarks, rows: IntArray, history: Landmarks | None = None) -> Curves:
    """Forecast landmarks by what followed their analogues, indices by indices.

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
    history = landmarks if history is None else history
    curves = Curves.empty(len(rows))
    days = np.array([learned_by(int(day)) for day in landmarks.path_day[rows]])
    is_index = landmarks.is_index[rows]
    for kind in np.unique(is_index):
        past = history.take(np.flatnonzero(history.is_index == kind))
        for day in np.unique(days[is_index == kind]):
            where = np.flatnonzero((days == day) & (is_index == kind))
            if (past.day <= day).any():
                curves.put(where, _forecast(landmarks.take(rows[where]), past, int(day)))
    return curves


def _forecast(queries: Landmarks, history: Landmarks, day: int) -> Curves:
    neighbours, seen = find(queries, history, day)
    there = neighbours.index >= 0
    rally = np.where(there, history.rally[seen.rows[neighbours.index]], -1)
    cases = np.array([len(np.unique(row[row >= 0])) for row in rally])
    curves = {}
    for target in TARGETS:
        lasted, over = durations(seen, target)
        each = np.where(there, lasted[neighbours.index], np.nan)
        curves[target] = life_table(each, over[neighbours.index], target)
    moves = np.where(there, seen.up_first[neighbours.index], np.nan)
    known_moves = np.maximum((~np.isnan(moves)).sum(axis=1), 1)
    up_first = np.nansum(moves, axis=1) / known_moves
    answer = Curves(curves["peak"], curves["gain"], curves["new_high"], up_first, cases * 1.0)
    answer.put(np.flatnonzero(cases < LEAST), Curves.empty(int((cases < LEAST).sum())))
    return answer
