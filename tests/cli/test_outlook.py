"""springtide outlook: the paragraph, the chances of each method, the record; as text and JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from springtide.claims.schema import validate
from springtide.cli.run import run
from springtide.market.lake import Lake


@pytest.fixture
def bundled(bundled_lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRINGTIDE_LAKE", str(bundled_lake.address))


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = run(["outlook", *words])
    return code, capsys.readouterr().out


@pytest.mark.usefixtures("bundled")
def test_a_running_rally(capsys: pytest.CaptureFixture[str]) -> None:
    code, text = printed(capsys, "SPX", "--as-of", "2009-12-31")
    assert code == 0
    lines = text.splitlines()
    assert lines[0] == "How long can it last? S&P 500, 31 December 2009"
    paragraph = " ".join(lines[2 : lines.index("", 2)])
    # From 676.53 on 9 March to 1,115.10, as published; 207 sessions of the exchange's calendar.
    assert paragraph.startswith("The S&P 500 has risen 64.83% since 9 March 2009.")
    assert "207 sessions ago" in paragraph
    assert re.search(
        r"chance that its top is already in, 1% above the latest close, is \d+% \(", paragraph
    )
    rows = {line[:38].strip(): line for line in lines if line.startswith(" ")}
    for label in (
        "the top is in",
        *(f"it is in or comes within {h} sessions" for h in (20, 60, 120, 250)),
        "a new high within 60 sessions",
        "up 10% before down 10%",
    ):
        assert len(re.findall(r"\d+%", rows[label])) >= 4, label
    assert "Intervals of skill: 95%." in text


@pytest.mark.usefixtures("bundled")
def test_the_table_and_the_paragraph_are_the_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, text = printed(capsys, "SPX", "--as-of", "2009-12-31", "--json")
    assert code == 0
    told = json.loads(text)
    validate(told, "outlook")
    assert (told["subject"], told["as_of"], told["market"]) == ("SPX", "2009-12-31", "bull")
    assert told["rally"]["start"] == "2009-03-09"
    assert told["rally"]["gain"] == pytest.approx(1115.10 / 676.53 - 1)
    methods = [one["method"] for one in told["forecasts"]]
    assert told["shown"] in methods
    left_out = [one["method"] for one in told["left_out"]]
    assert len(methods) + len(left_out) == 7
    assert told["fitted_to"] < told["as_of"]
    (said,) = [one for one in told["forecasts"] if one["method"] == told["shown"]]
    chances = [one["probability"] for one in said["peak"]]
    assert chances == sorted(chances)
    _, text = printed(capsys, "SPX", "--as-of", "2009-12-31")
    top = round(100 * chances[0])
    assert f"above the latest close, is {top}% (" in " ".join(text.split())


@pytest.mark.usefixtures("bundled")
def test_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    code, text = printed(capsys, "标普500", "--as-of", "2009-12-31", "--lang", "zh-cn")
    assert code == 0
    assert text.startswith("行情还能走多远？标普500指数，2009年12月31日\n")
    joined = text.replace("\n", "")
    assert "标普500指数自2009年3月9日以来累计上涨64.83%。" in joined
    assert "顶部已经出现（比最新收盘价高1%）的概率为" in joined
    assert "60个交易日内再创新高" in text
    assert "上涨10%先于下跌10%" in text
    assert "技巧的区间为95%" in joined


def test_simulations_alone_are_in_the_table_and_said_nowhere(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    lake_of_closes: Callable[[Path, list[date], dict[str, list[float]]], Lake],
) -> None:
    """Of 1923 nothing had been learned: no chance is said, and no column marked as said."""
    every = (date(1920, 1, 5) + timedelta(days=k) for k in range(1400))
    days = [day for day in every if day.weekday() < 5][:900]
    fall = [100 * 0.9995**k * (1.002 if k % 2 else 1) for k in range(700)]
    closes = fall + [fall[-1] * 1.002**k for k in range(1, 201)]
    lake = lake_of_closes(tmp_path, days, {"OLD": closes})
    code, text = printed(capsys, "OLD", "--as-of", str(days[-1]), "--lake", lake.address)
    assert code == 1
    assert "No chances are given" in text
    assert "random walk" in text
    assert "*" not in text


@pytest.mark.usefixtures("bundled")
def test_a_bear_market_is_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    code, text = printed(capsys, "SPX", "--as-of", "2008-10-13")
    assert code == 0
    said = " ".join(text.split())
    # From 1,565.15 on 9 October 2007 to 1,003.35, as published.
    assert "The S&P 500 has fallen 35.89% since 9 October 2007. No rally is running" in said
    assert "chance that" not in text
    code, text = printed(capsys, "SPX", "--as-of", "2008-10-13", "--json")
    told = json.loads(text)
    validate(told, "outlook")
    assert (code, told["market"], told["since"]) == (0, "bear", "2007-10-09")
    assert (told["rally"], told["forecasts"]) == (None, [])


@pytest.mark.usefixtures("bundled")
def test_a_rally_from_before_the_data_ends_with_one(capsys: pytest.CaptureFixture[str]) -> None:
    code, text = printed(capsys, "IXIC", "--as-of", "2000-03-10")
    assert code == 1
    assert "How long it can last cannot be told: the rally began before the data do" in text
    code, text = printed(capsys, "IXIC", "--as-of", "2000-03-10", "--json")
    assert code == 1
    validate(json.loads(text), "outlook")


@pytest.mark.usefixtures("bundled")
@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("SPX", "--as-of", "2009-12-27"), 1, "The last close before it is that of 2009-12-24"),
        (("SPX", "--as-of", "2099-01-01"), 2, "2099-01-01"),
        (("SPX", "--as-of", "31.12.2009"), 2, "write it as YYYY-MM-DD"),
        (("SPXZ5", "--as-of", "2009-12-31"), 2, "SPXZ5"),
        (("SPX", "--as-of", "2009-12-31", "--lang", "fr"), 2, "zh-cn"),
    ],
)
def test_bad_use(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, message: str
) -> None:
    assert run(["outlook", *words]) == code
    said = capsys.readouterr()
    assert message in " ".join(said.err.split())
    assert said.out == ""


def test_no_lake(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    words = ["outlook", "SPX", "--as-of", "2009-12-31", "--lake", str(tmp_path / "none")]
    assert run(words) == 1
    assert "There is no lake at" in capsys.readouterr().err
