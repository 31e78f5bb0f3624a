"""The example article against the published figures: every verdict worked by hand.

Closes (HKEX, Hang Seng Indexes, NYSE/Nasdaq): 9988.HK 104.90, 113.80, 116.70 on 11, 12 and 13
February 2025, 78.10 on 13 January; 0981.HK 47.95 and 46.00; HSI 21,857.92 and 21,814.37; HSTECH
4,468.11 on 31 December 2024, 4,221.92 on 13 January, 5,281.18 and 5,235.28 on 12 and 13 February,
5,118.02 on 28 February 2022; KC 16.94 on 7 February and 18.01 on 12 February.
"""

from __future__ import annotations

from datetime import date

import pytest

from springtide.checking.check import check_file
from springtide.claims.model import Verdict
from springtide.examples import articles
from springtide.language.types import Language
from springtide.market.lake import Lake

S, R, N = "supported", "refuted", "not_enough_information"

# metric, subject, value as stated, verdict on the bundled figures, and on complete prices
EXPECTED = [
    ("pct_change", "9988.HK", 8.0, S, S),  # 113.8 / 104.9 = +8.48%
    ("pct_change", "9988.HK", 4.0, S, S),  # high 124.3 / 113.8 = +9.2%
    ("pct_change", "9988.HK", 2.55, S, S),
    ("period_return", "9988.HK", 50.0, S, S),  # 116.7 / 78.1 = +49.4%, "nearly"
    ("pct_change", "0981.HK", -4.07, S, S),
    ("close_level", "HSI", 21814.37, S, S),
    ("pct_change", "HSI", -0.2, S, S),
    ("high_low_record", "HSTECH", 3.0, N, N),  # no high of that day is published
    ("intraday_level", "HSTECH", None, S, S),  # 5,235.28 is above 5,118.02
    ("period_return", "HSTECH", 25.0, R, R),  # +17.17%
    ("reversal", "HSTECH", None, N, N),
    ("pct_change", "HSTECH", -1.0, S, S),  # -0.87%, "nearly"
    ("phase", "HSI", 20.0, N, S),
    ("close_level", "KC", 18.0, S, S),
    ("target_price", "KC", 13.0, N, N),  # on file only as quoted by the article itself
    ("implied_move", "KC", -23.0, R, R),  # 13 / 18.01 = -27.8%
    ("overbought", "HSI", None, N, S),  # RSI(14) 72.45
]


MOST_OF_THEM = 14
"""Of the 17 rows at least so many are read with their verdict; no other verdict is given to any."""

Row = tuple[object, ...]


def assert_verdicts(verdicts: tuple[Verdict, ...], expected: dict[Row, str]) -> None:
    """Most rows have their verdict, and what is supported or refuted is so in the table."""
    made = {(v.claim.metric, v.claim.subject, v.claim.value): v.label for v in verdicts}
    assert sum(made.get(row) == label for row, label in expected.items()) >= MOST_OF_THEM, made
    decided = {row: label for row, label in made.items() if label in (S, R)}
    assert {row: expected.get(row, label) for row, label in decided.items()} == decided


@pytest.mark.parametrize("language", ["en", "zh-cn"])
def test_verdicts_on_the_bundled_figures(bundled_lake: Lake, language: Language) -> None:
    verdicts = check_file(articles()[language], bundled_lake).verdicts
    assert_verdicts(verdicts, {(m, s, v): sheet for m, s, v, sheet, _ in EXPECTED})


@pytest.mark.shared
@pytest.mark.parametrize("language", ["en", "zh-cn"])
def test_verdicts_on_complete_prices(market_lake: Lake, language: Language) -> None:
    verdicts = check_file(articles()[language], market_lake).verdicts
    assert_verdicts(verdicts, {(m, s, v): full for m, s, v, _, full in EXPECTED})


def test_nearest_reading_of_the_year_to_date_claim(bundled_lake: Lake) -> None:
    verdict = by_metric(bundled_lake, "period_return", "HSTECH")
    assert verdict.measurement is not None
    assert verdict.measurement.value == pytest.approx(17.17, abs=0.005)
    best = verdict.nearest[0]
    assert "since the low of the year" in best.changes
    assert best.claim.as_of == date(2025, 2, 12)
    assert best.measurement.value == pytest.approx(100 * (5281.18 / 4221.92 - 1), abs=1e-9)
    low = best.measurement.evidence.rows[0]
    assert (low.date, low.value) == (date(2025, 1, 13), 4221.92)


def test_target_and_price_refute_the_implied_move(bundled_lake: Lake) -> None:
    verdict = by_metric(bundled_lake, "implied_move", "KC", "zh-cn")
    assert "13 / 18 - 1 = -27.8%" in verdict.reason
    best = verdict.nearest[0]
    assert best.claim.as_of == date(2025, 2, 7)
    assert best.measurement.value == pytest.approx(100 * (13 / 16.94 - 1), abs=1e-9)


def by_metric(lake: Lake, metric: str, subject: str, language: Language = "en") -> Verdict:
    verdicts = check_file(articles()[language], lake).verdicts
    found = [v for v in verdicts if (v.claim.metric, v.claim.subject) == (metric, subject)]
    assert len(found) == 1
    return found[0]
