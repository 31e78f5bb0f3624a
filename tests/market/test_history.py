"""What was known on a day: rows put into the lake as they are, moments to the microsecond."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from springtide.market.history import History
from springtide.market.lake import Lake

MON, TUE, WED, THU = (date(2025, 2, day) for day in (10, 11, 12, 13))
TICK = timedelta(microseconds=1)


def midnight(day: date) -> datetime:
    """The moment at which a day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def put_bars(lake: Lake, rows: list[tuple[str, date | None, float, datetime | None]]) -> History:
    """Store closes with the moment since when they are known, in this order."""
    frame = pl.DataFrame(
        [
            (symbol, day, None, None, None, close, None, f"row {i}", known)
            for i, (symbol, day, close, known) in enumerate(rows)
        ],
        schema={
            "symbol": pl.String,
            "date": pl.Date,
            **dict.fromkeys(("open", "high", "low", "close", "volume"), pl.Float64),
            "source": pl.String,
            "known_at": pl.Datetime("us", "UTC"),
        },
        orient="row",
    )
    lake.append("bars", lambda _: frame)
    return History(lake.at())


def put_figures(
    lake: Lake,
    rows: list[tuple[str, date, str, float | None, datetime]],
    field: str = "target_price",
) -> History:
    """Store price targets of some houses: subject, date, house, target, known since."""
    frame = pl.DataFrame(
        [
            (subject, field, day, value, None, None, house, known)
            for subject, day, house, value, known in rows
        ],
        schema={
            "subject": pl.String,
            "field": pl.String,
            "date": pl.Date,
            "value": pl.Float64,
            "unit": pl.String,
            "text": pl.String,
            "source": pl.String,
            "known_at": pl.Datetime("us", "UTC"),
        },
        orient="row",
    )
    lake.append("observations", lambda _: frame)
    return History(lake.at())


def closes(history: History, as_of: date, symbol: str = "X") -> dict[date, float]:
    bars = history.bars(symbol, as_of)
    assert (np.diff(bars.dates) > np.timedelta64(0)).all(), "ascending, one row a date"
    return dict(zip(bars.dates.tolist(), bars.close.tolist(), strict=True))


@pytest.mark.parametrize(("late", "seen"), [(-TICK, True), (timedelta(0), False), (TICK, False)])
def test_what_becomes_known_at_midnight_belongs_to_the_day_that_begins(
    lake: Lake, late: timedelta, seen: bool
) -> None:
    """A bar of Monday, known just before, at, and just after the first moment of Tuesday."""
    history = put_bars(lake, [("X", MON, 10.0, midnight(TUE) + late)])
    assert (closes(history, MON) == {MON: 10.0}) is seen
    assert closes(history, TUE) == {MON: 10.0}
    assert history.symbols(MON) == (("X",) if seen else ())
    assert history.symbols(TUE) == ("X",)


@pytest.mark.parametrize(("late", "seen"), [(-TICK, True), (timedelta(0), False), (TICK, False)])
def test_a_figure_known_at_midnight_belongs_to_the_day_that_begins(
    lake: Lake, late: timedelta, seen: bool
) -> None:
    history = put_figures(lake, [("X", MON, "House A", 12.0, midnight(TUE) + late)])
    assert [each.value for each in history.observations("X", MON)] == [12.0] * seen
    assert [each.value for each in history.observations("X", TUE)] == [12.0]


def test_a_row_of_a_later_date_is_not_seen_though_known(lake: Lake) -> None:
    history = put_bars(lake, [("X", day, 10.0, midnight(MON)) for day in (MON, TUE)])
    assert closes(history, MON) == {MON: 10.0}
    assert closes(history, TUE) == {MON: 10.0, TUE: 10.0}
    history = put_bars(lake, [("Y", TUE, 10.0, midnight(MON))])
    assert history.symbols(MON) == ("X",)
    assert history.symbols(TUE) == ("X", "Y")
    figures = put_figures(lake, [("X", TUE, "House A", 12.0, midnight(MON))])
    assert figures.observations("X", MON) == ()
    assert [each.value for each in figures.observations("X", TUE)] == [12.0]


