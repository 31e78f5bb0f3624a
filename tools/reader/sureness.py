"""Fit how sure readings are: ``python -m tools.reader.sureness [--lake LAKE] [--posts N]``.

Three sets of weights in one file of the package. ``numbers``: on the annotated posts, each read
with weights that had not seen its source; right is what the measure in
../shared/articles/score_numbers.py takes for right. ``claims``: on posts of the corpus that nobody
annotated and that no examination draws, right where the market bears out one of the readings to the
printed digit; without ``--lake`` those weights stay as they are. ``standing``: of what does not
hold there, errors that were planted against the rest, which is misread. Prints the reliability by
folds.
"""

from __future__ import annotations

import argparse
import csv
import math
import random
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar
from zlib import crc32

import numpy as np
from scipy.optimize import minimize
from tools.reader import train
from tools.reader.gold import FOLDS, GOLD, fold_of, posts
from tools.reader.planting import changed, is_at, way_of
from tools.reader.reliability import is_market, measure_of, same
from tools.reader.verdicts import CORPUS, DRAWN, corpus

from springtide.checking.standing import error_facts, is_surely_anothers, is_weighed
from springtide.checking.verify import SURE, Trial, tried
from springtide.checking.views import Views
from springtide.errors import SpringtideError
from springtide.market.lake import Lake
from springtide.reading.document import read_document
from springtide.reading.numbers import sureness
from springtide.reading.numbers.claims import claim_of, facts_of
from springtide.reading.numbers.model import Ranker, ranker, save_ranker
from springtide.reading.numbers.read import read_scene
from springtide.reading.numbers.scene import lay_out
from springtide.reading.numbers.sureness import SLOT, WEIGHED, Facts, facts
from springtide.reading.read import read_article

PENALTY = {"numbers": 4.0, "claims": 4.0, "standing": 4.0}
_RARE = 8

Example = tuple[Facts, bool, int, float]
"""Facts, whether it is right, the fold of its source, its weight."""


def of_annotated(gold: Path = GOLD) -> list[Example]:
    """Return the readings of the annotated posts, each by weights that had not seen its source."""
    measure = measure_of(gold)
    fold = fold_of(gold)
    made: list[Example] = []
    for k in range(FOLDS):
        models = train.fit([post for post in posts(gold) if fold[post.source] != k])
        for post in posts(gold):
            if fold[post.source] != k:
                continue
            wanted = [one for one in post.gold if is_market(measure, one)]
            for number in read_scene(post.scene, models):
                mine = number.to_dict()
                if not is_market(measure, mine):
                    continue
                block = post.scene.blocks[number.block]
                known = facts(
                    post.scene, block, number.at, number.kind, number.subjects, number.when
                )
                right = any(same(measure, one, mine) for one in wanted)
                made.append((_product(known), right, k, 1.0))
    return made


def _product(known: Facts) -> Facts:
    """Leave the product of the steps: on so few annotated claims nothing else is learned beside."""
    return {name: known[name] for name in ("any", "product")}


_T = TypeVar("_T")

Post = tuple[str, str]
"""Path and text of a post."""

Judged = tuple[Facts, Trial, int, int]
"""Facts of a claim, its trial, the fold of its source, and which article it stands in."""


def of_market(posts_: Sequence[Post], lake: str, jobs: int) -> list[Judged]:
    """Return the claims of corpus posts that the market can judge."""
    judged = _each(_judged, posts_, lake, jobs)
    return [(*one, article) for article, claims in enumerate(judged) for one in claims]


def _judged(post: Post, views: Views) -> list[tuple[Facts, Trial, int]]:
    name, text = post
    try:
        scene = lay_out(read_document(text))
    except SpringtideError:
        return []
    made = []
    for number in read_scene(scene):
        claim = claim_of(scene, number)
        if claim is None:
            continue
        # What was fitted before is not to bear on what is fitted now.
        trial = tried(replace(claim, confidence=0.0), views)
        if trial.holds is not None:
            made.append((facts_of(scene, number, trial.claim.others), trial, _fold(name)))
    return made


def alone(judged: Sequence[Judged]) -> list[Example]:
    """Return the claims as examples by themselves; an article counts as the root of its claims."""
    counts = Counter(article for _, _, _, article in judged)
    return [
        (known, trial.holds is True, fold, counts[article] ** -0.5)
        for known, trial, fold, article in judged
    ]


