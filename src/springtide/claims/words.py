"""Measured values, what is stated, and verdicts in words, for labels and reports."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import get_args

from springtide.claims.model import Claim, Label, Reading, Value
from springtide.language.messages import Duration, Given, Level, Message, Number, message, say
from springtide.language.types import Comparator, DurationUnit, Language

_DURATIONS = frozenset(get_args(DurationUnit))
_LEVELS = frozenset({"points", "%", "pp", "bp", "x", "shares", ""})
_COMPARED: Mapping[Comparator, str] = {
    "=": "equal", "~": "about", ">": "above", "<": "below", "up_to": "up_to",
}  # fmt: skip
SIGNS: Mapping[Label, str] = {"supported": "✓", "refuted": "✗", "not_enough_information": "?"}


def label_in_words(label: Label, language: Language) -> str:
    """Return what a verdict is called.

    Examples
    --------
    >>> label_in_words("refuted", "en"), label_in_words("refuted", "zh-hk")
    ('refuted', '不實')
    """
    return say("claims.label", language, label=label)


def field_name(field: str) -> Message:
    """Return the message of what a field of a row is called, of the data or computed.

    Examples
    --------
    >>> [field_name("close").text(each) for each in ("en", "zh-cn", "zh-hk")]
    ['close', '收盘价', '收市價']
    >>> field_name("GARCH(1,1), % of markets").text("zh-hk")
    'GARCH(1,1)，佔市場的%'
    """
    key = re.sub("[^A-Za-z0-9]+", "-", field).strip("-")
    return message("fields.name", field=key, name=field)


def value_said(value: Value, unit: str) -> Message:
    """Return the message of a measured value with its unit, to two decimals (four below one).

    The exact value is in the JSON; this is for reading. Yes and no are words, a value that could
    not be measured is a dash.

    Examples
    --------
    >>> [value_said(5.0, "sessions").text(each) for each in ("en", "zh-cn", "zh-hk")]
    ['5 sessions', '5个交易日', '5個交易日']
    """
    if value is None:
        return message("claims.nothing")
    if isinstance(value, bool):
        return message("claims.yes") if value else message("claims.no")
    if unit in _DURATIONS and value == int(value):
        return _bare(Duration(int(value), unit))  # type: ignore[arg-type]
    most = 4 if 0 < abs(value) < 1 else 2
    digits = next(n for n in range(most + 1) if round(value, n) == round(value, most))
    if unit in _LEVELS or (unit.isupper() and len(unit) == 3):
        return _bare(Level(value, unit, digits))
    if unit == "score":
        return message("claims.score", value=Number(value, digits))
    if unit == "rallies":
        return message("claims.rallies", value=Number(value, digits))
    if unit == "members":
        return message("claims.members", value=Number(value, digits))
    return message("claims.number", value=Number(value, digits), unit=unit)


def _bare(value: Given) -> Message:
    return message("claims.bare", value=value)


def value_in_words(value: Value, unit: str, language: Language) -> str:
    """Return a measured value with its unit in a language.

    Examples
    --------
    >>> value_in_words(21814.37, "points", "zh-cn"), value_in_words(-0.2031, "%", "en")
    ('21,814.37点', '-0.2031%')
    >>> value_in_words(18.05, "USD", "en"), value_in_words(5.0, "sessions", "zh-cn")
    ('$18.05', '5个交易日')
    >>> value_in_words(1.0, "rallies", "en"), value_in_words(27.0, "rallies", "zh-hk")
    ('1 rally', '27輪牛市')
    >>> value_in_words(True, "", "en"), value_in_words(None, "%", "en")
    ('yes', '—')
    """
    return value_said(value, unit).text(language)


def stated_in_words(claim: Claim, language: Language) -> str:
    """Return what a claim states: its value with unit and comparator, a dash without a number.

    Examples
    --------
    >>> from datetime import date
    >>> from springtide.claims.model import Params
    >>> claim = Claim("period_return", "HSTECH", Params(), date(2025, 2, 13), ">", 25.0, "%")
    >>> [stated_in_words(claim, each) for each in ("en", "zh-cn", "zh-hk")]
    ['more than 25%', '超过25%', '逾25%']
    """
    if isinstance(claim.value, tuple):
        low, high = claim.value
        return say(
            "claims.range", language, low=value_said(low, ""), high=value_said(high, claim.unit)
        )
    value = value_said(claim.value, claim.unit)
    if claim.value is None:
        return value.text(language)
    return say("claims.stated", language, comparator=_COMPARED[claim.comparator], value=value)


def reading_in_words(reading: Reading, language: Language) -> str:
    """Return another reading of a claim in words: what it changes, and what was measured then."""
    measured = value_said(reading.measurement.value, reading.measurement.unit)
    changes = " · ".join(reading.changes)
    return say("claims.reading", language, changes=changes, measured=measured)
