"""Phases against hand-worked series, published market dates and the filter's own properties."""

from __future__ import annotations

import csv
import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from springtide.numerics.phases import Phase, date_phases, last_phases

STEPS = st.lists(
    st.one_of(st.floats(0.7, 1.4), st.just(1.0), st.just(math.nan)), min_size=0, max_size=80
)
UP = st.sampled_from([0.05, 0.2, 0.5])
DOWN = st.sampled_from([0.05, 0.2, 0.3])


def path(steps: list[float]) -> np.ndarray:
    """Prices from step factors; a NaN step is a missing price."""
    known = np.cumprod([1.0 if math.isnan(step) else step for step in steps]) * 100
    return np.where(np.isnan(steps), np.nan, known) if steps else np.array([])


def spans(phases: tuple[Phase, ...]) -> list[tuple[str, int, int, int, bool]]:
    return [(p.kind, p.start, p.end, p.confirmed, p.running) for p in phases]


def test_by_hand() -> None:
    #         0    1   2    3    4    5    6    7    8   9   10  11
    close = [100, 90, 95, 108, 150, 140, 160, 128, 130, 100, 110, 121]
    bull, bear, running = date_phases(close)
    # 108 = 1.2 x 90 makes the bull known; 128 = 0.8 x 160 ends it; 121 > 1.2 x 100 ends the bear.
    assert spans((bull, bear, running)) == [
        ("bull", 1, 6, 3, False),
        ("bear", 6, 9, 7, False),
        ("bull", 9, 11, 11, True),
    ]
    assert bull.gain == pytest.approx(160 / 90 - 1)
    assert bull.setback == pytest.approx(140 / 150 - 1)
    assert bear.gain == pytest.approx(100 / 160 - 1)
    assert bear.setback == pytest.approx(130 / 128 - 1)
    assert running.gain == pytest.approx(0.21)
    assert running.setback == 0
    assert [p.sessions for p in (bull, bear, running)] == [5, 3, 2]
    assert bull.pace == pytest.approx(math.log(160 / 90) / 5)
    assert bear.pace == pytest.approx(math.log(100 / 160) / 3)


@pytest.mark.parametrize(
    "close",
    [[], [100], [math.nan] * 5, [100, 119.9, 96], [100, 81, 97, 80.1]],
    ids=["empty", "one price", "no price", "under both", "swings under both"],
)
def test_undetermined_is_nothing(close: list[float]) -> None:
    assert date_phases(close) == ()


def test_the_threshold_itself_counts_whatever_the_rounding() -> None:
    for tenths in range(1, 1_000):
        price = tenths / 10
        for percent in (10, 20, 30):
            # The decimal fraction itself: as a float it may lie on either side of the product.
            lower, higher = tenths * (100 - percent) / 1_000, tenths * (100 + percent) / 1_000
            (phase,) = date_phases([price, lower], down=percent / 100)
            assert (phase.kind, phase.gain) == ("bear", pytest.approx(-percent / 100))
            (phase,) = date_phases([price, higher], up=percent / 100)
            assert (phase.kind, phase.gain) == ("bull", pytest.approx(percent / 100))


def test_a_running_phase_ends_at_its_extreme_so_far() -> None:
    (bull,) = date_phases([100, 130, 120, 110])
    assert spans((bull,)) == [("bull", 0, 1, 1, True)]
    assert bull.setback == 0  # the fall after the extreme is not part of it yet
    (bull,) = date_phases([100, 130, 120, 110, 131])
    assert (bull.end, bull.setback) == (4, pytest.approx(110 / 130 - 1))


def test_a_bull_phase_may_sink_below_its_start() -> None:
    # 96.1 is under the trough of 100, but only 19.9% under the peak of 120: nothing has ended.
    (bull,) = date_phases([100, 120, 96.1, 130])
    assert spans((bull,)) == [("bull", 0, 3, 1, True)]
    assert bull.setback == pytest.approx(96.1 / 120 - 1)


def test_of_equal_extremes_the_latest_counts() -> None:
    assert spans(date_phases([100, 90, 90, 120, 120, 90, 90])) == [
        ("bull", 2, 4, 3, False),
        ("bear", 4, 6, 5, True),
    ]


def test_missing_prices_are_passed_over() -> None:
    nan = math.nan
    with_gaps = date_phases([nan, 100, nan, 120, nan, 96, nan])
    assert spans(with_gaps) == [("bull", 1, 3, 3, False), ("bear", 3, 5, 5, True)]
    assert [p.gain for p in with_gaps] == [p.gain for p in date_phases([100.0, 120.0, 96.0])]


def test_each_direction_has_its_threshold() -> None:
    close = [100, 112, 100, 85, 95]
    assert spans(date_phases(close, up=0.1, down=0.2)) == [
        ("bull", 0, 1, 1, False),
        ("bear", 1, 3, 3, False),
        ("bull", 3, 4, 4, True),
    ]
    assert spans(date_phases(close, up=0.2, down=0.1)) == [("bear", 1, 3, 2, True)]


