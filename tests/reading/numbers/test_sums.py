"""Sums and rates by what their words make of them, and whose they are, in three scripts."""

from __future__ import annotations

import pytest

from springtide.reading.document import read_document
from springtide.reading.numbers.frame import NumberReading
from springtide.reading.numbers.read import read_numbers


def _of(text: str, written: str) -> NumberReading:
    article = read_document(f'---\ndate: "2025-02-13 16:30:00"\n---\n\n{text}\n')
    return next(one for one in read_numbers(article) if written in one.text)


FLOWS = [
    (
        "Acme银行援引数据显示，截至2月5日的一周，债券基金吸引46亿美元，其中16亿美元流入信贷，6亿美元离开股票基金。",
        [("46亿美元", "债券基金", 4.6e9), ("16亿美元", "信贷", 1.6e9), ("6亿美元离开", "", 0)],
    ),
    ("行业协会：1月全球黄金ETF净流入30亿美元。", [("30亿美元", "黄金ETF", 3e9)]),
    (
        "亞洲股票基金上周錄得46億美元資金流入，債券基金吸資12億美元。",
        [("46億美元", "亞洲股票基金", 4.6e9), ("12億美元", "債券基金", 1.2e9)],
    ),
    (
        "北水淨流入逾58億元，其中騰訊獲淨買入12億元，盈富基金遭淨沽出9億元。",
        [("58億元", "北水", 5.8e9), ("12億元", "騰訊", 1.2e9), ("9億元", "盈富基金", -9e8)],
    ),
    (
        "南向资金今日净买入78亿港元，连续10日净买入，累计超过520亿港元。",
        [("520亿港元", "南向资金", 5.2e10)],
    ),
    (
        "Foreign investors extended their exodus, offloading Rs 10,179 crore worth of shares.",
        [("10,179", "Foreign investors", -1.0179e11)],
    ),
    (
        "Foreign investors sold a net $1.2 billion of it, domestic funds bought $2.1 billion.",
        [("$1.2", "Foreign investors", -1.2e9), ("$2.1", "domestic funds", 2.1e9)],
    ),
    (
        "Over $10 billion has left: $3 billion exiting Indian equities this year.",
        [("$3 b", "Indian equities", -3e9)],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), FLOWS)
def test_a_flow_is_of_whom_its_clause_names(
    text: str, wanted: list[tuple[str, str, float]]
) -> None:
    for written, name, value in wanted:
        if not name:
            continue
        one = _of(text, written)
        read = one.value
        assert one.kind.measure == "flow"
        assert name in one.subject.name
        assert isinstance(read, float)
        assert read * value > 0


WORTH = [
    ("小米市值達1.12萬億元，其後回落至1.05萬億元。", "1.05萬億"),
    ("比亚迪A股重回万亿市值。", "万亿"),
    ("某芯片商市值蒸发近6000亿美元，跌至2.9万亿美元。", "2.9万亿"),
    ("传获投资的OpenAI估值已超2600亿美元。", "2600亿"),
    ("Nvidia's market value fell to $2.9 trillion.", "$2.9"),
]


@pytest.mark.parametrize(("text", "written"), WORTH)
def test_billions_after_a_market_value_are_one_and_no_price(text: str, written: str) -> None:
    assert _of(text, written).kind.measure == "market_cap"


RATES = [
    ("港元拆息普遍上升，1個月拆息報3.86厘，隔夜拆息跌至3.1厘。", "3.1厘"),
    ("一個月HIBOR升2.5點子至3.92%。", "2.5點子"),
    ("Shibor隔夜品种下行8.5个基点报1.76%。", "1.76%"),
    ("銀行將3個月定存息率上調至3.5厘。", "3.5厘"),
    ("Overnight SOFR rose to 4.35%.", "4.35%"),
    ("The 30-year mortgage rate fell to 6.87%.", "6.87%"),
]


@pytest.mark.parametrize(("text", "written"), RATES)
def test_rates_of_banks_are_no_moves_of_prices(text: str, written: str) -> None:
    assert _of(text, written).kind.measure in ("macro", "other")


NO_MARKET = [
    ("某新盤發售98伙，暫沽出26伙，套現約1.2億元。", "1.2億元"),
    ("行動中檢獲的私煙總市值共438萬元。", "438萬元"),
    ("The central bank doubled the quantum of purchases.", "doubled"),
    ("超过50%的受访者预计7月加息。", "50%"),
    ("About 45% of respondents expect a cut.", "45%"),
]


@pytest.mark.parametrize(("text", "written"), NO_MARKET)
def test_flats_goods_and_people_asked_are_no_market(text: str, written: str) -> None:
    from springtide.reading.numbers.frame import MARKET

    assert _of(text, written).kind.measure not in MARKET


WHOSE = [
    ("恒指升2%，大市成交逾2400億元，較上日增12%。", "2400億元", "HSI"),
    ("上證指數收報3313點，大市轉升，成交4357億元。", "4357億元", "SSE"),
    ("維他奶國際（345）獲增持，維他奶今早升2.5%，報9.25元。", "9.25元", "0345.HK"),
    (
        "中芯國際(00981)H股目標價升至54港元，A股目標價則由95元人民幣升至105元人民幣。",
        "105元",
        "688981.SH",
    ),
    ("寧德時代昨日A股收報251.8元人民幣，跌2.6%。", "2.6%", "300750.SZ"),
]


@pytest.mark.parametrize(("text", "written", "identity"), WHOSE)
def test_whose_it_is(text: str, written: str, identity: str) -> None:
    subject = _of(text, written).subject
    assert subject.id == identity


CURRENCIES = [
    ("The dollar gained 0.3% on the yen to 151.82.", "151.82", "dollar"),
    (
        "The Australian dollar fell 0.2% against the U.S. dollar to $0.6260.",
        "0.6260",
        "Australian dollar",
    ),
    ("The central bank bought bonds. ($1 = 86.8270 Indian rupees)", "86.8270", "Indian rupees"),
]


@pytest.mark.parametrize(("text", "written", "name"), CURRENCIES)
def test_the_currency_that_moved_is_named(text: str, written: str, name: str) -> None:
    subject = _of(text, written).subject
    assert subject.name.lower() == name.lower()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("某ETF近3月累计上涨4.12%。", "last"),
        ("该基金近一月累计上涨4.12%。", "month"),
        ("恒指3月累計上漲4.12%。", "month"),
    ],
)
def test_months_that_are_counted_are_no_month_of_the_calendar(text: str, kind: str) -> None:
    when = _of(text, "4.12%").when
    assert when.period == kind
    assert when.as_of is not None
    assert (when.as_of.year == 2025 and when.as_of.month == 2) == ("近" in text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("10年期美债收益率升至4.8%后已回落至4.54%。", "4.54%"),
        ("The 10-year Treasury yield fell to 4.54%.", "4.54%"),
    ],
)
def test_a_yield_that_fell_to_a_level_is_positive(text: str, written: str) -> None:
    assert _of(text, written).value == 4.54


@pytest.mark.parametrize(
    ("text", "written", "identity"),
    [
        ("標普料今年本港寫字樓租金跌8%。", "8%", ""),
        ("标普表示，今年租金将跌8%。", "8%", ""),
        ("S&P said rents will fall 8%.", "8%", ""),
        ("標普升1%，納指跌0.5%。", "1%", "SPX"),
        ("The S&P rose 0.5% on Wednesday.", "0.5%", "SPX"),
    ],
)
def test_a_house_of_ratings_is_not_the_index_of_its_name(
    text: str, written: str, identity: str
) -> None:
    assert _of(text, written).subject.id == identity
