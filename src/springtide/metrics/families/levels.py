"""Price levels: where it closed, and how high or low it traded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from springtide.claims.compare import price_decimals
from springtide.claims.model import Claim, Measurement, Params, Row
from springtide.language.messages import Level, Message, message
from springtide.language.types import DateMention, Interval
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.frames import LIVE, Frame
from springtide.metrics.patterns import Draft, Phrase, en, is_level, is_price_fact, zh
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


def _read_close(phrase: Phrase) -> Draft | None:
    if not (is_price_fact(phrase) and is_level(phrase)):
        return None
    if phrase.part in ("intraday", "morning", "high", "midday", "afternoon"):
        return _read_at(phrase, "high") if phrase.part in ("intraday", "high") else None
    return _crossing(phrase) or Draft(CloseLevel(), phrase.quantity())


_ABOVE = re.compile(
    "(?:突破|升穿|站[上稳]|冲[上破]|重上|涨破|超越|企稳|守[住稳]|收复)[^，。；]{0,3}$"
    r"|\b(?:above|past|over|topp(?:ed|ing)|cross(?:ed|ing)|surpass(?:ed|ing)|reclaim(?:ed|ing))(?: the)? ?$",
    re.IGNORECASE,
)
_BELOW = re.compile(
    "(?:跌破|跌穿|失守|低于)[^，。；]{0,3}$|\\b(?:below|under)(?: the)? ?$", re.IGNORECASE
)


def _crossing(phrase: Phrase) -> Draft | None:
    """Read "broke above 21,500": the close is on that side of the level, not at it."""
    quantity = phrase.quantity()
    if quantity.comparator != "=" or not isinstance(quantity.value, float):
        return None
    if _ABOVE.search(phrase.lead):
        within = Interval(quantity.value, float("inf"))
        return Draft(CloseLevel(), quantity, comparator=">", within=within)
    if _BELOW.search(phrase.lead):
        within = Interval(float("-inf"), quantity.value)
        return Draft(CloseLevel(), quantity, comparator="<", within=within)
    return None


def _read_now(phrase: Phrase) -> Draft | None:
    """Read the level that a forecast starts from."""
    return Draft(CloseLevel(), phrase.quantity())


def _read_at(phrase: Phrase, field: Literal["high", "low", "open"]) -> Draft | None:
    if not (is_price_fact(phrase) and is_level(phrase)):
        return None
    return Draft(IntradayLevel(field), phrase.quantity())


def _read_high(phrase: Phrase) -> Draft | None:
    return _read_at(phrase, "high")


def _read_low(phrase: Phrase) -> Draft | None:
    return _read_at(phrase, "low")


_REACHED = (("as high as", "high"), ("最高", "high"), ("as low as", "low"), ("最低", "low"))


def _read_reached(phrase: Phrase) -> Draft | None:
    """Read "traded as high as 5,132.52": the words are part of the number, and it is the extreme."""
    quantity = phrase.quantity()
    text = quantity.text.lower()
    field = next((field for words, field in _REACHED if text.startswith(words)), None)
    if field is None or not is_price_fact(phrase) or not isinstance(quantity.value, float):
        return None
    if not is_level(phrase):
        return None
    half = quantity.step / 2
    within = Interval(quantity.value - half, quantity.value + half, high_open=True)
    params = IntradayLevel("high" if field == "high" else "low")
    return Draft(params, quantity, comparator="=", within=within)


def _read_above(phrase: Phrase) -> Draft | None:
    """Read "above its level at the end of February 2022": two levels, no number printed."""
    then = phrase.mentions["then"]
    if not isinstance(then, DateMention) or not is_price_fact(phrase):
        return None
    live = phrase.part in ("morning", "intraday", "high", "midday", "afternoon")
    params = IntradayLevel("high", then.last) if live else CloseLevel(then.last)
    return Draft(params, comparator=">", period=then.text, unit="", apart=then)


def _read_at_extreme(phrase: Phrase) -> Draft | None:
    """Read "最多升385点报21518点": the level belongs to the extreme move before it."""
    words = getattr(phrase.mentions.get("extreme"), "text", "")
    if not words.startswith(("最多", "至多", "最大")):
        return None
    return _read_at(phrase, "low" if re.search("[跌挫泻]", words) else "high")


def _read_open(phrase: Phrase) -> Draft | None:
    return _read_at(phrase, "open")


_CLOSED_ZH = "(?<![高低])(?:收市|收盘|报收|收报|收于|收在|收)(?:报|于|在|价|市|盘|为|约|近)*"

CLOSE_LEVEL = Metric(
    key="close_level",
    params=CloseLevel,
    formula="close(as_of)",
    minimum="the close of the session",
    unit=_unit,
    decimals=price_decimals,
    measure=_close,
    wording=_say_close,
    frames={"price_level": _close_of_frame, "level": _crossed_of_frame},
    patterns=(
        zh(f"{_CLOSED_ZH}{{price:value}}", _read_close, 2),
        zh(
            f"{_CLOSED_ZH}?{{move}}{{within}}[，,、]?(?P<own>(?:收?报(?:收)?|收于|至|到)(?:约|近)?{{price:value}})",
            _read_close,
            2,
        ),
        zh(
            "{move}{gap}{points}(?:[（(]{pct}[）)]|[，,、]?(?:或|跌幅|涨幅|升幅)?{gap}{pct})?"
            "[，,、]?(?P<own>(?:收?报(?:收)?|收于|至|到){gap}{price:value})",
            _read_close,
            3,
        ),
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
        zh(
            "从(?:目前|现在|现时|当前)的?{price:value}(?=(?:升|涨|上升|上涨|跌|下跌)至)",
            _read_now,
            2,
        ),
        zh("(?:最新价?|现)?报(?:收|价|于|在)?{price:value}", _read_close),
        zh(
            "(?:股价|指数|现价|金价|油价)(?!.{0,8}每)[^，,。；\ue001-\ue00e]{0,10}?{price:value}(?![^，。；]{0,3}目标)",
            _read_close,
            -1,
        ),
        en(
            r"\b(?:clos(?:ed|es|ing|e)|end(?:ed|s|ing)|finish(?:ed|es|ing)?|settl(?:ed|es|ing))\b"
            r"[^\ue001-\ue00e.;]{0,30}?(?:\b(?:at|on|near|above|below|around|to))? ?{price:value}",
            _read_close,
            2,
        ),
        en(
            r"{move}{gap}{change} ?(?:,|\()? ?(?:to|at|to (?:close|end|finish|settle) at) {price:value}",
            _read_close,
            2,
        ),
        en(r"{move}{gap}{points},? ?(?:or|\() ?{pct}\)?,? (?:to|at) {price:value}", _read_close, 3),
        en(
            r"\b(?:shares?|stock|index|price|listing|ADRs?|units)\b[^\ue001-\ue00e.;,]{0,24}?"
            r"\b(?:at|above|below|near|around|over|approach(?:ed|ing|es)|was|is|are|were|stood|trad(?:ed|es|ing))\b"
            r" ?(?:at )?{price:value}",
            _read_close,
            -1,
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
    wording=_say_intraday,
    frames={"price_level": _intraday_of_frame, "record": _extreme_of_frame},
    patterns=(
        zh("{price:value}", _read_reached, 4),
        en("{price:value}", _read_reached, 4),
        zh(
            "(?:盘中|一度|早盘|午后|全日|日内|最高|曾)[^，,。；]{0,8}?(?:最高|高见|升至|涨至|触及|突破|升穿|涨破|上破|攀至|见){gap}{price:value}",
            _read_high,
            3,
        ),
        zh("(?P<extreme>[\ue002\ue003])[，,]?报(?:于|在)?{price:value}", _read_at_extreme, 4),
        zh("(?:高见|盘中最高|最高(?:见|报|至|触及)?){gap}{price:value}", _read_high, 3),
        zh(
            "(?:盘中|一度|早盘|午后|全日|日内|最低|曾)[^，,。；]{0,8}?(?:最低|低见|跌至|下探|跌穿|跌破|失守){gap}{price:value}",
            _read_low,
            4,
        ),
        zh("(?:低见|盘中最低|最低(?:见|报|至)?){gap}{price:value}", _read_low, 4),
        zh("(?:高开|低开|开盘|开市)(?:报|于|在|价)+{gap}{price:value}", _read_open, 3),
        zh("(?:高开|低开){gap}[\ue002\ue003](?:或\ue002)?[，,]?报{price:value}", _read_open, 5),
        en(
            r"\b(?:as high as|(?:a|an|its|the) (?:intraday|session) (?:high|peak) (?:of|at)|touch(?:ed|ing)|hit(?:ting)?(?: a high of)?|peak(?:ed|ing) at|a high of|briefly (?:above|topped|passed)) {price:value}",
            _read_high,
            3,
        ),
        en(
            r"\b(?:as low as|(?:a|an|its|the) (?:intraday|session) (?:low|trough) (?:of|at)|a low of) {price:value}",
            _read_low,
            3,
        ),
        en(r"\b(?:open(?:ed|ing)? at) {price:value}", _read_open, 3),
    ),
)

METRICS = (CLOSE_LEVEL, INTRADAY_LEVEL)
