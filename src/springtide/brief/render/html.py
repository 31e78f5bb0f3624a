"""``brief.html``: a brief in all its languages, in one file that works offline.

Charts are inline SVG. Every figure opens a card with its formula, rows and sources.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from springtide.brief.model import Brief, Section, Sentence, Side, Statement, Tile
from springtide.brief.render.figure import figure_html
from springtide.brief.wording import SIDES
from springtide.claims.page import asset, measurement_html, page, safe
from springtide.claims.words import stated_in_words, value_in_words
from springtide.language.format import tag
from springtide.language.messages import say
from springtide.language.types import Language

_CHANGES = frozenset({"pct_change", "period_return"})


def brief_html(brief: Brief) -> str:
    """Return a brief as one HTML page with a switch between its languages.

    Parameters
    ----------
    brief
        What to show.

    Returns
    -------
    str
        The document.
    """
    first = brief.languages[0]
    pages = "".join(_language(brief, language) for language in brief.languages)
    body = f'<div class="wrap brief">{_switch(brief)}{pages}</div>'
    return page(
        title=brief.title[first],
        language=first,
        body=body,
        style=asset("springtide.brief", "brief.css"),
        script=asset("springtide.brief", "brief.js"),
    )


def sections_html(brief: Brief, language: Language) -> str:
    """Return the sections of a brief without their charts, for a page that draws its own.

    Its figures open cards where the page has the shared script of :mod:`springtide.claims.page`.
    """
    return "".join(
        _section(position, replace(section, charts=()), language)
        for position, section in enumerate(brief.sections)
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


def _language(brief: Brief, language: Language) -> str:
    hint = say("brief.hint", language)
    sections = "".join(
        _section(position, section, language) for position, section in enumerate(brief.sections)
    )
    tables = ", ".join(f"{table} v{version}" for table, version in brief.versions)
    made = [say("brief.made-by", language, software=brief.software)]
    if tables:
        made.append(say("brief.tables", language, tables=tables))
    return (
        f'<article lang="{tag(language)}" data-language="{language}" '
        f'data-colours="{brief.colours or say("charts.colours", language)}">'
        f"<h1>{safe(brief.title[language])}</h1>"
        f'<p class="meta">{safe(hint)}</p>'
        f'{sections}<footer class="meta">{safe(" · ".join(made))}</footer></article>'
    )


def _section(
    position: int,
    section: Section,
    language: Language,
) -> str:
    made = _Made(f"{language}-{position}", section, language)
    charts = "".join(figure_html(chart, language) for chart in section.charts)
    if section.key == "front":
        tiles = "".join(_tile(tile, made) for tile in section.tiles)
        shown = f'<div class="tiles">{tiles}</div>' if tiles else made.paragraph()
        sides = "".join(made.reasons(side) for side in SIDES)
        reasons = f'<div class="reasons">{sides}</div>' if sides else ""
        return f'<section class="front">{shown}{charts}{reasons}{made.cards()}</section>'
    return (
        f"<section><h2>{safe(section.heading[language])}</h2>"
        f"{made.paragraph()}{charts}{_gaps(section, language)}{made.cards()}</section>"
    )


def _gaps(section: Section, language: Language) -> str:
    """Return one line of what could not be measured."""
    missing = (section.missing or {}).get(language, ())
    if not missing:
        return ""
    lead = safe(say("brief.not-measured-lead", language))
    listed = safe(say("brief.gap-joint", language).join(missing))
    return f'<p class="missing"><b>{lead}</b> {listed}</p>'


@dataclass(frozen=True, slots=True)
class _Made:
    """The text of a section, with the cards that its figures open."""

    key: str
    section: Section
    language: Language

    def paragraph(self) -> str:
        """Return the sentences without a side."""
        space = say("format.space", self.language)
        said = [self._said(number) for number in self._of("")]
        return f"<p>{space.join(said)}</p>" if said else ""

    def reasons(self, side: Side) -> str:
        """Return what speaks for one side, as a list."""
        items = "".join(f"<li>{self._said(number)}</li>" for number in self._of(side))
        if not items:
            return ""
        lead = safe(say(SIDES[side], self.language))
        return f'<div class="{side}"><h2>{lead}</h2><ul>{items}</ul></div>'

    def card_of(self, statement: Statement | None) -> str:
        """Return the identifier of a statement's card, "" where it has none."""
        for number, one in enumerate(self.section.sentences):
            for which, other in enumerate(one.statements):
                if other is statement:
                    return f"{self.key}-{number}-{which}"
        return ""

    def cards(self) -> str:
        """Return the cards of all statements."""
        return "".join(
            f'<template id="{self.key}-{number}-{which}">{_card(one, self.language)}</template>'
            for number, said in enumerate(self.section.sentences)
            for which, one in enumerate(said.statements)
        )

    def _of(self, side: Side) -> list[int]:
        return [k for k, one in enumerate(self.section.sentences) if one.side == side]

    def _said(self, number: int) -> str:
        one = self.section.sentences[number]
        return _sentence(one, self.language, f"{self.key}-{number}")


def _tile(tile: Tile, made: _Made) -> str:
    figure, caption = safe(tile.figure[made.language]), safe(tile.caption[made.language])
    card = made.card_of(tile.statement)
    if card and tile.statement is not None:
        figure = (
            f'<span class="figure{_direction(tile.statement)}" tabindex="0" role="button" '
            f'aria-haspopup="dialog" aria-expanded="false" data-cards="{card}">{figure}</span>'
        )
    return f'<div class="tile"><b>{figure}</b> <span>{caption}</span></div>'


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
