"""Masking a sentence: every mention becomes one private character that patterns can name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from springtide.language.dates import find_dates, find_parts
from springtide.language.periods import find_periods
from springtide.language.quantities import find_quantities, find_windows
from springtide.language.types import DateMention, PartMention, PeriodMention, Quantity
from springtide.metrics.patterns import MARKS, Mention, NameMention, WindowMention
from springtide.reading.names import find_names

_DURATIONS = frozenset(("sessions", "days", "weeks", "months", "quarters", "years"))
_UNIT_MARKS = {"%": "pct", "points": "points", "": "number", "x": "times", "shares": "shares"}


@dataclass(frozen=True, slots=True)
class Masked:
    """A sentence with its mentions as marks.

    ``at[i]`` is the offset of ``text[i]`` in the sentence; ``mentions[i]`` the mention behind the
    mark at ``text[i]``.
    """

    sentence: str
    text: str
    at: tuple[int, ...]
    mentions: dict[int, Mention]
    parts: tuple[PartMention, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the sentence of ``text[start:end]``, mentions in full."""
        last = self.mentions.get(end - 1)
        return self.at[start], last.end if last is not None else self.at[end - 1] + 1


def mask(sentence: str, anchor: date) -> Masked:
    """Find all mentions of a normalised sentence and put marks in their places.

    Where two overlap, the one that starts first wins, and the longer one among those.
    """
    windows = [WindowMention(a, b, sentence[a:b], n) for a, b, n in find_windows(sentence)]
    candidates: list[Mention] = [
        *windows,
        *find_names(sentence),
        *find_periods(sentence, anchor),
        *find_dates(sentence, anchor),
        *find_quantities(sentence),
    ]
    candidates.sort(key=lambda m: (m.start, -m.end, _order(m)))
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
        for part in find_parts(sentence)
        if not any(m.start < part.end and part.start < m.end for m in mentions.values())
    )
    return Masked(sentence, "".join(characters), tuple(at), mentions, parts)


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
