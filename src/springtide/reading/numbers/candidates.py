"""Candidates for whose a number is: every name and phrase that could be, each with where it stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter

from springtide.language.scanning import expression
from springtide.market import instruments, listed
from springtide.reading.numbers.coded import NOT_TICKERS
from springtide.reading.numbers.names import Name
from springtide.reading.numbers.own_shares import own_names
from springtide.reading.numbers.phrases import Phrase, Pieces, phrase_after, phrases_before
from springtide.reading.numbers.scene import BlockScene, Scene, overlapping, starting

_BACK = 4
"""Names before the sentence that are candidates, the nearest ones."""
_AFTER = 2
_LETTERS = expression("[A-Za-z\u4e00-\u9fff]")
_ASIDE = re.compile(r"[（(\[][^）)\]]{0,24}[）)\]]")
_MAIN = 2


@dataclass(slots=True)
class Candidate:
    """One that a number may be of.

    ``block``, ``start`` and ``end`` are the mention of it that stands nearest; ``places`` says where
    it was found: ``s<`` and ``s>`` in the sentence before and after the number, ``b<`` before the
    sentence, ``row``, ``head`` (the heading above), ``title``, ``main``, ``above`` (the block
    before), ``p:…`` a phrase.
    """

    text: str
    ids: tuple[str, ...]
    how: str
    block: int
    start: int
    end: int
    places: set[str] = field(default_factory=set)
    of: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from others: its instrument, else its words."""
        return self.ids[0] if self.ids else self.text.lower().replace(" ", "")


