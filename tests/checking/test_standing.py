"""How an article's other claims bear on how sure the reading of one is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from springtide.checking.standing import standing, surenesses
from springtide.checking.verify import Trial
from springtide.checking.views import Views
from springtide.claims.model import Claim, Label, Verdict
from springtide.market.lake import Lake
from springtide.metrics.families.changes import PctChange
from springtide.metrics.families.levels import CloseLevel

DAY = date(2025, 2, 13)


def trial(at: int, value: float, label: Label, subject: str = "HSI", sure: float = 0.8) -> Trial:
    claim = Claim(
        "pct_change", subject, PctChange(), DAY, "=", value, "%", quote="x", start=at, end=at + 1,
        confidence=sure,
    )  # fmt: skip
    return Trial(claim, Verdict(claim, label, ""))


WRONG = trial(0, 5.0, "refuted")


@pytest.fixture(scope="module")
def views(tmp_path_factory: pytest.TempPathFactory) -> Views:
    return Views(Lake.create(tmp_path_factory.mktemp("lake")))


@pytest.fixture
def sureness(views: Views) -> Callable[..., float]:
    return lambda *others: surenesses([WRONG, *others], views)[0]


def test_claims_that_hold_beside_it_make_a_reading_surer_and_others_less(
    sureness: Callable[..., float],
) -> None:
    holds = [trial(100 * n, 1.0 + n, "supported") for n in (1, 2, 3)]
    fails = [trial(100 * n, 1.0 + n, "refuted") for n in (1, 2, 3)]
    assert sureness(*fails) < sureness() < sureness(*holds)


def test_what_was_not_measured_says_nothing(
    sureness: Callable[..., float],
) -> None:
    unknown = [trial(10 * n, 1.0 + n, "not_enough_information") for n in (1, 2, 3, 4)]
    assert sureness(*unknown) == sureness(*unknown[:3])  # both more than a short note


def test_the_same_number_said_again_is_no_second_witness(
    sureness: Callable[..., float],
) -> None:
    assert sureness(trial(10, 5.0, "supported")) == sureness()


def test_a_claim_that_holds_keeps_its_confidence(views: Views) -> None:
    right = trial(0, 5.0, "supported", sure=0.37)
    assert surenesses([right, WRONG], views)[0] == 0.37


def test_more_confidence_is_more_sureness(views: Views) -> None:
    low, high = (replace(WRONG, claim=replace(WRONG.claim, confidence=p)) for p in (0.65, 0.95))
    assert surenesses([low], views)[0] < surenesses([high], views)[0]
    even = replace(WRONG, claim=replace(WRONG.claim, confidence=0.5))
    assert standing(even, [even])["alone"] == 0.0
    least = replace(WRONG, claim=replace(WRONG.claim, confidence=0.03))
    assert surenesses([least], views)[0] == 0.03  # and no neighbour makes more of it


def test_a_figure_that_holds_beside_it_tells_whose_it_is(sureness: Callable[..., float]) -> None:
    index, other = (trial(20, 21814.37, "supported", name) for name in ("HSI", "HSTECH"))
    level, strange = (
        replace(
            one,
            claim=replace(one.claim, metric="close_level", params=CloseLevel(), unit="points"),
        )
        for one in (index, other)
    )
    assert sureness(level) > sureness(strange)


def test_what_is_printed_rightly_elsewhere_is_an_error_here(
    sureness: Callable[..., float],
) -> None:
    assert sureness(trial(400, -1.0, "supported")) > sureness()


def test_the_same_fact_with_a_figure_that_holds_right_beside_it_is_anothers(
    sureness: Callable[..., float],
) -> None:
    # "up 5% and -1%" of one name and day: one of the two is another name's.
    assert sureness(trial(12, -1.0, "supported")) < 0.05 < sureness(trial(400, -1.0, "supported"))
