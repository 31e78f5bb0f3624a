"""Words against a reading make it doubtful: it may be supported and is never refuted."""

from __future__ import annotations

from datetime import date

import pytest

from springtide.reading.document import read_document
from springtide.reading.numbers.contrary import CONTRARY
from springtide.reading.read import read_claims

DAY = date(2025, 2, 13)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("沪指收涨0.12%，报3318.06点；深成指收涨0.69%，报10...", 10.0),  # cut off by a summary
        ("BTI's shares have gained more than 36% in...", 36.0),  # and so is this
        ("恒指去年10月来首次站上22000点。", 22000.0),
        ("港股互联网ETF（513770）跟踪的中证港股通互联网指数上涨3.65%。", 3.65),
        ("S&P 500 6025.99 -0.24% 3.41% 2.45% 19.88%", -0.24),
        ("这是去年12月以来英伟达最大的单日涨幅，当时股价上涨了7.6%。", 7.6),
        ("恒生指数累计涨4%。", 4.0),
        ("节后首周，恒生指数涨4%。", 4.0),
        ("Shares of Nvidia rose 5.7% after the market close.", 5.7),
        ("Shares of Roku jumped more than 15% in the extended session Thursday.", 15.0),
        ("ADR方面，腾讯升1%，折合报431元。", 431.0),
        (
            "The S&P 500 is off 0.9% from its record of 6144.15 hit Wednesday, Dec. 4, 2024.",
            6144.15,
        ),
        ("恒指、国指、上证指数分别跌1.1%、2.2%。", -2.2),
        (
            "Alibaba ended at $114.50, its highest since Oct. 7, 2024, when it closed at $117.52.",
            117.52,
        ),
        ("恒指收报21521点，是2024年10月7日后新高，当日报23099.78点。", 23099.78),
        ("Shares of Nvidia fell 8% Wednesday.", -8.0),  # the day is a Thursday
        ("英伟达盘中振幅高达17.12%。", 17.12),
        ("道指跌幅扩大至最多489点。", 489.0),
        ("英特尔盘中一度上涨11%，苹果上涨7.3%。", 7.3),
        ("阿里巴巴自1月中旬以来上涨了30%。同期，腾讯上涨了17%。", 17.0),
        ("On this news, the price of Nvidia stock fell 15%.", -15.0),
        ("若恒指收报22000点，可获利。", 22000.0),
        ("Tesla (BMV:TSLAN) rose 2.33%.", 2.33),
        ("India VIX closed at 14.5.", 14.5),
        ("Nvidia (up 2.9%), Palantir (up 5.2%), Acme (up 17.6%) and Uber (up 5.4%).", 17.6),
        ("节后首周，A股反弹。创业板指和深证成指分别涨超5%、4%。", 5.0),
        ("拖累道指上周五跌444点。", -444.0),
    ],
)
def test_a_reading_against_the_words_beside_it_is_doubtful(text: str, value: float) -> None:
    read = [one for one in read_claims(read_document(text), DAY) if one.value == value]
    assert all(one.confidence <= CONTRARY for one in read), [
        (one.metric, one.subject, one.as_of, one.confidence) for one in read
    ]


@pytest.mark.parametrize(
    "text",
    [
        "恒生指数收涨0.69%，报22620点。",
        "The S&P 500 rose 1.04% to close at 6,115.07.",
        "恒指、国指分别跌1.1%、2.2%。",
        "Shares of Nvidia fell 8% Thursday.",
        "恒指盘中一度跌1%，收涨0.5%。",
        "Nvidia (up 2.9%) and Palantir (up 5.2%) led.",
        "Nvidia (NASDAQ:NVDA) rose 2.33%.",
        "恒生科技指数回到2022年的水平之上。今年以来，该指数上涨超过25%。",
        "恒生指数涨2%，近20个交易日累计上涨7%。",
    ],
)
def test_plain_sentences_are_not(text: str) -> None:
    read = read_claims(read_document(text), DAY)
    assert read
    assert all(one.confidence > CONTRARY for one in read)


@pytest.mark.parametrize(
    "text",
    [
        "恒生指数涨0.5%，甲股和乙股分别涨8.73%和6.62%。",
        "The Hang Seng Index gained 0.5%, while Acme and Bolt rose 0.67% and 0.98% respectively.",
    ],
)
def test_what_a_list_does_not_hold_is_not_of_it(text: str) -> None:
    (read,) = (one for one in read_claims(read_document(text), DAY) if one.value == 0.5)
    assert read.confidence > CONTRARY
