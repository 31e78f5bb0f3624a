"""What notebooks show: results as HTML without a script, all text escaped, charts as SVG images."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from springtide.brief.model import Chart, Section
from springtide.claims.model import Measurement, Verdict
from springtide.claims.page import measurement_html, safe
from springtide.language.format import format_date, tag
from springtide.language.messages import say
from springtide.language.types import Language

if TYPE_CHECKING:
    import polars as pl

    from springtide.checking.report.model import CheckReport

_HEADS = (
    "library.quote",
    "library.metric",
    "library.stated",
    "library.measured",
    "library.verdict",
    "library.why",
)
_SHOWN = 10
"""Rows of a table at its beginning, and at its end."""


def image(chart: Chart, language: Language) -> str:
    """Return a chart as an image that holds its SVG, so that nothing in it can act on the page."""
    from springtide.brief.render.images import chart_svg

    data = base64.b64encode(chart_svg(chart, language).encode("utf-8")).decode("ascii")
    return (
        f'<img alt="{safe(chart.alt[language])}" style="max-width:100%" '
        f'src="data:image/svg+xml;base64,{data}">'
    )


def chart_bundle(chart: Chart, language: Language) -> dict[str, Any]:
    """Return a chart as notebooks take it: its SVG, and what it shows in words."""
    from springtide.brief.render.images import chart_svg

    return {
        "image/svg+xml": chart_svg(chart, language),
        "text/html": image(chart, language),
        "text/plain": chart.alt[language],
    }


def sections(title: str, made: Sequence[Section], language: Language) -> str:
    """Return a heading, and sections with their sentences, charts and what was not measured."""
    parts = [f"<h3>{safe(title)}</h3>"]
    space = say("format.space", language)
    for section in made:
        parts.append(f"<h4>{safe(section.heading[language])}</h4>")
        text = space.join(one.text[language] for one in section.sentences)
        if text:
            parts.append(f"<p>{safe(text)}</p>")
        parts += [image(chart, language) for chart in section.charts]
        missing = (section.missing or {}).get(language, ())
        if missing:
            lines = "".join(f"<li>{safe(line)}</li>" for line in missing)
            parts.append(f"<p>{safe(say('brief.not-measured-lead', language))}</p><ul>{lines}</ul>")
    return wrapped("".join(parts), language)


def measurement_title(measurement: Measurement, name: str, language: Language) -> str:
    """Return what was measured, of what."""
    from springtide.metrics.registry import get

    return f"{get(measurement.metric).title[language]} · {name}"


def measurement(measurement: Measurement, heading: str, language: Language) -> str:
    """Return a measured value with its evidence."""
    from springtide.claims.words import value_in_words

    value = safe(value_in_words(measurement.value, measurement.unit, language))
    if measurement.value is None:
        value = safe(say("brief.not-enough", language, why=measurement.missing_in(language)))
    return wrapped(
        f"<h4>{safe(heading)}</h4><p><strong>{value}</strong></p>"
        f"{measurement_html(measurement, language)}",
        language,
    )


def measurements(measurements: Sequence[Measurement], title: str, language: Language) -> str:
    """Return several measured values as a table, and below it each with its evidence, folded."""
    return wrapped(
        f"<h3>{safe(title)}</h3>"
        + "".join(
            f"<details><summary>{_summary(one, language)}</summary>"
            f"{measurement_html(one, language)}</details>"
            for one in measurements
        ),
        language,
    )


def _summary(measurement: Measurement, language: Language) -> str:
    from springtide.claims.schema import params_json
    from springtide.claims.words import value_in_words
    from springtide.metrics.registry import get

    title = get(measurement.metric).title[language]
    params = ", ".join(f"{name}={value}" for name, value in params_json(measurement.params).items())
    value = value_in_words(measurement.value, measurement.unit, language)
    return f"{safe(title)} ({safe(params)}): <strong>{safe(value)}</strong>"


def check(report: CheckReport) -> str:
    """Return the verdicts of an article, one a row."""
    from springtide.checking.report.titles import metric_title
    from springtide.claims.words import (
        SIGNS,
        label_in_words,
        measured_in_words,
        reading_in_words,
        stated_in_words,
    )

    language = report.language

    def cells(verdict: Verdict) -> list[str]:
        nearest = reading_in_words(verdict.nearest[0], language) if verdict.nearest else ""
        return [
            verdict.claim.quote,
            metric_title(verdict.claim.metric, language),
            stated_in_words(verdict.claim, language),
            measured_in_words(verdict.claim, verdict.measurement, language),
            f"{SIGNS[verdict.label]} {label_in_words(verdict.label, language)}",
            nearest or verdict.reason,
        ]

    counts = " · ".join(
        f"{SIGNS[label]} {label_in_words(label, language)} {report.count(label)}" for label in SIGNS
    )
    heads = [say(key, language) for key in _HEADS]
    body = table(heads, [cells(one) for one in report.verdicts])
    title = report.title or report.source
    return wrapped(f"<h3>{safe(title)}</h3><p>{safe(counts)}</p>{body}", language)


def frame(title: str, shown: pl.DataFrame, language: Language) -> str:
    """Return a table of Polars: its first and last rows."""
    rows = shown.rows()
    if len(rows) > 2 * _SHOWN:
        gap = tuple("…" for _ in shown.columns)
        rows = [*rows[:_SHOWN], gap, *rows[-_SHOWN:]]
    body = table(shown.columns, [[_cell(cell, language) for cell in row] for row in rows])
    return wrapped(f"<h4>{safe(title)}</h4>{body}", language)


def _cell(cell: object, language: Language) -> str:
    from datetime import date

    if cell is None:
        return ""
    if isinstance(cell, date):
        return format_date(cell, language)
    return f"{cell:,.6g}" if isinstance(cell, float) else str(cell)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table of texts, escaped.

    Examples
    --------
    >>> table(["name"], [["<b>"]])
    '<table><thead><tr><th>name</th></tr></thead><tbody><tr><td>&lt;b&gt;</td></tr></tbody></table>'
    """
    head = "".join(f"<th>{safe(text)}</th>" for text in heads)
    body = "".join(
        "<tr>" + "".join(f"<td>{safe(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def wrapped(body: str, language: Language) -> str:
    """Return HTML in the element that says its language."""
    return f'<div lang="{tag(language)}" class="springtide">{body}</div>'
