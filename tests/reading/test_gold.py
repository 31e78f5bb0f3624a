"""How much of annotated real articles is read, as floors that a change may raise and never lower.

An annotation counts where its metric is one that this version has. It is found when a claim
overlaps its words, has its metric (or an alternative that the annotators allow) and states its
value.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from springtide.claims.model import Claim
from springtide.metrics.registry import registry
from springtide.reading.document import read_document
from springtide.reading.read import read_claims

pytestmark = pytest.mark.shared

# Wordings whose number is implied: the annotators file them under other names.
IMPLICIT = {
    "technical_bull_market": "phase",
    "rsi_overbought": "overbought",
    "average_trough_to_peak_return": "episode_gain",
    "double_top": "double_top",
    "overbought_threshold_level": "overbought",
    "historical_technical_level": "level_tests",
    "forecast_range_upper_bound": "within_range",
    "valuation_vs_peak": "valuation_gap",
}

# article: (annotations found at least, annotations in all, claims beyond the annotations at most)
FLOORS = {
    "00-hstech-rally": (39, 43, 2),
    "02-hkej-bnp-23000": (43, 52, 4),  # one is a run of sessions, which was not annotated
    "04-sina-china-assets-week": (35, 41, 0),
    "06-wscn-southbound-150bn": (6, 14, 0),
    "53-reuters-china-tech-rally": (12, 16, 2),
}


@dataclass(frozen=True)
class Annotation:
    start: int
    end: int
    metrics: frozenset[str]
    values: tuple[float, ...]

    def fits(self, claim: Claim) -> bool:
        if claim.metric not in self.metrics or not self.overlaps(claim):
            return False
        return self.states(claim)

    def overlaps(self, claim: Claim) -> bool:
        return claim.start < self.end and claim.end > self.start

    def states(self, claim: Claim) -> bool:
        if not self.values:
            return True
        stated = claim.value if isinstance(claim.value, tuple) else (claim.value,)
        return (
            any(
                x is not None and abs(x - y) <= 1e-6 * max(1, abs(y))
                for x in stated
                for y in self.values
            )
            or claim.metric == "overbought"
        )


def annotation(entry: dict[str, Any]) -> Annotation:
    metrics = {entry["metric"], *entry.get("metric_alt", ())}
    if entry.get("submetric") in IMPLICIT:
        metrics.add(IMPLICIT[entry["submetric"]])
    values: list[float] = []
    for key in ("value", "scale_expanded_value"):
        value = entry.get(key)
        values += value if isinstance(value, list) else [] if value is None else [value]
    if entry.get("unit") == "x":  # "上涨了超过7倍" is a rise of more than 700%
        values += [100 * value for value in values]
    start = entry["offset"]
    return Annotation(start, start + len(entry["quote"]), frozenset(metrics), tuple(values))


@pytest.mark.parametrize("name", FLOORS)
def test_annotated_claims_are_read(shared: Path, name: str) -> None:
    articles = shared / "articles"
    source = (articles / "annotated" / f"{name}.md").read_text(encoding="utf-8")
    entries = json.loads((articles / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    every = [annotation(entry) for entry in entries]
    ours = [one for one in every if one.metrics & registry().keys()]
    claims = read_claims(read_document(source))
    found = sum(any(one.fits(claim) for claim in claims) for one in ours)
    beyond = [
        claim
        for claim in claims
        if not any(one.overlaps(claim) and one.states(claim) for one in every)
    ]
    floor, total, most = FLOORS[name]
    assert len(ours) == total
    assert found >= floor, f"{found} of {total} found"
    assert len(beyond) <= most, [claim.quote for claim in beyond]


@pytest.mark.parametrize("name", FLOORS)
def test_quotes_are_the_text_at_their_offsets(shared: Path, name: str) -> None:
    path = shared / "articles" / "annotated" / f"{name}.md"
    source = path.read_text(encoding="utf-8")
    for claim in read_claims(read_document(source)):
        assert source[claim.start : claim.end] == claim.quote


@pytest.mark.parametrize("name", FLOORS)
def test_what_is_no_claim_is_not_read(shared: Path, name: str) -> None:
    articles = shared / "articles"
    source = (articles / "annotated" / f"{name}.md").read_text(encoding="utf-8")
    negatives = json.loads(
        (articles / "gold" / f"{name}.negatives.json").read_text(encoding="utf-8")
    )
    claims = read_claims(read_document(source))
    for negative in negatives:
        words = negative["quote"]
        numbers = {float(number) for number in re.findall(r"\d+(?:\.\d+)?", words)}
        spots = [match.span() for match in re.finditer(re.escape(words), source)]
        assert spots, words
        for claim in claims:
            near = any(claim.start < end and start < claim.end for start, end in spots)
            inside = any(start <= claim.start and claim.end <= end for start, end in spots)
            assert not inside, claim.quote
            stated = claim.value if isinstance(claim.value, tuple) else (claim.value,)
            assert not (near and numbers & {abs(x) for x in stated if x is not None}), claim.quote
