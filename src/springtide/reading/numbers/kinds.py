"""What a number is: a claim of some measure with a direction, or none and why."""

from __future__ import annotations

from springtide.reading.numbers.frame import Kind
from springtide.reading.numbers.model import Classifier
from springtide.reading.numbers.scene import BlockScene, Scene

SLOT = "kinds"


def classify(scene: Scene, model: Classifier | None = None) -> list[list[Kind]]:
    """Say of every number of every block what it is."""
    return [[_kind(block, i) for i in range(len(block.numbers))] for block in scene.blocks]


def _kind(block: BlockScene, i: int) -> Kind:
    number = block.numbers[i]
    if number.quantity is None:
        return Kind(False, why="date" if number.shape == "date" else "other")
    if number.quantity.unit == "%":
        return Kind(True, "price_change")
    if number.quantity.unit == "points":
        return Kind(True, "price_level")
    return Kind(True, "fundamental")
