"""Whether the prices of a series are as traded, or adjusted for dividends after the fact.

A file says so in a column (``adjustflag``, 复权状态), in its title or its name (前复权, ``qfq``).
What it says is kept with the source of its rows, ``600111.txt [adjusted forward]``, so that it is
told wherever the source is, and prices of one kind are never stored beside those of another.

Where nobody says it, prices may tell it themselves. Prices as traded lie on the grid of ticks of
their exchange; adjusted ones do not. Where the grid tells nothing (mainland vendors round adjusted
prices to the fen as well) it is not known. An index is never adjusted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, cast, get_args

import numpy as np
import numpy.typing as npt

from springtide.market.types import Bars, Instrument

Adjustment = Literal["as traded", "adjusted forward", "adjusted backward", "adjusted"]
"""What prices are: 不复权, 前复权, 后复权, or adjusted in a way that is not said."""

# What vendors write; of several that a text holds the first in this list counts.
_SAID: Sequence[tuple[str, Adjustment]] = (
    (r"不复权|未复权|除权|unadjusted|non-?adjusted|(?<![a-z])bfq(?![a-z])", "as traded"),
    (r"前复权|(?<![a-z])qfq(?![a-z])|forward[ _-]?adj|adj\w*[ _-]forward", "adjusted forward"),
    (r"后复权|(?<![a-z])hfq(?![a-z])|backward[ _-]?adj|adj\w*[ _-]backward", "adjusted backward"),
    (r"复权|(?<![a-z])adj(?:usted)?(?![a-z])", "adjusted"),
)
# The flag of Baostock.
_FLAGS: dict[str, Adjustment] = {
    "1": "adjusted backward", "2": "adjusted forward", "3": "as traded",
}  # fmt: skip
MARK = r" \[((?:adjusted(?: \w+)?)|as traded)\]$"
"""How the mark stands at the end of a source."""

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


def said(text: str) -> Adjustment | None:
    """Return what a title, a file's name or a flag says of prices, None where it says nothing.

    Examples
    --------
    >>> said("600111 某某股份 日线 前复权"), said("600111_hfq.csv"), said("不复权"), said("3")
    ('adjusted forward', 'adjusted backward', 'as traded', 'as traded')
    >>> said("0700.HK.csv"), said("prices_adj.csv")
    (None, 'adjusted')
    """
    from springtide.language.script import normalise

    plain = normalise(text).casefold().strip()
    if plain in _FLAGS:
        return _FLAGS[plain]
    return next((kind for pattern, kind in _SAID if re.search(pattern, plain)), None)


def marked(source: str, kind: Adjustment | None) -> str:
    """Return a source that tells what its prices are.

    Examples
    --------
    >>> marked("600111.txt", "adjusted forward"), marked("hsi.csv", None)
    ('600111.txt [adjusted forward]', 'hsi.csv')
    """
    return f"{source} [{kind}]" if kind and not re.search(MARK, source) else source


def of_source(source: str) -> Adjustment | None:
    """Return what a source tells of its prices.

    Examples
    --------
    >>> of_source("600111.txt [adjusted forward]"), of_source("yahoo")
    ('adjusted forward', None)
    """
    mark = re.search(MARK, source)
    return (
        cast(Adjustment, mark.group(1)) if mark and mark.group(1) in get_args(Adjustment) else None
    )


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
    told = of_source(str(bars.source[-1])) if len(bars) else None
    if told is not None:
        return told == "as traded"
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