class Cast:
    """Who an article speaks of: counts of its names, the main ones, the title's, the headings'."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.counts: Counter[str] = Counter()
        first: dict[str, tuple[int, Name]] = {}
        weighted: Counter[str] = Counter()
        for block in scene.blocks:
            weight = 4 if block.block.kind == "title" else 1
            for name in block.names:
                if name.how == "word" or name.loose or _is_unit(block, name):
                    continue
                key = name.ids[0] if name.ids else name.text.lower().replace(" ", "")
                self.counts[key] += 1
                weighted[key] += weight + 2 * (name.code[0] >= 0)
                first.setdefault(key, (block.index, name))
        if scene.article.language == "en":
            self._add_unlisted(first, weighted)
        self.main = [first[key] for key, _ in weighted.most_common(_MAIN)]
        self.main_keys = [key for key, _ in weighted.most_common(_MAIN)]
        self.titles = [
            (block.index, name)
            for block in scene.blocks
            if block.block.kind == "title"
            for name in block.names[:3]
        ]
        self.headings = self._above()
        self.market = self._market()
        self.marked = self._marked()
        self._starts: dict[int, tuple[list[int], list[int]]] = {}
        self._names: dict[int, list[Name]] = {}
        self.pieces: Pieces = {}

    def _add_unlisted(self, first: dict[str, tuple[int, Name]], weighted: Counter[str]) -> None:
        """Count a company that no table holds whose shares an article speaks of time and again."""
        for block in self.scene.blocks:
            for words, start, end in own_names(block.text, 0, len(block.text)):
                if any(n.ids and n.start < end and start < n.end for n in block.names):
                    continue
                key = words.lower().replace(" ", "")
                weighted[key] += 4 if block.block.kind == "title" else 1
                self.counts[key] += 1
                first.setdefault(key, (block.index, Name(start, end, words, (), "code")))

    def starts(self, block: BlockScene) -> tuple[list[int], list[int]]:
        """Return where the names of a block begin, and its numbers: no dates, no parts of names."""
        if block.index not in self._starts:
            numbers = [
                n.start
                for n in block.numbers
                if n.quantity is not None and not overlapping(block.names, n.start, n.start + 1)
            ]
            names = [name.start for name in block.names if name.how != "word"]
            self._starts[block.index] = (names, numbers)
        return self._starts[block.index]

    def names(self, block: BlockScene) -> list[Name]:
        """Return the names of a block that a number may be of: no units, in a table whole cells."""
        if block.index not in self._names:
            names = [n for n in block.names if not _is_unit(block, n) and not _is_acronym(n)]
            if block.block.cells:
                names = [n for n in names if _fills_cell(block, n)]
            self._names[block.index] = names
        return self._names[block.index]

    def _marked(self) -> dict[str, str]:
        """Return the currency of the listing that an article names of a company ("比亚迪A股")."""
        marked: dict[str, str] = {}
        coded: dict[str, set[str]] = {}
        for block in self.scene.blocks:
            for name in block.names:
                if len(name.ids) == 1 and (name.code[0] >= 0 or name.text == name.ids[0]):
                    row = listed.facts(name.ids[0])
                    if row is not None:
                        currency = instruments.of_id(name.ids[0]).currency
                        coded.setdefault(row.company, set()).add(currency)
                if len(name.ids) > 1:
                    currency = listing_mark(block.text[name.end : name.end + 4])
                    row = listed.facts(name.ids[0])
                    if currency and row is not None:
                        marked.setdefault(row.company, currency)
        for company, currencies in coded.items():
            if len(currencies) == 1:  # "阿里巴巴（BABA）" says which listing for the whole article
                marked.setdefault(company, next(iter(currencies)))
        return marked

    def _market(self) -> str:
        """Return the currency of most indices and of companies with one listing, "" for none."""
        currencies: Counter[str] = Counter()
        for block in self.scene.blocks:
            for name in block.names:
                if len(name.ids) == 1:
                    one = instruments.of_id(name.ids[0])
                    weight = 3 if one.kind == "index" else 1 if one.kind == "stock" else 0
                    currencies[one.currency] += weight
        best = currencies.most_common(1)
        return best[0][0] if best else ""

    def _above(self) -> list[int]:
        """Return for each block the heading above it, -1 where there is none."""
        above: list[int] = []
        last = -1
        for block in self.scene.blocks:
            above.append(last)
            text = block.text.strip()
            short = len(text) < 60 and (text.endswith(("：", ":")) or block.block.kind == "heading")
            if short and block.block.kind not in ("title", "row"):
                last = block.index
        return above


def listing_mark(after: str) -> str:
    """Return the currency of the listing that the words right after a name say, "" for none.

    Examples
    --------
    >>> listing_mark("A股今日"), listing_mark("H股"), listing_mark("今日")
    ('CNY', 'HKD', '')
    """
    return {"A股": "CNY", "H股": "HKD", "美股": "USD", "港股": "HKD", "AD": "USD"}.get(
        after[:2], ""
    )


def candidates(cast: Cast, block: BlockScene, i: int) -> list[Candidate]:
    """Return the candidates of number ``i`` of a block, each once."""
    made: dict[str, Candidate] = {}
    for place, index, one in _sources(cast, block, i):
        ids = one.ids if isinstance(one, Name) else ()
        how = one.how if isinstance(one, Name) else "phrase"
        text = one.text.strip()
        key = ids[0] if ids else text.lower().replace(" ", "")
        held = made.get(key)
        if held is None:
            of = one.of if isinstance(one, Name) else ()
            made[key] = Candidate(text, ids, how, index, one.start, one.end, {place}, of)
        else:
            held.places.add(place)
    return list(made.values())


def _sources(cast: Cast, block: BlockScene, i: int) -> Iterator[tuple[str, int, Name | Phrase]]:
    """Yield where to look, the nearest first."""
    number = block.numbers[i]
    start, end = block.sentence(number.start)
    names = cast.names(block)
    inside = starting(names, start, number.start)[::-1]
    if any(len(n.ids) > 1 for n in inside):  # "Acme's A-shares rose 1%, its H-shares 2%"
        inside = [n for n in inside if n.text not in ("A股", "H股", "H-shares", "A-shares")]
    for name in inside[:8]:
        yield "s<", block.index, name
    for name in starting(names, number.end, end)[:_AFTER]:
        yield "s>", block.index, name
    for phrase in phrases_before(block, number.start, cast.pieces):
        if not _is_in_a_name(block, phrase) and is_one(block, phrase):
            yield f"p:{phrase.how}", block.index, phrase
    phrase_of = phrase_after(block, number.end)
    if phrase_of is not None and is_one(block, phrase_of):
        yield "p:of", block.index, phrase_of
    if block.block.cells:
        yield from _of_row(block, number.start)
        yield from _headed(cast, block)
        return
    reached = bisect_left(names, start, key=attrgetter("start"))
    for name in names[max(0, reached - _BACK) : reached][::-1]:
        yield "b<", block.index, name
    if names and names[0].start < number.start:
        yield "b0", block.index, names[0]
    yield from _beyond(cast, block)


def _is_in_a_name(block: BlockScene, phrase: Phrase) -> bool:
    """Say whether a phrase is but a part of a name."""
    return any(
        one.how != "word" and one.start <= phrase.start and phrase.end <= one.end
        for one in overlapping(block.names, phrase.start, phrase.end)
    )


_NO_ONE = re.compile(
    "第?[0-9一二两三四五六七八九十几数半兩幾數]+个?(?:交易)?[日天周月年季]|"
    r"(?:(?:the |that |this |its |same |last |next |previous |prior |late |early |mid-?)*"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|day|week|month|quarter|year|session|period|time|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|"
    r"morning|afternoon|evening|night|midday|noon|weekend|today|yesterday|initially|initial)s?)"
    r"(?:[.,] .{0,60})?|(?:the )?(?:nse|bse|nyse|lse|exchange|bourse)s?",
    re.IGNORECASE,
)
"""A stretch, a day or an exchange, which move nothing: 两日累升22%, "fell 20% a day earlier on the NSE"."""


def is_one(block: BlockScene, phrase: Phrase) -> bool:
    """Say whether a phrase may be whose a number is: no time, no amount, no code in brackets."""
    if not _names_one(phrase.text):
        return False
    if _OF_A_RATIO.match(block.text, phrase.end) is not None:
        return False  # "the move and the P" of "the P/E"
    if _CODE.fullmatch(phrase.text) and block.text[phrase.start - 1 : phrase.start] in ("(", "（"):
        return False
    for number in overlapping(block.numbers, phrase.start, phrase.end):
        if number.end > phrase.end or number.shape == "time":
            return False  # "At 11" of "At 11.52 am", "Rs 875" of "Rs 875.50"
        unit = number.quantity.unit if number.quantity is not None else ""
        if number.start <= phrase.start and (
            unit in _AMOUNTS or (len(unit) == 3 and unit.isupper())
        ):
            return False  # 7.4862英镑自英国地点
    return True


@lru_cache(maxsize=4096)
def _names_one(text: str) -> bool:
    """Say whether words by themselves may name one; the numbers of a sentence share theirs."""
    words = text.strip(" .,")
    if _NO_ONE.fullmatch(words) is not None or words.lower().startswith(("its ", "their ")):
        return False
    return _A_METHOD.search(text) is None and _A_RATIO.fullmatch(words) is None


_A_METHOD = re.compile(
    "价[高低]$|^各?成[分份]股$|转折点|置信度|模拟市场|LPPLS|年化波动率|效率比|^效率$"
)
"""What is said of an instrument, which is not the instrument: its LPPLS confidence, its members."""
_A_RATIO = re.compile(
    r"(?:[a-z0-9\- ]+ )?(?:P/?[EBS]|EV/EBITDA|CAPE|EPS|ROE|ROA)s?(?: (?:ratios?|multiples?))?"
)
_OF_A_RATIO = re.compile("/(?:[EBS]|EBITDA)\\b")
_CODE = re.compile(r"(?=[A-Za-z0-9=.:\-]*[0-9])[A-Z][A-Za-z0-9=.:\-]{3,}")
_AMOUNTS = frozenset({"%", "pp", "bp", "points", "shares"})


def _fills_cell(block: BlockScene, name: Name) -> bool:
    """Say whether a name is all that its cell says: "Cathay" in "Cathay Financial" is not."""
    inside = (cell for cell in block.block.cells if cell[0] <= name.start < cell[1])
    return any(_cell(block, a, b) is name for a, b in inside)


def _is_acronym(name: Name) -> bool:
    """Say whether a word without an instrument is an abbreviation of everyday: API, CEO."""
    return not name.ids and name.text in NOT_TICKERS


def _is_unit(block: BlockScene, name: Name) -> bool:
    """Say whether a name is but the unit of a number: 7.5英镑."""
    numbers = overlapping(block.numbers, name.start, name.end)
    return any(n.start < name.start and name.end <= n.end for n in numbers)


def _of_row(block: BlockScene, at: int) -> Iterator[tuple[str, int, Name | Phrase]]:
    """Yield the first cell of a row and the nearest with words on the left, and the column's heading."""
    cells = block.block.cells
    texts = [(a, b) for a, b in cells if _LETTERS.search(block.text, a, b)]
    if texts:
        yield "row0", block.index, _cell(block, *texts[0])
        left = [(a, b) for a, b in texts if b <= at]
        if left:
            yield "rowl", block.index, _cell(block, *left[-1])
    for column, (a, b) in enumerate(cells):
        if a <= at < b and column < len(block.block.headers) and block.block.headers[column]:
            yield "col", block.index, Phrase(a, a, block.block.headers[column], "cell")


