"""Changes of price: over one session, and over a period."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import numpy as np

from springtide.claims.model import Claim, Measurement, Params, Row
from springtide.language.messages import Change, Message, Percent, When, message
from springtide.language.types import Period
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.answers import Measured
from springtide.metrics.batches import Answers, Batch, Kernel
from springtide.metrics.frames import Frame
from springtide.metrics.patterns import (
    Draft,
)
from springtide.metrics.registry import Metric
from springtide.numerics.series import FloatArray

Price = Literal["close", "high", "low", "open"]
ChangeUnit = Literal["%", "points"]


YEAR_TO_DATE = Period("ytd")

UNDATED = 0.25
"""The most that is sure of a move since a turn that is not dated: too little to refute it."""


@dataclass(frozen=True, slots=True)
class PctChange(Params):
    """Which price of the session is set against the close before, in per cent or in points."""

    price: Price = "close"
    unit: ChangeUnit = "%"


@dataclass(frozen=True, slots=True)
class PeriodReturn(Params):
    """From which price to which: the period, the price that ends it, the price it starts from.

    ``start`` says which price is the extreme where the period starts at a low or a high: the close,
    or the price within the session.
    """

    period: Period = YEAR_TO_DATE
    price: Price = "close"
    start: Literal["close", "intraday"] = "close"
    unit: Literal["%", "points", "x"] = "%"


def _change(now: Row, base: Row, unit: str) -> float:
    if unit == "points":
        return now.value - base.value
    rows.check_base(base)
    ratio = now.value / base.value - 1.0
    return ratio if unit == "x" else 100.0 * ratio


def _pct_change(view: View, instrument: Instrument, params: PctChange) -> Measured:
    bars, i = rows.at(view, instrument, params.price)
    j = rows.before(view, instrument, "close", view.as_of)
    base, now = rows.row(bars, j, "close"), rows.row(bars, i, params.price)
    return Measured(_change(now, base, params.unit), (base, now))


def _period_return(view: View, instrument: Instrument, params: PeriodReturn) -> Measured:
    base, end = ends(view, instrument, params)
    return Measured(_change(end, base, params.unit), (base, end))


def ends(view: View, instrument: Instrument, params: PeriodReturn) -> tuple[Row, Row]:
    """Return the prices from which and to which a period counts.

    Raises
    ------
    Missing
        One of them, or a session among which an extreme is sought, is not there.
    """
    period = params.period
    if period.kind == "span":
        return _span_ends(view, instrument, params)
    bars, i = rows.at(view, instrument, params.price)
    end = rows.row(bars, i, params.price)
    return start_of(view, instrument, period, params.start), end


def _sized(now: FloatArray, base: FloatArray, unit: str) -> FloatArray:
    if unit == "points":
        return now - base
    ratio = now / base - 1.0
    return ratio if unit == "x" else 100.0 * ratio


def _pct_changes(batch: Batch, params: PctChange) -> Answers:
    answers = Answers.open(batch)
    places = batch.today(params.price, answers)
    base = batch.before(np.full(len(batch), batch.day), places, answers)
    places = places[base[places] >= 0]
    before = batch.columns.figure("close")[base[places]]
    answers.put(places, _sized(batch.last(params.price, places), before, params.unit))
    return answers


def _period_returns(batch: Batch, params: PeriodReturn) -> Answers:
    answers = Answers.open(batch)
    if params.period.kind in ("span", "since-low", "since-high", "all"):
        return answers
    places = batch.today(params.price, answers)
    first = batch.first_days(params.period, answers)
    places = places[first[places] >= 0]
    day = first + 1 if params.period.kind in ("since", "last") else first
    base = batch.before(day, places, answers)
    places = places[base[places] >= 0]
    before = batch.columns.figure("close")[base[places]]
    answers.put(places, _sized(batch.last(params.price, places), before, params.unit))
    return answers


def _span_ends(view: View, instrument: Instrument, params: PeriodReturn) -> tuple[Row, Row]:
    period = params.period
    assert period.first is not None and period.last is not None
    rows.check_past(view, period.last)
    bars = view.bars(instrument.id)
    i = rows.before(view, instrument, params.price, period.last + timedelta(days=1))
    j = rows.before(view, instrument, "close", period.first)
    return rows.row(bars, j, "close"), rows.row(bars, i, params.price)


def start_of(
    view: View, instrument: Instrument, period: Period, start: Literal["close", "intraday"]
) -> Row:
    """Return the price from which a period counts.

    Raises
    ------
    Missing
        The price, or a session among which the extreme is sought, is not there.
    """
    bars = view.bars(instrument.id)
    if period.kind in ("since-low", "since-high"):
        return extreme(view, instrument, period, start)
    first = rows.first_day(view, instrument, period)
    if period.kind in ("since", "last"):
        j = rows.before(view, instrument, "close", first + timedelta(days=1))
    elif period.kind == "all":
        j = int(rows.rows_with(bars, "close")[0])
    else:
        j = rows.before(view, instrument, "close", first)
    return rows.row(bars, j, "close")


def extreme(
    view: View, instrument: Instrument, period: Period, start: Literal["close", "intraday"]
) -> Row:
    """Return the lowest or highest price between two dates, by close or within the session.

    Raises
    ------
    Missing
        Sessions between the dates are not there.
    """
    low = period.kind == "since-low"
    field = "close" if start == "close" else ("low" if low else "high")
    bars = view.bars(instrument.id)
    last = min(period.last or view.as_of, view.as_of)
    held = rows.stretch(view, instrument, field, rows.first_day(view, instrument, period), last)
    values = rows.column(bars, field)[held]
    position = int(held[int(np.argmin(values) if low else np.argmax(values))])
    return rows.row(bars, position, field)


def _change_unit(params: PctChange | PeriodReturn, instrument: Instrument) -> str:
    return "price" if params.unit == "points" else params.unit


def amount(claim: Claim) -> Percent | Change:
    """Return the size of a change without its sign, as it is printed."""
    assert isinstance(claim.value, float)
    size = abs(claim.value)
    return Percent(size, 2) if claim.unit == "%" else Change(size, claim.unit)


def _way(claim: Claim) -> str:
    assert isinstance(claim.value, float)
    return "up" if claim.value >= 0 else "down"


def _say_change(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, PctChange)
    price = claim.params.price
    return message("metrics.pct_change-said", value=amount(claim), price=price, way=_way(claim))


def _say_return(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, PeriodReturn)
    period = When(claim.params.period, claim.as_of)
    return message(
        "metrics.period_return-said", value=amount(claim), period=period, way=_way(claim)
    )


def _change_of_frame(frame: Frame) -> Draft | None:
    """Make a move of one session a change against the close before."""
    unit = _unit_of_frame(frame)
    if frame.is_forecast or not frame.is_stated or not frame.is_of_a_session or unit == "x":
        return None
    return Draft(PctChange(frame.price, unit)) if unit is not None else None


def _return_of_frame(frame: Frame) -> Draft | None:
    """Make a move over a stretch a return: over its canonical form, else between its two days."""
    unit = _unit_of_frame(frame)
    if frame.is_forecast or not frame.is_stated or frame.is_of_a_session or unit is None:
        return None
    period = frame.stretch
    if period is None and frame.period == "since" and frame.first is None:
        return _return_since_a_turn(frame, unit)
    if period is None or period.kind == "all":
        if frame.first is None or frame.last is None or frame.first >= frame.last:
            return None
        period = Period("span", frame.first + timedelta(days=1), frame.last)
    said = PeriodReturn(period, frame.price, unit=unit)
    return Draft(said, also=_counted_else(said, frame.unit))


def _counted_else(said: PeriodReturn, unit: str) -> tuple[tuple[Params, str], ...]:
    """Return what else a return can count from.

    Since a low or high it is the price within the session; between two days ("from 13 January to
    7 February") the close of the first, where it counts from the close before.
    """
    period = said.period
    if period.kind == "span" and period.first is not None and period.last is not None:
        later = period.first + timedelta(days=1)
        if period.first.day == 1 or later > period.last:
            return ()
        return ((replace(said, period=Period("span", later, period.last)), unit),)
    if period.kind not in ("since-low", "since-high"):
        return ()
    return ((replace(said, start="intraday"), unit),)


_TURN = re.compile(
    "[本这今此该]轮|[这本]波|[今是]次|[高低][点位]|见[底顶]|(?:this|the|current) (?:rally|rebound)"
    "|(?:high|low|peak|trough)s?\\b"
)
_OF_WHICH = re.compile("周|年|月|历史|纪录|week|year|month|record|all-time", re.IGNORECASE)
"""What says which extreme it is: of 52 weeks, of all time."""
_NEAR = 24


def _return_since_a_turn(frame: Frame, unit: Literal["%", "points", "x"]) -> Draft | None:
    """Make a move since a turn without a date one since the year's extreme, or that of 250 sessions.

    A rise counts from a low, a fall from a high.
    """
    if frame.day is None or not isinstance(frame.value, float):
        return None
    words = frame.before[-_NEAR:] + " " + frame.after[:_NEAR]
    if _OF_WHICH.search(words) or not _TURN.search(words):
        return None
    kind: Literal["since-low", "since-high"] = "since-low" if frame.value > 0 else "since-high"
    year = Period(kind, date(frame.day.year, 1, 1), frame.day)
    made = [PeriodReturn(period, frame.price, unit=unit) for period in (year, Period(kind))]
    return Draft(made[0], also=((made[1], frame.unit),), confidence=UNDATED)


def _distance_of_frame(frame: Frame) -> Draft | None:
    """Make a distance from a high or a low a return since it: "6% below its October high"."""
    period = frame.stretch or frame.named
    if period is None or period.kind not in ("since-high", "since-low") or frame.unit != "%":
        return None
    if frame.is_forecast or not frame.is_stated:
        return None
    return Draft(PeriodReturn(period, frame.price))


def _unit_of_frame(frame: Frame) -> Literal["%", "points", "x"] | None:
    """Return in what a change is stated; an amount of money is one in the price's own unit.

    So is one that is printed without a unit.
    """
    if frame.unit in ("%", "x"):
        return frame.unit  # type: ignore[return-value]
    is_money = len(frame.unit) == 3 and frame.unit.isupper()
    return "points" if frame.unit in ("", "points") or is_money else None


PCT_CHANGE = Metric(
    key="pct_change",
    params=PctChange,
    formula="price(as_of) / close(previous session) - 1",
    minimum="two neighbouring sessions",
    unit=_change_unit,
    decimals=2,
    measure=_pct_change,
    kernel=Kernel(_pct_changes, lambda params: (params.price,)),
    wording=_say_change,
    frames={"price_change": _change_of_frame},
)

PERIOD_RETURN = Metric(
    key="period_return",
    params=PeriodReturn,
    formula="price(end) / price(start) - 1",
    minimum="the two sessions; every session among which a low or high is sought",
    unit=_change_unit,
    decimals=2,
    measure=_period_return,
    kernel=Kernel(_period_returns, lambda params: (params.price,)),
    wording=_say_return,
    frames={"price_change": _return_of_frame, "technical": _distance_of_frame},
)

METRICS = (PCT_CHANGE, PERIOD_RETURN)
