"""Days, periods and moments: what a statement is about in time."""

from __future__ import annotations

from datetime import date

import pytest

from springtide.claims.model import Claim
from springtide.metrics.families.changes import PctChange, PeriodReturn
from springtide.metrics.families.levels import CloseLevel, IntradayLevel
from springtide.metrics.families.records import HighLowRecord

MISREAD = pytest.mark.xfail(strict=True, reason="misread today, see docs/evidence/reading.md")


def article(stamp: str, body: str) -> str:
    return f"---\ndate: {stamp}\n---\n{body}"


def only(claims: list[Claim]) -> Claim:
    (claim,) = claims
    return claim


@pytest.mark.parametrize(
    ("stamp", "live"),
    [
        ("2025-02-13 12:20:00", True),  # the Hong Kong session runs
        ("2025-02-13 09:20:00", True),  # its opening auction
        ("2025-02-13 16:30:00", False),
        ("2025-02-13", False),
    ],
)
def test_prices_of_a_running_session_are_live(read, stamp: str, live: bool) -> None:  # type: ignore[no-untyped-def]
    claim = only(read(article(stamp, "恒指升1%。"), None))
    assert (claim.as_of, claim.live) == (date(2025, 2, 13), live)


def test_a_running_level_is_one_of_the_session(read) -> None:  # type: ignore[no-untyped-def]
    claim = only(read(article("2025-02-13 12:20:00", "恒指收报22191点。"), None))
    assert (claim.metric, claim.params, claim.live) == (
        "intraday_level",
        IntradayLevel("last"),
        True,
    )


def test_the_open_is_final_at_once(read) -> None:  # type: ignore[no-untyped-def]
    claim = only(read(article("2025-02-13 10:20:00", "恒指高开100点。"), None))
    assert (claim.params, claim.live) == (PctChange("open", "points"), False)


def test_a_move_told_with_the_opening_may_be_that_of_the_open(read) -> None:  # type: ignore[no-untyped-def]
    stamp = "2025-02-13 09:40:00"
    claims = read(article(stamp, "恒指高开0.63%，腾讯(00700)涨2.27%，小米(01810)涨2%。"), None)
    others = {one.subject: [o.params for o in one.others if not o.live] for one in claims}
    assert PctChange("open") in others["0700.HK"]
    assert PctChange("open") not in others["1810.HK"]  # many prices of a session round to 2%
    (noon,) = read(article(stamp, "腾讯(00700)涨2.27%。"), None)
    assert PctChange("open") not in [one.params for one in noon.others]


def test_a_record_set_in_a_running_session_is_one_within_it(read) -> None:  # type: ignore[no-untyped-def]
    claim = only(read(article("2025-02-13 10:20:00", "恒指创四个月新高。"), None))
    assert isinstance(claim.params, HighLowRecord)
    assert (claim.params.basis, claim.live) == ("intraday", False)


def test_yesterday_is_over_while_today_runs(read) -> None:  # type: ignore[no-untyped-def]
    claim = only(read(article("2025-02-13 10:20:00", "恒指昨日收报21857点。"), None))
    assert (claim.as_of, claim.params, claim.live) == (date(2025, 2, 12), CloseLevel(), False)


@pytest.mark.parametrize(
    "text",
    [
        "英伟达盘前涨2%。",
        "恒指半日升333点。",
        "Nvidia rose 2% in premarket trading.",
        "By 08:08 GMT, the FTSE 100 rose 0.2%.",
    ],
)
def test_moments_in_words(read, text: str) -> None:  # type: ignore[no-untyped-def]
    assert only(read(text)).live


def test_a_morning_report_speaks_of_the_session_before(read) -> None:  # type: ignore[no-untyped-def]
    claim = only(read(article("2025-02-13 07:05:00", "纳指收跌0.3%。"), None))
    assert (claim.subject, claim.as_of, claim.live) == ("IXIC", date(2025, 2, 12), False)


def test_on_a_sunday_the_friday_is_meant(read) -> None:  # type: ignore[no-untyped-def]
    assert only(read(article("2025-02-09 18:00:00", "恒指升1.16%。"), None)).as_of == date(
        2025, 2, 7
    )


@MISREAD
def test_a_period_of_another_clause_does_not_govern(read) -> None:  # type: ignore[no-untyped-def]
    claim = only(read("俄罗斯上月石油出口减少，布伦特原油升1.4%。"))
    assert (claim.metric, claim.value) == ("pct_change", 1.4)


def test_a_period_that_opens_a_sentence_governs_all_of_it(read) -> None:  # type: ignore[no-untyped-def]
    claims = read("今年以来，恒指上涨8%，科指上涨17%。")
    assert [(c.metric, c.subject, c.value) for c in claims] == [
        ("period_return", "HSI", 8.0),
        ("period_return", "HSTECH", 17.0),
    ]
    assert all(isinstance(c.params, PeriodReturn) and str(c.params.period) == "ytd" for c in claims)


def test_the_best_in_ten_years_is_no_period(read) -> None:  # type: ignore[no-untyped-def]
    claims = read("恒指本周涨5.2%，创十年来最佳单周表现。")
    assert [(c.metric, c.value) for c in claims] == [("period_return", 5.2)]


def test_highest_since_a_year_may_be_topped_in_that_year(read) -> None:  # type: ignore[no-untyped-def]
    claim = only(read("阿里巴巴港股创2022年以来新高。"))
    assert isinstance(claim.params, HighLowRecord)
    assert claim.params.lookback.first == date(2022, 12, 31)


def test_a_record_with_its_price_is_one_within_the_session(read) -> None:  # type: ignore[no-untyped-def]
    claims = read("小米创52周新高，见44.3元，收报42.55元。")
    assert isinstance(claims[0].params, HighLowRecord)
    assert claims[0].params.basis == "intraday"


def test_opening_level_and_extreme_level(read) -> None:  # type: ignore[no-untyped-def]
    claims = read("恒指高开90点报21223点，最多升385点报21518点。")
    levels = [(c.params, c.value) for c in claims if c.metric == "intraday_level"]
    assert levels == [(IntradayLevel("open"), 21223.0), (IntradayLevel("high"), 21518.0)]


def test_a_crossed_level_is_a_bound(read) -> None:  # type: ignore[no-untyped-def]
    claim = only(read("恒指收市站上22000点。"))
    assert claim.comparator == ">"
    assert claim.within is not None
    assert 22345.0 in claim.within
    assert 21999.0 not in claim.within


def test_signs(read) -> None:  # type: ignore[no-untyped-def]
    claims = read("沪指冲高回落收涨1%，深成指跌超2%。")
    assert [(c.value, c.comparator) for c in claims if c.metric == "pct_change"] == [
        (1.0, "="),
        (-2.0, "<"),
    ]
