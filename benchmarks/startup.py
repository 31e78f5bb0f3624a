"""What it costs to start: against a bare interpreter, and against the smallest such program."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 21

ONE_COMMAND = '''
from cyclopts import App

app = App(name="one", help="A program with one command.")


@app.command
def greet(name: str) -> None:
    """Say hello.

    Parameters
    ----------
    name
        Whom to greet.
    """
    print(f"hello {name}")


app()
'''


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def compare(ours: list[str], theirs: list[str]) -> tuple[float, float]:
    """Median seconds of each over alternating runs, after one run of each to warm the caches."""
    times = [(seconds(ours), seconds(theirs)) for _ in range(RUNS + 1)][1:]
    our_times, their_times = zip(*times, strict=True)
    return statistics.median(our_times), statistics.median(their_times)


def report(name: str, ours: list[str], theirs: list[str], limit: float) -> None:
    our_time, their_time = compare(ours, theirs)
    ratio = our_time / their_time
    verdict = "ok" if ratio <= limit else "OVER THE LIMIT"
    print(
        f"  {name:20} {our_time * 1e3:6.1f} ms against {their_time * 1e3:6.1f} ms"
        f"   ratio {ratio:.2f} (limit {limit:g}) {verdict}"
    )


def main() -> None:
    program = shutil.which("springtide", path=str(Path(sys.executable).parent))
    if program is None:
        sys.exit("The springtide command is not installed beside this Python.")
    print(f"start-up, medians of {RUNS} alternating runs")
    python = [sys.executable, "-c"]
    report("import springtide", [*python, "import springtide"], [*python, "pass"], limit=2)
    with tempfile.TemporaryDirectory() as folder:
        peer = Path(folder) / "one.py"
        peer.write_text(ONE_COMMAND, encoding="utf-8")
        report("springtide --help", [program, "--help"], [sys.executable, str(peer), "--help"], 1.5)


if __name__ == "__main__":
    main()
