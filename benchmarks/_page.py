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
_SECTION = re.compile(r"^## (\w+)\n\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def write(printed: dict[str, str]) -> None:
    """Put what benchmarks printed in place of their sections of the page, below its head."""
    kept = PAGE.read_text(encoding="utf-8")
    head = kept.partition("\n## ")[0]
    sections = dict(_SECTION.findall(kept))
    for name, text in printed.items():
        sections[name] = f"{_machine()}\n\n```text\n{text.rstrip()}\n```\n\n"
    parts = [
        f"{head.strip()}\n",
        *(f"## {name}\n\n{sections[name].strip()}\n" for name in sorted(sections)),
    ]
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
