"""Kill writers at random, again and again: rows equal those of a run that nobody killed.

    python tools/soak.py                  # 1,000 kills
    python tools/soak.py --kills 100
    python tools/soak.py --write          # and note the figures in docs/evidence/reliability.md

Four kinds of work are killed: an import of files, the storing of what a feed brought with its
gaps, the filing of calls, and the repair of a damaged lake. After each kill no row may be doubled
and none may be there that a serial run does not have; then the work is run again to its end.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

FILES, ROWS = 6, 250
NOW = datetime(2026, 1, 2, tzinfo=UTC)
WORK = ("import", "feed", "file", "repair")


def days() -> list[date]:
    """Return the dates of every file."""
    every = (date(2024, 1, 1) + timedelta(days=i) for i in range(2 * ROWS))
    return [day for day in every if day.weekday() < 5][:ROWS]


def write_files(folder: Path) -> list[Path]:
    """Write files of random walks, one symbol each."""
    walk = random.Random(5)
    for number in range(FILES):
        close, lines = 50.0, ["symbol,date,close"]
        for day in days():
            close *= 1 + walk.gauss(0, 0.01)
            lines.append(f"{number + 1:04}.HK,{day},{close:.4f}")
        (folder / f"{number}.csv").write_text("\n".join(lines), encoding="utf-8")
    return sorted(folder.glob("*.csv"))


def do_import(address: str, files: list[Path]) -> None:
    """Import every file."""
    from springtide.market.ingest import import_bars
    from springtide.market.lake import Lake

    import_bars(Lake.create(address), files)


def do_feed(address: str, files: list[Path]) -> None:
    """Store what a feed brought, with a session that did not come."""
    import polars as pl

    from springtide.market import gaps, instruments
    from springtide.market.ingest import store_bars
    from springtide.market.lake import Lake
    from springtide.market.sources.bars import read_bars
    from springtide.market.sources.batch import Batch, bars_frame

    lake = Lake.create(address)
    for file in files:
        frame = read_bars(file).frame.filter(pl.col("date") != days()[20])
        symbol = frame["symbol"][0]
        rows = bars_frame(frame.drop("source", "symbol"), symbol, "feed")
        store_bars(lake, Batch(symbol, rows), now=NOW)
        held = frame["date"].to_numpy().astype("datetime64[D]")
        gaps.note(lake, instruments.of_id(symbol), "feed", (days()[0], days()[-1]), held, NOW)


def do_file(address: str, files: list[Path]) -> None:
    """File calls, the same ones every time."""
    from springtide.calls.ledger import file
    from springtide.claims.model import Call, Claim
    from springtide.market.lake import Lake
    from springtide.metrics.registry import params_of

    lake = Lake.create(address)
    for number in range(FILES):
        made = days()[number]
        params = params_of("new_high_within", since=made, sessions=20)
        claim = Claim("new_high_within", "HSI", params, made, value=20.0, unit="sessions")
        file(lake, [Call(claim, made, days()[number + 20], 0.5, "somebody")])


def do_repair(address: str, files: list[Path]) -> None:
    """Mend the lake, whose last entry of the log was emptied."""
    from springtide.market import integrity

    integrity.repair(address)


TASKS: dict[str, Callable[[str, list[Path]], None]] = {
    "import": do_import, "feed": do_feed, "file": do_file, "repair": do_repair,
}  # fmt: skip
TABLES = {"import": "bars", "feed": "bars", "file": "calls", "repair": "bars"}


def rows_of(address: str, table: str) -> list[tuple[Any, ...]]:
    """Return the rows of a table, without the moment at which each was filed."""
    from springtide.market.lake import Lake

    rows = Lake.open(address).snapshot(table).scan().collect()  # type: ignore[arg-type]
    return sorted(rows.drop("known_at").rows(), key=repr)


def damage(address: str) -> None:
    """Empty the last entry of the log, as a power cut does."""
    log = Path(address) / "bars" / "_delta_log"
    sorted(log.glob("*.json"))[-1].write_bytes(b"")


def main() -> int:
    """Kill, compare, print; 1 where rows differ."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--write", action="store_true", help="note the figures in the docs")
    asked = parser.parse_args()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["soak", "deltalake", "springtide.market.ingest"])
    chance = random.Random(11)
    killed: Counter[str] = Counter()
    finished = 0
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        files = write_files(root)
        whole = {kind: _serial(kind, root / f"serial-{kind}", files) for kind in WORK}
        lengths = {kind: seconds for kind, (_, seconds) in whole.items()}
        while killed.total() < asked.kills:
            kind = WORK[killed.total() % len(WORK)]
            lake = root / f"lake-{kind}"
            finished += _round(context, kind, lake, files, whole[kind][0], lengths[kind], chance)
            killed[kind] += 1
            if sys.stderr.isatty():
                print(f"\r{killed.total():,} of {asked.kills:,} kills", end="", file=sys.stderr)
    lines = [
        f"{killed.total():,} kills: " + ", ".join(f"{killed[kind]:,} {kind}" for kind in WORK),
        f"{finished:,} of the works had ended when they were to be killed; after every kill no row "
        "was doubled or strange, and the work run again gave the rows of a serial run",
    ]
    print("\n".join(lines))
    if asked.write:
        import reliability

        reliability.note("soak", lines)
    return 0


def _serial(kind: str, lake: Path, files: list[Path]) -> tuple[list[tuple[Any, ...]], float]:
    """Do a work that nobody kills; return its rows and how long it takes."""
    if kind == "repair":
        do_import(str(lake), files)
    begun = time.perf_counter()
    if kind == "repair":
        damage(str(lake))
    TASKS[kind](str(lake), files)
    return rows_of(str(lake), TABLES[kind]), time.perf_counter() - begun


def _round(
    context: Any, kind: str, lake: Path, files: list[Path], whole: list[tuple[Any, ...]],
    length: float, chance: random.Random,
) -> int:  # fmt: skip
    """Kill a work once, look at what it left, and do it to its end; 1 where it was too late."""
    shutil.rmtree(lake, ignore_errors=True)
    if kind == "repair":
        do_import(str(lake), files)
        damage(str(lake))
    process = context.Process(target=TASKS[kind], args=(str(lake), files))
    process.start()
    process.join(chance.uniform(0, 1.5 * length))
    late = int(not process.is_alive())
    if process.is_alive():
        os.kill(process.pid, signal.SIGKILL)
    process.join()
    if kind != "repair" and (lake / TABLES[kind] / "_delta_log").is_dir():
        left = rows_of(str(lake), TABLES[kind])
        assert len(left) == len(set(left)), f"{kind}: rows are doubled"
        assert set(left) <= set(whole), f"{kind}: rows that no serial run has"
    TASKS[kind](str(lake), files)
    again = rows_of(str(lake), TABLES[kind])
    assert again == whole, f"{kind}: {len(again)} rows where a serial run has {len(whole)}"
    return late


if __name__ == "__main__":
    sys.exit(main())
