"""Changes of holdings and creations of fund units, by hand and on the publisher's snapshots."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from springtide.claims.model import Measurement
from springtide.errors import UsageError
from springtide.market import calendars, series
from springtide.market.ingest import import_bars, import_observations, read_figures
from springtide.market.lake import Lake
from springtide.market.layouts.model import Given, Unit
from springtide.market.view import View
from springtide.metrics.families.holdings import steps
from springtide.metrics.params import params_from_text
from springtide.metrics.registry import get, measure


def ask(lake: Lake, metric: str, subject: str, day: str, **params: str) -> Measurement:
    view = View(lake, date.fromisoformat(day))
    typed = params_from_text(get(metric).params, params)
    return measure(metric, view, view.instrument(subject), typed)


def filled(folder: Path, layout: str, text: str, bars: str = "", **given: object) -> Lake:
    lake = Lake.create(folder / "lake")
    (folder / "figures.csv").write_text(text, encoding="utf-8")
    report = import_observations(
        lake,
        [folder / "figures.csv"],
        layout=layout,
        given=Given(**given),  # type: ignore[arg-type]
    )
    assert report.total("refused") == 0
    if bars:
        (folder / "bars.csv").write_text(bars, encoding="utf-8")
        done = import_bars(lake, [folder / "bars.csv"], today=date(2026, 1, 1))
        assert done.total("refused") == 0
    return lake


HOLDINGS = """month,symbol,name,shares_mn
2024-12,0700.HK,Tencent,934.445
2025-01,0700.HK,Tencent,1048.526
2025-02,0700.HK,Tencent,1000
"""


def closes(after: float = 1.0) -> str:
    """Closes of each session, 402 on the last of January; by a factor from February on."""
    known = calendars.sessions("XHKG", date(2024, 12, 31), date(2025, 2, 28))
    assert known is not None
    lines = ["symbol,date,close"]
    for k, day in enumerate(known.tolist()):
        price = 402.0 + (k - 19) if day <= date(2025, 1, 28) else (430.0 + k) * after
        lines.append(f"0700.HK,{day},{price:.2f}")
    return "\n".join(lines) + "\n"


def test_months_are_their_last_days_and_millions_are_shares(tmp_path: Path) -> None:
    lake = filled(tmp_path, "holdings", HOLDINGS, closes())
    change = ask(lake, "holding_change", "0700.HK", "2025-02-13")
    assert (change.value, change.unit) == (114_081_000.0, "shares")
    assert [row.date for row in change.evidence.rows] == [date(2024, 12, 31), date(2025, 1, 31)]
    worth = ask(lake, "holding_change", "0700.HK", "2025-02-13", by="value")
    assert worth.value == pytest.approx(114_081_000 * 402.0)  # the last close of January
    assert worth.unit == "HKD"
    month = ask(lake, "holding_change", "0700.HK", "2025-02-28", period="mtd")
    assert month.value == pytest.approx(-48_526_000.0)


def test_a_split_between_two_snapshots_is_no_buying(tmp_path: Path) -> None:
    lake = filled(tmp_path, "holdings", HOLDINGS.replace(",1000", ",5242.63"), closes(0.2))
    answer = ask(lake, "holding_change", "0700.HK", "2025-02-28", period="mtd")
    assert answer.value is None
    assert "was split between 2025-01-31 and 2025-02-28" in answer.missing
    told = "subject,field,date,value,unit,source\n0700.HK,split,2025-02-03,5,x,the company\n"
    (tmp_path / "splits.csv").write_text(told, encoding="utf-8")
    import_observations(lake, [tmp_path / "splits.csv"])
    undone = ask(lake, "holding_change", "0700.HK", "2025-02-28", period="mtd")
    assert undone.value == pytest.approx(0.0)  # 1,048.526 million shares have become 5,242.63


def test_one_snapshot_is_no_change_and_an_old_one_is_stale(tmp_path: Path) -> None:
    lake = filled(tmp_path, "holdings", "\n".join(HOLDINGS.splitlines()[:2]) + "\n", closes())
    answer = ask(lake, "holding_change", "0700.HK", "2025-01-28")
    assert "a second snapshot of the holding of 0700.HK by 2025-01-01" in answer.missing
    stale = ask(lake, "holding_change", "0700.HK", "2025-02-28")
    assert "is of 2024-12-31, older than 40 days on 2025-02-28" in stale.missing


def test_variants_of_holders(tmp_path: Path) -> None:
    (tmp_path / "figures.csv").write_text(HOLDINGS, encoding="utf-8")
    batch = read_figures(tmp_path / "figures.csv", "holdings", Given(variant="northbound"))
    assert set(batch.frame["field"]) == {"holding_shares:northbound"}
    with pytest.raises(UsageError, match="southbound, northbound"):
        read_figures(tmp_path / "figures.csv", "holdings", Given(variant="offshore"))


UNITS = """日期,基金代码,基金份额(亿份),单位净值
2025-02-10,510300.SH,800,3.90
2025-02-11,510300.SH,801,3.95
2025-02-12,510300.SH,799,4.00
2025-02-13,510300.SH,799,4.02
"""


def test_creations_are_new_units_at_the_value_of_the_day_before(tmp_path: Path) -> None:
    lake = filled(tmp_path, "etf-units", UNITS)
    answer = ask(lake, "etf_creations", "510300.SH", "2025-02-13", period="last:3:sessions")
    assert answer.value == pytest.approx(1e8 * (1 * 3.90 - 2 * 3.95 + 0 * 4.00))
    assert answer.unit == "CNY"
    gap = ask(lake, "etf_creations", "510300.SH", "2025-02-13", period="last:4:sessions")
    assert gap.value is None
    assert "2025-02-07" in gap.missing


def test_units_that_were_split_are_not_redeemed(tmp_path: Path) -> None:
    text = UNITS.replace("799,4.00", "1598,2.00").replace("799,4.02", "1598,2.01")
    lake = filled(tmp_path, "etf-units", text)
    answer = ask(lake, "etf_creations", "510300.SH", "2025-02-13", period="last:3:sessions")
    assert answer.value is None
    assert "was split between 2025-02-11 and 2025-02-12" in answer.missing


def test_units_without_a_scale_take_the_one_that_is_given(tmp_path: Path) -> None:
    (tmp_path / "u.csv").write_text(
        "date,symbol,units,nav\n2025-02-13,510300.SH,799,4.02\n", encoding="utf-8"
    )
    given = Given(units=(Unit.parse("million shares"),))
    frame = read_figures(tmp_path / "u.csv", "etf-units", given).frame
    assert frame["value"].to_list() == [799e6, 4.02]
    assert frame["unit"].to_list() == ["shares", "CNY"]


def test_a_flow_is_never_differenced(tmp_path: Path) -> None:
    text = "date,southbound_net\n2025-02-12,7511.58\n2025-02-13,-1023.66\n"
    lake = filled(tmp_path, "connect", text, units=(Unit("HKD", 1e6),))
    view = View(lake, date(2025, 2, 13))
    made = series.observed(
        view, "SOUTHBOUND", "flow_net", "CONNECT_SOUTH", date(2025, 2, 12), date(2025, 2, 13)
    )
    assert made is not None
    with pytest.raises(TypeError, match="only a stock is differenced"):
        steps(made)


@pytest.mark.shared
def test_the_publishers_snapshots(shared: Path, tmp_path: Path) -> None:
    lake = Lake.create(tmp_path / "lake")
    path = shared / "market" / "flow" / "southbound_holdings_monthly.csv"
    (report,) = import_observations(lake, [path], layout="holdings").files
    assert report.refused == 2  # two snapshots of PCCW for February 2025 that differ
    import_bars(lake, [shared / "market" / "stock" / "0700.hk.csv"])
    change = ask(lake, "holding_change", "0700.HK", "2025-02-13")
    assert change.value == pytest.approx((1048.526 - 934.445) * 1e6)


SECTORS = """month,symbol,name,sector,shares_mn
2024-12,0700.HK,Tencent,Communication Services,900
2025-01,0700.HK,Tencent,Communication Services,910
2024-12,0762.HK,China Unicom,Communication Services,1000
2025-01,0762.HK,China Unicom,Communication Services,980
2024-12,0939.HK,CCB,Financials,5000
2025-01,0939.HK,CCB,Financials,5100
"""


def two_closes() -> str:
    days = calendars.sessions("XHKG", date(2024, 12, 31), date(2025, 1, 31))
    assert days is not None
    prices = {"0700.HK": 402.0, "0762.HK": 7.5, "0939.HK": 6.25}
    rows = [f"{name},{day},{price}" for name, price in prices.items() for day in days.tolist()]
    return "symbol,date,close\n" + "\n".join(rows) + "\n"


def test_a_sector_adds_up_its_shares_at_the_close(tmp_path: Path) -> None:
    lake = filled(tmp_path, "holdings", SECTORS, two_closes())
    asked = {"period": "mtd", "sector": "communication services"}
    answer = ask(lake, "holding_change", "SOUTHBOUND", "2025-01-31", **asked)
    assert (answer.value, answer.unit) == (10e6 * 402 - 20e6 * 7.5, "HKD")  # 3,870 million
    count, tencent, unicom = answer.evidence.rows
    assert count.value == 2
    assert (tencent.subject, tencent.value) == ("0700.HK", 4020e6)
    assert (unicom.subject, unicom.value) == ("0762.HK", -150e6)
    none = ask(lake, "holding_change", "SOUTHBOUND", "2025-01-31", period="mtd", sector="Energy")
    assert none.value is None
    assert "sector Energy" in none.missing


def test_a_sector_of_which_a_share_has_no_close_names_it(tmp_path: Path) -> None:
    bars = "\n".join(row for row in two_closes().splitlines() if "0762" not in row) + "\n"
    lake = filled(tmp_path, "holdings", SECTORS, bars)
    asked = {"period": "mtd", "sector": "Communication Services"}
    answer = ask(lake, "holding_change", "SOUTHBOUND", "2025-01-31", **asked)
    assert answer.value is None
    assert "0762.HK" in answer.missing


@pytest.mark.shared
@pytest.mark.parametrize(
    ("sector", "billions"),
    [("Communication Services", 56.81), ("Information Technology", 21.39), ("Financials", 23.92),
     ("Consumer Discretionary", -4.02)],
)  # fmt: skip
def test_sectors_of_january_2025(sectors: Lake, sector: str, billions: float) -> None:
    asked = {"period": "mtd", "sector": sector}
    answer = ask(sectors, "holding_change", "SOUTHBOUND", "2025-01-31", **asked)
    assert answer.value is not None, answer.missing
    assert answer.value / 1e9 == pytest.approx(billions, abs=0.005)


@pytest.fixture(scope="module")
def sectors(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """The publisher's holdings and adjusted closes of all shares that were held.

    Shares that nobody held before they were listed, in 2026, have none.
    """
    lake = Lake.create(tmp_path_factory.mktemp("sectors") / "lake")
    holdings = shared / "market" / "flow" / "southbound_holdings_monthly.csv"
    import_observations(lake, [holdings], layout="holdings")
    panel = pl.read_parquet(shared / "market" / "panel" / "hk_daily_2009_2025.parquet")
    file = tmp_path_factory.mktemp("panel") / "closes.csv"
    window = panel.filter(pl.col("date").is_between(date(2024, 12, 1), date(2025, 2, 13)))
    window.select("symbol", "date", "close").write_csv(file)
    import_bars(lake, [file])
    return lake
