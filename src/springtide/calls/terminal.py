"""Calls for the terminal: each with what came of it, and how well their sources have done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from springtide.calls.ledger import identity
from springtide.calls.outcomes import Score
from springtide.calls.words import (
    call_in_words,
    few_in_words,
    rate_in_words,
    said_by,
    status_in_words,
)
from springtide.claims.model import Outcome
from springtide.claims.terminal import folded, table
from springtide.language.format import format_number
from springtide.language.messages import say
from springtide.language.types import Language
from springtide.outlook.words import probability_percent

if TYPE_CHECKING:
    from rich.console import RenderableType


def calls_parts(
    outcomes: Sequence[Outcome], scores: Sequence[Score], day: date, language: Language
) -> Iterator[RenderableType]:
    """Yield calls for a rich console, from the top: tables, lines, and texts to fold.

    Parameters
    ----------
    outcomes, scores
        What came of the calls, and how well their sources did; without calls a line says how to
        file some.
    day
        The day as of which it is known.
    """
    if not outcomes:
        yield say("calls.none-on-file", language, day=str(day))
        return
    keys = (
        "calls.made",
        "calls.subject",
        "calls.call",
        "calls.due",
        "calls.source",
        "calls.chance",
        "calls.base-rate",
        "calls.came",
        "calls.decided",
        "calls.brier",
        "calls.id",
    )
    heads = [say(key, language) for key in keys]
    right = [say(key, language) for key in ("calls.chance", "calls.base-rate", "calls.brier")]
    yield table(heads, [_row(one, language) for one in outcomes], right=right)
    yield ""
    few = few_in_words([one.call for one in outcomes], language)
    if few:
        yield folded(few, language)
        yield ""
    yield from _awaited(outcomes, day, language)
    of_score = (
        "calls.source",
        "calls.decided",
        "calls.open",
        "calls.days",
        "calls.subjects",
        "calls.brier",
        "calls.beside",
        "calls.base",
        "calls.on",
    )
    heads = [say(key, language) for key in of_score]
    yield table(heads, [_score_row(one, language) for one in scores], right=heads[1:])
    yield ""
    yield folded(say("calls.limits", language), language)
    late = sum(one.late for one in scores)
    if late:
        yield folded(say("calls.late", language, late=late, all=len(outcomes)), language)


def _awaited(outcomes: Sequence[Outcome], day: date, lang: Language) -> Iterator[RenderableType]:
    """Say which data the calls need whose horizon has ended and which are not decided."""
    due = [
        one.measurement.missing_in(lang)
        for one in outcomes
        if one.status == "open" and one.call.due is not None and one.call.due < day
    ]
    if due:
        yield folded(say("calls.due-and-open", lang), lang)
        for reason in dict.fromkeys(due):
            yield folded(f"- {reason}", lang)
        yield ""


def _row(one: Outcome, lang: Language) -> list[str]:
    call = one.call
    return [
        str(call.made),
        call.claim.subject,
        call_in_words(call, lang),
        str(call.due or "—"),
        said_by(call.source, lang),
        "—" if call.probability is None else probability_percent(call.probability).text(lang),
        rate_in_words(call.base_rate, lang),
        status_in_words(one, lang),
        str(one.decided_on or "—"),
        _number(one.brier, lang),
        identity(call),
    ]


def _score_row(one: Score, lang: Language) -> list[str]:
    beside = one.beside
    return [
        one.source,
        str(one.decided),
        str(one.undecided),
        str(one.days),
        str(one.subjects),
        _number(one.brier, lang),
        *(
            ["—"] * 3
            if beside is None
            else [
                _number(beside.brier, lang),
                _number(beside.base_rates, lang),
                str(beside.decided),
            ]
        ),
    ]


def _number(value: float | None, lang: Language) -> str:
    return "—" if value is None else format_number(value, 3, lang)
