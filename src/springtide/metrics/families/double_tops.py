"""Double tops and bottoms, and what a trade between three prices risks and may gain."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Annotated, Literal

import numpy as np

from springtide.claims.model import Claim, Measurement, Params, Row
from springtide.language.messages import Level, Message, Percent, message
from springtide.language.types import Period
from springtide.market import instruments
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import paths
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.families.support import Price, Reversal
from springtide.metrics.frames import Frame
from springtide.metrics.level_words import role
from springtide.metrics.params import Kinds, Limits
from springtide.metrics.paths import Path, band_of, reversal_of
from springtide.metrics.patterns import Draft, Phrase, en, is_fact, zh
from springtide.metrics.registry import Metric
from springtide.numerics import levels

YEAR = Period("last", count=250, unit="sessions")


@dataclass(frozen=True, slots=True)
class DoubleTop(Params):
    """How alike, how far apart and how deep, all but the sessions in per cent.

    ``level`` is a price that the turn was at, ``period`` when (one of the two, where it is double).
    With ``tops=single`` one swing is enough. ``completed`` asks for a close beyond the neckline.
    """

    level: Price = None
    period: Annotated[
        Period, Kinds(("ytd", "qtd", "mtd", "wtd", "last", "since", "all", "span"))
    ] = YEAR
    tops: Literal["double", "single"] = "double"
    tolerance: Annotated[float, Limits(0, 10)] = 1.5
    apart: Annotated[int, Limits(1)] = 22
    within: Annotated[int, Limits(2)] = 130
    depth: Annotated[float, Limits(0, 50)] = 5.0
    reversal: Reversal = None
    completed: bool = False


def _double(view: View, instrument: Instrument, params: DoubleTop, *, top: bool) -> Measured:
    path = paths.within(view, instrument, params.period, before=params.within + 250)
    swings = path.swings(reversal_of(instrument, params.reversal))
    end = paths.until(path, params.period)
    if params.tops == "single":
        turns = [one for one in swings if one.high == top and path.begin <= one.index < end]
        near = [one for one in turns if _is_at(instrument, one.price, params.level)]
        if near:
            return Measured(True, (path.swing(near[-1]),), path.windows(view))
        return _none(view, instrument, path, end, params, top=top)
    find = levels.double_tops if top else levels.double_bottoms
    made = find(
        path.high,
        path.low,
        path.close,
        swings,
        tolerance=params.tolerance / 100,
        apart=params.apart,
        within=params.within,
        depth=params.depth / 100,
    )
    chosen = [
        one
        for one in made
        if any(path.begin <= turn.index < end for turn in (one.first, one.second))
        and _is_at(instrument, one.mean, params.level)
        and (one.completed is not None or not params.completed)
    ]
    if not chosen:
        return _none(view, instrument, path, end, params, top=top)
    return Measured(True, _cited(path, chosen[-1], top=top), path.windows(view))


def _is_at(instrument: Instrument, price: float, level: float | None) -> bool:
    return level is None or abs(price / level - 1) * 100 <= band_of(instrument)


def _cited(path: Path, one: levels.DoubleTop, *, top: bool) -> tuple[Row, ...]:
    """Cite the two turns, the neckline, and the bars that confirmed and completed it."""
    cited = [
        path.swing(one.first),
        path.extreme(one.neckline_index, high=not top),
        path.swing(one.second),
        path.extreme(one.formed, high=not top),
    ]
    if one.completed is not None:
        cited.append(path.row(one.completed))
    return tuple(cited)


def _none(
    view: View, instrument: Instrument, path: Path, end: int, params: DoubleTop, *, top: bool
) -> Measured:
    """Answer no with the extreme of the period; where prices were at the level, rules may differ."""
    prices = path.high[path.begin : end] if top else path.low[path.begin : end]
    if not len(prices):
        raise Missing("missing.no-bars", subject=instrument.id)
    i = path.begin + int(np.argmax(prices) if top else np.argmin(prices))
    extreme = path.extreme(i, high=top)
    level = params.level
    if level is not None and (path.high[path.begin : end] >= level * (1 - band_of(instrument) / 100)).any() and (
        path.low[path.begin : end] <= level * (1 + band_of(instrument) / 100)
    ).any():  # fmt: skip
        raise Missing(
            "missing.no-such-turn",
            subject=instrument.id,
            level=Level(level, instrument.unit),
            line=Percent.short(reversal_of(instrument, params.reversal)),
        )
    return Measured(False, (extreme,), path.windows(view))


@dataclass(frozen=True, slots=True)
class RiskReward(Params):
    """The prices of a trade: in (by default at the close), out with a gain, out with a loss."""

    entry: Price = None
    target: Price = None
    stop: Price = None


def _risk_reward(view: View, instrument: Instrument, params: RiskReward) -> Measured:
    from springtide.metrics import rows
    from springtide.metrics.families.level_tests import given

    target, stop = given(params.target, "target"), given(params.stop, "stop")
    if params.entry is None:
        bars, i = rows.at(view, instrument, "close")
        entry = rows.row(bars, i, "close")
    else:
        entry = Row(instrument.id, "entry", view.as_of, params.entry, "as stated")
    reward, risk = target - entry.value, entry.value - stop
    if not (reward > 0 < risk or reward < 0 > risk):
        raise Missing(
            "missing.stop-side",
            entry=Level(entry.value, instrument.unit),
            target=Level(target, instrument.unit),
            stop=Level(stop, instrument.unit),
        )
    rate = 100.0 * risk / (risk + reward)
    stated = ((name, value) for name, value in (("target", target), ("stop", stop)))
    cited = tuple(
        Row(instrument.id, name, view.as_of, value, "as stated") for name, value in stated
    )
    even = Row(instrument.id, "hit rate that breaks even in per cent", view.as_of, rate, "counted")
    return Measured(reward / risk, (entry, *cited, even))


def _say_top(claim: Claim, measurement: Measurement) -> Message:
    return _said(claim, top=True)


def _say_bottom(claim: Claim, measurement: Measurement) -> Message:
    return _said(claim, top=False)


def _said(claim: Claim, *, top: bool) -> Message:
    assert isinstance(claim.params, DoubleTop)
    return message(
        "metrics.double_top-said",
        kind="top" if top else "bottom",
        line=Percent.short(claim.params.reversal or 5.0),
        completed="yes" if claim.params.completed else "no",
    )


def _say_risk(claim: Claim, measurement: Measurement) -> Message:
    params = claim.params
    assert isinstance(params, RiskReward) and isinstance(claim.value, float)
    unit = _unit_of(claim)
    prices = {
        name: Level(getattr(params, name) or 0.0, unit) for name in ("entry", "target", "stop")
    }
    return message(
        "metrics.risk_reward-said",
        value=Level(claim.value, "x"),
        at="stated" if params.entry is not None else "close",
        **prices,
    )


def _unit_of(claim: Claim) -> str:
    known = instruments.find(claim.subject)
    return known.unit if known is not None else "points"


def _top_of_frame(frame: Frame) -> Draft | None:
    return _of_frame(frame, "double_top")


def _bottom_of_frame(frame: Frame) -> Draft | None:
    return _of_frame(frame, "double_bottom")


def _of_frame(frame: Frame, kind: Literal["double_top", "double_bottom"]) -> Draft | None:
    """Take a price called a double top for one, in the stretch that its clause names."""
    if role(frame) != kind or not isinstance(frame.value, float):
        return None
    named = frame.named
    period = named if named is not None and named.kind in ("ytd", "mtd", "span", "since") else YEAR
    return Draft(DoubleTop(frame.value, period), rank=4, dated=period is named, worded=True)


_AT_A_PRICE = re.compile(
    r"\d[^，。；]{0,10}(?:双顶|双底)|(?:双顶|双底)[^，。；\d%]{0,10}\d[\d,.]{3,}"
    r"|\bdouble (?:top|bottom)[^.;%]{0,24}? (?:at|near|around|of) \W?\d",
    re.IGNORECASE,
)
"""A double top whose price is said: the number is read with it."""


def _read(phrase: Phrase) -> Draft | None:
    if not is_fact(phrase) or _AT_A_PRICE.search(phrase.sentence):
        return None
    line = phrase.quantity("line").value if "line" in phrase.mentions else None
    if line is not None and not isinstance(line, float):
        return None
    return Draft(DoubleTop(reversal=line, completed=bool(phrase.words.get("completed"))))


def _read_risk(phrase: Phrase) -> Draft | None:
    prices = {
        name: phrase.quantity(name).value if name in phrase.mentions else None
        for name in ("entry", "target", "stop")
    }
    if any(isinstance(price, tuple) for price in prices.values()):
        return None
    return Draft(RiskReward(**prices), phrase.quantity())  # type: ignore[arg-type]


def _completed(measurement: Measurement) -> DoubleTop:
    """Name the swings that it was found by, as its sentence does."""
    params = measurement.params
    assert isinstance(params, DoubleTop)
    instrument = instruments.find(measurement.subject) or instruments.plain(measurement.subject)
    return replace(params, reversal=reversal_of(instrument, params.reversal))


_FORMULA = (
    "two swing {turns} apart to within sessions apart, each within tolerance of their mean, nothing "
    "beyond it between them, a neckline depth off it"
)

DOUBLE_TOP = Metric(
    key="double_top",
    params=DoubleTop,
    formula=_FORMULA.format(turns="highs"),
    minimum="every session of the period",
    unit="",
    decimals=0,
    measure=lambda view, instrument, params: _double(view, instrument, params, top=True),
    wording=_say_top,
    completed=_completed,
    frames=dict.fromkeys(("level", "price_level", "target_price", "other"), _top_of_frame),
    patterns=(
        zh("(?:按{pct:line}的波段)?已?(?:(?P<completed>完成)|形成)了?(?:一个)?双顶", _read, 4),
        en(
            r"\b(?:(?P<completed>completed)|formed) a double top(?: by swings of {pct:line})?",
            _read,
            4,
        ),
    ),
)

DOUBLE_BOTTOM = Metric(
    key="double_bottom",
    params=DoubleTop,
    formula=_FORMULA.format(turns="lows"),
    minimum="every session of the period",
    unit="",
    decimals=0,
    measure=lambda view, instrument, params: _double(view, instrument, params, top=False),
    wording=_say_bottom,
    completed=_completed,
    frames=dict.fromkeys(("level", "price_level", "target_price", "other"), _bottom_of_frame),
    patterns=(
        zh("(?:按{pct:line}的波段)?已?(?:(?P<completed>完成)|形成)了?(?:一个)?双底", _read, 4),
        en(
            r"\b(?:(?P<completed>completed)|formed) a double bottom(?: by swings of {pct:line})?",
            _read,
            4,
        ),
    ),
)

RISK_REWARD = Metric(
    key="risk_reward",
    params=RiskReward,
    formula="(target - entry) / (entry - stop)",
    minimum="three prices, entry between target and stop",
    unit="x",
    decimals=2,
    measure=_risk_reward,
    wording=_say_risk,
    patterns=(
        zh(
            "(?:[自由]{price:entry}|以收[盘市]价入[场市])、目标{price:target}、止[损蚀]{price:stop}的风险回报比为{times:value}",
            _read_risk,
            7,
        ),
        en(
            r"\ba reward of {times:value} the risk (?:from {price:entry}|from the close) to {price:target} "
            r"with a stop at {price:stop}",
            _read_risk,
            7,
        ),
    ),
    example=2.45,
)

METRICS = (DOUBLE_TOP, DOUBLE_BOTTOM, RISK_REWARD)
