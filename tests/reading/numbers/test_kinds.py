"""What numbers of invented sentences are: measure, signed value, or why they are no claim."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Row = tuple[str, str, object]
Rows = Callable[[str], list[Row]]

MOVE, LEVEL = "price_change", "price_level"


def claims(rows: list[Row]) -> list[tuple[str, object]]:
    return [(kind, value) for _, kind, value in rows if not kind.startswith("none:")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a previous day, a second weekday: each move has the direction of its own verb
        ("The Hang Seng Tech Index rose 5.56% after falling 0.87% a day earlier.", [5.56, -0.87]),
        ("恒生科技指数上涨5.56%，前一交易日下跌0.87%。", [5.56, -0.87]),
        ("恒指较前一交易日上涨1.2%。", [1.2]),
        ("The Hang Seng Index rose 3.69% on Friday after a 0.2% loss on Thursday.", [3.69, -0.2]),
        ("Shares recovered today after a 3% crash.", [-3]),
        # a path of one move: the noun says the direction, not the verb
        ("恒生指数跌幅由2%收窄至0.2%。", [-2, -0.2]),
        # totals
        ("恒指全周累升1486点或7.04%。", [1486, 7.04]),
        ("恒生科技指数本轮累计涨幅达30.9%。", [30.9]),
        ("新年以来累计上涨12%", [12]),
        ("HSI jumped 7.0% weekly", [7]),
        ("恒生科技指数涨近6个点。", [6]),
        # two moves in one clause or sentence
        ("恒指早段升3.05%，收市倒跌0.2%。", [3.05, -0.2]),
        ("The Hang Seng Index rose as much as 3.05% before ending down 0.2%.", [3.05, -0.2]),
        ("恒指先跌后升，最多跌180点或0.47%，收市升108点或0.28%", [-180, -0.47, 108, 0.28]),
        # lists
        ("联想[0992.HK]和快手[1024.HK]分别收挫5.2%和7%", [-5.2, -7]),
        ("腾讯、百度跌幅介于3.2-5.7%", [(-5.7, -3.2)]),
        ("蔚来跌近7%，京东跌逾3%，阿里巴巴涨1.3%。", [-7, -3, 1.3]),
        ("今年以来，甲涨幅已达9%；乙涨幅17%", [9, 17]),
        # whose it is does not change what it is
        ("腾讯ADR升2.8%", [2.8]),
        ("恒生（0011）跌1.55%", [-1.55]),
        ("海外销售理想，股价飙升8%", [8]),
        ("道指升225点", [225]),
        ("股价腰斩", [-50]),
        ("The S&P 500 fell less than 1%", [-1]),
        ("较一年前升38.5%", [38.5]),
    ],
)
def test_moves_are_signed_by_the_word_that_governs_them(
    rows: Rows, text: str, expected: list[object]
) -> None:
    assert claims(rows(text)) == [(MOVE, value) for value in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Hang Seng Index closed at 22 620.33 points.", [22620.33]),
        ("恒生科技指数收报五千五百二十六点九点。", [5526.9]),
        ("恒指高见22100点，低见21500点", [22100, 21500]),
        ("一年前收报15,746.58点", [15746.58]),
        ("The index closed at 20,891.62 a week ago", [20891.62]),
    ],
)
def test_levels_are_never_negative(rows: Rows, text: str, expected: list[float]) -> None:
    assert claims(rows(text)) == [(LEVEL, value) for value in expected]


@pytest.mark.parametrize(
    "text", ["恒指: 23,091.87 (-3.38%)", "Hang Seng Index: 23,091.87 (-3.38%)"]
)
def test_a_level_with_its_change_in_brackets(rows: Rows, text: str) -> None:
    assert claims(rows(text)) == [(LEVEL, 23091.87), (MOVE, -3.38)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全日成交2400亿元", [("turnover", 2.4e11)]),
        ("南向资金净流出35亿港元", [("flow", -3.5e9)]),
        ("北水净买入100亿元", [("flow", 1e10)]),
        ("恒指市盈率10.5倍", [("valuation", 10.5)]),
        ("中芯目标价由43.6元调高至62.7元", [("target_price", 43.6), ("target_price", 62.7)]),
        ("恒指目标从20000点上调至24000点", [("target_price", 20000), ("target_price", 24000)]),
        ("净利润增长1.2倍", [("fundamental_growth", 120)]),
        (
            "亚洲收入升7.3%至80.85亿元，日本涨14%，至14.37亿元",
            [
                ("fundamental_growth", 7.3),
                ("fundamental", 8.085e9),
                ("fundamental_growth", 14),
                ("fundamental", 1.437e9),
            ],
        ),
        ("Revenue rose 8% to $2.1bn", [("fundamental_growth", 8), ("fundamental", 2.1e9)]),
        (
            "The 10-year yield rose 4 basis points to 4.52%",
            [("bond_yield", 4), ("bond_yield", 4.52)],
        ),
        ("The yuan traded at 7.29 per dollar", [("fx", 7.29)]),
        ("恒指三连升", [("streak", 3)]),
        ("a sixth straight weekly gain for the index", [("streak", 6)]),
        ("gold hit a record $2,942 an ounce", [("record", 2942)]),
        ("指数创52周新高", [("record", 52)]),
        ("RSI升至78", [("technical", 78)]),
        ("三大指数收跌，超过4100家个股下跌", [("breadth", 4100)]),
        ("There is a 60% chance that it falls 10%", [("probability", 60), (MOVE, -10)]),
        ("Washington imposed 25% tariffs on steel", [("macro", 25)]),
        ("腾讯市值达4.2万亿港元", [("market_cap", 4.2e12)]),
        ("The fund owns a 19% stake in the insurer", [("holding", 19)]),
        ("该股上行空间达20%", [("implied_move", 20)]),
    ],
)
def test_measures_have_their_own_words(
    rows: Rows, text: str, expected: list[tuple[str, object]]
) -> None:
    assert claims(rows(text)) == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("恒指2月13日收市", "date"),
        ("腾讯（00700）", "ticker"),
        ("标普500指数上涨", "name"),
        ("过去十年的收益", "time"),
        ("会议于16:30结束", "time"),
    ],
)
def test_what_claims_nothing_says_why(rows: Rows, text: str, why: str) -> None:
    assert [kind for _, kind, _ in rows(text)] == [f"none:{why}"]


def test_a_cell_is_read_by_the_heading_of_its_column(rows: Rows) -> None:
    table = (
        "| 名称 | 收盘价 | 涨跌幅(%) |\n| --- | --- | --- |\n"
        "| 甲股份 | 16.62 | -3.1 |\n| 乙控股 | 6.03 | 0.8 |\n"
    )
    assert [row[1] for row in rows(table)] == [LEVEL, MOVE, LEVEL, MOVE]


def test_reading_is_the_same_every_time(rows: Rows) -> None:
    text = "恒指升1.6%，报21467点，成交1200亿元；腾讯（00700）升2.6%。"
    assert rows(text) == rows(text)
