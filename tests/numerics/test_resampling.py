"""Block bootstrap against hand-worked draws, theory, and simulated truth; the set against arch."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from springtide.numerics.resampling import confidence_set, monthly_means, ratio, skill


def autoregressive(length: int, rho: float, rng: np.random.Generator) -> np.ndarray:
    """Return a path with mean zero, unit variance and correlation rho from month to month."""
    path = rng.normal(size=length)
    for k in range(1, length):
        path[k] = rho * path[k - 1] + np.sqrt(1 - rho**2) * path[k]
    return path


def test_skill_by_hand() -> None:
    found = skill([0.1, 0.2, 0.3], [0.2, 0.4, 0.2], [24001, 24001, 24200])
    assert found.value == pytest.approx(1 - 0.6 / 0.8)


def test_interval_is_that_of_the_circular_block_bootstrap_of_arch() -> None:
    from arch.bootstrap import CircularBlockBootstrap
    from scipy.stats import norm, t

    rng = np.random.default_rng(1)
    length, block = 240, 12
    values = 1 + 0.5 * autoregressive(length, 0.7, rng)
    months = np.arange(length)
    ours = ratio(values, np.ones(length), months, block=block, draws=20_000)
    means = CircularBlockBootstrap(block, values, seed=2).apply(np.mean, 20_000)
    # Hesterberg (2015), section 5: with n blocks the percentiles of the normal distribution at
    # which Student's t interval of n - 1 degrees of freedom ends.
    blocks = length / block
    tail = norm.cdf(-np.sqrt(blocks / (blocks - 1)) * t.ppf(0.975, blocks - 1))
    low, high = np.quantile(means, [tail, 1 - tail])
    assert_allclose([ours.low, ours.high], [low, high], atol=0.03 * (high - low))


def test_cases_of_a_month_are_drawn_together() -> None:
    """Ten copies of every case say no more than one."""
    rng = np.random.default_rng(2)
    values, months = rng.random(200), np.arange(200)
    once = ratio(values, np.ones(200), months)
    many = ratio(np.tile(values, 10), np.ones(2000), np.tile(months, 10))
    assert_allclose([many.value, many.low, many.high], [once.value, once.low, once.high])


def test_order_of_cases_does_not_matter() -> None:
    rng = np.random.default_rng(3)
    values, months = rng.random(300), rng.integers(24_000, 24_200, 300)
    order = rng.permutation(300)
    one = ratio(values, np.ones(300), months)
    other = ratio(values[order], np.ones(300), months[order])
    assert_allclose([one.low, one.high], [other.low, other.high])


def test_months_without_cases_are_months() -> None:
    """A quarter's cases a year apart still span the whole time."""
    months = np.repeat(np.arange(0, 240, 12), 2)
    share = ratio(np.tile([0.0, 1.0], 20), np.ones(40), months)
    assert (share.value, share.low, share.high) == (0.5, 0.5, 0.5)


@pytest.mark.parametrize(("rho", "least"), [(0.5, 185), (0.8, 178), (0.9, 168)])
def test_coverage_on_autocorrelated_months(rho: float, least: int) -> None:
    """Blocks hold the truth nearly as often as stated; single months far less often.

    Blocks of 24 months cut off what hangs together longer: of the variance of a mean with a
    correlation of 0.9 from month to month they see two thirds, so that 95% becomes about 88%.
    """
    rng = np.random.default_rng(4)
    held = {1: 0, 24: 0}
    months = np.arange(720)
    for _ in range(200):
        losses = 2 + autoregressive(720, rho, rng)
        for block in held:
            share = ratio(losses, np.ones(720), months, block=block, draws=399)
            held[block] += share.low <= 2 <= share.high
    assert held[24] >= least
    assert held[1] < held[24] - 10


def test_skill_of_equally_good_methods_is_zero_within_its_interval() -> None:
    rng = np.random.default_rng(5)
    held = 0
    months = np.arange(600)
    for _ in range(100):
        common = np.exp(autoregressive(600, 0.8, rng))
        one, other = (common * np.exp(0.2 * autoregressive(600, 0.8, rng)) for _ in range(2))
        found = skill(one, other, months, draws=399)
        held += found.low <= 0 <= found.high
    assert held >= 85


