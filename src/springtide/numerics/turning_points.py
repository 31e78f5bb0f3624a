"""Bull and bear phases by turning points: the rule of Pagan and Sossounov for monthly prices.

Unlike the threshold filter of :mod:`springtide.numerics.phases` it asks for no size of a move but
looks at each price among its neighbours, later ones included: a turn is known only months after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from springtide.numerics.phases import Phase, PhaseKind
from springtide.numerics.series import FloatArray, as_prices, check_window

_Turn = tuple[int, bool]
"""Where a turn is, and whether it is a peak."""


def last_of_each(periods: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Return the position of the last element of each period: daily prices to month-ends, say.

    Parameters
    ----------
    periods
        The number of its period for each element, shape (n,), ascending (months since some month).

    Raises
    ------
    ValueError
        The numbers are not ascending.

    Examples
    --------
    >>> last_of_each([7, 7, 7, 8, 8, 10])
    array([2, 4, 5])
    """
    numbers = np.asarray(periods)
    steps = np.diff(numbers)
    if (steps < 0).any():
        raise ValueError("periods must be ascending")
    return np.append(np.flatnonzero(steps), len(numbers) - 1) if len(numbers) else steps


def date_turning_points(
    prices: npt.ArrayLike,
    *,
    window: int = 8,
    edge: int = 6,
    shortest_phase: int = 4,
    shortest_cycle: int = 16,
    large: float = 0.20,
) -> tuple[Phase, ...]:
    """Date bull and bear phases from peak to trough and from trough to peak.

    A peak (trough) is a price that is the highest (lowest) within ``window`` months either side.
    Peaks and troughs must alternate: of neighbours of one kind the more extreme stays. Then go, one
    after the other, turns within ``edge`` months of either end of the series; peaks (troughs) at
    the ends that a price still nearer to the end exceeds (undercuts); cycles, peak to peak or
    trough to trough, below ``shortest_cycle``, by their less extreme turn; phases below
    ``shortest_phase`` that moved by no more than ``large``, by the turn that has a more extreme
    neighbour.

    Later prices are needed to know a turn: ``edge`` of them at the least, and until ``window`` are
    there, or while cycles are still merged, it may be withdrawn again. What a month was called at
    the time is not what it is called today; see ``confirmed``.

    Parameters
    ----------
    prices
        One price a month, shape (n,), above zero, without a gap. The defaults are the paper's and
        meant for months.
    window, edge, shortest_phase, shortest_cycle
        In months.
    large
        As a fraction.

    Returns
    -------
    tuple[Phase, ...]
        In order, each starting where the one before ends, from the first turn on; empty where no
        turn is known. The last is running and ends at its extreme so far. ``confirmed`` is the
        first month from which on its start is dated, by this rule, at every month up to the last:
        an earlier dating may have been withdrawn, and later prices may withdraw this one.

    Raises
    ------
    ValueError
        A price is missing, infinite, zero or negative; a length is below one; ``large`` is
        negative.

    References
    ----------
    A. R. Pagan and K. A. Sossounov (2003), "A simple framework for analysing bull and bear
    markets", *Journal of Applied Econometrics* 18(1), 23-46, doi:10.1002/jae.664, appendix B;
    after G. Bry and C. Boschan (1971), *Cyclical Analysis of Time Series*, NBER.

    Examples
    --------
    A rise of 20 months, a fall of 15 and a rise of 10, a point a month:

    >>> prices = [*range(100, 120), *range(120, 105, -1), *range(105, 116)]
    >>> for phase in date_turning_points(prices):
    ...     print(phase.kind, phase.start, phase.end, phase.confirmed, phase.running)
    bear 20 35 26 False
    bull 35 45 41 True
    """
    series = as_prices(prices)
    if np.isnan(series).any():
        raise ValueError("a price is missing: turning points need one for every month")
    for months in (window, edge, shortest_phase, shortest_cycle):
        check_window(months)
    if not large >= 0:
        raise ValueError(f"large must not be negative, not {large}")
    since: dict[_Turn, int] = {}
    turns: list[_Turn] = []
    for known in range(2 * edge, len(series)):
        seen = series[: known + 1]
        turns = _censored(
            seen, _extremes(seen, window, edge), shortest_phase, shortest_cycle, large
        )
        since = {turn: since.get(turn, known) for turn in turns}
    if not turns:
        return ()
    last, is_peak = turns[-1]
    after = series[last + 1 :][::-1]
    extreme = len(series) - 1 - int(np.argmin(after) if is_peak else np.argmax(after))
    ends = [turn for turn, _ in turns[1:]] + [extreme]
    return tuple(
        _phase(series, turn, end, since[turn], running=turn == turns[-1])
        for turn, end in zip(turns, ends, strict=True)
    )


