"""How often in a row a price closed higher, closed lower, or stood at its limit of the day."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from springtide.claims.model import Claim, Measurement, Params
from springtide.language.messages import Duration, Message, message
from springtide.market.types import Bars, Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.frames import Frame
from springtide.metrics.patterns import Draft, Phrase, en, is_fact, zh
from springtide.metrics.registry import Metric
from springtide.numerics.flows import run
from springtide.numerics.series import FloatArray

Side = Literal["up", "down", "limit-up", "limit-down"]

COUNTED = 0.4
"""The most that is sure of a run read from words: enough to support it, too little to refute it.

Runs are short, their day is seldom said, and much else is counted in days.
"""

_LIMITS = (
    (re.compile(r"(?:30[01]|68[89])[0-9]{3}\.S[ZH]"), 20.0),
    (re.compile(r"[0-9]{6}\.S[ZH]"), 10.0),
    (re.compile(r"[0-9]{6}\.BJ"), 30.0),
)
"""Per cent that a share on the mainland may move in a day, by its board (rules of 2020 and 2021).

Shares under special treatment, which may move 5%, are not known as such.
"""

FEN = 0.01
"""A limit is rounded to it."""

ADJUSTED = 0.25
"""Percentage points by which prices adjusted for dividends may move a limit: ours, as is the cap."""


@dataclass(frozen=True, slots=True)
class PriceStreak(Params):
    """Which way, counted in sessions or weeks, and whether the as-of session counts.

    With ``until=before`` the run ends with the session before: one that the as-of session broke.
    ``by=candle`` counts sessions that closed above (or below) their own opening price.
    """

    side: Side = "up"
    every: Literal["sessions", "weeks"] = "sessions"
    until: Literal["now", "before"] = "now"
    by: Literal["close", "candle"] = "close"


def _streak(view: View, instrument: Instrument, params: PriceStreak) -> Measured:
    bars, last = rows.at(view, instrument, "close")
    held = rows.rows_with(bars, "close")
    held = held[held <= last]
    if params.by == "candle":  # what is not known ends what can be counted
        held = held[int(np.max(np.flatnonzero(np.isnan(bars.open[held])), initial=-1)) + 1 :]
    if params.every == "weeks":
        held = _ends_of_weeks(bars, held)
    if params.until == "before":
        held = held[:-1]
    if len(held) < 2:
        raise Missing("missing.streak-began", subject=instrument.id, day=str(view.as_of))
    ran = run(_steps(bars, held, instrument, params), 1)
    if not ran.began:
        first = rows.day_of(bars, int(held[0]))
        raise Missing("missing.streak-began", subject=instrument.id, day=str(first))
    counted = held[ran.start :]
    whole = rows.stretch(view, instrument, "close", rows.day_of(bars, int(counted[0])), view.as_of)
    ends = tuple(rows.row(bars, int(i), "close") for i in dict.fromkeys((counted[0], counted[-1])))
    return Measured(float(ran.length), ends, (rows.window(view, bars, whole, "close"),))


def _ends_of_weeks(bars: Bars, held: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the last of the positions in each week from Monday to Sunday."""
    weeks = (bars.dates[held].astype("datetime64[D]").astype(np.int64) + 3) // 7
    ends: npt.NDArray[np.int64] = held[np.append(np.diff(weeks) != 0, True)]
    return ends


def _steps(
    bars: Bars, held: npt.NDArray[np.int64], instrument: Instrument, params: PriceStreak
) -> FloatArray:
    """Return for each close after the first 1 where it goes the way that is asked for, else -1."""
    closes = bars.close[held]
    moves = np.diff(closes)
    if params.by == "candle":
        moves = closes[1:] - bars.open[held][1:]
    if params.side in ("up", "down"):
        good = moves > 0 if params.side == "up" else moves < 0
    else:
        limit = _limit_of(instrument)
        size = limit if params.side == "limit-up" else -limit
        good = _stands_at(closes[:-1], closes[1:], size)
    return np.where(good, 1.0, -1.0)


def _limit_of(instrument: Instrument) -> float:
    """Return how many per cent a share may move in a day.

    Raises
    ------
    Missing
        No limit is known of it.
    """
    for code, size in _LIMITS:
        if code.fullmatch(instrument.id):
            return size
    raise Missing("missing.no-limit", subject=instrument.id)


def _stands_at(base: FloatArray | float, price: FloatArray | float, size: float) -> Any:
    """Say whether prices are a move of so many per cent away, as far as rounding tells."""
    apart = np.abs(100.0 * (np.asarray(price) / base - 1.0) - size)
    return apart <= ADJUSTED + 100.0 * FEN / np.asarray(base)


