"""Theme baskets: instruments of the user's own that are made of others.

The baskets are those of ``market/data/baskets.toml``, followed by the user's own ``baskets.toml``
in the settings folder (same form; an id that exists already is replaced). What a basket is stands
here; its closes are worked out in :mod:`springtide.market.basket_closes`.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast, get_args

from springtide.errors import UsageError
from springtide.language.types import Language
from springtide.market import calendars, codes, listed
from springtide.market.types import Instrument

Weights = Literal["equal", "fixed", "cap"]
Rebalance = Literal["none", "daily", "monthly", "quarterly"]

CAP_FIELD = "free_float_cap"
"""Field of the observations by which a basket of weights ``cap`` weights its members."""

_LANGUAGES = cast(tuple[Language, ...], get_args(Language))
_ID = re.compile("[a-z][a-z0-9]*(?:_[a-z0-9]+)+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_KEYS = frozenset(
    ("id", *_LANGUAGES, "currency", "calendar", "weights", "rebalance", "base", "benchmark")
) | {"source", "selected", "member"}
_MEMBER_KEYS = frozenset(("instrument", "from", "to", "weight"))


@dataclass(frozen=True, slots=True)
class Member:
    """An instrument in a basket: from the close of one day to that of another, None for ever on.

    It is written as a vendor writes it; :func:`springtide.market.instruments.basket` gives its id.

    ``weight`` is in shares of any sum, and counts where the basket's weights are ``fixed``.
    """

    instrument: str
    first: date
    last: date | None = None
    weight: float | None = None

    def on(self, day: date) -> bool:
        """Say whether it is in the basket at the close of a day."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Basket:
    """What a basket is made of, and how.

    Attributes
    ----------
    instrument
        As which it is measured, of kind ``basket``.
    weights
        How members are weighted whenever weights are set: ``equal``, ``fixed``, or ``cap`` by the
        last free-float capitalisation on file.
    rebalance
        When weights are set anew: never (they drift, as those of who buys and holds), at every
        close, or at the last close of a month or quarter. They are also set at the close at which a
        member comes or goes.
    base
        The session at whose close it is 100.
    source
        Who chose the members.
    selected
        The day on which they were chosen.
    benchmark
        With what it is compared where nothing else is said; "" for the index of its market.
    members
        In the order of the file.
    """

    instrument: Instrument
    weights: Weights
    rebalance: Rebalance
    base: date
    source: str
    selected: date
    benchmark: str
    members: tuple[Member, ...]

    @property
    def id(self) -> str:
        """Its identifier."""
        return self.instrument.id

    @property
    def chosen(self) -> date:
        """The day from which on its closes are of members that were chosen before.

        That is the day of the choice, or the first day on which it has a member if that is later.
        """
        return max(self.selected, min(member.first for member in self.members))

    def in_hindsight(self, first: date) -> bool:
        """Say whether members were chosen when a stretch that begins on a day was known.

        Examples
        --------
        >>> made = shipped()["hk_ai_cloud"]
        >>> made.in_hindsight(date(2025, 1, 1)), made.in_hindsight(date(2025, 3, 1))
        (True, False)
        """
        return self.chosen > first

    def on(self, day: date) -> tuple[Member, ...]:
        """Return the members at the close of a day."""
        return tuple(member for member in self.members if member.on(day))


def shipped() -> dict[str, Basket]:
    """Return the baskets that come with Springtide, by id.

    Examples
    --------
    >>> [member.instrument for member in shipped()["hk_ai_cloud"].members]
    ['9988.HK', '0700.HK', '9888.HK', '3896.HK']
    """
    text = (files("springtide.market") / "data" / "baskets.toml").read_text(encoding="utf-8")
    return _read(tomllib.loads(text), "the baskets shipped")


