"""Numbers with their units as people write them, in Chinese and in English."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from springtide.language.blanks import BLANK, blank_out, blanked, windows
from springtide.language.cues import cue_after, cue_before
from springtide.language.mentions import mentions
from springtide.language.numerals import ENGLISH_NUMBERS, ENGLISH_ORDINALS, HAN_NUMERAL, han_number
from springtide.language.scanning import Anchored, words_pattern
from springtide.language.tolerance import comparator, interval
from springtide.language.types import Quantity
from springtide.language.units import (
    after_number,
    currency_before,
    is_money_only,
    power,
    scale_of,
    unit_of,
)

_DURATIONS = frozenset({"sessions", "days", "weeks", "months", "quarters", "years"})
_LONGEST_NUMBER = 24  # digits; what is longer is an identifier


@dataclass(frozen=True, slots=True)
class _Number:
    """A number with what stands beside it, before ranges and approximators are looked at."""

    start: int
    end: int
    digits: str
    value: Decimal
    step: Decimal
    unit: str = ""
    scale: int = 0
    sign: int = 0
    cue: str = ""
    pattern: str = "digits"


def find_quantities(text: str) -> list[Quantity]:
    """Find the numbers of a text with their units and what their wording admits.

    Not among them is what has digits and measures nothing: dates and times, security codes,
    addresses, names of products and indices (H100, 沪深300), windows of indicators (RSI(14)),
    ordinals, bare years and the numbers of a list's items.

    Parameters
    ----------
    text
        Normalised text. Offsets are into it.

    Returns
    -------
    list of Quantity
        In the order of the text, without overlaps.

    Examples
    --------
    >>> for q in find_quantities("恒指收报21,814.37点,近六成股份升逾1%"):
    ...     print(q.text, q.value, q.unit, q.comparator, q.within)
    21,814.37点 21814.37 points = [21814.365, 21814.375)
    近六成 60.0 % ~ [54, 65)
    逾1% 1.0 % > (1, ∞)
    >>> find_quantities("Nvidia H100 on 13 February 2025, 0700.HK")
    []
    """
    clean = _without_dates(text)
    numbers = sorted(
        [*_digit_numbers(clean), *_han_numbers(clean), *_english_numbers(clean), *_words(clean)],
        key=lambda n: (n.start, -n.end),
    )
    found: list[Quantity] = []
    reached = 0
    position = 0
    while position < len(numbers):
        number = numbers[position]
        position += 1
        if number.start < reached:
            continue
        following = numbers[position] if position < len(numbers) else None
        other = _joined(clean, number, following) if following else None
        if other:
            position += 1
        quantity = _quantity(
            text, clean, other[0] if other else number, other[1] if other else None
        )
        if quantity and quantity.start >= reached:
            found.append(quantity)
            reached = quantity.end
    return found


def find_windows(text: str) -> list[tuple[int, int, int]]:
    """Find the windows of indicators: RSI(14), 50日均线, "the 200-day moving average".

    Returns
    -------
    list of tuple
        Start, end and number of sessions (or weeks, months, as written) of each.

    Examples
    --------
    >>> find_windows("9天RSI升至84")
    [(0, 5, 9)]
    """
    return windows(text)


def _without_dates(text: str) -> str:
    """Blank what has digits and is no quantity."""
    clean = blank_out(text)
    spans = [(m.start, m.end) for m in mentions(text)]
    spans += [(start, end) for start, end, _ in windows(clean)]
    return blanked(clean, sorted(spans))


# --- numbers in digits ----------------------------------------------------------------------


@cache
def _digits() -> re.Pattern[str]:
    return re.compile(r"[0-9][0-9]*(?:(?:,[0-9]{3})+(?![0-9]))?(?:\.[0-9]+)?")


_VERSION_WORDS = re.compile(
    r" ?(?:Pro|Max|Plus|Ultra|Mini|Turbo|Flash|Lite|Preview|Sonnet|Opus|Haiku|Nano|Air|Instruct)\b"
)
_NAME_BEFORE = re.compile(r"\b[a-z]?[A-Z][A-Za-z]+ $")
_NO_NAME = re.compile(
    r"\b(?:In|On|At|The|By|Of|For|From|To|Over|About|Nearly|Some|All|Only|Around|Above|Below|And|With|"
    r"Up|Down|Almost|Roughly|Just|More|Top|Index|Average|Composite) $"
)


def _digit_numbers(clean: str) -> list[_Number]:
    found = []
    for match in _digits().finditer(clean):
        number = _read_digits(clean, match)
        if number:
            found.append(number)
    return found


def _read_digits(clean: str, match: re.Match[str]) -> _Number | None:
    start, end, written = match.start(), match.end(), match.group()
    whole = written.partition(",")[0]
    if "," in written and (len(whole) > 3 or (whole[0] == "0" and len(whole) > 0)):
        return None
    if len(written) > _LONGEST_NUMBER or (
        whole[0] == "0" and whole.isdecimal() and _is_code(written)
    ):
        return None
    if not _may_begin(clean, start):
        return None
    money_start, currency = currency_before(clean, start)
    sign_start, sign = (start, 0) if currency else _sign(clean, start)
    if currency:
        sign_start, sign = _sign(clean, money_start)
    after = after_number().match(clean, end)
    assert after is not None
    scale_word = after["han"] or after["words"] or after["short"] or ""
    unit_word = after["unit"] or after["unit2"] or ""
    stop = after.end()
    if after["short"] and is_money_only(after["short"]) and not currency and not unit_word:
        if after["short"] not in "MBT":
            return None
    unit, part = unit_of(unit_word)
    if not unit_word and clean[stop : stop + 1].isascii() and clean[stop : stop + 1].isalpha():
        return None
    value = Decimal(written.replace(",", ""))
    step = power(value.as_tuple().exponent)  # type: ignore[arg-type]
    if unit_word in ("成", "年"):
        value, step, stop = _tail(clean, stop, value, step, unit_word)
    scale = scale_of(scale_word) + part
    number = _Number(
        min(sign_start, money_start),
        stop,
        written,
        value,
        step,
        unit if unit and unit != "points" or not currency else currency,
        scale,
        sign,
        "odd" if after["odd"] or after["odd2"] else "",
    )
    return (
        number
        if unit or currency or scale_word or _stands_alone(clean, start, stop, written)
        else None
    )


def _is_code(written: str) -> bool:
    """Tell 00700 from 0.7 and from 0."""
    return "." not in written and len(written) > 1


_UNDECIDED = frozenset("/\\#@=&_'^")


def _may_begin(clean: str, start: int) -> bool:
    """Tell whether a number may begin here, by the character before it."""
    before = clean[start - 1 : start]
    if not before or before in " (":
        return True
    if before in _UNDECIDED:
        return False
    if before == "." or before == ",":
        return not clean[start - 2 : start - 1].isalnum()
    if before == "第":
        return False
    if before == ":":
        return not clean[start - 2 : start - 1].isdecimal()
    if before == "-":
        earlier = clean[start - 2 : start - 1]
        return not (
            earlier.isascii() and earlier.isalpha() and not _is_unit_letter(clean, start - 2)
        )
    if before.isascii() and before.isalpha():
        return bool(currency_before(clean, start)[1])
    return True


def _is_unit_letter(clean: str, at: int) -> bool:
    """Tell whether the letter before a dash ends a quantity: 10bn-15bn."""
    head = clean[max(0, at - 4) : at + 1]
    return bool(re.search(r"\d ?(?:bn|mn|tn|[mbkxMBKT]|pp|bps?)$", head))


def _sign(clean: str, start: int) -> tuple[int, int]:
    """Return where an explicit sign before a number begins, and the sign."""
    mark = clean[start - 1 : start]
    if mark not in ("+", "-") or start == 0:
        return start, 0
    before = clean[start - 2 : start - 1]
    if (
        before.isascii()
        and (before.isalnum() or before in ("%", ")", "-", "+", ".", "~"))
        and before
    ):
        return start, 0
    if before and before in "元点成倍亿万股）" + BLANK:
        return start, 0
    return start - 1, 1 if mark == "+" else -1


def _tail(
    clean: str, stop: int, value: Decimal, step: Decimal, unit_word: str
) -> tuple[Decimal, Decimal, int]:
    """Read what follows the unit in 三成二, 一成半 and 一年半."""
    tail = clean[stop : stop + 1]
    if tail == "半" and clean[stop + 1 : stop + 2] not in ("导", "年"):
        return value + Decimal("0.5"), Decimal("0.5"), stop + 1
    if unit_word == "成" and tail and tail in "一二三四五六七八九":
        return value + Decimal(HAN_NUMERAL.index(tail)) / 10, Decimal("0.1"), stop + 1
    return value, step, stop


def _stands_alone(clean: str, start: int, stop: int, written: str) -> bool:
    """Tell whether a number without any unit is one, rather than a code, a year or a list's item."""
    if "." not in written and "," not in written:
        if len(written) >= 8 or (len(written) == 4 and written[:2] in ("19", "20")):
            return False
    after = clean[stop : stop + 1]
    if after and after in "/\\#@=&_^时分秒号岁楼版室路期届G":
        return False
    if after in (".", ":") and clean[stop + 1 : stop + 2].isdecimal():
        return False
    if after == "-" and (following := clean[stop + 1 : stop + 2]).isascii() and following.isalpha():
        return False
    if after and after in ".、)）:：" and len(written) <= 2:
        line_start = clean[start - 1 : start] in ("", "\n", "(", "（")
        if line_start:
            return False
    if _VERSION_WORDS.match(clean, stop) or re.compile(
        r" ?(?:hours?|minutes?|seconds?|hrs?|mins?|小时|分钟|秒|nm|years?[- ]old|年代|世纪)"
    ).match(clean, stop):
        return False
    if float(written.replace(",", "")) < 100 and _NAME_BEFORE.search(
        clean, max(0, start - 20), start
    ):
        return bool(_NO_NAME.search(clean, max(0, start - 20), start))
    return True


