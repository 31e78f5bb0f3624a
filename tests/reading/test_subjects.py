"""Whose price a clause states: the cases that are easily given to the wrong instrument."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # lists, one to one
        (
            "恒生指数、恒生科技指数分别上涨1.2%、2.3%。",
            [("pct_change", "HSI", 1.2), ("pct_change", "HSTECH", 2.3)],
        ),
        (
            "Nvidia and Apple rose 2.5% and 1.5%, respectively.",
            [("pct_change", "NVDA", 2.5), ("pct_change", "AAPL", 1.5)],
        ),
        (
            "阿里巴巴和美团齐升5%。",
            [("pct_change", "9988.HK", 5.0), ("pct_change", "3690.HK", 5.0)],
        ),
        # two days and one name
        (
            "沪指6日、7日分别上涨1.2%和1.1%。",
            [("pct_change", "SSE", 1.2), ("pct_change", "SSE", 1.1)],
        ),
        # a company does not inherit its neighbour's subject
        ("恒生指数升1%，台积电涨2%。", [("pct_change", "HSI", 1.0), ("pct_change", "TSM", 2.0)]),
        (
            "以太坊跌1.5%，中国联通升2%。",
            [("pct_change", "ETH-USD", -1.5), ("pct_change", "0762.HK", 2.0)],
        ),
        (
            "恒指升1%。万科午后急升，收市劲升16%。",
            [("pct_change", "HSI", 1.0), ("pct_change", "2202.HK", 16.0)],
        ),
        # a word for a whole market only says where a company is listed
        ("港股黑石智能（2533）闪崩50%。", [("pct_change", "2533.HK", -50.0)]),
        ("港股AI板块拉升3%。", [("pct_change", "AI板块", 3.0)]),
        ("两家公司在美股双双大涨3%。", []),
        ("超微电脑美股盘前涨6%。", [("pct_change", "SMCI", 6.0)]),
        # what something is compared with, or traded on, is not what moves
        ("恒指升1%，跑赢标普500指数。", [("pct_change", "HSI", 1.0)]),
        (
            "Acme Corp (NYSE: ACM) was the best performer on the Nasdaq, rallying 16%.",
            [("pct_change", "ACM", 16.0)],
        ),
        # clauses without a subject go on with the one before
        (
            "恒指升1%，收报21000点。",
            [("pct_change", "HSI", 1.0), ("close_level", "HSI", 21000.0)],
        ),
        # what a Hong Kong paper calls the market is the Hang Seng Index
        (
            "大市今日高開231點後，升幅擴大，收報21857點。",
            [("pct_change", "HSI", 231.0), ("close_level", "HSI", 21857.0)],
        ),
        (
            "The Dow Jones Industrial Average rose 0.4% to 44,470.41 points.",
            [("pct_change", "DJIA", 0.4), ("close_level", "DJIA", 44470.41)],
        ),
        # results are the reason of a move, not what moves
        ("中芯国际收入指引胜预期，升近6%。", [("pct_change", "0981.HK", 6.0)]),
        # changes in the price's own currency, and with the sign in the number
        (
            "黄金上涨39.7美元，收于2927.4美元。",
            [("pct_change", "XAU", 39.7), ("close_level", "XAU", 2927.4)],
        ),
        ("Meta closed +0.3% on Tuesday.", [("pct_change", "META", 0.3)]),
        # a target is for whom it is said to be
        (
            "Wall Street's median price target for Acme Energy Co is $138.00.",
            [("target_consensus", "Acme Energy Co", 138.0)],
        ),
        # a headline's parts stand apart by spaces
        (
            "阿里今年累升四成 恒指升2%",
            [("period_return", "9988.HK", 40.0), ("pct_change", "HSI", 2.0)],
        ),
    ],
)
def test_subjects(stated, text: str, expected: list[tuple[str, str, object]]) -> None:  # type: ignore[no-untyped-def]
    assert stated(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "阿里巴巴收入增长8%。",
        "腾讯旗下游戏公司去年销售30亿美元，按年升77%。",
        "美国消费物价指数按月升0.5%。",
        "上升股份比例为22%，无升跌为33%。",
        "Alibaba's revenue rose 8% year over year.",
        "Revolving credit advanced at a 4.8% annual rate.",
        "The retailer plans to close about 500 stores.",
        "公司2026财年收入目标400亿美元。",
        "新芯片最高56核心。",
        "期内恒生指数上涨了15%。",
        "美国2月消费者信心指数为67.8，意外降至7个月低点。",
        "Alibaba is up 22% from its 52-week low.",
        "恒指看跌合约数量为看涨合约的两倍。",
        "历史上，泡沫破裂后纳指最大跌幅达78%。",
    ],
)
def test_other_quantities_are_no_prices(stated, text: str) -> None:  # type: ignore[no-untyped-def]
    assert stated(text) == []


@pytest.mark.parametrize(
    ("text", "listing"),
    [
        ("美股造好，阿里巴巴涨3%。", "BABA"),
        ("港股造好，阿里巴巴涨3%。", "9988.HK"),
        ("纳指升1%。热门中概股中，阿里巴巴涨3%。", "BABA"),
        ("阿里巴巴收报118.3美元。", "BABA"),
        ("阿里巴巴收报116港元。", "9988.HK"),
        ("阿里巴巴盘前涨3%。", "BABA"),
    ],
)
def test_listing_by_currency_and_market(read, text: str, listing: str) -> None:  # type: ignore[no-untyped-def]
    assert read(text)[-1].subject == listing


def test_a_bare_yuan_is_the_currency_of_the_quote(read) -> None:  # type: ignore[no-untyped-def]
    (claim,) = read("英偉達收市報131.1元。")
    assert (claim.subject, claim.unit) == ("NVDA", "USD")
    (claim,) = read("騰訊收市報450.2元。")
    assert (claim.subject, claim.unit) == ("0700.HK", "HKD")


@pytest.mark.parametrize(
    ("first", "then", "other"),
    [
        (
            "The Hang Seng Index is in a technical bull market.",
            "It is overbought.",
            "All was calm.",
        ),
        ("恒生指数进入技术性牛市。", "处于超买区域。", "交投平静。"),
        ("恒生指數進入技術性牛市。", "處於超買區域。", "交投平靜。"),
    ],
)
def test_a_subject_is_carried_into_the_next_paragraph_and_no_further(  # type: ignore[no-untyped-def]
    read, first: str, then: str, other: str
) -> None:
    near = read(f"{first}\n\n{then}\n")
    assert [(claim.metric, claim.subject) for claim in near] == [
        ("phase", "HSI"),
        ("overbought", "HSI"),
    ]
    far = read(f"{first}\n\n{other}\n\n{then}\n")
    assert [claim.metric for claim in far] == ["phase"]


def test_a_move_of_many_is_nobodys_by_name(read) -> None:  # type: ignore[no-untyped-def]
    claims = read("贵州茅台收涨1.53%，多只白酒股股价涨超3%。逾百股涨停或涨超10%。")
    assert all(claim.confidence < 0.1 for claim in claims if claim.value in (3.0, 10.0))


def test_the_index_of_h_shares_by_its_short_name(stated) -> None:  # type: ignore[no-untyped-def]
    claims = stated("恒指跌0.2%，国企指跌0.69%。")
    assert claims == [("pct_change", "HSI", -0.2), ("pct_change", "HSCEI", -0.69)]