_UP = "上涨|收涨|上升|收升|走高|收高|攀升|上扬|走强"
_DOWN = "下跌|收跌|走低|收低|下挫|走弱"
_AFTER_HAN = re.compile(
    f"(?:的)?(?:均|都|全部|股价|以|收盘|收于|[0-9]+CM)*(?:(?P<up>{_UP})|(?P<down>{_DOWN})"
    "|(?P<white>收阳|阳[烛线])|(?P<black>收阴|阴[烛线])|(?P<limit>涨停)|(?P<floor>跌停))(?!幅|偏离)"
)
_BEFORE_HAN = re.compile("连(?:续)?(?:(?P<up>[涨升])|(?P<down>跌))了?$")
_WORD_HAN = re.compile(
    "连(?:(?P<up>[涨升])|(?P<down>跌)|(?P<white>阳)|(?P<black>阴)|(?P<limit>板))$"
)
_IN_A_ROW = re.compile("连续了?$")
_ELSEWHERE = re.compile(
    "(?:余额|资金|溢价|利润|营收|销量|产量|利差|息差|库存|需求|成交|储备|上一次|上次)[^，。；]{0,12}$"
)
_RECORD_AFTER = re.compile("的?(?:历史)?[纪记]录")
_EARLIER = re.compile("(?:此前|之前|先前|截至前一交易日)[^，。；、]{0,10}$")
_ENDED = re.compile("(?:止步|终结|结束|中断|打破)[^，。；、]{0,6}$")

_AFTER_EN = re.compile(
    r"[ -]*(?:(?:straight|consecutive|trading|closing) )*(?:(?:sessions?|days?|weeks?)[ -]*)?"
    r"(?:(?P<up>(?:winning|win) (?:streak|run)|(?:streak |run )?of (?:gains?|advances?)\b)"
    r"|(?P<down>(?:losing) (?:streak|run)|(?:streak |run )?of (?:loss(?:es)?|declines?|falls?)\b))",
    re.IGNORECASE,
)
_BEFORE_EN = re.compile(
    r"\b(?:(?P<up>up|higher|ros[e]|risen|gained|advanced|climbed|in (?:the )?green)"
    r"|(?P<down>down|lower|fell|fallen|dropped|declined|in (?:the )?red))\b[^.;,]{0,30}? for (?:an? |the )?$",
    re.IGNORECASE,
)
_STRAIGHT = re.compile(
    r"[^.]*\b(?:straight|consecutive) (?:trading )?(?:sessions?|days?|weeks?)\b|"
    r" (?:straight|consecutive) (?:trading )?(?:sessions?|days?|weeks?)\b|"
    r"(?: ?(?:sessions?|days?|weeks?))? in a row\b",
    re.IGNORECASE,
)
_NOT_NOW_EN = re.compile(
    r"\b(?:when|since|longest|trying|looking|prior|previous)\b[^.;]{0,40}$", re.I
)
_ENDED_EN = re.compile(
    r"\b(?:snap(?:s|ped|ping)?|end(?:s|ed|ing)?|halt(?:s|ed|ing)?|break(?:s|ing)?|broke)\b[^.;,]{0,16}$",
    re.IGNORECASE,
)
_UNTIL_EN = re.compile(r"[^.;]*\buntil the session before\b")
_EVERY: dict[str, Literal["sessions", "weeks"]] = {
    "": "sessions", "sessions": "sessions", "days": "sessions", "weeks": "weeks",
}  # fmt: skip


def _of_frame(frame: Frame) -> Draft | None:
    """Make a number of sessions or weeks in a row a run of rises, falls or limits."""
    every = _EVERY.get(frame.unit)
    if every is None or not frame.is_stated or frame.is_forecast or frame.is_ahead:
        return None
    if not isinstance(frame.value, float) or frame.value < 2 or not frame.value.is_integer():
        return None
    ways = _ways_han(frame) or _ways_en(frame)
    if not ways:
        return None
    made = [replace(one, every=every) for one in ways]
    return Draft(made[0], also=tuple((one, every) for one in made[1:]), confidence=COUNTED)


