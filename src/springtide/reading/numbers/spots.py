"""Where a number stands: the words of its scopes, its market, and the moment it is read at."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from springtide.market import instruments
from springtide.reading.numbers.frame import Kind, Subject
from springtide.reading.numbers.hours import ALWAYS, ROUND, Moment, moment
from springtide.reading.numbers.lexicon import Hits, scan
from springtide.reading.numbers.mentions import NumberMention
from springtide.reading.numbers.points import Point, find_points
from springtide.reading.numbers.scene import BlockScene, Scene

FOLDER = "times"
_MARKETS = {
    "market_us": "XNYS",
    "market_hk": "XHKG",
    "market_cn": "XSHG",
    "market_jp": "XTKS",
    "market_kr": "XKRX",
    "market_tw": "XTAI",
    "market_in": "XBOM",
    "market_eu": "XLON",
    "market_au": "XASX",
}
_HOME = {"zh-hk": "XHKG", "zh-cn": "XSHG", "en": "XNYS"}
_LEVELS = frozenset(
    {
        "price_level",
        "fx",
        "market_cap",
        "valuation",
        "technical",
        "level",
        "target_price",
        "implied_move",
    }
)
_CHANGE_UNITS = frozenset({"bp", "pp"})
_YIELD = re.compile("[A-Z]{2}[0-9]{1,2}Y")


@dataclass(frozen=True, slots=True)
class Page:
    """An article with the words of time of each block, found once.

    ``home`` is the market that it speaks of most, ``opening`` holds the classes of the words of its
    title, summary and first paragraph.
    """

    scene: Scene
    hits: tuple[Hits, ...]
    home: str
    opening: frozenset[str]
    kinds: list[list[Kind]]
    points: dict[int, tuple[Point, ...]] = field(default_factory=dict)
    bases: dict[int, tuple[Point, ...]] = field(default_factory=dict)
    runs: dict[int, tuple[NumberMention, ...]] = field(default_factory=dict)
    records: dict[int, tuple[NumberMention, ...]] = field(default_factory=dict)

    def runs_of(self, block: BlockScene) -> tuple[NumberMention, ...]:
        """Return the numbers of a block that are the length of a streak or a record."""
        if block.index not in self.runs:
            self.runs[block.index] = self._measuring(block, ("streak", "record"))
        return self.runs[block.index]

    def records_of(self, block: BlockScene) -> tuple[NumberMention, ...]:
        """Return the numbers of a block that are the length of a record."""
        if block.index not in self.records:
            self.records[block.index] = self._measuring(block, ("record",))
        return self.records[block.index]

    def _measuring(self, block: BlockScene, measures: tuple[str, ...]) -> tuple[NumberMention, ...]:
        pairs = zip(block.numbers, self.kinds[block.index], strict=True)
        return tuple(one for one, kind in pairs if kind.measure in measures)


@dataclass(frozen=True, slots=True)
class Spot:
    """One number with its scopes: offsets of its clause and sentence, its market and moment.

    ``words`` holds the classes of the words of each scope: ``b`` right before it, ``c`` in its
    clause before it, ``a`` after it in its clause, ``s`` earlier in its sentence, ``t`` later in it,
    ``p`` in the sentence before, ``h`` in the heading of its column. ``part`` is the part of a session that the nearest of them names,
    ``part_at`` the scope that it stands in; ``beside`` where the claim before it in its block ends
    and the one after it begins.
    """

    page: Page
    block: BlockScene
    at: int
    number: NumberMention
    kind: Kind
    subject: Subject
    sentence: tuple[int, int]
    clause: tuple[int, int]
    market: str
    moment: Moment
    words: dict[str, frozenset[str]]
    part: str
    part_at: str
    beside: tuple[int, int]

    @property
    def named(self) -> frozenset[str]:
        """The classes of the words of its subject's name."""
        return _classes(self.subject.name)

    @property
    def points(self) -> tuple[Point, ...]:
        """The past points that its block names."""
        known = self.page.points.get(self.block.index)
        if known is None:
            known = find_points(self.block.text, self.block.dates, self.page.scene.clock.day)
            self.page.points[self.block.index] = known
        return known

    @property
    def bases(self) -> tuple[Point, ...]:
        """The points that something is compared with, from which a change may count."""
        if self.block.index not in self.page.bases:
            bases = tuple(point for point in self.points if point.compared)
            self.page.bases[self.block.index] = bases
        return self.page.bases[self.block.index]

    @property
    def is_level(self) -> bool:
        """Whether the number is of a point in time and no change over a stretch."""
        quantity = self.number.quantity
        if self.kind.measure == "technical" and quantity is not None and quantity.unit == "%":
            return False
        if self.kind.measure == "bond_yield":
            return quantity is None or quantity.unit not in _CHANGE_UNITS
        if self.kind.measure == "market_cap" and self.kind.sign < 0:
            return False  # what a company lost of its value
        return self.kind.measure in _LEVELS


