"""What houses think, by hand: whose, how old, how many, and by how much it was revised."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from springtide.claims.model import Measurement
from springtide.market.ingest import import_bars, import_observations
from springtide.market.lake import Lake
from springtide.market.layouts.model import Given, Unit
from springtide.market.view import View
from springtide.metrics.params import params_from_text
from springtide.metrics.registry import get, measure

BARS = """symbol,date,close
KC,2025-02-12,18.01
KC,2025-02-13,17.35
BABA,2025-06-06,119.61
NVDA,2025-02-12,131.14
NVDA,2025-02-13,135.29
"""
OPINIONS = """date,ticker,firm,rating,target,currency
2023-10-02,NVDA,Old House,Buy,60,USD
2024-06-03,NVDA,UBS,Neutral,150,USD
2024-11-21,NVDA,Goldman Sachs,Buy,165,USD
2024-12-02,NVDA,UBS,Buy,185,USD
2025-01-10,NVDA,JP Morgan,Overweight,170,USD
2025-01-15,NVDA,Left House,Buy,150,USD
2025-01-17,NVDA,Barclays,Underweight,120,USD
2025-01-28,NVDA,Acme,Hold,140,USD
2025-02-03,NVDA,Left House,Not Rated,,USD
2025-02-10,NVDA,Goldman Sachs,Buy,175,USD
2025-02-14,NVDA,Acme,Sell,20,USD
"""
FIGURES = """subject,field,date,value,unit,text,source
KC,target_price,2025-02-13,13,USD,close to,"Goldman Sachs, quoted by a paper"
KC,eps_forecast:FY2025,2024-11-20,-0.50,USD,,Acme
KC,eps_forecast:FY2025,2025-02-10,-0.40,USD,,Acme
NVDA,eps_forecast:FY2025,2024-11-20,2.80,USD,,Acme
NVDA,eps_forecast:FY2025,2025-02-10,2.94,USD,,Acme
NVDA,eps_forecast:FY2026,2025-02-01,4.00,USD,,UBS
"""
CONSENSUS = (
    "date,ticker,target_mean,high,low,analysts,score\n2025-06-06,BABA,164.12,200,120,40,1.33\n"
)
AS_OF = "2025-02-13"


def filled(folder: Path, opinions: str = OPINIONS) -> Lake:
    for name, text in (
        ("bars", BARS), ("opinions", opinions), ("figures", FIGURES), ("consensus", CONSENSUS),
    ):  # fmt: skip
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    made = Lake.create(folder / "lake")
    import_bars(made, [folder / "bars.csv"])
    import_observations(made, [folder / "opinions.csv"], layout="ratings", given=Given())
    import_observations(made, [folder / "figures.csv"])
    given = Given(units=(Unit("USD"),), source="a vendor")
    import_observations(made, [folder / "consensus.csv"], layout="consensus", given=given)
    return made


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    return filled(tmp_path_factory.mktemp("opinions"))


def ask(lake: Lake, call: str) -> Measurement:
    metric, subject, day, *params = call.split()
    view = View(lake, date.fromisoformat(day))
    typed = params_from_text(get(metric).params, dict(one.split("=", 1) for one in params))
    return measure(metric, view, view.instrument(subject), typed)


VALUES = {
    # the latest of all; of a house by any of its names; the one before it
    f"target_price NVDA {AS_OF}": (175, "Goldman Sachs"),
    f"target_price NVDA {AS_OF} house=瑞銀": (185, "UBS"),
    f"target_price NVDA {AS_OF} house=高盛 which=previous": (165, "Goldman Sachs"),
    # (175 + 185 + 170 + 120 + 140) / 5; one house is too old, one has withdrawn
    f"target_consensus NVDA {AS_OF}": (158, "counted"),
    f"target_consensus NVDA {AS_OF} statistic=median": (170, "counted"),
    f"target_consensus NVDA {AS_OF} statistic=high": (185, "counted"),
    f"target_consensus NVDA {AS_OF} statistic=low": (120, "counted"),
    "target_consensus BABA 2025-06-06": (164.12, "a vendor"),
    f"implied_move NVDA {AS_OF} target=consensus": (100 * (158 / 135.29 - 1), "counted"),
    "implied_move BABA 2025-06-06 target=consensus": (37.21, "a vendor"),
    # what an article of the Asian evening of 13 February could know is the close of the 12th
    "implied_move KC 2025-02-12 target=13": (-27.82, "as stated"),
    "implied_move KC 2025-02-13 target=13": (-25.07, "as stated"),
    f"rating NVDA {AS_OF} house=JPMorgan": (2, "JPMorgan"),
    f"rating NVDA {AS_OF} house=Barclays": (4, "Barclays"),
    f"rating NVDA {AS_OF} house=UBS which=previous": (3, "UBS"),
    # Goldman, UBS and JPMorgan of these and Barclays and Acme
    f"rating_balance NVDA {AS_OF}": (60, "counted"),
    f"target_revision NVDA {AS_OF}": (100 * (175 / 165 - 1), "Goldman Sachs"),
    f"target_revision NVDA {AS_OF} house=UBS": (100 * (185 / 150 - 1), "UBS"),
    f"target_revision NVDA {AS_OF} period=ytd": (100 * (175 / 165 - 1), "Goldman Sachs"),
    f"estimate_revision NVDA {AS_OF}": (5, "Acme"),
}


@pytest.mark.parametrize("call", VALUES)
def test_a_value_and_whose_it_is(lake: Lake, call: str) -> None:
    value, source = VALUES[call]
    measurement = ask(lake, call)
    assert measurement.missing == ""
    assert measurement.value == pytest.approx(value, abs=0.005)
    assert measurement.evidence.rows[0].source == source


MISSING = {
    f"target_price NVDA {AS_OF} house=Nomura": "no target price of NVDA from Nomura published by",
    "target_price NVDA 2026-06-01": "is of 2025-02-14, more than 365 days before 2026-06-01",
    f"target_price NVDA {AS_OF} house=Acme which=previous": "from Acme before that of 2025-01-28",
    f"target_consensus KC {AS_OF}": "from 3 houses in the 180 days up to 2025-02-13 is needed, 0",
    f"target_consensus NVDA {AS_OF} minimum=6": "from 6 houses",
    "target_consensus BABA 2025-06-05": "from 3 houses",  # a snapshot is not known before its day
    f"rating KC {AS_OF}": "no rating of KC published by 2025-02-13",
    f"rating_balance NVDA {AS_OF} minimum=6": "rating of NVDA from 6",
    f"target_revision NVDA {AS_OF} house=JPMorgan": "from JPMorgan before that of 2025-01-10",
    f"estimate_revision KC {AS_OF}": "of 2024-11-20, is not above zero",
    f"estimate_revision BABA {AS_OF}": "no earnings estimate of BABA published by 2025-02-13",
}


@pytest.mark.parametrize("call", MISSING)
def test_what_is_missing_is_said(lake: Lake, call: str) -> None:
    measurement = ask(lake, call)
    assert measurement.value is None
    assert MISSING[call] in measurement.missing
    for language in ("zh-cn", "zh-hk"):
        assert call.split()[1] in measurement.missing_in(language)


def test_a_split_between_two_targets_is_undone_where_it_is_on_file(
    lake: Lake, tmp_path: Path
) -> None:
    made = filled(tmp_path)
    (tmp_path / "split.csv").write_text(
        "subject,field,date,value,unit,source\nNVDA,split,2024-12-30,2,,an exchange\n"
    )
    import_observations(made, [tmp_path / "split.csv"])
    # two shares for one: 165 before is 82.5 after, and 175 is 112% above it
    call = f"target_revision NVDA {AS_OF}"
    assert ask(made, call).value == pytest.approx(100 * (2 * 175 / 165 - 1))
    assert ask(lake, call).value == pytest.approx(100 * (175 / 165 - 1))


def test_later_opinions_change_nothing_that_was_known(tmp_path: Path) -> None:
    head, *rows = OPINIONS.splitlines()
    calls = [
        "target_price", "target_consensus", "implied_move", "rating", "rating_balance",
        "target_revision", "estimate_revision",
    ]  # fmt: skip
    for cut in (date(2024, 12, 31), date(2025, 1, 16), date(2025, 2, 4)):
        folders = [tmp_path / f"{cut}-{name}" for name in ("known", "all")]
        for folder in folders:
            folder.mkdir()
        known = "\n".join([head, *(row for row in rows if row[:10] <= str(cut))]) + "\n"
        then, now = filled(folders[0], known), filled(folders[1])
        for call in calls:
            mine, theirs = (ask(one, f"{call} NVDA {cut}") for one in (then, now))
            assert (mine.value, mine.missing) == (theirs.value, theirs.missing), (call, cut)
        before = cut - timedelta(days=1)
        assert ask(then, f"target_price NVDA {before}").value is not None


@pytest.mark.shared
def test_nvidia_in_the_twelve_months_to_13_february_2025(shared: Path, tmp_path: Path) -> None:
    lake = Lake.create(tmp_path / "lake")
    path = shared / "market" / "rating" / "us_rating_events.csv"
    assert import_observations(lake, [path], layout="ratings").total("refused") == 0
    measurement = ask(lake, f"rating_balance NVDA {AS_OF}")
    assert measurement.value == pytest.approx(100 * 39 / 41)  # 95.1%
    told = {row.field: row.value for row in measurement.evidence.rows}
    assert told == {
        "houses": 41, "houses: Buy": 23, "houses: Outperform": 9, "houses: Overweight": 7,
        "houses: Hold": 1, "houses: Neutral": 1,
    }  # fmt: skip


@pytest.mark.shared
def test_targets_of_another_currency_in_a_snapshot_are_refused(
    shared: Path, tmp_path: Path
) -> None:
    lake = Lake.create(tmp_path / "lake")
    path = shared / "market" / "rating" / "us_target_price_snapshot_2025-06-06.csv"
    given = Given(units=(Unit("USD"),))
    (report,) = import_observations(lake, [path], layout="consensus", given=given).files
    refused = {one.symbol for one in report.refusals}
    assert {"ABVC", "ACXP", "ADTX", "AEMD", "AEON", "AGFY", "AGRI", "AIFU"} <= refused
    view = View(lake, date(2025, 6, 6))
    (mean,) = view.observations("BABA", "target_mean")
    (score,) = view.observations("BABA", "rating_score")
    assert (mean.value, mean.unit, score.value) == (164.12, "USD", 1.33)
