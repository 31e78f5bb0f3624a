"""Drawdown: how far below its peak a price stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import numpy as np

from springtide.claims.model import Claim, Measurement, Params
from springtide.language.messages import Message, Percent, When, message
from springtide.language.types import Comparator, DurationUnit, Period
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.answers import Measured
from springtide.metrics.batches import Answers, Batch, Kernel
from springtide.metrics.families.records import whole_history
from springtide.metrics.frames import Frame
from springtide.metrics.params import Lookback
from springtide.metrics.patterns import Draft, Phrase, en, is_price_fact, zh
from springtide.metrics.registry import Metric

YEAR = Period("last", count=250, unit="sessions")


@dataclass(frozen=True, slots=True)
class Drawdown(Params):
    """Over which period the peak is sought, by closes or within sessions; the as-of session counts.

    With ``of=deepest`` it is the deepest fall of a close from a peak before it, else that of now.
    """

    period: Lookback = YEAR
    basis: Literal["close", "intraday"] = "close"
    of: Literal["now", "deepest"] = "now"


def _drawdown(view: View, instrument: Instrument, params: Drawdown) -> Measured:
    field = "close" if params.basis == "close" else "high"
    bars, last = rows.at(view, instrument, "close")
    # A high of all time needs all of it, as a record does.
    ever = params.period.kind == "all"
    first = (
        whole_history(view, instrument) if ever else rows.first_day(view, instrument, params.period)
    )
    held = rows.stretch(view, instrument, field, first, view.as_of)
    peaks = rows.column(bars, field)
    if params.of == "deepest":
        fall = bars.close[held] / np.maximum.accumulate(peaks[held]) - 1.0
        last = int(held[int(np.nanargmin(fall))])
    before = held[held <= last]
    peak = int(before[int(np.argmax(peaks[before]))])
    value = 100.0 * (float(bars.close[last]) / float(peaks[peak]) - 1.0)
    return Measured(
        value,
        (rows.row(bars, peak, field), rows.row(bars, last, "close")),
        (rows.window(view, bars, held, field),),
    )


def _peak(params: Drawdown) -> Literal["close", "high"]:
    return "close" if params.basis == "close" else "high"


def _drawdowns(batch: Batch, params: Drawdown) -> Answers:
    answers = Answers.open(batch)
    name = _peak(params)
    places = batch.today("close", answers)
    if params.period.kind == "all":
        return answers
    stretch = batch.since(name, batch.first_days(params.period, answers), answers, places)
    close, peaks = batch.columns.figure("close"), batch.columns.figure(name)
    if params.of == "deepest":
        peak, last = _deepest()(close, peaks, stretch.first, stretch.end)
    else:
        peak, _ = batch.extremes(stretch, name, name)
        last = stretch.end - 1
    known = peak >= 0
    value = 100.0 * (close[last[known]] / peaks[peak[known]] - 1.0)
    answers.put(stretch.place[known], value)
    return answers


@cache
def _deepest() -> Any:
    """Return the loop that finds the deepest fall, compiled."""
    import numba

    return numba.njit(cache=True, nogil=True)(_deepest_falls)


def _deepest_falls(close: Any, peaks: Any, first: Any, end: Any) -> Any:
    """Find the peak and the end of the deepest fall in each slice, -1 where prices are not known."""
    top = np.empty(len(first), np.int64)
    last = np.empty(len(first), np.int64)
    for k in range(len(first)):
        high = bottom = best = first[k]
        deepest = np.inf
        for i in range(first[k], end[k]):
            if not peaks[i] > 0:
                best = -1
                break
            if peaks[i] > peaks[high]:
                high = i
            fall = close[i] / peaks[high] - 1.0
            if fall < deepest:
                deepest, bottom, best = fall, i, high
        top[k], last[k] = best, bottom
    return top, last


def _say(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, Drawdown) and isinstance(claim.value, float)
    period = When(claim.params.period, claim.as_of)
    size = Percent(abs(claim.value), 2)
    if claim.params.of == "deepest":
        return message("metrics.drawdown-deepest", value=size, period=period)
    basis = claim.params.basis
    return message("metrics.drawdown-said", value=size, period=period, basis=basis)


def _read(phrase: Phrase) -> Draft | None:
    if phrase.period is None or not is_price_fact(phrase):
        return None
    period = phrase.period.period
    if period.kind not in ("last", "ytd", "all", "since"):
        return None
    basis: Literal["close", "intraday"] = "intraday" if phrase.words.get("inside") else "close"
    of: Literal["now", "deepest"] = "deepest" if phrase.words.get("deepest") else "now"
    return Draft(Drawdown(period, basis, of), phrase.quantity(), -1, period=phrase.period.text)


_COUNTS = (
    {word: n for n, word in enumerate("零一二三四五六七八九十")}
    | {
        word: n
        for n, word in enumerate(
            ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
        )
    }
    | {"两": 2, "a": 1}
)
_UNITS: dict[str, DurationUnit] = {
    "周": "weeks", "个月": "months", "月": "months", "年": "years",
    "week": "weeks", "month": "months", "year": "years",
}  # fmt: skip
_COUNTED_ZH = "(?P<count>[0-9]+|[一二两三四五六七八九十])(?P<unit>周|个月|年)"
_COUNTED_EN = r"(?P<count>[0-9]+|one|two|three|four|five|six|seven|eight|nine|ten)[- ](?P<unit>week|month|year)"
_HIGH_ZH = re.compile(
    f"(?:距离?|较|比|从|自|由|低于)其?(?:(?P<ever>历史|纪录|有史以来)|近?{_COUNTED_ZH})(?:以来)?的?"
    "最?新?高(?:点位?|位|峰|收[盘市]价)?[^，。；]{0,3}?(?:仅|还|尚|只|约|差|低|有|回落|下跌|跌|回撤|相差|回调|下滑|了|近)*$"
)
_HIGH_EN = re.compile(
    r"^ (?:below|off|from|under|short of|away from|of) (?:its|the|their|an?) "
    rf"(?:(?P<ever>record|all-time|lifetime)|{_COUNTED_EN})(?: closing)? (?:high|peak)\b",
    re.IGNORECASE,
)
_DEEPEST = re.compile(
    r"最大回撤[^，。；]{0,4}$|\bmax(?:imum)? drawdown (?:of|was|is|at|reached)[^,.;]{0,8}$",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"\bwithin $|(?:不到|不足|少于)$", re.IGNORECASE)


def _of_frame(frame: Frame) -> Draft | None:
    """Take a distance below a high of all time or of so many years, and a largest drawdown."""
    if frame.unit != "%" or frame.is_forecast or not frame.is_stated:
        return None
    if _DEEPEST.search(frame.before):
        period = frame.stretch or frame.named
        if period is None or period.kind not in ("ytd", "qtd", "mtd", "wtd", "last", "since"):
            return None
        return Draft(Drawdown(period, of="deepest"), sign=-1, rank=2, worded=True)
    words = _HIGH_ZH.search(frame.before) or _HIGH_EN.search(frame.after)
    if words is None:
        return None
    period = _high_of(words)
    near: Comparator | None = ">" if _WITHIN.search(frame.before) else None
    # A high is that of closes or of prices within sessions, and texts do not say which.
    also = ((Drawdown(period, "intraday"), "%"),)
    return Draft(Drawdown(period), sign=-1, comparator=near, also=also, rank=2, worded=True)


def _high_of(words: re.Match[str]) -> Period:
    if words["ever"]:
        return Period("all")
    count = words["count"].lower()
    number = int(count) if count.isdecimal() else _COUNTS[count]
    return Period("last", count=number, unit=_UNITS[words["unit"].lower()])


DRAWDOWN = Metric(
    key="drawdown",
    params=Drawdown,
    formula="close(as_of) / max(close over the period) - 1, or the least of it in the period",
    minimum="every session of the period",
    unit="%",
    decimals=2,
    measure=_drawdown,
    kernel=Kernel(_drawdowns, lambda params: (_peak(params),)),
    wording=_say,
    frames=dict.fromkeys(("price_change", "technical", "record", "implied_move"), _of_frame),
    own_words=True,
    patterns=(
        zh(
            "[较比]{period:span}的?最(?:高收[盘市](?:价|点位)?|(?P<inside>高价))(?:低|回落|下跌|跌){gap}{pct:value}",
            _read,
            5,
        ),
        en(
            r"{pct:value} below (?:its|the|their) highest (?:clos(?:e|ing level)|(?P<inside>price)) ?(?:of |in |over |for )?{period:span}",
            _read,
            5,
        ),
        zh("{period:span}的?(?P<deepest>最大回撤)(?:为|达){pct:value}", _read, 5),
        en(r"\b(?P<deepest>maximum drawdown) of {pct:value} {period:span}", _read, 5),
    ),
)

METRICS = (DRAWDOWN,)
