"""A figure that is on file only because somebody is quoted neither supports nor refutes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from springtide.checking.check import check_text
from springtide.checking.verify import verify
from springtide.checking.views import Views
from springtide.claims.model import Claim
from springtide.language.types import Interval, Language
from springtide.market.ingest import import_observations
from springtide.market.lake import Lake
from springtide.metrics.registry import params_of

DAY = date(2025, 2, 13)
TARGET = Claim(
    "target_price", "KC", params_of("target_price"), DAY, "=", 13.0, "USD",
    Interval(12.5, 13.5), quote="13 dollars", start=0, end=10,
)  # fmt: skip
HEADER = "subject,field,date,value,unit,source,quoted_by\n"


def lake_with(folder: Path, row: str) -> Lake:
    lake = Lake.create(folder / "lake")
    path = folder / "targets.csv"
    path.write_text(HEADER + row)
    assert import_observations(lake, [path]).total("new") == 1
    return lake


@pytest.mark.parametrize("value", ["13", "20"])
def test_a_quoted_target_proves_nothing_and_refutes_nothing(tmp_path: Path, value: str) -> None:
    lake = lake_with(tmp_path, f"KC,target_price,2025-02-12,{value},USD,a broker,a newspaper\n")
    verdict = verify(TARGET, Views(lake))
    assert verdict.label == "not_enough_information"
    assert verdict.reason.startswith("on file only as quoted: ")
    assert "a broker, quoted by a newspaper" in verdict.reason
    assert verdict.measurement is not None
    assert verdict.measurement.value == float(value)  # what was said stays on file


def test_the_brokers_own_target_does(tmp_path: Path) -> None:
    lake = lake_with(tmp_path, "KC,target_price,2025-02-12,13,USD,a broker,\n")
    assert verify(TARGET, Views(lake)).label == "supported"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "on file only as quoted"),
        ("zh-cn", "只有被引述的数字"),
        ("zh-hk", "只有被引述的數字"),
    ],
)
def test_the_reason_in_each_language(bundled_lake: Lake, language: Language, words: str) -> None:
    assert words in verify(TARGET, Views(bundled_lake), language).reason


QUOTED = ("flow", "valuation", "target", "rating", "token", "level")


@pytest.mark.shared
def test_the_seed_is_not_proved_by_its_own_figures(bundled_lake: Lake, shared: Path) -> None:
    text = (shared / "articles" / "annotated" / "00-hstech-rally.md").read_text(encoding="utf-8")
    report = check_text(text, "article.md", bundled_lake, as_of=DAY)
    own = [
        verdict
        for verdict in report.verdicts
        if verdict.claim.metric.startswith(QUOTED) and verdict.label == "supported"
    ]
    assert own == []
