"""What articles say against a benchmark, of members and of who added what; and what is none of it.

All sentences are invented.
"""

from __future__ import annotations

from datetime import date

import pytest

from springtide.claims.model import Claim
from springtide.language.types import Period
from springtide.metrics.families.breadth import AdvanceDecline, BreadthAbove, BreadthHighs
from springtide.metrics.families.contributions import Contribution
from springtide.metrics.families.relative import TODAY, RelativeReturn
from springtide.metrics.params import params_to_text
from springtide.reading.document import read_document
from springtide.reading.read import read_article

DAY = date(2025, 2, 13)
OURS = (
    "relative_return", "lead_lag", "breadth_above", "breadth_highs", "advance_decline",
    "contribution", "implied_weight",
)  # fmt: skip
YTD = Period("ytd")


def claims(text: str) -> list[Claim]:
    return list(read_article(read_document(text), DAY).claims)


READ = [
    # against a benchmark
    ("腾讯今年以来跑赢恒生科技指数3.2个百分点。", "0700.HK", RelativeReturn("HSTECH", YTD), 3.2),
    ("騰訊今年以來跑輸恒指3.2個百分點。", "0700.HK", RelativeReturn("HSI", YTD), -3.2),
    ("騰訊今年以來跑贏大市3.5%。", "0700.HK", RelativeReturn("", YTD), 3.5),
    ("Tencent has outperformed the Hang Seng Index by 4% year to date.", "0700.HK",
     RelativeReturn("HSI", YTD), 4.0),
    ("Tencent underperformed the broader market by 1.5 percentage points.", "0700.HK",
     RelativeReturn("", TODAY), -1.5),
    ("The Nasdaq Composite trailed the S&P 500 by 2.5 percentage points this year.", "IXIC",
     RelativeReturn("SPX", YTD), -2.5),
    ("腾讯今年以来相对于恒生指数的超额收益为5.2%。", "0700.HK", RelativeReturn("HSI", YTD), 5.2),
    ("Tencent had an excess return of 5.2% over the Hang Seng Index year to date.", "0700.HK",
     RelativeReturn("HSI", YTD), 5.2),
    ("The Nasdaq Composite is ahead of the S&P 500 by 2.5 percentage points this year.", "IXIC",
     RelativeReturn("SPX", YTD), 2.5),
    # members
    ("恒指83隻成份股中有62隻上升。", "HSI", AdvanceDecline("advances"), 62.0),
    ("The Dow Jones Industrial Average saw 21 of its 30 members rise.", "DJIA",
     AdvanceDecline("advances"), 21.0),
    ("沪深300指数站上50日均线的成分股占比为63.1%。", "CSI300", BreadthAbove(50), 63.1),
    ("恒指收市升1%，藍籌62隻升，21隻跌。", "HSI", AdvanceDecline("advances"), 62.0),
    ("恒指收市升1%，藍籌62隻升，21隻跌。", "HSI", AdvanceDecline("declines"), 21.0),
    ("恒生科技指数有25只成分股上涨。", "HSTECH", AdvanceDecline("advances"), 25.0),
    ("Of note, the S&P 500 saw 312 of its members fall.", "SPX", AdvanceDecline("declines"), 312.0),
    ("沪深300指数有61.4%的成分股高于各自的200日均线。", "CSI300", BreadthAbove(200), 61.4),
    ("The S&P 500 has 70% of its members above their 50-day moving average.", "SPX",
     BreadthAbove(50), 70.0),
    ("恒指有12隻成份股創250個交易日收市新低。", "HSI", BreadthHighs(250, "low"), 12.0),
    # who added what
    ("阿里巴巴推高恒指近170点。", "HSI", Contribution("9988.HK", TODAY, "points"), 170.0),
    ("騰訊拖累大市52點。", "HSI", Contribution("0700.HK", TODAY, "points"), -52.0),
    ("藍籌中，阿里巴巴勁升逾8%，並貢獻大市近170點升幅。", "HSI",
     Contribution("9988.HK", TODAY, "points"), 170.0),
    ("騰訊升3.2%，報446元，貢獻恒指35點。", "HSI",
     Contribution("0700.HK", TODAY, "points"), 35.0),
    ("Alibaba added nearly 170 points to the Hang Seng Index.", "HSI",
     Contribution("9988.HK", TODAY, "points"), 170.0),
]  # fmt: skip


@pytest.mark.parametrize(("text", "subject", "params", "value"), READ)
def test_what_is_read(text: str, subject: str, params: object, value: float) -> None:
    read = [one for one in claims(text) if one.metric in OURS]
    assert (subject, params, value) in [(one.subject, one.params, one.value) for one in read]


def test_per_cent_may_be_a_difference_or_a_ratio_and_points_are_a_difference() -> None:
    (percent,) = claims("Tencent has outperformed the Hang Seng Index by 4% year to date.")
    assert (percent.unit, [one.unit for one in percent.others]) == ("pp", ["%"])
    assert params_to_text(percent.others[0].params)["by"] == "ratio"
    (points,) = claims("腾讯今年以来跑赢恒生科技指数3.2个百分点。")
    assert (points.unit, points.others) == ("pp", ())


TRAPS = [
    # two subjects, a group without members
    "AI概念股平均上涨15%，跑赢MSCI中国9%。",
    "AI概念股平均升15%，跑贏MSCI中國9%。",
    "AI stocks rose 15% on average, beating MSCI China by 9%.",
    # the whole market, and limits
    "沪深两市超3000只个股上涨，50只涨停。",
    "超过4000只个股下跌。",
    "港股共有12隻股份創52周新高。",
    "About 3,000 stocks advanced and 1,200 declined on the day.",
    # the move of the benchmark itself
    "阿里巴巴股价跑赢同期恒生指数5%的累计涨幅。",
    # what may come, and ratings
    "今年有望跑赢大市10%。",
    "騰訊料可跑贏大市10%。",
    "Tencent could outperform the Hang Seng Index by 10%.",
    "给予腾讯“跑赢行业”评级，目标价500港元。",
    "The rating was cut to underperform, with a target of $12.",
    # results, not prices
    "腾讯业绩跑赢预期12%。",
    "Tencent beat estimates by 12%.",
    "Nvidia beat Intel by 10% in sales.",
    "云业务贡献收入增长12个百分点。",
    "雲業務貢獻收入增長12個百分點。",
    "Cloud added 12 percentage points to growth.",
    # somebody without a benchmark, leads of other kinds
    "The fund outperformed by 3%.",
    "中国在该领域领先全球5年。",
    "腾讯股价处于行业超额收益阶段，今年上涨3%。",
    "The index is ahead of schedule by 3%.",
    "The company led the market with a share of 12%.",
    "恒生科技指数成份股阿里巴巴上涨8%。",
]


@pytest.mark.parametrize("text", TRAPS)
def test_what_is_none_of_it(text: str) -> None:
    assert not [one for one in claims(text) if one.metric in OURS and one.subject != ""]


@pytest.mark.parametrize("text", TRAPS[:3])
def test_a_relative_return_is_no_move_of_the_benchmark(text: str) -> None:
    assert not [one for one in claims(text) if one.subject == "MSCI_CHINA"]
