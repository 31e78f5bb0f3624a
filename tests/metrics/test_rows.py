"""Finding rows and proving that none is missing: counted by hand at each boundary.

The year 2023 of New York has 250 sessions, from 3 January to 29 December; the k-th of them, from
zero, is ``DAYS[k]`` and closes at 100 + k where it is there.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from springtide.language.types import Period
from springtide.market.ingest import import_bars
from springtide.market.lake import Lake
from springtide.market.types import Bars, Coverage
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.answers import Missing

FIRST, LAST = date(2023, 1, 3), date(2023, 12, 29)
CLOSED = [  # holidays of New York in 2023
    date(2023, 1, 16), date(2023, 2, 20), date(2023, 4, 7), date(2023, 5, 29), date(2023, 6, 19),
    date(2023, 7, 4), date(2023, 9, 4), date(2023, 11, 23), date(2023, 12, 25),
]  # fmt: skip
DAYS = [
    day
    for day in (FIRST + timedelta(days=i) for i in range(361))
    if day.weekday() < 5 and day not in CLOSED
]

# Which sessions have no row.
ABSENT: dict[str, set[int]] = {
    "SPX": set(),
    "IXIC": {50, 150},  # one in the first hundred and fifty, two in all
    "NDX": {240, 241, 242},
    "DJIA": set(range(5, 245)),
    "BABA": {50, 150, 155},
}
NO_HIGH = {"SPX": {50}, "IXIC": set(), "NDX": {249}, "DJIA": set(), "BABA": set()}

Ask = Callable[[str, int], View]


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    folder: Path = tmp_path_factory.mktemp("rows")
    lines = ["symbol,date,open,high,low,close,volume"]
    for symbol, absent in ABSENT.items():
        for k in sorted(set(range(250)) - absent):
            high = "" if k in NO_HIGH[symbol] else 101 + k
            lines.append(f"{symbol},{DAYS[k]},{100 + k},{high},{99 + k},{100 + k},{1000 + k}")
    # One session more than 250.
    lines += [f"AAPL,{day},,,,100," for day in (date(2022, 12, 30), *DAYS)]
    # Tokyo before its calendar's first known year: nothing can be said to be missing.
    lines += [f"N225,{day},,,,{30000 + day.day}," for day in (date(1989, 12, d) for d in (4, 6, 7))]
    (folder / "bars.csv").write_text("\n".join(lines) + "\n")
    made = Lake.create(folder / "lake")
    report = import_bars(made, [folder / "bars.csv"], today=date(2026, 1, 1))
    assert (report.errors, report.total("refused")) == ((), 0)
    return made


@pytest.fixture(scope="module")
def view(lake: Lake) -> Ask:
    """Give the view of the k-th session with the instrument: kept, they are asked for often."""
    last = View(lake, LAST)
    return lambda symbol, k: last.at(DAYS[k])


def ask(function: Callable[..., object], view: View, symbol: str, *words: object) -> object:
    return function(view, view.instrument(symbol), *words)


def test_the_year_is_as_said() -> None:
    assert (len(DAYS), DAYS[0], DAYS[-1]) == (250, FIRST, LAST)


@pytest.mark.parametrize(
    ("expected", "missing", "complete"),
    [
        (99, 1, False),
        (100, 1, True),
        (199, 2, False),
        (200, 2, True),
        (5, 0, True),
        (100, 2, False),
    ],
)
def test_one_session_in_a_hundred_may_be_missing(
    expected: int, missing: int, complete: bool
) -> None:
    absent = tuple(DAYS[:missing])
    assert Coverage(FIRST, LAST, expected, expected - missing, absent).complete is complete


def test_nothing_is_complete_without_a_row() -> None:
    assert not Coverage(FIRST, LAST, 0, 0, ()).complete
    assert not Coverage(FIRST, LAST, None, 0, ()).complete
    assert Coverage(FIRST, LAST, 1, 1, ()).complete
    assert Coverage(FIRST, LAST, None, 1, ()).complete


@pytest.mark.parametrize(
    ("first", "last", "held"),
    [
        (0, 99, 99),  # a hundred sessions, one of them missing
        (0, 98, None),  # ninety-nine
        (50, 149, 99),
        (51, 149, 99),  # none missing
        (0, 199, 198),
        (0, 198, None),  # two of a hundred and ninety-nine
        (50, 50, None),  # the missing one alone
        (49, 49, 1),
    ],
)
def test_a_stretch_is_complete_up_to_one_in_a_hundred(
    view: Ask, first: int, last: int, held: int | None
) -> None:
    seen = view("IXIC", 249)
    if held is None:
        with pytest.raises(Missing, match="are needed"):
            ask(rows.stretch, seen, "IXIC", "close", DAYS[first], DAYS[last])
        return
    positions = ask(rows.stretch, seen, "IXIC", "close", DAYS[first], DAYS[last])
    bars = seen.bars("IXIC")
    assert len(positions) == held  # type: ignore[arg-type]
    days = bars.dates[positions]
    assert (days.min().item(), days.max().item()) == (
        DAYS[first + (first == 50)],
        DAYS[last],
    )


@pytest.mark.parametrize(("first", "last", "enough"), [(0, 100, True), (0, 99, False)])
def test_a_field_may_lack_in_one_row_for_each_hundred_that_hold_it(
    view: Ask, first: int, last: int, enough: bool
) -> None:
    """The high of session 50 is not known: a hundred other rows make up for it, 99 do not."""
    seen = view("SPX", 249)
    if enough:
        positions = ask(rows.stretch, seen, "SPX", "high", DAYS[first], DAYS[last])
        assert len(positions) == 100  # type: ignore[arg-type]
        assert 50 not in positions  # type: ignore[operator]
    else:
        with pytest.raises(Missing, match=r"all 100 sessions of high of SPX .* 99 are there"):
            ask(rows.stretch, seen, "SPX", "high", DAYS[first], DAYS[last])


def test_a_stretch_without_a_session_is_told_so(view: Ask) -> None:
    saturday = date(2023, 1, 7)
    with pytest.raises(Missing, match="no session of SPX between 2023-01-07 and 2023-01-08"):
        ask(rows.stretch, view("SPX", 9), "SPX", "close", saturday, saturday + timedelta(days=1))


def test_beyond_the_calendar_every_row_is_a_session(lake: Lake) -> None:
    view = View(lake, date(1989, 12, 8))
    first = date(1989, 12, 1)
    positions = ask(rows.stretch, view, "N225", "close", first, view.as_of)
    assert positions.tolist() == [0, 1, 2]  # type: ignore[attr-defined]
    with pytest.raises(Missing, match=r"every session of high of N225 .* 0 are there"):
        ask(rows.stretch, view, "N225", "high", first, view.as_of)


def test_the_row_of_a_session(view: Ask) -> None:
    seen = view("SPX", 60)
    bars, i = ask(rows.at, seen, "SPX", "close")  # type: ignore[misc]
    assert (i, bars.close[i]) == (60, 160.0)
    assert ask(rows.at, seen, "SPX", "close", DAYS[0])[1] == 0  # type: ignore[index]
    assert ask(rows.at, seen, "SPX", "high", DAYS[49])[1] == 49  # type: ignore[index]
    for symbol, field, day in (
        ("SPX", "high", DAYS[50]),
        ("SPX", "close", DAYS[61]),
        ("SPX", "close", date(2023, 1, 2)),
        ("SPX", "close", date(2023, 1, 7)),
        ("IXIC", "close", DAYS[50]),
    ):
        with pytest.raises(Missing, match=f"no {field} of {symbol} on {day}"):
            ask(rows.at, seen, symbol, field, day)


def test_the_session_before_is_the_session_before(view: Ask) -> None:
    seen = view("SPX", 249)
    assert ask(rows.before, seen, "SPX", "close", DAYS[60]) == 59
    assert ask(rows.before, seen, "SPX", "close", DAYS[1]) == 0
    assert ask(rows.before, seen, "SPX", "close", date(2023, 1, 8)) == 3  # over a weekend
    assert ask(rows.before, seen, "SPX", "high", DAYS[50]) == 49
    with pytest.raises(Missing, match="no close of SPX before 2023-01-03"):
        ask(rows.before, seen, "SPX", "close", DAYS[0])
    with pytest.raises(Missing, match=f"no close of IXIC on {DAYS[50]}"):
        ask(rows.before, seen, "IXIC", "close", DAYS[51])
    # Only the sessions between count: neither the one before the one before, nor that asked of.
    bars = seen.bars("IXIC")
    for k in (52, 50):
        before = ask(rows.before, seen, "IXIC", "close", DAYS[k])
        assert bars.dates[before].item() == DAYS[51 if k == 52 else 49]
    # The last of three missing sessions is named.
    with pytest.raises(Missing, match=f"no close of NDX on {DAYS[242]}"):
        ask(rows.before, seen, "NDX", "close", DAYS[243])


def test_trailing_sessions(view: Ask) -> None:
    seen = view("SPX", 99)
    whole = ask(rows.trailing, seen, "SPX", "close", 100)
    assert whole.tolist() == list(range(100))  # type: ignore[attr-defined]
    some = ask(rows.trailing, seen, "SPX", "close", 20)
    assert some.tolist() == list(range(80, 100))  # type: ignore[attr-defined]
    with pytest.raises(Missing, match=r"101 sessions of close of SPX .* needed, 100 are there"):
        ask(rows.trailing, seen, "SPX", "close", 101)
    with pytest.raises(Missing, match=r"101 sessions .* needed, 100 are there"):
        ask(rows.trailing, seen, "SPX", "close", 200, 101)
    fewer = ask(rows.trailing, seen, "SPX", "close", 200, 100)
    assert len(fewer) == 100  # type: ignore[arg-type]


def test_trailing_sessions_end_today(view: Ask) -> None:
    """The last session has no high: what ended the day before is not the last of today."""
    with pytest.raises(Missing, match=f"no high of NDX on {LAST}"):
        ask(rows.trailing, view("NDX", 249), "NDX", "high", 3)


def test_trailing_sessions_with_a_gap(view: Ask) -> None:
    """Sessions 240 to 242 are missing: seven follow, and seven are enough where eight are not."""
    seen = view("NDX", 249)
    assert len(ask(rows.trailing, seen, "NDX", "close", 7)) == 7  # type: ignore[arg-type]
    with pytest.raises(Missing, match=r"11 sessions of close of NDX .* 8 are there"):
        ask(rows.trailing, seen, "NDX", "close", 8)
    kept = ask(rows.trailing, seen, "NDX", "close", 200, 7)
    days = seen.bars("NDX").dates[kept]
    assert days.tolist() == DAYS[243:]
    with pytest.raises(Missing, match="200 are there"):
        ask(rows.trailing, seen, "NDX", "close", 200, 8)


def test_trailing_sessions_follow_the_last_of_several_gaps(view: Ask) -> None:
    """Sessions 50, 150 and 155 are missing: of the last 158 those from 156 on are whole."""
    seen = view("BABA", 160)
    kept = ask(rows.trailing, seen, "BABA", "close", 158, 5)
    assert seen.bars("BABA").dates[kept].tolist() == DAYS[156:161]


# period, session as of which, the day that it begins; none where data are missing
STARTS = [
    (Period("ytd"), "SPX", 200, date(2023, 1, 1)),
    (Period("qtd"), "SPX", 0, date(2023, 1, 1)),
    (Period("qtd"), "SPX", 61, date(2023, 1, 1)),  # 31 March
    (Period("qtd"), "SPX", 62, date(2023, 4, 1)),  # 3 April
    (Period("qtd"), "SPX", 249, date(2023, 10, 1)),
    (Period("mtd"), "SPX", 61, date(2023, 3, 1)),
    (Period("wtd"), "SPX", 61, date(2023, 3, 27)),  # a Friday
    (Period("wtd"), "SPX", 62, date(2023, 4, 3)),  # a Monday
    (Period("all"), "SPX", 61, DAYS[0]),
    (Period("last", count=1, unit="sessions"), "SPX", 61, DAYS[60]),
    (Period("last", unit="sessions"), "SPX", 61, DAYS[60]),
    (Period("last", count=61, unit="days"), "SPX", 61, DAYS[0]),
    (Period("last", count=62, unit="sessions"), "SPX", 61, None),
    # Sessions count though their rows are missing.
    (Period("last", count=50, unit="sessions"), "IXIC", 60, DAYS[10]),
    (Period("last", count=60, unit="sessions"), "IXIC", 60, DAYS[0]),
    (Period("last", count=61, unit="sessions"), "IXIC", 60, None),
    (Period("last", count=249, unit="sessions"), "DJIA", 249, DAYS[0]),
    (Period("last", count=250, unit="sessions"), "DJIA", 249, None),
    (Period("last", count=2, unit="weeks"), "SPX", 61, date(2023, 3, 17)),
    (Period("last", count=1, unit="months"), "SPX", 61, date(2023, 2, 28)),
    (Period("last", unit="months"), "SPX", 61, date(2023, 2, 28)),
    (Period("last", count=3), "SPX", 61, date(2022, 12, 31)),
    (Period("last", count=4, unit="months"), "SPX", 61, date(2022, 11, 30)),
    (Period("last", count=2, unit="quarters"), "SPX", 61, date(2022, 9, 30)),
    (Period("last", count=37, unit="months"), "SPX", 61, date(2020, 2, 29)),
    (Period("last", count=1, unit="months"), "SPX", 200, date(2023, 9, 19)),
    (Period("last", count=5, unit="years"), "SPX", 61, date(2018, 3, 31)),
    (Period("last", count=2022, unit="years"), "SPX", 61, date(1, 3, 31)),
    (Period("last", count=2023, unit="years"), "SPX", 61, date.min),
    (Period("last", count=10**9, unit="weeks"), "SPX", 61, date(1, 1, 5)),  # the first Friday
    (Period("last", count=12, unit="months"), "SPX", 249, date(2022, 12, 29)),
    (Period("since", date(2023, 3, 31)), "SPX", 61, date(2023, 3, 31)),
    (Period("since", date(2023, 4, 1)), "SPX", 61, None),
    (Period("since-low"), "SPX", 249, None),  # needs 251 sessions
    (Period("since-low"), "AAPL", 249, date(2022, 12, 30)),
    (Period("since-low"), "AAPL", 248, None),
]


@pytest.mark.parametrize(("period", "symbol", "k", "first"), STARTS)
def test_where_a_period_begins(
    view: Ask, period: Period, symbol: str, k: int, first: date | None
) -> None:
    if first is None:
        with pytest.raises(Missing, match=r"are needed|is after"):
            ask(rows.first_day, view(symbol, k), symbol, period)
    else:
        assert ask(rows.first_day, view(symbol, k), symbol, period) == first


def test_a_period_of_everything_needs_something(view: Ask) -> None:
    with pytest.raises(Missing, match="no bars of RUT"):
        ask(rows.first_day, view("SPX", 249), "RUT", Period("all"))


def test_sessions_beyond_the_calendar_are_the_rows(lake: Lake) -> None:
    view = View(lake, date(1989, 12, 7))
    two, three = (Period("last", count=n, unit="sessions") for n in (2, 3))
    assert ask(rows.first_day, view, "N225", two) == date(1989, 12, 4)
    with pytest.raises(Missing, match=r"4 sessions of close of N225 .* 3 are there"):
        ask(rows.first_day, view, "N225", three)


def bars_of(closes: list[float]) -> Bars:
    days = np.array(DAYS[: len(closes)], "datetime64[D]")
    close = np.array(closes)
    sources = np.array([f"s{i}" for i in range(len(closes))])
    return Bars("SPX", days, close - 1, close + 1, close - 2, close, close * 10, sources)


def test_closes_must_be_above_zero(view: Ask) -> None:
    bars = bars_of([1.0, 0.0, 2.0, -1.0, 3.0])
    instrument = view("SPX", 9).instrument("SPX")
    rows.check_positive(instrument, bars, np.array([0, 2, 4]))
    for held, day in (([0, 1, 2], DAYS[1]), ([0, 1, 2, 3, 4], DAYS[3])):
        with pytest.raises(Missing, match=f"above zero of SPX, not as on {day}"):
            rows.check_positive(instrument, bars, np.array(held))


def test_a_date_after_today_is_refused(view: Ask) -> None:
    seen = view("SPX", 9)
    rows.check_past(seen, DAYS[9])
    with pytest.raises(Missing, match=f"{DAYS[10]} is after {DAYS[9]}"):
        rows.check_past(seen, DAYS[10])


def test_rows_between_two_days_include_both(view: Ask) -> None:
    bars = bars_of([1.0, 2.0, 3.0, 4.0, 5.0])
    assert rows.bars_between(bars, DAYS[1], DAYS[3]).tolist() == [1, 2, 3]
    assert rows.rows_with(bars_of([1.0, np.nan, 3.0]), "close").tolist() == [0, 2]


def test_figures_are_cited_with_their_field_date_and_source() -> None:
    bars = bars_of([1.0, 2.0, 3.0])
    cited = rows.row(bars, 1, "high")
    assert (cited.subject, cited.field, cited.date, cited.value, cited.source) == (
        "SPX", "high", DAYS[1], 3.0, "s1",
    )  # fmt: skip
    some = rows.taken(bars, np.array([0, 2]))
    assert (some.close.tolist(), some.source.tolist()) == ([1.0, 3.0], ["s0", "s2"])
    assert some.dates.tolist() == [DAYS[0], DAYS[2]]
    assert some.volume.tolist() == [10.0, 30.0]


def test_a_window_is_cited_by_its_ends_its_gaps_and_its_digest(view: Ask) -> None:
    """The digest is that of the documented bytes, packed here by hand."""
    seen = view("IXIC", 249)
    bars = seen.bars("IXIC")
    held = np.arange(48, 52)  # sessions 48, 49, 51, 52
    cited = rows.window(seen, bars, held, "close")
    days = [(DAYS[k] - date(1970, 1, 1)).days for k in (48, 49, 51, 52)]
    packed = struct.pack("<4q4d", *days, 148.0, 149.0, 151.0, 152.0)
    assert cited.digest == hashlib.sha256(packed).hexdigest()[:16]
    assert (cited.first, cited.last, cited.count, cited.missing) == (DAYS[48], DAYS[52], 4, 1)
    assert (cited.subject, cited.field) == ("IXIC", "close")
