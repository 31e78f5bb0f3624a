"""Wordings that were once misread, each as a kind: other names, numbers, order and scripts."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from springtide.reading.document import read_document
from springtide.reading.numbers.read import read_numbers

FRIDAY, THURSDAY = date(2025, 2, 14), date(2025, 2, 13)

Row = tuple[str, str, str, float | tuple[float, float], str, str]
"""Number as written, measure, subject, value, kind of period, day (month and day; "" for any)."""

PREVIOUS = [
    (
        "恒生国企指数上涨1.42%，前一交易日下跌0.63%。",
        [
            ("1.42%", "price_change", "HSCEI", 1.42, "day", "02-14"),
            ("0.63%", "price_change", "HSCEI", -0.63, "day", "02-13"),
        ],
    ),
    (
        "騰訊控股(00700)收升2.1%，報455元，上日跌0.8%。",
        [
            ("2.1%", "price_change", "0700.HK", 2.1, "day", "02-14"),
            ("455元", "price_level", "0700.HK", 455.0, "none", "02-14"),
            ("0.8%", "price_change", "0700.HK", -0.8, "day", "02-13"),
        ],
    ),
    (
        "春潮科技(09998)截至收盘跌12.5%，报21港元。该股上交易日收升30.2%，报24港元。",
        [
            ("12.5%", "price_change", "9998.HK", -12.5, "day", "02-14"),
            ("21港元", "price_level", "9998.HK", 21.0, "none", "02-14"),
            ("30.2%", "price_change", "9998.HK", 30.2, "day", "02-13"),
            ("24港元", "price_level", "9998.HK", 24.0, "none", "02-13"),
        ],
    ),
    (
        "沪指较前一交易日上涨0.43%，报3346点。",
        [
            ("0.43%", "price_change", "SSE", 0.43, "day", "02-14"),
            ("3346点", "price_level", "SSE", 3346.0, "none", "02-14"),
        ],
    ),
    (
        "The Nikkei 225 slipped 0.79% after rising 1.28% a day earlier.",
        [
            ("0.79%", "price_change", "N225", -0.79, "day", "02-14"),
            ("1.28%", "price_change", "N225", 1.28, "day", "02-13"),
        ],
    ),
    (
        "The Hang Seng Tech Index gained 5.6% on Friday after a 0.9% drop on Thursday.",
        [
            ("5.6%", "price_change", "HSTECH", 5.6, "day", "02-14"),
            ("0.9%", "price_change", "HSTECH", -0.9, "day", "02-13"),
        ],
    ),
]

NUMBERS = [
    (
        "国企指数收报八千三百二十一点四点。",
        [("八千三百二十一点四点", "price_level", "HSCEI", 8321.4, "none", "02-14")],
    ),
    (
        "恒指收報二萬二千六百二十點三點。",
        [("二萬二千六百二十點三點", "price_level", "HSI", 22620.3, "none", "02-14")],
    ),
    (
        "The Dow closed at 44 546.08 points.",
        [("44 546.08 points", "price_level", "DJIA", 44546.08, "none", "")],
    ),
    (
        "恒生科技指数跌近3个点。",
        [("近3个点", "price_change", "HSTECH", -3.0, "day", "02-14")],
    ),
    (
        "阿里巴巴股價升逾4個點。",
        [("逾4個點", "price_change", "9988.HK", 4.0, "day", "02-14")],
    ),
]

PATHS = [
    (
        "恒生指数跌幅由2%收窄至0.2%。",
        [
            ("2%", "price_change", "HSI", -2.0, "day", ""),
            ("0.2%", "price_change", "HSI", -0.2, "day", ""),
        ],
    ),
    (
        "科指升幅由3.4%擴大至5.1%。",
        [
            ("3.4%", "price_change", "HSTECH", 3.4, "day", ""),
            ("5.1%", "price_change", "HSTECH", 5.1, "day", ""),
        ],
    ),
    (
        "恒指早段升2.4%，收市倒跌0.3%。",
        [
            ("2.4%", "price_change", "HSI", 2.4, "day", ""),
            ("0.3%", "price_change", "HSI", -0.3, "day", ""),
        ],
    ),
    (
        "国企指数早盘一度涨3.1%，收盘倒跌0.2%。",
        [
            ("3.1%", "price_change", "HSCEI", 3.1, "day", ""),
            ("0.2%", "price_change", "HSCEI", -0.2, "day", ""),
        ],
    ),
    (
        "高盛将恒生指数的目标从20000点上调至24000点。",
        [
            ("20000点", "target_price", "HSI", 20000.0, "", ""),
            ("24000点", "target_price", "HSI", 24000.0, "", ""),
        ],
    ),
]

STRETCHES = [
    (
        "国指全周累升412点或5.3%。",
        [
            ("412点", "price_change", "HSCEI", 412.0, "week", "02-14"),
            ("5.3%", "price_change", "HSCEI", 5.3, "week", "02-14"),
        ],
    ),
    (
        "恒生指數全週累計上漲7%。",
        [("7%", "price_change", "HSI", 7.0, "week", "02-14")],
    ),
    (
        "HSI jumped 7.0% weekly.",
        [("7.0%", "price_change", "HSI", 7.0, "week", "02-14")],
    ),
    (
        "恒生国企指数本轮累计涨幅达21.4%。",
        [("21.4%", "price_change", "HSCEI", 21.4, "since", "02-14")],
    ),
    (
        "新年以来，恒生科技指数累计上涨23%。",
        [("23%", "price_change", "HSTECH", 23.0, "ytd", "02-14")],
    ),
    (
        "今年以来，小米集团涨幅已达30%；比亚迪涨幅17%。",
        [
            ("30%", "price_change", "1810.HK", 30.0, "ytd", "02-14"),
            ("17%", "price_change", "1211.HK", 17.0, "ytd", "02-14"),
        ],
    ),
    (
        "自去年12月创下历史新高以来，特斯拉股价累计下跌25%。",
        [("25%", "price_change", "TSLA", -25.0, "since", "")],
    ),
    (
        "沪铜主力合约跌1.2%，本周累涨0.4%。锌主力合约跌0.7%，本周累跌2.1%。",
        [
            ("1.2%", "price_change", "沪铜", -1.2, "day", ""),
            ("0.4%", "price_change", "沪铜", 0.4, "week", ""),
            ("0.7%", "price_change", "锌", -0.7, "day", ""),
            ("2.1%", "price_change", "锌", -2.1, "week", ""),
        ],
    ),
    (
        "过去一个月，京东和美团分别上涨了24%和11%。同期，恒生指数上涨了15%。",
        [
            ("24%", "price_change", "9618.HK", 24.0, "month", ""),
            ("11%", "price_change", "3690.HK", 11.0, "month", ""),
            ("15%", "price_change", "HSI", 15.0, "month", ""),
        ],
    ),
]

SUBJECTS = [
    (
        "海外销售理想，股价飙升9%。",
        [("9%", "price_change", "!2015.HK", 9.0, "day", "")],
    ),
    (
        "騰訊ADR升2.8%，折合457元。",
        [("2.8%", "price_change", "!0700.HK", 2.8, "day", "")],
    ),
    (
        "恒生（0011）跌1.55%。",
        [("1.55%", "price_change", "0011.HK", -1.55, "day", "")],
    ),
    (
        "小米[1810.HK]和美团[3690.HK]分别收挫3.2%和4%。",
        [
            ("3.2%", "price_change", "1810.HK", -3.2, "day", ""),
            ("4%", "price_change", "3690.HK", -4.0, "day", ""),
        ],
    ),
    (
        "领涨的包括阿里巴巴、手机制造商小米、搜索引擎运营商百度和电动车制造商比亚迪，"
        "它们在过去一个月的涨幅分别为43%、34%、13%和40%。",
        [
            ("43%", "price_change", "9988.HK", 43.0, "month", ""),
            ("34%", "price_change", "1810.HK", 34.0, "month", ""),
            ("13%", "price_change", "9888.HK", 13.0, "month", ""),
            ("40%", "price_change", "1211.HK", 40.0, "month", ""),
        ],
    ),
    (
        "美股中概股多数下跌，中通跌3.1%，携程跌2.2%，京东跌1.4%。",
        [
            ("3.1%", "price_change", "ZTO", -3.1, "day", ""),
            ("2.2%", "price_change", "TCOM", -2.2, "day", ""),
            ("1.4%", "price_change", "JD", -1.4, "day", ""),
        ],
    ),
    (
        "Palantir收高4.1%，成交86亿美元。",
        [
            ("4.1%", "price_change", "PLTR", 4.1, "day", ""),
            ("86亿美元", "turnover", "PLTR", 86.0, "day", ""),
        ],
    ),
    (
        "教育板块上涨3.2%、影视院线上涨2.1%、广告营销上涨1.4%。",
        [
            ("3.2%", "price_change", "教育板块", 3.2, "day", ""),
            ("2.1%", "price_change", "影视院线", 2.1, "day", ""),
            ("1.4%", "price_change", "广告营销", 1.4, "day", ""),
        ],
    ),
]

MEASURES = [
    (
        "亚马逊跌超4%，市值一夜蒸发超900亿美元。",
        [
            ("超4%", "price_change", "AMZN", -4.0, "day", ""),
            ("超900亿美元", "market_cap", "AMZN", -900.0, "", ""),
        ],
    ),
    (
        "上证指数下跌0.12%，两市成交额较昨日减少812.5亿元。",
        [
            ("0.12%", "price_change", "SSE", -0.12, "day", ""),
            ("812.5亿元", "turnover", "两市", -812.5, "", ""),
        ],
    ),
    (
        "动力煤现货报价742元/吨，布伦特原油报76.1美元/桶。",
        [
            ("742元/吨", "price_level", "动力煤", 742.0, "none", ""),
            ("76.1美元/桶", "price_level", "BRENT", 76.1, "none", ""),
        ],
    ),
    (
        "沪深300指数历史PE分位数为41%。",
        [("41%", "valuation", "CSI300", 41.0, "none", "")],
    ),
    (
        "该股连续第三个交易日上涨，累计涨幅为17.7%。",
        [("17.7%", "price_change", "", 17.7, "", "")],
    ),
    (
        "英伟达股价在52周高点153美元与低点66美元之间。",
        [
            ("153美元", "record", "NVDA", 153.0, "", ""),
            ("66美元", "record", "NVDA", 66.0, "", ""),
        ],
    ),
    (
        "HSTECH is 10% below its 52-week high.",
        [("10%", "technical", "HSTECH", -10.0, "", "")],
    ),
    (
        "恒生指数较最高收盘价低10%。",
        [("10%", "technical", "HSI", -10.0, "", "")],
    ),
    (
        "腾讯、百度跌幅介于3.2—5.7%。",
        [("3.2—5.7%", "price_change", "", (-5.7, -3.2), "day", "")],
    ),
    (
        "513180.SH盘中最高0.756元，最低0.728元。",
        [
            ("最高0.756元", "price_level", "513180.SH", 0.756, "none", ""),
            ("0.728元", "price_level", "513180.SH", 0.728, "none", ""),
        ],
    ),
    (
        "快手急升9.8%，报54.3港元，创52周高。",
        [("52周", "record", "1024.HK", 52.0, "last", "")],
    ),
    (
        "Cisco rose 6% after hours as its revenue beat estimates by 1%.",
        [("6%", "price_change", "CSCO", 6.0, "day", "")],
    ),
    (
        "两市超4200股上涨，87股涨停。",
        [("超4200股", "breadth", "", 4200.0, "", ""), ("87股", "breadth", "", 87.0, "", "")],
    ),
    (
        "股票基金资金净流出12.3亿元，主力资金净流入3.4亿元。",
        [("12.3亿元", "flow", "", -12.3, "", ""), ("3.4亿元", "flow", "", 3.4, "", "")],
    ),
    (
        "Southbound investors bought a net HK$12.8 billion of Hong Kong stocks.",
        [("HK$12.8 billion", "flow", "SOUTHBOUND", 12.8, "", "")],
    ),
    (
        "Foreign funds sold shares worth Rs 2,789 crore.",
        [("Rs 2,789 crore", "flow", "", -2789.0, "", "")],
    ),
    (
        "小米获净买入5.2亿港元，美团遭净卖出3.1亿港元。",
        [
            ("5.2亿港元", "flow", "1810.HK", 5.2, "", ""),
            ("3.1亿港元", "flow", "3690.HK", -3.1, "", ""),
        ],
    ),
    (
        "该股获12名分析师给予买入评级，平均目标价为86.4港元。",
        [("86.4港元", "target_price", "!港元", 86.4, "", "")],
    ),
]

ASIDES = [
    (
        "Tesla stock, down 12% this year, added 5.8% to $355.94.",
        [
            ("12%", "price_change", "TSLA", -12.0, "ytd", ""),
            ("5.8%", "price_change", "TSLA", 5.8, "day", ""),
        ],
    ),
    (
        "Nvidia, up 3% this week, fell 1.2%.",
        [
            ("3%", "price_change", "NVDA", 3.0, "week", ""),
            ("1.2%", "price_change", "NVDA", -1.2, "day", ""),
        ],
    ),
    (
        "The Dow gained 1.2% this week and the S&P 500 rose 1.5%.",
        [
            ("1.2%", "price_change", "DJIA", 1.2, "week", ""),
            ("1.5%", "price_change", "SPX", 1.5, "week", ""),
        ],
    ),
]
"""Words between commas keep their stretch to themselves; a list passes it on."""


def _check(text: str, rows: list[Row]) -> None:
    stamp = datetime(2025, 2, 14, 20, 30)
    article = read_document(f'---\ntitle: "市场"\ndate: "{stamp}"\n---\n\n{text}\n')
    made = {number.text: number.to_dict() for number in read_numbers(article)}
    for words, measure, subject, value, period, day in rows:
        one = made[words]
        assert one.get("measure") == measure, (words, one)
        if subject.startswith("!"):
            assert one["subject"] != subject[1:], (words, one)
        elif subject:
            assert subject in (one["subject"], one["name"]) or subject in one["name"], (words, one)
        stated = one["value"]
        assert (tuple(stated) if isinstance(stated, list) else stated) == value, (words, one)
        if period:
            known = {period, "session"} if period == "day" else {period}
            assert one["period"]["kind"] in known, (words, one)
        if day:
            assert one["as_of"] == f"2025-{day}", (words, one)


@pytest.mark.parametrize(
    ("text", "rows"),
    [*PREVIOUS, *NUMBERS, *PATHS, *STRETCHES, *SUBJECTS, *MEASURES, *ASIDES],
    ids=lambda given: given[:16] if isinstance(given, str) else "",
)
def test_wordings_are_read_as_kinds(text: str, rows: list[Row]) -> None:
    _check(text, rows)
