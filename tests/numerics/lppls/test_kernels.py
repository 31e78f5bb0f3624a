"""The compiled pieces against plain NumPy, finite differences and exact quadrature."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from springtide.numerics.lppls import Bounds, elementary, kernels, search
from springtide.numerics.lppls.grid import grid
from springtide.numerics.lppls.model import design, solve
from springtide.numerics.lppls.panels import gauss, panels

THETA = st.tuples(st.floats(1.0, 250.0), st.floats(0.01, 1.2), st.floats(2.0, 25.0))


def walk(n: int, seed: int = 0) -> np.ndarray:
    return np.cumsum(0.01 * np.random.default_rng(seed).standard_normal(n))


def evaluated(y: np.ndarray, theta: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
    """Half the reduced SSE, its gradient and its Hessian in (ln delta, m, omega)."""
    n = y.size
    work, small = np.zeros((9, n)), np.zeros(kernels.SMALL)
    newest_first = np.ascontiguousarray((y - y.mean())[::-1])
    half = kernels.evaluate(
        np.arange(float(n)),
        np.ones(n),
        newest_first,
        float(n),
        theta,
        work,
        work.view(np.int64),
        small,
        64,
    )
    return half, small[64:67].copy(), small[72:84].reshape(3, 4)[:, :3].copy()


@given(theta=THETA, n=st.integers(20, 800))
@settings(max_examples=100, deadline=None)
def test_columns_are_those_of_numpy_to_a_few_units_in_the_last_place(
    theta: tuple[float, float, float], n: int
) -> None:
    delta, m, omega = theta
    work = np.zeros((9, n))
    age = np.arange(float(n))
    elementary.columns(age, delta, m, omega, float(n), work, work.view(np.int64))
    x = age + delta
    u = np.log(x / n)
    np.testing.assert_allclose(work[0], u, rtol=4e-16, atol=4e-16)
    np.testing.assert_allclose(work[1], 1 / x, rtol=5e-16)
    power = np.exp(m * work[0])
    np.testing.assert_allclose(work[2], power, rtol=5e-16)
    np.testing.assert_allclose(work[3], power * np.cos(omega * work[0]), atol=2e-15)
    np.testing.assert_allclose(work[4], power * np.sin(omega * work[0]), atol=2e-15)


@given(theta=THETA, n=st.integers(25, 400), seed=st.integers(0, 10**6))
@settings(max_examples=100, deadline=None)
def test_reduced_sum_of_squares_is_that_of_least_squares(
    theta: tuple[float, float, float], n: int, seed: int
) -> None:
    delta, m, omega = min(theta[0], 0.5 * (n - 1)), theta[1], theta[2]
    y = walk(n, seed)
    half, _, _ = evaluated(y, np.array([math.log(delta), m, omega]))
    assert 2 * half == pytest.approx(solve(y, delta, m, omega)[1], rel=1e-9)


@pytest.mark.parametrize("theta", [(20.0, 0.5, 8.0), (3.0, 0.9, 12.0), (90.0, 0.2, 4.0)])
def test_gradient_and_hessian_are_those_of_finite_differences(
    theta: tuple[float, float, float],
) -> None:
    y = walk(300, 4)
    place = np.array([math.log(theta[0]), theta[1], theta[2]])
    _, gradient, hessian = evaluated(y, place)
    step = 1e-4
    for i, unit in enumerate(np.eye(3) * step):
        above, below = evaluated(y, place + unit), evaluated(y, place - unit)
        assert gradient[i] == pytest.approx((above[0] - below[0]) / (2 * step), rel=1e-5)
        np.testing.assert_allclose(hessian[i], (above[1] - below[1]) / (2 * step), rtol=1e-4)


def test_gauss_rule_sums_polynomials_exactly() -> None:
    points = np.log1p(np.arange(64.0, 128.0))
    nodes, weights, onto = gauss(points, 14)
    assert weights.sum() == pytest.approx(64)
    for degree in range(28):
        assert weights @ (nodes - 4.5) ** degree == pytest.approx(
            np.sum((points - 4.5) ** degree), rel=1e-10, abs=1e-12
        )
    y = np.random.default_rng(0).standard_normal(64)
    for degree in range(14):
        assert weights @ ((nodes - 4.5) ** degree * (onto @ y)) == pytest.approx(
            np.sum((points - 4.5) ** degree * y), abs=1e-8
        )


@pytest.mark.parametrize("n", [20, 31, 32, 33, 46, 47, 65, 100, 400, 750, 1500])
def test_panels_cover_every_session_once(n: int) -> None:
    rule = panels(n)
    assert rule.weight.sum() == pytest.approx(n)
    assert (rule.weight >= 0).all()
    assert rule.age.size % 4 == 0
    covered = np.zeros(n)
    for first, count in {(int(a), int(c)) for a, c in zip(rule.first, rule.count, strict=True)}:
        covered[first : first + count] += count > 0
    assert (covered == 1).all()
    assert rule.weight @ rule.age == pytest.approx(n * (n - 1) / 2, rel=1e-6)


@pytest.mark.parametrize("n", [60, 400, 750])
def test_summary_keeps_the_squared_error_of_the_model(n: int) -> None:
    rule, y = panels(n), walk(n, 9)
    newest_first = np.ascontiguousarray((y - y.mean())[::-1])
    summary = np.empty(rule.age.size)
    search.summarise(newest_first, rule.first, rule.count, rule.projection, summary)
    lost = newest_first @ newest_first - rule.weight @ summary**2
    root = np.sqrt(rule.weight)
    for delta, m, omega in [(1.0, 0.3, 14.0), (20.0, 0.7, 9.0), (0.4 * n, 0.5, 5.0)]:
        columns = design(rule.age, delta, m, omega) * root[:, None]
        coefficients = np.linalg.lstsq(columns, root * summary, rcond=None)[0]
        errors = root * summary - columns @ coefficients
        assert errors @ errors + lost == pytest.approx(solve(y, delta, m, omega)[1], rel=2e-5)


@pytest.mark.parametrize("n", [30, 120, 500])
def test_screening_gives_the_squared_error_of_every_grid_point(n: int) -> None:
    rule = panels(n)
    points = grid(n, Bounds(), rule)
    lower, upper = Bounds().box(n)
    assert (points.theta >= lower).all()
    assert (points.theta <= upper).all()
    y = walk(n, 5)
    newest_first = np.ascontiguousarray((y - y.mean())[::-1])
    summary = np.empty(rule.age.size)
    search.summarise(newest_first, rule.first, rule.count, rule.projection, summary)
    tile = np.zeros((rule.age.size, search.TILE), np.float32)
    tile[:, 3] = np.sqrt(rule.weight) * summary
    products = np.empty((points.basis.shape[0], search.TILE), np.float32)
    explained = np.empty((points.trend.size, search.TILE), np.float32)
    search.screen(points.basis, points.trend, tile, products, explained)
    total = float(newest_first @ newest_first)
    for i in range(0, points.trend.size, 97):
        tau, m, omega = points.theta[i]
        sse = solve(y, math.exp(tau), m, omega)[1]
        assert total - explained[i, 3] == pytest.approx(sse, abs=2e-3 * total)


def test_candidates_are_the_best_grid_minima() -> None:
    explained = np.full((12, search.TILE), 0.0, np.float32)
    explained[[1, 7, 10], 0] = [3.0, 2.0, 5.0]  # two exponents x three frequencies, twice
    best = np.empty((search.TILE, search.STARTS), np.int64)
    value = np.empty((search.TILE, search.STARTS), np.float32)
    search.candidates(explained, np.array([0, 6]), np.array([3, 3]), best, value)
    assert best[0, :2].tolist() == [10, 1]  # 7 lies beside 10
    assert 7 not in best[0]
