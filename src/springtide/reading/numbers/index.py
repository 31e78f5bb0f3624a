"""All names of instruments, ready to be found in a text: the registry's, and the listed table's.

Chinese names are found by a filter over pairs and triples of characters, which leaves a few places
of a text where a name may begin; English ones by their first word. A name is then looked up in the
dictionaries of :mod:`springtide.market`. The filter is made in some 15 ms once a run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from springtide.market import instruments, listed
from springtide.market.listed import Trait

Source = Literal["registry", "loose", "table"]

_HAN = re.compile("[\u4e00-\u9fff]")
_CAPITAL = re.compile(
    r"[A-Z0-9](?<![A-Za-z0-9].)(?:(?<=[A-Z])|[0-9]*(?=[A-Za-z]))[A-Za-z0-9&.'\-/+]*"
)
_NEXT = re.compile(r" [a-z0-9&][a-z0-9&.'\-/+]*")
_LONGEST = 30
_LOOSE_ENDS = ".'-/&"
_WORDS = 9
_BITS = 18
_PLAIN = Trait(0)
_ANY_CASE = ("commodity", "service", "flow")
"""Kinds of instruments whose names are written in small letters as well."""
_DIRECTION = re.compile(
    r"(?:south|north)bound(?! (?:net|daily|trad|inflow|outflow|fund|flow|investor|buy|sell|capital|money|"
    r"purchase|turnover|Stock))"
)
"""Words in small letters that say where a road leads, and not whose the money is."""
_BETWEEN_WORDS = re.compile(r"[^!-~]+")
_WORDS_TOO = frozenset(["理想"])
"""Names of the registry that are ordinary words, whatever the table says."""
_FACTOR = np.uint32(2654435761)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name means: its instruments, the leading listing first, and what is to be known of it.

    ``shared`` says that companies that are not related have the name.
    """

    ids: tuple[str, ...]
    source: Source
    traits: Trait = _PLAIN
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A name at a place of a text."""

    start: int
    end: int
    entry: Entry


_NOWHERE = "XXXX"
"""The exchange of a company that no list of an exchange holds any more."""


def _elsewhere(rows: list[listed.Facts], day: str) -> Iterator[str]:
    """Yield where else the shares of one company are listed, in other money than those named.

    Not where they are listed only after ``day``: a company's Hong Kong shares of May are nobody's
    in February.
    """
    if len({row.company for row in rows}) != 1 or not rows[0].company:
        return
    told = {row.currency for row in rows}
    for identity in listed.listings(rows[0].id):
        row = listed.facts(identity)
        if row is None or row.until or row.subtype not in ("", "adr") or row.currency in told:
            continue
        if day and row.since > day:
            continue
        told.add(row.currency)
        yield identity


class Index:
    """The dictionaries and their filters."""

    def __init__(self) -> None:
        self._registry = instruments.aliases()
        self._loose = instruments.loose_aliases()
        self._table = listed.names()
        self._made: dict[tuple[str, str], Entry | None] = {}
        every = (*self._registry, *self._loose, *self._table)
        chinese = [name for name in every if not name.isascii()]
        own = (name for name in (*self._registry, *self._loose) if name.isascii())
        self._first = _first_words(own)
        self._small = self._in_small_letters()
        self._risky = frozenset(listed.names_with(Trait.RISKY))
        self._lengths = _lengths(chinese)

    def _in_small_letters(self) -> frozenset[str]:
        """Return the first words of the names that need no capital: gold, crude, deepseek-chat."""
        free = [name for name in listed.names_with(Trait.ANY_CASE) if name.isascii()]
        for name, ids in self._registry.items():
            if name.isascii() and instruments.of_id(ids[0]).kind in _ANY_CASE:
                free.append(name)
        return frozenset(name.partition(" ")[0] for name in free)

    def entry(self, name: str, day: str) -> Entry | None:
        """Return what a name means in a text of a day ("" where not known); None for no name."""
        if not (name in self._table or name in self._registry or name in self._loose):
            return None
        key = (name, day)
        if key not in self._made:
            self._made[key] = self._entry(name, day)
        return self._made[key]

    def _entry(self, name: str, day: str) -> Entry | None:
        ids = self._registry.get(name)
        if ids is not None:
            kind = instruments.of_id(ids[0]).kind
            free = kind in _ANY_CASE or " " in name or not name.isascii()
            word = name in _WORDS_TOO or (len(name) == 2 and name in self._risky)
            traits = (Trait.ANY_CASE if free else Trait(0)) | (Trait.RISKY if word else Trait(0))
            return Entry((*ids, *self._siblings(name, ids, day)), "registry", traits)
        loose = self._loose.get(name)
        if loose is not None:
            return Entry((loose,), "loose", Trait.ANY_CASE)
        places = self._table.get(name)
        if places is None:
            return None
        rows = [listed.entry(place) for place in ((places,) if isinstance(places, int) else places)]
        rows = _of_day(rows, day)
        rows = [row for row in rows if row[0].mic != _NOWHERE] or rows
        if not rows:
            return None
        rows.sort(key=lambda row: (row[0].id != row[0].company, bool(row[1] & Trait.GENERATED)))
        traits = rows[0][1]
        if rows[0][0].kind == "etf" and not name.isascii():
            traits |= Trait.RISKY
        shared = bool(traits & Trait.SHARED) and len({row.company for row, _ in rows}) > 1
        ids = tuple(row.id for row, _ in rows)
        return Entry((*ids, *_elsewhere([row for row, _ in rows], day)), "table", traits, shared)

    def _siblings(self, name: str, ids: tuple[str, ...], day: str) -> list[str]:
        """Return further listings of the company on a day that the table has under the same name."""
        companies = {row.company for one in ids if (row := listed.facts(one))}
        return [
            row.id
            for row in listed.named(name)
            if row.id not in ids and not row.until and row.company in companies
            if not (day and row.since > day)
        ]

    def spots(self, text: str, low: str, day: str) -> Iterator[Spot]:
        """Return the longest name at every place where one begins, left to right, overlaps too."""
        yield from self._latin(text, low, day)
        if _HAN.search(text):
            yield from self._chinese(text, low, day)

    def _chinese(self, text: str, low: str, day: str) -> Iterator[Spot]:
        letters = np.frombuffer(low.encode("utf-32-le", "surrogatepass"), np.uint32)
        if len(letters) < 2:
            return
        pairs, triples = _hashes(letters)
        masks = self._lengths[0][pairs]
        masks[:-1] |= self._lengths[1][triples]
        for start in np.flatnonzero(masks).tolist():
            mask = int(masks[start])
            while mask:
                length = mask.bit_length() - 1
                mask ^= 1 << length
                end = start + length
                if end > len(low):  # a longer name that begins like the last words of a text
                    continue
                entry = self.entry(low[start:end], day)
                if entry and not (_glued(low, start) or _glued(low, end)):
                    yield Spot(start, end, entry)
                    break

    def _latin(self, text: str, low: str, day: str) -> Iterator[Spot]:
        for match in _CAPITAL.finditer(text):
            start, end = match.span()
            if (
                self._most_words(low[start:end])
                or low[end - 1] in _LOOSE_ENDS
                or "'" in match.group()
            ):
                spot = self._longest(text, low, start, end, day)
                if spot is not None:
                    yield spot
        words = low.split() if text.isascii() else _BETWEEN_WORDS.split(low)
        small = self._small.intersection(words)
        if small:
            named = "|".join(map(re.escape, sorted(small)))
            for match in re.finditer(rf"(?<![A-Za-z0-9])(?:{named})(?![a-z0-9])", text):
                if _DIRECTION.match(text, match.start()):
                    continue
                spot = self._longest(text, low, match.start(), match.end(), day)
                if spot is not None:
                    yield spot

    def _most_words(self, first: str) -> int:
        """Return the most words of a name that begins with a word, 0 where none does."""
        return max(self._first.get(first, 0), listed.most_words(first))

    def _longest(self, text: str, low: str, start: int, end: int, day: str) -> Spot | None:
        """Return the longest name that begins with a word."""
        most = max(self._most_words(low[start:last]) for last in _ends(low, start, end))
        if not most:
            return None
        ends = [end]
        most = min(most, _WORDS)
        while len(ends) < most and (after := _NEXT.match(low, ends[-1])):
            ends.append(after.end())
        for reached in reversed(ends):
            for last in _ends(low, start, reached):
                entry = self.entry(low[start:last], day)
                if entry is not None and _written(text[start:last], entry):
                    return Spot(start, last, entry)
        return None


def _ends(low: str, start: int, end: int) -> tuple[int, ...]:
    """Return where a name may end: at its last word's end, or before a full stop or "'s" there."""
    ends: tuple[int, ...] = (end,)
    if low[end - 1] in _LOOSE_ENDS:
        ends = (end, end - 1)
    apostrophe = low.rfind("'", start, end)
    if apostrophe > start and end - apostrophe <= 2:
        return (*ends, apostrophe)
    return ends


