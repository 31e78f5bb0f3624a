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
from springtide.language.format import format_duration
from springtide.language.types import Language
from springtide.market import calendars
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import fitted, rows
from springtide.metrics.answers import Measured
from springtide.metrics.params import Limits
from springtide.metrics.patterns import Draft, Found, en, zh
from springtide.metrics.registry import Metric
from springtide.metrics.simulated import computed, log_closes

INTERVAL = 0.8
"""Probability of the critical time's central interval."""


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
    found: date = days[count - 1].astype(object)
    return found


def _critical_time(view: View, instrument: Instrument, params: CriticalTime) -> Measured:
    values, days, window = log_closes(view, instrument, params.window)
    found = fitted.critical_time(values)
    earliest, latest = found.interval(INTERVAL)
    sessions = {"earliest": earliest, "median": found.median, "latest": latest}
    how = "LPPLS likelihood, errors that follow an AR(1) process"
    cited = [
        computed(instrument, f"{name} critical time in sessions", days[-1], value, how)
        for name, value in sessions.items()
    ]
    at_the_end = "probability in the last twentieth of the admitted range"
    cited.append(computed(instrument, at_the_end, days[-1], found.bounds_share, how))
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
    found = fitted.critical_time(values)
    middles = (found.edges[1:] + found.edges[:-1]) / 2
    reach = math.ceil(middles[-1])
    if session_ahead(instrument, view.as_of, reach) is None:
        return np.empty(0, "datetime64[m]"), np.empty(0)
    ahead = [session_ahead(instrument, view.as_of, count) for count in range(reach + 1)]
    minutes = np.array(ahead, "datetime64[m]").astype(np.float64)
    moments = np.interp(middles, np.arange(reach + 1), minutes).round().astype("datetime64[m]")
    return moments, found.probability / np.diff(found.edges)


_BOUND_EN = {
    "median": "median",
    "earliest": "earliest of the 80% interval",
    "latest": "latest of the 80% interval",
}
_BOUND_ZH = {"median": "中位数", "earliest": "80%区间的最早值", "latest": "80%区间的最晚值"}


def _time_en(claim: Claim) -> str:
    assert isinstance(claim.params, CriticalTime) and isinstance(claim.value, float)
    ahead = format_duration(round(claim.value), "sessions", "en")
    return (
        f"has an LPPLS critical time {ahead} ahead "
        f"({_BOUND_EN[claim.params.bound]}, last {claim.params.window} sessions, given a bubble)"
    )


def _time_zh(claim: Claim) -> str:
    assert isinstance(claim.params, CriticalTime) and isinstance(claim.value, float)
    ahead = format_duration(round(claim.value), "sessions", "zh-cn")
    return (
        f"的LPPLS临界时间（如果确有泡沫）在{ahead}之后"
        f"（{_BOUND_ZH[claim.params.bound]}、最近{claim.params.window}个交易日）"
    )


def _say_time_en(claim: Claim, measurement: Measurement) -> str:
    return _time_en(claim)


def _say_time_zh(claim: Claim, measurement: Measurement) -> str:
    return _time_zh(claim)


def say_interval(claims: Sequence[Claim], language: Language) -> str:
    """Say the median with both ends of the interval in one predicate."""
    median, earliest, latest = claims
    ends = []
    for one in (earliest, latest):
        assert isinstance(one.value, float)
        ends.append(format_duration(round(one.value), "sessions", language))
    if language == "en":
        return f"{_time_en(median)}, with an 80% interval from {ends[0]} ahead to {ends[1]} ahead"
    return f"{_time_zh(median)}，80%区间自{ends[0]}之后至{ends[1]}之后"


def _read_time(found: Found) -> Draft | None:
    bound = found.words.get("bound") or ""
    if bound.startswith(("earliest", "最早")):
        return Draft(CriticalTime(found.window(120), "earliest"), found.quantity())
    if bound.startswith(("latest", "最晚")):
        return Draft(CriticalTime(found.window(120), "latest"), found.quantity())
    return Draft(CriticalTime(found.window(120)), found.quantity())


def _read_earliest(found: Found) -> Draft | None:
    return Draft(CriticalTime(found.window(120), "earliest"), found.quantity())


def _read_latest(found: Found) -> Draft | None:
    return Draft(CriticalTime(found.window(120), "latest"), found.quantity())


_MEDIAN_EN = r"\bLPPLS critical time {duration} ahead \(median, {span:window}, given a bubble\)"
_MEDIAN_ZH = "LPPLS临界时间（如果确有泡沫）在{duration}之后（中位数、{span:window}）"

CRITICAL_TIME = Metric(
    key="critical_time",
    params=CriticalTime,
    title={"en": "LPPLS critical time", "zh-cn": "LPPLS临界时间"},
    definition={
        "en": "If the price follows an LPPLS bubble, when it is most likely to end: the median, or an end "
        "of the central 80% interval, of the critical time given the window's closes, in sessions after "
        "the as-of date. At that time growth stops speeding up; it need not end in a crash. It says "
        "nothing of whether there is a bubble. The likelihood is in the spirit of Filimonov, Demos and "
        "Sornette (2017, doi:10.1080/14697688.2016.1276298), with errors that follow an AR(1) process.",
        "zh-cn": "如果价格确实处于LPPLS泡沫，它最可能何时结束：给定窗口内的收盘价，临界时间的中位数或80%中心区间的端点，"
        "以当日之后的交易日数计。届时加速停止，但不一定以崩盘结束；它不说明是否存在泡沫。"
        "似然函数参照Filimonov、Demos与Sornette（2017），误差服从AR(1)过程。",
    },
    formula="quantile (10%, 50% or 90%) of the critical time given the window, in sessions after as_of",
    minimum="the window's sessions without a gap",
    unit="sessions",
    decimals=0,
    measure=_critical_time,
    wording={"en": _say_time_en, "zh-cn": _say_time_zh},
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
