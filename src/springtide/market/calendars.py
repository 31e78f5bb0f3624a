"""Trading sessions of each market, from ``exchange_calendars``, kept on disk between runs.

Working out a calendar imports pandas and takes up to two seconds; a stored one is read in under a
millisecond. A stored calendar is keyed by its code and by the version of ``exchange_calendars``.
"""

from __future__ import annotations

import os
import tempfile
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt

from springtide.errors import UnknownNameError
from springtide.settings import cache_folder

if TYPE_CHECKING:
    import pandas as pd

_OWN_VERSION = 2
"""Raised when this module makes calendars in another way, so that stored ones are made again."""

Dates = npt.NDArray[np.datetime64]

# Where a calendar is not bounded by its own data, weekdays and holidays are extrapolated from
# today's rules; before these days the market also traded on Saturdays (or the rules are not known).
EARLIEST = {"XTAI": "2002-01-01", "XLON": "1970-01-01"}
EARLIEST_OTHERWISE = "1960-01-01"
YEARS_AHEAD = 1
SETTLED = timedelta(minutes=30)
"""How long after the close a feed's bar counts as final."""

# Sessions that were called off on the day (typhoons, black rainstorms) and that
# exchange_calendars does not know.
CALLED_OFF = {"XHKG": ("2023-09-01", "2023-09-08")}


def sessions(calendar: str, first: date, last: date) -> Dates | None:
    """Return the sessions of a market from ``first`` to ``last``, both included.

    Parameters
    ----------
    calendar
        An ``exchange_calendars`` code, such as ``XHKG``.

    Returns
    -------
    ndarray of datetime64[D] or None
        Ascending; None where the calendar does not reach: before its first known year (1997 for
        Tokyo, 1990-12 for Shanghai, 1960 for most) or past its last (the end of next year).

    Raises
    ------
    UnknownNameError
        There is no such calendar.

    Examples
    --------
    >>> sessions("XHKG", date(2025, 1, 27), date(2025, 2, 4))
    array(['2025-01-27', '2025-01-28', '2025-02-03', '2025-02-04'],
          dtype='datetime64[D]')
    >>> sessions("XTKS", date(1989, 12, 1), date(1989, 12, 29)) is None
    True
    """
    low, high, days = _calendar(calendar)
    if np.datetime64(first) < low or np.datetime64(last) > high:
        return None
    start, stop = np.searchsorted(days, np.array([first, last], "datetime64[D]"))
    stop += bool(stop < len(days) and days[stop] == np.datetime64(last))
    return days[start:stop]


def reach(calendar: str) -> tuple[date, date]:
    """Return the first and last day that a calendar speaks of.

    Examples
    --------
    >>> reach("XSHG")[0]
    datetime.date(1990, 12, 3)
    """
    low, high, _ = _calendar(calendar)
    return cast(date, low.item()), cast(date, high.item())


def is_session(calendar: str, day: date) -> bool | None:
    """Return whether a market trades on a day; None beyond the calendar's reach.

    Examples
    --------
    >>> is_session("XNYS", date(2000, 3, 10)), is_session("XNYS", date(2000, 3, 11))
    (True, False)
    """
    found = sessions(calendar, day, day)
    return None if found is None else len(found) == 1


@lru_cache(maxsize=1024)
def previous_session(calendar: str, day: date) -> date | None:
    """Return the last session before a day; None beyond the calendar's reach.

    Examples
    --------
    >>> previous_session("XHKG", date(2025, 2, 3))
    datetime.date(2025, 1, 28)
    """
    low, high, days = _calendar(calendar)
    at = int(np.searchsorted(days, np.datetime64(day)))
    if not low < np.datetime64(day) <= high or at == 0:
        return None
    found: date = days[at - 1].item()
    return found


