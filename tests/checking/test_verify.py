"""Verdicts and nearest readings on a handful of prices that can be worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from springtide.checking.check import check_article
from springtide.checking.nearest import MOST_READINGS, SESSIONS_BACK
from springtide.checking.verify import verify
from springtide.checking.views import Views
from springtide.claims.model import Claim, Verdict
from springtide.language.types import Interval, Period
from springtide.market.ingest import import_bars, import_observations
from springtide.market.lake import Lake
from springtide.metrics.families.changes import PctChange, PeriodReturn
from springtide.metrics.families.levels import CloseLevel, IntradayLevel
from springtide.metrics.families.records import HighLowRecord
from springtide.reading.document import read_document

# New York sessions over a turn of the year; closes 100, 110, 88, 99, 120, 114
BARS = """date,open,high,low,close,volume
2023-12-28,95,101,94,96,1000
2023-12-29,96,104,95,100,1100
2024-01-02,101,112,99,110,1200
2024-01-03,109,111,87,88,1300
2024-01-04,90,100,85,99,1400
2024-01-05,100,121,98,120,1500
2024-01-08,123,126,113,114,1600
"""
LAST = date(2024, 1, 8)


# What a house published before the last session: 10% above its close.
TARGETS = """subject,field,date,value,unit,text,source,known_at
SPX,target_price,2024-01-03,125.4,points,,House A,
"""


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    folder = tmp_path_factory.mktemp("verify")
    (folder / "spx.csv").write_text(BARS)
    (folder / "targets.csv").write_text(TARGETS)
    made = Lake.create(str(folder / "lake"))
    assert not import_bars(made, [folder / "spx.csv"], symbol="SPX").errors
    assert not import_observations(made, [folder / "targets.csv"]).errors
    return made


@pytest.fixture(scope="module")
def views(lake: Lake) -> Views:
    return Views(lake)


def change(value: float, half: float = 0.05, **kwargs: object) -> Claim:
    claim = Claim(
        "pct_change",
        "SPX",
        PctChange(),
        LAST,
        value=value,
        unit="%",
        within=Interval(value - half, value + half),
        quote="x",
    )
    return replace(claim, **kwargs)  # type: ignore[arg-type]


def ytd(value: float) -> Claim:
    return replace(
        change(value), metric="period_return", params=PeriodReturn(Period("ytd")), period="year"
    )


def level(value: float, unit: str = "points") -> Claim:
    return Claim(
        "close_level", "SPX", CloseLevel(), LAST, value=value, unit=unit,
        within=Interval(value - 0.5, value + 0.5), quote="x",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "label"),
    [
        (change(-5.0), "supported"),  # 114 / 120 = -5%
        (change(5.0), "refuted"),
        (change(10.0, as_of=date(2024, 1, 2)), "supported"),  # 110 / 100
        (ytd(14.0), "supported"),  # 114 / 100
        (ytd(26.0), "refuted"),
        (level(114.0), "supported"),
        (level(120.0), "refuted"),
        # what cannot be told is not refuted
        (level(120.0, "USD"), "not_enough_information"),
        (change(5.0, subject="Acme"), "not_enough_information"),
        (change(5.0, subject="NVDA"), "not_enough_information"),
        (change(5.0, as_of=date(2023, 12, 28)), "not_enough_information"),
        (change(5.0, live=True), "not_enough_information"),
        (
            replace(level(118.0), metric="intraday_level", params=IntradayLevel("last"), live=True),
            "not_enough_information",
        ),
    ],
)
def test_labels(views: Views, claim: Claim, label: str) -> None:
    assert verify(claim, views).label == label


def test_the_reason_names_what_is_missing(views: Views) -> None:
    assert "Acme" in verify(change(5.0, subject="Acme"), views).reason
    assert "USD" in verify(level(120.0, "USD"), views).reason
    assert "moment" in verify(change(5.0, live=True), views).reason
    assert "时刻" in verify(change(5.0, live=True), views, "zh-cn").reason


def record(period: str) -> Claim:
    lookback = Period("last", count=3, unit="sessions")
    return Claim("high_low_record", "SPX", HighLowRecord(lookback), LAST, quote="x", period=period)


def test_a_high_since_no_stated_day_is_not_refuted(views: Views) -> None:
    """114 is below 120 of the session before: no high of three sessions."""
    assert verify(record("three-session"), views).label == "refuted"
    vague = verify(record(""), views)
    assert vague.label == "not_enough_information"
    assert "since when" in vague.reason


@pytest.mark.parametrize(
    "text",
    [
        "The S&P 500 could rise another 10%.",
        "The S&P 500 could rise another 30%.",
        "标普500指数有望再升10%。",
        "标普500指数还有30%的上涨空间。",
        # the target beside it is another house's
        "Morgan Stanley has a target of 5,000 on the S&P 500. The S&P 500 could rise another 10%, "
        "said Jane Fox, chief strategist at Blue Hill.",
    ],
)
def test_a_move_to_come_is_not_judged_by_somebody_elses_target(lake: Lake, text: str) -> None:
    verdicts = check_article(read_document(text), lake, LAST)
    (verdict,) = [one for one in verdicts if one.claim.metric == "implied_move"]
    assert verdict.label == "not_enough_information"
    assert "no target" in verdict.reason
    assert verdict.measurement is None


@pytest.mark.parametrize(
    ("percent", "label"),
    [
        (10, "supported"),
        (30, "refuted"),
    ],
)
def test_a_move_to_come_is_judged_by_its_own_target(lake: Lake, percent: int, label: str) -> None:
    """125.4 / 114 - 1 = 10%, whatever has been published."""
    text = f"The S&P 500 has a target of 125.4 points, {percent}% upside."
    verdicts = check_article(read_document(text), lake, LAST)
    (verdict,) = [one for one in verdicts if one.claim.metric == "implied_move"]
    assert verdict.label == label


def changes_of(verdict: Verdict) -> list[tuple[str, ...]]:
    return [reading.changes for reading in verdict.nearest]


def test_the_session_before_is_found(views: Views) -> None:
    """120 / 99 - 1 = 21.2% is Friday's."""
    verdict = verify(change(21.2), views)
    assert verdict.label == "refuted"
    assert changes_of(verdict) == [("as of 5 January 2024",)]
    assert verdict.nearest[0].measurement.value == pytest.approx(100 * (120 / 99 - 1), abs=1e-9)


