"""Turning points against hand-worked series, published months and the rule's own properties."""

from __future__ import annotations

import csv
import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from springtide.numerics.phases import Phase
from springtide.numerics.turning_points import date_turning_points, last_of_each

STEPS = st.lists(st.sampled_from([0.75, 0.9, 0.97, 1.0, 1.03, 1.1, 1.3]), min_size=1, max_size=120)


def path(steps: list[float]) -> np.ndarray:
    return 100 * np.cumprod(steps)


def line(*corners: tuple[int, float]) -> np.ndarray:
    """Prices on straight lines between (month, price) corners."""
    months, prices = zip(*corners, strict=True)
    return np.interp(np.arange(months[-1] + 1), months, prices)


def spans(phases: tuple[Phase, ...]) -> list[tuple[str, int, int]]:
    return [(p.kind, p.start, p.end) for p in phases]


def test_by_hand() -> None:
    prices = line((0, 100), (20, 140), (35, 110), (60, 160))
    bear, bull = date_turning_points(prices)
    assert spans((bear, bull)) == [("bear", 20, 35), ("bull", 35, 60)]
    assert (bear.running, bull.running) == (False, True)
    # Six months must follow a turn before it is dated: nothing nearer to the end counts.
    assert (bear.confirmed, bull.confirmed) == (26, 41)
    assert bear.gain == pytest.approx(110 / 140 - 1)
    assert (bear.setback, bull.setback) == (0, 0)
    assert bull.pace == pytest.approx(math.log(160 / 110) / 25)


def test_the_running_phase_ends_at_its_extreme_so_far() -> None:
    prices = line((0, 100), (20, 140), (35, 110), (60, 160), (63, 150))
    assert spans(date_turning_points(prices)) == [("bear", 20, 35), ("bull", 35, 60)]


def test_a_turn_needs_the_whole_window() -> None:
    # The low of month 27 is undercut from month 36 on, nine months after it; then by nothing.
    apart = line((0, 100), (20, 140), (27, 120), (31, 126), (40, 112), (60, 150))
    assert (20, 40) in [(p.start, p.end) for p in date_turning_points(apart)]
    whole = line((0, 100), (20, 140), (27, 120), (31, 126), (36, 125), (60, 150))
    assert (20, 27) in [(p.start, p.end) for p in date_turning_points(whole)]


def test_of_two_peaks_without_a_trough_between_the_higher_stays() -> None:
    # 9 months apart, with a low between that lies 4 months from a lower one: no trough of its own.
    prices = np.array([*range(80, 120), *[110.0] * 8, *range(121, 90, -1)])
    peaks = [p.start for p in date_turning_points(prices) if p.kind == "bear"]
    assert peaks == [48]


def test_a_cycle_below_sixteen_months_goes() -> None:
    # Peaks at 20 and 36 (16 months) both count; at 20 and 34 (14 months) only the higher does.
    kept = line((0, 100), (20, 140), (28, 120), (36, 145), (50, 110), (62, 120))
    assert [p.start for p in date_turning_points(kept)] == [20, 28, 36, 50]
    gone = line((0, 100), (20, 140), (28, 120), (34, 145), (50, 110), (62, 120))
    assert [p.start for p in date_turning_points(gone)] == [34, 50]
    assert len(date_turning_points(gone, shortest_cycle=14)) == 4


@pytest.mark.parametrize(("low", "counts"), [(120, False), (112, False), (111.9, True)])
def test_a_phase_below_four_months_needs_a_large_move(low: float, counts: bool) -> None:
    # From 140: 112 is a fall of exactly 20%, which does not exceed it. The rise after it is slow.
    prices = line((0, 80), (30, 140), (33, low), (60, 139), (75, 100))
    found = spans(date_turning_points(prices))
    assert (("bear", 30, 33) in found) is counts
    # Four months are long enough whatever the move.
    four = line((0, 80), (30, 140), (34, low), (60, 139), (75, 100))
    assert ("bear", 30, 34) in spans(date_turning_points(four))


def test_a_peak_that_the_start_of_the_series_exceeds_is_none() -> None:
    prices = line((0, 150), (10, 100), (22, 120), (40, 90), (60, 130))
    # The trough of month 10 is undercut by nothing before it, the peak of month 22 comes after it.
    assert spans(date_turning_points(prices))[0] == ("bull", 10, 22)
    later = line((0, 150), (4, 100), (22, 120), (40, 90), (60, 130))
    # The trough of month 4 lies too near the start; the peak of month 22 is below the first price.
    assert spans(date_turning_points(later)) == [("bull", 40, 60)]


@pytest.mark.parametrize("prices", [[], [100], [100] * 60, list(range(1, 60))])
def test_no_turn_is_nothing(prices: list[float]) -> None:
    assert date_turning_points(prices) == ()


