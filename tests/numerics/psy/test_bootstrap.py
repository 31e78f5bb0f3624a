"""The bootstraps keep their size where Monte Carlo critical values do not."""

from __future__ import annotations

import numpy as np
import pytest

from springtide.errors import UsageError
from springtide.numerics import psy
from springtide.numerics.psy import bootstrap
from springtide.numerics.psy.sequence import as_series

METHODS = ("wild", "phillips-shi")


def shifting_walk(random: np.random.Generator, size: int) -> np.ndarray:
    """A random walk whose volatility rises sixfold for its last third: no bubble anywhere."""
    volatility = np.where(np.arange(size) < 2 * size // 3, 1.0, 6.0)
    return np.cumsum(volatility * random.standard_normal(size))


def test_the_wild_bootstrap_keeps_its_size_when_volatility_shifts() -> None:
    random = np.random.default_rng(20)
    monte_carlo = psy.critical_values(100).gsadf.critical_value(0.95)
    alarms = {"monte carlo": 0, "wild": 0}
    studies = 200
    for study in range(studies):
        y = shifting_walk(random, 100)
        gsadf = psy.bsadf(y, threads=1).gsadf
        wild = psy.bootstrap_critical_values(y, draws=199, seed=study, threads=1)
        alarms["monte carlo"] += gsadf > monte_carlo
        alarms["wild"] += gsadf > wild.gsadf.critical_value(0.95)
    # Harvey et al. (2016) report the same: far too many alarms without, about the nominal rate
    # with the bootstrap. Three and a half binomial standard errors of 200 studies are 5.4%.
    assert alarms["monte carlo"] / studies > 0.20
    assert alarms["wild"] / studies < 0.05 + 3.5 * np.sqrt(0.05 * 0.95 / studies)


def test_both_bootstraps_keep_their_size_on_a_plain_walk() -> None:
    random = np.random.default_rng(21)
    studies = 150
    alarms = dict.fromkeys(METHODS, 0)
    for study in range(studies):
        y = np.cumsum(random.standard_normal(80))
        gsadf = psy.bsadf(y, threads=1).gsadf
        for method in METHODS:
            values = psy.bootstrap_critical_values(
                y, method=method, draws=199, seed=study, threads=1
            )
            alarms[method] += gsadf > values.gsadf.critical_value(0.90)
    for method in METHODS:
        assert alarms[method] / studies == pytest.approx(0.10, abs=3.5 * np.sqrt(0.09 / studies))


def test_the_joint_sequence_controls_false_alarms_over_its_horizon() -> None:
    random = np.random.default_rng(22)
    studies, horizon, alarms = 200, 24, 0
    for study in range(studies):
        y = np.cumsum(random.standard_normal(120))
        result = psy.bsadf(y, min_window=30, threads=1)
        values = psy.bootstrap_critical_values(
            y,
            min_window=30,
            method="phillips-shi",
            horizon=horizon,
            draws=199,
            seed=study,
            threads=1,
        )
        monitored = slice(30, 30 + horizon)
        threshold = values.sequence.critical_values(0.90)
        alarms += bool((result.statistic > threshold)[monitored].any())
    assert alarms / studies == pytest.approx(0.10, abs=3.5 * np.sqrt(0.09 / studies))


def test_wild_draws_are_the_differences_times_normal_numbers() -> None:
    y = as_series(np.cumsum(np.random.default_rng(3).standard_normal(50)))
    y[20:30] = y[20]
    make = bootstrap._wild(y)
    paths = make(np.random.default_rng(9), 4)
    normal = np.random.default_rng(9).standard_normal((4, 49))
    assert paths.shape == (4, 50)
    np.testing.assert_allclose(np.diff(paths, axis=1), normal * np.diff(y), atol=1e-14)


def test_resampled_draws_follow_the_fitted_autoregression() -> None:
    random = np.random.default_rng(4)
    steps = random.standard_normal(300)
    for t in range(2, 300):
        steps[t] += 0.4 * steps[t - 1] - 0.2 * steps[t - 2]
    y = as_series(np.cumsum(steps))
    difference = np.diff(y)
    design = np.column_stack([np.ones(297), difference[1:-1], difference[:-2]])
    slopes = np.linalg.lstsq(design, difference[2:], rcond=None)[0]
    residuals = difference[2:] - design @ slopes
    path = np.diff(bootstrap._resampled(y, 2)(np.random.default_rng(8), 3), axis=1)
    again = np.random.default_rng(8)
    shocks = again.standard_normal((3, 297)) * residuals[again.integers(297, size=(3, 297))]
    np.testing.assert_allclose(path[:, :2], np.broadcast_to(difference[:2], (3, 2)), atol=1e-14)
    left = path[:, 2:] - slopes[1] * path[:, 1:-1] - slopes[2] * path[:, :-2]
    np.testing.assert_allclose(left, shocks, atol=1e-13)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("lag", [0, 2])
def test_threads_and_units_change_nothing(method: bootstrap.Method, lag: int) -> None:
    y = np.cumsum(np.random.default_rng(1).standard_normal(90))
    one = psy.bootstrap_critical_values(y, lag, method=method, draws=99, threads=1)
    two = psy.bootstrap_critical_values(1024 * y, lag, method=method, draws=99, threads=2)
    np.testing.assert_array_equal(one.gsadf.quantiles, two.gsadf.quantiles)
    np.testing.assert_array_equal(one.sequence.quantiles, two.sequence.quantiles)
    assert (one.sample, one.lag, one.min_window) == (90, lag, psy.default_window(90))
    assert one.gsadf.critical_value(0.9) < one.gsadf.critical_value(0.99)


def test_horizons() -> None:
    y = np.cumsum(np.random.default_rng(1).standard_normal(90))
    sequences = {
        horizon: psy.bootstrap_critical_values(
            y, method="phillips-shi", horizon=horizon, draws=199
        ).sequence.critical_values(0.95)
        for horizon in (1, 12, None)
    }
    first = psy.default_window(90)
    for sequence in sequences.values():
        assert np.isnan(sequence[:first]).all()
        assert np.unique(sequence[first:]).size == 1
    assert sequences[1][-1] < sequences[12][-1] < sequences[None][-1]
    whole = psy.bootstrap_critical_values(y, method="phillips-shi", draws=199)
    assert whole.horizon == 90 - first
    assert sequences[None][-1] == pytest.approx(whole.gsadf.critical_value(0.95), rel=1e-6)


def test_a_series_with_a_standstill_can_be_bootstrapped() -> None:
    y = np.cumsum(np.random.default_rng(1).standard_normal(120))
    y[:60] = y[0]
    values = psy.bootstrap_critical_values(y, draws=99, min_window=20)
    assert np.isfinite(values.sequence.critical_values()[20:]).all()
    assert values.sequence.critical_values()[30] < -1e6  # No draw has a statistic there yet.
    assert np.isfinite(values.gsadf.critical_value())


@pytest.mark.parametrize(
    "arguments",
    [
        {"method": "sieve"},
        {"horizon": 5},
        {"method": "phillips-shi", "horizon": 0},
        {"method": "phillips-shi", "horizon": 1000},
        {"draws": 10},
        {"lag": 12},
    ],
)
def test_wrong_arguments_are_refused(arguments: dict[str, object]) -> None:
    y = np.cumsum(np.random.default_rng(1).standard_normal(90))
    with pytest.raises(UsageError):
        psy.bootstrap_critical_values(y, **arguments)  # type: ignore[arg-type]
