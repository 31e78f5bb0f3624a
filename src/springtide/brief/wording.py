"""How the statements of a brief make sentences: subjects, joined clauses, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from springtide.brief.model import Figure, Sentence, Side, Statement
from springtide.claims.model import Measurement
from springtide.errors import UsageError
from springtide.language.messages import Message, Said, message, say
from springtide.language.types import Language
from springtide.market.types import Instrument
from springtide.metrics.registry import get

Ending = Literal["", "disagreeing", "on-file"]

SIDES: Mapping[Side, str] = {"for": "brief.for", "against": "brief.against"}
"""What stands above the facts that speak for a rally, and above those against it."""


def sentence(
    statements: Sequence[Statement],
    instrument: Instrument,
    languages: Sequence[Language],
    *,
    named: bool,
    dated: bool = False,
    ending: Ending = "",
    turn: int | None = None,
    listed: bool = False,
) -> Sentence:
    """Return what statements on one instrument say, as one sentence in each language.

    Parameters
    ----------
    statements
        At least one, in reading order.
    named, dated
        Whether it begins with the instrument's name (else a pronoun), and with the day.
    ending
        What it adds: that two ways of dating bull and bear markets disagree, or that data begin
        where a record does.
    turn
        Its number in the paragraph: by it pronouns take turns, or are left out, where the language
        has it so; without it there always is one.
    listed
        Whether it stands in a list after another of the same instrument: some languages name it
        again there.
    """
    clauses = [get(one.claim.metric).wording(one.claim, one.measurement) for one in statements]
    day = statements[0].claim.as_of if dated else None
    said = {
        language: _sentence(
            _joined(clauses, language),
            instrument,
            language,
            named or (listed and say("brief.listed", language) == "named"),
            day,
            ending,
            turn,
        )
        for language in languages
    }
    return _placed(said, statements)


def sentence_of(
    predicate: Message,
    statements: Sequence[Statement],
    instrument: Instrument,
    languages: Sequence[Language],
    *,
    named: bool,
    turn: int | None = None,
) -> Sentence:
    """Return the sentence of one predicate that says several statements at once.

    The value that it prints for the first is named ``value``, for the others ``value_2`` and on, or
    it lists one message for each.
    """
    said = {
        language: _sentence(
            predicate.predicate(language), instrument, language, named, None, "", turn
        )
        for language in languages
    }
    return _placed(said, statements)


_ENDINGS: Mapping[Ending, str] = {
    "": "brief.sentence",
    "disagreeing": "brief.sentence-disagreeing",
    "on-file": "brief.sentence-on-file",
}

_VALUE = re.compile(r"predicate\.(?:[a-z]\w*\.)?(?:(\d+)\.)?value(?:_(\d+))?")


def _placed(said: dict[Language, Said], statements: Sequence[Statement]) -> Sentence:
    """Note which of the figures printed are those of the statements."""
    figures: dict[Language, tuple[Figure, ...]] = {}
    for language, one in said.items():
        places = ((place, _VALUE.fullmatch(place.name)) for place in one.figures)
        figures[language] = tuple(
            Figure(place.start, place.end, int(name[1] or 0) + int(name[2] or 1) - 1)
            for place, name in places
            if name is not None
        )
    texts = {language: one.text for language, one in said.items()}
    return Sentence(texts, tuple(statements), figures)


def _joined(clauses: Sequence[Message], language: Language) -> Said:
    """Join predicates, saying a verb that they share once: "has risen 2% and fallen 1%"."""
    whole, before = Said(""), ""
    special = [clause.joint(language) if number else "" for number, clause in enumerate(clauses)]
    plain = [number for number, joint in enumerate(special) if not joint]
    for number, clause in enumerate(clauses):
        verb = clause.verb(language)
        said = clause.said(language) if special[number] else clause.predicate(language, before)
        joint = ""
        if number and not special[number]:
            apart = len(plain) > 2 and verb != before
            joint = say(_usual(number == plain[-1], apart), language)
        whole = whole.then(Said(special[number] or joint)).then(said, str(number))
        before = verb
    return whole


def _usual(last: bool, apart: bool) -> str:
    """Return what joins a predicate to those before: the last of many may have its own verb."""
    if not last:
        return "brief.then"
    return "brief.and-apart" if apart else "brief.and"


def _sentence(
    predicate: Said,
    instrument: Instrument,
    language: Language,
    named: bool,
    day: date | None,
    ending: Ending,
    turn: int | None,
) -> Said:
    """Return a predicate of an instrument as a sentence, begun with a day where one is given."""
    if day is None:
        subject = _subject(instrument, language, named, "", turn)
        if not subject and predicate.text.startswith(say("brief.whose", language)):
            subject = say("brief.this", language, kind=instrument.kind)
        elif not subject:
            predicate = _without(say("brief.of", language), predicate)
        values = message(_ENDINGS[ending], subject=subject, predicate=predicate)
    else:
        subject = _subject(instrument, language, named, "-inside")
        values = message("brief.sentence-dated", day=day, subject=subject, predicate=predicate)
    return values.said(language)


def _without(word: str, predicate: Said) -> Said:
    """Return a predicate without the word that would join it to its subject."""
    if not predicate.text.startswith(word):
        return predicate
    by = len(word)
    moved = (replace(one, start=one.start - by, end=one.end - by) for one in predicate.figures)
    return Said(predicate.text[by:], tuple(moved))


def _subject(
    instrument: Instrument, language: Language, named: bool, place: str, turn: int | None = None
) -> str:
    if not named:
        if turn is None:
            return say("brief.this", language, kind=instrument.kind)
        pronoun = "one" if turn % 2 else "other"
        return say("brief.it", language, kind=instrument.kind, turn=pronoun)
    name = _unmistakable(instrument, language)
    bare = name.removeprefix("The ")
    if instrument.kind not in ("index", "basket") and bare == name:
        return name
    if place:
        return say("brief.the-index-inside", language, name=bare)
    return say("brief.the-index", language, name=bare)


def full_name(instrument: Instrument, language: Language) -> str:
    """Return an instrument's name as a sentence begins with it, by which it is found again."""
    return _subject(instrument, language, True, "")


