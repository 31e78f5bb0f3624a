"""A served lake, as a browser and a program see it."""

from __future__ import annotations

import shutil
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

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


@pytest.fixture(scope="session")
def served(bundled_lake: Lake, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    import uvicorn

    assert bundled_lake.local is not None
    copied = tmp_path_factory.mktemp("served") / "lake"
    lake = Lake.open(shutil.copytree(bundled_lake.local, copied))

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
