"""Dates as market reports write them: contracts, trading weeks, first months; hedges for lists."""

from __future__ import annotations

from datetime import date

import pytest

from springtide.language.dates import find_dates
from springtide.language.periods import find_periods
from springtide.language.quantities import find_quantities

THURSDAY = date(2025, 2, 13)


@pytest.mark.parametrize(
    "text",
    [
        "3月交割的WTI原油涨0.5%",
        "布伦特4月原油期货收涨",
        "纽约4月期金收升",
        "2月期指低水",
        "copper for February delivery closed higher",
        "March futures fell",
    ],
)
def test_the_month_of_a_contract_is_no_date(text: str) -> None:
    assert find_dates(text, THURSDAY) == []
    assert find_periods(text, THURSDAY) == []


def test_a_contract_that_expires_on_a_day_keeps_its_day() -> None:
    assert [str(day.first) for day in find_dates("2月12日到期", THURSDAY)] == ["2025-02-12"]


def test_days_of_one_month_joined_by_a_dash_are_a_stretch() -> None:
    (stretch,) = find_dates("本周（2月5-7日）", THURSDAY)
    assert (str(stretch.first), str(stretch.last)) == ("2025-02-05", "2025-02-07")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2025年首月", "span:2025-01-01..2025-01-31"),
        ("2025年的第一个月", "span:2025-01-01..2025-01-31"),
        ("首两个月", "span:2025-01-01..2025-02-28"),
        ("首三季", "span:2024-01-01..2024-09-30"),
        ("上一周", "span:2025-02-03..2025-02-09"),
        ("新年以来", "ytd"),
        ("自年中以来", "since:2024-07-01"),
        ("截至2月5日的一周内", "span:2025-01-30..2025-02-05"),
        ("从 1 月份低点", "since-low:2025-01-01..2025-01-31"),
    ],
)
def test_periods(text: str, period: str) -> None:
    assert [str(found.period) for found in find_periods(text, THURSDAY)] == [period]


@pytest.mark.parametrize(
    ("text", "comparators"),
    [
        ("最多跌180点或0.47%", ["up_to", "up_to"]),
        ("跌不足1点或0.03%", ["<", "="]),
        ("rose by more than 5% and 4%, respectively", [">", ">"]),
        ("分别升逾5%、4%", [">", ">"]),
        ("逾5%、4%，分别升", [">", ">"]),
        ("rose more than 5% and 4%", [">", "="]),
        ("shares jumped past 6%", [">"]),
        ("升穿每盎司2900美元", [">"]),
        ("over the past 5 days", ["="]),
    ],
)
def test_a_hedge_holds_for_what_restates_it_or_is_listed_with_it(
    text: str, comparators: list[str]
) -> None:
    assert [found.comparator for found in find_quantities(text)] == comparators
