"""Fixtures for all rooms. Expected answers come from outside the code under test."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest

from springtide.market.ingest import import_bars, load_bundled
from springtide.market.lake import Lake

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


@pytest.fixture(scope="session")
def bundled_lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """A lake with the bundled sample. For reading only: it is shared by the whole run."""
    return _made_once(tmp_path_factory, "bundled", lambda lake: load_bundled(lake).errors)


@pytest.fixture(scope="session")
def market_lake(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """A lake with the real indices, stocks and ETFs as traded. For reading only."""

    def fill(lake: Lake) -> object:
        folders = [shared / "market" / name for name in ("index", "stock", "etf")]
        paths = [p for folder in folders for p in folder.glob("*.csv") if p.stem != "kc_iex"]
        return import_bars(lake, sorted(paths)).errors

    return _made_once(tmp_path_factory, "market", fill)


def _made_once(
    factory: pytest.TempPathFactory, name: str, fill: Callable[[Lake], object]
) -> Lake:
    """Make a lake once for all workers of a run: the first one fills it, the others wait."""
    worker = factory.getbasetemp()
    root = worker.parent if worker.name.startswith("popen-") else worker
    folder = root / f"lake-{name}"
    with open(root / f"{name}.lock", "ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "filled").exists():
            lake = Lake.create(folder)
            assert not fill(lake)
            (folder / "filled").touch()
    return Lake.open(folder)
