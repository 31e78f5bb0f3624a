"""Peers' rallies are the same made anew and read back, and never those of another state."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.outlook import peers as module
from springtide.outlook.landmarks import landmarks_of_all
from springtide.outlook.panel import load_panel
from springtide.outlook.peers import peers

DAY = date(2015, 6, 30)


def test_what_is_kept_is_what_was_made(
    bundled_lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPRINGTIDE_CACHE", str(tmp_path))
    view = View(bundled_lake, DAY)
    made = peers(view, "index")
    monkeypatch.setattr(module, "landmarks_of_all", lambda *_, **__: pytest.fail("made again"))
    read = peers(View(bundled_lake, DAY), "index")
    assert made is not None
    assert read is not None
    panel = load_panel(view.scan("bars"), view.scan("observations"))
    indices = [one for one in panel if one.is_index]
    true = landmarks_of_all(indices, described=False)
    assert true is not None
    assert read.landmarks.symbols == made.landmarks.symbols == true.symbols
    assert np.array_equal(read.landmarks.day, true.day)
    assert np.array_equal(read.landmarks.likeness, true.likeness, equal_nan=True)
    for series in indices:
        if series.symbol in true.symbols:
            again = read.closes(series.symbol)
            assert np.array_equal(again.close, series.close)
            assert np.array_equal(again.days, series.days)
            assert again.starts == series.starts


def test_another_day_or_other_rows_are_another_state(bundled_lake: Lake, tmp_path: Path) -> None:
    view = View(bundled_lake, DAY)
    assert view.stamp == View(bundled_lake, DAY).stamp
    assert view.stamp != View(bundled_lake, date(2015, 7, 1)).stamp
    assert view.stamp != View(Lake.create(tmp_path / "lake"), DAY).stamp


def test_one_of_many_is_given_the_same_forecasts(bundled_lake: Lake) -> None:
    from dataclasses import replace

    from springtide.outlook.compose import outlook

    view = View(bundled_lake, date(2018, 1, 26))
    alone = outlook(view, view.instrument("SPX"))
    among = outlook(view, view.instrument("SPX"), many=True)
    assert alone.fan is not None
    assert replace(alone, fan=None, analogues=()) == among
