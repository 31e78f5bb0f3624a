"""What speaks for a candidate subject: where it stands, what stands between, what it is.

A feature is a short string. ``z:`` and ``e:`` before one set Chinese and English apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from springtide.language.required import Screened
from springtide.language.scanning import lowered
from springtide.reading.numbers.candidates import Candidate, Cast
from springtide.reading.numbers.features import unit_key
from springtide.reading.numbers.frame import Kind
from springtide.reading.numbers.scene import BlockScene, starting

_BETWEEN = ("rise", "fall", "market_move", "quote", "session", "stretch", "path", "reaching", "turnover",
            "fundamental", "macro", "target", "rating", "each", "bound", "market_cap")  # fmt: skip
_PRONOUN = re.compile(
    "该股|该公司|公司|集团|股价|股份|(?<![\u4e00-\u9fff])其(?!中|他|余)|它|该指数|指数|大市|"
    r"\b(?:the (?:stock|company|shares|index|benchmark|gauge|firm|bank|company's)|its|it|shares|they)\b",
    re.IGNORECASE,
)
_THE_INDEX = re.compile(r"[该本此]指数|\b[Tt]h(?:e|is) (?:index|benchmark|gauge)\b")
_SPEAKER = re.compile(
    "(?:表示|称|认为|指出?|预计|预期|预测|料|维持|上调|下调|给予|发布|研报|分析师|分析员|策略师|首席|证券|研究部|报告)|"
    r"(?:'s)? (?:said|says|analysts?|strategist|economist|expects?|raised|lowered|upgraded|downgraded|forecasts?|"
    r"estimates?|maintained|reiterated|noted|wrote|told)\b"
)
_AGAINST = re.compile(
    r"\b(?:against|versus|vs\.?|compared (?:with|to)|outperform(?:ed|ing|s)?|beat(?:ing)?|lag(?:s|ged|ging)?|"
    r"(?:per ?cent|%) (?:on|to)|from) (?:the )?$|(?:兑|对(?!冲)|跑[赢输]|优于|相较|逊于)$"
)
"""What a number is only set against: "gained 0.3% on the yen", 跑赢大市."""
_NEXT = re.compile(
    r",? (?:followed by|while|whereas|and|but|as|after|with|ahead of|against)\b|[，；、]"
)
"""After these begins what has a number of its own: "lost 7%, followed by Acme with 3%"."""
_WORD_EN = re.compile(r"[A-Za-z']+")
_ASIDE = re.compile(r"[（(\[][^）)\]]{0,24}[）)\]]")
_PAIRED = Screened("分别|各(?:自)?[升涨跌挫]|respectively|依次")
_LIST_GAP = re.compile("[、/和与及,，&]|and|or| |以及|跟|跟随")


def rows(
    cast: Cast, block: BlockScene, i: int, kind: Kind, made: Sequence[Candidate], last: str
) -> list[list[str]]:
    """Return the features of each candidate of a number, and last those of there being no such one.

    Parameters
    ----------
    last
        The key of the subject of the number before in the block, "" where there is none.
    """
    number = block.numbers[i]
    shared = _Number(cast, block, i, kind)
    named = any(
        one.block == block.index and one.how not in ("phrase", "word") and
        shared.clause[0] <= one.start < number.start
        for one in made
    )  # fmt: skip
    pairs = pair_of(block, i)
    places = [_place(one) for one in made]
    inside = places.count("in")
    known = min(inside, 3)
    out = []
    for rank, (one, place) in enumerate(zip(made, places, strict=True)):
        features = _of(cast, block, shared, one)
        features += _among(min(rank, 5), place, known, shared.script, named)
        if last:
            same = "same" if one.key == last else "new" if shared.fresh(block, one) else "other"
            features += _after(same, shared.gap, named, shared.newcomers)
            if same == "new" and one.how == "phrase" and shared.gap == "clause":
                features.append("next-phrase")
        if not named and shared.pronoun:
            features.append(
                f"pron:{'main' if one.key in cast.main_keys[:1] else sorted(one.places)[0]}"
            )
        if not named and shared.index_meant:
            features.append(f"the-index:{kind_of(one)}")
        if pairs:
            features.append("paired" if one.key == pairs else "unpaired")
        out.append(features)
    best = f"{known}{named:d}{len(made) - inside > 0:d}"
    out.append(["none", f"none:{best}", f"none|{shared.measure}", f"none:{shared.gap}"])
    return out


def _place(one: Candidate) -> str:
    """Say whether a candidate is a name in the sentence before the number, a phrase, or away."""
    if one.how == "phrase":
        return "p"
    return "in" if one.how != "word" and "s<" in one.places else "away"


@lru_cache(maxsize=2048)
def _among(rank: int, place: str, known: int, script: str, named: bool) -> tuple[str, ...]:
    """Return the features of a candidate among the others, where ``known`` are in the sentence."""
    return (
        f"rank:{rank}",
        f"{place}:{known}",
        f"{script}{place}:{known}",
        f"{place}:{known}|{named}",
    )


@lru_cache(maxsize=512)
def _after(same: str, gap: str, named: bool, newcomers: int) -> tuple[str, ...]:
    """Return the features of a candidate against the subject of the number before."""
    return (
        f"last:{same}",
        f"last:{same}|{gap}",
        f"last:{same}|{named}",
        f"last:{same}|{newcomers}",
    )


class _Number:
    """What all candidates of a number share."""

    def __init__(self, cast: Cast, block: BlockScene, i: int, kind: Kind) -> None:
        number = block.numbers[i]
        self.name_starts, self.number_starts = cast.starts(block)
        self.number = number
        self.i = i
        self.script = "z:" if cast.scene.article.language != "en" else "e:"
        self.unit = unit_key(number)
        self.measure = kind.measure
        self.clause = block.clause(number.start)
        self.sentence = block.sentence(number.start)
        self.index_meant = _THE_INDEX.search(block.text, self.clause[0], number.start) is not None
        self.pronoun = _PRONOUN.search(block.text, self.clause[0], number.start) is not None
        place = bisect_left(self.number_starts, number.start)
        at = self.number_starts[place - 1] if place else -1
        before = next(iter(starting(block.numbers, at, at + 1)), None) if place else None
        self.reached = before.end if before else 0
        self.newcomers = min(_within(self.name_starts, self.reached, number.start), 2)
        if before is None:
            self.gap = "first"
        elif before.start >= self.clause[0]:
            self.gap = "clause"
        elif before.start >= self.sentence[0]:
            self.gap = "sentence"
        else:
            self.gap = "before"

    def fresh(self, block: BlockScene, one: Candidate) -> bool:
        """Say whether a candidate stands between the number before and this one."""
        return one.block == block.index and self.reached <= one.start < self.number.start


def _of(cast: Cast, block: BlockScene, shared: _Number, one: Candidate) -> list[str]:
    places = tuple(sorted(one.places))
    made = [*_what(kind_of(one), shared.measure, shared.unit, one.how)]
    made += _looked_at(places, shared.script, one.how)
    made.append(f"at:{places[0]}|{shared.measure}")
    if one.ids:
        made.append(f"money:{_money(one.ids[0], shared.unit)}")
    count = cast.counts.get(one.key, 0)
    made.append(f"count:{min(count, 4)}")
    if one.key in cast.main_keys:
        made.append(f"main:{cast.main_keys.index(one.key)}")
        made.append(f"main|{places[0]}")
    if one.block == block.index:
        made += _near(block, shared, one)
    else:
        made.append(f"far:{min(block.index - one.block, 4)}")
    if one.how == "phrase":
        made += _phrase(one)
    return made


@lru_cache(maxsize=8192)
def _what(kind: str, measure: str, unit: str, how: str) -> tuple[str, ...]:
    """Return the features of what a candidate is beside what the number measures."""
    return f"k:{kind}|{measure}", f"k:{kind}|{unit}", f"how:{how}"


@lru_cache(maxsize=4096)
def _looked_at(places: tuple[str, ...], script: str, how: str) -> tuple[str, ...]:
    """Return the features of the places where a candidate was looked for; few sets of them occur."""
    return (
        *(f"at:{place}" for place in places),
        *(f"{script}at:{place}" for place in places),
        *(f"at:{place}|{how}" for place in places),
    )


@lru_cache(maxsize=8192)
def _apart(
    side: str, kind: str, script: str, measure: str, gap: str, names: int, numbers: int
) -> tuple[str, ...]:
    """Return the features of where a mention stands, and of how much stands between."""
    return (
        f"{side}{kind}",
        f"{script}{side}{kind}",
        f"{side}|{measure}",
        f"d:{side}{kind}{gap}",
        f"names:{side}{names}",
        f"nums:{side}{numbers}",
        f"{script}names:{side}{names}",
        f"both:{side}{min(names, 2)}{min(numbers, 3)}",
    )


def _near(block: BlockScene, shared: _Number, one: Candidate) -> list[str]:
    """Return the features of a mention in the number's own block."""
    number, script, text = shared.number, shared.script, block.text
    if one.start >= number.end:
        side = "c>" if one.start < shared.clause[1] else "s>"
        a, b = number.end, one.start
    else:
        side = (
            "c<"
            if one.start >= shared.clause[0]
            else "s<"
            if one.start >= shared.sentence[0]
            else "b<"
        )
        a, b = one.end, number.start
    kind = "p" if one.how == "phrase" else "n"
    following = one.start >= number.end and _NEXT.match(text, number.end) is not None
    if block.block.cells:
        side = side.replace("c", "r").replace("s", "r")
    names = min(_within(shared.name_starts, a, b), 3)
    numbers = min(_within(shared.number_starts, a, b), 4)
    gap = f"{_bucket(max(b - a, 0))}"
    made = list(_apart(side, kind, script, shared.measure, gap, names, numbers))
    made += _words(text, block, one, a, b, side, script)
    if following:
        made.append("next")
    if block.block.cells:
        return made
    if one.start == shared.clause[0] or not text[shared.clause[0] : one.start].strip():
        made.append(f"{script}opens:clause")
    if one.start == shared.sentence[0]:
        made.append(f"{script}opens:sentence")
    if one.start <= 2:
        made.append("opens:block")
    return made


