"""Matches of the metrics' patterns in a masked sentence, and which of them reads a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from springtide.metrics.patterns import Pattern, Script
from springtide.metrics.registry import registry
from springtide.reading.mask import Masked


@dataclass(frozen=True, slots=True)
class Candidate:
    """A match of a pattern of a metric; the strongest one reads a number."""

    metric: str
    pattern: Pattern
    match: re.Match[str]
    order: int

    @property
    def strength(self) -> tuple[int, int, int]:
        """Sort key, the strongest first: by rank, then length, then order of the registry."""
        return (-self.pattern.rank, self.match.start() - self.match.end(), self.order)


@lru_cache(maxsize=512)
def _patterns(script: Script, marks: frozenset[str]) -> tuple[tuple[int, str, Pattern], ...]:
    """Return the patterns of a script that may match where these marks stand, with their metrics.

    Few combinations of marks stand in sentences, so that they are remembered.
    """
    every = ((key, one) for key, metric in registry().items() for one in metric.patterns)
    return tuple(
        (order, key, pattern)
        for order, (key, pattern) in enumerate(every, start=1)
        if pattern.script == script and not any(map(marks.isdisjoint, pattern.needs))
    )


def candidates(masked: Masked, script: Script) -> Iterator[Candidate]:
    """Find every match of every pattern of a script in a masked sentence."""
    text = masked.text
    for order, key, pattern in _patterns(script, frozenset(text[i] for i in masked.mentions)):
        for match in pattern.regex.finditer(text):
            yield Candidate(key, pattern, match, order)


def labelled(match: re.Match[str]) -> set[int]:
    """Return where the labelled marks of a match stand."""
    return {
        match.start(label)
        for label, text in match.groupdict().items()
        if text is not None and len(text) == 1 and "\ue001" <= text <= "\ue00e"
    }


def is_taken(candidate: Candidate, consumed: set[int], taken: list[tuple[str, int, int]]) -> bool:
    """Say whether a number, or the words of a claim without one, have been read already."""
    if candidate.match.groupdict().get("value") is not None:
        return candidate.match.start("value") in consumed
    if labelled(candidate.match) & consumed:
        return True
    start, end = candidate.match.span()
    return any(metric == candidate.metric and start < b and a < end for metric, a, b in taken)
