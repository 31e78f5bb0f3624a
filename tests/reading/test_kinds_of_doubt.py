"""Kinds of sentences that were read wrongly once: houses, lists, half the name of an index."""

from __future__ import annotations

from datetime import date

import pytest

from springtide.metrics.families.changes import PctChange
from springtide.reading.document import read_document
from springtide.reading.numbers.read import read_numbers

DAY = date(2025, 2, 13)


def subjects(text: str) -> list[tuple[str, str]]:
    numbers = read_numbers(read_document(text), DAY)
    return [(one.text, one.subject.id) for one in numbers if one.is_claim]


@pytest.mark.parametrize(
    "text",
    [
        "Tesla closed at $330. Its target price at Goldman Sachs is $250, implying 24% downside.",
        "Tesla closed at $330. Morgan Stanley's price target is $250, implying 24% downside.",
    ],
)
def test_a_house_is_never_whose_target_it_names(text: str) -> None:
    assert {identity for _, identity in subjects(text)} == {"TSLA"}


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("恒生医疗保健指数上涨3.1%。", []),
        ("创业板中盘200指数下跌0.8%。", []),
        ("恒生科技指数上涨3.1%。", ["HSTECH"]),
        ("恒生收涨3.1%。", ["HSI"]),
    ],
)
def test_an_index_that_begins_like_a_known_one_is_another(text: str, stated: list[str]) -> None:
    assert [identity for _, identity in subjects(text) if identity] == stated


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("爱奇艺、哔哩哔哩涨超2%。", [("IQ", 2.0), ("BILI", 2.0)]),
        ("Nvidia and Apple both rose 3%.", [("NVDA", 3.0), ("AAPL", 3.0)]),
        (
            "Nvidia and Apple rose 2.5% and 1.5%, respectively.",
            [("NVDA", 2.5), ("AAPL", 1.5)],
        ),
    ],
)
def test_names_of_a_list_share_a_number(read, text: str, claims: list[tuple[str, float]]) -> None:  # type: ignore[no-untyped-def]
    assert sorted((c.subject, c.value) for c in read(text)) == sorted(claims)


@pytest.mark.parametrize(
    "text",
    [
        "The Nikkei 225 fell 0.55% but was on track to end the week higher.",
        "The Hang Seng Index advanced 2.2% to near its October high.",
    ],
)
def test_a_stretch_of_what_follows_is_not_that_of_the_move(read, text: str) -> None:  # type: ignore[no-untyped-def]
    assert isinstance(read(text)[0].params, PctChange)


def test_only_words_make_a_move_one_to_the_high_of_a_session(read) -> None:  # type: ignore[no-untyped-def]
    (claim,) = read("今年以来，恒生科技指数上涨超过25%。")
    assert {getattr(one.params, "price", "close") for one in (claim, *claim.others)} == {"close"}


def test_a_yuan_alone_is_the_currency_of_the_quote(read) -> None:  # type: ignore[no-untyped-def]
    (claim,) = read("英偉達收市報131.1元。")
    assert (claim.subject, claim.unit) == ("NVDA", "USD")