def test_a_record_of_fewer_than_three_blocks_has_no_interval() -> None:
    share = ratio(np.ones(71), np.ones(71), np.arange(71))
    assert share.value == 1
    assert np.isnan([share.low, share.high]).all()
    assert not np.isnan(ratio(np.ones(72), np.ones(72), np.arange(72)).low)


def test_cases_that_are_crowded_into_one_block_have_no_interval() -> None:
    """40 years, of which two hold nearly all cases."""
    rng = np.random.default_rng(10)
    months = np.concatenate([np.arange(480), rng.integers(240, 264, 5000)])
    share = ratio(rng.random(5480), np.ones(5480), months)
    assert np.isnan([share.low, share.high]).all()


def test_the_fewer_blocks_carry_the_weight_the_wider_the_interval() -> None:
    """Weights of 1 and 7 in turn: 20 blocks count as 20 * 4 * 4 / 25 = 12.8."""
    from arch.bootstrap import CircularBlockBootstrap
    from scipy.stats import norm, t

    rng = np.random.default_rng(11)
    months = np.arange(480)
    weight = np.where(months // 24 % 2, 7.0, 1.0)
    values = 1 + autoregressive(480, 0.5, rng)
    share = ratio(weight * values, weight, months, draws=20_000)
    means = CircularBlockBootstrap(24, weight * values, weight, seed=3).apply(
        lambda top, bottom: top.mean() / bottom.mean(), 20_000
    )
    tail = norm.cdf(-np.sqrt(12.8 / 11.8) * t.ppf(0.975, 11.8))
    low, high = np.quantile(means, [tail, 1 - tail])
    assert_allclose([share.low, share.high], [low, high], atol=0.03 * (high - low))


def test_nothing_over_nothing_is_not_a_number() -> None:
    assert np.isnan(ratio([1.0], [0.0], [1]).value)


def test_the_set_leaves_out_the_worse_and_keeps_the_alike() -> None:
    rng = np.random.default_rng(6)
    base = np.exp(autoregressive(480, 0.8, rng))
    losses = np.stack([base + rng.normal(0, 0.2, 480) for _ in range(3)], axis=1)
    losses[:, 1] += 0.5
    p_value = confidence_set(losses, draws=999)
    assert p_value[1] < 0.01
    assert p_value.max() == 1
    assert np.delete(p_value, 1).min() > 0.05


def test_methods_with_the_same_losses_share_their_p_value() -> None:
    rng = np.random.default_rng(7)
    one, other = rng.random((2, 200))
    p_value = confidence_set(np.stack([one, other, one], axis=1), draws=499)
    assert p_value[0] == p_value[2]
    assert (confidence_set(np.stack([one, one], axis=1)) == 1).all()


def test_a_method_worse_by_the_same_amount_throughout_is_not_in_the_set() -> None:
    rng = np.random.default_rng(9)
    one, other = rng.random((2, 200))
    p_value = confidence_set(np.stack([one + 0.01, one, other], axis=1), draws=499)
    assert p_value[0] == 0
    assert p_value[1] > 0.05


def test_a_short_record_has_no_set() -> None:
    assert np.isnan(confidence_set(np.random.default_rng(8).random((71, 2)))).all()


def test_monthly_means_keep_the_order_of_months() -> None:
    means = monthly_means([[1.0], [5.0], [3.0]], [9, 2, 9])
    assert_allclose(means, [[5.0], [2.0]])


@pytest.mark.parametrize(
    "call",
    [
        lambda: ratio([], [], []),
        lambda: ratio([1.0], [1.0, 2.0], [1]),
        lambda: ratio([float("inf")], [1.0], [1]),
        lambda: ratio([1.0], [-1.0], [1]),
        lambda: ratio([1.0], [1.0], [1], block=0),
        lambda: ratio([1.0], [1.0], [1], level=1.0),
        lambda: confidence_set([[1.0], [2.0]]),
        lambda: confidence_set([[1.0, float("nan")]]),
    ],
)
def test_what_cannot_be_drawn_is_refused(call) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="must"):
        call()
