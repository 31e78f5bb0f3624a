"""The commands that fill the lake and look into it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from springtide.cli.run import run
from springtide.market.ingest import load_bundled
from springtide.market.lake import Lake


@dataclass(frozen=True)
class Done:
    """How a run ended and what it printed."""

    returncode: int
    stdout: str
    stderr: str


class Springtide(Protocol):
    """Runs a command line."""

    def __call__(self, *words: str | Path) -> Done: ...


@pytest.fixture
def springtide(capsys: pytest.CaptureFixture[str]) -> Springtide:
    """The command line, in this process (``test_shell.py`` runs it as a program)."""

    def call(*words: str | Path) -> Done:
        code = run([str(word) for word in words])
        return Done(code, *capsys.readouterr())

    return call


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake with the bundled sample."""
    folder = tmp_path_factory.mktemp("data") / "lake"
    load_bundled(Lake.create(folder))
    return folder


# --- instruments -----------------------------------------------------------------------------


def test_instruments_in_every_script(springtide: Springtide) -> None:
    for query in ("恒生科技", "恆生科技", "Hang Seng TECH", "HSTECH"):
        (first, *_) = json.loads(springtide("instruments", query, "--json").stdout)
        assert first["id"] == "HSTECH"
    table = springtide("instruments", "恆生科技").stdout.splitlines()
    assert table[0].split()[0] == "id"
    assert table[2].split()[0] == "HSTECH"
    assert "恒生科技指数" in table[2]


def test_no_instrument_is_said_and_exits_with_1(springtide: Springtide) -> None:
    done = springtide("instruments", "zzzz")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "No instrument has a name like zzzz.\n"
    assert springtide("instruments", "zzzz", "--json").stdout == "[]\n"


# --- sql ---------------------------------------------------------------------------------------

IN_MARCH_2000 = """
SELECT date, close FROM latest_bars
WHERE symbol = 'IXIC' AND date >= '2000-03-09' AND date <= '2000-03-13' ORDER BY date
"""


def test_sql_answers_at_full_precision(springtide: Springtide, lake: Path) -> None:
    done = springtide("sql", IN_MARCH_2000, "--json", "--lake", lake)
    assert (done.returncode, done.stderr) == (0, "")
    rows = json.loads(done.stdout)
    # Nasdaq Composite, its close of 10 March 2000: 5,048.62.
    assert [row["date"] for row in rows] == ["2000-03-09", "2000-03-10", "2000-03-13"]
    assert round(rows[1]["close"], 2) == 5048.62


def test_sql_prints_a_table_and_says_what_it_leaves_out(springtide: Springtide, lake: Path) -> None:
    done = springtide("sql", IN_MARCH_2000, "--limit", "2", "--lake", lake)
    assert done.returncode == 0
    head, _, *rows = done.stdout.splitlines()
    assert head.split() == ["date", "close"]
    assert [row.split()[0] for row in rows] == ["2000-03-09", "2000-03-10"]
    assert done.stderr == "The first 2 of 3 rows; --limit 0 prints all.\n"
    everything = springtide("sql", IN_MARCH_2000, "--limit", "0", "--lake", lake)
    assert (len(everything.stdout.splitlines()), everything.stderr) == (5, "")


@pytest.mark.parametrize("query", ["SELEC 1", "SELECT * FROM prices", "DROP TABLE bars", ""])
def test_sql_that_cannot_be_run_is_bad_use(springtide: Springtide, lake: Path, query: str) -> None:
    done = springtide("sql", query, "--lake", lake)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: ")
    assert "Traceback" not in done.stderr


def test_sql_without_a_lake_says_how_to_make_one(springtide: Springtide, tmp_path: Path) -> None:
    done = springtide("sql", "SELECT 1", "--lake", tmp_path / "none")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"There is no lake at {tmp_path / 'none'}" in done.stderr


# --- import --------------------------------------------------------------------------------------

# Hang Seng Index, 11 to 14 February 2025 (HKEX); high and low of the first day changed places.
HSI = """date,open,high,low,close,volume
2025-02-11,21656.82,21279.37,21682.41,21294.86,3583400000
2025-02-12,21526.41,21858.83,21411.09,21857.92,4873000000
2025-02-13,21958.69,22523.57,21735.56,21814.37,6487200000
2025-02-14,22027.07,22620.33,22027.07,22620.33,6057000000
"""


