"""A served lake, as a browser and a program see it."""

from __future__ import annotations

import shutil
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from springtide.market.ingest import import_bars
from springtide.market.lake import Lake
from springtide.web.app import build
from springtide.web.guard import Keys, hosts_of

TOKEN = "a-token-for-the-tests-alone"


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Served:
    """A running server."""

    address: str
    keys: Keys
    lake: Lake

    def ask(
        self, path: str, data: bytes | None = None, known: bool = True, **headers: str
    ) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if known:
            named["Authorization"] = f"Bearer {TOKEN}"
        request = urllib.request.Request(self.address + path, data, named)
        try:
            with urllib.request.build_opener(_Stay).open(request, timeout=60) as answer:
                return Answer(answer.status, dict(answer.headers), answer.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, dict(error.headers), error.read())


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRINGTIDE_CONFIG", str(tmp_path_factory.mktemp("settings")))


@contextmanager
def serving(lake: Lake) -> Iterator[Served]:
    """Serve a lake from a thread."""
    import uvicorn

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    keys = Keys(token=TOKEN)
    app = build(lake, keys, hosts_of("127.0.0.1", port))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield Served(f"http://127.0.0.1:{port}", keys, lake)
    server.should_exit = True
    thread.join(10)


def _copied(lake: Lake, folder: Path) -> Lake:
    assert lake.local is not None
    return Lake.open(shutil.copytree(lake.local, folder / "lake"))


@pytest.fixture(scope="session")
def served(bundled_lake: Lake, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(_copied(bundled_lake, tmp_path_factory.mktemp("served"))) as one:
        yield one


def load(lake: Lake, folder: Path) -> None:
    """Put what every page shows into a lake: decided calls, refused rows, a scan."""
    from springtide.calls.forecasts import from_outlook
    from springtide.calls.ledger import file
    from springtide.library.lake import Lake as Library
    from springtide.scan.asked import asked_of
    from springtide.scan.plan import plan_of
    from springtide.scan.run import resumed

    bad = folder / "spoilt.csv"
    bad.write_text("Date,Open,High,Low,Close\n2018-12-28,2500,2400,2450,2485.74\n"
                   "2018-12-31,2498.94,2509.24,2482.82,2506.85\n")  # fmt: skip
    import_bars(lake, [bad], symbol="SPX")
    subject = Library(lake)["SPX"]
    for day in DECIDED:
        file(lake, from_outlook(subject.asof(day).outlook(), subject.instrument))
    plan = plan_of(lake, asked_of(["rsi", "phase_age"]), date(2000, 3, 10))
    resumed(lake, plan, ["IXIC", "SPX"], workers=1)


DECIDED = tuple(f"{year}-06-29" for year in (2004, 2005, 2006, 2007, 2010, 2011, 2012, 2015, 2016))
DECIDED += ("2004-12-31", "2013-06-28")
"""Days in rallies, on ten dates and more: so many a source needs to be ranked."""


@pytest.fixture(scope="session")
def laden(bundled_lake: Lake, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server whose lake has something for every page."""
    folder = tmp_path_factory.mktemp("laden")
    lake = _copied(bundled_lake, folder)
    load(lake, folder)
    with serving(lake) as one:
        yield one
