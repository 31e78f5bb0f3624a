"""Measured values, what is stated, and verdicts in words, for labels and reports."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import get_args

from springtide.claims.model import Claim, Label, Measurement, Reading, Value
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


def value_said(value: Value, unit: str, most: int | None = None) -> Message:
    """Return the message of a measured value with its unit, to two decimals (four below one).

    ``most`` are the decimals at most, where others are wanted.

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
    most = _decimals(value) if most is None else most
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


_MOVES = frozenset({"drawdown", "period_return", "pct_change"})
_MIRRORED: Mapping[Comparator, Comparator] = {">": "<", "<": ">"}


def stated_in_words(claim: Claim, language: Language) -> str:
    """Return what a claim states: its value with unit and comparator, a dash without a number.

    A fall is told by its size, as people say it.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from datetime import date
    >>> from springtide.claims.model import Params
    >>> claim = Claim("period_return", "HSTECH", Params(), date(2025, 2, 13), ">", 25.0, "%")
    >>> [stated_in_words(claim, each) for each in ("en", "zh-cn", "zh-hk")]
    ['more than 25%', '超过25%', '逾25%']
    >>> fall = replace(claim, metric="pct_change", comparator="<", value=-4.0)
    >>> [stated_in_words(fall, each) for each in ("en", "zh-cn", "zh-hk")]
    ['fell more than 4%', '跌逾4%', '跌逾4%']
    """
    value, unit = claim.value, claim.unit
    moves = claim.metric in _MOVES
    if isinstance(value, tuple):
        low, high = value
        falls = moves and high < 0
        low, high = (-high, -low) if falls else (low, high)
        key = "claims.fall-range" if falls else "claims.range"
        return say(key, language, low=value_said(low, ""), high=value_said(high, unit))
    if value is None:
        return value_said(value, unit).text(language)
    comparator = claim.comparator
    falls = moves and isinstance(value, float) and value < 0
    if falls:
        value, comparator = -value, _MIRRORED.get(comparator, comparator)
    key = "claims.fall" if falls else "claims.stated"
    return say(key, language, comparator=_COMPARED[comparator], value=value_said(value, unit))


_MOST_DIGITS = 8


def measured_in_words(claim: Claim, measurement: Measurement | None, language: Language) -> str:
    """Return what was measured of a claim, with as many digits as its verdict rests on.

    Mostly two decimals. A value that would seem to be what is stated when it is rounded so, and is
    not, or the other way round, is printed with as many as tell.

    Examples
    --------
    >>> from datetime import date
    >>> from springtide.claims.model import Evidence, Params
    >>> from springtide.language.types import Interval
    >>> claim = Claim("pct_change", "HSI", Params(), date(2025, 2, 13), "=", 2.5, "%",
    ...               within=Interval(2.45, 2.55))
    >>> def measured(value):
    ...     return Measurement("pct_change", "HSI", Params(), claim.as_of, value, "%", Evidence(""))
    >>> [measured_in_words(claim, measured(value), "en") for value in (2.5012, 2.44987)]
    ['2.5%', '2.4499%']
    """
    if measurement is None:
        return "—"
    value, within = measurement.value, claim.within
    if within is None or not isinstance(value, float) or isinstance(value, bool):
        return value_in_words(value, measurement.unit, language)
    shown = next(
        (
            round(value, digits)
            for digits in range(_decimals(value), _MOST_DIGITS)
            if (round(value, digits) in within) == (value in within)
        ),
        value,
    )
    said = value_said(shown, measurement.unit, most=_MOST_DIGITS)
    return said.text(language)


def _decimals(value: float) -> int:
    return 4 if 0 < abs(value) < 1 else 2


def reading_in_words(reading: Reading, language: Language) -> str:
    """Return another reading of a claim in words: what it changes, and what was measured then."""
    measured = value_said(reading.measurement.value, reading.measurement.unit)
    changes = " · ".join(reading.changes)
    return say("claims.reading", language, changes=changes, measured=measured)
