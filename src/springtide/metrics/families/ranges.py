"""The trading range: its ends, its centre, its width, and whether it is a range at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np

from springtide.claims.compare import price_decimals
from springtide.claims.model import Claim, Measurement, Params, Row
from springtide.language.messages import Level, Message, Percent, When, message
from springtide.language.types import Period, PeriodMention
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import paths
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.batches import Answers, Batch, IntArray, Kernel
from springtide.metrics.batches import Stretch as Held
from springtide.metrics.frames import Frame
from springtide.metrics.level_words import role
from springtide.metrics.params import Kinds
from springtide.metrics.paths import Path
from springtide.metrics.patterns import Draft, Pattern, Phrase, en, is_fact, zh
from springtide.metrics.registry import Metric
from springtide.numerics.ranges import TradingRange, trading_range
from springtide.numerics.series import FloatArray

Stretch = Annotated[Period, Kinds(("ytd", "qtd", "mtd", "wtd", "last", "since", "all", "span"))]
"""Sessions up to the as-of date, or from one day to another."""

MEASURES = ("level", "price_level", "target_price", "price_change", "other")
"""What the numbers of a range are taken for by themselves."""

HALF_YEAR = Period("last", count=120, unit="sessions")


@dataclass(frozen=True, slots=True)
class Range(Params):
    """Over which sessions, by closes or within them; ``last:N:sessions`` are N sessions."""

    period: Stretch = HALF_YEAR
    basis: Literal["close", "intraday"] = "close"


def window(
    view: View, instrument: Instrument, period: Period, *, inside: bool = False
) -> tuple[Path, TradingRange]:
    """Return the sessions of a period, and the range of their closes or of all their prices.

    Raises
    ------
    Missing
        A session is missing; with ``inside`` also a high or a low.
    """
    path = paths.within(view, instrument, period)
    end = paths.until(path, period)
    if not end:
        raise Missing("missing.no-bars", subject=instrument.id)
    path = Path(path.bars, path.held[:end], 0, path.by_close)
    if inside and path.by_close:
        raise Missing(
            "missing.no-extremes",
            subject=instrument.id,
            first=str(path.day(0)),
            last=str(path.day(path.last)),
        )
    high, low = (path.high, path.low) if inside else (path.close, path.close)
    return path, trading_range(high, low)


def ends_of(path: Path, ends: TradingRange, *, inside: bool) -> tuple[Row, Row]:
    """Cite the highest and the lowest close of a path, or prices within the session."""
    return (
        path.row(ends.ceiling_index, "high" if inside else "close"),
        path.row(ends.floor_index, "low" if inside else "close"),
    )


Measure = Callable[[View, Instrument, Range], Measured]


def _of_ends(value: Callable[[TradingRange, float], float]) -> Measure:
    """Return the measure of a value of the ends of a range and the last close."""

    def measured(view: View, instrument: Instrument, params: Range) -> Measured:
        inside = params.basis == "intraday"
        path, ends = window(view, instrument, params.period, inside=inside)
        last = float(path.close[-1])
        cited = dict.fromkeys((*ends_of(path, ends, inside=inside), path.row(path.last)))
        return Measured(value(ends, last), tuple(cited), path.windows(view, closes=not inside))

    return measured


def _position(view: View, instrument: Instrument, params: Range) -> Measured:
    inside = params.basis == "intraday"
    path, ends = window(view, instrument, params.period, inside=inside)
    if ends.ceiling == ends.floor:
        raise Missing(
            "missing.all-equal",
            subject=instrument.id,
            first=str(path.day(0)),
            last=str(path.day(path.last)),
        )
    cited = dict.fromkeys((*ends_of(path, ends, inside=inside), path.row(path.last)))
    return Measured(
        100 * ends.position(float(path.close[-1])),
        tuple(cited),
        path.windows(view, closes=not inside),
    )


def _many(value: Callable[[FloatArray, FloatArray, FloatArray], FloatArray]) -> Kernel:
    """Return the kernel of a value of the ceilings, the floors and the last closes."""

    def answered(batch: Batch, params: Range) -> Answers:
        answers = Answers.open(batch)
        period, inside = params.period, params.basis == "intraday"
        if period.kind in ("span", "all") or inside:
            return answers
        answers, stretch, top, bottom = _closes(batch, period)
        close = batch.columns.figure("close")
        answers.put(stretch.place, value(close[top], close[bottom], close[stretch.end - 1]))
        return answers

    return Kernel(answered)


def _closes(batch: Batch, period: Period) -> tuple[Answers, Held, IntArray, IntArray]:
    """Return the sessions of a period and the rows of their highest and their lowest close."""
    if ("range", period) not in batch.kept:  # every value of a range asks for them
        answers = Answers.open(batch)
        if period.kind == "last" and period.unit in ("sessions", "days"):
            stretch = batch.trailing("close", period.count or 1, answers)
        else:
            stretch = batch.since("close", batch.first_days(period, answers), answers)
        batch.kept["range", period] = answers, stretch, *batch.extremes(stretch, "close", "close")
    answers, stretch, top, bottom = batch.kept["range", period]
    return answers.copy(), stretch, top, bottom


def _positions(ceiling: FloatArray, floor: FloatArray, last: FloatArray) -> FloatArray:
    places = np.full(len(ceiling), np.nan)  # of one price there is none
    np.divide(last - floor, ceiling - floor, out=places, where=ceiling != floor)
    return 100 * places


def period_of(claim: Claim) -> When:
    """Return the period of a claim as its sentence says it."""
    period = getattr(claim.params, "period", HALF_YEAR)
    assert isinstance(period, Period)
    return When(period, claim.as_of)


def number_of(claim: Claim) -> float:
    """Return the one number that a claim states."""
    assert isinstance(claim.value, float)
    return claim.value


def _price(claim: Claim) -> Level:
    return Level(number_of(claim), claim.unit, price_decimals(number_of(claim), claim.unit))


def _basis(claim: Claim) -> str:
    return str(getattr(claim.params, "basis", "close"))


def _say_price(claim: Claim, measurement: Measurement) -> Message:
    part = claim.metric.removeprefix("range_")
    return message(
        "metrics.range_ceiling-said",
        part=part,
        value=_price(claim),
        basis=_basis(claim),
        period=period_of(claim),
    )


def _say_width(claim: Claim, measurement: Measurement) -> Message:
    share = Percent(number_of(claim), 2)
    return message(
        "metrics.range_width-said", value=share, basis=_basis(claim), period=period_of(claim)
    )


def _say_position(claim: Claim, measurement: Measurement) -> Message:
    share = Percent(number_of(claim), 2)
    return message(
        "metrics.range_position-said", value=share, basis=_basis(claim), period=period_of(claim)
    )


def _read_end(phrase: Phrase) -> Draft | None:
    period = phrase.mentions["period"]
    if not isinstance(period, PeriodMention) or not is_fact(phrase):
        return None
    basis: Literal["close", "intraday"] = "intraday" if phrase.words.get("inside") else "close"
    return Draft(Range(period.period, basis), phrase.quantity())


def _end_of_frame(part: str) -> Callable[[Frame], Draft | None]:
    """Return what takes a price for an end of the range of a stretch that its sentence counts."""

    def read(frame: Frame) -> Draft | None:
        if role(frame) != part or frame.lately is None:
            return None
        if frame.is_forecast or not frame.is_stated or not isinstance(frame.value, float):
            return None
        inside = Range(frame.lately, "intraday")
        return Draft(
            Range(frame.lately), rank=6, dated=True, worded=True, also=((inside, frame.unit),)
        )

    return read


def _end_of_range(
    part: str,
    formula: str,
    chinese: str,
    value: Callable[[TradingRange, float], float],
    many: Callable[[FloatArray, FloatArray, FloatArray], FloatArray],
) -> Metric:
    return Metric(
        key=f"range_{part}",
        params=Range,
        formula=formula,
        minimum="every session of the period",
        unit="price",
        decimals=price_decimals,
        measure=_of_ends(value),
        kernel=_many(many),
        wording=_say_price,
        frames=dict.fromkeys(MEASURES, _end_of_frame(part)),
        own_words=True,
        patterns=(
            zh(
                f"{{period:period}}的?(?:收[盘市]|(?P<inside>盘中|即市))区间{chinese}为{{price:value}}",
                _read_end,
                6,
            ),
            en(
                rf"\b(?:closing|(?P<inside>intraday))-range {part} of {{price:value}} {{period:period}}",
                _read_end,
                6,
            ),
            *(_within(part) if part != "centre" else ()),
        ),
        example=2172.45,
    )


def _within(part: str) -> tuple[Pattern, Pattern]:
    """Return how both ends of a range are said at once: "a lowest close of V and a highest of V over ..."."""
    if part == "floor":
        return (
            zh("{period:period}的?最低收[盘市]价为{price:value}[，,、]最高", _read_end, 6),
            en(
                r"\blowest close of {price:value} and a highest of [^.]{0,24}? {period:period}",
                _read_end,
                6,
            ),
        )
    return (
        zh(
            "{period:period}的?最低收[盘市]价为[^，,、。]{0,24}[，,、]最高收[盘市]价为{price:value}",
            _read_end,
            6,
        ),
        en(r"\band a highest of {price:value} {period:period}", _read_end, 6),
    )


_CEILING = "max(close over the period)"
_FLOOR = "min(close over the period)"

RANGE_CEILING = _end_of_range(
    "ceiling",
    _CEILING,
    "上限",
    lambda ends, last: ends.ceiling,
    lambda ceiling, floor, last: ceiling,
)
RANGE_FLOOR = _end_of_range(
    "floor", _FLOOR, "下限", lambda ends, last: ends.floor, lambda ceiling, floor, last: floor
)
RANGE_CENTRE = _end_of_range(
    "centre",
    f"({_CEILING} + {_FLOOR}) / 2",
    "中[枢轴]",
    lambda ends, last: ends.centre,
    lambda ceiling, floor, last: (ceiling + floor) / 2,
)

RANGE_WIDTH = Metric(
    key="range_width",
    params=Range,
    formula=f"{_CEILING} / {_FLOOR} - 1",
    minimum="every session of the period",
    unit="%",
    decimals=2,
    measure=_of_ends(lambda ends, last: 100 * ends.width),
    kernel=_many(lambda ceiling, floor, last: 100 * (ceiling / floor - 1)),
    wording=_say_width,
    patterns=(
        zh(
            "{period:period}的?(?:收[盘市]|(?P<inside>盘中|即市))区间[宽阔]度为{pct:value}",
            _read_end,
            6,
        ),
        en(
            r"\b(?:closing|(?P<inside>intraday))-range width of {pct:value} {period:period}",
            _read_end,
            6,
        ),
    ),
)

RANGE_POSITION = Metric(
    key="range_position",
    params=Range,
    formula=f"(close(as_of) - {_FLOOR}) / ({_CEILING} - {_FLOOR})",
    minimum="every session of the period, two closes that differ",
    unit="%",
    decimals=2,
    measure=_position,
    kernel=_many(_positions),
    wording=_say_position,
    patterns=(
        zh("{period:period}的?(?:收[盘市]|(?P<inside>盘中|即市))区间的{pct:value}处", _read_end, 6),
        zh("{period:period}的?(?:波动|交易|价格)?区间的{pct:value}(?:位置|处)", _read_end, 4),
        en(
            r"\bstands at {pct:value} of its (?:closing|(?P<inside>intraday)) range {period:period}",
            _read_end,
            6,
        ),
        zh(
            "{period:period}的?最低收[盘市]价为[^。；]{0,60}?[该該]区间的{pct:value}处",
            _read_end,
            6,
        ),
        en(r"{period:period},? and stands at {pct:value} of that range", _read_end, 6),
    ),
)

METRICS = (
    RANGE_CEILING,
    RANGE_FLOOR,
    RANGE_CENTRE,
    RANGE_WIDTH,
    RANGE_POSITION,
)
