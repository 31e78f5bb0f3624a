"""``check.html``: the article with each claim marked by its verdict, one file, works offline.

Everything from the article is escaped text; see :mod:`springtide.claims.page` for the policy that
keeps scripts from running.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from springtide.checking.report.instead import instead
from springtide.checking.report.model import CheckReport
from springtide.checking.report.numbers import counted, unclaimed, unmeasured
from springtide.checking.report.text import Piece, Shown, captions, shown
from springtide.checking.report.titles import metric_title, subject_name
from springtide.claims.model import Label, Reading, Verdict
from springtide.claims.page import asset, evidence_html, measurement_html, page, safe
from springtide.claims.words import (
    SIGNS,
    label_in_words,
    measured_in_words,
    reading_in_words,
    stated_in_words,
)
from springtide.language.messages import say
from springtide.language.types import Language
from springtide.reading.blocks import Block, BlockKind
from springtide.reading.numbers.frame import NumberReading

_WORST_FIRST: tuple[Label, ...] = ("refuted", "not_enough_information", "supported")


def check_html(report: CheckReport) -> str:
    """Return a check as one HTML page.

    The text stands as a reader sees it, each claim marked by colour, line and sign of its verdict.
    Hover, focus, a click or a tap opens a card with the measured value, the nearest true reading
    and the evidence; all claims are also listed below (beside, on a wide screen), and can be
    filtered by verdict.
    """
    heading = say("check.heading", report.language, name=report.title or report.source)
    return page(
        title=heading,
        language=report.language,
        body=check_body(report, whole=True),
        style=asset("springtide.checking.report", "check.css"),
        script=asset("springtide.checking.report", "check.js"),
    )


def check_body(report: CheckReport, *, whole: bool = False) -> str:
    """Return what the page of a check shows, for a page that has its style sheet and script.

    ``whole`` says that the page has no main part of its own, of which a page may have one.
    """
    part = "main" if whole else "div"
    language = report.language
    heading = say("check.heading", language, name=report.title or report.source)
    facts = [report.source] if report.title else []
    if report.as_of is not None:
        facts.append(say("check.data-as-of", language, day=report.as_of))
    if report.software:
        facts.append(say("check.made-by", language, software=report.software))
    article, claims = safe(say("check.article", language)), safe(say("check.claims", language))
    return (
        f'<div class="wrap check"><header><h1>{safe(heading)}</h1>'
        f'<p class="meta">{safe(" · ".join(facts))}</p>'
        f"{_counted(report)}{_filters(report)}</header>"
        f'<{part} class="read"><article aria-label="{article}">{_article(report)}</article>'
        f"</{part}>"
        f'<aside aria-label="{claims}"><h2>{claims}</h2>{_list(report)}{_numbers(report)}</aside>'
        "</div>"
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
    others = sum(
        index is None or not number.is_claim
        for number, index in zip(report.numbers, report.claim_of, strict=True)
    )
    if others:
        words = safe(say("check.numbers", report.language))
        others_button = (
            f'<button type="button" class="filter numbers" data-verdict="numbers" '
            f'aria-pressed="true">{words} <b>{others}</b></button>'
        )
    else:
        others_button = ""
    return f'<div class="filters" role="group" aria-label="{group}">{buttons}{others_button}</div>'


Told = tuple[int, NumberReading, str]
"""A number without a verdict: its index, the number, what it is in words."""


def _article(report: CheckReport) -> str:
    """Return the text with its marks: as a reader sees it, or as given where that is not known."""
    open_ones = {i: one for i, *one in (*unmeasured(report), *unclaimed(report))}
    if not report.blocks:
        whole = Block("paragraph", report.text, range(len(report.text)))
        (only,) = shown(replace(report, blocks=(whole,)), sorted(open_ones))
        return f'<div class="text given">{_pieces(report, only.parts[0], open_ones)}</div>'
    followed = (*report.blocks[1:], None)
    made = [
        ""
        if _says_the_heading_again(report, one)
        else _block(report, one, open_ones, heads=bool(after and after.headers))
        for one, after in zip(shown(report, sorted(open_ones)), followed, strict=True)
    ]
    pairs = list(zip((block.kind for block in report.blocks), made, strict=True))
    for i, words in reversed(captions(report).items()):
        pairs[i + 1 : i + 1] = [("caption", f'<p class="caption">{safe(one)}</p>') for one in words]
    return f'<div class="text">{"".join(_grouped(pairs))}</div>'


def _says_the_heading_again(report: CheckReport, one: Shown) -> bool:
    """Tell a title that stands above the page already and has nothing marked in it."""
    marked = any(piece.claims or piece.number is not None for piece in one.pieces)
    return one.block.kind == "title" and one.block.text == report.title and not marked


_TAGS: Mapping[BlockKind, str] = {
    "title": "h2", "summary": "p", "heading": "h3", "paragraph": "p", "item": "li",
    "row": "tr", "caption": "p",
}  # fmt: skip
_DEEPEST = 6


def _block(report: CheckReport, one: Shown, open_ones: OpenNumbers, *, heads: bool) -> str:
    """Return a block; ``heads`` says that the row after it has headings."""
    kind, level = one.block.kind, one.block.level
    tag = _TAGS[kind]
    if kind == "heading":
        tag = f"h{min(level + 2, _DEEPEST)}"
    cells = [_pieces(report, part, open_ones) for part in one.parts]
    if kind == "row":
        cell = "th" if heads and not one.block.headers else "td"
        return f"<tr>{''.join(f'<{cell}>{html}</{cell}>' for html in cells)}</tr>"
    depth = f' class="depth-{min(level, 3)}"' if kind == "item" and level > 1 else ""
    named = f' class="{kind}"' if kind in ("title", "summary", "caption") else depth
    return f"<{tag}{named}>{''.join(cells)}</{tag}>"


def _grouped(made: Sequence[tuple[BlockKind, str]]) -> Iterator[str]:
    """Put the items of a list into a list and the rows of a table into a table."""
    around = {"item": ("<ul>", "</ul>"), "row": ('<div class="scroll"><table>', "</table></div>")}
    for kind, group in groupby(made, key=lambda pair: pair[0]):
        opening, closing = around.get(kind, ("", ""))
        yield opening + "".join(html for _, html in group) + closing


OpenNumbers = Mapping[int, Sequence[object]]


def _pieces(report: CheckReport, pieces: Sequence[Piece], open_ones: OpenNumbers) -> str:
    return "".join(_piece(report, piece, open_ones) for piece in pieces)


def _piece(report: CheckReport, piece: Piece, open_ones: OpenNumbers) -> str:
    text = _with_number(report, piece, open_ones)
    if not piece.claims:
        return text
    label = _worst([report.verdicts[position] for position in piece.claims])
    cards = " ".join(f"card-{position}" for position in piece.claims)
    said = safe(f"{piece.text} ({label_in_words(label, report.language)})")
    first = f' id="mark-{piece.opens[0]}" tabindex="0"' if piece.opens else ' tabindex="-1"'
    sign = ""
    if piece.closes:
        worst = _worst([report.verdicts[position] for position in piece.closes])
        sign = f'<span class="sign {worst}" aria-hidden="true">{SIGNS[worst]}</span>'
    return (
        f'<span class="claim {label}"{first} role="button" aria-haspopup="dialog" '
        f'aria-expanded="false" aria-label="{said}" data-cards="{cards}">{text}</span>{sign}'
    )


def _with_number(report: CheckReport, piece: Piece, open_ones: OpenNumbers) -> str:
    """Return the text of a piece; a number without a verdict is marked with what it is."""
    if piece.number is None:
        return safe(piece.text)
    number = report.numbers[piece.number]
    words = str(open_ones[piece.number][1])
    kind = "unmeasured" if number.is_claim else "nothing"
    place = f' id="number-{piece.number}"' if piece.begins else ""
    return f'<span class="number {kind}"{place} title="{safe(words)}">{safe(piece.text)}</span>'


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
    measured = measured_in_words(claim, measurement, language)
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
        f'<dl class="facts">{pairs}</dl>{_instead(verdict, language)}'
        f"{_nearest(report, verdict)}{more}"
    )


def _instead(verdict: Verdict, language: Language) -> str:
    """Return a true sentence that could be written instead, to be copied."""
    words = instead(verdict, language)
    if not words:
        return ""
    heading, copy, copied = (
        safe(say(key, language)) for key in ("check.instead", "check.copy", "check.copied")
    )
    return (
        f'<div class="instead"><b>{heading}</b><p>{safe(words)}</p>'
        f'<button type="button" class="copy" data-copied="{copied}">{copy}</button></div>'
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
