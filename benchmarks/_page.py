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

- Reading takes 15.1 ms of processor time a post on a machine with much else to do; the reader of
  the day before took 15.2 in the same minutes, and 11.1 on a quiet machine (wanted: 8). The model
  article takes 45 ms there (wanted: 20). Expressions are tried only where a word stands that they
  require, which halved their searches (1,870 to 910 a post) and took 7% off the same rules; rules
  that were added since took as much. No function takes more than a twentieth of it: what is left
  is Python over features of words, a number at a time; less of it means to weigh the features of
  all numbers of an article as arrays.
- `springtide check` of one article takes 1.28 s where it took 1.40 in the same minutes, and 1.08
  on a quiet machine, its modules compiled (wanted: 0.5). By samples of the process, of each second
  0.16 goes into compiling expressions (a class of all Chinese characters takes one ms), 0.16 into
  making the methods of 290 dataclasses, 0.13 into importing Polars and NumPy, 0.10 into loading
  the other modules, 0.07 into the index of names. None of these grows with the article.
- `springtide measure` takes 0.54 s where it took 0.58 in the same minutes; on a quiet machine it
  took 0.43 before (wanted: 0.45).
- The 15,108 posts of the corpus checked by `springtide check FOLDER --jobs 2` against a lake of
  all reference data took 366 s of processor time, 24 ms a post, and 1,322 s by the clock, with
  some twenty processes waiting for the two cores (wanted: 120 s, which is 16 ms a post on two
  cores of one's own; not measured so). Of the time of a post two thirds are reading, a sixth is
  writing the report, an eighth is reading bars. Each process holds 200 MB at first, 350 after
  1,000 posts, and 570 from the 3,000th to the last: histories are let go every 1,000 posts.
- PSY without lags over 2,000 observations is 20 to 30 times as fast as pyexuber (wanted: 25), by
  what else runs. The kernel does 45% of the operations that the core can; single precision with
  the best windows computed again would do twice as many and is not built.
- A scan of 30 metrics takes 1.5 to 1.9 times the processor time of decoding symbols, dates and
  five figures (wanted: twice) at loads of 3 to 16 on two cores; two runs at a load of 26 gave 1.5
  and 2.3. It reads three of the five, and takes 2.5 to 3.4 times what decoding these takes. Of
  0.50 s on one thread, decoding was 0.19, rows with their reasons 0.09, kernels 0.08, copying
  columns into arrays 0.04, telling which symbols are plain 0.03.
- 5,000 instruments of 20 years were scanned in 1.7 to 2.5 s at loads of 3 to 15 (wanted: 3) and in
  7 s at a load of 26, by two seconds of processor at most, with 0.6 GB at most (wanted: 1.5).
- Two processes do a minute's work 1.8 times as fast as one by the processor time of the busier
  one. What is wanted is as much by the clock, which could not be measured: the machine had other
  work. A process that begins needs 1.3 s of processor for libraries and compiled code.
- An import of the panel takes 2.2 to 2.5 times a copy (wanted: 1.8), and 1.7 to 1.9 times without
  the largest of the files that hold closes alone. Reading and writing are 1.2 of it: the lake's
  files have nine columns where that one has three.
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
