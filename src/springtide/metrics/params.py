"""Typed parameters from and to text, for the command line and for JSON."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date

from springtide.claims.model import Params
from springtide.errors import UsageError
from springtide.language.types import Period

P = typing.TypeVar("P", bound=Params)


def _hints(kind: type[Params]) -> Mapping[str, typing.Any]:
    return typing.get_type_hints(kind)


def params_from_text(kind: type[P], given: Mapping[str, str]) -> P:
    """Build a metric's parameters from ``name=value`` texts.

    Raises
    ------
    UsageError
        An unknown name, or a value that is not of the parameter's type.

    Examples
    --------
    >>> from springtide.metrics.families.changes import PeriodReturn
    >>> params_from_text(PeriodReturn, {"period": "last:5:sessions"}).period.count
    5
    """
    fields = {field.name for field in dataclasses.fields(kind)}
    values = {}
    for name, text in given.items():
        if name not in fields:
            allowed = ", ".join(sorted(fields)) or "this metric has no parameters"
            raise UsageError(f"Unknown parameter: {name}", allowed=allowed)
        try:
            values[name] = _from_text(_hints(kind)[name], text)
        except ValueError as error:
            raise UsageError(f"Parameter {name} cannot be read ({error})", given=text) from None
    return kind(**values)


def params_to_text(params: Params) -> dict[str, str]:
    """Return the parameters as ``name: value`` texts that :func:`params_from_text` reads back.

    Examples
    --------
    >>> from springtide.metrics.families.changes import PeriodReturn
    >>> params_to_text(PeriodReturn())["period"]
    'ytd'
    """
    return {
        field.name: str(value)
        for field in dataclasses.fields(params)
        if (value := getattr(params, field.name)) is not None
    }


def describe_type(kind: type[Params], name: str) -> str:
    """Return what a parameter accepts, in words for help texts.

    Examples
    --------
    >>> from springtide.metrics.families.changes import PctChange
    >>> describe_type(PctChange, "unit")
    '% or points'
    """
    hint = _hints(kind)[name]
    if typing.get_origin(hint) is typing.Literal:
        return " or ".join(str(choice) for choice in typing.get_args(hint))
    hint = _without_none(hint)
    names = {int: "whole number", float: "number", date: "date (YYYY-MM-DD)", Period: "period"}
    return names.get(hint) or str(hint.__name__)


def _without_none(hint: typing.Any) -> typing.Any:
    if isinstance(hint, types.UnionType):
        return next(part for part in typing.get_args(hint) if part is not type(None))
    return hint


def _from_text(hint: typing.Any, text: str) -> object:
    hint = _without_none(hint)
    if typing.get_origin(hint) is typing.Literal:
        choices = typing.get_args(hint)
        if text not in choices:
            raise ValueError(f"allowed: {', '.join(map(str, choices))}")
        return text
    if hint is bool:
        if text.lower() not in ("true", "false"):
            raise ValueError("allowed: true, false")
        return text.lower() == "true"
    if hint is date:
        return date.fromisoformat(text)
    if hint is Period:
        return Period.parse(text)
    if hint in (int, float, str):
        return hint(text)
    raise TypeError(f"no text form for parameters of type {hint}")
