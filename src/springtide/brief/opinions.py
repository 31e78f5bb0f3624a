"""The section on targets and ratings: what houses think, and whose each figure is.

Each sentence is there where its data are on file and are no quotations; without any there is no
section.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from springtide.brief.model import Section, Sentence, Statement
from springtide.brief.wording import heading, sentence
from springtide.claims.model import Measurement, Params
from springtide.language.types import Language
from springtide.market.independence import is_quotation
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics.registry import get, measure, params_of, state

Ask = tuple[str, Params]

_FIELDS = ("target_price", "target_mean", "rating")


def opinions_section(
    view: View, instrument: Instrument, languages: Sequence[Language]
) -> Section | None:
    """Write what houses have published of an instrument.

    Parameters
    ----------
    view, instrument
        As known when, of what.
    languages
        In the order wanted.

    Returns
    -------
    Section or None
        Its key is ``targets``; None where nothing of it is on file.
    """
    if not set(_FIELDS) & set(view.fields(instrument.id)):
        return None
    sentences: list[Sentence] = []
    for asks in _plan():
        statements = list(_statements(view, instrument, asks))
        if statements:
            named = not sentences
            sentences.append(sentence(statements, instrument, languages, named=named))
    if not sentences:
        return None
    return Section(
        key="targets", heading=heading("targets", languages), sentences=tuple(sentences)
    )  # fmt: skip


def _plan() -> tuple[tuple[Ask, ...], ...]:
    """Return what is asked, sentence by sentence."""
    return (
        (
            ("target_consensus", params_of("target_consensus")),
            ("implied_move", params_of("implied_move", target="consensus")),
        ),
        (("target_price", params_of("target_price")),),
        (("target_revision", params_of("target_revision")),),
        (("rating", params_of("rating")),),
        (("rating_balance", params_of("rating_balance")),),
    )


def _statements(view: View, instrument: Instrument, asks: Sequence[Ask]) -> Iterator[Statement]:
    for key, params in asks:
        measurement = measure(key, view, instrument, params)
        completed = get(key).completed
        if measurement.value is None or _is_quoted(measurement):
            continue
        if completed is not None:
            measurement = measure(key, view, instrument, completed(measurement))
        yield Statement(state(measurement), measurement)


def _is_quoted(measurement: Measurement) -> bool:
    """Say whether a figure is on file only because somebody cites it: a brief states no such."""
    return any(is_quotation(row.source) for row in measurement.evidence.rows)
