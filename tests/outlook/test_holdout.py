"""The exam: markets of a folder are forecast by what ships, and nothing is learned from them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from springtide.errors import DataError
from springtide.market.lake import Lake
from springtide.outlook.exam_page import page
from springtide.outlook.holdout import Exam, examine, read_markets
from springtide.outlook.learned import shipped_by_year

SETTLED = "0123abc"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three invented markets, one that is not new, and a rate."""
    made = tmp_path_factory.mktemp("world")
    days = np.arange("2001-01-01", "2015-01-01", dtype="datetime64[D]")
    days = days[np.is_busday(days)]
    for k, name in enumerate(("ALPHA", "BETA", "GAMMA", "DJIA", "US10Y")):
        steps = 0.012 * np.random.default_rng(k).standard_normal(len(days)) + 0.0002
        close = 100 * np.exp(np.cumsum(steps))
        frame = pl.DataFrame({"date": days.astype(str), "close": close.round(4)})
        frame.write_csv(made / f"{name}.csv")
    return made


@pytest.fixture(scope="module")
def exam(folder: Path, bundled_lake: Lake) -> Exam:
    learned = {each.fit.day: each for each in shipped_by_year()}
    before = bundled_lake.versions()
    made = examine(bundled_lake, folder, learned, workers=1)
    assert bundled_lake.versions() == before  # nothing is stored
    return made


def test_what_is_no_new_market_is_left_out_and_said(folder: Path) -> None:
    markets, dropped = read_markets(folder, ["BETA"])
    assert [one.symbol for one in markets] == ["ALPHA", "GAMMA"]
    assert dict(dropped) == {
        "BETA": "learned from",
        "DJIA": "one market with the S&P 500",
        "US10Y": "no price of a market",
    }
    with pytest.raises(DataError, match="no market to be examined on"):
        read_markets(folder / "nowhere", [])


def test_every_market_is_forecast_and_scored(exam: Exam) -> None:
    assert [symbol for symbol, _, _ in exam.markets] == ["ALPHA", "BETA", "GAMMA"]
    whole = exam.record.whole
    assert whole is not None
    assert whole.symbols == 3
    assert {one.name for one in exam.record.groups if one.by == "market"} == {
        "ALPHA",
        "BETA",
        "GAMMA",
    }
    scored = whole.target("peak", 60)
    assert scored is not None
    methods = {one.method for one in scored.methods}
    assert {"climatology", "survival", "garch", "combination"} <= methods


def test_the_page_says_what_came_and_what_could_be_proved(exam: Exam) -> None:
    text = page(exam, "springtide backtest --holdout world --report DIR", SETTLED)
    assert text.startswith("# The exam")
    assert f"at commit `{SETTLED}`" in text
    assert [line[:3] for line in text.splitlines() if line[:2] in {f"{k}." for k in range(1, 6)}]
    assert "How large an edge could be proved" in text
    assert "DJIA: one market with the S&P 500" in text
    assert "nan" not in text
