"""Patterns are tried only where they can match: which marks each needs."""

from __future__ import annotations

import pytest

from springtide.language.quantities import find_quantities
from springtide.metrics.patterns import MARKS, Phrase, en, is_price, zh


def nothing(phrase: Phrase) -> None:
    return None


@pytest.mark.parametrize(
    ("template", "needs"),
    [
        ("涨{gap}{pct:value}", [["pct"]]),
        ("{span:span}新高", [["duration", "period"]]),
        # both must stand there
        ("涨{points}或{change:value}", [["points"], ["pct", "times"]]),
        # a bracket or a mark that may be left out is needed by nothing
        ("涨(?:{points}或)?{pct:value}", [["pct"]]),
        ("{points}?涨{pct:value}", [["pct"]]),
        ("涨{points}{0,2}{pct:value}", [["pct"]]),
        ("超买(?={pct})", []),
        # nor is what an "or" leaves open
        ("{average}|{window}", []),
        # brackets and signs that are characters are no brackets and no "or"
        (r"\({date:then}\)", [["date"]]),
        ("[(|]{date:then}", [["date"]]),
        # the value is always needed, whichever of its kinds it is
        ("(?:升{pct:value}|涨)", [["pct"]]),
    ],
)
def test_marks_that_a_pattern_needs(template: str, needs: list[list[str]]) -> None:
    expected = {frozenset(MARKS[kind] for kind in kinds) for kinds in needs}
    assert zh(template, nothing).needs == expected


def test_a_pattern_matches_only_where_its_marks_stand() -> None:
    pattern = en("{move}{gap}{pct:value}", nothing)
    assert pattern.regex.search(f"rose {MARKS['pct']}")
    assert not pattern.regex.search(f"rose {MARKS['points']}")
    assert pattern.needs == {frozenset(MARKS["pct"])}


@pytest.mark.parametrize(
    ("text", "can_be"),
    [
        ("US$5,000", True),
        ("5万港元", True),  # Chinese counts prices in ten thousands
        ("HK$50 million", False),
        ("5亿港元", False),
        ("22000点", True),
        ("2.2万点", True),
    ],
)
def test_prices_are_not_printed_in_millions(text: str, can_be: bool) -> None:
    (quantity,) = find_quantities(text)
    assert is_price(quantity) is can_be
