"""springtide exuberance: both tests of a real market, each alarm beside its false-alarm rate."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from springtide.cli.run import run
from springtide.market.lake import Lake


@pytest.fixture
def bundled(bundled_lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRINGTIDE_LAKE", str(bundled_lake.address))


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = run(["exuberance", *words])
    return code, capsys.readouterr().out


@pytest.mark.usefixtures("bundled")
def test_every_alarm_stands_beside_its_rate(capsys: pytest.CaptureFixture[str]) -> None:
    code, text = printed(capsys, "SPX", "--as-of", "2018-01-26")
    assert code == 0
    lines = text.splitlines()
    assert lines[0] == "Is it a bubble? S&P 500, 26 January 2018"
    rows = {line.split("  ")[0].strip(): line for line in lines[4:-2]}
    assert len(rows) == 8
    psy = rows["Explosive behaviour (PSY)"]
    assert "yes, upwards since 2 January 2018 (confirmed 10 January 2018)" in psy
    assert psy.endswith("% of random walks")
    for scale in ("short", "medium", "long"):
        assert rows[f"LPPLS confidence, {scale} scale, upward"].endswith("% of simulated markets")
        assert " 0.00% (0 of " in rows[f"LPPLS confidence, {scale} scale, downward"]
    assert "80% interval" in rows["LPPLS critical time, if it is a bubble"]
    assert lines[-1].startswith("What the tests cannot say: that a price is too high")


@pytest.mark.usefixtures("bundled")
def test_json_holds_every_figure_with_its_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    code, text = printed(capsys, "IXIC", "--as-of", "2000-03-10", "--window", "250", "--json")
    assert code == 0
    told = json.loads(text)
    assert (told["subject"], told["as_of"]) == ("IXIC", "2000-03-10")
    assert "not the probability" in told["limits"]
    found = told["measurements"]
    assert len(found) == 4 + 12 + 3
    assert (found[0]["metric"], found[0]["value"]) == ("exuberance", True)
    assert found[0]["params"] == {
        "window": 250, "lag": 1, "level": 95.0, "null": "random_walk"
    }  # fmt: skip
    short = next(one for one in found if one["metric"] == "bubble_false_alarm_rate")
    assert short["value"] is None
    assert "341 sessions" in short["missing"]["en"]


@pytest.mark.usefixtures("bundled")
def test_the_bootstrap_is_told_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    code, text = printed(capsys, "IXIC", "--as-of", "2000-03-10", "--bootstrap")
    assert code == 0
    (psy,) = [line for line in text.splitlines() if line.strip().startswith("Explosive behaviour")]
    assert psy.endswith("% of its wild bootstrap draws")


@pytest.mark.usefixtures("bundled")
def test_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("纳斯达克综合指数", "--as-of", "2000-03-10", "--window", "250", "--lang", "zh-cn")
    code, text = printed(capsys, *words)
    assert code == 0
    assert "是，向上，始于2000年2月23日（2000年3月1日确认）" in text
    assert "需要IXIC截至2000-03-10的341个交易日收盘价，现有300个" in text
    assert "检验不能说明的" in text


@pytest.mark.usefixtures("bundled")
def test_bad_use_and_missing_data(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["exuberance", "IXIC", "--as-of", "2000-03-10", "--window", "251"]) == 2
    assert "Allowed: 100, 150, 200" in " ".join(capsys.readouterr().err.split())
    assert run(["exuberance", "IXIC", "--as-of", "2000-03-11"]) == 1
    assert "The last close before it is that of 2000-03-10" in " ".join(
        capsys.readouterr().err.split()
    )
    code, text = printed(capsys, "IXIC", "--as-of", "1999-02-01")
    assert code == 1
    assert text.count("not enough information") == 8


@pytest.mark.usefixtures("bundled")
def test_a_brief_has_the_section_where_it_is_asked_for(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = ["brief", "SPX", "--as-of", "2018-01-26", "--out", str(tmp_path)]
    assert run(words) == 0
    assert "Is it a bubble?" not in capsys.readouterr().out
    assert not (tmp_path / "psy.en.svg").exists()
    assert run([*words, "--exuberance"]) == 0
    told = capsys.readouterr()
    assert "Is it a bubble?" in told.out
    assert "simulated markets without a bubble" in " ".join(told.out.split())
    assert (tmp_path / "psy.en.svg").exists()
    assert (tmp_path / "confidence.zh-cn.svg").exists()
