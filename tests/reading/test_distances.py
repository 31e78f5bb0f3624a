"""How far below a high or above a low: in the usual words of three scripts."""

from __future__ import annotations

import math
from datetime import date

import pytest

from springtide.claims.model import Params
from springtide.language.types import Period
from springtide.metrics.families.changes import PeriodReturn
from springtide.metrics.families.drawdowns import Drawdown
from springtide.metrics.families.records import HighLowRecord
from springtide.reading.document import read_document
from springtide.reading.read import read_claims

DAY = date(2025, 2, 13)
EVER = Drawdown(Period("all"))
WEEKS = Drawdown(Period("last", count=52, unit="weeks"))
YEARS = Drawdown(Period("last", count=3, unit="years"))
DEEPEST = Drawdown(Period("ytd"), of="deepest")
OCTOBER = PeriodReturn(Period("since-high", date(2024, 10, 1), date(2024, 10, 31)))
JANUARY = PeriodReturn(Period("since-low", date(2025, 1, 1), date(2025, 1, 31)))


@pytest.mark.parametrize(
    ("text", "params", "value"),
    [
        ("恒生指数距历史高点低34%。", EVER, -34),
        ("恒生指數較歷史高位低34%。", EVER, -34),
        ("The Hang Seng Index stands 34% off its record high.", EVER, -34),
        ("恒生指数从52周高点下跌6%。", WEEKS, -6),
        ("恒指由52周高位回落6%。", WEEKS, -6),
        ("The Hang Seng Index is down 6% from its 52-week high.", WEEKS, -6),
        ("恒生指数距离三年新高仅差3%。", YEARS, -3),
        ("The Hang Seng Index is 3% short of its three-year high.", YEARS, -3),
        ("恒生指数年内最大回撤8.5%。", DEEPEST, -8.5),
        ("恒指年內最大回撤達8.5%。", DEEPEST, -8.5),
        ("The Hang Seng Index suffered a maximum drawdown of 8.5% this year.", DEEPEST, -8.5),
        ("恒生指数较去年10月高点回撤6%。", OCTOBER, -6),
        ("恒指較去年10月高位回落6%。", OCTOBER, -6),
        ("The Hang Seng Index is 6% below its October high.", OCTOBER, -6),
        ("恒指較1月低位升17%。", JANUARY, 17),
        ("The Hang Seng Index is 17% above its January low.", JANUARY, 17),
    ],
)
def test_distances(text: str, params: Params, value: float) -> None:
    (claim,) = read_claims(read_document(text), DAY)
    assert claim.params == params
    assert claim.value == value
    assert claim.within is not None
    assert value in claim.within


def test_the_high_of_a_distance_may_be_one_within_a_session() -> None:
    (claim,) = read_claims(read_document("恒生指数距历史高点低34%。"), DAY)
    assert [other.params for other in claim.others][:1] == [Drawdown(Period("all"), "intraday")]


def test_within_some_per_cent_of_a_high_is_a_bound_and_no_record() -> None:
    text = "The Hang Seng Index is within 2% of its 52-week high."
    (claim,) = read_claims(read_document(text), DAY)
    assert claim.params == WEEKS
    assert (claim.comparator, claim.value) == (">", -2.0)
    assert claim.within is not None
    assert (claim.within.low, claim.within.high) == (-2.0, math.inf)


FOUR_MONTHS = HighLowRecord(Period("last", count=4, unit="months"))


@pytest.mark.parametrize(
    "text",
    [
        "恒生指数收于四个月高位。",
        "恒生指数创四个月新高。",
        "恒指創近四個月新高。",
        "The Hang Seng Index hit a four-month high.",
        "The Hang Seng Index closed at its highest in four months.",
    ],
)
def test_records(text: str) -> None:
    (claim,) = read_claims(read_document(text), DAY)
    assert claim.params == FOUR_MONTHS


@pytest.mark.parametrize(
    "text",
    [
        "恒生指数低于52周高位6%。",
        "恒生指数距52周新高还有6%。",
        "The Hang Seng Index is 6% off its 52-week high.",
        "The Hang Seng Index is 6% short of its 52-week high.",
    ],
)
def test_below_a_high_is_no_new_one(text: str) -> None:
    claims = read_claims(read_document(text), DAY)
    assert {one.metric for one in claims} <= {"drawdown"}


YEAR_LOW = Period("since-low", date(2025, 1, 1), DAY)
YEAR_HIGH = Period("since-high", date(2025, 1, 1), DAY)


@pytest.mark.parametrize(
    ("text", "period", "value"),
    [
        ("恒生科技指数本轮累计上涨21.5%。", YEAR_LOW, 21.5),
        ("恒生指數今輪升浪累升15.5%。", YEAR_LOW, 15.5),
        ("恒生指数较低位反弹15.5%。", YEAR_LOW, 15.5),
        ("The Hang Seng Index has gained 15.5% in the current rally.", YEAR_LOW, 15.5),
        ("纳指从高点回落8%。", YEAR_HIGH, -8),
    ],
)
def test_since_a_turn_without_a_date(text: str, period: Period, value: float) -> None:
    (claim,) = read_claims(read_document(text), DAY)
    assert (claim.params, claim.value) == (PeriodReturn(period), value)
    # No day is told, so that another low or high may be meant, and nothing is refuted.
    assert Period(period.kind) in [other.params.period for other in claim.others]  # type: ignore[attr-defined]
    assert claim.confidence <= 0.25
