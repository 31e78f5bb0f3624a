"""Fixtures for all rooms. Expected answers come from outside the code under test."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from springtide.market import instruments
from springtide.market.declared import Description
from springtide.market.ingest import import_bars, import_observations, load_bundled
from springtide.market.lake import Lake
from springtide.market.layouts.model import Given, Unit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from springtide.outlook.model import Outlook

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
def lake_of_closes() -> Callable[[Path, list[date], dict[str, list[float]]], Lake]:
    """Make a lake of the closes of some instruments, one a day from the first day on."""

    def make(folder: Path, days: list[date], closes: dict[str, list[float]]) -> Lake:
        lines = ["symbol,date,close"]
        for symbol, values in closes.items():
            lines += [f"{symbol},{day},{close}" for day, close in zip(days, values, strict=False)]
        (folder / "closes.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        made = Lake.create(folder / "lake")
        report = import_bars(
            made,
            [folder / "closes.csv"],
            description=_described(closes),
            today=date(2026, 1, 1),
        )
        assert not report.errors
        return made

    return make


def _described(symbols: Iterable[str]) -> Description | None:
    """Say of invented symbols that they are shares of New York."""
    if all(map(instruments.is_told, symbols)):
        return None
    return Description("stock", "XNYS", "USD")


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


VALUED = {"csi300": "CSI300", "hsi": "HSI", "hstech": "HSTECH", "ndx": "NDX", "spx": "SPX"}
"""Files of multiples, and the indices that they are of."""


@pytest.fixture(scope="session")
def figures_lake(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """A lake with the real prices and all published figures. For reading only."""
    market = shared / "market"

    def fill(lake: Lake) -> object:
        paths = [p for f in ("index", "stock", "etf") for p in (market / f).glob("*.csv")]
        report = import_bars(lake, sorted(p for p in paths if p.stem != "kc_iex"))
        asked = [
            ("flow/stock_connect_daily.csv", "connect", Given(units=(Unit("HKD", 1e6),))),
            *(
                (f"valuation/{name}.csv", "valuation-wide", Given(subject=subject))
                for name, subject in VALUED.items()
            ),
            ("valuation/shiller_sp500_monthly.csv", "shiller", Given()),
            ("rating/us_rating_events.csv", "ratings", Given()),
            ("tokens", "llm-prices", Given()),
        ]
        for place, layout, given in asked:
            import_observations(lake, [market / place], layout=layout, given=given)
        return report.errors

    return _made_once(tmp_path_factory, "figures", fill)


@pytest.fixture(scope="session")
def outlook_by_hand() -> Outlook:
    """An outlook on the S&P 500 on 31 December 2009: its rally as it was, the forecasts invented.

    The rally is that of the published closes: the low of 676.53 on 9 March 2009, 207 sessions ago.
    """
    from springtide.language.messages import Written
    from springtide.market.rallies import Rally
    from springtide.outlook.model import (
        Analogue,
        Fan,
        Forecast,
        LeftOut,
        Lifetimes,
        Outlook,
        Skill,
    )  # fmt: skip

    rally = Rally(
        "SPX", "index", date(2009, 12, 31), 1115.10, date(2009, 3, 9), 676.53, date(2009, 3, 23),
        date(2009, 12, 28), 1127.78, 207, 1115.10 / 676.53 - 1, 1115.10 / 1127.78 - 1, -0.0709,
        0.155,
    )  # fmt: skip
    peak = (0.14, 0.2, 0.26, 0.33, 0.44, 0.51, 0.58, 0.63, 0.72, 0.8, 0.88, 0.94)
    gain = (
        0.14, 0.2, 0.26, 0.31, 0.4, 0.49, 0.57, 0.68, 0.77, 0.87, 0.92, 0.96, 0.98, 0.99, 0.996,
        0.999,
    )  # fmt: skip
    new_high = (0.35, 0.6, 0.74, 0.79, 0.82)
    pool = Forecast("combination", peak, gain, new_high, 0.553, 4321)
    base = Forecast("climatology", tuple(p * 0.9 for p in peak), gain, new_high, 0.52, 2345)
    paths = [tuple(0.0007 * k * bend for k in range(-60, 200)) for bend in (1.0, 0.4, -0.6)]
    sessions = (0, 5, 20, 60, 120, 250)
    levels = (0.1, 0.25, 0.5, 0.75, 0.9)
    reach = (-1.28, -0.67, 0.0, 0.67, 1.28)
    times = tuple(float(t) for t in range(5, 1500, 25))
    survival = tuple(0.995 ** (t / 2) for t in times)
    return Outlook(
        subject="SPX",
        as_of=date(2009, 12, 31),
        rally=rally,
        market="bull",
        forecasts=(base, pool),
        shown="combination",
        skill=(
            Skill(60, 18204, 0.19, 0.12, 0.05, 0.19, 0.08, 0.01, 0.14),
            Skill(120, 17100, 0.21, 0.071, 0.012, 0.124, 0.05, -0.01, 0.11),
        ),
        gain_skill=Skill(0, 16800, 0.29, 0.04, 0.01, 0.07, 0.05, 0.02, 0.08),
        weights=(("climatology", 0.6), ("garch", 0.4)),
        left_out=(
            LeftOut(
                "survival",
                Written(
                    (
                        ("en", "closes of SPX before 1999-01-04: valuation is needed"),
                        ("zh-cn", "需要SPX在1999-01-04之前的收盘价"),
                    )
                ),
            ),
        ),
        analogues=tuple(
            Analogue("IXIC", date(2003, 12, 31), date(2002, 10, 9), 0.5, path, 60, 40, 0.07, True)
            for path in paths
        ),
        fan=Fan(
            sessions,
            levels,
            tuple(tuple(1115.10 * (1 + 0.01 * z * s**0.5) for s in sessions) for z in reach),
        ),
        lifetimes=Lifetimes(
            times,
            survival,
            tuple(0.9 * s for s in survival),
            tuple(min(1.0, 1.1 * s) for s in survival),
            1234,
            45,
            310,
        ),
        fitted_to=date(2009, 11, 30),
        fitted_on=(2345, 612),
        versions=(("bars", 1),),
    )


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
