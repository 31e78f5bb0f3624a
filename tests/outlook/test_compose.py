"""The outlook of one instrument: whole, and at every edge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from springtide.market import instruments
from springtide.market.declared import Description
from springtide.market.ingest import import_bars
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.outlook.ahead import said_ahead
from springtide.outlook.compose import PROVED_AT, _shown, outlook
from springtide.outlook.curves import Curves
from springtide.outlook.model import METHODS, MethodName, Outlook, Skill
from springtide.outlook.sentences import paragraph


def weekdays(first: str, count: int, step: int = 1) -> list[date]:
    start = date.fromisoformat(first)
    days = (start + timedelta(days=k) for k in range(0, 12 * count))
    return [day for day in days if day.weekday() < 5][: count * step : step]


def lake_of(folder: Path, name: str, days: list[date], close: np.ndarray) -> Lake:
    """Make a lake with closes only: no opens, highs or lows."""
    file = folder / f"{name}.csv"
    pl.DataFrame({"date": days, "close": close.round(4)}).write_csv(file)
    lake = Lake.create(folder / "lake")
    told = None if instruments.is_told(name) else Description("stock", "XNYS", "USD")
    report = import_bars(lake, [file], symbol=name, description=told)
    assert not report.errors
    return lake


def of(lake: Lake, name: str, day: date) -> Outlook:
    view = View(lake, day)
    return outlook(view, view.instrument(name))


def walk(count: int, seed: int, drift: float = 0.0) -> np.ndarray:
    returns = drift + 0.012 * np.random.default_rng(seed).standard_normal(count)
    return np.asarray(100 * np.exp(np.cumsum(returns)))


def rise_after_fall(before: int, rise: int) -> np.ndarray:
    """A slow fall of 30%, then a rise of 50% with some noise."""
    rng = np.random.default_rng(7)
    log = np.concatenate(
        [np.linspace(0, np.log(0.7), before), np.log(0.7) + np.linspace(0, np.log(1.5), rise)]
    )
    return np.asarray(100 * np.exp(log + 0.002 * rng.standard_normal(before + rise)))  # fmt: skip


@pytest.mark.shared
@pytest.mark.parametrize(
    ("symbol", "day", "gain", "start"),
    [
        ("HSTECH", date(2025, 2, 13), 5235.28 / 4221.92 - 1, date(2025, 1, 13)),
        ("IXIC", date(2000, 3, 10), 5048.62 / 1419.12 - 1, date(1998, 10, 8)),
    ],
)
def test_a_real_rally(market_lake: Lake, symbol: str, day: date, gain: float, start: date) -> None:
    outlook = of(market_lake, symbol, day)
    assert outlook.rally is not None
    assert outlook.rally.start == start
    assert outlook.rally.gain == pytest.approx(gain, abs=1e-5)
    assert {one.method for one in outlook.forecasts} == set(METHODS)
    assert not outlook.left_out
    for one in outlook.forecasts:
        for grid in (one.peak, one.gain, one.new_high):
            assert all(0 <= p <= 1 + 1e-12 for p in grid)
            assert list(grid) == sorted(grid)
        assert one.top_is_in == pytest.approx(one.gain[0], abs=0.1)
    assert outlook.fitted_to == date(day.year - 1, 12, 31)
    assert all(one.day < day - timedelta(days=120) for one in outlook.analogues)
    assert len({(one.subject, one.start) for one in outlook.analogues}) == len(outlook.analogues)
    assert outlook.fan is not None
    assert outlook.fan.prices[2][0] == outlook.rally.close


@pytest.mark.shared
def test_data_that_arrive_later_change_nothing(
    market_lake: Lake, shared: Path, tmp_path: Path
) -> None:
    """The lake cut at the day gives the same outlook, as far as the lake's own data go."""
    day = date(2007, 10, 31)
    lake = Lake.create(tmp_path / "lake")
    for path in sorted((shared / "market" / "index").glob("*.csv")):
        rows = pl.read_csv(path, infer_schema_length=None)
        cut = rows.filter(pl.col("date") <= day.isoformat())
        if len(cut):
            cut.write_csv(tmp_path / path.name)
            assert not import_bars(lake, [tmp_path / path.name]).errors
    now, then = of(market_lake, "HSI", day), of(lake, "HSI", day)
    assert now.rally == then.rally
    assert now.forecasts == then.forecasts
    assert now.analogues == then.analogues
    assert now.fan == then.fan


