"""The page of figures that benchmarks print: each keeps a part of it."""

from __future__ import annotations

import importlib.metadata
import platform
import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "evidence" / "speed.md"

_HEAD = """# How fast it is

What `make bench` printed last, each figure with its peer in the same run. Parts are written by
`python -m benchmarks NAME --page`.
"""


def put(name: str, text: str) -> None:
    """Put the part of a benchmark into the page, in the place of the one before."""
    page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else _HEAD
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    part = f"{begin}\n\n{text.strip()}\n\n{end}"
    if begin in page:
        page = re.sub(f"{begin}.*?{end}", lambda _: part, page, flags=re.DOTALL)
    else:
        page = f"{page.rstrip()}\n\n{part}\n"
    PAGE.write_text(page, encoding="utf-8")


def machine(*packages: str) -> str:
    """Say on what machine and with which versions something was measured."""
    import os

    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in packages)
    cores, python = os.cpu_count(), platform.python_version()
    return f"{cores} cores, {platform.machine()}, Python {python}, {versions}"
