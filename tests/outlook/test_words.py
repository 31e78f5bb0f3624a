"""The scale has no gap, keeps the published boundaries, and never contradicts the number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from springtide.language.messages import LANGUAGES
from springtide.outlook.words import (
    SCALE,
    probability,
    probability_percent,
    probability_words,
    scale_markdown,
)

EDGES = {"under 1%": 0, "不到1%": 0, "不足1%": 0, "over 99%": 100, "超过99%": 100, "逾99%": 100}


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        # Intelligence Community Directive 203 (2015): almost no chance to 5%, very unlikely to
        # 20%, unlikely to 45%, roughly even to 55%, likely to 80%, very likely to 95%.
        (0, "almost no chance"),
        (4, "almost no chance"),
        (5, "very unlikely"),
        (19, "very unlikely"),
        (20, "unlikely"),
        (33, "unlikely"),  # IPCC (2010): unlikely ends at 33%, likely begins at 66%
        (34, "less likely than not"),
        (44, "less likely than not"),
        (45, "about even"),
        (50, "about even"),
        (55, "about even"),
        (56, "more likely than not"),
        (66, "more likely than not"),
        (67, "likely"),
        (80, "likely"),
        (81, "very likely"),
        (95, "very likely"),
        (96, "almost certain"),
        (100, "almost certain"),
    ],
)
def test_each_boundary(percent: int, words: str) -> None:
    assert probability_words(percent / 100).text("en") == words


def test_no_gap_and_no_overlap() -> None:
    covered = [percent for step in SCALE for percent in range(step.low, step.high + 1)]
    assert covered == list(range(101))


def test_opposite_probabilities_stand_on_opposite_steps() -> None:
    english = [step.words for step in SCALE]
    for percent in range(101):
        here = english.index(probability_words(percent / 100))
        there = english.index(probability_words((100 - percent) / 100))
        assert here == len(SCALE) - 1 - there


@given(st.floats(0, 1))
def test_words_follow_the_printed_number(p: float) -> None:
    for language in LANGUAGES:
        printed = probability_percent(p).text(language)
        assert printed in probability(p).text(language)
        whole = EDGES.get(printed)
        if whole is None:
            whole = int(printed.removesuffix("%"))
            assert 1 <= whole <= 99
            assert abs(100 * p - whole) <= 0.5 + 1e-9
        assert probability_words(whole / 100).text(language) in probability(p).text(language)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_larger_probability_never_has_a_lesser_word(p: float, q: float) -> None:
    words = [step.words for step in SCALE]
    low, high = (words.index(probability_words(one)) for one in (min(p, q), max(p, q)))
    assert low <= high


def test_no_two_steps_have_the_same_words() -> None:
    for language in LANGUAGES:
        assert len({step.words.text(language) for step in SCALE}) == len(SCALE)


@pytest.mark.parametrize(
    ("p", "en", "zh"),
    [
        (0.0, "under 1% (almost no chance)", "不到1%（几乎不可能）"),
        (0.00999, "under 1% (almost no chance)", "不到1%（几乎不可能）"),
        (0.01, "1% (almost no chance)", "1%（几乎不可能）"),
        (0.045, "5% (very unlikely)", "5%（很不可能）"),
        (0.99, "99% (almost certain)", "99%（几乎肯定）"),
        (0.9901, "over 99% (almost certain)", "超过99%（几乎肯定）"),
        (1.0, "over 99% (almost certain)", "超过99%（几乎肯定）"),
    ],
)
def test_never_nought_and_never_all(p: float, en: str, zh: str) -> None:
    assert (probability(p).text("en"), probability(p).text("zh-cn")) == (en, zh)


@pytest.mark.parametrize("p", [-0.01, 1.01, float("nan"), float("inf")])
def test_what_is_no_probability_is_refused(p: float) -> None:
    with pytest.raises(ValueError, match="not a probability"):
        probability(p)


def test_a_sum_that_misses_one_by_rounding_is_taken() -> None:
    assert probability_percent(1.0 + 1e-12).text("en") == "over 99%"


def test_the_page_states_every_step() -> None:
    page = scale_markdown()
    for step in SCALE:
        assert (
            f"| {step.low} to {step.high}% | {' | '.join(map(step.words.text, LANGUAGES))} |"
            in page
        )
