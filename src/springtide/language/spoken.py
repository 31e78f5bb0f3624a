"""Numbers in words: 二万三, 三成二, "twenty", "doubled", "nearly half"."""

from __future__ import annotations

import re
from decimal import Decimal

from springtide.language.number import Number, tail
from springtide.language.numerals import (
    ENGLISH_NUMBERS,
    ENGLISH_ORDINALS,
    HAN_DIGITS,
    HAN_NUMERAL,
    han_number,
)
from springtide.language.scanning import Anchored, compiled, words_pattern
from springtide.language.units import after_number, power, scale_of, unit_of

_DECIMALS = "[零一二三四五六七八九]+"
# 百分之一点三, 二万一千点三七点 (of which only a unit behind tells the decimals), 十分之三, 三
_HAN = (
    rf"百分之(?P<percent>[{HAN_NUMERAL}]+(?:点{_DECIMALS}(?![两十百千]))?)"
    rf"|(?P<decimal>[{HAN_NUMERAL}]+点{_DECIMALS})(?![两十百千])"
    rf"|[{HAN_NUMERAL}]+(?:分之[{HAN_NUMERAL}]+)?|半"
)


_ROUND_BEFORE = ("近", "逾", "超", "过", "约")


def han_numbers(clean: str) -> list[Number]:
    """Return the numbers in Chinese numerals of a text without dates."""
    if clean.isascii():
        return []
    numbers = []
    for match in compiled(_HAN).finditer(clean):
        number = _read_han(clean, match)
        if number:
            numbers.append(number)
    return numbers


def _read_han(clean: str, match: re.Match[str]) -> Number | None:
    written, start, end = match.group(), match.start(), match.end()
    before = clean[start - 1 : start]
    if before.isdecimal() or (before and before in "第周统唯星期."):
        return None
    if match["percent"]:
        return _percent(match)
    if match["decimal"]:
        if (number := _decimal(clean, match)) is not None:
            return number
        written = written.partition("点")[0]
        end = start + len(written)
    if "分之" in written:
        return _fraction(match)
    if written == "半":
        return _half(clean, start, end, before)
    after = after_number().match(clean, end)
    assert after is not None
    unit_word = after["unit"] or after["unit2"] or ""
    unit, part = unit_of(unit_word)
    read = han_number(written)
    if read is None and before in _ROUND_BEFORE:
        read = han_number("一" + written)  # 逾百点, 近千亿元
    if read is None or not _plausible(clean, written, read[0], unit_word, after.end()):
        return None
    value, step, stop = Decimal(read[0]), Decimal(read[1]), after.end()
    if unit_word in ("成", "年"):
        value, step, stop = tail(clean, stop, value, step, unit_word)
    scale = scale_of(after["han"] or after["words"] or "") + part
    cue = "odd" if after["odd"] or after["odd2"] else ""
    return Number(start, stop, value, step, unit, scale, 0, cue, "han")


def _percent(match: re.Match[str]) -> Number | None:
    """Read 百分之一点三 and 百分之百."""
    read = _with_decimals("一百" if match["percent"] == "百" else match["percent"])
    return Number(*match.span(), *read, "%", pattern="han") if read else None


def _decimal(clean: str, match: re.Match[str]) -> Number | None:
    """Read 零点五个百分点 and 二点四亿元: without a scale or a unit 三点五 may be a time."""
    after = after_number().match(clean, match.end())
    read = _with_decimals(match["decimal"])
    if after is None or read is None:
        return None
    unit, part = unit_of(after["unit"] or "")
    scale = scale_of(after["han"] or "") + part
    if not unit and not scale:
        return None
    return Number(match.start(), after.end(), *read, unit, scale, pattern="han")


def _with_decimals(written: str) -> tuple[Decimal, Decimal] | None:
    """Return the value and step of numerals with decimals: 八百一十四点三七 is 814.37."""
    whole, _, decimals = written.partition("点")
    read = han_number(whole)
    if read is None:
        return None
    if not decimals:
        return Decimal(read[0]), Decimal(read[1])
    digits = "".join(str(HAN_DIGITS[char]) for char in decimals)
    return read[0] + Decimal(f"0.{digits}"), power(-len(digits))


def _plausible(clean: str, written: str, value: int, unit_word: str, stop: int) -> bool:
    """Tell a number in Chinese numerals from a word that holds one."""
    if unit_word in ("成", "倍", "%"):
        return value <= 10 or unit_word != "成"
    if unit_word in ("点", "个点"):
        return value >= 100
    if unit_word in ("年", "日", "天", "周", "季", "季度", "股", "仙", "厘"):
        return value < 1000 and not (unit_word in ("日", "周", "天", "季度") and written == "一")
    if unit_word:
        return True
    return len(written) > 1 and value >= 1000


