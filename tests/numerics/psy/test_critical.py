"""Critical values against published ones, the packaged table against its program."""

from __future__ import annotations

import numpy as np
import pytest

from springtide.errors import DataError, UsageError
from springtide.numerics import psy
from springtide.numerics.psy import critical

# Phillips, Shi and Yu (2015), doi:10.1111/iere.12132, Table 1, finite samples, 95%, from 2,000
# replications: sample size, SADF, GSADF.
PUBLISHED = [
    (100, 1.30, 2.00),
    (200, 1.40, 2.08),
    (400, 1.49, 2.20),
    (800, 1.53, 2.34),
    (1600, 1.57, 2.41),
]


@pytest.mark.parametrize(("size", "sadf", "gsadf"), PUBLISHED)
def test_published_critical_values_are_met(size: int, sadf: float, gsadf: float) -> None:
    # Theirs has the standard error of 2,000 draws, two digits, and a smallest window that is one
    # row shorter (the paper counts levels, not rows).
    ours = psy.critical_values(size, min_window=psy.default_window(size) - 1, replications=1999)
    for published, distribution in ((sadf, ours.sadf), (gsadf, ours.gsadf)):
        error = np.hypot(distribution.standard_error(0.95), distribution.standard_error(0.95))
        assert distribution.critical_value(0.95) == pytest.approx(published, abs=3 * error + 0.005)


def test_the_table_covers_what_it_promises() -> None:
    sizes = psy.tabulated_sizes()
    assert sizes[0] == 50
    assert sizes[-1] == 10_000
    for size in sizes:
        for lag in range(5):
            values = psy.critical_values(size, lag)
            assert values.packaged
            assert (values.sample, values.lag) == (size, lag)
            assert values.min_window == psy.default_window(size)
            assert values.replications >= 199
            assert values.seed == critical.SEED
            assert "PCG64" in values.generator
            for level in psy.LEVELS:
                adf, sadf, gsadf = (
                    d.critical_value(level) for d in (values.adf, values.sadf, values.gsadf)
                )
                assert adf <= sadf <= gsadf
                assert 0 < values.gsadf.standard_error(level) < 0.6
            sequence = values.sequence.critical_values(0.95)
            assert sequence.shape == (size,)
            first = values.min_window + lag
            assert np.isnan(sequence[:first]).all()
            assert np.isfinite(sequence[first:]).all()


def test_critical_values_rise_with_the_sample() -> None:
    gsadf = [psy.critical_values(size).gsadf.critical_value() for size in (100, 400, 1600, 10_000)]
    assert gsadf == sorted(gsadf)


@pytest.mark.parametrize(("size", "lag"), [(50, 0), (60, 1), (70, 3)])
def test_the_table_is_what_its_program_makes(size: int, lag: int) -> None:
    stored = psy.critical_values(size, lag)
    again = psy.critical_values(size, lag, replications=stored.replications, seed=stored.seed)
    assert stored.packaged
    assert not again.packaged
    for name in ("adf", "sadf", "gsadf"):
        ours, theirs = getattr(stored, name), getattr(again, name)
        np.testing.assert_allclose(ours.quantiles, theirs.quantiles, atol=1e-6)
        np.testing.assert_allclose(ours.standard_errors, theirs.standard_errors, atol=1e-6)
    positions = critical.stored_positions(size - lag - stored.min_window)
    positions += stored.min_window + lag
    np.testing.assert_allclose(
        stored.sequence.quantiles[:, positions], again.sequence.quantiles[:, positions], atol=6e-4
    )


def test_the_sequence_between_stored_positions_is_within_simulation_error() -> None:
    stored = psy.critical_values(200)
    again = psy.critical_values(200, replications=stored.replications, seed=stored.seed)
    inside = slice(stored.min_window, None)
    at_95, above, below = (
        again.sequence.critical_values(level)[inside] for level in (0.95, 0.975, 0.925)
    )
    density = 0.05 / (above - below)
    error = np.sqrt(0.95 * 0.05 / stored.replications) / density
    assert (np.abs(stored.sequence.critical_values(0.95)[inside] - at_95) < 3 * error).all()


def test_any_other_size_is_simulated_with_progress() -> None:
    seen: list[tuple[int, int]] = []
    values = psy.critical_values(
        83, 1, replications=199, seed=5, progress=lambda done, total: seen.append((done, total))
    )
    assert not values.packaged
    assert values.replications == 199
    assert seen[-1] == (199, 199)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_threads_and_later_replications_change_nothing() -> None:
    one = psy.critical_values(83, replications=199, seed=5, threads=1)
    two = psy.critical_values(83, replications=199, seed=5, threads=2)
    np.testing.assert_array_equal(one.gsadf.quantiles, two.gsadf.quantiles)
    np.testing.assert_array_equal(one.sequence.quantiles, two.sequence.quantiles)
    other = psy.critical_values(83, replications=199, seed=6)
    assert not np.array_equal(one.gsadf.quantiles, other.gsadf.quantiles)


def test_the_false_alarm_rate_is_what_the_level_says() -> None:
    values = psy.critical_values(100)
    random = np.random.default_rng(77)
    walks = np.cumsum(random.standard_normal((2000, 100)), axis=1)
    gsadf = np.array([psy.bsadf(y, threads=1).gsadf for y in walks])
    for level in (0.90, 0.95):
        alarms = (gsadf > values.gsadf.critical_value(level)).mean()
        error = np.sqrt(level * (1 - level) / 2000)
        assert alarms == pytest.approx(1 - level, abs=3.5 * error)


def test_p_values_agree_with_critical_values() -> None:
    values = psy.critical_values(400)
    for distribution in (values.adf, values.sadf, values.gsadf):
        for level in (0.5, 0.9, 0.95, 0.99):
            value = distribution.critical_value(level)
            assert distribution.p_value(value) == pytest.approx(1 - level, abs=1e-9)
        assert distribution.p_value(1e6) == pytest.approx(1 / (distribution.replications + 1))
        assert distribution.p_value(-1e6) == pytest.approx(
            distribution.replications / (distribution.replications + 1)
        )
        assert np.isnan(distribution.p_value(float("nan")))
    at_level = values.sequence.critical_values(0.95)
    p_values = values.sequence.p_values(at_level)
    first = values.min_window
    assert np.isnan(p_values[:first]).all()
    np.testing.assert_allclose(p_values[first:], 0.05, atol=1e-9)


def test_levels_between_the_stored_ones_lie_between() -> None:
    values = psy.critical_values(400)
    low, middle, high = (values.sequence.critical_values(p)[-1] for p in (0.90, 0.91, 0.925))
    assert low < middle < high
    with pytest.raises(UsageError, match="outside the simulated"):
        values.gsadf.critical_value(0.99999)
    with pytest.raises(UsageError, match="differ in length"):
        values.sequence.p_values(np.zeros(5))


@pytest.mark.parametrize(
    "arguments", [{"size": 0}, {"size": 100, "lag": 9}, {"size": 100, "lag": "aic"}, {"size": 2.5}]
)
def test_wrong_arguments_are_refused(arguments: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        psy.critical_values(**arguments)  # type: ignore[arg-type]


def test_too_few_replications_or_observations_are_refused() -> None:
    with pytest.raises(UsageError, match="Too few replications"):
        psy.critical_values(100, replications=50)
    with pytest.raises(DataError, match="too short"):
        psy.critical_values(3)
