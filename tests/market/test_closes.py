"""Which closes may be joined: what cuts them, what is real, and that later rows cut nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from springtide.market import calendars
from springtide.market.closes import Closes, closes_of, day_of, joined
from springtide.market.ingest import import_bars, import_observations
from springtide.market.lake import Lake
from springtide.market.rallies import dated
from springtide.market.view import View
from springtide.metrics.registry import measure
from springtide.outlook.compose import outlook
from springtide.outlook.sentences import paragraph

FIRST, LAST = date(2016, 6, 1), date(2018, 1, 26)


def sessions(calendar: str, first: str, last: str) -> np.ndarray:
    found = calendars.sessions(calendar, date.fromisoformat(first), date.fromisoformat(last))
    assert found is not None
    return found.astype("datetime64[D]").astype(np.int64)


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


def test_a_fall_that_took_the_whole_session_is_none() -> None:
    for opened, cut in ((51.0, True), (97.0, False)):
        made = of([100, 100, 50], [1, 1, 2], opens=[100, 100, opened])
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
        (set(range(300, 400, 10)) | {402}, (0,)),  # more than a hundred sessions since the first
        (set(range(300, 306)) | {500}, (0, 300)),
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


def test_prices_that_are_none_and_of_another_scale_cut() -> None:
    made = of([20, 18, -37.63, 10, 12])
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


# -- where a rally began -------------------------------------------------------------------------


def cut_lake(source: Lake, folder: Path, keep: Callable[[date], bool]) -> View:
    """Make a lake of the closes of the S&P 500 on some days, and look at it on 26 January 2018."""
    bars = View(source, LAST).bars("SPX")
    pairs = zip(bars.dates.tolist(), bars.close.tolist(), strict=True)
    rows = [f"{day},{close}" for day, close in pairs if keep(day)]
    (folder / "SPX.csv").write_text("\n".join(["date,close", *rows]) + "\n", encoding="utf-8")
    lake = Lake.create(folder / "lake")
    assert not import_bars(lake, [folder / "SPX.csv"], symbol="SPX").errors
    return View(lake, LAST)


def missing_in_spring(day: date) -> bool:
    return not date(2016, 3, 1) <= day < date(2016, 6, 1)


@pytest.mark.parametrize(
    ("keep", "first", "why"),
    [
        (lambda day: day >= FIRST, "2016-06-01", ""),
        (missing_in_spring, "2016-06-01", ", as sessions before it are missing"),
    ],
)
def test_every_section_says_that_the_rally_began_before_the_data(
    bundled_lake: Lake, tmp_path: Path, keep: Callable[[date], bool], first: str, why: str
) -> None:
    """It began on 9 March 2009; from June 2016 on nothing shows that, nor that it did not."""
    from springtide.brief.compose import compose

    view = cut_lake(bundled_lake, tmp_path, keep)
    instrument = view.instrument("SPX")
    found = outlook(view, instrument)
    assert (found.market, found.rally, found.forecasts) == ("bull", None, ())
    (told,) = paragraph(found, after_fact=False)
    assert told.text("en") == (
        "How long it can last cannot be told: the rally began before the data do, at "
        f"{first}{why}: its trough is not known."
    )
    assert "始于数据之前" in told.text("zh-cn")
    for key in ("phase", "phase_age", "phase_pace", "rally_rank"):
        answer = measure(key, view, instrument)
        assert answer.value is None
        assert answer.missing == (
            f"closes of SPX before {first}{why}: the running phase began before the data do"
        )
    brief = compose(view, instrument)
    text = " ".join(
        one.text[lang]
        for part in brief.sections
        for one in part.sentences
        for lang in ("en", "zh-cn")
    )
    for never in ("324.65", "43.60", "2009", "27 June 2016", "6月27日", "2,174", "bull market"):
        assert never not in text
    (price,) = next(part.charts for part in brief.sections if part.key == "level")
    assert "Not shaded: began before the data" in str(price.spec["en"]["title"])
    assert "始于数据之前" in str(price.spec["zh-cn"]["title"])
    assert "began before the data is not shaded" in price.alt["en"]
    shaded = [
        row
        for rows in price.spec["en"]["datasets"].values()
        for row in rows
        if "sign" in row  # type: ignore[attr-defined]
    ]
    assert not [row for row in shaded if row["to"] > first]


def test_with_all_closes_it_began_in_march_2009(bundled_lake: Lake) -> None:
    view = View(bundled_lake, LAST)
    instrument = view.instrument("SPX")
    assert measure("phase", view, instrument).value == pytest.approx(324.65, abs=0.005)
    found = outlook(view, instrument).rally
    assert found is not None
    assert (found.start, found.sessions) == (date(2009, 3, 9), 2238)


@pytest.mark.shared
def test_a_rally_that_opens_the_data_has_no_known_beginning(market_lake: Lake) -> None:
    """Of all series whose first phase is a rally, each is caught on every day of it: 17."""
    whole = View(market_lake, date(2026, 8, 21))
    opens = []
    for symbol in whole.symbols():
        closes = closes_of(whole, whole.instrument(symbol))
        made = dated(closes.part(*closes.stretches[0]), 0.2)
        if made.phases and made.phases[0].kind == "bull":
            opens.append((symbol, made))
    assert len(opens) == 17
    for symbol, made in opens:
        rally = made.phases[0]
        end = made.phases[1].confirmed if len(made.phases) > 1 else len(made.closes)
        for at in sorted({rally.confirmed, (rally.confirmed + end) // 2, end - 1}):
            view = whole.at(made.closes.day(at))
            instrument = view.instrument(symbol)
            assert "began before the data do" in measure("phase", view, instrument).missing
            found = outlook(view, instrument)
            assert (found.rally, found.forecasts) == (None, ())
            assert found.market == ("bull" if at > 1 else "undetermined")  # two closes are none


# -- real falls and rises by half ----------------------------------------------------------------


@pytest.fixture(scope="module")
def apple(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Lake:
    folder = tmp_path_factory.mktemp("apple")
    rows = pl.read_parquet(shared / "market" / "panel" / "us_daily_1990_2026.parquet")
    rows.filter(pl.col("symbol") == "AAPL").drop("symbol").write_csv(folder / "AAPL.csv")
    lake = Lake.create(folder / "lake")
    assert not import_bars(lake, [folder / "AAPL.csv"], symbol="AAPL").errors
    return lake


@pytest.mark.shared
def test_apple_fell_by_half_on_29_september_2000(apple: Lake) -> None:
    """It had warned of its sales the evening before, and no share was split."""
    view = View(apple, date(2000, 9, 29))
    instrument = view.instrument("AAPL")
    assert measure("pct_change", view, instrument).value == pytest.approx(-51.9, abs=0.05)
    closes = closes_of(view, instrument)
    assert closes.day(closes.unproved[-1]) == view.as_of
    assert closes.starts == (0,)
    phase, found = measure("phase", view, instrument), outlook(view, instrument)
    assert found.market == "bear"
    assert (found.since, found.real_moves) == (phase.evidence.rows[0].date, (view.as_of,))
    assert found.since == date(2000, 9, 1)  # its highest close since May
    assert found.change is not None
    assert 100 * found.change == pytest.approx(phase.value)
    assert phase.evidence.rows[-1].field == "change taken as real"
    assert phase.evidence.rows[-1].value == pytest.approx(-51.9, abs=0.05)


@pytest.mark.shared
def test_shanghai_doubled_on_21_may_1992(market_lake: Lake) -> None:
    """Price limits had been lifted that day."""
    view = View(market_lake, date(1992, 5, 21))
    instrument = view.instrument("SSE")
    assert measure("pct_change", view, instrument).value == pytest.approx(105, abs=0.5)
    closes = closes_of(View(market_lake, date(2026, 8, 21)), instrument)
    assert (closes.starts, closes.unproved) == ((0,), ())
    # Half a year later: the fall from May to November 1992 stands on the same stretch.
    later = View(market_lake, date(1992, 11, 30))
    found = outlook(later, instrument)
    assert found.rally is not None
    assert found.rally.start == measure("phase", later, instrument).evidence.rows[0].date
    assert found.rally.start == date(1992, 11, 17)


@pytest.mark.shared
def test_the_nikkei_lacks_april_1972(market_lake: Lake) -> None:
    view = View(market_lake, date(1972, 12, 29))
    closes = closes_of(view, view.instrument("N225"))
    assert [closes.day(at) for at in closes.starts[1:]] == [date(1972, 5, 1)]
    assert closes.cuts[1:] == ("gap",)
    assert day_of(date(1970, 1, 2)) == 1
