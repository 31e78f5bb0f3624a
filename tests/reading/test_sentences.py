"""Sentences end where they end, and not at abbreviations and decimals."""

from __future__ import annotations

import pytest

from springtide.reading.sentences import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("恒指升1%。国指升2%！", ["恒指升1%。", "国指升2%！"]),
        ("他说：“会涨。”随后离开。", ["他说：“会涨。”", "随后离开。"]),
        ("恒指升；国指跌。", ["恒指升；", "国指跌。"]),
        ("It rose 3.1%. It fell.", ["It rose 3.1%.", "It fell."]),
        (
            "Mr. Wu of U.S. Bank sold. Dr. Li bought.",
            ["Mr. Wu of U.S. Bank sold.", "Dr. Li bought."],
        ),
        ("Shares of Acme Inc. rose on Feb. 3.", ["Shares of Acme Inc. rose on Feb. 3."]),
        ('"It will rise." Then it fell.', ['"It will rise."', "Then it fell."]),
        ("no end", ["no end"]),
        ("", []),
        ("  。 ", ["。"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text)] == expected
