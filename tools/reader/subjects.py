"""Examples and weights of whose numbers are: see ``springtide.reading.numbers.subjects``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from tools.reader.fit import fit_ranker
from tools.reader.gold import Post

from springtide.language.script import normalise
from springtide.reading.numbers import whose
from springtide.reading.numbers.candidates import Candidate, Cast, candidates
from springtide.reading.numbers.frame import Kind
from springtide.reading.numbers.model import Ranker

PENALTY = 1.5
LEAST = 2

PRIOR = {
    "paired": 4.0,  # "A and B rose 1% and 2% respectively" pairs by position
    "unpaired": -1.0,
    "adjacent": 2.0,  # "Acme 1.2%": nothing stands between
    "at:col": -2.0,  # the heading of a column says what, seldom whose
    "at:rowl": 4.0,
    "at:row0": 1.0,
    "r>n": -2.0,
    "away:1": -0.5,
    "away:2": -0.5,
    "speaks": -2.0,  # who says a number is not whose it is
    "k:word|price_change": -1.0,
}

Example = tuple[list[list[str]], list[int]]


def fit(posts: Sequence[Post]) -> Ranker:
    """Fit the ranker on the claims of some posts."""
    return fit_ranker([one for post in posts for one in examples(post)], PENALTY, LEAST, PRIOR)


def examples(post: Post) -> list[Example]:
    """Return the candidates of every annotated claim of a post, and which of them are right."""
    made: list[Example] = []
    cast = Cast(post.scene)
    for block in post.scene.blocks:
        last = ""
        for i, gold in enumerate(post.labels[block.index]):
            if gold is None or gold["kind"] != "claim":
                continue
            possible = candidates(cast, block, i)
            right = [n for n, one in enumerate(possible) if is_right(gold, one)]
            kind = Kind(True, gold["measure"])
            made.append((whose.rows(cast, block, i, kind, possible, last), right))
            last = possible[right[0]].key if right else ""
    return made


def is_right(gold: dict[str, Any], one: Candidate) -> bool:
    """Say whether a candidate is the annotated subject."""
    if gold.get("id"):
        return gold["id"] in one.ids
    wanted, words = plain(gold.get("subject") or ""), plain(one.text)
    return bool(wanted and words and (wanted in words or words in wanted) and
                len(words) <= 2 * len(wanted) + 4)  # fmt: skip


def plain(text: str) -> str:
    """Return the letters of a name that count, in one script."""
    text = normalise(text).lower()
    return re.sub(r"[\s\-·.,'’（）()]+|index|指数|集团|控股|股份|the", "", text)
