"""What a change of the reader gains and loses over real posts: which numbers are read otherwise.

    python -m tools.reader.changes read before.parquet --posts 2000   # with the code as it was
    python -m tools.reader.changes read after.parquet  --posts 2000   # with the change
    python -m tools.reader.changes compare before.parquet after.parquet [--examples 5]

``read`` writes a row a number, without any words around it. ``compare`` counts the numbers that are
read otherwise, by what differs and from what to what, and prints examples with the words around
them, for a developer's terminal alone.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from time import process_time

import polars as pl
from tools.reader.verdicts import CORPUS, posts

from springtide.checking.report.rows import COLUMNS, Row, number_rows, table_of
from springtide.claims.model import Claim
from springtide.errors import SpringtideError
from springtide.reading.document import read_document
from springtide.reading.read import read_article

AROUND = 40
SLIGHT = 0.05
"""Confidence that moves by no more than this is not told."""

KEY = ("article", "start", "end", "words")
FIELDS = (
    "kind", "why", "measure", "subject", "value", "unit", "comparator", "period_kind",
    "period_from", "as_of", "basis", "modality", "metric",
)  # fmt: skip


def read(count: int, seed: int) -> pl.DataFrame:
    """Read posts of the corpus, drawn at random: a row a number, and a claim without one."""
    rows: list[Row] = []
    for name, text in posts(count, seed):
        try:
            reading = read_article(read_document(text))
        except SpringtideError:  # it states no day
            continue
        numbers = [number.to_dict() for number in reading.numbers]
        made = number_rows({"claims": [], "numbers": numbers}, name, Path(name))
        for row, claim in zip(made, reading.claim_of, strict=True):
            if claim is not None:
                row["metric"] = reading.claims[claim].metric
                row["confidence"] = round(reading.claims[claim].confidence, 3)
        rows += made
        numbered = set(reading.claim_of)
        unnumbered = [one for i, one in enumerate(reading.claims) if i not in numbered]
        rows += [_of_claim(name, claim) for claim in unnumbered]
    return table_of(rows)


def _of_claim(name: str, claim: Claim) -> Row:
    """Return the row of a claim that prints no number of its own: "overbought"."""
    row: Row = dict.fromkeys(COLUMNS)
    return row | {
        "article": name,
        "file": name,
        "start": claim.start,
        "end": claim.end,
        "kind": "words",
        "measure": "words",
        "subject": claim.subject,
        "value": claim.value if isinstance(claim.value, float) else None,
        "unit": claim.unit,
        "comparator": claim.comparator,
        "period_kind": claim.period,
        "as_of": claim.as_of.isoformat(),
        "confidence": round(claim.confidence, 3),
        "metric": claim.metric,
    }


def compare(before: pl.DataFrame, after: pl.DataFrame) -> dict[str, list[dict[str, object]]]:
    """Return the numbers that are read otherwise, by the field that differs, each with both rows.

    ``lost`` and ``new`` are those that one side alone has; ``confidence`` those of which nothing
    else differs.
    """
    before, after = _keyed(before), _keyed(after)
    both = before.join(after, on=KEY, how="full", suffix="_after", coalesce=True).sort(KEY)
    told: dict[str, list[dict[str, object]]] = {}
    for row in both.iter_rows(named=True):
        if row["kind"] is None or row["kind_after"] is None:
            told.setdefault("new" if row["kind"] is None else "lost", []).append(row)
            continue
        fields = [name for name in FIELDS if row[name] != row[f"{name}_after"]]
        if row["kind"] != row["kind_after"]:
            fields = ["kind"]  # all else differs with it
        for name in fields:
            told.setdefault(name, []).append(row)
        moved = abs((row["confidence"] or 0.0) - (row["confidence_after"] or 0.0))
        if not fields and moved > SLIGHT:
            told.setdefault("confidence", []).append(row)
    return told


def _keyed(table: pl.DataFrame) -> pl.DataFrame:
    """Return a table with a row a number, and one a metric that is stated in words alone."""
    words = pl.when(pl.col("kind") == "words").then(pl.col("metric")).otherwise(pl.lit(""))
    return table.with_columns(words=words).unique(KEY, keep="first", maintain_order=True)


def show(told: dict[str, list[dict[str, object]]], examples: int) -> None:
    """Print how many numbers differ in each field, from what to what, and examples."""
    if not told:
        print("nothing is read otherwise")
        return
    texts = _texts({str(row["article"]) for rows in told.values() for row in rows[:examples]})
    for name, rows in told.items():
        print(f"\n{name}: {len(rows)}")
        field = "measure" if name in ("lost", "new") else name
        for (old, new), count in Counter(_pair(row, field) for row in rows).most_common(8):
            print(f"  {count:6} {old} -> {new}")
        for row in rows[:examples]:
            old, new = _pair(row, field)
            start, end = int(str(row["start"])), int(str(row["end"]))
            words = texts[str(row["article"])][max(0, start - AROUND) : end + AROUND // 2]
            print(f"    {row['article']} {start}:{end} {old} -> {new}")
            print(f"      {' '.join(words.split())}")


def _pair(row: dict[str, object], field: str) -> tuple[str, str]:
    """Return what a field was and is; a confidence by tenths, a kind with its measure or reason."""
    made = []
    for suffix in ("", "_after"):
        value = row[field + suffix]
        if field == "kind":
            value = f"{row['measure' + suffix] or row['why' + suffix]}"
        elif field == "confidence" and isinstance(value, float):
            value = f"{int(value * 10) / 10}"
        made.append(str(value))
    return made[0], made[1]


def _texts(names: set[str]) -> dict[str, str]:
    rows = pl.read_parquet(CORPUS).filter(pl.col("path").is_in(list(names)))
    return dict(zip(rows["path"], rows["text"], strict=True))


def main() -> int:
    """Read posts, or compare what was read of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    reading = commands.add_parser("read", help="read posts and write a row a number")
    reading.add_argument("out", type=Path)
    reading.add_argument("--posts", type=int, default=2000)
    reading.add_argument("--seed", type=int, default=1)
    comparing = commands.add_parser("compare", help="print what is read otherwise")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    comparing.add_argument("--examples", type=int, default=5, help="of each field")
    args = parser.parse_args()
    if not CORPUS.is_file():
        print(f"{CORPUS} is missing: there is nothing to read", file=sys.stderr)
        return 1
    if args.command == "compare":
        show(compare(pl.read_parquet(args.before), pl.read_parquet(args.after)), args.examples)
        return 0
    begun = process_time()
    table = read(args.posts, args.seed)
    table.write_parquet(args.out)
    spent = 1000 * (process_time() - begun) / max(args.posts, 1)
    print(f"{len(table)} numbers of {args.posts} posts, {spent:.1f} ms a post")
    return 0


if __name__ == "__main__":
    sys.exit(main())
