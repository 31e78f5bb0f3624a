"""Metrics and what was measured, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from springtide.claims.model import Measurement
from springtide.claims.terminal import table
from springtide.language.messages import LANGUAGES, say
from springtide.metrics.describe import Description, value_in_words
from springtide.metrics.registry import get

if TYPE_CHECKING:
    from rich.console import RenderableType


def measurement_parts(found: Measurement) -> Iterator[RenderableType]:
    """Yield a measured value with its evidence, from the top: lines and tables."""
    yield f"{get(found.metric).title['en']} of {found.subject} as of {found.as_of}"
    yield value_in_words(found)
    yield f"formula: {found.evidence.formula}"
    rows = [[r.subject, r.field, r.date, f"{r.value:,.12g}", r.source] for r in found.evidence.rows]
    if rows:
        yield table(["subject", "field", "date", "value", "source"], rows, right=["value"])
    windows = [
        [w.subject, w.field, w.first, w.last, w.count, w.missing, w.digest]
        for w in found.evidence.windows
    ]
    if windows:
        columns = ["subject", "field", "first", "last", "rows", "missing", "digest"]
        yield table(columns, windows, right=["rows", "missing"])


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
