"""Metrics and what was measured, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from springtide.claims.model import Measurement
from springtide.claims.terminal import table
from springtide.claims.words import field_name
from springtide.language.messages import LANGUAGES, say
from springtide.language.types import Language
from springtide.metrics.basket_evidence import hindsight
from springtide.metrics.describe import Description, value_in_words
from springtide.metrics.registry import get

if TYPE_CHECKING:
    from rich.console import RenderableType


def measurement_parts(measurement: Measurement, language: Language) -> Iterator[RenderableType]:
    """Yield a measured value with its evidence, from the top: lines and tables."""
    title = get(measurement.metric).title[language]
    day = str(measurement.as_of)
    yield say("measure.heading", language, metric=title, subject=measurement.subject, day=day)
    yield value_in_words(measurement, language)
    chosen = hindsight(measurement)
    if chosen is not None:
        yield say("measure.hindsight", language, subject=measurement.subject, day=str(chosen))
    yield say("measure.formula", language, formula=measurement.evidence.formula)
    rows = [
        [r.subject, field_name(r.field).text(language), r.date, f"{r.value:,.12g}", r.source]
        for r in measurement.evidence.rows
    ]
    if rows:
        heads = [say(key, language) for key in _ROW]
        yield table(heads, rows, right=[say("measure.figure", language)])
    windows = [
        [
            w.subject,
            field_name(w.field).text(language),
            w.first,
            w.last,
            w.count,
            w.missing,
            w.digest,
        ]
        for w in measurement.evidence.windows
    ]
    if windows:
        heads = [say(key, language) for key in _WINDOW]
        counts = [say(key, language) for key in ("measure.rows", "measure.missing")]
        yield table(heads, windows, right=counts)


_ROW = (
    "measure.subject",
    "measure.field",
    "measure.date",
    "measure.figure",
    "measure.source",
)
_WINDOW = (
    "measure.subject",
    "measure.field",
    "measure.first",
    "measure.last",
    "measure.rows",
    "measure.missing",
    "measure.digest",
)


def description_parts(one: Description) -> Iterator[RenderableType]:
    """Yield what a metric is, from the top: lines and a table of its parameters."""
    yield f"{one.key}: {' / '.join(dict.fromkeys(one.title.values()))}\n"
    yield "\n".join(one.definition.values()) + "\n"
    yield f"formula   {one.formula}\nunit      {one.unit}\nneeds     {one.minimum}"
    if one.parameters:
        yield ""
        columns = ["parameter", "default", "allowed"]
        yield table(columns, [[p.name, p.default, p.allowed] for p in one.parameters])
    yield "\nwording"
    for language, words in one.wording.items():
        yield f"  {language:6} {words}"


def list_parts(all_: Sequence[Description]) -> Iterator[RenderableType]:
    """Yield all metrics as one table."""
    names = [say("format.language", language) for language in LANGUAGES]
    rows = [[one.key, *one.title.values(), one.minimum] for one in all_]
    yield table(["metric", *names, "needs"], rows)