def _within(starts: list[int], a: int, b: int) -> int:
    return bisect_left(starts, b) - bisect_left(starts, a)


def _words(
    text: str, block: BlockScene, one: Candidate, a: int, b: int, side: str, script: str
) -> list[str]:
    """Return the features of the words right beside a mention, and of those between."""
    before, touching = _touching(text, one.start, one.end, script)
    made = [*touching] if before is None else [touching[0], f"e<{before}|{side}", *touching[1:]]
    if side.endswith("<") and b - a < 120:
        seen = {name for hit in block.hits.within(a, b) for name in hit.classes}
        made += (f"between:{name}" for name in _BETWEEN if name in seen)
    if side in ("c<", "r<") and b - a <= 24:
        middle = _ASIDE.sub("", text[a:b]).strip(" (（:：")
        if not middle or (side == "r<" and middle == "，"):
            made += ("adjacent", f"adjacent:{one.how == 'phrase'}")
    if b - a <= 12:
        middle = text[a:b]
        if _LIST_GAP.fullmatch(middle.strip()):
            made.append(f"touch:{side}{middle.strip()[:1]}")
    return made


@lru_cache(maxsize=1024)
def _touching(text: str, start: int, end: int, script: str) -> tuple[str | None, tuple[str, ...]]:
    """Return the English word before a mention, and the features of what else touches it.

    The numbers of a sentence share their candidates.
    """
    if script == "z:":
        before = None
        made = [
            f"z>{text[end : end + 1]}",
            f"z<{text[max(0, start - 1) : start]}",
            f"z>>{text[end : end + 2]}",
            f"z<<{text[max(0, start - 2) : start]}",
        ]
    else:
        after = _WORD_EN.search(text, end, end + 20)
        words = _WORD_EN.findall(text[max(0, start - 20) : start])
        before = words[-1].lower() if words else ""
        made = [f"e>{after.group().lower() if after else text[end : end + 1]}"]
    if _SPEAKER.match(text, end):
        made.append("speaks")
    if _AGAINST.search(text, max(0, start - 16), start):
        made.append("against")
    return before, tuple(made)


