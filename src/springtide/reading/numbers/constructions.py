"""Constructions around a number: fixed ways to say what it is, by what touches it on either side.

They stand in ``data/kinds/constructions.toml``, each with its reason and an example. A construction
is a feature with a strong prior weight, not a decision.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from springtide.language.required import Screen, required_of
from springtide.language.scanning import compiled

_BEFORE, _BEFORE_HAN, _AFTER = 56, 26, 48  # characters that a construction can reach
_MOVED = (
    "rises?|rose|risen|rising|falls?|fell|fallen|falling|gain(?:s|ed|ing)?|los(?:es?|t|ing)|"
    "drop(?:s|ped|ping)?|climb(?:s|ed|ing)?|add(?:s|ed|ing)?|slip(?:s|ped|ping)?|slid(?:es?|ing)?|"
    "jump(?:s|ed|ing)?|surg(?:es?|ed|ing)|tumbl(?:es?|ed|ing)|plung(?:es?|ed|ing)|"
    "rall(?:y|ies|ied|ying)|s[ia]nks?|sunk|sinking|shed(?:s|ding)?|soar(?:s|ed|ing)?|"
    "declin(?:es?|ed|ing)|advanc(?:es?|ed|ing)|slump(?:s|ed|ing)?|plummet(?:s|ed|ing)?|"
    "crash(?:es|ed|ing)?|crater(?:s|ed|ing)?|tank(?:s|ed|ing)?|crack(?:s|ed|ing)?|div(?:es?|ed|ing)|"
    "dove|skid(?:s|ded|ding)?|dip(?:s|ped|ping)?|eas(?:es?|ed|ing)|retreat(?:s|ed|ing)?|"
    "rebound(?:s|ed|ing)?|recover(?:s|ed|ing)?|bounc(?:es?|ed|ing)|leap(?:s|ed|t)?|vault(?:s|ed)?|"
    "zoom(?:s|ed|ing)?|spik(?:es?|ed|ing)|pop(?:s|ped|ping)?|rocket(?:s|ed|ing)?|"
    "skyrocket(?:s|ed|ing)?|correct(?:s|ed)|appreciat(?:es?|ed)|depreciat(?:es?|ed)|"
    "weaken(?:s|ed)?|strengthen(?:s|ed)?|firm(?:s|ed)|sag(?:s|ged)?|stumbl(?:es?|ed)|"
    "nosediv(?:es?|ed)|collaps(?:es?|ed)|(?:edg|inch|nudg|tick|creep|drift)(?:es?|s|ed)? "
    "(?:up|down|higher|lower)|(?:closed?|ended?|finished|opened|settled|trad(?:ed|ing)|mov(?:ed|ing)|"
    "was|were|is|are) (?:up|down|higher|lower)"
)
_HOLES = {"{gap}": "[^，。；0-9%]{0,4}", "{far}": "[^.;]{0,48}", "{moved}": _MOVED}

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
    """One construction: where it applies, and the prior that it gives a kind.

    ``left`` and ``right`` are expressions of what touches the number, "" for none.
    """

    name: str
    units: frozenset[str]
    left: str
    right: str
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
            _filled(f"(?:{row['left']})$") if "left" in row else "",
            _filled(row.get("right", "")),
            row["kind"],
            row["weight"],
        )
        for row in rows
    )


def _filled(written: str) -> str:
    for hole, pattern in _HOLES.items():
        written = written.replace(hole, pattern)
    return written


@cache
def _screens() -> tuple[Screen, Screen]:
    """Return which constructions may stand on the left and on the right of a number."""
    left = {i: one.left for i, one in enumerate(constructions()) if one.left}
    right = {i: one.right for i, one in enumerate(constructions()) if one.right}
    words = required_of([*left.values(), *right.values()])
    return (
        Screen(dict(zip(left, words[: len(left)], strict=True))),
        Screen(dict(zip(right, words[len(left) :], strict=True))),
    )


@cache
def _of_unit(unit: str) -> frozenset[int]:
    return frozenset(i for i, one in enumerate(constructions()) if unit in one.units)


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
    (['fell-from-high', 'moved', 'by-a-verb'], ['record-after'])
    """
    reach = _BEFORE if low[start - 1 : start].isascii() else _BEFORE_HAN
    return list(_standing(low[max(0, start - reach) : start], low[end : end + _AFTER], unit))


@lru_cache(maxsize=1024)
def _standing(before: str, after: str, unit: str) -> tuple[str, ...]:
    """Return the constructions of a number; what it is and its direction both ask for them."""
    ours, (left, right) = _of_unit(unit), _screens()
    ending, beginning = left.passed(before), right.passed(after)
    made = []
    for i in sorted(ours & (ending | beginning)):
        one = constructions()[i]
        if (i in beginning and compiled(one.right).match(after)) or (
            i in ending and compiled(one.left).search(before)
        ):
            made.append(one.name)
    return tuple(made)
