"""Whether an instrument does better than another one, or a market, by a day to come.

Decided on the due day alone: the return from the close of the date to that of the due day, less
that of the benchmark between the same two days. The base rate is the share of such stretches of the
past in which it did, from the path of one divided by that of the other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import numpy as np

from springtide.claims.model import Claim, Measurement, Params, Row
from springtide.language.messages import Message, message
from springtide.market.closes import Closes, closes_of, day_of
from springtide.market.pairs import RATE_DAYS, rates_of
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import benchmarks, rows
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.families.judgements import Sessions
from springtide.metrics.families.relative import against, close_by, named, rates_between
from springtide.metrics.horizon_words import due_of, open_until, patterns_of, words_of
from springtide.metrics.later import decided, path_from
from springtide.metrics.patterns import Phrase
from springtide.metrics.registry import Metric
from springtide.numerics import ahead
from springtide.numerics.ahead import Flags
from springtide.numerics.series import FloatArray

STALE = 10
"""Days that a benchmark's close may be older than the close that it is held against."""


@dataclass(frozen=True, slots=True)
class OutperformsWithin(Params):
    """Against what, and on which side of it; counted from when, and over how many sessions.

    ``benchmark`` is an id; "" is that of a basket, else the index of the market.
    """

    benchmark: str = ""
    since: date | None = None
    sessions: Sessions = 250
    until: date | None = None
    side: Literal["ahead", "behind"] = "ahead"


def _outperforms(view: View, instrument: Instrument, params: OutperformsWithin) -> Measured:
    benchmark = benchmarks.other(view, instrument, params.benchmark, "benchmark")
    path = path_from(view, instrument, params.since, params.sessions)
    due, over = due_of(instrument, path, params)
    if not over:
        raise open_until(view, instrument, path, params)
    first, last = path.day(path.at), path.day(due)
    start, stop = close_by(view, benchmark, first), close_by(view, benchmark, last)
    for row in (start, stop):
        rows.check_base(row)
    _check_joined(view, benchmark, start, stop)
    shown, rate_grew = rates_between(view, benchmark, instrument, first, last)
    grew = float(path.close[due] / path.close[path.at])
    other = stop.value / start.value * rate_grew
    came = grew > other if params.side == "ahead" else grew < other
    own = decided(view, path, came, path.at, (due,))
    return replace(own, rows=(*own.rows, start, stop, *shown))


def _check_joined(view: View, benchmark: Instrument, start: Row, stop: Row) -> None:
    """Be sure that nothing between two closes of the benchmark hides what it grew by."""
    closes = closes_of(view, benchmark)
    at = int(np.searchsorted(closes.days, day_of(start.date)))
    _, past = closes.around(at)
    if past < len(closes) and closes.day(past) <= stop.date:
        raise Missing(
            "missing.closes-cut",
            subject=benchmark.id,
            day=str(closes.day(past - 1)),
            why=closes.cuts[closes.starts.index(past)],
        )


def _joined(view: View, instrument: Instrument) -> Closes:
    closes = closes_of(view, instrument)
    return closes.part(*closes.around(len(closes) - 1)) if len(closes) else closes


def _ratio(view: View, instrument: Instrument, params: OutperformsWithin) -> FloatArray:
    """Return the closes divided by those of the benchmark, in one currency, day by day."""
    benchmark = benchmarks.other(view, instrument, params.benchmark, "benchmark")
    mine, other = _joined(view, instrument), _joined(view, benchmark)
    made = mine.close / _by(mine.days, other.days, other.close, STALE)
    if benchmark.currency != instrument.currency:
        known = rates_of(view, benchmark.currency or "", instrument.currency or "")
        if known is None:
            raise Missing(
                "missing.rates",
                subject=benchmark.id,
                currency=benchmark.currency or "?",
                wanted=instrument.currency or "?",
            )
        made = made / _by(mine.days, *known, RATE_DAYS)
    lacking = np.flatnonzero(np.isnan(made))
    return made[lacking[-1] + 1 :] if lacking.size else made


def _by(days: Any, held: Any, values: FloatArray, stale: int) -> FloatArray:
    """Return the last value by each day, NaN where it is older than ``stale`` days."""
    if not len(held):
        return np.full(len(days), np.nan)
    at = np.searchsorted(held, days, "right") - 1
    fresh = (at >= 0) & (days - held[np.maximum(at, 0)] <= stale)
    return np.where(fresh, values[np.maximum(at, 0)], np.nan)


def _outperforms_ahead(
    ratio: FloatArray, params: OutperformsWithin, horizon: int, price: float
) -> Flags:
    grew = ahead.at_end(ratio, horizon)
    return grew > 1 if params.side == "ahead" else grew < 1


def _with_benchmark(measurement: Measurement) -> OutperformsWithin:
    """Return the parameters with the benchmark that was taken, which the sentence names."""
    params = measurement.params
    assert isinstance(params, OutperformsWithin)
    others = [
        row.subject for row in measurement.evidence.rows if row.subject != measurement.subject
    ]
    return replace(params, benchmark=others[0])


def _said(claim: Claim, measurement: Measurement) -> Message:
    params = claim.params
    assert isinstance(params, OutperformsWithin)
    words = words_of(claim, measurement)
    return message(
        "metrics.outperforms_within-said",
        benchmark=against(claim, params.benchmark),
        side=params.side,
        **words,
    )


def _params(phrase: Phrase, value: float | None, when: dict[str, Any]) -> Params | None:
    benchmark = named(phrase, "benchmark")
    side: Literal["ahead", "behind"] = "behind" if phrase.words.get("behind") else "ahead"
    return OutperformsWithin(benchmark, **when, side=side) if benchmark else None


OUTPERFORMS_WITHIN = Metric(
    key="outperforms_within",
    params=OutperformsWithin,
    formula="close(due) / close(date) > B(due) / B(date); < for side=behind",
    minimum="every close from the date to the due day; the benchmark's and rates at both ends",
    unit="",
    decimals=0,
    measure=_outperforms,
    ahead=_outperforms_ahead,
    past=_ratio,
    wording=_said,
    completed=_with_benchmark,
    patterns=patterns_of(
        r"\bdid (?:better|(?P<behind>worse)) than (?:the )?{name:benchmark}",
        "的?表现(?:优|好|(?P<behind>逊))于{name:benchmark}",
        _params,
        over=" (?:over )?{span:span} from {date:day}",
    ),
)

METRICS = (OUTPERFORMS_WITHIN,)
