"""How a printed number may have come of a true one by one slip."""

from __future__ import annotations

from datetime import date

import pytest

from springtide.checking.edits import edit_of, slip_of
from springtide.checking.verify import Trial
from springtide.claims.model import Claim, Evidence, Measurement, Params, Verdict
from springtide.metrics.families.changes import PctChange
from springtide.metrics.families.levels import CloseLevel

DAY = date(2025, 2, 13)


@pytest.mark.parametrize(
    ("printed", "true", "slip", "kept", "tail"),
    [
        ("21314.37", 21814.37, "digit", 6, 4),
        ("21841.37", 21814.37, "swap", 6, 2),
        ("2181.44", 21814.37, "place", 6, 6),
        ("1.12", 1.716, "digit", 2, 1),
        ("9.36", 2.356, "digit", 2, 2),
        ("0.18", 1.813, "place", 2, 2),
        ("14.50", 14.0454, "swap", 3, 0),
    ],
)
def test_a_slip_is_told_by_the_digits(
    printed: str, true: float, slip: str, kept: int, tail: int
) -> None:
    edit = edit_of(printed, true)
    assert edit is not None
    assert (edit.slip, edit.kept, edit.tail) == (slip, kept, tail)


@pytest.mark.parametrize(
    ("printed", "true"),
    [
        ("3.2", 1.7),
        ("105.50", 5.5),  # a digit more is none that changed
        ("21814.37", 21714.38),  # two differ
        ("1.73", 1.37 * 2),
        ("5", -5.0),
        ("", 3.0),
    ],
)
def test_other_numbers_are_none(printed: str, true: float) -> None:
    assert edit_of(printed, true) is None


def trial(metric: str, printed: str, true: float, unit: str, subject: str = "HSI") -> Trial:
    params: Params = CloseLevel() if metric == "close_level" else PctChange()
    value = float(printed)
    claim = Claim(metric, subject, params, DAY, "=", value, unit, quote=printed)
    measurement = Measurement(metric, subject, params, DAY, true, unit, Evidence(""))
    return Trial(claim, Verdict(claim, "refuted", "", measurement))


@pytest.mark.parametrize(
    ("metric", "printed", "true", "unit", "slip"),
    [
        ("close_level", "31814.37", 21814.37, "points", "slip:digit:level:sure"),
        # Prices of days next to each other have their first digits in common anyway.
        ("close_level", "21824.37", 21814.37, "points", "slip:level:near"),
        ("close_level", "2181.44", 21814.37, "points", "slip:place:level:sure"),
        # Ten shares may have been made one since.
        ("close_level", "2.832", 28.32, "USD", "slip:place:level:3:1"),
        ("pct_change", "14.50", 14.05, "%", "slip:swap:move:sure"),
        ("pct_change", "7.3", 1.3, "%", "slip:digit:move:1:1"),
        ("pct_change", "4.8", 1.3, "%", ""),
    ],
)
def test_only_what_chance_seldom_makes_is_sure(
    metric: str, printed: str, true: float, unit: str, slip: str
) -> None:
    assert slip_of(trial(metric, printed, true, unit)) == slip
