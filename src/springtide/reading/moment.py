"""Of which moment a price is stated: the close, or a moment that no daily bar holds.

An article written while a session runs gives prices that the day's close replaces; so do words like
盘前, 半日, "in premarket trading" or "by 0808 GMT". Such a claim is read like any other, and marked as
live, so that the session's final prices do not refute it. What is final as soon as it is printed (the
open, the close of a session that has ended, a record that the session's high has set) is not live.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from springtide.claims.model import Params
from springtide.market.types import Instrument
from springtide.metrics.families.levels import CloseLevel, IntradayLevel
from springtide.metrics.families.records import HighLowRecord
from springtide.metrics.families.targets import TargetPrice
from springtide.reading.document import Article

# Hours of trading in each market's own time, with the opening and the closing auction.
_HOURS = {
    "XNYS": ("America/New_York", time(9, 30), time(16, 0)),
    "XHKG": ("Asia/Hong_Kong", time(9, 15), time(16, 10)),
    "XSHG": ("Asia/Shanghai", time(9, 15), time(15, 0)),
    # Stock Connect keeps the hours of the market in which its shares trade.
    "CONNECT_SOUTH": ("Asia/Hong_Kong", time(9, 15), time(16, 10)),
    "CONNECT_NORTH": ("Asia/Shanghai", time(9, 15), time(15, 0)),
    "XTKS": ("Asia/Tokyo", time(9, 0), time(15, 30)),
    "XKRX": ("Asia/Seoul", time(9, 0), time(15, 30)),
    "XTAI": ("Asia/Taipei", time(9, 0), time(13, 30)),
    "XLON": ("Europe/London", time(8, 0), time(16, 35)),
    "XETR": ("Europe/Berlin", time(9, 0), time(17, 35)),
    "XPAR": ("Europe/Paris", time(9, 0), time(17, 35)),
    "XMIL": ("Europe/Rome", time(9, 0), time(17, 35)),
}

_PREMARKET = time(4, 0)

_AT_A_MOMENT = re.compile(
    "盘前|盘后|夜盘|夜市|夜期|暗盘|竞价|早上|上午|半日|半天市|午盘(?!后)|午间|中午|盘中(?=[涨跌报升挫])"
    r"|\bpre-?market\b|\bafter-?hours\b|\bextended trading\b|\bpre-?open|\bmid-?day\b|\blunch break\b"
    r"|\bearly (?:morning )?(?:trad|deal|session)|\bmorning trad|\bafternoon trad|\bmid-morning\b"
    r"|\b(?:is|are|was|were) (?:now |currently )?(?:trading|(?!bring|tak|put|mak|hav|go)\w+ing)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b(?:by|at|as of) (?:[01]?\d|2[0-3])[:.]?[0-5]\d ?"
    r"(?:[ap]\.?m\.?|GMT|ET|EST|IST|HKT|BST|CET|JST|\((?=[A-Za-z]|\d{3,4} ))"
    r"|截[至止]\d{1,2}[:：]\d{2}"
    r"|\b(?:coming|going|heading) into (?:Mon|Tues|Wednes|Thurs|Fri)day",
    re.IGNORECASE,
)
_OUTSIDE = re.compile(
    r"盘前|盘后|夜盘|暗盘|\bpre-?market\b|\bafter-?hours\b|\bextended trading\b", re.IGNORECASE
)


def is_outside(words: str) -> bool:
    """Say whether words speak of trade before or after the session.

    Examples
    --------
    >>> is_outside("百度盘前涨2%"), is_outside("百度早盘涨2%")
    (True, False)
    """
    return bool(_OUTSIDE.search(words))


@dataclass(frozen=True, slots=True)
class Clock:
    """When an article was published, and the day that it is read as of.

    Attributes
    ----------
    day
        The day from which its dates are understood.
    published
        The time stamp that sessions are told by; None where the reader has named the day instead.
    has_time
        Whether the time stamp has a time of day. Without one the date itself counts.
    zone
        The time zone of its clock, "" where it is taken for the market's own.
    """

    day: date
    published: datetime | None
    has_time: bool
    zone: str

    @classmethod
    def of_article(cls, article: Article, as_of: date | None) -> Clock:
        """Return the clock of an article, or one that stands at the day given."""
        if as_of is not None:
            return cls(as_of, None, False, "")
        assert article.published is not None
        zone = "" if article.language == "en" else "Asia/Shanghai"
        return cls(article.published.date(), article.published, article.has_time, zone)

    def session(self, instrument: Instrument | None) -> date:
        """Return the last session of an instrument that had begun by then."""
        if self.published is None:
            return session_of(instrument, self.day)
        local = self._local(instrument, self.published) if self.has_time else self.published
        day = local.date()
        if self.has_time and local.time() < _opening(instrument):
            day -= timedelta(days=1)
        return session_of(instrument, day)

    def is_running(self, instrument: Instrument | None, day: date, text: str) -> bool:
        """Say whether an instrument's session of a day was still running by then.

        So it is where an American session has not begun and the article speaks of trade before it.
        """
        hours = _HOURS.get(instrument.calendar) if instrument is not None else None
        if hours is None or self.published is None or not self.has_time:
            return False
        local = self._local(instrument, self.published)
        early = hours is _HOURS["XNYS"] and _PREMARKET <= local.time() < hours[1]
        if early and day < local.date() and is_outside(text):
            return True
        return local.date() == day and hours[1] <= local.time() < hours[2]

    def _local(self, instrument: Instrument | None, published: datetime) -> datetime:
        """Return the time of publication on the clock of an instrument's market."""
        from zoneinfo import ZoneInfo

        if published.tzinfo is None and not self.zone:
            return published
        moment = published if published.tzinfo else published.replace(tzinfo=ZoneInfo(self.zone))
        hours = _HOURS.get(instrument.calendar) if instrument is not None else None
        there = hours[0] if hours else self.zone or "UTC"
        return moment.astimezone(ZoneInfo(there)).replace(tzinfo=None)


