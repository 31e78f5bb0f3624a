"""Simulated continuations against a plain evaluation of the same paths, and against theory."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from springtide.numerics.continuation import Process, continue_rally, draws, simulate_paths

PEAK, GAIN, HIGH = [0, 5, 20, 60], [0.0, 0.05, 0.2, 1.0], [5, 20, 60]


def plainly(paths: np.ndarray, setback: float, fall: float = 0.2, move: float = 0.1) -> tuple:
    """Evaluate simulated log prices relative to today, path by path, with prices and fractions."""
    peaks, gains, highs, ups = [], [], [], []
    for path in np.exp(paths):
        high, peak, first = 1 / (1 + setback), 0, math.inf
        for step, price in enumerate(path, start=1):
            if price > high:
                high, peak = price, step
                first = min(first, step)
            elif price <= high * (1 - fall) * (1 + 1e-12):
                break
        alive = path[:step]
        moved = np.flatnonzero((alive >= (1 + move) * (1 - 1e-12)) | (alive <= 1 - move + 1e-12))
        peaks.append(peak)
        gains.append(high - 1 if peak else 0.0)
        highs.append(first)
        if len(moved):
            ups.append(alive[moved[0]] > 1)
    return np.array(peaks), np.array(gains), np.array(highs), float(np.mean(ups))


@settings(max_examples=40, deadline=None)
@given(
    setback=st.floats(-0.18, 0.0),
    mean=st.floats(-0.002, 0.002),
    alpha=st.floats(0.0, 0.2),
    seed=st.integers(0, 1000),
)
def test_shares_are_those_of_the_paths(
    setback: float, mean: float, alpha: float, seed: int
) -> None:
    shocks = np.random.default_rng(seed).standard_normal(97)
    process = Process(mean, 0.0004, 0.0004 * (0.9 - alpha), alpha, 0.1, shocks)
    drawn = draws(60, 400, seed)
    found = continue_rally(process, setback, drawn, peak=PEAK, gain=GAIN, new_high=HIGH)
    fast = continue_rally(
        process, setback, drawn, peak=PEAK, gain=GAIN, new_high=HIGH, compiled=True
    )
    for one in ("peak", "gain", "new_high"):
        assert getattr(found, one).tolist() == getattr(fast, one).tolist()
    assert found.up_first == fast.up_first
    peaks, gains, highs, up = plainly(simulate_paths(process, 400, drawn), setback)
    assert found.peak.tolist() == [np.mean(peaks <= h) for h in PEAK]
    assert found.gain == pytest.approx([np.mean(gains <= g + 1e-9) for g in GAIN])
    assert found.new_high.tolist() == [np.mean(highs <= h) for h in HIGH]
    assert found.up_first == pytest.approx(up)


@pytest.mark.parametrize("setback", [-0.02, -0.10, -0.18])
def test_a_driftless_walk_ends_by_the_gamblers_ruin(setback: float) -> None:
    """In logs: the share of the way from the high to the end that has been lost."""
    shocks = np.array([-1.0, 1.0])
    process = Process(0.0, 2.5e-5, 2.5e-5, 0.0, 0.0, shocks)
    found = continue_rally(process, setback, draws(4000, 2500), peak=[0], gain=[0.0], new_high=[5])
    ruin = math.log1p(setback) / math.log(0.8)
    assert found.peak[0] == pytest.approx(ruin, abs=0.035)


def test_volatility_follows_the_process() -> None:
    """Variance returns to omega / (1 - alpha - beta)."""
    shocks = np.random.default_rng(3).standard_normal(5000)
    process = Process(
        0.0, 0.0009, 0.0001 * 0.05, 0.05, 0.90, (shocks - shocks.mean()) / shocks.std()
    )
    paths = simulate_paths(process, 300, draws(3000, 300))
    returns = np.diff(paths, axis=1)
    assert returns[:, 0].var() == pytest.approx(0.0009 * 0.95 + 0.0001 * 0.05, rel=0.1)
    assert returns[:, -50:].var() == pytest.approx(0.0001, rel=0.1)


def test_a_rally_that_is_over_is_refused() -> None:
    process = Process(0.0, 1e-4, 1e-4, 0.0, 0.0, np.array([1.0]))
    with pytest.raises(ValueError, match="setback"):
        continue_rally(process, -0.25, draws(2, 2), peak=[0], gain=[0], new_high=[1])
