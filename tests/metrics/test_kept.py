"""What is kept on disk equals what is computed, and is never taken for something else."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.metrics import kept as module
from springtide.metrics.families.bubbles import Bubble, FalseAlarm
from springtide.metrics.families.critical_time import CriticalTime
from springtide.metrics.families.exuberance import Exuberance, PValue
from springtide.metrics.kept import Arrays, kept
from springtide.metrics.registry import measure


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("SPRINGTIDE_CACHE", str(tmp_path))
    return tmp_path / "fits"


def counting() -> tuple[Callable[[], Arrays], list[int]]:
    calls: list[int] = []

    def compute() -> Arrays:
        calls.append(1)
        return {"x": np.array([1.5, np.nan]), "n": np.array(len(calls))}

    return compute, calls


def test_the_second_time_is_read_and_not_computed(folder: Path) -> None:
    compute, calls = counting()
    first, second = (kept("a", [np.arange(3.0), 1], compute) for _ in range(2))
    assert len(calls) == 1
    assert first.keys() == second.keys() == {"x", "n"}
    assert first["x"].tobytes() == second["x"].tobytes()
    assert [path.suffix for path in folder.iterdir()] == [".npz"]


def test_another_input_is_another_result(folder: Path) -> None:
    compute, calls = counting()
    inputs: list[list[object]] = [
        [np.arange(4.0)],
        [np.arange(4.0).reshape(2, 2)],
        [np.arange(4)],
        [np.arange(4.0) + 1e-12],
        [np.arange(4.0), 1],
        [np.arange(4.0), 1.0],
        [1, np.arange(4.0)],
    ]
    for one in inputs:
        kept("a", one, compute)
    kept("b", inputs[0], compute)
    assert len(calls) == len(inputs) + 1


def test_a_damaged_file_is_made_again(folder: Path) -> None:
    compute, calls = counting()
    kept("a", [1], compute)
    (path,) = folder.iterdir()
    whole = path.read_bytes()
    middle = len(whole) // 3
    for damaged in (
        b"",
        b"no archive",
        whole[:-30],
        whole[:middle] + b"\xff" + whole[middle + 1 :],
    ):
        path.write_bytes(damaged)
        before = len(calls)
        kept("a", [1], compute)
        assert len(calls) == before + 1
        assert kept("a", [1], compute)["x"].tobytes() == np.array([1.5, np.nan]).tobytes()


def test_a_cache_that_cannot_be_written_is_no_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("SPRINGTIDE_CACHE", str(tmp_path / "file"))
    compute, calls = counting()
    for _ in range(2):
        assert kept("a", [1], compute)["x"][0] == 1.5
    assert len(calls) == 2


def test_another_program_finds_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compute, calls = counting()
    kept("a", [1], compute)
    monkeypatch.setattr(module, "_program", lambda: b"changed")
    kept("a", [1], compute)
    assert len(calls) == 2


def test_the_oldest_go_when_there_are_too_many(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 6)
    compute, calls = counting()
    for i in range(7):
        kept("a", [i], compute)
        for path in folder.iterdir():
            os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 10))
    assert len(list(folder.iterdir())) == 3
    for i in (6, 5, 4):
        kept("a", [i], compute)
    assert len(calls) == 7
    kept("a", [0], compute)
    assert len(calls) == 8


@pytest.mark.usefixtures("folder")
def test_metrics_answer_the_same_from_the_disk(bundled_lake: Lake) -> None:
    view = View(bundled_lake, date(2018, 1, 26))
    asked = [
        ("exuberance", Exuberance(200)),
        ("exuberance_p_value", PValue(200)),
        ("bubble_confidence", Bubble()),
        ("bubble_confidence", Bubble("short", "down")),
        ("bubble_false_alarm_rate", FalseAlarm(replications=19)),
        ("critical_time", CriticalTime(bound="latest")),
    ]

    def answers() -> list[object]:
        return [measure(key, view, view.instrument("SPX"), params) for key, params in asked]

    fresh = answers()
    assert all(one.value is not None for one in fresh)  # type: ignore[attr-defined]
    assert answers() == fresh