def read(path: Path) -> dict[str, Basket]:
    """Read a file of the user's baskets, naming what is wrong with it.

    Raises
    ------
    UsageError
        It is no TOML, or a basket in it lacks something or holds what is not allowed.
    """
    try:
        own = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise UsageError(f"The baskets file {path} cannot be read: {error}") from error
    made = _read(own, str(path))
    for basket in made.values():
        calendar = basket.instrument.calendar
        if calendars.is_session(calendar, basket.base) is False:
            raise UsageError(
                f"Basket {basket.id} in {path} begins on a day that was no session of {calendar}",
                given=f"base = {basket.base}",
                hint="give the last session before the first day that you want to look at",
            )
    return made


def _read(given: Mapping[str, Any], where: str) -> dict[str, Basket]:
    rows = given.get("basket", [])
    if set(given) - {"basket"} or not _is_tables(rows):
        raise UsageError(
            f"{where} holds something else than baskets",
            given=", ".join(sorted(set(given) - {"basket"})) or "basket",
            allowed="[[basket]] tables with [[basket.member]] tables",
        )
    made: dict[str, Basket] = {}
    for place, row in enumerate(rows, start=1):
        basket = _basket(row, f"Basket {place} in {where}")
        if basket.id in made:
            raise UsageError(f"{where} holds two baskets {basket.id}")
        made[basket.id] = basket
    return made


def _is_tables(rows: object) -> bool:
    return isinstance(rows, list) and all(isinstance(row, dict) for row in rows)


def _basket(row: Mapping[str, Any], where: str) -> Basket:
    identity = _text(row, "id", where)
    if not _ID.fullmatch(identity):
        raise UsageError(
            f"{where} has an id that could be taken for a word or a symbol",
            given=identity,
            allowed="small letters, digits and at least one underscore, such as hk_ai_cloud",
        )
    where = f"{where} ({identity})"
    _refuse_others(row, _KEYS, where)
    weights: Weights = _choice(row, "weights", Weights, where)
    base = _day(row, "base", where)
    assert base is not None
    members = tuple(_members(row, weights, base, where))
    source = _text(row, "source", where)
    currency = _text(row, "currency", where)
    if not re.fullmatch("[A-Z]{3}", currency):
        raise UsageError(
            f"{where} has no currency of three letters", given=currency, allowed="HKD, USD, CNY"
        )
    calendar, names = _calendar(row, members, where), _names(row, identity, where)
    instrument = Instrument(identity, "basket", currency, calendar, names, MappingProxyType({}))
    benchmark = row.get("benchmark", "")
    if not isinstance(benchmark, str) or benchmark == identity:
        raise UsageError(f"{where} has a benchmark that is no other instrument", given=benchmark)
    return Basket(
        instrument,
        weights,
        _choice(row, "rebalance", Rebalance, where),
        base,
        source,
        _selected(row, source, where),
        benchmark,
        members,
    )


def _members(row: Mapping[str, Any], weights: Weights, base: date, where: str) -> Iterator[Member]:
    """Yield the members of a basket, each checked by itself and against the others."""
    rows = row.get("member", [])
    if not _is_tables(rows) or not rows:
        raise UsageError(f"{where} has no members", allowed="[[basket.member]] tables below it")
    spells: dict[str, list[Member]] = {}
    for place, one in enumerate(rows, start=1):
        here = f"Member {place} of {where}"
        member = _member(one, weights, base, here)
        for other in spells.setdefault(member.instrument, []):
            if member.on(other.first) or other.on(member.first):
                raise UsageError(f"{here} is in the basket already", given=member.instrument)
        spells[member.instrument].append(member)
        yield member
    if not any(member.on(base) for of_one in spells.values() for member in of_one):
        raise UsageError(f"{where} has no member at its base", given=f"base = {base}")


