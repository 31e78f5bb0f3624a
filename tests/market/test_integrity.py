"""Lakes that disks, copies and other programs have damaged: named at opening, and mended."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from deltalake import DeltaTable, write_deltalake

from springtide.errors import LakeError, UsageError
from springtide.market import integrity
from springtide.market.ingest import import_bars
from springtide.market.lake import Lake
from springtide.market.view import View

CLOSES = {"HSI": [21294.86, 21857.92], "0700.HK": [418.0, 431.0], "SPX": [6051.97, 6115.07]}
DAYS = ["2025-02-12", "2025-02-13"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A lake of three commits, two rows each."""
    lake = Lake.create(str(tmp_path / "lake"))
    for symbol, closes in CLOSES.items():
        rows = "".join(f"{day},{close}\n" for day, close in zip(DAYS, closes, strict=True))
        (tmp_path / f"{symbol}.csv").write_text("Date,Close\n" + rows, encoding="utf-8")
        import_bars(lake, [tmp_path / f"{symbol}.csv"], symbol=symbol)
    return tmp_path / "lake"


def entry(root: Path, version: int) -> Path:
    return root / "bars" / "_delta_log" / f"{version:020}.json"


def file_of(root: Path, version: int) -> Path:
    actions = [json.loads(line) for line in entry(root, version).read_text("utf-8").splitlines()]
    (name,) = [action["add"]["path"] for action in actions if "add" in action]
    return root / "bars" / name


def stored(root: Path) -> list[tuple[object, ...]]:
    rows = Lake.open(root).snapshot("bars").scan().collect()
    return sorted(rows.select("symbol", "date", "close").rows())


ALL = sorted(
    (symbol, date.fromisoformat(day), close)
    for symbol, closes in CLOSES.items()
    for day, close in zip(DAYS, closes, strict=True)
)


def empty(version: int) -> Callable[[Path], None]:
    return lambda root: entry(root, version).write_bytes(b"")


def no_log(root: Path) -> None:
    shutil.rmtree(root / "bars" / "_delta_log")


def entry_gone(root: Path) -> None:
    entry(root, 2).unlink()


def file_gone(root: Path) -> None:
    file_of(root, 2).unlink()


def file_cut(root: Path) -> None:
    path = file_of(root, 2)
    path.write_bytes(path.read_bytes()[:-100])


def file_zeroed(root: Path) -> None:
    path = file_of(root, 2)
    path.write_bytes(bytes(path.stat().st_size))


@pytest.mark.parametrize(
    ("damage", "fault", "kept"),
    [
        (empty(3), "empty log entry: 00000000000000000003.json", ALL),
        (empty(2), "empty log entry: 00000000000000000002.json", ALL),
        (empty(0), "empty log entry: 00000000000000000000.json", ALL),
        (no_log, "no log: 3 data files", ALL),
        (entry_gone, "log entry missing: 00000000000000000002.json", ALL),
        (file_gone, "file missing", [row for row in ALL if row[0] != "0700.HK"]),
        (file_cut, "file damaged", [row for row in ALL if row[0] != "0700.HK"]),
        (file_zeroed, "file damaged", [row for row in ALL if row[0] != "0700.HK"]),
    ],
    ids=["last", "middle", "first", "no log", "entry gone", "file gone", "file cut", "file zeroed"],
)
def test_damage_is_named_at_opening_and_what_is_there_comes_back(
    root: Path, damage: Callable[[Path], None], fault: str, kept: list[tuple[object, ...]]
) -> None:
    assert stored(root) == ALL
    damage(root)
    with pytest.raises(LakeError) as told:
        stored(root)
    assert fault in str(told.value)
    assert "springtide lake repair" in str(told.value)
    assert fault in "\n".join(map(str, integrity.check(str(root))))
    done = integrity.repair(str(root))
    assert stored(root) == kept
    assert sum(each.lost for each in done) == len(ALL) - len(kept)
    assert integrity.check(str(root)) == []
    assert integrity.repair(str(root)) == []


def test_a_lake_is_not_made_anew_over_the_files_of_one(root: Path) -> None:
    no_log(root)
    with pytest.raises(LakeError, match="no log"):
        Lake.create(root)


