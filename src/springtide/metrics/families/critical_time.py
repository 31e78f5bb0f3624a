"""When an LPPLS bubble would end, if it is one: the critical time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal

import numpy as np
import numpy.typing as npt

from springtide.claims.model import Claim, Measurement, Params
from springtide.language.messages import Duration, Message, message
from springtide.market import calendars
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import fitted, rows
from springtide.metrics.answers import Measured
from springtide.metrics.params import Limits
from springtide.metrics.patterns import Draft, Phrase, en, zh
from springtide.metrics.registry import Metric, Stated
from springtide.metrics.simulated import computed, log_closes

INTERVAL = 0.8
"""Probability of the critical time's central interval."""

INFORMATION = "information gained on the critical time, in nats"


Bound = Literal["median", "earliest", "latest"]

BOUNDS: tuple[Bound, ...] = ("median", "earliest", "latest")


@dataclass(frozen=True, slots=True)
class CriticalTime(Params):
    """Sessions of the window; the median, or an end of the central 80% interval."""

    window: Annotated[int, Limits(60, 745)] = 120
    bound: Bound = "median"


def session_ahead(instrument: Instrument, as_of: date, sessions: float) -> date | None:
    """Return the session that lies so many sessions after a date, rounded to whole ones.

    None where the calendar does not reach. The calendar is today's: a session that was called off
    later is not counted.
    """
    count = round(sessions)
    if count < 1:
        return as_of
    last = min(as_of + timedelta(days=2 * count + 30), calendars.reach(instrument.calendar)[1])
    days = calendars.sessions(instrument.calendar, as_of + timedelta(days=1), last)
    if days is None or len(days) < count:
        return None
    session: date = days[count - 1].astype(object)
    return session


def _critical_time(view: View, instrument: Instrument, params: CriticalTime) -> Measured:
    values, days, window = log_closes(view, instrument, params.window)
    estimate = fitted.critical_time(values)
    earliest, latest = estimate.interval(INTERVAL)
    sessions = {"earliest": earliest, "median": estimate.median, "latest": latest}
    how = "LPPLS likelihood, errors that follow an AR(1) process"
    cited = [
        computed(instrument, f"{name} critical time in sessions", days[-1], value, how)
        for name, value in sessions.items()
    ]
    cited.append(computed(instrument, INFORMATION, days[-1], estimate.information, how))
    at_the_end = "probability in the last twentieth of the admitted range"
    cited.append(computed(instrument, at_the_end, days[-1], estimate.bounds_share, how))
    return Measured(sessions[params.bound], tuple(cited), (window,))


def density(
    view: View, instrument: Instrument, params: CriticalTime
) -> tuple[npt.NDArray[np.datetime64], rows.Array]:
    """Return how probable each time after the as-of date is as the critical time.

    Returns
    -------
    tuple
        Moments in minutes, ascending, and the probability of a session there, shape (n,) each;
        empty where the calendar does not reach.

    Raises
    ------
    Missing
        The window is not there.
    """
    values, _, _ = log_closes(view, instrument, params.window)
    estimate = fitted.critical_time(values)
    middles = (estimate.edges[1:] + estimate.edges[:-1]) / 2
    reach = math.ceil(middles[-1])
    if session_ahead(instrument, view.as_of, reach) is None:
        return np.empty(0, "datetime64[m]"), np.empty(0)
    ahead = [session_ahead(instrument, view.as_of, count) for count in range(reach + 1)]
    minutes = np.array(ahead, "datetime64[m]").astype(np.float64)
    moments = np.interp(middles, np.arange(reach + 1), minutes).round().astype("datetime64[m]")
    return moments, estimate.probability / np.diff(estimate.edges)


def _ahead(claim: Claim) -> Duration:
    assert isinstance(claim.value, float)
    return Duration(round(claim.value))


def _say_time(claim: Claim, measurement: Measurement) -> Message:
    params = claim.params
    assert isinstance(params, CriticalTime)
    return message(
        "metrics.critical_time-said",
        value=_ahead(claim),
        bound=params.bound,
        window=params.window,
    )


def say_interval(statements: Sequence[Stated]) -> Message:
    """Say the median with both ends of the interval in one predicate."""
    (median, _), (earliest, _), (latest, _) = statements
    assert isinstance(median.params, CriticalTime)
    return message(
        "metrics.interval",
        value=_ahead(median),
        value_2=_ahead(earliest),
        value_3=_ahead(latest),
        window=median.params.window,
    )


def _read_time(phrase: Phrase) -> Draft | None:
    bound = phrase.words.get("bound") or ""
    if bound.startswith(("earliest", "最早")):
        return Draft(CriticalTime(phrase.window(120), "earliest"), phrase.quantity())
    if bound.startswith(("latest", "最晚")):
        return Draft(CriticalTime(phrase.window(120), "latest"), phrase.quantity())
    return Draft(CriticalTime(phrase.window(120)), phrase.quantity())


def _read_earliest(phrase: Phrase) -> Draft | None:
    return Draft(CriticalTime(phrase.window(120), "earliest"), phrase.quantity())


def _read_latest(phrase: Phrase) -> Draft | None:
    return Draft(CriticalTime(phrase.window(120), "latest"), phrase.quantity())


_MEDIAN_EN = r"\bLPPLS critical time {duration} ahead \(median, {span:window}, given a bubble\)"
_MEDIAN_ZH = "LPPLS临界时间（如果确有泡沫）在{duration}之后（中位数、{span:window}）"

CRITICAL_TIME = Metric(
    key="critical_time",
    params=CriticalTime,
    formula="quantile (10%, 50% or 90%) of the critical time given the window, in sessions after as_of",
    minimum="the window's sessions without a gap",
    unit="sessions",
    decimals=0,
    measure=_critical_time,
    wording=_say_time,
    patterns=(
        en(
            r"\bLPPLS critical time {duration:value} ahead \((?P<bound>median|earliest|latest)[^)]*?, {span:window}, given a bubble\)",
            _read_time,
            9,
        ),
        en(
            rf"{_MEDIAN_EN}, with an {{pct}} interval from {{duration:value}} ahead",
            _read_earliest,
            9,
        ),
        en(
            rf"{_MEDIAN_EN}, with an {{pct}} interval from {{duration}} ahead to {{duration:value}} ahead",
            _read_latest,
            9,
        ),
        zh(f"{_MEDIAN_ZH}，{{pct}}区间自{{duration:value}}之后", _read_earliest, 9),
        zh(f"{_MEDIAN_ZH}，{{pct}}区间自{{duration}}之后至{{duration:value}}之后", _read_latest, 9),
        en(
            r"\bLPPLS\b[^.;]{0,60}?\bcritical time (?:is |at |about |lies )*{duration:value} (?:ahead|away|from now)",
            _read_time,
            5,
        ),
        zh(
            "LPPLS临界时间（如果确有泡沫）在{duration:value}之后（[^、）]*?(?P<bound>中位数|最早|最晚)值?、{span:window}）",
            _read_time,
            9,
        ),
        zh(
            "LPPLS[^。；]{0,24}?临界时间[^。；\ue001-\ue00e]{0,6}?{duration:value}之?后",
            _read_time,
            5,
        ),
    ),
    example=23.0,
)


METRICS = (CRITICAL_TIME,)