# Bear and bull markets of the S&P 500 by close under the 20% convention. The bear markets of 1987
# (-33.5%), 2020 (-33.9%) and 2022 (-25.4%) and the bull market of 2009 to 2020 (+400.5%)
# have these dates and sizes in the lists of S&P Dow Jones Indices and Yardeni Research. Those lists
# join the legs of 2001-2002 and 2008-2009 in different ways; here every move of 20% counts. Sizes
# to two decimals by hand from the two closes.
SP500 = [
    ("bear", "1987-08-25", "1987-12-04", -33.51),
    ("bull", "1987-12-04", "2000-03-24", 582.15),
    ("bear", "2000-03-24", "2001-09-21", -36.77),
    ("bull", "2001-09-21", "2002-01-04", 21.40),
    ("bear", "2002-01-04", "2002-07-23", -31.97),
    ("bull", "2002-07-23", "2007-10-09", 96.21),
    ("bear", "2007-10-09", "2008-11-20", -51.93),
    ("bull", "2008-11-20", "2009-01-06", 24.22),
    ("bear", "2009-01-06", "2009-03-09", -27.62),
    ("bull", "2009-03-09", "2020-02-19", 400.52),
    ("bear", "2020-02-19", "2020-03-23", -33.92),
    ("bull", "2020-03-23", "2022-01-03", 114.38),
    ("bear", "2022-01-03", "2022-10-12", -25.43),
]


