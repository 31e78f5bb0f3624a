"""The range that prices moved in: its ends, its centre, and how far it was a range at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from springtide.numerics.series import as_prices


@dataclass(frozen=True, slots=True)
class TradingRange:
    """The ends of a range and where they stand in the series that it was found in."""

    ceiling: float
    floor: float
    ceiling_index: int
    floor_index: int

    @property
    def centre(self) -> float:
        """The middle of the range, in the unit of the prices."""
        return (self.ceiling + self.floor) / 2

    @property
    def width(self) -> float:
        """How far the ceiling lies above the floor, as a fraction of the floor."""
        return self.ceiling / self.floor - 1

    def position(self, price: float) -> float:
        """Return where a price stands in the range: 0 at the floor, 1 at the ceiling.

        Examples
        --------
        >>> TradingRange(110.0, 100.0, 0, 1).position(107.5)
        0.75

        Raises
        ------
        ValueError
            Floor and ceiling are one price.
        """
        if self.ceiling == self.floor:
            raise ValueError("floor and ceiling are one price: there is no place between them")
        return (price - self.floor) / (self.ceiling - self.floor)


def trading_range(high: npt.ArrayLike, low: npt.ArrayLike) -> TradingRange:
    """Return the highest and the lowest price, each where it stood first.

    Parameters
    ----------
    high, low
        Prices, shape (n,), n at least 1, none missing; closes for both give a range of closes.

    Raises
    ------
    ValueError
        There is no price, or one is missing or not above zero.

    Examples
    --------
    >>> ends = trading_range([100, 110, 104], [100, 110, 104])
    >>> ends.ceiling, ends.floor, ends.centre, round(ends.width, 3)
    (110.0, 100.0, 105.0, 0.1)
    """
    highs, lows = as_prices(high), as_prices(low)
    if not len(highs) or not len(lows) or np.isnan(highs).any() or np.isnan(lows).any():
        raise ValueError("a range needs prices, and none may be missing")
    top, bottom = int(np.argmax(highs)), int(np.argmin(lows))
    return TradingRange(float(highs[top]), float(lows[bottom]), top, bottom)


def efficiency(close: npt.ArrayLike) -> float:
    """Return how straight a path was: its net move over the sum of its steps, in logarithms.

    1 is a straight line, 0 a path that ends where it began. A random walk of n steps comes to about
    1/sqrt(n): below that a path went to and fro more than chance does.

    Parameters
    ----------
    close
        Prices, shape (n,), n at least 2, none missing.

    Raises
    ------
    ValueError
        Fewer than two prices, one missing, or no price differs from the one before it.

    References
    ----------
    P. J. Kaufman (1995), *Smarter Trading*, McGraw-Hill: the efficiency ratio, there of price
    differences.

    Examples
    --------
    >>> round(efficiency([100, 110, 121]), 9), efficiency([100, 110, 100])
    (1.0, 0.0)
    """
    steps = np.diff(np.log(as_prices(close)))
    path = float(np.abs(steps).sum())
    if not path > 0:
        raise ValueError("the path has no step: at least two prices that differ are needed")
    return abs(float(steps.sum())) / path
