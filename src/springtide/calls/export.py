"""The board as a file: one static page in three written languages, JSON, or CSV."""

from __future__ import annotations

import csv
import dataclasses
import html
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from springtide.calls.board import Board
from springtide.calls.board_terminal import board_rows, notes
from springtide.calls.words import call_in_words, rate_in_words, said_by, status_in_words
from springtide.claims.model import Outcome
from springtide.claims.schema import Json, to_text
from springtide.errors import UsageError
from springtide.files import write_files
from springtide.language.messages import LANGUAGES, say
from springtide.language.types import Language

KINDS = (".html", ".json", ".csv")

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 76rem; margin: 2rem auto;
  padding: 0 1rem; color: #222; background: #fff }
h1 { font-size: 1.5rem } nav a { margin-right: 1rem } section { margin-top: 2rem }
.wide { overflow-x: auto } p { max-width: 46rem }
table { border-collapse: collapse; width: 100%; font-size: .9rem;
  font-variant-numeric: tabular-nums }
th, td { padding: .3rem .6rem; border-bottom: 1px solid #ddd; text-align: left;
  white-space: nowrap }
.n { text-align: right } table.board tr:last-child td { font-weight: 600 }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #161616 }
  th, td { border-color: #444 } a { color: #8bf } }
"""


def export(
    path: Path,
    board: Board,
    outcomes: Sequence[Outcome],
    day: date,
    versions: Sequence[tuple[str, int]],
    software: str,
) -> None:
    """Write a board to a file, in the form that its name ends with.

    No words of articles are written: who said what, and what came of it, are facts.

    Raises
    ------
    UsageError
        The name ends otherwise.
    """
    ending = path.suffix.lower()
    if ending not in KINDS:
        raise UsageError(
            "The board is not written in that form", given=path.name, allowed=", ".join(KINDS)
        )
    if ending == ".json":
        text = to_text(board_json(board, day, versions, software))
    elif ending == ".csv":
        text = board_csv(board)
    else:
        text = board_html(board, outcomes, day, versions, software)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_files(path.parent, {path.name: text})


def board_json(board: Board, day: date, versions: Sequence[tuple[str, int]], software: str) -> Json:
    """Return a board by ``board.schema.json``."""
    return {
        "software": software,
        "as_of": day.isoformat(),
        "versions": dict(versions),
        "together": dataclasses.asdict(board.together),
        "needed": board.needed,
        "needed_mostly": board.needed_mostly,
        "standings": [dataclasses.asdict(one) for one in board.standings],
    }


def board_csv(board: Board) -> str:
    """Return a board as CSV, a source a row, the last one all together with an empty name."""
    rows = [dataclasses.asdict(one) for one in (*board.standings, board.together)]
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def board_html(
    board: Board,
    outcomes: Sequence[Outcome],
    day: date,
    versions: Sequence[tuple[str, int]],
    software: str,
) -> str:
    """Return a board as one page that needs nothing beside it."""
    parts = [
        "<!doctype html>",
        '<html><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{html.escape(say('calls.page-title', LANGUAGES[0]))}</title>",
        f"<style>{_STYLE}</style></head><body><nav>",
        *(f'<a href="#{one}" lang="{one}">{say("calls.language", one)}</a>' for one in LANGUAGES),
        "</nav>",
    ]
    for lang in LANGUAGES:
        parts += _section(board, outcomes, day, versions, software, lang)
    return "\n".join([*parts, "</body></html>", ""])


def _section(
    board: Board,
    outcomes: Sequence[Outcome],
    day: date,
    versions: Sequence[tuple[str, int]],
    software: str,
    lang: Language,
) -> list[str]:
    told = ", ".join(f"{name} {version}" for name, version in versions)
    heads, rows = board_rows(board, lang)
    keys = (
        "calls.made",
        "calls.source",
        "calls.subject",
        "calls.call",
        "calls.due",
        "calls.base-rate",
        "calls.came",
        "calls.decided",
    )
    calls = [
        [
            str(one.call.made),
            said_by(one.call.source, lang),
            one.call.claim.subject,
            call_in_words(one.call, lang),
            str(one.call.due or "—"),
            rate_in_words(one.call.base_rate, lang),
            status_in_words(one, lang),
            str(one.decided_on or "—"),
        ]
        for one in outcomes
    ]
    return [
        f'<section id="{lang}" lang="{lang}">',
        f"<h1>{html.escape(say('calls.page-title', lang))}</h1>",
        f"<p>{html.escape(say('calls.page-lead', lang, day=str(day)))}</p>",
        *_table(heads, rows, left=(1,), name="board"),
        *(f"<p>{html.escape(note)}</p>" for note in notes(board, lang)),
        *_table([say(key, lang) for key in keys], calls, left=(0, 1, 2, 3, 4, 6, 7), name="calls"),
        f"<p>{html.escape(say('calls.page-by', lang, software=software, versions=told))}</p>",
        "</section>",
    ]


def _table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], left: Sequence[int], name: str
) -> list[str]:
    def cells(tag: str, values: Sequence[str]) -> str:
        made = (
            f"<{tag}{'' if k in left else ' class=n'}>{html.escape(value)}</{tag}>"
            for k, value in enumerate(values)
        )
        return f"<tr>{''.join(made)}</tr>"

    body = [cells("td", row) for row in rows]
    return [
        f'<div class="wide"><table class="{name}"><thead>',
        cells("th", heads),
        "</thead><tbody>",
        *body,
        "</tbody></table></div>",
    ]
