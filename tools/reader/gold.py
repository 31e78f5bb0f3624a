"""The annotated posts: laid out for reading, each number with what its annotator says of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from springtide.reading.document import load_text, read_document
from springtide.reading.numbers.scene import Scene, lay_out

GOLD = Path(__file__).resolve().parents[3] / "shared" / "articles" / "numbers"
FOLDS = 5


@dataclass(frozen=True)
class Post:
    """One annotated post.

    ``labels[b][i]`` is the annotation of number ``i`` of block ``b``, None where it has none.
    """

    name: str
    source: str
    path: Path
    scene: Scene
    gold: list[dict[str, Any]]
    labels: list[list[dict[str, Any] | None]]


@cache
def posts(folder: Path = GOLD) -> tuple[Post, ...]:
    """Read all annotated posts of a folder, in order of their names."""
    return tuple(_post(path) for path in sorted(folder.glob("*.json")))


def _post(path: Path) -> Post:
    text_path = path.with_suffix(".md")
    gold = json.loads(path.read_text("utf8"))
    scene = lay_out(read_document(load_text(text_path)))
    source = path.stem.split("-")[0]
    return Post(path.stem, source, text_path, scene, gold, labelled(scene, gold))


def labelled(scene: Scene, gold: list[dict[str, Any]]) -> list[list[dict[str, Any] | None]]:
    """Return for each number of each block the annotation that covers most of it."""
    return [
        [_label(gold, *block.block.span(n.start, n.end)) for n in block.numbers]
        for block in scene.blocks
    ]


def _label(gold: list[dict[str, Any]], start: int, end: int) -> dict[str, Any] | None:
    """Return the annotation that covers most of a number."""
    best, most = None, 0
    for one in gold:
        shared = min(end, one["end"]) - max(start, one["start"])
        if shared > most:
            best, most = one, shared
    return best


@cache
def fold_of(folder: Path = GOLD) -> dict[str, int]:
    """Return the fold of each source: whole sources, the largest first, into the smallest fold."""
    size: dict[str, int] = {}
    for post in posts(folder):
        size[post.source] = size.get(post.source, 0) + len(post.gold)
    load = [0] * FOLDS
    fold = {}
    for source in sorted(size, key=lambda one: (-size[one], one)):
        fold[source] = load.index(min(load))
        load[fold[source]] += size[source]
    return fold
