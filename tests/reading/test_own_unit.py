"""Changes without a unit, figures of a day just named, and stretches that two readings count."""

from __future__ import annotations

from datetime import date

import pytest

from springtide.claims.model import Claim
from springtide.language.dates import find_dates
from springtide.language.periods import find_periods
from springtide.language.types import Period
from springtide.metrics.families.changes import PctChange, PeriodReturn
from springtide.reading.document import read_document
from springtide.reading.read import read_claims

DAY = date(2025, 2, 14)


def claims(text: str, day: date = DAY) -> list[Claim]:
    return read_claims(read_document(text), day)


def changes(text: str) -> list[tuple[str, object, object]]:
    return [
        (one.subject, one.value, getattr(one.params, "unit", ""))
        for one in claims(text)
        if one.metric == "pct_change"
    ]


def test_a_column_of_changes_has_the_prices_own_unit() -> None:
    table = (
        "| Market | Close | Net Chng | Market | Close | Net Chng |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
        "| DJIA | 44711.43 | 342.87 | NIKKEI\\*\\* | 39461.47 | 497.77 |\n"
        "| S&P 500 | 6115.07 | 63.10 | KOSPI\\*\\* | 2583.17 | 34.78 |\n"
    )
    assert changes(table) == [
        ("DJIA", 342.87, "points"),
        ("N225", 497.77, "points"),
        ("SPX", 63.1, "points"),
        ("KOSPI", 34.78, "points"),
    ]


def test_a_level_and_a_percentage_tell_a_change_between_them() -> None:
    rows = (
        "```\n"
        "COMPANY          SYMBOL      VOLUME      LAST   CHANGE   PERCENT\n"
        "NVIDIA             NVDA  215,926,000    135.29     4.15      3.16\n"
        "Tesla             TSLA   76,354,000    355.94    19.43      5.77\n"
        "```\n"
    )
    assert ("NVDA", 4.15, "points") in changes(rows)
    assert ("TSLA", 19.43, "points") in changes(rows)


def test_a_figure_that_was_cut_off_is_no_change() -> None:
    assert changes("截至收盘，沪指涨0.56%，深成指涨0.5...") == [("SSE", 0.56, "%")]


@pytest.mark.parametrize(
    ("words", "value", "price"),
    [
        ("恒指曾跌最多1.13%，是2月5日後最大跌幅，當日跌幅為1.79%。", -1.79, "low"),
        ("恒指曾升最多1.59%，是2月12日後最大升幅，當日升幅為2.65%。", 2.65, "high"),
    ],
)
def test_that_day_is_the_day_just_named(words: str, value: float, price: str) -> None:
    (claim,) = [one for one in claims(words) if one.value == value]
    assert claim.params == PctChange(price)  # type: ignore[arg-type]
    assert claim.as_of == (date(2025, 2, 5) if price == "low" else date(2025, 2, 12))


def test_between_two_days_the_close_of_the_first_may_be_the_base() -> None:
    (claim,) = claims("1月13日至2月7日期间，恒生指数上涨了12%。")
    assert claim.params == PeriodReturn(Period("span", date(2025, 1, 13), date(2025, 2, 7)))
    later = PeriodReturn(Period("span", date(2025, 1, 14), date(2025, 2, 7)))
    assert later in [one.params for one in claim.others]


def test_days_in_digits_stand_beside_chinese_words_and_end_a_stretch() -> None:
    assert [one.first for one in find_dates("截至2025-02-07收盘", DAY)] == [date(2025, 2, 7)]
    (stretch,) = find_periods("期间(2025/02/03-2025/02/07)上涨", DAY)
    assert str(stretch.period) == "span:2025-02-03..2025-02-07"
    assert find_dates("v1.2025.02.03", DAY) == []


def test_a_high_since_the_listing_is_one_of_all_time() -> None:
    (claim,) = [
        one for one in claims("小米創上市新高，見44.6元。") if one.metric == "high_low_record"
    ]
    assert claim.params.lookback == Period("all")  # type: ignore[attr-defined]
