"""Levels, ranges, baskets, targets and prices of models as a user types them, on real prices."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from springtide.cli.run import run
from springtide.market import registry
from springtide.market.lake import Lake

pytestmark = pytest.mark.shared

# As published: swings, closes and tests of the Hang Seng Index; the basket of the example against
# the index; 13 against the closes of 12 and 13 February; 0.14 and 0.28 became 0.27 and 1.10.
ASKED = {
    "resistance_level HSI --as-of 2025-02-13": "22,667.74 points",
    "resistance_level HSI --param rank=2 --as-of 2025-02-13": "23,241.74 points",
    "support_level HSI --as-of 2025-02-13": "21,622.65 points",
    "level_tests HSI --param level=23870 --param period=year:2021 --as-of 2025-02-13": "4 tests",
    "range_ceiling HSI --param period=last:60:sessions --as-of 2025-02-13": "21,857.92 points",
    "range_centre HSI --param period=last:60:sessions --as-of 2025-02-13": "20,366.0305 points",
    "relative_return hk_ai_cloud --param benchmark=HSTECH --param period=ytd --as-of 2025-02-13": (
        "10.345602 pp"
    ),
    "implied_move KC --param target=13 --as-of 2025-02-12": "-27.817879%",
    "implied_move KC --param target=13 --as-of 2025-02-13": "-25.072046%",
    "token_price_change deepseek-chat --as-of 2025-02-13": "172.857143%",
}


@pytest.mark.parametrize("words", ASKED)
def test_measured_as_it_is_typed(
    figures_lake: Lake, capsys: pytest.CaptureFixture[str], words: str
) -> None:
    assert run(["measure", *words.split(), "--lake", str(figures_lake.address)]) == 0
    assert capsys.readouterr().out.splitlines()[1] == ASKED[words]


def test_the_four_tests_of_a_level_are_dated(
    figures_lake: Lake, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "level_tests HSI --param level=23870 --param period=year:2021 --as-of 2025-02-13"
    assert run(["measure", *words.split(), "--lake", str(figures_lake.address), "--json"]) == 0
    cited = json.loads(capsys.readouterr().out)["evidence"]["rows"]
    assert [row["date"] for row in cited[::2]] == [
        "2021-09-20", "2021-10-04", "2021-11-29", "2021-12-07",
    ]  # fmt: skip


def test_the_breadth_of_a_panel_in_a_basket_of_ones_own(
    shared: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    panel = pl.read_parquet(shared / "market" / "panel" / "hk_daily_2009_2025.parquet")
    window = panel.filter(pl.col("date").is_between(pl.date(2024, 1, 2), pl.date(2025, 2, 13)))
    window.select("symbol", "date", "close").write_csv(tmp_path / "closes.csv")
    lake = str(tmp_path / "lake")
    assert run(["import", "bars", str(tmp_path / "closes.csv"), "--lake", lake]) == 0
    members = "".join(
        f'[[basket.member]]\ninstrument = "{symbol}"\nfrom = 2024-12-31\n'
        for symbol in window["symbol"].unique().sort()
    )
    head = (
        '[[basket]]\nid = "hk_large"\nen = ["Large Hong Kong shares"]\ncurrency = "HKD"\n'
        'weights = "equal"\nrebalance = "none"\nbase = 2024-12-31\nsource = "a panel, 2025-10-30"\n'
    )
    (tmp_path / "settings").mkdir()
    (tmp_path / "settings" / "baskets.toml").write_text(head + members, encoding="utf-8")
    monkeypatch.setenv("SPRINGTIDE_CONFIG", str(tmp_path / "settings"))
    registry.forget()
    capsys.readouterr()
    words = ["breadth_above", "hk_large", "--param", "window=50", "--as-of", "2025-02-12"]
    assert run(["measure", *words, "--lake", lake, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["value"] == pytest.approx(63.1, abs=0.05)
    monkeypatch.undo()
    registry.forget()
