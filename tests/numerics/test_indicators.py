"""Indicators against hand-worked cases, published tables, TA-Lib and plain definitions."""

from __future__ import annotations

import csv
import math
import statistics
from pathlib import Path

import numpy as np
import pytest
import talib
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from springtide.numerics import indicators as ind

PRICES = st.floats(0.01, 1e6)
SERIES = arrays(np.float64, st.integers(0, 120), elements=PRICES)
WINDOWED = {
    "sma": ind.sma,
    "rsi": ind.rsi,
    "realised_volatility": ind.realised_volatility,
}


def closes(path: Path) -> tuple[list[str], np.ndarray]:
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [row["date"] for row in rows], np.array([float(row["close"]) for row in rows])


def walk(n: int, seed: int = 1) -> np.ndarray:
    return 100 * np.exp(np.cumsum(np.random.default_rng(seed).normal(0, 0.015, n)))


def assert_same(ours: np.ndarray, theirs: np.ndarray, tolerance: float = 1e-9) -> None:
    assert ours.shape == theirs.shape
    np.testing.assert_array_equal(np.isnan(ours), np.isnan(theirs))
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=tolerance)


# --- RSI ---------------------------------------------------------------------------------------

# StockCharts ChartSchool, "Relative Strength Index (RSI)", calculation table (QQQQ, 2009-12-14 on).
STOCKCHARTS_CLOSES = [
    44.3389, 44.0902, 44.1497, 43.6124, 44.3278, 44.8264, 45.0955, 45.4245, 45.8433, 46.0826,
    45.8931, 46.0328, 45.6140, 46.2820, 46.2820, 46.0028, 46.0328, 46.4116, 46.2222, 45.6439,
    46.2122, 46.2521, 45.7137, 46.4515, 45.7835, 45.3548, 44.0288, 44.1783, 44.2181, 44.5672,
    43.4205, 42.6628, 43.1314,
]  # fmt: skip
STOCKCHARTS_RSI = [
    70.53, 66.32, 66.55, 69.41, 66.36, 57.97, 62.93, 63.26, 56.06, 62.38,
    54.71, 50.42, 39.99, 41.46, 41.87, 45.46, 37.30, 33.08, 37.77,
]  # fmt: skip


def test_rsi_is_the_published_table() -> None:
    ours = ind.rsi(STOCKCHARTS_CLOSES)
    assert np.isnan(ours[:14]).all()
    # The table is printed to two decimals from closes rounded to four.
    np.testing.assert_allclose(ours[14:], STOCKCHARTS_RSI, atol=0.006)


def talib_rsi(close: np.ndarray, window: int) -> np.ndarray:
    """TA-Lib's RSI, undefined where no price has ever changed (TA-Lib says 0)."""
    changed = np.logical_or.accumulate(np.diff(close, prepend=close[:1]) != 0)
    return np.where(changed | np.isnan(close), talib.RSI(close, window), np.nan)


def test_rsi_of_a_price_that_never_moved_is_undefined() -> None:
    assert np.isnan(ind.rsi(np.full(40, 7.0))).all()
    assert talib.RSI(np.full(40, 7.0), 14)[-1] == 0.0
    moved = np.append(np.full(40, 7.0), 7.1)
    assert ind.rsi(moved)[-1] == 100.0


@pytest.mark.parametrize("window", [2, 3, 14, 50, 200])
@pytest.mark.parametrize("n", [1, 2, 3, 14, 15, 16, 200, 201, 14_000])
def test_rsi_equals_talib(n: int, window: int) -> None:
    assert_same(ind.rsi(walk(n), window), talib.RSI(walk(n), window))


@settings(max_examples=150, deadline=None)
@given(arrays(np.float64, st.integers(1, 120), elements=PRICES), st.integers(2, 30))
def test_rsi_equals_talib_on_any_series(close: np.ndarray, window: int) -> None:
    assert_same(ind.rsi(close, window), talib_rsi(close, window))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([-0.01, 0.0, 0.01]), min_size=1, max_size=80), st.integers(2, 20))
def test_rsi_equals_talib_on_ticks_and_flat_stretches(ticks: list[float], window: int) -> None:
    close = 10 + np.cumsum(ticks)
    assert_same(ind.rsi(close, window), talib_rsi(close, window))


def test_rsi_equals_talib_through_flat_stretches_and_late_listings() -> None:
    flat = np.concatenate([walk(40), np.full(3_000, 90.0), walk(40, seed=2)])
    assert_same(ind.rsi(flat), talib_rsi(flat, 14))
    late = np.concatenate([np.full(9, np.nan), walk(60)])
    assert_same(ind.rsi(late), talib_rsi(late, 14))
    unlisted = np.full(30, np.nan)
    assert np.isnan(ind.rsi(unlisted)).all()


