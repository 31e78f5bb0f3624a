"""Which fits qualify as a bubble: the filter conditions of the literature, by name."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from springtide.errors import UsageError
from springtide.numerics.lppls.fits import Fit, Fits


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions that a fit must meet to count. Ranges are open, minima included.

    Attributes
    ----------
    exponent, frequency
        Open range of m and of omega.
    damping
        Least m |B| / (omega |C|). At one the crash hazard rate is never negative (Bothmer and
        Meister 2003, Physica A 320, 539-547).
    oscillations
        Least number of oscillations in the window: random walks show about 1.5 (Huang,
        Johansen, Lee, Saleur and Sornette 2000, doi:10.1029/2000JB900195).
    latest, share
        The critical time comes sooner than ``latest`` sessions after the end of the window, and
        than this share of its span.
    relative_error
        Largest admitted ``|p / p_fitted - 1|``, or None for any.
    stationary_residuals
        The Dickey-Fuller t statistic of the residuals must be below this, or None for any.
        Without constant the critical values are -1.94 at 5% and -2.57 at 1% (MacKinnon 2010);
        residuals of a fit with seven parameters revert more often than that by themselves.

    Raises
    ------
    UsageError
        If a range is empty or a minimum is negative.

    Examples
    --------
    >>> from dataclasses import replace
    >>> replace(DEMIRER_2019, relative_error=0.1).relative_error
    0.1
    """

    exponent: tuple[float, float] = (0.0, 1.0)
    frequency: tuple[float, float] = (2.0, 15.0)
    damping: float = 0.5
    oscillations: float = 2.5
    latest: float = 252.0
    share: float = 0.5
    relative_error: float | None = None
    stationary_residuals: float | None = None

    def __post_init__(self) -> None:
        for name, (low, high) in (("exponent", self.exponent), ("frequency", self.frequency)):
            if not low < high:
                raise UsageError(f"The range of the {name} is empty", given=f"{low} to {high}")
        for name in ("damping", "oscillations", "latest", "share"):
            if not getattr(self, name) >= 0:
                raise UsageError(
                    f"The filter on {name} must not be negative", given=str(getattr(self, name))
                )

    def check(self, fits: Fit | Fits) -> Conditions:
        """Check every condition on one fit or on many.

        Examples
        --------
        >>> import numpy as np
        >>> from springtide.numerics.lppls import fit
        >>> x = 25.0 + np.arange(200.0)[::-1]
        >>> best = fit(7 - 0.02 * x**0.6 + 0.001 * x**0.6 * np.cos(8 * np.log(x)))
        >>> conditions = DEMIRER_2019.check(best)
        >>> bool(conditions.damping), bool(conditions.oscillations), bool(conditions.qualified)
        (True, True, True)
        """
        with np.errstate(invalid="ignore"):
            latest = np.minimum(self.latest, self.share * (fits.length - 1))
            return Conditions(
                exponent=_inside(fits.exponent, self.exponent),
                frequency=_inside(fits.frequency, self.frequency),
                damping=np.greater_equal(fits.damping, self.damping),
                oscillations=np.greater_equal(fits.oscillations, self.oscillations),
                critical_time=np.less(fits.critical_time, latest),
                relative_error=_below(fits.relative_error, self.relative_error),
                stationary_residuals=_below(fits.unit_root, self.stationary_residuals),
                interior=_interior(fits),
            )


@dataclass(frozen=True, slots=True)
class Conditions:
    """Which conditions fits meet: booleans of the shape of the fits, False where there is none.

    Attributes
    ----------
    exponent, frequency, damping, oscillations, critical_time, relative_error, stationary_residuals
        The conditions of :class:`Filters`.
    interior
        The fit is a minimum of the squared error in exponent and frequency, not the point where
        the search had to stop, and its critical time is not the latest admitted.
    """

    exponent: Any
    frequency: Any
    damping: Any
    oscillations: Any
    critical_time: Any
    relative_error: Any
    stationary_residuals: Any
    interior: Any

    @property
    def qualified(self) -> Any:
        """Whether all conditions are met."""
        return np.logical_and.reduce([getattr(self, field.name) for field in fields(self)])


def _inside(values: Any, limits: tuple[float, float]) -> Any:
    return np.greater(values, limits[0]) & np.less(values, limits[1])


def _below(values: Any, limit: float | None) -> Any:
    return np.isfinite(values) if limit is None else np.less_equal(values, limit)


def _interior(fits: Fit | Fits) -> Any:
    bounds = fits.bounds
    last = np.minimum(bounds.latest, bounds.share * (fits.length - 1))
    return (
        _inside(fits.exponent, bounds.exponent)
        & _inside(fits.frequency, bounds.frequency)
        & np.less(fits.critical_time, last * (1.0 - 1e-9))
    )


DEMIRER_2019 = Filters()
"""Demirer, Demos, Gupta and Sornette (2019, doi:10.1080/14697688.2018.1524154), for indicators
at several scales. (They also admit critical times up to 60 sessions past; see :class:`.Bounds`.)"""

EARLY_WARNING_2015 = Filters(
    exponent=(0.01, 1.2), frequency=(2.0, 25.0), damping=0.8, share=0.1, relative_error=0.05
)
"""Early bubble warning of Sornette et al. (2015, Journal of Investment Strategies 4(4), 77-95,
Table 1, filtering condition 1), for critical times still to come."""

BUBBLE_END_2015 = Filters(
    exponent=(0.01, 0.99), frequency=(2.0, 25.0), damping=1.0, share=0.1, relative_error=0.2
)
"""Bubble end flag of Sornette et al. (2015, Table 1, filtering condition 2), likewise."""
