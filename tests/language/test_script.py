"""Normalising scripts and telling languages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from springtide.language.script import detect_language, normalise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("２１，８１４．３７點，升", "21,814.37点，升"),
        ("升１．８％（ＲＳＩ）", "升1.8%（RSI）"),
        ("恒生指數跌穿裏程碑，滙控、恆大、沽壓", "恒生指数跌穿里程碑，汇控、恒大、沽压"),
        ("二萬三關，逾億元，兩成，週五，佔比，僅餘", "二万三关，逾亿元，两成，周五，占比，仅余"),
        ("著名經濟學家著書", "著名经济学家著书"),
        ("什么", "什么"),
        ("10%–15%，4～14，−3%", "10%-15%，4~14，-3%"),
        ("“up 5%”\u00a0it’s", '"up 5%" it\'s'),
        ("收市：恒指。（完）；", "收市：恒指。（完）；"),
        ("⽉⽇", "月日"),
        ("plain ASCII stays 25%", "plain ASCII stays 25%"),
    ],
)
def test_normalise(text: str, expected: str) -> None:
    assert normalise(text) == expected


@given(st.text())
@settings(max_examples=200)
def test_normalise_keeps_every_offset(text: str) -> None:
    once = normalise(text)
    assert len(once) == len(text)
    assert normalise(once) == once
    for before, after in zip(text, once, strict=True):
        if before.isascii() and before != "\t":
            assert before == after


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The Hang Seng Index (恒生指数) closed at 21,814.37 points on Thursday", "en"),
        ("恒生指数收于21814.37点", "zh-cn"),
        ("恒生指數收報21814.37點", "zh-hk"),
        ("阿里巴巴DeepSeek概念股大涨，Apple Intelligence合作", "zh-cn"),
        ("12345 %", "en"),
        ("", "en"),
    ],
)
def test_detect_language(text: str, language: str) -> None:
    assert detect_language(text) == language