def of_errors(posts_: Sequence[Post], lake: str, jobs: int) -> list[Example]:
    """Return what does not hold in corpus posts, and errors planted in what holds there.

    The latter are errors by making, and right in this sense; the former are misread, but for the
    few errors that articles have, which are left out where they were read by hand. Of each post a
    few claims are changed, one at a time and in several ways; a post counts as the root of them.
    """
    return [one for made in _each(_errors, posts_, lake, jobs) for one in made]


def _errors(post: Post, views: Views) -> list[Example]:
    name, text = post
    trials = _trials(text, views)
    made: list[Example] = [
        (error_facts(one, trials, views), False, _fold(name), 1.0)
        for one in trials
        if _is_weighed(one, trials, views) and (name, one.claim.start) not in errors_of_articles()
    ]
    planted = _planted(text, trials, views, random.Random(name))
    return made + [(known, True, _fold(name), len(planted) ** -0.5) for known in planted]


def _is_weighed(trial: Trial, trials: Sequence[Trial], views: Views) -> bool:
    return is_weighed(trial) and not is_surely_anothers(trial, trials, views)


@cache
def errors_of_articles() -> frozenset[tuple[str, int]]:
    """Return post and place of claims that were read by hand: read rightly, and not true."""
    with ERRORS.open(encoding="utf8", newline="") as file:
        return frozenset((row["post"], int(row["start"])) for row in csv.DictReader(file))


ERRORS = Path(__file__).with_name("article_errors.csv")


def _fold(name: str) -> int:
    return crc32(_source(name).encode()) % FOLDS


def _each(
    of_post: Callable[[Post, Views], list[_T]], posts_: Sequence[Post], lake: str, jobs: int
) -> list[list[_T]]:
    """Return what is made of each post, in order, by several processes."""
    spawn = get_context("spawn")
    with ProcessPoolExecutor(jobs, spawn, initializer=_open, initargs=(lake,)) as pool:
        return list(pool.map(partial(_of_one, of_post), posts_, chunksize=50))


_views: list[Views] = []


def _open(lake: str) -> None:
    _views.append(Views(Lake.open(lake)))


def _of_one(of_post: Callable[[Post, Views], list[_T]], post: Post) -> list[_T]:
    return of_post(post, _views[0])


def _planted(text: str, trials: Sequence[Trial], views: Views, draw: random.Random) -> list[Facts]:
    """Change claims of a post that hold, one at a time, and return what is known of the errors."""
    holding = [
        one.first
        for one in trials
        if one.first.label == "supported" and one.claim.metric in WEIGHED and one.claim.value
    ]
    made = []
    for verdict in draw.sample(holding, min(_PLANTED, len(holding))):
        planted = changed(text, verdict, draw, way_of(draw))
        after = _trials(planted, views) if planted is not None else []
        shift = len(planted or text) - len(text)
        one = next((one for one in after if is_at(one.claim, verdict.claim, shift)), None)
        if one is not None and _is_weighed(one, after, views):
            made.append(error_facts(one, after, views))
    return made


_PLANTED = 6
FALSE = 2 / 500
"""Misread claims a post that pass ``SURE``, by folds, though nothing was planted in them."""


def _trials(text: str, views: Views) -> list[Trial]:
    try:
        article = read_document(text)
    except SpringtideError:
        return []
    return [tried(claim, views) for claim in read_article(article).claims]


def at_sure(examples: Sequence[Example], scores: np.ndarray, count: int) -> float:
    """Return what is added to the score so that no more of the false pass ``SURE`` than allowed."""
    false = sorted(s for s, one in zip(scores.tolist(), examples, strict=True) if not one[1])
    bar = false[-1 - int(FALSE * count)]
    right = np.array([one[1] for one in examples])
    share = (scores[right] > bar).mean()
    print(f"{int(FALSE * count)} false of {count} posts: {share:.2f} of the planted")
    return math.log(SURE / (1 - SURE)) - bar


def _source(path: str) -> str:
    return "/".join(path.split("/")[:3])


def _unseen(count: int) -> list[Post]:
    """Draw posts of the corpus that no examination draws and nobody annotated."""
    rows = corpus()
    drawn = {i for seed in DRAWN for i in random.Random(seed).sample(range(len(rows)), 500)}
    annotated = rows["annotated"].to_list()
    open_ones = [i for i in range(len(rows)) if i not in drawn and not annotated[i]]
    chosen = random.Random(1).sample(open_ones, min(count, len(open_ones)))
    return [(rows["path"][i], rows["text"][i]) for i in sorted(chosen)]


