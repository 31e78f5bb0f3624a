"""Bull and bear phases as charts shade them."""

from __future__ import annotations

from springtide.brief.drawing import Span
from springtide.market.closes import closes_of
from springtide.market.rallies import dated
from springtide.market.types import Instrument
from springtide.market.view import View

THRESHOLD = 20.0
"""Per cent that a close must rise or fall for a phase to turn."""


def phases_of(view: View, instrument: Instrument) -> list[Span]:
    """Return the phases of every stretch of closes that may be joined, as the metric dates them."""
    spans = []
    closes = closes_of(view, instrument)
    for ends in closes.stretches:
        made = dated(closes.part(*ends), THRESHOLD / 100.0)
        for phase in made.phases:
            rising = phase.kind == "bull" if phase in made.known else None
            first = phase.start if rising is not None else 0
            spans.append(Span(made.closes.day(first), made.closes.day(phase.end), rising))
    return spans