def _fraction(match: re.Match[str]) -> Number | None:
    below, _, above = match.group().partition("分之")
    if below == "百" or below == "千":
        return None
    low, high = han_number(below), han_number(above)
    if not low or not high or not low[0]:
        return None
    value = Decimal(high[0]) / Decimal(low[0])
    end = match.end()
    if match.string.startswith("厘", end):
        return Number(match.start(), end + 1, value, power(-2), "%", pattern="words")
    return Number(*match.span(), 100 * value, Decimal(1), "%", pattern="words")


def _half(clean: str, start: int, end: int, before: str) -> Number | None:
    """Read 半成, 半年, 一半 is read elsewhere; 逾半 is more than 50%."""
    if before == "一":
        return None
    if clean[end : end + 1] == "成":
        return Number(start, end + 1, Decimal(5), Decimal(1), "%", pattern="words")
    if clean[end : end + 1] == "年" and before not in ("上", "下", "多", "大", "前", "后"):
        return Number(start, end + 1, Decimal(6), Decimal(1), "months", pattern="words")
    if before in ("逾", "近", "超") and clean[end : end + 1] not in tuple("个日天月数小导球"):
        return Number(start, end, Decimal(50), Decimal(1), "%", pattern="words")
    return None


_SINGLE_WORDS = [word for word in ENGLISH_NUMBERS if " " not in word or word == "a dozen"]
_FORMS = [form for word in _SINGLE_WORDS for form in (word, word.capitalize())]
_ENGLISH = Anchored("|".join(_FORMS), words_pattern(_FORMS) + "(?![A-Za-z])", 0, 1)


_STREAK_UNIT = (
    "(?:straight|consecutive|successive) (?P<unit>session|day|week|month|quarter|year)s?\\b"
)
_STREAK_AFTER = f" {_STREAK_UNIT}"
_ORDINAL_STREAK = Anchored(
    "straight|consecutive|successive",
    rf"\b(?P<nth>{words_pattern(ENGLISH_ORDINALS)}) {_STREAK_UNIT}",
    16,
    12,
)


def english_numbers(clean: str) -> list[Number]:
    """Return the numbers in English words of a text without dates."""
    numbers = []
    for match in _ORDINAL_STREAK.finditer(clean):
        value = Decimal(ENGLISH_ORDINALS[match["nth"].lower()])
        unit = match["unit"] + "s"
        numbers.append(Number(*match.span(), value, Decimal(1), unit, pattern="words"))
    for match in _ENGLISH.finditer(clean):
        before = clean[match.start() - 1 : match.start()]
        if before.isalnum() or before in ("-", "'", "$"):
            continue
        number = _read_english(clean, match)
        if number:
            numbers.append(number)
    return numbers


def _read_english(clean: str, match: re.Match[str]) -> Number | None:
    written = match.group()
    value = ENGLISH_NUMBERS[written.lower()]
    after = after_number().match(clean, match.end())
    assert after is not None
    unit_word = after["unit2"] or ""
    unit, part = unit_of(unit_word)
    stop = after.end()
    if not unit and (streak := compiled(_STREAK_AFTER).match(clean, match.end())):
        unit, stop = streak["unit"] + "s", streak.end()
    scale = scale_of(after["words"] or "") + part
    if not unit and not scale and (value < 2 or clean[match.end() : match.end() + 1] == "-"):
        return None
    if (unit == "points" and value == 1) or (unit == "x" and value == 1):
        return None
    return Number(
        *(match.start(), stop), Decimal(value), Decimal(1), unit, scale, pattern="english"
    )


# --- words that are a number and a unit at once ---------------------------------------------

