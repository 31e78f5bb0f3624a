"""Layouts of figures: what files become, and which rows and files are refused, by name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from tests.market.test_import_files import excel

from springtide.errors import DataError, UnknownNameError, UsageError
from springtide.market import fields, layouts
from springtide.market.independence import is_quotation
from springtide.market.ingest import compare_figures, import_observations, read_figures
from springtide.market.lake import Lake
from springtide.market.layouts.model import Given, Unit
from springtide.market.view import View

# The sessions of 10 to 14 February 2025, HKD million, as the exchanges published them.
CONNECT = """date,southbound_net,southbound_buy,southbound_sell,southbound_cum_net
2025-02-10,16467.83,60228.06,43760.23,100000.00
2025-02-11,-8898.11,41231.65,50129.76,91101.89
2025-02-12,7511.58,53222.22,45710.64,98613.47
2025-02-13,-1023.66,68154.10,69177.76,97589.81
"""
MILLION = Given(units=(Unit.parse("HKD million"),))
LAST = date(2025, 2, 13)


def written(folder: Path, text: str, name: str = "flows.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def test_a_wide_file_becomes_figures_in_whole_units(tmp_path: Path, lake: Lake) -> None:
    path = written(tmp_path, CONNECT)
    (report,) = import_observations(lake, [path], layout="connect", given=MILLION).files
    assert (report.rows, report.new, report.refused) == (16, 16, 0)
    view = View(lake, LAST)
    assert view.fields("SOUTHBOUND") == ("flow_buy", "flow_cumulative", "flow_net", "flow_sell")
    net = view.observations("SOUTHBOUND", "flow_net")
    assert [one.value for one in net] == [
        16_467_830_000,
        -8_898_110_000,
        7_511_580_000,
        -1_023_660_000,
    ]
    assert {(one.unit, one.source) for one in net} == {("HKD", "flows.csv")}
    again = import_observations(lake, [path], layout="connect", given=MILLION)
    assert (again.total("same"), again.total("new")) == (16, 0)


CHINESE = """数据来源：东方财富
日期,当日成交净买额(亿元),买入成交额(亿元),卖出成交额(亿元),当日资金流入(亿元)
2025-02-12,75.1158,532.2222,457.1064,98.5
2025-02-13,-10.2366,681.541,691.7776,12.5
"""


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_an_export_in_chinese_says_its_scale_in_the_header(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path, CHINESE, encoding=encoding)
    frame = read_figures(path, "connect", Given(subject="南向资金")).frame
    day = frame.filter(pl.col("date") == LAST)
    told = {row["field"]: (row["value"], row["unit"]) for row in day.iter_rows(named=True)}
    assert told["flow_net"] == (-1_023_660_000, "HKD")
    assert told["flow_buy"] == (68_154_100_000, "HKD")
    assert told["flow_quota_used"][1] == "CNY"
    assert set(frame["subject"]) == {"SOUTHBOUND"}


def test_an_excel_sheet_with_lines_above_its_header(tmp_path: Path) -> None:
    path = tmp_path / "flows.xlsx"
    rows: list[list[object]] = [["Stock Connect"], [], ["日期", "当日成交净买额", "备注"]]
    rows += [["2025-02-12", "75.1158亿", ""], ["2025-02-13", "-10.2366亿", ""]]
    path.write_bytes(excel(rows))
    batch = read_figures(path, "connect", Given(subject="SOUTHBOUND", units=(Unit("HKD"),)))
    assert batch.frame["value"].to_list() == [7_511_580_000, -1_023_660_000]
    assert batch.warnings == ("columns not used: 备注",)


REFUSED = {
    "the net is not buying less selling": ("7511.58,", "7511.68,", "buying less selling"),
    "the cumulative column does not rise by it": ("98613.47", "98613.57", "cumulative column"),
    "a cell is no number": ("7511.58,", "n.m.,", "'n.m.' is not a number"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_row_that_contradicts_itself_is_refused(tmp_path: Path, lake: Lake, case: str) -> None:
    old, new, why = REFUSED[case]
    path = written(tmp_path, CONNECT.replace(old, new))
    (report,) = import_observations(lake, [path], layout="connect", given=MILLION).files
    assert why in report.refusals[0].reason
    assert report.refusals[0].date == date(2025, 2, 12)
    held = View(lake, LAST).observations("SOUTHBOUND", "flow_net")
    assert date(2025, 2, 12) not in [one.date for one in held]


def test_channels_must_add_up(tmp_path: Path) -> None:
    text = (
        "date,southbound_net,southbound_net_sh,southbound_net_sz\n"
        "2025-02-12,7511.58,5000.00,2511.58\n2025-02-13,-1023.66,-1000.00,-20.00\n"
    )
    batch = read_figures(written(tmp_path, text), "connect", MILLION)
    assert batch.frame["date"].to_list() == [date(2025, 2, 12)]
    assert "Shanghai and Shenzhen do not add up" in batch.refusals[0].reason


@pytest.mark.parametrize(("unit", "factor"), [("亿港元", "100"), ("HKD thousand", "0.001")])
def test_another_scale_than_the_stored_days_is_refused(
    tmp_path: Path, lake: Lake, unit: str, factor: str
) -> None:
    import_observations(lake, [written(tmp_path, CONNECT)], layout="connect", given=MILLION)
    wrong = Given(units=(Unit.parse(unit),), source="another feed")
    (report,) = import_observations(
        lake, [written(tmp_path, CONNECT)], layout="connect", given=wrong
    ).files
    assert (report.new, report.refused) == (0, 16)
    assert f"{factor} times the stored figures" in report.refusals[0].reason


def test_another_sign_than_the_stored_days_is_refused(tmp_path: Path, lake: Lake) -> None:
    import_observations(lake, [written(tmp_path, CONNECT)], layout="connect", given=MILLION)
    turned = "date,southbound_net\n2025-02-11,8898.11\n2025-02-12,-7511.58\n2025-02-13,1023.66\n"
    given = Given(units=MILLION.units, source="another feed")
    (report,) = import_observations(
        lake, [written(tmp_path, turned)], layout="connect", given=given
    ).files
    assert (report.new, report.refused) == (0, 3)
    assert "-1 times" in report.refusals[0].reason


def test_a_unit_that_nobody_names_is_not_guessed(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"unit of southbound_net.* is not known"):
        read_figures(written(tmp_path, CONNECT), "connect")
    text = "date,southbound_net,northbound_net\n2024-08-15,6634.76,12205.84\n"
    batch = read_figures(written(tmp_path, text), "connect", MILLION)
    assert batch.frame["subject"].to_list() == ["SOUTHBOUND"]
    assert batch.warnings == ("left out, since their unit is not known: northbound_net",)


def test_northbound_net_ends_with_its_publication(tmp_path: Path) -> None:
    text = "date,northbound_net\n2024-08-15,12205.84\n2024-08-16,-6774.99\n2024-08-19,0\n"
    given = Given(units=(Unit.parse("百万人民币"),))
    batch = read_figures(written(tmp_path, text), "connect", given)
    assert batch.frame["date"].to_list() == [date(2024, 8, 15), date(2024, 8, 16)]
    assert "has not been published since" in batch.warnings[0]


VALUATIONS = """date,close,pe,pb,dividend_yield
2025-02-12,5281.18,23.68,2.90,0.81
2025-02-13,5235.28,23.58,2.88,0.82
"""


def test_valuations_of_one_index(tmp_path: Path) -> None:
    path = written(tmp_path, VALUATIONS, "hstech.csv")
    batch = read_figures(path, "valuation-wide", Given(subject="恒生科技指数"))
    day = batch.frame.filter(pl.col("date") == LAST)
    told = {row["field"]: (row["value"], row["unit"]) for row in day.iter_rows(named=True)}
    assert told == {
        "trailing_pe": (23.58, "x"), "price_to_book": (2.88, "x"), "dividend_yield": (0.82, "%"),
    }  # fmt: skip
    assert batch.warnings == ("columns not used: close",)
    with pytest.raises(UsageError, match="does not say whose figures"):
        read_figures(path, "valuation-wide")


def test_a_file_of_another_layout_and_an_unknown_layout(tmp_path: Path) -> None:
    path = written(tmp_path, "when,what\n1,2\n")
    with pytest.raises(DataError, match="no line of column names"):
        read_figures(path, "connect", MILLION)
    with pytest.raises(UnknownNameError, match="valuation-wide"):
        layouts.get("valuation")


def test_checking_stores_nothing(tmp_path: Path, lake: Lake) -> None:
    before = lake.versions()
    batch = read_figures(written(tmp_path, CONNECT), "connect", MILLION)
    report, rows = compare_figures(lake, batch)
    assert (report.new, len(rows)) == (16, 16)
    assert lake.versions() == before


LONG = """subject,field,date,value,unit,text,source,quoted_by
HSTECH,trailing_pe,2025-02-13,23.58,%,,a vendor,
HSTECH,trailing_pe,2025-02-12,23.68,x,,a vendor,
KC,target_price,2025-02-13,13,HKD,,a broker,
KC,target_price,2025-02-13,13,USD,,a broker,a newspaper
HSTECH,price_to_book,2025-02-13,2.88,x,,a vendor,
HSTECH,price_to_book,2025-02-13,2.98,x,,a vendor,
HSTECH,shoe_size,2025-02-13,43,EU,,a cobbler,
HSTECH,trailing_pe,2125-02-13,23.68,x,,a vendor,
"""


def test_figures_that_cannot_be_are_refused_by_name(tmp_path: Path, lake: Lake) -> None:
    (report,) = import_observations(lake, [written(tmp_path, LONG)], today=LAST).files
    assert report.new == 3
    assert [refusal.reason.partition(" (")[0] for refusal in report.refusals] == [
        "trailing_pe is in x, not in %",
        "target_price is in USD, not in HKD",
        "two different figures of one source for one day",
        "two different figures of one source for one day",
        "the date is missing, in the future",
    ]
    assert report.warnings == ("fields that no metric reads, stored as they are: shoe_size",)
    (target,) = View(lake, LAST).observations("KC", "target_price")
    assert target.source == "a broker, quoted by a newspaper"
    assert is_quotation(target.source)


def test_a_stock_is_never_summed_and_nothing_published_is_added_up() -> None:
    summed = {name for name, spec in fields.vocabulary().items() if spec.may_be_summed}
    assert summed == {"flow_net", "flow_buy", "flow_sell", "flow_quota_used", "turnover"}


@pytest.mark.shared
def test_the_whole_record_of_stock_connect(shared: Path) -> None:
    path = shared / "market" / "flow" / "stock_connect_daily.csv"
    given = Given(units=(Unit.parse("HKD million"), Unit.parse("CNY million")))
    batch = read_figures(path, "connect", given)
    assert batch.refusals == ()
    net = batch.frame.filter(pl.col("field") == "flow_net", pl.col("subject") == "SOUTHBOUND")
    years = net.group_by(pl.col("date").dt.year().alias("year")).agg(pl.col("value").sum())
    sums = dict(years.iter_rows())
    assert sums[2024] == pytest.approx(807_869.34e6, abs=1e4)
    assert sums[2025] == pytest.approx(1_404_843.63e6, abs=1e4)


# The members of an index with their weights, invented.
WEIGHTS = """date,index,member,weight
2025-01-31,HSI,0005.HK,60.0
2025-01-31,HSI,9988.HK,25.0
2025-01-31,HSI,700,15.2
2025-02-28,HSI,0005.HK,60.0
2025-02-28,HSI,9988.HK,25.0
2025-03-31,HSI,0005.HK,0.6
2025-03-31,HSI,9988.HK,0.4
2025-04-30,HSI,0005.HK,50
2025-04-30,HSI,0005.HK,50
2025-05-30,HSI,0005.HK,100
2025-05-30,HSI,9988.HK,n/a
"""


def test_lists_of_weights_are_whole_or_refused(tmp_path: Path, lake: Lake) -> None:
    path = written(tmp_path, WEIGHTS.replace(",700,", ",0700.HK,"), "weights.csv")
    (report,) = import_observations(lake, [path], layout="weights").files
    assert report.new == 3
    assert [each.reason for each in report.refusals] == [
        "the weights add up to 85.00%, not to 99% to 101%",
        "the weights add up to 1.00%, not to 99% to 101%",
        "0005.HK is in the list twice",
        "line 11 has no member or no weight of 0 or more",
    ]
    view = View(lake, date(2025, 2, 13))
    (held,) = view.observations("0700.HK", "index_weight:HSI")
    assert (held.value, held.unit, held.date) == (15.2, "%", date(2025, 1, 31))


def test_lists_of_weights_in_chinese_and_of_a_given_index(tmp_path: Path, lake: Lake) -> None:
    text = (
        "日期Date,成份券代码Constituent Code,权重(%)weight\n20250127,600519,60\n20250127,300750,40"
    )
    path = written(tmp_path, text, "weights.csv", "gb18030")
    given = Given(subject="CSI300")
    (report,) = import_observations(lake, [path], layout="weights", given=given).files
    assert (report.new, report.error) == (2, "")
    view = View(lake, date(2025, 2, 13))
    assert view.fields("300750.SZ") == ("index_weight:CSI300",)
    with pytest.raises(UsageError, match="does not say of which index"):
        import_observations(lake, [path], layout="weights")
