"""Swing points, levels, tests of a level, double tops: hand cases, properties, published closes."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from springtide.numerics.levels import (
    LevelTest,
    Swing,
    double_bottoms,
    double_tops,
    level_tests,
    levels,
    swing_points,
)

Path_ = tuple[np.ndarray, np.ndarray, np.ndarray]


def walk(seed: int, n: int = 300, size: float = 0.02) -> Path_:
    """Highs, lows and closes of a random walk."""
    rng = np.random.default_rng(seed)
    close = 100 * np.exp(np.cumsum(rng.normal(0, size, n)))
    reach = 1 + np.abs(rng.normal(0, size / 2, n))
    return close * reach, close / reach, close


def by_definition(high: np.ndarray, low: np.ndarray, reversal: float) -> list[Swing]:
    """Find swings by the words of the definition, from scratch at every bar."""
    answer: list[Swing] = []
    since = 0  # the bars after the last swing
    for t in range(len(high)):
        for is_high in (True, False):
            if answer and answer[-1].high is is_high:
                continue
            extreme = np.argmax(high[since : t + 1]) if is_high else np.argmin(low[since : t + 1])
            i = since + int(extreme)
            turned = (
                low[t] <= high[i] * (1 - reversal)
                if is_high
                else high[t] >= low[i] * (1 + reversal)
            )
            if i < t and turned:
                answer.append(Swing(i, float(high[i] if is_high else low[i]), t, is_high))
                since = t
                break
    return answer


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("reversal", [0.03, 0.05, 0.1])
def test_swings_are_those_of_the_definition(seed: int, reversal: float) -> None:
    high, low, _ = walk(seed)
    assert list(swing_points(high, low, reversal)) == by_definition(high, low, reversal)


def test_a_bar_never_confirms_its_own_extreme() -> None:
    # The second bar rises 10% and falls 9% from its high: which came first is not known.
    assert swing_points([100, 110], [99.5, 100]) == (Swing(0, 99.5, 1, False),)
    # The bar after it confirms the high, and falls on: its low is no swing low yet.
    assert swing_points([100, 110, 104], [99.5, 100, 90])[1:] == (Swing(1, 110.0, 2, True),)
    # A high that is passed is none: the bar with the higher high is not confirmed by itself.
    assert swing_points([100, 101, 103], [99, 99, 90]) == ()


@given(seed=st.integers(0, 10_000), cut=st.integers(1, 120))
@settings(max_examples=60, deadline=None)
def test_swings_of_the_first_bars_are_those_confirmed_by_then(seed: int, cut: int) -> None:
    high, low, _ = walk(seed, 120)
    early = swing_points(high[:cut], low[:cut])
    assert early == tuple(one for one in swing_points(high, low) if one.confirmed < cut)


@given(seed=st.integers(0, 10_000), factor=st.sampled_from([0.25, 2.0, 1024.0]))
@settings(max_examples=20, deadline=None)
def test_prices_in_another_unit_give_the_same_swings(seed: int, factor: float) -> None:
    high, low, _ = walk(seed, 120)
    scaled = swing_points(high * factor, low * factor)
    assert [(one.index, one.price / factor, one.confirmed) for one in scaled] == [
        (one.index, one.price, one.confirmed) for one in swing_points(high, low)
    ]


def test_swings_alternate_and_a_path_that_only_rises_has_a_low_alone() -> None:
    high, low, _ = walk(3)
    kinds = [one.high for one in swing_points(high, low)]
    assert len(kinds) > 10
    assert all(a != b for a, b in pairwise(kinds))
    rise = np.linspace(100, 200, 50)
    assert [one.high for one in swing_points(rise, rise)] == [False]


@pytest.mark.parametrize(
    ("high", "low", "reversal", "why"),
    [
        ([100, np.nan], [99, 98], 0.05, "missing"),
        ([100, 101], [99], 0.05, "one of each"),
        ([100, 0], [99, 98], 0.05, "above zero"),
        ([100, 101], [99, 98], 0.0, "between 0 and 1"),
    ],
)
def test_bad_paths_are_refused(high: list, low: list, reversal: float, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        swing_points(high, low, reversal)


def test_a_swing_adds_to_the_nearest_level_within_one_per_cent() -> None:
    swings = [
        Swing(0, 100.4, 2, True),  # within 1% of both later ones, nearer to 100.0
        Swing(10, 101.2, 12, True),
        Swing(20, 100.0, 22, True),
    ]
    assert [(one.price, one.count) for one in levels(swings, 30)] == [(100.0, 2), (101.2, 1)]
    assert [one.price for one in levels(swings, 30, lookback=15)] == [100.0]
    assert [one.price for one in levels(swings, 21)] == [101.2]  # the last is not known yet


def test_visits_are_counted_and_not_days() -> None:
    close = [97.0, 99.6, 100.1, 99.7, 97.9]  # three days at the level, one visit, held
    assert level_tests(close, close, close, 100.0) == (LevelTest(1, "below", "held", 4),)


def test_one_bar_may_begin_and_end_a_test_and_a_gap_jumps_over_the_level() -> None:
    close, high, low = [97.0, 97.5], [97.0, 99.9], [97.0, 97.0]
    assert level_tests(high, low, close, 100.0) == (LevelTest(1, "below", "held", 1),)
    jump = [97.0, 104.0, 103.0, 96.0]
    assert level_tests(jump, jump, jump, 100.0) == (
        LevelTest(1, "below", "broken", 1),
        LevelTest(3, "above", "broken", 3),
    )


def test_nothing_begins_without_a_close_away_and_an_open_test_stays_open() -> None:
    near = [99.0, 100.0, 101.0, 100.0]
    assert level_tests(near, near, near, 100.0) == ()
    late = [97.0, 99.8, 100.4]
    assert level_tests(late, late, late, 100.0) == (LevelTest(1, "below", "open", None),)


def test_a_path_that_passes_once_is_tested_once() -> None:
    rise = np.linspace(80, 120, 400)
    assert [one.ending for one in level_tests(rise, rise, rise, 100.0)] == ["broken"]
    assert level_tests(rise, rise, rise, 130.0) == ()


@given(seed=st.integers(0, 10_000), cut=st.integers(2, 150), level=st.floats(80, 120))
@settings(max_examples=60, deadline=None)
def test_tests_known_by_a_day_do_not_change(seed: int, cut: int, level: float) -> None:
    high, low, close = walk(seed, 150)
    whole = level_tests(high, low, close, level)
    early = level_tests(high[:cut], low[:cut], close[:cut], level)
    decided = tuple(one for one in early if one.end is not None)
    assert decided == tuple(one for one in whole if one.end is not None and one.end < cut)
    assert len(early) - len(decided) <= 1


def test_a_double_top_needs_its_low_between_and_is_completed_below_it() -> None:
    close = np.array([90, 100, 93, 94, 99, 95, 92.9, 92])
    swings = swing_points(close, close)
    assert [one.price for one in swings if one.high] == [100.0, 99.0]
    (top,) = double_tops(close, close, close, swings, apart=3)
    assert (top.mean, top.neckline, top.formed, top.completed) == (99.5, 93.0, 6, 6)
    assert double_tops(close, close, close, swings, apart=4) == ()
    assert double_tops(close, close, close, swings, apart=3, depth=0.07) == ()
    assert double_tops(close, close, close, swings, apart=3, tolerance=0.004) == ()
    between = np.array([90, 100, 94, 101.5, 95, 94, 100.4, 95])  # a higher high between
    tops = double_tops(between, between, between, swing_points(between, between), apart=5)
    assert [(one.first.price, one.second.price) for one in tops] == [(100.0, 100.4)]
    strict = double_tops(
        between, between, between, swing_points(between, between), apart=5, tolerance=0.01
    )
    assert strict == ()


@pytest.mark.parametrize("seed", range(5))
def test_double_bottoms_are_double_tops_upside_down(seed: int) -> None:
    high, low, close = walk(seed)
    for bottom in double_bottoms(high, low, close, swing_points(high, low)):
        assert not bottom.first.high
        for one in (bottom.first, bottom.second):
            assert one.price == low[one.index]
            assert abs(one.price / bottom.mean - 1) <= 0.015
        between = slice(bottom.first.index + 1, bottom.second.index)
        assert bottom.neckline == high[between].max() >= bottom.mean * 1.05
        assert low[between].min() >= bottom.mean * 0.985
        assert 22 <= bottom.second.index - bottom.first.index <= 130


# --- the Hang Seng Index to 13 February 2025 ------------------------------------------------------


@pytest.fixture(scope="module")
def hsi(shared: Path) -> pl.DataFrame:
    bars = pl.read_csv(shared / "market" / "index" / "hsi.csv", try_parse_dates=True)
    return bars.filter(
        pl.col("date") <= date(2025, 2, 13),
        pl.col("high").is_not_null(),
        pl.col("low").is_not_null(),
    )


def columns(bars: pl.DataFrame) -> Path_:
    return bars["high"].to_numpy(), bars["low"].to_numpy(), bars["close"].to_numpy()


@pytest.mark.shared
def test_swings_of_the_hang_seng_index(hsi: pl.DataFrame) -> None:
    days = hsi["date"].to_list()
    high, low, _ = columns(hsi)
    answer = [
        (
            "high" if one.high else "low",
            str(days[one.index]),
            round(one.price, 2),
            str(days[one.confirmed]),
        )
        for one in swing_points(high, low)
        if days[one.index] >= date(2024, 8, 1)
    ]
    assert answer == [
        ("low", "2024-08-05", 16441.44, "2024-08-15"),
        ("high", "2024-08-30", 18202.60, "2024-09-09"),
        ("low", "2024-09-11", 16964.28, "2024-09-19"),
        ("high", "2024-10-02", 22667.74, "2024-10-03"),
        ("low", "2024-10-03", 21442.25, "2024-10-04"),
        ("high", "2024-10-07", 23241.74, "2024-10-08"),
        ("low", "2024-10-09", 20190.53, "2024-10-10"),
        ("high", "2024-10-10", 21622.65, "2024-10-15"),
        ("low", "2024-10-17", 19977.35, "2024-11-05"),
        ("high", "2024-11-08", 21355.44, "2024-11-11"),
        ("low", "2024-11-26", 19054.40, "2024-12-09"),
        ("high", "2024-12-10", 21070.05, "2024-12-13"),
        ("low", "2025-01-13", 18671.49, "2025-01-16"),
    ]


@pytest.mark.shared
def test_levels_of_the_hang_seng_index(hsi: pl.DataFrame) -> None:
    high, low, close = columns(hsi)
    made = levels(swing_points(high, low), len(close) - 1)
    above = sorted(round(one.price, 2) for one in made if one.price > close[-1])
    below = sorted(
        ((round(one.price, 2), one.count) for one in made if one.price < close[-1]), reverse=True
    )
    assert above == [22667.74, 23241.74]
    assert below[:3] == [(21622.65, 1), (21355.44, 2), (21070.05, 1)]


TESTS = {
    21728: [
        ("2024-10-02", "below", "broken", "2024-10-02"),
        ("2024-10-03", "above", "held", "2024-10-04"),
        ("2024-10-08", "above", "broken", "2024-10-08"),
        ("2024-10-10", "below", "held", "2024-10-10"),
        ("2025-02-11", "below", "open", None),
    ],
    22500: [
        ("2024-10-02", "below", "broken", "2024-10-07"),
        ("2024-10-08", "above", "broken", "2024-10-08"),
        ("2025-02-13", "below", "held", "2025-02-13"),
    ],
    23870: [
        ("2021-09-20", "above", "held", "2021-09-23"),
        ("2021-10-04", "above", "held", "2021-10-07"),
        ("2021-11-29", "above", "broken", "2021-12-06"),
        ("2021-12-07", "below", "held", "2021-12-17"),
    ],
}


@pytest.mark.shared
@pytest.mark.parametrize("level", TESTS)
def test_tests_of_levels_of_an_article(hsi: pl.DataFrame, level: int) -> None:
    days = hsi["date"].to_list()
    answer = [
        (
            str(days[one.start]),
            one.side,
            one.ending,
            None if one.end is None else str(days[one.end]),
        )
        for one in level_tests(*columns(hsi), level)
        if days[one.start].year == 2021 or days[one.start] >= date(2024, 2, 14)
    ]
    assert answer == TESTS[level]


@pytest.mark.shared
def test_double_tops_of_the_hang_seng_index(hsi: pl.DataFrame) -> None:
    days = hsi["date"].to_list()
    high, low, close = columns(hsi)
    answer = [
        (
            str(days[one.first.index]),
            str(days[one.second.index]),
            round(one.mean, 1),
            round(one.neckline, 2),
        )
        for one in double_tops(high, low, close, swing_points(high, low))
        if days[one.first.index] >= date(2024, 7, 1)
    ]
    assert answer == [
        ("2024-07-12", "2024-08-30", 18260.0, 16441.44),
        ("2024-10-10", "2024-12-10", 21346.3, 19054.40),
        ("2024-11-08", "2024-12-10", 21212.7, 19054.40),
    ]