# --- numbers in words -----------------------------------------------------------------------

_HAN_ONES = "一二三四五六七八九两"


@cache
def _han() -> re.Pattern[str]:
    return re.compile(rf"[{HAN_NUMERAL}]+(?:分之[{HAN_NUMERAL}]+)?|半")


_NOT_BEFORE_HAN = frozenset("第周期初星期唯统单专万十")


def _han_numbers(clean: str) -> list[_Number]:
    found = []
    for match in _han().finditer(clean):
        number = _read_han(clean, match)
        if number:
            found.append(number)
    return found


def _read_han(clean: str, match: re.Match[str]) -> _Number | None:
    written, start, end = match.group(), match.start(), match.end()
    before = clean[start - 1 : start]
    if before.isdecimal() or (before and before in "第周统唯星期."):
        return None
    if "分之" in written:
        return _fraction(match)
    if written == "半":
        return _half(clean, start, end, before)
    after = after_number().match(clean, end)
    assert after is not None
    unit_word = after["unit"] or after["unit2"] or ""
    unit, part = unit_of(unit_word)
    read = han_number(written)
    if read is None or not _plausible(clean, written, read[0], unit_word, after.end()):
        return None
    value, step, stop = Decimal(read[0]), Decimal(read[1]), after.end()
    if unit_word in ("成", "年"):
        value, step, stop = _tail(clean, stop, value, step, unit_word)
    scale = scale_of(after["han"] or after["words"] or "") + part
    cue = "odd" if after["odd"] or after["odd2"] else ""
    return _Number(start, stop, written, value, step, unit, scale, 0, cue, "han")


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


