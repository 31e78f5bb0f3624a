"""What calendars do not know: days before 1970, listed exceptions, and days that a row repeats."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import exchange_calendars as xcals
import numpy as np
import pytest

from springtide.cli.run import run
from springtide.errors import DataError
from springtide.market import calendars
from springtide.market.ingest import import_bars
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.metrics.asof import check_close
from springtide.metrics.registry import measure


@pytest.mark.parametrize(
    ("key", "subject", "day", "value"),
    [
        ("pct_change", "SPX", date(1969, 12, 26), 0.7787),
        ("pct_change", "HSI", date(1993, 10, 4), 0.8872),
        ("rsi", "SPX", date(1968, 8, 1), 32.54),
        ("moving_average", "SPX", date(1965, 8, 2), 85.4082),
    ],
)
def test_a_holiday_that_the_calendar_does_not_know_is_no_gap(
    market_lake: Lake, key: str, subject: str, day: date, value: float
) -> None:
    view = View(market_lake, day)
    measurement = measure(key, view, view.instrument(subject))
    assert measurement.missing == ""
    assert measurement.value == pytest.approx(value, abs=5e-5 if value < 32 or value > 33 else 5e-3)


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        (date(1997, 5, 14), True),  # Buddha's Birthday, a holiday since 1999
        (date(1998, 5, 4), True),
        (date(1999, 5, 24), True),  # it fell on a Saturday
        (date(2000, 5, 11), False),
        (date(1974, 10, 1), False),
        (date(1993, 10, 1), False),
        (date(1980, 2, 15), True),
        (date(1980, 2, 19), False),
        (date(1997, 2, 6), False),
        (date(2023, 9, 1), False),
    ],
)
def test_listed_exceptions_of_hong_kong(day: date, open_: bool) -> None:
    assert calendars.is_session("XHKG", day) is open_


def test_every_close_of_the_hang_seng_is_a_session_from_1970_on(market_lake: Lake) -> None:
    dates = View(market_lake, date(2026, 8, 21)).bars("HSI").dates
    dates = dates[dates >= np.datetime64("1970-01-01")]
    odd = dates[~calendars.on_sessions("XHKG", dates)]
    # Chung Yeung of 1971 and Ching Ming of 1979 have closes in the one source of that time.
    assert odd.tolist() == [date(1971, 10, 27), date(1979, 4, 5)]


def test_true_sentences_of_a_day_that_was_taken_for_a_holiday(
    market_lake: Lake, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article = tmp_path / "note.txt"
    # Closes of 13 and 14 May 1997: 13,906.50 and 14,153.60, up 1.78%.
    article.write_text(
        "The Hang Seng Index rose 1.78% on 14 May 1997. It closed at 14,153.60.\n", encoding="utf-8"
    )
    words = ["check", str(article), "--as-of", "1997-05-14", "--out", str(tmp_path / "out")]
    assert run([*words, "--lake", str(market_lake.address)]) == 0
    assert "supported 2 · ✗ refuted 0" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("day", "before"),
    [(date(1998, 8, 17), date(1998, 8, 14)), (date(2001, 10, 25), date(2001, 10, 24))],
)
def test_a_row_that_repeats_the_day_before_a_holiday_is_told_as_such(
    market_lake: Lake, day: date, before: date
) -> None:
    view = View(market_lake, day)
    hsi = view.instrument("HSI")
    assert day in view.repeated("HSI")
    assert view.bars("HSI").dates[-1] == np.datetime64(before)
    with pytest.raises(DataError, match=f"repeats the close of {before}: it was not a session"):
        check_close(view, hsi)
    measurement = measure("pct_change", view, hsi)
    assert measurement.missing == f"no close of HSI on {day}"
    assert day not in View(market_lake, before).repeated("HSI")


def test_a_close_unchanged_on_a_session_is_a_bar(tmp_path: Path) -> None:
    lake = _lake(tmp_path, {"2025-02-12": 100, "2025-02-13": 100, "2025-02-14": 100})
    assert len(View(lake, date(2025, 2, 14)).bars("HSI")) == 3
    assert not View(lake, date(2025, 2, 14)).repeated("HSI")


def test_a_filled_week_is_left_out_and_said_at_import(tmp_path: Path) -> None:
    # 29 to 31 January 2025 were holidays in Hong Kong, 30 January with a close of its own here.
    closes = {"2025-01-28": 100.0, "2025-01-29": 100.0, "2025-01-30": 101.0, "2025-01-31": 101.0}
    lake = _lake(tmp_path, closes, told := [])
    view = View(lake, date(2025, 1, 31))
    assert view.bars("HSI").dates.tolist() == [date(2025, 1, 28), date(2025, 1, 30)]
    assert view.repeated("HSI") == (date(2025, 1, 29), date(2025, 1, 31))
    said = " ".join(told)
    assert "2 rows repeat the close before on weekdays that are no session" in said
    assert "2025-01-29, 2025-01-31; they are stored, and left out of every measurement" in said
    assert "1 rows are on weekdays that are no session" in said
    assert view.coverage("HSI", date(2025, 1, 28), date(2025, 1, 31)).complete


def test_a_row_makes_a_session_and_beyond_the_calendar_long_gaps_are_gaps(tmp_path: Path) -> None:
    days = np.arange(np.datetime64("1968-01-02"), np.datetime64("1970-02-28"))
    days = days[np.is_busday(days) & ~np.isin(days, calendars_closed())]
    held = days[(days < np.datetime64("1969-03-01")) | (days > np.datetime64("1969-03-20"))]
    lake = _lake(tmp_path, {str(day): 100 + k for k, day in enumerate(held)}, symbol="SPX")
    view = View(lake, date(1970, 2, 27))
    whole = view.coverage("SPX", date(1968, 1, 2), date(1970, 2, 27))
    assert [str(day) for day in whole.missing[:2]] == ["1969-03-03", "1969-03-04"]
    assert len(whole.missing) == 14
    assert view.coverage("SPX", date(1968, 1, 2), date(1969, 2, 28)).complete
    # Across the day from which the calendar is known its word counts for what lies after it.
    assert view.coverage("SPX", date(1969, 4, 1), date(1970, 2, 27)).complete
    early = view.coverage("SPX", date(1967, 1, 2), date(1968, 2, 1))
    assert early.expected is None
    assert not early.complete


def calendars_closed() -> np.ndarray:
    """New York's holidays of January and February 1970."""
    return np.array(["1970-01-01", "1970-02-23"], "datetime64[D]")


