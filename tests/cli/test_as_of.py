"""--as-of left out is the last close on file; today says which session it took."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from springtide.cli.run import run
from springtide.market.declared import Description
from springtide.market.ingest import import_bars
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.metrics.asof import session_taken


@pytest.fixture(autouse=True)
def bundled(bundled_lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRINGTIDE_LAKE", str(bundled_lake.address))


def test_without_a_date_the_last_close_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["measure", "close_level", "SPX", "--json"]) == 0
    told = capsys.readouterr()
    answer = json.loads(told.out)
    # The bundled sample ends on 31 December 2018: 2,506.85.
    assert (answer["as_of"], answer["value"]) == ("2018-12-31", 2506.85)
    assert told.err == ""


def test_today_says_which_session_it_took(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["measure", "close_level", "SPX", "--as-of", "today", "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["as_of"] == "2018-12-31"
    said = " ".join(told.err.split())
    assert f"as of 2018-12-31, the last close of SPX on file up to {date.today()}" in said
    assert "sessions since then that are not on file: " in said


@pytest.mark.parametrize(
    ("day", "behind"),
    [
        ("2025-02-13", ""),  # a Thursday: its own session may not be over
        ("2025-02-14", "; sessions since then that are not on file: 1"),
        ("2025-02-16", "; sessions since then that are not on file: 2"),
    ],
)
def test_sessions_that_are_not_on_file_are_counted(tmp_path: Path, day: str, behind: str) -> None:
    file = tmp_path / "closes.csv"
    file.write_text("date,close\n2025-02-11,1\n2025-02-12,2\n", encoding="utf-8")
    lake = Lake.create(tmp_path / "lake")
    import_bars(lake, [file], symbol="AS1", description=Description("index", "XHKG", "HKD"))
    view = View(lake, date.fromisoformat(day))
    said = session_taken(view, view.instrument("AS1"))
    assert said == f"as of 2025-02-12, the last close of AS1 on file up to {day}{behind}"


@pytest.mark.parametrize("words", [["outlook", "IXIC"], ["brief", "IXIC"]])
def test_other_commands_take_it_too(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = ["--out", str(tmp_path)] if words[0] == "brief" else []
    assert run([*words, *out, "--json"]) in (0, 1)
    assert json.loads(capsys.readouterr().out)["as_of"] == "2018-12-31"


def test_nothing_on_file_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["measure", "rsi", "MSFT"]) == 1
    assert "no close of MSFT up to" in " ".join(capsys.readouterr().err.split())


def test_an_article_of_today(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = tmp_path / "a.txt"
    article.write_text("The S&P 500 closed at 2,506.85.\n", encoding="utf-8")
    words = ["check", str(article), "--as-of", "today", "--out", str(tmp_path / "out"), "--json"]
    assert run(words) == 0
    assert json.loads(capsys.readouterr().out)["as_of"] == date.today().isoformat()
