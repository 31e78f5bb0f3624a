"""The wild bootstrap keeps its size where Monte Carlo critical values do not."""

from __future__ import annotations

import numpy as np
import pytest

from springtide.errors import UsageError
from springtide.numerics import psy
from springtide.numerics.psy import bootstrap
from springtide.numerics.psy.sequence import as_series


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


def test_it_keeps_its_size_on_a_plain_walk() -> None:
    random = np.random.default_rng(21)
    studies, alarms = 150, 0
    for study in range(studies):
        y = np.cumsum(random.standard_normal(80))
        values = psy.bootstrap_critical_values(y, draws=199, seed=study, threads=1)
        alarms += psy.bsadf(y, threads=1).gsadf > values.gsadf.critical_value(0.90)
    assert alarms / studies == pytest.approx(0.10, abs=3.5 * np.sqrt(0.09 / studies))


def test_an_end_point_is_judged_by_what_came_up_to_it() -> None:
    y = np.cumsum(np.random.default_rng(22).standard_normal(150))
    changed = y.copy()
    changed[120:] += 50 * np.arange(30)
    one, two = (
        psy.bootstrap_critical_values(each, min_window=30, draws=99).sequence.critical_values()
        for each in (y, changed)
    )
    np.testing.assert_allclose(one[:120], two[:120], rtol=1e-9)
    assert not np.allclose(one[121:], two[121:])


def test_wild_draws_are_the_differences_times_normal_numbers() -> None:
    y = as_series(np.cumsum(np.random.default_rng(3).standard_normal(50)))
    y[20:30] = y[20]
    make = bootstrap._wild(y)
    paths = make(np.random.default_rng(9), 4)
    normal = np.random.default_rng(9).standard_normal((4, 49))
    assert paths.shape == (4, 50)
    np.testing.assert_allclose(np.diff(paths, axis=1), normal * np.diff(y), atol=1e-14)


@pytest.mark.parametrize("lag", [0, 2])
def test_threads_and_units_change_nothing(lag: int) -> None:
    y = np.cumsum(np.random.default_rng(1).standard_normal(90))
    one = psy.bootstrap_critical_values(y, lag, draws=99, threads=1)
    two = psy.bootstrap_critical_values(1024 * y, lag, draws=99, threads=2)
    np.testing.assert_array_equal(one.gsadf.quantiles, two.gsadf.quantiles)
    np.testing.assert_array_equal(one.sequence.quantiles, two.sequence.quantiles)
    assert (one.sample, one.lag, one.min_window) == (90, lag, psy.default_window(90))
    assert one.gsadf.critical_value(0.9) < one.gsadf.critical_value(0.99)


def test_a_series_with_a_standstill_can_be_bootstrapped() -> None:
    y = np.cumsum(np.random.default_rng(1).standard_normal(120))
    y[:60] = y[0]
    values = psy.bootstrap_critical_values(y, draws=99, min_window=20)
    assert np.isfinite(values.sequence.critical_values()[20:]).all()
    assert values.sequence.critical_values()[30] < -1e6  # No draw has a statistic there yet.
    assert np.isfinite(values.gsadf.critical_value())


@pytest.mark.parametrize("arguments", [{"draws": 10}, {"lag": 12}, {"min_window": 2}])
def test_wrong_arguments_are_refused(arguments: dict[str, object]) -> None:
    y = np.cumsum(np.random.default_rng(1).standard_normal(90))
    with pytest.raises(UsageError):
        psy.bootstrap_critical_values(y, **arguments)  # type: ignore[arg-type]
