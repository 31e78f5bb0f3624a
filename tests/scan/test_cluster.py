"""A scan on a cluster equals the serial one, whoever is killed, and a second start goes on."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from springtide.errors import SpringtideError, UsageError
from springtide.market.ingest import import_bars, load_bundled
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.scan.asked import asked_of
from springtide.scan.cluster import on_cluster
from springtide.scan.plan import Plan, plan_of
from springtide.scan.run import scan

pytest.importorskip("distributed")
pytestmark = pytest.mark.slow

DAY = date(2018, 1, 26)
SLOW = "exuberance_statistic:window=1500,lag=0"


@pytest.fixture
def lake(tmp_path: Path, bundled_lake: Lake) -> Lake:
    """The closes of the S&P 500 under twelve invented names, each cut off elsewhere."""
    from springtide.market.declared import Description

    bars = (
        bundled_lake.snapshot("bars").scan(["SPX"]).select("date", "close").sort("date").collect()
    )
    parts = [
        bars.slice(20 * k).with_columns(symbol=pl.lit(f"SCAN{k:02}")) for k in range(12)
    ]  # fmt: skip
    pl.concat(parts).write_csv(tmp_path / "bars.csv")
    made = Lake.create(tmp_path / "lake")
    described = Description("stock", "XNYS", "USD")
    assert not import_bars(made, [tmp_path / "bars.csv"], description=described).errors
    return made


@pytest.fixture
def cluster() -> Iterator[object]:
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None,
        silence_logs="CRITICAL",
    ) as made:  # fmt: skip
        yield made


def planned(lake: Lake, *names: str) -> Plan:
    return plan_of(lake, asked_of(names), DAY, since=date(2017, 6, 1), every="month")


def rows_of(lake: Lake, plan: Plan) -> int:
    return len(lake.sql(f"SELECT * FROM scans WHERE run = '{plan.run}'"))


def test_a_scan_on_a_cluster_is_the_serial_one(lake: Lake, cluster: object) -> None:
    plan = planned(lake, "rsi", "phase", "drawdown:period=all")
    rows, notes = on_cluster(lake, plan, cluster.scheduler_address)  # type: ignore[attr-defined]
    assert not notes
    assert rows.equals(scan(plan))
    assert rows_of(lake, plan) == len(rows) == 12 * 8 * 3


def test_a_lake_that_is_written_to_meanwhile_is_read_as_it_was(lake: Lake, cluster: object) -> None:
    plan = planned(lake, "rsi")
    before = scan(plan)
    load_bundled(lake)
    rows, _ = on_cluster(lake, plan, cluster.scheduler_address)  # type: ignore[attr-defined]
    assert rows.equals(before)


def test_killed_workers_cost_only_what_was_at_hand(lake: Lake, cluster: object) -> None:
    import threading

    plan = planned(lake, SLOW)
    expected = scan(plan, workers=1)
    stop = threading.Event()

    def kill() -> None:
        for _ in range(3):
            time.sleep(1.5)
            if stop.is_set():
                return
            workers = cluster.scheduler_info["workers"].values()  # type: ignore[attr-defined]
            pids = [
                cluster.workers[one["id"]].pid  # type: ignore[attr-defined]
                for one in workers
            ]
            if pids and pids[0]:
                os.kill(pids[0], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    rows, notes = on_cluster(lake, plan, cluster.scheduler_address)  # type: ignore[attr-defined]
    stop.set()
    killer.join()
    assert not notes
    assert rows.equals(expected)
    assert rows_of(lake, plan) == len(rows)


def test_a_killed_client_is_started_again(lake: Lake, cluster: object) -> None:
    plan = planned(lake, SLOW)
    address = cluster.scheduler_address  # type: ignore[attr-defined]
    command = [
        sys.executable, "-m", "springtide", "scan", SLOW, "--as-of", str(DAY), "--since",
        "2017-06-01", "--every", "month", "--lake", lake.address, "--scheduler", address,
    ]  # fmt: skip
    client = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(4)
    client.kill()
    client.wait()
    rows, notes = on_cluster(lake, plan, address)
    assert not notes
    assert rows.equals(scan(plan))
    assert rows_of(lake, plan) == len(rows)


def test_a_lake_that_cannot_be_written_to_is_told_and_the_rows_are_there(
    lake: Lake, cluster: object
) -> None:
    plan = planned(lake, "rsi")
    expected = scan(plan)
    (Path(lake.address) / "scans").write_text("in the place of the table's folder")
    rows, notes = on_cluster(lake, plan, cluster.scheduler_address)  # type: ignore[attr-defined]
    assert rows.equals(expected)
    assert any("cannot be" in note for note in notes)


POISON = """
import os
from springtide.claims.model import Params
from springtide.language.messages import message
from springtide.metrics.answers import Measured
from springtide.metrics.registry import Metric


def _end(view, instrument, params):
    if instrument.id == "SCAN07":
        os.kill(os.getpid(), 9)
    return Measured(1.0)


METRICS = (
    Metric(
        key="poison", params=Params, formula="1", minimum="nothing", unit="%", decimals=0,
        measure=_end, wording=lambda claim, measurement: message("metrics.rsi"),
    ),
)
"""

RUN = """
import sys
from datetime import date
from springtide.market.lake import Lake
from springtide.scan.asked import asked_of
from springtide.scan.cluster import on_cluster
from springtide.scan.plan import plan_of
from springtide.scan.run import scan

