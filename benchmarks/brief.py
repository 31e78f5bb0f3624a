"""A brief from a warm lake, charts included: the whole command, against its libraries alone.

The baseline starts Python and imports the libraries that read and compute.
Checks that the brief, read back, holds every claim that it made, each supported.

The section on bubbles, which is asked for by --exuberance, is timed apart: the first time for a
date, when markets without a bubble are simulated, and once that is kept.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from benchmarks._runs import costs, program, report
from springtide.checking.check import check_file
from springtide.market.ingest import load_bundled
from springtide.market.lake import Lake

RUNS = 5
LIMIT = 2.5
LIBRARIES = """
import cyclopts, deltalake, numba, polars, scipy.special
"""


def main() -> None:
    print(f"brief of IXIC as of 2000-03-10, two languages, medians of {RUNS} runs")
    with tempfile.TemporaryDirectory() as scratch:
        lake, out = Lake.create(Path(scratch) / "lake"), Path(scratch) / "brief"
        load_bundled(lake)
        command = [program(), "brief", "IXIC", "--as-of", "2000-03-10"]
        command += ["--lake", lake.address, "--out", str(out)]
        ours, theirs = costs([command, [sys.executable, "-c", LIBRARIES]], RUNS)
        report("springtide brief", ours, LIMIT, "its libraries", theirs)
        check_result(lake, out)
        exuberance(lake, out, Path(scratch) / "cache")


def exuberance(lake: Lake, out: Path, cache: Path) -> None:
    """Time the brief with its section on bubbles, and without it, where all scales are known."""
    plain = [program(), "brief", "SPX", "--as-of", "2018-01-26"]
    plain += ["--lake", lake.address, "--out", str(out)]
    asked = [*plain, "--exuberance"]
    env = ["env", f"SPRINGTIDE_CACHE={cache}"]
    fits = cache / "fits"
    fresh = ["sh", "-c", f'rm -rf "{fits}"; exec "$@"', "sh", *env, *asked]
    without, first, kept = costs([[*env, *plain], fresh, [*env, *asked]], RUNS)
    print("brief of SPX as of 2018-01-26, with the section on bubbles")
    rows = (("without the section", without), ("the first time", first), ("once kept", kept))
    for name, cost in rows:
        print(f"  {name:34} {cost.processor:5.2f} s of processor, {cost.clock:5.2f} s by the clock")
    check_result(lake, out)


def check_result(lake: Lake, out: Path) -> None:
    made = json.loads((out / "brief.json").read_text(encoding="utf-8"))
    stated = sum(
        len(sentence["statements"])
        for section in made["sections"]
        for sentence in section["sentences"]
    )
    pictures = len(list(out.glob("*.svg")))
    for language in ("en", "zh-cn"):
        verdicts = check_file(out / f"index.{language}.md", lake).verdicts
        supported = sum(verdict.label == "supported" for verdict in verdicts)
        assert supported == len(verdicts) == stated, (language, supported, len(verdicts), stated)
    print(f"  {stated} claims read back and supported in both languages, {pictures} pictures")


if __name__ == "__main__":
    main()
