"""Typed parameters from and to text, for the command line and for JSON."""

from __future__ import annotations

import dataclasses
import math
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from springtide.claims.model import Params
from springtide.errors import UsageError
from springtide.language.types import Period, PeriodKind

P = typing.TypeVar("P", bound=Params)


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers that a parameter accepts, stated in its annotation.

    Examples
    --------
    >>> Limits(2).admits(1), Limits(0, 100, strict=True).admits(100), Limits(0).admits(math.nan)
    (False, False, False)
    >>> print(Limits(0, 100, strict=True))
    above 0 and below 100
    """

    low: float
    high: float = math.inf
    strict: bool = False

    def admits(self, value: float) -> bool:
        """Say whether a number is inside; infinity and NaN never are."""
        if not math.isfinite(value):
            return False
        if self.strict:
            return self.low < value < self.high
        return self.low <= value <= self.high

    def __str__(self) -> str:
        if math.isinf(self.high):
            return f"above {self.low:g}" if self.strict else f"at least {self.low:g}"
        if self.strict:
            return f"above {self.low:g} and below {self.high:g}"
        return f"{self.low:g} to {self.high:g}"


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds of period that a parameter accepts, stated in its annotation."""

    kinds: tuple[PeriodKind, ...]

    def admits(self, value: Period) -> bool:
        """Say whether a period is of one of the kinds."""
        return value.kind in self.kinds

    def __str__(self) -> str:
        return ", ".join(self.kinds)


@dataclass(frozen=True, slots=True)
class Choices:
    """The only numbers that a parameter accepts, stated in its annotation.

    Examples
    --------
    >>> Choices((90, 95, 99)).admits(95.0), Choices((90, 95, 99)).admits(96.0)
    (True, False)
    >>> print(Choices((90, 95, 99)))
    90, 95 or 99
    """

    values: tuple[float, ...]

    def admits(self, value: float) -> bool:
        """Say whether a number is one of them."""
        return value in self.values

    def __str__(self) -> str:
        *others, last = (f"{value:g}" for value in self.values)
        return f"{', '.join(others)} or {last}" if others else last


Accepted = Limits | Kinds | Choices

_BACK = Kinds(("ytd", "qtd", "mtd", "wtd", "last", "since", "all"))

Lookback = typing.Annotated[Period, _BACK]
"""A period that ends at the as-of date and starts at a date, not at a price."""

MaybeLookback = typing.Annotated[Period | None, _BACK]
"""The same where it may be left out."""


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
    params = kind(**values)
    for name, limits in outside(params):
        raise UsageError(
            f"Parameter {name} is out of range", given=given.get(name), allowed=str(limits)
        )
    return params


def outside(params: Params) -> Iterator[tuple[str, Accepted]]:
    """Find the parameters whose value their annotation does not admit.

    Examples
    --------
    >>> from springtide.metrics.families.oscillators import Rsi
    >>> [(name, str(limits)) for name, limits in outside(Rsi(0))]
    [('window', 'at least 2')]
    """
    for name, limits in _limits(type(params)).items():
        value = getattr(params, name)
        if value is None or (isinstance(value, str) and isinstance(limits, Limits | Choices)):
            continue  # a word in the place of a number is one of those that the type names
        if not limits.admits(value):
            yield name, limits


_LIMITS: dict[type[Params], Mapping[str, Accepted]] = {}


def _limits(kind: type[Params]) -> Mapping[str, Accepted]:
    """Return the limits by parameter; annotations are resolved once a class."""
    if kind not in _LIMITS:
        hints = typing.get_type_hints(kind, include_extras=True)
        _LIMITS[kind] = {
            name: limits
            for name, hint in hints.items()
            for limits in getattr(hint, "__metadata__", ())
            if isinstance(limits, Accepted)
        }
    return _LIMITS[kind]


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
    >>> from springtide.metrics.families.oscillators import Rsi
    >>> describe_type(Rsi, "window")
    'whole number, at least 2'
    """
    hint = _hints(kind)[name]
    if typing.get_origin(hint) is typing.Literal:
        return " or ".join(str(choice) for choice in typing.get_args(hint))
    hint = _without_none(hint)
    words = _TYPES.get(hint) or str(hint.__name__)
    limits = _limits(kind).get(name)
    if limits is not None:
        words = f"{words}, {limits}" if isinstance(limits, Limits) else f"{words}: {limits}"
    return " or ".join((words, *_words_of(_hints(kind)[name])))


_TYPES = {
    bool: "true or false",
    int: "whole number",
    float: "number",
    str: "text",
    date: "date (YYYY-MM-DD)",
    Period: "period",
}


def _words_of(hint: typing.Any) -> tuple[str, ...]:
    """Return the words that may stand in the place of a number."""
    parts = typing.get_args(hint) if _is_union(hint) else ()
    return tuple(
        str(word)
        for part in parts
        if typing.get_origin(part) is typing.Literal
        for word in typing.get_args(part)
    )


def _is_union(hint: typing.Any) -> bool:
    return isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union


def _without_none(hint: typing.Any) -> typing.Any:
    if _is_union(hint):
        return next(part for part in typing.get_args(hint) if part is not type(None))
    return hint


def _from_text(hint: typing.Any, text: str) -> object:
    if text in _words_of(hint):
        return text
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
    if hint is float and not math.isfinite(float(text)):
        raise ValueError("a finite number is needed")
    if hint in (int, float, str):
        return hint(text)
    raise TypeError(f"no text form for parameters of type {hint}")
