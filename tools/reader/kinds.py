"""Examples and weights of the kinds of numbers: see ``springtide.reading.numbers.kinds``."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from tools.reader.fit import fit_classifier, unlearned_classifier
from tools.reader.gold import Post

from springtide.reading.numbers.constructions import GROUPS, constructions
from springtide.reading.numbers.frame import MEASURES, WHY
from springtide.reading.numbers.kinds import CERTAINTY, KindModels, number_features
from springtide.reading.numbers.model import Classifier, Floats, softmax
from springtide.reading.numbers.neighbours import neighbours
from springtide.reading.numbers.signs import sign_features

CLASSES = (*MEASURES, *(f"none:{why}" for why in WHY))
PENALTY = 4.0
LEAST = 3
_NEGLIGIBLE = 0.03
_SECOND = 16.0  # penalty of the second pass, which has few weights of its own
_VOTES = Path(__file__).with_name("kind_votes.toml")
# How much a vote weighs by where its word stands; ``a`` comes on top for a word that touches.
_PLACES = {"l": 1.0, "r": 0.7, "L": 0.5, "R": 0.3, "s<": 0.3, "al": 0.5, "ar": 0.4}


def label(gold: dict[str, Any]) -> str:
    """Return the class of an annotated number: its measure, or ``none:why``."""
    return gold["measure"] if gold["kind"] == "claim" else f"none:{gold['why']}"


def votes() -> dict[tuple[str, str], float]:
    """Return the prior weight of each feature and class."""
    prior = {(f"con:{one.name}", one.kind): one.weight for one in constructions()}
    for row in tomllib.loads(_VOTES.read_text(encoding="utf-8"))["vote"]:
        cue, kind, weight = row["cue"], row["kind"], row["weight"]
        if cue.startswith("="):
            for name in kind if isinstance(kind, list) else [kind]:
                prior[cue[1:], name] = prior.get((cue[1:], name), 0.0) + weight
            continue
        for group in row["units"]:
            for unit in GROUPS[group]:
                for place, factor in _PLACES.items():
                    if row.get("near") and place in ("L", "R", "s<"):
                        continue
                    prior[f"{place}:{cue}|{unit}", kind] = weight * factor
    return prior


ROUNDS = 60
_INNER = 4


def fit(posts: Sequence[Post]) -> KindModels:
    """Fit both passes and the direction; the second pass sees first answers made out of fold."""
    rows = [number_features(post.scene) for post in posts]
    first = _fit_first(posts, rows)
    inner = {source: n % _INNER for n, source in enumerate(sorted({p.source for p in posts}))}
    pairs: list[Pair] = []
    offsets: list[dict[str, float]] = []
    shares: list[float] = []
    for fold in range(_INNER):
        seen = [i for i, post in enumerate(posts) if inner[post.source] != fold]
        model = _fit_first([posts[i] for i in seen], [rows[i] for i in seen])
        for post, row in zip(posts, rows, strict=True):
            if inner[post.source] == fold and row:
                scores = model.table(row)
                around = neighbours(post.scene, softmax(scores), model.classes)
                pairs += _pairs(post, around)
                shares += _shares([post])
                offsets += _offsets(post, scores, model.classes)
    second = _fit_second(pairs, offsets, shares, first.classes)
    return KindModels(_pruned(first), _pruned(second), _fit_signs(posts))


def _pruned(model: Classifier) -> Classifier:
    """Leave out weights that hardly count: the file becomes a third as large."""
    weights = np.where(np.abs(model.weights) < _NEGLIGIBLE, 0, model.weights)
    rows = {name: row for name, row in model.index.items() if weights[row].any()}
    index = {name: at for at, name in enumerate(rows)}
    return Classifier(model.classes, index, weights[list(rows.values())].astype(np.float32))


Pair = tuple[list[str], str]


def _labels(post: Post) -> list[dict[str, Any] | None]:
    return [gold for block in post.labels for gold in block]


def _pairs(post: Post, rows: list[list[str]]) -> list[Pair]:
    return [
        (features, label(gold))
        for features, gold in zip(rows, _labels(post), strict=True)
        if gold is not None
    ]


def _offsets(post: Post, scores: Floats, classes: tuple[str, ...]) -> list[dict[str, float]]:
    return [
        dict(zip(classes, row, strict=True))
        for row, gold in zip((CERTAINTY * scores).tolist(), _labels(post), strict=True)
        if gold is not None
    ]


def _fit_first(posts: Sequence[Post], rows: Sequence[list[list[str]]]) -> Classifier:
    pairs = [pair for post, row in zip(posts, rows, strict=True) for pair in _pairs(post, row)]
    return fit_classifier(
        pairs,
        penalty=PENALTY,
        least=LEAST,
        prior=_first_prior(),
        weights=_shares(posts),
        rounds=ROUNDS,
    )


def _first_prior() -> dict[tuple[str, str], float]:
    return votes() | {("bias", kind): 0.0 for kind in CLASSES}


_OURS = 1.0  # how much a number of our own briefs counts


def _shares(posts: Sequence[Post]) -> list[float]:
    """Return how much each labelled number counts."""
    return [
        _OURS if post.source == "springtide" else 1.0
        for post in posts
        for gold in _labels(post)
        if gold is not None
    ]


def _fit_second(
    pairs: Sequence[Pair],
    offsets: Sequence[dict[str, float]],
    shares: Sequence[float],
    classes: tuple[str, ...],
) -> Classifier:
    return fit_classifier(
        pairs,
        penalty=_SECOND,
        least=LEAST,
        prior=_second_prior(classes),
        weights=shares,
        rounds=ROUNDS,
        offsets=offsets,
    )


_GROWS = {
    "fundamental": "fundamental_growth",
    "macro": "macro_growth",
    "price_level": "price_change",
    "fx": "price_change",
    "record": "price_change",
    "turnover": "turnover",
    "flow": "flow",
    "market_cap": "market_cap",
    "target_price": "target_price",
}
"""What the percentage is by which an amount has moved that it stands beside."""


def _second_prior(classes: Sequence[str]) -> dict[tuple[str, str], float]:
    prior = {}
    for level, change in _GROWS.items():
        for mark in "<>":
            prior[f"p{mark}moved:{level}", change] = 1.5
    for kind in classes:
        prior[f"p=:{kind}", kind] = 1.0
        prior[f"p*:{kind}", kind] = 0.2
        prior[f"p~:{kind}", kind] = 0.3
        for mark in "<>":
            prior[f"p{mark}bound:{kind}", kind] = 1.5
            prior[f"p{mark}same:{kind}", kind] = 0.2
    return prior


def rules() -> KindModels:
    """Return the votes of rules alone, before anything is learned."""
    return KindModels(
        unlearned_classifier(_first_prior()),
        unlearned_classifier(_second_prior(CLASSES)),
        unlearned_classifier(_signs_prior()),
    )


_SIGN_PLACES = {"l": 1.0, "1l": 1.0, "al": 3.0, "L": 0.3, "1L": 0.5, "r": 0.5, "1r": 0.7, "ar": 3.5}


def _fit_signs(posts: Sequence[Post]) -> Classifier:
    """Fit the direction of the claims whose words alone say it."""
    pairs = []
    for post in posts:
        for block, golds in zip(post.scene.blocks, post.labels, strict=True):
            signs: list[int] = []
            for i, gold in enumerate(golds):
                sign = sign_label(gold)
                quantity = block.numbers[i].quantity
                if gold and sign and not (quantity and quantity.implied_sign):
                    features = sign_features(block, i, gold["measure"], signs)
                    pairs.append((features, "up" if sign > 0 else "down"))
                signs.append(sign)
    return fit_classifier(pairs, penalty=1.0, least=2, prior=_signs_prior(), rounds=ROUNDS)


def _signs_prior() -> dict[tuple[str, str], float]:
    prior: dict[tuple[str, str], float] = {}
    for place, weight in _SIGN_PLACES.items():
        for group in ("change", "flow", "figure"):
            prior[f"{place}:rise|{group}", "up"] = weight
            prior[f"{place}:fall|{group}", "down"] = weight
            prior[f"{place}:up_noun|{group}", "up"] = 2 * weight
            prior[f"{place}:down_noun|{group}", "down"] = 2 * weight
    prior["m:level", "up"] = 4.0
    prior["m:worth", "up"] = 4.0
    prior["al:vanish|worth", "down"] = 9.0
    prior["con:from-high", "down"] = 5.0
    prior["m:figure", "up"] = 2.0
    prior["m:change", "up"] = 0.7
    return prior


def sign_label(gold: dict[str, Any] | None) -> int:
    """Return the sign of an annotated claim, 0 for what is none or is zero."""
    if gold is None or gold["kind"] != "claim" or gold["value"] in (None, 0):
        return 0
    value = gold["value"]
    first = value[0] + value[-1] if isinstance(value, list) else value
    return (first > 0) - (first < 0) if isinstance(first, int | float) else 0
