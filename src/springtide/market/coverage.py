"""How much of a stretch of sessions some rows hold, and which sessions they lack."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from springtide.market import calendars
from springtide.market.types import Coverage

Dates = npt.NDArray[np.datetime64]

LONGEST_CLOSURE = 15
"""Days from one session to the next; New York's banking holiday of March 1933 took 12."""


def covered(dates: Dates, calendar: str, first: date, last: date) -> Coverage:
    """Return how many sessions from ``first`` to ``last`` (both included) rows hold.

    Parameters
    ----------
    dates
        The days of the rows, ascending.
    calendar
        The calendar of their subject.

    Returns
    -------
    Coverage
        A row makes a session, and so does the calendar as far as it reaches. Beyond its reach only
        long stretches without a row are known to lack some: the weekdays of more than two weeks;
        and of a calendar that markets share, the days on which it was surely open.

    Examples
    --------
    >>> days = np.array(["2025-02-10", "2025-02-12"], "datetime64[D]")
    >>> covered(days, "XHKG", date(2025, 2, 10), date(2025, 2, 12)).missing
    (datetime.date(2025, 2, 11),)
    """
    if first > last:
        return Coverage(first, last, 0, 0, ())
    ends = np.array([first, last + timedelta(days=1)], "datetime64[D]")
    held = dates[slice(*np.searchsorted(dates, ends))]
    low, high = calendars.reach(calendar)
    before = min(last, low - timedelta(days=1))
    missing = _long_gaps(held, first, before) if first <= before else dates[:0]
    if calendar in calendars.SHARED_SESSIONS and first <= before:
        sure = calendars.surely_open(calendar, first, before)
        missing = np.union1d(missing, np.setdiff1d(sure, held))
    start, stop = max(first, low), min(last, high)
    known = calendars.sessions(calendar, start, stop) if start <= stop else None
    if known is None:
        return Coverage(first, last, None, len(held), tuple(missing.tolist()))
    if len(known) == len(held) and (known == held).all():
        absent = known[:0]
    else:
        absent = np.setdiff1d(known, held, assume_unique=True)
    expected = len(held) + len(absent) + len(missing)
    missing = np.concatenate([missing, absent])
    return Coverage(first, last, expected, len(held), tuple(missing.tolist()))


def _long_gaps(held: Dates, first: date, last: date) -> Dates:
    """Return the weekdays in stretches of over two weeks without a row."""
    ends = np.array([first - timedelta(days=1), last + timedelta(days=1)], "datetime64[D]")
    inside = held[held < ends[1]]
    days = np.concatenate([ends[:1], inside, ends[1:]])
    gaps = np.flatnonzero(np.diff(days) > np.timedelta64(LONGEST_CLOSURE, "D"))
    missing = [np.arange(days[k] + 1, days[k + 1]) for k in gaps]
    absent: Dates = np.concatenate([days[:0], *missing])
    return absent[np.is_busday(absent)]
