"""Trading sessions of each market, from ``exchange_calendars``, kept on disk between runs.

A calendar speaks of the days on which it is known to be right, from 1970 on at the earliest: before
that ``exchange_calendars`` has no more than today's rules. Where it errs after that is listed, with
the source, in ``data/sessions.toml``. Before and after these days nothing is known of sessions but
what bars are there.

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

_OWN_VERSION = 3
"""Raised when this module makes calendars in another way, so that stored ones are made again."""

Dates = npt.NDArray[np.datetime64]

# Before these days the rules that a calendar applies are not those of the time, or the market also
# traded on Saturdays.
EARLIEST = {"XTAI": "2002-01-01"}
EARLIEST_OTHERWISE = "1970-01-01"
YEARS_AHEAD = 1
SETTLED = timedelta(minutes=30)
"""How long after the close a feed's bar counts as final."""

SHARED_SESSIONS = {
    "CONNECT_SOUTH": (("XHKG", "XSHG"), "2023-04-24"),
    "CONNECT_NORTH": (("XHKG", "XSHG"), "2023-04-24"),
}
"""Calendars of Stock Connect: open when both markets are, and since when that is so.

Before the enhanced trading calendar of 24 April 2023 (HKEX) it was closed too on days whose
settlement fell on a holiday, which no list names. They lie in the last three days before a holiday
of either market: of the 78 days of 2014 to 2023 on which both were open and it was not, all do.
"""

_BEFORE_HOLIDAY = 3