def title_name(instrument: Instrument, language: Language) -> str:
    """Return the name in a title: a share's with its code, as its name may be a word ("苹果")."""
    name = full_name(instrument, language)
    if instrument.kind not in ("stock", "etf") or name.endswith(
        (f"({instrument.id})", f"（{instrument.id}）")
    ):
        return name
    return say("brief.name-with-id", language, name=name, id=instrument.id)


def _unmistakable(instrument: Instrument, language: Language) -> str:
    """Return its name, with its id where the name alone would mean another listing."""
    from springtide.market import instruments

    name = instrument.name(language)
    try:
        meant = instruments.resolve(name).id
    except UsageError:
        meant = ""
    if meant == instrument.id or name == instrument.id:
        return name
    return say("brief.name-with-id", language, name=name, id=instrument.id)


def heading(section: str, languages: Sequence[Language]) -> dict[Language, str]:
    """Return the heading of a section of a brief."""
    return {language: say("brief.heading", language, section=section) for language in languages}


def missing_in_words(
    missing: Sequence[Measurement], languages: Sequence[Language]
) -> dict[Language, tuple[str, ...]] | None:
    """Return what has no value and which data would be needed, what lacks the same together."""
    if not missing:
        return None
    lines: dict[Language, tuple[str, ...]] = {}
    for language in languages:
        comma = say("brief.comma", language)
        whys: dict[str, list[str]] = {}
        for one in missing:
            reasons = whys.setdefault(get(one.metric).title[language], [])
            if (why := one.missing_in(language)) not in reasons:
                reasons.append(why)
        whats: dict[str, list[str]] = {}
        for what, reasons in whys.items():
            whats.setdefault(comma.join(reasons), []).append(what)
        lines[language] = tuple(
            say("brief.because", language, what=comma.join(what), why=why)
            for why, what in whats.items()
        )
    return lines
