"""What surrounds a match: which day, which period, which part of the session."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from springtide.language.types import DateMention, PartMention, PeriodMention, SessionPart
from springtide.metrics.patterns import MARKS, NameMention
from springtide.reading.mask import Masked

_CLAUSE = "，,；;：:。！？!?"
_CLAUSE_END = re.compile(f"[{_CLAUSE}]")
_NAME = MARKS["name"]
DATELINE = 4
"""A date this near to its sentence's start is also that of the sentences after it."""

_HAN = re.compile("[\u4e00-\u9fff]")
_GAP = re.compile(
    "(?<=[\u4e00-\u9fff\ue002-\ue008\ue00c])[ \u3000]+(?=[\u4e00-\u9fff\ue001\ue009\ue00a])"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a masked sentence a match stands: its span, its value's, and its clause's."""

    start: int
    end: int
    value: int
    clause_start: int
    clause_end: int


def place(masked: Masked, start: int, end: int, value: int | None = None) -> Place:
    """Find the clause of a match; ``value`` is where its value stands, by default its start."""
    text = masked.text
    marks = _clause_ends(text)
    after = bisect_left(marks, end)
    clause_start = _clause_start(text, start)
    clause_end = marks[after] if after < len(marks) else len(text)
    gaps = [gap for gap in _gaps(text) if clause_start <= gap < clause_end]
    clause_start = max((gap + 1 for gap in gaps if gap < start), default=clause_start)
    clause_end = min((gap for gap in gaps if gap >= end), default=clause_end)
    return Place(start, end, start if value is None else value, clause_start, clause_end)


@lru_cache(maxsize=2)
def _clause_ends(text: str) -> tuple[int, ...]:
    """Return where the marks stand that end a clause; all matches of a sentence ask for them."""
    return tuple(mark.start() for mark in _CLAUSE_END.finditer(text))


@lru_cache(maxsize=2)
def _gaps(text: str) -> tuple[int, ...]:
    """Return where the spaces begin that set the parts of a Chinese headline apart."""
    return tuple(gap.start() for gap in _GAP.finditer(text)) if _HAN.search(text) else ()


def _clause_start(text: str, at: int) -> int:
    """Return where the clause begins in which a character stands."""
    marks = _clause_ends(text)
    before = bisect_left(marks, at)
    return marks[before - 1] + 1 if before else 0


def lead(masked: Masked, where: Place) -> str:
    """Return the words before a match's value that say what it is about.

    They begin after the last name of the clause. Where the clause begins with the match itself,
    the clause before belongs to it ("revenue of 5 billion, up 8%"), up to a name.
    """
    text = masked.text
    start = max(where.clause_start, text.rfind(_NAME, 0, where.start) + 1)
    own = _plain(text[start : where.value])
    if _plain(text[start : where.start]).strip() or start > where.clause_start:
        return own
    previous = _clause_start(text, max(where.clause_start - 1, 0))
    start = max(previous, text.rfind(_NAME, 0, where.start) + 1)
    if _NEWS.search(text, start, where.clause_start):
        return own
    return _plain(text[start : where.value])


# A clause of news before a move gives its reason, not its subject: 收入指引胜预期，升6%
_NEWS = re.compile("(?:预期|消息|公布|后|支持|带动|刺激|影响|拖累)[，,]$")


def trail(masked: Masked, where: Place) -> str:
    """Return the words after a match, to the end of its clause."""
    return _plain(masked.text[where.end : where.clause_end])


def _plain(text: str) -> str:
    return re.sub("[\ue001-\ue00e]", " ", text)


def clause(masked: Masked, where: Place) -> str:
    """Return the words of a match's clause as written, marks and all."""
    if where.clause_start >= len(masked.at):
        return ""
    return masked.sentence[
        slice(*masked.span(where.clause_start, max(where.clause_end, where.end)))
    ]


def is_closing(masked: Masked, where: Place) -> bool:
    """Say whether a match's own words, or those right before it, are of the close."""
    words = masked.text[where.start : where.end]
    return bool(_CLOSING.match(words) or _CLOSED_BEFORE.search(masked.text[: where.start]))


def governing_period(
    masked: Masked, where: Place, consumed: Collection[int]
) -> tuple[PeriodMention | None, DateMention | None]:
    """Return the period, or the stretch of dates, over which a move is stated, if any is.

    Looked for in its clause before it, then right after it ("rose 11% this year"), then earlier in
    its sentence. A single day that stands nearer says that the move is that day's.
    """
    before = [at for at in sorted(masked.mentions, reverse=True) if at < where.end]
    own = [at for at in before if at >= where.clause_start]
    adjoining = masked.mentions.get(where.end + (masked.text[where.end : where.end + 1] == " "))
    if where.clause_end == where.end and _HAN.search(masked.text):
        adjoining = None
    if isinstance(adjoining, PeriodMention) and adjoining.period.kind != "all":
        return adjoining, None
    stretch = _stretch_after(masked, where)
    if stretch is not None:
        return None, stretch
    times = _nearest_time(masked, own, consumed)
    if times is not None:
        return times
    after = _period_after(masked, where, consumed)
    if after is not None:
        return after, None
    times = _nearest_time(masked, _earlier_times(masked, where, before), consumed)
    return (times[0], None) if times is not None else (None, None)


def _earlier_times(masked: Masked, where: Place, before: list[int]) -> list[int]:
    """Return the marks of the clauses before a match's that may govern it too."""
    goes_on = bool(_GOES_ON.search(masked.text, where.clause_start, where.end))
    part = max((gap.end() for gap in _GAP.finditer(masked.text, 0, where.start)), default=0)
    earlier = [at for at in before if part <= at < where.clause_start]
    return [at for at in earlier if goes_on or _opens_clause(masked, at)]


_GOES_ON = re.compile("累|合计|合共|总共|短短|进账|[而则亦也]\ue001|\ue001[则亦也]")
_TIME_LEAD = re.compile(
    "(?:在|于|至|截|而|但|且|若|以|从|自|就|按|其中|不过|此外|目前|过去|近|最近|总结|回顾|整体|指数|该|累计|\ue001| )*"
)


def _opens_clause(masked: Masked, at: int) -> bool:
    """Say whether a time opens its clause, and so may govern the clauses after it."""
    start = _clause_start(masked.text, at)
    return not _HAN.search(masked.text) or bool(_TIME_LEAD.fullmatch(masked.text, start, at))


# "the best in ten years" is no period of the moves around it
_SUPERLATIVE = re.compile("(?:以?来)?的?(?:单[日周月])?(?:最[佳大好差强长多少快]|新[高低]|首次?)")


def _in_brackets_after(masked: Masked, at: int) -> DateMention | None:
    """Return the dates that spell out a period: 本周（2月5日至2月7日）."""
    dates = masked.mentions.get(at + 2)
    if masked.text[at + 1 : at + 2] not in ("(", "（") or not isinstance(dates, DateMention):
        return None
    return dates if dates.first != dates.last else None


def _nearest_time(
    masked: Masked, positions: list[int], consumed: Collection[int]
) -> tuple[PeriodMention | None, DateMention | None] | None:
    for at in positions:
        mention = masked.mentions[at]
        if at in consumed:
            continue
        if isinstance(mention, PeriodMention) and mention.period.kind != "all":
            if _SUPERLATIVE.match(masked.text, at + 1):
                continue
            spelt_out = _in_brackets_after(masked, at)
            return (None, spelt_out) if spelt_out is not None else (mention, None)
        if isinstance(mention, DateMention):
            return (None, None) if mention.first == mention.last else (None, mention)
    return None


_APART = re.compile(r"\b(?:but|and|while|as|after|before|to|when|on track)\b|但|而|并")


_OF_WHAT = re.compile(r"(?: worth)? (?:of|in|into) (?:the )?")
"""What stands between a sum and what was bought with it: "$18 billion of Hong Kong stocks"."""


def _period_after(masked: Masked, where: Place, consumed: Collection[int]) -> PeriodMention | None:
    for at in sorted(i for i in masked.mentions if where.end <= i < where.clause_end):
        mention = masked.mentions[at]
        if isinstance(mention, NameMention) and _OF_WHAT.fullmatch(masked.text, where.end, at):
            continue
        if isinstance(mention, NameMention) or at in consumed:
            return None
        if isinstance(mention, PeriodMention) and mention.period.kind != "all":
            return None if _APART.search(masked.text[where.end : at]) else mention
    return None


_WITHIN = re.compile(
    rf"(?: of {MARKS['money']}| at {MARKS['money']}| per share| points)*,? (?:in|during|over|for) "
    rf"(?={MARKS['date']})"
)


def _stretch_after(masked: Masked, where: Place) -> DateMention | None:
    """Return the month or other stretch of dates that an English match is said to lie in."""
    within = _WITHIN.match(masked.text, where.end)
    mention = masked.mentions.get(within.end()) if within else None
    stands = isinstance(mention, DateMention) and mention.first != mention.last
    return mention if stands else None  # type: ignore[return-value]


_TO_A_DATE = re.compile(rf" ?(?:-|–|—|~|至|到|to) ?(?:{MARKS['date']}|\d{{4}}[./年-])")


def written_day(masked: Masked, where: Place) -> DateMention | None:
    """Return the single day that a sentence names for a match: nearest before, else in its clause."""
    singles = [
        (at, mention)
        for at, mention in sorted(masked.mentions.items())
        if isinstance(mention, DateMention)
        and mention.first == mention.last
        and not _TO_A_DATE.match(masked.text, at + 1)
    ]
    before = [
        mention
        for at, mention in singles
        if at < where.end and (at >= where.clause_start or _begins_clause(masked, at))
    ]
    if before:
        return before[-1]
    after = [mention for at, mention in singles if where.end <= at < where.clause_end]
    return after[0] if after else None


def day_to_carry(masked: Masked) -> date | None:
    """Return the day that a sentence opens with, which is that of the sentences after it too."""
    end = len(masked.text)
    day = written_day(masked, Place(end, end, end, 0, end))
    return day.first if day is not None and day.start <= DATELINE else None


_BEGINNING = re.compile(
    rf"(?:^|[{_CLAUSE}、（( ])(?:[\u4e00-\u9fff]{{0,4}}|[^{_CLAUSE}]{{0,12}} )$"
)


def _begins_clause(masked: Masked, at: int) -> bool:
    """Say whether a day opens its clause, and so is the day of the clauses after it too."""
    if not _HAN.search(masked.text):
        return True
    return bool(_BEGINNING.search(masked.text[max(0, at - 14) : at] or ""))


_STRONG: tuple[SessionPart, ...] = ("intraday", "high", "low")
_CLOSING = re.compile(r"收|\b(?:clos|end|finish|settl)", re.IGNORECASE)
_CLOSED_BEFORE = re.compile(r"(?:收市|收盘|\b(?:clos|end|finish|settl)\w*)\W{0,2}$", re.IGNORECASE)


def governing_part(masked: Masked, where: Place) -> SessionPart | None:
    """Return the part of the session: of the match's words, its clause, else of what came before."""
    begin = masked.at[where.clause_start] if where.clause_start < len(masked.at) else 0
    own = [part for part in masked.parts if begin <= part.start < _end_offset(masked, where)]
    strong = [part for part in own if part.part in _STRONG]
    if is_closing(masked, where):
        return "close"
    if strong:
        return strong[-1].part
    if own:
        return own[-1].part
    earlier: list[PartMention] = [part for part in masked.parts if part.start < begin]
    return earlier[-1].part if earlier else None


def _end_offset(masked: Masked, where: Place) -> int:
    _, end = masked.span(where.start, where.end)
    limit = (
        masked.at[where.clause_end] if where.clause_end < len(masked.at) else len(masked.sentence)
    )
    return max(end, limit)
