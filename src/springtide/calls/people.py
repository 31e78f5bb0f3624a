"""Who makes a call: a person with their house, or a house, under one name in three scripts.

``people.toml`` holds the people who are known by several names; houses are those of
:mod:`springtide.market.houses`. Whoever is in neither keeps the name as written.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from springtide.calls.reading import words
from springtide.language.messages import say
from springtide.language.script import normalise
from springtide.language.types import Language
from springtide.market import houses

_FORM = re.compile(r"^(?P<person>[^（(]+?)\s*[（(](?P<inside>[^）)]+)[）)]$")


@dataclass(frozen=True, slots=True)
class Person:
    """A person: the name that stands on the board, their house, and the name by language.

    ``houses`` are further names of their house.
    """

    name: str
    house: str
    names: Mapping[Language, str]
    houses: tuple[str, ...] = ()


def source_of(written: str) -> str:
    """Return the name under which the calls of a speaker stand: "name (house)", or a house.

    Parameters
    ----------
    written
        As an article gives it: a name, a house, or a name with more in brackets.

    Examples
    --------
    >>> {source_of(one) for one in ("赵文利（建银国际）", "趙文利", "Zhao Wenli")}
    {'Zhao Wenli (CCB International)'}
    >>> source_of("斯考特（David Scutt，嘉盛集团）"), source_of("高盛")
    ('David Scutt (StoneX)', 'Goldman Sachs')
    >>> source_of("Tom Lee (Fundstrat Global Advisors)"), source_of("Tom Lee (Acme)")
    ('Tom Lee (Fundstrat)', 'Tom Lee (Acme)')
    >>> source_of("李大明（瑞銀財富管理亞太區）")
    '李大明 (UBS)'
    >>> source_of("Jane Doe (Acme Capital)"), source_of("Jane Doe")
    ('Jane Doe (Acme Capital)', 'Jane Doe')
    """
    form = _FORM.match(written.strip())
    if form is None:
        known = _known(written)
        return _full(known) if known else _house_of(written)
    parts = [part.strip() for part in re.split("[，,]", form["inside"]) if part.strip()]
    house = _house_of(parts[-1]) if parts else ""
    for name in (form["person"], *parts[:-1]):
        known = _known(name)
        if known is not None and _is_of(known, house):
            return _full(known)
    person = parts[0] if len(parts) > 1 else form["person"].strip()
    return f"{person} ({house})" if house else person


def _is_of(person: Person, house: str) -> bool:
    """Say whether a house that is given is the person's: else it is a namesake."""
    names = (person.house, *person.houses)
    return not person.house or any(
        _key(house).startswith(_key(one)) or _key(one).startswith(_key(house)) for one in names
    )


def _house_of(written: str) -> str:
    """Return a house, of which a department may be named: 瑞银财富管理投资总监办公室 is of UBS."""
    named = houses.named(normalise(written))
    if named and named[0][0] == 0 and words.DEPARTMENT.search(normalise(written), named[0][1]):
        return named[0][2]
    return houses.canonical(written)


def is_known(written: str) -> bool:
    """Say whether somebody is a person or a house of the tables.

    Examples
    --------
    >>> is_known("高盛"), is_known("赵文利"), is_known("一位读者")
    (True, True, False)
    """
    return _known(written) is not None or bool(_house(written))


def key_of(source: str) -> str:
    """Return what a source is told by: one name in Simplified and in Traditional Chinese is one.

    Examples
    --------
    >>> key_of("陳大文 (某某證券)") == key_of("陈大文 (某某证券)"), key_of("Jane Roe")
    (True, 'janeroe')
    """
    return _key(source)


def named(text: str) -> list[tuple[int, int, str]]:
    """Return the people of the table whose names stand in a normalised text, as they are written.

    Examples
    --------
    >>> named("Ed Yardeni, president of Yardeni Research, expects"), named("赵文利料恒指上试")
    ([(0, 10, 'Ed Yardeni'), (25, 32, 'Yardeni')], [(0, 3, '赵文利')])
    """
    return [(one.start(), one.end(), one[0]) for one in _names().finditer(text)]


def printed(source: str, language: Language) -> str:
    """Return a source as a language writes it, as far as the tables know it.

    Examples
    --------
    >>> printed("Zhao Wenli (CCB International)", "zh-hk"), printed("Goldman Sachs", "zh-cn")
    ('趙文利（建銀國際）', '高盛')
    >>> printed("Jane Doe (UBS)", "zh-cn"), printed("Zhao Wenli (CCB International)", "en")
    ('Jane Doe（瑞银）', 'Zhao Wenli (CCB International)')
    """
    form = _FORM.match(source)
    if form is None:
        return houses.printed(source, language)
    known = _known(form["person"])
    person = form["person"] if known is None else known.names.get(language, known.name)
    return say(
        "calls.person", language, name=person, house=houses.printed(form["inside"], language)
    )


def house_of(source: str) -> str:
    """Return the house of a source, the source itself where it is one.

    Examples
    --------
    >>> house_of("Zhao Wenli (CCB International)"), house_of("UBS")
    ('CCB International', 'UBS')
    """
    form = _FORM.match(source)
    return form["inside"] if form else source


def _full(person: Person) -> str:
    return f"{person.name} ({person.house})" if person.house else person.name


def _house(written: str) -> str:
    named = houses.named(normalise(written))
    return named[0][2] if len(named) == 1 and named[0][1] - named[0][0] == len(written) else ""


def _key(name: str) -> str:
    return normalise(name).replace(" ", "").casefold()


def _known(name: str) -> Person | None:
    return _table().get(_key(name))


@cache
def _names() -> re.Pattern[str]:
    written: list[str] = []
    for row in _rows():
        written += [*row["names"].values(), *row["written"]]
    every = sorted(
        {normalise(one) for one in written if len(one) > 2 or not one.isascii()}, key=len
    )
    return re.compile(
        "|".join(
            rf"\b{re.escape(one)}\b" if one.isascii() else re.escape(one) for one in every[::-1]
        )
    )


@cache
def _rows() -> Sequence[Mapping[str, Any]]:
    text = (files("springtide.calls") / "people.toml").read_text(encoding="utf-8")
    rows: Sequence[Mapping[str, Any]] = tomllib.loads(text)["person"]
    return rows


@cache
def _table() -> Mapping[str, Person]:
    people = {}
    for row in _rows():
        name = next(iter(row["names"].values()))
        person = Person(name, row["house"], row["names"], tuple(row.get("houses", ())))
        for one in (*row["names"].values(), *row["written"]):
            people[_key(one)] = person
    return people
