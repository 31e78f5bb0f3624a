"""The commands on flows as a user types them, on the record of Stock Connect."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from springtide.cli.run import run

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def lake(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    address = str(tmp_path_factory.mktemp("flows") / "lake")
    path = str(shared / "market" / "flow" / "stock_connect_daily.csv")
    words = ["import", "observations", path, "--layout", "connect", "--unit", "HKD million"]
    assert run([*words, "--lake", address]) == 0
    return address


ASKED = [
    ("flow_net", ["period=ytd"], "144,477.66 HKD million"),
    ("flow_average", ["period=ytd"], "5,779.1064 HKD million"),
    ("flow_average", ["period=ytd", "per=exchange"], "5,159.916429 HKD million"),
    ("flow_ratio", [], "1.666769 x"),
]


@pytest.mark.parametrize(("metric", "params", "printed"), ASKED)
def test_measured_as_it_is_typed(
    lake: str, capsys: pytest.CaptureFixture[str], metric: str, params: list[str], printed: str
) -> None:
    asked = [word for param in params for word in ("--param", param)]
    words = ["measure", metric, "SOUTHBOUND", *asked, "--as-of", "2025-02-13", "--lake", lake]
    assert run(words) == 0
    assert capsys.readouterr().out.splitlines()[1] == printed


def test_as_json_it_is_in_whole_units(lake: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["measure", "flow_net", "南向资金", "-p", "period=ytd", "--as-of", "2025-02-13"]
    assert run([*words, "--lake", lake, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["value"] == pytest.approx(144_477.66e6, abs=5000)
    assert document["unit"] == "HKD"


def test_without_a_day_the_last_figure_on_file_is_asked_for(
    lake: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["measure", "flow_net", "SOUTHBOUND", "--lake", lake]) == 0
    assert "as of 2026-06-18" in capsys.readouterr().out


def test_a_unit_that_nobody_names_and_a_missing_day(
    shared: Path, lake: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(shared / "market" / "flow" / "stock_connect_daily.csv")
    words = ["import", "observations", path, "--layout", "connect"]
    assert run([*words, "--lake", str(tmp_path / "lake")]) == 1
    assert "is not known" in capsys.readouterr().err
    asked = ["measure", "flow_net", "SOUTHBOUND", "-p", "period=mtd", "--as-of", "2026-05-29"]
    assert run([*asked, "--lake", lake]) == 1
    assert "net buying of SOUTHBOUND is missing for 2026-05-28" in capsys.readouterr().out
