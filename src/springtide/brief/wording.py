"""How the statements of a brief make sentences: subjects, joined clauses, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from springtide.brief.model import Statement
from springtide.claims.model import Measurement
from springtide.errors import UsageError
from springtide.language.format import format_date
from springtide.language.types import Language
from springtide.market.types import Instrument
from springtide.metrics.registry import get


def sentence(
    statements: Sequence[Statement],
    instrument: Instrument,
    language: Language,
    *,
    named: bool,
    dated: bool = False,
) -> str:
    """Return what statements on one instrument say, as one sentence.

    Parameters
    ----------
    statements
        At least one, in reading order.
    named, dated
        Whether it begins with the instrument's name (else a pronoun), and with the day.
    """
    clauses = [
        get(one.claim.metric).wording[language](one.claim, one.measurement) for one in statements
    ]
    day = statements[0].claim.as_of if dated else None
    predicate = _joined(clauses) if language == "en" else "，".join(clauses)
    return said(predicate, instrument, language, named=named, day=day)


def said(
    predicate: str,
    instrument: Instrument,
    language: Language,
    *,
    named: bool,
    day: date | None = None,
) -> str:
    """Return a predicate of an instrument as a sentence, begun with a day where one is given."""
    if language == "en":
        subject = full_name(instrument, "en") if named else "It"
        if day is not None:
            return f"On {format_date(day, 'en')} {_mid(subject)} {predicate}."
        return f"{subject} {predicate}."
    pronoun = "该指数" if instrument.kind == "index" else "该股"
    subject = full_name(instrument, language) if named else pronoun
    opening = "" if day is None else f"{format_date(day, language)}，"
    return f"{opening}{subject}{predicate}。"


def _joined(clauses: Sequence[str]) -> str:
    """Join predicates, saying a verb that they share once: "has risen 2% and fallen 1%"."""
    text = clauses[0]
    for before, clause in pairwise(clauses):
        first, _, rest = clause.partition(" ")
        text += f" and {rest if before.startswith(first + ' ') else clause}"
    return text


def full_name(instrument: Instrument, language: Language) -> str:
    """Return an instrument's name as a sentence begins with it, by which it is found again."""
    name = _unmistakable(instrument, language)
    if language == "en" and instrument.kind == "index" and not name.startswith("The "):
        return f"The {name}"
    return name


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
    return f"{name} ({instrument.id})" if language == "en" else f"{name}（{instrument.id}）"


def _mid(subject: str) -> str:
    """Return a subject as it stands inside a sentence."""
    return "the " + subject[4:] if subject.startswith("The ") else subject


def missing_in_words(
    missing: Sequence[Measurement], languages: Sequence[Language]
) -> dict[Language, tuple[str, ...]] | None:
    """Return a line for each measurement without a value: which data would be needed."""
    if not missing:
        return None
    lines: dict[Language, tuple[str, ...]] = {}
    for language in languages:
        colon = ": " if language == "en" else "："
        gaps = [
            get(one.metric).title[language]
            + colon
            + (one.missing if language == "en" else one.missing_zh)
            for one in missing
        ]
        lines[language] = tuple(dict.fromkeys(gaps))
    return lines