def _written(text: str, entry: Entry) -> bool:
    """Say whether a Latin name is written as a name: with a capital, or in capitals throughout."""
    if entry.traits & Trait.ANY_CASE:
        return True
    if entry.traits & Trait.CAPITALS:
        return text.isupper()
    return not text[0].islower() and all(
        not word[0].islower() or len(word) < 4 for word in text.split()
    )


def _of_day(rows: list[tuple[listed.Facts, Trait]], day: str) -> list[tuple[listed.Facts, Trait]]:
    """Return the entries that were valid on a day; today's where it is not known."""
    if day:
        rows = [row for row in rows if row[0].since <= day]  # not listed before its day
    valid = [row for row in rows if not row[0].until or (day and day <= row[0].until)]
    own = [row for row in valid if row[0].until]  # a code of its time, given up later
    given_up = {row[0].company for row in own}
    kept = [
        row
        for row in valid
        if row[0].until or row[0].company not in given_up or "." not in row[0].id
    ]
    return kept or valid or rows


def _glued(low: str, at: int) -> bool:
    """Say whether the characters on both sides of a place belong to one Latin word or number."""
    if at <= 0 or at >= len(low):
        return False
    a, b = low[at - 1], low[at]
    return a.isascii() and b.isascii() and a.isalnum() and b.isalnum()


