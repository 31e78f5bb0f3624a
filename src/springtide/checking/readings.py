"""In which respects one reading of a sentence differs from another, in words."""

from __future__ import annotations

from springtide.claims.model import Claim
from springtide.language.format import format_date, format_period
from springtide.language.types import Language, Period

_PRICES = {
    "close": ("by the close", "按收盘价"),
    "high": ("by the session's high", "按盘中最高价"),
    "low": ("by the session's low", "按盘中最低价"),
    "open": ("by the open", "按开盘价"),
    "last": ("at a moment within the session", "按盘中某一时刻"),
}


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
    english = language == "en"
    said = []
    if other.subject != first.subject:
        said.append(f"of {other.subject}" if english else f"指{other.subject}")
    if other.as_of != first.as_of:
        day = format_date(other.as_of, language)
        said.append(f"as of {day}" if english else f"以{day}计")
    mine, theirs = _period(first), _period(other)
    if theirs != mine:
        said.append(_period_in_words(theirs, other, language))
    price = _price(other)
    if price != _price(first) and price in _PRICES:
        said.append(_PRICES[price][0 if english else 1])
    return tuple(said)


def _period(claim: Claim) -> Period | None:
    period = getattr(claim.params, "period", None)
    return period if isinstance(period, Period) else None


def _period_in_words(period: Period | None, claim: Claim, language: Language) -> str:
    if period is not None:
        return format_period(period, language, claim.as_of)
    return "over one session" if language == "en" else "以单日计"


def _price(claim: Claim) -> str:
    if claim.metric == "close_level":
        return "close"
    params = claim.params
    return str(getattr(params, "field", None) or getattr(params, "price", None) or "close")
