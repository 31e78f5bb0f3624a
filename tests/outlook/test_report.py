"""The page says what the tables say, and admits what they do not show."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import polars as pl
import pytest

from springtide.market.rallies import Rally
from springtide.numerics.resampling import Estimate
from springtide.outlook.model import Forecast, Outlook
from springtide.outlook.record import TrackRecord
from springtide.outlook.report import Made, page, write_report
from springtide.outlook.report_findings import failures, verdict
from springtide.outlook.report_tables import NamedDay, interval, named_table, skill_cell, table
from springtide.outlook.scoring import score

MADE = Made("springtide backtest --report docs/evidence", (("bars", 7),), date(2019, 12, 31), 600.0)


@pytest.fixture(scope="module")
def swapped(long_tables) -> TrackRecord:  # type: ignore[no-untyped-def]
    """A record in which simulation knows the truth and the pool says one half of everything."""
    other = {"combination": "garch", "garch": "random_walk", "random_walk": "combination"}
    forecasts = long_tables.forecasts.with_columns(pl.col("method").replace(other))
    return score(forecasts, long_tables.outcomes)


def test_files_are_the_page_and_the_charts_it_shows(record: TrackRecord, tmp_path: Path) -> None:
    written = write_report(record, tmp_path, MADE)
    text = (tmp_path / "outlook.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[.+?\]\((.+?)\)", text)
    assert sorted(shown) == sorted(path.name for path in written if path.suffix == ".svg")
    assert len(shown) == 4
    for path in written[1:]:
        assert ElementTree.parse(path).getroot().tag.endswith("svg")


def test_the_page_states_skill_as_it_was_scored(record: TrackRecord) -> None:
    text = page(record, MADE)
    skill = record.whole.target("peak", 60).method("combination").against("garch")  # type: ignore[union-attr]
    assert skill is not None
    figures = f"{100 * skill.value:+.1f} ({100 * skill.low:+.1f} to {100 * skill.high:+.1f})"
    row = next(line for line in text.splitlines() if line.startswith("| peak within 60 sessions"))
    assert f"**{figures}**" in row


def test_what_the_truth_reaches_is_said(record: TrackRecord) -> None:
    text = page(record, MADE)
    assert "The pool beats a random walk at every horizon, also on indices alone" in text
    assert "All forecasts: reached." in text
    assert "Lowest Brier score, all forecasts: the pool at 60 sessions" in text


def test_what_is_missed_is_said(swapped: TrackRecord) -> None:
    text = page(swapped, MADE)
    assert "The pool is not shown to beat the fair simulation (GARCH with" in text
    assert "**worse** within 20 (-" in text
    assert "**not reached** for base rates at 60" in text
    assert "coverage of sessions to the peak" in text
    assert "Lowest Brier score, all forecasts: the GARCH simulation at 60 sessions" in text
    worse = next(line for line in failures(swapped) if "worse" in line)
    assert "peak within 120 sessions" in worse


def test_how_it_was_made_is_said(record: TrackRecord) -> None:
    text = page(record, MADE)
    assert "springtide backtest --report docs/evidence" in text
    assert "`bars` version 7" in text
    assert "from 2000-01-28 to 2019-12-28" in text
    assert "1,440 dates" in text


def test_pages_are_the_same_from_the_same_record(record: TrackRecord, tmp_path: Path) -> None:
    first, second = (write_report(record, tmp_path / name, MADE) for name in ("a", "b"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_a_record_of_nothing_says_so() -> None:
    text = page(TrackRecord((), (), 0, 0, 0, None, None, ()), Made("springtide backtest"))
    assert "No forecast has been scored yet" in text


def test_tables_are_whole(record: TrackRecord) -> None:
    """Every row of every table has as many cells as its header."""
    blocks = re.findall(r"(?:^\|.*\|$\n?)+", page(record, MADE), flags=re.MULTILINE)
    assert len(blocks) >= 12
    for block in blocks:
        lines = block.strip().splitlines()
        assert len({line.count("|") for line in lines}) == 1
        assert len(lines) > 2


def test_a_record_without_indices_has_a_page(simulated) -> None:  # type: ignore[no-untyped-def]
    tables = simulated(years=10, symbols=2)
    stock = pl.lit("stock").alias("kind")
    text = page(
        score(tables.forecasts.with_columns(stock), tables.outcomes.with_columns(stock)), MADE
    )
    assert "also on indices alone" not in text
    assert "Indices alone:" not in text


def test_named_days_say_what_was_said_and_what_came() -> None:
    peak = (0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.65, 0.7, 0.8, 0.9, 0.95, 0.99)
    pool = Forecast("combination", peak, (0.2,) * 16, (0.1,) * 5, 0.5, 9)
    base = replace(pool, method="climatology", peak=tuple(p / 2 for p in peak))
    day = date(1989, 12, 29)
    rally = Rally("N225", "index", day, 38915.87, day, 100, day, day, 38915.87, 520, 0.8, 0, 0, 0.1)
    outlook = Outlook("N225", day, rally, "bull", forecasts=(pool, base))
    ended = NamedDay("Nikkei 225", "the last day", outlook, 0.0, 0.0, date(1990, 3, 22), 0.0)
    running = NamedDay("Nikkei 225", "", outlook, passed=41.0)
    idle = NamedDay("Nikkei 225", "", Outlook("N225", day, None, "bear"))
    lines = named_table([ended, running, idle]).splitlines()[2:]
    assert lines[0].split(" | ")[2:] == [
        "+80% in 520 sessions",
        "20% (10%)",
        "60% (30%)",
        "70% (35%)",
        "90% (45%)",
        "the top was in; known on 1990-03-22 |",
    ]
    assert "still running; its high so far came 41 sessions on" in lines[1]
    assert "no rally: bear market" in lines[2]


def test_figures_by_hand() -> None:
    assert skill_cell(Estimate(0.123, 0.01, 0.2)) == "**+12.3 (+1.0 to +20.0)**"
    assert skill_cell(Estimate(0.123, -0.01, 0.2)) == "+12.3 (-1.0 to +20.0)"
    assert skill_cell(Estimate(0.1, float("nan"), float("nan"))) == "+10.0 (no interval)"
    assert skill_cell(None) == "–"
    assert interval(Estimate(0.789, 0.76, 0.824)) == "79% (76 to 82%)"
    assert table(["a", "b"], [["1", "2"]]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"
    assert verdict(Estimate(0.1, float("nan"), float("nan"))) == "unclear"
    assert verdict(Estimate(-0.1, -0.2, -0.01)) == "worse"
