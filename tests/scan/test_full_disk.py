"""A disk that is full: a real one, of few megabytes, where the system lets a test mount it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from springtide.checking.many import Job, articles_in, check_many
from springtide.errors import LakeError
from springtide.market.ingest import import_bars, load_bundled
from springtide.market.lake import Lake
from springtide.scan.asked import asked_of
from springtide.scan.plan import plan_of
from springtide.scan.run import resumed, scan

DAY = date(2018, 1, 26)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if made.returncode:
        pytest.skip(f"a small file system cannot be mounted here: {made.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill(disk: Path) -> Path:
    """Leave no page of a disk free."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4096) == 4096:
                pass
        except OSError:
            pass
    return filler


def files_of(folder: Path) -> set[str]:
    return {str(path) for path in folder.rglob("*") if path.is_file() and path.name != "filler"}


def test_a_scan_is_named_its_disk_and_goes_on_once_there_is_space(disk: Path) -> None:
    lake = Lake.create(disk / "lake")
    load_bundled(lake)
    plan = plan_of(lake, asked_of(["rsi", "phase"]), DAY)
    expected = scan(plan)
    resumed(lake, plan, ["IXIC"])
    before = files_of(disk)
    filler = fill(disk)
    with pytest.raises(LakeError, match="disk is full: free some space") as told:
        resumed(lake, plan)
    assert str(lake.address) in str(told.value)
    assert files_of(disk) == before  # nothing half-written is left
    assert scan(plan).equals(expected)  # the data are read as ever
    filler.unlink()
    assert resumed(lake, plan).equals(expected)
    assert len(lake.sql("SELECT * FROM scans")) == len(expected)


def test_an_import_leaves_a_lake_as_it_was(disk: Path, tmp_path: Path) -> None:
    lake = Lake.create(disk / "lake")
    load_bundled(lake)
    rows = lake.snapshot("bars").scan(["SPX"]).select("date", "close").collect()
    rows.with_columns(symbol=pl.lit("DJIA")).write_csv(tmp_path / "djia.csv")
    before, versions = files_of(disk), lake.versions()
    filler = fill(disk)
    with pytest.raises(LakeError, match="disk is full"):
        import_bars(lake, [tmp_path / "djia.csv"])
    assert (files_of(disk), lake.versions()) == (before, versions)
    filler.unlink()
    assert import_bars(lake, [tmp_path / "djia.csv"]).total("new") == len(rows)


def test_checks_say_so_of_each_article_and_do_the_rest(
    disk: Path, tmp_path: Path, bundled_lake: Lake
) -> None:
    for k in range(2):
        (tmp_path / f"article{k}.txt").write_text("The S&P 500 closed at 2,872.87.")
    items = articles_in([tmp_path / "article0.txt", tmp_path / "article1.txt"])
    job = Job(bundled_lake.address, (), disk / "out", DAY)
    filler = fill(disk)
    for one in check_many(items, job):
        assert "Cannot write results" in one.error
        assert "No space left" in one.error
    filler.unlink()
    assert [one.error for one in check_many(items, job)] == ["", ""]


@pytest.mark.slow
def test_a_scan_on_a_cluster_has_its_rows_and_says_what_is_not_kept(disk: Path) -> None:
    pytest.importorskip("distributed")
    from distributed import LocalCluster

    from springtide.scan.cluster import on_cluster

    lake = Lake.create(disk / "lake")
    load_bundled(lake)
    plan = plan_of(lake, asked_of(["rsi"]), DAY)
    expected = scan(plan)
    filler = fill(disk)
    with LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs="CRITICAL"
    ) as cluster:
        rows, notes = on_cluster(lake, plan, cluster.scheduler_address)
        assert rows.equals(expected)
        assert any("disk is full" in note for note in notes)
        filler.unlink()
        rows, notes = on_cluster(lake, plan, cluster.scheduler_address)
    assert rows.equals(expected)
    assert not notes
    assert len(lake.sql("SELECT * FROM scans")) == len(expected)
