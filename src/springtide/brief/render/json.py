"""``brief.json``: every figure of a brief with its claim, its measurement and its evidence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from springtide.brief.model import Brief, Chart, Section
from springtide.claims.schema import Json, claim_json, measurement_json
from springtide.language.messages import say
from springtide.language.types import Language
from springtide.outlook.document import outlook_json

if TYPE_CHECKING:
    from springtide.brief.bubble_tests import BubbleTests


def brief_json(brief: Brief) -> Json:
    """Return a brief as the document that ``brief.schema.json`` describes."""
    return {
        "software": brief.software,
        "subject": brief.subject,
        "as_of": brief.as_of.isoformat(),
        "languages": list(brief.languages),
        "title": dict(brief.title),
        "versions": dict(brief.versions),
        "outlook": None if brief.outlook is None else outlook_json(brief.outlook),
        "sections": [_section(brief, section) for section in brief.sections],
        "files": {},
    }


def exuberance_json(tests: BubbleTests, subject: str, as_of: date, language: Language) -> Json:
    """Return both tests for a bubble as the document ``exuberance.schema.json`` describes."""
    return {
        "subject": subject,
        "as_of": as_of.isoformat(),
        "measurements": [measurement_json(one) for one in tests.measurements],
        "limits": say("brief.bubble-limits", language),
    }


def image_name(chart: Chart, language: Language) -> str:
    """Return the name of a chart's image beside the brief.

    Hugo takes the language from it, so that each page has its own images whichever language is the
    default.
    """
    return f"{chart.key.replace('_', '-')}.{language}.svg"


def _section(brief: Brief, section: Section) -> Json:
    missing = section.missing or {}
    return {
        "key": section.key,
        "heading": dict(section.heading),
        "sentences": [
            {
                "text": dict(sentence.text),
                "side": sentence.side,
                "statements": [
                    {
                        "claim": claim_json(statement.claim),
                        "measurement": measurement_json(statement.measurement),
                    }
                    for statement in sentence.statements
                ],
            }
            for sentence in section.sentences
        ],
        "charts": [
            {
                "key": chart.key,
                "title": dict(chart.title),
                "alt": dict(chart.alt),
                "files": {language: image_name(chart, language) for language in brief.languages},
            }
            for chart in section.charts
        ],
        "missing": {language: list(lines) for language, lines in missing.items()},
    }
