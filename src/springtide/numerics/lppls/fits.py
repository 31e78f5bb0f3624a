"""Results of fits: one (:class:`Fit`), many as arrays (:class:`Fits`), and a whole scan."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from springtide.numerics.lppls.model import Bounds, design


class _Derived:
    """What follows from the parameters alone: floats for one fit, arrays for many."""

    __slots__ = ()

    length: Any
    critical_time: Any
    exponent: Any
    frequency: Any
    b: Any
    c1: Any
    c2: Any
    sse: Any

    @property
    def c(self) -> Any:
        """Amplitude of the oscillation, C = sqrt(C1^2 + C2^2)."""
        return np.hypot(self.c1, self.c2)

    @property
    def damping(self) -> Any:
        """Damping m |B| / (omega |C|): at one and above the hazard of a crash is never negative."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return self.exponent * np.abs(self.b) / (self.frequency * self.c)

    @property
    def oscillations(self) -> Any:
        """Number of oscillations in the window, omega / (2 pi) ln((tc - t1) / (tc - t2))."""
        span = (self.critical_time + self.length - 1) / self.critical_time
        return self.frequency / (2.0 * np.pi) * np.log(span)

    @property
    def positive(self) -> Any:
        """Whether the price accelerates upwards (B < 0); False where there is no fit."""
        return np.less(self.b, 0.0)

    @property
    def negative(self) -> Any:
        """Whether the price accelerates downwards (B > 0); False where there is no fit."""
        return np.greater(self.b, 0.0)


@dataclass(frozen=True, slots=True)
class Fit(_Derived):
    """The best fit of the model inside its bounds to one window.

    The log price is ``a + x**m (b + c1 cos(omega ln x) + c2 sin(omega ln x))`` with
    ``x = tc - t`` in sessions, ``m`` the exponent and ``omega`` the frequency.

    Attributes
    ----------
    length
        Sessions of the window.
    critical_time
        tc, in sessions after the window's last.
    exponent, frequency
        m and omega.
    a, b, c1, c2
        Linear parameters, in log price; ``b`` below zero is a positive bubble.
    sse
        Sum of squared errors, in squared log price.
    relative_error
        Largest ``|p / p_fitted - 1|`` of the window, with p the price.
    unit_root
        Dickey-Fuller t statistic of the residuals (no constant, no lags); the more negative,
        the more stationary.
    bounds
        Where the fit was searched.
    """

    length: int
    critical_time: float
    exponent: float
    frequency: float
    a: float
    b: float
    c1: float
    c2: float
    sse: float
    relative_error: float
    unit_root: float
    bounds: Bounds

    def curve(self) -> np.ndarray:
        """Fitted log prices of the window, oldest first; float64, shape (length,)."""
        age = np.arange(self.length)[::-1]
        columns = design(age, self.critical_time, self.exponent, self.frequency)
        curve: np.ndarray = columns @ np.array([self.a, self.b, self.c1, self.c2])
        return curve


@dataclass(frozen=True, slots=True)
class Fits(_Derived):
    """Best fits of many windows; arrays of one shape, NaN where a window could not be fitted.

    The attributes are those of :class:`Fit`.
    """

    length: np.ndarray
    critical_time: np.ndarray
    exponent: np.ndarray
    frequency: np.ndarray
    a: np.ndarray
    b: np.ndarray
    c1: np.ndarray
    c2: np.ndarray
    sse: np.ndarray
    relative_error: np.ndarray
    unit_root: np.ndarray
    bounds: Bounds

    def at(self, *index: int) -> Fit:
        """Return the fit at an index of the arrays."""
        numbers = {name: float(getattr(self, name)[index]) for name in NUMBERS}
        return Fit(length=int(self.length[index]), bounds=self.bounds, **numbers)


NUMBERS = tuple(field.name for field in fields(Fits) if field.name not in ("length", "bounds"))
"""Names of the numbers of a fit, in the order of the kernel's columns."""


@dataclass(frozen=True, slots=True)
class Scan:
    """Fits of nested windows at many end points.

    Attributes
    ----------
    ends
        Position of the last session of the windows of each row; int64, shape (ends,).
    windows
        Length of the windows of each column, in sessions; int64, shape (windows,).
    fits
        The fits, shape (ends, windows); NaN where the series doesn't reach back far enough
        or the window is constant.
    """

    ends: np.ndarray
    windows: np.ndarray
    fits: Fits
