"""When a number is of, and how it is said: period, day, basis, modality, speaker."""

from __future__ import annotations

from springtide.reading.numbers.frame import Kind, Subject, When
from springtide.reading.numbers.scene import Scene

SLOT = "times"


def assign(
    scene: Scene, kinds: list[list[Kind]], subjects: list[list[tuple[Subject, ...]]]
) -> list[list[When]]:
    """Return the time of every number of every block."""
    return [[When(as_of=scene.clock.day) for _ in block.numbers] for block in scene.blocks]
