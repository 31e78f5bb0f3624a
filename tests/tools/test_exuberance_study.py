"""The counting of the exuberance study, on hand-worked cases."""

from __future__ import annotations

import numpy as np
import pytest

from exuberance_measure import (
    BEFORE,
    Alarm,
    Boom,
    all_scores,
    before_tops,
    block_counts,
    block_difference,
    block_interval,
    fall_after,
    fell,
    grid_positions,
    new_closes,
    read,
    rise,
    threshold_at,
    top,
    wilson,
)
from exuberance_study import filled, share, table


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17, 857-872, table I, score method.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_published_intervals(successes, trials, low, high):
    assert wilson(successes, trials) == pytest.approx((low, high), abs=5e-5)


def test_wilson_of_nothing_is_unknown():
    assert np.isnan(wilson(0, 0)).all()


def test_an_alarm_rings_at_its_threshold_and_is_unknown_without_a_score():
    rings = Alarm("x", "key", 0.1).rings({"key": np.array([0.1, 0.09, np.nan, -np.inf])})
    np.testing.assert_array_equal(rings, [1, 0, np.nan, 0])


def test_counts_by_blocks_of_four_years():
    dates = np.array(["2000-01-03", "2003-12-31", "2004-01-02", "2005-05-05", "2012-01-03"])
    hits = np.array([True, True, False, True, True])
    trials = np.array([True, True, True, True, False])
    hit, asked = block_counts(dates, hits, trials)
    assert hit.tolist() == [2, 1, 0]
    assert asked.tolist() == [2, 2, 0]


def test_block_interval_of_equal_blocks_is_a_point():
    assert block_interval(np.array([1, 1, 1]), np.array([4, 4, 4])) == (0.25, 0.25)


def test_block_interval_of_two_opposite_blocks_spans_everything():
    # Two draws from {0 of 5, 5 of 5}: the rate is 0 or 1 with probability 1/4 each.
    assert block_interval(np.array([0, 5]), np.array([5, 5])) == (0.0, 1.0)


def test_block_interval_of_single_trials_is_that_of_the_binomial():
    # 400 blocks of one trial, half of them hits: 0.5 +- 1.96 * sqrt(0.25 / 400).
    interval = block_interval(np.arange(400) % 2, np.ones(400, dtype=int))
    assert interval == pytest.approx((0.451, 0.549), abs=0.006)


def test_the_difference_of_shares_is_taken_within_each_draw():
    # The share of the first is 0.25 above that of the second in every block, however they differ.
    first = (np.array([2, 4, 3]), np.array([4, 4, 4]))
    second = (np.array([1, 3, 2]), np.array([4, 4, 4]))
    assert block_difference(first, second) == pytest.approx((0.25, 0.25))
    none = (np.zeros(3, dtype=int), np.zeros(3, dtype=int))
    assert np.isnan(block_difference(first, none)).all()


def test_repeated_closes_are_dropped():
    assert new_closes(np.array([1.0, 1.0, 2.0, 2.0, 2.0, 1.0])).tolist() == [0, 2, 5]


def test_the_top_is_the_highest_close_of_the_stretch():
    dates = ["1999-12-30", "2000-01-03", "2000-01-04", "2000-01-05", "2000-01-06"]
    close = np.array([9.0, 3.0, 5.0, 5.0, 4.0])
    assert top(dates, close, Boom("x", "US", "x", "2000-01-01", "2000-12-31")) == 2


def test_falls_look_at_the_stated_sessions_only():
    close = np.array([10.0, 9.0, 8.5, 1.0])
    assert fall_after(close, 0, 2) == pytest.approx(0.15)
    assert fall_after(close, 3, 2) == 0.0


def test_the_threshold_that_a_share_of_scores_reaches():
    scores = np.array([0.0, 0.0, 0.0, 1.0, 2.0, 2.0, 3.0, 4.0, np.nan, 0.0, 0.0])
    # Of ten known scores, four reach 2 and two reach 3.
    assert threshold_at(scores, 0.4, least=0.0) == 2.0
    assert threshold_at(scores, 0.3, least=0.0) == 3.0
    assert threshold_at(scores, 0.9, least=0.0) == 1.0
    assert threshold_at(scores, 1.0, least=-np.inf) == 0.0
    assert threshold_at(scores, 0.05, least=0.0) == np.inf


