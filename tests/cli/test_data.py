"""The commands that fill the lake and look into it, run as a user runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from springtide.market.ingest import load_bundled
from springtide.market.lake import Lake


def springtide(*words: str | Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("springtide")
    return subprocess.run(
        [program, *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "COLUMNS": "100"},
    )


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake with the bundled sample."""
    folder = tmp_path_factory.mktemp("data") / "lake"
    load_bundled(Lake.create(folder))
    return folder


# --- instruments -----------------------------------------------------------------------------


def test_instruments_in_every_script() -> None:
    for query in ("恒生科技", "恆生科技", "Hang Seng TECH", "HSTECH"):
        (first, *_) = json.loads(springtide("instruments", query, "--json").stdout)
        assert first["id"] == "HSTECH"
    table = springtide("instruments", "恆生科技").stdout.splitlines()
    assert table[0].split()[0] == "id"
    assert table[2].split()[0] == "HSTECH"
    assert "恒生科技指数" in table[2]


def test_no_instrument_is_said_and_exits_with_1() -> None:
    done = springtide("instruments", "zzzz")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "No instrument has a name like zzzz.\n"
    assert springtide("instruments", "zzzz", "--json").stdout == "[]\n"


# --- sql ---------------------------------------------------------------------------------------

IN_MARCH_2000 = """
SELECT date, close FROM latest_bars
WHERE symbol = 'IXIC' AND date >= '2000-03-09' AND date <= '2000-03-13' ORDER BY date
"""


def test_sql_answers_at_full_precision(lake: Path) -> None:
    done = springtide("sql", IN_MARCH_2000, "--json", "--lake", lake)
    assert (done.returncode, done.stderr) == (0, "")
    rows = json.loads(done.stdout)
    # Nasdaq Composite, its close of 10 March 2000: 5,048.62.
    assert [row["date"] for row in rows] == ["2000-03-09", "2000-03-10", "2000-03-13"]
    assert round(rows[1]["close"], 2) == 5048.62


def test_sql_prints_a_table_and_says_what_it_leaves_out(lake: Path) -> None:
    done = springtide("sql", IN_MARCH_2000, "--limit", "2", "--lake", lake)
    assert done.returncode == 0
    head, _, *rows = done.stdout.splitlines()
    assert head.split() == ["date", "close"]
    assert [row.split()[0] for row in rows] == ["2000-03-09", "2000-03-10"]
    assert done.stderr == "The first 2 of 3 rows; --limit 0 prints all.\n"
    everything = springtide("sql", IN_MARCH_2000, "--limit", "0", "--lake", lake)
    assert (len(everything.stdout.splitlines()), everything.stderr) == (5, "")


@pytest.mark.parametrize("query", ["SELEC 1", "SELECT * FROM prices", "DROP TABLE bars", ""])
def test_sql_that_cannot_be_run_is_bad_use(lake: Path, query: str) -> None:
    done = springtide("sql", query, "--lake", lake)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: ")
    assert "Traceback" not in done.stderr


def test_sql_without_a_lake_says_how_to_make_one(tmp_path: Path) -> None:
    done = springtide("sql", "SELECT 1", "--lake", tmp_path / "none")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"There is no lake at {tmp_path / 'none'}" in done.stderr