def page_of(
    scene: Scene, kinds: list[list[Kind]], subjects: list[list[tuple[Subject, ...]]]
) -> Page:
    """Find the words of time in an article, and the market that it speaks of most."""
    hits = tuple(
        scan(block.text, FOLDER)
        if k < _OPENING or any(kind.is_claim for kind in kinds[k])
        else _NONE
        for k, block in enumerate(scene.blocks)
    )
    votes: Counter[str] = Counter()
    for row in subjects:
        for ranked in row:
            if ranked and ranked[0].id and (market := market_of_id(ranked[0].id)):
                votes[market] += 3
    for block_hits in hits:
        for hit in block_hits.every:
            for name in hit.classes:
                if name in _MARKETS:
                    votes[_MARKETS[name]] += 1
    home = votes.most_common(1)[0][0] if votes else _HOME[scene.article.language]
    opening: set[str] = set()
    for block, block_hits in zip(scene.blocks, hits, strict=True):
        opening.update(name for hit in block_hits.every for name in hit.classes)
        if block.block.kind not in ("title", "summary"):
            break
    return Page(scene, hits, home, frozenset(opening), kinds)


_OPENING = 4
_NONE = Hits((), ())


@lru_cache(maxsize=4096)
def market_of_id(name: str) -> str:
    """Return the calendar of an instrument's id; metals, oil and currencies trade around the clock.

    Examples
    --------
    >>> market_of_id("XAU"), market_of_id("0700.HK"), market_of_id("EURUSD=X")
    ('24/5', 'XHKG', '24/5')
    """
    if name.endswith(("=X", "=F")) or _YIELD.fullmatch(name):
        return ROUND
    if name.endswith(("-USD", "-USDT")):
        return ALWAYS
    known = instruments.find(name)
    if known is not None and known.kind == "commodity":
        return ROUND
    return instruments.calendar_of(name)


def spot_of(page: Page, block: BlockScene, i: int, kind: Kind, ranked: tuple[Subject, ...]) -> Spot:
    """Gather the scopes of a number."""
    number = block.numbers[i]
    subject = ranked[0] if ranked else Subject("")
    sentence = block.sentence(number.start)
    clause = _clause(block, number)
    beside = _neighbours(page, block, i)
    words, part, part_at = _words(page.hits[block.index], number, beside, block, sentence, clause)
    header = _classes(header_of(block, number))
    if header:
        words["h"] = header
    market = _market(page, block, kind, subject, words, sentence, clause)
    return Spot(
        page, block, i, number, kind, subject, sentence, clause, market,
        moment(page.scene.clock, market, in_asia=page.scene.article.language != "en"), words, part, part_at, beside,
    )  # fmt: skip


def header_of(block: BlockScene, number: NumberMention) -> str:
    """Return the heading of the column that a number of a table stands in, "" outside tables."""
    headers, cells = block.block.headers, block.block.cells
    for header, (start, end) in zip(headers, cells, strict=False):
        if start <= number.start < max(end, start + 1):
            return header
    return ""


def _clause(block: BlockScene, number: NumberMention) -> tuple[int, int]:
    start, end = block.clause(number.start)
    return min(start, number.start), max(end, number.end)