def sessions(calendar: str, first: date, last: date) -> Dates | None:
    """Return the sessions of a market from ``first`` to ``last``, both included.

    Parameters
    ----------
    calendar
        An ``exchange_calendars`` code, such as ``XHKG``.

    Returns
    -------
    ndarray of datetime64[D] or None
        Ascending; None where the calendar does not reach: before the first day of which it is known
        (1997 for Tokyo, 1990-12 for Shanghai, 1970 for most) or past its last (the end of next
        year).

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


def surely_open(calendar: str, first: date, last: date) -> Dates:
    """Return the days on which a shared calendar was surely open, before its reach too.

    Before its first known day these are the days on which all its markets were, but for the three
    before a holiday of one of them. Empty for a calendar of one market before its reach.

    Examples
    --------
    >>> surely_open("CONNECT_SOUTH", date(2022, 9, 26), date(2022, 10, 7))  # 28 to 30: not sure
    array(['2022-09-26', '2022-09-27'], dtype='datetime64[D]')
    """
    _, high, days = _calendar(calendar)
    if calendar in SHARED_SESSIONS:
        days = np.concatenate([_open_before(calendar), days])
    return days[(days >= np.datetime64(first)) & (days <= min(np.datetime64(last), high))]


@cache
def _open_before(calendar: str) -> Dates:
    """Return the sure days before the first known one of a shared calendar."""
    markets, since = SHARED_SESSIONS[calendar]
    _, _, days = _shared(markets, "1970-01-01")
    # How many weekdays lie between a day and the next: a holiday where there is one.
    holiday = np.busday_count(days[:-1] + 1, days[1:]) > 0
    before = np.zeros(len(days), np.bool_)
    for back in range(_BEFORE_HOLIDAY):
        before[: len(holiday) - back] |= holiday[back:]
    return days[~before & (days < np.datetime64(since))]


def reach(calendar: str) -> tuple[date, date]:
    """Return the first and last day that a calendar speaks of.

    Examples
    --------
    >>> reach("XSHG")[0]
    datetime.date(1990, 12, 3)
    """
    low, high, _ = _calendar(calendar)
    return cast(date, low.item()), cast(date, high.item())


def code_of(name: str) -> str:
    """Return the code of a calendar that may be given by another of its names.

    Raises
    ------
    UnknownNameError
        There is no such calendar.

    Examples
    --------
    >>> code_of("HKEX"), code_of("XNYS"), code_of("CONNECT_SOUTH")
    ('XHKG', 'XNYS', 'CONNECT_SOUTH')
    """
    _calendar(name)
    if name in SHARED_SESSIONS:
        return name
    from exchange_calendars.calendar_utils import resolve_alias

    return str(resolve_alias(name))


def is_session(calendar: str, day: date) -> bool | None:
    """Return whether a market trades on a day; None beyond the calendar's reach.

    Examples
    --------
    >>> is_session("XNYS", date(2000, 3, 10)), is_session("XNYS", date(2000, 3, 11))
    (True, False)
    """
    that_day = sessions(calendar, day, day)
    return None if that_day is None else len(that_day) == 1


def on_sessions(calendar: str, days: Dates) -> npt.NDArray[np.bool_]:
    """Tell for each day whether a market trades on it, True beyond the calendar's reach.

    Examples
    --------
    >>> days = np.array(["1940-01-06", "2000-03-10", "2000-03-11"], "datetime64[D]")
    >>> on_sessions("XNYS", days).tolist()
    [True, True, False]
    """
    low, high, known = _calendar(calendar)
    # Sessions ascend: looking each day up is many times faster than np.isin, which sorts all.
    at = np.minimum(np.searchsorted(known, days), len(known) - 1)
    answers: npt.NDArray[np.bool_] = (known[at] == days) | (days < low) | (days > high)
    return answers


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
    session: date = days[at - 1].item()
    return session


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
    days = sessions(calendar, first, last)
    if days is None:
        return None
    return len(days) - int(len(days) > 0 and days[0] == np.datetime64(first))


def session_after(calendar: str, day: date, count: int) -> date:
    """Return the session so many sessions after a day; zero for the day itself.

    The sessions that the calendar knows are counted; before its first and beyond its last day
    weekdays are.

    Examples
    --------
    >>> session_after("XNYS", date(2000, 3, 10), 20), session_after("XNYS", date(1940, 3, 8), 1)
    (datetime.date(2000, 4, 7), datetime.date(1940, 3, 11))
    """
    if count == 0:
        return day
    low, high, days = _calendar(calendar)
    at, left = np.datetime64(day, "D"), count
    if at < low:
        before = int(np.busday_count(at + 1, low))
        if left <= before:
            return _weekday_after(at, left)
        left -= before
    known = days[np.searchsorted(days, at, side="right") :]
    if left <= len(known):
        return cast(date, known[left - 1].item())
    return _weekday_after(max(at, high), left - len(known))


def _weekday_after(day: np.datetime64, count: int) -> date:
    return cast(date, np.busday_offset(day, count, roll="backward").item())


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

    if calendar in SHARED_SESSIONS:
        markets, _ = SHARED_SESSIONS[calendar]
        day = min(last_closed(market, now) for market in markets)
        return day if is_session(calendar, day) else previous_session(calendar, day) or day
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
def zone(calendar: str) -> str:
    """Return the time zone of a market. It needs ``exchange_calendars`` itself, to read files.

    Examples
    --------
    >>> zone("XHKG"), zone("XNYS"), zone("CONNECT_SOUTH")
    ('Asia/Hong_Kong', 'America/New_York', 'Asia/Hong_Kong')
    """
    if calendar in SHARED_SESSIONS:
        return zone(SHARED_SESSIONS[calendar][0][0])
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pandas deprecations inside exchange_calendars
        import exchange_calendars as xcals

        return str(xcals.get_calendar(calendar).tz)


@cache
def _calendar(code: str) -> tuple[np.datetime64, np.datetime64, Dates]:
    """Return the reach and the sessions of a calendar, with what is known to differ."""
    if code in SHARED_SESSIONS:
        low, high, days = _shared(*SHARED_SESSIONS[code])
    else:
        low, high, days = _stored_or_made(code)
        opened, closed = _exceptions().get(code, (days[:0], days[:0]))
        opened = np.sort(opened[~_are_in(days, opened)])
        days = np.insert(days, np.searchsorted(days, opened), opened)
        days = days[~_are_in(np.sort(closed), days)]
    days.flags.writeable = False
    return low, high, days


def _are_in(days: Dates, some: Dates) -> npt.NDArray[np.bool_]:
    """Say which of some days are among those that are given in ascending order."""
    if not len(days):
        return np.zeros(len(some), np.bool_)
    held: npt.NDArray[np.bool_] = (
        days[np.minimum(np.searchsorted(days, some), len(days) - 1)] == some
    )
    return held


def _shared(codes: tuple[str, ...], since: str) -> tuple[np.datetime64, np.datetime64, Dates]:
    """Return what several markets have in common."""
    first, *others = map(_calendar, codes)
    low, high, days = first
    for other_low, other_high, other_days in others:
        low, high = max(low, other_low), min(high, other_high)
        days = days[_are_in(other_days, days)]
    low = max(low, np.datetime64(since))
    return low, high, days[(days >= low) & (days <= high)]


@cache
def _exceptions() -> dict[str, tuple[Dates, Dates]]:
    """Return by calendar the sessions that it lacks, and the days that it has wrongly."""
    import tomllib
    from importlib.resources import files

    text = (files("springtide.market") / "data" / "sessions.toml").read_text(encoding="utf-8")
    days: dict[str, tuple[list[date], list[date]]] = {}
    for one in tomllib.loads(text)["exception"]:
        opened, closed = days.setdefault(one["calendar"], ([], []))
        opened += one.get("open", [])
        closed += one.get("closed", [])
    return {
        code: (np.array(opened, "datetime64[D]"), np.array(closed, "datetime64[D]"))
        for code, (opened, closed) in days.items()
    }


def _stored_or_made(code: str) -> tuple[np.datetime64, np.datetime64, Dates]:
    """Return what ``exchange_calendars`` says, from the disk or made now."""
    from importlib.metadata import version

    made_by = f"{version('exchange_calendars')}-{_OWN_VERSION}-{date.today().year}"
    name = f"{code.replace('/', '-')}-{made_by}.npy"
    path = cache_folder() / "calendars" / name
    try:
        stored = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        stored = _make(code)
        _store(path, stored)
    return stored[0], stored[1], stored[2:]


def _make(code: str) -> Dates:
    """Work out a calendar: its reach (two days), then its sessions."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pandas deprecations inside exchange_calendars
        return _from_exchange_calendars(code)


def _from_exchange_calendars(code: str) -> Dates:
    import exchange_calendars as xcals
    from exchange_calendars.calendar_utils import get_calendar_names

    names = [*get_calendar_names(include_aliases=True), *SHARED_SESSIONS]
    if code not in names:
        from rapidfuzz import process

        near = [name for name, _, _ in process.extract(code, names, limit=3, score_cutoff=60)]
        raise UnknownNameError("calendar", code, suggestions=near)
    kind = type(xcals.get_calendar(code))
    first = _latest(kind.bound_min(), EARLIEST.get(code, EARLIEST_OTHERWISE))
    last = _earliest(kind.bound_max(), f"{date.today().year + YEARS_AHEAD}-12-31")
    made = kind(start=first, end=last)
    days = made.sessions.values.astype("datetime64[D]")
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