@pytest.fixture(scope="module")
def sp500(shared: Path) -> tuple[list[str], np.ndarray]:
    with (shared / "market/index/gspc.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [row["date"] for row in rows], np.array([float(row["close"]) for row in rows])


@pytest.mark.shared
def test_the_markets_of_the_sp500(sp500: tuple[list[str], np.ndarray]) -> None:
    dates, close = sp500
    phases = date_phases(close)
    found = [
        (p.kind, dates[p.start], dates[p.end], round(100 * p.gain, 2))
        for p in phases
        if not p.running and dates[p.start] >= "1987-08-25"
    ]
    assert found == SP500
    by_start = {dates[p.start]: p for p in phases}
    # Falls that stayed short of 20% and so ended nothing: 19.8% in 2018, 19.9% in 1990.
    assert round(by_start["2009-03-09"].setback, 3) == -0.198
    assert round(by_start["1987-12-04"].setback, 3) == -0.199
    # Bear markets were announced on 2020-03-12 and 2022-06-13, the bull market on 2023-06-08.
    assert dates[by_start["2020-02-19"].confirmed] == "2020-03-12"
    assert dates[by_start["2022-01-03"].confirmed] == "2022-06-13"
    assert dates[by_start["2022-10-12"].confirmed] == "2023-06-08"


# Bull markets of Yardeni Research, "S&P 500 Bull & Bear Market Tables" (March 2020), from Standard
# & Poor's closes: trough, peak, gain in per cent. Left out are the list's rises of the 1930s and
# 1940s that it dates by an older index or divides at falls below 20% (1936, 1943, 1946), and that
# of 2002, which it dates from the second trough.
YARDENI = [
    ("1929-11-13", "1930-04-10", 46.8),
    ("1932-06-01", "1932-09-07", 111.6),
    ("1933-02-27", "1933-07-18", 120.6),
    ("1957-10-22", "1961-12-12", 86.4),
    ("1962-06-26", "1966-02-09", 79.8),
    ("1966-10-07", "1968-11-29", 48.0),
    ("1970-05-26", "1973-01-11", 73.5),
    ("1974-10-03", "1980-11-28", 125.6),
    ("1982-08-12", "1987-08-25", 228.8),
    ("1987-12-04", "2000-03-24", 582.1),
    ("2009-03-09", "2020-02-19", 400.5),
]


@pytest.mark.shared
def test_the_bull_markets_of_another_list(sp500: tuple[list[str], np.ndarray]) -> None:
    dates, close = sp500
    found = [
        (dates[p.start], dates[p.end], round(100 * p.gain, 1))
        for p in date_phases(close)
        if p.kind == "bull"
    ]
    assert [one for one in found if one in YARDENI] == YARDENI
    # From 1957 to 2000 the two lists are the same.
    assert [one for one in found if "1957" <= one[0] < "2000"] == YARDENI[3:10]


@pytest.mark.shared
def test_nothing_was_known_early(sp500: tuple[list[str], np.ndarray]) -> None:
    dates, close = sp500
    day_before = dates.index("2020-03-11")
    (*_, known) = date_phases(close[: day_before + 1])
    assert (known.kind, dates[known.end], known.running) == ("bull", "2020-02-19", True)
    (*_, ended, known) = date_phases(close[: day_before + 2])
    assert (ended.kind, dates[ended.end], ended.running) == ("bull", "2020-02-19", False)
    assert (known.kind, dates[known.start], known.running) == ("bear", "2020-02-19", True)


@settings(max_examples=200, deadline=None)
@given(STEPS, UP, DOWN)
def test_properties(steps: list[float], up: float, down: float) -> None:
    close = path(steps)
    phases = date_phases(close, up, down)
    assert [p.running for p in phases] == [False] * (len(phases) - 1) + [True] * bool(phases)
    for phase, following in pairwise(phases):
        assert {phase.kind, following.kind} == {"bull", "bear"}
        assert phase.end == following.start < following.confirmed
        assert following.confirmed > phase.confirmed
    for phase in phases:
        inside = close[phase.start : phase.end + 1]
        early = close[phase.start : phase.confirmed + 1]
        assert phase.start < phase.confirmed <= phase.end
        assert phase.gain == close[phase.end] / close[phase.start] - 1
        assert math.exp(phase.pace * phase.sessions) - 1 == pytest.approx(phase.gain)
        if phase.kind == "bull":
            assert phase.gain >= up * (1 - 1e-9)
            falls = inside / np.fmax.accumulate(inside) - 1
            assert phase.setback == np.nanmin(falls) <= 0
            assert np.nanmin(falls[phase.confirmed - phase.start :]) > -down
            assert (close[phase.start], close[phase.end]) == (np.nanmin(early), np.nanmax(inside))
        else:
            assert phase.gain <= -down * (1 - 1e-9)
            rises = inside / np.fmin.accumulate(inside) - 1
            assert phase.setback == np.nanmax(rises) >= 0
            assert np.nanmax(rises[phase.confirmed - phase.start :]) < up
            assert (close[phase.start], close[phase.end]) == (np.nanmax(early), np.nanmin(inside))


@settings(max_examples=150, deadline=None)
@given(STEPS, st.integers(0, 80), UP, DOWN)
def test_later_data_change_no_completed_phase(
    steps: list[float], cut: int, up: float, down: float
) -> None:
    close = path(steps)
    early = date_phases(close[:cut], up, down)
    full = date_phases(close, up, down)
    completed = [p for p in early if not p.running]
    assert completed == list(full[: len(completed)])
    assert all(p.confirmed < cut for p in early)
    # What is known at the cut is every phase confirmed by then, no more and no fewer.
    assert [(p.kind, p.start, p.confirmed) for p in early] == [
        (p.kind, p.start, p.confirmed) for p in full if p.confirmed < cut
    ]


@settings(max_examples=200, deadline=None)
@given(STEPS, UP, DOWN)
def test_compiled_dates_are_the_same_to_the_bit(steps: list[float], up: float, down: float) -> None:
    close = path(steps)
    assert date_phases(close, up, down, compiled=True) == date_phases(close, up, down)


def by_definition(inside: np.ndarray, kind: str) -> float:
    """The largest setback of a phase, from its definition in whole arrays."""
    if kind == "bull":
        return float(np.nanmin(inside / np.fmax.accumulate(inside) - 1))
    return float(np.nanmax(inside / np.fmin.accumulate(inside) - 1))


@settings(max_examples=100, deadline=None)
@given(STEPS, UP, DOWN)
def test_the_setback_is_its_definition(steps: list[float], up: float, down: float) -> None:
    close = path(steps)
    for phase in date_phases(close, up, down):
        assert phase.setback == by_definition(close[phase.start : phase.end + 1], phase.kind)


@settings(max_examples=50, deadline=None)
@given(STEPS)
def test_the_unit_of_price_does_not_matter(steps: list[float]) -> None:
    close = path(steps)
    # A power of two leaves every ratio exactly as it was.
    assert date_phases(close * 8) == date_phases(close)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"up": 0.0}, "up must be above zero, not 0.0"),
        ({"up": math.nan}, "up must be above zero"),
        ({"down": 0.0}, "down must be between zero and one"),
        ({"down": 1.0}, "down must be between zero and one, not 1.0"),
    ],
)
def test_bad_thresholds_are_refused(options: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        date_phases([1.0, 2.0], **options)


@pytest.mark.parametrize("price", [0.0, -1.0, math.inf])
def test_bad_prices_are_refused(price: float) -> None:
    with pytest.raises(ValueError, match=r"above zero|infinite"):
        date_phases([1.0, price])


@given(
    st.lists(st.lists(st.floats(0.7, 1.4), min_size=1, max_size=60), min_size=1, max_size=4),
    st.sampled_from([0.05, 0.2, 0.5]),
)
@settings(max_examples=200, deadline=None)
def test_the_last_phases_of_many_series_are_those_of_each(
    many: list[list[float]], threshold: float
) -> None:
    series = [path(steps) for steps in many]
    end = np.cumsum([len(one) for one in series])
    first = end - [len(one) for one in series]
    starts, bulls, counts = last_phases(np.concatenate(series), first, end, threshold)
    for k, one in enumerate(series):
        dated = date_phases(one, threshold, threshold)
        assert counts[k] == len(dated)
        if dated:
            assert starts[k] == first[k] + dated[-1].start
            assert bulls[k] == (dated[-1].kind == "bull")
