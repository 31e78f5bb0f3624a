"""What speaks for the kind of a number: its form, the words around it by class, names, structure.

A feature is a short string. Words count by their class and by where they stand: ``a`` touching the
number, ``1`` the nearest, ``l`` and ``r`` on its left and right in the clause, ``L`` and ``R``
beyond another number, ``s`` elsewhere in the sentence; ``c`` in the heading of its column.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from functools import lru_cache

from springtide.errors import SpringtideError
from springtide.language.scanning import lowered
from springtide.market import instruments
from springtide.reading.numbers.constructions import around_number
from springtide.reading.numbers.lexicon import Hits, scan
from springtide.reading.numbers.mentions import NumberMention, first_digit
from springtide.reading.numbers.names import Name
from springtide.reading.numbers.scene import Around, BlockScene, Scene, overlapping

_TOPICS = (
    "fundamental", "macro", "deal", "product", "index_word", "commodity", "crypto", "rating",
    "market_move", "share_of", "bound", "bond",
)  # fmt: skip
_TOPIC_SET = frozenset(_TOPICS)
_NEAR = 1  # characters between a word and a number that it touches
_FURTHEST = 7  # words of each side that count
MOST_WORDS = 9
"""Words of each side of a number that are looked at."""


def unit_key(number: NumberMention) -> str:
    """Return the unit of a number, or its shape where it has none.

    Examples
    --------
    >>> unit_key(NumberMention(0, 3, "二是", "item"))
    'item'
    """
    quantity = number.quantity
    if number.shape not in ("quantity", "words", "streak", "bare") or quantity is None:
        return number.shape
    unit = quantity.unit
    if unit in ("USD", "HKD", "CNY", "JPY"):
        return unit
    if len(unit) == 3 and unit.isupper():
        return "money"
    if unit in ("tons", "oz", "barrels"):
        return "weight"
    return unit or ("bare" if number.shape == "bare" and quantity.scale == 1 else "plain")


def topics(scene: Scene) -> tuple[str, str]:
    """Return what an article speaks of most, and next."""
    counts: Counter[str] = Counter()
    for block in scene.blocks:
        for hit in block.hits.every:
            for name in hit.classes:
                if name in _TOPIC_SET:
                    counts[name] += 1
    best = sorted(_TOPICS, key=lambda name: (-counts[name], name))
    return best[0], best[1]


def block_features(block: BlockScene, about: tuple[str, str]) -> list[list[str]]:
    """Return the features of every number of a block."""
    keys = [unit_key(number) for number in block.numbers]
    gaps = [_gap(block, i) for i in range(len(keys) - 1)]
    return [_features(block, i, keys, gaps, about) for i in range(len(keys))]


def _features(
    block: BlockScene, i: int, keys: list[str], gaps: list[_Gap], about: tuple[str, str]
) -> list[str]:
    number = block.numbers[i]
    unit = keys[i]
    made = [*_setting(unit, number.shape, block.block.kind, about)]
    _form(made, block.text, number, unit)
    sentence = block.sentence(number.start)
    clause = block.clause(number.start)
    _neighbours(made, block, i, keys, gaps)
    _words(made, block, i, unit)
    low = lowered(block.text)
    made += (f"con:{name}" for name in around_number(low, number.start, number.end, unit))
    _names(made, block, number, unit, sentence, clause)
    if block.block.cells:
        _cells(made, block, number, unit)
    return made


@lru_cache(maxsize=4096)
def _setting(unit: str, shape: str, kind: str, about: tuple[str, str]) -> tuple[str, ...]:
    """Return the features of a unit in its kind of block and article; a few hundred occur."""
    return (
        "bias",
        f"u:{unit}",
        f"shape:{shape}",
        f"k:{kind}|{unit}",
        f"d:{about[0]}",
        f"d:{about[0]}|{unit}",
        f"d2:{about[1]}",
    )


@lru_cache(maxsize=4096)
def _touched(left: str, right: str, unit: str) -> tuple[str, ...]:
    """Return the features of the characters that touch a number."""
    return f"x<{left}", f"x>{right}", f"x<{left}|{unit}", f"x>{right}|{unit}"


def _form(made: list[str], text: str, number: NumberMention, unit: str) -> None:
    """Add size, digits, sign, and the characters that touch the number."""
    before = text[number.start - 1 : number.start]
    after = text[number.end : number.end + 1]
    left, right = _character(before), _character(after)
    made += _touched(left, right, unit)
    quantity = number.quantity
    if quantity is None:
        return
    value = quantity.value[0] if isinstance(quantity.value, tuple) else quantity.value
    size = int(math.log10(abs(value))) if abs(value) >= 1 else -1
    made.append(f"z:{size}|{unit}")
    if quantity.scale > 1:
        made.append(f"scaled|{unit}")
    elif "/" in number.text:
        made.append("per-piece")  # 761元/吨, 74.6美元/桶
    if "." in number.text:
        made.append(f"decimals:{min(len(number.text.rpartition('.')[2]), 5)}")
    elif "," in number.text:
        made.append("grouped")
    if quantity.implied_sign:
        made.append(f"sign|{unit}")
        if not any(char.isdecimal() for char in number.text):
            made.append("halved")  # or doubled: a word that is a move by itself
    if quantity.comparator != "=":
        made.append(f"q:{quantity.comparator}")
        if _MOVED.search(number.text):
            made.append(f"moved-inside|{unit}")
    if unit in ("bare", "plain") and quantity.scale == 1 and value == int(value):
        digits = len(str(int(abs(value))))
        made.append(f"digits:{digits}")
        if left == "(" and right == ")":
            made.append(f"brackets:{digits}")
        if digits == 4 and 1900 <= value <= 2100:
            made.append("yearlike")
        elif digits == 4 and 20 <= value // 100 <= 35 and 1 <= value % 100 <= 12:
            made.append("contract")


_MOVED = re.compile("[升涨跌挫](?![至到穿破])")


@lru_cache(maxsize=4096)
def _character(char: str) -> str:
    if not char:
        return "end"
    if char in "（(":
        return "("
    if char in "）)":
        return ")"
    if char.isdigit():
        return "0"
    if char.isascii() and char.isalpha():
        return "A"
    if char.isalpha():
        return "字" if char not in "第年月日号期版代届" else char
    return char


_BOUND = re.compile(
    r" ?(?:[、/,，;；]|(?:, )?(?:and|or|to|from|vs|versus)|和|及|与|或|以及|至|到|升至|降至|增至|减至|[上下]调至|调[高低]至|"
    r"[上下]升至|下降至|回落至|为|由|,? ?(?:up|down) from|compared (?:with|to)) ?(?:the |a |an |about |nearly )?"
)


def bound(gap: str) -> bool:
    """Tell whether what stands between two numbers binds them in a list or a path.

    Examples
    --------
    >>> bound("、"), bound(" to "), bound("，调高至"), bound("元，报")
    (True, True, True, False)
    """
    return len(gap) <= _LONGEST_JOINT and _BOUND.fullmatch(gap.lstrip("，,") or gap) is not None


_TO = frozenset({"至", "到", "to"})


def _to_sum(mark: str, number: NumberMention, other: NumberMention) -> list[str]:
    """Tell 升7%至80亿元, a figure that grows to a sum, from 升7%至43元."""
    one, two = (number, other) if mark == "g>" else (other, number)
    if one.quantity is None or two.quantity is None or one.quantity.unit != "%":
        return []
    if two.quantity.scale == 1 or not two.quantity.unit.isupper():
        return []
    return ["to-sum" if mark == "g>" else "sum"]


_LONGEST_JOINT = 18
_SPACES = re.compile(r"\s+")
_CLOSEST = 5
_FAR_GAP = 200
"""Characters between two numbers that nothing binds, whatever they are."""


_Gap = tuple[str, bool]
"""What stands between two numbers but for commas, and whether it binds them."""


def _gap(block: BlockScene, i: int) -> _Gap:
    """Return what stands between a number and the next one."""
    gap = block.text[block.numbers[i].end : block.numbers[i + 1].start]
    if len(gap) > _FAR_GAP:
        return gap, False
    gap = _SPACES.sub(" ", gap).lower().replace("（", "(").replace("）", ")")
    return gap.strip(" ,，") or gap, bound(gap)


def _neighbours(
    made: list[str], block: BlockScene, i: int, keys: list[str], gaps: list[_Gap]
) -> None:
    """Add how the number stands to the one before and after it: A（B, A/B, A至B."""
    number, unit = block.numbers[i], keys[i]
    first, last = block.sentence(number.start)
    for mark, j in (("g<", i - 1), ("g>", i + 1)):
        if not 0 <= j < len(keys) or not first <= block.numbers[j].start < last:
            made.append(f"{mark}none|{unit}")
            continue
        joint, is_bound = gaps[min(i, j)]
        made.append(f"{mark}{keys[j]}|{unit}")
        if is_bound:
            made.append(f"{mark}bound|{unit}")
        if joint in _TO:
            made += _to_sum(mark, number, block.numbers[j])
        if len(joint) <= _CLOSEST:
            made += (f"{mark}{joint}", f"{mark}{joint}|{keys[j]}|{unit}")


def _words(made: list[str], block: BlockScene, i: int, unit: str) -> None:
    """Add the classes of the words around a number."""
    seen: set[str] = set()
    for _, count, gap, place, hit in around(block, i):
        if count <= _FURTHEST:
            seen.update(_of_word(hit.classes, place, count == 1, gap <= _NEAR, unit))
    made += sorted(seen)


def around(block: BlockScene, i: int) -> list[Around]:
    """Return the words around a number in its sentence, from the nearest on each side.

    Words of an approximator (升破 in 升破2910美元) stand before the digits, as others do. What a
    number is and its direction both ask for them: they are kept with the block.
    """
    if i not in block.around:
        block.around[i] = [*_before(block, i), *_behind(block, i)]
    return block.around[i]


def _before(block: BlockScene, i: int) -> list[Around]:
    number, hits = block.numbers[i], block.hits.every
    sentence, clause = block.sentence(number.start)[0], block.clause(number.start)[0]
    digit = first_digit(block.text, number.start, number.end)
    last_end = block.numbers[i - 1].end if i else 0
    made: list[Around] = []
    for j in range(bisect_left(block.hits.starts, digit) - 1, -1, -1):
        hit = hits[j]
        if len(made) == MOST_WORDS or hit.start < sentence:
            break
        if hit.start < last_end and hit.end > digit:
            continue
        place = "s<" if hit.start < clause else "l" if hit.start >= last_end else "L"
        made.append((-1, len(made) + 1, max(0, number.start - hit.end), place, hit))
    return made


def _behind(block: BlockScene, i: int) -> list[Around]:
    number, hits = block.numbers[i], block.hits.every
    next_start = block.numbers[i + 1].start if i + 1 < len(block.numbers) else len(block.text)
    if _is_labelled(block.text, number.start) and _is_labelled(block.text, next_start):
        return []  # "Upside: 1.9%  Downside: 2%": what follows is the label of the next
    sentence, clause = block.sentence(number.start)[1], block.clause(number.start)[1]
    made: list[Around] = []
    for j in range(bisect_left(block.hits.starts, number.end), len(hits)):
        hit = hits[j]
        if len(made) == MOST_WORDS or hit.start >= sentence:
            break
        place = "s>" if hit.start >= clause else "r" if hit.end <= next_start else "R"
        made.append((1, len(made) + 1, hit.start - number.end, place, hit))
    return made


def _is_labelled(text: str, start: int) -> bool:
    """Say whether a label and a colon stand right before a place."""
    return text[max(0, start - _LABEL) : start].rstrip(" *").endswith((":", "："))


_LABEL = 40
"""Characters before a number among which the colon of its label stands."""


_TOUCHING = {"up_touch": "rise", "down_touch": "fall"}


@lru_cache(maxsize=16384)
def _of_word(
    classes: tuple[str, ...], place: str, nearest: bool, touches: bool, unit: str
) -> tuple[str, ...]:
    """Return the features of a word where it stands; articles share most of them."""
    made: list[str] = []
    for written in classes:
        name = _TOUCHING.get(written, written)
        if name != written and not (touches and place == "l"):
            continue
        made += (f"{place}:{name}", f"{place}:{name}|{unit}")
        if nearest and len(place) == 1:
            made.append(f"1{place}:{name}|{unit}")
        if touches:
            made += (f"a{place}:{name}", f"a{place}:{name}|{unit}")
    return tuple(made)


def _names(
    made: list[str],
    block: BlockScene,
    number: NumberMention,
    unit: str,
    sentence: tuple[int, int],
    clause: tuple[int, int],
) -> None:
    """Add of what kind the nearest name on the left is, else the nearest on the right."""
    kind, place = "none", ""
    for name in overlapping(block.names, *sentence):
        if name.end <= number.start and name.start >= sentence[0]:
            kind, place = _kind(name), "c" if name.start >= clause[0] else "s"
        elif name.start >= number.end and kind == "none":
            kind, place = _kind(name), ">"
            break
        elif name.start < number.end and name.end > number.start:
            made.append(f"n:in|{unit}")
    made += (f"n:{kind}", f"n:{kind}{place}|{unit}")


def _kind(name: Name) -> str:
    return "longer" if name.how == "longer" else kind_of(name.ids)


@lru_cache(maxsize=4096)
def kind_of(ids: tuple[str, ...]) -> str:
    """Return what kind of instrument a name is: index, stock, etf, flow, commodity, other.

    Examples
    --------
    >>> kind_of(("HSI",)), kind_of(("0700.HK",)), kind_of(())
    ('index', 'stock', 'other')
    """
    if not ids:
        return "other"
    try:
        return instruments.get(ids[0]).kind
    except SpringtideError:
        return "stock" if "." in ids[0] else "other"


def _cells(made: list[str], block: BlockScene, number: NumberMention, unit: str) -> None:
    """Add the heading of a number's column and the first cell of its row."""
    for column, (start, end) in enumerate(block.block.cells):
        if start <= number.start < end:
            header = block.block.headers[column] if column < len(block.block.headers) else ""
            made.append(f"column:{min(column, 6)}")
            if "g>(|%|" + unit in made:
                break  # 6.49 (9.8%) under a heading for moves is a price with its move
            for hit in _scanned(header).every:
                made += (f"column={name}" for name in hit.classes)
                made += (f"column={name}|{unit}" for name in hit.classes)
            if (start, end) == (number.start, number.end):
                made.append(f"cell{'.' * ('.' in number.text)}|{unit}")
            break
    start, end = block.block.cells[0]
    for hit in block.hits.within(start, end):
        made += (f"c0:{name}" for name in hit.classes)


@lru_cache(maxsize=256)
def _scanned(heading: str) -> Hits:
    """Return what the heading of a column says stands under it."""
    return scan(heading, "columns")
