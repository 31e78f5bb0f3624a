"""What people say of the days to come, as metrics: decided once the data decide them.

A level that is passed or holds, a target that is met, a range that moves up, a fall. Each counts
from the close of a date (``since``) over so many sessions, or to a day (``until``), and is answered
as soon as no later close can change the answer; before that it says what is awaited. ``ahead`` of
each is the same definition at every start of a history: its share is the claim's base rate.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any, Literal

import numpy as np

from springtide.claims.compare import price_decimals
from springtide.claims.model import Claim, Measurement, Params
from springtide.language.messages import Level, Message, Percent, message
from springtide.language.types import Period
from springtide.market import calendars, instruments
from springtide.market.closes import closes_of
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.families.level_tests import given
from springtide.metrics.families.support import Price
from springtide.metrics.horizon_words import Make, due_of, open_until, patterns_of, words_of
from springtide.metrics.later import awaited, decided, path_from
from springtide.metrics.params import Limits
from springtide.metrics.paths import Path, band_of
from springtide.metrics.patterns import Phrase
from springtide.metrics.registry import Metric
from springtide.metrics.visits import visits
from springtide.numerics import ahead
from springtide.numerics.ahead import Flags
from springtide.numerics.series import FloatArray

MOST = 5000
Sessions = Annotated[int, Limits(1, MOST)]

_ROUNDING = 1e-12
"""A move of exactly the size counts, also where the product is off in its last digits."""

_AFTER = 250
"""Sessions after the horizon within which a test that began inside it is watched to its end."""


@dataclass(frozen=True, slots=True)
class Beyond(Params):
    """Which level; the date counted from, and sessions after it, or the day that it runs to."""

    level: Price = None
    since: date | None = None
    sessions: Sessions = 60
    until: date | None = None


@dataclass(frozen=True, slots=True)
class LevelHolds(Params):
    """Which level, the date counted from, and the sessions in which it must first be tested."""

    level: Price = None
    since: date | None = None
    sessions: Sessions = 60


@dataclass(frozen=True, slots=True)
class CentreHigher(Params):
    """The date counted from, and the sessions before and after it whose ranges are compared."""

    since: date | None = None
    sessions: Sessions = 60


@dataclass(frozen=True, slots=True)
class TargetMet(Params):
    """Which target, counted from when and to when, and whether by any close or by the last."""

    target: Price = None
    since: date | None = None
    sessions: Sessions = 250
    until: date | None = None
    by: Literal["any", "end"] = "any"


@dataclass(frozen=True, slots=True)
class FallsWithin(Params):
    """The size of the fall in per cent, counted from when and over how many sessions."""

    size: Annotated[float, Limits(0, 100, strict=True)] = 3.0
    since: date | None = None
    sessions: Sessions = 20
    until: date | None = None


def _first(
    view: View,
    instrument: Instrument,
    params: Params,
    beyond: Callable[[FloatArray, float], Flags],
    *,
    holds: bool = False,
) -> Measured:
    """Answer whether some close of the horizon is beyond, or with ``holds`` whether none is."""
    path = path_from(view, instrument, getattr(params, "since", None), getattr(params, "sessions"))  # noqa: B009
    due, over = due_of(instrument, path, params)
    later = path.close[path.at + 1 : due + 1]
    at = np.flatnonzero(beyond(later, float(path.close[path.at])))
    if at.size:
        return decided(view, path, not holds, path.at, (path.at + 1 + int(at[0]),))
    if not over:
        raise open_until(view, instrument, path, params)
    return decided(view, path, holds, path.at, (due,))


def _passes(*, up: bool, holds: bool) -> Callable[[View, Instrument, Beyond], Measured]:
    def measured(view: View, instrument: Instrument, params: Beyond) -> Measured:
        level = given(params.level, "level")

        def beyond(later: FloatArray, _: float) -> Flags:
            return later > level if up else later < level

        return _first(view, instrument, params, beyond, holds=holds)

    return measured


def _passes_ahead(*, up: bool, holds: bool) -> Callable[[FloatArray, Beyond, int, float], Flags]:
    def flags(close: FloatArray, params: Beyond, horizon: int, price: float) -> Flags:
        ratio = given(params.level, "level") / price
        far = ahead.furthest(close, horizon, up=up)
        passed = far > ratio if up else far < ratio
        return ~passed if holds else passed

    return flags


def _target(view: View, instrument: Instrument, params: TargetMet) -> Measured:
    target = given(params.target, "target")

    def met(later: FloatArray, base: float) -> Flags:
        return later >= target if target >= base else later <= target

    if params.by == "any":
        return _first(view, instrument, params, met)
    path = path_from(view, instrument, params.since, params.sessions)
    due, over = due_of(instrument, path, params)
    if not over:
        raise open_until(view, instrument, path, params)
    base = float(path.close[path.at])
    return decided(view, path, bool(met(path.close[[due]], base)[0]), path.at, (due,))


def _target_ahead(close: FloatArray, params: TargetMet, horizon: int, price: float) -> Flags:
    ratio = given(params.target, "target") / price
    up = ratio >= 1
    if params.by == "end":
        reached = ahead.at_end(close, horizon)
    else:
        reached = ahead.furthest(close, horizon, up=up)
    return reached >= ratio if up else reached <= ratio


def _falls(view: View, instrument: Instrument, params: FallsWithin) -> Measured:
    share = (1 - params.size / 100) * (1 + _ROUNDING)
    return _first(view, instrument, params, lambda later, base: later <= base * share)


def _falls_ahead(close: FloatArray, params: FallsWithin, horizon: int, price: float) -> Flags:
    share = (1 - params.size / 100) * (1 + _ROUNDING)
    return ahead.furthest(close, horizon, up=False) <= share


def _centre(view: View, instrument: Instrument, params: CentreHigher) -> Measured:
    back = params.sessions
    path = path_from(view, instrument, params.since, back)
    if path.at + 1 < back:
        raise Missing(
            "missing.range-before",
            subject=instrument.id,
            needed=back,
            day=str(path.day(path.at)),
            held=path.at + 1,
        )
    due, over = due_of(instrument, path, params)
    if not over:
        raise open_until(view, instrument, path, params)
    rows.stretch(view, instrument, "close", path.day(path.at - back + 1), path.day(path.at))
    before, after = path.close[path.at - back + 1 : path.at + 1], path.close[path.at + 1 : due + 1]
    higher = float(after.max() + after.min()) > float(before.max() + before.min())
    return decided(view, path, higher, path.at - back + 1, (due,))


def _centre_ahead(close: FloatArray, params: CentreHigher, horizon: int, price: float) -> Flags:
    middle = ahead.centres(close, params.sessions)
    return middle[params.sessions :] > middle[: -params.sessions]


def _holds(view: View, instrument: Instrument, params: LevelHolds) -> Measured:
    level = given(params.level, "level")
    path = path_from(view, instrument, params.since, params.sessions)
    start = path.day(path.at)
    due = calendars.session_after(instrument.calendar, start, params.sessions)
    watched = calendars.session_after(instrument.calendar, due, _AFTER)
    if start >= view.as_of:
        raise open_until(view, instrument, path, params)
    seen = view if view.as_of <= watched else view.at(watched)
    period = Period("span", start + timedelta(days=1), due)
    walked, tests = visits(seen, instrument, level, period)
    if not tests:
        if due_of(instrument, path, params)[1]:
            raise Missing("missing.never-tested", subject=instrument.id, last=str(due))
        raise open_until(view, instrument, path, params)
    test = tests[0]
    if test.end is None:
        raise awaited(path, message("missing.test-open", day=str(walked.day(test.start))))
    cited = (
        rows.row(path.bars, int(path.held[path.at]), "close"),
        walked.extreme(test.start, high=test.side == "below"),
        walked.row(test.end),
    )
    until = Path(walked.bars, walked.held[: test.end + 1], walked.begin, walked.by_close)
    return Measured(test.ending == "held", tuple(dict.fromkeys(cited)), until.windows(view))


def _bars(view: View, instrument: Instrument, params: LevelHolds) -> ahead.Ranges:
    """Return the bars that may be joined, and how near a price is at a level."""
    closes = closes_of(view, instrument)
    first, past = closes.around(len(closes) - 1)
    bars = view.bars(instrument.id)
    at = np.searchsorted(bars.dates, closes.days[first:past].astype("datetime64[D]"))
    close, high, low = bars.close[at], bars.high[at], bars.low[at]
    if not ((high > 0).all() and (low > 0).all()):
        high, low = close, close  # never mixed: see Path
    band = band_of(instrument) / 100
    return ahead.Ranges(high, low, close, band, 4 * band)


def _holds_ahead(bars: ahead.Ranges, params: LevelHolds, horizon: int, price: float) -> FloatArray:
    return ahead.first_tests(bars, given(params.level, "level") / price, horizon, _AFTER)


# -- in words --------------------------------------------------------------------------------


def _price_of(claim: Claim, value: float | None) -> Level:
    known = instruments.find(claim.subject)
    unit = known.unit if known is not None else "points"
    return Level(value or 0.0, unit, price_decimals(value or 0.0, unit))


def _said(claim: Claim, measurement: Measurement) -> Message:
    """Say any of them: the key is the metric's, what is given follows from its parameters."""
    params: Any = claim.params
    words = words_of(claim, measurement)
    if isinstance(params, FallsWithin):
        words["value"] = Percent.short(params.size)
    elif isinstance(params, TargetMet):
        words |= {"value": _price_of(claim, params.target), "by": params.by}
    elif not isinstance(params, CentreHigher):
        words["value"] = _price_of(claim, params.level)
    return message(_SAID[claim.metric], **words)


