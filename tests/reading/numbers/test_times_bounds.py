"""Properties of time: nothing stated is the close of a session that had not closed."""

from __future__ import annotations

import warnings
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading.numbers.test_times import when

TEXTS = (
    "{name}收报{level}点，升1.7%。",
    "{name}周五升1.7%，报{level}点。",
    "{name}2月13日收市升1.7%，报{level}点。",
    "{name}今日收涨1.7%，报{level}点。",
    "{name}上周升1.7%，报{level}点。",
    "{name}今年以来升1.7%，报{level}点。",
    "{name} closed up 1.7% at {level} points on Friday.",
    "{name} rose 1.7% to {level} points.",
)
MARKETS = {"XHKG": "HSI", "XNYS": "SPX", "XSHG": "SSE", "XTKS": "N225"}
FIRST = datetime(2025, 1, 20, tzinfo=UTC)


@cache
def closes(market: str) -> list[tuple[datetime, str]]:
    """Closing times of the sessions around, by the exchange's own calendar."""
    xcals = pytest.importorskip("exchange_calendars")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pandas deprecations inside exchange_calendars
        calendar = xcals.get_calendar(market, start="2024-12-02", end="2025-03-31")
        return [(close.to_pydatetime(), str(day.date())) for day, close in calendar.closes.items()]


@settings(max_examples=150, deadline=None)
@given(
    text=st.sampled_from(TEXTS),
    market=st.sampled_from(sorted(MARKETS)),
    minutes=st.integers(0, 30 * 24 * 60),
    number=st.sampled_from(("1.7", "5432.1")),
)
def test_no_stated_close_is_of_a_session_that_had_not_closed(
    text: str, market: str, minutes: int, number: str
) -> None:
    moment = FIRST + timedelta(minutes=minutes)
    claim = ("price_change", 1) if number == "1.7" else ("price_level", 0)
    written = text.format(name="Index", level="5432.1")
    read = when(written, moment.isoformat(), number, *claim, MARKETS[market])
    last = max(day for close, day in closes(market) if close <= moment)
    for one in (read, *read.others):
        if one.basis == "close" and one.modality == "stated":
            assert str(one.as_of) <= last


@settings(max_examples=60, deadline=None)
@given(text=st.sampled_from(TEXTS), minutes=st.integers(0, 30 * 24 * 60))
def test_what_is_read_does_not_depend_on_what_else_was_read(text: str, minutes: int) -> None:
    moment = (FIRST + timedelta(minutes=minutes)).isoformat()
    written = text.format(name="Index", level="5432.1")
    one = when(written, moment, "1.7", "price_change", 1, "HSI")
    assert when(written, moment, "1.7", "price_change", 1, "HSI") == one
    assert one.first is None or one.as_of is None or one.first <= one.as_of
