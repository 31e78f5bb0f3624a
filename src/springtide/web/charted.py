"""What the chart of an instrument draws: arrays by day, as they were known on a day."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from springtide.brief.phases import phases_of
from springtide.errors import UsageError
from springtide.language.messages import say
from springtide.language.types import Language
from springtide.library.day import Day
from springtide.library.results import Outlook
from springtide.market.view import View
from springtide.metrics.registry import measure, params_of
from springtide.numerics.indicators import sma
from springtide.outlook.ahead import session_ahead

Json = dict[str, Any]

RANGES = {"6m": 183, "1y": 366, "3y": 1096, "5y": 1827, "20y": 7306, "all": 0}
"""Days before the as-of date that are shown; zero for all."""

_AVERAGES = (50, 200)
_REACH = 120
"""Sessions ahead that the fan is drawn for."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A stretch of an instrument's history: its view, its first day, and its language."""

    day: Day
    view: View
    first: date
    language: Language


def shown(day: Day, view: View, asked: str, language: Language) -> Shown:
    """Return the stretch of history that a range names.

    Raises
    ------
    UsageError
        There is no such range.
    """
    if asked not in RANGES:
        raise UsageError("There is no such range", given=asked, allowed=", ".join(RANGES))
    days = RANGES[asked]
    first = day.as_of - timedelta(days=days) if days else date.min
    return Shown(day, view, first, language)


def chart_json(of: Shown, outlook: Outlook | None) -> Json:
    """Return what the chart draws; nothing in it was known only later than the as-of date."""
    bars = of.day.bars()
    kept = (bars.dates >= np.datetime64(of.first)) & np.isfinite(bars.close)
    columns = {
        name: _numbers(getattr(bars, name)[kept])
        for name in ("open", "high", "low", "close", "volume")
    }
    return {
        "as_of": of.day.as_of.isoformat(),
        "versions": dict(bars.versions),
        "dates": np.datetime_as_string(bars.dates[kept]).tolist(),
        **columns,
        "averages": _averages(bars.dates, bars.close, kept, of.language),
        "phases": _phases(of),
        "levels": _levels(of),
        "fan": _fan(outlook),
        "words": {
            "close": say("web.close", of.language),
            "open": say("web.open", of.language),
            "high": say("web.high", of.language),
            "low": say("web.low", of.language),
            "rising": say("web.rising", of.language),
            "falling": say("web.falling", of.language),
        },
        "colours": say("charts.colours", of.language),
    }


def _numbers(values: np.ndarray) -> list[float | None]:
    return [None if math.isnan(value) else round(value, 6) for value in values.tolist()]


def _averages(
    dates: np.ndarray, close: np.ndarray, kept: np.ndarray, language: Language
) -> list[Json]:
    """Return moving averages over the closes on file, at the days that are shown."""
    known = np.isfinite(close)
    made = []
    for window in _AVERAGES:
        values = np.full(len(close), np.nan)
        if known.sum() >= window:
            values[known] = sma(close[known], window)
        made.append(
            {
                "window": window,
                "name": say("web.average", language, window=window),
                "values": _numbers(values[kept]),
            }
        )
    return made


def _phases(of: Shown) -> list[Json]:
    return [
        {"first": span.first.isoformat(), "last": span.last.isoformat(), "rising": span.rising}
        for span in phases_of(of.view, of.day.instrument)
        if span.last >= of.first
    ]


def _levels(of: Shown) -> list[Json]:
    names = {
        "resistance_level": say("web.resistance", of.language),
        "support_level": say("web.support", of.language),
    }
    made = []
    for key, name in names.items():
        level = measure(key, of.view, of.day.instrument, params_of(key))
        if isinstance(level.value, float):
            made.append({"value": level.value, "name": name})
    return made


def _fan(outlook: Outlook | None) -> Json | None:
    """Return quantiles of simulated paths by session; None where nothing was simulated."""
    if outlook is None or outlook.fan is None:
        return None
    fan = outlook.fan
    steps = [count for count in fan.sessions if count <= _REACH]
    reached = range(steps[-1] + 1)
    days = [
        session_ahead(outlook.as_of, outlook.calendar, n).isoformat() if n else
        outlook.as_of.isoformat() for n in reached
    ]  # fmt: skip
    return {
        "dates": days,
        "steps": steps,
        "levels": list(fan.levels),
        "prices": [list(level[: len(steps)]) for level in fan.prices],
    }
