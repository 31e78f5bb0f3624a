"""The model article on the reference data: the page's verdicts, and floors that are never lowered.

The page was read by hand, claim by claim, against the files of prices and figures.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from springtide.checking.check import check_text
from springtide.checking.report.model import CheckReport
from springtide.claims.model import Verdict
from springtide.market.lake import Lake

pytestmark = pytest.mark.shared

PAGE = Path(__file__).parents[2] / "docs" / "evidence" / "model-article.md"
LETTER = {"supported": "S", "refuted": "R", "not_enough_information": "N"}
DECIDED = 30
"""Claims decided at the least, none of them wrongly, whatever the reader's weights."""


@pytest.fixture(scope="module")
def report(shared: Path, figures_lake: Lake) -> CheckReport:
    path = shared / "articles" / "annotated" / "00-hstech-rally.md"
    return check_text(path.read_text(encoding="utf-8"), path.name, figures_lake, language="en")


def rows() -> list[tuple[str, str, str, str]]:
    """Return place, measure, subject and verdict of each row of the page's table."""
    lines = re.findall(
        r"^\| (\d+) \| (\w+) \| (\S+) \| .*? \| ([SRN]) \|", PAGE.read_text("utf-8"), re.MULTILINE
    )
    return [tuple(line) for line in lines]


def told(verdict: Verdict) -> tuple[str, str, str, str]:
    claim = verdict.claim
    return str(claim.start), claim.metric, claim.subject, LETTER[verdict.label]


def test_no_verdict_is_another_than_the_one_read_by_hand(report: CheckReport) -> None:
    by_hand: dict[str, set[str]] = {}
    for place, _, _, letter in rows():
        by_hand.setdefault(place, set()).add(letter)
    wrong = [
        one
        for one in map(told, report.verdicts)
        if one[3] != "N" and one[3] not in by_hand.get(one[0], {"none"})
    ]
    assert wrong == []


def test_so_many_are_decided(report: CheckReport) -> None:
    counts = Counter(LETTER[one.label] for one in report.verdicts)
    assert counts["S"] + counts["R"] >= DECIDED


def test_the_page_counts_its_own_table() -> None:
    counts = Counter(letter for *_, letter in rows())
    said = re.search(r"\*\*(\d+)\*\* \((\d+) supported, (\d+) refuted\)", PAGE.read_text("utf-8"))
    assert said is not None
    assert [int(n) for n in said.groups()] == [counts["S"] + counts["R"], counts["S"], counts["R"]]


def by_place(report: CheckReport, metric: str) -> list[Verdict]:
    return [one for one in report.verdicts if one.claim.metric == metric]


def test_what_is_refuted_comes_with_what_would_have_been_true(report: CheckReport) -> None:
    average, this_year = by_place(report, "flow_average")
    assert average.nearest[0].changes == ("per Hong Kong session",)
    assert not this_year.nearest  # no reading gives 0.881bn
    (doubled,) = by_place(report, "flow_ratio")
    assert doubled.nearest[0].claim.as_of == date(2025, 1, 27)
    (net,) = by_place(report, "flow_net")
    assert "7.75 to 7.85" in net.reason
    (top,) = by_place(report, "double_top")
    assert "1 October 2024" in " ".join(top.nearest[0].changes)


def test_forward_multiples_are_not_checked_by_trailing_ones(report: CheckReport) -> None:
    (multiple,) = by_place(report, "valuation_multiple")
    assert multiple.measurement is None or multiple.measurement.value is None
    assert "23.58" in multiple.reason


def test_own_numbers_rule_out_the_implied_fall(report: CheckReport) -> None:
    (move,) = by_place(report, "implied_move")
    assert "13 / 18 - 1 = -27.8%" in move.reason
    assert move.nearest[0].claim.as_of == date(2025, 2, 7)  # 13 / 16.94 - 1 = -23.3%
