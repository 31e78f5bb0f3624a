"""Of which day a number is: candidate sessions from the words of its scopes, ranked.

The candidates are the last session that had begun and the last that had closed, the days that its
clause, sentence, block, heading and title name, the session before (前一交易日, "a day earlier"), the
end of its stretch, and past points ("a week ago"). No candidate lies after the last session that
had begun when the article was published, but for what is said of the future.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from springtide.language.stretches import quarter_of, week_of
from springtide.language.types import DateMention
from springtide.reading.numbers.carry import Carry, Span, how_said, is_ahead, is_far
from springtide.reading.numbers.hours import session_before, session_by, session_from
from springtide.reading.numbers.model import Ranker, ranked
from springtide.reading.numbers.points import is_compared
from springtide.reading.numbers.scene import overlapping, starting
from springtide.reading.numbers.spots import Spot

SLOT = "times_day"


@dataclass(frozen=True, slots=True)
class Choice:
    """A day that a number may be of, with the features that speak for it."""

    day: date
    features: tuple[str, ...]


def choose(
    spot: Spot, span: Span, carry: Carry, said: str, model: Ranker | None
) -> list[tuple[Choice, float]]:
    """Return the days of a number with their probabilities, the likeliest first."""
    choices = candidates(spot, span, carry, said)
    if model is None or len(choices) == 1:
        return [(choices[0], 1.0)]
    return [(choices[k], p) for k, p in ranked(model, [one.features for one in choices])]


def candidates(spot: Spot, span: Span, carry: Carry, said: str) -> list[Choice]:
    """Return every day that a number may be of; the first is the last session that had begun."""
    now = spot.moment
    features_of: dict[date, list[str]] = {}

    def add(day: date | None, *features: str) -> None:
        if day is not None:
            features_of.setdefault(day, []).extend(features)

    group = _group(spot)
    add(now.latest, "latest", f"latest:{now.phase}", f"latest:{group}", *_unfinished(spot))
    if now.closed != now.latest:
        add(now.closed, "closed", f"closed:{now.phase}", f"closed:{group}", *_of_close(spot))
    if now.local > now.latest:
        add(now.local, "local", f"local:{group}", *_of_today(spot))
    if span.last is not None:
        add(span.last, "end", f"end:{span.kind}")
    for day, feature in _months(spot):
        add(day, feature, f"{feature}:{group}")
    for day, feature in _said(spot):
        add(day, feature, f"{feature}:{group}")
    if said != "stated":
        for day, feature in _ahead(spot, span):
            add(day, feature, f"{feature}:{group}", f"{feature}:{said}")
    if carry.day is not None and carry.day <= now.local:
        same = "block" if carry.block == spot.block.index else "far"
        add(_session(spot, carry.day), f"carried:{same}", f"carried:{same}:{carry.how}")
    if "night" in spot.words["b"] | spot.words["a"] and spot.market in _OVERNIGHT:
        add(now.closed, "night", f"night:{now.phase}")
    if carry.last is not None and "next_day" in spot.words["b"] | spot.words["c"]:
        add(session_from(spot.market, carry.last + timedelta(days=1)), "next-day")
    scope, counts = _prior_words(spot, carry)
    if scope == "a" and spot.is_level and _SET_AGAINST.search(*_left(spot)):
        add(_before_today(spot), "prior:against")
    if scope:
        before = session_before(spot.market, carry.last) if counts and carry.last else None
        add(before or _before_today(spot), "prior", f"prior:{scope}")
    for day, feature in _streak(spot, span):
        add(day, feature)
        if feature == "ended":
            add(now.latest, "goes-on")
    for day, feature in _ends(spot, span, carry):
        add(day, feature, f"{feature}:{group}")
    if carry.last is not None and carry.market == spot.market and not spot.words.get("h"):
        near = carry.near(spot)
        add(carry.last, f"as-before:{near}", f"as-before:{near}:{_moved(spot)}")
    return [Choice(day, _completed(spot, day, features)) for day, features in features_of.items()]


_OVERNIGHT = ("XNYS", "24/5", "XLON", "XETR", "XPAR")
"""Markets that are open while Asia, where these words are written, sleeps."""


def _of_today(spot: Spot) -> list[str]:
    """Return features for today where its session had not begun: trade before it."""
    if not spot.moment.early:
        return []
    if spot.part == "before":
        return ["early:word"]
    return ["early:page"] if "before_hours" in spot.page.opening else ["early"]


def _streak(spot: Spot, span: Span) -> list[tuple[date, str]]:
    """Return the ends of a streak: of one that has ended, of one counted in weeks or longer."""
    now, quantity = spot.moment, spot.number.quantity
    if spot.kind.measure != "streak" and span.kind != "last":
        return []
    ended = "ended" in spot.words["b"] | spot.words["c"]
    days = [(session_before(spot.market, now.latest), "ended")] if ended else []
    unit = quantity.unit if quantity is not None and spot.kind.measure == "streak" else ""
    first = {
        "weeks": week_of(now.closed)[0],
        "months": now.local.replace(day=1),
        "quarters": quarter_of(now.local.year, (now.local.month + 2) // 3)[0],
        "years": date(now.local.year, 1, 1),
    }.get(unit)
    if first is not None:
        days.append((first - timedelta(days=1), f"whole:{unit}"))
    return days


def _months(spot: Spot) -> list[tuple[date, str]]:
    """Return the ends of past months and years that a clause names: "a five-month low in January"."""
    (low, high), now = spot.clause, spot.moment
    ends = []
    for mention in starting(spot.block.dates, low, high):
        if is_ahead(spot, mention):
            continue
        if mention.first != mention.last <= now.latest:
            where = "before" if mention.end <= spot.number.start else "after"
            ends.append((_session(spot, mention.last), f"month:{where}"))
    if spot.kind.measure in ("record", "streak"):
        for period in starting(spot.block.periods, spot.sentence[0], spot.number.start):
            end = period.period.last if period.period.kind == "span" else None
            if end is not None and end < now.local:
                ends.append((_session(spot, end), "week:before"))
    if spot.kind.measure in ("record", "streak") and "figures" in spot.words["c"] | spot.words["b"]:
        ends.append((now.local.replace(day=1) - timedelta(days=1), "figures"))
    return ends


def _ahead(spot: Spot, span: Span) -> list[tuple[date, str]]:
    """Return the days to come that a forecast may be of: 年底, "by May 14", the end of this year."""
    (first, last), today = spot.sentence, spot.moment.local
    end_of_year = date(today.year, 12, 31)
    days = [(end_of_year, "ahead:span")] if span.kind in ("year", "ytd") else []
    for mention in starting(spot.block.dates, first, last):
        if mention.last > today:
            days.append((mention.last, "ahead"))
        elif is_ahead(spot, mention):
            days.append((end_of_year, "ahead"))
        elif is_far(today, mention) and mention.first == mention.last:
            days.append((_next_year(mention.last), "said-ahead"))
    for period in starting(spot.block.periods, first, last):
        if period.period.kind in ("ytd", "span"):
            end = period.period.last or end_of_year
            if end > today:
                days.append((end, "ahead"))
    return days


def _next_year(day: date) -> date:
    return day + timedelta(days=365 if (day.month, day.day) != (2, 29) else 366)


def _moved(spot: Spot) -> str:
    """Say whether words of another day stand right before a number."""
    names = spot.words["b"]
    if "prior_day" in names and "compared" in names:
        return "kept"
    return "moved" if names & {"prior_day", "night", "now", "next_day", "ended"} else "kept"


def _ends(spot: Spot, span: Span, carry: Carry) -> list[tuple[date, str]]:
    """Return the first and last day of the stretch that a level is told from and to."""
    side = role(spot) if spot.is_level else ""
    if not side:
        return []
    ends = carry.stretch
    if ends is None and carry.heading is not None and carry.heading.period.kind == "wtd":
        ends = week_of(spot.moment.closed)[0] - timedelta(days=1), spot.moment.latest
    day = ends[side == "to"] if ends is not None else None
    if day is None or day > spot.moment.latest:
        return []
    return [(_session(spot, day), side)]


def _completed(spot: Spot, day: date, features: list[str]) -> tuple[str, ...]:
    if day > spot.moment.latest:
        features.append("not-begun")
    if day < spot.moment.closed - timedelta(days=7):
        features.append("long-past")
    return tuple(dict.fromkeys(features))


def _group(spot: Spot) -> str:
    measure = spot.kind.measure
    if measure in ("level", "target_price", "rating", "implied_move", "probability"):
        return "view"
    return "level" if spot.is_level else measure


def _unfinished(spot: Spot) -> list[str]:
    """Return a feature for a running session where the nearest word says that a session is over."""
    now = spot.moment
    if spot.market.startswith("24/") or spot.page.scene.article.language != "en":
        return []  # futures settle while their market goes on, and 收报 is said at noon too
    over = spot.part == "close" and spot.part_at == "b" and "will" not in spot.words["b"]
    return ["unfinished"] if over and now.latest != now.closed else []


def _of_close(spot: Spot) -> list[str]:
    """Return features for the last close where words speak of one, against a running session."""
    if spot.part == "close" and (spot.market.startswith("24/") or spot.moment.phase == "lunch"):
        return []
    return [f"closed~{spot.part}"] if spot.part in ("close", "live", "night", "before") else []


def _said(spot: Spot) -> list[tuple[date, str]]:
    """Return the single days that the words around a number name, each with where."""
    (low, high), (first, last) = spot.clause, spot.sentence
    number = spot.number
    best: dict[str, tuple[int, DateMention]] = {}
    previous, following = spot.beside
    days: list[tuple[date, str]] = [
        (session_by(spot.market, point.day), "point:near")
        for point in (starting(spot.points, low, high) if spot.is_level else ())
        if not point.compared
    ]
    for mention in overlapping(spot.block.dates, first, max(high, last)):
        if is_far(spot.moment.local, mention):
            continue
        if mention.first != mention.last:
            if mention.end <= number.start and mention.start >= low:
                best.setdefault("stretch", (0, mention))
            continue
        where, distance = _place(mention, number.start, number.end, low, high, first, last)
        if where and (where not in best or distance < best[where][0]):
            best[where] = distance, mention
    for where, (gap, mention) in best.items():
        day = _session(spot, mention.last)
        if (
            not spot.is_level
            and day < spot.moment.latest
            and is_compared(spot.block.text, mention.start)
        ):
            days.append((day, "base"))
            continue
        if _AFTER_IT.match(spot.block.text, mention.end):
            continue
        days.append((day, f"said:{where}"))
        if where == "sentence" and _goes_live(spot, mention.end):
            days.append((day, "said:before-live"))
        if where in ("clause", "sentence"):
            days.append((day, f"said:{how_said(spot.block, mention)}"))
            if gap <= _TOUCHING:
                days.append((day, "said:touching"))
            days.append((day, f"said:{where}:{'past' if previous >= mention.end else 'next'}"))
            if where == "clause" and 0 < mention.start - previous <= _FOLLOWS and previous > low:
                days.append((day, "said:of-before"))
        elif mention.end <= following and _ON.fullmatch(spot.block.text, number.end, mention.start):
            days.append((day, "said:on"))
    return days


def _goes_live(spot: Spot, start: int) -> bool:
    """Say whether words of the present stand between a day and a number: 昨日强势，截至发稿升."""
    hits = spot.page.hits[spot.block.index].within(start, spot.number.start)
    return any("live" in hit.classes or "now" in hit.classes for hit in hits)


_AFTER_IT = re.compile(
    "(?:之|以)?[后前](?!市|段|收|场|来)|以?来(?:首|最|新|的)|以来|至今|起(?!点|伏)"
)
"""A day before one of these bounds a stretch: 2月4日后最大升幅."""
_ADJOINING = 12
_TOUCHING = 2
_FOLLOWS = 12
_ON = re.compile(r"[^,;:]{0,24}?\b(?:on|hit|set|last|late|early|this) (?:the )?")


def _place(
    mention: DateMention, start: int, end: int, low: int, high: int, first: int, last: int
) -> tuple[str, int]:
    if mention.end <= start:
        gap = start - mention.end
        if mention.start >= low:
            return "clause", gap
        return ("sentence" if mention.start >= first else ""), gap
    gap = mention.start - end
    if mention.start < high:
        return ("next" if gap <= _ADJOINING else "after"), gap
    return ("rest" if mention.start < last else ""), gap


def _session(spot: Spot, day: date) -> date:
    """Return the session that a day means: itself or the last before it, none after today's."""
    if day > spot.moment.local:
        return day
    return session_by(spot.market, day)


