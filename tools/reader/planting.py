"""Errors planted on purpose: one printed number of a claim that holds is changed, in several ways.

What an article gets wrong is not known beforehand: a digit, two that changed places, the place of
the point, or another figure altogether. Each way changes the printed number alone, keeps its
decimals and commas, and goes well beyond what rounding, cutting and vendors explain.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from itertools import pairwise

from springtide.claims.model import Claim, Verdict

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SIGN = re.compile(r"[-+−–]$")

LEAST_STEPS = 2
"""Units of the last printed digit by which a planted number differs at least."""

LEAST_SHARE = 0.002
"""And the share of the true one."""

TRIES = 12


def changed(text: str, verdict: Verdict, draw: random.Random, way: str = "digit") -> str | None:
    """Return the text with the claim's number changed beyond its tolerance, None where it is not.

    Parameters
    ----------
    text
        Of the article.
    verdict
        Of a claim that holds as it was read.
    draw
        Source of chance.
    way
        One of :data:`WAYS`.
    """
    claim = verdict.claim
    numbers = list(_NUMBER.finditer(text, claim.start, claim.end))
    if not numbers or verdict.read_as is not None:
        return None
    match = numbers[-1]
    for _ in range(TRIES):
        start, other = WAYS[way](text, match, draw)
        if other is not None and _is_an_error(verdict, match.group(), other):
            return text[:start] + other + text[match.end() :]
    return None


def _digit(text: str, match: re.Match[str], draw: random.Random) -> tuple[int, str | None]:
    """Print another digit in the place of one that is not the last of several."""
    digits = match.group()
    places = [i for i, char in enumerate(digits) if char.isdigit()]
    at = draw.choice(places[: max(1, len(places) - 1)])
    other = str((int(digits[at]) + draw.randint(1, 9)) % 10)
    return match.start(), digits[:at] + other + digits[at + 1 :]


def _swap(text: str, match: re.Match[str], draw: random.Random) -> tuple[int, str | None]:
    """Print two neighbouring digits in each other's place."""
    digits = list(match.group())
    places = [i for i, char in enumerate(digits) if char.isdigit()]
    pairs = [(i, j) for i, j in pairwise(places) if digits[i] != digits[j]]
    if not pairs:
        return match.start(), None
    i, j = draw.choice(pairs)
    digits[i], digits[j] = digits[j], digits[i]
    return match.start(), "".join(digits)


def _share(text: str, match: re.Match[str], draw: random.Random) -> tuple[int, str | None]:
    """Print what is larger or smaller by a fifth."""
    return match.start(), _printed(match.group(), draw.choice((0.8, 1.2)))


def _place(text: str, match: re.Match[str], draw: random.Random) -> tuple[int, str | None]:
    """Print ten times as much, or a tenth."""
    return match.start(), _printed(match.group(), draw.choice((0.1, 10.0)))


def _other(text: str, match: re.Match[str], draw: random.Random) -> tuple[int, str | None]:
    """Print something else between a third and three times as large."""
    return match.start(), _printed(match.group(), 3.0 ** draw.uniform(-1, 1))


def _sign(text: str, match: re.Match[str], draw: random.Random) -> tuple[int, str | None]:
    """Print the other sign, where there is one."""
    sign = _SIGN.search(text[: match.start()])
    if sign is None:
        return match.start(), None
    return sign.start(), ("-" if sign.group() == "+" else "+") + match.group()


WAYS: dict[str, Callable[[str, re.Match[str], random.Random], tuple[int, str | None]]] = {
    "digit": _digit,
    "swap": _swap,
    "share": _share,
    "place": _place,
    "other": _other,
    "sign": _sign,
}
"""Ways of planting by name."""

MIXED = {"digit": 7, "swap": 2, "share": 4, "place": 2, "other": 4, "sign": 1}
"""How often each way is taken where all are."""


def way_of(draw: random.Random) -> str:
    """Draw a way of planting."""
    return draw.choices(list(MIXED), list(MIXED.values()))[0]


def is_at(claim: Claim, before: Claim, shift: int) -> bool:
    """Say whether a claim is of the number that was changed; what follows it moved by a shift."""
    return (claim.end, claim.metric) == (before.end + shift, before.metric)


def _printed(digits: str, times: float) -> str:
    decimals = len(digits.partition(".")[2])
    value = float(digits.replace(",", "")) * times
    return f"{value:,.{decimals}f}" if "," in digits else f"{value:.{decimals}f}"


def _is_an_error(verdict: Verdict, digits: str, other: str) -> bool:
    """Say whether another number is wrong: beyond rounding, and no bound that holds as well."""
    if other[0] in "+-":
        return True
    step = 10.0 ** -len(digits.partition(".")[2])
    before, after = (float(one.replace(",", "")) for one in (digits, other))
    if after == 0 or (other[0] == "0" != digits[0] and "." not in other[:2]):
        return False
    if abs(after - before) < max(LEAST_STEPS * step, LEAST_SHARE * before) * (1 - 1e-9):
        return False
    measured = verdict.measurement.value if verdict.measurement is not None else None
    bound = verdict.claim.comparator in (">", "<")
    return not (bound and _still_holds(verdict.claim, after, measured))


def _still_holds(claim: Claim, value: float, measured: object) -> bool:
    """Say whether a bound with another number holds still: a rise of 6% is one of more than 3%."""
    if not isinstance(measured, int | float):
        return False
    return (
        abs(measured) > value
        if (claim.comparator == ">") == (measured > 0)
        else abs(measured) < value
    )
