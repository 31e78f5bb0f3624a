"""Tests of a level: how often a price came to it, how often it held, and whether it was broken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

import numpy as np

from springtide.claims.compare import price_decimals
from springtide.claims.model import Claim, Measurement, Params, Row
from springtide.claims.words import field_name
from springtide.language.messages import Level, Message, Number, Percent, When, message
from springtide.language.types import Period, PeriodMention
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import paths, rows
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.families.support import Price
from springtide.metrics.frames import LIVE, Frame
from springtide.metrics.level_words import role, times_said
from springtide.metrics.params import Kinds, Limits
from springtide.metrics.paths import Path
from springtide.metrics.patterns import Draft, Phrase, en, is_fact, zh
from springtide.metrics.registry import Metric
from springtide.metrics.visits import visits
from springtide.numerics.levels import LevelTest

Stretch = Annotated[Period, Kinds(("ytd", "qtd", "mtd", "wtd", "last", "since", "all", "span"))]
"""Sessions up to the as-of date, or from one day to another before it."""

Side = Literal["any", "below", "above"]
Way = Literal["any", "up", "down"]

YEAR = Period("last", count=250, unit="sessions")

MOST_CITED = 6
LEAST_DECIDED = 5

WEEK = 5
"""Sessions within which a level was broken where no day is named since which it was."""


@dataclass(frozen=True, slots=True)
class LevelTests(Params):
    """Tests of which level, begun in which period and coming from which side.

    ``band`` is how near to the level, in per cent, a price is at it (0.5 for indices and funds, 1
    for shares), ``away`` how far off a close begins or ends a visit (2 and 4). With ``least``:
    whether there were so many tests at least.
    """

    level: Price = None
    period: Stretch = YEAR
    side: Side = "any"
    band: Annotated[float | None, Limits(0, 10)] = None
    away: Annotated[float | None, Limits(0, 20, strict=True)] = None
    least: Annotated[int | None, Limits(1)] = None


@dataclass(frozen=True, slots=True)
class LevelRecord(Params):
    """As for the tests of a level."""

    level: Price = None
    period: Stretch = YEAR
    side: Side = "any"
    band: Annotated[float | None, Limits(0, 10)] = None
    away: Annotated[float | None, Limits(0, 20, strict=True)] = None


@dataclass(frozen=True, slots=True)
class LevelBroken(Params):
    """Which level, since which day, by closes or within the session, by how many per cent.

    ``since`` is five sessions ago unless given. ``way`` is the direction of the break; with ``any``
    it is that away from the close before ``since``.
    """

    level: Price = None
    since: date | None = None
    by: Literal["close", "intraday"] = "close"
    margin: Annotated[float, Limits(0, 20)] = 0.0
    way: Way = "any"


def _tests_of(
    view: View, instrument: Instrument, params: LevelTests | LevelRecord
) -> tuple[Path, tuple[LevelTest, ...]]:
    level = given(params.level, "level")
    path, tests = visits(view, instrument, level, params.period, params.band, params.away)
    return path, tuple(one for one in tests if params.side in ("any", one.side))


def given(value: float | None, name: str) -> float:
    """Return a parameter without which nothing can be measured.

    Raises
    ------
    Missing
        It was not given.
    """
    if value is None:
        raise Missing("missing.not-given", name=name)
    return value


def _cited(path: Path, tests: tuple[LevelTest, ...], end: int) -> tuple[Row, ...]:
    """Cite the first bar of each test and the close that decided it; without one the extremes."""
    if not tests:
        high = path.begin + int(np.argmax(path.high[path.begin : end]))
        low = path.begin + int(np.argmin(path.low[path.begin : end]))
        return (path.extreme(low, high=False), path.extreme(high, high=True))
    cited: list[Row] = []
    for one in tests[-MOST_CITED:]:
        cited.append(path.extreme(one.start, high=one.side == "below"))
        if one.end is not None:
            cited.append(path.row(one.end))
    return tuple(cited)


def _tests(view: View, instrument: Instrument, params: LevelTests) -> Measured:
    path, tests = _tests_of(view, instrument, params)
    value = float(len(tests)) if params.least is None else len(tests) >= params.least
    end = paths.until(path, params.period)
    return Measured(value, _cited(path, tests, end), path.windows(view))


def _record(view: View, instrument: Instrument, params: LevelRecord) -> Measured:
    path, tests = _tests_of(view, instrument, params)
    decided = [one for one in tests if one.ending != "open"]
    if len(decided) < LEAST_DECIDED:
        raise Missing(
            "missing.few-tests",
            subject=instrument.id,
            needed=LEAST_DECIDED,
            held=len(decided),
            level=Level(
                given(params.level, "level"),
                instrument.unit,
                price_decimals(given(params.level, "level"), instrument.unit),
            ),
        )
    held = sum(one.ending == "held" for one in decided)
    counts = tuple(
        Row(instrument.id, name, view.as_of, float(count), "counted")
        for name, count in (("tests that held", held), ("tests decided", len(decided)))
    )
    return Measured(100.0 * held / len(decided), counts, path.windows(view))


def _broken(view: View, instrument: Instrument, params: LevelBroken) -> Measured:
    level = given(params.level, "level")
    period = Period("last", count=WEEK, unit="sessions")
    if params.since is not None:
        rows.check_past(view, params.since)
        period = Period("since", params.since)
    path = paths.within(view, instrument, period, before=1)
    way = params.way
    if way == "any":
        if not path.begin:
            raise Missing(
                "missing.none-before",
                field=field_name("close"),
                subject=instrument.id,
                day=str(path.day(0)),
            )
        way = "up" if path.close[0] < level else "down"
    prices = path.close
    if params.by == "intraday":
        prices = path.high if way == "up" else path.low
    line = level * (1 + (params.margin if way == "up" else -params.margin) / 100)
    beyond = prices > line if way == "up" else prices < line
    first = np.flatnonzero(beyond[path.begin :])
    if not first.size:
        extreme = (
            np.argmax(prices[path.begin :]) if way == "up" else np.argmin(prices[path.begin :])
        )
        i = path.begin + int(extreme)
        return Measured(False, (_price(path, i, params.by, way),), path.windows(view))
    i = path.begin + int(first[0])
    cited = (_price(path, i, params.by, way), path.row(i))
    return Measured(True, tuple(dict.fromkeys(cited)), path.windows(view))


def _price(path: Path, i: int, by: str, way: Way) -> Row:
    return path.row(i) if by == "close" else path.extreme(i, high=way == "up")


def _of(claim: Claim, value: float | None) -> Level:
    """Return a level as text; the unit of a claim of a count is not that of its level."""
    from springtide.market import instruments

    known = instruments.find(claim.subject)
    unit = known.unit if known is not None else "points"
    return Level(value or 0.0, unit, price_decimals(value or 0.0, unit))


def _say_tests(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, LevelTests)
    count = claim.value if isinstance(claim.value, float) else 0.0
    return message(
        "metrics.level_tests-said",
        value=Number(count),
        level=_of(claim, claim.params.level),
        side=claim.params.side,
        period=When(claim.params.period, claim.as_of),
    )


def _say_record(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, LevelRecord) and isinstance(claim.value, float)
    return message(
        "metrics.level_record-said",
        value=Percent(claim.value, 1),
        level=_of(claim, claim.params.level),
        period=When(claim.params.period, claim.as_of),
    )


def _say_broken(claim: Claim, measurement: Measurement) -> Message:
    params = claim.params
    assert isinstance(params, LevelBroken)
    period = Period("last", count=WEEK, unit="sessions")
    if params.since is not None:
        period = Period("since", params.since)
    return message(
        "metrics.level_broken-said",
        level=_of(claim, params.level),
        way=params.way,
        by=params.by,
        period=When(period, claim.as_of),
    )


def _tested_of_frame(frame: Frame) -> Draft | None:
    """Take a price that is said to have been tested often for so many visits at the least."""
    if role(frame) != "tested" or not isinstance(frame.value, float):
        return None
    period = frame.named if frame.named is not None else YEAR
    if period.kind not in ("ytd", "qtd", "mtd", "wtd", "since", "span"):
        period = YEAR
    return Draft(
        LevelTests(frame.value, period, least=times_said(frame)),
        rank=3,
        dated=period is frame.named,
        worded=True,
    )


def _broken_of_frame(frame: Frame) -> Draft | None:
    """Take a level that a price is said to have passed, at a moment that is not named."""
    way = {"over": "up", "under": "down"}.get(role(frame))
    if way is None or not isinstance(frame.value, float):
        return None
    if frame.is_forecast or not frame.is_stated or frame.basis in (*LIVE, "close", "open"):
        return None
    return Draft(
        LevelBroken(frame.value, by="intraday", way="up" if way == "up" else "down"), rank=1
    )


def _read_tests(phrase: Phrase) -> Draft | None:
    level, period = phrase.quantity("level").value, phrase.mentions["period"]
    if not isinstance(level, float) or not isinstance(period, PeriodMention) or not is_fact(phrase):
        return None
    side: Side = "below" if phrase.words.get("below") else "any"
    side = "above" if phrase.words.get("above") else side
    return Draft(LevelTests(level, period.period, side), phrase.quantity(), unit="tests")


def _read_record(phrase: Phrase) -> Draft | None:
    level, period = phrase.quantity("level").value, phrase.mentions["period"]
    if not isinstance(level, float) or not isinstance(period, PeriodMention):
        return None
    return Draft(LevelRecord(level, period.period), phrase.quantity())


def _read_broken(phrase: Phrase) -> Draft | None:
    level, period = phrase.quantity("level").value, phrase.mentions["period"]
    if not isinstance(level, float) or not isinstance(period, PeriodMention):
        return None
    comparator = phrase.quantity("level").comparator  # "above 22,000" is one number
    way: Way = "up" if comparator == ">" else "down" if comparator == "<" else "any"
    by: Literal["close", "intraday"] = "intraday" if phrase.words.get("inside") else "close"
    since = period.period.first if period.period.kind == "since" else None
    return Draft(LevelBroken(level, since, by, way=way))


LEVEL_TESTS = Metric(
    key="level_tests",
    params=LevelTests,
    formula=(
        "visits that begin where a price comes within band of level after a close away from it, "
        "and end with the next close away from it"
    ),
    minimum="every session of the period, one close away from the level",
    unit=lambda params, instrument: "tests" if params.least is None else "",
    decimals=0,
    measure=_tests,
    wording=_say_tests,
    frames=dict.fromkeys(("level", "price_level", "target_price", "other"), _tested_of_frame),
    own_words=True,
    patterns=(
        zh(
            "{period:period}曾(?:(?P<below>自下方)|(?P<above>自上方))?{number:value}次测试{price:level}",
            _read_tests,
            6,
        ),
        en(
            r"\bmade {number:value} visits? to {price:level}(?: from (?:(?P<below>below)|(?P<above>above)))? {period:period}",
            _read_tests,
            6,
        ),
    ),
    example=3.0,
)

LEVEL_RECORD = Metric(
    key="level_record",
    params=LevelRecord,
    formula="tests that held / tests decided",
    minimum=f"{LEAST_DECIDED} tests decided",
    unit="%",
    decimals=1,
    measure=_record,
    wording=_say_record,
    patterns=(
        zh("{period:period}对{price:level}的测试中守住的占{pct:value}", _read_record, 6),
        en(
            r"\bturned at {price:level} in {pct:value} of its tests {period:period}",
            _read_record,
            6,
        ),
    ),
)

LEVEL_BROKEN = Metric(
    key="level_broken",
    params=LevelBroken,
    formula="some close (high or low) since the day beyond level x (1 +/- margin)",
    minimum="every session since",
    unit="",
    decimals=0,
    measure=_broken,
    wording=_say_broken,
    frames=dict.fromkeys(("level",), _broken_of_frame),
    patterns=(
        zh(
            "{period:period}(?P<inside>盘中|即市)?已(?:越过)?{price:level}",
            _read_broken,
            6,
        ),
        en(
            r"\bbroken (?:through )?{price:level}(?P<inside> within a session)? {period:period}",
            _read_broken,
            6,
        ),
    ),
)

METRICS = (LEVEL_TESTS, LEVEL_RECORD, LEVEL_BROKEN)
