"""The typed results of the PSY tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from springtide.errors import UsageError

FloatArray = NDArray[np.float64]
LagRule = Literal["fixed", "aic", "bic"]

NULL = "a random walk: no explosive behaviour anywhere in the sample"
ALTERNATIVE = "at least one stretch of explosive behaviour (root above one)"
LEVELS = (0.90, 0.95, 0.99)


@dataclass(frozen=True, slots=True)
class BsadfResult:
    """The ADF, SADF and GSADF statistics of a series and its backward SADF sequence.

    Attributes
    ----------
    null, alternative
        The hypotheses. Large values speak against the null.
    sample
        Number of observations.
    lag, lag_rule
        Lagged differences in every regression, and how their number was chosen.
    min_window
        Rows of the smallest regression; it spans ``min_window + lag + 1`` observations.
    adf
        The t-statistic over the whole sample; NaN if its regression is not determined.
    sadf
        The largest over windows that start with the sample (Phillips, Wu and Yu 2011).
    gsadf
        The largest over all windows.
    statistic
        Shape ``(sample,)``. Entry ``t`` is the largest over the windows that end with observation
        ``t`` and uses no later observation. NaN before the first full window, and where no window
        that ends there has a statistic (see `springtide.numerics.psy.bsadf`).
    window_start
        Shape ``(sample,)``. The first observation of the window that attains ``statistic``; -1
        where that is NaN.
    """

    null: str
    alternative: str
    sample: int
    lag: int
    lag_rule: LagRule
    min_window: int
    adf: float
    sadf: float
    gsadf: float
    statistic: FloatArray
    window_start: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class NullDistribution:
    """The simulated distribution of one statistic under the null.

    Attributes
    ----------
    probabilities
        Shape ``(p,)``, ascending.
    quantiles
        Shape ``(p,)``: the order statistics of the simulated values at ``probabilities``.
    standard_errors
        Shape ``(p,)``: the Monte Carlo standard errors of ``quantiles``.
    replications
        Number of simulated values.

    Examples
    --------
    >>> from springtide.numerics import psy
    >>> gsadf = psy.critical_values(100).gsadf
    >>> 1.8 < gsadf.critical_value(0.95) < 2.2
    True
    >>> 0.04 < gsadf.p_value(2.0) < 0.06
    True
    """

    probabilities: FloatArray
    quantiles: FloatArray
    standard_errors: FloatArray
    replications: int

    def critical_value(self, level: float = 0.95) -> float:
        """Return the value that the statistic stays below with probability ``level``.

        Levels between the stored probabilities are interpolated linearly.
        """
        _check_level(level, self.probabilities)
        return float(np.interp(level, self.probabilities, self.quantiles))

    def standard_error(self, level: float = 0.95) -> float:
        """Return the Monte Carlo standard error of the critical value."""
        _check_level(level, self.probabilities)
        return float(np.interp(level, self.probabilities, self.standard_errors))

    def p_value(self, value: float) -> float:
        """Return how often the null reaches ``value``; never below ``1 / (replications + 1)``."""
        return float(_p_values(np.array([value]), self.quantiles, self.probabilities)[0])


@dataclass(frozen=True, slots=True)
class SequenceDistribution:
    """The simulated distribution of the backward SADF statistic at every end point.

    Attributes
    ----------
    probabilities
        Shape ``(p,)``, ascending.
    quantiles
        Shape ``(p, sample)``; NaN before the first full window.
    replications
        Number of simulated sequences.
    """

    probabilities: FloatArray
    quantiles: FloatArray
    replications: int

    def critical_values(self, level: float = 0.95) -> FloatArray:
        """Return the critical value at every end point, of shape ``(sample,)``."""
        _check_level(level, self.probabilities)
        at = int(np.searchsorted(self.probabilities, level))
        above: FloatArray = self.quantiles[at]
        if self.probabilities[at] == level:
            return above.copy()
        below: FloatArray = self.quantiles[at - 1]
        weight = (level - self.probabilities[at - 1]) / np.diff(self.probabilities)[at - 1]
        interpolated: FloatArray = below + weight * (above - below)
        return interpolated

    def p_values(self, statistic: FloatArray) -> FloatArray:
        """Return how often the null reaches the statistic at each end point; NaN stays NaN."""
        if statistic.shape != self.quantiles.shape[1:]:
            raise UsageError(
                "The statistic and its null distribution differ in length",
                given=f"{statistic.size} and {self.quantiles.shape[1]}",
            )
        result = np.full(statistic.size, np.nan)
        for t in np.flatnonzero(~np.isnan(statistic)):
            column = self.quantiles[:, t]
            result[t] = _p_values(statistic[t : t + 1], column, self.probabilities)[0]
        return result


@dataclass(frozen=True, slots=True)
class CriticalValues:
    """Distributions under the null, from which critical values and p-values are read.

    Attributes
    ----------
    method
        How the null was simulated.
    sample, lag, min_window
        What was simulated; they must equal those of the result that is judged.
    replications, seed, generator
        Number of draws, the seed, and the random number generator.
    packaged
        True if the figures were read from the table in the package.
    adf, sadf, gsadf
        Distributions of the three statistics over the whole sample.
    sequence
        Distribution of the backward SADF sequence at each end point alone.
    """

    method: str
    sample: int
    lag: int
    min_window: int
    replications: int
    seed: int
    generator: str
    packaged: bool
    adf: NullDistribution
    sadf: NullDistribution
    gsadf: NullDistribution
    sequence: SequenceDistribution


@dataclass(frozen=True, slots=True)
class Episode:
    """A stretch of explosive behaviour; positions count observations from zero.

    Attributes
    ----------
    start
        The first end point at which the statistic exceeded its critical value. Both use data up to
        this point only.
    confirmed
        The end point at which the minimum duration was reached: the first at which the episode
        could be told from a shorter flare-up. Nobody could have dated ``start`` before then.
    peak
        Where the statistic is largest.
    end
        The first end point at which the statistic is back at or below its critical value; ``None``
        while the episode runs.
    duration
        Number of end points above the critical value.
    """

    start: int
    confirmed: int
    peak: int
    end: int | None
    duration: int

    @property
    def running(self) -> bool:
        """Whether the sample ends inside the episode."""
        return self.end is None


def _check_level(level: float, probabilities: FloatArray) -> None:
    if not probabilities[0] <= level <= probabilities[-1]:
        raise UsageError(
            "The level is outside the simulated distribution",
            given=f"{level:g}",
            allowed=f"{probabilities[0]:.4g} to {probabilities[-1]:.4g}",
            hint="use more replications for a higher level",
        )


def _p_values(values: FloatArray, quantiles: FloatArray, probabilities: FloatArray) -> FloatArray:
    below: FloatArray = np.interp(values, quantiles, probabilities)
    # A value that the null never reached, or always exceeded, is as rare as the draws can tell.
    return np.where(np.isnan(values), np.nan, 1.0 - below)