def _prior_words(spot: Spot, carry: Carry) -> tuple[str, bool]:
    """Say where words for the session before stand that govern a number, and whether they count on.

    They govern it right before it or after it, in the heading of its column, and from the start of
    its sentence, where no claim stands before them. With "compared" before them they are only what
    it is set against. They count back from the claim before them in their sentence, else from today.
    """
    if "prior_day" in spot.words.get("h", ()):
        return "h", False
    sentence, number = spot.sentence, spot.number
    previous, following = spot.beside
    hits = spot.page.hits[spot.block.index].within(*sentence)
    for k, hit in enumerate(hits):
        if "prior_day" not in hit.classes or not _reaches(spot, hit.start, following):
            continue
        before = [one for one in hits[:k] if hit.start - _BASE <= one.end <= hit.start]
        base = any("compared" in one.classes for one in before)
        counts = carry.near(spot) == "sentence" and carry.end <= hit.start
        if hit.end >= previous:
            scope = "a" if hit.start >= number.end else "b"
        elif carry.near(spot) != "sentence" or hit.start < carry.first:
            scope = "s"
        else:
            continue
        return f"{scope}-base" if base else scope, counts
    return "", False


def _reaches(spot: Spot, start: int, following: int) -> bool:
    """Say whether a word stands before a number, or after it in its clause and before the next."""
    return start < spot.number.end or (start <= following and start < spot.clause[1])


_BASE = 5
_SET_AGAINST = re.compile(
    r"(?:compared (?:with|to)|from|versus|against|than|vs\.?) (?:the |its )?$|[较比与对]$"
)
"""A level that today's is set against: "compared with 86.83 in the previous session"."""


def _left(spot: Spot) -> tuple[str, int, int]:
    return spot.block.text, max(0, spot.number.start - 16), spot.number.start


def _before_today(spot: Spot) -> date:
    now = spot.moment
    return session_before(spot.market, now.local) if now.phase != "off" else now.closed


def role(spot: Spot) -> str:
    """Say whether a level is what a stretch starts from or ends at: 由34.7倍升至38.0倍."""
    number, numbers, text = spot.number, spot.block.numbers, spot.block.text
    if _FROM.search(text, max(0, number.start - 8), number.start):
        return "from"
    if spot.at and _TO.search(text, max(0, number.start - 8), number.start):
        other = numbers[spot.at - 1]
        if _FROM.search(text, max(0, other.start - 8), other.start):
            return "to"
    return ""


_FROM = re.compile(r"(?:[由从自]|\bfrom )$")
_TO = re.compile(r"(?:[至到]|\bto )$")
