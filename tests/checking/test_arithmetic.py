"""An article's own numbers against each other: contradictions worked by hand, and what is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from springtide.checking.arithmetic import contradictions, link_targets
from springtide.claims.model import Claim, Params
from springtide.language.types import Interval
from springtide.metrics.families.changes import PctChange
from springtide.metrics.families.targets import ImpliedMove
from springtide.reading.document import read_document
from springtide.reading.read import read_claims

DAY = date(2025, 2, 13)


def claims(text: str) -> list[Claim]:
    return link_targets(read_claims(read_document(text), DAY))


def reasons(text: str) -> list[str]:
    return [found.reason() for found in contradictions(claims(text), text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # 80 / 100 - 1 = -20%, not -30%
        ("腾讯收报100港元，目标价80港元，有30%的下行空间。", -20.0),
        # 120 / 100 - 1 = +20%
        ("Tencent closed at HK$100. It has a target price of HK$120, an upside of 35%.", 20.0),
        # 200 points up to 20,200 is 1.0%
        ("恒指升200点或2.5%，收报20200点。", 1.0),
        # from 66 to 75 is 13.6%
        ("MSCI中国指数今年有20%的涨幅，从66点升至75点。", 13.6),
    ],
)
def test_numbers_that_cannot_agree(text: str, value: float) -> None:
    (found,) = contradictions(claims(text), text)
    assert found.value == pytest.approx(value, abs=0.05)
    assert found.claim.unit == "%"


@pytest.mark.parametrize(
    "text",
    [
        # 20,200 - 200 = 20,000: 1.0%, and 0.99% is within rounding of the points
        "恒指升200点或1%，收报20200点。",
        # 75 / 66 - 1 = 13.6%, printed without decimals as 14%
        "MSCI中国指数今年有14%的涨幅，从66点升至75点。",
        # 130.5 / 100.4 rounds to 131 / 100
        "腾讯收报100港元，目标价130港元，有30%的上涨空间。",
        # another scenario has another target
        "高盛预期MSCI中国指数从目前的66点升至75点，即有14%的涨幅；乐观预期下，该涨幅有望达到28%。",
        # "nearly" leaves room
        "腾讯收报近100港元，目标价80港元，有近20%的下行空间。",
        # two companies
        "腾讯收报100港元。小米目标价80港元，有30%的下行空间。",
        # two days: the points are Wednesday's
        "恒指周三升200点，周四升2.5%，收报20200点。",
        # dollars are not set against Hong Kong dollars
        "腾讯收报100港元。腾讯目标价12美元，有30%的下行空间。",
        # a share of the turnover is no move
        "恒指升200点，成交占比2.5%，收报20200点。",
    ],
)
def test_numbers_that_agree_or_do_not_meet(text: str) -> None:
    assert reasons(text) == []


def test_far_apart_numbers_do_not_meet() -> None:
    text = "腾讯收报100港元。" + "市场观望。" * 120 + "腾讯目标价80港元。腾讯有30%的下行空间。"
    assert reasons(text) == []


def test_an_implied_move_takes_the_target_beside_it() -> None:
    move = next(
        c for c in claims("腾讯目标价80港元，有20%的下行空间。") if c.metric == "implied_move"
    )
    assert move.params == ImpliedMove(80.0)


def test_the_formula_is_written_out() -> None:
    text = "腾讯收报100港元，目标价80港元，有30%的下行空间。"
    assert reasons(text) == ["The text's own numbers give 80 / 100 - 1 = -20.0%"]
    (found,) = contradictions(claims(text), text)
    assert found.reason("zh-cn") == "按文中数字计算，80 / 100 - 1 = -20.0%"


def stated(
    metric: str, value: float, unit: str, half: float, start: int, params: Params | None = None
) -> Claim:
    within = Interval(value - half, value + half)
    given = Params() if params is None else params
    return Claim(metric, "KC", given, DAY, "=", value, unit, within, start=start, end=start + 5)


@pytest.mark.parametrize(("apart", "met"), [(399, 1), (400, 1), (401, 0)])
def test_numbers_meet_within_four_hundred_characters(apart: int, met: int) -> None:
    """80 / 100 - 1 is -20%, not -30%: before the move or after it, as long as both are near it."""
    target = stated("target_price", 80.0, "USD", 0.5, 1000 + apart)
    price = stated("close_level", 100.0, "USD", 0.5, 1000 - apart)
    move = stated("implied_move", -30.0, "%", 0.5, 1000)
    assert len(contradictions([price, target, move])) == met
    near = stated("close_level", 100.0, "USD", 0.5, 990)
    assert len(contradictions([near, target, move])) == met


@pytest.mark.parametrize(("apart", "met"), [(40, 1), (41, 0)])
def test_from_and_to_stand_within_forty_characters_of_their_percentage(
    apart: int, met: int
) -> None:
    """75 / 66 - 1 is 13.6%, not 20%."""
    levels = "从66点升至75点，"
    before = levels + "，" * (apart - len(levels)) + "升20%"
    move = stated("pct_change", 20.0, "%", 0.5, apart, PctChange())
    assert len(contradictions([replace(move, end=apart + 4)], before)) == met
    after = "升20%" + "，" * (apart - len(levels) + 1) + levels.rstrip("，")
    move = stated("pct_change", 20.0, "%", 0.5, 0, PctChange())
    assert len(contradictions([replace(move, end=4)], after)) == met


@pytest.mark.parametrize(("apart", "met"), [(60, 1), (61, 0)])
def test_points_and_percentage_of_one_move_stand_within_sixty_characters(
    apart: int, met: int
) -> None:
    """200 points up to 20,200 are 1.0%, not 2.5%."""
    close = stated("close_level", 20200.0, "points", 0.5, 150)
    points = stated("pct_change", 200.0, "points", 0.5, 100, PctChange(unit="points"))
    share = stated("pct_change", 2.5, "%", 0.05, 100 + apart, PctChange())
    assert len(contradictions([close, points, share])) == met


@pytest.mark.parametrize(
    "text",
    [
        "The index could rise 14% to 75, from 66 on the day of the report.",
        "该指数预计以66点为基准，今年将上涨14%至75点。",
        "Copper rose 0.75% over intervals from 46 meters to 75 meters.",
    ],
)
def test_levels_that_agree_or_count_other_things_rule_out_nothing(text: str) -> None:
    claims = link_targets(read_claims(read_document(text), date(2025, 2, 13)), text)
    assert contradictions(claims, text) == []
