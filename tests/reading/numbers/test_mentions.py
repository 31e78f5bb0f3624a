"""Every number of a text becomes a mention, with the value and unit that its form gives it."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from springtide.language.script import normalise
from springtide.reading.numbers.mentions import find_numbers

DAY = date(2025, 2, 13)


def one(text: str, at: int = 0) -> tuple[str, object, str]:
    mention = find_numbers(normalise(text), DAY)[at]
    assert mention.quantity is not None
    return mention.text, mention.quantity.value, mention.quantity.unit


@pytest.mark.parametrize(
    ("text", "words", "value", "unit"),
    [
        ("股份升三成", "三成", 30, "%"),
        ("股價彈升逾半成", "逾半成", 5, "%"),
        ("指数收报五千五百二十六点九点", "五千五百二十六点九点", 5526.9, "points"),
        ("closed at 22 620.33 points", "22 620.33 points", 22620.33, "points"),
        ("高见2，886.79美元", "2，886.79美元", 2886.79, "USD"),
        ("flat at 3303,77, while", "3303,77", 3303.77, ""),
        ("报6998元/吨", "6998元/吨", 6998, "CNY"),
        ("覆盖50个品种", "50个", 50, "count"),
        ("收入56億到57億美元", "56亿到57亿美元", (5.6e9, 5.7e9), "USD"),
        ("净利增1.2倍", "1.2倍", 120, "%"),
        ("股价高1倍", "1倍", 100, "%"),
        ("是去年的1.2倍", "1.2倍", 1.2, "x"),
        ("涨近6个点", "近6个点", 6, "%"),
        ("下跌55点", "55点", 55, "points"),
        ("Rs 1,200 crore of stock", "Rs 1,200 crore", 1.2e10, "INR"),
        ("to $75B next year", "$75B", 7.5e10, "USD"),
        ("payrolls of 143K", "143K", 143_000, ""),
        ("沪指三连升", "三连升", 3, "sessions"),
        ("连续第四周上涨", "第四周", 4, "weeks"),
        ("its sixth consecutive daily gain", "sixth consecutive daily", 6, "sessions"),
        ("set for a seventh weekly gain", "seventh weekly gain", 7, "weeks"),
        ("back-to-back weekly declines", "back-to-back weekly", 2, "weeks"),
        ("创近3月新高", "3月", 3, "months"),
        ("the fastest in nearly a year and a half", "a year and a half", 1.5, "years"),
        ("市值重回万亿", "万亿", 1e12, ""),
        ("募集数千亿美元", "数千亿美元", (2e11, 9e11), "USD"),
        ("shares doubled", "doubled", 100, "%"),
        ("股价腰斩", "腰斩", -50, "%"),
        ("手机出货零增长", "零", 0, "%"),
    ],
)
def test_a_number_is_cut_and_valued_as_written(
    text: str, words: str, value: object, unit: str
) -> None:
    made = {m.text.removeprefix("重回"): m for m in find_numbers(normalise(text), DAY)}
    assert words in made, list(made)
    quantity = made[words].quantity
    assert quantity is not None
    assert quantity.value == pytest.approx(value)
    assert quantity.unit == unit


def test_numbers_of_a_list_have_the_unit_of_the_last() -> None:
    assert one("涨10、15、20%") == ("10", 10.0, "%")
    assert one("the odds are 65, 70 and 75%") == ("65", 65.0, "%")
    assert one("上升0.15、0.06和0.01个百分点", 1) == ("0.06", 0.06, "pp")


def test_thousands_and_units_of_a_list_are_no_shared_unit() -> None:
    assert one("于2024、涨3%")[2] != "%"


@pytest.mark.parametrize(
    ("text", "shapes"),
    [
        ("2月13日 9:38分", ["date", "time"]),
        ("At 10.45 am the index", ["time"]),
        ("腾讯（00700）", ["code"]),
        ("过去2小时", ["span"]),
        ("一是通胀，二是利率", ["item", "item"]),
        ("第二大股东", ["order"]),
        ("第四季收入", ["date"]),
        ("Nvidia H100", ["bare"]),
        ("百度与四川", []),
        ("周五收市", ["date"]),
        ("2月期指", ["date"]),
        ("电话852-2521-1234", ["id"]),
        ("15.6英寸屏", ["quantity"]),
    ],
)
def test_what_is_no_quantity_has_a_shape(text: str, shapes: list[str]) -> None:
    assert [m.shape for m in find_numbers(normalise(text), DAY)] == shapes


def test_a_stretch_with_a_bound_before_it_is_the_stretch_alone() -> None:
    mention = find_numbers("10% below its 52-week high", DAY)[1]
    assert mention.text == "52-week"
    assert mention.quantity is not None
    assert mention.quantity.comparator == "="


def test_mentions_never_overlap_and_keep_their_order() -> None:
    text = normalise(
        "标普500升0.24%，報6,051點；2月13日 16:00，連升第四個星期，成交1.2万亿元（約1640億美元），"
        "S&P 500 rose 0.3% to 6,051.92, a fifth straight gain; RSI(14) at 70, H100, Q4, 10-year."
    )
    mentions = find_numbers(text, DAY)
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    digits = {i for i, char in enumerate(text) if char.isdecimal()}
    covered = {i for m in mentions for i in range(m.start, m.end)}
    assert digits <= covered


def test_a_name_that_ends_a_text_ends_with_it() -> None:
    # Longer names begin with the same two characters; none of them may reach beyond the text.
    from springtide.reading.numbers.names import find_names

    text = "非人人都跟得上。当天中芯国际"
    (names,) = find_names([text], None, True)
    assert [(name.text, name.start, name.end) for name in names] == [("中芯国际", 10, 14)]
