"""The page on the outlook states the numbers that the methods use."""

from __future__ import annotations

from pathlib import Path

import pytest

from springtide.outlook import analogues, landmarks, simulation
from springtide.outlook.compose import PROVED_AT
from springtide.outlook.model import THRESHOLD

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "outlook.md"


@pytest.mark.parametrize(
    "stated",
    [
        f"closes rise by {100 * THRESHOLD:.0f}%",
        f"The {analogues.COUNT} month's ends",
        f"last {landmarks.PATH} closes",
        f"{landmarks.STATE:.0f} · cos(difference in setback)",
        f"/ {1 + 2 * landmarks.STATE:.0f}`",
        f"both {PROVED_AT[0]} and {PROVED_AT[1]} sessions",
        {1000: "A thousand simulated continuations"}[simulation.PATHS],
    ],
)
def test_the_page_states_what_the_code_does(stated: str) -> None:
    assert stated in " ".join(PAGE.read_text(encoding="utf-8").split())
