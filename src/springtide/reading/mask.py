"""Masking a sentence: every mention becomes one private character that patterns can name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from springtide.language.quantities import find_windows
from springtide.language.types import DateMention, PartMention, PeriodMention, Quantity
from springtide.metrics.patterns import MARKS, Mention, NameMention, WindowMention
from springtide.reading.numbers.scene import BlockScene, starting

_DURATIONS = frozenset(("sessions", "days", "weeks", "months", "quarters", "years"))
_PLACES = ("order", "item", "streak")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
_DIGITS = re.compile("[0-9][0-9.,]*(?<![.,])")
_UNIT_MARKS = {"%": "pct", "points": "points", "": "number", "x": "times", "shares": "shares"}


@dataclass(frozen=True, slots=True)
class Masked:
    """A sentence with its mentions as marks.

    ``start`` is where the sentence begins in its block, ``at[i]`` the offset of ``text[i]`` in the
    sentence; ``mentions[i]`` is the mention behind the mark at ``text[i]``.
    """

    start: int
    sentence: str
    text: str
    at: tuple[int, ...]
    mentions: dict[int, Mention]
    parts: tuple[PartMention, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the sentence of ``text[start:end]``, mentions in full."""
        last = self.mentions.get(end - 1)
        return self.at[start], last.end if last is not None else self.at[end - 1] + 1


def mask(block: BlockScene, start: int, end: int) -> Masked:
    """Put marks in the places of all mentions of a sentence of a block.

    Where two overlap, the one that starts first wins, and the longer one among those.
    """
    sentence = block.text[start:end]
    candidates = sorted(_mentions(block, start, end), key=lambda m: (m.start, -m.end, _order(m)))
    characters: list[str] = []
    at: list[int] = []
    mentions: dict[int, Mention] = {}
    position = 0
    for mention in candidates:
        if mention.start < position:
            continue
        characters.extend(sentence[position : mention.start])
        at.extend(range(position, mention.start))
        mentions[len(characters)] = mention
        characters.append(MARKS[kind_of(mention)])
        at.append(mention.start)
        position = mention.end
    characters.extend(sentence[position:])
    at.extend(range(position, len(sentence)))
    parts = tuple(
        part
        for part in _within(block.parts, start, end)
        if not any(m.start < part.end and part.start < m.end for m in mentions.values())
    )
    return Masked(start, sentence, "".join(characters), tuple(at), mentions, parts)


def _mentions(block: BlockScene, start: int, end: int) -> Iterator[Mention]:
    """Yield what stands in a sentence, with offsets into it."""
    for a, b, window in find_windows(block.text[start:end]):
        yield WindowMention(a, b, block.text[start + a : start + b], window)
    for name in starting(block.names, start, end):
        if name.end <= end and name.how != "word":
            yield NameMention(name.start - start, name.end - start, name.text, name.ids, name.loose)
    yield from _within(block.periods, start, end)
    yield from _within(block.dates, start, end)
    for number in starting(block.numbers, start, end):
        quantity = number.quantity
        if quantity is None or number.shape in _PLACES or _ORDINAL.match(block.text, number.end):
            continue  # "the second support", "the 51st" and 三连升 are patterns' own words
        if number.end <= end:
            digits = _DIGITS.match(number.text) if quantity.unit == "count" else None
            if digits is not None:  # 49个 is a bare number before its counter
                last, quantity = number.start + digits.end(), replace(quantity, unit="")
            else:
                last = number.end
            yield replace(quantity, start=number.start - start, end=last - start)


Placed = TypeVar("Placed", PeriodMention, DateMention, PartMention)


def _within(mentions: tuple[Placed, ...], start: int, end: int) -> Iterator[Placed]:
    for one in starting(mentions, start, end):
        if one.end <= end:
            yield replace(one, start=one.start - start, end=one.end - start)


def _order(mention: Mention) -> int:
    order: tuple[type, ...] = (WindowMention, NameMention, PeriodMention, DateMention, Quantity)
    return order.index(type(mention))


def kind_of(mention: Mention) -> str:
    """Return the kind of mark that stands for a mention."""
    if isinstance(mention, NameMention):
        return "name"
    if isinstance(mention, WindowMention):
        return _indicator(mention)
    if isinstance(mention, PeriodMention):
        return "period"
    if isinstance(mention, DateMention):
        return "date"
    if mention.unit in _DURATIONS:
        return "duration"
    if mention.unit in _UNIT_MARKS:
        return _UNIT_MARKS[mention.unit]
    return "money" if len(mention.unit) == 3 and mention.unit.isupper() else "other"


_RSI = re.compile("RSI|强弱|relative strength", re.IGNORECASE)
_SIMPLE_AVERAGE = re.compile(
    r"均线|平均|均价|moving.average|日线|天线|(?<![EW])MA\b", re.IGNORECASE
)
_OTHER_AVERAGE = re.compile("exponential|weighted|EMA|WMA|MACD", re.IGNORECASE)


def _indicator(mention: WindowMention) -> str:
    if _RSI.search(mention.text):
        return "window"
    simple = _SIMPLE_AVERAGE.search(mention.text) and not _OTHER_AVERAGE.search(mention.text)
    return "average" if simple else "indicator"
