"""What is known of rallies, learned from them and forecast as of a day does not see a later one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from springtide.market.closes import Closes, joined
from springtide.outlook import analogues
from springtide.outlook.curves import TARGETS
from springtide.outlook.fits import learn
from springtide.outlook.landmarks import (
    Landmarks,
    known,
    landmarks_of,
    landmarks_of_all,
)
from springtide.outlook.simulation import (
    SIMULATED,
    GroupProcess,
    drawn_once,
    estimate,
    simulate,
    year_start,
)
from springtide.outlook.volatility import HORIZONS, cases_of, learn_variance, mean_growth


def walks(seed: int, count: int = 4, years: int = 14) -> list[Closes]:
    """Return random walks with the sessions of weekdays, volatile enough to have many rallies."""
    rng = np.random.default_rng(seed)
    days = np.arange("2000-01-03", f"{2000 + years}-01-01", dtype="datetime64[D]")
    days = days[np.is_busday(days)].astype(np.int64)
    return [
        Closes(f"W{k}", "index" if k % 2 else "stock", days, np.exp(
            np.cumsum(0.0004 + 0.018 * rng.standard_normal(len(days)))))
        for k in range(count)
    ]  # fmt: skip


def cut(series: Closes, day: int) -> Closes:
    """Return the series as it was known on a day."""
    held = series.days <= day
    return Closes(series.symbol, series.kind, series.days[held], series.close[held])


def changed_after(series: Closes, day: int, seed: int) -> Closes:
    """Return the series with another future."""
    later = series.days > day
    shocks = np.random.default_rng(seed).standard_normal(later.sum())
    close = series.close.copy()
    close[later] = series.close[~later][-1] * np.exp(np.cumsum(0.03 * shocks))
    return Closes(series.symbol, series.kind, series.days, close)


def marks(panel: list[Closes]) -> Landmarks:
    marks = landmarks_of_all(panel)
    assert marks is not None
    return marks


def day_of(text: str) -> int:
    return int(np.datetime64(text, "D").astype(np.int64))


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 500), year=st.integers(2004, 2012))
def test_what_is_known_does_not_depend_on_the_future(seed: int, year: int) -> None:
    day = day_of(f"{year}-12-31")
    panel = walks(seed)
    past = marks(panel)
    other = marks([changed_after(series, day, seed + 1) for series in panel])
    one, two = known(past, day), known(other, day)
    assert past.day[one.rows].tolist() == other.day[two.rows].tolist()
    assert np.array_equal(past.covariates[one.rows], other.covariates[two.rows])
    assert np.array_equal(past.likeness[one.rows], other.likeness[two.rows])
    for name in ("ended", "sessions", "further", "new_high", "has_new_high", "up_first"):
        assert np.array_equal(getattr(one, name), getattr(two, name), equal_nan=True), name


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 500))
def test_what_is_learned_does_not_depend_on_the_future(seed: int) -> None:
    day = day_of("2010-12-31")
    panel = walks(seed, count=8)
    fit = learn(marks(panel), day)
    again = learn(marks([changed_after(series, day, seed + 1) for series in panel]), day)
    assert fit.base_rates.keys() == again.base_rates.keys()
    for group, rates in fit.base_rates.items():
        for target in TARGETS:
            assert np.array_equal(rates.curves[target], again.base_rates[group].curves[target])
        assert rates.lifetimes == again.base_rates[group].lifetimes
    assert (fit.hazards is None) == (again.hazards is None)
    if fit.hazards and again.hazards:
        for target in TARGETS:
            ours, theirs = fit.hazards.models[target], again.hazards.models[target]
            assert np.array_equal(ours.slopes, theirs.slopes)
            assert np.array_equal(ours.intercepts, theirs.intercepts)


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 500))
def test_forecasts_are_the_same_from_the_data_known_then(seed: int) -> None:
    """The day itself is a landmark of the cut series; its forecasts equal those of the walk."""
    panel = walks(seed, count=6)
    full = marks(panel)
    rows = np.flatnonzero(full.day > day_of("2010-06-30"))[:3]
    for row in rows:
        day, number = int(full.day[row]), int(full.series[row])
        known_then = [cut(series, day) for series in panel]
        series = known_then[[one.symbol for one in panel].index(full.symbols[number])]
        today = landmarks_of(series, np.array([len(series.days) - 1]))
        assert today is not None
        assert np.array_equal(today.covariates[0], full.covariates[row])
        history = marks(known_then)
        ours = analogues.forecast(today, np.array([0]), history)
        theirs = analogues.forecast(full, np.array([row]))
        for target in TARGETS:
            assert getattr(ours, target) == pytest.approx(getattr(theirs, target), nan_ok=True)
        whole = panel[[one.symbol for one in panel].index(full.symbols[number])]
        drawn = drawn_once()[:50]
        at = (np.array([full.row[row]]), np.array([full.high_row[row]]))
        then, later = common_at(known_then, day), common_at(panel, day)
        one = simulate(series.days, series.close, *at, drawn, then)
        two = simulate(whole.days, whole.close, *at, drawn, later)
        for method in SIMULATED:
            assert np.array_equal(one[method].peak, two[method].peak, equal_nan=True)


def common_at(panel: list[Closes], day: int) -> dict[int, GroupProcess]:
    """Return what was known of indices by the end of the year before a day."""
    first = year_start(day)
    (growth,) = mean_growth(panel, np.array([first - 1]), index=True).tolist()
    variance = learn_variance(cases_of(panel), first - 1, index=True)
    return {first: GroupProcess(growth, variance)}


def test_what_a_group_has_in_common_is_known_by_the_years_end() -> None:
    panel = walks(3, count=6)
    day = day_of("2012-05-31")
    ((_, full),), ((_, known),) = (
        common_at(each, day).items() for each in (panel, [cut(one, day) for one in panel])
    )
    assert full.growth == known.growth
    assert list(full.variance) == list(HORIZONS)
    for horizon, model in full.variance.items():
        assert np.array_equal(model.slopes, known.variance[horizon].slopes)


def test_parameters_are_those_of_the_last_years_end() -> None:
    series = walks(1, count=1)[0]
    at_new_year = estimate(series.days, series.close, day_of("2009-01-05"))
    in_december = estimate(series.days, series.close, day_of("2009-12-30"))
    assert at_new_year is not None
    assert in_december is not None
    assert at_new_year.walk.mean == in_december.walk.mean


def test_landmarks_by_hand() -> None:
    """A rise of 50% over 300 sessions, a fall of 20%: the peak, and what was known of it when."""
    rise = np.exp(np.linspace(0, np.log(1.5), 301))
    fall = 1.5 * np.exp(np.linspace(0, np.log(0.79), 41))[1:]
    close = np.concatenate([np.linspace(1.3, 1.0, 260, endpoint=False), rise, fall])
    days = np.arange("2010-01-01", "2013-01-01", dtype="datetime64[D]")
    days = days[np.is_busday(days)][: len(close)].astype(np.int64)
    marks = landmarks_of(Closes("X", "index", days, close))
    assert marks is not None
    peak = 260 + 300
    before = marks.row < peak
    assert (marks.sessions[before] == peak - marks.row[before]).all()
    assert marks.further[before] == pytest.approx(np.log(1.5 / close[marks.row[before]]))
    assert (marks.sessions[~before] == 0).all()
    ended = int(np.flatnonzero(close[peak:] <= 1.2 * (1 + 1e-12))[0]) + peak
    assert (marks.decided == days[ended]).all()
    assert (marks.start == 260).all()
    seen = known(marks, int(days[ended]) - 1)
    assert not seen.ended.any()
    assert known(marks, int(days[ended])).ended.all()


def test_closes_before_a_split_that_was_not_undone_are_not_joined() -> None:
    series = walks(5, count=1)[0]
    close, volume = series.close.copy(), np.full(len(series), 1000.0)
    close[2000:] *= close[1999] / close[2000] / 10
    volume[2000:] *= 10
    opens = np.full(len(series), np.nan)
    split = landmarks_of(joined("X", "stock", series.days, opens, close, volume, {}))
    alone = landmarks_of(Closes("X", "stock", series.days[2000:], close[2000:]))
    assert split is not None
    assert alone is not None
    after = split.row >= 2000
    assert split.day[after].tolist() == alone.day.tolist()
    assert np.array_equal(split.covariates[after], alone.covariates)
    assert not (split.sessions[~after] + split.row[~after] >= 2000).any()
