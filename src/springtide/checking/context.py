"""What is on file beside a claim that cannot be checked: context, never the check itself.

No history of forward multiples is public, so that an article's forward P/E is neither supported nor
refuted. What is on file are trailing multiples: the reason of such a verdict says them, and where
the article sets its multiple against its average, both relations.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from springtide.checking.verify import instrument_of
from springtide.checking.views import Views
from springtide.claims.model import Claim, Measurement, Verdict
from springtide.language.messages import Listed, Message, Number, Percent, When, message, say
from springtide.language.types import Language, Period
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics.registry import measure
from springtide.metrics.valuations import Field, ValuationAverage, ValuationMultiple

NEAR = 400
"""Characters within which an average is taken to be that of a multiple before it."""

_ON_FILE: Field = "trailing_pe"


def with_context(
    verdict: Verdict, claims: Sequence[Claim], views: Views, language: Language
) -> Verdict:
    """Add the trailing figures to what is not known of a forward multiple.

    Parameters
    ----------
    verdict
        Of one of the claims.
    claims
        All claims of the article.
    views, language
        As for :func:`springtide.checking.verify.verify`.
    """
    claim = verdict.claim
    if verdict.label != "not_enough_information" or not _is_forward(claim):
        return verdict
    instrument = instrument_of(claim, views)
    if instrument is None:
        return verdict
    told = tuple(_told(claim, claims, views.at(claim.as_of), instrument))
    if not told:
        return verdict
    reason = say("check.context", language, reason=verdict.reason, figures=Listed(told))
    return replace(verdict, reason=reason)


def _is_forward(claim: Claim) -> bool:
    params = claim.params
    known = isinstance(params, ValuationMultiple | ValuationAverage)
    return known and getattr(params, "field", "") == "forward_pe"


def _told(
    claim: Claim, claims: Sequence[Claim], view: View, instrument: Instrument
) -> Iterator[Message]:
    now = measure("valuation_multiple", view, instrument, ValuationMultiple(_ON_FILE))
    if not isinstance(now.value, float):
        return
    day = now.evidence.rows[0].date
    if isinstance(claim.params, ValuationMultiple):
        yield message("check.context-now", value=Number(now.value, 2), day=day)
        return
    assert isinstance(claim.params, ValuationAverage)
    mean = _mean(view, instrument, claim.params)
    if not isinstance(mean.value, float):
        return
    assert isinstance(mean.params, ValuationAverage)
    stated = _beside(claim, claims)
    if stated is not None:
        yield _ratio(stated, claim)
    yield message(
        "check.context-mean",
        value=Number(now.value, 2),
        mean=Number(mean.value, 2),
        change=Percent(100.0 * (now.value / mean.value - 1.0), 1, sign=True),
        period=When(mean.params.period, view.as_of),
    )


def _mean(view: View, instrument: Instrument, params: ValuationAverage) -> Measurement:
    """Return the trailing mean of the same period, else of all that is on file."""
    asked = replace(params, field=_ON_FILE)
    mean = measure("valuation_average", view, instrument, asked)
    if mean.value is not None:
        return mean
    return measure("valuation_average", view, instrument, replace(asked, period=Period("all")))


def _beside(claim: Claim, claims: Sequence[Claim]) -> Claim | None:
    """Return the multiple of the same subject that an article sets against its average."""
    near = [
        one
        for one in claims
        if isinstance(one.params, ValuationMultiple)
        and _is_forward(one)
        and one.subject == claim.subject
        and isinstance(one.value, float)
        and abs(one.start - claim.start) <= NEAR
    ]
    return near[0] if near and isinstance(claim.value, float) else None


def _ratio(multiple: Claim, average: Claim) -> Message:
    assert isinstance(multiple.value, float)
    assert isinstance(average.value, float)
    return message(
        "check.context-ratio",
        value=Number(multiple.value, 1),
        mean=Number(average.value, 1),
        change=Percent(100.0 * (multiple.value / average.value - 1.0), 1, sign=True),
    )
