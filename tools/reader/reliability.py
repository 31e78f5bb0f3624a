"""How often a reading is right where its confidence says so, from what the exam has written.

    python -m tools.reader.reliability FOLDER [--gold GOLD]

FOLDER is the ``--out`` of ``tools.reader.exam``. Counted are market claims; right is what the
measure in ../shared/articles/score_numbers.py takes for right (span, measure, signed value,
subject). Printed too: F1 with a 95% interval from resampling posts.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import sys
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

from tools.reader.gold import GOLD

BINS = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 1.0)
DRAWS = 2000


def main() -> int:
    """Print the table and the interval."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--gold", type=Path, default=GOLD)
    args = parser.parse_args()
    measure = measure_of(args.gold)
    posts = [counted(measure, args.folder, path) for path in sorted(args.gold.glob("*.json"))]
    every = [pair for made, _, _ in posts for pair in made]
    for low, high in pairwise(BINS):
        inside = [right for sure, right in every if low <= sure < high or sure == high == 1.0]
        if inside:
            share = sum(inside) / len(inside)
            print(f"{low:.1f} to {high:.1f}: {len(inside):5} claims, {share:.2f} right")
    draw = random.Random(7)
    scores = sorted(_f1([draw.choice(posts) for _ in posts]) for _ in range(DRAWS))
    low, high = scores[int(0.025 * DRAWS)], scores[int(0.975 * DRAWS)]
    print(f"F1 {_f1(posts):.3f} ({low:.3f} to {high:.3f} over posts)")
    return 0


Counted = tuple[list[tuple[float, bool]], int, int]


def counted(measure: ModuleType, folder: Path, path: Path) -> Counted:
    """Return each claim made with whether it is right, how many are hit, and how many there are."""
    gold = [one for one in json.loads(path.read_text("utf8")) if is_market(measure, one)]
    check = json.loads((folder / path.stem / "check.json").read_text("utf8"))
    mine = [one for one in check["numbers"] if is_market(measure, one)]
    made = [(one["confidence"], any(same(measure, g, one) for g in gold)) for one in mine]
    hits = sum(any(same(measure, g, one) for one in mine) for g in gold)
    return made, hits, len(gold)


def is_market(measure: ModuleType, one: dict[str, Any]) -> bool:
    """Say whether a number is a claim on a market."""
    return one["kind"] == "claim" and one["measure"] in measure.MARKET


def same(measure: ModuleType, gold: dict[str, Any], mine: dict[str, Any]) -> bool:
    """Say whether a reading has the measure, value and subject of an annotation of its number."""
    return bool(
        measure.overlaps(gold, mine)
        and measure.same_measure(gold["measure"], mine["measure"])
        and measure.same_value(gold, mine)
        and measure.same_subject(gold, mine)
    )


def _f1(posts: list[Counted]) -> float:
    made = [right for one, _, _ in posts for _, right in one]
    precision = sum(made) / len(made)
    recall = sum(hits for _, hits, _ in posts) / sum(total for _, _, total in posts)
    return 2 * precision * recall / (precision + recall)


def measure_of(gold: Path) -> ModuleType:
    """Return the module of the measure that stands beside a folder of annotations."""
    spec = importlib.util.spec_from_file_location("score", gold.parent / "score_numbers.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    sys.exit(main())
