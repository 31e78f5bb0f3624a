"""The section on levels and the range: what it lists, what it says beside it, and its chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from springtide.brief.levels import levels_section
from springtide.brief.model import Section
from springtide.brief.plot import Points
from springtide.language.messages import LANGUAGES
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.outlook.level_evidence import shipped


def section(lake: Lake, subject: str, day: str) -> Section | None:
    view = View(lake, date.fromisoformat(day))
    return levels_section(view, view.instrument(subject), LANGUAGES)


@pytest.fixture(scope="module")
def fall(bundled_lake: Lake) -> Section:
    """The section of the S&P 500 in the autumn of 2008."""
    made = section(bundled_lake, "SPX", "2008-10-13")
    assert made is not None
    return made


def test_levels_visits_and_the_range_are_listed(fall: Section) -> None:
    said = Counter(one.claim.metric for line in fall.sentences for one in line.statements)
    assert said["resistance_level"] == 2
    assert said["range_ceiling"] == said["range_floor"] == said["range_position"] == 1
    assert said["range_efficiency"] == 1
    assert [chart.key for chart in fall.charts] == ["levels"]


def test_the_levels_listed_name_their_rule_and_their_visits_are_of_the_nearest(
    fall: Section,
) -> None:
    claims = [one.claim for line in fall.sentences for one in line.statements]
    levels = [one for one in claims if one.metric.endswith("_level")]
    assert {getattr(one.params, "reversal", None) for one in levels} == {5.0}
    nearest = [one.value for one in levels if getattr(one.params, "rank", 0) == 1]
    visited = [getattr(one.params, "level", None) for one in claims if one.metric == "level_tests"]
    assert visited
    assert set(visited) <= set(nearest)


@pytest.mark.parametrize("language", LANGUAGES)
def test_levels_are_not_praised_and_the_figures_are_those_of_the_study(
    fall: Section, language: str
) -> None:
    own = shipped().main.own
    (caution,) = [line.text[language] for line in fall.sentences if not line.statements]  # type: ignore[index]
    for figure in (
        f"{own.tests:,}",
        f"{own.held:.1f}%",
        f"{own.neighbours:.1f}%",
        f"{own.difference:+.1f}",
        f"{own.low:+.1f}",
        f"{own.high:+.1f}",
    ):
        assert figure in caution


def test_marks_say_how_each_visit_ended(fall: Section) -> None:
    (chart,) = fall.charts
    shapes = {mark.shape for mark in chart.plot["en"].marks if isinstance(mark, Points)}
    assert shapes & {"circle", "square", "diamond"}
    assert "● held · ■ broken · ◆ open" in chart.plot["en"].note


def test_without_levels_and_without_a_range_there_is_no_section(
    tmp_path: Path, lake_of_closes: Callable[[Path, list[date], dict[str, list[float]]], Lake]
) -> None:
    first = date(2024, 1, 2)
    days = [day for n in range(6) if (day := first + timedelta(days=n)).weekday() < 5]
    lake = lake_of_closes(tmp_path, days, {"SPX": [100.0, 101.0, 102.0, 103.0]})
    assert section(lake, "SPX", str(days[-1])) is None
