"""Over what stretch a number is stated: candidates from explicit generators, ranked.

A stretch reaches a number from its own words ("a 15-session streak"), from its clause, from the
clauses and sentences before it, or from a word that names only its length ("weekly"). Where none
does, a change is the day's and a level has no stretch.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from springtide.language.stretches import month_back, month_of, quarter_of, week_of, year_of
from springtide.language.types import Period
from springtide.reading.numbers.hours import session_before, session_by, sessions_back
from springtide.reading.numbers.model import Ranker
from springtide.reading.numbers.spots import Spot

SLOT = "times_period"
_DURATIONS = frozenset({"sessions", "days", "weeks", "months", "quarters", "years"})
_WHOLE = {"one_week": "week", "one_month": "month", "one_quarter": "quarter", "one_year": "year"}
_RATES = ("yoy", "qoq", "mom")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch that a number may be stated over.

    ``first`` is the day of the base of a change, ``last`` the end where the words name one (else
    the stretch ends at the day that the number is of). ``features`` are those of the ranker.
    """

    kind: str
    words: str = ""
    first: date | None = None
    last: date | None = None
    features: tuple[str, ...] = ()


def choose(spot: Spot, model: Ranker | None) -> list[tuple[Span, float]]:
    """Return the candidates of a number with their probabilities, the likeliest first."""
    fixed = own_length(spot)
    if fixed is not None:
        return [(fixed, 1.0)]
    found = candidates(spot)
    if len(found) == 1 or model is None:
        return [(found[0], 1.0)]
    chances = model.probabilities([span.features for span in found])
    order = sorted(range(len(found)), key=lambda k: (-chances[k], k))
    return [(found[k], float(chances[k])) for k in order]


def own_length(spot: Spot) -> Span | None:
    """Return the stretch of a streak or a record that is itself given by its length."""
    quantity = spot.number.quantity
    if spot.kind.measure not in ("record", "streak") or quantity is None:
        return None
    if quantity.unit not in _DURATIONS or isinstance(quantity.value, tuple):
        return None
    count = int(abs(quantity.value))
    unit = "sessions" if quantity.unit == "days" else quantity.unit
    period = Period("last", count=max(1, count), unit=unit)  # type: ignore[arg-type]
    words = spot.block.text[spot.number.start : spot.number.end]
    return replace(resolved(period, words, spot), kind="last")


def candidates(spot: Spot) -> list[Span]:
    """Return every stretch that may reach a number; the first is that of no words at all."""
    default = "none" if spot.is_level else "day"
    measure = _group(spot)
    every = [Span(default, features=("default", f"default:{measure}"))]
    for span, where in (*_mentioned(spot), *_worded(spot)):
        every.append(replace(span, features=_features(spot, span, where, measure)))
    return every


def _group(spot: Spot) -> str:
    measure = spot.kind.measure
    if spot.is_level:
        return "level"
    return measure if measure in ("price_change", "flow", "turnover", "record") else "other"


def _features(spot: Spot, span: Span, where: str, measure: str) -> tuple[str, ...]:
    words = spot.words
    features = [
        "said", f"at:{where}", f"kind:{span.kind}", f"{span.kind}@{where}", f"said:{measure}",
        f"at:{where}:{measure}",
    ]  # fmt: skip
    if "sum" in words["b"] or "sum" in words["c"]:
        features.append("sum")
        features.append(f"sum@{where}")
    if "one_day" in words["b"] or "one_day" in words["c"]:
        features.append("one_day" + ("=" if span.kind == "day" else "!"))
    if "record" in words["a"] and where == "after":
        features.append("record-after")
    if "will" in words["b"] or "will" in words["c"]:
        features.append(f"will:{span.kind}")
    return tuple(features)


def _mentioned(spot: Spot) -> Iterator[tuple[Span, str]]:
    """Yield the periods and dates around a number, each with where it stands."""
    nearest: dict[str, tuple[int, Span]] = {}
    for mention in spot.block.periods:
        if mention.period.kind == "all" and spot.kind.measure != "record":
            continue
        where, distance = _where(spot, mention.start, mention.end)
        if where and (where not in nearest or distance < nearest[where][0]):
            nearest[where] = distance, resolved(mention.period, mention.text, spot)
    for day in spot.block.dates:
        where, distance = _where(spot, day.start, day.end)
        if where and (where not in nearest or distance < nearest[where][0]):
            if day.first == day.last:
                if not spot.is_level:
                    nearest[where] = distance, Span("day", day.text)
            else:
                nearest[where] = distance, stretch(day.first, day.last, day.text, spot)
    for where, (_, span) in nearest.items():
        yield span, where


