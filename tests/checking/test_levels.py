"""Verdicts of levels that articles name, on the published prices of the Hang Seng Index.

On 13 February 2025 it closed at 21,814.37 after 21,857.92, and traded up to 22,523.57.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from springtide.checking.check import check_article
from springtide.claims.model import Verdict
from springtide.market.lake import Lake
from springtide.reading.document import read_document

pytestmark = pytest.mark.shared

DAY = date(2025, 2, 13)
OURS = ("support_level", "resistance_level", "level_tests", "double_top", "within_range")

Check = Callable[[str], Verdict]


@pytest.fixture(scope="module")
def check(market_lake: Lake) -> Check:
    def one(text: str) -> Verdict:
        verdicts = check_article(read_document(text), market_lake, DAY)
        (ours,) = [verdict for verdict in verdicts if verdict.claim.metric in OURS]
        return ours

    return one


@pytest.mark.parametrize(
    "text",
    [
        "恒生指数的支撑位在22500点。",
        "恒指支持位22500點。",
        "The Hang Seng Index has support at 22,500 points.",
    ],
)
def test_a_support_above_the_price_is_refuted_with_the_day_it_last_was_one(
    check: Check, text: str
) -> None:
    verdict = check(text)
    assert verdict.label == "refuted"
    assert verdict.measurement is not None
    last = verdict.measurement.evidence.rows[1]
    assert (last.date, round(last.value, 2)) == (date(2024, 10, 7), 23099.78)


def test_a_level_at_a_turn_is_supported_and_the_share_that_would_match_is_told(
    check: Check,
) -> None:
    verdict = check("The Hang Seng Index faces resistance at 22,700 points.")
    assert verdict.label == "supported"  # the high of 2 October was 22,667.74
    assert "22,667.74" in verdict.reason
    assert "prices within 10 per cent that would match too in per cent 29.0" in verdict.reason


def test_a_level_near_no_turn_is_not_decided_and_the_nearest_is_named(check: Check) -> None:
    verdict = check("恒生指数的支撑位在20600点。")
    assert verdict.label == "not_enough_information"
    assert verdict.reason.startswith("20,600.00 is at none of its turns")


def test_a_double_top_of_a_month_without_one(check: Check) -> None:
    verdict = check("恒生指数2024年9月的双顶阻力23300点。")
    assert verdict.label == "refuted"
    assert "21,488.75" in verdict.reason  # the high of September
    (nearest,) = verdict.nearest
    assert nearest.changes == (
        "a single turn instead of two",
        "from 1 October 2024 to 31 October 2024",
    )
    assert nearest.measurement.evidence.rows[0].value == pytest.approx(23241.74)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("恒生指数在2021年多次测试23870点。", "supported"),
        ("The Hang Seng Index tested 19,500 several times in 2021.", "refuted"),
        ("The Hang Seng Index tested 23,870 four times in 2021.", "supported"),
        ("The Hang Seng Index tested 23,870 seven times in 2021.", "refuted"),
    ],
)
def test_a_level_that_was_tested_often(check: Check, text: str, label: str) -> None:
    verdict = check(text)
    assert verdict.label == label
    assert verdict.claim.as_of == DAY  # what became of the tests is known today


def test_the_range_of_a_year_is_not_known_before_its_end(check: Check) -> None:
    verdict = check("恒生指数今年波动区间上限为23000点。")
    assert verdict.label == "not_enough_information"
    assert "the highest so far is 21,857.92 of 12 February 2025" in verdict.reason
    broken = check("恒生指数今年波动区间上限为21000点。")
    assert broken.label == "refuted"