_FOOTNOTES = " *†‡§#^"


def _cell(block: BlockScene, a: int, b: int) -> Name | Phrase:
    """Return what a cell names: the name that it begins with, or its code means, else its words."""
    coded = (n for n in block.names if a <= n.start and n.code[0] >= 0 and n.code[1] == b)
    for name in coded:
        return name
    named = (n for n in block.names if a <= n.start <= a + 1 and n.end <= b)
    for name in named:
        tail = _ASIDE.sub("", block.text[name.end : b]).strip(_FOOTNOTES)
        if not tail or (tail.startswith("-") and len(tail) <= 4):
            return name
    return Phrase(a, b, block.text[a:b], "cell")


_TOPICS = re.compile(r"[\u4e00-\u9fff][与和及][\u4e00-\u9fff]| and | & ")
"""A heading of two things, neither of them named: 主题与广度, "Levels and range"."""


def _headed(cast: Cast, block: BlockScene) -> Iterator[tuple[str, int, Name | Phrase]]:
    """Yield what the heading above a block names."""
    above = cast.headings[block.index]
    if above >= 0:
        heading = cast.scene.blocks[above]
        for name in heading.names[:2]:
            yield "head", above, name
        words = heading.text.strip(" ：:#*")
        if 2 <= len(words) <= 30 and (heading.names or not _TOPICS.search(words)):
            yield "headtext", above, Phrase(0, len(words), words, "cell")


def _beyond(cast: Cast, block: BlockScene) -> Iterator[tuple[str, int, Name | Phrase]]:
    """Yield what stands outside the block: heading, block above, title, main names."""
    yield from _headed(cast, block)
    for back in range(block.index - 1, max(-1, block.index - 3), -1):
        other = cast.scene.blocks[back]
        if other.block.kind in ("title", "summary"):
            break
        if other.names:
            yield "above", back, other.names[0]
            yield "above", back, other.names[-1]
            break
    for index, name in cast.titles:
        yield "title", index, name
    for index, name in cast.main:
        yield "main", index, name
