"""When the top comes and how high it lies: one distribution of one method, given it is to come.

A forecast holds the chance that the top is in beside the times and gains of tops that are still to
come. Their quantiles taken together say things such as "0 sessions, 33% above": what is told is
therefore told given that the top is still ahead, and beside it the chance that it is not. A top
that is ahead lies above the highest close so far, so gains below that height are left out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import cast

import numpy as np

from springtide.market import calendars
from springtide.outlook.model import GAINS, SESSIONS, Forecast, MethodName, Outlook, quantile

QUANTILES = (0.1, 0.5, 0.9)
"""The ends of the 80% interval about the median."""

_CERTAIN = 1 - 1e-6
"""Nothing is told of a top that is to come where it is as good as sure that none is."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a forecast says of the top.

    Attributes
    ----------
    method
        Whose distribution it is.
    top_is_in, within_60, within_120
        Probability that the top is in, and that it is in or comes within so many sessions.
    above
        By how much the highest close so far lies above the latest, as a fraction: where the top is
        in, it lies so far above.
    sessions, gain
        Sessions to the top and its height above the latest close as a fraction, given that the top
        is still ahead: 10% quantile, median, 90% quantile. Infinite beyond the grid; empty where
        the top is as good as surely in.
    dates
        The sessions as dates; None where they are infinite. Empty as they are.
    """

    method: MethodName
    top_is_in: float
    within_60: float
    within_120: float
    above: float
    sessions: tuple[float, ...]
    gain: tuple[float, ...]
    dates: tuple[date | None, ...]

    @property
    def middle_sessions(self) -> float | None:
        """Median sessions to the top, given that it is ahead."""
        return self.sessions[1] if self.sessions else None

    @property
    def middle_gain(self) -> float | None:
        """Median height of the top above the latest close, given that it is ahead."""
        return self.gain[1] if self.gain else None

    @property
    def middle_date(self) -> date | None:
        """The day of the median; None where it is beyond the grid, or nothing is told."""
        return self.dates[1] if self.dates else None


def ahead_of(forecast: Forecast, above: float, as_of: date, calendar: str) -> Ahead:
    """Return what a forecast says of the top.

    Parameters
    ----------
    forecast
        Of one method.
    above
        By how much the highest close so far lies above the latest, as a fraction.
    as_of
        The latest session.
    calendar
        That of the instrument; empty to count weekdays.

    Examples
    --------
    >>> peak = (0.5, 0.5, 0.5, 0.5, 0.5, 0.75, 0.8, 0.9, 0.95, 1, 1, 1)
    >>> gain = (0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.6, 0.75, 0.9, 1, 1, 1, 1, 1, 1)
    >>> one = Forecast("combination", peak, gain, (0.5,) * 5, 0.5, 100)
    >>> told = ahead_of(one, 0.1, date(2025, 4, 3), "XHKG")
    >>> told.sessions, told.middle_date.isoformat(), [round(value, 2) for value in told.gain]
    ((44.0, 60.0, 180.0), '2025-07-04', [0.13, 0.2, 0.35])
    """
    now = forecast.top_is_in
    sessions: tuple[float, ...] = ()
    gain: tuple[float, ...] = ()
    if now < _CERTAIN:
        times = (quantile(SESSIONS, forecast.peak, now + q * (1 - now)) for q in QUANTILES)
        sessions = tuple(max(1.0, each) for each in times)
        gain = _heights(forecast, above)
    return Ahead(
        method=forecast.method,
        top_is_in=now,
        within_60=forecast.peak_within(60),
        within_120=forecast.peak_within(120),
        above=above,
        sessions=sessions,
        gain=gain,
        dates=tuple(_date(as_of, calendar, each) for each in sessions),
    )


def said_ahead(outlook: Outlook) -> Ahead | None:
    """Return what an outlook says of the top; None where it says nothing."""
    if outlook.said is None or outlook.rally is None:
        return None
    return in_outlook(outlook.said, outlook)


def in_outlook(forecast: Forecast, outlook: Outlook) -> Ahead:
    """Return what one forecast of an outlook on a running rally says of the top."""
    assert outlook.rally is not None
    above = max(outlook.rally.high / outlook.rally.close - 1, 0.0)
    return ahead_of(forecast, above, outlook.as_of, outlook.calendar)


def _heights(forecast: Forecast, above: float) -> tuple[float, ...]:
    """Return quantiles of the gain given that it is more than ``above``."""
    below = float(np.interp(above, GAINS, forecast.gain))
    if above > GAINS[-1] or below >= _CERTAIN:
        return (math.inf,) * len(QUANTILES)
    heights = (quantile(GAINS, forecast.gain, below + q * (1 - below)) for q in QUANTILES)
    return tuple(max(above, each) for each in heights)


def _date(as_of: date, calendar: str, sessions: float) -> date | None:
    return None if math.isinf(sessions) else session_ahead(as_of, calendar, round(sessions))


def session_ahead(as_of: date, calendar: str, count: int) -> date:
    """Return the session so many sessions ahead; weekdays are counted without a calendar.

    Examples
    --------
    >>> session_ahead(date(2025, 4, 3), "", 5).isoformat()
    '2025-04-10'
    """
    if calendar:
        return calendars.session_after(calendar, as_of, count)
    return cast(date, np.busday_offset(as_of, count, roll="backward").item())
