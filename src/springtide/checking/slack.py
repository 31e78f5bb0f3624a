"""Differences that refute nothing: cut digits, other vendors, adjusted prices, other contracts.

A figure may differ from ours and still be right by its own source. Each such difference has a name
and a stated size; what is larger than all of them is a difference of fact.
"""

from __future__ import annotations

import math
from typing import Literal

import numpy as np

from springtide.claims.model import Claim, Measurement
from springtide.language.types import Period
from springtide.market.adjustment import is_as_traded
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics.registry import get

Slack = Literal[
    "cut", "rounding", "vendor", "adjusted", "dividends", "contract", "direction", "reached"
]

VENDOR = 1e-4
"""Vendors' closes of an index differ by this share of the level at most."""

VENDOR_POINTS = 0.02
"""And their percentage moves by this many percentage points beyond what was printed."""

DIVIDENDS = 6.0
"""Per cent a year by which dividends may lift the return of adjusted prices."""

SURE_OF_DIRECTION = 0.97
"""Confidence from which a wrong direction is the text's and not the reader's."""

ROUNDED = 0.1
"""Percentage points by which adjusting and rounding prices may move a return."""

SAMPLE = 10.0
"""Per cent (or points of a share) by which what houses say together may differ between vendors.

Each counts other houses; a convention of ours, since no two vendors' means are on file.
"""

CONTRACT = 0.15
"""Contracts of a year, spot and vendors differ in level by this share at most: ours, as is"""

CONTRACT_POINTS = 3.0
"""their moves over one stretch by so many percentage points at most."""

_OF_SAMPLES = ("target_consensus", "rating_balance")

MULTIPLES = {
    "valuation_multiple": (0.1, 0.0),
    "valuation_average": (0.1, 0.0),
    "relative_valuation": (0.1, 0.0),
    "cape": (0.02, 0.0),
    "valuation_percentile": (0.0, 6.0),
    "valuation_gap": (0.0, 1.5),
    "rerating_share": (0.0, 5.0),
    "flow_ratio": (0.02, 0.0),
    "excess_yield": (0.0, 0.1),
}
"""By which share, and by how many percentage points, vendors' multiples differ without an error.

They weigh members and count losses each in its own way. Of the CSI 300 three vendors' P/E lie 4%
apart on average with a spread of 4%, and its rank of five years is 59.9% or 54.6%.
"""

_COUNTED = ("tests", "rallies", "sessions", "weeks")
"""Units of what is counted one by one: seven is not six rounded."""

_LEVELS = ("close_level", "intraday_level", "moving_average", "target_price")
_OF_A_LEVEL = "implied_move"
"""A percentage whose base is a price as printed: a target against an adjusted close is off."""
_MOVES = ("pct_change", "period_return", "drawdown", "ma_distance")
_MANY_CONTRACTS = ("commodity", "future", "fx", "crypto", "yield", "rate")
_DAYS_A_YEAR = 365.25
_A_WEEK = 7


def slack_of(
    claim: Claim, measurement: Measurement, instrument: Instrument, view: View
) -> Slack | None:
    """Return why a claim that the measured value does not fit is not refuted by it; None if it is.

    ``direction`` says that the size is right and the direction is not as read: more often a misread
    sentence than a mistaken one. ``cut`` says that the printed digits are the value's own, cut off
    and not rounded.
    """
    value = measurement.value
    if isinstance(value, bool) or not isinstance(value, float) or claim.within is None:
        return None
    if _is_cut(claim, value):
        return "cut"
    if _is_mirrored(claim, measurement, value) and claim.confidence < SURE_OF_DIRECTION:
        return "direction"
    if instrument.kind in _MANY_CONTRACTS and _is_of_another_contract(claim, value):
        return "contract"
    if _is_passed(claim, measurement, view):
        return "reached"
    apart = _distance(claim, value)
    if _is_of_a_sample(claim) and apart <= SAMPLE * (abs(value) / 100 if claim.unit != "%" else 1):
        return "vendor"
    share, points = MULTIPLES.get(claim.metric, (0.0, 0.0))
    if (share or points) and apart <= max(share * abs(value), points):
        return "vendor"
    if apart <= _half_step(claim) and claim.unit not in _COUNTED:
        return "rounding"
    if claim.metric in _LEVELS and apart <= VENDOR * abs(value):
        return "vendor"
    if claim.metric in _MOVES and apart <= _vendor_move(claim, measurement):
        return "vendor"
    if not get(claim.metric).needs_close:
        return None
    return _of_adjustment(claim, value, instrument, view)


def _is_mirrored(claim: Claim, measurement: Measurement, value: float) -> bool:
    """Say whether the size is right, as far as vendors agree, and the direction is not."""
    assert claim.within is not None
    if claim.metric in _LEVELS:  # a price has no direction
        return False
    if value == 0 or not isinstance(claim.value, float) or value * claim.value > 0:
        return value != 0 and -value in claim.within
    apart = max(claim.within.low + value, -value - claim.within.high, 0.0)
    return apart <= (_vendor_move(claim, measurement) if claim.metric in _MOVES else 0.0)


