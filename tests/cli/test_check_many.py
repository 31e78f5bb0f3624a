"""The command `check` on several articles: what it writes and prints, and how it ends."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from springtide.market.lake import Lake

FRONT = "---\ntitle: A day in March\ndate: 2000-03-10\n---\n"
TRUE = "The Nasdaq Composite closed at 5,048.62.\n"
FALSE = "The Nasdaq Composite closed at 5,148.62.\n"


def check(
    lake: Lake, folder: Path, *words: str, given: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run the installed command in a folder, as a user does."""
    done = subprocess.run(
        [Path(sys.executable).with_name("springtide"), "check", *words],
        input=given,
        capture_output=True,
        check=False,
        cwd=folder,
        env={**os.environ, "SPRINGTIDE_LAKE": str(lake.address), "COLUMNS": "100"},
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "a.md").write_text(FRONT + TRUE, encoding="utf-8")
    (tmp_path / "posts" / "b.md").write_text(FRONT + FALSE, encoding="utf-8")
    return tmp_path


def test_a_folder_gives_a_folder_an_article_and_a_table(folder: Path, bundled_lake: Lake) -> None:
    done = check(bundled_lake, folder, "posts", "--out", "out", "--jobs", "2")
    assert done.returncode == 0
    assert (
        done.stdout.decode().splitlines()[-1].startswith("2 articles: ✓ supported 1 · ✗ refuted 1")
    )
    written = sorted(
        path.relative_to(folder / "out").as_posix() for path in (folder / "out").rglob("*")
    )
    files = ("check.html", "check.json", "claimreview.jsonld")
    each = [path for name in "ab" for path in (name, *(f"{name}/{file}" for file in files))]
    assert written == sorted([*each, "checks.parquet"])
    table = pl.read_parquet(folder / "out" / "checks.parquet")
    claims = table.filter(pl.col("kind") == "claim")  # "A day" of both titles is none
    assert claims["verdict"].to_list() == ["supported", "refuted"]
    assert claims["file"].to_list() == ["posts/a.md", "posts/b.md"]
    alone = check(bundled_lake, folder, "posts/a.md", "--out", "alone")
    assert alone.returncode == 0
    assert sorted(path.name for path in (folder / "alone").iterdir()) == sorted(files)
    for file in files:
        assert (folder / "alone" / file).read_bytes() == (folder / "out" / "a" / file).read_bytes()


def test_a_bad_article_is_named_and_the_run_ends_with_1(folder: Path, bundled_lake: Lake) -> None:
    done = check(bundled_lake, folder, "posts/a.md", "none.md", "posts/b.md", "--format", "jsonl")
    assert done.returncode == 1
    lines = [json.loads(line) for line in done.stdout.decode().splitlines()]
    lines = [line for line in lines if line.get("kind") != "none"]
    assert [line.get("verdict") for line in lines] == ["supported", None, "refuted"]
    assert "none.md" in lines[1]["error"]
    assert b"Error: none.md: none.md cannot be read" in done.stderr


@pytest.mark.parametrize(("words", "code"), [((), 0), (("--fail-on", "refuted"), 1)])
def test_fail_on_refuted(
    folder: Path, bundled_lake: Lake, words: tuple[str, ...], code: int
) -> None:
    assert check(bundled_lake, folder, "posts", *words).returncode == code
    assert check(bundled_lake, folder, "posts/a.md", "posts/a.md", *words).returncode == 0


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_standard_input_is_an_article(folder: Path, bundled_lake: Lake, encoding: str) -> None:
    text = f"{FRONT}纳斯达克综合指数收报5048.62点，市场成交有所增加。\n"
    done = check(bundled_lake, folder, "-", "--json", given=text.encode(encoding))
    assert (done.returncode, done.stderr) == (0, b"")
    document = json.loads(done.stdout)
    assert document["source"] == "standard input"
    assert [claim["verdict"] for claim in document["claims"]] == ["supported"]
    assert check(bundled_lake, folder, "-", given=b"").returncode == 1


@pytest.mark.parametrize("form", ["jsonl", "github", "sarif"])
def test_one_article_in_each_form(folder: Path, bundled_lake: Lake, form: str) -> None:
    done = check(bundled_lake, folder, "posts/b.md", "--format", form)
    assert (done.returncode, done.stderr) == (0, b"")
    said = done.stdout.decode()
    assert "5,148.62" in said
    if form == "sarif":
        assert len(json.loads(said)["runs"][0]["results"]) == 1
    elif form == "github":
        assert len(said.splitlines()) == 1
    else:
        lines = [json.loads(line) for line in said.splitlines()]
        assert [line["kind"] for line in lines] == ["none", "claim"]  # "A day" in the title


def test_a_progress_bar_keeps_out_of_what_is_piped(folder: Path, bundled_lake: Lake) -> None:
    """Standard error is a terminal here, standard output is not."""
    own, theirs = pty.openpty()
    done = subprocess.run(
        [Path(sys.executable).with_name("springtide"), "check", "posts", "--format", "jsonl"],
        stdout=subprocess.PIPE,
        stderr=theirs,
        check=True,
        cwd=folder,
        env={**os.environ, "SPRINGTIDE_LAKE": str(bundled_lake.address), "TERM": "xterm"},
    )
    os.close(theirs)
    shown = os.read(own, 100_000).decode(errors="replace")  # a terminal may cut a character
    os.close(own)
    lines = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [line["verdict"] for line in lines if line["kind"] == "claim"] == [
        "supported",
        "refuted",
    ]
    assert "Checking" in shown