def _lake(
    folder: Path, closes: dict[str, float], told: list[str] | None = None, symbol: str = "HSI"
) -> Lake:
    lines = ["date,close", *(f"{day},{close}" for day, close in closes.items())]
    (folder / "closes.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    lake = Lake.create(folder / "lake")
    report = import_bars(lake, [folder / "closes.csv"], symbol=symbol, today=date(2026, 1, 1))
    assert not report.errors
    if told is not None:
        told += report.files[0].warnings
    return lake


@pytest.mark.parametrize("calendar", ["CONNECT_SOUTH", "CONNECT_NORTH"])
def test_stock_connect_trades_when_both_markets_do(calendar: str) -> None:
    for year, count in ((2024, 233), (2025, 237)):  # as the exchanges counted
        days = calendars.sessions(calendar, date(year, 1, 1), date(year, 12, 31))
        assert days is not None
        assert len(days) == count
    assert calendars.reach(calendar)[0] == date(2023, 4, 24)
    assert calendars.is_session(calendar, date(2023, 4, 21)) is None
    assert calendars.is_session(calendar, date(2025, 10, 2)) is False  # mainland holiday
    assert calendars.is_session(calendar, date(2025, 5, 5)) is False  # Hong Kong and mainland
    assert calendars.previous_session(calendar, date(2025, 2, 5)) == date(2025, 1, 27)
    at = datetime(2025, 10, 3, 12, tzinfo=UTC)
    assert calendars.last_closed(calendar, at) == date(2025, 9, 30)


def test_southbound_rows_are_the_sessions_of_its_calendar(shared: Path) -> None:
    import polars as pl

    rows = pl.read_csv(shared / "market/flow/stock_connect_daily.csv", try_parse_dates=True)
    rows = rows.filter(pl.col("southbound_net").is_not_null())
    days = rows["date"].to_numpy().astype("datetime64[D]")
    for year in (2024, 2025):
        first, last = date(year, 1, 1), date(year, 12, 31)
        known = calendars.sessions("CONNECT_SOUTH", first, last)
        held = days[(days >= np.datetime64(first)) & (days <= np.datetime64(last))]
        assert known is not None
        assert known.tolist() == held.tolist()


def test_days_to_come_count_known_sessions_first() -> None:
    last = calendars.reach("XHKG")[1]
    made = date(last.year, 12, 1)
    known = xcals.get_calendar("XHKG", end=f"{last.year}-12-31").sessions_in_range(
        f"{last.year}-12-02", f"{last.year}-12-31"
    )
    inside = calendars.session_after("XHKG", made, len(known))
    assert inside == known[-1].date()
    beyond = calendars.session_after("XHKG", made, len(known) + 5)
    expected = np.busday_offset(np.datetime64(last), 5, roll="backward").item()
    assert beyond == expected
    assert calendars.session_after("XHKG", made, 0) == made
    assert calendars.session_after("XNYS", date(1969, 12, 30), 2) == date(1970, 1, 2)
    assert calendars.session_after("XNYS", date(1969, 12, 27), 0) == date(1969, 12, 27)