def _first_words(names: Iterable[str]) -> dict[str, int]:
    """Return the first word of each name and the most words that a name with it has."""
    first: dict[str, int] = {}
    known = first.get
    for name in names:
        word = name.split(" ", 1)[0]
        words = name.count(" ") + 1
        if known(word, 0) < words:
            first[word] = words
    return first


def _lengths(names: list[str]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """Return, by hash of the first two and three characters, the lengths of the names as bits."""
    by_pair, by_triple = np.zeros(1 << _BITS, np.uint32), np.zeros(1 << _BITS, np.uint32)
    names = [name for name in names if 2 <= len(name) <= _LONGEST]
    sizes = np.array([len(name) for name in names])
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    letters = np.frombuffer("".join(names).encode("utf-32-le"), np.uint32)
    pairs, triples = _hashes(letters)
    bits = np.left_shift(np.uint32(1), sizes.astype(np.uint32))
    short = sizes == 2
    np.bitwise_or.at(by_pair, pairs[starts[short]], bits[short])
    np.bitwise_or.at(by_triple, triples[starts[~short]], bits[~short])
    return by_pair, by_triple


def _hashes(
    letters: npt.NDArray[np.uint32],
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    shift = np.uint32(32 - _BITS)
    pairs = letters[:-1] * _FACTOR + letters[1:]
    triples = pairs[:-1] * _FACTOR + letters[2:]
    return (pairs * _FACTOR) >> shift, (triples * _FACTOR) >> shift


_KEPT: list[tuple[object, Index]] = []


def index() -> Index:
    """Return the index over all names; made anew where the user's own instruments have changed."""
    names = instruments.aliases()
    if not _KEPT or _KEPT[0][0] is not names:
        _KEPT[:] = [(names, Index())]
    return _KEPT[0][1]
