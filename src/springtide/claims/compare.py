"""Does a measured value satisfy a claim? Tolerance is the claim's own: what its wording admits."""

from __future__ import annotations

import math

from springtide.claims.model import Claim, Label, Measurement
from springtide.language.types import Interval


def printed(value: float, decimals: int) -> float:
    """Round as a printed figure is rounded: half up in magnitude, on the decimal digits.

    Binary floats make ``round(0.285, 2)`` 0.28; readers and tolerance both expect 0.29.

    Examples
    --------
    >>> printed(0.285, 2), printed(-0.285, 2), printed(17.1699, 1)
    (0.29, -0.29, 17.2)
    """
    from decimal import ROUND_HALF_UP, Decimal

    if not math.isfinite(value):
        raise ValueError(f"only a finite number can be printed, got {value}")
    step = Decimal(1).scaleb(-decimals)
    return float(Decimal(repr(value)).quantize(step, rounding=ROUND_HALF_UP)) + 0.0


def price_decimals(value: float, unit: str) -> int:
    """Return the digits after the point that a price is printed with.

    Two, and a third below ten where it counts: fund units and penny stocks are quoted that way.

    Examples
    --------
    >>> price_decimals(8.91, "HKD"), price_decimals(0.726, "CNY")
    (2, 3)
    """
    small = unit != "points" and abs(value) < 10
    return 3 if small and printed(value, 3) != printed(value, 2) else 2


def rounding(value: float, decimals: int) -> Interval:
    """Return the true values that print as ``value`` with this many decimals.

    Examples
    --------
    >>> print(rounding(17.2, 1))
    [17.15, 17.25)
    >>> print(rounding(-17.2, 1))
    (-17.25, -17.15]
    """
    half = 0.5 * 10.0**-decimals
    if value == 0:
        return Interval(-half, half, low_open=True, high_open=True)
    magnitude = Interval(
        round(abs(value) - half, decimals + 1),
        round(abs(value) + half, decimals + 1),
        high_open=True,
    )
    return magnitude if value > 0 else magnitude.negated()


def judge(claim: Claim, measurement: Measurement) -> Label:
    """Compare a claim with what was measured for it.

    A metric that answers yes or no supports its claim when it answers yes. A number supports it
    when it lies in the interval that the wording admits. Nothing measured is not enough
    information, never a refutation.

    Examples
    --------
    >>> from datetime import date
    >>> from springtide.claims.model import Evidence, Params
    >>> day = date(2025, 2, 13)
    >>> claim = Claim("period_return", "HSTECH", Params(), day, ">", 25.0, "%",
    ...               Interval(25, math.inf, low_open=True))
    >>> judge(claim, Measurement("period_return", "HSTECH", Params(), day, 17.17, "%",
    ...                          Evidence("close / close - 1")))
    'refuted'
    """
    value = measurement.value
    if value is None:
        return "not_enough_information"
    if isinstance(value, bool):
        return "supported" if value else "refuted"
    if claim.within is None:
        return "not_enough_information"
    return "supported" if value in claim.within else "refuted"
