"""One process against two, on a scan that takes one of them about a minute.

By the clock the ratio says what a user waits, where the machine has nothing else to do. Where it
has, the processor time of the busiest process says how the work was shared out: what one process
needs for all of it over what the busiest of two needed for its part.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import time
from pathlib import Path

from benchmarks._runs import SHARED, own_cache
from benchmarks.scan import DAY, panel_lake
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.scan.asked import asked_of
from springtide.scan.plan import Plan, plan_of
from springtide.scan.run import scan

ASKED = ("outlook.top_within_60", "exuberance_statistic:window=500", "rsi", "phase_age")
WANTED = 1.8
_TICKS = os.sysconf("SC_CLK_TCK")


def run(plan: Plan, symbols: list[str], workers: int) -> tuple[float, list[float], object]:
    """Return the seconds by the clock, those of processor of each process, and the rows."""
    spent: dict[int, float] = {}

    def note(part: str, done: int, total: int) -> None:
        for child in multiprocessing.active_children():
            assert child.pid is not None
            fields = Path(f"/proc/{child.pid}/stat").read_text().rsplit(")", 1)[1].split()
            spent[child.pid] = (int(fields[11]) + int(fields[12])) / _TICKS

    began, processor = time.perf_counter(), time.process_time()
    rows = scan(plan, symbols, workers=workers, progress=note)
    clock = time.perf_counter() - began
    return clock, list(spent.values()) or [time.process_time() - processor], rows


def measure(lake: Lake, folder: Path, every: int = 1) -> list[str]:
    """Return what one and two processes took for every so many instruments of a lake."""
    held = lake.at()
    plan = plan_of(held, asked_of(ASKED), DAY)
    symbols = list(View(held, DAY).symbols())[::every]
    scan(plan, symbols[:20])  # compiles, for the processes that are begun later too
    load = os.getloadavg()[0]
    taken = {}
    for workers in (1, 2):
        with own_cache(folder / f"cache-{workers}"):
            taken[workers] = run(plan, symbols, workers)
    assert taken[1][2].equals(taken[2][2]), "two processes answer otherwise"  # type: ignore[attr-defined]
    (one, [alone], _), (two, each, _) = taken[1], taken[2]
    return [
        f"{len(symbols):,} instruments, {len(ASKED)} things asked, one of them an outlook;"
        f" load of the machine before: {load:.1f}",
        "",
        f"one process     {one:6.1f} s by the clock, {alone:6.1f} s of processor",
        f"two processes   {two:6.1f} s by the clock, "
        + " and ".join(f"{seconds:.1f}" for seconds in each)
        + " s of processor",
        f"times as fast   {one / two:6.2f} by the clock, {alone / max(each):6.2f} by the processor"
        f" of the busiest (wanted: {WANTED})",
    ]


def main() -> None:
    if not SHARED.is_dir() or not Path("/proc/self/stat").exists():
        print("workers: needs the folder 'shared' beside the checkout, and Linux")
        return
    with tempfile.TemporaryDirectory() as folder:
        lake = panel_lake(Path(folder) / "panel")
        print("\n".join(measure(lake, Path(folder))))


if __name__ == "__main__":
    main()
