"""Of what part of a session a number is: its close, open, high, low, or a moment while it ran."""

from __future__ import annotations

from datetime import date

from springtide.reading.numbers.days import Carry
from springtide.reading.numbers.hours import is_early
from springtide.reading.numbers.model import Classifier
from springtide.reading.numbers.spans import Span
from springtide.reading.numbers.spots import Spot

SLOT = "times_basis"


def features(spot: Spot, span: Span, day: date | None, modality: str, carry: Carry) -> list[str]:
    """Return what speaks for the basis of a number."""
    now, measure = spot.moment, spot.kind.measure
    when = "none"
    if day is not None:
        when = "running" if day == now.running else "closed" if day <= now.closed else "ahead"
    if day is not None and day < now.closed:
        when = "past"
    if is_early(spot.page.scene.clock, spot.market) and when == "closed":
        when = "early"
    group = "change" if not spot.is_level and measure in ("price_change", "bond_yield") else measure
    round_ = "round" if spot.market.startswith("24/") else "floor"
    found = [
        "any", f"is:{measure}", f"when:{when}", f"{group}@{when}", f"{round_}@{when}",
        f"phase:{now.phase}", f"said:{modality}", f"period:{span.kind}", f"near:{spot.near}",
        f"near:{spot.near}@{when}", f"near:{spot.near}:{group}",
    ]  # fmt: skip
    for scope, names in spot.words.items():
        found += [f"{scope}:{name}" for name in names if name in _TELLING]
    for name in spot.words["b"]:
        if name in _TELLING:
            found.append(f"b:{name}@{when}")
    found += [f"page:{name}@{when}" for name in spot.page.opening if name in _TELLING]
    if carry.last == day:
        found.append(f"before:{carry.near(spot)}:{carry.basis}")
        if not spot.near:
            found.append(f"before:{carry.near(spot)}:{carry.basis}:no word")
    quantity = spot.number.quantity
    if quantity is not None:
        found.append(f"unit:{'money' if quantity.unit.isupper() else quantity.unit}")
        if quantity.comparator == "up_to" or spot.near in ("once", "peak", "trough"):
            found.append(f"extreme:{spot.kind.sign}")
            found.append(f"extreme:{quantity.comparator}:{spot.kind.sign}")
    if spot.page.scene.blocks[spot.block.index].block.kind in ("title", "summary"):
        found.append(f"block:{spot.block.block.kind}")
    return found


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
    chances = model.probabilities(names)
    order = sorted(range(len(chances)), key=lambda k: (-chances[k], k))
    return [(model.classes[k], float(chances[k])) for k in order]
