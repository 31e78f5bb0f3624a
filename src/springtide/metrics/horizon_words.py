"""The horizons of claims about the days to come: where they end, how they are said and read back.

Each counts from the close of a date (``since``) over so many sessions, or to a day (``until``).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from springtide.claims.model import Claim, Measurement, Params
from springtide.language.messages import Duration, When, message
from springtide.language.types import DateMention, Period, PeriodMention, Quantity
from springtide.market import calendars
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics.answers import Missing
from springtide.metrics.later import LaterPath, awaited, check_whole
from springtide.metrics.patterns import Draft, Pattern, Phrase, en, is_fact, zh


def due_of(instrument: Instrument, path: LaterPath, params: Params) -> tuple[int, bool]:
    """Return the position of the last session that counts, and whether all of them are there.

    A horizon that runs to a day without a session ends with the last session before it.
    """
    until: date | None = getattr(params, "until", None)
    last = len(path.held) - 1
    if until is None:
        due = path.at + int(getattr(params, "sessions", 0))
        return min(due, last), due <= last
    inside = [i for i in range(path.at, last + 1) if path.day(i) <= until]
    ends = calendars.previous_session(instrument.calendar, until + timedelta(days=1)) or until
    return inside[-1] if inside else path.at, path.day(last) >= ends


def open_until(view: View, instrument: Instrument, path: LaterPath, params: Params) -> Missing:
    """Say that the horizon is not over, and when it is."""
    check_whole(view, path, len(path.held) - 1)
    until: date | None = getattr(params, "until", None)
    if until is None:
        sessions = int(getattr(params, "sessions", 0))
        until = calendars.session_after(instrument.calendar, path.day(path.at), sessions)
    return awaited(path, message("missing.horizon-open", until=str(until)))


def words_of(claim: Claim, measurement: Measurement) -> dict[str, Any]:
    """Return what a sentence says of a claim's horizon, by the names that messages use."""
    params: Any = claim.params
    since = params.since or (
        measurement.evidence.rows[0].date if measurement.evidence.rows else claim.as_of
    )
    until = getattr(params, "until", None)
    return {
        "ends": "sessions" if until is None else "day",
        "sessions": Duration(params.sessions),
        "since": since,
        "span": When(Period("span", since, until or claim.as_of), claim.as_of),
    }


Make = Callable[[Phrase, float | None, dict[str, Any]], Params | None]


def _reader(make: Make) -> Callable[[Phrase], Draft | None]:
    """Return what reads a sentence of ours: its horizon, and from what is beside it parameters."""

    def read(phrase: Phrase) -> Draft | None:
        when = horizon(phrase)
        if when is None or not is_fact(phrase):
            return None
        mention = phrase.mentions.get("value")
        value = mention.value if isinstance(mention, Quantity) else None
        if mention is not None and not isinstance(value, float):
            return None
        params = make(phrase, value if isinstance(value, float) else None, when[0])
        return None if params is None else Draft(params, apart=when[1])

    return read


def horizon(phrase: Phrase) -> tuple[dict[str, Any], DateMention | None] | None:
    """Return the parameters of a sentence's horizon, and the day that stands apart from it."""
    day, span = phrase.mentions.get("day"), phrase.mentions.get("span")
    period = phrase.mentions.get("period")
    if isinstance(period, PeriodMention) and period.period.kind == "span":
        return {"since": period.period.first, "until": period.period.last}, None
    if not isinstance(day, DateMention):
        return None
    if isinstance(span, PeriodMention) and span.period.unit == "sessions":
        return {"since": day.last, "sessions": span.period.count}, day
    if isinstance(span, Quantity) and span.unit == "sessions" and isinstance(span.value, float):
        return {"since": day.last, "sessions": int(span.value)}, day
    return None


def patterns_of(
    english: str,
    chinese: str,
    make: Make,
    over: str = " (?:within )?{span:span} of {date:day}",
) -> tuple[Pattern, ...]:
    """Return the patterns of a sentence of ours, in both forms of a horizon.

    ``over`` is how English says that it is so many sessions from a date.
    """
    read = _reader(make)
    return (
        en(english + over, read, 2),
        en(english + " {period:period}", read, 2),
        zh("在{date:day}之后{span:span}内?" + chinese, read, 2),
        zh("{period:period}" + chinese, read, 2),
    )