def test_no_rally_says_what_the_market_is_in(tmp_path: Path) -> None:
    days = weekdays("2010-01-04", 700)
    close = np.concatenate([np.linspace(100, 150, 400), np.linspace(150, 105, 301)[1:]])
    outlook = of(lake_of(tmp_path, "BEAR", days, close), "BEAR", days[-1])
    assert (outlook.market, outlook.since) == ("bear", days[399])
    assert outlook.change == pytest.approx(-0.30, abs=0.002)
    assert not outlook.forecasts
    assert outlook.rally is None


def test_a_market_without_a_move_is_undetermined(tmp_path: Path) -> None:
    days = weekdays("2010-01-04", 300)
    close = 100 + np.sin(np.arange(300))
    outlook = of(lake_of(tmp_path, "FLAT", days, close), "FLAT", days[-1])
    assert outlook.market == "undetermined"
    assert not outlook.forecasts


def test_a_rally_that_began_before_the_data_is_not_dated(tmp_path: Path) -> None:
    days = weekdays("2010-01-04", 600)
    outlook = of(lake_of(tmp_path, "UP", days, np.linspace(100, 200, 600)), "UP", days[-1])
    assert outlook.market == "bull"
    assert outlook.rally is None
    assert all("before the data" in one.why.text("en") for one in outlook.left_out)


def test_a_short_history_leaves_out_what_it_is_too_short_for(tmp_path: Path) -> None:
    days = weekdays("2015-02-02", 200)
    outlook = of(lake_of(tmp_path, "NEW", days, rise_after_fall(80, 120)), "NEW", days[-1])
    assert outlook.rally is not None
    out = {one.method: one.why.text("en") for one in outlook.left_out}
    assert set(out) == {"survival", "analogues", "random_walk", "garch", "volatility"}
    assert "251 closes" in out["survival"]
    assert "year of closes" in out["garch"]
    assert outlook.forecast("climatology") is not None
    assert outlook.said is not None


def test_one_instrument_alone_has_no_analogues(tmp_path: Path) -> None:
    days = weekdays("2010-01-04", 900)
    outlook = of(lake_of(tmp_path, "ONE", days, rise_after_fall(700, 200)), "ONE", days[-1])
    assert {one.method for one in outlook.left_out} == {"analogues"}
    assert outlook.forecast("combination") is not None
    assert not outlook.analogues


def test_before_anything_was_learned_nothing_is_said(tmp_path: Path) -> None:
    """Simulations of one short history answer, and are too sure to be said alone."""
    days = weekdays("1920-01-05", 900)
    outlook = of(lake_of(tmp_path, "ELDER", days, rise_after_fall(700, 200)), "ELDER", days[-1])
    assert outlook.fitted_to is None
    assert {one.method for one in outlook.forecasts} == {"random_walk", "garch", "combination"}
    assert {one.method for one in outlook.left_out} == {
        "climatology",
        "survival",
        "analogues",
        "volatility",
    }
    assert outlook.shown == ""
    assert outlook.said is None


def test_closes_of_every_other_session_are_refused(tmp_path: Path) -> None:
    """Weekly ones are not even stored (tests/market/test_formats.py)."""
    days = weekdays("2000-01-03", 400, step=2)
    outlook = of(lake_of(tmp_path, "WEEK", days, walk(400, 1)), "WEEK", days[-1])
    assert all("daily closes" in one.why.text("en") for one in outlook.left_out)
    assert not outlook.forecasts


def test_a_gap_hides_where_a_rally_began(tmp_path: Path) -> None:
    """A hundred sessions are missing in the fall: what remains of it is no bear market."""
    days = weekdays("2010-01-04", 1000)
    kept = [day for k, day in enumerate(days) if not 300 <= k < 400]
    outlook = of(lake_of(tmp_path, "GAP", kept, rise_after_fall(700, 200)), "GAP", kept[-1])
    assert (outlook.market, outlook.rally, outlook.known_from) == ("bull", None, days[400])
    assert all("sessions before it are missing" in one.why.text("en") for one in outlook.left_out)
    assert all("缺失若干交易日" in one.why.text("zh-cn") for one in outlook.left_out)


