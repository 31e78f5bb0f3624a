"""Rows of many symbols, read as slices of files whose rows lie as they will."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from springtide.market import instruments, runs
from springtide.market.columns import Columns, load
from springtide.market.lake import Lake

DAYS = pl.date_range(date(2024, 1, 2), date(2024, 3, 28), "1d", eager=True)
SYMBOLS = ("AAPL", "IBM", "KO", "MSFT", "PG")
AS_OF = date(2024, 3, 15)


def bars(seed: int = 3) -> pl.DataFrame:
    """Return closes of the sessions in New York, and of Presidents' Day, which was none."""
    days = DAYS.filter((DAYS.dt.weekday() <= 5) & ~DAYS.is_in([date(2024, 1, 15)]))
    random = np.random.default_rng(seed)
    rows = [
        pl.DataFrame({"date": days, "close": 100 + random.normal(0, 1, len(days)).cumsum()})
        .with_columns(symbol=pl.lit(symbol), volume=pl.lit(None, pl.Float64))
        for symbol in SYMBOLS
    ]  # fmt: skip
    return pl.concat(rows).with_columns(
        open=pl.col("close"), high=pl.col("close"), low=pl.col("close"), source=pl.lit("made"),
        known_at=(pl.col("date").cast(pl.Datetime("us", "UTC")) + pl.duration(hours=23)),
    )  # fmt: skip


def lake_of(folder: Path, *files: pl.DataFrame) -> Lake:
    lake = Lake.create(folder)
    for rows in files:
        lake.append("bars", lambda _, rows=rows: rows.sort("symbol", "date"))
    return lake.at()


def loaded(lake: Lake, symbols: tuple[str, ...] = SYMBOLS) -> Columns:
    columns = load(lake, [instruments.get(one) for one in symbols], ("close", "volume"))
    assert columns is not None
    return columns


def closes(columns: Columns) -> dict[str, list[tuple[int, float, int]]]:
    """Return day, close and sessions missing before it, by symbol."""
    arrays = columns.days, columns.figure("close"), columns.gaps
    rows = list(zip(*(array.tolist() for array in arrays), strict=True))
    return {
        symbol: rows[first:end]
        for symbol, first, end in zip(columns.symbols, columns.start, columns.stop, strict=True)
    }


@pytest.mark.parametrize("few", [0, 200], ids=["slices", "filter"])
@pytest.mark.parametrize("cut", ["one file", "by date", "every third day", "by symbol", "both"])
def test_rows_are_the_same_however_files_are_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int, cut: str
) -> None:
    monkeypatch.setattr(runs, "FEW", few)
    rows = bars()
    late = pl.col("date") > date(2024, 2, 10)
    third = pl.col("date").dt.day() % 3 == 0
    some = pl.col("symbol").is_in(["IBM", "MSFT"])
    masks = {
        "one file": [pl.lit(value=True)], "by date": [~late, late], "by symbol": [some, ~some],
        "every third day": [third, ~third], "both": [some & late, ~some, some & ~late],
    }[cut]  # fmt: skip
    columns = loaded(lake_of(tmp_path / "lake", *(rows.filter(mask) for mask in masks)))
    assert columns.symbols == SYMBOLS
    held = closes(columns)
    for symbol in SYMBOLS:
        of_it = rows.filter(symbol=symbol)
        assert [close for _, close, _ in held[symbol]] == of_it["close"].to_list()
        assert [day for day, _, _ in held[symbol]] == of_it["date"].to_physical().to_list()
        # No session lacks a row; that of Presidents' Day has a close of its own and stays.
        assert {gap for _, _, gap in held[symbol]} == {0}
    assert np.isnan(columns.figure("volume")[columns.start]).all()


@pytest.mark.parametrize("few", [0, 200], ids=["slices", "filter"])
def test_a_repeated_close_of_a_holiday_is_no_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(runs, "FEW", few)
    holiday = date(2024, 2, 19)
    before = pl.col("close").shift(1).over("symbol")
    repeated = bars().sort("symbol", "date").with_columns(
        close=pl.when((pl.col("date") == holiday) & (pl.col("symbol") != "KO"))
        .then(before).otherwise("close")
    )  # fmt: skip
    held = closes(loaded(lake_of(tmp_path / "lake", repeated)))
    number = (holiday - date(1970, 1, 1)).days
    assert {s for s in SYMBOLS if number in [day for day, _, _ in held[s]]} == {"KO"}
    assert len(held["IBM"]) == len(held["KO"]) - 1
    assert [close for _, close, _ in held["PG"]] == repeated.filter(
        (pl.col("symbol") == "PG") & (pl.col("date") != holiday)
    )["close"].to_list()


@pytest.mark.parametrize("few", [0, 200], ids=["slices", "filter"])
def test_symbols_that_were_not_asked_for_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(runs, "FEW", few)
    lake = lake_of(tmp_path / "lake", bars())
    held = closes(loaded(lake, ("IBM", "MSFT", "PG")))
    assert held == {s: rows for s, rows in closes(loaded(lake)).items() if s in held}
    assert set(held) == {"IBM", "MSFT", "PG"}
    assert set(closes(loaded(lake, ("PG",)))) == {"PG"}  # mostly rows of others


@pytest.mark.parametrize("few", [0, 200], ids=["slices", "filter"])
def test_revised_and_later_known_rows_are_left_to_the_view(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(runs, "FEW", few)
    rows = bars()
    revised = rows.filter((pl.col("symbol") == "KO") & (pl.col("date") == AS_OF))
    late = pl.when((pl.col("symbol") == "PG") & (pl.col("date") == AS_OF))
    rows = rows.with_columns(
        known_at=late.then(pl.col("known_at") + pl.duration(days=2)).otherwise("known_at")
    )
    assert set(closes(loaded(lake_of(tmp_path / "lake", rows, revised)))) == {"AAPL", "IBM", "MSFT"}


def test_names_of_all_files(tmp_path: Path) -> None:
    rows = bars()
    some = pl.col("symbol") < "KO"
    lake = lake_of(tmp_path / "lake", rows.filter(~some), rows.filter(some))
    assert runs.names_in(lake.snapshot("bars")) == SYMBOLS
