"""A lake in an object store: a server with the interface of S3, several writers, a killed one."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from springtide.errors import LakeError
from springtide.market import integrity
from springtide.market.ingest import import_bars
from springtide.market.lake import Lake
from springtide.market.view import View

pytest.importorskip("moto", reason="moto, the stand-in for S3, is not installed")

FILES, ROWS = 4, 60
WRITER = textwrap.dedent(
    """
    import json, sys
    from springtide.market.ingest import import_bars
    from springtide.market.lake import Lake

    address, options, *paths = sys.argv[1:]
    lake = Lake.create(address, json.loads(options))
    print("ready", flush=True)
    for path in paths:
        import_bars(lake, [path])
    """
)


@pytest.fixture(scope="module")
def store() -> Iterator[Mapping[str, str]]:
    """The options of a store that answers on this machine, with an empty bucket."""
    import logging

    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(port=0)
    server.start()
    host, port = server.get_host_and_port()
    options = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_REGION": "us-east-1",
    }  # fmt: skip
    client(options).create_bucket(Bucket="lakes")
    yield options
    server.stop()


def client(options: Mapping[str, str]) -> Any:
    import boto3

    return boto3.client(
        "s3", endpoint_url=options["AWS_ENDPOINT_URL"], region_name="us-east-1",
        aws_access_key_id="test", aws_secret_access_key="test",
    )  # fmt: skip


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("panel")
    rng = np.random.default_rng(7)
    days = [date(2024, 1, 1) + timedelta(days=i) for i in range(2 * ROWS)]
    days = [day for day in days if day.weekday() < 5][:ROWS]
    for number in range(FILES):
        close = 50 * np.exp(rng.normal(0, 0.01, ROWS).cumsum())
        frame = pl.DataFrame({"symbol": f"{number + 1:04}.HK", "date": days, "close": close})
        frame.write_csv(folder / f"{number}.csv")
    return sorted(folder.iterdir())


def rows_of(lake: Lake) -> list[tuple[object, ...]]:
    rows = lake.snapshot("bars").scan().collect()
    return sorted(rows.select("symbol", "date", "close").rows())


def writer(address: str, options: Mapping[str, str], paths: list[Path]) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, address, json.dumps(dict(options)), *map(str, paths)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ))
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


@pytest.fixture(scope="module")
def serial(panel: list[Path], tmp_path_factory: pytest.TempPathFactory) -> list[tuple[object, ...]]:
    lake = Lake.create(str(tmp_path_factory.mktemp("serial") / "lake"))
    import_bars(lake, panel)
    return rows_of(lake)


def test_a_store_holds_a_lake_as_a_folder_does(
    store: Mapping[str, str], panel: list[Path], serial: list[tuple[object, ...]]
) -> None:
    lake = Lake.create("s3://lakes/one", store)
    assert import_bars(lake, panel).total("new") == FILES * ROWS
    again = Lake.open("s3://lakes/one", store)
    assert import_bars(again, panel).total("same") == FILES * ROWS
    assert rows_of(again) == serial
    held = again.at()
    assert len(View(held, date(2024, 2, 1)).bars("0001.HK")) == 24
    assert held.sql("SELECT count(*) AS n FROM latest_bars")["n"].item() == FILES * ROWS
    assert integrity.check("s3://lakes/one", again) == []


def test_two_writers_at_once_store_each_row_once(
    store: Mapping[str, str], panel: list[Path], serial: list[tuple[object, ...]]
) -> None:
    both = [writer("s3://lakes/two", store, panel), writer("s3://lakes/two", store, panel[::-1])]
    assert [each.wait(120) for each in both] == [0, 0]
    assert rows_of(Lake.open("s3://lakes/two", store)) == serial


def test_a_killed_writer_loses_and_doubles_nothing(
    store: Mapping[str, str], panel: list[Path], serial: list[tuple[object, ...]]
) -> None:
    seed = random.Random(3)
    for _ in range(3):
        process = writer("s3://lakes/three", store, panel)
        time.sleep(seed.uniform(0, 0.4))
        process.send_signal(signal.SIGKILL)
        process.wait(60)
        rows = rows_of(Lake.open("s3://lakes/three", store))
        assert len(rows) == len(set(rows))
        assert set(rows) <= set(serial)
    assert writer("s3://lakes/three", store, panel).wait(120) == 0
    assert rows_of(Lake.open("s3://lakes/three", store)) == serial


def test_an_object_that_is_gone_is_named(store: Mapping[str, str], panel: list[Path]) -> None:
    lake = Lake.create("s3://lakes/four", store)
    import_bars(lake, panel[:1])
    (part,) = lake.snapshot("bars").parts
    client(store).delete_object(Bucket="lakes", Key=f"four/bars/{part.name}")
    opened = Lake.open("s3://lakes/four", store)
    (damage,) = integrity.check("s3://lakes/four", opened)
    assert damage.part is not None
    assert damage.part.rows == ROWS
    with pytest.raises(LakeError, match="cannot be read"):
        View(opened, date(2024, 2, 1)).bars("0001.HK")
    with pytest.raises(LakeError, match="Only a lake on disk can be repaired"):
        integrity.repair("s3://lakes/four")


def test_a_store_that_is_not_there_is_named(store: Mapping[str, str]) -> None:
    gone = {**store, "AWS_ENDPOINT_URL": "http://127.0.0.1:9", "max_retries": "0"}
    with pytest.raises(LakeError, match=r"cannot be (read|written to)"):
        Lake.open("s3://lakes/five", gone)