def test_the_high_of_the_session_is_found(views: Views) -> None:
    """126 / 120 - 1 = 5% is what Monday's high reached; its close, turned round, is 5% too."""
    assert set(changes_of(verify(change(5.0), views))) == {
        ("by the session's high",),
        ("in the other direction",),
    }


def test_never_a_later_session(views: Views) -> None:
    """-5% is Monday's: no reading of Friday looks ahead to it."""
    verdict = verify(change(-5.0, as_of=date(2024, 1, 5)), views)
    assert verdict.label == "refuted"
    assert all(reading.claim.as_of <= date(2024, 1, 5) for reading in verdict.nearest)
    assert all("8 January" not in words for words in sum(changes_of(verdict), ()))


def test_the_low_of_the_year_is_found_for_a_year_to_date_move(views: Views) -> None:
    """114 / 88 - 1 = 29.5% is since the lowest close of the year."""
    verdict = verify(ytd(29.5), views)
    assert changes_of(verdict)[0] == ("since the low of the year",)


def test_of_sessions_that_pass_a_bound_the_one_that_passes_it_by_less_is_nearer(
    views: Views,
) -> None:
    """More than 6%: +10.0% on 2 January, +12.5% on the 4th, +21.2% on the 5th, the nearest in time.

    A multiple by which a bound is passed weighs as much as twenty sessions do.
    """
    claim = replace(change(6.0), comparator=">", within=Interval(6.0, float("inf"), low_open=True))
    verdict = verify(claim, views)
    assert changes_of(verdict) == [
        ("as of 2 January 2024",),
        ("as of 4 January 2024",),
        ("as of 5 January 2024",),
    ]
    passed = (10.0 / 6, 12.5 / 6, 100 * (120 / 99 - 1) / 6)
    expected = [10 + back + 20 * (by - 1) for back, by in zip((4, 2, 1), passed, strict=True)]
    assert [reading.distance for reading in verdict.nearest] == pytest.approx(expected)


def test_a_bound_below_is_passed_by_less_too(views: Views) -> None:
    """Less than -1%: the low of 98 on 5 January is 1.01% below the close of 99 before it."""
    claim = replace(
        change(-1.0, as_of=date(2024, 1, 5)),
        comparator="<",
        within=Interval(-float("inf"), -1.0, high_open=True),
    )
    verdict = verify(claim, views)
    assert verdict.label == "refuted"
    distances = {reading.changes: reading.distance for reading in verdict.nearest}
    assert distances["by the session's low",] == pytest.approx(11 + 20 * (100 / 99 - 1))


def test_one_session_takes_one_change_only(views: Views) -> None:
    """-11 / 88 turned round and moved a day is no reading: two changes explain anything."""
    verdict = verify(change(-12.5), views)  # +12.5% on 4 January
    assert verdict.label == "refuted"
    assert verdict.nearest == ()


def test_readings_are_few_and_near(views: Views) -> None:
    for value in (-25.0, -20.0, -5.0, 1.0, 10.0, 12.5, 20.0, 25.0, 26.0, 43.2):
        for claim in (change(value), ytd(value)):
            nearest = verify(claim, views).nearest
            assert len(nearest) <= MOST_READINGS
            assert [r.distance for r in nearest] == sorted(r.distance for r in nearest)
            for reading in nearest:
                assert 1 <= len(reading.changes) <= 2
                assert (LAST - reading.claim.as_of).days <= SESSIONS_BACK + 6


# The highest close is 200; the last session and the one before it are far from it or less so.
@pytest.mark.parametrize(
    ("closes", "label"),
    [
        ((200, 190, 198), "supported"),  # 1% away: near, by our own measure
        ((200, 180, 182), "not_enough_information"),  # 9% away: near is no number
        ((200, 179, 179), "refuted"),  # 10.5% away
        ((200, 188, 170), "not_enough_information"),  # fell back after it was within 6%
        ((200, 178, 190), "not_enough_information"),
        ((100, 112, 112), "refuted"),  # of a low: 12% above the lowest
    ],
)
def test_near_a_record_is_refuted_only_of_a_price_that_is_far_from_it(
    tmp_path: Path, closes: tuple[int, ...], label: str
) -> None:
    days = ("2024-01-02", "2024-01-03", "2024-01-04", "2024-01-05")
    closes = (closes[0], *closes)  # one session more than the window
    rows = "\n".join(f"{day},{c},{c},{c},{c},1" for day, c in zip(days, closes, strict=True))
    (tmp_path / "spx.csv").write_text(f"date,open,high,low,close,volume\n{rows}\n")
    lake = Lake.create(str(tmp_path / "lake"))
    assert not import_bars(lake, [tmp_path / "spx.csv"], symbol="SPX").errors
    side = "low" if closes[0] == min(closes) else "high"
    params = HighLowRecord(Period("last", count=3, unit="sessions"), side, "close", near=True)
    claim = Claim(
        "high_low_record", "SPX", params, date(2024, 1, 5), quote="x", period="three-session"
    )
    verdict = verify(claim, Views(lake))
    assert verdict.label == label, verdict.reason
