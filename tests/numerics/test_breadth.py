"""Breadth and lead or lag: counts by hand, bounds, and what noise does."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from springtide.numerics.breadth import above_mean, advances, at_extreme, lead_lag

NAN = math.nan

PANEL = np.array(
    [
        # rises, falls, stands still, begins late, has a gap, ends early
        [1.0, 5.0, 2.0, NAN, 3.0, 1.0],
        [2.0, 4.0, 2.0, NAN, NAN, 2.0],
        [3.0, 3.0, 2.0, 7.0, 4.0, 3.0],
        [4.0, 2.0, 2.0, 8.0, 5.0, NAN],
    ]
)


def test_counts_by_hand() -> None:
    # 4 > 3 and 5 > 4 are above their mean of three; 2 = 2 is not; two lack closes.
    share = above_mean(PANEL, 3)
    assert (share.count, share.counted, share.left_out) == (2, 4, 2)
    assert share.percent == 50.0
    highs, lows = at_extreme(PANEL, 3, "high"), at_extreme(PANEL, 3, "low")
    assert (highs.count, highs.counted) == (3, 4)  # who stands still is at both
    assert (lows.count, lows.counted) == (2, 4)
    made = advances(PANEL[-2:])
    assert (made.rose, made.fell, made.unchanged, made.left_out) == (3, 1, 1, 1)
    assert made.ratio == 3.0
    assert math.isnan(advances(PANEL[-2:, :1]).ratio)
    assert math.isnan(above_mean(PANEL[:, 3:4], 3).percent)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), window=st.integers(2, 20))
def test_scale_and_mirror(seed: int, window: int) -> None:
    closes = np.exp(np.random.default_rng(seed).normal(0, 0.05, (20, 8)).cumsum(axis=0))
    scales = np.arange(1.0, 9.0)
    assert above_mean(closes, window) == above_mean(closes * scales, window)
    assert at_extreme(closes, window, "high") == at_extreme(-closes, window, "low")
    made, mirrored = advances(closes[-2:]), advances(-closes[-2:])
    assert (made.rose, made.fell) == (mirrored.fell, mirrored.rose)
    # rows before those that are looked at change nothing
    assert above_mean(closes[-window:], window).count == above_mean(closes, window).count


@pytest.mark.parametrize("lag", [-3, -1, 1, 4])
def test_a_lead_that_is_there_is_told(lag: int) -> None:
    rng = np.random.default_rng(5)
    shocks = rng.normal(size=320)
    first = shocks[10:260] + 0.5 * rng.normal(size=250)
    second = shocks[10 - lag : 260 - lag] + 0.5 * rng.normal(size=250)
    made = lead_lag(first, second, 5)
    assert made.lag == lag
    assert made.at(lag) == max(made.correlations)
    assert made.at(lag) == pytest.approx(
        np.corrcoef(first[: 250 - lag], second[lag:])[0, 1]
        if lag > 0
        else np.corrcoef(second[: 250 + lag], first[-lag:])[0, 1]
    )


def test_noise_leads_about_once_in_twenty() -> None:
    rng = np.random.default_rng(11)
    draws = 400
    leads = sum(
        lead_lag(rng.normal(size=250), rng.normal(size=250), 5).lag != 0 for _ in range(draws)
    )
    # one-sided by half: only the largest, a positive one, counts
    assert leads / draws < 0.05


def test_a_common_market_is_no_lead() -> None:
    rng = np.random.default_rng(2)
    market = rng.normal(size=250)
    made = lead_lag(market + rng.normal(size=250), market + rng.normal(size=250), 5)
    assert made.lag == 0
    assert made.at(0) > made.threshold
    assert made.threshold == pytest.approx(2.807 / math.sqrt(250), abs=1e-3)  # 5% / 10, two-sided
