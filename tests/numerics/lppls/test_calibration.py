"""Null rates: the simulated processes are what they are said to be, and rates are counts."""

from __future__ import annotations

import numpy as np
import pytest

from springtide.errors import DataError, UsageError
from springtide.numerics.lppls import DEMIRER_2019, NullRates, Scale, null_rates
from springtide.numerics.lppls.calibration import (
    Garch,
    block_length,
    fit_garch,
    resample,
    simulate_garch,
)

TRUE = Garch(mean=0.05, omega=0.05, alpha=0.1, beta=0.85, degrees=6.0, variance=1.0)
SMALL = Scale("small", 30, 60, 15)


def history(sessions: int = 800, seed: int = 1) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return 7 + np.cumsum(simulate_garch(TRUE, 1, sessions, rng)[0])


def test_simulated_garch_has_the_variance_of_its_parameters() -> None:
    paths = simulate_garch(TRUE, 400, 1000, np.random.default_rng(0)) * 100
    assert paths.shape == (400, 1000)
    assert paths.mean() == pytest.approx(0.05, abs=0.01)
    assert paths[:, 200:].var() == pytest.approx(0.05 / (1 - 0.1 - 0.85), rel=0.05)
    assert paths[:, 0].var() == pytest.approx(1.0, rel=0.25)  # it starts from the given state


def test_garch_is_fitted_by_arch() -> None:
    from arch.univariate import arch_model

    returns = np.diff(history(2500, seed=2))
    garch = fit_garch(returns)
    model = arch_model(100 * returns, dist="t", rescale=False)
    forecast = model.fit(disp="off").forecast(horizon=1).variance.to_numpy()[-1, 0]
    assert garch.variance == pytest.approx(float(forecast), rel=1e-6)
    assert garch.alpha + garch.beta == pytest.approx(0.95, abs=0.04)
    assert garch.degrees == pytest.approx(6.0, abs=2.0)


def test_bootstrap_keeps_blocks_of_the_returns() -> None:
    returns = np.arange(500.0)
    paths = resample(returns, 10.0, 200, 300, np.random.default_rng(3))
    assert np.isin(paths, returns).all()
    follows = (paths[:, 1:] - paths[:, :-1]) % 500 == 1
    assert follows.mean() == pytest.approx(0.9 + 0.1 / 500, abs=0.01)
    assert paths.mean() == pytest.approx(returns.mean(), rel=0.05)


def test_blocks_are_longer_where_volatility_clusters() -> None:
    rng = np.random.default_rng(4)
    assert block_length(rng.standard_normal(2000)) < block_length(np.diff(history(2000)))


def test_rates_count_the_simulated_series() -> None:
    values = np.array([0.0, 0.0, 0.25, 0.5])
    null = NullRates(SMALL, DEMIRER_2019, TRUE, 5.0, values, values * 0, values, values * 0)
    garch, bootstrap = null.rates(0.25)
    assert (garch.share, bootstrap.share) == (0.5, 0.5)
    # Wilson's interval for 2 of 4: 0.15004 to 0.84996 (z = 1.96)
    assert (garch.low, garch.high) == pytest.approx((0.15004, 0.84996), abs=1e-4)
    assert null.rates(0.1, positive=False)[0].share == 0.0
    assert null.rates(0.6)[0].high > 0.0  # none seen is not never


def test_same_seed_same_rates_whatever_the_threads() -> None:
    y = history()
    one = null_rates(y, SMALL, replications=40, threads=1)
    two = null_rates(y, SMALL, replications=40, threads=2)
    other = null_rates(y, SMALL, replications=40, seed=1)
    for name in ("garch_positive", "garch_negative", "bootstrap_positive", "bootstrap_negative"):
        assert getattr(one, name).tobytes() == getattr(two, name).tobytes()
    assert one.garch == other.garch
    assert one.garch_positive.tobytes() != other.garch_positive.tobytes()


def test_higher_confidence_is_rarer_and_high_confidence_is_rare() -> None:
    null = null_rates(history(), SMALL, replications=150)
    shares = [null.rates(value)[0].share for value in (0.0, 0.3, 0.6, 1.0)]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] == 1.0
    assert 0.0 < shares[1] < 0.5
    assert shares[3] < 0.1


def test_errors() -> None:
    with pytest.raises(UsageError, match="too short"):
        null_rates(history(200), SMALL)
    with pytest.raises(UsageError, match="simulated series"):
        null_rates(history(), SMALL, replications=0)
    y = history()
    y[5] = np.nan
    with pytest.raises(DataError, match="position 5"):
        null_rates(y, SMALL)
