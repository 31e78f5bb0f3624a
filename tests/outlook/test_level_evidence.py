"""The study of levels on the bundled sample, its page, and the figures that briefs print."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from springtide.errors import DataError
from springtide.market.lake import Lake
from springtide.outlook.level_evidence import (
    FLAT,
    VARIANTS,
    YEAR,
    LevelEvidence,
    _known,
    from_json,
    shipped,
    study,
    to_json,
    write,
)
from springtide.outlook.level_page import PAGE, page, write_page

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "evidence" / PAGE
COMMAND = "springtide backtest levels --report docs/evidence"


@pytest.fixture(scope="module")
def evidence(bundled_lake: Lake) -> LevelEvidence:
    """The study of the two indices of the sample, with two shuffles."""
    return study(bundled_lake, shuffles=2, seed=5)


def test_every_variant_is_asked_and_compared(evidence: LevelEvidence) -> None:
    assert [line.name for line in evidence.lines] == [variant.name for variant in VARIANTS]
    assert {one.symbol for one in evidence.series} == {"SPX", "IXIC"}
    main, supports, resistances = (
        evidence.line(name).own for name in ("main", "supports", "resistances")
    )
    assert main.tests == supports.tests + resistances.tests > 200
    assert evidence.line("often").own.tests < main.tests
    for line in evidence.lines:
        assert line.own.difference == pytest.approx(line.own.held - line.own.neighbours)
        assert line.own.low <= line.own.difference <= line.own.high
        assert line.null is not None
        assert line.null.shuffles == 2
    # Without leaving the band fewer hold, of levels and of prices beside them.
    assert evidence.line("exact").own.held < main.held
    assert evidence.line("exact").own.neighbours < main.neighbours


def test_one_seed_gives_one_result_and_progress_is_told(
    bundled_lake: Lake, evidence: LevelEvidence
) -> None:
    told: list[tuple[int, int]] = []

    def said(what: str, done: int, total: int) -> None:
        told.append((done, total))

    again = study(bundled_lake, shuffles=2, seed=5, progress=said)
    assert to_json(again) == to_json(evidence)
    other = study(bundled_lake, shuffles=0, seed=6)
    assert other.main.null is None
    assert other.main.own.difference == again.main.own.difference  # no chance in it
    assert other.main.own.low != again.main.own.low
    done, totals = zip(*told[1:], strict=True)
    assert list(done) == sorted(done)
    assert set(totals) == {3 * len({variant.rules for variant in VARIANTS})}


def test_figures_are_read_back_as_they_were_written(
    evidence: LevelEvidence, tmp_path: Path
) -> None:
    write(evidence, tmp_path / "levels.json")
    read = from_json(json.loads((tmp_path / "levels.json").read_text(encoding="utf-8")))
    assert to_json(read) == to_json(evidence)
    assert read.main.own.difference == pytest.approx(evidence.main.own.difference, abs=1e-4)


def test_the_page_says_what_was_found(evidence: LevelEvidence, tmp_path: Path) -> None:
    (written,) = write_page(evidence, tmp_path, COMMAND)
    text = written.read_text(encoding="utf-8")
    own = evidence.main.own
    assert f"Of {own.tests:,} first tests" in text
    assert f"{own.held:.1f}%" in text
    rows = [line for line in text.splitlines() if re.match(r"\| [^|]+ \| [\d,]+ \| \d", line)]
    assert len(rows) == len(VARIANTS)
    assert "They do not show a difference" in text
    sure = replace(
        evidence, lines=(replace(evidence.lines[0], own=replace(own, low=1.0, high=9.0)),)
    )
    assert "There is a difference in these data" in page(sure, COMMAND)


def test_the_document_is_the_page_of_the_figures_that_ship() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == page(shipped(), COMMAND)


def test_what_ships_was_made_on_long_histories_and_its_null_is_calm() -> None:
    made = shipped()
    assert len(made.series) == 8
    assert made.main.own.tests > 2000
    assert made.main.own.low < 0 < made.main.own.high
    for line in made.lines:  # no price can mean anything on shuffled days
        assert line.null is not None
        assert line.null.inside >= 0.8 * line.null.shuffles
        assert abs(line.null.mean) < 1.5


def test_highs_and_lows_are_taken_from_where_they_are_known() -> None:
    ranged = np.ones(5 * YEAR, np.bool_)
    assert _known(ranged) == slice(0, 5 * YEAR)
    ranged[: 2 * YEAR] = False
    kept = _known(ranged)
    assert 2 * YEAR - kept.start <= FLAT * YEAR
    assert kept.stop == 5 * YEAR
    assert _known(~ranged[: YEAR - 1]) == slice(0, 0)
    assert _known(np.zeros(2 * YEAR, np.bool_)) == slice(0, 0)


def test_a_lake_without_the_indices_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no index of the panel"):
        study(Lake.create(tmp_path / "empty"))
