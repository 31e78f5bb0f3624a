"""Layouts of opinions and of token prices: what rows become, and what is refused by name."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from springtide.errors import DataError
from springtide.market.ingest import import_bars, import_observations, read_figures
from springtide.market.lake import Lake
from springtide.market.layouts.model import Given
from springtide.market.view import View

RATINGS = """date,ticker,firm,rating,from,action,target,currency
2025-02-10,NVDA,JP Morgan,Overweight,Overweight,main,170,USD
2025-02-10,NVDA,B of A Securities,Buy,Buy,main,0,USD
2025-02-11,NVDA,Acme,Sector Darling,,init,,
2025-02-12,9988.HK,高盛,買入,,reit,120,HKD
2025-02-12,9988.HK,Acme,Not Rated,,,,
"""
CNINFO = """证券代码,证券简称,发布日期,前一次投资评级,评级变化,研究机构简称,研究员名称,投资评级,\
是否首次评级,目标价格-下限,目标价格-上限
600519,贵州茅台,2025-02-10,买入,维持,中信证券,某某,买入,否,1700.00,1900.00
000001,平安银行,2025-02-11,,首次,华泰证券,某某,增持,是,0.00,0.00
300750,宁德时代,2025-02-12,买入,调低,某某证券,某某,持有,否,280.00,280.00
"""
CONSENSUS = """date,ticker,price,target_mean,high,low,analysts,score,currency
2025-06-06,BABA,119.61,164.12,200,120,40,1.33,USD
2025-06-06,ACME,1.56,20.20,,,,1.0,USD
2025-06-06,BIDU,90,80,70,60,30,2.1,USD
2025-06-06,JD,33,44,,,,6,USD
2025-06-06,PDD,20,65,,,,2,USD
"""


def written(folder: Path, text: str, name: str = "opinions.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def told(path: Path, layout: str, given: Given | None = None) -> set[tuple[object, ...]]:
    frame = read_figures(path, layout, given or Given()).frame
    keys = ("subject", "field", "date", "value", "unit", "text", "source")
    return set(frame.select(keys).iter_rows())


def test_the_firm_is_the_source_and_the_word_is_kept(tmp_path: Path) -> None:
    rows = told(written(tmp_path, RATINGS), "ratings")
    day = date(2025, 2, 10)
    assert ("NVDA", "rating", day, None, "", "Overweight", "JPMorgan") in rows
    assert ("NVDA", "rating_score", day, 2.0, "score", "Overweight", "JPMorgan") in rows
    assert ("NVDA", "target_price", day, 170.0, "USD", None, "JPMorgan") in rows
    # 0 stands for no target; words of no scale have no class; a withdrawn rating has none either
    assert {row[1] for row in rows if row[6] == "BofA Securities"} == {"rating", "rating_score"}
    assert {row[1] for row in rows if row[6] == "Acme"} == {"rating"}
    hong_kong = [row for row in rows if row[0] == "9988.HK" and row[6] == "Goldman Sachs"]
    assert {(row[1], row[3], row[4]) for row in hong_kong} == {
        ("rating", None, ""), ("rating_score", 2.0, "score"), ("target_price", 120.0, "HKD"),
    }  # fmt: skip
    (note,) = read_figures(written(tmp_path, RATINGS), "ratings", Given()).warnings
    assert note.endswith("stored as they are: Sector Darling")


def test_a_target_in_another_currency_or_in_none_is_refused(tmp_path: Path, lake: Lake) -> None:
    text = RATINGS.replace("120,HKD", "16,USD").replace("170,USD", "170,")
    (report,) = import_observations(lake, [written(tmp_path, text)], layout="ratings").files
    reasons = [str(one) for one in report.refusals]
    assert any("target_price is in HKD, not in USD" in one for one in reasons)
    assert any("the currency of the target is not known: give it" in one for one in reasons)
    assert not View(lake, date(2025, 2, 13)).observations("9988.HK", "target_price")


@pytest.mark.parametrize(
    ("target", "is_kept", "said"),
    [("30", True, ""), ("350", True, "is 3.5 times"), ("1100", False, "is 11 times"),
     ("9", False, "is 0.09 times")],
)  # fmt: skip
def test_a_target_is_set_beside_the_close_on_file(
    tmp_path: Path, lake: Lake, target: str, is_kept: bool, said: str
) -> None:
    bars = written(tmp_path, "symbol,date,close\nKC,2025-02-12,100\n", "bars.csv")
    import_bars(lake, [bars])
    text = f"date,ticker,firm,rating,target,currency\n2025-02-13,KC,Acme,Buy,{target},USD\n"
    if target == "30":
        text = text.replace("30,USD", "34,USD")
    (report,) = import_observations(lake, [written(tmp_path, text)], layout="ratings").files
    kept = View(lake, date(2025, 2, 13)).observations("KC", "target_price")
    assert bool(kept) is is_kept
    notes = " ".join([*map(str, report.refusals), *report.warnings])
    assert said in notes
    assert View(lake, date(2025, 2, 13)).observations("KC", "rating")


def test_a_date_in_the_future_is_refused(tmp_path: Path, lake: Lake) -> None:
    later = date.today() + timedelta(days=3)
    text = RATINGS.replace("2025-02-11", str(later))
    (report,) = import_observations(lake, [written(tmp_path, text)], layout="ratings").files
    assert "in the future" in report.refusals[0].reason


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_cninfo_gives_two_limits_and_the_target_is_between(tmp_path: Path, encoding: str) -> None:
    rows = told(written(tmp_path, CNINFO, encoding=encoding), "cninfo")
    house = "CITIC Securities"
    day = date(2025, 2, 10)
    assert ("600519.SH", "target_price", day, 1800.0, "CNY", "1700 to 1900", house) in rows
    assert ("600519.SH", "rating", day, None, "", "买入", house) in rows
    assert {row[1] for row in rows if row[0] == "000001.SZ"} == {"rating", "rating_score"}
    battery = {(row[1], row[3], row[5]) for row in rows if row[0] == "300750.SZ"}
    assert battery == {
        ("rating", None, "持有"), ("rating_score", 3.0, "持有"), ("target_price", 280.0, None),
    }  # fmt: skip


def test_what_cannot_be_of_that_share_is_refused_with_its_row(tmp_path: Path) -> None:
    batch = read_figures(written(tmp_path, CONSENSUS), "consensus", Given())
    assert {one.symbol: one.reason.split(":")[0] for one in batch.refusals} == {
        "ACME": "the target of 20.2 is 12.9 times the price of 1.56",
        "BIDU": "the mean target is not between the low and the high one",
        "JD": "the score of 6 is not from 1 (strong buy) to 5 (sell)",
    }
    assert batch.warnings == ("PDD 2025-06-06: the target of 65 is 3.25 times the price of 20",)
    kept = batch.frame.filter(pl.col("subject") == "BABA")
    assert dict(kept.select("field", "value").iter_rows()) == {
        "target_mean": 164.12, "target_high": 200, "target_low": 120, "analysts": 40,
        "rating_score": 1.33,
    }  # fmt: skip


def test_a_snapshot_needs_its_day(tmp_path: Path) -> None:
    path = written(tmp_path, "ticker,target_mean,currency\nBABA,164.12,USD\n")
    with pytest.raises(DataError, match=r"no column for date.*--as-of"):
        read_figures(path, "consensus", Given())
    given = Given(day=date(2025, 6, 6))
    assert {row[2] for row in told(path, "consensus", given)} == {date(2025, 6, 6)}


HISTORY = {
    "prices": [
        {"id": "m", "vendor": "v", "name": "M", "input": 1, "output": 2, "input_cached": None,
         "from_date": None, "to_date": "2025-02-08"},
        {"id": "m", "vendor": "v", "name": "M", "input": 2, "output": -8, "input_cached": 0.5,
         "from_date": "2025-02-09", "to_date": None},
        {"id": "n", "vendor": "v", "name": "N", "input": 3, "output": 9,
         "from_date": None, "to_date": None},
    ]
}  # fmt: skip


def test_only_the_first_day_of_a_price_counts(tmp_path: Path) -> None:
    path = written(tmp_path, json.dumps(HISTORY), "historical-v1.json")
    batch = read_figures(path, "llm-prices", Given())
    told = {
        (row["subject"], row["field"][12:], str(row["date"]), row["value"], row["text"])
        for row in batch.frame.iter_rows(named=True)
    }
    assert told == {
        ("m", "input", "2025-02-08", 1.0, "start not known"),
        ("m", "output", "2025-02-08", 2.0, "start not known"),
        ("m", "input", "2025-02-09", 2.0, None),
        ("m", "cached", "2025-02-09", 0.5, None),
    }
    assert [one.reason for one in batch.refusals] == ["token_price_output is below zero"]
    assert batch.warnings == (
        "left out, since when is not known: say the file's day, --as-of: n",
    )  # fmt: skip
    with_day = read_figures(path, "llm-prices", Given(day=date(2025, 3, 1))).frame
    confirmed = with_day.filter(pl.col("text") == "in force")
    assert set(confirmed["subject"]) == {"m"}
    assert with_day.filter(pl.col("subject") == "n")["text"].to_list() == ["start not known"] * 2


@pytest.mark.parametrize("text", ["{", '{"models": [{"name": "x"}]}', '{"other": 1}', "[1]"])
def test_another_document_is_refused_by_name(tmp_path: Path, text: str) -> None:
    with pytest.raises(DataError, match=r"prices\.json"):
        read_figures(written(tmp_path, text, "prices.json"), "llm-prices", Given())
