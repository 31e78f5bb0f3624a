"""Weights of the pool from outcomes, also those known in part; and the pool itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from springtide.outlook.combination import (
    POOLED,
    TRUSTED,
    WEIGHED,
    combine,
    first_weights,
    learn_weights,
)
from springtide.outlook.curves import Curves
from springtide.outlook.landmarks import Known
from springtide.outlook.model import GAINS, NEW_HIGH, SESSIONS

Made = tuple[dict[str, Curves], Known]


def curves(count: int, atom: np.ndarray, rate: np.ndarray) -> Curves:
    """Distributions with an atom at zero and an exponential rest."""

    def along(grid: tuple[float, ...], scale: float) -> np.ndarray:
        rest = 1 - np.exp(-np.outer(rate, np.array(grid) / scale))
        return atom[:, None] + (1 - atom[:, None]) * rest

    return Curves(
        along(SESSIONS, 100.0),
        along(GAINS, 0.3),
        np.clip(along(NEW_HIGH, 100.0), 0, 1),
        atom,
        np.full(count, 50.0),
    )


def outcomes(truth: Curves, rng: np.random.Generator) -> Known:
    """Outcomes drawn from distributions: sessions and gains by one uniform number a case."""
    level = rng.random(len(truth))

    def drawn(grid: tuple[float, ...], said: np.ndarray) -> np.ndarray:
        return np.array([np.interp(u, row, grid) for u, row in zip(level, said, strict=True)])

    beyond = level > truth.peak[:, -1]
    sessions = np.where(beyond, 600.0, drawn(SESSIONS, truth.peak))
    gain = np.log1p(np.where(level > truth.gain[:, -1], 3.0, drawn(GAINS, truth.gain)))
    return Known(
        rows=np.arange(len(truth)),
        ended=np.ones(len(truth), bool),
        sessions=sessions,
        further=gain,
        new_high=np.where(level > truth.new_high[:, -1], 300.0, drawn(NEW_HIGH, truth.new_high)),
        has_new_high=np.ones(len(truth), bool),
        up_first=(rng.random(len(truth)) < truth.up_first).astype(float),
    )


@pytest.fixture
def made() -> Made:
    """The second method says the truth of every case; the others the same for all, or nonsense."""
    rng = np.random.default_rng(4)
    count = 1500
    atom, rate = rng.uniform(0.02, 0.9, count), rng.uniform(0.3, 4.0, count)
    truth = curves(count, atom, rate)
    same = curves(count, np.full(count, 0.45), np.full(count, 1.0))
    wrong = curves(count, 1 - atom, 4.3 - rate)
    said = dict(zip(POOLED, (same, truth, wrong, same, wrong, same), strict=True))
    return said, outcomes(truth, rng)


def test_many_rallies_find_the_method_that_knows(made: Made) -> None:
    said, seen = made
    weights = learn_weights(said, seen, np.arange(len(seen.rows)))  # type: ignore[arg-type]
    for name in WEIGHED:
        assert weights[name].sum() == pytest.approx(1.0)
        assert weights[name][1] > 0.85, name


def test_few_rallies_stay_near_first_weights(made: Made) -> None:
    """Many dates of five rallies count as five: the simulations keep most of the weight."""
    said, seen = made
    weights = learn_weights(said, seen, np.arange(len(seen.rows)) % 5)  # type: ignore[arg-type]
    trusted = [POOLED.index(method) for method in TRUSTED]
    assert weights["peak"][trusted].sum() > 0.7


def test_running_rallies_count_for_what_they_outlived(made: Made) -> None:
    """Every rally cut at 60 sessions: the weights still find the method that knows."""
    said, seen = made
    cut = replace(
        seen,
        ended=seen.sessions <= 60,
        sessions=np.minimum(seen.sessions, 61.0),
        further=np.where(seen.sessions <= 60, seen.further, 0.0),
    )
    weights = learn_weights(said, cut, np.arange(len(seen.rows)))  # type: ignore[arg-type]
    assert weights["peak"][1] > 0.8


def test_nothing_known_gives_first_weights(made: Made) -> None:
    said, seen = made
    nothing = replace(
        seen,
        ended=np.zeros(len(seen.rows), bool),
        sessions=np.zeros(len(seen.rows)),
        further=np.zeros(len(seen.rows)),
        has_new_high=np.zeros(len(seen.rows), bool),
        new_high=np.zeros(len(seen.rows)),
        up_first=np.full(len(seen.rows), np.nan),
    )
    weights = learn_weights(said, nothing, np.arange(len(seen.rows)))  # type: ignore[arg-type]
    for name in WEIGHED:
        assert weights[name] == pytest.approx(first_weights()[name])


def test_the_pool_is_the_weighted_mean_of_those_present(made: Made) -> None:
    said, _ = made
    few = {method: each.take(np.arange(3)) for method, each in said.items()}
    few["garch"].put(np.array([1]), Curves.empty(1))
    weights = {name: np.array([0.1, 0.4, 0.2, 0.1, 0.1, 0.1]) for name in WEIGHED}
    pooled = combine(few, weights)  # type: ignore[arg-type]
    rows = [few[method].peak for method in POOLED]
    whole = sum(w * row[0] for w, row in zip(weights["peak"], rows, strict=True))
    others = [k for k, method in enumerate(POOLED) if method != "garch"]
    part = sum(weights["peak"][k] * rows[k][1] for k in others) / 0.9
    assert pooled.peak[0] == pytest.approx(whole)
    assert pooled.peak[1] == pytest.approx(part)
    assert (np.diff(pooled.peak, axis=1) >= 0).all()
