"""Whether the prices of a series are as traded, or adjusted for dividends after the fact.

Prices as traded lie on the grid of ticks of their exchange; adjusted ones do not. Where the grid
tells nothing (mainland vendors round adjusted prices to the fen as well) it is not known. An index
is never adjusted.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from springtide.market.types import Bars, Instrument

WINDOW = 60
"""Closes that are looked at, up to the last one seen."""

ON_GRID = 0.98
"""Share of closes on the grid from which prices are taken as traded."""

_SINGLE = 2e-6
"""Relative error of a price stored in single precision, with room."""

# Smallest steps of price on the Hong Kong exchange: below each limit, the step (HKEX Rules of the
# Exchange, Second Schedule, Part A, as of 2025-02).
_HONG_KONG: Sequence[tuple[float, float]] = (
    (0.25, 0.001),
    (0.5, 0.005),
    (10, 0.01),
    (20, 0.02),
    (100, 0.05),
    (200, 0.1),
    (500, 0.2),
    (1000, 0.5),
    (2000, 1.0),
    (5000, 2.0),
    (np.inf, 5.0),
)
_CENT = 0.01


def is_as_traded(bars: Bars, instrument: Instrument) -> bool | None:
    """Say whether the last closes of a series are as traded; None where nothing tells.

    Parameters
    ----------
    bars
        Of the instrument, as far as the view sees them.
    instrument
        Its kind and currency tell the grid.

    Examples
    --------
    >>> from types import MappingProxyType
    >>> none = np.full(3, np.nan)
    >>> days = np.array(["2025-02-11", "2025-02-12", "2025-02-13"], "datetime64[D]")
    >>> closes = np.array([424.6, 435.2, 431.0])
    >>> def series(c):
    ...     return Bars("0700.HK", days, none, none, none, c, none, np.array(["x"] * 3))
    >>> names = MappingProxyType({"en": ("Tencent",)})
    >>> tencent = Instrument("0700.HK", "stock", "HKD", "XHKG", names, MappingProxyType({}))
    >>> is_as_traded(series(closes), tencent), is_as_traded(series(closes * 0.9873), tencent)
    (True, False)
    """
    if instrument.kind not in ("stock", "etf", "reit"):
        return True
    closes = bars.close[np.isfinite(bars.close)][-WINDOW:]
    if not closes.size:
        return None
    if instrument.currency == "HKD":
        steps = _steps(closes)
    elif instrument.currency == "USD":
        steps = np.full(closes.shape, _CENT)
    else:
        return None
    apart = np.abs(closes - np.round(closes / steps) * steps)
    return bool(np.mean(apart <= _SINGLE * closes + 1e-9) >= ON_GRID)


def _steps(prices: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    limits = np.array([limit for limit, _ in _HONG_KONG])
    steps = np.array([step for _, step in _HONG_KONG])
    return np.asarray(steps[np.searchsorted(limits, prices, side="right")])
