"""What the tests of this room share: short frames of bars, and a stand-in for feeds."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import polars as pl
import pytest

from springtide.market.lake import Lake
from springtide.market.sources.batch import BAR_COLUMNS, Batch, bars_frame

# The table of file formats, which a page of the documentation is written from too.
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

Answer = tuple[int, str, bytes]


@pytest.fixture
def lake(tmp_path: object) -> Lake:
    """A new, empty lake of the test's own."""
    return Lake.create(f"{tmp_path}/lake")


def make_bars(symbol: str, rows: list[tuple[object, ...]], source: str = "test") -> Batch:
    """Bars from (date, close) or (date, open, high, low, close, volume)."""
    full = [row if len(row) == 6 else (row[0], None, None, None, row[1], None) for row in rows]
    frame = pl.DataFrame(
        full,
        schema={"date": pl.Date, **dict.fromkeys(BAR_COLUMNS[2:7], pl.Float64)},
        orient="row",
    )
    return Batch(symbol, bars_frame(frame, symbol, source))


@pytest.fixture(name="bars_of")
def bars_of_fixture() -> Callable[..., Batch]:
    return make_bars


def day(text: str) -> date:
    return date.fromisoformat(text)


class StandIn:
    """A web server on this machine that answers as it is told, and remembers what it was asked."""

    def __init__(self) -> None:
        self.answer: Callable[[str, dict[str, str]], Answer] = lambda path, query: (404, "", b"")
        self.asked: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
                outer.asked.append(parts.path)
                status, kind, body = outer.answer(parts.path, query)
                try:
                    self.send_response(status)
                    self.send_header("Content-Type", kind)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                except (BrokenPipeError, ConnectionResetError):
                    pass  # the client gave up waiting

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        serve = self.server.serve_forever
        threading.Thread(target=serve, args=(0.01,), daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    server = StandIn()
    yield server
    server.close()
