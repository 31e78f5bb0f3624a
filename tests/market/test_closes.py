"""Which closes may be joined: what cuts them, what is real, and that later rows cut nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from springtide.market import calendars
from springtide.market.closes import Closes, Cut, closes_of, joined
from springtide.market.ingest import import_bars, import_observations
from springtide.market.lake import Lake
from springtide.market.view import View


def sessions(calendar: str, first: str, last: str) -> np.ndarray:
    days = calendars.sessions(calendar, date.fromisoformat(first), date.fromisoformat(last))
    assert days is not None
    return days.astype("datetime64[D]").astype(np.int64)


def of(
    close: list[float], volume: list[float] | None = None, kind: str = "stock", **more: object
) -> Closes:
    """Join closes of successive sessions in New York."""
    count = len(close)
    days = sessions("XNYS", "2024-01-02", "2024-12-31")[:count]
    opens = np.array(more.get("opens", np.full(count, np.nan)), dtype=np.float64)
    traded = np.full(count, np.nan) if volume is None else np.array(volume, dtype=np.float64)
    splits = {int(days[at]): ratio for at, ratio in dict(more.get("splits", {})).items()}  # type: ignore[call-overload]
    return joined("AAPL", kind, days, opens, np.array(close), traded, splits)


# -- splits ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ratio", "volume", "cut"),
    [
        (1 / 2, 2.0, True),
        (1 / 2, 5.0, True),  # two and a half times the money
        (1 / 2, 5.1, False),
        (1 / 2, 1.0, False),  # the volume did not move
        (1 / 2, 0.5, False),  # nor the other way
        (0.504, 2.0, True),  # within one per cent
        (0.506, 2.0, False),
        (0.496, 2.0, True),
        (0.494, 2.0, False),
        (1 / 3, 3.0, True),
        (1 / 10, 10.0, True),
        (2 / 3, 1.5, True),
        (3 / 4, 1.4, False),  # too near to what a market does
        (2.0, 0.5, True),  # a consolidation
        (10.0, 0.1, True),
        (10.0, 2.0, False),
        (3 / 2, 0.7, True),
        (1 / 2, float("nan"), False),
        (1 / 2, 0.0, False),
    ],
)
def test_a_split_needs_a_ratio_and_a_volume(ratio: float, volume: float, cut: bool) -> None:
    made = of([100, 100, 100 * ratio, 100 * ratio], [1, 1, volume, volume])
    assert made.starts == ((0, 2) if cut else (0,))
    assert made.cuts[1:] == (("split",) if cut else ())
    real = not cut and (ratio >= 2 or ratio <= 1 / 2)
    assert made.unproved == ((2,) if real else ())


def test_what_is_usual_is_that_of_the_last_twenty_sessions() -> None:
    """The median of ten and ten is 2, of one more session 3: the volume of 2.5 rose, or it fell."""
    volume = [3.0, *[1.0] * 10, *[3.0] * 10, 2.5]
    assert of([*[100.0] * 21, 50.0], volume).starts == (0, 21)


@pytest.mark.parametrize(
    ("close", "volume", "starts"),
    [
        ([100, 50], [1, 2], (0, 1)),  # one session before is enough
        ([100, 100, 50], [3000, 3000, 6000], (0, 2)),
        ([100, 100, 50], [0.02, 0.02, 0.04], (0, 2)),
        ([100, 100, 100, 100, 50], [0, 0, 0, 10, 20], (0, 4)),  # without trades nothing is usual
        ([100, 50], [0, 2], (0,)),
    ],
)
def test_volumes_are_compared_with_what_was_traded(
    close: list[float], volume: list[float], starts: tuple[int, ...]
) -> None:
    assert of(close, volume).starts == starts


def test_exactly_twice_or_half_is_told_at_any_price() -> None:
    for price in (0.1, 0.3, 1.0, 7.0, 100.0, 1234.5):
        assert of([price, 2 * price]).unproved == (1,)
        assert of([2 * price, price]).unproved == (1,)
    assert of([100.0, 199.9]).unproved == ()


def test_a_fall_that_took_the_whole_session_is_none() -> None:
    for opened, cut in ((51.0, True), (97.0, False)):
        for price in (100, 1):
            close, opens = (
                np.array([100, 100, 50]) * price / 100,
                [price, price, opened * price / 100],
            )
            made = of(close.tolist(), [1, 1, 2], opens=opens)
            assert (made.starts == (0, 2)) is cut


def test_an_index_has_no_splits() -> None:
    made = of([100, 100, 50, 50], [1, 1, 2, 2], kind="index", splits={2: 2.0})
    assert (made.starts, made.unproved) == ((0,), ())


@pytest.mark.parametrize(
    ("close", "shares", "cut"),
    [
        ([100, 102, 53, 53], 2.0, True),  # a rise of 4% on the day of the split
        ([100, 102, 101, 53], 2.0, False),  # restated: the closes do not show it
        ([100, 102, 84, 84], 1.25, True),
        ([100, 102, 1015, 1015], 0.1, True),
    ],
)
def test_a_split_on_file(close: list[float], shares: float, cut: bool) -> None:
    assert of(close, splits={2: shares}).starts[1:] == ((2,) if cut else ())


@pytest.mark.parametrize(
    ("at", "shares", "starts"),
    [
        (0, 2.0, (0,)),  # before the first close there is nothing to join
        (1, 2.0, (0, 1)),
        (1, 0.0, (0,)),
        (1, -2.0, (0,)),
        (1, 1.0, (0,)),
    ],
)
def test_what_a_split_on_file_may_be(at: int, shares: float, starts: tuple[int, ...]) -> None:
    assert of([100, 50], splits={at: shares}).starts == starts


def test_a_split_after_the_last_close_is_to_come() -> None:
    days = sessions("XNYS", "2024-01-02", "2024-01-03")
    close = np.array([100.0, 50.0])
    made = joined("AAPL", "stock", days, close * np.nan, close, close * np.nan, {20000: 2.0})
    assert made.starts == (0,)


def test_a_split_on_file_is_an_observation(tmp_path: Path) -> None:
    days = sessions("XNYS", "2024-01-02", "2024-02-29").astype("datetime64[D]")
    rows = [f"{day},{100 if k < 20 else 47}" for k, day in enumerate(days)]
    (tmp_path / "AAPL.csv").write_text("\n".join(["date,close", *rows]) + "\n", encoding="utf-8")
    (tmp_path / "splits.csv").write_text(
        "subject,field,date,value,unit,source,known_at\n"
        f"AAPL,split,{days[20]},2,x,the company,{days[10]}T12:00:00Z\n",
        encoding="utf-8",
    )
    lake = Lake.create(tmp_path / "lake")
    assert not import_bars(lake, [tmp_path / "AAPL.csv"], symbol="AAPL").errors
    view = View(lake, date(2024, 2, 29))
    assert closes_of(view, view.instrument("AAPL")).starts == (0,)
    assert not import_observations(lake, [tmp_path / "splits.csv"]).errors
    view = View(lake, date(2024, 2, 29))
    made = closes_of(view, view.instrument("AAPL"))
    assert (made.starts, made.cuts) == ((0, 20), ("first", "split"))


# -- stretches ---------------------------------------------------------------------------------


def test_stretches_and_their_parts() -> None:
    close = np.array([10.0, 11, 22, 5.5, 6, 13])
    cuts: tuple[Cut, ...] = ("first", "split", "gap")
    made = Closes("X", "stock", np.arange(10, 16), close, (0, 3, 5), cuts, (2, 5))
    assert made.stretches == [(0, 3), (3, 5), (5, 6)]
    assert [made.around(at) for at in range(6)] == [(0, 3)] * 3 + [(3, 5)] * 2 + [(5, 6)]
    parts = [made.part(*ends) for ends in made.stretches]
    assert [one.close.tolist() for one in parts] == [[10, 11, 22], [5.5, 6], [13]]
    assert [one.days.tolist() for one in parts] == [[10, 11, 12], [13, 14], [15]]
    assert [(one.starts, one.cuts) for one in parts] == [((0,), (cut,)) for cut in cuts]
    assert [one.unproved for one in parts] == [(2,), (), (0,)]
    assert made.day(0) == date(1970, 1, 11)
    assert not made.is_index


def test_closes_of_their_own_are_one_stretch_and_none_are_none() -> None:
    assert Closes("X", "index", np.arange(2), np.array([1.0, 2.0])).stretches == [(0, 2)]
    assert Closes("X", "index", np.arange(2), np.array([1.0, 2.0])).is_index
    nothing = of([])
    assert (len(nothing), nothing.stretches) == (0, [])


# -- gaps --------------------------------------------------------------------------------------


def without(gone: set[int]) -> Closes:
    days = sessions("XNYS", "1995-06-01", "1998-12-31")
    kept = np.array([day for k, day in enumerate(days) if k not in gone])
    flat = np.full(len(kept), 100.0)
    return joined("SPX", "index", kept, flat, flat, flat, {})


@pytest.mark.parametrize(
    ("gone", "starts"),
    [
        (set(range(300, 305)), (0,)),  # a week
        (set(range(300, 306)), (0, 300)),
        (set(range(300, 400, 10)), (0,)),  # ten of a hundred
        (set(range(300, 400, 10)) | {395}, (0, 385)),  # the eleventh
        (set(range(300, 400, 10)) | {398}, (0, 388)),  # the hundred that end with the close after
        (set(range(300, 400, 10)) | {399}, (0,)),  # a hundred and one
        (set(range(300, 364)) | {380}, (0, 300)),  # after a cut it is counted anew
    ],
)
def test_missing_sessions_cut(gone: set[int], starts: tuple[int, ...]) -> None:
    made = without(gone)
    assert made.starts == starts
    assert set(made.cuts[1:]) <= {"gap"}


def test_where_no_calendar_tells_weekdays_do() -> None:
    weekdays = np.arange("1950-01-02", "1952-01-01", dtype="datetime64[D]")
    weekdays = weekdays[np.is_busday(weekdays)].astype(np.int64)
    for count, starts in ((9, (0,)), (10, (0, 100))):  # 14 days, and 17
        kept = np.delete(weekdays, range(100, 100 + count))
        flat = np.full(len(kept), 100.0)
        assert joined("SPX", "index", kept, flat, flat, flat, {}).starts == starts


def test_two_closes_are_enough_for_a_gap() -> None:
    for apart, starts in ((15, (0,)), (16, (0, 1))):
        days, flat = np.array([-5000, -5000 + apart]), np.array([100.0, 100.0])
        assert joined("SPX", "index", days, flat, flat, flat, {}).starts == starts
    for count, starts in ((6, (0,)), (7, (0, 1))):
        days = sessions("XNYS", "2024-01-02", "2024-03-01")[[0, count]]
        assert joined("SPX", "index", days, flat, flat, flat, {}).starts == starts


def test_prices_that_are_none_and_of_another_scale_cut() -> None:
    for none in (-37.63, 0.0):
        made = of([20, 18, none, 10, 12])
        assert (made.starts, made.cuts, len(made)) == ((0, 2), ("first", "zero"), 4)
    assert of([1, 1, 20]).starts == (0,)
    assert of([1, 1, 20.01]).cuts == ("first", "scale")
    assert of([1, 1, 0.0499], kind="index").cuts == ("first", "scale")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([0.5, 0.7, 1.0, 1.02, 2.0, 21.0]), min_size=3, max_size=60),
    st.lists(st.sampled_from([0.5, 1.0, 2.0, 9.0]), min_size=60, max_size=60),
    st.sets(st.integers(0, 59), max_size=25),
    st.integers(2, 59),
)
def test_later_rows_cut_nothing(
    steps: list[float], volume: list[float], gone: set[int], cut: int
) -> None:
    kept = [k for k in range(len(steps)) if k not in gone]
    days = sessions("XNYS", "2024-01-02", "2024-12-31")[kept]
    close, traded = np.cumprod(steps)[kept], np.array(volume)[kept]
    nan = np.full(len(kept), np.nan)
    whole = joined("AAPL", "stock", days, nan, close, traded, {})
    early = joined("AAPL", "stock", days[:cut], nan[:cut], close[:cut], traded[:cut], {})
    assert early.starts[1:] == tuple(at for at in whole.starts[1:] if at < cut)
    assert early.unproved == tuple(at for at in whole.unproved if at < cut)
