"""What imports refuse stays on file, with its reason."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from springtide.errors import LakeError
from springtide.market.ingest import import_bars, import_observations
from springtide.market.lake import Lake
from springtide.market.refused import NOT_NAMED

BAD = """Date,Open,High,Low,Close,Volume
2025-02-11,21500.5,21600,21200,21294.86,4000000000
2025-02-12,21300,21870,21290,21857.92,5000000000
2025-02-13,21900,21700,21750,21814.37,6000000000
2025-02-14,21900,22700,21750,-3,6000000000
"""
NOW = datetime(2025, 2, 20, 9, 30, tzinfo=UTC)


def _imported(lake: Lake, path: Path, text: str, symbol: str = "HSI") -> pl.DataFrame:
    path.write_text(text)
    import_bars(lake, [path], symbol=symbol, now=NOW, today=date(2025, 2, 20))
    return lake.snapshot("refused").scan().sort("date", "row").collect()


def test_refused_rows_are_kept_with_file_reason_and_time(tmp_path: Path):
    lake = Lake.create(tmp_path / "lake")
    assert "refused" not in lake.versions()
    rows = _imported(lake, tmp_path / "hsi.csv", BAD)
    assert rows.select("symbol", "date", "row", "file", "count").rows() == [
        ("HSI", date(2025, 2, 13), 3.0, "hsi.csv", 1.0),
        ("HSI", date(2025, 2, 14), 4.0, "hsi.csv", 1.0),
    ]
    assert rows["reason"][0] == "high 21700 is below low 21750"
    assert rows["known_at"].unique().to_list() == [NOW]
    assert lake.sql("SELECT count(*) AS n FROM refused")["n"].item() == 2
    assert lake.snapshot("bars").scan().collect().height == 2


def test_the_same_file_again_is_not_counted_again(tmp_path: Path):
    lake = Lake.create(tmp_path / "lake")
    first = _imported(lake, tmp_path / "hsi.csv", BAD)
    version = lake.versions()["refused"]
    assert _imported(lake, tmp_path / "hsi.csv", BAD).equals(first)
    assert lake.versions()["refused"] == version
    assert len(_imported(lake, tmp_path / "again.csv", BAD)) == 4


def test_good_rows_make_no_table(tmp_path: Path):
    lake = Lake.create(tmp_path / "lake")
    _imported(lake, tmp_path / "hsi.csv", "\n".join(BAD.splitlines()[:3]))
    assert "refused" not in lake.versions()


def test_more_rows_than_are_named_are_counted(tmp_path: Path):
    lake = Lake.create(tmp_path / "lake")
    days = pl.date_range(date(2024, 1, 1), date(2024, 12, 31), eager=True)
    days = days.filter(days.dt.weekday() < 6)
    good = [f"{day},100,101,99,100.5,7" for day in days]
    bad = [f"{day},100,90,99,100.5,7" for day in days]
    text = "\n".join(["Date,Open,High,Low,Close,Volume", *good[:20], *bad[20:]])
    rows = _imported(lake, tmp_path / "spx.csv", text, "SPX")
    assert rows["count"].sum() == len(days) - 20
    (more,) = rows.filter(pl.col("reason") == NOT_NAMED).rows(named=True)
    assert (more["symbol"], more["count"]) == ("SPX", len(days) - 20 - 200)


def test_prices_of_another_unit_count_all_their_rows(tmp_path: Path):
    lake = Lake.create(tmp_path / "lake")
    days = ["2025-02-10", "2025-02-11", "2025-02-12", "2025-02-13", "2025-02-14"]
    head = "Date,Close"
    _imported(lake, tmp_path / "a.csv", "\n".join([head, *(f"{day},21000" for day in days)]))
    rows = _imported(lake, tmp_path / "b.csv", "\n".join([head, *(f"{d},210" for d in days)]))
    (one,) = rows.rows(named=True)
    assert (one["symbol"], one["date"], one["count"], one["file"]) == ("HSI", None, 5.0, "b.csv")
    assert "times as high" in one["reason"]


def test_published_figures_that_are_refused_are_kept_too(tmp_path: Path):
    lake = Lake.create(tmp_path / "lake")
    path = tmp_path / "figures.csv"
    path.write_text(
        "subject,field,date,value,unit,source\n"
        "HSTECH,pe_forward,2025-02-13,17.4,x,a house\n"
        "HSTECH,pe_forward,2025-02-14,not a number,x,a house\n"
    )
    report = import_observations(lake, [path], now=NOW, today=date(2025, 2, 20))
    rows = lake.snapshot("refused").scan().collect()
    assert rows["count"].sum() == report.total("refused") == 1
    assert rows["file"].to_list() == ["figures.csv"]


def test_a_lake_held_at_a_version_sees_what_was_refused_by_then(tmp_path: Path):
    lake = Lake.create(tmp_path / "lake")
    held = lake.at()
    _imported(lake, tmp_path / "hsi.csv", BAD)
    assert held.snapshot("refused").scan().collect().is_empty()
    with pytest.raises(LakeError):
        held.append("refused", lambda _: None)
