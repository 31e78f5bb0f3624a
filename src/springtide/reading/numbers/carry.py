"""What is carried through an article from number to number: days, stretches, the claim before."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from typing import TypeVar

from springtide.language.stretches import week_of
from springtide.language.types import DateMention, PeriodMention
from springtide.reading.numbers.frame import MARKET, When
from springtide.reading.numbers.points import is_compared
from springtide.reading.numbers.scene import BlockScene, overlapping
from springtide.reading.numbers.spots import Spot


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch that a number may be stated over.

    ``first`` is the day of the base of a change, ``last`` the end where the words name one (else
    the stretch ends at the day that the number is of). ``features`` are those of the ranker,
    ``back`` the count and unit of one that is counted back from its end.
    """

    kind: str
    words: str = ""
    first: date | None = None
    last: date | None = None
    features: tuple[str, ...] = ()
    back: tuple[int, str] = (0, "")


@dataclass(slots=True)
class Carry:
    """What is carried from the text before a number.

    ``day`` is the day last spoken of before its sentence, ``block`` where and ``how``: ``asof``
    (截至…), ``open`` at the start of a sentence, ``mid`` elsewhere; ``stretch`` the stretch of dates
    last spoken of in this block. ``last``, ``basis`` and ``kind`` are what was read of the claim before,
    ``place`` its block and sentence, ``end`` where it ends and ``first`` where the first claim of its
    sentence begins, ``span`` its stretch, which is ``trailing`` where it ends what it is of ("down
    12% this year"). ``heading`` is the stretch that the last
    heading names.
    """

    day: date | None = None
    how: str = ""
    block: int = -1
    stretch: tuple[date, date] | None = None
    last: date | None = None
    basis: str = ""
    kind: str = ""
    market: str = ""
    end: int = -1
    first: int = -1
    at: int = -1
    place: tuple[int, int] = (-1, -1)
    measure: str = ""
    span: Span | None = None
    trailing: bool = False
    heading: PeriodMention | None = None
    heading_block: int = -1

    def near(self, spot: Spot) -> str:
        """Say how near the claim before is: in the same sentence, block, or further off."""
        if self.place[0] != spot.block.index:
            return "far"
        start = spot.sentence[0]
        if self.place[1] == start or spot.block.text[:start].rstrip().endswith(("；", ";")):
            return "sentence"
        return "block"


def carry_on(carry: Carry, spot: Spot, when: When) -> None:
    """Remember what was said of a number of a market for those after it."""
    day = when.as_of
    if spot.kind.measure not in MARKET or day is None or day > spot.moment.local:
        return
    if _is_aside(spot):
        return
    carry.last, carry.kind, carry.market = day, when.period, spot.market
    if when.basis in _LASTING or carry.near(spot) == "far":
        carry.basis = when.basis
    carry.measure = spot.kind.measure
    plain = when.period in ("day", "session", "none")
    carry.span = None if plain else Span(when.period, when.words, when.first, when.last)
    carry.trailing = not _TRAILING.isdisjoint(when.told)
    if carry.near(spot) != "sentence":
        carry.first = spot.number.start
    carry.end = spot.number.end
    carry.place = spot.block.index, spot.sentence[0]


_TRAILING = frozenset({"at:after", "trailing"})
_LASTING = ("close", "live", "premarket", "afterhours")
"""What a text keeps to; a high or a low between them is passed over."""


def _is_aside(spot: Spot) -> bool:
    """Say whether a number is only what another is set against: 超过9月30日的2.5亿股, 结束3天升势."""
    if spot.kind.measure == "streak" and "ended" in spot.words["b"] | spot.words["c"]:
        return True
    number = spot.number
    touching = overlapping(spot.block.dates, number.start - _TOUCHING_OF - 1, number.start)
    return any(
        is_compared(spot.block.text, day.start) or day.last < _recent(spot)
        for day in touching
        if day.end <= number.start
    )


_TOUCHING_OF = 2


def _recent(spot: Spot) -> date:
    return spot.moment.closed - timedelta(days=10)


def begin(carry: Carry, spot: Spot) -> None:
    """Bring up to a number what was said before its sentence: the last day, the last stretch."""
    block, start = spot.block, spot.sentence[0]
    if carry.at != block.index:
        _new_block(carry, spot)
        if carry.block < block.index - 1:
            carry.day = None
    for mention in _back_from(block.dates, start):
        if mention.first == mention.last and not is_far(spot.moment.local, mention):
            carry.day, carry.block, carry.how = mention.first, block.index, how_said(block, mention)
            break
    carry.stretch = _last_stretch(spot) or carry.stretch


_AnyMention = TypeVar("_AnyMention", DateMention, PeriodMention)


def _back_from(mentions: Sequence[_AnyMention], at: int) -> Iterator[_AnyMention]:
    """Yield the mentions that end before a place, the last first."""
    for k in range(bisect_right(mentions, at, key=attrgetter("end")) - 1, -1, -1):
        yield mentions[k]


def _last_stretch(spot: Spot) -> tuple[date, date] | None:
    """Return the stretch of days that a block named last before a number, periods before dates."""
    for mention in _back_from(spot.block.periods, spot.number.start):
        period = mention.period
        if period.kind == "span" and period.first and period.last:
            return period.first, period.last
        if period.kind == "wtd":
            return week_of(spot.moment.closed)[0] - timedelta(days=1), spot.moment.latest
    for day in _back_from(spot.block.dates, spot.number.start):
        if day.first != day.last:
            return day.first, day.last
    return None


def _new_block(carry: Carry, spot: Spot) -> None:
    """Forget the stretch of the block before; take up the period of a heading passed on the way."""
    blocks = spot.page.scene.blocks
    carry.stretch = None
    for block in blocks[carry.at + 1 : spot.block.index + 1]:
        if block.block.kind == "heading" or len(block.text) <= _HEADING:
            periods = [one for one in block.periods if one.period.kind != "all"]
            own = (kind.measure in _KEPT for kind in spot.page.kinds[block.index])
            # "Acme up 10% in six days" and 创三年新高 keep their stretch to themselves.
            carry.heading = periods[0] if periods and not any(own) else None
            carry.heading_block = block.index
    carry.at = spot.block.index


_KEPT = frozenset({"price_change", "record", "streak"})
_HEADING = 45
"""A block of so few characters sets the scope of those after it."""
_AS_OF = re.compile(r"(?:截[至止]|(?i:\bas of |\bas at |\bended |\bto |\bthrough ))$")
_OPENS = 6


def how_said(block: BlockScene, mention: DateMention) -> str:
    """Say how a day is named: as the day of figures, at the start of a sentence, or elsewhere."""
    if _AS_OF.search(block.text, max(0, mention.start - 8), mention.start):
        return "asof"
    return "open" if mention.start - block.sentence(mention.start)[0] <= _OPENS else "mid"


def is_far(today: date, mention: DateMention) -> bool:
    """Say whether a day without its year lies so far back that it is as likely one to come."""
    return today - mention.last > timedelta(days=240) and _YEAR.search(mention.text) is None


_YEAR = re.compile("[12][0-9]{3}|[年]|year")


def is_ahead(spot: Spot, mention: DateMention) -> bool:
    """Say whether a year's end is one to come: 年底 where something is expected."""
    if not _YEAR_END.fullmatch(mention.text):
        return False
    return any("will" in spot.words[scope] for scope in "bcs")


_YEAR_END = re.compile("年[底末]|(?:the )?(?:year-end|end of (?:the|this) year)", re.IGNORECASE)