def _where(spot: Spot, start: int, end: int) -> tuple[str, int]:
    """Return where a mention stands from a number, and how far; "" where it does not reach it."""
    number, block = spot.number, spot.block
    (low, high), (first, last) = spot.clause, spot.sentence
    if start < number.end and end > number.start:
        return "in", 0
    others = block.numbers
    if end <= number.start:
        if start >= low:
            between = spot.at and others[spot.at - 1].start >= end
            return ("past" if between else "before"), number.start - end
        if start >= first:
            return ("opening" if start - first <= _OPENING else "earlier"), number.start - end
        return "above", number.start - end
    if start < high:
        gap = start - number.end
        following = others[spot.at + 1].start if spot.at + 1 < len(others) else len(block.text)
        if following < start:
            return "beyond", gap
        return ("after" if gap <= _ADJOINING else "later"), gap
    return ("rest", start - number.end) if start < last else ("", 0)


_OPENING = 8
_ADJOINING = 6


def _worded(spot: Spot) -> Iterator[tuple[Span, str]]:
    """Yield the stretches that a word names by their length alone: weekly, 全周, 同比."""
    for scope, where in (("b", "before"), ("a", "after"), ("c", "past")):
        classes = spot.words[scope]
        for name in _RATES:
            if name in classes:
                yield _rate(spot, name), f"word-{where}"
        for name, kind in _WHOLE.items():
            if name in classes:
                yield _whole(spot, kind), f"word-{where}"
        if "since" in classes and "compared" in classes and not spot.is_level:
            yield Span("since"), f"word-{where}"


def _rate(spot: Spot, name: str) -> Span:
    return Span(name, name)


def _whole(spot: Spot, kind: str) -> Span:
    """Return the month, quarter or year that the article stands in, the week last traded in."""
    today = spot.moment.local
    if kind == "week":
        first, last = week_of(spot.moment.closed)
    elif kind == "month":
        first, last = month_of(today.year, today.month)
    elif kind == "quarter":
        first, last = quarter_of(today.year, (today.month + 2) // 3)
    else:
        first, last = year_of(today.year)
    return Span(kind, "", session_before(spot.market, first), _past(spot, last))


def _past(spot: Spot, day: date) -> date | None:
    """Return the last session of a stretch; None where it has not ended."""
    last = session_by(spot.market, day)
    return last if last <= spot.moment.latest else None


def stretch(first: date, last: date, words: str, spot: Spot) -> Span:
    """Name a stretch of the calendar and give it its sessions: its base and its last one.

    A stretch of today's date or later has no end yet.
    """
    kind = "span"
    if (first, last) == month_of(first.year, first.month):
        kind = "month"
    elif (first, last) == year_of(first.year):
        kind = "year"
    elif first.day == 1 and (first, last) == quarter_of(first.year, (first.month + 2) // 3):
        kind = "quarter"
    elif (first, last) == week_of(first):
        kind = "week"
    return Span(kind, words, session_before(spot.market, first), _past(spot, last))


def resolved(period: Period, words: str, spot: Spot) -> Span:
    """Give a period of the language room its kind here and its days."""
    market, today = spot.market, spot.moment.local
    if period.kind in ("ytd", "qtd", "mtd", "wtd"):
        kind = {"ytd": "ytd", "qtd": "quarter", "mtd": "month", "wtd": "week"}[period.kind]
        first = {
            "ytd": date(today.year, 1, 1),
            "qtd": quarter_of(today.year, (today.month + 2) // 3)[0],
            "mtd": today.replace(day=1),
            "wtd": week_of(today)[0],
        }[period.kind]
        return Span(kind, words, session_before(market, first))
    if period.kind == "last":
        return _counted(period, words, spot)
    if period.kind == "span" and period.first and period.last:
        return stretch(period.first, period.last, words, spot)
    if period.kind == "since" and period.first:
        base = session_before if period.first.day == 1 else session_by
        return Span("since", words, base(market, period.first))
    if period.kind in ("since-low", "since-high"):
        return Span("since", words)
    return Span("none", words)


def _counted(period: Period, words: str, spot: Spot) -> Span:
    """Return the last so many sessions, days, weeks, months, quarters or years."""
    count, unit = period.count or 1, period.unit
    end = spot.moment.latest
    kind = "last" if count != 1 or unit in ("sessions", "days") else str(unit)[:-1]
    if unit == "sessions":
        return Span("last", words, sessions_back(spot.market, end, count))
    if unit in ("days", "weeks"):
        first = end - timedelta(days=count * (7 if unit == "weeks" else 1))
    else:
        months = count * {"months": 1, "quarters": 3, "years": 12}[unit or "months"]
        begin, close = month_back(end, min(months, 2400))
        first = begin.replace(day=min(end.day, close.day))
    if unit == "years":
        kind = "last"
    return Span(kind, words, session_by(spot.market, first))
