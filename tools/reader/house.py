"""Our own briefs as annotated posts: what each of their numbers states is known exactly.

A brief is read back claim for claim, so its wordings are examples like any other. They are made
from the bundled sample, in every written language.
"""

from __future__ import annotations

import tempfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

from tools.reader.gold import Post, labelled

from springtide.brief.compose import compose
from springtide.brief.model import Brief, Statement
from springtide.claims.model import Claim
from springtide.language.types import Language, Period
from springtide.market.ingest import load_bundled
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.reading.document import read_document
from springtide.reading.numbers.scene import lay_out

DAYS = (
    ("IXIC", "2000-03-10", True),
    ("SPX", "2018-01-26", True),
    ("SPX", "2008-10-13", False),
    ("IXIC", "2002-10-09", False),
)
"""Instruments and days, and whether the brief asks for a bubble."""


LANGUAGES: tuple[Language, ...] = get_args(Language)

_MEASURES = {
    "close_level": "price_level",
    "intraday_level": "price_level",
    "pct_change": "price_change",
    "period_return": "price_change",
    "drawdown": "price_change",
    "phase": "price_change",
    "episode_gain": "price_change",
    "high_low_record": "record",
    "rsi": "technical",
    "overbought": "technical",
    "moving_average": "technical",
    "ma_distance": "technical",
    "volatility": "technical",
    "turnover": "turnover",
    "target_price": "target_price",
    "implied_move": "implied_move",
}
_PERIODS = {
    "ytd": "ytd",
    "qtd": "quarter",
    "mtd": "month",
    "wtd": "week",
    "last": "last",
    "since": "since",
    "since-low": "since",
    "since-high": "since",
    "span": "span",
}


@cache
def house() -> tuple[Post, ...]:
    """Write briefs of the bundled sample and annotate their numbers."""
    with tempfile.TemporaryDirectory() as folder:
        lake = Lake.create(folder)
        load_bundled(lake)
        made = []
        for subject, day, bubble in DAYS:
            view = View(lake, date.fromisoformat(day))
            instrument = view.instrument(subject)
            brief = compose(view, instrument, LANGUAGES, exuberance=bubble)
            made += [_post(brief, language) for language in LANGUAGES]
    return tuple(made)


def _post(brief: Brief, language: Language) -> Post:
    """Lay a brief out as an article with what each of its numbers states."""
    text = f'---\ntitle: "{brief.title[language]}"\ndate: {brief.as_of} 23:59:00\n---\n\n'
    gold: list[dict[str, Any]] = []
    for section in brief.sections:
        text += f"## {section.heading[language]}\n\n"
        for sentence in section.sentences:
            said = sentence.text[language]
            reached = 0
            for figure in sentence.figures.get(language, ()):
                gold += _silent(section.key, text, said, reached, figure.start)
                statement = sentence.statements[figure.statement]
                start = len(text) + figure.start
                if statement.claim.metric in _MEASURES:  # what else they measure is not told
                    gold.append(_stated(statement, start, len(text) + figure.end, language))
                reached = figure.end
            gold += _silent(section.key, text, said, reached, len(said))
            text += said + ("" if language != "en" else " ")
        text += "\n\n"
    scene = lay_out(read_document(text))
    name = f"springtide-{brief.subject}-{brief.as_of}.{language}"
    return Post(name, "springtide", Path(name), scene, gold, labelled(scene, gold))


def _stated(statement: Statement, start: int, end: int, language: Language) -> dict[str, Any]:
    """Annotate a figure that a statement prints."""
    claim = statement.claim
    value = list(claim.value) if isinstance(claim.value, tuple) else claim.value
    return {
        "start": start,
        "end": end,
        "kind": "claim",
        "measure": _MEASURES[claim.metric],
        "subject": _name(claim, language),
        "id": claim.subject,
        "value": value,
        "unit": claim.unit,
        "scaled": None,
        "comparator": claim.comparator,
        "period": _period(claim),
        "as_of": claim.as_of.isoformat(),
        "basis": _basis(claim),
        "speaker": "",
        "modality": "stated",
    }


def _silent(section: str, text: str, said: str, start: int, end: int) -> list[dict[str, Any]]:
    """Annotate what no statement prints: chances in the outlook, conventions and lines elsewhere.

    Dates, which the language room finds by itself, are annotated as such where they stand.
    """
    if section not in ("outlook", "exuberance"):
        return []
    offset = len(text)
    return [
        {
            "start": offset + number.start,
            "end": offset + number.end,
            "kind": "claim",
            "measure": "probability" if number.quantity.unit == "%" else "other",
            "subject": "",
            "id": None,
            "value": None,
            "unit": number.quantity.unit,
            "scaled": None,
            "comparator": number.quantity.comparator,
            "period": {"kind": "none", "words": "", "from": None, "to": None},
            "as_of": "",
            "basis": "na",
            "speaker": "",
            "modality": "forecast",
        }
        for number in _numbers(said)
        if number.quantity is not None
        and number.shape != "bare"
        and start <= number.start
        and number.end <= end
    ]


def _numbers(said: str) -> list[Any]:
    from springtide.language.script import normalise
    from springtide.reading.numbers.mentions import find_numbers

    return find_numbers(normalise(said), date(2020, 1, 1))


def _name(claim: Claim, language: Language) -> str:
    from springtide.market import instruments

    return instruments.get(claim.subject).name(language)


def _period(claim: Claim) -> dict[str, Any]:
    period = getattr(claim.params, "period", None)
    kind = "none"
    if isinstance(period, Period):
        kind = _PERIODS.get(period.kind, "none")
    elif claim.metric == "pct_change":
        kind = "day"
    elif claim.metric in ("phase", "episode_gain"):
        kind = "since"
    return {"kind": kind, "words": "", "from": None, "to": claim.as_of.isoformat()}


def _basis(claim: Claim) -> str:
    price = getattr(claim.params, "field", None) or getattr(claim.params, "price", None)
    if price in ("high", "low", "open"):
        return str(price)
    return "close" if claim.metric in _MEASURES else "na"
