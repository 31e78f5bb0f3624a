"""Instruments of one's own: what they are is said, kept in the lake, and never assumed."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from springtide.cli.run import run
from springtide.errors import UndescribedError, UsageError
from springtide.market import declared, instruments, registry
from springtide.market.declared import Description
from springtide.market.ingest import import_bars
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.metrics.registry import measure

CLOSES = "date,close\n2025-02-10,100\n2025-02-11,101\n2025-02-12,102\n2025-02-13,103\n"
INDEX = ("--kind", "index", "--calendar", "XHKG", "--currency", "HKD")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "closes.csv"
    path.write_text(CLOSES, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def nothing_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_DECLARED", {})
    registry.forget()


def take(file: Path, lake: Path, symbol: str, *words: str) -> int:
    return run(["import", "bars", str(file), "--symbol", symbol, *words, "--lake", str(lake)])


def test_a_symbol_that_nothing_tells_of_is_refused(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(file, tmp_path / "lake", "MYIDX") == 2
    said = " ".join(capsys.readouterr().err.split())
    assert "It is not known what MYIDX is" in said
    assert "--kind index --calendar XHKG --currency HKD" in said
    assert Lake.open(tmp_path / "lake").snapshot("bars").keys() == ()


@pytest.mark.parametrize("symbol", ["HSI", "0700.HK", "600000.SS", "NVDA"])
def test_what_a_table_or_the_code_tells_needs_no_words(
    file: Path, tmp_path: Path, symbol: str
) -> None:
    assert take(file, tmp_path / "lake", symbol) == 0


def test_what_is_said_is_kept_in_the_lake(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ("--name", "Spring Index", "--name", "春潮指数")
    assert take(file, tmp_path / "lake", "MYIDX", *INDEX, *names) == 0
    # Another process, with another settings folder: here a registry that forgets.
    registry._DECLARED.clear()
    registry.forget()
    assert not instruments.is_told("MYIDX")
    capsys.readouterr()
    words = ["measure", "pct_change", "春潮指数", "--as-of", "2025-02-13", "--json"]
    assert run([*words, "--lake", str(tmp_path / "lake")]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["subject"] == "MYIDX"
    assert told["value"] == pytest.approx(100 / 102)
    known = instruments.of_id("MYIDX")
    assert (known.kind, known.calendar, known.currency) == ("index", "XHKG", "HKD")
    assert known.name("en") == "Spring Index"
    # Bars that come later need no words.
    assert take(file, tmp_path / "lake", "MYIDX") == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--kind", "index", "--calendar", "XHKG"), "give currency too"),
        (("--name", "Mine"), "give kind and calendar and currency too"),
        (("--kind", "fund", "--calendar", "XHKG", "--currency", "HKD"), "no such kind"),
        (("--kind", "etf", "--calendar", "XHKX", "--currency", "HKD"), "or XHKG or"),
        (("--kind", "etf", "--calendar", "XHKG", "--currency", "dollars"), "three letters"),
    ],
)
def test_half_or_wrong_words_are_refused(
    file: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    said: str,
) -> None:
    assert take(file, tmp_path / "lake", "MYIDX", *words) == 2
    assert said.lower() in " ".join(capsys.readouterr().err.split()).lower()


def test_what_is_known_is_not_said_otherwise(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--kind", "stock", "--calendar", "XNYS", "--currency", "USD")
    assert take(file, tmp_path / "lake", "HSI", *words) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert "HSI is known already with kind index, calendar XHKG, currency HKD" in said
    assert take(file, tmp_path / "lake", "HSI", *INDEX) == 0


def test_what_was_said_wrongly_can_be_said_again(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = tmp_path / "lake"
    words = ("--kind", "stock", "--calendar", "XNYS", "--currency", "USD", "--name", "Spring Index")
    assert take(file, lake, "MYIDX", *words) == 0
    monkeypatch.chdir(tmp_path)
    assert take(file, Path("lake"), "MYIDX", *INDEX) == 0  # the same lake, written otherwise
    (known,) = declared.stored(Lake.open(lake))
    assert (known.kind, known.calendar, known.currency) == ("index", "XHKG", "HKD")
    assert known.name("en") == "Spring Index"
    assert instruments.of_id("MYIDX").kind == "index"


def test_what_was_said_to_one_lake_is_not_assumed_for_another(file: Path, tmp_path: Path) -> None:
    assert take(file, tmp_path / "one", "MYIDX", *INDEX) == 0
    assert take(file, tmp_path / "two", "MYIDX") == 2
    assert take(file, tmp_path / "two", "MYIDX", *INDEX) == 0
    assert [one.id for one in declared.stored(Lake.open(tmp_path / "two"))] == ["MYIDX"]


def test_a_symbol_that_is_a_word_is_no_name_in_a_text(file: Path, tmp_path: Path) -> None:
    from springtide.reading.numbers.names import find_names

    lake = tmp_path / "lake"
    assert take(file, lake, "BEAR", *INDEX, "--name", "Grizzly Index") == 0
    assert take(file, lake, "OLD", *INDEX) == 0
    assert take(file, lake, "SPRING7", *INDEX) == 0
    assert View(Lake.open(lake), date(2025, 2, 13)).instrument("OLD").id == "OLD"
    known = instruments.aliases()
    assert "bear" not in known
    assert "old" not in known
    assert known["grizzly index"] == ("BEAR",)
    assert known["spring7"] == ("SPRING7",)
    assert not [one for one in find_names(["an old bear market"], None, False)[0] if one.ids]


def test_two_lakes_that_disagree_are_not_open_together(file: Path, tmp_path: Path) -> None:
    first = Lake.create(tmp_path / "one")
    import_bars(first, [file], symbol="MYIDX", description=Description("index", "XHKG", "HKD"))
    registry._DECLARED.clear()
    registry.forget()
    second = Lake.create(tmp_path / "two")
    import_bars(second, [file], symbol="MYIDX", description=Description("stock", "XNYS", "USD"))
    with pytest.raises(UsageError, match="say different things of MYIDX"):
        Lake.open(tmp_path / "one")


def test_bars_that_came_in_without_words_are_not_measured(file: Path, tmp_path: Path) -> None:
    lake = Lake.create(tmp_path / "lake")
    import_bars(lake, [file], symbol="MYIDX", description=Description("index", "XHKG", "HKD"))
    shutil.rmtree(tmp_path / "lake" / "instruments")
    registry._DECLARED.clear()
    registry.forget()
    bare = Lake.open(tmp_path / "lake")
    assert declared.stored(bare) == ()
    with pytest.raises(UndescribedError, match="not known what MYIDX is"):
        View(bare, date(2025, 2, 13)).instrument("MYIDX")


@pytest.mark.shared
def test_the_hang_seng_under_another_name_has_the_same_peers(shared: Path, tmp_path: Path) -> None:
    from springtide.outlook.compose import outlook

    files = sorted(shared.glob("market/index/*.csv"))
    own, others = Lake.create(tmp_path / "own"), Lake.create(tmp_path / "others")
    import_bars(others, files)
    import_bars(own, [path for path in files if path.stem != "hsi"])
    hsi = shared / "market/index/hsi.csv"
    import_bars(own, [hsi], symbol="MYIDX", description=Description("index", "XHKG", "HKD"))
    day = date(2025, 2, 13)
    mine, known = View(own, day), View(others, day)
    params = None
    a = measure("rally_rank", mine, mine.instrument("MYIDX"), params)
    b = measure("rally_rank", known, known.instrument("HSI"), params)
    assert (a.value, a.missing) == (b.value, b.missing)
    first = outlook(mine, mine.instrument("MYIDX"))
    second = outlook(known, known.instrument("HSI"))
    assert first.fitted_on == second.fitted_on
    assert [(one.method, one.cases) for one in first.forecasts] == [
        (one.method, one.cases) for one in second.forecasts
    ]
    for one, other in zip(first.forecasts, second.forecasts, strict=True):
        assert one.peak == pytest.approx(other.peak, abs=1e-9, nan_ok=True)


def test_on_a_terminal_it_is_asked_for(file: Path, tmp_path: Path) -> None:
    import contextlib
    import os
    import pty
    import subprocess
    import sys

    outer, inner = pty.openpty()
    command = [sys.executable, "-m", "springtide", "import", "bars", str(file), "--symbol", "MYIDX"]
    with subprocess.Popen(
        [*command, "--lake", str(tmp_path / "lake")],
        stdin=inner, stdout=subprocess.PIPE, stderr=inner, text=True,
    ) as process:  # fmt: skip
        os.close(inner)
        os.write(outer, b"index\nXHKG\nHKD\n")
        shown = b""
        with contextlib.suppress(OSError):  # the terminal is gone: all has been shown
            while chunk := os.read(outer, 4096):
                shown += chunk
        assert process.stdout is not None
        printed = process.stdout.read()
    asked = shown.decode()
    os.close(outer)
    assert process.returncode == 0, asked
    assert "Not known yet: MYIDX" in asked
    assert "Currency, such as HKD" in asked
    assert "4     4" in printed
    (known,) = declared.stored(Lake.open(tmp_path / "lake"))
    assert (known.id, known.kind, known.calendar, known.currency) == (
        "MYIDX", "index", "XHKG", "HKD",
    )  # fmt: skip
