"""What other packages add by entry points: real distributions on the path of another process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from springtide.market.lake import Lake

METRIC = """
from springtide.claims.model import Params
from springtide.language.messages import Percent, message
from springtide.metrics import rows
from springtide.metrics.answers import Measured
from springtide.metrics.patterns import Draft, en, is_price_fact
from springtide.metrics.registry import Metric


def _gap(view, instrument, params):
    bars, i = rows.at(view, instrument, "open")
    j = rows.before(view, instrument, "close", view.as_of)
    value = 100.0 * (float(bars.open[i]) / float(bars.close[j]) - 1.0)
    return Measured(value, (rows.row(bars, j, "close"), rows.row(bars, i, "open")))


def _say(claim, measurement):
    way = "down" if claim.value < 0 else "up"
    return message("metrics.tiny_gap-said", value=Percent(abs(claim.value), 2), way=way)


def _read(found):
    return Draft(Params(), found.quantity(), found.sign) if is_price_fact(found) else None


METRICS = (
    Metric(
        key="tiny_gap",
        params=Params,
        formula="open(as_of) / close(previous session) - 1",
        minimum="the open of the session, the close of the session before",
        unit="%",
        decimals=2,
        measure=_gap,
        wording=_say,
        patterns=(en(r"gapped (?:(?P<down>down)|up){gap}{pct:value}", _read, rank=10),),
    ),
)
"""
AGAIN = "from springtide.metrics.families.oscillators import METRICS"
WORDS = """\
tiny_gap = {title}
    .definition = {definition}
tiny_gap-said = {said}
"""
SOURCE = """
from datetime import date

NAME = "Tiny feed"


def available():
    return True


def ticker(instrument):
    return instrument.id


def fetch(instrument, first, last, *, pause=0.0):
    import polars as pl

    from springtide.market.sources import feeds

    days = [date(2025, 2, 12), date(2025, 2, 13)]
    return feeds.Fetched(pl.DataFrame({"date": days, "close": [21857.92, 21814.37]}))
"""


def install(folder: Path, points: str, files: dict[str, str]) -> Path:
    """Put a distribution of ours on a path, as pip would."""
    info = folder / "tiny_tools-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: tiny-tools\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(points)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def springtide(
    folder: Path, *words: str, lake: object = "none"
) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.run(
        [sys.executable, "-m", "springtide", *words],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": path, "SPRINGTIDE_LAKE": str(lake)},
    )


def metric_package(folder: Path) -> Path:
    said = {
        "en": ("Tiny gap", "From close to open.", "gapped { $way } { $value } at the open"),
        "zh-cn": ("小缺口", "收盘至开盘。", "跳空{ $value }"),
        "zh-hk": ("小裂口", "收市至開市。", "裂口{ $value }"),
    }
    words = {
        f"tiny_tools/messages/{language}/metrics.tiny.ftl": WORDS.format(
            title=title, definition=definition, said=wording
        )
        for language, (title, definition, wording) in said.items()
    }
    points = "[springtide.metrics]\ntiny = tiny_tools.metrics\n"
    return install(
        folder, points, {"tiny_tools/metrics.py": METRIC, "tiny_tools/__init__.py": "", **words}
    )


def test_a_metric_of_another_package_is_measured_and_read(
    bundled_lake: Lake, tmp_path: Path
) -> None:
    folder = metric_package(tmp_path / "site")
    lake = bundled_lake.address
    shown = springtide(folder, "metrics", "tiny_gap")
    assert shown.returncode == 0, shown.stderr
    assert "Tiny gap / 小缺口 / 小裂口" in shown.stdout
    assert "The Nasdaq Composite gapped up 72.45% at the open." in shown.stdout
    run = springtide(folder, "measure", "tiny_gap", "IXIC", "--as-of", "2000-03-10", lake=lake)
    # Close of 9 March 5,046.86, open of 10 March 5,060.34.
    assert "0.267097%" in run.stdout
    note = tmp_path / "note.txt"
    note.write_text("The Nasdaq Composite gapped up 0.27% at the open.\n", encoding="utf-8")
    words = ["check", str(note), "--as-of", "2000-03-10", "--out", str(tmp_path / "out")]
    assert "supported 1" in springtide(folder, *words, lake=lake).stdout


def test_a_source_of_another_package_is_synced(tmp_path: Path) -> None:
    points = "[springtide.sources]\ntiny = tiny_feed\n"
    folder = install(tmp_path / "site", points, {"tiny_feed.py": SOURCE})
    done = springtide(folder, "sync", "HSI", "--source", "tiny", lake=tmp_path / "lake")
    assert done.returncode == 0, done.stderr
    words = ["measure", "pct_change", "HSI", "--as-of", "2025-02-13"]
    told = springtide(folder, *words, lake=tmp_path / "lake").stdout
    assert "-0.199241%" in told
    assert "Tiny feed" in told


@pytest.mark.parametrize(
    ("points", "files", "said"),
    [
        ("tiny = no_such_module", {}, "ModuleNotFoundError: No module named 'no_such_module'"),
        ("tiny = broken", {"broken.py": "1 / 0"}, "ZeroDivisionError: division by zero"),
        ("tiny = empty", {"empty.py": ""}, "empty has no METRICS"),
        ("tiny = odd", {"odd.py": "METRICS = ('rsi',)"}, "'rsi' in METRICS is no metric"),
        ("tiny = again", {"again.py": AGAIN},
         "there is a metric rsi already"),
    ],
)  # fmt: skip
def test_a_package_that_cannot_be_used_is_named(
    tmp_path: Path, points: str, files: dict[str, str], said: str
) -> None:
    folder = install(tmp_path / "site", f"[springtide.metrics]\n{points}\n", files)
    done = springtide(folder, "metrics")
    assert done.returncode == 1
    told = " ".join(done.stderr.split())
    assert "What tiny-tools 1.0 adds as tiny (springtide.metrics) cannot be used" in told
    assert said in told
    assert "Traceback" not in told


def test_a_source_that_is_none(tmp_path: Path) -> None:
    points = "[springtide.sources]\ntiny = empty\n"
    folder = install(tmp_path / "site", points, {"empty.py": "NAME = 'x'"})
    done = springtide(folder, "sync", "HSI", "--source", "tiny", lake=tmp_path / "lake")
    assert done.returncode == 1
    assert "empty has no available and no ticker and no fetch" in " ".join(done.stderr.split())
    done = springtide(folder, "sync", "HSI", "--source", "yahoo!", lake=tmp_path / "lake")
    assert done.returncode == 1 or "Unknown source: yahoo!" in done.stderr