def test_a_lost_file_says_which_rows_are_gone(root: Path) -> None:
    file_gone(root)
    (damage,) = integrity.check(str(root))
    assert "(2 rows, 0700.HK to 0700.HK)" in str(damage)


def test_bytes_that_changed_within_a_file_are_found_by_the_whole_check(root: Path) -> None:
    path = file_of(root, 2)
    data = bytearray(path.read_bytes())
    data[4:200] = bytes(196)
    path.write_bytes(bytes(data))
    Lake.open(root)  # names and sizes are right
    with pytest.raises(LakeError, match="springtide lake check"):
        View(Lake.open(root), date(2025, 2, 13)).bars("0700.HK")
    with pytest.raises(LakeError, match="springtide lake check"):
        Lake.open(root).sql("SELECT * FROM bars")
    (damage,) = integrity.check(str(root))
    assert damage.file == path.name
    integrity.repair(str(root))
    assert [row[0] for row in stored(root)] == ["HSI", "HSI", "SPX", "SPX"]


def test_what_was_replaced_is_kept_beside(root: Path) -> None:
    file_cut(root)
    name = file_of(root, 2).name
    integrity.repair(str(root))
    assert (root / "bars" / f"{name}.damaged").exists()


def test_compacted_and_removed_files_are_not_brought_back(root: Path) -> None:
    DeltaTable(str(root / "bars")).optimize.compact()
    entry(root, 4).exists()
    empty(1)(root)
    integrity.repair(str(root))
    assert stored(root) == ALL


def test_a_column_of_another_program_is_passed_over(root: Path) -> None:
    table = DeltaTable(str(root / "bars"))
    more = pl.read_parquet(file_of(root, 2)).with_columns(
        pl.lit(date(2025, 2, 14)).alias("date"), pl.lit("x").alias("remark")
    )
    write_deltalake(table, more.head(1), mode="append", schema_mode="merge")
    assert len(stored(root)) == 7
    import_bars(Lake.open(root), [root.parent / "HSI.csv"], symbol="HSI")


def test_a_vacuumed_version_is_no_damage(root: Path) -> None:
    DeltaTable(str(root / "bars")).optimize.compact()
    DeltaTable(str(root / "bars")).vacuum(0, enforce_retention_duration=False, dry_run=False)
    assert stored(root) == ALL
    old = Lake.open(root).at({"bars": 2, "observations": 0})
    with pytest.raises(LakeError, match="Version 2 of the table bars can no longer be read"):
        old.snapshot("bars")


def test_an_address_without_a_lake_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(LakeError, match="no lake"):
        integrity.check(str(tmp_path))


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM bars", "-- a remark\nTRUNCATE TABLE bars", "DROP TABLE bars",
        "INSERT INTO bars VALUES (1)", "UPDATE bars SET close = 1", "CREATE TABLE x AS SELECT 1",
    ],
)  # fmt: skip
def test_sql_that_would_change_data_is_refused(root: Path, query: str) -> None:
    with pytest.raises(UsageError, match="never change"):
        Lake.open(root).sql(query)
    assert stored(root) == ALL


def test_sql_reads_files_only_where_it_may(root: Path) -> None:
    lake = Lake.open(root)
    query = f"SELECT count(*) AS n FROM read_csv('{root.parent / 'HSI.csv'}')"
    with pytest.raises(UsageError, match="--files"):
        lake.sql(query)
    assert lake.sql(query, files=True)["n"].item() == 2
    assert lake.sql("SELECT 'read_csv(' AS a FROM bars")["a"][0] == "read_csv("
    with pytest.raises(LakeError, match="nowhere"):
        lake.sql("SELECT * FROM read_csv('nowhere.csv')", files=True)


def test_a_repair_that_dies_is_taken_up_again(root: Path) -> None:
    empty(2)(root)
    # As it stands after the log was mended and before the rows were stored again.
    entry(root, 2).write_text('{"commitInfo": {"operation": "REPAIR"}}\n', encoding="utf-8")
    (root / "bars" / ".repairing").touch()
    with pytest.raises(LakeError, match="repair not finished"):
        Lake.open(root)
    integrity.repair(str(root))
    assert stored(root) == ALL
