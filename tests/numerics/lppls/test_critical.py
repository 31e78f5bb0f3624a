"""The distribution of the critical time: its likelihood, its intervals, its limits."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from springtide.errors import DataError, UsageError
from springtide.numerics.lppls import DEMIRER_2019, CriticalTime, critical_time, likelihood
from springtide.numerics.lppls.model import INFORMATIVE, design


def bubble(
    rng: np.random.Generator, delta: float, persistence: float, noise: float, n: int = 200
) -> np.ndarray:
    x = delta + np.arange(n)[::-1]
    shocks = rng.standard_normal(n)
    shocks[1:] *= math.sqrt(1 - persistence**2)
    for t in range(1, n):
        shocks[t] += persistence * shocks[t - 1]
    b = -0.7 / (x[0] ** 0.5 - x[-1] ** 0.5)
    wave = 0.5 * b / 10.0 * np.cos(10.0 * np.log(x))
    return x**0.5 * (b + wave) + noise * shocks


def reference_log_likelihood(y: np.ndarray, theta: np.ndarray, phis: list[float]) -> float:
    """Generalised least squares with the covariance matrix written out."""
    n = y.size
    columns = design(np.arange(n)[::-1], *theta)
    terms = []
    for phi in phis:
        lags = np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
        inverse = np.linalg.inv(phi**lags / (1 - phi**2))
        gram = columns.T @ inverse @ columns
        errors = y - columns @ np.linalg.solve(gram, columns.T @ inverse @ y)
        sse = errors @ inverse @ errors
        terms.append(0.5 * math.log(1 - phi**2) - 0.5 * (n - 4) * math.log(sse))
    return float(np.logaddexp.reduce(terms))


@pytest.mark.parametrize("phis", [[0.0], [0.9], [0.0, 0.5, 0.95]])
def test_likelihood_is_that_of_generalised_least_squares(phis: list[float]) -> None:
    y = bubble(np.random.default_rng(1), 20.0, 0.8, 0.02, n=60)
    theta = np.array([[20.0, 0.5, 10.0], [5.0, 0.9, 6.0], [28.0, 0.3, 14.0]])
    found = np.empty(3)
    newest_first = np.ascontiguousarray((y - y.mean())[::-1])
    likelihood.log_likelihood(newest_first, theta, np.array(phis), found)
    expected = [reference_log_likelihood(y - y.mean(), row, phis) for row in theta]
    np.testing.assert_allclose(found, expected, rtol=1e-8)


def test_small_noise_gives_a_narrow_interval_around_the_truth() -> None:
    y = bubble(np.random.default_rng(2), 15.0, 0.0, 0.002)
    result = critical_time(y)
    low, high = result.interval(0.8)
    assert low < 15.0 < high
    assert high - low < 5.0
    assert result.bounds_share < 1e-6


def test_no_noise_at_all_finds_the_truth() -> None:
    y = bubble(np.random.default_rng(2), 15.0, 0.0, 0.0)
    assert critical_time(y).median == pytest.approx(15.0, abs=0.1)


def test_wandering_noise_widens_the_interval() -> None:
    rng = np.random.default_rng(3)
    widths = [
        [np.diff(critical_time(bubble(rng, 15.0, phi, 0.03)).interval())[0] for _ in range(9)]
        for phi in (0.0, 0.9)
    ]
    assert np.median(widths[1]) > 1.5 * np.median(widths[0])


def test_a_random_walk_does_not_say_when() -> None:
    y = np.cumsum(0.01 * np.random.default_rng(4).standard_normal(200))
    low, high = critical_time(y).interval(0.8)
    assert high - low > 25.0


def test_quantiles_by_hand() -> None:
    result = CriticalTime(np.array([1.0, 2.0, 4.0]), np.array([0.5, 0.5]), 0.0)
    assert result.median == 2.0
    assert result.quantile(0.25) == 1.5
    assert result.interval(0.5) == (1.5, 3.0)


@pytest.mark.slow
@pytest.mark.parametrize(("persistence", "noise"), [(0.0, 0.01), (0.9, 0.02)])
def test_intervals_hold_the_truth_as_often_as_they_say(persistence: float, noise: float) -> None:
    # 60 draws at 80%: between 38 and 57 with probability 0.997 (binomial)
    rng = np.random.default_rng(7)
    hits = 0
    for _ in range(60):
        delta = rng.uniform(1, 60)
        low, high = critical_time(bubble(rng, delta, persistence, noise)).interval(0.8)
        hits += low <= delta <= high
    assert 38 <= hits <= 57


def test_errors() -> None:
    y = bubble(np.random.default_rng(2), 15.0, 0.0, 0.01)
    with pytest.raises(UsageError, match="too short"):
        critical_time(y[:15])
    with pytest.raises(DataError, match="missing or infinite"):
        critical_time(np.append(y, np.nan))
    with pytest.raises(UsageError, match="admit nothing"):
        critical_time(y, replace(DEMIRER_2019, frequency=(30.0, 40.0)))


def test_markets_without_a_bubble_seldom_inform_as_much_as_is_asked_for() -> None:
    """Random walks: 95% of simulated markets stay below the bound, so most of forty do."""
    rng = np.random.default_rng(11)
    gains = [
        critical_time(np.cumsum(0.012 * rng.standard_t(6, 120))).information for _ in range(40)
    ]
    assert min(gains) >= 0
    assert sum(gain > INFORMATIVE for gain in gains) <= 6
    age = np.arange(120.0)[::-1]
    x = 8.0 + age
    sure = 7 - 0.05 * x**0.5 + 0.004 * x**0.5 * np.cos(9 * np.log(x))
    assert critical_time(sure + 0.001 * rng.standard_normal(120)).information > INFORMATIVE
