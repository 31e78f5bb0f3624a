"""Changes of price: over one session, and over a period."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

import numpy as np

from springtide.claims.model import Claim, Measurement, Params, Row
from springtide.language.messages import Change, Message, Percent, When, message
from springtide.language.types import Interval, Period
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.answers import Measured
from springtide.metrics.families.targets import ImpliedMove
from springtide.metrics.frames import Frame
from springtide.metrics.patterns import (
    Draft,
    Phrase,
    en,
    is_elsewhen,
    is_forecast,
    is_price,
    is_price_fact,
    period_of,
    zh,
)
from springtide.metrics.registry import Metric

Price = Literal["close", "high", "low", "open"]
ChangeUnit = Literal["%", "points"]


YEAR_TO_DATE = Period("ytd")


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
    if period is None or period.kind == "all":
        if frame.first is None or frame.last is None or frame.first >= frame.last:
            return None
        period = Period("span", frame.first + timedelta(days=1), frame.last)
    return Draft(PeriodReturn(period, frame.price, unit=unit))


def _distance_of_frame(frame: Frame) -> Draft | None:
    """Make a distance from a high or a low a return since it: "6% below its October high"."""
    period = frame.stretch or frame.named
    if period is None or period.kind not in ("since-high", "since-low") or frame.unit != "%":
        return None
    if frame.is_forecast or not frame.is_stated:
        return None
    return Draft(PeriodReturn(period, frame.price))


def _unit_of_frame(frame: Frame) -> Literal["%", "points", "x"] | None:
    """Return in what a change is stated; an amount of money is one in the price's own unit."""
    if frame.unit in ("%", "x"):
        return frame.unit  # type: ignore[return-value]
    is_money = len(frame.unit) == 3 and frame.unit.isupper()
    return "points" if frame.unit == "points" or is_money else None


def _basis(phrase: Phrase) -> Price:
    """Return the price spoken of: the close unless a part of the session says otherwise."""
    part = phrase.part
    if part == "open":
        return "open"
    if part in ("intraday", "high", "low"):
        return "low" if phrase.sign < 0 else "high"
    return "close"


def _is_live(phrase: Phrase) -> bool:
    """Say whether the price is one of the running session that no daily bar holds."""
    return phrase.part in ("morning", "midday", "afternoon")


_FROM_ELSEWHERE = re.compile(
    r"^ ?(?:from|since) (?:its|the|their|his|a) [\w -]{0,24}?(?:highs?|lows?|peak|closing|IPO|issue|debut|"
    r"election|launch|listing|record)\b|^ ?since\b"
    r"|^[^.;]{0,25}\b(?:annual rate|yoy|qoq|year[- ]over[- ]year|year[- ]on[- ]year|quarter[- ]over|"
    r"from a year (?:ago|earlier)|month[- ]over)\b",
    re.IGNORECASE,
)


def _read_change(phrase: Phrase) -> Draft | None:
    """Read a move: over the named period where there is one, else over the session.

    A move that is forecast is the move that a target implies, whatever its horizon.
    """
    quantity = phrase.quantity()
    if is_forecast(phrase) and quantity.unit == "%":
        return Draft(ImpliedMove(), quantity, phrase.sign)
    if not is_price_fact(phrase) or is_elsewhen(phrase) or _FROM_ELSEWHERE.search(phrase.trail):
        return None
    period = period_of(phrase)
    sign = (quantity.implied_sign and 1) or phrase.sign
    price = _basis(phrase)
    unit: ChangeUnit = "points" if quantity.unit == "points" else "%"
    if quantity.unit not in ("%", "points", "x") or (period is not None and period.kind == "all"):
        return None
    if period is None and quantity.unit != "x":
        if _is_live(phrase):
            price = "low" if phrase.sign < 0 else "high"
            if quantity.comparator not in ("~", ">", "up_to"):
                return Draft(PctChange("close", unit), quantity, sign)
        return Draft(PctChange(price, unit), quantity, sign)
    if period is None:
        return None
    written = (
        phrase.period.text if phrase.period else (phrase.stretch.text if phrase.stretch else "")
    )
    return Draft(
        PeriodReturn(period, price, unit="x" if quantity.unit == "x" else unit),
        quantity,
        sign,
        period=written,
    )


