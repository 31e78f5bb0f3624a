"""Write ``docs/evidence/calls.md``: the calls of a corpus of articles, settled, by kind and source.

    python tools/calls_evidence.py CORPUS.parquet LAKE --as-of 2026-08-21

The corpus has columns ``path``, ``lang``, ``published`` and ``text``. The lake is only read: calls
are filed into a ledger beside it. No sentence of an article is written.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from springtide.calls.base_rates import HISTORY
from springtide.calls.board import LEAST, LEAST_DAYS, MOSTLY, Board, board, needed
from springtide.calls.ledger import file, load
from springtide.calls.outcomes import settle
from springtide.calls.reading import relative, words
from springtide.calls.reading.model import Views
from springtide.calls.reading.read import Reader
from springtide.claims.model import Call, Outcome
from springtide.errors import SpringtideError
from springtide.language.script import normalise
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.metrics.registry import get
from springtide.reading.document import read_document

PAGE = Path(__file__).resolve().parents[1] / "docs" / "evidence" / "calls.md"
SHOWN = 25

BY_HAND = PAGE.with_name("calls-by-hand.csv")
"""Calls drawn at random and read against their posts: the post, the call, and the verdict."""


def by_hand() -> str:
    """Return what reading calls by hand gave; the file has a row a call and no words of posts."""
    rows = pl.read_csv(BY_HAND, infer_schema=False)
    right = rows.filter(pl.col("verdict") == "right")
    wrong = rows.filter(pl.col("verdict") != "right")
    told = "; ".join(wrong["remark"].to_list())
    return (
        f"Of {len(rows)} calls drawn at random from those above and read by hand against their "
        f"posts {len(right)} were filed rightly ({100 * len(right) / len(rows):.0f}%): whose, of "
        "what, how much and until when. "
        + (f"The other {'one' if len(wrong) == 1 else len(wrong)}: {told}. " if len(wrong) else "")
        + f"[{BY_HAND.name}]({BY_HAND.name}) lists them by post."
    )


def views_of(corpus: pl.DataFrame, lake: Lake) -> Iterator[Views]:
    """Yield the views of each post; one whose day nobody states is of the day it was published."""
    reader = Reader(lake)
    for row in corpus.iter_rows(named=True):
        text = normalise(row["text"])
        if not any(kind.search(text) for kind in _ANY):
            continue  # no word of a view stands in it
        try:
            article = read_document(row["text"])
            day = None
            if article.published is None:
                day = date.fromisoformat(str(row["published"])[:10])
            yield reader.read(article, row["path"], day)
        except (SpringtideError, ValueError) as error:
            print(f"{row['path']}: {error}")


def kind_of(call: Call) -> tuple[str, str]:
    """Return the metric's title and how long the horizon is."""
    days = ((call.due or call.made) - call.made).days
    if days <= 45:
        span = "to six weeks"
    elif days <= 200:
        span = "to half a year"
    elif days < 360:
        span = "to a year"
    else:
        span = "a year"
    return get(call.claim.metric).title["en"], span


