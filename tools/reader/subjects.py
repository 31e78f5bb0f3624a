"""Examples and weights of whose numbers are: see ``springtide.reading.numbers.subjects``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.optimize import minimize
from tools.reader.fit import fit_ranker
from tools.reader.gold import Post

from springtide.language.script import normalise
from springtide.reading.numbers import whose
from springtide.reading.numbers.candidates import Candidate, Cast, candidates
from springtide.reading.numbers.frame import Kind
from springtide.reading.numbers.model import Ranker

PENALTY = 1.5
LEAST = 2
_INNER = 4

PRIOR = {
    "paired": 6.0,  # "A and B rose 1% and 2% respectively" pairs by position
    "unpaired": -1.0,
    "adjacent": 2.0,  # "Acme 1.2%": nothing stands between
    "at:col": -2.0,  # the heading of a column says what, seldom whose
    "at:rowl": 6.0,  # the nearest cell with words on the left
    "at:row0": 1.0,
    "z:at:s>": -1.0,  # what a Chinese sentence names later has its own number
    "the-index:stock": -6.0,
    "next-phrase": 1.5,  # 教育板块涨3%、影视院线涨2%: each with its own
    "r>n": -4.0,  # what stands on the right in a row has its own number
    "away:1": -0.5,
    "away:2": -0.5,
    "next": -2.0,  # what a new statement behind the number begins with
    "against": -2.0,  # what a number is only set against
    "speaks": -2.0,  # who says a number is not whose it is
    "k:word|price_change": -1.0,
    "how:word": -1.0,  # an ordinary word that looks like a name
}

Example = tuple[list[list[str]], list[int]]


def fit(posts: Sequence[Post]) -> Ranker:
    """Fit the ranker on the claims of some posts.

    The order of the candidates is fitted first; how sure it is, and how likely that none of them is
    meant, then by what it does on sources that it has not seen.
    """
    made = {post.name: examples(post) for post in posts}
    sources = sorted({post.source for post in posts})
    inner = {source: n % _INNER for n, source in enumerate(sources)}
    unseen: list[tuple[Ranker, Example]] = []
    for fold in range(_INNER):
        model = _order([one for p in posts if inner[p.source] != fold for one in made[p.name]])
        unseen += [(model, one) for p in posts if inner[p.source] == fold for one in made[p.name]]
    sharpness, none = _sureness(unseen)
    order = _order([one for post in posts for one in made[post.name]])
    return Ranker({name: sharpness * weight for name, weight in order.weights.items()} | none)


def _order(examples: Sequence[Example]) -> Ranker:
    """Fit the order of the candidates, where one of them is right."""
    decided = [(rows[:-1], right) for rows, right in examples if right and right[0] < len(rows) - 1]
    return fit_ranker(decided, PENALTY, LEAST, PRIOR)


def _sureness(unseen: Sequence[tuple[Ranker, Example]]) -> tuple[float, dict[str, float]]:
    """Fit a factor on all scores, and the weights of the features of "none of these"."""
    scores = [np.array([model.score(row) for row in rows[:-1]]) for model, (rows, _) in unseen]
    names = sorted({name for _, (rows, _) in unseen for name in rows[-1]})
    place = {name: n for n, name in enumerate(names)}
    marks = [[place[name] for name in rows[-1]] for _, (rows, _) in unseen]

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        total = 0.5 * float((w[1:] ** 2).sum()) + 0.5 * float((w[0] - 1.0) ** 2)
        slope = np.append(w[0] - 1.0, w[1:])
        for score, mark, (_, (_, right)) in zip(scores, marks, unseen, strict=True):
            every = np.append(w[0] * score, w[1:][mark].sum())
            powers = np.exp(every - every.max())
            share = powers / powers.sum()
            mass = share[right].sum() + 1e-12
            total -= float(np.log(mass))
            wrong = share.copy()
            wrong[right] -= share[right] / mass
            slope[0] += float((wrong[:-1] * score).sum())
            slope[1:][mark] += wrong[-1]
        return total, slope

    start = np.append(1.0, np.zeros(len(names)))
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 50})
    return float(best.x[0]), dict(zip(names, best.x[1:].tolist(), strict=True))


def examples(post: Post) -> list[Example]:
    """Return the candidates of every annotated claim of a post, and which of them are right."""
    made: list[Example] = []
    cast = Cast(post.scene)
    for block in post.scene.blocks:
        last = ""
        for i, gold in enumerate(post.labels[block.index]):
            if gold is None or gold["kind"] != "claim" or not _has_subject(gold):
                continue
            possible = candidates(cast, block, i)
            right = [n for n, one in enumerate(possible) if is_right(gold, one)]
            kind = Kind(True, gold["measure"])
            rows = whose.rows(cast, block, i, kind, possible, last)
            made.append((rows, right or [len(possible)]))  # the last row says: none of these
            last = possible[right[0]].key if right else ""
    return made


def _has_subject(gold: dict[str, Any]) -> bool:
    """Say whether an annotation says whose a number is; some posts leave it out of figures."""
    return bool(gold.get("subject") or gold.get("id"))


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
