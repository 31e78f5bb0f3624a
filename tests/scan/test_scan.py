"""Scans: values are those of measure, what is missing says why, and a second start goes on."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from springtide.cli.run import run
from springtide.errors import UsageError
from springtide.market.ingest import load_bundled
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.metrics.registry import measure
from springtide.scan import run as running
from springtide.scan.asked import PRESETS, asked_of
from springtide.scan.plan import plan_of
from springtide.scan.run import resumed, scan
from springtide.scan.table import wanted, wide

DAY = date(2018, 1, 26)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    made = Lake.create(tmp_path / "lake")
    load_bundled(made)
    return made


@pytest.mark.parametrize("preset", sorted(set(PRESETS) - {"exuberance"}))
def test_values_are_those_of_measure(bundled_lake: Lake, preset: str) -> None:
    asked = asked_of([], preset)
    rows = scan(plan_of(bundled_lake, asked, DAY))
    view = View(bundled_lake, DAY)
    assert len(rows) == 2 * len(asked)
    for one in asked:
        for symbol in ("IXIC", "SPX"):
            answer = measure(one.metric, view, view.instrument(symbol), one.params)
            [row] = rows.filter(symbol=symbol, metric=one.metric, params=one.params_text).to_dicts()
            expected = answer.value
            assert row["value"] == (None if expected is None else float(expected))  # type: ignore[arg-type]
            assert (row["missing"] or "") == answer.missing
            assert row["date"] == DAY


def test_months_end_on_the_last_sessions_of_the_market(bundled_lake: Lake) -> None:
    plan = plan_of(
        bundled_lake, asked_of(["close_level"]), DAY, since=date(2017, 11, 1), every="month"
    )
    rows = scan(plan, ["SPX"])
    # Published closes of the S&P 500 at these month-ends.
    assert list(zip(rows["date"], rows["value"].round(2), strict=True)) == [
        (date(2017, 11, 30), 2647.58),
        (date(2017, 12, 29), 2673.61),
        (DAY, 2872.87),
    ]


def test_what_is_missing_says_why(bundled_lake: Lake) -> None:
    rows = scan(plan_of(bundled_lake, asked_of(["rsi"]), date(1999, 1, 15)), ["SPX"])
    assert rows["value"].to_list() == [None]
    assert "71 sessions of close of SPX" in rows["missing"][0]


def test_a_forecast_is_the_outlooks(bundled_lake: Lake) -> None:
    from springtide.outlook.compose import outlook

    rows = scan(plan_of(bundled_lake, asked_of(["outlook.top_within_60"]), DAY), ["SPX"])
    view = View(bundled_lake, DAY)
    said = outlook(view, view.instrument("SPX")).said
    assert said is not None
    assert rows["value"].to_list() == [100 * said.peak_within(60)]
    assert rows["unit"].to_list() == ["%"]


def test_a_second_start_measures_only_what_is_not_there(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plan_of(lake, asked_of(["rsi", "overbought"]), DAY)
    resumed(lake, plan, ["SPX"])
    asked_for: list[str] = []
    whole = running.measure_batch

    def noted(plan, symbols, held=None, **options):  # type: ignore[no-untyped-def]
        asked_for.extend(symbols)
        return whole(plan, symbols, held, **options)

    monkeypatch.setattr(running, "measure_batch", noted)
    rows = resumed(lake, plan)
    assert asked_for == ["IXIC"]
    assert rows.equals(scan(plan))
    assert len(lake.sql("SELECT * FROM scans")) == 4
    resumed(lake, plan)
    assert len(lake.sql("SELECT * FROM scans")) == 4


def test_the_scan_of_another_day_is_another(lake: Lake) -> None:
    for day in (DAY, date(2018, 1, 25)):
        plan = plan_of(lake, asked_of(["close_level"]), day)
        assert resumed(lake, plan, ["SPX"])["date"].to_list() == [day]


def test_several_processes_give_the_same(bundled_lake: Lake) -> None:
    plan = plan_of(bundled_lake, asked_of(["rsi", "phase"]), DAY)
    assert scan(plan, workers=2).equals(scan(plan))


def test_files_that_cannot_be_read_cost_their_own_symbols(
    bundled_lake: Lake, tmp_path: Path
) -> None:
    """The file has its length, its head and its foot, so that only reading it tells."""
    lake = Lake.create(tmp_path / "lake")
    for symbol in ("IXIC", "SPX"):
        rows = bundled_lake.snapshot("bars").scan([symbol]).collect()
        lake.append("bars", lambda _, rows=rows: rows)
    (part,) = [part for part in lake.snapshot("bars").parts if part.low == "IXIC"]
    held = bytearray(Path(part.path).read_bytes())
    held[100:20_000] = b"x" * 19_900
    Path(part.path).write_bytes(held)
    plan = plan_of(lake, asked_of(["rsi", "phase:method=turning_points"]), DAY)
    rows = scan(plan, ["IXIC", "SPX"])
    of_ixic, of_spx = rows.filter(symbol="IXIC"), rows.filter(symbol="SPX")
    assert of_ixic["value"].null_count() == 2
    assert all("bars" in why for why in of_ixic["missing"])
    assert of_spx["missing"].to_list() == [None, None]


def test_one_instrument_that_fails_does_not_cost_the_others(
    bundled_lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    from springtide.scan import measuring

    right = measuring.measure

    def broken(key, view, instrument, params):  # type: ignore[no-untyped-def]
        if instrument.id == "IXIC":
            raise ZeroDivisionError("a defect")
        return right(key, view, instrument, params)

    monkeypatch.setattr(measuring, "measure", broken)
    monkeypatch.setattr(running, "FAST", False, raising=False)
    rows = scan(plan_of(bundled_lake, asked_of(["exuberance_statistic:window=250"]), DAY))
    assert rows["value"].is_null().to_list() == [True, False]
    assert "ZeroDivisionError: a defect" in rows["missing"][0]


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("rsj > 3", "no column rsj"),
        ("rsi >", "unable to parse"),
        ("rsi + 1", "true or false"),
        ("1 = 1", "names no column"),
        ("rsi > (SELECT 1 FROM bars)", "cannot be used"),
        ("rsi > 'high'", "cannot be used"),
    ],
)
def test_a_condition_that_cannot_be_used_is_told(bundled_lake: Lake, where: str, said: str) -> None:
    asked = asked_of(["rsi"])
    table = wide(scan(plan_of(bundled_lake, asked, DAY)), asked)
    with pytest.raises(UsageError, match="cannot be used") as told:
        wanted(table, where, None)
    assert said in str(told.value)


def test_conditions_hold_for_names_with_signs_and_answers(bundled_lake: Lake) -> None:
    asked = asked_of(["rsi:window=9", "overbought"])
    table = wide(scan(plan_of(bundled_lake, asked, DAY)), asked)
    assert len(wanted(table, '"rsi:window=9" > 70 AND overbought', None)) == 2
    assert len(wanted(table, "kind = 'stock'", None)) == 0
    ordered = wanted(table, None, "-rsi:window=9")["rsi:window=9"].to_list()
    assert ordered == sorted(ordered, reverse=True)


@pytest.mark.parametrize("ending", ["parquet", "csv", "json"])
def test_the_command_writes_files(
    lake: Lake, tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / f"scan.{ending}"
    code = run(
        ["scan", "rsi", "--as-of", "2018-01-26", "--lake", str(lake.address), "--out", str(out)]
    )
    assert code == 0
    read = {"parquet": pl.read_parquet, "csv": pl.read_csv, "json": pl.read_json}[ending](out)
    assert read["symbol"].to_list() == ["IXIC", "SPX"]
    assert json.loads(read["versions"][0])["bars"] == lake.versions()["bars"]
    assert capsys.readouterr().out == ""


def test_whoever_was_not_listed_yet_is_left_out(lake: Lake) -> None:
    """Also where the file holds later rows, and of one whose rows were known later alone."""
    day = date(1995, 3, 15)
    rows = lake.snapshot("bars").scan(["SPX"]).collect()
    late = rows.filter(pl.col("date") > day).with_columns(symbol=pl.lit("DJIA"))
    lake.append("bars", lambda _: late)
    assert set(scan(plan_of(lake, asked_of(["rsi"]), DAY))["symbol"]) == {"DJIA", "IXIC", "SPX"}
    early = scan(plan_of(lake, asked_of(["rsi"]), day))
    assert set(early["symbol"]) == set(View(lake, day).symbols())
    assert "DJIA" not in early["symbol"]


def test_a_symbol_is_no_other_name(lake: Lake) -> None:
    """DOW is a company in New York, and how people call the index DJIA."""
    rows = lake.snapshot("bars").scan(["SPX"]).collect().with_columns(symbol=pl.lit("DOW"))
    lake.append("bars", lambda _: rows)
    plan = plan_of(lake, asked_of(["close_level"]), DAY)
    assert scan(plan)["symbol"].to_list() == ["DOW", "IXIC", "SPX"]
    assert scan(plan)["unit"].to_list() == ["USD", "points", "points"]


@pytest.mark.parametrize("name", ["rsi", "phase:method=turning_points"])
def test_rows_are_by_symbol_then_day(lake: Lake, name: str) -> None:
    """By kernels and one by one, in one process and on file."""
    plan = plan_of(lake, asked_of([name]), DAY, since=date(2017, 11, 1), every="month")
    rows = scan(plan)
    assert rows["symbol"].to_list() == ["IXIC"] * 3 + ["SPX"] * 3
    assert rows.equals(rows.sort("symbol", "date"))
    assert resumed(lake, plan).equals(rows)
    assert resumed(lake, plan).equals(rows)
