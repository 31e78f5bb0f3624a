"""Hostile and random text, cost of import, cost of reading."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from springtide.language.dates import find_dates, find_parts
from springtide.language.periods import find_periods
from springtide.language.quantities import find_quantities
from springtide.language.script import normalise

ANCHOR = date(2025, 2, 13)
PIECES = [
    "1", "12", "0.5", "21,814", "-3", "+4", "%", "元", "点", "亿", "万", "美元", "成", "倍",
    "个百分点", "至", "~", "-", "to", "and", "between", "from", "since", "近", "逾", "约", "左右",
    "以上", "自", "2025年", "2月", "13日", "年初", "低点", "以来", "过去", "五", "三", "半", "一",
    "二万三", "翻倍", "一度", "收盘", "Feb.", "March", "2024", "last", "this", "week", "year",
    "low", "high", "half", "nearly", "more than", "$", "HK$", "bn", "S&P 500", "RSI(", ")", "(",
    "（", "）", "http://x/1", "](", ",", ".", "，", "。",
]  # fmt: skip


def read_all(text: str) -> None:
    """Read a text in every way and check that each result points at its words."""
    written = normalise(text)
    for found in (
        find_quantities(written),
        find_dates(written, ANCHOR),
        find_periods(written, ANCHOR),
        find_parts(written),
    ):
        for mention in found:
            assert written[mention.start : mention.end] == mention.text != ""
    quantities = find_quantities(written)
    for found in (quantities, find_dates(written, ANCHOR), find_periods(written, ANCHOR)):
        for left, right in pairwise(found):
            assert left.end <= right.start
    for quantity in quantities:
        low = quantity.value[0] if isinstance(quantity.value, tuple) else quantity.value
        assert quantity.step > 0
        assert quantity.within.low <= low <= quantity.within.high


@given(st.text())
@settings(max_examples=100)
def test_any_text(text: str) -> None:
    read_all(text)


@given(st.lists(st.sampled_from(PIECES), max_size=30), st.sampled_from(["", " "]))
@settings(max_examples=200)
def test_any_heap_of_the_words_we_know(pieces: list[str], joint: str) -> None:
    read_all(joint.join(pieces))


HOSTILE = [
    "1", "1,", "1,000,", "1.", "1-", "1至", "%41", "](", "//", "<a", "((", "a@", "[1]", "$",
    "HK$", "-", "2024年", "2月", "今年的", "近", "万", "二万三", "分之", "翻倍", "第1", "周",
    "自2024年低点", "2 to 3 ", "two ", "last ", "since ", "since its low of ", "between 1 and ",
    "over the past ", "more than ", "January ", "Jan 1-2-", "Q1 ", "ended ", "\n", "\u001a",
]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_cost_grows_with_length_not_with_its_square(unit: str) -> None:
    def seconds(length: int) -> float:
        text = (unit * (length // len(unit) + 1))[:length]
        start = time.process_time()
        find_quantities(text)
        find_dates(text, ANCHOR)
        find_parts(text)
        return time.process_time() - start

    def grows_gently() -> bool:
        # Eight times the length: linear is 8 times the time, a square 64. Small times are noise.
        short, long = seconds(10_000), seconds(80_000)
        return long < max(32 * short, 0.5)

    seconds(1000)
    assert any(grows_gently() for _ in range(4))  # a busy machine slows one measurement, not all


def test_import_is_cheap() -> None:
    code = (
        "import sys, springtide.language.quantities, springtide.language.dates, "
        "springtide.language.periods, springtide.language.format\n"
        "print([m for m in ('babel', 'numpy', 'pandas', 'polars') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