@pytest.mark.parametrize(
    "order", [(0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (2, 0, 4, 1, 3), (1, 0, 3, 2, 4)]
)
def test_of_one_date_the_row_last_known_counts(lake: Lake, order: tuple[int, ...]) -> None:
    """Rows in any order in the file; revisions of Monday and Tuesday are known on Wednesday."""
    rows = [
        ("X", MON, 10.0, midnight(MON)),
        ("X", MON, 11.0, midnight(WED)),
        ("X", TUE, 20.0, midnight(TUE)),
        ("X", TUE, 21.0, midnight(WED)),
        ("X", WED, 30.0, midnight(WED)),
    ]
    history = put_bars(lake, [rows[i] for i in order])
    assert closes(history, MON) == {MON: 10.0}
    assert closes(history, TUE) == {MON: 10.0, TUE: 20.0}
    assert closes(history, WED) == {MON: 11.0, TUE: 21.0, WED: 30.0}
    assert closes(history, TUE) == {MON: 10.0, TUE: 20.0}


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (2, 1, 0)])
def test_bars_ascend_whatever_the_order_of_the_file(lake: Lake, order: tuple[int, ...]) -> None:
    days = (MON, TUE, WED)
    history = put_bars(lake, [("X", days[i], 10.0 + i, midnight(days[i])) for i in order])
    assert closes(history, WED) == {MON: 10.0, TUE: 11.0, WED: 12.0}


def test_a_revision_of_the_last_date_counts(lake: Lake) -> None:
    history = put_bars(lake, [("X", MON, 10.0, midnight(MON)), ("X", MON, 11.0, midnight(TUE))])
    assert closes(history, TUE) == {MON: 11.0}


def test_rows_without_date_or_moment_say_nothing(lake: Lake) -> None:
    history = put_bars(
        lake,
        [
            ("X", MON, 10.0, midnight(MON)),
            ("X", None, 11.0, midnight(MON)),
            ("X", TUE, 12.0, None),
            ("Y", TUE, 12.0, None),
        ],
    )
    assert closes(history, THU) == {MON: 10.0}
    assert history.symbols(THU) == ("X",)


def test_a_symbol_is_seen_with_its_first_row(lake: Lake) -> None:
    """A row of Monday that is known on Wednesday is no row of Tuesday, as one of Tuesday is."""
    late, early = ("X", MON, 1.0, midnight(WED)), ("Y", TUE, 1.0, midnight(TUE))
    history = put_bars(lake, [late, early, ("Y", THU, 1.0, midnight(THU))])
    assert history.symbols(MON) == ()
    assert history.symbols(TUE) == ("Y",)
    assert history.symbols(WED) == ("X", "Y")
    assert history.symbols(WED) == ("X", "Y")


def test_figures_go_by_date_source_and_field_and_the_last_known_counts(lake: Lake) -> None:
    history = put_figures(
        lake,
        [
            ("X", TUE, "House A", 14.0, midnight(TUE)),
            ("X", MON, "House B", 12.0, midnight(MON)),
            ("X", MON, "House A", 10.0, midnight(MON)),
            ("X", MON, "House A", 11.0, midnight(WED)),
            ("Y", MON, "House A", 99.0, midnight(MON)),
        ],
    )
    told = [(each.date, each.source, each.value) for each in history.observations("X", TUE)]
    assert told == [(MON, "House A", 10.0), (MON, "House B", 12.0), (TUE, "House A", 14.0)]
    assert [each.value for each in history.observations("X", WED)] == [11.0, 12.0, 14.0]
    assert [each.value for each in history.observations("X", TUE)] == [10.0, 12.0, 14.0]


def test_a_figure_that_is_a_word_has_no_number(lake: Lake) -> None:
    history = put_figures(lake, [("X", MON, "House A", None, midnight(MON))])
    (only,) = history.observations("X", MON)
    assert np.isnan(only.value)
    assert (only.unit, only.text, only.known_at) == ("", "", midnight(MON))


