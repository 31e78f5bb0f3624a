"""Views that something will do better, or worse, than an index: who is meant, and against what.

A verb of comparison that a name of an index (or "the market") follows, an instrument before it, and
words for what is to come. A rating of that name ("rated Outperform", 给予跑赢大市评级) is no such view,
nor is what has happened already, nor sales, earnings or expectations that are beaten.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from springtide.calls.reading import words
from springtide.market import instruments
from springtide.market.types import Instrument
from springtide.metrics import benchmarks
from springtide.reading.numbers.names import Name

VERB = re.compile(
    r"跑[赢贏]|跑[输輸]|(?:表现|走势|回报|涨幅|升幅)(?:将|会)?(?:[优好强胜]于|胜过|好过)|"
    r"(?:表现|走势|回报|涨幅|升幅)(?:将|会)?(?:[逊弱差]于|落后于?)|"
    r"\b(?:out-?perform|outpace|do better than|fare better than|beat)\b|"
    r"\b(?:under-?perform|lag(?: behind)?|trail|do worse than|fare worse than)\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"输|輸|逊|弱|差|落后|under|lag|trail|worse", re.IGNORECASE)
_MARKET = re.compile(
    r"\s*(?:大市|大盘|(?:the |its )?(?:broader |wider |broad )?market\b)", re.IGNORECASE
)
_ARTICLE = re.compile(r"\s*(?:the |its benchmark |benchmark )?", re.IGNORECASE)

_RATING = re.compile(
    r"评级|评为|给予|予以|列为|\brat(?:ed|ing|es)\b|\bcoverage\b|\b(?:up|down)grad", re.IGNORECASE
)
_QUOTED = re.compile(r"[“「『\"'‘]\s*$")
_AHEAD = re.compile(
    r"预计|预期|预测|预料|料(?!理)|将|会|有望|可望|看好|相信|认为|料可|可能|"
    r"\b(?:will|to|expects?|expected|forecasts?|predicts?|sees?|should|likely|could|may|might|can)\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"不(?!排除)|难|未(?!来)|没有?|\b(?:not|never|n't|unlikely|fail(?:s|ed)?|hardly|rather than)\b",
    re.IGNORECASE,
)
_DONE = re.compile(r"\s*了|\s*逾|\s*约?\d", re.IGNORECASE)
_OF_OTHERS = re.compile(
    r"盈利|收入|利润|营收|销[量售]|增长|增速|业绩|经济|出口|\b(?:earnings|revenues?|sales|profits?|growth|economy|margins?)\b",
    re.IGNORECASE,
)

_COMPARED = ("index", "etf", "basket")


@dataclass(frozen=True, slots=True)
class Compared:
    """What a view compares: an instrument, its benchmark, and on which side it is to be.

    ``start`` and ``end`` are offsets in the sentence, ``before`` the words of its clause before the
    verb.
    """

    instrument: Instrument
    benchmark: str
    behind: bool
    before: str
    start: int
    end: int


def compared(sentence: str, names: list[Name], is_meant: Callable[[Name], bool]) -> Compared | None:
    """Return what a sentence says will do better or worse than what; None where it says no such thing.

    Parameters
    ----------
    sentence
        Its words, normalised.
    names
        The names that stand in it, with offsets in the sentence.
    is_meant
        Whether a name is one of an instrument.
    """
    for verb in VERB.finditer(sentence):
        clause = re.split(r"[，。；;]|, ", sentence[: verb.start()])[-1]
        if not _is_view(clause, sentence, verb):
            continue
        mine = [one for one in names if one.end <= verb.start() and is_meant(one)]
        known = instruments.find(mine[-1].ids[0]) if mine else None
        against = _against(sentence, verb.end(), names, is_meant, known)
        if known is None or not against:
            continue
        behind = bool(_BEHIND.search(verb[0]))
        return Compared(known, against[0], behind, clause, mine[-1].start, against[1])
    return None


def _is_view(clause: str, sentence: str, verb: re.Match[str]) -> bool:
    after = sentence[verb.end() : verb.end() + 12]
    if not _AHEAD.search(clause) or _NOT.search(clause[-12:]) or _DONE.match(after):
        return False
    if _QUOTED.search(sentence[: verb.start()]) or _RATING.search(clause[-16:] + verb[0] + after):
        return False
    return not (words.PAST.search(clause[-16:]) or _OF_OTHERS.search(clause[-12:]))


def _against(
    sentence: str,
    end: int,
    names: list[Name],
    is_meant: Callable[[Name], bool],
    known: Instrument | None,
) -> tuple[str, int] | None:
    """Return what is named right after the verb, an index or the market, and where it ends."""
    market = _MARKET.match(sentence, end)
    if market is not None and known is not None:
        default = benchmarks.default(known)
        return (default, market.end()) if default else None
    article = _ARTICLE.match(sentence, end)
    begin = article.end() if article is not None else end
    for one in names:
        if one.start in (end, begin) and is_meant(one):
            other = instruments.find(one.ids[0])
            if other is None or other.kind not in _COMPARED or other is known:
                return None
            return other.id, one.end
    return None
