"""Small linear models: a score for each candidate from the features that speak for it.

A *classifier* chooses among fixed classes (what is measured) by features of the number; a *ranker*
chooses among the candidates of one number (whose it is) by features of each. Both are conditional
logits: the probability of a candidate is the softmax of its score. Weights lie in one ``.npz`` a
slot, made by ``make reader``, and reading is deterministic.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from math import exp
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

_MOST_KEPT = 20_000
"""Sets of features whose probabilities a classifier keeps."""


@dataclass(frozen=True, slots=True)
class Classifier:
    """Scores of fixed classes from features that are present or not.

    ``weights`` has a row a feature and a column a class. Sums are kept by the features that they are
    of: short texts have few sets of them, which return again and again.

    Examples
    --------
    >>> model = Classifier(("up", "down"), {"rose": 0, "fell": 1}, np.eye(2, dtype=np.float32))
    >>> model.scores(["rose", "never seen"])
    array([1., 0.], dtype=float32)
    """

    classes: tuple[str, ...]
    index: Mapping[str, int]
    weights: Floats
    _chances: dict[tuple[int, ...], Floats] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def rows(self, features: Iterable[str]) -> list[int]:
        """Return the rows of the features that have weights."""
        return [row for row in map(self.index.get, features) if row is not None]

    def scores(self, features: Iterable[str]) -> Floats:
        """Return the score of each class."""
        return self._scores(self.rows(features))

    def _scores(self, rows: Sequence[int]) -> Floats:
        if not rows:
            return np.zeros(len(self.classes), np.float32)
        return np.asarray(np.add.reduce(self.weights[rows], axis=0), np.float32)

    def table(self, rows: Sequence[Iterable[str]]) -> Floats:
        """Return the scores of many at once: a row each, a column a class.

        Examples
        --------
        >>> model = Classifier(("up", "down"), {"rose": 0}, np.eye(1, 2, dtype=np.float32))
        >>> model.table([["rose"], []])
        array([[1., 0.],
               [0., 0.]], dtype=float32)
        """
        flat: list[int] = []
        starts = []
        for features in rows:
            starts.append(len(flat))
            flat += self.rows(features)
        made = np.zeros((len(rows), len(self.classes)), np.float32)
        ends = [*starts[1:], len(flat)]
        filled = [i for i, (a, b) in enumerate(zip(starts, ends, strict=True)) if b > a]
        if filled:
            at = [starts[i] for i in filled]
            made[filled] = np.add.reduceat(self.weights[flat], at, axis=0)
        return made

    def probabilities(self, features: Iterable[str]) -> Floats:
        """Return the probability of each class."""
        rows = self.rows(features)
        key = tuple(rows)
        chances = self._chances.get(key)
        if chances is None:
            if len(self._chances) >= _MOST_KEPT:
                self._chances.clear()
            chances = self._chances[key] = softmax(self._scores(rows))
        return chances


@dataclass(frozen=True, slots=True)
class Ranker:
    """Scores of candidates from the features of each.

    Examples
    --------
    >>> model = Ranker({"near": 2.0, "far": -1.0})
    >>> model.probabilities([["near"], ["far"]]).round(2)
    array([0.95, 0.05], dtype=float32)
    """

    weights: Mapping[str, float]

    def score(self, features: Iterable[str]) -> float:
        """Return the score of one candidate."""
        return sum([weight for weight in map(self.weights.get, features) if weight])

    def probabilities(self, candidates: Sequence[Iterable[str]]) -> Floats:
        """Return the probability of each candidate against the others."""
        return softmax(np.array([self.score(one) for one in candidates], np.float32))


def ranked(model: Ranker, candidates: Sequence[Iterable[str]]) -> list[tuple[int, float]]:
    """Return the index and probability of each candidate, the likeliest first.

    For the few candidates of one number this is quicker than arrays.

    Examples
    --------
    >>> ranked(Ranker({"near": 2.0}), [["far"], ["near"]])[0][0]
    1
    """
    scores = [model.score(one) for one in candidates]
    top = max(scores)
    powers = [exp(score - top) for score in scores]
    total = sum(powers)
    order = sorted(range(len(powers)), key=lambda k: (-powers[k], k))
    return [(k, powers[k] / total) for k in order]


def softmax(scores: Floats) -> Floats:
    """Return probabilities in proportion to the exponentials of scores, along the last axis.

    Examples
    --------
    >>> softmax(np.array([0.0, 0.0], np.float32))
    array([0.5, 0.5], dtype=float32)
    """
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), np.float32)


def save_classifier(path: Path, model: Classifier) -> None:
    """Write a classifier: names of features and classes, weights as float16."""
    names = sorted(model.index, key=lambda name: model.index[name])
    np.savez_compressed(
        path,
        features=np.frombuffer("\n".join(names).encode(), np.uint8),
        classes=np.frombuffer("\n".join(model.classes).encode(), np.uint8),
        weights=model.weights.astype(np.float16),
    )


def save_ranker(path: Path, model: Ranker) -> None:
    """Write a ranker: names of features and their weights as float16."""
    names = sorted(model.weights)
    np.savez_compressed(
        path,
        features=np.frombuffer("\n".join(names).encode(), np.uint8),
        weights=np.array([model.weights[name] for name in names], np.float16),
    )


@cache
def classifier(slot: str) -> Classifier:
    """Return the classifier of a slot as shipped; it is read once a run."""
    with np.load(_path(slot)) as stored:
        names = _lines(stored["features"])
        return Classifier(
            tuple(_lines(stored["classes"])),
            {name: row for row, name in enumerate(names)},
            stored["weights"].astype(np.float32),
        )


@cache
def ranker(slot: str) -> Ranker:
    """Return the ranker of a slot as shipped; it is read once a run."""
    with np.load(_path(slot)) as stored:
        weights = stored["weights"].astype(float).tolist()
        return Ranker(dict(zip(_lines(stored["features"]), weights, strict=True)))


def _path(slot: str) -> Path:
    return Path(str(files("springtide.reading.numbers") / "data" / f"{slot}.npz"))


def _lines(stored: npt.NDArray[np.uint8]) -> list[str]:
    return stored.tobytes().decode().split("\n")
