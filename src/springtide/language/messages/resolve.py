"""From a pattern of a catalogue and typed values to a text that knows where its figures stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from springtide.language.format import plural_form
from springtide.language.messages import catalogue
from springtide.language.messages.values import (
    Change,
    Day,
    Duration,
    Given,
    Level,
    Listed,
    Number,
    Percent,
)
from springtide.language.types import Language

if TYPE_CHECKING:
    from fluent.syntax import ast


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a figure stands in a text, and the name of the value that it prints.

    A figure within a message that another message was given has the names of both, with a dot.
    """

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Said:
    """A text of one language with the places of its figures."""

    text: str
    figures: tuple[Placed, ...] = ()

    def then(self, other: Said, name: str = "") -> Said:
        """Return this text and another after it, whose figures get a name before their own."""
        at = len(self.text)
        moved = tuple(
            Placed(one.start + at, one.end + at, f"{name}.{one.name}" if name else one.name)
            for one in other.figures
        )
        return Said(self.text + other.text, self.figures + moved)


@dataclass(slots=True)
class _Writer:
    """Writes one message: what it says so far, and where."""

    key: str
    language: Language
    values: Mapping[str, Given]
    text: str = ""
    figures: list[Placed] = field(default_factory=list)

    def add(self, said: Said, name: str) -> None:
        """Write what another message says."""
        whole = Said(self.text).then(said, name)
        self.text = whole.text
        self.figures += whole.figures

    def value(self, name: str) -> Given:
        """Return the value of a name."""
        try:
            return self.values[name]
        except KeyError:
            raise catalogue.MessageError(f"{self.key} needs a value for ${name}") from None


def resolve(key: str, language: Language, values: Mapping[str, Given]) -> Said:
    """Write a message or an attribute of one.

    Raises
    ------
    MessageError
        There is none, or a value that it needs is not given.
    """
    writer = _Writer(key, language, values)
    pieces = catalogue.simple(key, language)
    if pieces is not None:
        for number, piece in enumerate(pieces):
            if number % 2:
                _write(writer.value(piece), piece, writer)
            else:
                writer.text += piece
        return Said(writer.text, tuple(writer.figures))
    pattern = catalogue.pattern_of(key, language)
    if pattern is None:
        raise catalogue.MessageError(f"{language} has no {key}")
    _pattern(pattern, writer)
    return Said(writer.text, tuple(writer.figures))


@cache
def _syntax() -> Any:
    """Return the types of a parsed catalogue, which are imported where one is written alone."""
    from fluent.syntax import ast

    return ast


def _pattern(pattern: ast.Pattern, writer: _Writer) -> None:
    ast = _syntax()

    elements: list[Any] = pattern.elements
    for element in elements:
        if isinstance(element, ast.TextElement):
            writer.text += element.value
        else:
            _expression(element.expression, writer)


def _expression(expression: Any, writer: _Writer) -> None:
    ast = _syntax()

    match expression:
        case ast.Placeable():
            _expression(expression.expression, writer)
        case ast.StringLiteral():
            writer.text += expression.parse()["value"]
        case ast.NumberLiteral():
            writer.text += expression.value
        case ast.VariableReference():
            _write(writer.value(expression.id.name), expression.id.name, writer)
        case ast.MessageReference() | ast.TermReference():
            _refer(expression, writer)
        case ast.SelectExpression():
            _pattern(_variant(expression, writer), writer)
        case _:
            raise catalogue.MessageError(f"{writer.key}: functions are not used in catalogues")


def _refer(reference: Any, writer: _Writer) -> None:
    """Write another message or term of the same catalogue, with the same values."""
    ast = _syntax()

    dash = "-" if isinstance(reference, ast.TermReference) else ""
    key = f"{writer.key.split('.')[0]}.{dash}{reference.id.name}"
    if reference.attribute:
        key += f".{reference.attribute.name}"
    writer.add(resolve(key, writer.language, writer.values), "")


def _write(value: Given, name: str, writer: _Writer) -> None:
    from springtide.language.messages import Message

    match value:
        case str():
            writer.text += value
        case Said():
            writer.add(value, name)
        case Message():
            writer.add(value.said(writer.language), name)
        case Listed():
            writer.add(listed(value.values, writer.language), name)
        case int():
            _write(Number(value), name, writer)
        case date():
            writer.text += Day(value).write(writer.language)
        case Number() | Percent() | Level() | Change() | Duration():
            start = len(writer.text)
            writer.text += value.write(writer.language)
            writer.figures.append(Placed(start, len(writer.text), name))
        case _:
            writer.text += value.write(writer.language)


def listed(values: tuple[Given, ...], language: Language) -> Said:
    """Write several values in a row, the last one joined as the language joins it."""
    writer = _Writer("format.list-last", language, {})
    for number, value in enumerate(values[:-1]):
        writer.text += resolve("format.list-comma", language, {}).text if number else ""
        _write(value, str(number), writer)
    first = Said(writer.text, tuple(writer.figures))
    if len(values) > 1:
        whole = resolve(writer.key, language, {"first": first, "last": values[-1]})
        return Said(whole.text, tuple(_numbered(one, len(values)) for one in whole.figures))
    if values:
        _write(values[0], "0", writer)
    return Said(writer.text, tuple(writer.figures))


def _numbered(place: Placed, count: int) -> Placed:
    """Name a figure by its place in a row, not by the parts that the row was joined from."""
    part, _, rest = place.name.partition(".")
    name = rest if part == "first" else f"{count - 1}.{rest}".rstrip(".")
    return Placed(place.start, place.end, name)


def _variant(select: ast.SelectExpression, writer: _Writer) -> Any:
    """Return the variant for a value: the same text or number, else its plural form, else all."""
    ast = _syntax()

    if not isinstance(select.selector, ast.VariableReference):
        raise catalogue.MessageError(f"{writer.key}: only a value can be selected by")
    value = writer.value(select.selector.id.name)
    wanted = _selects(value, writer.language)
    variants: list[Any] = select.variants
    for variant in variants:
        key = variant.key.value if isinstance(variant.key, ast.NumberLiteral) else variant.key.name
        if key in wanted:
            return variant.value
    return next(variant.value for variant in variants if variant.default)


def _selects(value: Given, language: Language) -> tuple[str, ...]:
    match value:
        case str():
            return (value,)
        case bool():
            return ("yes" if value else "no",)
        case int():
            return (str(value), plural_form(value, language))
        case Number() | Percent() | Duration():
            number = int(value.value) if value.value == int(value.value) else value.value
            return (str(number), plural_form(value.value, language))
    raise catalogue.MessageError(f"nothing is selected by {type(value).__name__}")
