"""Of what part of a session a number is: its close, open, high, low, or a moment while it ran."""

from __future__ import annotations

import re
from datetime import date

from springtide.reading.numbers.carry import Carry, Span
from springtide.reading.numbers.days import role
from springtide.reading.numbers.model import Classifier
from springtide.reading.numbers.spots import Spot

SLOT = "times_basis"


def features(spot: Spot, span: Span, day: date | None, modality: str, carry: Carry) -> list[str]:
    """Return what speaks for the basis of a number."""
    measure, when = spot.kind.measure, when_of(spot, day)
    group = "change" if not spot.is_level and measure in ("price_change", "bond_yield") else measure
    part = spot.part if measure != "streak" or spot.part not in _EXTREMES else ""
    if part in _EXTREMES and not spot.is_level:
        part += "+" if spot.kind.sign > 0 else "-" if spot.kind.sign < 0 else ""
    clues = [
        "any", f"is:{measure}", f"said:{modality}", f"period:{span.kind}", f"part:{part}",
        f"part:{part}@{spot.part_at}", f"part:{part}:{when}", f"part:{part}:{group}",
    ]  # fmt: skip
    if spot.part_at not in ("b", "a", "c"):
        clues += [f"when:{when}", f"{group}@{when}"]
        clues += [
            f"named:{name}@{when}" for name in ("future", "round", "token") if name in spot.named
        ]
    for scope in "bca":
        clues += [f"{scope}:{name}" for name in spot.words[scope] if name in _TELLING]
    headed = [name for name in spot.words.get("h", ()) if name in _TELLING]
    clues += [f"h:{name}" for name in sorted(headed)]
    if spot.part_at not in ("b", "a", "c") and not headed:
        if carry.last == day:
            clues.append(f"before:{carry.near(spot)}:{carry.basis}")
        clues += [f"page:{name}@{when}" for name in spot.page.opening if name in _TELLING]
    if not spot.is_level and role(spot) == "from":
        clues.append("from")
    quantity = spot.number.quantity
    if quantity is not None:
        clues.append(f"unit:{'money' if quantity.unit.isupper() else quantity.unit}")
        if quantity.comparator == "up_to":
            clues.append(f"up_to:{spot.kind.sign}")
    return clues


_EXTREMES = ("once", "peak", "trough")


def when_of(spot: Spot, day: date | None) -> str:
    """Say where a day lies from the moment of publication, as the market of a number saw it."""
    now = spot.moment
    if day is None:
        return "none"
    if day < now.closed:
        return "past"
    if now.phase == "open" or spot.market.startswith("24/"):
        if day != now.latest:
            return "round"
        return "round-off" if now.phase == "off" else f"round-{now.hours}"
    if day == now.running:
        return "running"
    if day > now.latest:
        return "early" if now.early else "ahead"
    return "closed"


_TELLING = frozenset(
    {
        "close", "late", "open", "peak", "trough", "once", "live", "morning", "clock",
        "before_hours", "after_hours", "night", "one_day", "sum", "will", "if", "record",
        "level_line", "now", "compared", "future", "prior_day", "always",
    }
)  # fmt: skip


def choose(names: list[str], model: Classifier | None) -> list[tuple[str, float]]:
    """Return the bases with their probabilities, the likeliest first."""
    if model is None:
        return [("close", 1.0)]
    chances = model.probabilities(names).tolist()
    order = sorted(range(len(chances)), key=lambda k: (-chances[k], k))
    return [(model.classes[k], chances[k]) for k in order]


def admissible(spot: Spot, ranked: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """Leave only the bases that words or the hour allow, with what they share of the probability.

    An opening, a high or a low is of those that are called so, and a close that is called one by
    the nearest word is nothing else.
    """
    seen = _SEEN.search(spot.block.text, spot.sentence[0], spot.number.start)
    if spot.is_level and seen is not None:
        kept = [("high" if seen.group(1) == "高" else "low", 1.0)]
    elif spot.part == "close" and spot.part_at == "b":
        kept = [one for one in ranked if one[0] in ("close", "live")]
    else:
        kept = [one for one in ranked if one[0] not in _NAMED or _is_named(spot, one[0])]
    total = sum(p for _, p in kept)
    return [(name, min(1.0, p / total)) for name, p in kept] if total > 0 else ranked


_SEEN = re.compile("[新周年月]([高低])[位点]?[，,]?(?:最[高低]|曾|一度)?见$")
"""创52周新高，见7.7元: the high itself."""

_NAMED = {
    "open": frozenset({"open"}),
    "high": frozenset({"peak", "once", "record", "morning"}),
    "low": frozenset({"trough", "once", "record", "morning"}),
    "premarket": frozenset({"before_hours"}),
    "afterhours": frozenset({"after_hours"}),
}


def _is_named(spot: Spot, basis: str) -> bool:
    """Say whether a word of the sentence, or for trade out of hours of the opening, names a basis."""
    quantity = spot.number.quantity
    if basis in ("high", "low") and quantity is not None and quantity.comparator == "up_to":
        return True
    if basis == "premarket" and spot.moment.early:
        return True
    names = _NAMED[basis]
    if basis in ("premarket", "afterhours") and names & spot.page.opening:
        return True
    return any(names & spot.words.get(scope, frozenset()) for scope in "bcasth")
