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


def share(flags: Flags, horizon: int) -> Share | None:
    """Return the share of starts at which something came true; None without any start.

    Examples
    --------
    >>> share(np.array([True, False, True, False]), 2)
    Share(value=0.5, starts=4, windows=2.0)
    """
    if not flags.size:
        return None
    return Share(float(flags.mean()), int(flags.size), flags.size / horizon)


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
