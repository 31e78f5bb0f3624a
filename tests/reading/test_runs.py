"""Runs of rises, falls and daily limits, as articles count them."""

from __future__ import annotations

from datetime import date

import pytest

from springtide.metrics.families.runs import PriceStreak
from springtide.reading.document import read_document
from springtide.reading.read import read_claims

UP, DOWN = PriceStreak("up"), PriceStreak("down")
LIMIT = PriceStreak("limit-up")


def runs(text: str, day: date = date(2025, 2, 14)) -> list[tuple[str, object, str, object]]:
    claims = read_claims(read_document(text), day)
    return [
        (one.subject, one.value, one.unit, one.params)
        for one in claims
        if one.metric == "price_streak"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("特斯拉周二收跌3%，连续第4日下跌。", ("TSLA", 4.0, "sessions", DOWN)),
        ("英伟达收涨2%，四连涨。", ("NVDA", 4.0, "sessions", UP)),
        ("恒指收報21,000點，連升3日。", ("HSI", 3.0, "sessions", UP)),
        ("上证指数全周上涨1%，连升两周。", ("SSE", 2.0, "weeks", PriceStreak("up", "weeks"))),
        ("沪指收涨0.5%，连续三个交易日收阳。", ("SSE", 3.0, "sessions", UP)),
        ("光线传媒（300251）录得3连板。", ("300251.SZ", 3.0, "sessions", LIMIT)),
        ("光线传媒（300251）连续4个交易日涨停。", ("300251.SZ", 4.0, "sessions", LIMIT)),
        (
            "纳指收跌1%，止步三连阳。",
            ("IXIC", 3.0, "sessions", PriceStreak("up", until="before")),
        ),
        (
            "Meta shares rose on Wednesday for an 18th straight session.",
            ("META", 18.0, "sessions", UP),
        ),
        (
            "Tesla fell 6% on Tuesday, its fifth straight session of losses.",
            ("TSLA", 5.0, "sessions", DOWN),
        ),
        (
            "The Nikkei fell 1% on Friday to snap a three-day winning streak.",
            ("N225", 3.0, "sessions", PriceStreak("up", until="before")),
        ),
    ],
)
def test_a_run_is_read(text: str, expected: tuple[str, object, str, object]) -> None:
    assert runs(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "央行连续第三个月增持黄金。",
        "苹果营收连续两个季度下降。",
        "光线传媒（300251）连续2个交易日内收盘价格涨幅偏离值累计超过30%。",
        "恒指收報21,000點，對上一次連升2日是2月7日。",
        "腾讯成交额连续三日上升。",
        "Apple has beaten expectations for 8 straight quarters.",
        "Tesla may rise for a sixth straight session on Friday.",
    ],
)
def test_what_is_no_run_of_prices(text: str) -> None:
    assert runs(text) == []


def test_what_broke_a_run_may_be_its_own_day_or_the_next() -> None:
    """A run that was snapped is dated by its last session or by the one after."""
    text = "The Nikkei fell 1% on Friday to snap a three-day winning streak."
    (claim,) = [
        one
        for one in read_claims(read_document(text), date(2025, 2, 14))
        if one.metric == "price_streak"
    ]
    assert [one.params for one in claim.others][:1] == [UP]


def test_the_metrics_own_sentence_is_read_back() -> None:
    assert runs("恒生指数连续4个交易日上涨。") == [("HSI", 4.0, "sessions", UP)]
    english = "The Hang Seng Index closed higher for 4 sessions in a row."
    assert runs(english) == [("HSI", 4.0, "sessions", UP)]
