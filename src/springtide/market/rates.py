"""Rates between currencies, from the lake: of a day, or the mean of the sessions of a sum.

A rate is a bar of a pair (``USDHKD=X``, ``USDCNY=X``). Where the lake has none for the days, the
Hong Kong dollar against the US dollar is known to lie in the band of its peg, 7.75 to 7.85 (Hong
Kong Monetary Authority, since 18 May 2005): the rate is then an interval. No other pair is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from springtide.market.view import View

BAND = (7.75, 7.85)
"""Hong Kong dollars for a US dollar at the two edges of the convertibility zone."""

BAND_SINCE = date(2005, 5, 18)
RECENT = timedelta(days=5)
"""How much older than the day a rate may be."""

_MOST = 0.8
"""Which share of the weekdays of a stretch must have a rate for their mean to stand for it."""

PEGGED = ("USD", "HKD")
BAND_SOURCE = "HKMA: the band of the peg"


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of the second currency one of the first is worth, as an interval.

    ``low == high`` where a rate is known. ``pair`` is the symbol of the bars, "" for the band;
    ``day`` that of the rate, or the last one that went into a mean of ``count``.
    """

    base: str
    quote: str
    low: float
    high: float
    pair: str
    day: date
    count: int
    source: str

    @property
    def is_known(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high

    def converted(self, value: float) -> tuple[float, float]:
        """Return an amount of the base currency in the other, from the lowest to the highest."""
        low, high = sorted((value * self.low, value * self.high))
        return low, high

    def inverse(self) -> Rate:
        """Return the rate the other way round."""
        return Rate(
            self.quote, self.base, 1 / self.high, 1 / self.low, self.pair, self.day, self.count,
            self.source,
        )  # fmt: skip


def rate(view: View, base: str, quote: str, first: date, last: date) -> Rate | None:
    """Return the rate between two currencies over the days of an amount.

    Parameters
    ----------
    first, last
        The first and the last day of the amount, both included; one day for the amount of a day.
        The mean of the closes of these days is taken; where there is none, the last close of the
        five days before.

    Returns
    -------
    Rate or None
        None where neither the lake nor a peg tells it.

    Examples
    --------
    >>> import tempfile
    >>> from springtide.market.lake import Lake
    >>> view = View(Lake.create(tempfile.mkdtemp()), date(2025, 2, 13))
    >>> band = rate(view, "HKD", "USD", date(2025, 2, 13), date(2025, 2, 13))
    >>> [round(value / 1e9, 2) for value in band.converted(144.47766e9)]
    [18.4, 18.64]
    >>> rate(view, "HKD", "EUR", date(2025, 2, 13), date(2025, 2, 13)) is None
    True
    """
    straight = _stored(view, base, quote, first, last)
    if straight is not None:
        return straight
    turned = _stored(view, quote, base, first, last)
    if turned is not None:
        return turned.inverse()
    if {base, quote} == set(PEGGED) and first >= BAND_SINCE:
        band = Rate(*PEGGED, *BAND, "", last, 0, BAND_SOURCE)
        return band if base == PEGGED[0] else band.inverse()
    return None


def _stored(view: View, base: str, quote: str, first: date, last: date) -> Rate | None:
    pair = f"{base}{quote}=X"
    bars = view.bars(pair)
    inside = (bars.dates >= np.datetime64(first)) & (bars.dates <= np.datetime64(last))
    at = np.flatnonzero(inside & (bars.close > 0))
    if not at.size:
        recent = (bars.dates < np.datetime64(first)) & (bars.close > 0)
        at = np.flatnonzero(recent & (bars.dates >= np.datetime64(first - RECENT)))[-1:]
    if not at.size or bars.dates[at[-1]] < np.datetime64(last - RECENT):
        return None
    if len(at) < _MOST * np.busday_count(first, last + timedelta(days=1)) and len(at) > 1:
        return None
    value = float(bars.close[at].mean())
    day: date = bars.dates[at[-1]].item()
    return Rate(base, quote, value, value, pair, day, len(at), str(bars.source[at[-1]]))