def _extremes(series: FloatArray, window: int, edge: int) -> list[_Turn]:
    """Return the peaks and troughs within the window; at the ends within what there is of it."""
    gap = np.full(window, np.nan)
    around = np.lib.stride_tricks.sliding_window_view(
        np.concatenate((gap, series, gap)), 2 * window + 1
    )
    highest, lowest = np.fmax.reduce(around, axis=1), np.fmin.reduce(around, axis=1)
    turning = (highest > lowest) & ((series == highest) | (series == lowest))
    turning[:edge] = turning[len(series) - edge :] = False
    turns = np.flatnonzero(turning)
    return list(zip(turns.tolist(), (series[turns] == highest[turns]).tolist(), strict=True))


def _censored(
    series: FloatArray,
    extremes: Sequence[_Turn],
    shortest_phase: int,
    shortest_cycle: int,
    large: float,
) -> list[_Turn]:
    turns = _without_outdone(series, _alternating(series, extremes))
    while (drop := _of_short_cycle(series, turns, shortest_cycle)) is not None:
        turns = _without_outdone(series, _alternating(series, _without(turns, drop)))
    while (drop := _of_short_phase(series, turns, shortest_phase, large)) is not None:
        turns = _without_outdone(series, _alternating(series, _without(turns, drop)))
    return turns


def _without(turns: Sequence[_Turn], drop: int) -> list[_Turn]:
    return [*turns[:drop], *turns[drop + 1 :]]


def _outdoes(series: FloatArray, one: _Turn, other: _Turn) -> bool:
    """Say whether a turn is more extreme than another of its kind; of equals the later is."""
    a, b = series[one[0]], series[other[0]]
    return bool(a > b if one[1] else a < b) or bool(a == b and one[0] > other[0])


def _alternating(series: FloatArray, turns: Sequence[_Turn]) -> list[_Turn]:
    kept: list[_Turn] = []
    for turn in turns:
        if kept and kept[-1][1] == turn[1]:
            if _outdoes(series, turn, kept[-1]):
                kept[-1] = turn
        else:
            kept.append(turn)
    return kept


def _without_outdone(series: FloatArray, turns: Sequence[_Turn]) -> list[_Turn]:
    """Drop turns at the ends that a price nearer to the end exceeds or undercuts."""
    first, stop = 0, len(turns)
    while first < stop and _outdone(series[: turns[first][0]], series, turns[first]):
        first += 1
    while first < stop and _outdone(series[turns[stop - 1][0] + 1 :], series, turns[stop - 1]):
        stop -= 1
    return list(turns[first:stop])


def _outdone(beyond: FloatArray, series: FloatArray, turn: _Turn) -> bool:
    price = series[turn[0]]
    return bool((beyond > price).any() if turn[1] else (beyond < price).any())


def _of_short_cycle(series: FloatArray, turns: Sequence[_Turn], shortest: int) -> int | None:
    """Return the place of the turn by which the first cycle that is too short goes."""
    for k in range(len(turns) - 2):
        if turns[k + 2][0] - turns[k][0] < shortest:
            return k if _outdoes(series, turns[k + 2], turns[k]) else k + 2
    return None


def _of_short_phase(
    series: FloatArray, turns: Sequence[_Turn], shortest: int, large: float
) -> int | None:
    """Return the place of the turn by which the first phase that is too short goes."""
    for k, (one, other) in enumerate(pairwise(turns)):
        move = abs(series[other[0]] / series[one[0]] - 1)
        if other[0] - one[0] < shortest and not move > large:
            if k == 0:
                return 0
            following = turns[k + 2] if k + 2 < len(turns) else None
            return k if following and _outdoes(series, following, one) else k + 1
    return None


def _phase(series: FloatArray, turn: _Turn, end: int, confirmed: int, *, running: bool) -> Phase:
    start, is_peak = turn
    path = series[start : end + 1]
    kind: PhaseKind
    if is_peak:
        kind, setback = "bear", np.max(path / np.minimum.accumulate(path) - 1)
    else:
        kind, setback = "bull", np.min(path / np.maximum.accumulate(path) - 1)
    gain = float(path[-1] / path[0] - 1)
    return Phase(kind, start, end, confirmed, gain, float(setback), running)
