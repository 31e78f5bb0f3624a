"""``check.json``: every number of an article and every claim with its verdict, for machines."""

from __future__ import annotations

from springtide.checking.report.model import CheckReport
from springtide.claims.schema import Json, verdict_json
from springtide.claims.words import SIGNS


def check_json(report: CheckReport) -> Json:
    """Return a check as the document that ``check.schema.json`` describes."""
    return {
        "source": report.source,
        "software": report.software,
        "as_of": None if report.as_of is None else report.as_of.isoformat(),
        "language": report.language,
        "characters": len(report.text),
        "versions": dict(report.versions),
        "summary": {label: report.count(label) for label in SIGNS},
        "claims": [verdict_json(verdict, report.language) for verdict in report.verdicts],
        "numbers": [
            {**number.to_dict(), "claim": index, **_weighed(report, i)}
            for i, (number, index) in enumerate(zip(report.numbers, report.claim_of, strict=True))
        ],
    }


def _weighed(report: CheckReport, i: int) -> Json:
    """Return the candidates of a number, nothing where nobody asked for them."""
    if not report.weighings or not report.weighings[i]:
        return {}
    return {
        "candidates": [
            {
                "slot": one.slot,
                "value": one.value,
                "words": one.words,
                "from": None if one.first is None else one.first.isoformat(),
                "to": None if one.last is None else one.last.isoformat(),
                "score": None if one.chance is None else round(one.chance, 4),
                "chosen": one.chosen,
            }
            for one in report.weighings[i]
        ]
    }
