"""Names in an article: codes in brackets, aliases, longer names, words; whose numbers are."""

from __future__ import annotations

from datetime import date

import pytest

from springtide.language.script import normalise
from springtide.reading.document import read_document
from springtide.reading.numbers.names import find_names
from springtide.reading.numbers.read import read_numbers

DAY = date(2025, 2, 13)


def named(*texts: str, chinese: bool = True) -> list[tuple[str, tuple[str, ...]]]:
    names = find_names([normalise(text) for text in texts], DAY, chinese)
    return [(name.text, name.ids[:1]) for block in names for name in block]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("騰訊（00700）升2%", "0700.HK"),
        ("联想[0992.HK]升2%", "0992.HK"),
        ("贵州茅台(600519.SH)跌1%", "600519.SH"),
        ("恒生（0011）跌1.55%", "0011.HK"),
        ("沪深 300 跌0.4%", "CSI300"),
        ("春潮控股（09998）升3%", "9998.HK"),
    ],
)
def test_a_code_in_brackets_says_what_the_name_means(text: str, wanted: str) -> None:
    assert named(text)[0][1] == (wanted,)


def test_english_codes_and_the_alias_that_they_define() -> None:
    texts = ["Acme Ridge Ltd. (TSE:8391) rose 2%.", "Acme Ridge shares then fell 1%."]
    assert [ids for _, ids in named(*texts, chinese=False)] == [("8391.T",), ("8391.T",)]
    assert named("Nvidia (NASDAQ:NVDA) rose", chinese=False) == [("Nvidia", ("NVDA",))]


def test_codes_of_unknown_markets_leave_the_name_its_own() -> None:
    assert named("Northern Tide Corp (TSX:NTC) rose 2%.", chinese=False) == [
        ("Northern Tide Corp", ())
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("腾讯概念股升2.8%", ("腾讯概念股", ())),
        ("阿里巴巴期权成交活跃", ("阿里巴巴期权", ())),
        ("黄金ETF升1%", ("黄金ETF", ())),
    ],
)
def test_a_longer_name_is_another_thing(text: str, wanted: tuple[str, tuple[str, ...]]) -> None:
    assert named(text)[0] == wanted


def test_the_receipt_in_new_york_is_not_the_share_in_hong_kong() -> None:
    assert named("騰訊ADR升2.8%")[0][1] != ("0700.HK",)


def test_words_count_with_support_alone() -> None:
    assert named("海外銷售理想，股價飆升") == [("理想", ())]
    assert named("理想汽车升5%，理想股价创新高")[-1][1] == ("2015.HK",)
    assert named("The target is clear. Target rose 3%.", chinese=False) == [("Target", ("TGT",))]


def test_a_company_that_is_not_listed_yet_is_none() -> None:
    # Mixue was listed on 3 March 2025.
    assert ("蜜雪集团", ("2097.HK",)) not in named("蜜雪集团拟上市")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("联想[0992.HK]和快手[1024.HK]分别收挫5.2%和7%。", ["0992.HK", "1024.HK"]),
        ("恒指升1.1%，报21814点；国指升1.3%。", ["HSI", "HSI", "HSCEI"]),
        ("The S&P 500 fell 0.3%, while the Dow Jones Industrial Average fell 0.5%.",
         ["SPX", "DJIA"]),
        ("恒指成分股中，比亚迪（01211）涨4.5%，吉利汽车（00175）涨2.1%。", ["1211.HK", "0175.HK"]),
    ],
)  # fmt: skip
def test_numbers_find_whose_they_are(text: str, wanted: list[str]) -> None:
    numbers = read_numbers(read_document(text), DAY)
    assert [one.subject.id for one in numbers if one.is_claim] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # A table: the cell on the left, never what stands on the right.
        ("| 板块 | 涨幅 | 个股 | 现价 |\n| --- | --- | --- | --- |\n"
         "| 汽车 | 5.3% | 比亚迪股份(01211) | 363港元 |\n",
         [("汽车", ""), ("比亚迪股份", "1211.HK")]),
        # A unit of money is no name.
        ("春潮控股（09998）以每股7.5英镑回购，收报8.2英镑。",
         [("春潮控股", "9998.HK"), ("春潮控股", "9998.HK")]),
        # The listing that the words name.
        ("中国平安A股涨1.5%，H股涨2.3%。", [("中国平安", "601318.SH"), ("中国平安", "2318.HK")]),
    ],
)  # fmt: skip
def test_subjects_by_structure(text: str, wanted: list[tuple[str, str]]) -> None:
    numbers = read_numbers(read_document(text), DAY)
    assert [(n.subject.name, n.subject.id) for n in numbers if n.is_claim] == wanted


def test_the_news_agency_is_not_the_index() -> None:
    assert named("NEW YORK (Dow Jones)--Copper rose.", chinese=False)[0] == ("Dow Jones", ())


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Shares of Acme Silver gained 4% on Tuesday.", [("Acme Silver", ())]),
        ("Borealis Biotech fell 3% after its report.", [("Borealis Biotech", ())]),
        ("On Monday Gold rose 3% to a record.", [("Gold", ("XAU",))]),
        ("Why Gold Keeps Rising: Tariffs Send Investors To It", [("Gold", ("XAU",))]),
        (
            "Acme Gold Sinks On Weak Results\nShares of Acme Gold fell 4%.",
            [("Acme Gold", ()), ("Acme Gold", ())],
        ),
    ],
)
def test_a_company_that_ends_in_the_name_of_a_metal_or_a_fund_is_another_name(text, named):
    names = find_names(text.split("\n"), None, False)
    assert [(name.text, name.ids) for block in names for name in block] == named
