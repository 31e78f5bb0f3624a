"""How a printed number may have come of a true one: one digit, two that changed places, the point.

A figure that is one slip of a keyboard away from the truth is seldom so by chance: the more digits
it has in common with it, and the farther it is from it all the same, the less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from springtide.checking.verify import Trial
from springtide.claims.model import Claim, Measurement

DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
"""A number as it is printed."""
LEVELS = ("close_level", "intraday_level")
"""Metrics that state a price."""

Slip = Literal["digit", "swap", "place"]


@dataclass(frozen=True, slots=True)
class Edit:
    """One slip between a true number and a printed one.

    Attributes
    ----------
    slip
        ``digit``: one digit is another; ``swap``: two neighbours changed places; ``place``: the
        point stands one or two places off.
    kept
        Significant digits that say that it is this slip and no other number: those at the same
        place, one of two that changed places, and of ``place`` those in the same order.
    tail
        Of them, those after the last one that differs.
    """

    slip: Slip
    kept: int
    tail: int


def edit_of(printed: str, value: float) -> Edit | None:
    """Return the slip that makes a printed number of a true value, None where none does.

    Parameters
    ----------
    printed
        Digits as printed, with a point and without commas or sign.
    value
        The true value, not negative; rounded or cut to the printed decimals.

    Examples
    --------
    >>> edit_of("21814.37", 21514.372)
    Edit(slip='digit', kept=6, tail=4)
    >>> edit_of("14.50", 14.0454), edit_of("0.18", 1.813)
    (Edit(slip='swap', kept=3, tail=0), Edit(slip='place', kept=2, tail=2))
    >>> edit_of("3.2", 1.7) is None
    True
    """
    if not printed or value <= 0:
        return None
    placed = _place(printed, value)
    if placed is not None:
        return placed
    decimals = len(printed.partition(".")[2])
    for true in (f"{value:.{decimals}f}", _cut(value, decimals)):
        edit = _edit(printed.replace(".", ""), true.replace(".", ""))
        if edit is not None:
            return edit
    return None


def _edit(one: str, other: str) -> Edit | None:
    """Return the slip between two rows of digits of one length."""
    if len(one) != len(other):
        return None
    unlike = [n for n in range(len(one)) if one[n] != other[n]]
    if not 0 < len(unlike) <= 2:
        return None
    first, last = unlike[0], unlike[-1]
    pair = one[first : last + 1]
    if len(unlike) == 2 and (last != first + 1 or pair[::-1] != other[first : last + 1]):
        return None
    slip: Slip = "digit" if first == last else "swap"
    leading = len(other) - len(other.lstrip("0"))
    kept = len(one) - 1 - min(leading, first)  # of two that changed places one was free
    return Edit(slip, kept, len(one) - 1 - last)


def _place(printed: str, value: float) -> Edit | None:
    digits = printed.replace(".", "").strip("0")
    for times in (10.0, 0.1, 100.0, 0.01):
        moved = float(printed) * times
        if not moved or abs(moved / value - 1) > _APART:
            continue
        whole = f"{value:.9f}".replace(".", "").lstrip("0")
        kept = 0
        while kept < min(len(digits), len(whole)) and digits[kept] == whole[kept]:
            kept += 1
        if kept >= len(digits) - 1:
            return Edit("place", len(digits), len(digits))
    return None


_APART = 0.06
"""Share by which a number with its point moved may differ from the true one: it is rounded."""


def _cut(value: float, decimals: int) -> str:
    whole, _, rest = f"{value:.6f}".partition(".")
    return f"{whole}.{rest[:decimals]}" if decimals else whole


def printed_digits(claim: Claim) -> str:
    """Return a claim's number as it is printed, without commas; "" where it is not in digits."""
    if not isinstance(claim.value, float):
        return ""
    for match in reversed(list(DIGITS.finditer(claim.quote))):
        digits = match.group().replace(",", "")
        if abs(float(digits) - abs(claim.value)) <= 1e-9 * abs(claim.value):
            return digits
    return ""


def significant(digits: str) -> str:
    """Return digits without point and leading zeros."""
    return digits.replace(".", "").lstrip("0")


def measured(trial: Trial) -> Iterator[float]:
    """Return the measured values of all readings, in the direction of the claim."""
    for one in (trial.first, *trial.others):
        value = one.measurement.value if isinstance(one.measurement, Measurement) else None
        stated = trial.claim.value
        if isinstance(value, float) and isinstance(stated, float) and value * stated > 0:
            yield abs(value)


def slip_of(trial: Trial) -> str:
    """Return what slip of the keyboard makes the figure of a measured value, as a class; or "".

    "sure" is one that chance seldom makes: enough digits are those of the first reading's value.
    What prices have in common from day to day counts for none, and ten times a share's price may be
    a later split's.
    """
    printed = printed_digits(trial.claim)
    is_level = trial.claim.metric in LEVELS
    size = "level" if is_level else "move"
    best = ""
    for n, value in enumerate(measured(trial)):
        edit = edit_of(printed, value)
        if edit is None:
            continue
        apart = abs(float(printed) / value - 1)
        if is_level and apart <= _NATURAL:
            made = "slip:level:near"
        elif n == 0 and _is_sure(edit, trial.claim):
            return f"slip:{edit.slip}:{size}:sure"
        else:
            made = f"slip:{edit.slip}:{size}:{min(edit.kept, _SURELY)}:{min(edit.tail, 1)}"
        best = best or made
    return best


def _is_sure(edit: Edit, claim: Claim) -> bool:
    is_level = claim.metric in LEVELS
    if edit.slip == "swap":
        return edit.kept >= _SURELY - 1
    if edit.slip == "place":
        return edit.kept >= _SURELY and (not is_level or claim.unit == "points")
    return edit.kept >= _SURELY and edit.tail >= (_TAIL if is_level else 1)


_NATURAL = 0.04
"""Share by which prices differ from day to day, so that leading digits are the same."""

_SURELY, _TAIL = 3, 2
"""Digits kept, and those of a price after the one that differs, that are seldom so by chance."""
