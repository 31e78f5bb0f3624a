"""Layouts of valuations: what the vendors' tables become, and what is refused by name."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from tests.market.test_import_files import excel

from springtide.errors import DataError, UsageError
from springtide.market.ingest import import_observations, read_figures
from springtide.market.lake import Lake
from springtide.market.layouts.model import Given
from springtide.market.view import View

DAY = date(2025, 2, 13)
CSINDEX = [
    ["日期Date", "指数代码Index Code", "指数中文全称Chinese Name(Full)",
     "市盈率1（总股本）P/E1", "市盈率2（计算用股本）P/E2",
     "股息率1（总股本）D/P1", "股息率2（计算用股本）D/P2"],
    ["20250213", "000300", "沪深300指数", "12.11", "12.84", "3.31", "2.93"],
    ["20250212", "000300", "沪深300指数", "12.19", "12.93", "3.29", "2.91"],
]  # fmt: skip


def figures(frame: pl.DataFrame, day: date) -> dict[str, float]:
    rows = frame.filter(pl.col("date") == day).iter_rows(named=True)
    return {row["field"]: row["value"] for row in rows}


def test_the_index_provider_counts_shares_in_two_ways(tmp_path: Path, lake: Lake) -> None:
    path = tmp_path / "000300indicator.xlsx"
    path.write_bytes(excel(CSINDEX))
    second = read_figures(path, "csindex")
    assert set(second.frame["subject"]) == {"CSI300"}
    assert figures(second.frame, DAY) == {"trailing_pe": 12.84, "dividend_yield": 2.93}
    assert set(second.frame["source"]) == {"CSIndex"}
    first = read_figures(path, "csindex", Given(variant="1"))
    assert figures(first.frame, DAY) == {"trailing_pe": 12.11, "dividend_yield": 3.31}
    assert set(first.frame["source"]) == {"CSIndex, weighted by all shares"}
    for variant in ("1", "2"):  # both may be on file: they are of two sources
        import_observations(lake, [path], layout="csindex", given=Given(variant=variant))
    held = View(lake, date(2025, 2, 13)).observations("CSI300", "trailing_pe")
    assert [one.value for one in held] == [12.93, 12.19, 12.84, 12.11]


def test_the_history_of_akshare_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "hist.csv"
    path.write_text(
        "日期,指数代码,指数中文简称,收盘,样本数量,滚动市盈率\n2025-02-13,300,沪深300,3905.14,300,12.84\n"
    )
    batch = read_figures(path, "csindex")
    told = batch.frame.select("subject", "field", "value").row(0)
    assert told == ("CSI300", "trailing_pe", 12.84)
    assert "columns not used" in batch.warnings[0]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (Given(variant="3"), r"no such variant.*3.*2, 1"),
        (Given(subject="HSI"), "not of HSI"),
    ],
)
def test_what_is_asked_of_the_index_provider_must_be_there(
    tmp_path: Path, given: Given, why: str
) -> None:
    path = tmp_path / "indicator.xlsx"
    path.write_bytes(excel(CSINDEX))
    with pytest.raises(UsageError, match=why):
        read_figures(path, "csindex", given)


LEGULEGU = """日期,指数,等权静态市盈率,静态市盈率,静态市盈率中位数,\
等权滚动市盈率,滚动市盈率,滚动市盈率中位数
2024-01-04,3347.05,42.07,11.04,23.4,48.1,10.77,22.86
2024-01-05,3329.11,41.61,10.99,23.24,47.6,-3.5,22.7
"""


def test_equal_weighted_multiples_have_a_source_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "pe.csv"
    path.write_text(LEGULEGU, encoding="utf-8")
    day = date(2024, 1, 4)
    told = {
        variant: read_figures(path, "legulegu", Given(subject="沪深300", variant=variant)).frame
        for variant in (None, "equal", "median")
    }
    assert {variant: figures(frame, day) for variant, frame in told.items()} == {
        None: {"trailing_pe": 10.77, "static_pe": 11.04},
        "equal": {"trailing_pe": 48.1, "static_pe": 42.07},
        "median": {"trailing_pe": 22.86, "static_pe": 23.4},
    }
    assert len({frame["source"][0] for frame in told.values()}) == 3
    # A loss is stored as it is published; no metric takes it for a multiple.
    assert figures(told[None], date(2024, 1, 5))["trailing_pe"] == -3.5
    with pytest.raises(UsageError, match="does not say whose"):
        read_figures(path, "legulegu")


SHILLER = """Date,P,D,E,CPI,Fraction,Rate GS10,CAPE
1999.09,1318.17,16.43,46.49,167.9,1999.71,5.92,41.87
1999.1,1300.01,16.47,47.02,168.2,1999.79,6.11,41.02
1999.11,1391,16.61,47.6,168.3,1999.87,6.03,43.54
1999.12,1428.68,16.69,0,0,1999.96,6.28,44.2
Notes: see the page,,,,,,,
"""


def test_earnings_are_known_months_later(tmp_path: Path, lake: Lake) -> None:
    path = tmp_path / "ie_data.csv"
    path.write_text(SHILLER, encoding="utf-8")
    (report,) = import_observations(lake, [path], layout="shiller").files
    assert report.refused == 0
    assert any("2 zeros" in note for note in report.warnings)
    view = View(lake, date(1999, 12, 31))
    assert [one.date for one in view.observations("SPX", "index_earnings")] == [date(1999, 9, 30)]
    (september,) = view.observations("SPX", "index_earnings")
    assert september.known_at == datetime(1999, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert view.observations("SPX", "cpi")[-1].date == date(1999, 11, 30)
    assert view.observations("SPX", "index_price")[-1].value == 1428.68
    assert view.observations("SPX", "cape")[-1].value == 44.2
    assert View(lake, date(1999, 12, 30)).observations("SPX", "cape")[-1].date == date(1999, 11, 30)


def test_a_file_of_another_layout_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "hsi.csv"
    path.write_text("date,close\n2025-02-13,21814.37\n")
    for name in ("csindex", "legulegu", "shiller", "valuation-wide"):
        with pytest.raises(DataError, match="no line of column names"):
            read_figures(path, name, Given(subject="HSI"))


@pytest.mark.shared
def test_the_files_that_are_there(shared: Path) -> None:
    folder = shared / "market" / "valuation"
    wide = read_figures(folder / "hstech.csv", "valuation-wide", Given(subject="HSTECH"))
    assert figures(wide.frame, date(2025, 2, 13)) == {
        "trailing_pe": 23.58, "price_to_book": 2.88, "dividend_yield": 0.82,
    }  # fmt: skip
    monthly = read_figures(folder / "shiller_sp500_monthly.csv", "shiller")
    assert figures(monthly.frame, date(1999, 12, 31))["cape"] == 44.2
    lg = read_figures(folder / "csi300_legulegu.csv", "legulegu", Given(subject="CSI300"))
    told = figures(lg.frame, date(2024, 1, 5)).keys()
    assert told == {"trailing_pe", "static_pe", "price_to_book"}
    assert (wide.refusals, monthly.refusals, lg.refusals) == ((), (), ())
