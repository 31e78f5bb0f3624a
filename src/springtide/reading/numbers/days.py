"""Of which day a number is: candidate sessions from the words of its scopes, ranked.

The candidates are the last session that had begun and the last that had closed, the days that its
clause, sentence, block, heading and title name, the session before (前一交易日, "a day earlier"), the
end of its stretch, and past points ("a week ago"). No candidate lies after the last session that
had begun when the article was published, but for what is said of the future.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from springtide.language.types import DateMention
from springtide.reading.numbers.hours import session_before, session_by
from springtide.reading.numbers.model import Ranker
from springtide.reading.numbers.spans import Span
from springtide.reading.numbers.spots import Spot

SLOT = "times_day"


@dataclass(frozen=True, slots=True)
class Choice:
    """A day that a number may be of, with the features that speak for it."""

    day: date
    features: tuple[str, ...]


@dataclass(slots=True)
class Carry:
    """What is carried from the text before a number.

    ``day`` is the day last spoken of and ``block`` where; ``stretch`` the stretch of dates last
    spoken of in this block. ``last``, ``basis`` and ``kind`` are what was read of the claim before,
    ``place`` its block and sentence.
    """

    day: date | None = None
    block: int = -1
    stretch: tuple[date, date] | None = None
    last: date | None = None
    basis: str = ""
    kind: str = ""
    market: str = ""
    end: int = -1
    place: tuple[int, int] = (-1, -1)

    def near(self, spot: Spot) -> str:
        """Say how near the claim before is: in the same sentence, block, or further off."""
        here = spot.block.index, spot.sentence[0]
        return "sentence" if self.place == here else "block" if self.place[0] == here[0] else "far"


def choose(spot: Spot, span: Span, carry: Carry, model: Ranker | None) -> list[tuple[date, float]]:
    """Return the days of a number with their probabilities, the likeliest first."""
    found = candidates(spot, span, carry)
    if model is None or len(found) == 1:
        return [(found[0].day, 1.0)]
    chances = model.probabilities([one.features for one in found])
    order = sorted(range(len(found)), key=lambda k: (-chances[k], k))
    return [(found[k].day, float(chances[k])) for k in order]


def candidates(spot: Spot, span: Span, carry: Carry) -> list[Choice]:
    """Return every day that a number may be of; the first is the last session that had begun."""
    now = spot.moment
    found: dict[date, list[str]] = {}

    def add(day: date | None, *features: str) -> None:
        if day is not None:
            found.setdefault(day, []).extend(features)

    group = _group(spot)
    add(now.latest, "latest", f"latest:{now.phase}", f"latest:{group}")
    add(now.closed, "closed", f"closed:{now.phase}", f"closed:{group}", *_of_close(spot))
    if now.local > now.latest:
        add(now.local, "local", f"local:{group}")
    if span.last is not None:
        add(span.last, "end", f"end:{span.kind}")
    for day, feature in _said(spot):
        add(day, feature, f"{feature}:{group}")
    if carry.day is not None:
        same = "block" if carry.block == spot.block.index else "far"
        add(_session(spot, carry.day), f"carried:{same}", f"carried:{same}:{group}")
    add(_prior(spot, carry), "prior", f"prior:{_prior_scope(spot)}")
    if "ended" in spot.words["b"] | spot.words["c"] and spot.kind.measure == "streak":
        add(session_before(spot.market, now.latest), "ended")
    for day, feature in _ends(spot, span, carry):
        add(day, feature, f"{feature}:{group}")
    if carry.last is not None and carry.market == spot.market:
        near = carry.near(spot)
        add(carry.last, f"as-before:{near}", f"as-before:{near}:{_moved(spot)}")
    return [Choice(day, _completed(spot, day, features)) for day, features in found.items()]


def _moved(spot: Spot) -> str:
    """Say whether words of another day stand right before a number."""
    names = spot.words["b"]
    return "moved" if names & {"prior_day", "night", "now", "next_day", "ended"} else "kept"


def _ends(spot: Spot, span: Span, carry: Carry) -> list[tuple[date, str]]:
    """Return the first and last day of the stretch that a level is told from and to."""
    ends = (span.first, span.last) if span.kind != "none" else carry.stretch
    if ends is None or not spot.is_level:
        return []
    first, last = ends
    name = "from" if _is_start(spot) else "to"
    days = [(first, f"{name}:first"), (last, f"{name}:last")]
    return [(day, feature) for day, feature in days if day and day <= spot.moment.latest]


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


def _of_close(spot: Spot) -> list[str]:
    """Return features for the last close where words speak of one, against a running session."""
    return [f"closed~{spot.near}"] if spot.near in ("close", "live", "night", "before") else []


def _said(spot: Spot) -> list[tuple[date | None, str]]:
    """Return the single days that the words around a number name, each with where."""
    (low, high), (first, last) = spot.clause, spot.sentence
    number = spot.number
    best: dict[str, tuple[int, DateMention]] = {}
    for mention in spot.block.dates:
        if mention.first != mention.last:
            if mention.end <= number.start and mention.start >= low:
                best.setdefault("stretch", (0, mention))
            continue
        where, distance = _place(mention, number.start, number.end, low, high, first, last)
        if where and (where not in best or distance < best[where][0]):
            best[where] = distance, mention
    return [(_session(spot, mention.last), f"said:{where}") for where, (_, mention) in best.items()]


_ADJOINING = 12


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


def _prior_scope(spot: Spot) -> str:
    """Say where the words for the session before stand, and whether they are a comparison's base."""
    for scope in ("b", "c", "a", "s"):
        if "prior_day" in spot.words[scope]:
            compared = scope in "bca" and "compared" in spot.words[scope]
            return f"{scope}-base" if compared else scope
    return ""


def _prior(spot: Spot, carry: Carry) -> date | None:
    """Return the session before the one spoken of, where words name it so.

    "Fell 0.9% a day earlier" counts from the claim before it in its sentence, else from today.
    """
    scope = _prior_scope(spot)
    if not scope:
        return None
    now = spot.moment
    if carry.last is not None and carry.near(spot) == "sentence":
        return session_before(spot.market, carry.last) if scope[0] in "ba" else None
    return session_before(spot.market, now.local) if now.phase != "off" else now.closed


def _is_start(spot: Spot) -> bool:
    """Say whether a level is what a stretch starts from: 由34.7倍升至, "from $558 on Friday"."""
    text, start = spot.block.text, spot.number.start
    return spot.is_level and text[max(0, start - 6) : start].rstrip().endswith(
        ("由", "从", "自", " from", "为由")
    )


def carry_on(carry: Carry, spot: Spot, day: date | None, basis: str, kind: str) -> None:
    """Remember what was said of a number for those after it."""
    carry.last, carry.basis, carry.kind, carry.market = day, basis, kind, spot.market
    carry.end = spot.number.end
    carry.place = spot.block.index, spot.sentence[0]


def begin(carry: Carry, spot: Spot) -> None:
    """Bring up to a number what was said before its sentence: the last day, the last stretch."""
    block = spot.block
    if carry.place[0] != block.index:
        carry.stretch = None
    for mention in block.dates:
        if mention.end > spot.number.start:
            break
        if mention.first != mention.last:
            carry.stretch = mention.first, mention.last
        elif mention.end <= spot.sentence[0]:
            carry.day, carry.block = mention.first, block.index
    for period in block.periods:
        if period.end > spot.number.start:
            break
        if period.period.kind == "span" and period.period.first and period.period.last:
            carry.stretch = period.period.first, period.period.last
    if carry.block < block.index - 1:
        carry.day = None
