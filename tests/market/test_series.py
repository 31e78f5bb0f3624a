"""Series of published figures: one source, sessions only, gaps named, nothing stale."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from springtide.market import calendars, series
from springtide.market.coverage import covered
from springtide.market.ingest import store_bars, store_observations
from springtide.market.lake import Lake
from springtide.market.rates import BAND_SOURCE, rate
from springtide.market.sources.batch import OBSERVATION_COLUMNS, Batch, bars_frame
from springtide.market.view import View

DAY = date(2025, 2, 13)
Figure = tuple[str, float, str]


def batch(
    field: str, rows: list[Figure], subject: str = "HSTECH", unit: str = "x", known: str = ""
) -> Batch:
    """Figures of one field from (date, value, source)."""
    at = datetime.fromisoformat(known).replace(tzinfo=UTC) if known else None
    frame = pl.DataFrame(
        {
            "subject": subject,
            "field": field,
            "date": [date.fromisoformat(day) for day, _, _ in rows],
            "value": [value for _, value, _ in rows],
            "unit": unit,
            "text": pl.Series([None] * len(rows), dtype=pl.String),
            "source": [source for _, _, source in rows],
            "known_at": pl.Series([at] * len(rows), dtype=pl.Datetime("us", "UTC")),
        }
    )
    return Batch(field, frame.select(OBSERVATION_COLUMNS))


def stored(lake: Lake, *batches: Batch) -> View:
    for each in batches:
        assert store_observations(lake, each).refused == 0
    return View(lake, DAY)


WEEK = ["2025-02-10", "2025-02-11", "2025-02-12", "2025-02-13"]


def test_one_source_the_one_with_most_rows(lake: Lake) -> None:
    rows = [(day, 23.0 + i, "a") for i, day in enumerate(WEEK)]
    rows += [(day, 30.0, "b") for day in WEEK[:3]]
    view = stored(lake, batch("trailing_pe", rows))
    made = series.observed(view, "HSTECH", "trailing_pe", "XHKG", date(2025, 2, 10), DAY)
    assert made is not None
    assert (made.source, made.values.tolist(), made.is_whole) == ("a", [23, 24, 25, 26], True)
    first = date(2025, 2, 10)
    other = series.observed(view, "HSTECH", "trailing_pe", "XHKG", first, DAY, source="b")
    assert other is not None
    assert other.coverage.missing == (DAY,)


def test_rows_on_no_session_are_dropped_and_missing_days_named(lake: Lake) -> None:
    # Hong Kong was closed on 29 to 31 January 2025; the feed ran on and lacks 4 February.
    days = ["2025-01-27", "2025-01-28", "2025-01-29", "2025-02-03", "2025-02-05"]
    view = stored(lake, batch("trailing_pe", [(day, 20.0, "a") for day in days]))
    made = series.observed(
        view, "HSTECH", "trailing_pe", "XHKG", date(2025, 1, 27), date(2025, 2, 5)
    )
    assert made is not None
    assert (len(made), made.dropped) == (4, 1)
    assert made.coverage.missing == (date(2025, 2, 4),)
    assert made.coverage.expected == 5


def test_a_quotation_is_never_a_figure(lake: Lake) -> None:
    said = "a strategist, quoted by a newspaper on 2025-02-13"
    view = stored(lake, batch("forward_pe", [("2025-02-13", 17.4, said)]))
    assert series.observed(view, "HSTECH", "forward_pe", "XHKG", DAY, DAY) is None
    assert series.latest(view, "HSTECH", "forward_pe", "XHKG") is None
    assert len(view.figures("HSTECH", "forward_pe")) == 1


@pytest.mark.parametrize(
    ("field", "unit", "day", "holds"),
    [
        ("trailing_pe", "x", "2025-02-06", True),  # 5 sessions before the 13th
        ("trailing_pe", "x", "2025-02-05", False),
        ("cape", "x", "2024-12-31", True),  # 44 days
        ("cape", "x", "2024-12-29", False),
    ],
)
def test_how_old_a_figure_may_be(lake: Lake, field: str, unit: str, day: str, holds: bool) -> None:
    view = stored(lake, batch(field, [(day, 20.0, "a")], unit=unit))
    assert (series.latest(view, "HSTECH", field, "XHKG") is not None) is holds


def test_five_years_are_not_there_when_data_begin_half_a_year_late(lake: Lake) -> None:
    days = calendars.sessions("XHKG", date(2020, 7, 27), DAY)
    assert days is not None
    rows = [(str(day), 30.0, "a") for day in days]
    view = stored(lake, batch("trailing_pe", rows))
    five = series.observed(view, "HSTECH", "trailing_pe", "XHKG", date(2020, 2, 13), DAY)
    four = series.observed(view, "HSTECH", "trailing_pe", "XHKG", date(2021, 2, 13), DAY)
    assert five is not None
    assert four is not None
    assert (five.begins_late, five.is_dense) == (True, False)
    assert (four.begins_late, four.is_dense) == (False, True)


def test_sessions_of_stock_connect() -> None:
    def count(year: int) -> int:
        days = calendars.sessions("CONNECT_SOUTH", date(year, 1, 1), date(year, 12, 31))
        assert days is not None
        return len(days)

    assert (count(2024), count(2025)) == (233, 237)
    none: np.ndarray = np.array([], "datetime64[D]")
    # Before 24 April 2023 only days that cannot have been closed for settlement are missed.
    lacks = covered(none, "CONNECT_SOUTH", date(2022, 9, 26), date(2022, 10, 7))
    assert date(2022, 9, 27) in lacks.missing
    assert lacks.expected is None


@pytest.mark.shared
def test_every_day_without_southbound_trading_was_closed_or_uncertain(
    market_lake: Lake, shared: object
) -> None:
    record = pl.read_csv(f"{shared}/market/flow/stock_connect_daily.csv", try_parse_dates=True)
    days = record["date"].to_numpy().astype("datetime64[D]")
    missing = covered(days, "CONNECT_SOUTH", date(2014, 11, 17), date(2026, 6, 18)).missing
    assert missing == (date(2026, 5, 28),)  # the one gap that the record's README names


@settings(max_examples=40, deadline=None)
@given(
    early=st.lists(st.floats(5, 50), min_size=1, max_size=4),
    later=st.floats(5, 50),
    revised=st.floats(5, 50),
)
def test_later_rows_and_revisions_change_nothing_seen_before(
    tmp_path_factory: pytest.TempPathFactory, early: list[float], later: float, revised: float
) -> None:
    lake = Lake.create(tmp_path_factory.mktemp("lake"))
    rows = [(day, value, "a") for day, value in zip(WEEK, early, strict=False)]
    last = date.fromisoformat(rows[-1][0])
    stored(lake, batch("trailing_pe", rows))
    before = View(lake, last).figures("HSTECH", "trailing_pe")
    after = [(str(last + timedelta(days=20)), later, "b")]
    store_observations(lake, batch("trailing_pe", after))
    store_observations(lake, batch("trailing_pe", [(rows[0][0], revised, "a")]))
    again = View(lake, last).figures("HSTECH", "trailing_pe")
    assert before.values.tolist() == again.values.tolist()
    assert before.dates.tolist() == again.dates.tolist()
    known = View(lake, date.today()).figures("HSTECH", "trailing_pe")
    assert known.values.tolist()[0] == pytest.approx(revised)


def rates(lake: Lake, rows: list[tuple[date, float]]) -> None:
    frame = pl.DataFrame(rows, schema={"date": pl.Date, "close": pl.Float64}, orient="row")
    store_bars(lake, Batch("fx", bars_frame(frame, "USDHKD=X", "a bank")), today=date(2025, 3, 1))


def test_a_rate_is_that_of_the_day_or_the_mean_of_its_days(lake: Lake) -> None:
    rates(lake, [(date(2025, 2, 12), 7.78), (date(2025, 2, 13), 7.80)])
    view = View(lake, DAY)
    one = rate(view, "USD", "HKD", DAY, DAY)
    assert one is not None
    assert (one.low, one.pair, one.day, one.source) == (7.80, "USDHKD=X", DAY, "a bank")
    two = rate(view, "HKD", "USD", date(2025, 2, 12), DAY)
    assert two is not None
    assert two.converted(7.79e9) == pytest.approx((1e9, 1e9))
    assert (two.count, two.is_known) == (2, True)


def test_without_a_rate_the_peg_gives_an_interval_and_no_other_pair_is_guessed(lake: Lake) -> None:
    rates(lake, [(date(2025, 1, 13), 7.78)])  # a month old
    view = View(lake, DAY)
    band = rate(view, "HKD", "USD", date(2025, 1, 2), DAY)
    assert band is not None
    assert (band.is_known, band.source) == (False, BAND_SOURCE)
    low, high = band.converted(144_477.66e6)
    assert (round(low / 1e9, 2), round(high / 1e9, 2)) == (18.40, 18.64)
    assert rate(view, "CNY", "USD", DAY, DAY) is None
    assert rate(view, "HKD", "USD", date(1999, 1, 4), date(1999, 1, 4)) is None
