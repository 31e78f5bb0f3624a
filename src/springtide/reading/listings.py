"""Which listing of a company is meant: New York's, Hong Kong's or Shanghai's."""

from __future__ import annotations

import re

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
