"""Importing millions of bars against copying the same files with Polars.

The files are the panel of the reference data beside the checkout where it is there (Parquet with
date, symbol, close and, where known, open, high, low, volume), else random walks.

Both read and write every row; ours also validates the rows, compares them with the lake, and
commits. Prints how many times the processor time of a copy ours takes (at most 1.8 is wanted), how
long one symbol's bars take to read (at most 50 ms), and checks that the bars read are the file's.
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
from springtide.market.declared import Description, describe
from springtide.market.ingest import import_bars
from springtide.market.lake import Lake
from springtide.market.view import View

ROUNDS = 3
WANTED_RATIO = 1.8
WANTED_MS = 50.0


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = panel_folder(Path(scratch))
        files = sorted(folder.glob("*.parquet"))
        warm()
        symbols = pl.concat(
            [
                pl.scan_parquet(file).select(pl.col("symbol").cast(pl.String)).unique()
                for file in files
            ]
        ).collect()
        untold = [one for one in symbols["symbol"].to_list() if not instruments.is_told(one)]
        copying: list[tuple[float, float]] = []
        importing: list[tuple[float, float]] = []
        lake, reports = None, []
        for number in range(ROUNDS):
            copying.append(timed(lambda: copy(files, Path(scratch))))
            target = Path(scratch) / f"lake-{number}"
            lake = Lake.create(target)
            describe(lake, untold, Description("stock", "XNYS", "USD"))
            importing.append(timed(lambda: reports.append(import_bars(lake, files))))  # noqa: B023
        assert lake is not None
        [*_, report] = reports
        assert not any(file.error for file in report.files)
        (copied, copy_clock), (imported, import_clock) = map(medians, (copying, importing))
        print(f"rows                      {report.total('rows'):>12,}")
        for name in ("new", "completed", "revised", "same", "refused"):
            print(f"  {name:<23} {report.total(name):>12,}")
        print("                           processor        clock")
        print(f"copy (read + write zstd)  {copied:>10.2f} s {copy_clock:>10.2f} s")
        print(f"import                    {imported:>10.2f} s {import_clock:>10.2f} s")
        ratios = f"{imported / copied:>10.2f}   {import_clock / copy_clock:>10.2f}"
        print(f"import / copy             {ratios}   (at most {WANTED_RATIO})")
        refused = {each.symbol for file in report.files for each in file.refusals}
        slowest = reading(Lake.open(lake.address), files, refused)
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


def timed(run: object) -> tuple[float, float]:
    """Return the seconds of processor time, of all threads, and by the clock."""
    processor, start = time.process_time(), time.perf_counter()
    run()  # type: ignore[operator]
    return time.process_time() - processor, time.perf_counter() - start


def medians(measured: list[tuple[float, float]]) -> tuple[float, float]:
    processor, clock = (statistics.median(each) for each in zip(*measured, strict=True))
    return processor, clock


def reading(lake: Lake, files: list[Path], refused: set[str]) -> float:
    """Return the slowest of some symbols' first reads, checking each against its file.

    Those of which rows were refused (adjusted prices beside prices as traded) are passed over.
    """
    slowest = 0.0
    for path in files:
        symbols = pl.scan_parquet(path).select(pl.col("symbol").unique().cast(pl.String)).collect()
        whole = sorted(set(symbols["symbol"].to_list()) - refused)
        symbol = whole[len(whole) // 2]
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
