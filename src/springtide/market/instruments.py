"""The registry of instruments and their names in three scripts.

The registry is ``market/data/instruments.toml``, followed by the user's own
``instruments.toml`` in the settings folder (same form; an id that exists already is replaced).
Baskets (:mod:`springtide.market.baskets`) and what lakes describe
(:mod:`springtide.market.declared`) follow. Behind it stands the table of
listed instruments (:mod:`springtide.market.listed`), and what neither holds is told from its code
(:mod:`springtide.market.codes`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import cast

from springtide.errors import AmbiguousNameError, UnknownNameError
from springtide.market import codes, listed
from springtide.market.baskets import Basket
from springtide.market.registry import LANGUAGES, current, key_of
from springtide.market.types import Instrument, Kind

_NEAREST = 3
_FOUND = 20
_NEAR_ENOUGH = 60

# What vendors add to an index's code (Wind: HSI.HI, SPX.GI).
_INDEX_SUFFIXES = (".hi", ".gi", ".wi", ".csi", ":ind", " index")


def all() -> tuple[Instrument, ...]:
    """Return every instrument of the registry, in its order.

    Examples
    --------
    >>> [instrument.id for instrument in all()][:3]
    ['HSI', 'HSTECH', 'HSCEI']
    """
    return tuple(current().by_id.values())


def get(name: str, symbols: Collection[str] = ()) -> Instrument:
    """Return the one instrument with this id, symbol or exact name.

    Case, width and script (simplified or traditional) do not matter.

    Parameters
    ----------
    name
        An id (``HSI``), a symbol at a source (``^HSI``), or a name (``恒指``).
    symbols
        Symbols known besides the registry, such as ``View.symbols()``: one of these that is in no
        registry gives a :func:`plain` instrument.

    Raises
    ------
    UnknownNameError
        Nothing has that name; the nearest are suggested.
    AmbiguousNameError
        Several have it; their ids are listed.

    Examples
    --------
    >>> get("^IXIC").id, get("恆生科技指數").id, get("AAA", symbols=["AAA"]).calendar
    ('IXIC', 'HSTECH', 'XNYS')
    >>> get("Alibaba")
    Traceback (most recent call last):
        ...
    springtide.errors.AmbiguousNameError: Ambiguous instrument: Alibaba. Allowed: 9988.HK, BABA. \
