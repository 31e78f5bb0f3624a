"""What a market was doing when an article was published: before, in or after its session.

A stamp without a zone is taken for the clock of China, that of the feeds this was made for; where
the market's own clock would give another day, that day is admissible too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal

from springtide.market import calendars
from springtide.reading.moment import Clock

Phase = Literal["before", "running", "lunch", "after", "off", "open", "undated"]

ROUND = "24/5"
"""Markets that trade around the clock on weekdays: currencies, metals, oil, futures, yields."""
ALWAYS = "24/7"
"""Markets that never close: tokens."""

_FEED = "Asia/Shanghai"

# A round-the-clock day is New York's until Asia opens: 09:00 in China is midnight on this clock.
_DATELINE = "Etc/GMT+1"


@dataclass(frozen=True, slots=True)
class Hours:
    """A market's session on its own clock; ``early`` and ``late`` bound trade outside it."""

    zone: str
    opens: time
    closes: time
    lunch: tuple[time, time] | None = None
    early: time | None = None


HOURS = {
    "XNYS": Hours("America/New_York", time(9, 30), time(16, 0), early=time(4, 0)),
    "XHKG": Hours("Asia/Hong_Kong", time(9, 15), time(16, 10), (time(12, 0), time(13, 0))),
    "XSHG": Hours("Asia/Shanghai", time(9, 15), time(15, 0), (time(11, 30), time(13, 0))),
    "CONNECT_SOUTH": Hours("Asia/Hong_Kong", time(9, 15), time(16, 10), (time(12, 0), time(13, 0))),
    "CONNECT_NORTH": Hours("Asia/Shanghai", time(9, 15), time(15, 0), (time(11, 30), time(13, 0))),
    "XTKS": Hours("Asia/Tokyo", time(9, 0), time(15, 30), (time(11, 30), time(12, 30))),
    "XKRX": Hours("Asia/Seoul", time(9, 0), time(15, 30)),
    "XTAI": Hours("Asia/Taipei", time(9, 0), time(13, 30)),
    "XBOM": Hours("Asia/Kolkata", time(9, 15), time(15, 30)),
    "XSES": Hours("Asia/Singapore", time(9, 0), time(17, 0), (time(12, 0), time(13, 0))),
    "XASX": Hours("Australia/Sydney", time(10, 0), time(16, 0)),
    "XLON": Hours("Europe/London", time(8, 0), time(16, 30)),
    "XETR": Hours("Europe/Berlin", time(9, 0), time(17, 30)),
    "XPAR": Hours("Europe/Paris", time(9, 0), time(17, 30)),
    "XAMS": Hours("Europe/Amsterdam", time(9, 0), time(17, 30)),
    "XMIL": Hours("Europe/Rome", time(9, 0), time(17, 30)),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """An article's moment as one market saw it.

    Attributes
    ----------
    market
        Calendar of the market.
    local
        The date on the market's clock.
    closed
        The last session that had closed.
    running
        The session that was running, None where none was.
    phase
        ``before``, ``running``, ``lunch``, ``after`` a session of the local date, ``off`` on a day
        without one, ``open`` where the market never closes, ``undated`` where the stamp is a date.
    hours
        Of a market around the clock: whose hours it was, ``asia``, ``europe``, ``us``, or ``late``
        when New York's day was done.
    early
        Whether trade before the session was going on.
    """

    market: str
    local: date
    closed: date
    running: date | None
    phase: Phase
    hours: str = ""
    early: bool = False

    @property
    def latest(self) -> date:
        """The last session that had begun."""
        return self.running or self.closed


def moment(clock: Clock, market: str, zone: str = "", in_asia: bool = False) -> Moment:
    """Return what a market was doing at the time of an article.

    Parameters
    ----------
    clock
        The article's.
    market
        An ``exchange_calendars`` code.
    zone
        The zone of a stamp that states none; by default that of the feeds.
    in_asia
        Whether it is told from Asia, whose Monday begins while it is Sunday in New York.

    Examples
    --------
    >>> midday = Clock(date(2025, 2, 13), datetime(2025, 2, 13, 12, 30), True, "")
    >>> seen = moment(midday, "XHKG")
    >>> seen.phase, str(seen.running), str(seen.closed)
    ('lunch', '2025-02-13', '2025-02-12')
    >>> str(moment(midday, "XNYS").latest)
    '2025-02-12'
    """
    return _moment(clock.day, clock.published, clock.has_time, market, zone or _FEED, in_asia)


@lru_cache(maxsize=256)
def _moment(
    day: date,
    published: datetime | None,
    has_time: bool,
    market: str,
    zone: str,
    in_asia: bool,
) -> Moment:
    if published is None or not has_time:
        last = session_by(market, day)
        return Moment(market, day, last, None, "undated")
    from zoneinfo import ZoneInfo

    if published.tzinfo is None:
        published = published.replace(tzinfo=ZoneInfo(zone))
    hours = HOURS.get(market)
    if hours is None:
        return _around_the_clock(published.astimezone(ZoneInfo(_DATELINE)), market, in_asia)
    local = published.astimezone(ZoneInfo(hours.zone))
    now, today = local.time(), local.date()
    if session_by(market, today) != today:
        return Moment(market, today, session_by(market, today), None, "off")
    before = session_before(market, today)
    if now < hours.opens:
        early = hours.early is not None and now >= hours.early
        return Moment(market, today, before, None, "before", early=early)
    if now >= hours.closes:
        return Moment(market, today, today, None, "after")
    pause = hours.lunch is not None and hours.lunch[0] <= now < hours.lunch[1]
    return Moment(market, today, before, today, "lunch" if pause else "running")


def _around_the_clock(local: datetime, market: str, in_asia: bool) -> Moment:
    """Return the moment of a market that trades all day, on the clock of its date line."""
    today, now = local.date(), local.time()
    hours = next((name for until, name in _WHOSE if now < until), "late")
    closed = session_before(market, today)
    reopened = today.weekday() == _SUNDAY and now >= _REOPENS
    if reopened and in_asia:
        today += timedelta(days=1)
    elif session_by(market, today) != today and not reopened:
        return Moment(market, today, closed, None, "off", hours)
    return Moment(market, today, closed, today, "open", hours)


_SUNDAY, _REOPENS = 6, time(22)


_WHOSE = ((time(6), "asia"), (time(12, 30), "europe"), (time(19, 30), "us"))


@lru_cache(maxsize=4096)
def session_by(market: str, day: date) -> date:
    """Return the last session on or before a day (the last weekday where the calendar ends)."""
    if market == ALWAYS:
        return day
    last = calendars.previous_session(market, day + timedelta(days=1)) if market != ROUND else None
    if last is not None:
        return last
    while day.weekday() >= 5:
        day -= timedelta(days=1)
    return day


def session_before(market: str, day: date) -> date:
    """Return the last session before a day.

    Examples
    --------
    >>> str(session_before("XHKG", date(2025, 2, 3)))  # after the Lunar New Year
    '2025-01-28'
    """
    return session_by(market, day - timedelta(days=1))


def session_from(market: str, day: date) -> date:
    """Return the first session on or after a day.

    Examples
    --------
    >>> str(session_from("XSHG", date(2025, 1, 28)))
    '2025-02-05'
    """
    for ahead in range(15):
        later = day + timedelta(days=ahead)
        if session_by(market, later) == later:
            return later
    return day


def sessions_back(market: str, day: date, count: int) -> date:
    """Return the session that lies a number of sessions before one.

    Examples
    --------
    >>> str(sessions_back("XHKG", date(2025, 2, 4), 3))
    '2025-01-27'
    """
    if market not in (ROUND, ALWAYS):
        around = calendars.sessions(market, day - timedelta(days=2 * count + 30), day)
        if around is not None and len(around) > count > 0:
            ends_there = around[-1].item() == day
            back: date = around[-count - ends_there].item()
            return back
    for _ in range(min(count, _FAR)):
        day = session_before(market, day)
    return day


_FAR = 800


def own_zone(market: str) -> str:
    """Return the zone of a market's clock."""
    hours = HOURS.get(market)
    return hours.zone if hours else "America/New_York"
