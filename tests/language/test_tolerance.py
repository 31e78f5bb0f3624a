"""The table of tolerances: hand-worked ends, and the page made from it."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from springtide.language.tolerance import TABLE, grain, interval, tolerance_table_markdown

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "tolerance.md"


@pytest.mark.parametrize(
    ("key", "value", "step", "inside", "outside"),
    [
        ("exact", 25, 1, [24.5, 25.499], [24.499, 25.5]),
        ("exact", 17.2, 0.1, [17.15, 17.17], [17.149, 17.25]),
        ("exact", -3, 1, [-3.499, -2.5], [-3.5, -2.499]),
        ("exact", 0, 1, [-0.5, 0.499], [-0.501, 0.5]),
        ("exact", (3.0, 14.0), 1, [13.5, 14.4], [3, 13.4, 14.5]),
        ("exact", 23000, 1000, [22500, 23400], [22499, 23500]),
        ("about", 9, 1, [8.5, 9.5], [8.4, 9.6]),
        ("about", 22000, 1, [21500, 22500], [21499, 22501]),
        ("about", 20, 1, [19, 21], [18.9, 21.1]),
        ("nearly", 1, 1, [0.87, 1.4], [0.4, 1.5]),
        ("nearly", 50, 1, [46, 50.4], [44.9, 50.5]),
        ("nearly", 100, 1, [90, 100], [89.9, 100.5]),
        ("nearly", 23, 1, [22, 23], [21.9, 23.5]),
        ("nearly", 165, 1, [164.7, 165], [163, 166]),
        ("nearly", -1, 1, [-0.87], [-0.3, 0.87]),
        ("above", 25, 1, [25.01, 80], [25, 24.96]),
        ("at_least", 25, 1, [25, 80], [24.96]),
        ("odd", 40, 1, [40, 47], [39.9, 50]),
        ("odd", 7, 1, [7.3], [8.1]),
        ("just_over", 3, 1, [3.2], [3, 4]),
        ("short_of", 1, 1, [0, 0.9], [1, -0.5]),
        ("short_of", -1, 1, [-0.9, 0], [-1, 0.5]),
        ("below", 23000, 1, [22999.9, -5], [23000]),
        ("just_under", 3, 1, [2.7], [3, 2]),
        ("range", (4.0, 14.0), 1, [3.5, 14.4], [3.4, 14.5]),
        ("up_to", 406, 1, [405.5, 406.4], [388, 406.5]),
        ("at_most", 10, 1, [10, -3], [10.01]),
    ],
)
def test_interval(
    key: str,
    value: float | tuple[float, float],
    step: float,
    inside: list[float],
    outside: list[float],
) -> None:
    within = interval(key, value, step)
    assert all(x in within for x in inside), within
    assert all(x not in within for x in outside), within


def test_ends_are_decimal_not_binary() -> None:
    assert interval("exact", 0.3, 0.1).low == 0.25
    assert interval("exact", 206534820196.4, 0.1).high == 206534820196.45


def test_comparators_stand_for_their_first_row() -> None:
    for comparator, key in {"=": "exact", "~": "about", ">": "above", "<": "short_of"}.items():
        assert interval(comparator, 7, 1) == interval(key, 7, 1)


@pytest.mark.parametrize(
    ("value", "step", "expected"),
    [
        (50, 1, 10),
        (1500, 1, 100),
        (13, 1, 1),
        (0, 1, 1),
        (0, 0.01, 0.01),
        (20, 100, 100),
        (math.inf, 0.1, 0.1),
    ],
)
def test_grain(value: float, step: float, expected: float) -> None:
    assert grain(value, step) == expected


def test_rows_are_distinct_and_examples_hold() -> None:
    assert len({row.key for row in TABLE}) == len(TABLE)
    cues = [cue for row in TABLE for cue in (*row.cues_en, *row.cues_zh)]
    assert len(cues) == len(set(cues)), "one word means one thing"


@given(
    st.sampled_from([row.key for row in TABLE if row.key not in ("range",)]),
    st.floats(0.01, 1e6),
    st.sampled_from([0.01, 0.1, 1.0]),
)
@settings(max_examples=150)
def test_interval_is_an_interval_beside_its_number(key: str, value: float, step: float) -> None:
    within = interval(key, value, step)
    assert within.low < within.high
    assert math.isfinite(within.low) or math.isfinite(within.high)
    assert within.low <= value <= within.high


def test_the_page_is_made_from_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == tolerance_table_markdown(), (
        "docs/reference/tolerance.md is not what tolerance_table_markdown() writes"
    )
