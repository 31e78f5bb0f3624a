"""Importing millions of bars against copying the same files with Polars.

The files are the panel of the reference data beside the checkout where it is there (Parquet with
date, symbol, close and, where known, open, high, low, volume), else random walks.

Both read and write every row; ours also validates the rows, compares them with the lake, and
commits. Prints how many times as long ours takes (at most 2 is wanted), how long one symbol's bars
take to read (at most 50 ms), and checks that the bars read are the file's.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from springtide.market import calendars, instruments
from springtide.market.ingest import import_bars
from springtide.market.lake import Lake
from springtide.market.view import View

ROUNDS = 3
WANTED_RATIO = 2.0
WANTED_MS = 50.0


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = panel_folder(Path(scratch))
        files = sorted(folder.glob("*.parquet"))
        warm()
        copying, importing = [], []
        lake = None
        for number in range(ROUNDS):
            copying.append(timed(lambda: copy(files, Path(scratch))))
            target = Path(scratch) / f"lake-{number}"
            lake = Lake.create(target)
            start = time.perf_counter()
            report = import_bars(lake, files)
            importing.append(time.perf_counter() - start)
        assert lake is not None
        ratio = statistics.median(importing) / statistics.median(copying)
        print(f"rows                      {report.total('rows'):>12,}")
        for name in ("new", "completed", "revised", "same", "refused"):
            print(f"  {name:<23} {report.total(name):>12,}")
        print(f"copy (read + write zstd)  {statistics.median(copying):>10.2f} s")
        print(f"import                    {statistics.median(importing):>10.2f} s")
        print(f"import / copy             {ratio:>10.2f}   (at most {WANTED_RATIO})")
        slowest = reading(Lake.open(lake.address), files)
        print(f"one symbol's bars         {slowest:>10.1f} ms (at most {WANTED_MS:.0f})")


def panel_folder(scratch: Path) -> Path:
    beside = Path(__file__).resolve().parents[2] / "shared" / "market" / "panel"
    return beside if beside.is_dir() else made_panel(scratch / "panel")


def made_panel(folder: Path) -> Path:
    """Make 2,000 random walks over ten years of sessions."""
    folder.mkdir()
    rng = np.random.default_rng(20250213)
    days = calendars.sessions("XNYS", date(2015, 1, 1), date(2024, 12, 31))
    assert days is not None
    count = 2000
    steps = rng.normal(0, 0.02, (count, len(days))).cumsum(axis=1)
    close = (50 * np.exp(steps)).astype(np.float32)
    frame = pl.DataFrame(
        {
            "date": np.tile(days, count),
            "symbol": np.repeat([f"S{number:04d}" for number in range(count)], len(days)),
            "open": close.ravel(),
            "high": close.ravel() * np.float32(1.01),
            "low": close.ravel() * np.float32(0.99),
            "close": close.ravel(),
            "volume": rng.integers(1, 10**7, close.size),
        }
    )
    frame.with_columns(pl.col("symbol").cast(pl.Categorical)).write_parquet(
        folder / "walks.parquet", compression="zstd"
    )
    return folder


def warm() -> None:
    """Load what both sides load once: libraries, the registry, calendars from the disk."""
    instruments.all()
    for code in ("XHKG", "XNYS", "XSHG", "24/5"):
        calendars.reach(code)
    with tempfile.TemporaryDirectory() as folder:
        Lake.create(folder)


def copy(files: list[Path], scratch: Path) -> None:
    for path in files:
        pl.read_parquet(path).write_parquet(scratch / "copy.parquet", compression="zstd")


def timed(run: object) -> float:
    start = time.perf_counter()
    run()  # type: ignore[operator]
    return time.perf_counter() - start


def reading(lake: Lake, files: list[Path]) -> float:
    """Return the slowest of some symbols' first reads, checking each against its file."""
    slowest = 0.0
    for path in files:
        symbols = pl.scan_parquet(path).select(pl.col("symbol").unique().cast(pl.String)).collect()
        symbol = sorted(symbols["symbol"].to_list())[len(symbols) // 2]
        start = time.perf_counter()
        bars = View(lake, date.today()).bars(symbol)
        slowest = max(slowest, (time.perf_counter() - start) * 1000)
        stored = pl.DataFrame({"date": bars.dates, "held": bars.close})
        wanted = pl.scan_parquet(path).filter(pl.col("symbol") == symbol).collect()
        both = wanted.join(stored, on="date")
        assert len(both) > 0.95 * len(wanted), symbol
        assert np.allclose(both["close"].to_numpy(), both["held"].to_numpy(), rtol=1e-6), symbol
    return slowest


if __name__ == "__main__":
    main()
