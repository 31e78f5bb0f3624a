"""Kinds of sentences that posts nobody had looked at are full of, in words of our own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from springtide.reading.document import read_document
from springtide.reading.numbers.candidates import Cast, is_one
from springtide.reading.numbers.neighbours import moved_beside
from springtide.reading.numbers.own_shares import own_names
from springtide.reading.numbers.phrases import Phrase
from springtide.reading.numbers.read import read_numbers
from springtide.reading.numbers.scene import BlockScene, lay_out

Row = tuple[str, str, object]
Rows = Callable[[str], list[Row]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The stock had tanked 19.9 percent to settle at Rs 973.4 on Thursday.", -19.9),
        ("At the NSE, it cracked 12.5 percent in early deals.", -12.5),
        ("Acme shares zoomed 8.2% after the order.", 8.2),
        ("Shares of the lender nosedived 7.4 per cent.", -7.4),
        ("The miner skidded 3.1% as copper fell.", -3.1),
    ],
)
def test_every_verb_of_move_moves_a_price(rows: Rows, text: str, expected: float) -> None:
    _, kind, value = rows(text)[0]
    assert (kind, value) == ("price_change", expected)


def test_levels_of_a_list_are_all_levels(rows: Rows) -> None:
    text = (
        "Nifty 50 Current Level: 23,560 Support: 23,300; 23,150 Resistance: 23,755; 24,040. "
        "The index could seek support around 23,010, 22,850 and 22,635 levels."
    )
    kinds = [kind for written, kind, _ in rows(text) if written not in ("50", "23,560")]
    assert kinds == ["level"] * 7


def test_labels_sign_their_own_number_and_not_the_one_before(rows: Rows) -> None:
    made = rows("Upside Potential: 1.9% Downside Risk: 2% Support: 77,500")
    assert [(kind, value) for _, kind, value in made[:2]] == [
        ("implied_move", 1.9),
        ("implied_move", -2.0),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "集團純利46.1億元，按年升6.8%，營業額151億元，增13%，經營溢利61億元，揚8.9%。",
        "去年亞洲收入升7.3%至80.9億元，日本漲14.1%，至14.4億元。",
    ],
)
def test_what_stands_beside_an_amount_is_how_far_that_amount_moved(rows: Rows, text: str) -> None:
    percents = [kind for written, kind, _ in rows(text) if "%" in written]
    assert percents == ["fundamental_growth"] * len(percents)


def scene_of(text: str) -> BlockScene:
    return lay_out(read_document(text), date(2025, 2, 13)).blocks[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("营收61.5亿元，扬8.85%", True),
        ("收入升7.32%至80.85亿元", True),
        ("revenue of $113.5 million, up 2.7%", True),
        ("revenue rose 2.7% to $113.5 million", True),
        ("revenue was $113.5 million while its shares fell 2.7%", False),
        ("营收61.5亿元，其股价昨日收市跌2.7%", False),
    ],
)
def test_amounts_and_their_percentages_are_told_by_what_stands_between(
    text: str, expected: bool
) -> None:
    block = scene_of(text)
    assert len(block.numbers) == 2
    i = next(i for i, n in enumerate(block.numbers) if "%" in n.text)
    assert moved_beside(block, i, 1 - i) is expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The shares declined 20% a day earlier on Thursday", "Thursday"),
        ("股价两日累涨逾两成", "两日"),
        ("At 11.52 am, shares of the firm were quoting Rs 110.56", "At 11"),
        ("Trading at Rs 875.50, down 10.21%", "Rs 875"),
        ("cracks (FO380BRTCKMc1) held near 80 cents", "FO380BRTCKMc1"),
    ],
)
def test_times_amounts_and_codes_are_nobody(text: str, words: str) -> None:
    block = scene_of(text)
    at = block.text.index(words)
    assert not is_one(block, Phrase(at, at + len(words), words, "head"))


@pytest.mark.parametrize("words", ["March Holdings", "the dollar", "Nifty Bank", "S&P 500 futures"])
def test_names_with_words_of_time_or_numbers_stay_candidates(words: str) -> None:
    block = scene_of(f"{words} rose 3%")
    at = block.text.index(words)
    assert is_one(block, Phrase(at, at + len(words), words, "head"))


def test_a_company_in_no_table_is_the_main_one_where_the_article_speaks_of_its_shares() -> None:
    text = (
        '---\ntitle: "Vexmar Pharma stock falls 10%"\ndate: "2025-02-14 13:25:43"\n---\n\n'
        "Vexmar Pharma share price slumped 10 percent on Friday.\n\n"
        "At around 10:40 AM, the stock was trading at Rs 875.50 per share on the NSE.\n"
    )
    scene = lay_out(read_document(text))
    assert Cast(scene).main_keys[0] == "vexmarpharma"
    priced = [n for n in read_numbers(read_document(text)) if n.text.startswith("Rs")]
    assert [(n.kind.measure, n.subject.name) for n in priced] == [("price_level", "Vexmar Pharma")]


def test_own_names_are_no_adjectives() -> None:
    text = "Asian stocks and Gold shares rose, Vexmar's shares fell"
    assert [words for words, _, _ in own_names(text, 0, len(text))] == ["Vexmar"]


def test_the_listing_that_an_article_names_by_its_code_holds_for_all_of_it() -> None:
    text = "对冲基金增持阿里巴巴（BABA）18%。其中阿里今年以来已涨30%。"
    number = next(n for n in read_numbers(read_document(text), date(2025, 2, 11)) if "30" in n.text)
    assert number.subject.id == "BABA"


@pytest.mark.parametrize("text", ["美汇指数最多曾升0.6%至108.3", "恒指最多曾跌180点"])
def test_at_most_reaches_over_once(text: str) -> None:
    number = scene_of(text).numbers[0]
    assert number.quantity is not None
    assert number.quantity.comparator == "up_to"


def test_a_settlement_of_futures_is_of_the_day_that_is_named() -> None:
    text = (
        '---\ntitle: "Softs"\ndate: "2025-02-13 03:59:57"\n---\n\n'
        "Arabica coffee resumed its rally on Wednesday.\n\n"
        "Arabica coffee settled up 3.9%, at $4.202 per lb.\n"
    )
    read = [n for n in read_numbers(read_document(text)) if n.is_claim]
    assert {(n.when.as_of, n.when.basis) for n in read} == {(date(2025, 2, 12), "close")}


def test_a_column_tells_the_session_of_what_stands_under_it() -> None:
    text = (
        '---\ntitle: "Asia fuel oil"\ndate: "2025-02-11 19:30:00"\n---\n\n'
        "Brent crude rose 1%.\n\n| CASH ($/T) | ASIA CLOSE | CHANGE | PREV CLOSE |\n"
        "| --- | --- | --- | --- |\n| Cargo A | 503.67 | 9.46 | 494.21 |\n"
        "| Cargo B | 74.60 | 0.50 | 74.10 |\n"
    )
    read = {n.text: n for n in read_numbers(read_document(text)) if n.is_claim}
    for written in ("494.21", "74.10"):
        assert read[written].when.as_of == date(2025, 2, 10)
        assert read[written].when.basis == "close"
    for written in ("503.67", "9.46", "74.60", "0.50"):
        assert read[written].when.as_of == date(2025, 2, 11)


def test_trade_after_hours_is_told_behind_a_word_of_the_present() -> None:
    text = (
        '---\ntitle: "Earnings"\ndate: "2025-02-13 05:25:27"\n---\n\n'
        "Nvidia's shares were up more than 5% in post-market trading on Wednesday.\n"
    )
    read = [n for n in read_numbers(read_document(text)) if n.is_claim]
    assert [n.when.basis for n in read] == ["afterhours"]


def test_a_list_pairs_its_names_where_one_of_them_is_an_ordinary_word() -> None:
    text = "本周，苹果、微软、亚马逊、特斯拉分别累计下跌3.5%、1.2%、3.6%、9.4%。"
    read = [n for n in read_numbers(read_document(text), date(2025, 2, 8)) if n.is_claim]
    assert [n.subject.name for n in read] == ["苹果", "微软", "亚马逊", "特斯拉"]


def test_the_present_level_is_no_target(rows: Rows) -> None:
    made = rows("高盛预期该指数有14%的涨幅，从目前的66点升至75点。")
    assert made[1][1] == "price_level"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("东风汽车（489）升14.8%，现报3.7元。", "0489.HK"), ("沪深（300）升1.2%", "")],
)
def test_a_short_code_in_brackets_counts_where_its_name_agrees(text: str, expected: str) -> None:
    names = scene_of(text).names
    assert next((n.ids[0] for n in names if n.code[0] >= 0 and n.ids), "") == expected


def test_a_stretch_of_sessions_is_no_streak(rows: Rows) -> None:
    made = rows("该指数近12个月累计上涨109.83%。近20个交易日累计上涨12.55%。")
    assert [kind for _, kind, _ in made] == ["none:time", "price_change"] * 2