if __name__ == "__main__":
    lake = Lake.open(sys.argv[1])
    plan = plan_of(lake, asked_of(["poison"]), date(2018, 1, 26))
    if sys.argv[2] == "processes":
        rows = scan(plan, workers=2)
    else:
        from distributed import LocalCluster

        with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
            rows, _ = on_cluster(lake, plan, cluster.scheduler_address)
    for symbol, value, missing in rows.select("symbol", "value", "missing").rows():
        print(symbol, value, missing)
"""


@pytest.mark.parametrize("how", ["processes", "cluster"])
def test_a_symbol_that_ends_its_process_is_named_and_the_rest_done(
    lake: Lake, tmp_path: Path, how: str
) -> None:
    """The metric is of a package that is installed on the path of the processes alone."""
    site = tmp_path / "site"
    (site / "poisonous").mkdir(parents=True)
    (site / "poisonous" / "__init__.py").write_text(POISON)
    told = site / "poisonous-1.0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: poisonous\nVersion: 1.0\n")
    (told / "entry_points.txt").write_text("[springtide.metrics]\npoison = poisonous\n")
    (tmp_path / "run.py").write_text(RUN)
    path = os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, str(tmp_path / "run.py"), lake.address, how],
        env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = sorted(line for line in done.stdout.splitlines() if line.startswith("SCAN"))
    assert len(lines) == 12, done.stderr[-2000:]
    for k, line in enumerate(lines):
        said = "None Measuring it ended the process. This is a defect." if k == 7 else "1.0 None"
        assert line == f"SCAN{k:02} {said}"


def test_nobody_answers_and_no_address() -> None:
    from springtide.cluster import connected

    with pytest.raises(UsageError, match="no address"), connected("localhost"):
        pass


def test_a_scheduler_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from springtide import cluster as module

    monkeypatch.setattr(module, "ANSWER", 1.0)
    with (
        pytest.raises(SpringtideError, match="No scheduler answers"),
        module.connected("tcp://127.0.0.1:9"),
    ):
        pass


def test_views_and_snapshots_travel(bundled_lake: Lake) -> None:
    view = View(bundled_lake, DAY)
    there = pickle.loads(pickle.dumps(view))
    assert there.versions == view.versions
    assert (there.bars("SPX").close == view.bars("SPX").close).all()
    snapshot = bundled_lake.snapshot("bars")
    assert pickle.loads(pickle.dumps(snapshot)) == snapshot


def test_articles_are_checked_on_a_cluster(
    bundled_lake: Lake, tmp_path: Path, cluster: object
) -> None:
    from springtide.checking.cluster import check_on_cluster
    from springtide.checking.many import Job, articles_in, check_many

    for k in range(4):
        text = f"The S&P 500 closed at 2,872.8{k} on 26 January 2018."
        (tmp_path / f"article{k}.txt").write_text(text, encoding="utf-8")
    items = articles_in([tmp_path])
    job = Job(bundled_lake.address, (), tmp_path / "out", DAY)
    address = cluster.scheduler_address  # type: ignore[attr-defined]
    there = list(check_on_cluster(items, job, address))
    assert there == list(check_many(items, job))
    assert [one.item for one in there] == items
    assert (tmp_path / "out" / "article0" / "check.json").is_file()


def test_a_second_start_of_checks_goes_on(
    bundled_lake: Lake, tmp_path: Path, cluster: object
) -> None:
    """Only what changed is checked again: an article, or the data."""
    from springtide.checking.cluster import check_on_cluster
    from springtide.checking.many import Checked, Job, articles_in

    for k in range(4):
        text = f"On 26 January 2018 the S&P 500 closed at 2,872.8{k}, up {k}.18% on the day."
        (tmp_path / f"article{k}.txt").write_text(text, encoding="utf-8")
    lake = Lake.create(tmp_path / "lake")
    load_bundled(lake)
    items = articles_in([tmp_path / f"article{k}.txt" for k in range(4)])
    job = Job(lake.address, (), tmp_path / "out", DAY)

    def start() -> tuple[list[Checked], list[int]]:
        address = cluster.scheduler_address  # type: ignore[attr-defined]
        checks = list(check_on_cluster(items, job, address))
        files = [tmp_path / "out" / item.name / "check.json" for item in items]
        return checks, [file.stat().st_mtime_ns for file in files]

    first, written = start()
    assert all(one.rows and not one.error for one in first)
    again, unchanged = start()
    assert (again, unchanged) == (first, written)
    # A scan that is stored meanwhile is no other data.
    plan = plan_of(lake, asked_of(["rsi"]), DAY)
    on_cluster(lake, plan, cluster.scheduler_address)  # type: ignore[attr-defined]
    items[1].path.write_text("On 26 January 2018 the S&P 500 closed at 2,900.", encoding="utf-8")
    third, changed = start()
    assert [a == b for a, b in zip(changed, written, strict=True)] == [True, False, True, True]
    assert third[1].rows != first[1].rows
    (tmp_path / "out" / items[2].name / ".checked.json").write_text("{")  # cut off
    rows = lake.snapshot("bars").scan(["SPX"]).tail(1).collect().with_columns(symbol=pl.lit("DJIA"))
    lake.append("bars", lambda _: rows)
    _, later = start()
    assert all(a != b for a, b in zip(later, changed, strict=True))