def fit(examples: Sequence[Example], penalty: float) -> dict[str, float]:
    """Fit a logit with a penalty on all weights but that of the constant."""
    counts = Counter(name for known, _, _, _ in examples for name in known)
    names = sorted(name for name, count in counts.items() if count >= _RARE)
    x = matrix(examples, names)
    y = np.array([right for _, right, _, _ in examples], float)
    share = np.array([weight for _, _, _, weight in examples])
    share *= len(share) / share.sum()
    strength = np.array([0.0 if name == "any" else penalty for name in names])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        score = x @ w
        value = float((share * (np.logaddexp(0, score) - y * score)).sum())
        p = 1 / (1 + np.exp(-score))
        return value + 0.5 * float((strength * w * w).sum()), x.T @ (share * (p - y)) + strength * w

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B")
    return dict(zip(names, best.x.tolist(), strict=True))


def matrix(examples: Sequence[Example], names: Sequence[str]) -> np.ndarray:
    """Return the facts of examples as a table, a column a name."""
    place = {name: n for n, name in enumerate(names)}
    x = np.zeros((len(examples), len(names)))
    for row, (known, _, _, _) in enumerate(examples):
        for name, value in known.items():
            if name in place:
                x[row, place[name]] = value
    return x


def by_folds(examples: Sequence[Example], penalty: float) -> np.ndarray:
    """Return the probability of each example by weights that had not seen its fold."""
    made = np.zeros(len(examples))
    for k in range(FOLDS):
        weights = fit([one for one in examples if one[2] != k], penalty)
        names = sorted(weights)
        rows = [n for n, one in enumerate(examples) if one[2] == k]
        score = matrix([examples[n] for n in rows], names) @ np.array([weights[n] for n in names])
        made[rows] = 1 / (1 + np.exp(-score))
    return made


def report(examples: Sequence[Example], chances: np.ndarray) -> None:
    """Print Brier score, calibration error, and what share is right above thresholds."""
    right = np.array([one[1] for one in examples], float)
    bins = np.minimum((chances * 10).astype(int), 9)
    groups = [bins == n for n in range(10)]
    error = sum(abs(right[g].sum() - chances[g].sum()) for g in groups) / len(right)
    brier = ((chances - right) ** 2).mean()
    print(f"{len(right)} claims, {right.mean():.3f} right", end="; ")
    print(f"Brier {brier:.3f}, calibration error {error:.3f}")
    for low in (0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.97, 0.98):
        above = chances >= low
        if above.any():
            share = right[above].mean()
            recall = right[above].sum() / right.sum()
            print(f"from {low:.2f}: {above.sum():5} claims, {share:.3f} right, recall {recall:.3f}")


def main() -> int:
    """Fit, print, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lake", type=Path)
    parser.add_argument("--posts", type=int, default=4000)
    parser.add_argument("--jobs", type=int, default=2)
    sets = ("numbers", "claims", "standing")
    parser.add_argument(
        "--only", choices=sets, action="append", help="leave the others as they are"
    )
    args = parser.parse_args()
    if not GOLD.is_dir() or (args.lake and not CORPUS.is_file()):
        print(f"{GOLD.parent} is missing: there is nothing to learn from", file=sys.stderr)
        return 1
    kept = dict(ranker(SLOT).weights) if (train.DATA / f"{SLOT}.npz").is_file() else {}
    wanted = args.only or sets
    if "numbers" in wanted:
        kept = _fitted("numbers", of_annotated(), kept)
    if args.lake:
        drawn, lake = _unseen(args.posts), str(args.lake)
        if "claims" in wanted:
            kept = _fitted("claims", alone(of_market(drawn, lake, args.jobs)), kept)
        if "standing" in wanted:
            kept = _fitted("standing", of_errors(drawn, lake, args.jobs), kept, len(drawn))
    return 0


def _fitted(
    what: str, examples: Sequence[Example], kept: Mapping[str, float], posts_read: int = 0
) -> dict[str, float]:
    """Fit one set of weights, print its reliability, and write it beside those that are kept.

    The sets are fitted one after the other: what is known of a claim that does not hold counts on
    how sure its reading is by itself.
    """
    print(what, flush=True)
    chances = by_folds(examples, PENALTY[what])
    report(examples, chances)
    made = {name: weight for name, weight in kept.items() if not name.startswith(f"{what}:")}
    made |= {f"{what}:{n}": w for n, w in fit(examples, PENALTY[what]).items()}
    if what == "standing":
        scores = np.log(chances / (1 - chances))
        made[f"{what}:any"] += at_sure(examples, scores, posts_read)
    save_ranker(train.DATA / f"{SLOT}.npz", Ranker(made))
    ranker.cache_clear()
    sureness.weights_of.cache_clear()
    return made


if __name__ == "__main__":
    sys.exit(main())
