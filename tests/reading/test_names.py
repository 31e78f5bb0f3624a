"""Names: whose they are, and when a longer name is another instrument."""

from __future__ import annotations

import pytest

from springtide.reading.numbers.names import Name, find_names


def names_in(text: str) -> tuple[Name, ...]:
    (names,) = find_names([text], None, not text.isascii())
    return names


def first_ids(text: str) -> list[tuple[str, str]]:
    return [(name.text, name.ids[0] if name.ids else "") for name in names_in(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("恒生指数与恒生科技指数", [("恒生指数", "HSI"), ("恒生科技指数", "HSTECH")]),
        (
            "the S&P 500 and the Nasdaq Composite",
            [("S&P 500", "SPX"), ("Nasdaq Composite", "IXIC")],
        ),
        # a code in brackets decides
        ("阿里巴巴（09988）", [("阿里巴巴", "9988.HK")]),
        ("Alibaba (NYSE: BABA)", [("Alibaba", "BABA")]),
        ("理想汽车（LI.US）", [("理想汽车", "LI"), ("LI.US", "LI")]),
        ("特斯拉(TSLA.O)", [("特斯拉", "TSLA")]),
        ("苹果(AAPL.O)", [("苹果", "AAPL")]),
        ("通用电气(GE.N)", [("通用电气", "GE")]),
        # a code that ends a cell of a table, figures after it
        ("英特尔  INTC，20.03，+1.32", [("英特尔", "INTC")]),
        ("中国移动00941，75.5，75.84，-0.4", [("中国移动", "0941.HK")]),
        ("阿里巴巴-W  09988.hk，86.10，4.36", [("阿里巴巴-W", "9988.HK")]),
        ("小米集团-WR（81810）", [("小米集团", "81810.HK")]),  # the renminbi counter
        # a longer name is another instrument
        ("黄金产业ETF(159322)", [("黄金产业ETF", "159322.SZ")]),
        ("中国黄金国际（02099）", [("中国黄金国际", "2099.HK")]),
        ("Alibaba Health", [("Alibaba Health", "0241.HK")]),
        ("the S&P 500 materials index", [("S&P 500 materials index", "")]),
        ("恒指夜市期指", [("恒指夜市期指", "")]),
        ("阿里巴巴影业", [("阿里巴巴影业", "")]),
        # every member of a list of futures
        (
            "S&P 500 and Nasdaq 100 futures",
            [("S&P 500", ""), ("Nasdaq 100 futures", "NQ=F")],
        ),
        # companies of the table
        ("比亚迪（1211）", [("比亚迪", "1211.HK")]),
        ("中铝国际（2068）", [("中铝国际", "2068.HK")]),
        ("Nvidia and Broadcom (NASDAQ:AVGO)", [("Nvidia", "NVDA"), ("Broadcom", "AVGO")]),
        # words that are no names by themselves
        ("业绩理想，理想的价格", [("理想", ""), ("理想", "")]),
        ("港股通", [("港股通", "")]),
    ],
)
def test_names(text: str, expected: list[tuple[str, str]]) -> None:
    assert first_ids(text) == expected


def test_both_listings_where_nothing_tells_them_apart() -> None:
    (name,) = names_in("阿里巴巴大涨")
    assert {"9988.HK", "BABA"} <= set(name.ids)


def test_a_word_for_a_market_is_marked() -> None:
    (name,) = names_in("港股造好")
    assert name.loose
    assert name.ids == ("HSI",)
