"""Scores against hand-worked cases, scoringrules, numerical integration and known truths."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from springtide.numerics import scores
from springtide.numerics.resampling import ratio

EDGES = np.array([0.0, 5, 10, 20, 40, 60])
PROBABILITIES = st.lists(st.floats(0, 1), min_size=6, max_size=6).map(sorted)
SAID = np.array([[0.25, 0.3, 0.3, 0.6, 0.85, 0.9]])


def test_brier_by_hand_and_as_scoringrules_has_it() -> None:
    import scoringrules

    assert_allclose(scores.brier([1.0, 0.7, 0.0], [1, 0, 1]), [0.0, 0.49, 1.0])
    rng = np.random.default_rng(1)
    chance, came = rng.random(50), rng.random(50) < 0.5
    expected = scoringrules.brier_score(came.astype(float), chance)
    assert_allclose(scores.brier(chance, came), expected)


def test_crps_of_uniforms_with_atoms_is_that_of_scoringrules() -> None:
    """Cell by cell: random atoms, none, and all the probability in them, random outcomes."""
    import scoringrules

    rng = np.random.default_rng(6)
    low = np.append(rng.uniform(0, 0.5, 200), [0.0, 0.0, 1.0, 0.3])
    high = np.append(rng.uniform(0, 0.5, 200), [0.0, 1.0, 0.0, 0.7])
    outcome = np.append(rng.uniform(-3, 7, 202), [-3.0, 7.0])
    expected = scoringrules.crps_uniform(outcome, -3.0, 7.0, low, high)
    said = np.column_stack([low, 1 - high])
    assert_allclose(scores.crps([-3, 7], said, outcome), expected, rtol=1e-12, atol=1e-12)


@settings(max_examples=60, deadline=None)
@given(said=PROBABILITIES, outcome=st.floats(0, 60))
def test_crps_is_the_integral_of_the_squared_distance(said: list[float], outcome: float) -> None:
    from scipy.integrate import quad

    def distance(x: float) -> float:
        return float((np.interp(x, EDGES, said) - (x >= outcome)) ** 2)

    expected = sum(quad(distance, low, high)[0] for low, high in zip(*_cells(outcome), strict=True))
    assert_allclose(scores.crps(EDGES, [said], [outcome]), expected, rtol=1e-6, atol=1e-7)


def _cells(outcome: float) -> tuple[np.ndarray, np.ndarray]:
    ends = np.unique(np.append(EDGES, outcome))
    return ends[:-1], ends[1:]


def test_crps_is_the_limit_of_the_quantile_form() -> None:
    import scoringrules

    levels = (np.arange(20_000) + 0.5) / 20_000
    said = np.array([0.25, 0.3, 0.35, 0.6, 0.85, 0.9])
    quantiles = np.interp(levels, said, EDGES)  # beyond the grid: at its end
    for outcome in (0.0, 3.0, 17.0, 60.0):
        expected = scoringrules.crps_quantile(outcome, quantiles, levels)
        assert_allclose(scores.crps(EDGES, [said], [outcome]), expected, rtol=1e-3)


def test_what_lies_beyond_the_grid_counts_as_at_its_end() -> None:
    beyond, end = scores.crps(EDGES, np.repeat(SAID, 2, axis=0), [500.0, 60.0])
    assert beyond == end


def test_the_true_distribution_has_the_lowest_expected_crps() -> None:
    rng = np.random.default_rng(2)
    true = np.array([0.3, 0.4, 0.5, 0.7, 0.9, 0.95])
    outcome = drawn(true, 4000, rng)
    best = scores.crps(EDGES, np.tile(true, (4000, 1)), outcome).mean()
    for shift in (-0.1, 0.05):
        other = np.clip(true + shift, 0, 1)
        assert best < scores.crps(EDGES, np.tile(other, (4000, 1)), outcome).mean()


def drawn(said: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    """Draw outcomes from a distribution on the grid, 100 where it lies beyond."""
    level = rng.random(count)
    inside = np.interp(level, said, EDGES)
    return np.where(level <= said[0], 0.0, np.where(level > said[-1], 100.0, inside))


def test_pit_by_hand() -> None:
    low, high = scores.pit(EDGES, np.repeat(SAID, 4, axis=0), [0.0, 15.0, 60.0, 61.0])
    assert_allclose(low, [0.0, 0.45, 0.9, 0.9])
    assert_allclose(high, [0.25, 0.45, 0.9, 1.0])


def test_pit_of_counts_goes_from_one_count_to_the_next() -> None:
    low, high = scores.pit(EDGES, np.repeat(SAID, 3, axis=0), [0.0, 1.0, 15.0], step=1)
    assert_allclose(low, [0.0, 0.25, 0.42])
    assert_allclose(high, [0.25, 0.26, 0.45])


def test_coverage_counts_the_share_of_an_atom_inside() -> None:
    assert_allclose(scores.within([0.0, 0.9], [0.5, 1.0], 0.8), [0.8, 0.0])
    assert_allclose(scores.within([0.25, 0.24, 0.75], [0.25, 0.24, 0.75], 0.5), [1, 0, 1])


@pytest.mark.parametrize("level", [0.5, 0.8])
def test_calibrated_forecasts_are_covered_at_the_level(level: float) -> None:
    rng = np.random.default_rng(3)
    count = 20_000
    said = np.sort(rng.random((count, 6)), axis=1)
    outcome = np.array([drawn(row, 1, rng)[0] for row in said])
    inside = scores.within(*scores.pit(EDGES, said, outcome), level)
    assert abs(inside.mean() - level) < 0.01  # three standard errors


def test_decomposition_adds_up_and_is_that_of_perfect_forecasts() -> None:
    rng = np.random.default_rng(4)
    chance = np.round(rng.random(3000), 2)
    came = rng.random(3000) < chance**2
    parts = scores.decompose(chance, came)
    total = parts.miscalibration - parts.discrimination + parts.uncertainty
    assert_allclose(total, scores.brier(chance, came).mean())
    # Saying p where p squared is true costs the mean of (p - p^2)^2 = 1/30.
    assert_allclose(parts.miscalibration, 1 / 30, atol=0.005)
    perfect = scores.decompose(came.astype(float), came)
    assert perfect.miscalibration == 0
    assert_allclose(perfect.discrimination, perfect.uncertainty)


def test_reliability_holds_every_case_and_what_was_true() -> None:
    rng = np.random.default_rng(5)
    chance = rng.random(6000)
    came = rng.random(6000) < chance
    bins = scores.reliability(chance, came, np.arange(6000) // 10, bins=8)
    assert len(bins) == 8
    assert len(scores.reliability(chance, came, np.arange(6000) // 10)) == 10  # of itself
    assert sum(one.cases for one in bins) == 6000
    held = [one.happened.low <= one.said <= one.happened.high for one in bins]
    assert sum(held) >= 7
    assert_allclose([one.said for one in bins], (np.arange(8) + 0.5) / 8, atol=0.02)


def test_equal_probabilities_stay_in_one_bin() -> None:
    bins = scores.reliability([0.2] * 30 + [0.7] * 5, [0] * 35, np.arange(35), bins=10)
    assert [(one.said, one.cases) for one in bins] == [(pytest.approx(0.2), 30), (0.7, 5)]


def test_a_bin_where_nothing_happened_has_wilsons_interval() -> None:
    from scipy.stats import binomtest

    month = np.tile(np.arange(200), 3)
    share = scores.reliability(np.full(600, 0.1), np.zeros(600), month)[0].happened
    expected = binomtest(0, 200).proportion_ci(method="wilson")
    assert_allclose([share.low, share.high], [expected.low, expected.high], atol=1e-12)
    share = scores.reliability(np.full(600, 0.9), np.ones(600), month)[0].happened
    expected = binomtest(200, 200).proportion_ci(method="wilson")
    assert_allclose([share.low, share.high], [expected.low, expected.high], atol=1e-12)


def test_any_other_bin_has_the_interval_of_its_ratio() -> None:
    month, came = np.arange(400) // 4, np.random.default_rng(7).random(400) < 0.4
    (only,) = scores.reliability(np.full(400, 0.4), came, month, bins=1)
    assert only.happened == ratio(came.astype(float), np.ones(400), month)


def test_decomposition_by_hand() -> None:
    """Brier 0.135; recalibrated to 1/2 and 1: 0.125; always 3/4: 3/16."""
    parts = scores.decompose([0.6, 0.6, 0.9, 0.9], [0, 1, 1, 1])
    assert parts == scores.Decomposition(0.01, 0.0625, 0.1875)


@pytest.mark.parametrize(
    "call",
    [
        lambda: scores.brier([1.1], [True]),
        lambda: scores.brier([float("nan")], [True]),
        lambda: scores.brier([0.1], [2]),
        # one that is wrong among others that are right
        lambda: scores.brier([0.5, 1.1], [True, True]),
        lambda: scores.brier([0.5, 0.5], [1, 2]),
        lambda: scores.crps([0, 1], [[0.1, 0.2], [0.3, 0.2]], [1.0, 1.0]),
        lambda: scores.crps([0, 1, 2], [[0.1, 0.3, 0.2]], [1.0]),
        lambda: scores.crps([0, 1], [[0.1, 0.2], [0.1, 0.2]], [1.0, -1.0]),
        lambda: scores.brier([0.1, 0.2], [True]),
        lambda: scores.crps([0, 0], [[0.1, 0.2]], [1.0]),
        lambda: scores.crps([0, 1], [[0.3, 0.2]], [1.0]),
        lambda: scores.crps([0, 1], [[0.1, 1.2]], [1.0]),
        lambda: scores.crps([0, 1], [[0.1, 0.2]], [-1.0]),
        lambda: scores.crps([0, 1], [[0.1, 0.2]], [float("nan")]),
        lambda: scores.crps([0, 1], [[0.1, 0.2, 0.3]], [1.0]),
        lambda: scores.pit([0, 1], [[0.1, 0.2]], [1.0], step=-1),
        lambda: scores.within([0.1], [0.2], 1.0),
        lambda: scores.within([0.1], [0.2], 0.0),
        lambda: scores.within([0.1], [0.2, 0.3], 0.5),
        lambda: scores.reliability([0.1], [1], [1], bins=0),
    ],
)
def test_what_cannot_be_scored_is_refused(call) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="must"):
        call()
