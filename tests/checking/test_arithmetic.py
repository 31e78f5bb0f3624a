"""An article's own numbers against each other: contradictions worked by hand, and what is none."""

from __future__ import annotations

from datetime import date

import pytest

from springtide.checking.arithmetic import contradictions, link_targets
from springtide.claims.model import Claim
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