def test_the_rise_over_250_sessions():
    y = np.log(np.array([50.0] + [100.0] * 249 + [75.0, 90.0]))
    rises = rise(y, np.array([249, 250, 251]))
    np.testing.assert_allclose(rises, [np.nan, 0.5, -0.1], atol=1e-12)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("published", "index", "first", "last"),
    [
        ("sp5001987", "gspc", "1987-01-01", "1987-12-31"),
        ("sp5002007", "gspc", "2007-01-01", "2007-12-31"),
        ("hongkong", "hsi", "1987-01-01", "1987-12-31"),
        ("hongkong", "hsi", "1993-07-01", "1994-06-30"),
        ("hongkong", "hsi", "1997-01-01", "1997-12-31"),
        ("hangseng", "hsi", "2007-01-01", "2007-12-31"),
        ("nasdaq2000", "ixic", "2000-01-01", "2000-12-31"),
        ("ssec", "sse", "2007-01-01", "2007-12-31"),
        ("ssec", "sse", "2009-01-01", "2009-09-30"),
        ("ssec2015", "sse", "2015-01-01", "2015-12-31"),
    ],
)
def test_published_bubbles_have_the_top_of_the_longer_index(shared, published, index, first, last):
    found = []
    for name in (f"bubbles/{published}", f"index/{index}"):
        dates, close = read(shared / "market" / f"{name}.csv")
        found.append(dates[top(dates, close, Boom(name, "x", name, first, last))])
    assert found[0] == found[1]


def test_a_fall_that_is_still_ahead_is_unknown():
    close = np.full(400, 100.0)
    close[260] = 80.0
    np.testing.assert_array_equal(fell(close, np.array([0, 10, 149, 150])), [0, 1, 1, np.nan])


def test_dates_before_a_top():
    dates = [
        f"{year}-{month:02}-{day:02}"
        for year in (2001, 2002)
        for month in range(1, 13)
        for day in range(1, 29)
    ]
    at = dates.index("2002-01-05")
    positions = np.array([at - 251, at - 250, at, at + 1])
    assert before_tops(dates, positions, ["2002-01-05"]).tolist() == [False, True, True, False]
    # 29 January is no date of this index: the session before it counts.
    late = dates.index("2002-01-28")
    assert before_tops(dates, np.array([late, late + 1]), ["2002-01-29"]).tolist() == [True, False]
    assert not before_tops(dates, positions, ["1990-01-01", "2020-01-01"]).any()


def test_the_grid_begins_with_enough_history():
    assert grid_positions(1060).tolist() == [999, 1019, 1039, 1059]
    assert grid_positions(999).size == 0


def test_scores_use_nothing_after_their_date():
    y = np.cumsum(0.01 * np.random.default_rng(5).standard_normal(1100))
    changed = y.copy()
    changed[1050:] += np.linspace(0, 3, 50)
    ends = np.array([400, 1049 - BEFORE[1], 1049])
    plain, other = (all_scores(each, ends, lambda done, total: None) for each in (y, changed))
    for key, values in plain.items():
        np.testing.assert_array_equal(values, other[key])
    assert np.isnan(plain["psy 500"]).tolist() == [True, False, False]
    assert np.isnan(plain["lppls long"]).tolist() == [True, False, False]


def test_an_explosive_rise_rings_and_an_explosive_fall_is_told_apart():
    y = np.cumsum(0.01 * np.random.default_rng(6).standard_normal(1000))
    run = 0.02 * 1.04 ** np.arange(100)
    for sign in (1, -1):
        bent = y.copy()
        bent[900:] += sign * run
        scores = all_scores(bent, np.array([999]), lambda done, total: None)
        assert scores["psy 500"][0] > 0
        assert (scores["psy 500 rising"][0] > 0) == (sign > 0)


def test_blocks_of_the_page_are_replaced_and_missing_ones_named():
    page = "a\n<!-- study: x -->\nold\n<!-- end -->\nb\n<!-- study: y -->\n\n<!-- end -->\n"
    once = filled(page, "x", "new")
    assert once.startswith("a\n<!-- study: x -->\n\nnew\n\n<!-- end -->\nb\n")
    assert filled(once, "x", "new") == once
    with pytest.raises(ValueError, match="no block named z"):
        filled(page, "z", "new")


def test_cells():
    assert share((0.255, 0.366), 81, 263) == "31% (26 to 37%)"
    assert share((np.nan, np.nan), 0, 0) == "–"
    assert table(["a", "b"], [["1", "2"]]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"