def test_what_is_given_out_cannot_be_written_to(lake: Lake) -> None:
    bars = put_bars(lake, [("X", MON, 10.0, midnight(MON))]).bars("X", MON)
    for array in (bars.dates, bars.open, bars.close, bars.volume, bars.source):
        assert not array.flags.writeable
    assert np.isnan(bars.open[0])
    assert bars.source.tolist() == ["row 0"]


def test_a_table_is_read_once(lake: Lake) -> None:
    """What is written afterwards is not seen by a history that has read the symbol."""
    history = put_bars(lake, [("X", MON, 10.0, midnight(MON))])
    first = history.bars("X", MON)
    put_bars(lake, [("X", MON, 11.0, midnight(MON))])
    assert history.bars("X", MON).close.tolist() == first.close.tolist() == [10.0]


# Hong Kong was closed from Wednesday 29 to Friday 31 January 2025, and traded on the day before.
SESSION, *CLOSED = (date(2025, 1, day) for day in (28, 29, 30, 31))
REOPENED = date(2025, 2, 3)


@pytest.mark.parametrize(
    ("level", "same", "other"),
    [
        (100_000.0, 100_001.0, 100_002.0),  # one in 100,000 is still the same close
        (100_000.0, 99_999.0, 99_998.0),
        (20_225.11, 20_225.11, 20_225.41),
        (20_225.11, 20_225.1, 20_200.0),
        (-40.0, -40.0, -40.1),
    ],
)
def test_a_row_off_session_counts_unless_it_repeats_the_close_before(
    lake: Lake, level: float, same: float, other: float
) -> None:
    before = (date(2025, 1, 27), 1.0)
    days = [
        before,
        (SESSION, level),
        (CLOSED[0], same),
        (CLOSED[1], same + other - level),
        (REOPENED, 1.0),
    ]
    history = put_bars(lake, [("HSI", day, close, midnight(day)) for day, close in days])
    assert list(closes(history, REOPENED, "HSI")) == [before[0], SESSION, CLOSED[1], REOPENED]
    assert history.repeated("HSI", REOPENED) == (CLOSED[0],)
    assert history.repeated("HSI", SESSION) == ()


def test_a_close_that_repeats_on_a_session_is_a_close(lake: Lake) -> None:
    days = [SESSION, CLOSED[0], REOPENED, date(2025, 2, 4)]
    history = put_bars(lake, [("HSI", day, 10.0, midnight(day)) for day in days])
    assert list(closes(history, days[-1], "HSI")) == [SESSION, REOPENED, days[-1]]


def test_the_first_row_repeats_nothing(lake: Lake) -> None:
    history = put_bars(lake, [("HSI", CLOSED[0], 10.0, midnight(CLOSED[0]))])
    assert list(closes(history, REOPENED, "HSI")) == [CLOSED[0]]


def test_rows_off_session_of_which_none_repeats_all_count(lake: Lake) -> None:
    days = [(day, 10.0 + k) for k, day in enumerate(CLOSED)]
    history = put_bars(lake, [("HSI", day, close, midnight(day)) for day, close in days])
    assert closes(history, REOPENED, "HSI") == dict(days)


@pytest.mark.parametrize(("late", "seen"), [(-TICK, True), (timedelta(0), False), (TICK, False)])
def test_a_number_known_at_midnight_belongs_to_the_day_that_begins(
    lake: Lake, late: timedelta, seen: bool
) -> None:
    history = put_figures(lake, [("X", MON, "House A", 12.0, midnight(TUE) + late)])
    assert history.figures("X", "target_price", MON).values.tolist() == [12.0] * seen
    assert history.figures("X", "target_price", TUE).values.tolist() == [12.0]


