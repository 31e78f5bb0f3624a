"""``check.html``: the article with each claim marked by its verdict, one file, works offline.

Everything from the article is escaped text; see :mod:`springtide.claims.page` for the policy that
keeps scripts from running.
"""

from __future__ import annotations

import re

from springtide.checking.report.model import CheckReport
from springtide.checking.report.numbers import counted, unclaimed, unmeasured
from springtide.checking.report.segments import Segment, segments
from springtide.checking.report.titles import metric_title, subject_name
from springtide.claims.model import Label, Reading, Verdict
from springtide.claims.page import asset, evidence_html, measurement_html, page, safe
from springtide.claims.words import (
    SIGNS,
    label_in_words,
    reading_in_words,
    stated_in_words,
    value_in_words,
)
from springtide.language.messages import say
from springtide.language.types import Language
from springtide.reading.numbers.frame import NumberReading

_WORST_FIRST: tuple[Label, ...] = ("refuted", "not_enough_information", "supported")
_FRONT_MATTER = re.compile(r"\A\ufeff?(---|\+\+\+)[ \t]*\r?\n.*?\n\1[ \t]*(\r?\n|\Z)", re.DOTALL)


def check_html(report: CheckReport) -> str:
    """Return a check as one HTML page.

    The text stands as given, each claim marked by colour, line and sign of its verdict. Hover,
    focus, a click or a tap opens a card with the measured value, the nearest true reading and the
    evidence; all claims are also listed below (beside, on a wide screen), and can be filtered by
    verdict.
    """
    language = report.language
    heading = say("check.heading", language, name=report.title or report.source)
    facts = [report.source] if report.title else []
    if report.as_of is not None:
        facts.append(say("check.data-as-of", language, day=report.as_of))
    if report.software:
        facts.append(say("check.made-by", language, software=report.software))
    article, claims = safe(say("check.article", language)), safe(say("check.claims", language))
    body = (
        f'<div class="wrap check"><header><h1>{safe(heading)}</h1>'
        f'<p class="meta">{safe(" · ".join(facts))}</p>'
        f"{_counted(report)}{_filters(report)}</header>"
        f'<main><article aria-label="{article}">{_article(report)}</article></main>'
        f'<aside aria-label="{claims}"><h2>{claims}</h2>{_list(report)}{_numbers(report)}</aside>'
        "</div>"
    )
    return page(
        title=(heading),
        language=report.language,
        body=body,
        style=asset("springtide.checking.report", "check.css"),
        script=asset("springtide.checking.report", "check.js"),
    )


def _filters(report: CheckReport) -> str:
    if not report.verdicts:
        return f"<p>{safe(say('check.none', report.language))}</p>"
    group = safe(say("check.filter", report.language))
    buttons = "".join(
        f'<button type="button" class="filter {label}" data-verdict="{label}" aria-pressed="true">'
        f'<span class="sign" aria-hidden="true">{SIGNS[label]}</span> '
        f"{label_in_words(label, report.language)} <b>{report.count(label)}</b></button>"
        for label in SIGNS
    )
    return f'<div class="filters" role="group" aria-label="{group}">{buttons}</div>'


def _article(report: CheckReport) -> str:
    front = _FRONT_MATTER.match(report.text)
    edge = front.end() if front else 0
    parts = segments(len(report.text), report.verdicts, cuts=[edge])
    open_ones = sorted((*unmeasured(report), *unclaimed(report)), key=lambda one: one[1].start)
    head = "".join(_segment(report, part, open_ones) for part in parts if part.end <= edge)
    rest = "".join(_segment(report, part, open_ones) for part in parts if part.start >= edge)
    return (
        f'<div class="text front">{head}</div>' if head else ""
    ) + f'<div class="text">{rest}</div>'


Told = tuple[int, NumberReading, str]
"""A number without a verdict: its index, the number, what it is in words."""


def _segment(report: CheckReport, part: Segment, open_ones: list[Told]) -> str:
    text = report.text[part.start : part.end]
    shown = _with_numbers(report.text, part, open_ones)
    if not part.claims:
        return shown
    label = _worst([report.verdicts[position] for position in part.claims])
    cards = " ".join(f"card-{position}" for position in part.claims)
    said = safe(f"{text} ({label_in_words(label, report.language)})")
    first = f' id="mark-{part.opens[0]}" tabindex="0"' if part.opens else ' tabindex="-1"'
    sign = ""
    if part.closes:
        worst = _worst([report.verdicts[position] for position in part.closes])
        sign = f'<span class="sign {worst}" aria-hidden="true">{SIGNS[worst]}</span>'
    return (
        f'<span class="claim {label}"{first} role="button" aria-haspopup="dialog" '
        f'aria-expanded="false" aria-label="{said}" data-cards="{cards}">{shown}</span>{sign}'
    )