@settings(max_examples=100, deadline=None)
@given(STEPS)
def test_properties(steps: list[float]) -> None:
    prices = path(steps)
    phases = date_turning_points(prices)
    assert [p.running for p in phases] == [False] * (len(phases) - 1) + [True] * bool(phases)
    for phase, following in pairwise(phases):
        assert {phase.kind, following.kind} == {"bull", "bear"}
        assert phase.end == following.start
    for k, phase in enumerate(phases):
        assert phase.start >= 6
        assert phase.start + 6 <= phase.confirmed < len(prices)
        around = prices[max(0, phase.start - 8) : phase.start + 9]
        extreme = around.max() if phase.kind == "bear" else around.min()
        assert prices[phase.start] == extreme
        assert phase.gain == prices[phase.end] / prices[phase.start] - 1
        if not phase.running:
            assert phase.sessions >= 4 or abs(phase.gain) > 0.2
        if k + 2 < len(phases):
            assert phases[k + 2].start - phase.start >= 16


@settings(max_examples=50, deadline=None)
@given(STEPS)
def test_a_start_is_known_from_its_confirmation_on(steps: list[float]) -> None:
    prices = path(steps)
    for phase in date_turning_points(prices):
        for known in range(phase.confirmed - 1, len(prices)):
            starts = [(p.kind, p.start) for p in date_turning_points(prices[: known + 1])]
            assert ((phase.kind, phase.start) in starts) is (known >= phase.confirmed)


@settings(max_examples=50, deadline=None)
@given(STEPS)
def test_upside_down_is_the_other_kind(steps: list[float]) -> None:
    prices = path(steps)
    if len(np.unique(prices)) < len(prices):
        return  # which of equals counts is the later one, either way up
    upright = [(p.start, p.kind == "bull") for p in date_turning_points(prices, large=9.0)]
    turned = [(p.start, p.kind == "bear") for p in date_turning_points(1 / prices, large=9.0)]
    assert upright == turned


def test_the_last_of_each_period() -> None:
    assert last_of_each([]).tolist() == []
    assert last_of_each([3, 3, 4, 9, 9]).tolist() == [1, 2, 4]
    with pytest.raises(ValueError, match="ascending"):
        last_of_each([3, 2])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"window": 0}, "at least 1"),
        ({"edge": 0}, "at least 1"),
        ({"shortest_phase": 0}, "at least 1"),
        ({"shortest_cycle": -1}, "at least 1"),
        ({"large": -0.1}, "must not be negative"),
        ({"large": math.nan}, "must not be negative"),
    ],
)
def test_bad_options_are_refused(options: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        date_turning_points([1.0, 2.0], **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("price", [0.0, -1.0, math.inf, math.nan])
def test_bad_prices_are_refused(price: float) -> None:
    with pytest.raises(ValueError, match=r"above zero|infinite|missing"):
        date_turning_points([1.0, price])


# Turning points of the S&P 500 by month-end closes after the war, as Pagan and Sossounov (2003)
# date them for the United States (quoted second-hand).
POST_WAR = [
    "1946-05",
    "1948-02",
    "1948-06",
    "1949-06",
    "1952-12",
    "1953-08",
    "1956-07",
    "1957-12",
    "1959-07",
    "1960-10",
    "1961-12",
    "1962-06",
    "1966-01",
    "1966-09",
    "1968-11",
    "1970-06",
    "1971-04",
    "1971-11",
    "1972-12",
    "1974-09",
    "1976-12",
    "1978-02",
    "1980-11",
    "1982-07",
    "1983-06",
    "1984-05",
    "1987-08",
    "1987-11",
    "1990-05",
    "1990-10",
    "1994-01",
    "1994-06",
]


@pytest.fixture(scope="module")
def monthly(shared: Path) -> tuple[list[str], np.ndarray]:
    with (shared / "market/index/gspc.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    last = last_of_each([int(row["date"][:4]) * 12 + int(row["date"][5:7]) for row in rows])
    return [rows[i]["date"][:7] for i in last], np.array([float(rows[i]["close"]) for i in last])


@pytest.mark.shared
def test_the_turns_of_the_sp500(monthly: tuple[list[str], np.ndarray]) -> None:
    months, prices = monthly
    phases = date_turning_points(prices)
    starts = [months[p.start] for p in phases]
    assert [m for m in starts if "1946" <= m < "1995"] == POST_WAR
    # Month-end extremes of the two great falls since: 1,517.68 to 815.28 and 1,549.38 to 735.09.
    falls = {months[p.start]: p for p in phases if p.kind == "bear"}
    assert months[falls["2000-08"].end] == "2002-09"
    assert falls["2000-08"].gain == pytest.approx(815.28 / 1517.68 - 1, abs=1e-4)
    assert months[falls["2007-10"].end] == "2009-02"
    assert falls["2007-10"].gain == pytest.approx(735.09 / 1549.38 - 1, abs=1e-4)
