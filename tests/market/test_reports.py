"""Files that users reported (../shared/reports), read as their senders meant them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from springtide.market.declared import Description
from springtide.market.ingest import import_bars
from springtide.market.lake import Lake
from springtide.market.sources.bars import Stated

COLUMNS = ("date", "open", "high", "low", "close", "volume", "adjusted")

# File: the instrument given ("own" for one that is described), first and last date, last close.
READ = {
    "SH#600111.txt": ("", "2025-02-10", "2025-02-12", 20.9),
    "a01_three_header.csv": ("", "2025-02-10", "2025-02-12", 430.0),
    "a02_unnamed_index.csv": ("own", "2025-02-10", "2025-02-12", 10.6),
    "a03b_header_tab_rows_comma.txt": ("", "2025-02-10", "2025-02-12", 20.9),
    "a04_weekday_in_date.xls": ("600111.SH", "2025-02-10", "2025-02-12", 20.9),
    "a05_lots_thousands.csv": ("", "2025-02-10", "2025-02-12", 20.9),
    "a06_adjustflag.csv": ("", "2025-02-10", "2025-02-12", 20.9),
    "a07b_date_code.csv": ("", "2025-02-10", "2025-02-11", 415.6),
    "a11b_euronext.csv": ("own", "2025-02-10", "2025-02-12", 102.8),
    "a12_bilingual.csv": ("", "2025-02-11", "2025-02-12", 3919.4),
    "a13_unix_seconds.csv": ("0700.HK", "2025-02-10", "2025-02-12", 430.0),
    "a13b_iso_offset.csv": ("0700.HK", "2025-02-10", "2025-02-11", 415.6),
    "a13c_utc_previous_day.csv": ("0700.HK", "2025-02-10", "2025-02-12", 430.0),
    "a16_series_named.csv": ("", "2025-02-10", "2025-02-13", 6110.3),
    "a17_polish.csv": ("own", "2025-02-10", "2025-02-11", 104.5),
    "a19_dividend_rows.tsv": ("KC", "2025-02-11", "2025-02-13", 103.5),
    "a20_us_datetime.csv": ("AAPL", "2025-02-10", "2025-02-13", 240.4),
    "a21_nasdaq.csv": ("NVDA", "2025-02-12", "2025-02-13", 118.3),
    "a22b_code_000001.csv": ("", "2025-02-11", "2025-02-12", 11.4),
    "a23_trading_time.csv": ("", "2025-02-11", "2025-02-12", 430.0),
    "a25_av.csv": ("BABA", "2025-02-11", "2025-02-12", 118.3),
    "a27_mt5.csv": ("HSI", "2025-02-11", "2025-02-12", 21850.4),
    "b01_tushare_index_col.csv": ("", "2025-02-11", "2025-02-12", 20.9),
    "b04_headerless_tsv.txt": ("own", "2025-02-10", "2025-02-11", 12480.69),
    "b10_percent_range_prices_with_unit.csv": ("0700.HK", "2025-02-11", "2025-02-12", 430.0),
    "b13_tdx_title_adjusted.txt": ("", "2025-02-10", "2025-02-11", 20.2),
    "c01_slash_single_digit.csv": ("own", "1994-01-03", "1994-01-10", 103.5),
    "x1_bilingual_sheet.xlsx": ("HSTECH", "2025-02-10", "2025-02-12", 5252.5),
    "x3_wind.xlsx": ("600111.SH", "2025-02-10", "2025-02-12", 10.5),
    "x5_two_row_header.xlsx": ("", "2025-02-10", "2025-02-11", 5287.0),
    "恒生科技指数历史数据.csv": ("", "2025-02-11", "2025-02-12", 5280.1),
    "恒生科技指數歷史數據.csv": ("", "2025-02-11", "2025-02-12", 5280.1),
}
REFUSED = {
    "b06_monthly_first.csv": ("HSTECH", "monthly rows"),
    "b14_negative_qfq.csv": ("600111.SH", "adjusted forward"),
}


@pytest.fixture
def reports(shared: Path) -> Path:
    return shared / "reports"


def imported(lake: Lake, file: Path, symbol: str) -> str:
    own = Description("stock", "XSHG", "CNY") if symbol == "own" else None
    stated = Stated(symbol=symbol or None, columns=COLUMNS if file.name.startswith("b04") else ())
    report = import_bars(lake, [file], stated=stated, description=own)
    return "\n".join(map(str, report.files[0].refusals))


@pytest.mark.shared
@pytest.mark.parametrize("name", READ)
def test_a_reported_file_is_read(lake: Lake, reports: Path, name: str) -> None:
    symbol, first, last, close = READ[name]
    imported(lake, reports / name, symbol)
    rows = lake.snapshot("bars").scan().collect().sort("symbol", "date")
    assert str(rows["date"].min()) == first
    assert rows["date"].max() == date.fromisoformat(last)
    assert rows["close"].to_list()[-1] == close


@pytest.mark.shared
@pytest.mark.parametrize("name", REFUSED)
def test_a_reported_file_is_refused_with_the_reason(lake: Lake, reports: Path, name: str) -> None:
    symbol, reason = REFUSED[name]
    assert reason in imported(lake, reports / name, symbol)
    assert lake.snapshot("bars").scan().collect().is_empty()


@pytest.mark.shared
def test_no_report_is_passed_over(reports: Path) -> None:
    kinds = {".csv", ".txt", ".tsv", ".xls", ".xlsx"}
    files = {path.name for path in reports.iterdir() if path.suffix in kinds}
    assert files <= READ.keys() | REFUSED.keys()
