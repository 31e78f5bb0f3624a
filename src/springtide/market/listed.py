"""The shipped table of listed instruments: 25,000 shares, funds, indices, currencies, commodities.

Read on first use. A row is made into an :class:`Instrument` only when it is asked for. The registry
(:mod:`springtide.market.instruments`) comes first: what it holds has its ids and names from there,
and the table adds to them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntFlag
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from springtide.market.types import Instrument

if TYPE_CHECKING:
    import polars as pl


class Trait(IntFlag):
    """What is to be known of a name before it is taken for an instrument's.

    RISKY is also an ordinary word, SHARED belongs to another company as well, FORMER is an earlier
    name, GENERATED was made by a rule and never seen in print. A Latin name counts only where it
    begins with a capital, in CAPITALS throughout, or in ANY_CASE.
    """

    RISKY = 1
    SHARED = 2
    FORMER = 4
    GENERATED = 8
    CAPITALS = 16
    ANY_CASE = 32


@dataclass(frozen=True, slots=True)
class Facts:
    """What the table says of one instrument.

    ``company`` is one id for all listings of a company. ``since`` and ``until`` are the days
    between which the code was this company's, ISO, "" where not known. ``mic`` is its exchange
    (ISO 10383), "" for what has none.
    """

    id: str
    kind: str
    subtype: str
    currency: str
    mic: str
    company: str
    en: str
    zh_cn: str
    zh_hk: str
    yahoo: str
    since: str
    until: str

    def on(self, day: date | None) -> bool:
        """Say whether the code was this company's on a day (today where None)."""
        if day is None:
            return not self.until
        written = day.isoformat()
        return not self.until or written <= self.until


# The calendar of an exchange; one that is not here is its own.
_CALENDARS = {
    "XSHE": "XSHG", "BJSE": "XSHG", "CCFX": "XSHG", "XZCE": "XSHG", "XDCE": "XSHG",
    "GFEX": "XSHG", "XINE": "XSHG", "XSGE": "XSHG", "XCFE": "XSHG", "XHKF": "XHKG",
    "XNAS": "XNYS", "XASE": "XNYS", "ARCX": "XNYS", "BATS": "XNYS", "OTCM": "XNYS",
    "XCBO": "XNYS", "XNYM": "CMES", "XCEC": "CMES", "XCME": "CMES", "XCBT": "CMES",
    "IFUS": "CMES", "IFEU": "IEPA", "XLME": "XLON", "XNSE": "XBOM", "XKOS": "XKRX",
    "XEUR": "XETR", "XPHS": "XPHS", "MISX": "XMOS",
}  # fmt: skip
_KNOWN = frozenset(
    re.findall(
        "[A-Z]{4}",
        "XHKG XSHG XNYS XTKS XKRX XTAI XLON XETR XPAR XAMS XBRU XSWX XMIL XMAD XLIS XCSE XSTO XSES "
        "XASX XNZE XBOM XSAU XJSE XIDX XKLS XBKK XTSE BVMF XMEX XBUE XIST XWAR XTAE XPHS XMOS CMES "
        "IEPA",
    )
)
_OF_CURRENCY = {
    "USD": "XNYS", "CNY": "XSHG", "HKD": "XHKG", "JPY": "XTKS", "GBP": "XLON", "EUR": "XETR",
    "KRW": "XKRX", "INR": "XBOM", "AUD": "XASX", "CAD": "XTSE",
}  # fmt: skip


def calendar(mic: str, kind: str, currency: str) -> str:
    """Return the calendar that an instrument keeps.

    Examples
    --------
    >>> calendar("XNAS", "stock", "USD"), calendar("", "yield", "USD"), calendar("", "fx", "JPY")
    ('XNYS', 'XNYS', '24/5')
    """
    own = _CALENDARS.get(mic, mic)
    if own in _KNOWN:
        return own
    if kind == "crypto":
        return "24/7"
    if kind in ("yield", "rate", "index", "stock", "etf"):
        return _OF_CURRENCY.get(currency, "24/5")
    return "24/5"


def facts(identity: str) -> Facts | None:
    """Return what the table says of an instrument, None where it is not in the table.

    Examples
    --------
    >>> facts("600519.SH").zh_cn, facts("NVDA").mic, facts("no such id")
    ('贵州茅台', 'XNAS', None)
    """
    row = _table().places.get(identity)
    return None if row is None else _table().facts(row)


def instrument(identity: str) -> Instrument | None:
    """Return an instrument of the table, None where it is not in it.

    Its names are those to print in each language; where a language has none, the one in the other
    script, then the English one, then the id.

    Examples
    --------
    >>> one = instrument("1928.HK")
    >>> one.name("zh-hk"), one.currency, one.calendar
    ('金沙中國有限公司', 'HKD', 'XHKG')
    """
    row = facts(identity)
    return None if row is None else _made(row)


@cache
def _made(row: Facts) -> Instrument:
    chinese = row.zh_cn or row.zh_hk
    names = {
        "en": (row.en or chinese or row.id,),
        "zh-cn": (chinese or row.en or row.id,),
        "zh-hk": (row.zh_hk or chinese or row.en or row.id,),
    }
    symbols = {"yahoo": row.yahoo} if row.yahoo else {}
    return Instrument(
        id=row.id,
        kind=row.kind,  # type: ignore[arg-type]
        currency=row.currency,
        calendar=calendar(row.mic, row.kind, row.currency),
        names=MappingProxyType(names),  # type: ignore[arg-type]
        symbols=MappingProxyType(symbols),
    )


