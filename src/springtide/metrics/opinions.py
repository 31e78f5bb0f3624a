"""What houses have published of an instrument: the last word of each, not too old, not withdrawn.

Targets and ratings are opinions of their sources. The functions here find them through the view,
one a house, and raise :class:`Missing` with the message of what would be needed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from math import isnan

from springtide.claims.model import Row, Window
from springtide.claims.words import field_name
from springtide.language.messages import Name
from springtide.market import fields, houses, ratings
from springtide.market.independence import is_quotation
from springtide.market.types import Instrument, Observation
from springtide.market.view import View
from springtide.metrics.answers import Missing

MOST_LISTED = 12
"""So many opinions are listed as evidence; more are cited as a window."""


def canonical(house: str) -> str:
    """Return the name by which a house is known (:func:`springtide.market.houses.canonical`)."""
    return houses.canonical(house)


def house_in(sentence: str) -> str | None:
    """Return the one house that a normalised sentence names; None for none and for several.

    Examples
    --------
    >>> house_in("Goldman rates it a buy"), house_in("Goldman and UBS rate it a buy")
    ('Goldman Sachs', None)
    """
    named = houses_in(sentence)
    return next(iter(named)) if len(named) == 1 else None


def houses_in(sentence: str) -> frozenset[str]:
    """Return the houses that a normalised sentence names."""
    return frozenset(house for _, _, house in houses.named(sentence))


def house_name(house: str) -> Name:
    """Return a house as each language writes it."""
    return Name(partial(houses.printed, house))  # which may cross processes


def age_of(field: str) -> int:
    """Return for how many days an opinion holds."""
    spec = fields.spec_of(field)
    assert spec is not None
    assert spec.age.days is not None
    return spec.age.days


def published(view: View, instrument: Instrument, field: str) -> list[Observation]:
    """Return what was published of a field, ascending by date; targets in the price's unit."""
    seen = view.observations(instrument.id, field)
    if field == "rating":
        return [one for one in seen if one.text]
    return [one for one in seen if one.unit == instrument.unit and not isnan(one.value)]


def house_of(one: Observation) -> str:
    """Return whose an opinion is."""
    return houses.canonical(one.source)


def of_house(
    view: View, instrument: Instrument, field: str, house: str | None
) -> list[Observation]:
    """Return a house's opinions, ascending by date; everybody's without a house.

    Raises
    ------
    Missing
        There is none.
    """
    seen = published(view, instrument, field)
    wanted = houses.canonical(house) if house else ""
    held = [one for one in seen if not wanted or house_of(one) == wanted]
    if not held and not wanted and field == "target_price":
        day, unit = str(view.as_of), instrument.unit
        raise Missing("missing.no-target", subject=instrument.id, unit=unit, day=day)
    if not held:
        raise Missing(
            "missing.no-opinion",
            field=field_name(field),
            subject=instrument.id,
            known="yes" if wanted else "no",
            house=house_name(wanted),
            day=str(view.as_of),
        )
    return held


def latest(view: View, instrument: Instrument, field: str, house: str | None) -> Observation:
    """Return the last opinion of a house, of anybody without one.

    Raises
    ------
    Missing
        There is none, or it is older than a year: its day is said.
    """
    last = of_house(view, instrument, field, house)[-1]
    check_age(view, instrument, last, age_of(field))
    return last


def check_age(view: View, instrument: Instrument, one: Observation, days: int) -> None:
    """Be sure that an opinion is not older than so many days.

    Raises
    ------
    Missing
        It is: its day is said.
    """
    if (view.as_of - one.date).days > days:
        raise Missing(
            "missing.opinion-old",
            field=field_name(one.field),
            subject=instrument.id,
            house=house_name(house_of(one)),
            last=str(one.date),
            day=str(view.as_of),
            count=days,
        )


def last_words(
    view: View, instrument: Instrument, field: str, max_age: int
) -> dict[str, Observation]:
    """Return the last opinion of each house that is not too old, without quotations.

    Houses that do not rate the instrument any more have none.
    """
    since = view.as_of - timedelta(days=max_age)
    words: dict[str, Observation] = {}
    for one in published(view, instrument, field):
        if one.date >= since and not is_quotation(one.source):
            words[house_of(one)] = one
    for house, day in _withdrawn(view, instrument).items():
        if house in words and words[house].date <= day:
            del words[house]
    return words


def _withdrawn(view: View, instrument: Instrument) -> dict[str, date]:
    """Return the houses whose last rating says that they do not rate it any more, since when."""
    last = {house_of(one): one for one in published(view, instrument, "rating")}
    return {house: one.date for house, one in last.items() if ratings.is_withdrawn(one.text)}


def row(one: Observation) -> Row:
    """Cite an opinion; a rating with its word and its class."""
    if one.field != "rating":
        return Row(one.subject, one.field, one.date, one.value, one.source)
    kind = ratings.class_of(one.text)
    value = float(kind) if kind is not None else float("nan")
    return Row(one.subject, f"rating: {one.text}", one.date, value, one.source)


def cited(
    opinions: Sequence[Observation], extra: Sequence[Row] = ()
) -> tuple[tuple[Row, ...], tuple[Window, ...]]:
    """Cite several opinions: row by row where they are few, else their ends, number and digest."""
    ordered = sorted(opinions, key=lambda one: (one.date, one.source))
    rows = tuple(map(row, ordered))
    if len(rows) + len(extra) <= MOST_LISTED:
        return (*extra, *rows), ()
    digest = hashlib.sha256()
    for one in rows:
        digest.update(f"{one.source}|{one.field}|{one.date}|{one.value!r}\n".encode())
    first, last = ordered[0], ordered[-1]
    window = Window(
        first.subject, first.field, first.date, last.date, len(rows), 0, digest.hexdigest()[:16]
    )
    return tuple(extra), (window,)


def previous(held: Sequence[Observation], instrument: Instrument, last: Observation) -> Observation:
    """Return the opinion of the same house that its last one took the place of.

    Raises
    ------
    Missing
        There is none: nothing else of that house is on file from before.
    """
    earlier = [
        one
        for one in held
        if house_of(one) == house_of(last) and one.date < last.date and not _same(one, last)
    ]
    if not earlier:
        raise Missing(
            "missing.no-opinion-before",
            field=field_name(last.field),
            subject=instrument.id,
            house=house_name(house_of(last)),
            day=str(last.date),
        )
    return earlier[-1]


def _same(one: Observation, other: Observation) -> bool:
    return one.text == other.text if one.field == "rating" else one.value == other.value