def session_of(instrument: Instrument | None, day: date) -> date:
    """Return the last session of an instrument on or before a day (weekdays where not known)."""
    from springtide.market import calendars

    if instrument is not None:
        last = calendars.previous_session(instrument.calendar, day + timedelta(days=1))
        if last is not None:
            return last
    while day.weekday() >= 5:
        day -= timedelta(days=1)
    return day


def of_moment(
    params: Params, running: bool, words: str, sentence: str, closing: bool
) -> tuple[Params, bool]:
    """Return the parameters of a claim as of the moment it speaks of, and whether it is live.

    Parameters
    ----------
    params
        As the pattern read them.
    running
        Whether the session was running when the article was published.
    words
        The clause of the claim.
    sentence
        Its sentence, where a time on the clock may stand anywhere.
    closing
        Whether the claim's own words say that it is the close.
    """
    if isinstance(params, TargetPrice) or getattr(params, "price", None) == "open":
        return params, False
    if isinstance(params, IntradayLevel) and params.field == "open":
        return params, False
    if isinstance(params, HighLowRecord):
        inside = running and not closing and params.basis == "close"
        return (replace(params, basis="intraday") if inside else params), False
    extreme = getattr(params, "price", None) in ("high", "low") or isinstance(params, IntradayLevel)
    if not running and (closing or extreme or not _is_at_a_moment(words, sentence)):
        return params, False
    if isinstance(params, CloseLevel) and params.above is None:
        return IntradayLevel("last"), True
    return params, True


def _is_at_a_moment(words: str, sentence: str) -> bool:
    return bool(_AT_A_MOMENT.search(words) or _CLOCK.search(sentence))


def _opening(instrument: Instrument | None) -> time:
    hours = _HOURS.get(instrument.calendar) if instrument is not None else None
    return hours[1] if hours else time(9, 0)
