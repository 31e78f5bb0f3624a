"""Constructions around a number: fixed ways to say what it is, by what touches it on either side.

They stand in ``data/kinds/constructions.toml``, each with its reason and an example. A construction
is a feature with a strong prior weight, not a decision.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

_BEFORE, _BEFORE_HAN, _AFTER = 56, 26, 48  # characters that a construction can reach
_HOLES = {"{gap}": "[^，。；0-9%]{0,4}", "{far}": "[^.;]{0,48}"}

GROUPS = {
    "percent": ("%", "pp", "bp"),
    "bp": ("bp",),
    "points": ("points",),
    "money": ("USD", "HKD", "CNY", "JPY", "money"),
    "bare": ("bare", "plain", ""),
    "plain": ("plain", "words"),
    "words": ("words",),
    "count": ("count", "plain"),
    "x": ("x",),
    "shares": ("shares",),
    "weight": ("weight",),
    "time": ("time",),
    "span": ("span",),
    "duration": ("sessions", "days", "weeks", "months", "quarters", "years"),
}
"""Groups of units that constructions and votes speak of."""


@dataclass(frozen=True, slots=True)
class Construction:
    """One construction: where it applies, and the prior that it gives a kind."""

    name: str
    units: frozenset[str]
    left: re.Pattern[str] | None
    right: re.Pattern[str] | None
    kind: str
    weight: float


@cache
def constructions() -> tuple[Construction, ...]:
    """Return all constructions as shipped."""
    path = files("springtide.reading.numbers") / "data" / "kinds" / "constructions.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["construction"]
    return tuple(
        Construction(
            row["name"],
            frozenset(unit for group in row["units"] for unit in GROUPS[group]),
            _pattern(f"(?:{row['left']})$") if "left" in row else None,
            _pattern(row["right"]) if "right" in row else None,
            row["kind"],
            row["weight"],
        )
        for row in rows
    )


def _pattern(written: str) -> re.Pattern[str]:
    for hole, pattern in _HOLES.items():
        written = written.replace(hole, pattern)
    return re.compile(written)


@cache
def _of_unit(unit: str) -> tuple[Construction, ...]:
    return tuple(one for one in constructions() if unit in one.units)


def around_number(low: str, start: int, end: int, unit: str) -> list[str]:
    """Return the names of the constructions that a number stands in.

    Parameters
    ----------
    low
        Normalised text of the block in lower case.
    start, end
        Where the number stands.
    unit
        Its unit as ``features.unit_key`` says it.

    Examples
    --------
    >>> text = "tumbled 40% from its 52-week high"
    >>> around_number(text, 8, 11, "%"), around_number(text, 21, 28, "weeks")
    (['fell-from-high', 'moved'], ['record-after'])
    """
    reach = _BEFORE if low[start - 1 : start].isascii() else _BEFORE_HAN
    return list(_standing(low[max(0, start - reach) : start], low[end : end + _AFTER], unit))


@lru_cache(maxsize=1024)
def _standing(before: str, after: str, unit: str) -> tuple[str, ...]:
    """Return the constructions of a number; what it is and its direction both ask for them."""
    return tuple(
        one.name
        for one in _of_unit(unit)
        if (one.right is not None and one.right.match(after))
        or (one.left is not None and one.left.search(before))
    )
