"""Examine the kinds of numbers out of fold: ``python -m tools.reader.kinds_exam [--errors FILE]``.

Printed: numbers seen; claims told from other numbers; for market claims, how often the measure is
right, and measure, signed value and scale together; precision and recall by measure; reliability of
the confidence.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from tools.reader import kinds as learning
from tools.reader.gold import FOLDS, GOLD, Post, fold_of, posts

from springtide.reading.numbers.frame import MARKET, Kind, When
from springtide.reading.numbers.kinds import KindModels, classify
from springtide.reading.numbers.read import _reading


@cache
def scorer(gold: Path) -> ModuleType:
    """Return the module that scores a reader, which lies beside the annotated posts."""
    spec = importlib.util.spec_from_file_location("score", gold.parent / "score_numbers.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


Row = dict[str, Any]


def examine(post: Post, models: KindModels, score: ModuleType) -> list[Row]:
    """Return a row for every annotated number of a post."""
    made = []
    for block, kinds in zip(post.scene.blocks, classify(post.scene, models), strict=True):
        for i, kind in enumerate(kinds):
            reading = _reading(post.scene, block, i, kind, (), When())
            made.append((reading, kind, block))
    rows = []
    for gold in post.gold:
        near = [one for one in made if one[0].start < gold["end"] and gold["start"] < one[0].end]
        right = [k for _, k, _ in near if k.is_claim == (gold["kind"] == "claim")]
        rows.append({"post": post.name, "gold": gold, "near": near, "told": bool(right)})
        if gold["kind"] == "claim":
            rows[-1] |= _against(gold, near, score)
    return rows


def _against(gold: Row, near: list[Any], score: ModuleType) -> Row:
    claims = [(r.to_dict(), k) for r, k, _ in near if k.is_claim]
    measured = [r for r, k in claims if score.same_measure(gold["measure"], k.measure)]
    valued = [r for r, _ in claims if score.same_value(gold, r)]
    both = [r for r in measured if score.same_value(gold, r)]
    return {"measure": bool(measured), "value": bool(valued), "both": bool(both)}


def main() -> int:
    """Run the exam."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--errors", type=Path)
    args = parser.parse_args()
    fold, score = fold_of(args.gold), scorer(args.gold)
    rows: list[Row] = []
    for k in range(FOLDS):
        models = learning.fit([post for post in posts(args.gold) if fold[post.source] != k])
        part = [
            row
            for post in posts(args.gold)
            if fold[post.source] == k
            for row in examine(post, models, score)
        ]
        print(f"fold {k}: {summary(part)}")
        rows += part
    print(f"all:    {summary(rows)}")
    _by_measure(rows, score)
    _reliability(rows, score)
    if args.errors:
        lines = [_line(row) for row in rows if not row["told"] or row.get("both") is False]
        args.errors.write_text("\n".join(lines) + "\n", "utf8")
    return 0


def summary(rows: list[Row]) -> str:
    """Return the shares of a set of rows in one line."""
    claims = [row for row in rows if row["gold"].get("measure") in MARKET]
    every = [row for row in rows if row["gold"]["kind"] == "claim"]

    def share(some: list[Row], key: str) -> str:
        return f"{sum(bool(row[key]) for row in some) / max(1, len(some)):.3f}"

    return (
        f"{len(rows)} numbers, seen {share(rows, 'near')}, told apart {share(rows, 'told')}; "
        f"{len(claims)} market claims, measure {share(claims, 'measure')}, value "
        f"{share(claims, 'value')}, both {share(claims, 'both')}; of all claims measure "
        f"{share(every, 'measure')}, value {share(every, 'value')}"
    )


def _by_measure(rows: list[Row], score: ModuleType) -> None:
    """Print precision and recall by measure, and what is taken for what."""
    gold, hits, made, right = Counter(), Counter(), Counter(), Counter()
    wrong: dict[str, Counter[str]] = {}
    for row in rows:
        truth = row["gold"].get("measure") or "none:" + row["gold"].get("why", "")
        gold[truth] += 1
        kinds: list[Kind] = [kind for _, kind, _ in row["near"]]
        names = [kind.measure or "none:" + kind.why for kind in kinds]
        hit = any(score.same_measure(truth, name) for name in names)
        hits[truth] += hit
        for name in names[:1]:
            made[name] += 1
            right[name] += score.same_measure(truth, name)
        if not hit:
            wrong.setdefault(truth, Counter())[names[0] if names else "unseen"] += 1
    for name in sorted(gold):
        missed = ", ".join(f"{k} {n}" for k, n in wrong.get(name, Counter()).most_common(5))
        precision = right[name] / max(1, made[name])
        print(
            f"{name:22}{gold[name]:5}  P {precision:.2f}  R {hits[name] / gold[name]:.2f}  {missed}"
        )
    market = [name for name in made if name in MARKET]
    total = sum(made[name] for name in market)
    print(f"market precision {sum(right[name] for name in market) / max(1, total):.3f} of {total}")


def _reliability(rows: list[Row], score: ModuleType) -> None:
    """Print how often answers of some confidence are right."""
    bins: dict[int, list[bool]] = {}
    for row in rows:
        truth = row["gold"].get("measure") or "none:" + row["gold"].get("why", "")
        for _, kind, _ in row["near"][:1]:
            name = kind.measure or "none:" + kind.why
            bins.setdefault(min(int(kind.confidence * 10), 9), []).append(
                score.same_measure(truth, name)
            )
    parts = [f"{k / 10:.1f}: {sum(v) / len(v):.2f} ({len(v)})" for k, v in sorted(bins.items())]
    print("confidence " + "  ".join(parts))


def _line(row: Row) -> str:
    """Return an error with its sentence."""
    gold = row["gold"]
    near = row["near"]
    made = [
        (r.text, k.measure or k.why, r.value, r.scaled, round(k.confidence, 2)) for r, k, _ in near
    ]
    words = ""
    if near:
        reading, _, block = near[0]
        number = block.numbers[reading.at]
        words = (
            block.text[max(0, number.start - 60) : number.start]
            + f"[[{number.text}]]"
            + block.text[number.end : number.end + 30]
        ).replace("\n", " ")
    truth = [gold.get("measure") or "none:" + gold.get("why", ""), gold.get("value")]
    return json.dumps([row["post"][:16], gold["text"], truth, made, words], ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
