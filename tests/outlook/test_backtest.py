"""The walk through history on a small panel: stored, resumed, recomputed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from springtide.errors import DataError
from springtide.market import instruments
from springtide.market.declared import Description
from springtide.market.ingest import import_bars
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.outlook import backtest as walk
from springtide.outlook.backtest import Run, backtest
from springtide.outlook.compose import outlook
from springtide.outlook.model import METHODS
from springtide.outlook.scoring import score
from springtide.outlook.simulation import SIMULATED

SYMBOLS = ("SPX", "IXIC", "AAA", "BBB", "CCC", "DDD", "EEE")
TOLD = {symbol for symbol in SYMBOLS if instruments.is_told(symbol)}  # before a lake says more


def fill(folder: Path) -> Lake:
    """Random walks with a heavy hand: many rallies in few years."""
    rng = np.random.default_rng(11)
    days = np.arange("2000-01-03", "2010-01-01", dtype="datetime64[D]")
    days = days[np.is_busday(days)]
    lake = Lake.create(folder / "lake")
    for symbol in SYMBOLS:
        close = 100 * np.exp(np.cumsum(0.0003 + 0.02 * rng.standard_normal(len(days))))
        pl.DataFrame({"date": days, "close": close}).write_csv(folder / f"{symbol}.csv")
        file = folder / f"{symbol}.csv"
        told = None if symbol in TOLD else Description("stock", "XNYS", "USD")
        assert not import_bars(lake, [file], symbol=symbol, description=told).errors
    return lake


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Lake, Run]:
    lake = fill(tmp_path_factory.mktemp("backtest"))
    return lake, backtest(lake, workers=1)


def stored(lake: Lake, table: str) -> pl.DataFrame:
    return lake.snapshot(table).scan().collect()  # type: ignore[arg-type]


def test_every_forecast_and_outcome_is_stored(walked: tuple[Lake, Run]) -> None:
    lake, run = walked
    forecasts, outcomes = stored(lake, "forecasts"), stored(lake, "outcomes")
    assert set(forecasts["method"].unique()) == set(METHODS)
    assert len(outcomes) == len(run.landmarks)
    for method, curves in run.curves.items():
        rows = forecasts.filter(pl.col("method") == method)
        assert len(rows) == curves.given.sum()
    keys = ["symbol", "date", "method"]
    assert forecasts.select(keys).is_unique().all()
    assert score(forecasts, outcomes).whole is not None


def test_outcomes_are_those_of_the_closes(walked: tuple[Lake, Run]) -> None:
    """The peak is the highest close before the first fall of 20% from the highest so far."""
    lake, _ = walked
    for row in stored(lake, "outcomes").sample(40, seed=3).iter_rows(named=True):
        bars = stored(lake, "bars").filter(pl.col("symbol") == row["symbol"]).sort("date")
        close, days = bars["close"].to_numpy(), bars["date"].to_list()
        at, start = days.index(row["date"]), days.index(row["start"])
        high, ended = start, None
        for k in range(start, len(close)):
            if close[k] >= close[high]:
                high = k
            elif close[k] <= 0.8 * close[high] * (1 + 1e-12):
                ended = k
                break
        if ended is None:
            assert row["decided"] is None
            assert row["passed"] <= max(high - at, 0)
            continue
        assert row["decided"] == days[ended]
        assert row["sessions"] == max(high - at, 0)
        assert row["gain"] == pytest.approx(close[high] / close[at] - 1 if high > at else 0.0)


def test_the_record_is_that_of_what_was_known_then(walked: tuple[Lake, Run]) -> None:
    """The Brier score at 60 sessions, from the stored rows and the closes up to the year's end."""
    lake, run = walked
    learned = run.learned[-1]
    day = date(run.learned[-1].fit.day // 365 + 1970 - 1, 12, 31)
    assert learned.fit.day == np.datetime64(day).astype(np.int64)
    (record,) = [one for one in learned.skill["stock"] if one.horizon == 60]
    stocks = stored(lake, "forecasts").filter(
        (pl.col("kind") != "index") & (pl.col("date") <= day - timedelta(days=500))
    )
    wide = {
        method: {(r["symbol"], r["date"]): r["peak"][5] for r in rows.iter_rows(named=True)}
        for (method,), rows in stocks.group_by("method")
    }
    starts = {
        (row["symbol"], row["date"]): row["start"]
        for row in stored(lake, "outcomes").iter_rows(named=True)
    }
    losses = []
    for key, said in wide["combination"].items():
        if key not in wide["climatology"] or key not in wide["garch"]:
            continue
        symbol, made = key
        bars = stored(lake, "bars").filter(
            (pl.col("symbol") == symbol) & (pl.col("date") >= starts[key]) & (pl.col("date") <= day)
        )
        close, days = bars.sort("date")["close"].to_numpy(), sorted(bars["date"].to_list())
        high = ended = 0
        for k in range(len(close)):
            if close[k] >= close[high]:
                high = k
            elif close[k] <= 0.8 * close[high] * (1 + 1e-12):
                ended = k
                break
        sessions = max(high - days.index(made), 0)
        if ended or sessions > 60:
            losses.append((said - (bool(ended) and sessions <= 60)) ** 2)
    assert record.forecasts == len(losses)
    assert record.brier == pytest.approx(np.mean(losses), abs=1e-6)


def test_an_interrupted_run_goes_on(
    walked: tuple[Lake, Run], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped after the first batch: what is stored stays, and the end is the same."""
    _, whole = walked
    lake = fill(tmp_path)
    monkeypatch.setattr(walk, "_BATCH", 2)

    def stop(what: str, done: int, total: int) -> None:
        if what == "Simulating" and done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backtest(lake, workers=1, progress=stop)
    first = stored(lake, "forecasts")
    assert set(first["method"].unique()) == set(SIMULATED)
    told: list[tuple[str, int]] = []
    again = backtest(lake, workers=1, progress=lambda what, done, total: told.append((what, done)))
    assert next(done for what, done in told if what == "Simulating") == 2
    for method in METHODS:
        one, two = again.curves[method].peak, whole.curves[method].peak
        assert np.allclose(one, two, atol=2e-6, equal_nan=True)
    forecasts = stored(lake, "forecasts")
    assert forecasts.select("symbol", "date", "method").is_unique().all()
    assert len(forecasts) == len(stored(walked[0], "forecasts"))


def test_running_it_again_stores_nothing_new(walked: tuple[Lake, Run]) -> None:
    lake, run = walked
    before = lake.versions()
    again = backtest(lake, workers=1)
    assert lake.versions() == before
    assert again.name == run.name


def test_the_outlook_learns_from_the_lakes_own_record(walked: tuple[Lake, Run]) -> None:
    """And its forecast on a month's end is the one that the walk made there."""
    lake, run = walked
    rows = np.flatnonzero(run.curves["combination"].given & run.curves["analogues"].given)
    row = int(rows[-3])
    day: date = np.datetime64(int(run.landmarks.day[row]), "D").astype(object)
    symbol = run.landmarks.symbols[run.landmarks.series[row]]
    view = View(lake, day)
    found = outlook(view, view.instrument(symbol))
    assert found.fitted_to == date(day.year - 1, 12, 31)
    for method in METHODS:
        one = found.forecast(method)
        assert one is not None
        assert one.peak == pytest.approx(run.curves[method].peak[row], abs=1e-6), method
        assert one.gain == pytest.approx(run.curves[method].gain[row], abs=1e-6), method


def test_too_small_a_lake_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="too few rallies"):
        backtest(Lake.create(tmp_path / "lake"))
