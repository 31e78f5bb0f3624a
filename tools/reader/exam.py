"""Examine the reader on annotated posts, by folds of sources that the weights have not seen.

    python -m tools.reader.exam [--out FOLDER] [--rules] [--errors FILE]
    python -m tools.reader.exam --posts FOLDER

Writes NAME/check.json for every post, read with weights fitted on the other folds (or with the
votes of rules alone), and prints the scores of the measure in ../shared/articles/score_numbers.py.
With ``--posts`` the posts are those of a folder of one's own (NAME.md with NAME.json, annotated as
../shared/articles/README.md says), which no weights were fitted on: they are read as shipped.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
from tools.reader import train
from tools.reader.gold import FOLDS, GOLD, fold_of, posts

from springtide.reading.numbers.frame import MARKET
from springtide.reading.numbers.read import Models, read_numbers


def main() -> int:
    """Run the exam."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--posts", type=Path, help="a folder of other posts, annotated alike")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--shipped", action="store_true", help="the weights in the package")
    parser.add_argument("--rules", action="store_true", help="the votes of rules, nothing learned")
    parser.add_argument("--errors", type=Path)
    args = parser.parse_args()
    if args.posts:
        args.gold, args.shipped = args.posts, True
    if not args.gold.is_dir():
        print(f"{args.gold} is missing: there is nothing to examine on", file=sys.stderr)
        return 1
    out = args.out or Path(tempfile.mkdtemp(prefix="exam"))
    fold = fold_of(args.gold)
    for k in range(FOLDS):
        models = _models(args, k)
        for post in posts(args.gold):
            if fold[post.source] == k:
                numbers = read_numbers(post.scene.article, models=models)
                folder = out / post.name
                folder.mkdir(parents=True, exist_ok=True)
                written = {"numbers": [number.to_dict() for number in numbers]}
                (folder / "check.json").write_text(json.dumps(written, ensure_ascii=False), "utf8")
    errors = args.errors or out / "errors.jsonl"
    command = [sys.executable, str(GOLD.parent / "score_numbers.py"), str(args.gold), str(out)]
    code = subprocess.call([*command, "--errors", str(errors)])
    if code == 0:
        low, high = interval(counts(args.gold, out, errors))
        print(f"F1 of market claims, 95% of draws of as many posts: {low:.3f} to {high:.3f}")
    return code


Counts = tuple[int, int, int, int]
"""Of a post: annotated market claims, those missed, claims made, those that are false."""


def counts(gold: Path, out: Path, errors: Path) -> list[Counts]:
    """Return the counts of every post that was examined."""
    wrong = Counter(
        (one["article"], one["kind"]) for one in map(json.loads, errors.open(encoding="utf8"))
    )
    made = []
    for file in sorted(gold.glob("*.json")):
        numbers = json.loads((out / file.stem / "check.json").read_text("utf8"))["numbers"]
        wanted = json.loads(file.read_text("utf8"))
        made.append(
            (
                sum(one.get("measure") in MARKET for one in wanted),
                wrong[file.stem, "missed"],
                sum(one.get("measure") in MARKET for one in numbers),
                wrong[file.stem, "false"],
            )
        )
    return made


def interval(posts_: list[Counts], draws: int = 2000, seed: int = 1) -> tuple[float, float]:
    """Return between what F1 lies in 95% of draws of as many posts, with repetition.

    Examples
    --------
    >>> interval([(10, 0, 10, 0)] * 5), interval([(10, 5, 10, 5)] * 5)
    ((1.0, 1.0), (0.5, 0.5))
    """
    each = np.array(posts_, float)
    rng = np.random.default_rng(seed)
    drawn = each[rng.integers(0, len(each), (draws, len(each)))].sum(axis=1)
    recall = 1 - drawn[:, 1] / np.maximum(drawn[:, 0], 1)
    precision = 1 - drawn[:, 3] / np.maximum(drawn[:, 2], 1)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    low, high = np.quantile(f1, (0.025, 0.975)).round(6).tolist()
    return low, high


def _models(args: argparse.Namespace, fold: int) -> Models:
    if args.shipped:
        return Models()
    return train.rules() if args.rules else train.fit(_but(args.gold, fold))


def _but(gold: Path, k: int) -> list:
    """Return the posts of all folds but one."""
    fold = fold_of(gold)
    return [post for post in posts(gold) if fold[post.source] != k]


if __name__ == "__main__":
    sys.exit(main())
