"""Fixtures for all rooms. Expected answers come from outside the code under test."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def pytest_report_header() -> str:
    where = "found" if SHARED.is_dir() else "NOT found: tests on real market data and articles are skipped"
    return f"reference data beside the checkout: {where}"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real market data and articles beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("the reference data (a folder 'shared' beside the checkout) are not here")
    return SHARED
