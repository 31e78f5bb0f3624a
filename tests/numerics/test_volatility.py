"""Range estimators on prices made and worked by hand; the log-linear fit against a peer."""

from __future__ import annotations

import math

import numpy as np
import pytest

from springtide.numerics.volatility import (
    fit_log_linear,
    garman_klass,
    parkinson,
    qlike,
    rogers_satchell,
    yang_zhang,
)

DAILY = 0.012


def sessions(count: int, seed: int, drift: float = 0.0) -> tuple[np.ndarray, ...]:
    """Open, high, low and close of walks of 2,000 steps a session, without a night."""
    rng = np.random.default_rng(seed)
    steps = 2000
    path = np.cumsum(
        drift / steps + DAILY / math.sqrt(steps) * rng.standard_normal((count, steps)), axis=1
    )
    path = np.hstack([np.zeros((count, 1)), path])
    return tuple(100 * np.exp(each) for each in (path[:, 0], path.max(1), path.min(1), path[:, -1]))


def test_each_finds_the_variance_that_the_walk_has() -> None:
    o, h, low, c = sessions(3000, 5)
    for found in (parkinson(h, low), garman_klass(o, h, low, c), rogers_satchell(o, h, low, c)):
        # A walk in steps misses a little of its range: 3% of the variance at 2,000 steps.
        assert found.mean() == pytest.approx(DAILY**2, rel=0.07)
    squares = np.log(c / o) ** 2
    assert parkinson(h, low).var() < squares.var() / 3  # 4.9 times as efficient in theory
    assert garman_klass(o, h, low, c).var() < parkinson(h, low).var()  # 7.4 times


def test_rogers_and_satchell_do_not_see_a_drift() -> None:
    o, h, low, c = sessions(3000, 6, drift=0.02)
    assert rogers_satchell(o, h, low, c).mean() == pytest.approx(DAILY**2, rel=0.08)
    assert parkinson(h, low).mean() > 1.3 * DAILY**2


def test_yang_and_zhang_see_the_night() -> None:
    o, h, low, c = sessions(2001, 7)
    night = 0.006 * np.random.default_rng(8).standard_normal(2001)
    level = np.exp(np.cumsum(night + np.concatenate([[0.0], np.log(c / o)[:-1]])))
    o, h, low, c = (each * level for each in (o, h, low, c))
    found = yang_zhang(o, h, low, c, 2000)[-1]
    assert found == pytest.approx(DAILY**2 + 0.006**2, rel=0.06)


def test_qlike_by_hand() -> None:
    assert qlike([0.04], [0.01])[0] == pytest.approx(0.25 - math.log(0.25) - 1)


def test_the_fit_is_the_gamma_regression_of_a_peer() -> None:
    linear_model = pytest.importorskip("sklearn.linear_model")
    rng = np.random.default_rng(9)
    x = rng.standard_normal((500, 3))
    y = np.exp(0.3 + x @ np.array([0.5, -0.2, 0.0])) * rng.gamma(2.0, 0.5, 500)
    ours = fit_log_linear(x, y, ridge=0.0)
    theirs = linear_model.GammaRegressor(alpha=0.0, tol=1e-10, max_iter=5000).fit(x, y)
    assert ours.predict(x) == pytest.approx(theirs.predict(x), rel=1e-4)


def test_what_does_not_vary_or_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="above zero"):
        fit_log_linear([[1.0]], [0.0])
    with pytest.raises(ValueError, match="shapes"):
        fit_log_linear([1.0], [1.0])
    with pytest.raises(ValueError, match="at least 2"):
        yang_zhang([1.0], [1.0], [1.0], [1.0], 1)
