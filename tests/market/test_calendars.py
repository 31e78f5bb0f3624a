"""Calendars against what exchanges published, their reach, and the stored copy."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from springtide.errors import UnknownNameError
from springtide.market import calendars


@pytest.mark.parametrize(
    ("calendar", "year", "count"),
    [
        # Trading days by year as the exchanges count them (HKEX Fact Book, SSE, NYSE).
        ("XHKG", 2022, 246),
        ("XHKG", 2024, 246),
        ("XSHG", 2023, 242),
        ("XSHG", 2024, 242),
        ("XNYS", 2000, 252),
        ("XNYS", 2001, 248),
        ("XNYS", 2024, 252),
    ],
)
def test_sessions_a_year(calendar: str, year: int, count: int) -> None:
    days = calendars.sessions(calendar, date(year, 1, 1), date(year, 12, 31))
    assert days is not None
    assert len(days) == count


@pytest.mark.parametrize(
    ("calendar", "day", "open_"),
    [
        ("XNYS", date(2001, 9, 11), False),
        ("XNYS", date(2001, 9, 17), True),
        ("XHKG", date(2023, 9, 1), False),  # typhoon Saola
        ("XHKG", date(2023, 9, 8), False),  # black rainstorm
        ("XHKG", date(2025, 2, 13), True),
        ("XSHG", date(2025, 2, 4), False),
        ("XSHG", date(2025, 2, 5), True),
        ("24/5", date(2025, 2, 13), True),
    ],
)
def test_days_that_are_known(calendar: str, day: date, open_: bool) -> None:
    assert calendars.is_session(calendar, day) is open_


def test_beyond_its_reach_a_calendar_says_nothing() -> None:
    assert calendars.sessions("XTKS", date(1989, 1, 1), date(1990, 1, 1)) is None
    assert calendars.is_session("XSHG", date(1989, 1, 3)) is None
    assert calendars.previous_session("XSHG", date(1989, 1, 3)) is None
    assert calendars.sessions_between("XHKG", date(1950, 1, 1), date(2000, 1, 1)) is None


def test_counting_sessions() -> None:
    friday, monday = date(2025, 2, 14), date(2025, 2, 17)
    assert calendars.sessions_between("XHKG", friday, monday) == 1
    assert calendars.sessions_between("XHKG", monday, friday) == -1
    assert calendars.sessions_between("XHKG", friday, friday) == 0
    assert calendars.sessions_between("XHKG", friday, date(2025, 2, 16)) == 0
    assert calendars.previous_session("XHKG", monday) == friday


def test_both_ends_are_included() -> None:
    days = calendars.sessions("XHKG", date(2025, 2, 13), date(2025, 2, 14))
    assert days is not None
    assert days.tolist() == [date(2025, 2, 13), date(2025, 2, 14)]
    with pytest.raises(ValueError, match="read-only"):
        days[0] = np.datetime64("2000-01-01")


def test_an_unknown_calendar_suggests() -> None:
    with pytest.raises(UnknownNameError, match="XHKG"):
        calendars.sessions("XHKX", date(2025, 1, 1), date(2025, 2, 1))


def test_the_stored_copy_needs_neither_pandas_nor_exchange_calendars(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPRINGTIDE_CACHE", str(tmp_path))
    code = (
        "import sys; from datetime import date; from springtide.market import calendars\n"
        "print(len(calendars.sessions('XHKG', date(2024, 1, 1), date(2024, 12, 31))))\n"
        "print('pandas' in sys.modules, 'exchange_calendars' in sys.modules)"
    )
    command = [sys.executable, "-W", "ignore", "-c", code]
    cold = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    warm = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert cold == ["246", "True", "True"]
    assert warm == ["246", "False", "False"]


def test_a_damaged_or_unwritable_cache_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPRINGTIDE_CACHE", str(tmp_path))
    calendars._calendar.cache_clear()
    (tmp_path / "calendars").write_text("a file in the folder's place")
    assert calendars.is_session("XHKG", date(2025, 2, 13))
    (tmp_path / "calendars").unlink()
    calendars._calendar.cache_clear()
    assert calendars.is_session("XHKG", date(2025, 2, 13))
    (stored,) = (tmp_path / "calendars").iterdir()
    stored.write_bytes(b"\x93NUMPY torn")
    calendars._calendar.cache_clear()
    assert calendars.is_session("XHKG", date(2025, 2, 13))
    calendars._calendar.cache_clear()


def test_the_bar_of_an_open_session_is_not_final() -> None:
    # New York closes at 16:00, that is 21:00 UTC in winter.
    at = datetime(2025, 2, 13, 21, 15, tzinfo=UTC)
    assert calendars.last_closed("XNYS", at) == date(2025, 2, 12)
    assert calendars.last_closed("XNYS", at.replace(minute=45)) == date(2025, 2, 13)
    assert calendars.last_closed("XNYS", datetime(2025, 2, 16, 12, tzinfo=UTC)) == date(2025, 2, 14)
