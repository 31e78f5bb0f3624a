"""Net buying day after day, the largest in so long, and what part of it went where."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np

from springtide.claims.model import Claim, Measurement, Params
from springtide.language.messages import Duration, Message, Percent, When, message
from springtide.language.types import Interval, Period
from springtide.market import series
from springtide.market.coverage import covered
from springtide.market.series import Series
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import flow_words as words
from springtide.metrics import flows, observed
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.flows import Side
from springtide.metrics.params import Lookback
from springtide.metrics.patterns import Draft, Phrase
from springtide.metrics.registry import Metric
from springtide.numerics.flows import is_record, run

SLACK = 0.05
"""A record "in three months" may be this share of its span short, as a high of prices may."""

YEAR = Period("ytd")
LONG = Period("last", count=12, unit="months")

AGREES = 2.0
"""Parts must add up to the whole within so many per cent of it."""


@dataclass(frozen=True, slots=True)
class FlowStreak(Params):
    """Sessions of net buying, or of net selling."""

    side: Side = "buying"


@dataclass(frozen=True, slots=True)
class FlowRecord(Params):
    """Over which lookback, and whether the largest net buying or the largest net selling."""

    lookback: Lookback = LONG
    side: Side = "buying"


@dataclass(frozen=True, slots=True)
class FlowShare(Params):
    """Which part (a sector whose flows are on file), over which sessions."""

    part: str = ""
    period: Lookback = YEAR


def _direction(side: Side) -> int:
    return 1 if side == "buying" else -1


def _streak(view: View, instrument: Instrument, params: FlowStreak) -> Measured:
    flows.net(view, instrument, flows.SESSION, None)  # the session itself must be on file
    first = instrument.inception or date.min
    made = series.observed(
        view, instrument.id, "flow_net", instrument.calendar, first, view.as_of,
        unit=instrument.currency,
    )  # fmt: skip
    assert made is not None
    ran = run(made.values, _direction(params.side))
    if not ran.began:
        raise Missing("missing.streak-began", subject=instrument.id, day=str(made.first))
    held = _from(made, ran.start - 1)
    if held.coverage.missing:
        raise observed.absent(instrument, "flow_net", held.coverage.missing)
    ends = tuple(observed.row_of(held, i) for i in sorted({0, min(1, len(held) - 1), -1}))
    return Measured(float(ran.length), ends, (observed.window(held),))


def _from(made: Series, start: int) -> Series:
    """Return the rows of a series from a position on, with what is missing among them."""
    dates, values = made.dates[start:], made.values[start:]
    day: date = dates[0].item()
    coverage = covered(dates, _calendar(made), day, made.coverage.last)
    return replace(made, dates=dates, values=values, coverage=coverage)


def _calendar(made: Series) -> str:
    from springtide.market import instruments

    return instruments.calendar_of(made.subject)


def _record(view: View, instrument: Instrument, params: FlowRecord) -> Measured:
    first, last = observed.span(view, instrument, params.lookback)
    if params.lookback.kind == "all" and instrument.inception is None:
        raise Missing("missing.no-inception", subject=instrument.id)
    if params.lookback.kind == "last" and params.lookback.unit not in ("sessions", "days"):
        first += SLACK * (last - first)
    made = observed.stretch(
        view, instrument, "flow_net", (first, last), unit=instrument.currency, whole=True
    )
    if made.last != last:
        raise observed.none_of(view, instrument, "flow_net", str(last), str(last))
    direction = _direction(params.side)
    answer = is_record(made.values, direction)
    before = made.values[:-1] * direction
    best = [observed.row_of(made, int(np.argmax(before)))] if len(before) else []
    rows = (*best, observed.row_of(made, len(made) - 1))
    return Measured(answer, rows, (observed.window(made),))


def _share(view: View, instrument: Instrument, params: FlowShare) -> Measured:
    """Measure a part against the whole; all parts of one source must make the whole up."""
    if not params.part:
        raise Missing("missing.not-given", name="part")
    whole = flows.net(view, instrument, params.period, None)
    total = flows.total(whole)
    parts = {
        name: flows.net(view, replace(instrument, id=name), params.period, None)
        for name in view.subjects(f"{instrument.id}.")
    }
    wanted = f"{instrument.id}.{params.part}".casefold()
    chosen = next((made for name, made in parts.items() if name.casefold() == wanted), None)
    if chosen is None or total == 0:
        raise Missing("missing.no-part", subject=instrument.id, part=params.part)
    added = sum(flows.total(made) for made in parts.values())
    sources = {made.source for made in parts.values()}
    if len(sources) > 1 or abs(added / total - 1) * 100 > AGREES:
        raise Missing(
            "missing.parts",
            subject=instrument.id,
            share=Percent(100.0 * added / total, 1),
            limit=Percent.short(AGREES),
        )
    share = 100.0 * flows.total(chosen) / total
    return Measured(share, windows=(observed.window(chosen), observed.window(whole)))


def _side(phrase: Phrase) -> Side:
    return "selling" if phrase.words.get("down") else "buying"


def _read_streak(phrase: Phrase) -> Draft | None:
    counted = words.counted_sessions(phrase)
    if counted is None:
        return None
    within = Interval(counted - 0.5, counted + 0.5, high_open=True)
    return Draft(FlowStreak(_side(phrase)), value=counted, unit="sessions", within=within)


def _read_record(phrase: Phrase) -> Draft | None:
    lookback = words.lookback(phrase)
    if lookback is None:
        return None
    value, unit = _stated(FlowRecord(lookback))
    return Draft(FlowRecord(lookback, _side(phrase)), value=value, unit=unit)


def _read_share(phrase: Phrase) -> Draft | None:
    part = phrase.words.get("part", "").strip()
    if not part:
        return None
    period = words.period_of_phrase(phrase)
    over = YEAR if period is None or period == flows.SESSION else period
    return Draft(FlowShare(part, over), phrase.quantity()) if over.kind != "span" else None


def _stated(params: FlowRecord) -> tuple[float | None, str]:
    lookback = params.lookback
    if lookback.kind == "last" and lookback.count:
        return float(lookback.count), str(lookback.unit)
    return None, ""


def _say_streak(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, FlowStreak) and isinstance(claim.value, float)
    length = Duration(int(claim.value), "sessions")
    return message("metrics.flow_streak-said", value=length, side=claim.params.side)


def _say_record(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, FlowRecord)
    lookback = claim.params.lookback
    counted = lookback.kind == "last" and lookback.count is not None and lookback.unit is not None
    kind: Literal["last", "all", "since"] = (
        "last" if counted else "all" if lookback.kind == "all" else "since"
    )
    return message(
        "metrics.flow_record-said",
        side=claim.params.side,
        lookback=kind,
        value=Duration(lookback.count or 0, lookback.unit or "sessions"),
        period=When(lookback, lookback.first or claim.as_of),
    )


def _say_share(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, FlowShare) and isinstance(claim.value, float)
    return message(
        "metrics.flow_share-said",
        value=Percent(claim.value, 1),
        part=claim.params.part,
        period=When(claim.params.period, claim.as_of),
    )


FLOW_STREAK = Metric(
    key="flow_streak",
    params=FlowStreak,
    formula="sessions of net buying in a row up to as_of",
    minimum="every session of the run, and one of the other direction before it",
    unit="sessions",
    decimals=0,
    measure=_streak,
    wording=_say_streak,
    patterns=words.streak_patterns(_read_streak),
    example=16.0,
    needs_close=False,
)

FLOW_RECORD = Metric(
    key="flow_record",
    params=FlowRecord,
    formula="net buying(as_of) > max(net buying over the lookback before as_of)",
    minimum="every session of the lookback",
    unit="",
    decimals=0,
    measure=_record,
    wording=_say_record,
    stated=_stated,
    patterns=words.record_patterns(_read_record),
    needs_close=False,
)

FLOW_SHARE = Metric(
    key="flow_share",
    params=FlowShare,
    formula="net buying of the part / net buying of the whole, over the period",
    minimum="every session of the whole and of all parts, which make it up within 2%",
    unit="%",
    decimals=1,
    measure=_share,
    wording=_say_share,
    patterns=words.share_patterns(_read_share),
    needs_close=False,
)

METRICS = (FLOW_STREAK, FLOW_RECORD, FLOW_SHARE)