def _of_adjustment(claim: Claim, value: float, instrument: Instrument, view: View) -> Slack | None:
    """Return what the adjustment of a share's prices may explain."""
    in_money = claim.metric in (*_LEVELS, _OF_A_LEVEL) or claim.unit not in (
        "%",
        "x",
        "sessions",
        "days",
        "weeks",
        "months",
    )
    if instrument.kind == "stock" and in_money and _is_of_a_split(claim, value):
        return "adjusted"
    long = claim.metric == "period_return" and _years(claim) > _A_WEEK / _DAYS_A_YEAR
    if is_as_traded(view.bars(instrument.id), instrument) is True:
        return None
    if in_money or (claim.metric in _MOVES and _distance(claim, value) <= ROUNDED):
        return "adjusted"
    if not long:
        return None
    assert claim.within is not None
    allowed = DIVIDENDS * _years(claim) * (1 + abs(value) / 100)
    return "dividends" if claim.within.high <= value <= claim.within.high + allowed else None


def _is_of_a_split(claim: Claim, value: float) -> bool:
    """Say whether a price, or a change of one, is a whole multiple: split or joined since."""
    if not isinstance(claim.value, float) or claim.value * value <= 0:
        return False
    stated, value = abs(claim.value), abs(value)
    ratio = max(value / stated, stated / value)
    times = round(ratio) if ratio < _MOST_SPLIT else 1
    room = _half_step(claim) / stated + _HAIR
    is_whole = abs(ratio / times - 1) <= room and room * times < _A_FIFTH
    return times > 1 and is_whole


_MOST_SPLIT, _HAIR, _A_FIFTH = 101, 1e-3, 0.2
"""A split by more is nobody's; room for rounding, within which not any ratio is a whole number."""


def _is_of_another_contract(claim: Claim, value: float) -> bool:
    """Say whether another month, hour or vendor of the same may have had the figure."""
    apart = _distance(claim, value)
    if claim.metric in _MOVES and claim.unit == "%":
        return apart <= CONTRACT_POINTS
    return claim.metric not in _LEVELS or apart <= CONTRACT * abs(value)


def _is_of_a_sample(claim: Claim) -> bool:
    """Say whether a claim is of several houses together, of which each vendor counts others."""
    together = getattr(claim.params, "target", None) == "consensus"
    return claim.metric in _OF_SAMPLES or together


def _is_passed(claim: Claim, measurement: Measurement, view: View) -> bool:
    """Say whether the session's high or low lies beyond one that is stated, and passed it.

    "一度涨3%" is what was reached at some moment; "曾升最多3%", written while the session ran, is
    its high until then: a higher high refutes neither. What lies beyond the other end of the
    session was never reached.
    """
    side = getattr(claim.params, "price", None) or getattr(claim.params, "field", None)
    value = measurement.value
    assert claim.within is not None
    assert isinstance(value, float)
    if side not in ("high", "low"):
        return False
    other = _other_end(claim, measurement, view, "low" if side == "high" else "high")
    if side == "high":
        return value > claim.within.high and not claim.within.high < other
    return value < claim.within.low and not claim.within.low > other


def _other_end(
    claim: Claim, measurement: Measurement, view: View, side: Literal["high", "low"]
) -> float:
    """Return the other extreme of the session in the claim's unit, NaN where it is not known."""
    bars = view.bars(claim.subject)
    at = np.flatnonzero(bars.dates == np.datetime64(claim.as_of))
    if not at.size:
        return math.nan
    price = float(getattr(bars, side)[at[-1]])
    if claim.metric == "intraday_level" or not measurement.evidence.rows:
        return price
    base = measurement.evidence.rows[0].value
    return price - base if claim.unit == "points" else 100.0 * (price / base - 1.0)


def _is_cut(claim: Claim, value: float) -> bool:
    """Say whether the printed digits are those of the value without the rest: 6051 for 6,051.97."""
    printed, step = claim.value, _step(claim)
    if not isinstance(printed, float) or step is None or claim.comparator not in ("=", "up_to"):
        return False
    same_sign = printed * value >= 0
    return same_sign and abs(printed) <= abs(value) < abs(printed) + step


def _step(claim: Claim) -> float | None:
    """Return one unit of the last printed digit, None where the wording hides it."""
    within = claim.within
    assert within is not None
    if claim.comparator == "=" and math.isfinite(within.high - within.low):
        return within.high - within.low
    if claim.unit == "points" and isinstance(claim.value, float) and claim.value.is_integer():
        return 1.0
    return None


def _half_step(claim: Claim) -> float:
    step = _step(claim)
    return step / 2 if step is not None else 0.0


def _distance(claim: Claim, value: float) -> float:
    """Return how far a value lies outside of what the wording admits."""
    within = claim.within
    assert within is not None
    return max(within.low - value, value - within.high, 0.0)


def _vendor_move(claim: Claim, measurement: Measurement) -> float:
    if claim.unit == "%":
        return VENDOR_POINTS
    levels = [abs(row.value) for row in measurement.evidence.rows]
    return VENDOR * max(levels, default=0.0)


def _years(claim: Claim) -> float:
    """Return the length of a claim's period, a year where it cannot be told."""
    period = getattr(claim.params, "period", None)
    if not isinstance(period, Period):
        return 0.0
    if period.first is not None:
        return ((period.last or claim.as_of) - period.first).days / _DAYS_A_YEAR
    days = {"days": 1, "sessions": 1.45, "weeks": 7, "months": 30.44, "quarters": 91, "years": 365}
    if period.kind == "last" and period.count and period.unit:
        return period.count * days[period.unit] / _DAYS_A_YEAR
    return {"wtd": 0.02, "mtd": 0.08, "qtd": 0.25}.get(period.kind, 1.0)
