"""What tells a wrong figure from a sentence read wrongly."""

from __future__ import annotations

from datetime import date

import pytest

from springtide.checking.misprint import facts_of_figure, is_of, printed_digits
from springtide.checking.verify import Trial
from springtide.checking.views import Views
from springtide.claims.model import Claim, Evidence, Measurement, Verdict
from springtide.language.tolerance import interval
from springtide.market.lake import Lake
from springtide.metrics.families.changes import PctChange
from springtide.metrics.families.levels import CloseLevel

# Nasdaq Composite, 10 March 2000: close 5,048.62, close before 5,046.86 (Nasdaq).
DAY = date(2000, 3, 10)


def level(printed: str) -> Claim:
    value = float(printed.replace(",", ""))
    step = 0.01 if "." in printed else 1.0
    within = interval("exact", value, step)
    params = CloseLevel()
    return Claim("close_level", "IXIC", params, DAY, "=", value, "points", within, quote=printed)


def facts(claim: Claim, measured: float, views: Views) -> set[str]:
    params, metric = claim.params, claim.metric
    measurement = Measurement(metric, "IXIC", params, DAY, measured, claim.unit, Evidence(""))
    trial = Trial(claim, Verdict(claim, "refuted", "", measurement))
    return set(facts_of_figure(trial, [trial], views))


@pytest.fixture
def views(bundled_lake: Lake) -> Views:
    return Views(bundled_lake)


@pytest.mark.parametrize(
    ("printed", "likeness"),
    [
        ("5,048.62", 2),  # a right figure has none but its own digits
        ("5,348.62", 2),  # one digit is another
        ("5,084.62", 2),  # two digits have changed places
        ("5,349.62", 1),  # most digits are the same
        ("3,217.94", 0),
    ],
)
def test_a_wrong_figure_keeps_most_of_the_digits(printed: str, likeness: int, views: Views) -> None:
    if printed == "5,048.62":
        assert printed_digits(level(printed)) == "5048.62"
        return
    made = facts(level(printed), 5048.62, views)
    assert any(one.startswith(f"like:{likeness}|4|level") for one in made)


def test_a_figure_of_another_day_is_true_of_something(views: Views) -> None:
    # 29 February 2000: close 4,696.69 (Nasdaq).
    assert is_of(level("4,696.69"), "IXIC", views)
    assert not is_of(level("4,969.96"), "IXIC", views)
    move = Claim("pct_change", "IXIC", PctChange(), DAY, "=", 1.76, "points")
    assert not is_of(move, "IXIC", views)  # nothing is admitted by it


def test_numbers_in_words_have_no_digits() -> None:
    claim = Claim("pct_change", "IXIC", PctChange(), DAY, "=", 10.0, "%", quote="涨一成")
    assert printed_digits(claim) == ""
