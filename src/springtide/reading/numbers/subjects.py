"""Whose a number is: candidates from explicit generators, ranked."""

from __future__ import annotations

from springtide.reading.numbers.frame import Kind, Subject
from springtide.reading.numbers.model import Ranker
from springtide.reading.numbers.scene import BlockScene, Scene

SLOT = "subjects"


def assign(
    scene: Scene, kinds: list[list[Kind]], model: Ranker | None = None
) -> list[list[tuple[Subject, ...]]]:
    """Return the ranked subjects of every number of every block (none for numbers that claim nothing)."""
    return [
        [_subjects(block, i) if kind.is_claim else () for i, kind in enumerate(kinds[block.index])]
        for block in scene.blocks
    ]


def _subjects(block: BlockScene, i: int) -> tuple[Subject, ...]:
    at = block.numbers[i].start
    before = [name for name in block.names if name.end <= at]
    if not before:
        return ()
    name = before[-1]
    return (Subject(name.text, name.ids[0] if name.ids else "", block.index, name.start, name.end),)
