"""In which respects one reading of a sentence differs from another, in words."""

from __future__ import annotations

from springtide.claims.model import Claim
from springtide.language.format import format_period
from springtide.language.messages import say
from springtide.language.types import Language, Period
from springtide.metrics.families.oscillators import Overbought

PRICES = {
    "close": "check.by-close",
    "high": "check.by-high",
    "low": "check.by-low",
    "open": "check.by-open",
    "last": "check.by-last",
    "intraday": "check.by-intraday",
}
"""What a price that a reading goes by is called."""


PER = {
    "own": "check.per-own",
    "exchange": "check.per-exchange",
    "mainland": "check.per-mainland",
}
"""What a daily average that a reading goes by is over."""


def differences(first: Claim, other: Claim, language: Language) -> tuple[str, ...]:
    """Say how a second reading differs from the first: subject, day, period, price.

    Examples
    --------
    >>> from datetime import date
    >>> from springtide.claims.model import Params
    >>> first = Claim("close_level", "9988.HK", Params(), date(2025, 2, 13))
    >>> differences(first, Claim("close_level", "BABA", Params(), date(2025, 2, 12)), "en")
    ('of BABA', 'as of 12 February 2025')
    """
    said = []
    if other.subject != first.subject:
        said.append(say("check.of", language, subject=other.subject))
    if other.as_of != first.as_of:
        said.append(say("check.as-of", language, day=other.as_of))
    mine, theirs = _period(first), _period(other)
    if theirs != mine:
        said.append(_period_in_words(theirs, other, language))
    price = _price(other)
    if price != _price(first) and price in PRICES:
        said.append(say(PRICES[price], language))
    if _of(other, "start") == "intraday" != _of(first, "start"):
        said.append(say("check.from-intraday", language))
    if isinstance(other.params, Overbought) and other.params.within > 1:
        said.append(say("check.lately", language, count=other.params.within))
    return tuple(said)


def _of(claim: Claim, name: str) -> object:
    return getattr(claim.params, name, None)


def _period(claim: Claim) -> Period | None:
    period = getattr(claim.params, "period", None)
    return period if isinstance(period, Period) else None


def _period_in_words(period: Period | None, claim: Claim, language: Language) -> str:
    if period is not None:
        return format_period(period, language, claim.as_of)
    return say("check.one-session", language)


def _price(claim: Claim) -> str:
    if claim.metric == "close_level":
        return "close"
    params = claim.params
    return str(getattr(params, "field", None) or getattr(params, "price", None) or "close")
