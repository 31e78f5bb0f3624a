"""Fixtures for all rooms. Expected answers come from outside the code under test."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from springtide.market.ingest import import_bars, load_bundled
from springtide.market.lake import Lake

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SHARED = Path(__file__).resolve().parents[2] / "shared"


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


def pytest_report_header() -> list[str]:
    where = (
        "found"
        if SHARED.is_dir()
        else "NOT found: tests on real market data and articles are skipped"
    )
    browser = CHROMIUM or "NOT found: tests of pages in a real browser are skipped"
    return [f"reference data beside the checkout: {where}", f"chromium: {browser}"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser without a window."""
    if CHROMIUM is None:
        pytest.skip("no Chromium here: install it (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    switches = (
        "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
        "--disable-component-update --disable-sync"
    )
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=switches.split())
        yield launched
        launched.close()


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


def _made_once(factory: pytest.TempPathFactory, name: str, fill: Callable[[Lake], object]) -> Lake:
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
