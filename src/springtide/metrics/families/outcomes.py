"""What came after a date: the metrics of calls, decided only once the data decide them.

Each looks at the sessions that followed a date and answers yes or no as soon as no later close can
change the answer; before that, data are missing and it says which are awaited. The definitions are
those of the outlook's own record (``springtide.outlook.landmarks``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import numpy as np

from springtide.claims.model import Claim, Measurement, Params
from springtide.language.messages import Duration, Message, Percent, message
from springtide.language.types import DateMention, PeriodMention, Quantity
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rallies, rows
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.later import LaterPath, awaited, check_whole, decided, path_from
from springtide.metrics.params import Limits
from springtide.metrics.patterns import Draft, Phrase, en, is_fact, zh
from springtide.metrics.registry import Metric

if TYPE_CHECKING:
    from springtide.numerics.phases import Phase

YEAR = 250
"""Sessions before the as-of date from which a rise or a fall is waited for, unless one is given."""

_ROUNDING = 1e-12
"""A move of exactly the size counts, also where the product is off in its last digits."""


@dataclass(frozen=True, slots=True)
class TopWithin(Params):
    """Date that is counted from (by default so many sessions ago), sessions, and the fall in per cent."""

    since: date | None = None
    sessions: Annotated[int, Limits(0)] = 60
    threshold: Annotated[float, Limits(0, 100, strict=True)] = 20.0


@dataclass(frozen=True, slots=True)
class NewHighWithin(Params):
    """Date counted from (by default so many sessions ago), sessions, and what makes a rally."""

    since: date | None = None
    sessions: Annotated[int, Limits(1)] = 60
    threshold: Annotated[float, Limits(0, 100, strict=True)] = 20.0


@dataclass(frozen=True, slots=True)
class RiseBeforeFall(Params):
    """Date counted from (by default a year of sessions ago), and the move in per cent."""

    since: date | None = None
    move: Annotated[float, Limits(0, 100, strict=True)] = 10.0


def _rally(view: View, path: LaterPath, threshold: float) -> tuple[Phase, Phase | None]:
    """Return the rally that ran on the path's date, and the bear market that ended it, if any."""
    dated = rallies.dated(view, path.instrument, threshold, path.position).of
    name, day = path.instrument.id, path.day(path.at)
    k = dated.at(path.at)
    if k is None or dated.phases[k].kind == "bear":
        raise Missing(
            "missing.no-rally-then", subject=name, day=str(day), line=Percent.short(threshold)
        )
    if dated.phases[k] not in dated.known:
        raise rallies.began_before(path.closes, day)
    return dated.phases[k], dated.phases[k + 1] if k + 1 < len(dated.phases) else None


def _high(close: rows.Array, first: int, last: int) -> int:
    """Return the position of the highest close between two, the last of equals."""
    part = close[first : last + 1]
    return last - int(np.argmax(part[::-1]))


def _top_within(view: View, instrument: Instrument, params: TopWithin) -> Measured:
    path = path_from(view, instrument, params.since, params.sessions)
    rally, ended = _rally(view, path, params.threshold)
    until = path.at + params.sessions
    if rally.end > until:
        close, high = path.close, _high(path.close, rally.start, until)
        later = until + 1 + int(np.argmax(close[until + 1 :] >= close[high]))
        return decided(view, path, False, rally.start, (high, later))
    if ended is not None:
        return decided(view, path, True, rally.start, (rally.end, ended.confirmed))
    check_whole(view, path, len(path.held) - 1)
    high_on, since = path.day(rally.end), path.day(path.at)
    raise awaited(
        path,
        message(
            "missing.top-not-decided",
            day=str(since),
            high=str(high_on),
            line=Percent.short(params.threshold),
            sessions=params.sessions,
        ),
    )


def _new_high_within(view: View, instrument: Instrument, params: NewHighWithin) -> Measured:
    path = path_from(view, instrument, params.since, params.sessions)
    rally, _ = _rally(view, path, params.threshold)
    until, close = path.at + params.sessions, path.close
    high = _high(close, rally.start, path.at)
    above = np.flatnonzero(close[path.at + 1 : until + 1] > close[high])
    if above.size:
        return decided(view, path, True, rally.start, (high, path.at + 1 + int(above[0])))
    if until < len(close):
        return decided(view, path, False, rally.start, (high, until))
    check_whole(view, path, len(close) - 1)
    left, since = until - len(close) + 1, path.day(path.at)
    raise awaited(
        path,
        message(
            "missing.high-not-decided",
            left=left,
            day=str(since),
            high=str(path.day(high)),
        ),
    )


def _rise_before_fall(view: View, instrument: Instrument, params: RiseBeforeFall) -> Measured:
    path = path_from(view, instrument, params.since, YEAR)
    close, share = path.close, params.move / 100.0
    base, later = close[path.at], close[path.at + 1 :]
    up = later >= base * (1 + share) * (1 - _ROUNDING)
    down = later <= base * (1 - share) * (1 + _ROUNDING)
    moved = np.flatnonzero(up | down)
    if moved.size:
        i = int(moved[0])
        return decided(view, path, bool(up[i]), path.at, (path.at + 1 + i,))
    check_whole(view, path, len(close) - 1)
    raise awaited(
        path,
        message(
            "missing.move-not-decided",
            move=Percent.short(params.move),
            day=str(path.day(path.at)),
        ),
    )


# -- in words --------------------------------------------------------------------------------


def _since(measurement: Measurement) -> date:
    return measurement.evidence.rows[0].date


