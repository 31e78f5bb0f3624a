"""Prices at or below zero, and prices that never move: what cannot be said is missing, by name."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from springtide.brief.compose import compose
from springtide.market import instruments
from springtide.market.ingest import import_bars
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.metrics.registry import get, measure

# WTI futures settled at -37.63 dollars on 20 April 2020, at 18.27 on the 17th and 10.01 on the 21st
# (CME Group).
SETTLED = {date(2020, 4, 17): 18.27, date(2020, 4, 20): -37.63, date(2020, 4, 21): 10.01}


def weekdays(last: date, count: int) -> list[date]:
    days = [last - timedelta(days=back) for back in range(2 * count)]
    return sorted([day for day in days if day.weekday() < 5][:count])


@pytest.fixture
def crude(tmp_path: Path) -> View:
    days = weekdays(date(2020, 4, 21), 300)
    rows = [f"{day},{SETTLED.get(day, 50 + at % 7)}" for at, day in enumerate(days)]
    (tmp_path / "wti.csv").write_text("Date,Close\n" + "\n".join(rows), encoding="utf-8")
    lake = Lake.create(str(tmp_path / "lake"))
    import_bars(lake, [tmp_path / "wti.csv"], symbol="WTI")
    return View(lake, date(2020, 4, 21))


@pytest.fixture
def pegged(tmp_path: Path) -> View:
    days = weekdays(date(2020, 4, 21), 300)
    rows = "\n".join(f"{day},7.75" for day in days)
    (tmp_path / "hkd.csv").write_text("Date,Close\n" + rows, encoding="utf-8")
    lake = Lake.create(str(tmp_path / "lake"))
    import_bars(lake, [tmp_path / "hkd.csv"], symbol="WTI")
    return View(lake, date(2020, 4, 21))


@pytest.mark.parametrize("key", ["pct_change", "volatility"])
def test_nothing_is_a_percentage_of_a_price_below_zero(crude: View, key: str) -> None:
    measured = measure(key, crude, instruments.get("WTI"))
    assert measured.value is None
    assert "2020-04-20" in (measured.missing_in("en") or "")


def test_points_and_later_percentages_can_still_be_told(crude: View) -> None:
    wti = instruments.get("WTI")
    points = get("pct_change").params(unit="points")
    assert measure("pct_change", crude, wti, points).value == pytest.approx(47.64)
    assert measure("close_level", crude, wti).value == 10.01


def test_a_brief_of_a_price_that_was_below_zero_is_written(crude: View) -> None:
    brief = compose(crude, instruments.get("WTI"), ("en",))
    assert [section.key for section in brief.sections]


@pytest.mark.parametrize("key", ["rsi", "overbought"])
def test_the_rsi_of_a_price_that_never_moved_is_missing(pegged: View, key: str) -> None:
    measured = measure(key, pegged, instruments.get("WTI"))
    assert measured.value is None
    assert "vary" in (measured.missing_in("en") or "")


def test_a_brief_of_a_price_that_never_moved_is_written(pegged: View) -> None:
    assert compose(pegged, instruments.get("WTI"), ("en", "zh-hk")).sections