def test_a_bear_market_that_began_before_the_data_is_not_dated(tmp_path: Path) -> None:
    days = weekdays("2010-01-04", 400)
    outlook = of(lake_of(tmp_path, "DOWN", days, np.linspace(100, 60, 400)), "DOWN", days[-1])
    assert (outlook.market, outlook.since, outlook.change) == ("bear", None, None)
    (told,) = paragraph(outlook, after_fact=False)
    assert "may have begun before the data do" in told.text("en")
    assert "始于数据之前" in told.text("zh-cn")


def test_a_fall_without_evidence_of_a_split_is_real_and_told(tmp_path: Path) -> None:
    days = weekdays("2010-01-04", 1500)
    before = [np.linspace(1500, 1000, 300), np.linspace(1000, 1500, 300)]
    close = np.concatenate([*before, 3 * rise_after_fall(700, 200)])
    lake = lake_of(tmp_path, "FELL", days, close)
    fell = of(lake, "FELL", days[620])
    assert (fell.market, fell.since, fell.real_moves) == ("bear", days[599], (days[600],))
    told = paragraph(fell, after_fact=False)[-1]
    assert "are taken for real moves" in told.text("en")
    assert "视为真实涨跌" in told.text("zh-cn")
    after = of(lake, "FELL", days[-1])
    assert after.rally is not None
    assert after.rally.trough < 225
    assert not after.real_moves


PROVED = tuple(Skill(horizon, 900, 0.2, 0.1, 0.05, 0.15, 0.0, 0.0, 0.0) for horizon in PROVED_AT)


@pytest.mark.parametrize(
    ("methods", "skill", "shown"),
    [
        # a pool of one method is that method: it takes two and what they make
        (("climatology", "combination"), PROVED, "climatology"),
        (("climatology", "survival", "combination"), PROVED, "combination"),
        (("survival", "garch", "combination"), PROVED, ""),
        # better than base rates at every horizon that counts, and surely so
        (("climatology", "survival", "combination"), PROVED[1:], "climatology"),
        (("climatology", "survival", "combination"), (), "climatology"),
        (
            ("climatology", "survival", "combination"),
            (replace(PROVED[0], climatology_low=0.0), *PROVED[1:]),
            "climatology",
        ),
        (
            ("climatology", "survival", "combination"),
            (replace(PROVED[0], climatology_low=1e-9), *PROVED[1:]),
            "combination",
        ),
    ],
)
def test_which_method_is_said(
    methods: tuple[MethodName, ...], skill: tuple[Skill, ...], shown: str
) -> None:
    assert _shown({method: Curves.empty(1) for method in methods}, skill) == shown


@pytest.mark.shared
def test_time_and_gain_are_told_given_that_the_top_is_ahead(market_lake: Lake) -> None:
    """On 3 April 2025 the top was in with over a half: it was no "0 sessions, 33% above"."""
    made = of(market_lake, "HSTECH", date(2025, 4, 3))
    told = said_ahead(made)
    assert told is not None
    assert told.top_is_in > 0.5
    assert told.above == pytest.approx(6038.61 / 5245.93 - 1, abs=0.02)  # the high of 18 March
    assert all(each >= 1 for each in told.sessions)
    assert all(each > told.above for each in told.gain)
    assert told.middle_date is not None
    assert told.middle_date > date(2025, 4, 3)
    assert made.fan is not None
    assert made.fan.sessions[-1] >= told.sessions[-1]
    assert made.forecast(made.fan.method) is not None


def test_under_three_closes_the_reason_is_their_number(tmp_path: Path) -> None:
    days = weekdays("2015-02-02", 2)
    lake = lake_of(tmp_path, "BRIEF", days, np.array([100.0, 101.0]))
    whys = [one.why for one in of(lake, "BRIEF", days[-1]).left_out]
    assert {one.text("en") for one in whys} == {
        "there are only 2 closes by then, and three are needed to tell"
    }
    assert "只有2个收盘价" in whys[0].text("zh-cn")
