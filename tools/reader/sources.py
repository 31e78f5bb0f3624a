"""How well the posts of each source are read, from what the exam has written.

    python -m tools.reader.sources FOLDER [--gold GOLD]

FOLDER is the ``--out`` of ``tools.reader.exam``; in it every post was read with weights that had
not seen its source. Precision, recall and F1 are of market claims, as ``tools.reader.reliability``
counts them.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from pathlib import Path

from tools.reader.gold import GOLD
from tools.reader.reliability import Counted, counted, measure_of


def main() -> int:
    """Print a row a source, those with most claims first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--gold", type=Path, default=GOLD)
    args = parser.parse_args()
    judge = measure_of(args.gold)
    of_source: dict[str, list[Counted]] = defaultdict(list)
    for path in sorted(args.gold.glob("*.json")):
        of_source[path.stem.split("-")[0]].append(counted(judge, args.folder, path))
    print("| source | posts | claims | precision | recall | F1 |")
    print("| --- | --- | --- | --- | --- | --- |")
    for source, posts in sorted(of_source.items(), key=lambda one: -_claims(one[1])):
        made = [right for pairs, _, _ in posts for _, right in pairs]
        hits = sum(hits for _, hits, _ in posts)
        scores = _scores(sum(made), len(made), hits, _claims(posts))
        print(f"| {' | '.join([source, str(len(posts)), str(_claims(posts)), *scores])} |")
    return 0


def _scores(right: int, made: int, hits: int, claims: int) -> list[str]:
    """Return precision, recall and F1, dashes where there is nothing to find."""
    if not claims:
        return ["–"] * 3
    precision = right / made if made else 0.0
    recall = hits / claims
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return [f"{score:.2f}" for score in (precision, recall, f1)]


def _claims(posts: list[Counted]) -> int:
    return sum(total for _, _, total in posts)


if __name__ == "__main__":
    sys.exit(main())
