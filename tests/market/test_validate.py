"""Validation: what is refused, what is kept with a warning, and that real moves are kept."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from springtide.market.validate import Validated, validate_bars

FIGURES = ("open", "high", "low", "close", "volume")
TODAY = date(2025, 6, 30)
MONDAY = date(2025, 2, 10)


def days(count: int, first: date = MONDAY) -> list[date]:
    every = (first + timedelta(days=i) for i in range(2 * count + 4))
    return [each for each in every if each.weekday() < 5][:count]


def check(rows: list[tuple[object, ...]], symbol: str = "KC") -> Validated:
    """Rows are (date, close) or (date, open, high, low, close, volume)."""
    full = [row if len(row) == 6 else (row[0], None, None, None, row[1], None) for row in rows]
    schema = {"date": pl.Date, **dict.fromkeys(FIGURES, pl.Float64)}
    frame = pl.DataFrame(full, schema=schema, orient="row")
    return validate_bars(frame.with_columns(pl.lit(symbol).alias("symbol")), today=TODAY)


GOOD = (MONDAY, 10.0, 11.0, 9.0, 10.5, 1000.0)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ((MONDAY, None), "no close"),
        ((MONDAY, float("nan")), "no close"),
        ((MONDAY, 0.0), "close 0: not positive"),
        ((MONDAY, -1.0), "close -1: not positive"),
        ((MONDAY, -10.0, 11.0, 9.0, 10.5, 1.0), "open -10: not positive"),
        ((MONDAY, 10.0, 11.0, 9.0, 10.5, -1.0), "volume -1 is negative"),
        ((MONDAY, None, 9.0, 11.0, 10.0, None), "high 9 is below low 11"),
        ((MONDAY, 10.0, 11.0, 9.0, 11.5, 1.0), "close 11.5 is outside low 9 to high 11"),
        ((MONDAY, 8.5, 11.0, 9.0, 10.5, 1.0), "open 8.5 or close 10.5 is outside"),
        ((date(2025, 7, 1), 10.0), "in the future (today is 2025-06-30)"),
        ((date(1700, 1, 4), 10.0), "before 1800"),
        ((date(2025, 2, 15), 10.0), "Saturday is not a session"),
    ],
)
def test_a_bad_row_is_refused_by_name_and_the_others_kept(
    row: tuple[object, ...], reason: str
) -> None:
    done = check([(date(2025, 2, 7), 10.0), row, (date(2025, 2, 11), 10.2)])
    assert done.refused == 1
    assert done.refusals[0].row == 2
    assert reason in done.refusals[0].reason
    assert done.accepted["close"].to_list() == [10.0, 10.2]


def test_rounding_outside_high_and_low_is_kept_with_a_warning() -> None:
    done = check([(MONDAY, 10.0, 11.0, 9.0, 11.005, 1.0)])
    assert (done.refused, len(done.accepted)) == (0, 1)
    assert "rounding" in done.warnings[0]


@pytest.mark.parametrize(
    ("opened", "close", "kept", "warned"),
    [
        # a millionth outside is single precision, a thousandth a vendor's adjusting
        (1000.0, 1000.0009, True, False),
        (1000.0, 1000.0011, True, True),
        (1000.0, 1000.99, True, True),
        (1000.0, 1001.01, False, False),
        (1001.01, 1000.0, False, False),
        (900.0, 899.9993, True, False),
        (900.0, 899.9989, True, True),
        (900.0, 899.11, True, True),
        (900.0, 899.09, False, False),
        (899.09, 900.0, False, False),
    ],
)
def test_how_far_outside_high_and_low_a_price_may_be(
    opened: float, close: float, kept: bool, warned: bool
) -> None:
    done = check([(MONDAY, opened, 1000.0, 900.0, close, 1.0)])
    assert len(done.accepted) == kept
    assert bool(done.warnings) == warned


def test_zero_is_read_as_unknown_beside_a_close() -> None:
    done = check([(MONDAY, 0.0, 0.0, 0.0, 10.0, 0.0)])
    assert done.accepted.select(FIGURES).row(0) == (None, None, None, 10.0, 0.0)
    assert "read as unknown" in done.warnings[0]


def test_commodities_may_be_negative() -> None:
    # WTI settled at -37.63 on 2020-04-20 (CME Group).
    done = check([(date(2020, 4, 17), 18.27), (date(2020, 4, 20), -37.63)], "WTI")
    assert done.refused == 0


def test_rows_are_sorted_and_repeated_ones_counted_once() -> None:
    one, two, three = days(3)
    done = check([(two, 10.1), (one, 10.0), (three, 10.2), (two, 10.1)])
    assert done.accepted["date"].to_list() == [one, two, three]
    assert any("sorted" in each for each in done.warnings)
    assert any("1 rows are repeated" in each for each in done.warnings)


def test_descending_files_need_no_word() -> None:
    done = check([(each, 10.0 + i) for i, each in enumerate(reversed(days(3)))])
    assert done.accepted["date"].to_list() == days(3)
    assert done.warnings == ()


def test_different_rows_for_one_date_are_all_refused() -> None:
    one, two = days(2)
    done = check([(one, 10.0), (two, 10.1), (two, 10.4)])
    assert done.refused == 2
    assert {each.row for each in done.refusals} == {2, 3}
    assert done.accepted["close"].to_list() == [10.0]


@pytest.mark.parametrize("factor", [5.0, 0.2, 100.0, 0.01, 1000.0])
def test_a_spike_that_comes_back_at_once_is_refused(factor: float) -> None:
    close = [10.0, 10.1, 10.2 * factor, 10.15, 10.3]
    done = check(list(zip(days(5), close, strict=True)))
    assert [each.row for each in done.refusals] == [3]
    assert done.accepted["close"].to_list() == [10.0, 10.1, 10.15, 10.3]


def test_a_stretch_in_another_unit_is_refused_until_it_comes_back() -> None:
    close = [10.0, 10.1, 10.2, 1030.0, 1015.0, 1009.0, 10.3, 10.2]
    done = check(list(zip(days(8), close, strict=True)))
    assert [each.row for each in done.refusals] == [4, 5, 6]
    assert "100 times as high" in done.refusals[0].reason


def test_the_shorter_part_is_in_the_wrong_unit_where_it_never_comes_back() -> None:
    close = [0.100, 0.101, 10.2, 10.1, 10.0, 10.3, 10.2]
    assert [each.row for each in check(list(zip(days(7), close, strict=True))).refusals] == [1, 2]
    close = [10.2, 10.1, 10.0, 10.3, 10.2, 1020.0]
    assert [each.row for each in check(list(zip(days(6), close, strict=True))).refusals] == [6]


@pytest.mark.parametrize(
    ("symbol", "rows", "move"),
    [
        # Hang Seng on 1987-10-26 after four days without trading; published closes.
        ("HSI", [("1987-10-19", 3362.4), ("1987-10-26", 2241.7), ("1987-10-27", 2395.7)], "-33.3%"),
        # Shanghai, 1992-05-21: price limits were lifted.
        ("SSE", [("1992-05-20", 616.99), ("1992-05-21", 1266.49), ("1992-05-22", 1334.8)],
         "+105.3%"),
        # Kingsoft Cloud, March 2022.
        ("KC", [("2022-03-11", 4.51), ("2022-03-14", 2.35), ("2022-03-15", 2.42),
                ("2022-03-16", 4.17)], "-47.9%"),
    ],
)  # fmt: skip
def test_real_large_moves_are_kept_with_a_warning(
    symbol: str, rows: list[tuple[str, float]], move: str
) -> None:
    done = check([(date.fromisoformat(day), close) for day, close in rows], symbol)
    assert done.refused == 0
    assert any(move in each for each in done.warnings)


def test_a_spike_that_was_traded_is_kept() -> None:
    one, two, three = days(3)
    done = check([(one, 10.0), (two, 10.0, 40.0, 9.5, 35.0, 1.0), (three, 10.2)])
    assert done.refused == 0


@pytest.mark.parametrize(
    ("close", "told"),
    [
        ([100.0, 145.0], "+45.0%"),  # 1.45 times, and its inverse, are large
        ([100.0, 144.9], ""),
        ([145.0, 100.0], "-31.0%"),
        ([144.9, 100.0], ""),
        ([100.0, 299.0, 100.0], "+199.0%"),  # a spike is of 3 times at least
        ([100.0, 300.0, 100.0], "spike"),
        ([299.0, 100.0, 299.0], "-66.6%"),
        ([300.0, 100.0, 300.0], "spike"),
        ([100.0, 400.0, 109.0], "spike"),  # and comes back to a tenth at most
        ([100.0, 400.0, 110.5], "+300.0%"),
        ([100.0, 400.0, 91.0], "spike"),
        ([100.0, 400.0, 89.5], "+300.0%"),
        ([100.0, 400.0], "+300.0%"),  # nothing comes after it
    ],
)
def test_how_large_a_move_is_large_and_a_spike(close: list[float], told: str) -> None:
    done = check(list(zip(days(len(close)), close, strict=True)))
    assert done.refused == (told == "spike")
    moves = [each for each in done.warnings if "large moves" in each]
    if told == "spike":
        assert "one-session spike" in done.refusals[0].reason
        assert not moves
    else:
        assert len(moves) == bool(told)
        assert told in "".join(moves)


@pytest.mark.parametrize(("apart", "compared"), [(10, True), (11, False)])
def test_closes_far_apart_are_not_compared(apart: int, compared: bool) -> None:
    done = check([(MONDAY, 10.0), (MONDAY + timedelta(days=apart), 20.0)])
    assert any("large move" in each for each in done.warnings) is compared


@pytest.mark.parametrize(
    ("factor", "wrong"),
    [(102.9, True), (103.2, False), (97.1, True), (96.8, False), (0.00972, True), (0.00967, False)],
)
def test_another_unit_is_one_of_its_factors_to_three_per_cent(factor: float, wrong: bool) -> None:
    close = [10.0, 10.0, 10.0, 10.0 * factor, 10.0 * factor]
    done = check(list(zip(days(5), close, strict=True)))
    assert done.refused == (2 if wrong else 0)


@pytest.mark.parametrize(
    ("ratio", "words"), [(0.5, "split 1 to 2"), (10.0, "consolidation 10 to 1")]
)
def test_what_looks_like_a_split_is_said(ratio: float, words: str) -> None:
    close = [10.0, 10.0, 10.0 * ratio, 10.1 * ratio, 10.2 * ratio]
    done = check(list(zip(days(5), close, strict=True)))
    assert done.refused == 0
    assert words in done.warnings[0]


def test_sessions_without_a_row_are_named() -> None:
    done = check([(date(2025, 1, 28), 10.0), (date(2025, 2, 5), 10.1)], "HSI")
    # New Year holidays: no sessions from 29 to 31 January.
    assert done.warnings == ("sessions without a row: HSI 2 (2025-02-03, 2025-02-04)",)


def test_rows_on_holidays_are_kept_with_a_warning() -> None:
    done = check([(date(2025, 1, 28), 10.0), (date(2025, 1, 29), 10.0)], "HSI")
    assert len(done.accepted) == 2
    assert "2025-01-29" in done.warnings[0]


def test_a_close_that_does_not_move_is_warned_of() -> None:
    done = check([(each, 10.0) for each in days(12)])
    assert any("KC from 2025-02-10 for 12" in each for each in done.warnings)


def test_symbols_do_not_run_into_each_other() -> None:
    frame = pl.DataFrame(
        {
            "symbol": ["A.HK"] * 3 + ["B.HK"] * 3,
            "date": days(3) * 2,
            **{name: [None] * 6 for name in FIGURES if name != "close"},
            "close": [1.0, 1.01, 1.02, 900.0, 905.0, 910.0],
        }
    ).cast(dict.fromkeys(("open", "high", "low", "volume"), pl.Float64))
    done = validate_bars(frame, today=TODAY)
    assert (done.refused, done.warnings, len(done.accepted)) == (0, (), 6)


def test_an_empty_frame() -> None:
    assert len(check([]).accepted) == 0


@pytest.mark.shared
@pytest.mark.slow
def test_millions_of_rows_take_seconds(shared) -> None:  # type: ignore[no-untyped-def]
    path = shared / "market" / "panel" / "us_close_2022_2026.parquet"
    frame = pl.read_parquet(path).with_columns(
        pl.lit(None, dtype=pl.Float32).alias(name) for name in FIGURES if name != "close"
    )
    done = validate_bars(frame)
    # Adjusted closes of vendors are sound: no row is wrong by itself.
    assert done.refused == 0
    assert len(done.accepted) == 4_432_110
    assert np.isfinite(done.accepted["close"].to_numpy()).all()