_SAID = {
    "close_above_within": "metrics.close_above_within-said",
    "close_below_within": "metrics.close_below_within-said",
    "ceiling_holds": "metrics.ceiling_holds-said",
    "floor_holds": "metrics.floor_holds-said",
    "level_holds": "metrics.level_holds-said",
    "centre_higher": "metrics.centre_higher-said",
    "target_met": "metrics.target_met-said",
    "falls_within": "metrics.falls_within-said",
}


# -- read back -------------------------------------------------------------------------------


def _level(*, up: bool) -> Make:
    def make(phrase: Phrase, value: float | None, when: dict[str, Any]) -> Params | None:
        comparator = phrase.quantity().comparator
        below = comparator in ("<", "<=") or bool(phrase.words.get("below"))
        return Beyond(value, **when) if below != up else None

    return make


_SIDE = "(?:(?P<below>below)|above)? ?"
_SIDE_ZH = "(?:(?P<below>低于)|高于)?"


def _passing(key: str, *, up: bool, holds: bool) -> Metric:
    side = "<" if not up else ">"
    some = "no close" if holds else "some close"
    return Metric(
        key=key,
        params=Beyond,
        formula=f"{some} of the sessions after the date {side} level",
        minimum="every close from the date to the one that decides",
        unit="",
        decimals=0,
        measure=_passes(up=up, holds=holds),
        ahead=_passes_ahead(up=up, holds=holds),
        wording=_said,
        patterns=patterns_of(
            rf"\bhad {'no' if holds else 'a'} close {_SIDE}{{price:value}}",
            f"(?:没有|沒有)任何收[盘市]价{_SIDE_ZH}{{price:value}}"
            if holds
            else f"曾有收[盘市]价{_SIDE_ZH}{{price:value}}",
            _level(up=up),
        ),
    )