def _fraction(match: re.Match[str]) -> _Number | None:
    below, _, above = match.group().partition("分之")
    if below == "百" or below == "千":
        return None
    low, high = han_number(below), han_number(above)
    if not low or not high or not low[0]:
        return None
    value = Decimal(100 * high[0]) / Decimal(low[0])
    return _Number(*match.span(), match.group(), value, Decimal(1), "%", pattern="words")


def _half(clean: str, start: int, end: int, before: str) -> _Number | None:
    """Read 半成, 半年, 一半 is read elsewhere; 逾半 is more than 50%."""
    if before == "一":
        return None
    if clean[end : end + 1] == "成":
        return _Number(start, end + 1, "半", Decimal(5), Decimal(1), "%", pattern="words")
    if clean[end : end + 1] == "年" and before not in ("上", "下", "多", "大", "前", "后"):
        return _Number(start, end + 1, "半", Decimal(6), Decimal(1), "months", pattern="words")
    if before in ("逾", "近", "超") and clean[end : end + 1] not in tuple("个日天月数小导球"):
        return _Number(start, end, "半", Decimal(50), Decimal(1), "%", pattern="words")
    return None


_SINGLE_WORDS = [word for word in ENGLISH_NUMBERS if " " not in word or word == "a dozen"]
_ENGLISH = re.compile(
    words_pattern([form for word in _SINGLE_WORDS for form in (word, word.capitalize())])
    + "(?![A-Za-z])"
)


