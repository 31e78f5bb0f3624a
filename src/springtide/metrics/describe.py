"""Describing metrics and their values to people: the metric reference and the command line."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from springtide.claims.model import Evidence, Measurement, Params, Row
from springtide.language.messages import LANGUAGES, say
from springtide.language.types import Language
from springtide.market import instruments
from springtide.market.types import Instrument
from springtide.metrics.params import describe_type
from springtide.metrics.registry import Metric, state


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a metric: its name, its default, and what it accepts."""

    name: str
    default: str
    allowed: str


@dataclass(frozen=True, slots=True)
class Description:
    """All that a reader needs to know of a metric."""

    key: str
    title: Mapping[Language, str]
    definition: Mapping[Language, str]
    formula: str
    unit: str
    minimum: str
    parameters: tuple[Parameter, ...]
    wording: Mapping[Language, str]


@cache
def example() -> Instrument:
    """Return the instrument that wordings are shown of."""
    return Instrument("IXIC", "index", "USD", "XNYS", instruments.resolve("IXIC").names, {})


def describe(metric: Metric) -> Description:
    """Describe a metric, with its wording for its default parameters on an example value.

    Examples
    --------
    >>> from springtide.metrics.registry import get
    >>> describe(get("rsi")).wording["en"]
    'The Nasdaq Composite has a 14-day RSI of 72.45.'
    """
    params = metric.params()
    unit = metric.unit_for(params, example())
    return Description(
        metric.key,
        metric.title,
        metric.definition,
        metric.formula,
        unit if metric.unit != "price" else "points, or the instrument's currency",
        metric.minimum,
        tuple(
            Parameter(
                field.name, _default(params, field.name), describe_type(metric.params, field.name)
            )
            for field in dataclasses.fields(metric.params)
        ),
        _example_wording(metric, params, unit),
    )


def _default(params: Params, name: str) -> str:
    value = getattr(params, name)
    return "" if value is None else str(value)


def _example_wording(metric: Metric, params: Params, unit: str) -> dict[Language, str]:
    yes_or_no = metric.stated or (unit == "" and not metric.decimals)
    value = True if yes_or_no else metric.example
    row = Row("IXIC", "close", date(2000, 1, 4), 3901.69, "")
    measurement = Measurement(
        metric.key, "IXIC", params, date(2000, 3, 10), value, unit, Evidence(metric.formula, (row,))
    )
    claim = state(measurement)
    said = metric.wording(claim, measurement)
    return {
        language: say(
            "brief.sentence",
            language,
            subject=say("brief.the-index", language, name=example().name(language)),
            predicate=said.predicate(language),
        )
        for language in LANGUAGES
    }


_MILLION = 1e6
_LARGE = 1e8
"""From so much on a sum of money is said in millions."""


def value_in_words(measurement: Measurement, language: Language = "en") -> str:
    """Say a value on one line: the number with its unit, yes or no, or what is missing.

    Examples
    --------
    >>> from springtide.language.messages import message
    >>> day = date(2025, 2, 13)
    >>> value_in_words(Measurement("rsi", "HSI", Params(), day, None, "", Evidence(""),
    ...                            message("missing.no-bars", subject="HSI")))
    'not enough information: no bars of HSI'
    """
    if measurement.value is None:
        return say("measure.not-enough", language, why=measurement.missing_in(language))
    if isinstance(measurement.value, bool):
        return say("claims.yes" if measurement.value else "claims.no", language)
    unit, size = measurement.unit, measurement.value
    large = len(unit) == 3 and unit.isupper() and abs(size) >= _LARGE
    number = f"{size / _MILLION if large else size:,.6f}"
    number = re.sub(r"(\.\d*?)0+$", r"\1", number).rstrip(".")
    if unit in ("%", ""):
        return number + unit
    if unit == "score":
        return say("claims.score", language, value=number)
    if large:
        return say("measure.millions", language, number=number, unit=unit)
    return say("measure.value", language, number=number, unit=measurement.unit)
