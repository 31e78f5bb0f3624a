"""Matches of the metrics' patterns in a masked sentence, and which of them reads a number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from springtide.language.required import Screen, required_of
from springtide.language.scanning import lowered
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


@dataclass(frozen=True, slots=True)
class _Script:
    """The patterns of a script by their order, and a screen of the words that they require."""

    every: Mapping[int, tuple[str, Pattern]]
    screen: Screen


@cache
def _script(script: Script) -> _Script:
    """Return the patterns of a script, and a screen of the words that they require."""
    every = ((key, one) for key, metric in registry().items() for one in metric.patterns)
    ours = {order: row for order, row in enumerate(every, start=1) if row[1].script == script}
    words = required_of([one.bare for _, one in ours.values()])
    return _Script(ours, Screen(dict(zip(ours, words, strict=True))))


def candidates(masked: Masked, script: Script) -> Iterator[Candidate]:
    """Find every match of every pattern of a script in a masked sentence.

    Patterns are tried only where a word and the marks stand that all their matches hold.
    """
    text, known = masked.text, _script(script)
    marks = frozenset(text[i] for i in masked.mentions)
    for order in sorted(known.screen.passed(lowered(text))):
        key, pattern = known.every[order]
        if any(map(marks.isdisjoint, pattern.needs)):
            continue
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
