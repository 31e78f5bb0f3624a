"""Claims, measurements and verdicts as JSON and back, and the published schemas of what we write.

The schemas (JSON Schema 2020-12) are files of this package: ``schemas/NAME.schema.json``. Those of
a brief and of calls refer to those of a measurement and of an outlook.
"""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from json.encoder import encode_basestring
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from springtide.claims.model import (
    BaseRate,
    Call,
    Claim,
    Evidence,
    Measurement,
    Outcome,
    Params,
    Reading,
    Row,
    Verdict,
    Window,
)
from springtide.claims.words import reading_in_words
from springtide.language.messages import LANGUAGES, Written
from springtide.language.types import Interval, Language, Period

if TYPE_CHECKING:
    from referencing import Registry

SchemaName = Literal[
    "brief", "check", "outlook", "calls", "board", "measurement", "bars", "exuberance", "import",
    "watch", "data", "scan", "filed",
]  # fmt: skip
Json = dict[str, Any]
P = TypeVar("P", bound=Params)


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


def params_of(document: Mapping[str, Any], kind: type[P]) -> P:
    """Return the parameters that :func:`params_json` wrote.

    Raises
    ------
    TypeError, ValueError
        A name is not one of the kind's, or a date or period cannot be read.

    Examples
    --------
    >>> from dataclasses import dataclass
    >>> @dataclass(frozen=True)
    ... class Return(Params):
    ...     period: Period = Period("ytd")
    ...     window: int = 14
    >>> params_of({"period": "last:5:sessions", "window": 14}, Return).period.count
    5
    """
    hints = get_type_hints(kind)
    return kind(**{name: _typed(value, hints.get(name)) for name, value in document.items()})


def _typed(value: Any, hint: Any) -> Any:
    """Return what :func:`_plain` was given, a parameter of the type that the hint names."""
    kinds = get_args(hint) if get_origin(hint) in (UnionType, Union) else (hint,)
    for kind in kinds:
        if get_origin(kind) is Literal and value in get_args(kind):
            return value
        if kind in (bool, str) and isinstance(value, kind):
            return value
        if kind in (int, float) and _is_number(value) and value == kind(value):
            return kind(value)
        if kind is date and isinstance(value, str):
            return date.fromisoformat(value)
        if kind is Period and isinstance(value, str):
            return Period.parse(value)
    if value is None and type(None) in kinds:
        return None
    raise ValueError(f"{value!r} is not a value of that parameter")


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


def interval_of(document: Mapping[str, Any] | None) -> Interval | None:
    """Return what :func:`interval_json` wrote.

    Examples
    --------
    >>> interval_of(interval_json(Interval(25, math.inf, low_open=True)))
    Interval(low=25, high=inf, low_open=True, high_open=False)
    """
    if document is None:
        return None
    low, high = document["low"], document["high"]
    return Interval(
        -math.inf if low is None else low,
        math.inf if high is None else high,
        low_open=document["low_open"],
        high_open=document["high_open"],
    )


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


def claim_of(document: Mapping[str, Any], kind: type[Params]) -> Claim:
    """Return the claim that :func:`claim_json` wrote, without its place in a text.

    Parameters
    ----------
    document
        What was written.
    kind
        The parameters of its metric, as the registry of metrics names them.

    Raises
    ------
    KeyError, TypeError, ValueError
        Something is not there, or not of its kind.
    """
    value = document["value"]
    return Claim(
        metric=document["metric"],
        subject=document["subject"],
        params=params_of(document["params"], kind),
        as_of=date.fromisoformat(document["as_of"]),
        comparator=document["comparator"],
        value=(value[0], value[1]) if isinstance(value, list) else value,
        unit=document["unit"],
        within=interval_of(document["within"]),
        period=document["period"],
    )


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


def evidence_of(document: Mapping[str, Any]) -> Evidence:
    """Return what :func:`evidence_json` wrote."""
    rows = (
        Row(**{**row, "date": date.fromisoformat(row["date"]), "value": _number(row["value"])})
        for row in document["rows"]
    )
    windows = (
        Window(
            **{
                **window,
                "first": date.fromisoformat(window["first"]),
                "last": date.fromisoformat(window["last"]),
            }
        )
        for window in document["windows"]
    )
    versions = tuple(document["versions"].items())
    return Evidence(document["formula"], tuple(rows), tuple(windows), versions)


