"""The board, one call, and what an article's reading filed, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from springtide.calls.board import LEAST, LEAST_DAYS, Board, Standing, needed
from springtide.calls.chart import text_chart
from springtide.calls.ledger import identity
from springtide.calls.reading.model import Left
from springtide.calls.words import (
    basis_in_words,
    call_in_words,
    few_in_words,
    outcome_in_words,
    rate_in_words,
    said_by,
    status_in_words,
)
from springtide.claims.model import Call, Outcome
from springtide.claims.terminal import folded, table
from springtide.claims.words import field_name
from springtide.language.format import format_number
from springtide.language.messages import say
from springtide.language.types import Language
from springtide.market.view import View

if TYPE_CHECKING:
    from rich.console import RenderableType


COLUMNS = (
    "calls.rank",
    "calls.source",
    "calls.decided",
    "calls.events",
    "calls.days",
    "calls.subjects",
    "calls.true",
    "calls.expected",
    "calls.surprise",
    "calls.interval",
    "calls.lapsed",
    "calls.open",
    "calls.mentioned",
)


def board_rows(board: Board, lang: Language) -> tuple[list[str], list[list[str]]]:
    """Return the headings of a board and its rows, the last one that of all together."""
    heads = [say(key, lang) for key in COLUMNS]
    rows = [_row(one, lang) for one in board.standings]
    together = _row(board.together, lang)
    together[:2] = ["", say("calls.together", lang)]
    return heads, [*rows, together]


def notes(board: Board, lang: Language) -> list[str]:
    """Return what must be known to read a board: its rules, and how many calls an edge takes."""
    made = [
        say("calls.rules", lang, least=LEAST, days=LEAST_DAYS),
        say(
            "calls.needed",
            lang,
            half=needed(),
            needed=board.needed,
            mostly=board.needed_mostly,
            rates="none" if board.together.rated == 0 else "some",
        ),
    ]
    one = board.together
    if one.chance is not None and one.expected is not None:
        made.append(
            say(
                "calls.chance-of",
                lang,
                side="fewer" if one.rated_true < one.expected else "more",
                true=one.rated_true,
                rated=one.rated,
                expected=format_number(one.expected, 2, lang),
                surprise=format_number(one.surprise or 0.0, 2, lang, sign=True),
                percent=format_number(100 * one.chance, 0, lang),
            )
        )
    if one.poor:
        made.append(say("calls.poor", lang, poor=one.poor))
    return made


def _row(one: Standing, lang: Language) -> list[str]:
    def number(value: float | None, decimals: int, sign: bool = False) -> str:
        return "—" if value is None else format_number(value, decimals, lang, sign=sign)

    span = "—"
    if one.low is not None and one.high is not None:
        span = f"{number(one.low, 2, True)} … {number(one.high, 2, True)}"
    return [
        str(one.rank) if one.rank is not None else say("calls.too-few", lang),
        said_by(one.source, lang),
        str(one.decided),
        str(one.events),
        str(one.days),
        str(one.subjects),
        str(one.true),
        number(one.expected, 2),
        number(one.surprise, 2, True),
        span,
        str(one.lapsed),
        str(one.open),
        str(one.mentioned),
    ]


def board_parts(board: Board, day: date, lang: Language) -> Iterator[RenderableType]:
    """Yield a board for a rich console."""
    if not board.standings:
        yield say("calls.none-on-file", lang, day=str(day))
        return
    heads, rows = board_rows(board, lang)
    yield table(heads, rows, right=[*heads[:1], *heads[2:]])
    yield ""
    for note in notes(board, lang):
        yield folded(note, lang)


def show_parts(view: View, one: Outcome, lang: Language) -> Iterator[RenderableType]:
    """Yield one call for a rich console: words, claim, base rate, outcome, rows and a chart."""
    call = one.call
    yield folded(
        say(
            "calls.head",
            lang,
            id=identity(call),
            who=said_by(call.source, lang),
            day=str(call.made),
        ),
        lang,
    )
    if call.said is not None:
        yield folded(
            say("calls.words", lang, quote=call.said.quote, article=call.said.article), lang
        )
    yield folded(
        say(
            "calls.says",
            lang,
            subject=call.claim.subject,
            call=call_in_words(call, lang),
            due=str(call.due or "—"),
        ),
        lang,
    )
    yield folded(basis_in_words(call.base_rate, lang), lang)
    decided = str(one.decided_on or "—")
    yield folded(say("calls.outcome", lang, came=status_in_words(one, lang), day=decided), lang)
    yield folded(outcome_in_words(one, lang), lang)
    yield ""
    cited = one.measurement.evidence.rows
    if cited:
        heads = [
            say(key, lang)
            for key in ("calls.row-day", "calls.row-field", "calls.row-value", "calls.source")
        ]
        rows = [
            [
                str(row.date),
                field_name(row.field).text(lang),
                format_number(row.value, 2, lang),
                row.source,
            ]
            for row in cited
        ]
        yield table(heads, rows, right=[heads[2]])
        yield ""
    yield from chart_of(view, one)


def chart_of(view: View, one: Outcome) -> list[str]:
    """Return the closes from the day of a call to its due day, or the last, as a chart."""
    call = one.call
    bars = view.bars(call.claim.subject)
    until = min(call.due or view.as_of, view.as_of)
    if one.decided_on is not None:
        until = max(until, one.decided_on) if call.due is None else until
    held = np.flatnonzero(
        (bars.dates >= np.datetime64(call.made))
        & (bars.dates <= np.datetime64(until))
        & (bars.close > 0)
    )
    days = [bars.dates[i].astype(object) for i in held]
    params = call.claim.params
    level = getattr(params, "level", None) or getattr(params, "target", None)
    return text_chart(days, [float(bars.close[i]) for i in held], level, one.decided_on)


def read_parts(
    filed: Sequence[Call], left: Sequence[Left], lang: Language
) -> Iterator[RenderableType]:
    """Yield what was filed of an article, and why other views were not."""
    if filed:
        keys = (
            "calls.id",
            "calls.made",
            "calls.source",
            "calls.subject",
            "calls.call",
            "calls.due",
        )
        heads = [say(key, lang) for key in (*keys, "calls.base-rate", "calls.kind")]
        yield table(
            heads,
            [
                [
                    identity(call),
                    str(call.made),
                    said_by(call.source, lang),
                    call.claim.subject,
                    call_in_words(call, lang),
                    str(call.due or "—"),
                    rate_in_words(call.base_rate, lang),
                    say("calls.mentioned" if call.mentioned else "calls.scored", lang),
                ]
                for call in filed
            ],
            right=[heads[6]],
        )
        yield ""
        few = few_in_words(filed, lang)
        if few:
            yield folded(few, lang)
            yield ""
    for one in left:
        yield folded(
            say(
                "calls.left",
                lang,
                quote=_short(one.quote),
                who=one.who or "—",
                why=one.why.text(lang),
            ),
            lang,
        )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