def test_rsi_has_no_value_after_a_gap() -> None:
    gap = walk(60)
    gap[40] = np.nan
    whole = ind.rsi(walk(60))
    np.testing.assert_array_equal(ind.rsi(gap)[:40], whole[:40])
    assert np.isnan(ind.rsi(gap)[40:]).all()


def test_rsi_of_a_series_that_only_rises_or_falls() -> None:
    rising = np.arange(1.0, 40.0)
    assert (ind.rsi(rising)[14:] == 100).all()
    assert (ind.rsi(rising[::-1])[14:] == 0).all()


@pytest.mark.shared
def test_rsi_of_real_indices(shared: Path) -> None:
    dates, hang_seng = closes(shared / "market/index/hsi.csv")
    today = dates.index("2025-02-13")
    assert round(ind.rsi(hang_seng)[today], 2) == 72.45
    assert_same(ind.rsi(hang_seng), talib.RSI(hang_seng, 14))


# --- averages ----------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 2, 5, 199, 200, 201, 399, 400, 401, 14_000])
@pytest.mark.parametrize("window", [2, 5, 200])
def test_averages_equal_talib(n: int, window: int) -> None:
    close = walk(n)
    assert_same(ind.sma(close, window), talib.SMA(close, window))


@settings(max_examples=150, deadline=None)
@given(
    arrays(np.float64, st.integers(0, 60), elements=st.one_of(PRICES, st.just(math.nan))),
    st.integers(1, 15),
)
def test_sma_is_the_mean_of_each_window(close: np.ndarray, window: int) -> None:
    ours = ind.sma(close, window)
    for i in range(len(close)):
        members = close[i - window + 1 : i + 1] if i + 1 >= window else np.array([np.nan])
        if np.isnan(members).any():
            assert math.isnan(ours[i])
        else:
            assert ours[i] == pytest.approx(math.fsum(members) / window, rel=1e-13)


def test_sma_keeps_no_trace_of_values_that_have_left() -> None:
    close = np.concatenate([[1e15, 1e-3, 3e-3, 1e15], np.tile([1e-3, 3e-3], 5_000)])
    # A running sum is off by as much as the values themselves here.
    np.testing.assert_allclose(ind.sma(close, 2)[5:], 2e-3, rtol=1e-15)


@settings(max_examples=100, deadline=None)
@given(
    arrays(np.float64, st.integers(0, 60), elements=st.floats(-1e6, 1e6)),
    st.floats(-1e6, 1e6),
    st.floats(0.01, 1),
)
def test_the_recursion_equals_its_plain_form(
    values: np.ndarray, seed: float, weight: float
) -> None:
    fast = ind.recursive_average(values, seed, weight)
    plain = ind.recursive_average_reference(values, seed, weight)
    # What cancels keeps the rounding of what was added up.
    size = max(abs(seed), float(np.max(np.abs(values), initial=0.0)))
    np.testing.assert_allclose(fast, plain, rtol=1e-12, atol=1e-12 * size + 1e-15)


@pytest.mark.parametrize("weight", [0.999, 2 / 3, 1 / 2, 1 / 14, 1 / 200, 1e-9])
def test_the_recursion_equals_its_plain_form_over_many_blocks(weight: float) -> None:
    values = np.concatenate([walk(5_000), np.zeros(500), walk(5_000, seed=2)])
    fast = ind.recursive_average(values, 50.0, weight)
    plain = ind.recursive_average_reference(values, 50.0, weight)
    np.testing.assert_allclose(fast, plain, rtol=1e-11)


def test_a_gap_ends_a_recursion_and_only_interrupts_a_window() -> None:
    close = np.array([np.nan, 1, 2, 3, np.nan, 5, 6, 7])
    np.testing.assert_array_equal(
        ind.sma(close, 2), [np.nan, np.nan, 1.5, 2.5, np.nan, np.nan, 5.5, 6.5]
    )
    strength = ind.rsi(close, 2)
    assert np.isfinite(strength[3])
    assert np.isnan(strength[4:]).all()


# --- returns, drawdown, volatility ---------------------------------------------------------------


def test_returns_are_the_printed_changes() -> None:
    # Hang Seng closes on 31 Dec 2024 and 13 Feb 2025 (HKEX): +8.7% for the year.
    change = ind.returns([20_059.95, 21_814.37])
    assert math.isnan(change[0])
    assert round(change[1], 2) == 8.75
    np.testing.assert_array_equal(np.isnan(ind.returns([1, np.nan, 2, 4])), [1, 1, 1, 0])