_STREAK_UNIT = (
    "(?:straight|consecutive|successive) (?P<unit>session|day|week|month|quarter|year)s?\\b"
)
_STREAK_AFTER = re.compile(f" {_STREAK_UNIT}")
_ORDINAL_STREAK = Anchored(
    "straight|consecutive|successive",
    rf"\b(?P<nth>{words_pattern(ENGLISH_ORDINALS)}) {_STREAK_UNIT}",
    16,
    12,
)


def _english_numbers(clean: str) -> list[_Number]:
    found = []
    for match in _ORDINAL_STREAK.finditer(clean):
        value = Decimal(ENGLISH_ORDINALS[match["nth"].lower()])
        unit = match["unit"] + "s"
        found.append(_Number(*match.span(), match["nth"], value, Decimal(1), unit, pattern="words"))
    for match in _ENGLISH.finditer(clean):
        before = clean[match.start() - 1 : match.start()]
        if before.isalnum() or before in ("-", "'", "$"):
            continue
        number = _read_english(clean, match)
        if number:
            found.append(number)
    return found


def _read_english(clean: str, match: re.Match[str]) -> _Number | None:
    written = match.group()
    value = ENGLISH_NUMBERS[written.lower()]
    after = after_number().match(clean, match.end())
    assert after is not None
    unit_word = after["unit2"] or ""
    unit, part = unit_of(unit_word)
    stop = after.end()
    if not unit and (streak := _STREAK_AFTER.match(clean, match.end())):
        unit, stop = streak["unit"] + "s", streak.end()
    scale = scale_of(after["words"] or "") + part
    if not unit and not scale and (value < 2 or clean[match.end() : match.end() + 1] == "-"):
        return None
    if unit == "points" and value == 1 or unit == "x" and value == 1:
        return None
    return _Number(
        *(match.start(), stop), written, Decimal(value), Decimal(1), unit, scale, pattern="english"
    )


# --- words that are a number and a unit at once ---------------------------------------------

_CHANGES: dict[str, tuple[int, int]] = {
    # the change in percent, and whether the word says its direction
    "翻倍": (100, 1), "翻一倍": (100, 1), "翻了一倍": (100, 1), "翻一番": (100, 1), "翻了一番": (100, 1),
    "翻番": (100, 1), "翻了番": (100, 1), "翻了倍": (100, 1), "倍增": (100, 1), "翻两番": (300, 1), "翻了两番": (300, 1),
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
    "tenfold": 10,
}
_SHARES: dict[str, int | Decimal] = {"half": 50, "一半": 50, "two-thirds": Decimal(200) / 3, "two thirds": Decimal(200) / 3,
           "one-third": Decimal(100) / 3, "a third": Decimal(100) / 3, "one third": Decimal(100) / 3, "three-quarters": 75,
           "three quarters": 75, "a quarter": 25, "one-quarter": 25, "one-fifth": 20, "a fifth": 20, "one-tenth": 10}  # fmt: skip


_HAN_WORDS = [*(w for w in _CHANGES if not w.isascii()), "一半"]
_MOVES = [w for w in (*_CHANGES, *_MULTIPLES) if w.isascii() and w not in ("double", "triple")]
_WORD = Anchored(
    "[倍番斩半]|doubl|tripl|quadrupl|quintupl|halv|fold|hal[fv]|third|quarter|fifth|tenth",
    rf"(?P<change>{words_pattern(_HAN_WORDS)})"
    rf"|(?<![A-Za-z])(?P<english>{words_pattern(_MOVES)})(?![A-Za-z-])"
    r"|(?<![A-Za-z])(?:to|nearly|almost|than|about|could|would|will|may|might|can) "
    r"(?P<verb>double|triple)(?![A-Za-z-])(?! (?:digit|top|bottom|down))"
    rf"|(?<![A-Za-z-])(?P<share>{words_pattern(w for w in _SHARES if w.isascii() and w != 'half')})"
    r"(?= of\b| (?:from|above|below|since|this|in)\b|[,.])"
    r"|(?<![A-Za-z-])(?P<half>half)(?![A-Za-z-])",
    24,
    16,
)


_HALF_CONTEXT = re.compile(
    r"\b(?:about|nearly|almost|more than|over|roughly|around|by|than|at least|close to|under|below)"
    r"(?: a)? $",
    re.IGNORECASE,
)
_OTHER_HALF = re.compile(
    r"\b(?:first|second|latter|other|same|third|fourth|final|a|and a|year and) $", re.IGNORECASE
)


