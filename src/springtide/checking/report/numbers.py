"""Every number of an article in words: how many there are, which are claims, why one is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache

from springtide.checking.report.model import CheckReport
from springtide.checking.report.titles import subject_name
from springtide.language.messages import Said, message, say
from springtide.language.types import Language
from springtide.reading.numbers.frame import WHY, NumberReading


def counted(report: CheckReport) -> str:
    """Return how many numbers were read, how many are claims, and what the others are.

    Examples
    --------
    >>> from springtide.reading.numbers.frame import Kind
    >>> numbers = (NumberReading(0, 4, "2025", Kind(False, why="date")),)
    >>> counted(CheckReport("note.md", "2025", None, "en", (), numbers=numbers, claim_of=(None,)))
    'Numbers: 1 read, 0 claims (0 checked), 1 no claims (dates 1)'
    """
    language = report.language
    why = Counter(number.kind.why for number in report.numbers if not number.is_claim)
    none = sum(why.values())
    whole = say(
        "numbers.count",
        language,
        all=len(report.numbers),
        claims=len(report.numbers) - none,
        measured=sum(index is not None for index in report.claim_of),
        none=none,
    )
    if not none:
        return whole
    groups = say("numbers.comma", language).join(
        say("numbers.group", language, why=message("numbers.whys", why=name), count=why[name])
        for name in sorted(why, key=lambda name: (-why[name], WHY.index(name)))
    )
    return say("numbers.counted", language, count=whole, groups=groups)


def unclaimed(report: CheckReport) -> Iterator[tuple[int, NumberReading, str]]:
    """Yield the index of each number that claims nothing, the number, and why."""
    for i, number in enumerate(report.numbers):
        if not number.is_claim:
            yield i, number, why_in_words(number, report.language)


def unmeasured(report: CheckReport) -> Iterator[tuple[int, NumberReading, str]]:
    """Yield the index of each claim that no metric measures, the number, and what it is."""
    for i, (number, claim) in enumerate(zip(report.numbers, report.claim_of, strict=True)):
        if number.is_claim and claim is None:
            yield i, number, claim_in_words(number, report.language)


def why_in_words(number: NumberReading, language: Language) -> str:
    """Return why a number claims nothing."""
    return _why(number.kind.why, language)


@cache
def _why(why: str, language: Language) -> str:
    return say("numbers.why", language, why=why)


def claim_in_words(number: NumberReading, language: Language) -> str:
    """Return what a claim is of: its measure, and whose."""
    measure, subject = _measure(number.kind.measure, language), number.subject
    if not subject.name:
        return measure.text
    name = subject_name(subject.id, language) if subject.id else subject.name
    return say("numbers.measure-of", language, measure=measure, subject=name)


@cache
def _measure(measure: str, language: Language) -> Said:
    return message("numbers.measure", measure=measure).said(language)


def period_in_words(kind: str, first: date | None, last: date | None, language: Language) -> str:
    """Return a stretch with its ends, where they are known.

    Examples
    --------
    >>> period_in_words("ytd", date(2024, 12, 31), None, "en")
    'year to date (from 31 December 2024)'
    """
    words = message("numbers.period", period=kind)
    if first is not None and last is not None:
        return say("numbers.stretch", language, kind=words, first=first, last=last)
    if first is not None:
        return say("numbers.stretch-from", language, kind=words, first=first)
    if last is not None:
        return say("numbers.stretch-to", language, kind=words, last=last)
    return words.text(language)
