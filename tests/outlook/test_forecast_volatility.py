"""Variance forecasts learned where the variance is known, and the process aimed at them."""

from __future__ import annotations

import numpy as np
import pytest

from springtide.market.closes import Closes
from springtide.numerics.continuation import simulate_paths
from springtide.outlook.simulation import (
    GroupProcess,
    drawn_once,
    estimate,
    of_forecast_volatility,
    processes,
)
from springtide.outlook.volatility import HORIZONS, STATE, cases_of, learn_variance, state


def market(seed: int, daily: float, years: int = 20) -> Closes:
    """A walk of a constant volatility."""
    calendar = np.arange("1990-01-01", f"{1990 + years}-01-01", dtype="datetime64[D]")
    days = calendar[np.is_busday(calendar)].astype(np.int64)
    steps = daily * np.random.default_rng(seed).standard_normal(len(days))
    return Closes(f"M{seed}", "index", days, 100 * np.exp(np.cumsum(steps)))


@pytest.fixture(scope="module")
def panel() -> list[Closes]:
    return [market(k, daily) for k, daily in enumerate((0.006, 0.009, 0.013, 0.02))]


def test_what_is_learned_is_the_variance_that_came(panel: list[Closes]) -> None:
    day = int(panel[0].days[-1])
    learned = learn_variance(cases_of(panel), day, index=True)
    assert list(learned) == list(HORIZONS)
    other = market(9, 0.011)
    rows = np.arange(1000, 5000, 250)
    for horizon, model in learned.items():
        said = model.predict(state(other.close, rows))
        assert said.mean() == pytest.approx(0.011**2, rel=0.08), horizon
    assert not learn_variance(cases_of(panel), day, index=False)


def test_the_state_is_of_closes_up_to_the_row(panel: list[Closes]) -> None:
    close = panel[0].close
    assert state(close, np.array([500])).shape == (1, len(STATE))
    assert np.array_equal(state(close[:501], np.array([500])), state(close, np.array([500])))


def test_simulated_paths_have_the_variance_that_is_forecast(panel: list[Closes]) -> None:
    series, row = panel[1], len(panel[1]) - 1
    variance = learn_variance(cases_of(panel), int(series.days[-1]), index=True)
    common = GroupProcess(0.0002, variance)
    estimated = estimate(series.days, series.close, int(series.days[-1]), common)
    assert estimated is not None
    process = of_forecast_volatility(estimated, series.close, row)
    assert process is not None
    assert process.mean == 0.0002
    steps = np.diff(simulate_paths(process, 250, drawn_once()), axis=1, prepend=0.0)
    now = state(series.close, np.array([row]))
    for horizon in (20, 250):
        forecast = float(variance[horizon].predict(now)[0])
        simulated = float(np.mean((steps[:, :horizon] - process.mean) ** 2))
        assert simulated == pytest.approx(forecast, rel=0.12)


def test_without_forecasts_the_method_does_not_answer(panel: list[Closes]) -> None:
    series = panel[0]
    estimated = estimate(series.days, series.close, int(series.days[-1]))
    assert estimated is not None
    given = processes(estimated, series.days, series.close, len(series) - 1)
    assert list(given) == ["random_walk", "garch"]
