"""Kill workers, clients and schedulers of a scan at random, and compare with a scan left alone.

    python tools/kill_cluster.py [KILLS]

Each time a scan runs on a cluster of two workers; after a random while one of the three is killed.
What is left is let run to its end, or started again. The table ``scans`` must then hold the rows of
the serial scan, each once.
"""

from __future__ import annotations

import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from reliability import note
from springtide.market.declared import Description
from springtide.market.ingest import import_bars, load_bundled
from springtide.market.lake import Lake
from springtide.scan.asked import asked_of
from springtide.scan.plan import plan_of
from springtide.scan.rows import SCHEMA
from springtide.scan.run import scan

METRIC = "exuberance_statistic:window=1500,lag=0"
DAY = date(2018, 1, 26)
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def lake_of(folder: Path) -> Lake:
    """Make a lake of the S&P 500 under sixteen invented names, each cut off elsewhere."""
    sample = Lake.create(folder / "sample")
    load_bundled(sample)
    bars = sample.snapshot("bars").scan(["SPX"]).select("date", "close").sort("date").collect()
    parts = [bars.slice(20 * k).with_columns(symbol=pl.lit(f"SCAN{k:02}")) for k in range(16)]
    pl.concat(parts).write_csv(folder / "bars.csv")
    lake = Lake.create(folder / "lake")
    import_bars(lake, [folder / "bars.csv"], description=Description("stock", "XNYS", "USD"))
    return lake


class Cluster:
    """A scheduler and two workers as processes of their own."""

    def __init__(self) -> None:
        self.dask = str(Path(sys.executable).parent / "dask")
        self.start()

    def start(self) -> None:
        """Start all three."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        place = ["--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
        self.scheduler = subprocess.Popen([self.dask, "scheduler", *place], **QUIET)
        self.workers = [self.worker() for _ in range(2)]

    def worker(self) -> subprocess.Popen[bytes]:
        """Start a worker."""
        words = ["--nthreads", "1", "--no-nanny", "--no-dashboard"]
        return subprocess.Popen([self.dask, "worker", self.address, *words], **QUIET)

    def stop(self) -> None:
        """End all three."""
        for one in (self.scheduler, *self.workers):
            one.kill()
            one.wait()


def client(lake: Lake, cluster: Cluster, day: date) -> subprocess.Popen[bytes]:
    """Start the command."""
    words = [
        "scan", METRIC, "--as-of", str(day), "--since", "2017-06-01", "--every", "month",
        "--lake", lake.address, "--scheduler", cluster.address,
    ]  # fmt: skip
    return subprocess.Popen([sys.executable, "-m", "springtide", *words], **QUIET)


def trial(lake: Lake, day: date, victim: str, after: float) -> bool:
    """Kill one of the three, let the scan come to its end; return whether it had ended before."""
    cluster = Cluster()
    try:
        running = client(lake, cluster, day)
        time.sleep(after)
        over = running.poll() is not None
        if victim == "worker":
            cluster.workers[0].kill()
            running.wait()
        elif victim == "client":
            running.kill()
            running.wait()
        else:
            cluster.scheduler.kill()
            running.wait(timeout=60)
            cluster.stop()
            cluster.start()
        for _ in range(5):
            if client(lake, cluster, day).wait() == 0:
                return over
        raise SystemExit(f"the scan of {day} never came to its end after a killed {victim}")
    finally:
        cluster.stop()


def compare(lake: Lake, day: date) -> int:
    """Compare the table with the serial scan; return how many rows there are."""
    plan = plan_of(lake, asked_of([METRIC]), day, since=date(2017, 6, 1), every="month")
    expected = scan(plan).sort("symbol", "date")
    rows = lake.snapshot("scans").scan().filter(pl.col("run") == plan.run).select(SCHEMA)
    held = rows.collect().sort("symbol", "date")
    if not held.equals(expected):
        raise SystemExit(f"the rows of {day} are not those of the serial scan")
    return len(held)


def main() -> None:
    """Kill as often as asked, and note what came of it."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    dice = random.Random(14)
    folder = Path(tempfile.mkdtemp())
    lake = lake_of(folder)
    victims: Counter[str] = Counter()
    over = rows = 0
    for k in range(kills):
        day, victim = DAY - timedelta(days=k), ("worker", "client", "scheduler")[k % 3]
        over += trial(lake, day, victim, dice.uniform(3, 9))
        rows += compare(lake, day)
        victims[victim] += 1
        print(f"{k + 1} of {kills}: {victim}, {rows:,} rows as in serial scans", flush=True)
    shutil.rmtree(folder)
    told = ", ".join(f"{count} of a {name}" for name, count in victims.items())
    note(
        "cluster",
        [
            f"{kills} kills of a scan on a cluster: {told}",
            f"{over} of the scans had ended when something was killed; after every kill the scan "
            f"came to its end, and its rows, {rows:,} in all, were those of a serial scan",
        ],
    )


if __name__ == "__main__":
    main()
