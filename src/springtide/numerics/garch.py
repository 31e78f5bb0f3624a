"""GARCH(1,1), with or without more weight on falls, fitted by quasi maximum likelihood.

Thousands of series are fitted for every year of a walk through history, so the likelihood is
compiled; a fit takes some milliseconds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from springtide.numerics.series import FloatArray

_MOST = 600
_TOLERANCE = 1e-10
_STARTS = (0.97, 0.6)
"""Persistences that the search begins at: where clusters are weak there are two optima."""

_SHOCKS = math.log(0.1 / 0.9)
"""Shocks begin with a tenth of the persistence."""

_NO_FALLS = -40.0
"""On the logit scale: falls have none of the weight, to the last digit."""


@dataclass(frozen=True, slots=True)
class Garch:
    """``v[t+1] = omega + (alpha + gamma [e[t] < 0]) e[t]^2 + beta v[t]``.

    Attributes
    ----------
    omega, alpha, gamma, beta
        Zero or above; ``gamma`` is zero in the plain process.
    """

    omega: float
    alpha: float
    gamma: float
    beta: float

    @property
    def persistence(self) -> float:
        """The part of a shock to the variance that is left after a step."""
        return self.alpha + self.gamma / 2 + self.beta

    @property
    def long_run(self) -> float:
        """The variance in the long run."""
        return self.omega / (1 - self.persistence)

    def mean_ahead(self, variance: float, steps: int) -> float:
        """Return the mean of the variance expected over so many steps, the first of it given.

        Examples
        --------
        >>> Garch(0.1, 0.1, 0.0, 0.8).mean_ahead(2.0, 1)
        2.0
        >>> round(Garch(0.1, 0.1, 0.0, 0.8).mean_ahead(2.0, 2), 6)  # 2.0, then 1 + 0.9
        1.95
        """
        left = self.persistence
        share = (1 - left**steps) / (steps * (1 - left))
        return self.long_run + (variance - self.long_run) * share


def fit_garch(shocks: npt.ArrayLike, *, falls: bool = False) -> Garch | None:
    """Fit GARCH(1,1) to shocks, or with ``falls`` the process of Glosten, Jagannathan and Runkle.

    Parameters
    ----------
    shocks
        Returns less their mean, shape (n,).
    falls
        Whether falls may count more than rises.

    Returns
    -------
    Garch or None
        None where the shocks do not vary.

    References
    ----------
    T. Bollerslev (1986), "Generalized Autoregressive Conditional Heteroskedasticity", *Journal of
    Econometrics* 31(3), 307-327, doi:10.1016/0304-4076(86)90063-1. L. R. Glosten, R. Jagannathan
    and D. E. Runkle (1993), *Journal of Finance* 48(5), 1779-1801,
    doi:10.1111/j.1540-6261.1993.tb05128.x.

    Examples
    --------
    >>> shocks = 0.01 * np.random.default_rng(1).standard_normal(2000)
    >>> fitted = fit_garch(shocks)
    >>> round(math.sqrt(fitted.long_run), 3)
    0.01
    """
    from springtide.numerics import garch_kernels as kernels

    given = np.ascontiguousarray(shocks, np.float64)
    level = float(np.mean(given**2))
    if not level > 0:
        return None
    reached = []
    for persistence in _STARTS:
        of_falls = 0.0 if falls else _NO_FALLS
        logit = math.log(persistence / (1 - persistence))
        start = np.array([0.0, logit, _SHOCKS, of_falls])
        reached.append(kernels.minimise(start, 4 if falls else 3, given, level, _MOST, _TOLERANCE))
    best = min(reached, key=lambda each: float(kernels.loss(each, given, level)))
    return Garch(*kernels.unbounded_to_theta(best, level).tolist())


def variances(shocks: npt.ArrayLike, garch: Garch) -> tuple[FloatArray, float]:
    """Return the variance before each shock, beginning at their mean square, and after the last.

    Examples
    --------
    >>> before, after = variances([1.0, -1.0, 1.0], Garch(0.1, 0.1, 0.0, 0.8))
    >>> before.round(6), round(after, 6)
    (array([1., 1., 1.]), 1.0)
    """
    from springtide.numerics import garch_kernels as kernels

    given = np.ascontiguousarray(shocks, np.float64)
    before = np.empty(len(given))
    theta = np.array([garch.omega, garch.alpha, garch.gamma, garch.beta])
    after = kernels.filter_variance(given, theta, float(np.mean(given**2)), before)
    return before, float(after)