_BEYOND = re.compile("above|below|past|beyond", re.IGNORECASE)
_A_MARK = re.compile("^ ?(?:关口|大关|水平|整数|关|level|mark|threshold)")


def _read_money(phrase: Phrase) -> Draft | None:
    """Read "rose 39.70 dollars": a change in the price's own unit; "rose above 39 dollars" is none."""
    quantity = phrase.quantity()
    if not is_price_fact(phrase) or not is_price(quantity) or period_of(phrase) is not None:
        return None
    if is_elsewhen(phrase) or _A_MARK.match(phrase.trail) or _BEYOND.match(quantity.text):
        return None
    return Draft(PctChange(_basis(phrase), "points"), quantity, phrase.sign)


def _read_signed(phrase: Phrase) -> Draft | None:
    """Read "closed +0.3%": the number says the direction."""
    return _read_change(phrase) if phrase.quantity().implied_sign else None


_OF_SOMETHING = re.compile(
    r"^ ?(?:in|of) +(?!(?:the|its|their) (?:index|stock|shares?|price|benchmark|gauge)|shares?\b|"
    r"(?:(?:early|late|morning|afternoon|after-?hours|pre-?market) )?(?:trad|deal|session))\w"
)


_OF_BUSINESS = re.compile(
    r" *(?:[\w-]+ )?(?:deliver(?:y|ies)|sales|revenues?|profits?|earnings|income|shipments?|orders?|"
    r"bookings|output|production|exports|imports)\b",
    re.IGNORECASE,
)


def _read_noun(phrase: Phrase) -> Draft | None:
    """Read "a 3% gain", but not "a 3% gain in product sales" or "a 3% surge in Q4 deliveries"."""
    if _OF_SOMETHING.search(phrase.trail) or _OF_BUSINESS.match(phrase.trail):
        return None
    return _read_change(phrase)


def _read_doubling(phrase: Phrase) -> Draft | None:
    """Read "doubled" and "腰斩": the word itself says direction and size, over a period."""
    quantity = phrase.quantity()
    period = period_of(phrase)
    if quantity.implied_sign == 0 or period is None or not is_price_fact(phrase):
        return None
    return Draft(PeriodReturn(period), quantity, 1, period=str(period))


_INSIDE = re.compile("(?:最多|至多|最高|一度)(?:(?P<down>[下急]?[跌挫泻])|[上急]?[涨升飙弹扬])")


def _read_inside(phrase: Phrase) -> Draft | None:
    """Read "最多涨406点": the words are part of the number, and it is the session's extreme."""
    quantity = phrase.quantity()
    words = _INSIDE.match(quantity.text)
    if words is None or not is_price_fact(phrase) or not isinstance(quantity.value, float):
        return None
    half = quantity.step / 2
    within = Interval(quantity.value - half, quantity.value + half, high_open=True)
    unit: ChangeUnit = "points" if quantity.unit == "points" else "%"
    down = bool(words.group("down"))
    params = PctChange("low" if down else "high", unit)
    return Draft(params, quantity, -1 if down else 1, "up_to", within=within)


def _read_open(phrase: Phrase) -> Draft | None:
    """Read "高开90点": the open against the close before, whatever else the sentence says."""
    draft = _read_change(phrase)
    if draft is None or not isinstance(draft.params, PctChange):
        return draft
    return replace(draft, params=replace(draft.params, price="open"))


def _read_up_to(phrase: Phrase) -> Draft | None:
    draft = _read_change(phrase)
    if draft is None or not isinstance(draft.params, PctChange):
        return draft
    quantity = phrase.quantity()
    price: Price = "low" if phrase.sign < 0 else "high"
    within = quantity.within
    if not math.isfinite(within.low) or within.low <= 0:
        half = quantity.step / 2
        value = quantity.value if isinstance(quantity.value, float) else quantity.value[1]
        within = Interval(value - half, value + half, high_open=True)
    return Draft(PctChange(price, draft.params.unit), quantity, draft.sign, within=within)


