"""The nearest true reading of a refuted claim: a small, stated search that cannot rationalise.

Only these things may change, at most two of them at once, and only one where the claim is of a
single session (among so many prices, some day's and some price's move is always near):

- the **date**: one of the five sessions before the date stated (never a later one); of a sum or a
  mean over a stretch, one of the thirty before it;
- the **price**: close, high, low or open of the session;
- the **start** of a period: the start of the year, its lowest or highest close so far, or the
  lowest close of 250 sessions;
- the **span** of a record: the next shorter ones in the same unit;
- the **month** of a double top: the one before and the one after; and a **single** top for it;
- the **denominator** of a daily average: sessions of its own, of Hong Kong, of the mainland;
- the **sign**: a rise for a fall.

A rate that has to be simulated anew for every change is not searched.

Readings are ranked by how little changes: fewer changes first, then nearer dates, then, for a bound
such as "more than 25%", values that pass it by less.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations

from springtide.checking.conversion import judged, with_rate
from springtide.checking.readings import PER, PRICES
from springtide.checking.views import Views
from springtide.claims.compare import mirrored
from springtide.claims.model import Claim, Measurement, Params, Reading
from springtide.language.messages import Message, When, message
from springtide.language.stretches import month_of
from springtide.language.types import Language, Period
from springtide.market import calendars
from springtide.market.types import Instrument
from springtide.metrics.registry import measure
from springtide.metrics.valuations import ValuationAverage, ValuationGap, ValuationPercentile

SESSIONS_BACK = 5
SESSIONS_BACK_OF_SUMS = 30
MOST_CHANGES = 2
MOST_READINGS = 3
SPANS_SHORTER = 4
OVERSHOOT = 20.0
"""Distance for each multiple by which a value is beyond a bound such as "more than"."""

_OF_ONE_SESSION = ("pct_change", "close_level", "intraday_level", "turnover")
_SIMULATED = ("bubble_false_alarm_rate",)
_PRICE_FIELDS = ("price", "start", "basis", "field")
_PRICES = ("close", "high", "low", "open", "intraday")


@dataclass(frozen=True, slots=True)
class _Change:
    """One change to a claim: what it touches, how far it goes, and in words."""

    kind: str
    cost: float
    words: Message
    as_of: date | None = None
    params: tuple[tuple[str, object], ...] = ()
    sign: bool = False
    span: int | None = None


def nearest_readings(
    claim: Claim, instrument: Instrument, views: Views, language: Language = "en"
) -> tuple[Reading, ...]:
    """Search the stated neighbourhood of a refuted claim for readings that the data support.

    Returns
    -------
    tuple of Reading
        At most three, the smallest change first; empty where nothing nearby is true, or where each
        change would have to be simulated.
    """
    if claim.metric in _SIMULATED:
        return ()
    changes = list(_changes(claim, instrument))
    readings: list[Reading] = []
    most = 1 if claim.metric in _OF_ONE_SESSION else MOST_CHANGES
    for size in range(1, most + 1):
        for chosen in combinations(changes, size):
            if len({change.kind for change in chosen}) < size:
                continue
            reading = _try(claim, instrument, views, chosen, language)
            if reading is not None:
                readings.append(reading)
    readings.sort(key=lambda reading: reading.distance)
    return tuple(readings[:MOST_READINGS])


def whole_record(
    claim: Claim, instrument: Instrument, views: Views, language: Language = "en"
) -> tuple[Reading, ...]:
    """Return the reading over all that is on file, where a period is longer and that one is true.

    Examples are five years of an index that is younger.
    """
    params = claim.params
    period = getattr(params, "period", None)
    counted = isinstance(params, ValuationAverage | ValuationPercentile | ValuationGap)
    if not counted or not isinstance(period, Period) or period.kind not in ("last", "since"):
        return ()
    whole = Period("all")
    words = message("check.period", period=When(whole, claim.as_of))
    change = _Change("period", 1.0, words, params=(("period", whole),))
    reading = _try(claim, instrument, views, (change,), language)
    return () if reading is None else (reading,)


def _try(
    claim: Claim,
    instrument: Instrument,
    views: Views,
    chosen: tuple[_Change, ...],
    language: Language,
) -> Reading | None:
    changed = claim
    for change in chosen:
        changed = _applied(changed, change)
    view = views.at(changed.as_of)
    measurement = measure(changed.metric, view, instrument, changed.params)
    label, sum_ = judged(changed, measurement, view)
    if label != "supported":
        return None
    if sum_ is not None:
        measurement = with_rate(measurement, sum_)
    distance = 10.0 * len(chosen) + sum(change.cost for change in chosen)
    distance += OVERSHOOT * _overshoot(changed, measurement)
    said = tuple(change.words.text(language) for change in chosen)
    return Reading(changed, measurement, said, distance)


def _overshoot(claim: Claim, measurement: Measurement) -> float:
    """Return how far a value is beyond a bound that it satisfies, as a share of the bound.

    "More than 25%" is true of 26% and of 75%; the nearer one is the better reading.
    """
    if claim.comparator not in (">", "<") or not isinstance(measurement.value, float):
        return 0.0
    if not isinstance(claim.value, float) or claim.value == 0:
        return 0.0
    return abs(measurement.value / claim.value - 1.0)


def _applied(claim: Claim, change: _Change) -> Claim:
    params: Params = claim.params
    if change.params:
        params = replace(params, **dict(change.params))
    changed = replace(claim, params=params, as_of=change.as_of or claim.as_of)
    if change.span is not None:
        changed = replace(changed, value=float(change.span))
    if change.sign and claim.within is not None and claim.value is not None:
        value, comparator, within = mirrored(claim.value, claim.comparator, claim.within)
        changed = replace(changed, value=value, comparator=comparator, within=within)
    return changed


def _changes(claim: Claim, instrument: Instrument) -> Iterator[_Change]:
    yield from _dates(claim, instrument)
    yield from _prices(claim.params)
    yield from _denominators(claim.params)
    yield from _starts(claim)
    yield from _spans(claim.params)
    yield from _turns(claim)
    if (
        claim.within is not None
        and claim.value is not None
        and claim.unit in ("%", "points", "x", "pp")
    ):
        yield _Change("sign", 4.0, message("check.other-way"), sign=True)


def _dates(claim: Claim, instrument: Instrument) -> Iterator[_Change]:
    if _is_over(claim):
        return
    most = SESSIONS_BACK_OF_SUMS if _is_summed(claim) else SESSIONS_BACK
    days = calendars.sessions(
        instrument.calendar, claim.as_of - timedelta(days=30 + most), claim.as_of - timedelta(1)
    )
    if days is None:
        return
    for back, day in enumerate(reversed(days[-most:]), start=1):
        when: date = day.astype(object)
        yield _Change("date", float(back), message("check.as-of", day=when), as_of=when)


_SUMS = ("flow_net", "flow_average", "flow_ratio")


def _is_summed(claim: Claim) -> bool:
    """Say whether a claim is of a sum or a mean over a stretch that grows with its date."""
    period = getattr(claim.params, "period", None)
    is_day = isinstance(period, Period) and (period.kind, period.count) == ("last", 1)
    return claim.metric in _SUMS and isinstance(period, Period) and not is_day


def _is_over(claim: Claim) -> bool:
    """Say whether a claim is of a stretch between two dates, which is the same on any later day."""
    period = getattr(claim.params, "period", None)
    return claim.metric in _SUMS and isinstance(period, Period) and period.kind == "span"


def _denominators(params: Params) -> Iterator[_Change]:
    per = getattr(params, "per", None)
    for choice, words in PER.items():
        if per in PER and choice != per:
            yield _Change("per", 1.0, message(words), params=(("per", choice),))


def _prices(params: Params) -> Iterator[_Change]:
    hints = typing.get_type_hints(type(params))
    for field in dataclasses.fields(params):
        if (
            field.name not in _PRICE_FIELDS
            or typing.get_origin(hints[field.name]) is not typing.Literal
        ):
            continue
        for choice in typing.get_args(hints[field.name]):
            if choice in _PRICES and choice != getattr(params, field.name):
                words = message(PRICES[choice])
                if field.name == "start":
                    words = message("check.start", price=words)
                yield _Change(field.name, 1.0, words, params=((field.name, choice),))


def _starts(claim: Claim) -> Iterator[_Change]:
    period = getattr(claim.params, "period", None)
    if not isinstance(period, Period) or not hasattr(claim.params, "start"):
        return
    new_year = date(claim.as_of.year, 1, 1)
    alternatives = (
        (Period("since-low", new_year, claim.as_of), message("check.since-year-low")),
        (Period("since-high", new_year, claim.as_of), message("check.since-year-high")),
        (Period("ytd"), message("check.since-year-start")),
        (Period("since-low"), message("check.since-low")),
    )
    for cost, (alternative, words) in enumerate(alternatives, start=1):
        if alternative != period:
            yield _Change("period", float(cost), words, params=(("period", alternative),))


def _spans(params: Params) -> Iterator[_Change]:
    lookback = getattr(params, "lookback", None)
    if not isinstance(lookback, Period) or lookback.kind != "last" or not lookback.count:
        return
    shorter = range(lookback.count - 1, max(0, lookback.count - 1 - SPANS_SHORTER), -1)
    for cost, count in enumerate(shorter, start=1):
        alternative = replace(lookback, count=count)
        words = message("check.period", period=When(alternative, date.max))
        yield _Change("span", float(cost), words, params=(("lookback", alternative),), span=count)


def _turns(claim: Claim) -> Iterator[_Change]:
    """Yield a single top for a double one, and the months beside the one that is named."""
    period = getattr(claim.params, "period", None)
    if getattr(claim.params, "tops", None) != "double":
        return
    yield _Change("tops", 2.0, message("check.single"), params=(("tops", "single"),))
    if not isinstance(period, Period) or period.first is None or period.last is None:
        return
    if month_of(period.first.year, period.first.month) != (period.first, period.last):
        return
    for cost, day in enumerate(
        (period.last + timedelta(days=1), period.first - timedelta(days=1)), start=1
    ):
        month = Period("span", *month_of(day.year, day.month))
        if month.first is not None and month.first <= claim.as_of:
            words = message("check.period", period=When(month, claim.as_of))
            yield _Change("period", float(cost), words, params=(("period", month),))
