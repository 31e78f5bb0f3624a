"""Names: whose they are, and when a longer name is another instrument."""

from __future__ import annotations

import pytest

from springtide.reading.names import find_names


def first_ids(text: str) -> list[tuple[str, str]]:
    return [(name.text, name.ids[0] if name.ids else "") for name in find_names(text)]


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
        ("理想汽车（LI.US）", [("理想汽车", "LI")]),
        ("特斯拉(TSLA.O)", [("特斯拉", "TSLA")]),
        ("小米集团-WR（81810）", [("小米集团-WR", "")]),  # the renminbi counter
        # a longer name is another instrument
        ("黄金产业ETF(159322)", [("黄金产业ETF", "")]),
        ("中国黄金国际（02099）", [("中国黄金国际", "")]),
        ("Alibaba Health", [("Alibaba Health", "0241.HK")]),
        ("the S&P 500 materials index", [("S&P 500 materials index", "")]),
        ("恒指夜市期指", [("恒指夜市期指", "")]),
        ("阿里巴巴影业", [("阿里巴巴影业", "")]),
        # every member of a list of futures
        (
            "S&P 500 and Nasdaq 100 futures",
            [("S&P 500 futures", ""), ("Nasdaq 100 futures", "")],
        ),
        # companies of no registry
        ("比亚迪（1211）", [("比亚迪", "")]),
        ("中铝国际（2068）", [("中铝国际", "")]),
        ("Nvidia and Broadcom (NASDAQ:AVGO)", [("Nvidia", "NVDA"), ("Broadcom", "")]),
        # words that are no names
        ("业绩理想，理想的价格", []),
        ("港股通", []),
    ],
)
def test_names(text: str, expected: list[tuple[str, str]]) -> None:
    assert first_ids(text) == expected


def test_both_listings_where_nothing_tells_them_apart() -> None:
    (name,) = find_names("阿里巴巴大涨")
    assert {"9988.HK", "BABA"} <= set(name.ids)


def test_a_word_for_a_market_is_marked() -> None:
    (name,) = find_names("港股造好")
    assert name.loose
    assert name.ids == ("HSI",)