def test_import_bars_counts_names_and_keeps(springtide: Springtide, tmp_path: Path) -> None:
    file, lake = tmp_path / "hsi.csv", tmp_path / "lake"
    file.write_text(HSI, encoding="utf-8")
    done = springtide("import", "bars", file, "--symbol", "恒指", "--lake", lake)
    assert done.returncode == 0
    head, _, row = done.stdout.splitlines()
    assert head.split() == ["file", "rows", "new", "completed", "revised", "same", "refused"]
    assert row.split() == ["hsi.csv", "4", "3", "0", "0", "0", "1"]
    assert done.stderr.startswith("refused: hsi.csv: ")
    assert "2025-02-11" in done.stderr

    again = springtide("import", "bars", file, "--symbol", "HSI", "--lake", lake, "--json")
    (report,) = json.loads(again.stdout)["files"]
    assert {name: report[name] for name in ("rows", "new", "same", "refused")} == {
        "rows": 4,
        "new": 0,
        "same": 3,
        "refused": 1,
    }
    stored = springtide("sql", "SELECT symbol, close FROM bars", "--lake", lake, "--json")
    assert [row["close"] for row in json.loads(stored.stdout)] == [21857.92, 21814.37, 22620.33]


def test_import_of_a_folder_takes_what_it_can(springtide: Springtide, tmp_path: Path) -> None:
    folder = tmp_path / "bars"
    folder.mkdir()
    (folder / "hsi.csv").write_text(HSI, encoding="utf-8")
    (folder / "hstech.csv").write_text(
        "Date,Close\n2025-02-12,5281.18\n2025-02-13,5235.28\n", encoding="utf-8"
    )
    (folder / "kc.csv").write_text("who,what\n1,2\n", encoding="utf-8")
    done = springtide("import", "bars", folder, "--lake", tmp_path / "lake")
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1].split() == ["all", "3", "6", "5", "0", "0", "0", "1"]
    assert "kc.csv could not be read: " in done.stderr
    assert "refused: hsi.csv: " in done.stderr


def test_import_observations(springtide: Springtide, tmp_path: Path) -> None:
    file, lake = tmp_path / "figures.csv", tmp_path / "lake"
    # As published for 13 February 2025: Hang Seng TECH at 17.4 times forward earnings.
    file.write_text(
        "subject,field,date,value,unit\nHSTECH,forward_pe,2025-02-13,17.4,x\n", encoding="utf-8"
    )
    done = springtide("import", "observations", file, "--source", "Scutt", "--lake", lake)
    assert (done.returncode, done.stderr) == (0, "")
    query = "SELECT subject, value, unit, source FROM observations"
    rows = json.loads(springtide("sql", query, "--lake", lake, "--json").stdout)
    assert rows == [{"subject": "HSTECH", "value": 17.4, "unit": "x", "source": "Scutt"}]


@pytest.mark.parametrize("kind", ["bars", "observations"])
@pytest.mark.parametrize("content", [None, b"", bytes(range(256)) * 40, b"a,b\n1,2\n"], ids=str)
def test_a_file_that_cannot_be_used_is_told(
    springtide: Springtide, kind: str, content: bytes | None, tmp_path: Path
) -> None:
    file = tmp_path / "hsi.csv"
    if content is not None:
        file.write_bytes(content)
    done = springtide("import", kind, file, "--lake", tmp_path / "lake")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: ")
    assert "hsi.csv" in done.stderr
    assert "defect" not in done.stderr


def test_many_files_are_summed_and_the_odd_ones_named(
    springtide: Springtide, tmp_path: Path
) -> None:
    folder = tmp_path / "bars"
    folder.mkdir()
    for number in range(30):
        price = 10 if number else -10
        (folder / f"{number + 1:04}.hk.csv").write_text(
            f"date,close\n2025-02-12,10\n2025-02-13,{price}\n", encoding="utf-8"
        )
    done = springtide("import", "bars", folder, "--lake", tmp_path / "lake")
    assert done.returncode == 0
    _, _, odd, total = done.stdout.splitlines()
    assert odd.split() == ["0001.hk.csv", "2", "1", "0", "0", "0", "1"]
    assert total.split() == ["all", "30", "60", "59", "0", "0", "0", "1"]
    assert len(done.stderr.splitlines()) == 1


# --- sync ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["HSI", "--source", "stooq"], "The sources are yahoo, akshare"),
        (["HSI", "--since", "2025-02-30"], "Invalid value for --since"),
        (["恒止"], "Unknown instrument: 恒止. Did you mean HSI"),
        (["Alibaba"], "Ambiguous instrument: Alibaba. Allowed: 9988.HK, BABA."),
        ([], "Nothing is named to be fetched"),
    ],
)
def test_sync_of_what_cannot_be_meant_is_bad_use(
    springtide: Springtide, words: list[str], message: str, tmp_path: Path
) -> None:
    done = springtide("sync", *words, "--lake", tmp_path / "lake")
    assert (done.returncode, done.stdout) == (2, "")
    assert message in " ".join(done.stderr.split())
