"""Ten readers of every page, while another process imports into the same lake."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import polars as pl

from springtide.library.watch import watch
from springtide.market import calendars
from springtide.market.lake import Lake

from .conftest import TOKEN

READERS = 10
FILES = 24
"""Files that are imported, each a session and a commit: too few to be put together at the end."""

PAGES = ("/", "/i/SPX", "/i/SPX/chart?fan=0", "/check", "/calls", "/scan", "/data", "/data.json",
         "/calls.json", "/watch/SPX", "/i/SPX.json")  # fmt: skip


@contextmanager
def _process(lake: Path) -> Iterator[str]:
    """Run the command itself, and stop it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "springtide", "serve", "--lake", str(lake)]
    server = subprocess.Popen(
        [*command, "--port", str(port), "--token", TOKEN],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ,
    )  # fmt: skip
    try:
        assert server.stdout is not None
        assert "Open http" in server.stdout.readline()
        address = f"http://127.0.0.1:{port}"
        for _ in range(200):
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield address
    finally:
        server.terminate()
        _, complaints = server.communicate(timeout=30)
    assert "Traceback" not in complaints, complaints


def _ask(address: str, path: str) -> tuple[str, int, str]:
    asked = urllib.request.Request(address + path, headers={"Authorization": f"Bearer {TOKEN}"})
    with urllib.request.urlopen(asked, timeout=120) as answer:
        return path, answer.status, answer.read().decode()


def _files(folder: Path) -> list[Path]:
    """Write one session a file: those of 2019 that follow the sample."""
    sessions = calendars.sessions("XNYS", date(2019, 1, 2), date(2019, 3, 29))
    assert sessions is not None
    made = []
    for k, day in enumerate(sessions[:FILES].tolist()):
        close = 2510.0 + 7 * k
        path = folder / f"session-{k:02}.csv"
        path.write_text(
            "Date,Open,High,Low,Close,Volume\n"
            f"{day},{close - 3},{close + 9},{close - 9},{close},3000000000\n"
        )
        made.append(path)
    return made


def _last_by_version(lake: Lake) -> dict[int, str]:
    """Return the last session of the S&P 500 at each version of the bars."""
    last = {}
    for version in range(lake.versions()["bars"] + 1):
        rows = lake.at({"bars": version, "observations": 0}).snapshot("bars").scan(["SPX"])
        day = rows.select(pl.col("date").max()).collect().item()
        if day is not None:
            last[version] = str(day)
    return last


def _told(path: str, body: str) -> tuple[int, str] | None:
    """Return the version that an answer says it was read at, and the last session it shows."""
    if path == "/data.json":
        document = json.loads(body)
        of = {one["symbol"]: one["last"] for one in document["instruments"]}
        return document["versions"]["bars"], of["SPX"]
    if path == "/i/SPX.json":
        document = json.loads(body)
        return document["versions"]["bars"], document["as_of"]
    if path.startswith("/i/SPX/chart"):
        document = json.loads(body)
        assert document["dates"][-1] == document["as_of"]
        assert len(document["dates"]) == len(document["close"])
        return document["versions"]["bars"], document["as_of"]
    if path == "/i/SPX":
        as_of = re.search(r'data-asof="([\d-]+)"', body)
        pin = re.search(r"v=bars(?::|%3A)(\d+)", body)
        rows = re.search(r'<tbody>\s*<tr><th scope="row">([\d-]+)<', body)
        assert as_of is not None
        assert pin is not None
        assert rows is not None
        assert rows[1] == as_of[1]
        return int(pin[1]), as_of[1]
    return None


def test_ten_readers_each_see_one_version_while_another_process_imports(
    bundled_lake: Lake, tmp_path: Path
):
    assert bundled_lake.local is not None
    folder = Path(shutil.copytree(bundled_lake.local, tmp_path / "lake"))
    files = _files(tmp_path)
    watch("SPX")
    with _process(folder) as address, ThreadPoolExecutor(READERS) as readers:
        for path in PAGES:
            _ask(address, path)  # what is compiled once is compiled before
        importing = subprocess.Popen(
            [sys.executable, "-m", "springtide", "import", "bars", *map(str, files),
             "--symbol", "SPX", "--lake", str(folder)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

        def read(reader: int) -> list[tuple[str, int, str]]:
            answers = []
            turn = reader
            while importing.poll() is None or turn < reader + len(PAGES):
                answers.append(_ask(address, PAGES[turn % len(PAGES)]))
                turn += 1
            return answers

        answers = [one for each in readers.map(read, range(READERS)) for one in each]
        said, _ = importing.communicate()
    assert importing.returncode == 0, said
    assert {status for _, status, _ in answers} == {200}
    assert {path for path, _, _ in answers} == set(PAGES)
    last = _last_by_version(Lake.open(folder))
    assert len(set(last.values())) == FILES + 1
    seen = Counter(told for path, _, body in answers if (told := _told(path, body)))
    assert {(version, day) for version, day in seen if last[version] != day} == set()
    assert len({version for version, _ in seen}) > 2, "nothing was read while it was imported"
