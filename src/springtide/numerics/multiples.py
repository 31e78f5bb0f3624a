"""Multiples of earnings: averages, percentiles, what of a move was re-rating, CAPE.

Sources
-------
Campbell, J. Y. and Shiller, R. J. (1988), Stock prices, earnings, and expected dividends, Journal
of Finance 43(3), doi:10.1111/j.1540-6261.1988.tb04598.x, and (1998), Valuation ratios and the
long-run stock market outlook, Journal of Portfolio Management 24(2), doi:10.3905/jpm.24.2.11: the
cyclically adjusted price-earnings ratio (CAPE). Shiller, R. J., Black, L. and Jivraj, F. (2020),
CAPE and the COVID-19 pandemic effect, doi:10.2139/ssrn.3714737: the excess CAPE yield.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Statistic = Literal["mean", "median", "harmonic"]

CAPE_MONTHS = 120
"""Over how many months earnings are averaged."""


def average(multiples: Floats, statistic: Statistic = "mean") -> float:
    """Return the average of multiples.

    The harmonic mean is the multiple of the mean yield; it weighs a session of very high multiples
    (earnings near zero) little, where the mean is pulled up by it.

    Parameters
    ----------
    multiples
        Shape (n,), all above zero.
    statistic
        ``mean``, ``median`` or ``harmonic``.

    Raises
    ------
    ValueError
        There are none, or one is not above zero.

    Examples
    --------
    >>> values = np.array([10.0, 20.0, 60.0])
    >>> [round(average(values, one), 9) for one in ("mean", "median", "harmonic")]
    [30.0, 20.0, 18.0]
    """
    if not len(multiples) or not (multiples > 0).all():
        raise ValueError("an average needs multiples above zero")
    if statistic == "median":
        return float(np.median(multiples))
    if statistic == "harmonic":
        return float(len(multiples) / np.sum(1.0 / multiples))
    return float(np.mean(multiples))


def rank(values: Floats, value: float) -> float:
    """Return the percentile of a value by rank: the share below it and half the share equal to it.

    Parameters
    ----------
    values
        Shape (n,), at least one; the value itself among them or not.
    value
        What is ranked.

    Returns
    -------
    float
        Per cent.

    Raises
    ------
    ValueError
        There are no values.

    Examples
    --------
    >>> rank(np.array([1.0, 2.0, 2.0, 3.0]), 2.0)
    50.0
    """
    if not len(values):
        raise ValueError("a rank needs values")
    below, equal = np.count_nonzero(values < value), np.count_nonzero(values == value)
    return float(100.0 * (below + 0.5 * equal) / len(values))


def place(values: Floats, value: float) -> float | None:
    """Return where a value stands between the lowest (0) and the highest (100) of a range.

    Returns
    -------
    float or None
        Per cent; None where the range has no width.

    Raises
    ------
    ValueError
        There are no values.

    Examples
    --------
    >>> place(np.array([10.0, 30.0, 12.0]), 15.0), place(np.array([2.0]), 2.0)
    (25.0, None)
    """
    if not len(values):
        raise ValueError("a range needs values")
    low, high = float(values.min()), float(values.max())
    return 100.0 * (value - low) / (high - low) if high > low else None


@dataclass(frozen=True, slots=True)
class Rerating:
    """A move of a price as the product of that of its earnings and that of its multiple.

    Logarithms add up, so that shares do too: ``price = earnings + multiple``.

    Attributes
    ----------
    price, multiple, earnings
        Logarithm of last / first.
    """

    price: float
    multiple: float

    @property
    def earnings(self) -> float:
        """What is left for the earnings that the multiple implies."""
        return self.price - self.multiple

    @property
    def share(self) -> float:
        """Which part of the move was re-rating, in per cent; over 100 where earnings fell."""
        return 100.0 * self.multiple / self.price

    @property
    def earnings_change(self) -> float:
        """By how much the implied earnings changed, in per cent."""
        return 100.0 * float(np.expm1(self.earnings))

    @property
    def price_change(self) -> float:
        """By how much the price changed, in per cent."""
        return 100.0 * float(np.expm1(self.price))


def rerating(prices: tuple[float, float], multiples: tuple[float, float]) -> Rerating:
    """Split a move between two sessions into earnings and multiple.

    Parameters
    ----------
    prices, multiples
        Of the first and the last session, above zero.

    Raises
    ------
    ValueError
        One is not above zero.

    Examples
    --------
    >>> split = rerating((100.0, 124.0), (20.0, 24.0))
    >>> round(split.share, 2), round(split.earnings_change, 2)
    (84.76, 3.33)
    """
    if min(*prices, *multiples) <= 0:
        raise ValueError("prices and multiples must be above zero")
    return Rerating(
        float(np.log(prices[1] / prices[0])), float(np.log(multiples[1] / multiples[0]))
    )


def cape(price: float, deflator: float, earnings: Floats, deflators: Floats) -> float:
    """Return the cyclically adjusted price-earnings ratio.

    The price over the mean of the earnings of 120 months, both in money of one time.

    Parameters
    ----------
    price, deflator
        The price, and the consumer price index of its time.
    earnings, deflators
        Of 120 consecutive months, shape (120,): earnings of the twelve months up to each, and the
        consumer price index of each. Shiller's are those before the month of the price.

    Raises
    ------
    ValueError
        They are not 120, or their mean is not above zero.

    Examples
    --------
    >>> round(cape(30.0, 110.0, np.full(120, 2.0), np.full(120, 100.0)), 4)
    13.6364
    """
    if len(earnings) != CAPE_MONTHS or len(deflators) != CAPE_MONTHS:
        raise ValueError(f"CAPE needs {CAPE_MONTHS} months of earnings and of consumer prices")
    real = float(np.mean(earnings / deflators))
    if not real > 0:
        raise ValueError("the mean of real earnings is not above zero")
    return price / deflator / real


def inflation(last: float, first: float, years: float = 10.0) -> float:
    """Return the inflation a year between two consumer price indices, in per cent.

    Examples
    --------
    >>> round(inflation(168.3, 125.9), 4)
    2.9451
    """
    return 100.0 * float((last / first) ** (1.0 / years) - 1.0)


def excess_yield(ratio: float, bond_yield: float, past_inflation: float) -> float:
    """Return the excess CAPE yield: the real yield of earnings above the real one of bonds.

    Parameters
    ----------
    ratio
        CAPE.
    bond_yield
        Of ten years, per cent, nominal.
    past_inflation
        Of the last ten years, per cent a year: what the bond yield is made real with.

    Returns
    -------
    float
        Percentage points.

    Examples
    --------
    >>> round(excess_yield(20.0, 4.0, 2.5), 2)
    3.5
    """
    return 100.0 / ratio - (bond_yield - past_inflation)
