"""The comparison of levels with their neighbours: on paths where the answer is known."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from springtide.numerics.level_study import Rules, Visits, compare, shuffled, visits
from springtide.numerics.levels import level_tests, levels, swing_points

Bars = tuple[np.ndarray, np.ndarray, np.ndarray]


def walk(seed: int, years: int = 20) -> tuple[Bars, np.ndarray]:
    """Bars of a random walk with days that are calm and wild in turn, and their months."""
    rng = np.random.default_rng(seed)
    n = 252 * years
    size = 0.008 * np.exp(0.5 * np.sin(np.arange(n) / 100))
    close = 1000 * np.exp(np.cumsum(rng.standard_t(5, n) * size * 0.8))
    opened = np.concatenate(([1000.0], close[:-1]))
    reach = np.exp(np.abs(rng.normal(0, size / 2)))
    bars = (np.maximum(opened, close) * reach, np.minimum(opened, close) / reach, close)
    return bars, np.arange(n) // 21


def test_first_tests_are_those_of_the_plain_walk_through_bars() -> None:
    """What is found for all prices at once is what ``level_tests`` finds for each."""
    rules = Rules()
    (high, low, close), months = walk(2)
    swings = swing_points(high, low, rules.reversal)
    ends = [*np.flatnonzero(np.diff(months)), len(close) - 1]
    expected = []
    for end, following in pairwise(ends):
        if end < rules.lookback:
            continue
        made = levels([one for one in swings if one.confirmed <= end], end, rules.lookback)
        for above in (True, False):
            off = sorted(
                (abs(one.price / close[end] - 1), one.price)
                for one in made
                if (one.price > close[end]) == above
            )
            near = [price for gap, price in off if 0.05 <= gap <= 0.15][:3]
            for price in near:
                bars = slice(end, following + 1 + rules.decided)
                tests = level_tests(high[bars], low[bars], close[bars], price)
                if tests and end + tests[0].start <= following:
                    one = tests[0]
                    if one.end is not None and one.end - one.start <= rules.decided:
                        expected.append((int(months[following]) // 3, above, one.ending == "held"))
    answer = visits(high, low, close, months)
    own = answer.own
    got = list(zip(answer.quarter[own], answer.above[own], answer.held[own], strict=True))
    assert len(expected) > 30
    assert got == expected


def test_a_level_that_holds_by_construction_is_found() -> None:
    """Where every test of a level holds and every second beside it, the difference is 50 points."""
    n = 400
    rng = np.random.default_rng(0)
    own = np.arange(n) % 2 == 0
    beside = np.arange(n) % 4 == 1
    tests = Visits(
        quarter=np.sort(rng.integers(0, 40, n)),
        above=rng.random(n) < 0.5,
        own=own,
        count=np.ones(n, np.int64),
        reversed=np.zeros(n, np.bool_),
        held=own | beside,
        exact=np.zeros(n, np.bool_),
    )
    answer = compare([tests], draws=200)
    assert answer.tests == 200
    assert answer.held == 100
    assert answer.difference == pytest.approx(50, abs=3)
    assert answer.low < answer.difference < answer.high
    assert compare([tests], chosen="often").tests == 0
    sides = [compare([tests], chosen=side, draws=10).tests for side in ("supports", "resistances")]
    assert sum(sides) == 200
    assert compare([tests], outcome="exact", draws=10).held == 0


def test_shuffled_days_keep_their_moves_and_lose_their_order() -> None:
    (high, low, close), _ = walk(5, years=2)
    bars = shuffled(high, low, close, seed=4)
    assert bars[2][-1] == pytest.approx(close[-1])
    moves, shuffled_moves = (np.sort(np.diff(np.log(one))) for one in (close, bars[2]))
    assert np.allclose(moves, shuffled_moves)
    assert np.all(bars[0] >= bars[2] - 1e-9)
    assert np.all(bars[1] <= bars[2] + 1e-9)
    assert not np.allclose(bars[2], close)
    again = shuffled(high, low, close, seed=4)
    assert all(np.array_equal(a, b) for a, b in zip(bars, again, strict=True))


def test_on_shuffled_days_the_interval_holds_zero_as_often_as_it_says() -> None:
    """No price can mean anything there: of 20 intervals of 95%, 19 hold 0 (and 17 at the least)."""
    (high, low, close), months = walk(11, years=30)
    holds = 0
    for seed in range(20):
        tests = visits(*shuffled(high, low, close, seed), months)
        answer = compare([tests], draws=400, seed=seed)
        assert answer.tests > 80
        holds += answer.low <= 0 <= answer.high
    assert holds >= 17
