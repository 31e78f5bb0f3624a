"""``brief.html``: a brief in all its languages, in one file that works offline.

Charts are inline SVG. Every figure opens a card with its formula, rows and sources.
"""

from __future__ import annotations

from collections.abc import Mapping

from springtide.brief.model import Brief, Section, Sentence, Statement
from springtide.brief.render.json import image_name
from springtide.claims.page import asset, measurement_html, page, safe
from springtide.claims.words import stated_in_words, value_in_words
from springtide.language.format import tag
from springtide.language.messages import say
from springtide.language.types import Language

_CHANGES = frozenset({"pct_change", "period_return"})


def brief_html(brief: Brief, images: Mapping[str, str]) -> str:
    """Return a brief as one HTML page with a switch between its languages.

    Parameters
    ----------
    brief
        What to show.
    images
        The SVG of every chart by its file name.

    Returns
    -------
    str
        The document.
    """
    first = brief.languages[0]
    pages = "".join(_language(brief, language, images) for language in brief.languages)
    body = f'<div class="wrap brief">{_switch(brief)}{pages}</div>'
    return page(
        title=brief.title[first],
        language=first,
        body=body,
        style=asset("springtide.brief", "brief.css"),
        script=asset("springtide.brief", "brief.js"),
    )


def _switch(brief: Brief) -> str:
    if len(brief.languages) < 2:
        return ""
    buttons = "".join(
        f'<button type="button" lang="{tag(language)}" data-show="{language}" '
        f'aria-pressed="{"true" if language == brief.languages[0] else "false"}">'
        f"{safe(say('format.language', language))}</button>"
        for language in brief.languages
    )
    label = say("brief.switch", brief.languages[0])
    return f'<div class="switch" role="group" aria-label="{safe(label)}">{buttons}</div>'


def _language(brief: Brief, language: Language, images: Mapping[str, str]) -> str:
    as_of = say("brief.as-of", language, day=brief.as_of)
    hint = say("brief.hint", language)
    sections = "".join(
        _section(brief, position, section, language, images)
        for position, section in enumerate(brief.sections)
    )
    tables = ", ".join(f"{table} v{version}" for table, version in brief.versions)
    made = [say("brief.made-by", language, software=brief.software)]
    if tables:
        made.append(say("brief.tables", language, tables=tables))
    return (
        f'<article lang="{tag(language)}" data-language="{language}" '
        f'data-colours="{brief.colours or say("charts.colours", language)}">'
        f"<h1>{safe(brief.title[language])}</h1>"
        f'<p class="meta">{safe(as_of)} · {safe(hint)}</p>'
        f'{sections}<footer class="meta">{safe(" · ".join(made))}</footer></article>'
    )


def _section(
    brief: Brief,
    position: int,
    section: Section,
    language: Language,
    images: Mapping[str, str],
) -> str:
    space = say("format.space", language)
    cards: list[str] = []
    sentences = []
    for number, sentence in enumerate(section.sentences):
        key = f"{language}-{position}-{number}"
        sentences.append(_sentence(sentence, language, key))
        cards += [
            f'<template id="{key}-{which}">{_card(statement, language)}</template>'
            for which, statement in enumerate(sentence.statements)
        ]
    text = f"<p>{space.join(sentences)}</p>" if sentences else ""
    charts = "".join(
        f"<figure>{images[image_name(chart, language)]}</figure>" for chart in section.charts
    )
    missing = (section.missing or {}).get(language, ())
    listed = "".join(f"<li>{safe(line)}</li>" for line in missing)
    gaps = (
        f'<div class="missing"><b>{safe(say("brief.not-measured", language))}</b>'
        f"<ul>{listed}</ul></div>"
        if missing
        else ""
    )
    return (
        f"<section><h2>{safe(section.heading[language])}</h2>"
        f"{text}{charts}{gaps}{''.join(cards)}</section>"
    )


def _sentence(sentence: Sentence, language: Language, key: str) -> str:
    """Return a sentence whose figures open their cards; what prints none opens at its end."""
    text = sentence.text[language]
    parts, at = [], 0
    placed = set()
    for figure in sentence.figures.get(language, ()):
        statement = sentence.statements[figure.statement]
        printed = safe(text[figure.start : figure.end])
        parts.append(safe(text[at : figure.start]))
        parts.append(
            f'<span class="figure{_direction(statement)}" tabindex="0" role="button" '
            f'aria-haspopup="dialog" aria-expanded="false" '
            f'data-cards="{key}-{figure.statement}">{printed}</span>'
        )
        at = figure.end
        placed.add(figure.statement)
    parts.append(safe(text[at:]))
    rest = [which for which in range(len(sentence.statements)) if which not in placed]
    if rest:
        cards = " ".join(f"{key}-{which}" for which in rest)
        parts.append(
            f'\u2060<span class="note" tabindex="0" role="button" aria-haspopup="dialog" '
            f'aria-expanded="false" aria-label="{safe(say("brief.evidence", language))}" '
            f'data-cards="{cards}">i</span>'
        )
    return "".join(parts)


def _direction(statement: Statement) -> str:
    value = statement.claim.value
    if statement.claim.metric not in _CHANGES or not isinstance(value, float) or value == 0:
        return ""
    return " rise" if value > 0 else " fall"


def _card(statement: Statement, language: Language) -> str:
    from springtide.metrics.registry import registry

    claim, measurement = statement.claim, statement.measurement
    metric = registry().get(claim.metric)
    title = metric.title[language] if metric else claim.metric
    printed = stated_in_words(claim, language)
    measured = value_in_words(measurement.value, measurement.unit, language)
    labels = [safe(say(key, language)) for key in ("brief.printed", "brief.measured")]
    return (
        f"<h3>{safe(title)} · {safe(claim.subject)}</h3>"
        f'<dl class="facts"><dt>{labels[0]}</dt><dd>{safe(printed)}</dd>'
        f"<dt>{labels[1]}</dt><dd><strong>{safe(measured)}</strong></dd></dl>"
        f"{measurement_html(measurement, language)}"
    )
