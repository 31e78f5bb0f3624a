"""Does a measured value satisfy a claim? Tolerance is the claim's own: what its wording admits."""

from __future__ import annotations

from springtide.claims.model import Claim, Label, Measurement
from springtide.language.format import rounded
from springtide.language.types import Comparator, Interval

Stated = float | tuple[float, float]

_TURNED: dict[Comparator, Comparator] = {">": "<", "<": ">"}


def price_decimals(value: float, unit: str) -> int:
    """Return the digits after the point that a price is printed with.

    Two, and a third below ten where it counts: fund units and penny stocks are quoted that way.

    Examples
    --------
    >>> price_decimals(8.91, "HKD"), price_decimals(0.726, "CNY")
    (2, 3)
    """
    small = unit != "points" and abs(value) < 10
    return 3 if small and rounded(value, 3) != rounded(value, 2) else 2


def mirrored(
    value: Stated, comparator: Comparator, within: Interval
) -> tuple[Stated, Comparator, Interval]:
    """Return what was stated with the other sign: a rise of "more than 3" as a fall of it.

    Examples
    --------
    >>> from math import inf
    >>> value, comparator, within = mirrored(3.0, ">", Interval(3, inf, low_open=True))
    >>> print(value, comparator, within)
    -3.0 < (-∞, -3)
    """
    turned = (-value[1], -value[0]) if isinstance(value, tuple) else -value
    return turned, _TURNED.get(comparator, comparator), within.negated()


def judge(claim: Claim, measurement: Measurement) -> Label:
    """Compare a claim with what was measured for it.

    A metric that answers yes or no supports its claim when it answers yes. A number supports it
    when it lies in the interval that the wording admits. Nothing measured is not enough
    information, never a refutation.

    Examples
    --------
    >>> from datetime import date
    >>> from math import inf
    >>> from springtide.claims.model import Evidence, Params
    >>> day = date(2025, 2, 13)
    >>> claim = Claim("period_return", "HSTECH", Params(), day, ">", 25.0, "%",
    ...               Interval(25, inf, low_open=True))
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