def _with_numbers(text: str, part: Segment, open_ones: list[Told]) -> str:
    """Return a stretch of text in which numbers without a verdict are marked with what they are."""
    shown, reached = "", part.start
    for i, number, words in open_ones:
        start, end = max(number.start, reached), min(number.end, part.end)
        if start < end:
            first = f' id="number-{i}"' if start == number.start else ""
            kind = "unmeasured" if number.is_claim else "nothing"
            shown += safe(text[reached:start])
            shown += f'<span class="number {kind}"{first} title="{safe(words)}">'
            shown += f"{safe(text[start:end])}</span>"
            reached = end
    return shown + safe(text[reached : part.end])


def _counted(report: CheckReport) -> str:
    return f"<p>{safe(counted(report))}</p>" if report.numbers else ""


def _numbers(report: CheckReport) -> str:
    """Return the numbers without a verdict in lists that unfold."""
    return "".join(
        f'<details class="numbers"><summary>{safe(say(key, report.language))} ({len(rows)})'
        f"</summary><ul>{''.join(map(_number, rows))}</ul></details>"
        for key, rows in (
            ("numbers.not-measured", list(unmeasured(report))),
            ("numbers.claiming-nothing", list(unclaimed(report))),
        )
        if rows
    )


def _number(row: Told) -> str:
    i, number, words = row
    return f'<li><a href="#number-{i}">{safe(number.text)}</a> {safe(words)}</li>'


def _worst(verdicts: list[Verdict]) -> Label:
    labels = {verdict.label for verdict in verdicts}
    return next(label for label in _WORST_FIRST if label in labels)


def _list(report: CheckReport) -> str:
    items = "".join(
        _item(report, position, verdict) for position, verdict in enumerate(report.verdicts)
    )
    return f'<ol class="claims">{items}</ol>'


def _item(report: CheckReport, position: int, verdict: Verdict) -> str:
    claim = verdict.claim
    locate = safe(say("check.locate", report.language))
    quote = safe(claim.quote) or "—"
    if 0 <= claim.start < claim.end <= len(report.text):
        quote = (
            f'<button type="button" class="locate" data-mark="{position}" '
            f'title="{locate}">{quote}</button>'
        )
    return (
        f'<li class="{verdict.label}"><blockquote>{quote}</blockquote>'
        f'<div class="summary" id="card-{position}">{_card(report, verdict)}</div></li>'
    )


def _card(report: CheckReport, verdict: Verdict) -> str:
    language = report.language
    claim, measurement = verdict.claim, verdict.measurement
    measured = value_in_words(measurement.value, measurement.unit, language) if measurement else "—"
    facts = [
        (say("check.stated", language), safe(stated_in_words(claim, language))),
        (say("check.result", language), f"<strong>{safe(measured)}</strong>"),
        *(
            (say(key, language), safe(text))
            for key, text in (
                ("check.metric", metric_title(claim.metric, language)),
                ("check.subject", subject_name(claim.subject, language)),
                ("check.stretch", claim.period),
                ("check.said-by", claim.attributed_to),
                ("check.why", verdict.reason),
            )
            if text
        ),
    ]
    pairs = "".join(f"<dt>{safe(name)}</dt><dd>{html}</dd>" for name, html in facts)
    evidence = measurement_html(measurement, language) if measurement else ""
    summary = safe(say("check.evidence", language))
    more = f"<details><summary>{summary}</summary>{evidence}</details>" if evidence else ""
    return (
        f'<h3 class="{verdict.label}"><span class="sign" aria-hidden="true">{SIGNS[verdict.label]}'
        f"</span> {label_in_words(verdict.label, language)}</h3>"
        f'<dl class="facts">{pairs}</dl>{_nearest(report, verdict)}{more}'
    )


def _nearest(report: CheckReport, verdict: Verdict) -> str:
    if not verdict.nearest:
        return ""
    items = "".join(f"<li>{_reading(reading, report.language)}</li>" for reading in verdict.nearest)
    heading = safe(say("check.nearest", report.language))
    return f'<div class="nearest"><b>{heading}</b><ul>{items}</ul></div>'


def _reading(reading: Reading, language: Language) -> str:
    evidence = evidence_html(reading.measurement.evidence, language)
    words = safe(say("check.evidence", language))
    return (
        f"{safe(reading_in_words(reading, language))}"
        f"<details><summary>{words}</summary>{evidence}</details>"
    )
