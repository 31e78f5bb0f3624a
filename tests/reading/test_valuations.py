"""Multiples in articles: how they are said in three scripts, and what only looks like one."""

from __future__ import annotations

from datetime import date

import pytest

from springtide.claims.model import Claim
from springtide.metrics.valuation_reading import field_of, names_multiple
from springtide.reading.document import read_document
from springtide.reading.read import read_claims

KEYS = {
    "valuation_multiple", "valuation_average", "valuation_percentile", "valuation_gap",
    "relative_valuation", "rerating_share", "cape", "excess_yield",
}  # fmt: skip
DAY = date(2025, 2, 13)


def read(text: str) -> list[Claim]:
    return [one for one in read_claims(read_document(text), DAY) if one.metric in KEYS]


def told(claim: Claim) -> str:
    """Say what was read in one line: metric, subject, value, unit and parameters off default."""
    params = claim.params
    given = [
        str(getattr(params, name))
        for name in ("field", "period", "statistic", "by", "against", "benchmark")
        if getattr(params, name, None) not in (None, "mean", "rank")
    ]
    assert isinstance(claim.value, float)
    stated = f"{claim.comparator}{claim.value:g}{claim.unit}"
    return " ".join([claim.metric, claim.subject, stated, *given])


FIVE = "last:5:years"
SAID = {
    # simplified
    "目前恒生科技指数的前瞻市盈率仅为16.3倍，远低于过去五年的平均水平（25.1倍）。": [
        "valuation_multiple HSTECH =16.3x forward_pe",
        f"valuation_average HSTECH =25.1x forward_pe {FIVE}",
    ],
    "沪深300指数PE(TTM)12.59倍，PB为1.33倍，股息率3.6%，处于近五年59.9%分位。": [
        "valuation_multiple CSI300 =12.59x trailing_pe",
        "valuation_multiple CSI300 =1.33x price_to_book",
        "valuation_multiple CSI300 =3.6% dividend_yield",
        f"valuation_percentile CSI300 =59.9% dividend_yield {FIVE}",
    ],
    "恒生指数的静态市盈率由9.17倍升至9.81倍。": ["valuation_multiple HSI =9.81x static_pe"],
    "恒生指数目前为10倍PE，对应2025年9.5倍PE。": [
        "valuation_multiple HSI =10x trailing_pe",
        "valuation_multiple HSI =9.5x forward_pe",
    ],
    "恒生科技指数的市盈率较五年均值低31%，比2021年初的高点低66%。": [
        f"valuation_gap HSTECH =-31% trailing_pe {FIVE} average",
        "valuation_gap HSTECH =-66% trailing_pe span:2021-01-01..2021-03-31 peak",
    ],
    "恒生科技指数的市盈率为恒生指数的2.4倍。": ["relative_valuation HSTECH =2.4x trailing_pe HSI"],
    "恒生科技指数自1月13日以来的涨幅中，97%来自估值修复。": [
        "rerating_share HSTECH =97% trailing_pe since:2025-01-13"
    ],
    "中证主要消费指数下跌。沪深300指数市盈率（PE-TTM）仅12.6倍，低于近5年40%以上的时间。": [
        "valuation_multiple CSI300 =12.6x trailing_pe",
        f"valuation_percentile CSI300 <60% trailing_pe {FIVE}",
    ],
    "恒生指数的市盈率高于近5年51%的时间。": [f"valuation_percentile HSI =51% trailing_pe {FIVE}"],
    "标普500的周期调整市盈率（CAPE）为38.6倍。": ["cape SPX =38.6x"],
    "该股大涨。恒生科技指数的预期市盈率为17倍，仍低于24倍的五年平均水平。": [
        "valuation_multiple HSTECH =17x forward_pe",
        f"valuation_average HSTECH =24x forward_pe {FIVE}",
    ],
    # traditional
    "恒指現價相當於2025年預測市盈率10.2倍，息率3.9厘。": [
        "valuation_multiple HSI =10.2x forward_pe",
        "valuation_multiple HSI =3.9% dividend_yield",
    ],
    "恒生科技指數往績市盈率為23.6倍，市賬率2.9倍，處於2021年以來25%百分位。": [
        "valuation_multiple HSTECH =23.6x trailing_pe",
        "valuation_multiple HSTECH =2.9x price_to_book",
        "valuation_percentile HSTECH =25% price_to_book since:2021-01-01",
    ],
    "恒生指數的市盈率較恒生科技指數折讓58%。": [
        f"valuation_gap HSI =-58% trailing_pe {FIVE} benchmark HSTECH"
    ],
    # English
    "The Hang Seng TECH Index trades at 23.6 times trailing earnings, below its five-year average "
    "of 34.5 times.": [
        "valuation_multiple HSTECH =23.6x trailing_pe",
        f"valuation_average HSTECH =34.5x trailing_pe {FIVE}",
    ],
    "The S&P 500 has a forward P/E of 22.1 and a dividend yield of 1.2%.": [
        "valuation_multiple SPX =22.1x forward_pe",
        "valuation_multiple SPX =1.2% dividend_yield",
    ],
    "The Hang Seng Index's P/E ratio of 9.8x is in the 51st percentile of the past five years.": [
        "valuation_multiple HSI =9.8x trailing_pe",
        f"valuation_percentile HSI =51% trailing_pe {FIVE}",
    ],
    "The Hang Seng TECH Index's trailing P/E is 31% below its five-year average.": [
        f"valuation_gap HSTECH =-31% trailing_pe {FIVE} average"
    ],
    "The Hang Seng Index trades at a 65% valuation discount to the S&P 500.": [
        f"valuation_gap HSI =-65% trailing_pe {FIVE} benchmark SPX"
    ],
    "The Shiller P/E of the S&P 500 stood at 44.2 in December 1999.": ["cape SPX =44.2x"],
    "The S&P 500 has a price-to-book ratio of 4.9.": ["valuation_multiple SPX =4.9x price_to_book"],
}


