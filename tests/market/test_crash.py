"""What was committed stays, once: killed imports, two at once, a full disk, a read-only one."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from springtide.errors import LakeError
from springtide.market.ingest import import_bars, store_bars
from springtide.market.lake import Lake
from springtide.market.sources.batch import Batch, bars_frame
from springtide.market.tables import Snapshot

FILES, ROWS = 8, 400
START = date(2020, 1, 6)

IMPORT_EACH = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from springtide.market.ingest import import_bars
    from springtide.market.lake import Lake

    address, *paths = sys.argv[1:]
    lake = Lake.create(address)
    print("ready", flush=True)
    for path in paths:
        import_bars(lake, [path])
        print("committed", Path(path).stem, flush=True)
    """
)


def weekdays(count: int) -> list[date]:
    days = (START + timedelta(days=i) for i in range(2 * count))
    return [day for day in days if day.weekday() < 5][:count]


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Files of random walks, one symbol each."""
    folder = tmp_path_factory.mktemp("panel")
    rng = np.random.default_rng(7)
    days = weekdays(ROWS)
    for number in range(FILES):
        close = 50 * np.exp(rng.normal(0, 0.01, ROWS).cumsum())
        frame = pl.DataFrame({"symbol": f"S{number}.HK", "date": days, "close": close})
        frame.write_csv(folder / f"S{number}.csv")
    return sorted(folder.glob("*.csv"))


def start(lake: Path, files: list[Path]) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", IMPORT_EACH, str(lake), *map(str, files)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def counts(lake: Lake) -> dict[str, tuple[int, int]]:
    """Rows and distinct dates of each symbol."""
    table = lake.sql(
        "SELECT symbol, count(*) AS n, count(DISTINCT date) AS d FROM bars GROUP BY symbol"
    )
    return {symbol: (n, d) for symbol, n, d in table.iter_rows()}


@pytest.mark.parametrize("seed", range(5))
def test_a_killed_import_loses_nothing_it_committed(
    panel: list[Path], tmp_path: Path, seed: int
) -> None:
    address = tmp_path / "lake"
    process = start(address, panel)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(random.Random(seed).uniform(0.0, 0.12))
    process.send_signal(signal.SIGKILL)
    told, _ = process.communicate(timeout=30)
    committed = {line.split()[1] for line in told.splitlines() if line.startswith("committed ")}
    found = counts(Lake.open(address))
    assert {f"{name}.HK" for name in committed} <= found.keys()
    assert set(found.values()) <= {(ROWS, ROWS)}
    # Importing again fills in exactly what is missing.
    report = import_bars(Lake.create(address), panel)
    assert report.total("new") == ROWS * (FILES - len(found))
    assert counts(Lake.open(address)) == {f"S{n}.HK": (ROWS, ROWS) for n in range(FILES)}


def test_two_imports_at_once_store_each_row_once(panel: list[Path], tmp_path: Path) -> None:
    address = tmp_path / "lake"
    both = [start(address, panel), start(address, panel[::-1])]
    for process in both:
        process.communicate(timeout=120)
        assert process.returncode == 0
    assert counts(Lake.open(address)) == {f"S{n}.HK": (ROWS, ROWS) for n in range(FILES)}


class WithoutLock(Lake):
    """A lake as another machine uses it: it does not see this machine's lock."""

    @contextlib.contextmanager
    def _lock(self) -> Iterator[None]:
        yield


def batch(symbol: str, days: list[date], close: float = 10.0) -> Batch:
    frame = pl.DataFrame({"date": days, "close": [close] * len(days)})
    return Batch(symbol, bars_frame(frame, symbol, "test"))


def test_a_commit_in_between_is_seen_and_compared_with_again(tmp_path: Path) -> None:
    days = weekdays(5)
    lake = WithoutLock.create(tmp_path / "lake")
    other = WithoutLock.create(tmp_path / "lake")
    calls: list[int] = []
    frame = batch("X", days).frame.with_columns(
        pl.lit(None, dtype=pl.Datetime("us", "UTC")).alias("known_at")
    )

    def choose(snapshot: Snapshot) -> pl.DataFrame:
        calls.append(snapshot.version)
        if len(calls) == 1:  # somebody else is faster
            store_bars(other, batch("X", days[:3]))
        stored = snapshot.scan(["X"]).select("date").collect()["date"].to_list()
        return frame.filter(~pl.col("date").is_in(stored))

    lake.append("bars", choose)
    assert calls == [0, 1]
    assert counts(lake) == {"X": (5, 5)}
    left = {path.name for path in (tmp_path / "lake" / "bars").glob("*.parquet")}
    assert len(left) == 2  # the file of the attempt that came too late is gone


FILL = textwrap.dedent(
    """
    import resource, signal, sys
    from springtide.errors import LakeError
    from springtide.market.ingest import import_bars
    from springtide.market.lake import Lake

    address, path = sys.argv[1:]
    lake = Lake.open(address)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    try:
        import_bars(lake, [path])
    except LakeError as error:
        print("LakeError:", error)
    """
)


def test_a_file_that_may_not_grow_leaves_the_lake_as_it_was(
    panel: list[Path], tmp_path: Path
) -> None:
    address = tmp_path / "lake"
    import_bars(Lake.create(address), panel[:1])
    before = Lake.open(address).versions()
    command = [sys.executable, "-c", FILL, str(address), str(panel[1])]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.startswith("LakeError: The lake at")
    assert Lake.open(address).versions() == before
    assert counts(Lake.open(address)) == {"S0.HK": (ROWS, ROWS)}
    assert import_bars(Lake.create(address), panel[1:2]).total("new") == ROWS


@contextlib.contextmanager
def mounted(folder: Path, options: str) -> Iterator[Path]:
    """A small file system of its own; skipped, saying so, where mounting is not allowed."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode != 0:
        pytest.skip("mounting a small file system needs root, which this run has not")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_named_and_loses_nothing(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "size=600k") as disk:
        lake = Lake.create(disk / "lake")
        assert store_bars(lake, batch("A", weekdays(100))).new == 100
        rng = np.random.default_rng(1)
        count = 100_000
        many = pl.DataFrame(
            {
                "symbol": np.repeat([f"S{n}.HK" for n in range(100)], count // 100),
                "date": np.tile(np.array(weekdays(count // 100), "datetime64[D]"), 100),
                "close": 50 + rng.random(count),
            }
        )
        with pytest.raises(LakeError, match="disk is full"):
            store_bars(lake, Batch("many", bars_frame(many, None, "test")))
        assert counts(Lake.open(disk / "lake")) == {"A": (100, 100)}
        # There is room again for what is small: nothing of the failed import was left behind.
        assert store_bars(lake, batch("B", weekdays(100))).new == 100


def test_a_read_only_folder_is_named(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "size=1m") as disk:
        lake = Lake.create(disk / "lake")
        store_bars(lake, batch("A", weekdays(10)))
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        with pytest.raises(LakeError, match=r"cannot be written to.*--lake"):
            store_bars(lake, batch("B", weekdays(10)))
        with pytest.raises(LakeError, match="cannot be written to"):
            Lake.create(disk / "another")
        assert counts(Lake.open(disk / "lake")) == {"A": (10, 10)}
