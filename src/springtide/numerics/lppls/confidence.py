"""The LPPLS confidence indicators: how many of the nested windows that end today qualify."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from springtide.errors import UsageError
from springtide.numerics.lppls.filters import DEMIRER_2019, Filters
from springtide.numerics.lppls.fits import Scan
from springtide.numerics.lppls.model import Bounds
from springtide.numerics.lppls.scanning import scan
from springtide.numerics.lppls.series import SHORTEST


@dataclass(frozen=True, slots=True)
class Scale:
    """A range of window lengths, in sessions.

    Attributes
    ----------
    name
        How the scale is called.
    shortest, longest, step
        The windows have ``shortest``, ``shortest + step``, ... up to ``longest`` sessions.

    Raises
    ------
    UsageError
        If there is no window, or it is shorter than 20 sessions.

    Examples
    --------
    >>> SHORT.windows.tolist()
    [30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90]
    """

    name: str
    shortest: int
    longest: int
    step: int = 5

    def __post_init__(self) -> None:
        if not SHORTEST <= self.shortest <= self.longest or self.step < 1:
            raise UsageError(
                f"The scale {self.name} holds no usable window",
                given=f"{self.shortest} to {self.longest} in steps of {self.step}",
                allowed=f"{SHORTEST} <= shortest <= longest, step >= 1",
            )

    @property
    def windows(self) -> np.ndarray:
        """Window lengths, shortest first."""
        return np.arange(self.shortest, self.longest + 1, self.step)


SHORT = Scale("short", 30, 90)
MEDIUM = Scale("medium", 90, 300)
LONG = Scale("long", 300, 745)
SCALES = (SHORT, MEDIUM, LONG)
"""Short, medium and long scale of Demirer et al. (2019, doi:10.1080/14697688.2018.1524154)."""


@dataclass(frozen=True, slots=True)
class Confidence:
    """Confidence indicators over time.

    Attributes
    ----------
    ends
        Positions of the end points, shape (ends,).
    scales
        The scales, one a column of the arrays below.
    positive, negative
        Share of a scale's windows whose fit qualifies as a positive (upward) or negative
        (downward) bubble; shape (ends, scales); NaN where the series doesn't reach back for all
        windows of the scale.
    scan
        The fits behind them.
    qualified
        Which fits qualify, shape (ends, windows) as in ``scan``.
    filters
        The filter conditions used.
    """

    ends: np.ndarray
    scales: tuple[Scale, ...]
    positive: np.ndarray
    negative: np.ndarray
    scan: Scan
    qualified: np.ndarray
    filters: Filters

    def critical_times(self, end: int, scale: Scale, *, positive: bool = True) -> np.ndarray:
        """Critical times of the fits that qualify at the position ``end``.

        Parameters
        ----------
        end
            A position among ``ends``.
        scale
            One of ``scales``.
        positive
            Upward bubbles, or downward ones.

        Returns
        -------
        numpy.ndarray
            Sessions after ``end``, ascending; empty if no fit qualifies. This is how far the
            windows agree; it is not an interval that holds the critical time with a known
            probability: for that see :func:`.critical_time`.
        """
        row = np.flatnonzero(self.ends == end)
        if row.size == 0:
            raise UsageError("This end point was not scanned", given=str(end))
        fits = self.scan.fits
        signed = fits.positive if positive else fits.negative
        columns = np.isin(self.scan.windows, scale.windows)
        chosen = (self.qualified & signed)[row[0]] & columns
        return np.sort(fits.critical_time[row[0], chosen])


def confidence(
    y: np.ndarray,
    ends: Sequence[int] | np.ndarray | None = None,
    *,
    scales: Sequence[Scale] = SCALES,
    filters: Filters = DEMIRER_2019,
    bounds: Bounds | None = None,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Confidence:
    """Confidence indicators at every end point, for positive and negative bubbles.

    The indicator of a scale is the share of its windows, all ending at one session, whose best
    fit meets the filter conditions (Sornette et al. 2015; Demirer et al. 2019,
    doi:10.1080/14697688.2018.1524154). It uses nothing after that session. It is not a
    probability: :func:`.null_rates` tells how often it is reached without a bubble.

    Parameters
    ----------
    y
        Log prices, oldest first, one a session; float64, shape (n,).
    ends
        Positions of the end points; all by default.
    scales
        Ranges of window lengths.
    filters
        Conditions that a fit must meet.
    bounds, threads, progress
        As for :func:`.scan`.

    Returns
    -------
    Confidence

    Raises
    ------
    UsageError, DataError
        As :func:`.scan`.

    Examples
    --------
    >>> import numpy as np
    >>> x = 15.0 + np.arange(120.0)[::-1]
    >>> noise = 0.002 * np.random.default_rng(0).standard_normal(120)
    >>> y = 7 - 0.05 * x**0.5 + 0.002 * x**0.5 * np.cos(9 * np.log(x)) + noise
    >>> result = confidence(y, ends=[60, 119], scales=[SHORT])
    >>> np.isnan(result.positive).tolist(), bool(result.positive[1, 0] > 0.3)
    ([[True], [False]], True)
    """
    windows = np.unique(np.concatenate([scale.windows for scale in scales]))
    result = scan(y, windows, ends, bounds=bounds, threads=threads, progress=progress)
    qualified = np.asarray(filters.check(result.fits).qualified)
    positive = shares(qualified & result.fits.positive, windows, scales)
    negative = shares(qualified & result.fits.negative, windows, scales)
    late = np.asarray(result.ends)[:, None] + 1 >= np.array([s.windows[-1] for s in scales])
    positive[~late] = np.nan
    negative[~late] = np.nan
    return Confidence(result.ends, tuple(scales), positive, negative, result, qualified, filters)


def shares(chosen: np.ndarray, windows: np.ndarray, scales: Sequence[Scale]) -> np.ndarray:
    """Share of each scale's windows that are ``chosen``; shape (rows, scales)."""
    inside = np.stack([np.isin(windows, scale.windows) for scale in scales], axis=1)
    share: np.ndarray = (chosen.astype(float) @ inside) / inside.sum(axis=0)
    return share