@pytest.mark.parametrize("text", SAID)
def test_what_is_said_of_multiples(text: str) -> None:
    assert sorted(map(told, read(text))) == sorted(SAID[text])


def test_a_figure_of_a_month_is_of_its_end() -> None:
    (claim,) = read("The Shiller P/E of the S&P 500 stood at 44.2 in December 1999.")
    assert claim.as_of == date(1999, 12, 31)


# What has the words or the numbers of a valuation and is none, or is nobody's whom we could name.
TRAPS = [
    # simplified
    "PE机构今年的投资额是去年的20倍。",
    "PE基金募资规模增长3倍。",
    "聚乙烯（PE）价格上涨3%，PB产品销量增长2倍。",
    "设计师用PS处理了3倍大的图片。",
    "恒生科技指数公开发售获超额认购20倍。",
    "腾讯净利润增长3倍，营收增长8%。",
    "恒生科技指数成交额放大2倍，交易热度处于近一年92%分位。",
    "腾讯配售价较前一交易日收盘价折让10%。",
    "腾讯的私有化要约价较收盘价溢价25%。",
    "公司所属行业静态市盈率为30.5倍，滚动市盈率为28倍。",
    "给予腾讯2025年20倍PE，目标价500港元。",
    "恒生科技指数市盈率在2021年2月曾高达70.7倍。",
    "恒生科技指数的市盈率有望升至30倍。",
    "沪深300指数动态PE已升至其历史均值以上两倍标准差水平。",
    "股价对应港股PB为2.2倍。",
    # traditional
    "認購達12倍，孖展超購58倍。",
    "恒生指數成交量處於近五年90%百分位。",
    "騰訊先舊後新配股，配股價較市價折讓6.5%。",
    "恒指公司按年多賺2倍，派息比率為40%。",
    "恒指成份股公司盈利增長1.5倍。",
    "該公司所屬行業市盈率為30倍。",
    # English
    "Private equity (PE) funds raised 20 times more than the S&P 500 companies.",
    "The IPO was 12 times oversubscribed and sales rose 3 times.",
    "Alibaba's earnings growth was 12 times that of peers.",
    "The bid for Alibaba is a 30% premium to its closing price.",
    "Turnover of the Hang Seng Index is in the 92nd percentile of the past year.",
    "Alibaba shares were placed at a discount of 12% to the Hang Seng Index close.",
    "If we apply a P/E of 20 to Alibaba, the shares would be worth 200.",
    "Alibaba's P/E could rise to 25.",
    "The sector median P/E is 20.",
    "Adobe's PS files were 3 times larger.",
]


@pytest.mark.parametrize("text", TRAPS)
def test_what_only_looks_like_a_valuation(text: str) -> None:
    assert [told(one) for one in read(text)] == []


def test_a_market_within_the_name_of_a_company_is_that_company() -> None:
    (claim,) = read("上美股份市盈率为17倍。")  # 美股 are American shares
    assert claim.subject == "2145.HK"


def test_which_multiple_words_name() -> None:
    assert field_of("滚动市盈率") == "trailing_pe"
    assert field_of("市销率") == "price_to_sales"
    assert field_of("static P/E") == "static_pe"
    assert not names_multiple("估值处于低位")
