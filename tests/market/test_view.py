"""The view: nothing dated or known after its date, one row for each date, coverage."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from springtide.errors import UnknownNameError
from springtide.market.ingest import store_bars, store_observations
from springtide.market.lake import Lake
from springtide.market.sources.batch import OBSERVATION_COLUMNS, Batch, bars_frame
from springtide.market.types import Bars
from springtide.market.view import View

Maker = Callable[..., Batch]
MONDAY = date(2025, 2, 10)
WEEK = [MONDAY + timedelta(days=i) for i in range(5)]

prices = st.floats(50, 150).map(lambda x: round(x, 2))
rows = st.lists(
    st.tuples(st.sampled_from(WEEK), prices), min_size=1, max_size=5, unique_by=lambda r: r[0]
)
imports = st.lists(
    st.tuples(rows, st.integers(0, 6), st.sampled_from("ab")), min_size=1, max_size=4
)


def moment(days: int) -> datetime:
    """The evening of a day counted from the Monday."""
    return datetime(2025, 2, 10, 20, tzinfo=UTC) + timedelta(days=days)


def import_all(lake: Lake, batches: list[tuple[list[tuple[date, float]], int, str]]) -> None:
    for each, _, source in batches:
        frame = pl.DataFrame(each, schema={"date": pl.Date, "close": pl.Float64}, orient="row")
        store_bars(lake, Batch("X", bars_frame(frame, "X", source)), now=moment(0), rescale=True)


def same(one: Bars, other: Bars) -> bool:
    names = ("dates", "open", "high", "low", "close", "volume", "source")
    return all(
        np.array_equal(getattr(one, n), getattr(other, n), equal_nan=n not in ("dates", "source"))
        for n in names
    )


@settings(max_examples=30, deadline=None)
@given(
    before=imports, later=rows, observed=prices, as_of=st.integers(0, 3), after=st.integers(1, 5)
)
def test_no_later_row_changes_what_a_view_returns(
    before: list[tuple[list[tuple[date, float]], int, str]],
    later: list[tuple[date, float]],
    observed: float,
    as_of: int,
    after: int,
) -> None:
    """Bars of later dates, revisions and observations known later: none is seen."""
    day = MONDAY + timedelta(days=as_of)
    with tempfile.TemporaryDirectory() as folder:
        lake = Lake.create(folder)
        import_all(lake, before)
        first = View(lake, day)
        bars, covered = first.bars("X"), first.coverage("X", MONDAY, day)
        # Rows for dates already stored are revisions (known at the import, later than the view);
        # rows for dates after the view's are not seen; others would be earlier history.
        held = set(bars.dates.tolist())
        coming = [row for row in later if row[0] > day or row[0] in held]
        if coming:
            frame = pl.DataFrame(
                coming, schema={"date": pl.Date, "close": pl.Float64}, orient="row"
            )
            batch = Batch("X", bars_frame(frame, "X", "c"))
            store_bars(lake, batch, now=moment(as_of + after), rescale=True)
        known = datetime.combine(day + timedelta(days=1), datetime.min.time(), UTC)
        published = pl.DataFrame(
            [("X", "target_price", day, observed, "USD", None, "s", known)],
            schema=list(OBSERVATION_COLUMNS),
            orient="row",
        ).with_columns(pl.col("text").cast(pl.String))
        store_observations(lake, Batch("o", published))
        again = View(lake, day)
        assert same(again.bars("X"), bars)
        assert again.coverage("X", MONDAY, day) == covered
        assert again.observations("X", "target_price") == ()


@settings(max_examples=30, deadline=None)
@given(batches=imports, days=st.lists(st.integers(0, 7), min_size=2, max_size=6))
def test_views_of_one_reading_are_those_made_anew(
    batches: list[tuple[list[tuple[date, float]], int, str]], days: list[int]
) -> None:
    """Whichever day was looked at before, and as the rows themselves say in plain Python."""
    with tempfile.TemporaryDirectory() as folder:
        lake = Lake.create(folder)
        for each, evening, source in batches:
            frame = pl.DataFrame(each, schema={"date": pl.Date, "close": pl.Float64}, orient="row")
            batch = Batch("X", bars_frame(frame, "X", source))
            store_bars(lake, batch, now=moment(evening), rescale=True)
        stored = lake.sql("SELECT date, close, source, known_at FROM bars").rows()
        view = View(lake, MONDAY - timedelta(days=1))
        assert len(view.bars("X")) == 0
        for number in days:
            day = MONDAY + timedelta(days=number)
            view = view.at(day)
            bars = view.bars("X")
            assert same(bars, View(lake, day).bars("X"))
            assert view.symbols() == (("X",) if len(bars) else ())
            midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), UTC)
            seen = sorted((row[0], row[3], row[2], row[1]) for row in stored if row[3] < midnight)
            latest = {row[0]: row[3] for row in seen if row[0] <= day}
            assert dict(zip(bars.dates.tolist(), bars.close.tolist(), strict=True)) == latest


@settings(max_examples=15, deadline=None)
@given(imports)
def test_bars_are_ascending_unique_and_read_only(
    batches: list[tuple[list[tuple[date, float]], int, str]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lake = Lake.create(folder)
        import_all(lake, batches)
        bars = View(lake, WEEK[-1]).bars("X")
        assert set(bars.dates.tolist()) == {row[0] for each, _, _ in batches for row in each}
        assert (np.diff(bars.dates) > np.timedelta64(0)).all()
        # A revision is known from the evening of the Monday, so the last import wins.
        last = {row[0]: row[1] for each, _, _ in batches for row in each}
        if len(batches) == 1:
            assert bars.close.tolist() == [last[d] for d in bars.dates.tolist()]
        with pytest.raises(ValueError, match="read-only"):
            bars.close[0] = 0.0


def test_a_figure_is_seen_from_the_day_it_was_known(lake: Lake) -> None:
    known = datetime(2025, 2, 13, 14, 19, 12, tzinfo=UTC)
    frame = pl.DataFrame(
        [("KC", "target_price", date(2025, 2, 10), 13.0, "USD", "close to", "broker", known)],
        schema=list(OBSERVATION_COLUMNS),
        orient="row",
    )
    store_observations(lake, Batch("o", frame))
    assert View(lake, date(2025, 2, 12)).observations("KC", "target_price") == ()
    (seen,) = View(lake, date(2025, 2, 13)).observations("KC", "target_price")
    assert (seen.value, seen.unit, seen.text, seen.known_at) == (13.0, "USD", "close to", known)
    assert View(lake, date(2025, 2, 13)).fields("KC") == ("target_price",)
    after = View(lake, date(2025, 2, 13))
    assert after.at(date(2025, 2, 12)).observations("KC", "target_price") == ()
    assert after.at(date(2025, 2, 14)).observations("KC", "target_price") == (seen,)


def test_a_rating_is_a_word(bundled_lake: Lake) -> None:
    (rating,) = View(bundled_lake, date(2025, 2, 13)).observations("KC", "rating")
    assert np.isnan(rating.value)
    assert rating.text == "neutral"


def test_unknown_symbols_have_no_bars(lake: Lake) -> None:
    bars = View(lake, WEEK[-1]).bars("NOPE")
    assert len(bars) == 0
    assert bars.close.dtype == np.float64
    assert bars.dates.dtype == np.dtype("datetime64[D]")


def test_coverage_names_the_missing_sessions(lake: Lake, bars_of: Maker) -> None:
    store_bars(lake, bars_of("HSI", [(WEEK[0], 21521.98), (WEEK[3], 21814.37)]))
    covered = View(lake, WEEK[4]).coverage("HSI", WEEK[0], WEEK[3])
    assert (covered.expected, covered.present) == (4, 2)
    assert covered.missing == (WEEK[1], WEEK[2])
    assert not covered.complete
    # What lies after the as-of date is not missing.
    assert View(lake, WEEK[0]).coverage("HSI", WEEK[0], WEEK[3]).missing == ()


def test_coverage_beyond_the_calendar(lake: Lake, bars_of: Maker) -> None:
    store_bars(lake, bars_of("N225", [(date(1989, 12, 29), 38915.87)]))
    view = View(lake, WEEK[0])
    covered = view.coverage("N225", date(1989, 12, 18), date(1989, 12, 29))
    assert (covered.expected, covered.present, covered.missing) == (None, 1, ())
    # Without a calendar two weeks without a row may be a holiday, four weeks are not.
    covered = view.coverage("N225", date(1989, 12, 1), date(1989, 12, 29))
    assert (covered.expected, covered.present, len(covered.missing)) == (None, 1, 20)
    assert not covered.complete


def test_instruments_of_the_lake_need_no_registry(lake: Lake, bars_of: Maker) -> None:
    store_bars(lake, bars_of("7203.T", [(WEEK[0], 2800.0)]))
    view = View(lake, WEEK[0])
    instrument = view.instrument("7203.T")
    assert (instrument.id, instrument.calendar, instrument.currency, instrument.kind) == (
        "7203.T",
        "XTKS",
        "JPY",
        "stock",
    )
    assert view.instrument("恒指").id == "HSI"
    with pytest.raises(UnknownNameError, match=r"Did you mean 7203\.T"):
        view.instrument("7230.T")