def _words(clean: str) -> list[_Number]:
    found = []
    for match in _WORD.finditer(clean):
        written = match.group(match.lastgroup or 0)
        start, end = match.span(match.lastgroup or 0)
        if match["half"]:
            context = _HALF_CONTEXT.search(clean, max(0, start - 16), start)
            if not context and not clean.startswith(" of ", end):
                continue
            if not context and _OTHER_HALF.search(clean, max(0, start - 12), start):
                continue
        value, unit, sign = _meaning(written)
        found.append(
            _Number(start, end, written, abs(value), Decimal(1), unit, 0, sign, "", "words")
        )
    return found


def _meaning(written: str) -> tuple[Decimal, str, int]:
    if written in _CHANGES:
        change, sign = _CHANGES[written]
        return Decimal(change), "%", sign
    if written in _MULTIPLES:
        return Decimal(_MULTIPLES[written]), "x", 0
    return Decimal(_SHARES[written]), "%", 0


# --- ranges, approximators, the result ------------------------------------------------------

_JOINT = re.compile(r" ?(?:[-~]|至|到) ?| to |-to-| and ")
_FROM = re.compile(
    r"(?:从|由|自|从目前的?|from|From|from about|from around)(?:目前的|约|人民币)? ?$"
)
_BETWEEN = re.compile(r"\b[Bb]etween (?:about |around |roughly )?$")


def _joined(clean: str, low: _Number, high: _Number) -> tuple[_Number, _Number] | None:
    """Return the two ends where two numbers stand as a range, with unit and scale shared."""
    gap = clean[low.end : high.start]
    if len(gap) > 5 or low.cue or low.pattern == "words" or high.pattern == "words":
        return None
    start = high.start
    if high.sign == -1 and not gap:
        gap, high = "-", replace(high, sign=0)
    if not _JOINT.fullmatch(gap):
        return None
    if gap == " and ":
        if not _BETWEEN.search(clean, max(0, low.start - 24), low.start):
            return None
    elif gap.strip() in ("至", "到", "to") and _FROM.search(
        clean, max(0, low.start - 12), low.start
    ):
        return None
    bare = not low.unit or (low.unit != high.unit and high.unit in ("", "points"))
    if low.unit and high.unit and low.unit != high.unit:
        return None
    if (
        not low.unit
        and not high.unit
        and low.scale == high.scale == 0
        and (low.value >= high.value)
    ):
        return None
    unit = low.unit or high.unit
    shared = not low.scale and (bare or low.unit.isupper()) and high.scale
    low = replace(low, unit=unit, scale=high.scale if shared else low.scale)
    high = replace(high, start=start, unit=unit)
    if _signed(low) > _signed(high):
        return None
    return low, high


def _signed(number: _Number) -> Decimal:
    value = number.value * power(number.scale)
    return -value if number.sign < 0 else value


def _quantity(text: str, clean: str, number: _Number, high: _Number | None) -> Quantity | None:
    """Add the approximator and make the result."""
    last = high or number
    end, suffix = cue_after(clean, last.end)
    if suffix == "odd" and last.unit == "":
        end, suffix = last.end, ""
    start, cue = cue_before(clean, number.start, duration=number.unit in _DURATIONS)
    if cue and number.unit in _DURATIONS and _means_during(clean, start, cue):
        start, cue = number.start, ""
    key = cue or number.cue or suffix or "exact"
    scale = float(power(number.scale))
    if high:
        between = _BETWEEN.search(clean, max(0, number.start - 24), number.start)
        start = between.start() if between else start
        pair = (float(_signed(number)), float(_signed(high)))
        step = float(min(n.step * power(n.scale) for n in (number, high)))
        return Quantity(
            start, end, text[start:end], pair, number.unit, "range", step,
            interval("range", pair, step), text[number.start : high.end], scale, 0,
        )  # fmt: skip
    value = float(_signed(number))
    step = float(number.step * power(number.scale))
    return Quantity(
        start, end, text[start:end], value, number.unit, comparator(key), step,
        interval(key, value, step), number.digits, scale, number.sign,
    )  # fmt: skip


_MORE_THAN_A_TIME = re.compile(r"\b(?:in|for|after|of|lasted|took|a|than|at|to) $", re.IGNORECASE)


def _means_during(clean: str, start: int, cue: str) -> bool:
    """Tell "up 10% over five sessions" from "the best streak in over two years"."""
    if not clean.startswith(("over", "Over"), start) or cue != "above":
        return False
    return not _MORE_THAN_A_TIME.search(clean, max(0, start - 8), start)