_CHANGES: dict[str, tuple[int, int]] = {
    # the change in percent, and whether the word says its direction
    **dict.fromkeys(("翻倍", "翻一倍", "翻了一倍", "翻了倍", "倍增"), (100, 1)),
    **dict.fromkeys(("翻番", "翻了番", "翻一番", "翻了一番"), (100, 1)),
    **dict.fromkeys(("翻两番", "翻了两番"), (300, 1)),
    "腰斩": (-50, -1), "减半": (-50, -1), "拦腰斩": (-50, -1),
    "doubled": (100, 1), "doubling": (100, 1), "doubles": (100, 1), "double": (100, 1),
    "tripled": (200, 1), "tripling": (200, 1), "triples": (200, 1), "triple": (200, 1),
    "quadrupled": (300, 1), "quadrupling": (300, 1), "quintupled": (400, 1),
    "halved": (-50, -1), "halving": (-50, -1),
}  # fmt: skip
_MULTIPLES = {
    "twofold": 2,
    "threefold": 3,
    "fourfold": 4,
    "fivefold": 5,
    "sixfold": 6,
    "sevenfold": 7,
    "eightfold": 8,
    "ninefold": 9,
    "tenfold": 10,
}
_THIRD = Decimal(100) / 3
_SHARES: dict[str, int | Decimal] = {
    "half": 50, "一半": 50, "two-thirds": 2 * _THIRD, "two thirds": 2 * _THIRD,
    "one-third": _THIRD, "one third": _THIRD, "a third": _THIRD,
    "three-quarters": 75, "three quarters": 75, "one-quarter": 25, "a quarter": 25,
    "one-fifth": 20, "a fifth": 20, "one-tenth": 10,
}  # fmt: skip


_HAN_WORDS = [*(w for w in _CHANGES if not w.isascii()), "一半"]
_MOVES = [w for w in (*_CHANGES, *_MULTIPLES) if w.isascii() and w not in ("double", "triple")]
_WORD = Anchored(
    "[倍番斩半]|doubl|tripl|quadrupl|quintupl|halv|fold|hal[fv]|third|quarter|fifth|tenth",
    rf"(?P<change>{words_pattern(_HAN_WORDS)})"
    rf"|(?<![A-Za-z])(?P<english>{words_pattern(_MOVES)})(?![A-Za-z-])(?! down)"
    r"|(?<![A-Za-z])(?:to|nearly|almost|than|about|could|would|will|may|might|can) "
    r"(?P<verb>double|triple)(?![A-Za-z-])(?! (?:digit|top|bottom|down))"
    rf"|(?<![A-Za-z-])(?P<share>{words_pattern(w for w in _SHARES if w.isascii() and w != 'half')})"
    r"(?= of\b| (?:from|above|below|since|this|in)\b|[,.])"
    r"|(?<![A-Za-z-])(?P<half>half)(?![A-Za-z-])",
    24,
    16,
)


_HALF_CONTEXT = (
    r"(?i)\b(?:about|nearly|almost|more than|over|roughly|around|by|than|at least|close to|under"
    r"|below)(?: a)? $"
)
_OTHER_HALF = r"(?i)\b(?:first|second|latter|other|same|third|fourth|final|a|and a|year and) $"


_PART_OF_POINT = Anchored(
    "point|per ?cent",
    r"(?<![A-Za-z-])(?:[Aa] )?(?P<part>[Hh]alf|[Qq]uarter|[Tt]hree-quarters)"
    r"(?:(?: of)? an? percentage[ -]point|[ -](?:percentage[ -])?point"
    r"|(?P<percent>(?: of)? (?:an?|one) per ?cent))\b",
    32,
    8,
)
_PARTS_OF_POINT = {"half": "0.5", "quarter": "0.25", "three-quarters": "0.75"}


def word_numbers(clean: str) -> list[Number]:
    """Return the words of a text that are number and unit at once: "doubled", 腰斩, "half"."""
    numbers = []
    for match in _PART_OF_POINT.finditer(clean):
        part = _PARTS_OF_POINT[match["part"].lower()]
        unit = "%" if match["percent"] else "pp"
        numbers.append(Number(*match.span(), Decimal(part), power(-2), unit, pattern="words"))
    for match in _WORD.finditer(clean):
        written = match.group(match.lastgroup or 0)
        start, end = match.span(match.lastgroup or 0)
        if match["half"]:
            context = compiled(_HALF_CONTEXT).search(clean, max(0, start - 16), start)
            if not context and not clean.startswith(" of ", end):
                continue
            if not context and compiled(_OTHER_HALF).search(clean, max(0, start - 12), start):
                continue
        value, unit, sign = _meaning(written)
        numbers.append(Number(start, end, abs(value), Decimal(1), unit, 0, sign, "", "words"))
    return numbers


def _meaning(written: str) -> tuple[Decimal, str, int]:
    if written in _CHANGES:
        change, sign = _CHANGES[written]
        return Decimal(change), "%", sign
    if written in _MULTIPLES:
        return Decimal(_MULTIPLES[written]), "x", 0
    return Decimal(_SHARES[written]), "%", 0
