"""What is looked for first hides nothing: screens against the plain expressions."""

from __future__ import annotations

import gc
import json
import re
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

import springtide.language.dates
import springtide.language.english_dates
import springtide.reading.numbers.mentions  # noqa: F401  # their expressions are looked at below
from springtide.claims.schema import to_text
from springtide.language.required import Screened
from springtide.language.scanning import Anchored

_PIECES = (
    "2025-02-13", "2024/25", "10.1234/x", "555-1234", "RSI", "14", "日均线", "MACD",
    "moving average",
    "0700.HK", "NYSE: BABA", "（00700）", "3:30", "3点", "pm", "a.m.", "P.M", "%E4%BD%A0",
    "as high as", "as far as", "as", "S&P 500", "week", "季度", "今年", "point", "half", " ", "，",
    ".", "1", "x",
)  # fmt: skip
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=8).map("".join)


@cache
def _anchored() -> list[Anchored]:
    return [one for one in gc.get_objects() if isinstance(one, Anchored)]


def test_there_are_screens_to_look_at() -> None:
    assert len(_anchored()) > 30


@given(_TEXTS)
def test_a_screen_hides_no_match(text: str) -> None:
    for finder in _anchored():
        matches = list(finder._near_anchors(text))
        assert [m.span() for m in finder.finditer(text)] == [m.span() for m in matches]


_PATTERNS = (
    r"收|\b(?:clos|end)\w*",
    r"since (?:\w+ )?high|[自从]高位",
    r"\d+ ?(?:点|points?)",
    r"\d+",
)


@given(
    st.lists(
        st.sampled_from(("closed", "Since ", "high", "自", "高位", "21 ", "点", "Points")),
        max_size=6,
    )
)
def test_a_screened_expression_finds_what_it_finds_alone(pieces: list[str]) -> None:
    text = "".join(pieces)
    for pattern in _PATTERNS:
        alone = re.compile(pattern, re.IGNORECASE).search(text)
        screened = Screened(pattern, re.IGNORECASE).search(text, text.lower())
        assert (alone and alone.span()) == (screened and screened.span())


_LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)


@given(
    st.recursive(
        _LEAVES, lambda of: st.lists(of, max_size=3) | st.dictionaries(st.text(), of, max_size=3)
    )
)
def test_json_is_written_as_the_library_writes_it(document: object) -> None:
    written = to_text({"document": document})
    assert written == json.dumps({"document": document}, ensure_ascii=False, indent=2) + "\n"
