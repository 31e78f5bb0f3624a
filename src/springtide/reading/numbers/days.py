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
from springtide.reading.numbers.hours import session_before, session_by, session_from
from springtide.reading.numbers.model import Ranker
from springtide.reading.numbers.spans import Span
from springtide.reading.numbers.spots import Page, Spot

SLOT = "times_day"


@dataclass(frozen=True, slots=True)
class Choice:
    """A day that a number may be of, with the features that speak for it."""

    day: date
    features: tuple[str, ...]


@dataclass(slots=True)
class Carry:
    """What is carried from the text before a number: the day last spoken of."""

    day: date | None = None
    block: int = -1
    sentence: int = -1
    last: date | None = None


def choose(
    spot: Spot, span: Span, carry: Carry, model: Ranker | None
) -> list[tuple[date, float, tuple[str, ...]]]:
    """Return the days of a number with their probabilities and features, the likeliest first."""
    found = candidates(spot, span, carry)
    if model is None or len(found) == 1:
        return [(found[0].day, 1.0, found[0].features)]
    chances = model.probabilities([one.features for one in found])
    order = sorted(range(len(found)), key=lambda k: (-chances[k], k))
    return [(found[k].day, float(chances[k]), found[k].features) for k in order]


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
        near = "sentence" if carry.sentence == spot.sentence[0] else "block"
        same = carry.block == spot.block.index
        add(_session(spot, carry.day), f"carried:{near if same else 'far'}")
    add(_prior(spot, carry), "prior", f"prior:{_prior_scope(spot)}")
    if span.first is not None and _is_start(spot):
        add(span.first, "start")
    if carry.last is not None:
        add(carry.last, "as-before")
    return [Choice(day, _completed(spot, day, features)) for day, features in found.items()]


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
    return [
        (_session(spot, mention.last), f"said:{where}") for where, (_, mention) in best.items()
    ]


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
    """Return the session before the one spoken of, where words name it so."""
    if not _prior_scope(spot):
        return None
    if carry.last is not None and carry.sentence == spot.sentence[0]:
        return session_before(spot.market, carry.last)
    now = spot.moment
    return session_before(spot.market, now.local) if now.phase != "off" else now.closed


def _is_start(spot: Spot) -> bool:
    """Say whether a level is what a stretch starts from: 由34.7倍升至, "from $558 on Friday"."""
    text, start = spot.block.text, spot.number.start
    return spot.is_level and text[max(0, start - 6) : start].rstrip().endswith(
        ("由", "从", "自", " from", "为由")
    )


def carry_on(carry: Carry, spot: Spot, day: date | None) -> None:
    """Remember what was said of a number for those after it."""
    carry.last = day
    carry.sentence = spot.sentence[0]


def spoken_of(page: Page, index: int, before: int) -> date | None:
    """Return the last single day that a block names before a place, None where it names none."""
    last = None
    for mention in page.scene.blocks[index].dates:
        if mention.end > before:
            break
        if mention.first == mention.last:
            last = mention.first
    return last


def ahead(spot: Spot, day: date) -> date:
    """Return the session of a day that was still to come."""
    return session_from(spot.market, day)
