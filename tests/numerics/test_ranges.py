"""Ranges: hand cases, published closes, and what a random walk's efficiency comes to."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from springtide.numerics.ranges import efficiency, trading_range


def test_a_range_by_hand() -> None:
    ends = trading_range([105, 112, 104], [101, 103, 98])
    assert (ends.ceiling, ends.floor, ends.ceiling_index, ends.floor_index) == (112, 98, 1, 2)
    assert ends.centre == 105
    assert ends.width == pytest.approx(112 / 98 - 1)
    assert ends.position(98) == 0
    assert ends.position(112) == 1


def test_of_equal_ends_the_first_counts() -> None:
    ends = trading_range([100, 90, 100, 90], [100, 90, 100, 90])
    assert (ends.ceiling_index, ends.floor_index) == (0, 1)


def test_a_flat_path_has_no_place_and_no_efficiency() -> None:
    with pytest.raises(ValueError, match="one price"):
        trading_range([100, 100], [100, 100]).position(100)
    with pytest.raises(ValueError, match="no step"):
        efficiency([100, 100])
    for bad in ([], [100, math.nan]):
        with pytest.raises(ValueError, match="range needs prices"):
            trading_range(bad, bad)


def test_a_random_walk_is_as_efficient_as_its_length_says() -> None:
    """The mean of |sum| / sum |steps| of n normal steps is near 1 / sqrt(n)."""
    rng = np.random.default_rng(1)
    for n in (60, 120):
        paths = 100 * np.exp(np.cumsum(rng.normal(0, 0.01, (4000, n)), axis=1))
        mean = np.mean([efficiency(np.concatenate(([100.0], path))) for path in paths])
        assert mean == pytest.approx(1 / math.sqrt(n), rel=0.03)


# As of, sessions, ceiling, floor, centre, position in per cent, efficiency.
HSI = [
    ("2024-11-13", 60, 23099.78, 17108.71, 20104.24, 45.3, 0.143),
    ("2025-02-13", 60, 21857.92, 18874.14, 20366.03, 98.5, 0.209),
    ("2025-02-13", 120, 23099.78, 17108.71, 20104.24, 78.5, 0.152),
    ("2025-05-14", 60, 24771.14, 19828.30, 22299.72, 77.1, 0.090),
    ("2025-08-13", 60, 25667.18, 23157.97, 24412.58, 97.9, 0.144),
    ("2025-11-13", 60, 27287.12, 24998.82, 26142.97, 90.6, 0.131),
    ("2026-02-13", 60, 27968.09, 25220.02, 26594.06, 49.0, 0.057),
    ("2026-08-21", 60, 26038.32, 22671.86, 24355.09, 99.1, 0.067),
]


@pytest.mark.shared
@pytest.mark.parametrize(("day", "n", "ceiling", "floor", "centre", "place", "straight"), HSI)
def test_ranges_of_the_hang_seng_index(
    shared: Path,
    day: str,
    n: int,
    ceiling: float,
    floor: float,
    centre: float,
    place: float,
    straight: float,
) -> None:
    bars = pl.read_csv(shared / "market" / "index" / "hsi.csv", try_parse_dates=True)
    close = bars.filter(pl.col("date") <= date.fromisoformat(day))["close"].to_numpy()[-n:]
    ends = trading_range(close, close)
    assert (round(ends.ceiling, 2), round(ends.floor, 2)) == (ceiling, floor)
    assert ends.centre == pytest.approx(centre, abs=0.0051)
    assert 100 * ends.position(close[-1]) == pytest.approx(place, abs=0.051)
    assert efficiency(close) == pytest.approx(straight, abs=0.0005)
