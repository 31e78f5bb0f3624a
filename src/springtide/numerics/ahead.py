"""What came after every start of a price path: how often a claim about later closes came true.

Each start is a close, and what is looked at are the closes of the sessions after it. The share of
starts at which something came true is the base rate of the same thing from today, where today is
like any day of the past: no more is claimed. Starts overlap, so that many of them are few cases;
:class:`Share` counts both.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from springtide.numerics.series import FloatArray

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Share:
    """The share of starts at which something came true, 0 to 1, and on how many it rests.

    ``windows`` are the horizons that the starts cover without overlap; a share of fewer than ten
    says little.
    """

    value: float
    starts: int
    windows: float


@dataclass(frozen=True, slots=True)
class Ranges:
    """Bars of a price path, each shape (n,), and when a price is at a level or off it.

    ``band`` and ``away`` are fractions of the level, as those of
    :func:`springtide.numerics.levels.level_tests`.
    """

    high: FloatArray
    low: FloatArray
    close: FloatArray
    band: float
    away: float


def share(flags: npt.NDArray[np.generic], horizon: int) -> Share | None:
    """Return the share of starts at which something came true; None without any start.

    Flags are yes or no, or 1, 0 and NaN for a start that does not count.

    Examples
    --------
    >>> share(np.array([True, False, True, False]), 2)
    Share(value=0.5, starts=4, windows=2.0)
    """
    counted = flags.astype(np.float64)
    counted = counted[~np.isnan(counted)]
    if not counted.size:
        return None
    return Share(float(counted.mean()), int(counted.size), counted.size / horizon)


def furthest(close: FloatArray, horizon: int, *, up: bool) -> FloatArray:
    """Return the highest (or lowest) of the next closes as a multiple of each start.

    Parameters
    ----------
    close
        Closes above zero, in order, shape (n,).
    horizon
        How many sessions after the start are looked at, one at least.
    up
        The highest, or else the lowest.

    Returns
    -------
    array of float
        Shape (n - horizon,): one for every start whose whole horizon is there; empty without one.

    Examples
    --------
    >>> furthest(np.array([100.0, 110.0, 99.0, 121.0]), 2, up=True).tolist()
    [1.1, 1.1]
    """
    if horizon < 1:
        raise ValueError(f"a horizon has one session at least, not {horizon}")
    if len(close) <= horizon:
        return np.empty(0)
    later = np.lib.stride_tricks.sliding_window_view(close[1:], horizon)
    extreme: FloatArray = later.max(axis=1) if up else later.min(axis=1)
    return extreme / close[:-horizon]


def at_end(close: FloatArray, horizon: int) -> FloatArray:
    """Return the close at the end of the horizon as a multiple of each start.

    Examples
    --------
    >>> at_end(np.array([100.0, 110.0, 99.0, 121.0]), 2).tolist()
    [0.99, 1.1]
    """
    if horizon < 1:
        raise ValueError(f"a horizon has one session at least, not {horizon}")
    return close[horizon:] / close[:-horizon] if len(close) > horizon else np.empty(0)


def centres(close: FloatArray, window: int) -> FloatArray:
    """Return the middle between the highest and the lowest of the last closes, from the first full.

    Examples
    --------
    >>> centres(np.array([1.0, 3.0, 2.0, 6.0]), 2).tolist()
    [2.0, 2.5, 4.0]
    """
    if len(close) < window:
        return np.empty(0)
    held = np.lib.stride_tricks.sliding_window_view(close, window)
    middle: FloatArray = (held.max(axis=1) + held.min(axis=1)) / 2
    return middle


BEFORE = 500
"""Sessions before a start that are searched for the close that arms a test."""


def first_tests(bars: Ranges, ratio: float, horizon: int, after: int) -> FloatArray:
    """Say of every start how the first test of a level ended that lies beside its close.

    Parameters
    ----------
    bars
        Highs, lows and closes above zero.
    ratio
        The level as a multiple of the start's close.
    horizon
        Sessions after the start in which the test must begin.
    after
        Sessions after these in which it must end.

    Returns
    -------
    array of float
        Shape (n - horizon,): 1 where it held, 0 where it was broken, NaN where none began or it did
        not end.

    Examples
    --------
    From 97 a level at 100 is reached with 99.8 and holds at 97.5; from 97.5 it is broken:

    >>> close = np.array([97, 99.8, 99, 97.5, 99.8, 103])
    >>> first_tests(Ranges(close, close, close, 0.005, 0.02), 100 / 97, 2, 2).tolist()
    [1.0, nan, nan, 0.0]
    """
    high, low, close = bars.high.tolist(), bars.low.tolist(), bars.close.tolist()
    made = np.full(max(0, len(close) - horizon), np.nan)
    for start in range(made.size):
        level = ratio * close[start]
        near = level * (1 - bars.band), level * (1 + bars.band)
        far = level * (1 - bars.away), level * (1 + bars.away)
        begin = _last_off(close, start, far)
        armed, begun = 0, -1  # the side of the last close off the level; where a test began
        for t in range(begin, min(start + horizon + after + 1, len(close))):
            if begun < 0 and t > start + horizon:
                break
            if begun < 0 and (
                (armed < 0 and high[t] >= near[0]) or (armed > 0 and low[t] <= near[1])
            ):
                begun = t
            side = -1 if close[t] <= far[0] else 1 if close[t] >= far[1] else 0
            if side and begun > start:
                made[start] = float(side == armed)
                break
            if side:
                armed, begun = side, -1
    return made


def _last_off(close: list[float], start: int, far: tuple[float, float]) -> int:
    """Return the last position up to a start with a close off a level, else the first looked at."""
    first = max(0, start - BEFORE)
    for t in range(start, first - 1, -1):
        if not far[0] < close[t] < far[1]:
            return t
    return first
