"""``claimreview.jsonld``: schema.org ClaimReview, the form in which fact checks are exchanged."""

from __future__ import annotations

import json
from collections.abc import Mapping

from springtide.checking.report.model import CheckReport
from springtide.claims.model import Label, Verdict
from springtide.claims.schema import Json
from springtide.claims.words import label_in_words, measured_in_words
from springtide.language.format import tag
from springtide.language.messages import say

_RATINGS: Mapping[Label, int | None] = {
    "supported": 5,
    "refuted": 1,
    "not_enough_information": None,
}


def claimreview_json(report: CheckReport) -> Json:
    """Return a check as a JSON-LD graph of ClaimReview, one a claim.

    A supported claim is rated 5 of 5, a refuted one 1 of 5. One that the data do not decide has its
    verdict in words and no number: every number on a scale from false to true would say something.
    """
    return {
        "@context": "https://schema.org",
        "@graph": [_review(report, verdict) for verdict in report.verdicts],
    }


def claimreview_text(report: CheckReport) -> str:
    """Return the graph as text that may also stand in a ``script`` element of a page.

    ``<``, ``>`` and ``&`` are escaped, so that no words of an article can end that element.
    """
    text = json.dumps(claimreview_json(report), ensure_ascii=False, indent=2, allow_nan=False)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text + "\n"


def _review(report: CheckReport, verdict: Verdict) -> Json:
    rating: Json = {"@type": "Rating", "bestRating": 5, "worstRating": 1}
    number = _RATINGS[verdict.label]
    if number is not None:
        rating["ratingValue"] = number
    rating["alternateName"] = label_in_words(verdict.label, report.language)
    rating["ratingExplanation"] = _explanation(report, verdict)
    review: Json = {
        "@type": "ClaimReview",
        "claimReviewed": verdict.claim.quote,
        "reviewRating": rating,
        "itemReviewed": _claim(report, verdict),
        "author": {"@type": "Organization", "name": "Springtide"},
        "inLanguage": tag(report.language),
    }
    if report.url:
        review["url"] = report.url
    return review


def _claim(report: CheckReport, verdict: Verdict) -> Json:
    claim: Json = {"@type": "Claim", "text": verdict.claim.quote}
    author = verdict.claim.attributed_to or report.author
    if author:
        claim["author"] = {"@type": "Person", "name": author}
    published = report.published or report.as_of
    if published:
        claim["datePublished"] = published.isoformat()
    article: Json = {"@type": "Article", "name": report.title or report.source}
    if report.url:
        article["url"] = report.url
    claim["appearance"] = article
    return claim


def _explanation(report: CheckReport, verdict: Verdict) -> str:
    measurement = verdict.measurement
    if measurement is None or measurement.value is None:
        return verdict.reason
    measured = measured_in_words(verdict.claim, measurement, report.language)
    reason = verdict.reason.rstrip(".\u3002")
    return say("check.explanation", report.language, reason=reason, measured=measured)