_SHAPE = (
    ("index", re.compile("指数|指$|综指|成指|\\b[Ii]nd(?:ex|ices)\\b|average")),
    ("futures", re.compile("期货|合约|夜期|期指|futures|contract")),
    ("sector", re.compile("板块|行业|概念|产业|sector|stocks?$|shares$")),
    ("price", re.compile("价格?$|\\bprices?\\b|[Cc]rude|\\b[Oo]il\\b|gold|copper")),
    ("yield", re.compile("收益率|利率|国债|美债|\\byields?\\b|[Tt]reasur|notes?$|bonds?$")),
    ("money", re.compile("元$|镑|汇率|人民币|dollar|euro|yen\\b|yuan|sterling|rupee|currency")),
    ("etf", re.compile("ETF|基金|[Ff]und")),
    ("market", re.compile("两市|大市|大盘|港股|A股|market")),
    ("business", re.compile("收入|利润|溢利|营收|纯利|净利|销量|业务|产量|revenue|sales|profit|income|earnings|CPI|PPI|GDP|通胀")),
    ("time", re.compile("[年月日周季](?!期)|\\b(?:day|week|month|year|quarter|session|trading)\\b")),
    ("count", re.compile("家$|只$|个|成交|资金|市值|turnover|volume|value")),
)  # fmt: skip


