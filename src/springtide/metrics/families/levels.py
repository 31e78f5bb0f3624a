"""Price levels: where it closed, and how high or low it traded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from springtide.claims.compare import price_decimals
from springtide.claims.model import Claim, Measurement, Params, Row
from springtide.language.messages import Level, Message, message
from springtide.language.types import DateMention
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.batches import Answers, Batch, Kernel
from springtide.metrics.frames import LIVE, Frame
from springtide.metrics.patterns import Draft, Phrase, en, is_price_fact, zh
from springtide.metrics.registry import Metric


@dataclass(frozen=True, slots=True)
class CloseLevel(Params):
    """The close itself; with ``above``, whether it is higher than the close of that day."""

    above: date | None = None


@dataclass(frozen=True, slots=True)
class IntradayLevel(Params):
    """Which price of the session; with ``above``, whether it is over the close of that day.

    ``last`` is the price at some moment within the session, as articles written during it state;
    no daily bar holds it.
    """

    field: Literal["high", "low", "open", "last"] = "high"
    above: date | None = None


def _close(view: View, instrument: Instrument, params: CloseLevel) -> Measured:
    bars, i = rows.at(view, instrument, "close")
    if params.above is not None:
        return _is_above(view, instrument, rows.row(bars, i, "close"), params.above)
    return Measured(float(bars.close[i]), (rows.row(bars, i, "close"),))


def _unit(params: CloseLevel | IntradayLevel, instrument: Instrument) -> str:
    return "price" if params.above is None else ""


def _is_above(view: View, instrument: Instrument, now: Row, day: date) -> Measured:
    rows.check_past(view, day)
    j = rows.before(view, instrument, "close", day + timedelta(days=1))
    then = rows.row(view.bars(instrument.id), j, "close")
    return Measured(now.value > then.value, (then, now))


def _intraday(view: View, instrument: Instrument, params: IntradayLevel) -> Measured:
    if params.field == "last":
        raise Missing("missing.no-moment")
    if params.above is not None:
        return _reached_above(view, instrument, params.field, params.above)
    bars, i = rows.at(view, instrument, params.field)
    return Measured(float(rows.column(bars, params.field)[i]), (rows.row(bars, i, params.field),))


def _reached_above(view: View, instrument: Instrument, field: str, day: date) -> Measured:
    """Compare a price of the session; where the high is not known, a higher close proves it."""
    try:
        bars, i = rows.at(view, instrument, field)
    except Missing:
        if field != "high":
            raise
        bars, i = rows.at(view, instrument, "close")
        proved = _is_above(view, instrument, rows.row(bars, i, "close"), day)
        if not proved.value:
            raise
        return proved
    return _is_above(view, instrument, rows.row(bars, i, field), day)


def _closes(batch: Batch, params: CloseLevel) -> Answers:
    answers = Answers.open(batch)
    if params.above is None:
        places = batch.today("close", answers)
        answers.put(places, batch.last("close", places))
    return answers


def _prices(batch: Batch, params: IntradayLevel) -> Answers:
    answers = Answers.open(batch)
    if params.above is None and params.field != "last":
        places = batch.today(params.field, answers)
        answers.put(places, batch.last(params.field, places))
    return answers


def _level(claim: Claim) -> Level:
    assert isinstance(claim.value, float)
    return Level(claim.value, claim.unit, price_decimals(claim.value, claim.unit))


def _say_close(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, CloseLevel)
    if claim.params.above is not None:
        return message("metrics.close_level-above", day=claim.params.above)
    return message("metrics.close_level-said", value=_level(claim))


def _say_intraday(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, IntradayLevel)
    if claim.params.above is not None:
        return message("metrics.intraday_level-above", day=claim.params.above)
    field = claim.params.field
    return message("metrics.intraday_level-said", value=_level(claim), field=field)


def _close_of_frame(frame: Frame) -> Draft | None:
    """Take a level for the close unless it is said to be another price of its session."""
    if frame.is_forecast or not frame.is_stated or frame.basis not in ("close", "na"):
        return None
    return Draft(CloseLevel())


def _crossed_of_frame(frame: Frame) -> Draft | None:
    """Take a level that a close is said to be beyond for a bound of that close."""
    return _close_of_frame(frame) if frame.basis == "close" else None


def _intraday_of_frame(frame: Frame) -> Draft | None:
    if frame.is_forecast or not frame.is_stated:
        return None
    if frame.basis in LIVE:
        return Draft(IntradayLevel("last"))
    if frame.basis in ("high", "low", "open"):
        return Draft(IntradayLevel(frame.basis))
    return None


def _extreme_of_frame(frame: Frame) -> Draft | None:
    """Take the level of a record for the high or low that set it: "a high of 124.30"."""
    is_price = frame.unit == "points" or (len(frame.unit) == 3 and frame.unit.isupper())
    return _intraday_of_frame(frame) if is_price and frame.basis in ("high", "low") else None


def _read_above(phrase: Phrase) -> Draft | None:
    """Read "above its level at the end of February 2022": two levels, no number printed."""
    then = phrase.mentions["then"]
    if not isinstance(then, DateMention) or not is_price_fact(phrase):
        return None
    live = phrase.part in ("morning", "intraday", "high", "midday", "afternoon")
    params = IntradayLevel("high", then.last) if live else CloseLevel(then.last)
    return Draft(params, comparator=">", period=then.text, unit="", apart=then)


CLOSE_LEVEL = Metric(
    key="close_level",
    params=CloseLevel,
    formula="close(as_of)",
    minimum="the close of the session",
    unit=_unit,
    decimals=price_decimals,
    measure=_close,
    kernel=Kernel(_closes),
    wording=_say_close,
    frames={"price_level": _close_of_frame, "level": _crossed_of_frame},
    patterns=(
        zh(
            "(?:超越|超过|高于|突破|站上|站到|升穿|重上|收复|回到)了?{date:then}的?"
            "(?:水平|高位|点位|位置|收盘(?:价|点位)?)",
            _read_above,
            3,
        ),
        en(
            r"\b(?:above|past|over|topped|exceeded) (?:its|the|their) (?:level|close)s? "
            r"(?:at|of|on|in|from)? ?(?:the )?(?:end of )?{date:then}",
            _read_above,
            3,
        ),
    ),
)

INTRADAY_LEVEL = Metric(
    key="intraday_level",
    params=IntradayLevel,
    formula="high(as_of), low(as_of) or open(as_of)",
    minimum="that price of the session",
    unit=_unit,
    decimals=price_decimals,
    measure=_intraday,
    kernel=Kernel(_prices, lambda params: ("close" if params.field == "last" else params.field,)),
    wording=_say_intraday,
    frames={"price_level": _intraday_of_frame, "record": _extreme_of_frame},
)

METRICS = (CLOSE_LEVEL, INTRADAY_LEVEL)
