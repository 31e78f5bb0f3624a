"""Which listing of a company is meant: New York's, Hong Kong's or Shanghai's."""

from __future__ import annotations

import re
from collections.abc import Iterable


def choose_listing(ids: tuple[str, ...], currency: str, around: Iterable[str]) -> str:
    """Choose among the listings of one company by currency, then by what the words say.

    ``around`` are the words to look at, the nearest first.

    "金山云…美股…18美元" is the American listing, and without a hint the first one is meant.
    """
    from springtide.market import instruments

    if len(ids) == 1:
        return ids[0]
    candidates = [instruments.get(one) for one in ids]
    if currency:
        fitting = [one for one in candidates if one.currency == currency]
        if fitting:
            return fitting[0].id
    hinted = next(filter(None, map(hinted_currency, around)), "")
    fitting = [one for one in candidates if one.currency == hinted]
    return fitting[0].id if fitting else candidates[0].id


_HINTS = (
    (
        "USD",
        re.compile(
            r"美股|中概|盘前|盘后|夜盘|道指|道琼斯|纳指|标普|美国存托|ADR|ADS|纽约|纳斯达克上市|\bU\.?S\.?[- ]listed|New York|Nasdaq-listed",
            re.I,
        ),
    ),
    (
        "HKD",
        re.compile(
            r"港股|恒指|科指|恒生|H股|香港上市|\bHong Kong[- ](?:listed|shares|traded)|in Hong Kong",
            re.I,
        ),
    ),
    (
        "CNY",
        re.compile(
            r"A股|沪指|上证|深成指|沪市|深市|科创板|\bA[- ]shares?|Shanghai-listed|Shenzhen-listed",
            re.I,
        ),
    ),
)


def hinted_currency(around: str) -> str:
    """Return the currency of the market that words speak of last, "" where they name none."""
    hints = [
        (match.start(), code) for code, pattern in _HINTS for match in pattern.finditer(around)
    ]
    return max(hints)[1] if hints else ""