def sessions_between(calendar: str, first: date, last: date) -> int | None:
    """Return how many sessions lie after ``first`` up to and including ``last``.

    None beyond the calendar's reach; negative where ``last`` is before ``first``.

    Examples
    --------
    >>> sessions_between("XHKG", date(2025, 2, 12), date(2025, 2, 14))
    2
    """
    if last < first:
        back = sessions_between(calendar, last, first)
        return None if back is None else -back
    found = sessions(calendar, first, last)
    if found is None:
        return None
    return len(found) - int(len(found) > 0 and found[0] == np.datetime64(first))


def last_closed(calendar: str, now: datetime) -> date:
    """Return the last session whose bar is final at a moment: its close lies half an hour back.

    Unlike the rest of this module it needs ``exchange_calendars`` itself; it is for fetching, not
    for measuring.

    Parameters
    ----------
    now
        The moment, with its time zone.

    Examples
    --------
    >>> from datetime import UTC
    >>> last_closed("XHKG", datetime(2025, 2, 13, 7, 0, tzinfo=UTC))  # 15:00 in Hong Kong
    datetime.date(2025, 2, 12)
    >>> last_closed("XHKG", datetime(2025, 2, 13, 9, 0, tzinfo=UTC))
    datetime.date(2025, 2, 13)
    """
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pandas deprecations inside exchange_calendars
        import exchange_calendars as xcals

        around = xcals.get_calendar(
            calendar, start=(now - timedelta(days=30)).date(), end=(now + timedelta(days=2)).date()
        )
        closes = around.closes
        for session, close in reversed(list(closes.items())):
            if close + SETTLED <= now:
                return cast(date, session.date())
    return (now - timedelta(days=1)).date()


@cache
def _calendar(code: str) -> tuple[np.datetime64, np.datetime64, Dates]:
    """Return the reach and the sessions of a calendar, from the disk or made now."""
    from importlib.metadata import version

    made_by = f"{version('exchange_calendars')}-{_OWN_VERSION}-{date.today().year}"
    name = f"{code.replace('/', '-')}-{made_by}.npy"
    path = cache_folder() / "calendars" / name
    try:
        stored = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        stored = _make(code)
        _store(path, stored)
    days = stored[2:]
    days.flags.writeable = False
    return stored[0], stored[1], days


def _make(code: str) -> Dates:
    """Work out a calendar: its reach (two days), then its sessions."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pandas deprecations inside exchange_calendars
        return _from_exchange_calendars(code)


def _from_exchange_calendars(code: str) -> Dates:
    import exchange_calendars as xcals
    from exchange_calendars.calendar_utils import get_calendar_names

    names = get_calendar_names(include_aliases=True)
    if code not in names:
        from rapidfuzz import process

        near = [name for name, _, _ in process.extract(code, names, limit=3, score_cutoff=60)]
        raise UnknownNameError("calendar", code, suggestions=near)
    kind = type(xcals.get_calendar(code))
    first = _latest(kind.bound_min(), EARLIEST.get(code, EARLIEST_OTHERWISE))
    last = _earliest(kind.bound_max(), f"{date.today().year + YEARS_AHEAD}-12-31")
    made = kind(start=first, end=last)
    days = made.sessions.values.astype("datetime64[D]")
    days = np.setdiff1d(days, np.array(CALLED_OFF.get(code, ()), "datetime64[D]"))
    return np.concatenate([np.array([first, last], "datetime64[D]"), days])


def _latest(bound: pd.Timestamp | None, day: str) -> date:
    chosen = date.fromisoformat(day)
    return chosen if bound is None else max(bound.date(), chosen)


def _earliest(bound: pd.Timestamp | None, day: str) -> date:
    chosen = date.fromisoformat(day)
    return chosen if bound is None else min(bound.date(), chosen)


def _store(path: Path, days: Dates) -> None:
    """Write a calendar in one step; a cache that cannot be written is no error."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".npy")
        with os.fdopen(handle, "wb") as file:
            np.save(file, days)
        os.replace(temporary, path)
    except OSError:
        return
