"""Claims, measurements and verdicts as JSON, and the published schemas of what we write.

The schemas (JSON Schema 2020-12) are files of this package, ``schemas/brief.schema.json``,
``schemas/check.schema.json``, ``schemas/outlook.schema.json``, to which that of a brief refers, and
``schemas/calls.schema.json``.
"""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, get_args

from springtide.claims.model import (
    Call,
    Claim,
    Evidence,
    Measurement,
    Outcome,
    Params,
    Reading,
    Verdict,
)
from springtide.claims.words import reading_in_words
from springtide.language.types import Interval, Language, Period

if TYPE_CHECKING:
    from referencing import Registry

SchemaName = Literal["brief", "check", "outlook", "calls"]
Json = dict[str, Any]


def params_json(params: Params) -> Json:
    """Return parameters by name: numbers as numbers, dates and periods in canonical form.

    Examples
    --------
    >>> from dataclasses import dataclass
    >>> @dataclass(frozen=True)
    ... class Return(Params):
    ...     period: Period = Period("ytd")
    ...     window: int = 14
    >>> params_json(Return())
    {'period': 'ytd', 'window': 14}
    """
    return {field.name: _plain(getattr(params, field.name)) for field in dataclasses.fields(params)}


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Period):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    raise TypeError(f"no JSON form for a parameter of type {type(value).__name__}")


def interval_json(within: Interval | None) -> Json | None:
    """Return what a wording admits; an end without a limit is null.

    Examples
    --------
    >>> interval_json(Interval(25, math.inf, low_open=True))
    {'low': 25, 'high': None, 'low_open': True, 'high_open': False}
    """
    if within is None:
        return None
    low = None if math.isinf(within.low) else within.low
    high = None if math.isinf(within.high) else within.high
    return {"low": low, "high": high, "low_open": within.low_open, "high_open": within.high_open}


def claim_json(claim: Claim) -> Json:
    """Return what a claim states, without its place in a text."""
    value = list(claim.value) if isinstance(claim.value, tuple) else claim.value
    return {
        "metric": claim.metric,
        "subject": claim.subject,
        "params": params_json(claim.params),
        "as_of": claim.as_of.isoformat(),
        "comparator": claim.comparator,
        "value": value,
        "unit": claim.unit,
        "within": interval_json(claim.within),
        "period": claim.period,
    }


def evidence_json(evidence: Evidence) -> Json:
    """Return the formula, the rows that went in, and the versions of the tables that held them."""
    return {
        "formula": evidence.formula,
        "rows": [
            {**dataclasses.asdict(row), "date": row.date.isoformat()} for row in evidence.rows
        ],
        "windows": [
            {
                **dataclasses.asdict(window),
                "first": window.first.isoformat(),
                "last": window.last.isoformat(),
            }
            for window in evidence.windows
        ],
        "versions": dict(evidence.versions),
    }


def measurement_json(measurement: Measurement) -> Json:
    """Return a measured value with its evidence; the value is null where data are missing."""
    return {
        "metric": measurement.metric,
        "subject": measurement.subject,
        "params": params_json(measurement.params),
        "as_of": measurement.as_of.isoformat(),
        "value": measurement.value,
        "unit": measurement.unit,
        "missing": measurement.missing,
        "evidence": evidence_json(measurement.evidence),
    }


def reading_json(reading: Reading, language: Language) -> Json:
    """Return another reading that the data support: what it changes, and its measured value."""
    return {
        "metric": reading.claim.metric,
        "subject": reading.claim.subject,
        "params": params_json(reading.claim.params),
        "as_of": reading.claim.as_of.isoformat(),
        "changes": list(reading.changes),
        "distance": reading.distance,
        "value": reading.measurement.value,
        "unit": reading.measurement.unit,
        "sentence": reading_in_words(reading, language),
        "evidence": evidence_json(reading.measurement.evidence),
    }


def verdict_json(verdict: Verdict, language: Language) -> Json:
    """Return a checked claim: what was written and where, what was measured, and what follows."""
    claim, measurement = verdict.claim, verdict.measurement
    measured = None
    if measurement is not None and measurement.value is not None:
        measured = {"value": measurement.value, "unit": measurement.unit}
    return {
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        **claim_json(claim),
        "attributed_to": claim.attributed_to,
        "verdict": verdict.label,
        "measured": measured,
        "reason": verdict.reason,
        "nearest": [reading_json(reading, language) for reading in verdict.nearest],
        "evidence": None if measurement is None else evidence_json(measurement.evidence),
    }


def call_json(call: Call) -> Json:
    """Return a call: the claim, when it was made and is due, and the probability given to it."""
    return {
        "claim": claim_json(call.claim),
        "made": call.made.isoformat(),
        "due": None if call.due is None else call.due.isoformat(),
        "probability": call.probability,
        "source": call.source,
        "filed": None if call.filed is None else call.filed.isoformat(),
    }


def outcome_json(outcome: Outcome) -> Json:
    """Return a call with what came of it, null while that is not decided."""
    decided_on = outcome.decided_on
    return {
        **call_json(outcome.call),
        "happened": outcome.happened,
        "decided_on": None if decided_on is None else decided_on.isoformat(),
        "brier": outcome.brier,
        "measurement": measurement_json(outcome.measurement),
    }


@cache
def load_schema(name: SchemaName) -> Mapping[str, Any]:
    """Return the published JSON Schema of a document that we write.

    Examples
    --------
    >>> load_schema("check")["title"]
    'A check of an article by Springtide'
    """
    text = (files("springtide.claims") / "schemas" / f"{name}.schema.json").read_text("utf-8")
    schema: Mapping[str, Any] = json.loads(text)
    return schema


def validate(document: Json, name: SchemaName) -> None:
    """Hold a document against its published schema.

    Raises
    ------
    ValueError
        It does not fit; the message names the first place that does not, and why.

    Examples
    --------
    >>> validate({"software": "springtide 0.1.0"}, "check")
    Traceback (most recent call last):
        ...
    ValueError: check.json does not fit its schema at $: 'source' is a required property
    """
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match

    validator = Draft202012Validator(load_schema(name), registry=_schemas())
    error = best_match(validator.iter_errors(document))
    if error is not None:
        raise ValueError(
            f"{name}.json does not fit its schema at {error.json_path}: {error.message}"
        )


@cache
def _schemas() -> Registry[Any]:
    """Return all schemas by their addresses, so that none is asked for from elsewhere."""
    from referencing import Registry, Resource

    return Registry().with_resources(
        (schema["$id"], Resource.from_contents(schema))
        for schema in map(load_schema, get_args(SchemaName))
    )


def to_text(document: Json) -> str:
    """Return a document as indented JSON, in the script that it is written in."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
