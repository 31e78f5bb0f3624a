"""Base rates counted by hand, and simulations held to the library that fits them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from springtide.market.closes import Closes
from springtide.numerics.survival import kaplan_meier
from springtide.outlook.fits import climatology, learn, life_table, survival
from springtide.outlook.landmarks import landmarks_of_all
from springtide.outlook.model import SESSIONS
from springtide.outlook.simulation import as_of, estimate


def sawtooth(symbol: str, rise: int, fall: int, teeth: int) -> Closes:
    """Rallies of 60% over ``rise`` sessions, each followed by a fall of 30%."""
    up = np.linspace(0, np.log(1.6), rise, endpoint=False)
    down = np.log(1.6) + np.linspace(0, np.log(0.7), fall, endpoint=False)
    tooth = np.concatenate([up, down])
    log = np.concatenate([tooth + k * np.log(1.6 * 0.7) for k in range(teeth)])
    days = np.arange("1950-01-02", "2020-01-01", dtype="datetime64[D]")
    days = days[np.is_busday(days)][: len(log)].astype(np.int64)
    return Closes(symbol, "index", days, np.exp(log))


def test_base_rates_are_shares_of_month_ends() -> None:
    """Of rallies that all last 300 sessions from trough to peak, counted directly."""
    series = sawtooth("SAW", 300, 60, 18)
    marks = landmarks_of_all([series])
    assert marks is not None
    fit = learn(marks, int(series.days[-1]))
    rates = fit.base_rates["index"]
    ended = marks.take(np.flatnonzero(marks.decided <= series.days[-1]))
    assert len(ended) == len(marks)
    shares = [np.mean(ended.sessions <= h) for h in SESSIONS]
    assert rates.curves["peak"] == pytest.approx(shares)
    assert rates.lifetimes.times == (300.0,)
    assert rates.lifetimes.survival == (0.0,)
    assert rates.rallies == len(np.unique(ended.rally))
    given_ = climatology(fit, "index", 2)
    assert given_ is not None
    assert given_.peak[1] == pytest.approx(shares)
    assert climatology(fit, "stock", 1) is None


def test_too_few_rallies_teach_nothing() -> None:
    series = sawtooth("SAW", 300, 60, 6)
    marks = landmarks_of_all([series])
    assert marks is not None
    fit = learn(marks, int(series.days[-1]))
    assert not fit.base_rates
    assert survival(fit, marks.covariates) is None


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(SESSIONS[1:]), st.booleans()), min_size=1, max_size=40))
def test_life_table_is_kaplan_meier_where_all_happens_at_the_edges(
    cases: list[tuple[int, bool]],
) -> None:
    """Censored just after an edge, a case has outlived it in both."""
    over = np.array([done for _, done in cases])
    lasted = np.array([float(days) for days, _ in cases]) + np.where(over, 0.0, 0.5)
    curve = kaplan_meier(lasted, over)
    alive = curve.at(np.array(SESSIONS, dtype=float))
    table = life_table(lasted, over, "peak")
    known = ~np.isnan(alive)
    assert table[known] == pytest.approx(1 - alive[known])


def test_garch_starts_from_the_variance_that_the_library_forecasts() -> None:
    """On the first session of a year, and carried on through it."""
    from arch import arch_model

    rng = np.random.default_rng(2)
    days = np.arange("2000-01-03", "2009-01-01", dtype="datetime64[D]")
    days = days[np.is_busday(days)].astype(np.int64)
    variance, returns = 1e-4, []
    for _ in days:
        returns.append(np.sqrt(variance) * rng.standard_normal())
        variance = 4e-6 + 0.09 * returns[-1] ** 2 + 0.87 * variance
    close = 100 * np.exp(np.cumsum(returns))
    first = int(np.searchsorted(days, np.datetime64("2008-01-01").astype(np.int64)))
    estimated = estimate(days, close, int(days[first]))
    assert estimated is not None
    assert estimated.garch is not None
    percent = 100 * np.diff(np.log(close))
    fit = arch_model(percent[: first - 1], rescale=False, vol="GARCH").fit(disp="off")
    ahead = fit.forecast(horizon=1, reindex=False).variance.to_numpy()[-1, 0] / 1e4
    assert estimated.garch.variance == pytest.approx(ahead, rel=0.02)  # another optimiser
    whole = arch_model(percent, rescale=False, vol="GARCH").fix(fit.params)
    row = first + 100
    carried = as_of(estimated, days, close, row)
    assert carried is not None
    assert carried.variance == pytest.approx(
        (whole.conditional_volatility[row] / 100) ** 2, rel=0.03
    )