def _member(row: Mapping[str, Any], weights: Weights, base: date, where: str) -> Member:
    _refuse_others(row, _MEMBER_KEYS, where)
    identity = _text(row, "instrument", where)
    if _ID.fullmatch(identity):
        raise UsageError(f"{where} is a basket: a basket is made of instruments", given=identity)
    first, last = _day(row, "from", where, base), _day(row, "to", where, None)
    assert first is not None
    if last is not None and last < first:
        raise UsageError(f"{where} leaves before it comes", given=f"from {first} to {last}")
    weight: Any = row.get("weight")
    wanted = weights == "fixed"
    is_number = isinstance(weight, int | float) and not isinstance(weight, bool)
    if wanted and not (is_number and math.isfinite(weight) and weight > 0):
        raise UsageError(
            f"{where} needs a weight, as the weights are fixed",
            given=None if weight is None else str(weight),
            allowed="a number above 0; the weights of all may have any sum",
        )
    if weight is not None and not wanted:
        raise UsageError(
            f"{where} has a weight, but the weights are {weights}",
            given=str(weight),
            hint='leave it out, or say weights = "fixed"',
        )
    return Member(identity, first, last, float(weight) if is_number else None)


def _refuse_others(row: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    others = sorted(set(row) - known)
    if others:
        raise UsageError(
            f"{where} holds a key that is not known",
            given=", ".join(others),
            allowed=", ".join(sorted(known)),
        )


def _text(row: Mapping[str, Any], key: str, where: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise UsageError(
            f"{where} lacks {key}", given=None if value is None else str(value), allowed="a text"
        )
    return value.strip()


def _choice(row: Mapping[str, Any], key: str, kind: Any, where: str) -> Any:
    value = row.get(key, get_args(kind)[0])
    if value not in get_args(kind):
        raise UsageError(
            f"{where} has {key} of no known kind",
            given=str(value),
            allowed=", ".join(get_args(kind)),
        )
    return value


_NEEDED = date(1, 1, 1)


def _day(
    row: Mapping[str, Any], key: str, where: str, otherwise: date | None = _NEEDED
) -> date | None:
    value = row.get(key, otherwise)
    if value is None:
        return None
    if not isinstance(value, date) or hasattr(value, "hour") or value is _NEEDED:
        raise UsageError(
            f"{where} lacks the day {key}" if value is _NEEDED else f"{where} has {key} of no date",
            given=None if value is _NEEDED else str(value),
            allowed=f"a date without quotation marks, such as {key} = 2024-12-31",
        )
    return value


def _selected(row: Mapping[str, Any], source: str, where: str) -> date:
    """Return when the members were chosen: as said by itself, else by the words on the source."""
    day = _day(row, "selected", where, None)
    if day is not None:
        return day
    written = _DAY.search(source)
    try:
        return date.fromisoformat(written.group() if written else "")
    except ValueError:
        raise UsageError(
            f"{where} does not say when its members were chosen",
            given=f"source = {source!r}",
            allowed='a day in it, such as "our own selection, made 2025-02-14", or selected = DAY',
            hint="what is chosen with hindsight is said to be so beside every return",
        ) from None


def _names(row: Mapping[str, Any], identity: str, where: str) -> Mapping[Language, tuple[str, ...]]:
    names: dict[Language, tuple[str, ...]] = {}
    for language in _LANGUAGES:
        given = row.get(language, [])
        given = [given] if isinstance(given, str) else given
        if not isinstance(given, list) or not all(isinstance(n, str) and n.strip() for n in given):
            raise UsageError(f"{where} has names that are no texts", given=f"{language} = {given}")
        names[language] = tuple(name.strip() for name in given) or (identity,)
    return MappingProxyType(names)


def _calendar(row: Mapping[str, Any], members: tuple[Member, ...], where: str) -> str:
    """Return the calendar that is said, else the one on which all members trade."""
    if "calendar" in row:
        return calendars.code_of(_text(row, "calendar", where))
    told = {_calendar_of(member.instrument) for member in members}
    if len(told) == 1 and None not in told:
        return cast(str, told.pop())
    raise UsageError(
        f"{where} has members of which their codes do not tell one calendar",
        given=", ".join(sorted(one or "not known" for one in told)),
        hint='say on which sessions it has a close, such as calendar = "XHKG"',
    )


def _calendar_of(identity: str) -> str | None:
    market = codes.market(identity)  # the table of listed instruments takes a while to read
    if market is not None:
        return listed.calendar(market.mic, market.kind, market.currency)
    known = listed.instrument(identity)
    return None if known is None else known.calendar
