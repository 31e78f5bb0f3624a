"""The page of evidence on reliability: the last figures of fuzzing and of killing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "evidence" / "reliability.md"


def note(part: str, lines: Sequence[str]) -> None:
    """Put the figures of a run between the marks of its part of the page."""
    text = PAGE.read_text(encoding="utf-8")
    said = "\n".join(f"- {line}" for line in [*lines, f"run on {date.today()}"])
    pattern = rf"(?<=<!-- {part} -->\n\n).*?(?=\n\n<!-- end -->)"
    PAGE.write_text(re.sub(pattern, lambda _: said, text, flags=re.S), encoding="utf-8")