CLOSE_ABOVE = _passing("close_above_within", up=True, holds=False)
CLOSE_BELOW = _passing("close_below_within", up=False, holds=False)
CEILING = _passing("ceiling_holds", up=True, holds=True)
FLOOR = _passing("floor_holds", up=False, holds=True)

LEVEL_HOLDS = Metric(
    key="level_holds",
    params=LevelHolds,
    formula="the first test of level that begins after the date ends on the side that it came from",
    minimum="every session from the date to the close that ends the test",
    unit="",
    decimals=0,
    measure=_holds,
    past=_bars,
    ahead=_holds_ahead,
    wording=_said,
    patterns=patterns_of(
        r"\bturned back at {price:value} when it first came there",
        "首次测试{price:value}时守住",
        lambda phrase, value, when: None if "until" in when else LevelHolds(value, **when),
    ),
)

CENTRE_HIGHER = Metric(
    key="centre_higher",
    params=CentreHigher,
    formula="max + min of the closes after the date > max + min of as many closes up to it",
    minimum="every close of both stretches",
    unit="",
    decimals=0,
    measure=_centre,
    ahead=_centre_ahead,
    wording=_said,
    patterns=patterns_of(
        r"\bmoved the centre of its range of closes up",
        "收[盘市]价区间中枢上移",
        lambda phrase, value, when: None if "until" in when else CentreHigher(**when),
    ),
)


def _met(phrase: Phrase, value: float | None, when: dict[str, Any]) -> Params:
    return TargetMet(value, **when, by="end" if phrase.words.get("end") else "any")


TARGET_MET = Metric(
    key="target_met",
    params=TargetMet,
    formula="some close after the date (or the last) at or beyond target, seen from the date's close",
    minimum="every close from the date to the one that decides",
    unit="",
    decimals=0,
    measure=_target,
    ahead=_target_ahead,
    wording=_said,
    patterns=patterns_of(
        r"\b(?:(?P<end>ended)|got) as far as (?:the )?{price:value}",
        "(?:(?P<end>最终)|曾)达到{price:value}的目标",
        _met,
    ),
)

FALLS_WITHIN = Metric(
    key="falls_within",
    params=FallsWithin,
    formula="some close after the date <= close(date) x (1 - size)",
    minimum="every close from the date to the one that decides",
    unit="",
    decimals=0,
    measure=_falls,
    ahead=_falls_ahead,
    wording=_said,
    patterns=patterns_of(
        r"\bhad a close {pct:value}(?: or more)? under that of the date",
        "曾有收[盘市]价较该日收[盘市]价低{pct:value}(?:或以上)?",
        lambda phrase, value, when: FallsWithin(abs(value or 0.0), **when) if value else None,
    ),
)

METRICS = (
    CLOSE_ABOVE,
    CLOSE_BELOW,
    CEILING,
    FLOOR,
    LEVEL_HOLDS,
    CENTRE_HIGHER,
    TARGET_MET,
    FALLS_WITHIN,
)
