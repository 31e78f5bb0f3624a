"""Five articles annotated claim by claim, in an older form: their numbers as annotated posts.

The annotation names metrics and quotes sentences; a number of a quote is labelled where it states
the annotated value. Days and periods are not in the form that reading learns times from.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from tools.reader.gold import GOLD, Post, labelled

from springtide.reading.document import load_text, read_document
from springtide.reading.numbers.scene import Scene, lay_out

ARTICLES = GOLD.parent

_MEASURES = {
    "close_level": "price_level",
    "intraday_level": "price_level",
    "pct_change": "price_change",
    "period_return": "price_change",
    "high_low_record": "record",
    "flow_net": "flow",
    "flow_average": "flow",
    "valuation_multiple": "valuation",
    "valuation_average": "valuation",
    "support_level": "level",
    "resistance_level": "level",
    "turnover": "turnover",
    "target_price": "target_price",
    "implied_move": "implied_move",
    "count": "streak",
    "growth_rate": "fundamental_growth",
}
_WHY = (("ticker", "ticker"), ("date", "date"), ("period", "date"), ("id", "id"))


@cache
def older() -> tuple[Post, ...]:
    """Read the five articles; none where the folder is missing."""
    folder = ARTICLES / "gold"
    names = sorted(path.stem for path in folder.glob("*.json") if "." not in path.stem)
    return tuple(_post(name) for name in names)


def _post(name: str) -> Post:
    path = ARTICLES / "annotated" / f"{name}.md"
    text = load_text(path)
    scene = lay_out(read_document(text))
    entries = json.loads((ARTICLES / "gold" / f"{name}.json").read_text("utf8"))
    gold = [one for entry in entries for one in _claims(scene, entry)]
    negatives = json.loads((ARTICLES / "gold" / f"{name}.negatives.json").read_text("utf8"))
    for entry in negatives:
        at = text.find(entry["quote"])
        why = next((why for word, why in _WHY if word in entry["why"]), "name")
        if at >= 0:
            span = {"start": at, "end": at + len(entry["quote"])}
            gold.append({**span, "kind": "none", "why": why})
    return Post(name, "annotated", path, scene, gold, labelled(scene, gold))


def _claims(scene: Scene, entry: dict[str, Any]) -> list[dict[str, Any]]:
    """Annotate the numbers of a quote that state its value."""
    if entry.get("implicit") or entry["value"] is None:
        return []
    alternatives = [_MEASURES[one] for one in entry.get("metric_alt", ()) if one in _MEASURES]
    measure = _MEASURES.get(entry["metric"]) or (alternatives or ["other"])[0]
    start, end = entry["offset"], entry["offset"] + len(entry["quote"])
    made = []
    for block in scene.blocks:
        for number in block.numbers:
            first, last = block.block.span(number.start, number.end)
            if start <= first and last <= end and _states(number.quantity, entry):
                made.append(
                    {
                        "start": first,
                        "end": last,
                        "kind": "claim",
                        "measure": measure,
                        "subject": entry["subject"],
                        "id": None,
                        "value": entry["value"],
                        "unit": entry["unit"],
                        "scaled": entry["scale_expanded_value"],
                        "comparator": entry["comparator"],
                        "modality": "stated",
                    }
                )
    return made


def _states(quantity: Any, entry: dict[str, Any]) -> bool:
    if quantity is None:
        return False
    stated = quantity.value if isinstance(quantity.value, tuple) else (quantity.value,)
    for key in ("value", "scale_expanded_value"):
        value = entry[key]
        values = value if isinstance(value, list) else [] if value is None else [value]
        if values and [abs(x) for x in stated] == [abs(float(x)) for x in values]:
            return True
    return False