def _number(value: Any) -> Any:
    """Return a number as the float that it was; other programs write 5.0 as 5."""
    return float(value) if _is_number(value) else value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def measurement_json(measurement: Measurement) -> Json:
    """Return a measured value with its evidence; the value is null where data are missing."""
    lacks = () if measurement.lacks is None else LANGUAGES
    return {
        "metric": measurement.metric,
        "subject": measurement.subject,
        "params": params_json(measurement.params),
        "as_of": measurement.as_of.isoformat(),
        "value": measurement.value,
        "unit": measurement.unit,
        "missing": {language: measurement.missing_in(language) for language in lacks},
        "evidence": evidence_json(measurement.evidence),
    }


def measurement_of(document: Mapping[str, Any], kind: type[Params]) -> Measurement:
    """Return the measurement that :func:`measurement_json` wrote, what it lacks in its words.

    Parameters
    ----------
    document
        What was written.
    kind
        The parameters of its metric, as the registry of metrics names them.

    Raises
    ------
    KeyError, TypeError, ValueError
        Something is not there, or not of its kind.
    """
    return Measurement(
        metric=document["metric"],
        subject=document["subject"],
        params=params_of(document["params"], kind),
        as_of=date.fromisoformat(document["as_of"]),
        value=_number(document["value"]),
        unit=document["unit"],
        evidence=evidence_of(document["evidence"]),
        lacks=Written(tuple(document["missing"].items())) if document["missing"] else None,
    )


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
        "confidence": round(claim.confidence, 3),
        "nearest": [reading_json(reading, language) for reading in verdict.nearest],
        "read_as": None if verdict.read_as is None else reading_json(verdict.read_as, language),
        "doubts": [_meant(one) for one in verdict.doubts],
        "evidence": None if measurement is None else evidence_json(measurement.evidence),
    }


def _meant(claim: Claim) -> Json:
    """Return what one reading of a claim speaks of."""
    return {
        "metric": claim.metric,
        "subject": claim.subject,
        "params": params_json(claim.params),
        "as_of": claim.as_of.isoformat(),
        "period": claim.period,
    }


def call_json(call: Call) -> Json:
    """Return a call: the claim, when it was made and is due, and what is said to its chances."""
    rate, said = call.base_rate, call.said
    return {
        "claim": claim_json(call.claim),
        "made": call.made.isoformat(),
        "due": None if call.due is None else call.due.isoformat(),
        "probability": call.probability,
        "source": call.source,
        "filed": None if call.filed is None else call.filed.isoformat(),
        "base_rate": None if rate is None else base_rate_json(rate),
        "condition": None if call.condition is None else claim_json(call.condition),
        "mentioned": call.mentioned,
        "said": None if said is None else dataclasses.asdict(said),
    }


def base_rate_json(rate: BaseRate) -> Json:
    """Return a base rate: its value is null where it is poor, and so not to be printed."""
    return {
        "value": None if rate.is_poor else rate.value,
        "basis": rate.basis,
        "starts": rate.starts,
        "windows": round(rate.windows, 1),
        "last": None if rate.last is None else rate.last.isoformat(),
        "own": rate.own,
    }


def outcome_json(outcome: Outcome) -> Json:
    """Return a call with what came of it, null while that is not decided."""
    decided_on = outcome.decided_on
    return {
        **call_json(outcome.call),
        "status": outcome.status,
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
    """Return a document as indented JSON, in the script that it is written in.

    As ``json.dumps`` does with ``indent=2``, which takes three times as long.

    Examples
    --------
    >>> print(to_text({"value": 1.5, "of": ["恒指", None], "notes": []}), end="")
    {
      "value": 1.5,
      "of": [
        "恒指",
        null
      ],
      "notes": []
    }
    """
    return _indented(document, "\n") + "\n"


_leaf = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def _indented(value: object, margin: str) -> str:
    """Return a value as JSON whose lines begin with a margin: a line end and the indent."""
    if isinstance(value, str):
        return encode_basestring(value)
    inner = margin + "  "
    if isinstance(value, Mapping) and value:
        rows = [f"{encode_basestring(key)}: {_indented(one, inner)}" for key, one in value.items()]
        return f"{{{inner}{f',{inner}'.join(rows)}{margin}}}"
    if isinstance(value, list | tuple) and value:
        return f"[{inner}{f',{inner}'.join([_indented(one, inner) for one in value])}{margin}]"
    if type(value) is int or (type(value) is float and math.isfinite(value)):
        return repr(value)
    return _leaf(value)
