"""Examine the steps of time alone, on annotated kinds and subjects, by folds of sources.

python -m tools.reader.times_exam [--errors FILE]
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.reader import times as learning
from tools.reader.gold import FOLDS, GOLD, Post, fold_of, posts

from springtide.reading.numbers import times
from springtide.reading.numbers.frame import MARKET, When
from springtide.reading.numbers.scene import BlockScene

SLOTS = ("period", "day", "basis", "modality", "speaker", "comparator")


def main() -> int:
    """Run the exam."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", type=Path)
    parser.add_argument("--shipped", action="store_true", help="the weights in the package")
    args = parser.parse_args()
    fold = fold_of(GOLD)
    tally: dict[str, Counter[str]] = {}
    errors: list[str] = []
    for k in range(FOLDS):
        train = [post for post in posts(GOLD) if fold[post.source] != k]
        weights = None if args.shipped else learning.fit(train)
        for post in posts(GOLD):
            if fold[post.source] == k:
                for line, key, right in judged(post, weights):
                    for name in ("all", post.name.rsplit(".", 1)[-1], key):
                        count = tally.setdefault(name, Counter())
                        count["n"] += 1
                        count.update(slot for slot, good in right.items() if good)
                    if not all(right[slot] for slot in ("period", "day", "basis")):
                        errors.append(line)
    print(f"{'':18}{'n':>6}" + "".join(f"{slot:>11}" for slot in (*SLOTS, "full")))
    for name, count in sorted(tally.items(), key=lambda row: -row[1]["n"]):
        shares = "".join(f"{count[slot] / count['n']:11.3f}" for slot in (*SLOTS, "full"))
        print(f"{name:18}{count['n']:6}{shares}")
    if args.errors:
        args.errors.write_text("\n".join(errors) + "\n", "utf8")
    return 0


def judged(post: Post, weights: times.Weights | None) -> Iterator[tuple[str, str, dict[str, bool]]]:
    """Yield each market claim of a post with the slots that are right."""
    kinds, subjects = learning.kinds_of(post), learning.subjects_of(post)
    whens = times.assign(post.scene, kinds, subjects, weights)
    for block, row, labels in zip(post.scene.blocks, whens, post.labels, strict=True):
        for i, (when, label) in enumerate(zip(row, labels, strict=True)):
            if label is not None and label["kind"] == "claim" and label["measure"] in MARKET:
                right = _right(block, i, when, label, kinds[block.index][i].sign)
                yield _line(post, block, i, when, label, right), label["measure"], right


def _right(
    block: BlockScene, i: int, when: When, label: dict[str, Any], sign: int
) -> dict[str, bool]:
    quantity = block.numbers[i].quantity
    mine = quantity.comparator if quantity is not None else "="
    if sign < 0 and quantity is not None and quantity.implied_sign == 0:
        mine = {">": "<", "<": ">"}.get(mine, mine)
    right = {
        "period": learning.same_period(learning.period_of(label), when.period),
        "day": not label.get("as_of")
        or (when.as_of is not None and when.as_of.isoformat() == label["as_of"]),
        "basis": label.get("basis", "na") in ("na", when.basis),
        "modality": (label.get("modality") or "stated") == when.modality,
        "speaker": bool(label.get("speaker")) == bool(when.speaker),
        "comparator": label.get("comparator", "=") == mine,
    }
    right["full"] = all(right[slot] for slot in ("period", "day", "basis", "comparator"))
    return right


def _line(
    post: Post, block: BlockScene, i: int, when: When, label: dict[str, Any], right: dict[str, bool]
) -> str:
    number = block.numbers[i]
    before = block.text[max(0, number.start - 60) : number.start].replace("\n", " ")
    after = block.text[number.end : number.end + 40].replace("\n", " ")
    wrong = ",".join(slot for slot in ("period", "day", "basis") if not right[slot])
    gold = f"{learning.period_of(label)} {label.get('as_of')} {label.get('basis')}"
    mine = f"{when.period} {when.as_of} {when.basis}"
    stamp = post.scene.clock.published
    return (
        f"{wrong} | {post.name[:22]} {stamp} | {before}[[{number.text}]]{after} | "
        f"{label['measure']} {label.get('id')} | gold {gold} | mine {mine}"
    )


if __name__ == "__main__":
    sys.exit(main())