def by_kind(outcomes: Sequence[Outcome]) -> list[str]:
    """Return the table by kind and horizon."""
    lines = [
        "| kind | horizon | filed | decided | with a base rate | true | expected |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    kinds = sorted({kind_of(one.call) for one in outcomes})
    for kind in [*kinds, ("all", "")]:
        these = [one for one in outcomes if kind[0] == "all" or kind_of(one.call) == kind]
        decided = [one for one in these if one.status == "decided"]
        rated = [one for one in decided if one.surprise is not None]
        true = share(sum(bool(one.happened) for one in rated), len(rated))
        likely = share(
            sum(float(bool(one.happened)) - (one.surprise or 0.0) for one in rated), len(rated)
        )
        lines.append(
            f"| {kind[0]} | {kind[1]} | {len(these)} | {len(decided)} | {len(rated)} "
            f"| {true} | {likely} |"
        )
    return lines


def share(part: float, whole: int) -> str:
    """Return a share in per cent, a dash where there is nothing to share."""
    return f"{100 * part / whole:.1f}%" if whole else "—"


def by_source(made: Board) -> list[str]:
    """Return the board: the sources with most decided calls, ranked or not."""
    lines = [
        "| rank | source | decided | events | dates | true | expected | surprise | 95% |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
    ]
    for one in [*made.standings[:SHOWN], made.together]:
        span = "—" if one.low is None or one.high is None else f"{one.low:+.2f} … {one.high:+.2f}"
        expected = "—" if one.expected is None else f"{one.expected:.2f}"
        surprise = "—" if one.surprise is None else f"{one.surprise:+.2f}"
        lines.append(
            f"| {one.rank or 'too few'} | {one.source or 'all together'} | {one.decided} "
            f"| {one.events} | {one.days} | {one.true} | {expected} | {surprise} | {span} |"
        )
    return lines


def page(
    outcomes: Sequence[Outcome], why: Counter[str], posts: int, repeated: int, day: date
) -> str:
    """Return the page."""
    made = board(outcomes)
    status = Counter(one.status for one in outcomes)
    both = made.together
    poor = share(both.poor, both.rated)
    days = sorted({one.call.made for one in outcomes})
    reasons = "\n".join(f"| {reason} | {count} |" for reason, count in why.most_common())
    parts = [
        "# Calls of named people: what came",
        f"Made by `tools/calls_evidence.py` from {posts:,} posts in three written languages, "
        f"settled with the data known on {day}. A corpus of one fortnight: what is here says how "
        "the ledger works and what the kinds are like, and next to nothing of anybody's skill.",
        f"{len(outcomes)} calls were filed, made from {days[0]} to {days[-1]} on "
        f"{len({one.call.claim.subject for one in outcomes})} instruments by "
        f"{len({one.call.source for one in outcomes})} sources: {status['decided']} are decided, "
        f"{status['open']} open, {status['lapsed']} lapsed, {status['mentioned']} only mentioned, "
        f"{status['unmeasurable']} no longer measurable. {repeated} further ones repeat a view of "
        "the same source within ten sessions and are the same call.",
        "## By kind and horizon",
        *["\n".join(by_kind(outcomes))],
        "True against expected are of the decided calls that have a base rate. Most are targets of "
        "shares, met where any close within twelve months is at or beyond them. "
        f"{poor} of the base rates rest on fewer than ten independent windows: a share's history "
        "holds few years, so that the sums are the whole market's rise as much as anybody's "
        "judgement. Closes of shares in these data are adjusted for dividends paid since, and lie "
        "a little under those that the targets were set beside.",
        f"Base rates use the last {HISTORY:,} sessions of history, the length by which the worked "
        "table of nine calls counts its starts ([more](../how-to/calls.md#what-was-likely)).",
        "## The board",
        "\n".join(by_source(made)),
        f"Ranked are sources with {LEAST} decided events on {LEAST_DAYS} dates at least, each with "
        "a base rate that rests on ten windows or more. At the base rates of these calls an edge "
        f"of ten points takes about {made.needed} independent calls to be seen in half of the "
        f"cases where it is there (two-sided 95%), {made.needed_mostly} in four of five; at a base "
        f"rate of one half {needed()} and {needed(power=MOSTLY)}.",
        "## What was not filed",
        "| why | how many |\n| --- | ---: |\n" + reasons,
        "## Read by hand",
        by_hand(),
    ]
    return "\n\n".join(parts) + "\n"


def main() -> None:
    """Read, file, settle, and write the page."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("corpus", type=Path)
    asked.add_argument("lake", type=Path)
    asked.add_argument("--as-of", type=date.fromisoformat, required=True)
    asked.add_argument("--out", type=Path, default=PAGE)
    given = asked.parse_args()
    lake = Lake.open(given.lake)
    corpus = pl.read_parquet(given.corpus)
    calls: list[Call] = []
    why: Counter[str] = Counter()
    for views in views_of(corpus, lake):
        calls += views.calls
        why.update(one.why.key.partition("-")[2] for one in views.left)
    with tempfile.TemporaryDirectory() as folder:
        beside = Path(folder) / "lake"
        beside.mkdir()
        for table in ("bars", "observations"):
            shutil.copytree(given.lake / table, beside / table, copy_function=_link)
        ledger = Lake.open(beside)
        filed = file(ledger, calls)
        view = View(ledger, given.as_of)
        outcomes = settle(view, load(view).calls)
        reasons = Counter({_REASONS.get(key, key): count for key, count in why.items()})
        text = page(outcomes, reasons, len(corpus), len(calls) - filed.new, given.as_of)
    given.out.write_text(text, encoding="utf-8")
    print(f"wrote {given.out}: {filed.new} calls of {len(corpus)} posts")


def _link(source: str, target: str) -> str:
    Path(target).symlink_to(Path(source).resolve())
    return target


_ANY = (
    words.TARGET, words.LEVELS, words.PROFITS, words.CENTRE, words.CEILING, words.WILL, words.KEEPS,
    relative.VERB,
)  # fmt: skip

_REASONS = {
    "nobody": "no person or house is named who says it",
    "no-horizon": "it does not say until when",
    "previous": "it is the target of before",
    "of-several": "it is of several houses together",
    "currency": "it is in another currency than the instrument",
    "far": "it is too far from the close to be of the instrument",
    "passed": "it lies on the wrong side of the close",
    "condition": "its condition is no level of an instrument",
}


if __name__ == "__main__":
    main()
