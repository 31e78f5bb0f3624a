"""Fitting the small linear models: penalised conditional logits, the same weights every time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from springtide.reading.numbers.model import Classifier, Ranker

_NEVER = 12.0  # of a class that an offset does not hold


def fit_classifier(
    examples: Sequence[tuple[Sequence[str], str]],
    penalty: float = 1.0,
    least: int = 2,
    prior: Mapping[tuple[str, str], float] | None = None,
    weights: Sequence[float] | None = None,
    rounds: int = 300,
    offsets: Sequence[Mapping[str, float]] | None = None,
) -> Classifier:
    """Fit class from features by multinomial logit.

    Parameters
    ----------
    examples
        Features that are present, and the class.
    penalty
        Of the squared distance of each weight from its prior (0 where there is none).
    least
        A feature that fewer examples have is left out, unless it has a prior.
    prior
        Prior weight of a feature for a class: a rule's vote, with its strength.
    weights
        Of the examples, 1 by default.
    rounds
        Of the optimiser at most.
    offsets
        Scores of each class that an example has already, to which the weights add.
    """
    prior = prior or {}
    classes = tuple(sorted({label for _, label in examples} | {c for _, c in prior}))
    counts = Counter(name for features, _ in examples for name in set(features))
    always = {name for name, _ in prior}
    names = sorted({n for n, count in counts.items() if count >= least} | always)
    index = {name: i for i, name in enumerate(names)}
    column = {name: i for i, name in enumerate(classes)}
    x = _matrix([features for features, _ in examples], index)
    y = np.array([column[label] for _, label in examples])
    share = np.ones(len(y)) if weights is None else np.asarray(weights, float)
    base = np.array([[one.get(c, -_NEVER) for c in classes] for one in offsets or ()])
    centre = np.zeros((len(names), len(classes)))
    for (name, label), weight in prior.items():
        centre[index[name], column[label]] = weight

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w = flat.reshape(centre.shape)
        scores = x @ w
        if offsets is not None:
            scores += base
        scores -= scores.max(axis=1, keepdims=True)
        p = np.exp(scores)
        p /= p.sum(axis=1, keepdims=True)
        rows = np.arange(len(y))
        value = -(share * np.log(p[rows, y] + 1e-12)).sum()
        value += 0.5 * penalty * ((w - centre) ** 2).sum()
        p[rows, y] -= 1.0
        slope = x.T @ (p * share[:, None]) + penalty * (w - centre)
        return value, slope.ravel()

    options = {"maxiter": rounds}
    best = minimize(loss, centre.ravel(), jac=True, method="L-BFGS-B", options=options)
    return Classifier(classes, index, best.x.reshape(centre.shape).astype(np.float32))


def unlearned_classifier(prior: Mapping[tuple[str, str], float]) -> Classifier:
    """Return the classifier of prior weights alone: what rules say before anything is learned."""
    classes = tuple(sorted({label for _, label in prior}))
    column = {name: i for i, name in enumerate(classes)}
    index = {name: i for i, name in enumerate(sorted({name for name, _ in prior}))}
    weights = np.zeros((len(index), len(classes)), np.float32)
    for (name, label), weight in prior.items():
        weights[index[name], column[label]] = weight
    return Classifier(classes, index, weights)


def fit_ranker(
    examples: Sequence[tuple[Sequence[Sequence[str]], Sequence[int]]],
    penalty: float = 1.0,
    least: int = 2,
    prior: Mapping[str, float] | None = None,
    weights: Sequence[float] | None = None,
) -> Ranker:
    """Fit the choice among candidates by conditional logit.

    Parameters
    ----------
    examples
        The features of each candidate of a number, and the indices of the right ones: the sum of
        their probabilities is made large. Examples without a right one are left out.
    penalty, least, prior, weights
        As in :func:`fit_classifier`, a prior weight a feature.
    """
    prior = prior or {}
    every = [1.0] * len(examples) if weights is None else weights
    kept = [k for k, (rows, right) in enumerate(examples) if right and len(rows) > len(right)]
    examples = [examples[k] for k in kept]
    share = np.array([every[k] for k in kept])
    flat = [features for rows, _ in examples for features in rows]
    counts = Counter(name for features in flat for name in set(features))
    names = sorted({n for n, count in counts.items() if count >= least} | set(prior))
    index = {name: i for i, name in enumerate(names)}
    x = _matrix(flat, index)
    group = np.repeat(np.arange(len(examples)), [len(rows) for rows, _ in examples])
    starts = np.searchsorted(group, np.arange(len(examples)))
    right = np.zeros(len(flat))
    for start, (_, chosen) in zip(starts, examples, strict=True):
        right[start + np.array(chosen, int)] = 1.0
    centre = np.array([prior.get(name, 0.0) for name in names])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        scores = x @ w
        top = np.maximum.reduceat(scores, starts)
        powers = np.exp(scores - top[group])
        p = powers / np.add.reduceat(powers, starts)[group]
        mass = np.add.reduceat(p * right, starts)
        value = -(share * np.log(mass + 1e-12)).sum() + 0.5 * penalty * ((w - centre) ** 2).sum()
        pull = share[group] * (p - p * right / (mass[group] + 1e-12))
        slope = x.T @ pull + penalty * (w - centre)
        return value, slope

    best = minimize(loss, centre, jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return Ranker(dict(zip(names, best.x.tolist(), strict=True)))


def _matrix(rows: Sequence[Sequence[str]], index: Mapping[str, int]) -> csr_matrix:
    columns, ends = [], [0]
    for features in rows:
        columns += sorted({index[name] for name in features if name in index})
        ends.append(len(columns))
    return csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(index)))
