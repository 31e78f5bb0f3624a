"""How volatile a price will be: a forecast of its variance, pooled over all instruments of a kind.

GARCH on one series takes its long-run variance from that series' last ten years. Here the variance
of the coming sessions is log-linear in the variances of the last week, month, quarter and year and
in the last changes (falls raise it), with slopes that all instruments of a group share: fitted at
the end of each year on all that had happened by then, by the loss that it is scored by.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from springtide.market.closes import Closes
from springtide.numerics.series import FloatArray, IntArray
from springtide.numerics.volatility import LogLinear, fit_log_linear

HORIZONS = (20, 60, 120, 250)
"""Sessions over which the mean variance is forecast."""

WINDOWS = (5, 20, 60, 250)
"""Sessions over which past variances are taken."""

CHANGES = (5, 20, 60)
"""Sessions over which past changes are taken, in units of the last quarter's volatility."""

STATE = (*(f"variance_{n}" for n in WINDOWS), *(f"change_{n}" for n in CHANGES))
"""What a forecast of variance is made from, in the order of :func:`state`."""

LEAST = 250
"""Cases without which nothing is learned."""

_EVERY = {True: 5, False: 20}
"""Sessions between the cases that are learned from: indices weekly, the many stocks monthly."""

_CALMEST = 1e-7
"""Least variance a session: prices fixed by decree have none."""

_WIDEST_CHANGE = 4.0


def state(close: FloatArray, rows: IntArray) -> FloatArray:
    """Describe how volatile a series was up to some of its sessions.

    Parameters
    ----------
    close
        Closes, shape (n,).
    rows
        Positions, each with at least 250 closes before it.

    Returns
    -------
    FloatArray
        Shape (rows, 7), in the order of :data:`STATE`: logs of the mean squared log return over 5,
        20, 60 and 250 sessions, and the log changes over 5, 20 and 60 sessions in units of the
        volatility of 60.

    Examples
    --------
    >>> close = np.exp(0.01 * np.cumsum(np.where(np.arange(300) % 2, 1, -1)))
    >>> np.exp(state(close, np.array([299]))[0, :4]).round(6)
    array([0.0001, 0.0001, 0.0001, 0.0001])
    """
    log = np.log(close)
    squares = np.concatenate([[0.0], np.cumsum(np.diff(log) ** 2)])
    past = [np.maximum((squares[rows] - squares[rows - n]) / n, _CALMEST) for n in WINDOWS]
    unit = past[WINDOWS.index(60)]
    changes = [(log[rows] - log[rows - n]) / np.sqrt(n * unit) for n in CHANGES]
    clipped = np.clip(changes, -_WIDEST_CHANGE, _WIDEST_CHANGE)
    return np.column_stack([*np.log(past), *clipped])


@dataclass(frozen=True, slots=True)
class Cases:
    """Sessions of a panel, what they were like, and the variance that followed.

    Attributes
    ----------
    state
        Shape (n, 7).
    is_index
        Shape (n,).
    realised
        Mean squared log return over each of :data:`HORIZONS`; NaN beyond the data. Shape (n, 4).
    known
        The day on which that was known, counted from 1970. Shape (n, 4).
    """

    state: FloatArray
    is_index: npt.NDArray[np.bool_]
    realised: FloatArray
    known: IntArray


def cases_of(panel: Sequence[Closes]) -> Cases:
    """Return the cases that a panel offers; each stretch of closes stands alone."""
    parts = [
        _of_stretch(series.part(first, past))
        for series in panel
        for first, past in series.stretches
        if past - first > WINDOWS[-1] + HORIZONS[0] + 1
    ]
    if not parts:
        empty = np.empty((0, len(HORIZONS)))
        nothing = np.empty((0, len(STATE)))
        return Cases(nothing, np.empty(0, np.bool_), empty, empty.astype(np.int64))
    return Cases(*(np.concatenate(each) for each in zip(*parts, strict=True)))


def _of_stretch(
    series: Closes,
) -> tuple[FloatArray, npt.NDArray[np.bool_], FloatArray, IntArray]:
    rows = np.arange(WINDOWS[-1], len(series) - HORIZONS[0], _EVERY[series.is_index])
    squares = np.concatenate([[0.0], np.cumsum(np.diff(np.log(series.close)) ** 2)])
    realised = np.full((len(rows), len(HORIZONS)), np.nan)
    known = np.full(realised.shape, np.iinfo(np.int64).max)
    for k, n in enumerate(HORIZONS):
        inside = rows + n < len(series)
        after = rows[inside] + n
        realised[inside, k] = (squares[after] - squares[rows[inside]]) / n
        known[inside, k] = series.days[after]
    is_index = np.full(len(rows), series.is_index)
    return state(series.close, rows), is_index, realised, known


def learn_variance(cases: Cases, day: int, *, index: bool) -> Mapping[int, LogLinear]:
    """Learn the forecast of each horizon from what was known at the end of a day.

    Parameters
    ----------
    cases
        Of a panel.
    day
        Counted from 1970.
    index
        Whether from indices, else from everything else.

    Returns
    -------
    Mapping
        By horizon; empty where there are fewer than :data:`LEAST` cases of the longest.
    """
    learned = {}
    for k, horizon in enumerate(HORIZONS):
        chosen = (cases.is_index == index) & (cases.known[:, k] <= day) & (cases.realised[:, k] > 0)
        if chosen.sum() < LEAST:
            return {}
        realised = np.maximum(cases.realised[chosen, k], _CALMEST)
        learned[horizon] = fit_log_linear(cases.state[chosen], realised)
    return learned


def mean_growth(panel: Sequence[Closes], days: IntArray, *, index: bool) -> FloatArray:
    """Return the mean daily log return of all instruments of a group up to the end of each day.

    Every session of every instrument counts alike; NaN before there are :data:`LEAST`.

    Examples
    --------
    >>> series = Closes("X", "index", np.arange(300), np.exp(0.001 * np.arange(300)))
    >>> mean_growth([series], np.array([100, 299]), index=True).round(4)
    array([  nan, 0.001])
    """
    total, count = np.zeros(len(days)), np.zeros(len(days))
    for series in panel:
        if series.is_index != index:
            continue
        for first, past in series.stretches:
            part = series.part(first, past)
            last = np.searchsorted(part.days, days, side="right") - 1
            there = last > 0
            total[there] += np.log(part.close[last[there]] / part.close[0])
            count[there] += last[there]
    growth: FloatArray = np.where(count >= LEAST, total / np.maximum(count, 1), np.nan)
    return growth
