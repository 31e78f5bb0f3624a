"""How a range moves: whether it is one at all, where its centre goes, and whether it was kept."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Literal

import numpy as np

from springtide.claims.compare import price_decimals
from springtide.claims.model import Claim, Measurement, Params, Row
from springtide.claims.words import field_name
from springtide.language.messages import Level, Message, Number, Percent, message
from springtide.language.types import Interval, Period, PeriodMention
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import paths
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.families.ranges import (
    HALF_YEAR,
    MEASURES,
    Stretch,
    ends_of,
    number_of,
    period_of,
    window,
)
from springtide.metrics.families.support import Price
from springtide.metrics.frames import Frame
from springtide.metrics.level_words import is_range, role
from springtide.metrics.params import Kinds, Limits
from springtide.metrics.paths import Field, Path
from springtide.metrics.patterns import Draft, Phrase, en, is_fact, zh
from springtide.metrics.registry import Metric
from springtide.numerics.ranges import efficiency, trading_range

QUARTER = Period("last", count=60, unit="sessions")

LEAST = 60
"""Sessions without which the path to and fro says nothing."""


@dataclass(frozen=True, slots=True)
class Efficiency(Params):
    """Over which sessions."""

    period: Stretch = HALF_YEAR


@dataclass(frozen=True, slots=True)
class CentreShift(Params):
    """How many sessions the window has, and how many before it the other one ends."""

    period: Annotated[Period, Kinds(("last",))] = QUARTER
    back: Annotated[int, Limits(1)] = 60


@dataclass(frozen=True, slots=True)
class WithinRange(Params):
    """Between which prices every close is, either of which may be open, and in which period.

    With ``reached`` the two are about where the lowest and the highest close were: each within so
    many per cent of it, to either side. With ``basis`` prices within the session are meant. A span
    that is not over can be broken and not yet kept.
    """

    low: Price = None
    high: Price = None
    period: Stretch = HALF_YEAR
    reached: Annotated[float | None, Limits(0, 10)] = None
    basis: Literal["close", "intraday"] = "close"


def _efficiency(view: View, instrument: Instrument, params: Efficiency) -> Measured:
    path, ends = window(view, instrument, params.period)
    if len(path.held) < LEAST:
        raise Missing(
            "missing.too-few",
            needed=LEAST,
            field=field_name("close"),
            subject=instrument.id,
            day=str(path.day(path.last)),
            held=len(path.held),
        )
    if ends.ceiling == ends.floor:
        raise Missing(
            "missing.all-equal",
            subject=instrument.id,
            first=str(path.day(0)),
            last=str(path.day(path.last)),
        )
    cited = (path.row(0), path.row(path.last), _by_chance(instrument, path))
    return Measured(efficiency(path.close), cited, path.windows(view, closes=True))


def _by_chance(instrument: Instrument, path: Path) -> Row:
    """Cite the mean efficiency of random walks of as many sessions."""
    steps = len(path.held) - 1
    return Row(
        instrument.id, "mean of a random walk", path.day(path.last), 1 / math.sqrt(steps), "counted"
    )


def _shift(view: View, instrument: Instrument, params: CentreShift) -> Measured:
    if params.period.unit not in ("sessions", "days"):
        raise Missing(
            "missing.parameter", name="period", given=str(params.period), allowed="last:N:sessions"
        )
    count = params.period.count or 1
    path = paths.recent(view, instrument, count + params.back)
    now, then = path.close[-count:], path.close[:count]
    ends, earlier = trading_range(now, now), trading_range(then, then)
    first = len(path.held) - count
    cited = dict.fromkeys(
        path.row(i)
        for i in (
            earlier.ceiling_index,
            earlier.floor_index,
            first + ends.ceiling_index,
            first + ends.floor_index,
        )
    )
    return Measured(
        100 * (ends.centre / earlier.centre - 1), tuple(cited), path.windows(view, closes=True)
    )


def _within(view: View, instrument: Instrument, params: WithinRange) -> Measured:
    low, high = params.low, params.high
    if low is None and high is None:
        raise Missing("missing.not-given", name="low, high")
    inside = params.basis == "intraday"
    path, ends = window(view, instrument, params.period, inside=inside)
    top, bottom = (path.high, path.low) if inside else (path.close, path.close)
    slack = (params.reached or 0.0) / 100
    outside = np.zeros(len(path.held), np.bool_)
    if high is not None:
        outside |= top > high * (1 + slack)
    if low is not None:
        outside |= bottom < low * (1 - slack)
    extremes = ends_of(path, ends, inside=inside)
    windows = path.windows(view, closes=not inside)
    first = np.flatnonzero(outside)
    if first.size:
        place = int(first[0])
        over = high is not None and top[place] > high * (1 + slack)
        field: Field = ("high" if over else "low") if inside else "close"
        return Measured(False, (path.row(place, field),), windows)
    last = params.period.last if params.period.kind == "span" else None
    if last is not None and last > view.as_of:
        far = extremes[0] if high is not None else extremes[1]
        raise Missing(
            "missing.not-over",
            last=last,
            side="high" if high is not None else "low",
            value=Level(far.value, instrument.unit, price_decimals(far.value, instrument.unit)),
            day=far.date,
        )
    near = params.reached
    reached = near is None or all(
        end is None or abs(row.value / end - 1) * 100 <= near
        for end, row in zip((high, low), extremes, strict=True)
    )
    return Measured(reached, tuple(dict.fromkeys(extremes)), windows)


def _say_efficiency(claim: Claim, measurement: Measurement) -> Message:
    chance = next(
        (row.value for row in measurement.evidence.rows if row.field == "mean of a random walk"),
        0.0,
    )
    return message(
        "metrics.range_efficiency-said",
        value=Number(number_of(claim), 3),
        side="above" if number_of(claim) >= chance else "below",
        period=period_of(claim),
    )


def _say_shift(claim: Claim, measurement: Measurement) -> Message:
    params = claim.params
    assert isinstance(params, CentreShift)
    return message(
        "metrics.centre_shift-said",
        value=Percent(abs(number_of(claim)), 2),
        way="up" if number_of(claim) >= 0 else "down",
        back=Number(params.back),
        period=period_of(claim),
    )


def _say_within(claim: Claim, measurement: Measurement) -> Message:
    from springtide.market import instruments

    params = claim.params
    assert isinstance(params, WithinRange)
    known = instruments.find(claim.subject)
    unit = known.unit if known is not None else "points"
    side = "both" if params.low and params.high else "high" if params.high else "low"
    return message(
        "metrics.within_range-said",
        side=side,
        low=Level(params.low or 0.0, unit),
        high=Level(params.high or 0.0, unit),
        period=period_of(claim),
    )


def _bound_of_frame(frame: Frame) -> Draft | None:
    """Take the top or bottom of a range for a bound of every close in the stretch that is named.

    Of this year it is of the whole of it, and so a statement of what is to come as well.
    """
    if is_range(frame):
        return _between(frame)
    side = role(frame)
    if side not in ("ceiling", "floor") or not isinstance(frame.value, float):
        return None
    period = _whole(frame.named, frame.day) or _whole(frame.stretch, frame.day)
    if period is None:
        return None
    high, low = (frame.value, None) if side == "ceiling" else (None, frame.value)
    return Draft(WithinRange(low, high, period), rank=5, dated=True, worded=True)


def _between(frame: Frame) -> Draft | None:
    """Take two prices between which others are said to have stayed."""
    period = frame.named or frame.lately or frame.stretch
    if _OF_52_WEEKS.search(frame.before):
        period = Period("last", count=52, unit="weeks")
    if frame.is_ahead or _TO_COME.search(frame.before) or not isinstance(frame.value, tuple):
        return None
    if period is None or period.kind not in ("ytd", "qtd", "mtd", "wtd", "last", "span", "since"):
        return None
    said = WithinRange(*frame.value, period, _leeway(*frame.value))
    inside = ((replace(said, basis="intraday"), ""),)
    return Draft(said, rank=5, dated=True, worded=True, also=inside)


_TO_COME = re.compile(
    "将|料|看|预|或|目标|展望|维持|有望|可能"
    r"|\b(?:will|could|may|might|should|would|expect\w*|forecast\w*|likely|sees?|set|target\w*)\b",
    re.IGNORECASE,
)
"""Words of a range that is to come: the two prices are nowhere kept to yet."""

_OF_52_WEEKS = re.compile("52 ?周|52[- ]week", re.IGNORECASE)

LEAST_LEEWAY, MOST_LEEWAY = 0.25, 2.5
"""Per cent by which prices that are said to end a range may be off: round ones by more."""


def _leeway(low: float, high: float) -> float:
    """Return by how many per cent the ends of a range may be off: half their last place.

    Examples
    --------
    >>> _leeway(18874.0, 21858.0), _leeway(20000.0, 22000.0), _leeway(20400.0, 21900.0)
    (0.25, 2.5, 0.25)
    """
    if low % 1 or high % 1:
        return LEAST_LEEWAY
    place = 1
    while low % (10 * place) == 0 and high % (10 * place) == 0 and place < low:
        place *= 10
    return min(MOST_LEEWAY, max(LEAST_LEEWAY, round(50.0 * place / low, 2)))


def _whole(named: Period | None, day: date | None) -> Period | None:
    if named is None or named.kind not in ("ytd", "span"):
        return None
    if named.kind == "span":
        ahead = named.first is not None and day is not None and named.first > day
        return None if ahead else named
    return Period("span", date(day.year, 1, 1), date(day.year, 12, 31)) if day else None


def _read_efficiency(phrase: Phrase) -> Draft | None:
    period = phrase.mentions["period"]
    if not isinstance(period, PeriodMention):
        return None
    return Draft(Efficiency(period.period), phrase.quantity())


def _read_shift(phrase: Phrase) -> Draft | None:
    period, back = phrase.mentions["period"], phrase.window(60, "back")
    if not isinstance(period, PeriodMention):
        return None
    return Draft(CentreShift(period.period, back), phrase.quantity(), phrase.sign)


_NO_PRICES = re.compile(
    "利率|汇率|收益率|价格|物价|油价|金价|房价|通胀|增速|人民币|美元|智能|估值|盈利"
    r"|\b(?:rates?|yields?|inflation|currency|estimates?|guidance|target)\b",
    re.IGNORECASE,
)


def _read_moved(phrase: Phrase) -> Draft | None:
    """Read that the centre of a range moves, without a number: 波动中枢不断上移."""
    clause = phrase.lead + phrase.trail
    if not is_fact(phrase) or _NO_PRICES.search(clause):
        return None
    count = phrase.window(60, "back")
    params = CentreShift(Period("last", count=count, unit="sessions"), count)
    if phrase.words.get("down"):
        below = Interval(-math.inf, 0.0, high_open=True)
        return Draft(params, value=0.0, comparator="<", within=below, unit="%")
    return Draft(
        params, value=0.0, comparator=">", within=Interval(0.0, math.inf, low_open=True), unit="%"
    )


def _read_within(phrase: Phrase) -> Draft | None:
    low, high = phrase.quantity("low"), phrase.quantity("high")
    period = phrase.mentions["period"]
    if not isinstance(period, PeriodMention):
        return None
    if not isinstance(low.value, float) or not isinstance(high.value, float):
        return None
    return Draft(WithinRange(low.value, high.value, period.period))


RANGE_EFFICIENCY = Metric(
    key="range_efficiency",
    params=Efficiency,
    formula="|ln(last close / first close)| / sum of |ln(close / close before)| over the period",
    minimum=f"{LEAST} sessions without a gap",
    unit="",
    decimals=3,
    measure=_efficiency,
    wording=_say_efficiency,
    patterns=(
        zh("{period:period}的?效率比为{number:value}", _read_efficiency, 6),
        en(r"\befficiency ratio of {number:value} {period:period}", _read_efficiency, 6),
    ),
    example=0.145,
)

CENTRE_SHIFT = Metric(
    key="centre_shift",
    params=CentreShift,
    formula="centre of the window / centre of the same window back sessions before - 1",
    minimum="every session of both windows",
    unit="%",
    decimals=2,
    measure=_shift,
    wording=_say_shift,
    patterns=(
        zh(
            "{period:period}的?区间中[枢轴]较{duration:back}前(?:(?P<up>上移)|(?P<down>下移)){pct:value}",
            _read_shift,
            6,
        ),
        zh(
            "(?<!收盘价)(?<!收市价)(?:波动|区间|震荡|交易|运行|上落)的?(?:中[枢轴]|重心)(?:较{duration:back}前)?"
            "[^，。；\ue001-\ue00e]{0,6}?(?:(?P<up>上移|抬升|抬高|上升)|(?P<down>下移|下降|走低))"
            "(?![^，。；]{0,4}{pct})",
            _read_moved,
            5,
        ),
        en(
            r"\b(?:mid-?point|cent(?:re|er)) of (?:its|the|their) (?:[\w\ue001'’-]+ ){0,3}range "
            r"(?:has |have |is |keeps )?(?:been )?(?:(?P<up>moved? (?:up|higher)|moving (?:up|higher)|risen|rising)|"
            r"(?P<down>moved? (?:down|lower)|moving (?:down|lower)|fallen|falling))(?! (?:by )?{pct})",
            _read_moved,
            5,
        ),
        en(
            r"\bmoved its range centre (?:(?P<up>up)|(?P<down>down)) by {pct:value} {period:period} "
            r"against the {duration:back} before",
            _read_shift,
            7,
        ),
    ),
)

WITHIN_RANGE = Metric(
    key="within_range",
    params=WithinRange,
    formula="low <= every close of the period <= high",
    minimum="every session of the period",
    unit="",
    decimals=0,
    measure=_within,
    wording=_say_within,
    frames=dict.fromkeys(MEASURES, _bound_of_frame),
    patterns=(
        zh("{period:period}收[盘市]价{price:low}、{price:high}", _read_within, 6),
        en(r"\bclosed no {price:low} and no {price:high} {period:period}", _read_within, 6),
    ),
)

METRICS = (RANGE_EFFICIENCY, CENTRE_SHIFT, WITHIN_RANGE)
