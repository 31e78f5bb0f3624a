"""Flows in articles: sums in another currency, daily averages, doublings, and what is none of ours.

Figures of southbound Stock Connect as published (HKD million): -1,023.66 on 13 February 2025,
7,511.58 on the 12th, 144,477.66 since the year began, 807,869.34 in 2024 over 233 sessions of its
own and 246 of Hong Kong. The band of the peg is 7.75 to 7.85 HKD a USD.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from springtide.checking.check import check_text
from springtide.claims.model import Verdict
from springtide.market.ingest import import_observations, store_bars
from springtide.market.lake import Lake
from springtide.market.layouts.model import Given, Unit
from springtide.market.sources.batch import Batch, bars_frame

DAY = date(2025, 2, 13)
S, R, N = "supported", "refuted", "not_enough_information"
pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def record(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Lake:
    lake = Lake.create(tmp_path_factory.mktemp("flows"))
    path = shared / "market" / "flow" / "stock_connect_daily.csv"
    given = Given(units=(Unit("HKD", 1e6), Unit("CNY", 1e6)))
    import_observations(lake, [path], layout="connect", given=given)
    return lake


def checked(lake: Lake, text: str, day: date = DAY) -> list[Verdict]:
    return list(check_text(text, "text", lake, as_of=day).verdicts)


CLAIMS = [
    # the day's figure, in three scripts
    ("南向资金2月13日净卖出10.24亿港元。", [("flow_net", S)]),
    ("北水2月12日淨流入75.12億元。", [("flow_net", S)]),
    ("Southbound Stock Connect recorded net selling of HK$1.02 billion on 13 February.",
     [("flow_net", S)]),
    ("南向资金2月13日净买入10.24亿港元。", [("flow_net", R)]),
    ("北水2月12日淨流入85.12億元。", [("flow_net", R)]),
    ("Mainland investors bought a net HK$9.51 billion of shares on 12 February.",
     [("flow_net", R)]),
    # a stretch
    ("南向资金今年以来净流入1444.78亿港元。", [("flow_net", S)]),
    ("Southbound funds recorded net inflows of HK$144.48 billion this year.", [("flow_net", S)]),
    ("2024年南向资金净买入8078.69亿港元。", [("flow_net", S)]),
    ("南向资金近5个交易日净买入229亿港元。", [("flow_net", R)]),
    # another currency: refuted at any rate in the band, supported at any, or neither
    ("南向资金今年以来净流入170亿美元。", [("flow_net", R)]),
    ("南向资金今年以来净流入185亿美元。", [("flow_net", N)]),
    ("南向资金今年以来净流入超过180亿美元。", [("flow_net", S)]),
    # days in a row: three to 10 February
    ("南向资金截至2月10日连续3个交易日净买入。", [("flow_streak", S)]),
    ("北水2月10日連續第3個交易日淨流入。", [("flow_streak", S)]),
    ("Southbound funds recorded net buying for a 3rd consecutive session on 10 February.",
     [("flow_streak", S)]),
    ("Southbound funds recorded 16 straight sessions of net buying on 10 February.",
     [("flow_streak", R)]),
    # so much a day
    ("今年以来南向资金日均净流入57.8亿港元。", [("flow_average", S)]),
    ("今年以来南向资金日均净流入8.81亿美元。", [("flow_average", R)]),
    ("2024年南向资金日均净流入4.2亿美元。", [("flow_average", R)]),
    ("Southbound inflows averaged US$881 million a day this year.", [("flow_average", R)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CLAIMS, ids=[text for text, _ in CLAIMS])
def test_verdicts(record: Lake, text: str, expected: list[tuple[str, str]]) -> None:
    verdicts = checked(record, text)
    assert [(v.claim.metric, v.label) for v in verdicts] == expected, [v.reason for v in verdicts]
    assert {v.claim.subject for v in verdicts} == {"SOUTHBOUND"}


def test_a_sum_in_another_currency_says_at_which_rate(record: Lake) -> None:
    (verdict,) = checked(record, "Southbound funds recorded net buying of US$17 billion this year.")
    assert verdict.label == R
    assert "that is $18.4bn to $18.64bn at 7.75 to 7.85 HKD a USD (HKMA: the band of the peg)" in (
        verdict.reason
    )
    assert verdict.measurement is not None
    rates = [row for row in verdict.measurement.evidence.rows if row.subject == "USDHKD"]
    assert [round(row.value, 6) for row in rates] == [7.75, 7.85]


def test_with_the_rates_of_its_days_a_sum_is_one_number(shared: Path, tmp_path: Path) -> None:
    lake = Lake.create(tmp_path / "lake")
    path = shared / "market" / "flow" / "stock_connect_daily.csv"
    import_observations(lake, [path], layout="connect", given=Given(units=(Unit("HKD", 1e6),)))
    days = pl.date_range(date(2025, 1, 1), DAY, "1d", eager=True)
    days = days.filter(days.dt.weekday() <= 5)
    frame = pl.DataFrame({"date": days, "close": [7.79] * len(days)})
    store_bars(lake, Batch("fx", bars_frame(frame, "USDHKD=X", "a bank")))
    (true,) = checked(lake, "南向资金今年以来净流入185.5亿美元。")  # 144,477.66 / 7.79 = 18,546.6
    assert true.label == S
    (false,) = checked(lake, "南向资金今年以来净流入186.5亿美元。")
    assert false.label == R
    assert "7.79" in false.reason
    assert "a bank" in false.reason


def test_the_denominator_is_the_nearest_reading_of_an_average(record: Lake) -> None:
    (verdict,) = checked(record, "2024年南向资金日均净流入4.2亿美元。")
    best = verdict.nearest[0]
    assert best.changes == ("按港股交易日计",)
    assert best.measurement.value == pytest.approx(807_869.34e6 / 246, rel=1e-6)


def test_a_doubling_was_last_true_on_another_day(record: Lake) -> None:
    text = "年初至今，南向资金日均净流入较2024年的4.2亿美元翻倍至8.81亿美元。"
    verdicts = {v.claim.metric: v for v in checked(record, text) if v.claim.metric == "flow_ratio"}
    doubled = verdicts["flow_ratio"]
    assert doubled.label == R
    assert doubled.nearest[0].claim.as_of == date(2025, 1, 27)
    assert doubled.nearest[0].measurement.value == pytest.approx(2.012, abs=5e-4)


def test_the_sentence_of_the_article(record: Lake) -> None:
    text = (
        "年初至今，南向资金净流入170亿美元，主要流向科技板块，日均净流入较2024年的4.2亿美元翻倍至"
        "8.81亿美元。"
    )
    told = [(v.claim.metric, v.claim.value, v.label) for v in checked(record, text)]
    assert sorted(told) == [
        ("flow_average", 4.2e8, R), ("flow_average", 8.81e8, R), ("flow_net", 1.7e10, R),
        ("flow_ratio", 2.0, R),
    ]  # fmt: skip


def test_northbound_after_its_end_is_not_enough_information(record: Lake) -> None:
    (verdict,) = checked(record, "北向资金2月13日净买入50亿元。")
    assert verdict.label == N
    assert "自2024-08-16起不再公布" in verdict.reason


# What is no net buying of a market's investors: none of it is supported, none refuted.
TRAPS = [
    "主力资金今日净流入5.2亿元。",
    "超大单净流出3.1亿元，大单净流出1.2亿元。",
    "腾讯控股获南向资金净买入5.2亿港元。",
    "阿里巴巴遭南向资金净卖出3.4亿港元。",
    "央行公开市场净投放1000亿元。",
    "公司净利润5.2亿元，净息差1.5%。",
    "该基金今日净流入2亿元，为最吸金的基金。",
    "一季度外商直接投资净流入120亿美元。",
    "預計北水今年淨流入可達5000億元。",
    "若南向资金本周净流入超过200亿港元，恒指有望再升。",
    "大戶昨日淨流入3億元，散戶淨流出2億元。",
    "騰訊獲北水淨買入12億元。",
    "Retail investors bought a net $1.2 billion of US stocks on Thursday.",
    "Insurers saw net inflows of $3 billion last quarter.",
    "The company reported net income of $1.2 billion.",
    "Southbound inflows could reach HK$500 billion this year.",
    "Goldman expects Southbound net buying of US$75 billion in 2025.",
    "The fund had net outflows of $200 million in January.",
]


@pytest.mark.parametrize("text", TRAPS)
def test_traps(record: Lake, text: str) -> None:
    decided = [
        (v.claim.metric, v.claim.subject, v.label)
        for v in checked(record, text)
        if v.claim.metric.startswith("flow") and v.label != N
    ]
    assert decided == []


MIDDAY = """---
title: "半日流入增"
date: "2025-02-13 12:25:48"
lang: "zh-HK"
---

北水南下合計淨流入33.87億元，連續第2日流入。
"""


def test_what_flowed_in_by_midday_is_not_the_days_figure(record: Lake) -> None:
    """The day ended with net selling of 10.24 hundred million: neither proves the other wrong."""
    verdicts = check_text(MIDDAY, "midday.md", record).verdicts
    (flow,) = [one for one in verdicts if one.claim.metric == "flow_net"]
    assert (flow.label, flow.claim.live) == (N, True)
    evening = check_text(MIDDAY.replace("12:25:48", "16:45:00"), "evening.md", record).verdicts
    (flow,) = [one for one in evening if one.claim.metric == "flow_net"]
    assert (flow.label, flow.claim.live) == (R, False)
