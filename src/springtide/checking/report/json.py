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
            {**number.to_dict(), "claim": index}
            for number, index in zip(report.numbers, report.claim_of, strict=True)
        ],
    }
