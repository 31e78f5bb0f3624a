"""The section on valuation: only where a multiple is on file, split, drawn, and read back."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from tests.brief.conftest import line_of
from tests.brief.test_round_trip import PAGES, assert_reads_back, key, made, refute_one_by_one

from springtide.brief.compose import compose
from springtide.brief.plot import Belt, Line, Points, Rule
from springtide.brief.valuation import valuation_section
from springtide.language.messages import LANGUAGES
from springtide.market.ingest import import_bars, import_observations
from springtide.market.lake import Lake
from springtide.market.layouts.model import Given
from springtide.market.view import View

FILES = {"hstech": "HSTECH", "hsi": "HSI", "csi300": "CSI300"}


@pytest.fixture(scope="module")
def valued(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """Three indices with their bars and their multiples. For reading only."""
    lake = Lake.create(tmp_path_factory.mktemp("valued"))
    market = shared / "market"
    assert not import_bars(lake, [market / "index" / f"{name}.csv" for name in FILES]).errors
    for name, subject in FILES.items():
        path = market / "valuation" / f"{name}.csv"
        given = Given(subject=subject)
        assert not import_observations(lake, [path], layout="valuation-wide", given=given).errors
    return lake


def test_a_section_without_a_multiple_is_not_printed(bundled_lake: Lake) -> None:
    view = View(bundled_lake, date(2000, 3, 10))
    instrument = view.instrument("IXIC")
    assert valuation_section(view, instrument, LANGUAGES) is None
    brief = compose(view, instrument, ("en",))
    assert "valuation" not in [section.key for section in brief.sections]


@pytest.mark.shared
def test_the_move_is_split_into_earnings_and_multiple(valued: Lake) -> None:
    view = View(valued, date(2025, 2, 13))
    section = valuation_section(view, view.instrument("HSTECH"), LANGUAGES)
    assert section is not None
    assert section.missing is None
    english = " ".join(one.text["en"] for one in section.sentences)
    # Of five years there are four and a half: the section says "on record".
    assert "a trailing P/E of 23.58 times" in english
    assert "above that of 25.02% of sessions on record" in english
    assert "34.49 times on record" in english
    assert (
        "owes 84.0% of its move year to date to re-rating by its trailing P/E and 16.0%" in english
    )
    *_, split, restated = section.sentences
    assert "84.0%来自滚动市盈率的变化" in split.text["zh-cn"]
    assert "16.0%來自往績市盈率隱含盈利的變化" in split.text["zh-hk"]
    assert (restated.statements, "publishes them today" in restated.text["en"]) == ((), True)
    (chart,) = section.charts
    assert chart.key == "valuation"
    for language in LANGUAGES:
        assert chart.alt[language]
    kinds = [type(mark) for mark in chart.plot["en"].marks]
    assert kinds == [Belt, Rule, Line, Rule, Points]
    assert len(line_of(chart.plot["en"]).xs) == 1097  # every session on file, none thinned


@pytest.mark.shared
def test_a_multiple_of_an_earlier_day_is_said_with_its_day(valued: Lake) -> None:
    view = View(valued, date(2024, 10, 2))  # the mainland was shut: no row since 30 September
    section = valuation_section(view, view.instrument("HSI"), LANGUAGES)
    assert section is not None
    for one in section.sentences[:-1]:
        assert one.text["en"].startswith("On 30 September 2024 ")
        assert {two.claim.as_of for two in one.statements} == {date(2024, 9, 30)}


@pytest.mark.shared
@pytest.mark.parametrize(
    ("subject", "day"),
    [("HSTECH", "2025-02-13"), ("HSI", "2025-02-13"), ("HSI", "2024-10-02"),
     ("CSI300", "2015-06-12"), ("HSTECH", "2022-10-24"), ("CSI300", "2025-02-13")],
)  # fmt: skip
def test_it_is_read_back(valued: Lake, tmp_path: Path, subject: str, day: str) -> None:
    assert_reads_back(valued, subject, day, tmp_path)
    metrics = Counter(claim.metric for claim in made(valued, subject, day, tmp_path))
    assert metrics["valuation_multiple"] == (2 if day < "2016" else 3)  # no dividend yields before
    assert metrics["valuation_percentile"] == metrics["valuation_gap"] == 1


@pytest.mark.shared
@pytest.mark.parametrize("page", PAGES)
def test_one_changed_number_refutes_exactly_that_claim(
    valued: Lake, tmp_path: Path, page: str
) -> None:
    claims = {key(claim) for claim in made(valued, "HSI", "2025-02-13", tmp_path)}
    assert sum("rerating_share" in claim for claim in claims) == 2
    refute_one_by_one(valued, (tmp_path / page).read_text(encoding="utf-8"))