Choose one of these by its identifier.
    """
    instruments = _named(name, symbols)
    if len(instruments) > 1:
        raise AmbiguousNameError("instrument", name, [instrument.id for instrument in instruments])
    if not instruments:
        raise unknown(name, symbols)
    return instruments[0]


def find(name: str, symbols: Collection[str] = ()) -> Instrument | None:
    """Return the one instrument with this id, symbol or exact name; None where not just one has it.

    Unlike :func:`get` it spends no time on names that are near.

    Examples
    --------
    >>> find("^IXIC").id, find("Alibaba"), find("no such name")
    ('IXIC', None, None)
    """
    instruments = _named(name, symbols)
    return instruments[0] if len(instruments) == 1 else None


def registered(name: str) -> Instrument | None:
    """Return the one instrument of the registry with this id, symbol or exact name, else None.

    Examples
    --------
    >>> registered("恒指").id, registered("贵州茅台")
    ('HSI', None)
    """
    registry = current()
    key = key_of(name)
    identity = registry.by_symbol.get(key)
    ids = (identity,) if identity else registry.aliases.get(key, ())
    return registry.by_id[ids[0]] if len(ids) == 1 else None


def _named(name: str, symbols: Collection[str]) -> tuple[Instrument, ...]:
    registry = current()
    key = key_of(name)
    identity = registry.by_symbol.get(key)
    if identity is not None:
        return (registry.by_id[identity],)
    for symbol in (name, name.upper()):
        if symbol in symbols:
            return (of_id(symbol),)
    ids = registry.aliases.get(key, ())
    if not ids:
        code = codes.read(name)
        ids = (code,) if code else listed_ids(name)
    return tuple(of_id(one) for one in ids)


def listed_ids(name: str, day: date | None = None) -> tuple[str, ...]:
    """Return the ids that a name or symbol has in the table of listed instruments.

    The listing that leads its company (Hong Kong, New York, the mainland, in this order) comes
    first. Names of companies that are gone, or whose code has changed, count only where nothing
    else has the name.

    Parameters
    ----------
    name
        A name in any script, an id or a symbol at Yahoo.
    day
        The day of the text, None for today: a code that was given up later still counts then.

    Examples
    --------
    >>> listed_ids("招商銀行"), listed_ids("^TNX"), listed_ids("贝特瑞", date(2025, 2, 7))
    (('3968.HK', '600036.SH'), ('US10Y',), ('835185.BJ',))
    """
    symbol = listed.id_of(name.strip().upper())
    if symbol is not None:
        return (symbol,)
    rows = listed.named(key_of(name))
    rows = [row for row in rows if row.on(day)] or rows
    if day is not None:  # a code that was given up since is the one of its time
        rows = [row for row in rows if row.until] or rows
    rows.sort(key=lambda row: row.id != row.company)
    return tuple(row.id for row in rows)


def of_id(identity: str) -> Instrument:
    """Return the instrument with an id: of the registry, of the table, or told from the code.

    Examples
    --------
    >>> of_id("HSI").kind, of_id("300750.SZ").name("zh-cn"), of_id("8392.T").calendar
    ('index', '宁德时代', 'XTKS')
    """
    return current().by_id.get(identity) or listed.instrument(identity) or plain(identity)


def told(identity: str) -> Instrument | None:
    """Return the instrument with an id; None where nothing says what it is.

    Unlike :func:`find` it takes no other name: ``DOW`` is the company, and no index.

    Examples
    --------
    >>> told("HSI").id, told("DOW").kind, told("MYIDX")
    ('HSI', 'stock', None)
    """
    return of_id(identity) if is_told(identity) else None


def resolve(name: str) -> Instrument:
    """Return the instrument that a name means in running text.

    Like :func:`get`, but a name shared by several listings means the registry's primary one
    (Alibaba is 9988.HK where nothing says otherwise).

    Raises
    ------
    UnknownNameError
        Nothing has that name.
    AmbiguousNameError
        Several have it and none is primary.

    Examples
    --------
    >>> resolve("阿里巴巴").id, resolve("中芯國際").id
    ('9988.HK', '0981.HK')
    """
    registry = current()
    ids = registry.aliases.get(key_of(name), ())
    if ids and (len(ids) == 1 or ids[0] in registry.primary):
        return registry.by_id[ids[0]]
    known = [listed.facts(one) for one in listed_ids(name)] if not ids else []
    if known and known[0] and len({row.company for row in known if row}) == 1:
        return of_id(known[0].id)
    return get(name)


def search(query: str) -> list[Instrument]:
    """Return the instruments whose names come nearest to a query, the best first.

    A code comes first, then names that contain the query (those of the registry before at most 20
    of the table of listed instruments), then names that resemble it. An empty query returns all of
    the registry.

    Examples
    --------
    >>> [instrument.id for instrument in search("恒生")][:3]
    ['HSI', 'HSTECH', 'HSCEI']
    """
    from rapidfuzz import fuzz, process

    registry = current()
    key = key_of(query)
    if not key:
        return list(all())
    scores: dict[str, float] = {}
    names = list(registry.spellings)
    for name, score, _ in process.extract(key, names, scorer=fuzz.WRatio, limit=None):
        score = 100 + score * (len(key) / len(name)) if key in name else score
        for identity in registry.spellings[name]:
            scores[identity] = max(scores.get(identity, 0), score)
    order = {identity: place for place, identity in enumerate(registry.by_id)}
    kept = [identity for identity, score in scores.items() if score >= 75]
    kept.sort(
        key=lambda identity: (scores[identity] < 100, -round(scores[identity]), order[identity])
    )
    exact = codes.read(query)
    ids = [exact] if exact else []
    ids += [one for one in kept if scores[one] >= 100]
    ids += [*listed_ids(query), *_listed_with(key, anywhere=not ids)]
    ids += [one for one in kept if scores[one] < 100]
    return [of_id(one) for one in dict.fromkeys(ids)]


def _listed_with(key: str, anywhere: bool = True) -> list[str]:
    """Return the ids of the table whose names begin with a query.

    ``anywhere`` takes those that hold it elsewhere too, and where there are none, those near it.
    """
    from rapidfuzz import fuzz, process

    near = [name for name in listed.names() if key in name]
    near = [name for name in near if anywhere or name.startswith(key)]
    near.sort(key=lambda name: (not name.startswith(key), len(name), name))
    if anywhere and not near and len(key) > 2:
        extracted = process.extract(
            key, listed.names().keys(), scorer=fuzz.ratio, limit=_FOUND, score_cutoff=80
        )
        near = [name for name, _, _ in extracted]
    ids = [row.id for name in near[:_FOUND] for row in listed.named(name)]
    return list(dict.fromkeys(ids))[:_FOUND]


def aliases() -> Mapping[str, tuple[str, ...]]:
    """Return every exact name and the ids that it may mean, the primary one first.

    Names are normalised (``springtide.language.script.normalise``) and case-folded. Besides the
    names in the registry there are the ids that cannot be taken for a word: those with a digit,
    five-digit Hong Kong codes, and American tickers with ``.us``.

    Examples
    --------
    >>> aliases()["阿里巴巴"], aliases()["09988.hk"], aliases()["kc.us"]
    (('9988.HK', 'BABA'), ('9988.HK',), ('KC',))
    """
    return current().aliases


def loose_aliases() -> Mapping[str, str]:
    """Return what a market is called where an index is meant, and that index.

    "Hong Kong stocks rose 2%" is usually said of the Hang Seng Index, but does not say so; whoever
    uses such a name must tell.

    Examples
    --------
    >>> loose_aliases()["港股"]
    'HSI'
    """
    return current().loose


def plain(symbol: str) -> Instrument:
    """Return an instrument for a symbol that neither the registry nor the table holds.

    Its suffix tells market and currency (``.HK``, ``.SH``, ``.SZ``, ``.T``, ...), and on the
    mainland its first digits tell shares from funds and indices; without a suffix it is taken to
    trade in New York, in a currency that is not known.

    Examples
    --------
    >>> plain("000001.SZ").calendar, plain("159999.SZ").kind, plain("NOSUCH").currency
    ('XSHG', 'etf', '')
    """
    told = codes.market(symbol)
    if told is None:
        told = codes.Market("stock", "" if "." in symbol else "XNYS", "")
    names = MappingProxyType(dict.fromkeys(LANGUAGES, (symbol,)))
    calendar = listed.calendar(told.mic, told.kind, told.currency)
    kind = cast(Kind, told.kind)
    return Instrument(symbol, kind, told.currency, calendar, names, MappingProxyType({}))


def canonical(symbol: str) -> str:
    """Return a symbol as the lake writes it, from any vendor's spelling of it.

    The registry's id where it knows the symbol; else the id of the code (see
    :func:`springtide.market.codes.read`) or of the table's symbol; else the symbol in capitals.

    Examples
    --------
    >>> canonical("^gspc"), canonical("00005.hk"), canonical("600519.SS"), canonical("HSTECH.HI")
    ('SPX', '0005.HK', '600519.SH', 'HSTECH')
    >>> canonical("hk00700"), canonical("600519.XSHG"), canonical("NASDAQ:NVDA"), canonical("nvda")
    ('0700.HK', '600519.SH', 'NVDA', 'NVDA')
    """
    by_symbol = current().by_symbol
    key = key_of(symbol)
    for suffix in ("", *_INDEX_SUFFIXES):
        identity = by_symbol.get(key.removesuffix(suffix))
        if identity is not None:
            return identity
    written = symbol.strip().upper()
    return codes.read(symbol) or listed.id_of(written) or written


def symbol_of(name: str) -> str:
    """Return the id of an instrument given by any name; an unknown one is a symbol of one's own.

    Raises
    ------
    AmbiguousNameError
        Several have that name.

    Examples
    --------
    >>> symbol_of("恒指"), symbol_of("myidx")
    ('HSI', 'MYIDX')
    """
    try:
        return get(name).id
    except UnknownNameError:
        return canonical(name)


def calendar_of(symbol: str) -> str:
    """Return the calendar of a symbol, whether the registry knows it or not.

    Examples
    --------
    >>> calendar_of("HSI"), calendar_of("600519.SS")
    ('XHKG', 'XSHG')
    """
    known = current().by_id.get(symbol)
    return known.calendar if known else of_id(canonical(symbol)).calendar


def basket(identity: str) -> Basket | None:
    """Return the basket with an id, None where it is no basket's.

    Examples
    --------
    >>> basket("hk_ai_cloud").instrument.kind, basket("HSI")
    ('basket', None)
    """
    registry = current()
    known = registry.baskets.get(identity)
    if known is None:
        return None
    if identity not in registry.resolved:
        members = (replace(one, instrument=canonical(one.instrument)) for one in known.members)
        registry.resolved[identity] = replace(known, members=tuple(members))
    return registry.resolved[identity]


def all_baskets() -> tuple[Basket, ...]:
    """Return every basket, those shipped first."""
    known = (basket(identity) for identity in current().baskets)
    return tuple(one for one in known if one is not None)


def is_told(identity: str) -> bool:
    """Say whether it is known what an instrument is: from a table, or from its code.

    Examples
    --------
    >>> is_told("HSI"), is_told("8392.T"), is_told("MYIDX")
    (True, True, False)
    """
    return is_known(identity) or codes.market(identity) is not None


def is_known(identity: str) -> bool:
    """Say whether the registry or the table of listed instruments holds an id.

    Examples
    --------
    >>> is_known("HSI"), is_known("600519.SH"), is_known("8392.T")
    (True, True, False)
    """
    return identity in current().by_id or listed.facts(identity) is not None


def unknown(name: str, symbols: Collection[str]) -> UnknownNameError:
    """Return the error for a name that nothing has, with the nearest names."""
    from rapidfuzz import process

    registry = current()
    near = process.extract(
        key_of(name), list(registry.spellings), limit=12, score_cutoff=_NEAR_ENOUGH
    )
    ids = [identity for spelling, _, _ in near for identity in registry.spellings[spelling]]
    if len(ids) < _NEAREST:
        ids += _listed_with(key_of(name))
    if symbols:
        ids += [symbol for symbol, _, _ in process.extract(name, symbols, limit=2, score_cutoff=80)]
    return UnknownNameError(
        "instrument",
        name,
        suggestions=list(dict.fromkeys(ids))[:_NEAREST],
        hint="springtide instruments lists them",
    )