def _ways_han(frame: Frame) -> list[PriceStreak]:
    """Return what a run in Chinese words can be; a white candle is loosely a rise as well."""
    before, after = frame.before, frame.after
    match = _WORD_HAN.search(frame.text) or _BEFORE_HAN.search(before)
    if match is None and _IN_A_ROW.search(before):
        match = _AFTER_HAN.match(after)
    if match is None or _ELSEWHERE.search(before):
        return []
    if _RECORD_AFTER.match(after) and _EARLIER.search(before):
        return []
    said = {name for name, words in match.groupdict().items() if words}
    if said & {"limit", "floor"}:
        made = [PriceStreak("limit-up" if "limit" in said else "limit-down")]
    else:
        made = [PriceStreak("up" if said & {"up", "white"} else "down")]
    if said & {"white", "black"}:
        made.append(replace(made[0], by="candle"))
    ended = _ENDED.search(before) or _EARLIER.search(before)
    # The day of a run that ended may be its last one, or that of the session that ended it.
    return [replace(one, until="before") for one in made] + made if ended else made


def _ways_en(frame: Frame) -> list[PriceStreak]:
    before, after = frame.before, frame.after
    match = _AFTER_EN.match(after)
    if match is None and (_STRAIGHT.fullmatch(frame.text) or _STRAIGHT.match(after)):
        match = _BEFORE_EN.search(before)
    if match is None or _NOT_NOW_EN.search(before):
        return []
    ended = _ENDED_EN.search(before) or _UNTIL_EN.match(after)
    made = PriceStreak("up" if match["up"] else "down")
    # The day of a run that ended may be its last one, or that of the session that ended it.
    return [replace(made, until="before"), made] if ended else [made]


def _say(claim: Claim, measurement: Measurement) -> Message:
    params = claim.params
    assert isinstance(params, PriceStreak) and isinstance(claim.value, float)
    return message(
        "metrics.price_streak-said",
        value=Duration(int(claim.value), params.every),
        side=params.side,
        by=params.by,
        until=params.until,
    )


@dataclass(frozen=True, slots=True)
class DailyLimit(Params):
    """Which limit of the day, and whether the close stood at it or a price within the session did."""

    side: Literal["up", "down"] = "up"
    price: Literal["close", "high", "low"] = "close"


def _at_limit(view: View, instrument: Instrument, params: DailyLimit) -> Measured:
    size = _limit_of(instrument) * (1.0 if params.side == "up" else -1.0)
    bars, i = rows.at(view, instrument, params.price)
    j = rows.before(view, instrument, "close", view.as_of)
    base, now = rows.row(bars, j, "close"), rows.row(bars, i, params.price)
    rows.check_base(base)
    return Measured(bool(_stands_at(base.value, now.value, size)), (base, now))


def _read_limit(phrase: Phrase) -> Draft | None:
    if not is_fact(phrase):
        return None
    side: Literal["up", "down"] = "down" if phrase.words.get("down") else "up"
    inside: Literal["high", "low"] = "high" if side == "up" else "low"
    made = [DailyLimit(side), DailyLimit(side, inside)]
    if phrase.words.get("touch") or phrase.part in _WITHIN:
        made.reverse()
    return Draft(made[0], also=((made[1], ""),), of_one=True, confidence=COUNTED)


_WITHIN = ("morning", "midday", "afternoon", "intraday", "high", "low")
_NO_LIMIT = '(?<![家只股个次多数逼近连续昨日冲击炸板未能否])(?<![\ue002-\ue00e])(?<![%mM"”])'
_NOT_LIMIT = "(?![板潮股分家基数阵和榜的个]|打开|分析|原因|复盘)"


def _say_limit(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, DailyLimit)
    return message("metrics.daily_limit-said", side=claim.params.side, price=claim.params.price)


METRICS = (
    Metric(
        key="daily_limit",
        params=DailyLimit,
        formula="price(as_of) = close(previous session) x (1 + limit of the board)",
        minimum="two neighbouring sessions of a share of the mainland",
        unit="",
        decimals=0,
        measure=_at_limit,
        wording=_say_limit,
        patterns=(
            zh(
                f"(?P<touch>触及|触|摸|一度)?{_NO_LIMIT}(?:涨停|(?P<down>跌停)){_NOT_LIMIT}",
                _read_limit,
            ),
            en(
                r"\b(?:clos\w+|end\w+|finish\w+|(?P<touch>hit|touch\w+)) (?:at )?(?:its|the|their) "
                r"(?:(?:daily|upper|up|(?P<down>lower|down)) )+limit\b",
                _read_limit,
            ),
        ),
    ),
    Metric(
        key="price_streak",
        params=PriceStreak,
        formula="sessions (or weeks) in a row up to as_of with close > close of the one before",
        minimum="every session of the run, and one before it that went another way",
        unit=lambda params, instrument: params.every,
        decimals=0,
        measure=_streak,
        wording=_say,
        frames={"streak": _of_frame},
        example=4.0,
    ),
)
