"""Why a number was read so: its candidates, which won, and what follows, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from springtide.checking.readings import differences
from springtide.checking.report.model import CheckReport
from springtide.checking.report.numbers import claim_in_words, period_in_words, why_in_words
from springtide.checking.report.terminal import plain
from springtide.checking.report.titles import metric_title, subject_name
from springtide.claims.words import label_in_words
from springtide.language.messages import say
from springtide.language.types import Language
from springtide.reading.numbers.frame import NumberReading
from springtide.reading.numbers.weighing import Option

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

CHOSEN = "✓"


def chosen_numbers(report: CheckReport, asked: str) -> list[int]:
    """Return the indices of the numbers that a text or an offset means, all for "".

    Those that are printed exactly so come first, else those whose text or its surroundings hold
    it; a whole number that is printed nowhere is an offset into the article.

    Examples
    --------
    >>> from springtide.reading.numbers.frame import Kind
    >>> kind = Kind(False, why="date")
    >>> numbers = (NumberReading(0, 4, "2025", kind), NumberReading(9, 11, "3%", kind))
    >>> report = CheckReport("a.md", "2025 was 3%", None, "en", (), numbers=numbers)
    >>> [chosen_numbers(report, asked) for asked in ("", "3%", "was 3", "2", "9", "4%")]
    [[0, 1], [1], [1], [0], [1], []]
    """
    numbers = list(enumerate(report.numbers))
    if not asked:
        return [i for i, _ in numbers]
    exact = [i for i, number in numbers if number.text == asked]
    if exact:
        return exact
    places = _places(report.text, asked)
    overlapping = [
        i for i, number in numbers if any(a < number.end and number.start < b for a, b in places)
    ]
    if overlapping:
        return overlapping
    at = int(asked) if asked.isdecimal() else -1
    return [i for i, number in numbers if number.start <= at < number.end]


def _places(text: str, part: str) -> list[tuple[int, int]]:
    places = []
    at = text.find(part)
    while at >= 0:
        places.append((at, at + len(part)))
        at = text.find(part, at + 1)
    return places


def explanations(report: CheckReport) -> Iterator[RenderableType]:
    """Yield a heading, a table of candidates and what follows for each number that was weighed."""
    for i, (number, options) in enumerate(zip(report.numbers, report.weighings, strict=True)):
        if options:
            at = say("numbers.at", report.language, text=number.text, start=number.start)
            yield plain(at, "bold")
            yield _table(options, report.language)
            for line in _follows(report, i, number):
                yield plain(line)
            yield plain("")


def _table(options: tuple[Option, ...], language: Language) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    heads = ("numbers.slot-head", "numbers.candidate", "numbers.words", "numbers.score")
    table = Table(box=SIMPLE_HEAD)
    for key in heads:
        table.add_column(
            say(key, language),
            justify="right" if key == "numbers.score" else "left",
            no_wrap=key in ("numbers.slot-head", "numbers.score"),
        )
    table.add_column(say("numbers.marked", language), justify="center", no_wrap=True)
    before = ""
    for option in options:
        slot = "" if option.slot == before else say("numbers.slot", language, slot=option.slot)
        before = option.slot
        score = say("numbers.by-rule", language) if option.chance is None else ""
        table.add_row(
            plain(slot),
            plain(_candidate(option, language)),
            plain("" if option.words == option.value else option.words),
            plain(score or f"{option.chance:.2f}"),
            CHOSEN if option.chosen else "",
            style="bold" if option.chosen else "",
        )
    return table


def _candidate(option: Option, language: Language) -> str:
    """Return what an option says, in words."""
    match option.slot:
        case "kind" if option.value.startswith("none:"):
            return say("numbers.why", language, why=option.value.removeprefix("none:"))
        case "kind":
            return say("numbers.measure", language, measure=option.value)
        case "direction":
            return say("numbers.direction", language, direction=option.value)
        case "modality":
            return say("numbers.modality", language, modality=option.value)
        case "period":
            return period_in_words(option.value, option.first, option.last, language)
        case "day":
            return say("numbers.day", language, day=date.fromisoformat(option.value))
        case "basis":
            return say("numbers.basis", language, basis=option.value)
    return subject_name(option.value, language)


def _follows(report: CheckReport, i: int, number: NumberReading) -> Iterator[str]:
    """Yield what a number is, how it was checked, and in what other ways it may be read."""
    language = report.language
    if not number.is_claim:
        yield say("numbers.is-none", language, why=why_in_words(number, language))
        return
    index = report.claim_of[i]
    if index is None:
        yield say("numbers.is-unmeasured", language, what=claim_in_words(number, language))
        return
    verdict = report.verdicts[index]
    claim = verdict.claim
    yield say(
        "numbers.is-measured",
        language,
        metric=metric_title(claim.metric, language),
        subject=subject_name(claim.subject, language),
        day=claim.as_of,
        label=label_in_words(verdict.label, language),
        reason=verdict.reason.rstrip(".。"),
    )
    ways = [" ".join(differences(claim, other, language)) for other in claim.others]
    ways = [way for way in dict.fromkeys(ways) if way]
    if ways:
        joined = say("check.semicolon", language).join(ways)
        yield say("numbers.others", language, ways=joined)
    else:
        yield say("numbers.no-others", language)
