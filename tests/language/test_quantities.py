"""Quantities: expectations written by hand, as a reader of the market would state them."""

from __future__ import annotations

import pytest

from springtide.language.quantities import find_quantities, find_windows
from springtide.language.script import normalise
from springtide.language.types import Quantity

Expected = tuple[str, float | tuple[float, float], str, str]


def read(text: str) -> list[Quantity]:
    return find_quantities(normalise(text))


# text; what is found in it: words covered (normalised), value, unit, comparator
CASES: list[tuple[str, list[Expected]]] = [
    # digits, full width, grouping
    ("收報２１，８１４點", [("21,814点", 21814.0, "points", "=")]),
    ("收于21,814.37点", [("21,814.37点", 21814.37, "points", "=")]),
    ("closed at 21,814.37 points", [("21,814.37 points", 21814.37, "points", "=")]),
    ("恒指看23000", [("23000", 23000.0, "", "=")]),
    # Chinese numerals
    ("上試二萬三關", [("二万三", 23000.0, "", "=")]),
    ("失守兩萬一千點", [("失守两万一千点", 21000.0, "points", "<")]),
    ("升穿2萬3關", [("升穿2万3", 23000.0, "", ">")]),
    ("重上2萬2千點", [("重上2万2千点", 22000.0, "points", ">")]),
    ("漲逾一成", [("逾一成", 10.0, "%", ">")]),
    ("增长近六成", [("近六成", 60.0, "%", "~")]),
    ("升一成半", [("一成半", 15.0, "%", "=")]),
    ("跌三成二", [("三成二", 32.0, "%", "=")]),
    ("齊彈逾半成", [("逾半成", 5.0, "%", ">")]),
    ("占近一半", [("近一半", 50.0, "%", "~")]),
    ("约三分之一", [("约三分之一", 100 / 3, "%", "~")]),
    ("三年新高", [("三年", 3.0, "years", "=")]),
    ("近百億元", [("近百亿元", 1e10, "CNY", "~")]),
    # money
    ("净流入170亿美元", [("170亿美元", 17e9, "USD", "=")]),
    ("8.81亿美元", [("8.81亿美元", 881e6, "USD", "=")]),
    ("成交1.73萬億元人民幣", [("1.73万亿元人民币", 1.73e12, "CNY", "=")]),
    ("逼近9港元", [("逼近9港元", 9.0, "HKD", "~")]),
    ("人民币2元和8元", [("人民币2元", 2.0, "CNY", "="), ("8元", 8.0, "CNY", "=")]),
    ("升5仙", [("5仙", 0.05, "HKD", "=")]),
    ("worth $12.3bn", [("$12.3bn", 12.3e9, "USD", "=")]),
    ("raised US$3.5 billion", [("US$3.5 billion", 3.5e9, "USD", "=")]),
    ("at HK$9, £5 and €3.2m", [("HK$9", 9.0, "HKD", "="), ("£5", 5.0, "GBP", "="),
                               ("€3.2m", 3.2e6, "EUR", "=")]),
    ("1.4 trillion yuan", [("1.4 trillion yuan", 1.4e12, "CNY", "=")]),
    ("Rs 500 crore", [("Rs 500 crore", 5e9, "INR", "=")]),
    ("报2860.135美元/盎司", [("2860.135美元", 2860.135, "USD", "=")]),
    # approximators before
    ("rose nearly 5%", [("nearly 5%", 5.0, "%", "~")]),
    ("about a 10% gain", [("about a 10%", 10.0, "%", "~")]),
    ("jumped as much as 4%", [("as much as 4%", 4.0, "%", "up_to")]),
    ("up to 19%", [("up to 19%", 19.0, "%", "up_to")]),
    ("more than 16%", [("more than 16%", 16.0, "%", ">")]),
    ("no more than 3%", [("no more than 3%", 3.0, "%", "<")]),
    ("just under 3%", [("just under 3%", 3.0, "%", "<")]),
    ("above the 23,000 mark", [("above the 23,000", 23000.0, "", ">")]),
    ("some 5,000 points", [("some 5,000 points", 5000.0, "points", "~")]),
    ("涨超3%", [("超3%", 3.0, "%", ">")]),
    ("涨不到1%", [("不到1%", 1.0, "%", "<")]),
    ("不超过5%", [("不超过5%", 5.0, "%", "<")]),
    ("午後最多漲406點", [("最多涨406点", 406.0, "points", "up_to")]),
    ("换手率高达2382%", [("高达2382%", 2382.0, "%", "up_to")]),
    ("附近5%", [("5%", 5.0, "%", "=")]),
    ("纽约3%", [("3%", 3.0, "%", "=")]),
    # approximators after
    ("在22000点附近", [("22000点附近", 22000.0, "points", "~")]),
    ("3000点左右", [("3000点左右", 3000.0, "points", "~")]),
    ("25%以上", [("25%以上", 25.0, "%", ">")]),
    ("25% or more", [("25% or more", 25.0, "%", ">")]),
    ("收于18美元之上", [("18美元之上", 18.0, "USD", ">")]),
    ("重回24,000點之上", [("重回24,000点之上", 24000.0, "points", ">")]),
    ("在23000点大关上方", [("23000点大关上方", 23000.0, "points", ">")]),
    ("2萬3關口之上", [("2万3关口之上", 23000.0, "", ">")]),
    ("在18美元之下", [("18美元之下", 18.0, "USD", "<")]),
    ("徘徊于2900美元下方", [("2900美元下方", 2900.0, "USD", "<")]),
    ("23000點水平以下", [("23000点水平以下", 23000.0, "points", "<")]),
    ("25%及以下", [("25%及以下", 25.0, "%", "<")]),
    ("18 dollars or below", [("18 dollars or below", 18.0, "USD", "<")]),
    ("22000点关口附近", [("22000点关口附近", 22000.0, "points", "~")]),
    # a place where the price is not
    ("23000点上方阻力较大", [("23000点", 23000.0, "points", "=")]),
    ("是去年同期的7倍多", [("7倍多", 7.0, "x", ">")]),
    ("涨40多点", [("40多点", 40.0, "points", ">")]),
    ("8亿多元", [("8亿多元", 8e8, "CNY", ">")]),
    # ranges
    ("上升4~14個百分點", [("4~14个百分点", (4.0, 14.0), "pp", "range")]),
    ("10% to 15%", [("10% to 15%", (10.0, 15.0), "%", "range")]),
    ("10–15 per cent", [("10-15 per cent", (10.0, 15.0), "%", "range")]),
    ("between 5 and 10 percent", [("between 5 and 10 percent", (5.0, 10.0), "%", "range")]),
    ("10%至15%", [("10%至15%", (10.0, 15.0), "%", "range")]),
    ("-1.2%至3%", [("-1.2%至3%", (-1.2, 3.0), "%", "range")]),
    ("3-5万亿元", [("3-5万亿元", (3e12, 5e12), "CNY", "range")]),
    ("$10-15 billion", [("$10-15 billion", (10e9, 15e9), "USD", "range")]),
    ("8.68港元-9.94港元", [("8.68港元-9.94港元", (8.68, 9.94), "HKD", "range")]),
    # two numbers that are no range
    ("从目前的66点升至75点", [("66点", 66.0, "points", "="), ("75点", 75.0, "points", "=")]),
    ("from 10% to 15%", [("10%", 10.0, "%", "="), ("15%", 15.0, "%", "=")]),
    ("升388點至21521點", [("388点", 388.0, "points", "="), ("21521点", 21521.0, "points", "=")]),
    ("rose 0.3% to 6,115.07", [("0.3%", 0.3, "%", "="), ("6,115.07", 6115.07, "", "=")]),
    # lists: one each
    ("分别下跌3.55%、1.28%", [("3.55%", 3.55, "%", "="), ("1.28%", 1.28, "%", "=")]),
    ("22,000/22,500", [("22,000", 22000.0, "", "="), ("22,500", 22500.0, "", "=")]),
    ("vs 10-yr avg 11.5x", [("10-yr", 10.0, "years", "="), ("11.5x", 11.5, "x", "=")]),
    ("4.6%/4.0%", [("4.6%", 4.6, "%", "="), ("4.0%", 4.0, "%", "=")]),
    # units
    ("2.5 percentage points", [("2.5 percentage points", 2.5, "pp", "=")]),
    ("Mulls $400 Million Contract", [("$400 Million", 4e8, "USD", "=")]),
    ("slid half a percent", [("half a percent", 0.5, "%", "=")]),
    ("a quarter of a percent", [("a quarter of a percent", 0.25, "%", "=")]),
    ("half a percentage point", [("half a percentage point", 0.5, "pp", "=")]),
    ("25bps, 25 basis points", [("25bps", 25.0, "bp", "="), ("25 basis points", 25.0, "bp", "=")]),
    ("25个基点，10點子", [("25个基点", 25.0, "bp", "="), ("10点子", 10.0, "bp", "=")]),
    ("P按4.125厘，減息四分之一厘", [("4.125厘", 4.125, "%", "="), ("四分之一厘", 0.25, "%", "=")]),
    ("17.4x against 24.5 times", [("17.4x", 17.4, "x", "="), ("24.5 times", 24.5, "x", "=")]),
    ("沽售300万股", [("300万股", 3e6, "shares", "=")]),
    ("5个交易日", [("5个交易日", 5.0, "sessions", "=")]),
    ("a three-year high", [("three-year", 3.0, "years", "=")]),
    ("a 52-week low", [("52-week", 52.0, "weeks", "=")]),
    ("连升3日", [("3日", 3.0, "days", "=")]),
    ("the fifth consecutive week", [("fifth consecutive week", 5.0, "weeks", "=")]),
    ("best streak in over two years", [("over two years", 2.0, "years", ">")]),
    ("up 10% over five sessions", [("10%", 10.0, "%", "="),
                                   ("five sessions", 5.0, "sessions", "=")]),
    ("近5日", [("5日", 5.0, "days", "=")]),
    # as it is spoken
    ("升零點五個百分點", [("零点五个百分点", 0.5, "pp", "=")]),
    ("下跌百分之一点三", [("百分之一点三", 1.3, "%", "=")]),
    ("涨约百分之零点八", [("约百分之零点八", 0.8, "%", "~")]),
    ("增长百分之百", [("百分之百", 100.0, "%", "=")]),
    ("二万一千八百一十四点三七点", [("二万一千八百一十四点三七点", 21814.37, "points", "=")]),
    ("成交二点四亿元", [("二点四亿元", 2.4e8, "CNY", "=")]),
    ("市盈率十点五倍", [("十点五倍", 10.5, "x", "=")]),
    # words that are number and unit at once
    ("股价接近翻倍", [("接近翻倍", 100.0, "%", "~")]),
    ("翻了两番", [("翻了两番", 300.0, "%", "=")]),
    ("市值腰斩", [("腰斩", -50.0, "%", "=")]),
    ("shares more than doubled", [("more than doubled", 100.0, "%", ">")]),
    ("profit halved", [("halved", -50.0, "%", "=")]),
    ("nearly half of turnover", [("nearly half", 50.0, "%", "~")]),
    ("two-thirds of members", [("two-thirds", 200 / 3, "%", "=")]),
    # signs
    ("沪指-0.5%，恒指+1.2%", [("-0.5%", -0.5, "%", "="), ("+1.2%", 1.2, "%", "=")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_found(text: str, expected: list[Expected]) -> None:
    claims = read(text)
    assert [(q.text, q.unit, q.comparator) for q in claims] == [
        (words, unit, comparator) for words, _, unit, comparator in expected
    ]
    for quantity, (_, value, _, _) in zip(claims, expected, strict=True):
        assert quantity.value == pytest.approx(value, rel=1e-12)


NOT_QUANTITIES = [
    # products, versions, technologies
    "Qwen2.5", "Kimi k1.5", "H100/A800", "DeepSeek R1", "5G及6G", "团队开发的S1", "GPT-4",
    "COVID-19", "Doubao 1.5 Pro", "iPhone 16",
    # codes, addresses, identifiers
    "09988.HK", "0700.HK", "（159568.SZ）", "(520600.SH)", "(00700)", "[09988]", ".MIAPJ0000PUS",
    "HK:700", "https://x.org/a/3740806?b=25%E6%81%92", "](https://x.org/2025-02-12/)",
    "20250213A08ZDT00",     "doc-ineivtuf8030042",
    "bit.ly/hkejbook178", "//n.sinaimg.cn/spider20250209/312/w589h523",
    # indices
    "沪深300", "富时100", "标普500指数", "S&P 500", "Nasdaq 100", "Nikkei 225", "Russell 2000",
    "STOXX 600", "科创50", "创业板50", "上证50", "中证1000", "FTSE 100", "DAX 40", "Euro Stoxx 50",
    "CAC40", "CAC 40", "CSI300 Index", "TOPIX 100", "日经225",
    # dates and times
    "2月13日", "2025年2月", "Feb. 13, 2025", "in 2024", "2019~2020年", "2025-02-13 22:19:12",
    "12時30分", "下午3点", "at 9:30 a.m.", "去年9月", "上月20日", "Q4 2024", "2025-26财年",
    "in FY2023/24",
    # windows, ordinals, items of a list, scores, hours
    "RSI（14）", "14日RSI", "MA50", "50日均线", "the 200-day moving average", "MACD(12,26,9)",
    "第四次", "the 13th floor", "10:1", "24/7", "24小时", "1.2.3",
    # words that only look like numbers
    "一度", "进一步", "统一", "万一", "十分", "三大指数", "周五", "a double top",
    "double-digit", "first half",
]  # fmt: skip


@pytest.mark.parametrize("text", NOT_QUANTITIES)
def test_not_found(text: str) -> None:
    for around in (text, f"恒指，{text}，大涨", f"The index, {text}, rose"):
        assert read(around) == []


def test_an_hour_is_no_decimal() -> None:
    assert find_quantities("三点二十分，九点三十分开市") == []


def test_numbers_of_items_are_not_found() -> None:
    assert read("1. 首先\n2、其次\n（3）最后\n4) at last") == []


def test_precision_and_scale() -> None:
    cases = {
        "25%": 1,
        "17.20%": 0.01,
        "二万三": 1000,
        "8.81亿美元": 1e6,
        "一成": 10,
        "1.8万亿": 1e11,
    }
    for text, step in cases.items():
        (quantity,) = read(text)
        assert quantity.step == pytest.approx(step)
    (billions,) = read("8.81亿美元")
    assert billions.scale == 1e8


def test_signs_are_implied_only_where_the_word_says_so() -> None:
    signs = {"+3%": 1, "-3%": -1, "翻倍": 1, "腰斩": -1, "3%": 0, "跌3%": 0, "halved": -1}
    for text, sign in signs.items():
        (quantity,) = read(text)
        assert quantity.implied_sign == sign, text


def test_within_follows_the_wording() -> None:
    (near,) = read("跌近1%")
    assert 0.87 in near.within
    assert 1.5 not in near.within
    (above,) = read("超过25%")
    assert 24.96 not in above.within
    assert 80 in above.within
    (spread,) = read("4~14个百分点")
    assert 3.5 in spread.within
    assert 14.5 not in spread.within


def test_offsets_point_into_the_text() -> None:
    text = normalise("恒指一度漲逾2%，高見21,539點，全日成交近2425億元。up nearly 5% at HK$9")
    for quantity in find_quantities(text):
        assert text[quantity.start : quantity.end] == quantity.text


def test_windows() -> None:
    text = normalise("RSI（14）超買，失守50日均線及250天線；above its 200-day moving average, MA20")
    assert [(text[s:e], n) for s, e, n in find_windows(text)] == [
        ("RSI（14）", 14),
        ("50日均线", 50),
        ("250天线", 250),
        ("200-day moving average", 200),
        ("MA20", 20),
    ]
