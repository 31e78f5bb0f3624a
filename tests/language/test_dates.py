"""Dates and parts of the session, read on Thursday 13 February 2025."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from springtide.language.dates import find_dates, find_parts
from springtide.language.script import normalise

ANCHOR = date(2025, 2, 13)

DAYS = [
    ("2月13日", "2025-02-13"),
    ("2025年2月13日", "2025-02-13"),
    ("2025 年 2 月 3 日", "2025-02-03"),
    ("恒指13日收市", "2025-02-13"),
    ("新華社12日電", "2025-02-12"),
    ("二月十二日", "2025-02-12"),
    ("2月14日", "2024-02-14"),  # not after the anchor
    ("2月29日", "2024-02-29"),
    ("去年12月18日", "2024-12-18"),
    ("上月20日", "2025-01-20"),
    ("24年9月24日", "2024-09-24"),
    ("昨日", "2025-02-12"),
    ("恒指昨高開90點", "2025-02-12"),
    ("今天", "2025-02-13"),
    ("周一", "2025-02-10"),
    ("上周五", "2025-02-07"),
    ("本周三", "2025-02-12"),
    ("星期四", "2025-02-13"),
    ("10 February 2025", "2025-02-10"),
    ("Feb. 13", "2025-02-13"),
    ("February 13, 2025", "2025-02-13"),
    ("March 10, 2000", "2000-03-10"),
    ("10 March 2000", "2000-03-10"),
    ("the 5th of March", "2024-03-05"),
    ("5th March", "2024-03-05"),
    ("2025-02-12", "2025-02-12"),
    ("2025/2/12", "2025-02-12"),
    ("on Friday", "2025-02-07"),
    ("Thursday", "2025-02-13"),
    ("last Thursday", "2025-02-06"),
    ("yesterday", "2025-02-12"),
    ("today", "2025-02-13"),
    ("2月30日", ""),
    ("2025-02-30", ""),
    ("连升3日", ""),
    ("单日", ""),
    ("it may rise", ""),
    ("本周一度下跌", ""),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_days(text: str, day: str) -> None:
    dates = [str(m.first) for m in find_dates(normalise(text), ANCHOR) if m.first == m.last]
    assert dates == ([day] if day else [])


STRETCHES = [
    ("2022年2月末", "2022-02-21", "2022-02-28"),
    ("2月底", "2025-02-21", "2025-02-28"),
    ("1月中旬", "2025-01-11", "2025-01-20"),
    ("2022年底", "2022-12-01", "2022-12-31"),
    ("2021年初", "2021-01-01", "2021-03-31"),
    ("去年9月", "2024-09-01", "2024-09-30"),
    ("去年11月", "2024-11-01", "2024-11-30"),
    ("12月", "2024-12-01", "2024-12-31"),
    ("last November", "2024-11-01", "2024-11-30"),
    ("in September", "2024-09-01", "2024-09-30"),
    ("in January", "2025-01-01", "2025-01-31"),
    ("in September 2024", "2024-09-01", "2024-09-30"),
    ("September last year", "2024-09-01", "2024-09-30"),
    ("in May", "2024-05-01", "2024-05-31"),
    ("late 2022", "2022-10-01", "2022-12-31"),
    ("mid-January", "2025-01-11", "2025-01-20"),
    ("the end of 2023", "2023-12-01", "2023-12-31"),
    ("今年年底", "2025-12-01", "2025-12-31"),
    ("1-2月", "2025-01-01", "2025-02-28"),
    ("Feb 10-12", "2025-02-10", "2025-02-12"),
]


@pytest.mark.parametrize(("text", "first", "last"), STRETCHES)
def test_stretches(text: str, first: str, last: str) -> None:
    dates = [(str(m.first), str(m.last)) for m in find_dates(normalise(text), ANCHOR)]
    assert dates == [(first, last)]


def test_a_date_inside_a_period_is_no_date() -> None:
    text = normalise("自2024年9月以来，截至2月13日，since September; on 12 February")
    assert [m.text for m in find_dates(text, ANCHOR)] == ["2月13日", "12 February"]


@given(st.dates(date(1990, 1, 1), date(2040, 12, 31)), st.integers(1, 12), st.integers(1, 28))
@settings(max_examples=100)
def test_incomplete_dates_are_the_latest_not_after_the_anchor(
    anchor: date, month: int, day: int
) -> None:
    (mention,) = find_dates(f"{month}月{day}日", anchor)
    assert mention.first <= anchor
    assert (mention.first.month, mention.first.day) == (month, day)
    assert mention.first.replace(year=mention.first.year + 1) > anchor


PARTS = [
    ("2月13日早盘大涨", "morning"),
    ("上午", "morning"),
    ("午间休市", "midday"),
    ("午后跳水", "afternoon"),
    ("恒指午後最多漲406點", "afternoon"),
    ("盘中续创新高", "intraday"),
    ("一度突破4%", "intraday"),
    ("高見21539點", "high"),
    ("低見5.75元", "low"),
    ("收报21521点", "close"),
    ("收于21814点", "close"),
    ("收跌4.07%", "close"),
    ("尾盘回落", "close"),
    ("高开90点", "open"),
    ("开盘", "open"),
    ("intraday", "intraday"),
    ("as much as 4%", "intraday"),
    ("at the open", "open"),
    ("opened higher", "open"),
    ("in morning trade", "morning"),
    ("by the midday break", "midday"),
    ("by lunch break", "midday"),
    ("at the close", "close"),
    ("closed 2% lower", "close"),
    ("ended up 3%", "close"),
    ("ended the day flat", "close"),
    ("settled at 5,048", "close"),
    ("finished lower", "close"),
    ("the session high", "high"),
]


@pytest.mark.parametrize(("text", "part"), PARTS)
def test_parts(text: str, part: str) -> None:
    assert [m.part for m in find_parts(normalise(text))] == [part]


@pytest.mark.parametrize(
    "text",
    [
        "close to 5%",
        "公开市场",
        "nine months ended December 31",
        "ended up being",
        "the deal closed in March",
        "下午茶",
    ],
)
def test_no_parts(text: str) -> None:
    assert find_parts(normalise(text)) == []
