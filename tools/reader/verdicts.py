"""What checking makes of real posts: verdicts to be read by hand, and errors planted on purpose.

    python -m tools.reader.verdicts LAKE refuted  --posts 500 --seed 20250213 [--out FILE]
    python -m tools.reader.verdicts LAKE supported --posts 1960 --sample 100
    python -m tools.reader.verdicts LAKE planted  --claims 300 [--way digit] [--each 3] [--seed 1 2]

``refuted`` and ``supported`` print each verdict with its sentence, for a reader; ``--out`` writes
post, offsets and verdict without any words. ``planted`` changes one printed number of a supported
claim beyond its tolerance in one of several ways (:mod:`tools.reader.planting`), checks the post
again, and counts what becomes of it and of the others.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polars as pl
from tools.reader.planting import WAYS, changed, is_at, way_of

from springtide.checking.check import check_article
from springtide.checking.views import Views
from springtide.claims.model import Claim, Verdict
from springtide.errors import SpringtideError
from springtide.market.lake import Lake
from springtide.reading.document import read_document

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "articles" / "corpus.parquet"
AROUND = 60
DRAWN = (991001, 991002, 991003, 991004, 991005, 991006, 991007, 991008, 991009, 991010)
"""Seeds of the posts that are examined: nothing is fitted on them."""


def corpus() -> pl.DataFrame:
    """Return the posts of the corpus, in the order that draws count on."""
    return pl.read_parquet(CORPUS).sort("path")


def posts(count: int, seed: int, folder: Path | None = None) -> Iterator[tuple[str, str]]:
    """Draw posts at random, or take those of a folder, as path and text."""
    if folder is not None:
        for path in sorted(folder.rglob("*.md"))[:count]:
            yield path.name, path.read_text("utf8")
        return
    rows = corpus()
    chosen = random.Random(seed).sample(range(len(rows)), min(count, len(rows)))
    for i in chosen:
        yield rows["path"][i], rows["text"][i]


def checked(text: str, lake: Lake, views: Views | None = None) -> tuple[Verdict, ...]:
    """Check a post; one that states no date has no verdicts."""
    try:
        return check_article(read_document(text), lake, views=views)
    except SpringtideError:
        return ()


def show(label: str, args: argparse.Namespace, lake: Lake) -> None:
    """Print the verdicts of one label with the words around them."""
    tally: Counter[str] = Counter()
    views = Views(lake)
    rows = []
    for seed in args.seed:
        for name, text in posts(args.posts, seed, args.folder):
            for verdict in checked(text, lake, views):
                tally[verdict.label] += 1
                if verdict.label == label:
                    rows.append((seed, name, text, verdict))
    if args.sample and len(rows) > args.sample:
        rows = random.Random(args.seed[0]).sample(rows, args.sample)
    for _, name, text, verdict in rows:
        claim = verdict.claim
        words = text[max(0, claim.start - AROUND) : claim.end + AROUND // 2].replace("\n", " ")
        print(f"- {name} [{claim.start}:{claim.end}] {words}")
        as_read = (claim.metric, claim.subject, claim.params, claim.as_of, claim.value, claim.unit)
        print("   ", *as_read, f"p={claim.confidence:.2f} |", verdict.reason)
        if verdict.read_as is not None:
            print("    read as", *verdict.read_as.changes)
    print(dict(tally))
    if args.out:
        with args.out.open("w", encoding="utf8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(
                ["seed", "post", "start", "end", "metric", "subject", "as_of", "verdict"]
            )
            for seed, name, _, verdict in rows:
                one = verdict.claim
                place = (seed, name, one.start, one.end)
                writer.writerow([*place, one.metric, one.subject, one.as_of, label])


def plant(args: argparse.Namespace, lake: Lake) -> None:
    """Change one number of supported claims and count what the check says of them then."""
    views = Views(lake)
    rows: list[tuple[object, ...]] = []
    for seed in args.seed:
        draw = random.Random(seed)
        for name, text in posts(args.posts, seed, args.folder):
            room = args.claims - len(rows)
            rows += [(seed, name, *row) for row in planted_in(text, draw, args, lake, views)][:room]
    for way in (*sorted(WAYS), None):
        mine = [row for row in rows if way in (None, row[6])]
        counted = Counter(row[7] for row in mine)
        others = sum(int(str(row[8])) for row in mine)
        share = counted["refuted"] / max(1, len(mine))
        print(f"{way or 'all'}: {len(mine)}, refuted {share:.3f}, others changed {others}", counted)
    if args.out:
        with args.out.open("w", encoding="utf8", newline="") as file:
            writer = csv.writer(file)
            names = "seed post start end metric subject way verdict others_changed"
            writer.writerow(names.split())
            writer.writerows(rows)


def planted_in(
    text: str, draw: random.Random, args: argparse.Namespace, lake: Lake, views: Views
) -> Iterator[tuple[object, ...]]:
    """Plant errors in a post, one at a time: where, in what way, and what becomes of all claims."""
    before = [v for v in checked(text, lake, views) if v.label == "supported"]
    mine = [v for v in before if v.claim.value is not None]
    for verdict in draw.sample(mine, min(args.each, len(mine))):
        way = args.way or way_of(draw)
        planted = changed(text, verdict, draw, way)
        if planted is None:
            continue
        after = checked(planted, lake, views)
        shift = len(planted) - len(text)
        there = [v for v in after if is_at(v.claim, verdict.claim, shift)]
        same = [v for v in there if v.claim.subject == verdict.claim.subject]
        one = next(iter(same + there), None)  # several names may share one number
        label = one.label if one is not None else "no claim"
        claim, others = verdict.claim, _others_changed(verdict, before, after, shift)
        if args.verbose and label != "refuted":
            now = f"{one.claim.quote} p={one.claim.confidence:.2f} {one.reason}" if one else ""
            print(claim.quote, way, label, now)
        for other in others if args.verbose else ():
            print("    changed as well:", claim.quote, way, "|", other.claim.quote, other.reason)
        yield claim.start, claim.end, claim.metric, claim.subject, way, label, len(others)


def _others_changed(
    verdict: Verdict, before: list[Verdict], after: tuple[Verdict, ...], shift: int
) -> list[Verdict]:
    """Return the other supported claims that are no longer: none is to be."""
    labels = {(one.claim.end, one.claim.metric, one.claim.subject): one.label for one in after}
    at = verdict.claim.end

    def now(claim: Claim) -> str | None:
        end = claim.end + (shift if claim.end >= at else 0)
        return labels.get((end, claim.metric, claim.subject))

    return [
        one
        for one in before
        if one is not verdict
        and not one.claim.start < at <= one.claim.end
        and now(one.claim) != "supported"
    ]


def main() -> int:
    """Run one of the three."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("lake", type=Path)
    parser.add_argument("what", choices=("refuted", "supported", "planted"))
    parser.add_argument("--posts", type=int, default=500)
    parser.add_argument("--seed", type=int, nargs="+", default=[20250213])
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--sample", type=int)
    parser.add_argument("--claims", type=int, default=300)
    parser.add_argument("--each", type=int, default=1, help="planted errors a post, one at a time")
    parser.add_argument("--way", choices=sorted(WAYS), help="one way of planting alone")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    lake = Lake.open(args.lake)
    if args.what == "planted":
        plant(args, lake)
    else:
        show(args.what, args, lake)
    return 0


if __name__ == "__main__":
    sys.exit(main())
