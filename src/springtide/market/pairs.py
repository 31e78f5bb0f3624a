"""Daily rates between two currencies as a series, from the bars of a pair such as ``USDHKD=X``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from springtide.market.rates import RECENT
from springtide.numerics.series import FloatArray, IntArray

if TYPE_CHECKING:
    from springtide.market.view import View

RATE_DAYS = RECENT.days
"""A rate of exchange is not older than so many days."""


def pair_on_file(view: View, currency: str, wanted: str) -> tuple[str, int] | None:
    """Return the pair of currencies that has rates, and 1 or -1 by which way round it is."""
    for pair, power in ((currency + wanted, 1), (wanted + currency, -1)):
        for symbol in (f"{pair}=X", pair):
            if (view.bars(symbol).close > 0).any():
                return symbol, power
    return None


def rates_of(view: View, currency: str, wanted: str) -> tuple[IntArray, FloatArray] | None:
    """Return the days and values of one unit of a currency in another, None where not on file."""
    known = pair_on_file(view, currency, wanted)
    if known is None:
        return None
    bars = view.bars(known[0])
    held = np.flatnonzero(bars.close > 0)
    days = bars.dates[held].astype("datetime64[D]").astype(np.int64)
    return days, bars.close[held] ** float(known[1])
