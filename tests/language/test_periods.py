"""Periods, read on Thursday 13 February 2025."""

from __future__ import annotations

from datetime import date

import pytest

from springtide.language.dates import find_dates
from springtide.language.periods import find_periods
from springtide.language.script import normalise

ANCHOR = date(2025, 2, 13)

# what is written, what of it is the period (normalised; "" for all of it), and its meaning
PERIODS = [
    ("年初至今", "", "ytd"),
    ("年初以来", "", "ytd"),
    ("今年以來", "", "ytd"),
    ("今年", "", "ytd"),
    ("年内", "", "ytd"),
    ("开年以来", "", "ytd"),
    ("year to date", "", "ytd"),
    ("YTD", "", "ytd"),
    ("so far this year", "", "ytd"),
    ("this year", "", "ytd"),
    ("since the start of the year", "", "ytd"),
    ("本月", "", "mtd"),
    ("月初以来", "", "mtd"),
    ("this month", "", "mtd"),
    ("本周", "", "wtd"),
    ("本周一度大涨", "本周", "wtd"),
    ("this week", "", "wtd"),
    ("bringing the week's advance", "the week", "wtd"),
    ("上周", "", "span:2025-02-03..2025-02-09"),
    ("last week", "", "span:2025-02-03..2025-02-09"),
    ("上月", "", "span:2025-01-01..2025-01-31"),
    ("去年", "", "span:2024-01-01..2024-12-31"),
    ("过去五年", "", "last:5:years"),
    ("近五年", "", "last:5:years"),
    ("past five years", "", "last:5:years"),
    ("over the past 12 months", "", "last:12:months"),
    ("近60个交易日", "", "last:60:sessions"),
    ("last 20 sessions", "", "last:20:sessions"),
    ("三年来", "", "last:3:years"),
    ("刷新4個月高位", "4个月", "last:4:months"),
    ("3年新高", "3年", "last:3:years"),
    ("兩個月以來最大", "两个月以来", "last:2:months"),
    ("for 5 days", "", "last:5:days"),
    ("恒指連升3日", "连升3日", "last:3:sessions"),
    ("连续两个交易日", "", "last:2:sessions"),
    ("阿里小米6日齊漲", "6日", "last:6:sessions"),
    ("three straight sessions", "", "last:3:sessions"),
    ("a three-year high", "three-year", "last:3:years"),
    ("自2024年9月以来", "", "since:2024-09-01"),
    ("自12月初以来", "", "since:2024-12-01"),
    ("自2024年12月18日以来", "", "since:2024-12-18"),
    ("since September", "", "since:2024-09-01"),
    ("since Sept 24", "", "since:2024-09-24"),
    ("since 10 January 2025", "", "since:2025-01-10"),
    ("since late 2022", "", "since:2022-10-01"),
    ("自去年11月低点以来", "", "since-low:2024-11-01..2024-11-30"),
    ("从年初低点", "", "since-low:2025-01-01..2025-02-13"),
    ("较1月低位", "", "since-low:2025-01-01..2025-01-31"),
    ("自去年10月的高点", "", "since-high:2024-10-01..2024-10-31"),
    ("比2021年初的高点", "", "since-high:2021-01-01..2021-03-31"),
    ("比2023年的高点", "", "since-high:2023-01-01..2023-12-31"),
    ("since last November's low", "", "since-low:2024-11-01..2024-11-30"),
    ("from its January low", "", "since-low:2025-01-01..2025-01-31"),
    ("since the September trough", "", "since-low:2024-09-01..2024-09-30"),
    ("below its 2021 peak", "", "since-high:2021-01-01..2021-12-31"),
    ("from this year's low", "", "since-low:2025-01-01..2025-02-13"),
    ("from its recent low", "", "since-low"),
    ("自近期低點", "", "since-low"),
    ("2024年全年", "", "span:2024-01-01..2024-12-31"),
    ("in 2024", "", "span:2024-01-01..2024-12-31"),
    ("2024年", "", "span:2024-01-01..2024-12-31"),
    ("2024年第四季度", "", "span:2024-10-01..2024-12-31"),
    ("in the fourth quarter", "", "span:2024-10-01..2024-12-31"),
    ("2月3日至7日", "", "span:2025-02-03..2025-02-07"),
    ("2019~2020年", "", "span:2019-01-01..2020-12-31"),
    ("in the week to Feb. 5", "", "span:2025-01-30..2025-02-05"),
    ("有史以来", "", "all"),
    ("历史新高", "历史", "all"),
    ("an all-time high", "all-time", "all"),
    ("a record high", "record", "all"),
    ("上市以来", "", "all"),
]


@pytest.mark.parametrize(("text", "words", "period"), PERIODS)
def test_periods(text: str, words: str, period: str) -> None:
    written = normalise(text)
    (mention,) = find_periods(written, ANCHOR)
    assert (mention.text, str(mention.period)) == (words or written, period)
    assert written[mention.start : mention.end] == mention.text
    assert not [d for d in find_dates(written, ANCHOR) if d.start < mention.end], "a date as well"


@pytest.mark.parametrize(
    "text",
    [
        "历史经验",
        "track record",
        "the third week of talks",
        "第一周",
        "a weekend",
        "周五",
        "5年期国债利率的历史",
    ],
)
def test_no_periods(text: str) -> None:
    assert find_periods(normalise(text), ANCHOR) == []


def test_the_longest_wins() -> None:
    text = normalise("自去年11月低点以来上涨7倍，年初至今净流入，较2024年翻倍")
    assert [str(m.period) for m in find_periods(text, ANCHOR)] == [
        "since-low:2024-11-01..2024-11-30",
        "ytd",
        "span:2024-01-01..2024-12-31",
    ]
