"""Support and resistance: the nearest prices at which a path turned, and levels that texts name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Literal

import numpy as np

from springtide.claims.compare import price_decimals
from springtide.claims.model import Claim, Measurement, Params, Row
from springtide.language.messages import Duration, Level, Message, Number, Percent, message
from springtide.market import instruments
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import paths
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.frames import Frame
from springtide.metrics.level_words import role
from springtide.metrics.params import Limits
from springtide.metrics.paths import Path, band_of, reversal_of
from springtide.metrics.patterns import Draft, Phrase, en, is_fact, zh
from springtide.metrics.registry import Metric
from springtide.numerics.levels import PriceLevel, levels

Side = Literal["support", "resistance"]
Price = Annotated[float | None, Limits(0, strict=True)]
Reversal = Annotated[float | None, Limits(1, 30)]

MATCH = 0.25
"""A level named by a text is a price of ours that is within this many per cent of it."""

SPREAD = 10.0
"""Per cent either side of the close within which it is counted how many prices would match."""


@dataclass(frozen=True, slots=True)
class SupportResistance(Params):
    """Which level from the close on, by which swings; or whether ``level`` is one.

    ``reversal`` is the fall or rise in per cent that makes a swing, by default 5 for indices and
    funds and 8 for shares; swings of the last ``lookback`` sessions count.
    """

    rank: Annotated[int, Limits(1, 5)] = 1
    reversal: Reversal = None
    lookback: Annotated[int, Limits(60, 2500)] = 250
    level: Price = None


def _measured(
    view: View, instrument: Instrument, params: SupportResistance, side: Side
) -> Measured:
    # Swings need a start; what they are at the end does not depend on it when it is far enough back.
    path = paths.recent(view, instrument, params.lookback, before=params.lookback)
    swings = path.swings(reversal_of(instrument, params.reversal))
    made = levels(swings, path.last, params.lookback)
    if params.level is not None:
        return _is_level(instrument, path, made, params.level, side)
    close = float(path.close[-1])
    own = _on_side(made, close, side)
    if len(own) < params.rank:
        raise Missing("missing.no-level", side=side, held=len(own))
    level = own[params.rank - 1]
    cited = tuple(path.swing(swing) for swing in level.swings)
    return Measured(level.price, (*cited, path.row(path.last)), path.windows(view))


def _on_side(made: tuple[PriceLevel, ...], close: float, side: Side) -> list[PriceLevel]:
    """Return the levels on one side of the close, the nearest first."""
    own = [one for one in made if one.price != close and (one.price < close) == (side == "support")]
    return sorted(own, key=lambda one: abs(one.price - close))


def _is_level(
    instrument: Instrument, path: Path, made: tuple[PriceLevel, ...], level: float, side: Side
) -> Measured:
    """Say whether a level is on its side of the close and at a price where the path turned.

    No where the last two closes are beyond it: a text may have been written before the last. What
    is not near any turn is not enough information, since levels can be drawn by other rules.
    """
    sign = 1.0 if side == "support" else -1.0
    beyond = sign * (level / path.close - 1) * 100 > band_of(instrument)
    if beyond[-1]:
        true = np.flatnonzero(sign * (level - path.close) <= 0)
        last = (_of_day(path, int(true[-1]), "close when it last was true"),) if true.size else ()
        if not beyond[-2:].all():
            raise Missing("missing.level-passed", level=_level(level, instrument))
        return Measured(False, (path.row(path.last), *last))
    own = [path.swing(swing) for one in made for swing in one.swings]
    own += [
        path.extreme(i, high=high) for i in (path.last, path.last - 1) for high in (True, False)
    ]
    nearest = min(own, key=lambda row: abs(level / row.value - 1))
    if abs(level / nearest.value - 1) * 100 > MATCH:
        raise Missing(
            "missing.no-level-near",
            level=_level(level, instrument),
            nearest=_level(nearest.value, instrument),
            day=nearest.date,
            away=Percent(abs(nearest.value / level - 1) * 100, 2),
        )
    return Measured(True, (nearest, path.row(path.last), _share(path, own)))


def _of_day(path: Path, i: int, field: str) -> Row:
    return Row(path.bars.symbol, field, path.day(i), float(path.close[i]), path.row(i).source)


def _share(path: Path, own: list[Row]) -> Row:
    """Count how many of the prices around the close are within reach of a price of ours."""
    close = float(path.close[-1])
    low, high = close * (1 - SPREAD / 100), close * (1 + SPREAD / 100)
    covered, reached = 0.0, low
    for price in sorted(row.value for row in own):
        start = max(price * (1 - MATCH / 100), reached)
        end = min(price * (1 + MATCH / 100), high)
        if end > start:
            covered, reached = covered + end - start, end
    share = 100 * covered / (high - low)
    name = f"prices within {SPREAD:g} per cent that would match too in per cent"
    return Row(path.bars.symbol, name, path.day(path.last), share, "counted")


def _level(value: float, instrument: Instrument) -> Level:
    return Level(value, instrument.unit, price_decimals(value, instrument.unit))


def _unit(params: SupportResistance, instrument: Instrument) -> str:
    return "price" if params.level is None else ""


def _said(claim: Claim, side: Side) -> Message:
    params = claim.params
    assert isinstance(params, SupportResistance) and isinstance(claim.value, float)
    value = Level(claim.value, claim.unit, price_decimals(claim.value, claim.unit))
    if params.level is not None:
        return message("metrics.support_level-named", value=value, side=side)
    return message(
        "metrics.support_level-said",
        value=value,
        side=side,
        rank=Number(params.rank),
        line=Percent.short(params.reversal or 5.0),
        whole="yes" if params.lookback == SupportResistance().lookback else "no",
        lookback=Duration(params.lookback),
    )


_CALLED = {"support": ("support", "floor"), "resistance": ("resistance", "ceiling")}
"""What words call it: the end of a range of which no stretch is named is a level like others."""


def _of_frame(frame: Frame, side: Side) -> Draft | None:
    """Take a price that is called a support or a resistance, whether or not it is to hold."""
    words = role(frame)
    if words not in _CALLED[side] or not isinstance(frame.value, float):
        return None
    rank, now = 2 if words == side else 1, frame.named is None
    return Draft(SupportResistance(level=frame.value), rank=rank, dated=now, worded=True)


_RANKS = {
    "最近": 1, "第二": 2, "第三": 3, "第四": 4, "第五": 5,
    "nearest": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5,
}  # fmt: skip


def _read(phrase: Phrase) -> Draft | None:
    """Read our own sentence, which names the rule and the rank."""
    line, span = phrase.quantity("line").value, phrase.mentions.get("span")
    if not isinstance(line, float) or not is_fact(phrase):
        return None
    lookback = SupportResistance().lookback
    if span is not None:
        lookback = phrase.window(0, "span")
    rank = _RANKS[phrase.words["rank"].lower()]
    params = SupportResistance(rank, line, lookback)
    return Draft(params, phrase.quantity(), dated=True, worded=True)


def _zh(word: str) -> tuple[str, ...]:
    rank = f"(?P<rank>最近|第[二三四五])的?{word}位?(?:在|为)"
    return (
        f"按{{pct:line}}的波段(?:及{{span:span}})?[，,]?[其在]?{rank}{{price:value}}",
        f"{rank}{{price:value}}[（(](?:{{span:span}})?{{pct:line}}波段",
    )


def _en(word: str) -> tuple[str, ...]:
    rank = rf"\b(?P<rank>nearest|second|third|fourth|fifth) {word}"
    return (
        rf"{rank} by swings of {{pct:line}}(?: {{span:span}})? (?:is )?at {{price:value}}",
        rf"{rank} (?:is )?at {{price:value}} \({{pct:line}} swings(?: {{span:span}})?",
    )


def _metric(side: Side, chinese: str) -> Metric:
    def measured(view: View, instrument: Instrument, params: SupportResistance) -> Measured:
        return _measured(view, instrument, params, side)

    def said(claim: Claim, measurement: Measurement) -> Message:
        return _said(claim, side)

    def of_frame(frame: Frame) -> Draft | None:
        return _of_frame(frame, side)

    where = "below" if side == "support" else "above"

    def completed(measurement: Measurement) -> SupportResistance:
        params = measurement.params
        assert isinstance(params, SupportResistance)
        instrument = instruments.find(measurement.subject) or instruments.plain(measurement.subject)
        return replace(params, reversal=reversal_of(instrument, params.reversal))

    return Metric(
        key=f"{side}_level",
        params=SupportResistance,
        formula=(
            f"price of the rank-th level {where} close(as_of): that of its last swing; "
            "swings within 1% are one level"
        ),
        minimum="lookback sessions without a gap, one level on that side",
        unit=_unit,
        decimals=price_decimals,
        measure=measured,
        wording=said,
        frames=dict.fromkeys(("level", "price_level", "target_price"), of_frame),
        own_words=True,
        patterns=(
            *(zh(one, _read, 6) for one in _zh(chinese)),
            *(en(one, _read, 6) for one in _en(side)),
        ),
        example=2172.45,
        completed=completed,
    )


SUPPORT_LEVEL = _metric("support", "支[撑持]")
RESISTANCE_LEVEL = _metric("resistance", "阻力")

METRICS = (SUPPORT_LEVEL, RESISTANCE_LEVEL)