def _phrase(one: Candidate) -> list[str]:
    made = [f"long:{_bucket(len(one.text))}"]
    if one.text[:1].isupper():
        made.append("capital")
    made += _shapes(one.text)
    made.append(f"tail:{one.text[-2:] if not one.text.isascii() else one.text.split()[-1].lower()}")
    return made


@lru_cache(maxsize=4096)
def _shapes(text: str) -> tuple[str, ...]:
    """Return what a phrase looks like; the numbers of a sentence share their phrases."""
    return tuple(f"shape:{name}" for name, pattern in _SHAPE if pattern.search(text))


def pair_of(block: BlockScene, i: int) -> str:
    """Return the key of the name that a number is paired with, "" where it is in no such list.

    "A和B分别跌5.2%和7%", "A and B, which rose 1% and 0.7% respectively".
    """
    number = block.numbers[i]
    if number.quantity is None:
        return ""
    start, end = block.sentence(number.start)
    marks = list(_PAIRED.finditer(block.text, lowered(block.text), start, end))
    english = [mark for mark in marks if mark.group() == "respectively"]
    if english:
        mark = next((one for one in english if one.start() >= number.end), None)
    else:
        mark = next((one for one in reversed(marks) if one.end() <= number.start), None)
    if mark is None:
        return ""
    unit = number.quantity.unit
    inside = starting(block.numbers, start, end)
    numbers = [n for n in inside if n.quantity and n.quantity.unit == unit]
    numbers = _run(block.text, numbers, number.start)
    if not numbers or number not in numbers:
        return ""
    first = min(numbers[0].start, mark.start())
    reached = start
    if english:  # a sentence may hold several such lists
        said = (n for n in inside if n.quantity and n.quantity.unit == unit)
        reached = max((n.end for n in said if n.end <= first), default=start)
    said_before = starting(block.names, reached, first)
    for words in (False, True):  # 苹果 is a company where its place in the list says so
        names = [n for n in said_before if n.how != "word" or words]
        if not english:
            run = _run(block.text, names, -1)
            names = run if len(run) == len(numbers) else _run(block.text, names, -1, _DESCRIBED)
        if len(names) >= 2 and len(names) == len(numbers):
            name = names[numbers.index(number)]
            return name.ids[0] if name.ids else name.text.lower().replace(" ", "")
    return ""


_JOINT = r"\s*(?:[、,，和与及/]|以及|and|,? and)?\s*(?:[-+]|约|近|逾)?\s*"
_DESCRIBED = r"\s*(?:[、和与及]|以及)[^，。；、0-9%]{0,14}"
"""消费电子公司小米、搜索引擎开发商百度和汽车制造商比亚迪: each with what it is."""


def _run(text: str, parts: list[Any], at: int, joint: str = _JOINT) -> list[Any]:
    """Return the parts that form one list: the last such list, or the one around a place."""
    runs: list[list[Any]] = []
    for part in parts:
        if runs:
            gap = re.sub(r"[（(\[][^）)\]]*[）)\]]", "", text[runs[-1][-1].end : part.start])
            if re.fullmatch(joint, gap):
                runs[-1].append(part)
                continue
        runs.append([part])
    if at >= 0:
        runs = [run for run in runs if any(part.start == at for part in run)]
    return runs[-1] if runs else []


def kind_of(one: Candidate) -> str:
    """Return of what kind a candidate is."""
    if one.ids:
        return _kind(one.ids[0])
    return one.how if one.how in ("longer", "word", "phrase") else "own"


@lru_cache(maxsize=8192)
def _kind(identity: str) -> str:
    from springtide.market import instruments

    return instruments.of_id(identity).kind


@lru_cache(maxsize=8192)
def _money(identity: str, unit: str) -> str:
    """Say whether a unit of money is that of an instrument: an index has none."""
    from springtide.market import instruments

    one = instruments.of_id(identity)
    if unit not in ("USD", "HKD", "CNY", "JPY", "money", "points"):
        return "-"
    if unit == "points":
        return "points" if one.kind == "index" else "no"
    if one.kind == "index":
        return "index"
    return "same" if one.currency == unit else "other"


def _bucket(gap: int) -> int:
    for size, limit in enumerate((1, 4, 8, 14, 24, 40, 70, 120)):
        if gap <= limit:
            return size
    return 8