def _say_top(claim: Claim, measurement: Measurement) -> Message:
    params = claim.params
    assert isinstance(params, TopWithin)
    return message(
        "metrics.top_within-said",
        sessions=params.sessions,
        value=Duration(params.sessions),
        since=_since(measurement),
        fall=Percent.short(params.threshold),
    )


def _say_high(claim: Claim, measurement: Measurement) -> Message:
    params = claim.params
    assert isinstance(params, NewHighWithin)
    return message(
        "metrics.new_high_within-said",
        value=Duration(params.sessions),
        since=_since(measurement),
        rally=Percent.short(params.threshold),
    )


def _say_move(claim: Claim, measurement: Measurement) -> Message:
    params = claim.params
    assert isinstance(params, RiseBeforeFall)
    return message(
        "metrics.rise_before_fall-said",
        value=Percent.short(params.move),
        since=_since(measurement),
    )


# -- read back -------------------------------------------------------------------------------


def _day(phrase: Phrase) -> tuple[date, DateMention] | None:
    mention = phrase.mentions.get("day")
    if not isinstance(mention, DateMention) or not is_fact(phrase):
        return None
    return mention.last, mention


def _sessions(phrase: Phrase) -> int | None:
    mention = phrase.mentions.get("value")
    if isinstance(mention, Quantity):
        whole = isinstance(mention.value, float) and mention.unit == "sessions"
        return int(mention.value) if whole else None  # type: ignore[arg-type]
    if isinstance(mention, PeriodMention) and mention.period.unit == "sessions":
        return mention.period.count
    return None


def _share(phrase: Phrase, label: str) -> float | None:
    value = phrase.quantity(label).value
    return value if isinstance(value, float) else None


def _read_top(phrase: Phrase) -> Draft | None:
    day, sessions, fall = _day(phrase), _sessions(phrase), _share(phrase, "line")
    if day is None or sessions is None or fall is None:
        return None
    params = TopWithin(day[0], sessions, fall)
    return Draft(params, value=float(sessions), unit="sessions", apart=day[1])


def _read_top_in(phrase: Phrase) -> Draft | None:
    day, fall = _day(phrase), _share(phrase, "line")
    if day is None or fall is None:
        return None
    return Draft(TopWithin(day[0], 0, fall), value=0.0, unit="sessions", apart=day[1])


def _read_high(phrase: Phrase) -> Draft | None:
    day, sessions, rally = _day(phrase), _sessions(phrase), _share(phrase, "line")
    if day is None or sessions is None or rally is None:
        return None
    params = NewHighWithin(day[0], sessions, rally)
    return Draft(params, value=float(sessions), unit="sessions", apart=day[1])


def _read_move(phrase: Phrase) -> Draft | None:
    day, size = _day(phrase), _share(phrase, "value")
    if day is None or size is None:
        return None
    return Draft(RiseBeforeFall(day[0], size), value=size, unit="%", apart=day[1])


TOP_WITHIN = Metric(
    key="top_within",
    params=TopWithin,
    formula="session of the top <= session of the date + sessions",
    minimum="closes without a gap from the rally's trough to the one that decides",
    unit="",
    decimals=0,
    measure=_top_within,
    wording=_say_top,
    stated=lambda params: (float(params.sessions), "sessions"),
    patterns=(
        en(
            r"\bset the top of its rally (?:within )?{span:value} of {date:day} or before, "
            r"and then fell {pct:line}",
            _read_top,
            9,
        ),
        en(
            r"\bhad set the top of its rally by {date:day}, and then fell {pct:line}",
            _read_top_in,
            9,
        ),
        zh(
            "在{date:day}之后{span:value}内?或[此之]前见顶，(?:随后自|其后由)顶部回落{pct:line}",
            _read_top,
            9,
        ),
        zh("在{date:day}已经见顶，(?:随后自|其后由)顶部回落{pct:line}", _read_top_in, 9),
    ),
)

NEW_HIGH_WITHIN = Metric(
    key="new_high_within",
    params=NewHighWithin,
    formula="max(close, sessions after the date) > max(close, trough of the rally to the date)",
    minimum="closes without a gap from the rally's trough to the one that decides",
    unit="",
    decimals=0,
    measure=_new_high_within,
    wording=_say_high,
    stated=lambda params: (float(params.sessions), "sessions"),
    patterns=(
        en(
            r"\bset a new high of its rally by the {pct:line} convention (?:within )?{span:value} of "
            r"{date:day}",
            _read_high,
            9,
        ),
        zh(
            "在{date:day}之后{span:value}内?再创按{pct:line}的惯例(?:划分的本轮行情|界定的今轮升浪)新高",
            _read_high,
            9,
        ),
    ),
)

RISE_BEFORE_FALL = Metric(
    key="rise_before_fall",
    params=RiseBeforeFall,
    formula="first close >= close(date) * (1 + move) before first close <= close(date) * (1 - move)",
    minimum="closes without a gap from the date to the one that decides",
    unit="",
    decimals=0,
    measure=_rise_before_fall,
    wording=_say_move,
    stated=lambda params: (params.move, "%"),
    patterns=(
        en(
            r"\brose {pct:value} from its close of {date:day} before a fall of as much",
            _read_move,
            9,
        ),
        zh(
            "[自由]{date:day}收[盘市]价先(?:上涨|升){pct:value}，而非先下?跌同[样等]幅度",
            _read_move,
            9,
        ),
    ),
)

METRICS = (TOP_WITHIN, NEW_HIGH_WITHIN, RISE_BEFORE_FALL)