PCT_CHANGE = Metric(
    key="pct_change",
    params=PctChange,
    formula="price(as_of) / close(previous session) - 1",
    minimum="two neighbouring sessions",
    unit=_change_unit,
    decimals=2,
    measure=_pct_change,
    wording=_say_change,
    frames={"price_change": _change_of_frame},
    patterns=(
        zh("{move}{gap}{change:value}", _read_change, 1),
        zh("{move}{gap}{points:value}", _read_change, 1),
        zh(
            "{move}{gap}{points}(?:[（(]|[，,、]?(?:或|涨幅|跌幅|升幅|幅度)?(?:为|达)?){change:value}",
            _read_change,
            2,
        ),
        zh("(?P<up>涨幅|升幅){gap}{change:value}", _read_change, 1),
        zh("(?P<down>(?<![升涨])跌幅|降幅){gap}{change:value}", _read_change, 1),
        zh("[升涨]跌幅{gap}{change:value}", _read_change, 1),
        zh("{change:value}的?(?P<up>涨幅|升幅)", _read_change, 1),
        zh("{change:value}的?(?P<down>跌幅|降幅)", _read_change, 1),
        zh("(?:一度|盘中|最多|至多){gap}{move}{gap}{change:value}", _read_up_to, 3),
        zh("(?:最多|至多){gap}{move}{gap}{points:value}", _read_up_to, 3),
        zh("(?P<value>[\ue002\ue003])", _read_inside, 5),
        zh("(?P<up>涨幅|升幅)(?:一度|最高|盘中)+{gap}{change:value}", _read_up_to, 3),
        zh(
            "(?P<up>涨幅|升幅)(?:扩大|扩阔|收窄|扩)(?:至|到)(?P<value>[\ue002\ue003])",
            _read_change,
            2,
        ),
        zh(
            "(?P<down>跌幅)(?:扩大|扩阔|收窄|扩)(?:至|到)(?P<value>[\ue002\ue003])", _read_change, 2
        ),
        zh("{move}(?:了|约|近|逾)?{money:value}", _read_money, 1),
        zh("(?P<up>高开){gap}(?P<value>[\ue002\ue003])", _read_open, 3),
        zh("(?P<down>低开){gap}(?P<value>[\ue002\ue003])", _read_open, 3),
        en("{move}{gap}{change:value}", _read_change, 1),
        en("{move}{gap}{points:value}", _read_change, 1),
        en(r"{move}{gap}{points},? ?(?:or|\()? ?{change:value}", _read_change, 2),
        en(r"{move} (?:by |nearly |about |another |around )?{money:value}", _read_money, 1),
        en(
            r"\b(?:closed|ended|finished|settled) {pct:value}",
            _read_signed,
            1,
        ),
        en(
            r"{change:value} (?P<up>higher|up|gain|rise|advance|jump|rally|surge)\b",
            _read_noun,
        ),
        en(
            r"{change:value} (?P<down>lower|down|drop|fall|decline|loss|slide|retreat)\b",
            _read_noun,
        ),
        en(
            r"{points:value} (?:(?P<up>higher|up|firmer)|(?P<down>lower|down|weaker))\b",
            _read_change,
        ),
        en(
            r"\b(?P<up>gains?|rise|advance|jump|rally|increase|surge|rebound) (?:of|to|by|at) {change:value}",
            _read_change,
            1,
        ),
        en(
            r"\b(?P<down>loss(?:es)?|fall|decline|drop|slide|retreat) (?:of|to|by|at) {change:value}",
            _read_change,
            1,
        ),
        en(r"{move}{gap}(?:as much as|by as much as|a maximum of) {change:value}", _read_up_to, 3),
        en(
            r"\b(?:open(?:ed|s|ing)?){gap}{change:value} (?:(?P<up>higher|up)|(?P<down>lower|down))",
            _read_change,
            3,
        ),
    ),
)

PERIOD_RETURN = Metric(
    key="period_return",
    params=PeriodReturn,
    formula="price(end) / price(start) - 1",
    minimum="the two sessions; every session among which a low or high is sought",
    unit=_change_unit,
    decimals=2,
    measure=_period_return,
    wording=_say_return,
    frames={"price_change": _return_of_frame, "technical": _distance_of_frame},
    patterns=(
        zh("{move}{gap}(?:超过|逾|接近|近)?{other:value}", _read_doubling),
        zh("(?P<value>[\ue002\ue006\ue00c])", _read_doubling, -2),
        en("(?P<value>[\ue002\ue006\ue00c])", _read_doubling, -2),
    ),
)

METRICS = (PCT_CHANGE, PERIOD_RETURN)
