"""Every figure of an outlook is in its JSON, which fits the published schema."""

from __future__ import annotations

import dataclasses
import json
from datetime import date

import pytest

from springtide.claims.schema import to_text, validate
from springtide.outlook.document import outlook_json
from springtide.outlook.model import Outlook, Skill


def test_fits_its_schema(outlook_by_hand: Outlook) -> None:
    document = json.loads(to_text(outlook_json(outlook_by_hand)))
    validate(document, "outlook")


def test_what_the_paragraph_says_can_be_looked_up(outlook_by_hand: Outlook) -> None:
    made = outlook_json(outlook_by_hand)
    assert made["shown"] == "combination"
    (pool,) = [one for one in made["forecasts"] if one["method"] == "combination"]
    chances = {one["sessions"]: one["probability"] for one in pool["peak"]}
    assert (chances[0], chances[60], chances[120]) == (0.14, 0.51, 0.63)
    assert {one["sessions"]: one["probability"] for one in pool["new_high"]}[60] == 0.74
    assert [one["quantile"] for one in pool["gain_to_peak"]] == [0.1, 0.5, 0.9]
    # The median lies between 7.5% (49% of cases) and 10% (57%): one eighth of the way.
    assert pool["gain_to_peak"][1]["gain"] == pytest.approx(0.075 + 0.025 / 8)
    assert made["fitted_on"] == {"rallies": 2345, "instruments": 612}
    assert made["fitted_to"] == "2009-11-30"
    assert made["skill"][0]["climatology_low"] == 0.05
    assert made["left_out"][0]["reason"]["zh-cn"].startswith("需要")
    assert made["rally"]["start"] == "2009-03-09"
    assert made["analogues"][0]["path"][60] == {"session": 0, "log_price": 0.0}
    assert made["fan"]["quantiles"][2] == {"level": 0.5, "prices": [1115.10] * 6}


def test_what_is_not_known_is_null(outlook_by_hand: Outlook) -> None:
    nan = float("nan")
    unsure = dataclasses.replace(
        outlook_by_hand, skill=(Skill(60, 12, 0.2, 0.1, nan, nan, nan, nan, nan),)
    )
    (skill,) = outlook_json(unsure)["skill"]
    assert skill["climatology"] == 0.1
    assert skill["climatology_low"] is None
    validate(json.loads(to_text(outlook_json(unsure))), "outlook")
    base = outlook_json(outlook_by_hand)["forecasts"][0]  # its 500 sessions hold 85% of cases
    assert base["sessions_to_peak"][2] == {"quantile": 0.9, "sessions": None}


@pytest.mark.parametrize("market", ["bear", "undetermined"])
def test_no_rally(market: str) -> None:
    since, change = (date(2007, 10, 9), -0.359) if market == "bear" else (None, None)
    found = Outlook("SPX", date(2008, 10, 13), None, market, since, change)  # type: ignore[arg-type]
    document = json.loads(to_text(outlook_json(found)))
    validate(document, "outlook")
    assert document["rally"] is None
    assert document["since"] == ("2007-10-09" if since else None)
