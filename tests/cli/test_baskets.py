"""The command of baskets, as it is typed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from springtide.cli.run import run
from springtide.market import registry
from springtide.market.lake import Lake

PAIR = """
[[basket]]
id = "us_pair"
en = ["American pair"]
currency = "USD"
calendar = "XNYS"
base = 1999-01-04
benchmark = "SPX"
source = "a test, made 2016-06-30"
[[basket.member]]
instrument = "SPX"
[[basket.member]]
instrument = "IXIC"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A settings folder with a basket of the two indices of the bundled sample."""
    (tmp_path / "baskets.toml").write_text(PAIR, encoding="utf-8")
    monkeypatch.setenv("SPRINGTIDE_CONFIG", str(tmp_path))
    registry.forget()
    yield tmp_path
    monkeypatch.undo()
    registry.forget()


def test_baskets_are_listed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["baskets"]) == 0
    printed = capsys.readouterr().out
    assert "hk_ai_cloud" in printed
    assert "American pair" in printed
    assert run(["baskets", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in rows] == ["hk_ai_cloud", "us_pair"]
    assert [one["instrument"] for one in rows[1]["members"]] == ["SPX", "IXIC"]


def test_one_is_shown_with_its_members(
    folder: Path, bundled_lake: Lake, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["baskets", "American pair", "--as-of", "2009-12-31", "--lake", bundled_lake.address]
    assert run(asked) == 0
    printed = capsys.readouterr().out
    # 2009: S&P 500 903.25 to 1,115.10, Nasdaq 1,577.03 to 2,269.15.
    assert "23.45" in printed
    assert "43.89" in printed
    assert "chosen with hindsight: the members were chosen on 2016-06-30" in printed
    assert run([*asked, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert sum(row["added"] for row in told["measured"]) == pytest.approx(told["return"])
    assert told["relative_return"] == pytest.approx(told["return"] - 23.454, abs=0.001)
    assert told["chosen_with_hindsight"] == "2016-06-30"


def test_members_without_data_are_named(
    folder: Path, bundled_lake: Lake, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["baskets", "hk_ai_cloud", "--as-of", "2018-01-26", "--lake", bundled_lake.address]
    assert run(asked) == 1
    assert "not enough information" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("nosuch", "Unknown basket: nosuch"),
        ("SPX", "Unknown basket: SPX"),
        ("--validate nosuch.toml", "nosuch.toml cannot be read"),
        ("us_pair --period fortnight --as-of 2009-12-31", "Parameter period cannot be read"),
    ],
)
def test_bad_use_is_told(
    folder: Path,
    bundled_lake: Lake,
    capsys: pytest.CaptureFixture[str],
    words: str,
    said: str,
) -> None:
    assert run(["baskets", *words.split(), "--lake", bundled_lake.address]) == 2
    assert said in capsys.readouterr().err


def test_a_file_is_checked_before_it_is_used(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = folder / "mine.toml"
    mine.write_text(
        PAIR.replace("us_pair", "my_pair")
        + '[[basket.member]]\ninstrument = "0700.HK"\n[[basket.member]]\ninstrument = "MYOWN"\n',
        encoding="utf-8",
    )
    assert run(["baskets", "--validate", str(mine)]) == 0
    printed = capsys.readouterr()
    assert "my_pair" in printed.out
    assert "0700.HK needs daily rates of HKD in USD" in printed.err
    assert "no table knows MYOWN" in printed.err
    mine.write_text(PAIR.replace("base = 1999-01-04\n", ""), encoding="utf-8")
    assert run(["baskets", "--validate", str(mine)]) == 2
    assert "lacks the day base" in capsys.readouterr().err


def test_bars_of_a_basket_are_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bars = folder / "bars.csv"
    bars.write_text("date,close\n2020-01-02,100\n", encoding="utf-8")
    lake = str(folder / "lake")
    run(["import", "bars", str(bars), "--symbol", "us_pair", "--lake", lake])
    assert "us_pair is a basket" in capsys.readouterr().err
    assert len(Lake.open(lake).sql("SELECT * FROM bars")) == 0
