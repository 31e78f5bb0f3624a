"""The encoding of a file: what is declared, what is so, and what is so against what is declared."""

from __future__ import annotations

import codecs

import pytest

from springtide.errors import DataError
from springtide.reading.encodings import LARGEST, decode

SIMPLIFIED = "恒生指数今日收报两万点，上升百分之一，成交额较上一交易日增加，国企指数也有上升。"
TRADITIONAL = (
    "恒生指數今日收報兩萬點，上升百分之一，成交額較上一交易日增加，國企指數亦升，淡友冇嘢做。"
)
WESTERN = "The café’s shares rose 3% to £5 – a “record”, said Mr Müller."


@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL, WESTERN])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (b"", "utf-8"),
    ],
)
def test_a_byte_order_mark_decides(text: str, mark: bytes, encoding: str) -> None:
    assert decode(mark + text.encode(encoding), "a.txt") == text


def test_the_mark_of_utf_8_stays_as_the_first_character() -> None:
    assert decode(codecs.BOM_UTF8 + b"Up", "a.txt") == "\ufeffUp"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED, "gb2312"),
        (TRADITIONAL, "big5hkscs"),
        (TRADITIONAL, "gb18030"),
        (WESTERN, "cp1252"),
        ("Tencent\u2019s shares rose 2%", "cp1252"),
    ],
)
def test_without_a_declaration_the_text_itself_tells(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize(
    "declaration",
    [
        '<meta charset="{}">',
        "<meta http-equiv=\"Content-Type\" content='text/html; charset={}'>",
        '<?xml version="1.0" encoding="{}"?>',
    ],
)
@pytest.mark.parametrize(
    ("text", "label", "encoding"),
    [
        (SIMPLIFIED, "gb2312", "gbk"),
        (TRADITIONAL, "Big5", "big5hkscs"),
        (WESTERN, "ISO-8859-1", "cp1252"),
        (
            "株価は３％上昇した。日経平均株価は大きく値を上げて取引を終えた。",
            "Shift_JIS",
            "shift_jis",
        ),
        ("코스피 지수는 상승 마감했다.", "euc-kr", "euc-kr"),
        ("Индекс вырос на 3%", "windows-1251", "cp1251"),
    ],
)
def test_a_declaration_is_followed(declaration: str, text: str, label: str, encoding: str) -> None:
    page = declaration.format(label) + text
    assert decode(page.encode(encoding), "a.html") == page


@pytest.mark.parametrize(
    "label", ["utf-8", "gb2312", "big5", "iso-8859-1", "windows-1251", "no-such-set", "base64"]
)
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED, "utf-8"),
        (TRADITIONAL, "big5hkscs"),
        (TRADITIONAL, "utf-8"),
        (WESTERN, "utf-8"),
    ],
)
def test_a_wrong_declaration_does_no_harm(label: str, text: str, encoding: str) -> None:
    page = f'<meta charset="{label}">{text}'
    assert decode(page.encode(encoding), "a.html") == page


def test_utf_8_that_was_cut_in_a_character_is_utf_8_all_the_same() -> None:
    raw = (SIMPLIFIED * 30).encode()[:-1]
    assert decode(raw, "a.txt").rstrip("\ufffd") == (SIMPLIFIED * 30)[:-1]


@pytest.mark.parametrize(
    "raw", [b"", b" \n", b"%PDF-1.7", b"PK\x03\x04", b"a\0b", b"GIF89a", b"caf\xff\x81"]
)
def test_what_is_no_text_is_refused_by_name(raw: bytes) -> None:
    with pytest.raises(DataError, match=r"odd\.md"):
        decode(raw, "odd.md")


def test_a_text_that_is_too_large_is_refused() -> None:
    with pytest.raises(DataError, match="too large"):
        decode(b"a" * (LARGEST + 1), "a.md")
