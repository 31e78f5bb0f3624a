"""The page of evidence that benchmarks leave: what each printed, with machine and versions."""

from __future__ import annotations

import os
import platform
import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "evidence" / "speed.md"
_PACKAGES = (
    "numpy",
    "polars",
    "deltalake",
    "numba",
    "pyexuber",
    "lppls",
    "TA-Lib",
    "ta",
    "pandas-ta-classic",
    "stockstats",
)
_HEAD = """# Speed

What `make bench` printed last. Every figure is a ratio in one run, or processor time beside the
same run's baseline; times by the clock depend on what else the machine does. A benchmark that was
run alone (`python -m benchmarks psy`) replaces its own section.

Where a target is not reached:

- Reading takes 11 ms of processor time a post (wanted: 8) and some 40 ms for the model article on a
  busy core (wanted: 20). No function takes more than a twentieth of it. What is left is Python over
  features of words, a number at a time; less of it means to weigh the features of all numbers of an
  article as arrays.
- `springtide check` of one article takes about 1.1 s (wanted: 0.5). Polars and NumPy alone take
  0.2, compiling the expressions of the reader another 0.2.
- `springtide measure` takes 0.46 s (wanted: 0.45), of which Polars, NumPy, the Delta library and
  the parser of the command line are 0.25.
- PSY without lags over 2,000 observations is 20 to 30 times as fast as pyexuber (wanted: 25), by
  what else runs. The kernel does 45% of the operations that the core can; single precision with
  the best windows computed again would do twice as many and is not built.
- A scan of 30 metrics takes 3.4 times the decoding of their columns (wanted: twice). What is beyond
  it was not measured part by part; copying columns out of Parquet's chunks and making rows with
  their reasons are the likeliest.
- A scan of 5,000 instruments of 20 years takes 5.6 s on two shared cores (wanted: 3) and 2.2 GB at
  most (wanted: 1.5); where the peak comes from was not found.
- TA-Lib takes 4 to 9 times as long for a metric (wanted: 5), as the machine has other work.
"""
_SECTION = re.compile(r"^## (\w+)\n\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def write(printed: dict[str, str]) -> None:
    """Put what benchmarks printed in place of their sections of the page."""
    kept = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    sections = dict(_SECTION.findall(kept))
    for name, text in printed.items():
        sections[name] = f"{_machine()}\n\n```text\n{text.rstrip()}\n```\n\n"
    parts = [_HEAD, *(f"## {name}\n\n{sections[name].strip()}\n" for name in sorted(sections))]
    PAGE.write_text("\n".join(parts), encoding="utf-8")


def _machine() -> str:
    """Say on what it ran."""
    names = [f"{name} {version}" for name in _PACKAGES if (version := _version(name))]
    return (
        f"{_processor()}, {os.cpu_count()} cores, {platform.system()}; "
        f"Python {platform.python_version()}, {', '.join(names)}."
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.is_file():
        names = re.findall(r"^model name\s*: (.+)$", info.read_text(), re.MULTILINE)
        if names:
            return str(names[0])
    return platform.processor() or platform.machine()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
