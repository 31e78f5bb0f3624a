"""Prices of language models per million tokens, as the project llm-prices publishes them (JSON).

A file a vendor (``data/deepseek.json``) or the history of all (``historical-v1.json``). The days of
changes are best guesses of its author, who says so. Only ``from_date`` is used: ``to_date`` is
sometimes the first day of the next price and sometimes the last of this one. Where it is not known
when a price began, the last day that it is known to have held is taken, that before the next price
began, or the day of the file, and nothing is said of before. A price that the file says is in force
is confirmed on the day of the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_args

from springtide.errors import DataError
from springtide.language.types import Language
from springtide.market.layouts.model import Given, Layout
from springtide.market.reports import Refusal
from springtide.market.sources.batch import OBSERVATION_COLUMNS, Batch
from springtide.market.types import Instrument

if TYPE_CHECKING:
    import polars as pl

SOURCE = "llm-prices"
CURRENCY = "USD"
CALENDAR = "24/7"
START_NOT_KNOWN = "start not known"
IN_FORCE = "in force"

_SIDES = {
    "input": "token_price_input",
    "output": "token_price_output",
    "input_cached": "token_price_cached",
}
_FORM = 'a vendor\'s file {"vendor", "models": [{"id", "price_history"}]}, or {"prices": [...]}'


@dataclass(frozen=True, slots=True)
class _Price:
    """One entry of a model's history."""

    sides: Mapping[str, float]
    first: date | None
    is_over: bool


@dataclass(frozen=True, slots=True)
class _Model:
    identity: str
    name: str
    prices: tuple[_Price, ...]


def service(identity: str, name: str, currency: str = CURRENCY) -> Instrument:
    """Return a model as an instrument: a service that is priced on every day."""
    languages: tuple[Language, ...] = get_args(Language)
    names: Mapping[Language, tuple[str, ...]] = dict.fromkeys(languages, (name or identity,))
    return Instrument(
        identity, "service", currency, CALENDAR,
        MappingProxyType(dict(names)), MappingProxyType({}),
    )  # fmt: skip


def read(path: Path, given: Given) -> Batch:
    """Read one file of prices.

    Raises
    ------
    DataError
        It is no JSON, or not of one of the two forms.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise DataError(f"{path} cannot be read as JSON: {error}") from error
    return batch_of(document, path.name, given)


def batch_of(document: Any, name: str, given: Given) -> Batch:
    """Return the prices of a document that has been read already.

    Raises
    ------
    DataError
        It is not of one of the two forms.
    """
    try:
        models = list(_models(document))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        what = f"{type(error).__name__}: {error}"
        raise DataError(f"{name} is not laid out as llm-prices ({what})", allowed=_FORM) from error
    day = given.day or _updated(document)
    rows: list[dict[str, object]] = []
    left: list[str] = []
    for model in models:
        made = _rows(model, day, given.source or SOURCE)
        rows += made
        if not made:
            left.append(model.identity)
    warnings = [_left(left, day)] if left else []
    held = {str(row["subject"]) for row in rows}
    described = tuple(
        service(one.identity, one.name) for one in models if one.identity in held
    )  # fmt: skip
    refusals = _negative(rows)
    frame = _frame([row for row in rows if float(str(row["value"])) >= 0])
    return Batch(name, frame, tuple(refusals), tuple(warnings), described)


def _left(models: Sequence[str], day: date | None) -> str:
    listed = ", ".join(models[:8]) + (f" and {len(models) - 8} more" if len(models) > 8 else "")
    why = "no price is given" if day else "since when is not known: say the file's day, --as-of"
    return f"left out, {why}: {listed}"


def _models(document: Any) -> Iterable[_Model]:
    if "models" in document:
        for one in document["models"]:
            yield _Model(
                one["id"], one.get("name", ""), tuple(map(_price, one["price_history"]))
            )  # fmt: skip
        return
    grouped: dict[str, list[Any]] = {}
    for entry in document["prices"]:
        grouped.setdefault(entry["id"], []).append(entry)
    for identity, entries in grouped.items():
        yield _Model(identity, entries[0].get("name", ""), tuple(map(_price, entries)))


def _price(entry: Mapping[str, Any]) -> _Price:
    sides = {
        field: float(entry[side]) for side, field in _SIDES.items() if entry.get(side) is not None
    }
    first = entry.get("from_date")
    return _Price(
        sides, date.fromisoformat(first) if first else None, entry.get("to_date") is not None
    )


def _updated(document: Any) -> date | None:
    """Return the day that a file says it is of."""
    said = document.get("updated_at")
    return date.fromisoformat(str(said)[:10]) if said else None


def _rows(model: _Model, day: date | None, source: str) -> list[dict[str, object]]:
    """Return a model's prices with their first day in force, and those confirmed on a day."""
    known = sorted(one.first for one in model.prices if one.first)
    made: list[dict[str, object]] = []
    for one in model.prices:
        text, first = "", one.first
        if first is None:
            first, text = _before(known[0] if known else None, day), START_NOT_KNOWN
        if first is None:
            continue
        made += _figures(model, one, first, text, source)
        confirmed = day is not None and not one.is_over and first < day
        if confirmed and day is not None:
            made += _figures(model, one, day, IN_FORCE, source)
    return made


def _before(following: date | None, day: date | None) -> date | None:
    """Return the last day that a price is known to have held whose start is not known."""
    last = following - timedelta(days=1) if following else None
    return min((each for each in (last, day) if each is not None), default=None)


def _figures(
    model: _Model, one: _Price, first: date, text: str, source: str
) -> list[dict[str, object]]:
    return [
        {
            "subject": model.identity,
            "field": field,
            "date": first,
            "value": value,
            "unit": CURRENCY,
            "text": text or None,
            "source": source,
            "known_at": None,
        }
        for field, value in one.sides.items()
    ]


def _negative(rows: Iterable[Mapping[str, Any]]) -> list[Refusal]:
    return [
        Refusal(row["subject"], row["date"], 0, f"{row['field']} is below zero")
        for row in rows
        if row["value"] < 0
    ]


def _frame(rows: list[dict[str, object]]) -> pl.DataFrame:
    import polars as pl

    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "subject": pl.String, "field": pl.String, "date": pl.Date, "value": pl.Float64,
        "unit": pl.String, "text": pl.String, "source": pl.String,
        "known_at": pl.Datetime("us", "UTC"),
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema).select(OBSERVATION_COLUMNS)


LAYOUT = Layout(
    "llm-prices",
    "Prices of language models per million tokens: JSON of the project llm-prices",
    read,
    endings=(".json",),
)
