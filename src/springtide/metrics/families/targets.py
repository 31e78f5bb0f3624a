"""Brokers' targets and the move that they imply."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Literal

from springtide.claims.compare import price_decimals
from springtide.claims.model import Claim, Measurement, Params, Row, Window
from springtide.language.messages import Message, Percent, message
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import opinions, rows
from springtide.metrics.answers import Measured
from springtide.metrics.consensus import Consensus, consensus, level_of, number_of
from springtide.metrics.frames import Frame
from springtide.metrics.params import Limits
from springtide.metrics.patterns import Draft, Phrase, en, is_price, zh
from springtide.metrics.registry import Metric


@dataclass(frozen=True, slots=True)
class TargetPrice(Params):
    """Whose target (anybody's without a house), and whether the last one or the one before it."""

    house: str | None = None
    which: Literal["latest", "previous"] = "latest"


@dataclass(frozen=True, slots=True)
class ImpliedMove(Params):
    """The target as stated, or that of the houses together; without one, the latest published."""

    target: Annotated[float | Literal["consensus"] | None, Limits(0, strict=True)] = None


def _target(view: View, instrument: Instrument, params: TargetPrice) -> Measured:
    if params.which == "latest":
        one = opinions.latest(view, instrument, "target_price", params.house)
        return Measured(one.value, (opinions.row(one),))
    held = opinions.of_house(view, instrument, "target_price", params.house)
    last = held[-1]
    before = opinions.previous(held, instrument, last)
    return Measured(before.value, (opinions.row(before), opinions.row(last)))


def _implied(view: View, instrument: Instrument, params: ImpliedMove) -> Measured:
    bars, i = rows.at(view, instrument, "close")
    close = rows.row(bars, i, "close")
    windows: tuple[Window, ...] = ()
    if params.target == "consensus":
        told = consensus(view, instrument, Consensus())
        target, cited, windows = float(told.value or 0.0), told.rows, told.windows
    elif isinstance(params.target, float):
        target = params.target
        cited = (Row(instrument.id, "target_price", view.as_of, target, "as stated"),)
    else:
        told = _target(view, instrument, TargetPrice())
        target, cited = float(told.value or 0.0), told.rows
    value = 100.0 * (target / close.value - 1.0)
    return Measured(value, (*cited, close), windows)


def _say_target(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, TargetPrice)
    return message(
        "metrics.target_price-said",
        value=level_of(claim),
        said="yes" if claim.params.house else "no",
        house=opinions.house_name(claim.params.house or ""),
        which=claim.params.which,
    )


def _say_implied(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, ImpliedMove)
    number = number_of(claim)
    way = "up" if number >= 0 else "down"
    of = "consensus" if claim.params.target == "consensus" else "target"
    return message("metrics.implied_move-said", value=Percent(abs(number), 2), way=way, of=of)


def _with_house(measurement: Measurement) -> Params:
    """Name the house whose target was measured, so that the sentence says whose it is."""
    assert isinstance(measurement.params, TargetPrice)
    source = measurement.evidence.rows[0].source
    return TargetPrice(opinions.canonical(source), measurement.params.which)


_OTHER_TARGET = re.compile(
    "(?:收入|营收|销售|销量|利润|产量|产能|交付|增长|经济|通胀|减排|融资|募资)[^，。；]{0,6}(?:目标|$)"
    r"|\b(?:revenue|sales|profit|earnings|deliver\w+|inflation|growth|production|output|funding|EBITDA)\b"
    r"[^.;]{0,20}\b(?:targets?|goal)?",
    re.IGNORECASE,
)


def _target_of_frame(frame: Frame) -> Draft | None:
    if frame.of_houses or _OTHER_TARGET.search(frame.before):  # of several houses; no price
        return None
    which: Literal["latest", "previous"] = "previous" if frame.is_previous else "latest"
    return Draft(TargetPrice(frame.house or None, which), published=True)


def _aim_of_frame(frame: Frame) -> Draft | None:
    """Take a level that is to come for a target: "has a chance to test 23,000"."""
    return Draft(TargetPrice(), published=True) if frame.is_forecast else None


def _implied_of_frame(frame: Frame) -> Draft | None:
    if frame.unit != "%":
        return None
    return Draft(ImpliedMove("consensus" if frame.of_houses else None))


def _forecast_of_frame(frame: Frame) -> Draft | None:
    """Take a move that is to come for the one that a target implies, whatever its horizon."""
    return _implied_of_frame(frame) if frame.is_forecast else None


def _read_target(phrase: Phrase, which: Literal["latest", "previous"]) -> Draft | None:
    if not phrase.named or not is_price(phrase.quantity()) or _OTHER_TARGET.search(phrase.lead):
        return None
    named = opinions.houses_in(phrase.sentence)
    if len(named) > 1:  # whose it is only the number's place in the sentence says
        return None
    params = TargetPrice(next(iter(named), None), which)
    return Draft(params, phrase.quantity(), published=True)


def _read_new(phrase: Phrase) -> Draft | None:
    return _read_target(phrase, "latest")


def _read_old(phrase: Phrase) -> Draft | None:
    return _read_target(phrase, "previous")


_EN_TARGET = r"\b(?:price )?targets? [^.;,\ue002-\ue008]{0,40}?"
_ZH_OLD = "目标价[^，。；\ue002-\ue008]{0,10}?[由从自]约?"
_ZH_NEW = "[^，。；\ue002-\ue008]{0,8}?[至到]约?"

TARGET_PRICE = Metric(
    key="target_price",
    params=TargetPrice,
    formula="the house's latest published target, of the latest house without one",
    minimum="one target published in the 365 days before",
    unit="price",
    decimals=price_decimals,
    measure=_target,
    wording=_say_target,
    needs_close=False,
    completed=_with_house,
    frames={
        "target_price": _target_of_frame,
        "level": _aim_of_frame,
        "price_level": _aim_of_frame,
    },
    own_words=True,
    patterns=(
        zh(f"{_ZH_OLD}{{price:value}}(?={_ZH_NEW}{{price}})", _read_old, 12),
        zh(f"{_ZH_OLD}{{price}}{_ZH_NEW}{{price:value}}", _read_new, 12),
        en(rf"{_EN_TARGET}\bto {{money:value}}(?=,? from {{money}})", _read_new, 12),
        en(rf"{_EN_TARGET}\bto {{money}},? from {{money:value}}", _read_old, 12),
        en(rf"{_EN_TARGET}\bfrom {{money:value}}(?= to {{money}})", _read_old, 12),
        en(rf"{_EN_TARGET}\bfrom {{money}} to {{money:value}}", _read_new, 12),
    ),
)


def _read_implied(phrase: Phrase) -> Draft | None:
    params = ImpliedMove("consensus") if phrase.words.get("together") else ImpliedMove()
    return Draft(params, phrase.quantity(), phrase.sign)


IMPLIED_MOVE = Metric(
    key="implied_move",
    params=ImpliedMove,
    formula="target / close(as_of) - 1",
    minimum="one published target and the close",
    unit="%",
    decimals=2,
    measure=_implied,
    wording=_say_implied,
    frames={"implied_move": _implied_of_frame, "price_change": _forecast_of_frame},
    own_words=True,
    patterns=(
        zh(
            "距(?P<together>平均)?目标价的(?:(?P<up>上[涨升行])|(?P<down>下[跌行降]))空间为{pct:value}",
            _read_implied,
            12,
        ),
        en(
            r"\b(?:(?P<up>upside)|(?P<down>downside)) of {pct:value} to (?:its|the) "
            r"(?P<together>average )?target price",
            _read_implied,
            12,
        ),
    ),
)

METRICS = (TARGET_PRICE, IMPLIED_MOVE)