# Parts of a session, the one that tells most first: where two stand together the first counts.
_PARTS = {
    "before_hours": "before",
    "after_hours": "after",
    "peak": "peak",
    "trough": "trough",
    "once": "once",
    "open": "open",
    "close": "close",
    "night_session": "night",
    "morning": "morning",
    "live": "live",
    "clock": "clock",
}
_APART = 5
"""Characters between two words of parts from which the one nearer to the number counts: "at one
point in the morning and closed 2% higher" is of the close."""
_RANK = {part: rank for rank, part in enumerate(_PARTS.values())}


def _words(
    hits: Hits,
    number: NumberMention,
    beside: tuple[int, int],
    block: BlockScene,
    sentence: tuple[int, int],
    clause: tuple[int, int],
) -> tuple[dict[str, frozenset[str]], str, str]:
    """Sort the words around a number by scope, and find the nearest part of a session."""
    previous, following = beside
    scopes: dict[str, set[str]] = {scope: set() for scope in "bcastph"}
    parts: dict[str, str] = {}
    ends: dict[str, int] = {}
    for hit in hits.within(_before(block, sentence[0]), sentence[1]):
        if hit.start < sentence[0]:
            scope = "p"
        elif hit.start < clause[0]:
            scope = "s"
        elif hit.start < number.end:
            scope = "b" if hit.end >= previous else "c"
        elif hit.start < clause[1] and hit.start <= following:
            scope = "a"
        else:
            scope = "t"
        scopes[scope].update(hit.classes)
        for name in hit.classes:
            part = _PARTS.get(name)
            if part is None:
                continue
            apart = scope == "b" and hit.start - ends.get(scope, hit.start) >= _APART
            if apart or _RANK[part] <= _RANK[parts.get(scope, part)]:
                parts[scope] = part
                ends[scope] = hit.end
    at = next((scope for scope in "bacstp" if scope in parts), "")
    if parts.get(at) == "live" and parts.get("a") in ("before", "after"):
        at = "a"  # "were up 5% in post-market trading"
    return {scope: frozenset(names) for scope, names in scopes.items()}, parts.get(at, ""), at


def _neighbours(page: Page, block: BlockScene, i: int) -> tuple[int, int]:
    """Return where the claim before a number ends and the one after it begins, in its block."""
    kinds = page.kinds[block.index]
    before, after = i - 1, i + 1
    while before >= 0 and not kinds[before].is_claim:
        before -= 1
    while after < len(kinds) and not kinds[after].is_claim:
        after += 1
    start = block.numbers[before].end if before >= 0 else 0
    return start, block.numbers[after].start if after < len(kinds) else len(block.text)


def _before(block: BlockScene, start: int) -> int:
    """Return where the sentence before one begins."""
    earlier = bisect_left(block.sentences, (start, start))
    return block.sentences[earlier - 1][0] if earlier else start


def _market(
    page: Page,
    block: BlockScene,
    kind: Kind,
    subject: Subject,
    words: dict[str, frozenset[str]],
    sentence: tuple[int, int],
    clause: tuple[int, int],
) -> str:
    """Return the calendar that a number is told by: its subject's, else that of the words around."""
    if subject.id:
        return market_of_id(subject.id)
    named = _classes(subject.name)
    for classes in (named, words["b"] | words["c"]):
        if "token" in classes:
            return ALWAYS
        if "future" in classes and not classes & {"market_hk", "market_cn"}:
            home = page.scene.article.language == "zh-cn" and not classes & {"abroad", "market_us"}
            return "XSHG" if home else ROUND
        if "round" in classes or (classes is named and kind.measure in ("fx", "bond_yield")):
            return ROUND
        for name in _MARKETS:
            if name in classes:
                return _MARKETS[name]
    if "token" in page.opening:
        return ALWAYS
    hits = page.hits[block.index]
    for scope in (sentence, (0, sentence[0])):
        for hit in reversed(hits.within(*scope)):
            for name in hit.classes:
                if name in _MARKETS:
                    return _MARKETS[name]
    return page.home


@lru_cache(maxsize=2048)
def _classes(name: str) -> frozenset[str]:
    return frozenset(c for hit in scan(name, FOLDER).every for c in hit.classes)