def test_numbers_are_those_of_one_field_the_last_known_of_each_source(lake: Lake) -> None:
    rows = [
        ("X", TUE, "House A", 14.0, midnight(TUE)),
        ("X", MON, "House B", 12.0, midnight(MON)),
        ("X", MON, "House A", 10.0, midnight(MON)),
        ("X", MON, "House A", 11.0, midnight(WED)),
        ("X", WED, "House A", 15.0, midnight(MON)),  # of a later day, though known
        ("X", TUE, "House A", 13.0, midnight(MON)),  # revised on Tuesday
        ("X", MON, "House C", None, midnight(MON)),  # a word
    ]
    put_figures(lake, [("X", MON, "House A", 99.0, midnight(MON))], "eps")
    history = put_figures(lake, rows)
    told = {
        day: history.figures("X", "target_price", day).values.tolist() for day in (MON, TUE, WED)
    }
    assert told == {MON: [10.0, 12.0], TUE: [10.0, 12.0, 14.0], WED: [11.0, 12.0, 14.0, 15.0]}
    assert history.figures("X", "target_price", MON).sources.tolist() == ["House A", "House B"]
    assert history.figures("X", "eps", MON).values.tolist() == [99.0]


def test_many_symbols_are_read_at_once_and_no_more_than_once(lake: Lake) -> None:
    rows = [("Y", TUE, 2.0), ("X", MON, 1.0), ("Z", MON, 9.0), ("X", TUE, 1.5)]
    history = put_bars(lake, [(*row, midnight(row[1])) for row in rows])
    history.load(["X", "Y"])
    put_bars(lake, [("Y", WED, 3.0, midnight(WED))])
    other = History(lake)
    other.load(["X", "Y", "NONE"])
    put_bars(lake, [("X", WED, 3.0, midnight(WED)), ("NONE", WED, 3.0, midnight(WED))])
    assert closes(other, WED, "X") == {MON: 1.0, TUE: 1.5}
    assert closes(other, WED, "Y") == {TUE: 2.0, WED: 3.0}
    assert closes(other, WED, "NONE") == {}
    assert closes(history, WED, "X") == {MON: 1.0, TUE: 1.5}
    assert closes(history, WED, "Y") == {TUE: 2.0}
    history.load(["X", "Y", "Z"])
    assert closes(history, WED, "Z") == {MON: 9.0}
    assert closes(history, WED, "X") == {MON: 1.0, TUE: 1.5}


@pytest.mark.parametrize("names", [("X", "Y"), ("X", "X")])
def test_two_symbols_are_read_at_once_and_one_when_it_is_asked_for(
    lake: Lake, names: tuple[str, str]
) -> None:
    put_bars(lake, [("X", MON, 1.0, midnight(MON)), ("Y", MON, 2.0, midnight(MON))])
    history = History(lake)
    history.load(names)
    put_bars(lake, [("X", TUE, 1.5, midnight(TUE))])
    read_before = len(set(names)) == 2
    assert closes(history, TUE) == ({MON: 1.0} if read_before else {MON: 1.0, TUE: 1.5})


def test_what_was_forgotten_is_read_again_and_is_the_same(lake: Lake) -> None:
    symbols = ["AAA", "BBB", "CCC"]
    rows = [
        (symbol, day, 10.0 + i, midnight(day))
        for symbol in symbols
        for i, day in enumerate((MON, TUE, WED))
    ]
    history = put_bars(lake, rows)
    before = {symbol: history.bars(symbol, WED) for symbol in symbols}
    history.bars("AAA", WED)  # asked for last
    history.forget(7)
    assert list(history._bars) == ["CCC", "AAA"]  # the longest not asked for goes first
    history.forget(0)
    assert not history._bars
    for symbol in symbols:
        again = history.bars(symbol, WED)
        assert again.close.tolist() == before[symbol].close.tolist() == [10.0, 11.0, 12.0]
        assert again.source.tolist() == before[symbol].source.tolist()


def test_the_name_of_one_source_is_held_once(lake: Lake) -> None:
    days = [date(2024, 1, 1) + timedelta(days=i) for i in range(200)]
    one = pl.DataFrame(
        {
            "symbol": "AAA",
            "date": days,
            **dict.fromkeys(("open", "high", "low", "close", "volume"), 1.0),
            "source": "a vendor with a long name",
            "known_at": [midnight(day) for day in days],
        }
    )
    lake.append("bars", lambda _: one)
    bars = History(lake.at()).bars("AAA", days[99])
    assert set(bars.source.tolist()) == {"a vendor with a long name"}
    assert len(bars.source) == len(bars) > 50
    assert bars.source.strides == (0,)
    assert not bars.source.flags.writeable