def test_drawdown_by_hand() -> None:
    close = [np.nan, 100.0, 80.0, np.nan, 125.0, 100.0]
    np.testing.assert_allclose(ind.drawdown(close), [np.nan, 0, -20, np.nan, 0, -20])


@pytest.mark.shared
def test_published_drawdowns_of_the_sp500(shared: Path) -> None:
    # S&P 500 by close: -33.9% in 2020 and -56.8% from 2007 to 2009 (S&P Dow Jones Indices).
    dates, close = closes(shared / "market/index/gspc.csv")
    depth = dict(zip(dates, ind.drawdown(close), strict=True))
    assert round(depth["2020-03-23"], 1) == -33.9
    assert round(depth["2009-03-09"], 1) == -56.8
    assert round(depth["1932-06-01"], 1) == -86.2  # from 1929, its deepest
    assert min(depth.values()) == depth["1932-06-01"]


@settings(max_examples=100, deadline=None)
@given(
    arrays(np.float64, st.integers(0, 60), elements=st.one_of(PRICES, st.just(math.nan))),
    st.integers(2, 12),
)
def test_volatility_is_the_annualised_sample_deviation(close: np.ndarray, window: int) -> None:
    ours = ind.realised_volatility(close, window, sessions_per_year=244)
    logs = [math.log(close[i] / close[i - 1]) for i in range(1, len(close))]
    for i in range(len(close)):
        members = logs[i - window : i] if i >= window else [math.nan]
        if any(map(math.isnan, members)):
            assert math.isnan(ours[i])
        else:
            expected = 100 * statistics.stdev(members) * math.sqrt(244)
            size = max(abs(x) for x in members)
            assert ours[i] == pytest.approx(expected, rel=1e-9, abs=1e-4 * size)


def test_volatility_of_an_unchanging_price_is_zero() -> None:
    assert (ind.realised_volatility(np.full(50, 7.8), 20)[20:] == 0).all()
    steady = 100 * 1.01 ** np.arange(50)
    assert (ind.realised_volatility(steady, 20)[20:] < 1e-5).all()


# --- of all ------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(SERIES, st.integers(0, 120), st.integers(2, 20))
def test_later_data_change_nothing(close: np.ndarray, cut: int, window: int) -> None:
    for indicator in WINDOWED.values():
        np.testing.assert_array_equal(
            indicator(close[:cut], window), indicator(close, window)[:cut]
        )
    for indicator in (ind.returns, ind.drawdown):
        np.testing.assert_array_equal(indicator(close[:cut]), indicator(close)[:cut])


def test_later_data_change_nothing_across_blocks() -> None:
    close = walk(14_000)
    for indicator in WINDOWED.values():
        for cut in (2_500, 3_107, 9_999):
            np.testing.assert_array_equal(indicator(close[:cut], 14), indicator(close, 14)[:cut])


@pytest.mark.parametrize("name", WINDOWED)
def test_bad_input_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="window must be at least"):
        WINDOWED[name](walk(30), 0)
    with pytest.raises(ValueError, match="one dimension, not 2"):
        WINDOWED[name](np.ones((5, 2)), 2)
    with pytest.raises(ValueError, match="infinite"):
        WINDOWED[name]([1.0, math.inf, 2.0], 2)


@pytest.mark.parametrize("price", [0.0, -1.0])
def test_a_price_that_is_none_is_refused(price: float) -> None:
    series = [1.0, price, 2.0]
    for indicator in (ind.returns, ind.drawdown):
        with pytest.raises(ValueError, match="above zero, not"):
            indicator(series)
    with pytest.raises(ValueError, match="above zero, not"):
        ind.realised_volatility(series, 2)
    with pytest.raises(ValueError, match="sessions_per_year"):
        ind.realised_volatility(walk(9), 2, sessions_per_year=0)


def test_what_is_given_is_left_as_it_was() -> None:
    close = walk(100)
    close.setflags(write=False)
    for indicator in WINDOWED.values():
        indicator(close, 14)
    ind.sma(close, 1)[0] = 0
    assert close[0] == walk(100)[0]


@pytest.mark.parametrize("size", [1, 7, 8, 20, 127, 128, 129, 200, 250, 257, 1000, 4099])
def test_means_of_slices_are_those_of_numpy_to_the_last_bit(size: int) -> None:
    values = np.random.default_rng(size).lognormal(4, 1, size + 50)
    first = np.arange(50)
    expected = [values[at : at + size].mean() for at in first]
    assert ind.means(values, first, first + size).tolist() == expected
