"""One worker of a Dask cluster against two, on ``scan --scheduler``, on this machine.

Each of the two runs has a lake and a cluster of its own, and workers that have measured nothing
yet: what a worker does once is in the times. By the clock the ratio says what a user waits, where
the machine has nothing else to do; by the processor time of the busiest worker how the work was
shared out. What is compared with a scan in this process must be the same.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path

import polars as pl

from benchmarks._runs import SHARED, own_cache
from benchmarks.scan import DAY, panel_lake
from benchmarks.workers import ASKED, WANTED
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.scan.asked import asked_of
from springtide.scan.cluster import on_cluster
from springtide.scan.plan import plan_of
from springtide.scan.run import scan

COMPARED = 20
"""One in so many instruments is measured in this process too."""


def spent() -> float:
    """Return the seconds of processor that this worker has used since it began."""
    return time.process_time()


def run(address: Path, workers: int) -> tuple[float, list[float], pl.DataFrame]:
    """Return the seconds by the clock, those of processor of each worker, and the rows."""
    from distributed import Client, LocalCluster

    lake = Lake.open(address)
    symbols = list(View(lake.at(), DAY).symbols())
    plan = plan_of(lake, asked_of(ASKED), DAY)
    with LocalCluster(
        n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None,
        silence_logs="CRITICAL",
    ) as made:  # fmt: skip
        began = time.perf_counter()
        rows, notes = on_cluster(lake, plan, made.scheduler_address, symbols)
        clock = time.perf_counter() - began
        assert not notes, notes
        with Client(made.scheduler_address, set_as_default=False) as client:
            each = list(client.run(spent).values())
    return clock, each, rows


def main() -> None:
    if not SHARED.is_dir():
        print("cluster: needs the folder 'shared' beside the checkout")
        return
    with tempfile.TemporaryDirectory() as folder:
        lake = panel_lake(Path(folder) / "lake")
        symbols = list(View(lake.at(), DAY).symbols())
        some = symbols[::COMPARED]
        alone = scan(plan_of(lake, asked_of(ASKED), DAY), some)  # compiles, for workers too
        load, taken = os.getloadavg()[0], {}
        for workers in (1, 2):
            own = Path(folder) / f"lake-{workers}"
            shutil.copytree(Path(folder) / "lake", own)
            with own_cache(Path(folder) / f"cache-{workers}"):
                taken[workers] = run(own, workers)
    (one, [busy], rows), (two, each, others) = taken[1], taken[2]
    compared = ["symbol", "date", "metric", "params", "value", "unit", "missing"]
    assert rows.select(compared).equals(others.select(compared)), "two workers answer otherwise"
    of_some = rows.filter(pl.col("symbol").is_in(some)).select(compared)
    assert of_some.equals(alone.select(compared)), "a cluster answers otherwise"
    print(
        f"{len(symbols):,} instruments, {len(ASKED)} things asked, one of them an outlook;"
        f" load of the machine before: {load:.1f}\n"
    )
    print(f"one worker      {one:6.1f} s by the clock, {busy:6.1f} s of processor")
    shares = " and ".join(f"{seconds:.1f}" for seconds in each)
    print(f"two workers     {two:6.1f} s by the clock, {shares} s of processor")
    print(
        f"times as fast   {one / two:6.2f} by the clock, {busy / max(each):6.2f} by the processor"
        f" of the busiest (wanted: {WANTED})"
    )


if __name__ == "__main__":
    main()
