"""What several benchmarks share: what a process costs, and the lake and article they work on."""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from springtide.examples import article
from springtide.market.ingest import import_bars, load_bundled
from springtide.market.lake import Lake

SHARED = Path(__file__).resolve().parents[2] / "shared"
MODEL_ARTICLE = SHARED / "articles" / "annotated" / "00-hstech-rally.md"


@dataclass(frozen=True, slots=True)
class Cost:
    """Medians over runs of a process: seconds by the clock, and seconds of processor time.

    On a busy machine only the latter says what the program costs.
    """

    clock: float
    processor: float


def costs(commands: Sequence[Sequence[str]], runs: int, *, warm: bool = True) -> list[Cost]:
    """Run commands in turn, one round to warm the caches, and return the medians of each."""
    measured: list[list[tuple[float, float]]] = [[] for _ in commands]
    for number in range(-int(warm), runs):
        for command, rounds in zip(commands, measured, strict=True):
            cost = _cost(command)
            if number >= 0:
                rounds.append(cost)
    return [
        Cost(*(statistics.median(each) for each in zip(*rounds, strict=True)))
        for rounds in measured
    ]


def _cost(command: Sequence[str]) -> tuple[float, float]:
    # Modules are compiled once and kept, as those of an installed package are.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        command,
        check=True,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    clock, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def report(name: str, ours: Cost, limit: float, baseline: str, theirs: Cost) -> None:
    """Print what a command costs, its target, and the ratio to a baseline of the same run."""
    verdict = "ok" if ours.processor <= limit else "OVER THE LIMIT"
    print(
        f"  {name:34} {ours.processor:5.2f} s of processor, {ours.clock:5.2f} s by the clock"
        f"   (limit {limit:g} s) {verdict}"
    )
    print(
        f"  {baseline:34} {theirs.processor:5.2f} s of processor, {theirs.clock:5.2f} s by the"
        f" clock   ratio {ours.processor / theirs.processor:.2f}"
    )


def program() -> str:
    """Return the springtide command beside this Python."""
    path = shutil.which("springtide", path=str(Path(sys.executable).parent))
    if path is None:
        sys.exit("The springtide command is not installed beside this Python.")
    return path


def lake_and_article(folder: Path) -> tuple[Lake, Path]:
    """Fill a lake with real prices for the model article; else with the sample for its example."""
    lake = Lake.create(folder)
    if MODEL_ARTICLE.is_file():
        folders = [SHARED / "market" / name for name in ("index", "stock", "etf")]
        files = [path for each in folders for path in each.glob("*.csv") if path.stem != "kc_iex"]
        import_bars(lake, sorted(files))
        load_bundled(lake)
        return lake, MODEL_ARTICLE
    print("  the folder 'shared' is not beside the checkout: the bundled sample and its example")
    load_bundled(lake)
    return lake, article("zh-cn")


@contextmanager
def own_cache(folder: Path) -> Iterator[None]:
    """Keep what outlooks keep in a folder of its own, so that nothing is made already."""
    before = os.environ.get("SPRINGTIDE_CACHE")
    os.environ["SPRINGTIDE_CACHE"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["SPRINGTIDE_CACHE"]
        else:
            os.environ["SPRINGTIDE_CACHE"] = before
