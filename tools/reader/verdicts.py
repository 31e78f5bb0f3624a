"""What checking makes of real posts: verdicts to be read by hand, and errors planted on purpose.

    python -m tools.reader.verdicts LAKE refuted  --posts 500 --seed 20250213 [--out FILE]
    python -m tools.reader.verdicts LAKE supported --posts 1960 --sample 100
    python -m tools.reader.verdicts LAKE planted  --claims 300

``refuted`` and ``supported`` print each verdict with its sentence, for a reader; ``--out`` writes
post, offsets and verdict without any words. ``planted`` changes one printed number of a supported
claim beyond its tolerance, checks the post again, and counts what becomes of it and of the others.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from springtide.checking.check import check_article
from springtide.claims.model import Claim, Verdict
from springtide.errors import SpringtideError
from springtide.market.lake import Lake
from springtide.reading.document import read_document

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "articles" / "corpus.parquet"
AROUND = 60
DRAWN = (20250213, 20250214, 20250301, 20250302, 20250303)
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


def checked(text: str, lake: Lake) -> tuple[Verdict, ...]:
    """Check a post; one that states no date has no verdicts."""
    try:
        return check_article(read_document(text), lake)
    except SpringtideError:
        return ()


def show(label: str, args: argparse.Namespace, lake: Lake) -> None:
    """Print the verdicts of one label with the words around them."""
    tally: Counter[str] = Counter()
    rows = []
    for name, text in posts(args.posts, args.seed, args.folder):
        for verdict in checked(text, lake):
            tally[verdict.label] += 1
            if verdict.label == label:
                rows.append((name, text, verdict))
    if args.sample and len(rows) > args.sample:
        rows = random.Random(args.seed).sample(rows, args.sample)
    for name, text, verdict in rows:
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
            writer.writerow(["post", "start", "end", "metric", "subject", "as_of", "verdict"])
            for name, _, verdict in rows:
                one = verdict.claim
                place = (name, one.start, one.end)
                writer.writerow([*place, one.metric, one.subject, one.as_of, label])


_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def plant(args: argparse.Namespace, lake: Lake) -> None:
    """Change one number of supported claims and count what the check says of them then."""
    draw = random.Random(args.seed)
    outcome: Counter[str] = Counter()
    for name, text in posts(args.posts, args.seed, args.folder):
        before = [v for v in checked(text, lake) if v.label == "supported" and v.claim.value]
        if not before or sum(outcome.values()) >= args.claims:
            continue
        verdict = draw.choice(before)
        planted = changed(text, verdict, draw)
        if planted is None:
            continue
        after = checked(planted, lake)
        outcome[_what_came(verdict, after)] += 1
        outcome["others changed"] += _others_changed(verdict, before, after)
        if args.verbose:
            print(name, verdict.claim.quote, _what_came(verdict, after))
    planted = sum(n for key, n in outcome.items() if key != "others changed")
    print(f"{planted} planted: {dict(outcome)}")


def changed(text: str, verdict: Verdict, draw: random.Random) -> str | None:
    """Return the text with the claim's number changed to one well outside of its tolerance."""
    claim = verdict.claim
    numbers = list(_NUMBER.finditer(text, claim.start, claim.end))
    if not numbers or verdict.read_as is not None:
        return None
    match = numbers[-1]
    digits = match.group()
    places = [i for i, char in enumerate(digits) if char.isdigit()]
    at = draw.choice(places[: max(1, len(places) - 1)])
    other = str((int(digits[at]) + draw.choice((2, 3, 4, 5, 6, 7, 8))) % 10)
    if at == places[0] and other == "0":
        other = "9" if digits[at] != "9" else "5"
    value = float((digits[:at] + other + digits[at + 1 :]).replace(",", ""))
    measured = verdict.measurement.value if verdict.measurement is not None else None
    if claim.comparator in (">", "<") and _still_holds(claim, value, measured):
        return None
    return text[: match.start() + at] + other + text[match.start() + at + 1 :]


def _still_holds(claim: Claim, value: float, measured: object) -> bool:
    """Say whether a bound with another number holds still: a rise of 6% is one of more than 3%."""
    if not isinstance(measured, int | float):
        return False
    return (
        abs(measured) > value
        if (claim.comparator == ">") == (measured > 0)
        else abs(measured) < value
    )


def _what_came(verdict: Verdict, after: tuple[Verdict, ...]) -> str:
    claim = verdict.claim
    return next((one.label for one in after if is_same(one.claim, claim)), "no claim")


def is_same(one: Claim, other: Claim) -> bool:
    """Say whether two claims are of the same number, whatever it says."""
    return (one.end, one.metric) == (other.end, other.metric)


def _others_changed(verdict: Verdict, before: list[Verdict], after: tuple[Verdict, ...]) -> int:
    labels = {(one.claim.start, one.claim.metric): one.label for one in after}
    return sum(
        labels.get((one.claim.start, one.claim.metric)) != "supported"
        for one in before
        if one is not verdict and not one.claim.start < verdict.claim.end <= one.claim.end
    )


def main() -> int:
    """Run one of the three."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("lake", type=Path)
    parser.add_argument("what", choices=("refuted", "supported", "planted"))
    parser.add_argument("--posts", type=int, default=500)
    parser.add_argument("--seed", type=int, default=20250213)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--sample", type=int)
    parser.add_argument("--claims", type=int, default=300)
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