def names() -> Mapping[str, int | tuple[int, ...]]:
    """Return every name, as it is looked up, with the places of its entries (see :func:`entry`).

    A name is normalised (``springtide.language.script.normalise``) and in small letters. The value
    is one place, or a tuple where several instruments have the name.

    Examples
    --------
    >>> [entry(place)[0].id for place in [names()["贵州茅台"]]]
    ['600519.SH']
    """
    return _table().names


def entry(place: int) -> tuple[Facts, Trait]:
    """Return the instrument of an entry of :func:`names`, and the traits of the name."""
    table = _table()
    return table.facts(int(table.rows[place])), Trait(int(table.bits[place]))


def names_with(trait: Trait) -> list[str]:
    """Return the names that have a trait and belong to one instrument."""
    table, bit = _table(), int(trait)
    having = (table.bits & bit).nonzero()[0].tolist()
    return [table.spelt[place] for place in having if table.names[table.spelt[place]] == place]


@lru_cache(maxsize=8192)
def most_words(first: str) -> int:
    """Return how many words the longest Latin name has that begins with a word; 0 where none does.

    Examples
    --------
    >>> most_words("apple") > 1, most_words("no-such-word")
    (True, 0)
    """
    spelt = _table().spelt
    place = bisect_left(spelt, first)
    most = int(place < len(spelt) and spelt[place] == first)
    begin = first + " "
    for after in range(bisect_left(spelt, begin, place), len(spelt)):
        name = spelt[after]
        if not name.startswith(begin):
            break
        if name.isascii():
            most = max(most, name.count(" ") + 1)
    return most


def named(key: str) -> list[Facts]:
    """Return the instruments that have a name, given as it is looked up; empty where none has."""
    places = _table().names.get(key, ())
    return [entry(place)[0] for place in ((places,) if isinstance(places, int) else places)]


def id_of(symbol: str) -> str | None:
    """Return the id of an id or of a symbol at Yahoo, in capitals; None where there is none.

    Examples
    --------
    >>> id_of("NVDA"), id_of("^TNX"), id_of("NO SUCH SYMBOL")
    ('NVDA', 'US10Y', None)
    """
    table = _table()
    return symbol if symbol in table.places else table.by_yahoo.get(symbol)


def ids() -> tuple[str, ...]:
    """Return every id of the table, ascending."""
    return tuple(_table().places)


def listings(identity: str) -> tuple[str, ...]:
    """Return all listings of the company of an instrument, itself among them; none where not known.

    Examples
    --------
    >>> sorted(listings("9988.HK"))[:2], listings("no such id")
    (['89988.HK', '9988.HK'], ())
    """
    row = facts(identity)
    if row is None or not row.company:
        return ()
    return _table().companies.get(row.company, (identity,))


class _Table:
    """The two files in memory, and the places of ids and names."""

    def __init__(self) -> None:
        listed, named = _read("listed.parquet"), _read("listed_names.parquet")
        self._listed = listed.select(*Facts.__slots__)
        self._facts: dict[int, Facts] = {}
        ids = listed["id"].to_list()
        self.places: dict[str, int] = dict(zip(ids, range(len(ids)), strict=True))
        self.rows, self.bits = named["row"].to_numpy(), named["traits"].to_numpy()
        self.spelt: list[str] = named["name"].to_list()
        """Ascending: equal names, and names that begin alike, stand side by side."""
        repeated = (named["name"] == named["name"].shift(1)).arg_true()
        self.names = self._by_name(self.spelt, repeated.to_list())

    @cached_property
    def by_yahoo(self) -> dict[str, str]:
        """The id of each symbol at Yahoo."""
        marked = self._listed.filter(self._listed["yahoo"] != "")
        return dict(zip(marked["yahoo"].to_list(), marked["id"].to_list(), strict=True))

    @staticmethod
    def _by_name(spelt: list[str], repeated: list[int]) -> dict[str, int | tuple[int, ...]]:
        """Return the places of each name, given those that repeat the name before."""
        places: dict[str, int | tuple[int, ...]] = dict(zip(spelt, range(len(spelt)), strict=True))
        for place in repeated:
            before = places[spelt[place]]
            if isinstance(before, tuple):
                places[spelt[place]] = (*before, place)
            else:
                places[spelt[place]] = (place - 1, place)
        return places

    @cached_property
    def companies(self) -> dict[str, tuple[str, ...]]:
        """The listings of each company that has several, which one in fifty has."""
        named = self._listed.filter(self._listed["company"].is_duplicated())
        several: dict[str, list[str]] = {}
        for one, company in named.select("id", "company").iter_rows():
            several.setdefault(company, []).append(one)
        several.pop("", None)
        return {company: tuple(ids) for company, ids in several.items()}

    def facts(self, row: int) -> Facts:
        if row not in self._facts:
            self._facts[row] = Facts(*self._listed.row(row))
        return self._facts[row]


def _read(name: str) -> pl.DataFrame:
    import polars as pl

    with (files("springtide.market") / "data" / name).open("rb") as file:
        return pl.read_parquet(file)


@cache
def _table() -> _Table:
    return _Table()
