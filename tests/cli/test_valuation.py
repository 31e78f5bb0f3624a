"""Valuations as a user types them: import the files, ask, and read the answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from springtide.cli.run import run

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def address(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    lake = str(tmp_path_factory.mktemp("valuations") / "lake")
    figures = shared / "market" / "valuation"
    for name, subject in (("hstech", "HSTECH"), ("csi300", "CSI300"), ("hsi", "HSI")):
        path = str(figures / f"{name}.csv")
        words = ["--layout", "valuation-wide", "--subject", subject, "--lake", lake]
        assert run(["import", "observations", path, *words]) == 0
    monthly = str(figures / "shiller_sp500_monthly.csv")
    assert run(["import", "observations", monthly, "--layout", "shiller", "--lake", lake]) == 0
    assert run(["import", "bars", str(shared / "market/index/hstech.csv"), "--lake", lake]) == 0
    return lake


# The rank and the mean of HSTECH are those of sessions: 25.13% with the rows on other days too.
ASKED = {
    "valuation_percentile HSTECH --param period=all --as-of 2025-02-13": 25.02,
    "valuation_percentile HSTECH --param period=all --param by=range --as-of 2025-02-13": 15.62,
    "valuation_average CSI300 --as-of 2025-02-13": 12.686,
    "rerating_share HSTECH --param period=since:2025-01-13 --as-of 2025-02-13": 97.46,
    "relative_valuation HSTECH --as-of 2025-02-13": 2.404,
    "cape SPX --as-of 1999-12-31": 44.2,
}


@pytest.mark.parametrize("words", ASKED)
def test_what_is_asked_is_answered(
    address: str, capsys: pytest.CaptureFixture[str], words: str
) -> None:
    assert run(["measure", *words.split(), "--lake", address, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["value"] == pytest.approx(ASKED[words], abs=0.005)
    assert answer["evidence"]["rows"] or answer["evidence"]["windows"]


def test_what_is_missing_is_said(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["valuation_percentile", "HSTECH", "--as-of", "2025-02-13", "--lake"]
    run(["measure", *words, address])
    printed = " ".join(capsys.readouterr().out.split())
    assert "trailing P/E of HSTECH begins on 2020-07-27, the period on 2020-02-14" in printed
