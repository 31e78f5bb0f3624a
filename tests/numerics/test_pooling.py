"""Weights of linear pools against scipy's constrained optimiser, worked cases and properties."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from springtide.numerics import pooling
from springtide.numerics.pooling import pool, pool_weights

NAN = math.nan


def random_likelihoods(seed: int, n: int, k: int, missing: float) -> np.ndarray:
    """Likelihoods of methods of unequal skill, about one case in five of them very unlikely."""
    rng = np.random.default_rng(seed)
    values = rng.gamma(2, 1, (n, 1)) * np.exp(rng.normal(0, rng.uniform(0.05, 1.5, k), (n, k)))
    values[rng.random((n, k)) < missing] = NAN
    return values


def score(shares: np.ndarray, likelihoods: np.ndarray, weights: np.ndarray, prior: float) -> float:
    """The objective by its definition."""
    total = 0.0
    for row, weight in zip(likelihoods, weights, strict=True):
        there = ~np.isnan(row)
        if there.any():
            total += weight * math.log(row[there] @ shares[there] / shares[there].sum())
    return total + (prior / len(shares) * float(np.log(shares).sum()) if prior else 0)


@pytest.mark.parametrize("missing", [0.0, 0.2])
@pytest.mark.parametrize("seed", range(6))
def test_is_the_maximum_scipy_finds(seed: int, missing: float) -> None:
    from scipy.optimize import minimize

    k, prior = 2 + seed % 4, [0.5, 1.0, 10.0][seed % 3]
    values = random_likelihoods(seed, 60, k, missing)
    weights = np.random.default_rng(seed).uniform(0.1, 2, 60)
    peer = minimize(
        lambda shares: -score(shares, values, weights, prior),
        np.full(k, 1 / k),
        method="SLSQP",
        bounds=[(1e-9, 1)] * k,
        constraints={"type": "eq", "fun": lambda shares: shares.sum() - 1},
        options={"ftol": 1e-12, "maxiter": 500},
    )
    assert peer.success
    ours = pool_weights(values, weights, prior)
    assert score(ours, values, weights, prior) >= -peer.fun - 1e-5
    np.testing.assert_allclose(ours, peer.x, atol=2e-3)


@pytest.mark.parametrize("seed", range(4))
def test_without_a_prior_scipy_finds_no_better(seed: int) -> None:
    from scipy.optimize import minimize

    values, weights = random_likelihoods(seed, 80, 4, 0), np.ones(80)
    peer = minimize(
        lambda shares: -score(shares, values, weights, 0),
        np.full(4, 0.25),
        method="SLSQP",
        bounds=[(0, 1)] * 4,
        constraints={"type": "eq", "fun": lambda shares: shares.sum() - 1},
        options={"ftol": 1e-12, "maxiter": 500},
    )
    ours = score(pool_weights(values, prior=0), values, weights, 0)
    assert ours == pytest.approx(-peer.fun, abs=1e-5)
    assert ours >= score(np.full(4, 0.25), values, weights, 0)
    assert ours >= max(np.log(values).sum(axis=0)) - 1e-5


def test_by_hand() -> None:
    # The derivative of 2 log(0.4 + 0.4 w) + log(0.6 - 0.4 w) is zero at w = 2/3.
    likelihoods = [[0.8, 0.4], [0.8, 0.4], [0.2, 0.6]]
    np.testing.assert_allclose(pool_weights(likelihoods, prior=0), [2 / 3, 1 / 3], atol=1e-3)
    # A zero of either method: with n1 and n2 such cases the likelihood is w^n1 (1 - w)^n2, and a
    # prior of p cases makes it w^(n1 + p/2) (1 - w)^(n2 + p/2).
    exclusive = [[0.3, 0]] * 7 + [[0, 5.0]] * 3
    np.testing.assert_allclose(pool_weights(exclusive, prior=0), [0.7, 0.3], atol=1e-6)
    np.testing.assert_allclose(pool_weights(exclusive, prior=2), [8 / 12, 4 / 12], atol=1e-6)
    # Only methods 1 and 2 are ever told apart; 3 is alone when it is there.
    alone = [[0.3, 0, NAN]] * 6 + [[0, 5.0, NAN]] * 2 + [[NAN, NAN, 0.4]] * 4
    shares = pool_weights(alone, prior=0)
    assert shares[0] / shares[1] == pytest.approx(3, rel=1e-4)


def test_a_method_that_is_always_worse_gets_nothing() -> None:
    better = np.random.default_rng(1).uniform(0.3, 0.9, 50)
    shares = pool_weights(np.column_stack([better, 0.5 * better, 0.9 * better]), prior=0)
    np.testing.assert_allclose(shares, [1, 0, 0], atol=1e-5)


def test_a_method_without_a_record_gets_nothing() -> None:
    values = random_likelihoods(3, 40, 2, 0)
    extended = np.column_stack([values[:, 0], np.full(40, NAN), values[:, 1]])
    np.testing.assert_array_equal(pool_weights(extended), np.insert(pool_weights(values), 1, 0))


@pytest.mark.parametrize("missing", [0.0, 0.3])
def test_the_shares_of_a_mixture_are_recovered(missing: float) -> None:
    # Each outcome is drawn from the true mixture of the methods that are there.
    rng, n = np.random.default_rng(2), 20_000
    true, mean, sd = np.array([0.3, 0.7, 0]), np.array([0, 1, 0.5]), np.array([1, 2, 5])
    there = rng.random((n, 3)) >= missing
    there[:, 1] |= ~there[:, 0]
    chance = there * true / (there @ true)[:, None]
    drawn = (rng.random((n, 1)) > np.cumsum(chance, axis=1)).sum(axis=1)
    outcome = rng.normal(mean[drawn], sd[drawn])[:, None]
    densities = np.where(there, np.exp(-((outcome - mean) ** 2) / 2 / sd**2) / sd, NAN)
    np.testing.assert_allclose(pool_weights(densities), true, atol=0.03)


@given(st.integers(0, 10_000), st.integers(1, 5), st.sampled_from([0, 0.3]))
@settings(max_examples=60, deadline=None)
def test_what_cannot_matter_does_not(seed: int, k: int, missing: float) -> None:
    values = random_likelihoods(seed, 30, k, missing)
    values[0] = np.arange(k) + 1.0
    shares = pool_weights(values)
    assert shares.sum() == pytest.approx(1)
    assert (shares > 0).all()
    rng = np.random.default_rng(seed)
    scaled = values * 10.0 ** rng.integers(-200, 200, (30, 1))
    np.testing.assert_allclose(pool_weights(scaled), shares, atol=1e-9)
    order = rng.permutation(k)
    np.testing.assert_allclose(pool_weights(values[:, order]), shares[order], atol=2e-3)
    padded = np.vstack([values, np.full((2, k), NAN), np.zeros((1, k))])
    np.testing.assert_array_equal(pool_weights(padded), shares)


@given(st.integers(0, 10_000), st.sampled_from([0, 0.3]))
@settings(max_examples=40, deadline=None)
def test_a_weight_counts_as_cases(seed: int, missing: float) -> None:
    values = random_likelihoods(seed, 30, 3, missing)
    values[0] = [1.0, 2.0, 3.0]
    weights = np.arange(30) % 3 + 1
    repeated = pool_weights(np.repeat(values, weights, axis=0))
    np.testing.assert_allclose(pool_weights(values, weights), repeated, atol=1e-6)


def test_a_stronger_prior_draws_towards_first_weights() -> None:
    values = random_likelihoods(5, 40, 3, 0.2)
    far = [np.abs(pool_weights(values, prior=p) - 1 / 3).max() for p in (0.5, 5, 50, 1e6)]
    assert far == sorted(far, reverse=True)
    assert far[-1] < 1e-3


def test_no_convergence_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pooling, "_MOST_STEPS", 1)
    with pytest.raises(ArithmeticError, match="did not converge in 1 steps"):
        pool_weights(random_likelihoods(1, 50, 4, 0))


def test_pool_averages_those_present() -> None:
    weights = [0.5, 0.3, 0.2]
    forecasts = [[0.1, 0.2, 0.3], [0.1, NAN, 0.3], [NAN, NAN, NAN], [NAN, 0.4, NAN]]
    expected = [0.05 + 0.06 + 0.06, (0.05 + 0.06) / 0.7, NAN, 0.4]
    np.testing.assert_allclose(pool(forecasts, weights), expected)
    # Whole distribution functions at once; weights need not have sum one.
    curves = np.stack([forecasts, np.add(forecasts, 0.5)], axis=2)
    pooled = pool(curves, [5, 3, 2])
    np.testing.assert_allclose(pooled, np.column_stack([expected, np.add(expected, 0.5)]))
    assert math.isnan(pool([[NAN, 0.4]], [1, 0])[0])


@pytest.mark.parametrize(
    ("call", "match"),
    [
        (lambda: pool_weights([0.1, 0.2]), "two dimensions"),
        (lambda: pool_weights([[-0.1, 0.2]]), "likelihood"),
        (lambda: pool_weights([[math.inf, 0.2]]), "likelihood"),
        (lambda: pool_weights([[NAN, NAN], [0, 0]]), "no case"),
        (lambda: pool_weights(np.empty((0, 2))), "no case"),
        (lambda: pool_weights([[0.1, 0.2]], [0]), "no case"),
        (lambda: pool_weights([[0.1, 0.2]], [-1]), "weight must"),
        (lambda: pool_weights([[0.1, 0.2]], [1, 1]), "1 weights"),
        (lambda: pool_weights([[0.1, 0.2]], prior=-1), "prior"),
        (lambda: pool_weights([[0.1, 0.2]], prior=NAN), "prior"),
        (lambda: pool([0.1], [1]), "two dimensions"),
        (lambda: pool([[math.inf]], [1]), "infinite"),
        (lambda: pool([[0.1, 0.2]], [1]), "2 weights"),
        (lambda: pool([[0.1]], [NAN]), "weight must"),
    ],
)
def test_refuses(call: object, match: str) -> None:
    with pytest.raises(ValueError, match=match):
        call()
