"""A number as written, before ranges and approximators are looked at; numbers in digits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from springtide.language.blanks import BLANK
from springtide.language.numerals import HAN_DIGITS
from springtide.language.scanning import compiled
from springtide.language.units import (
    after_number,
    currency_before,
    is_money_only,
    power,
    scale_of,
    unit_of,
)

_LONGEST_NUMBER = 24  # digits; what is longer is an identifier


@dataclass(frozen=True, slots=True)
class Number:
    """A number with what stands beside it, before ranges and approximators are looked at."""

    start: int
    end: int
    value: Decimal
    step: Decimal
    unit: str = ""
    scale: int = 0
    sign: int = 0
    cue: str = ""
    pattern: str = "digits"


def tail(
    clean: str, stop: int, value: Decimal, step: Decimal, unit_word: str
) -> tuple[Decimal, Decimal, int]:
    """Read what follows the unit in 三成二, 一成半 and 一年半."""
    tail = clean[stop : stop + 1]
    if tail == "半" and clean[stop + 1 : stop + 2] not in ("导", "年"):
        return value + Decimal("0.5"), Decimal("0.5"), stop + 1
    if unit_word == "成" and tail and tail in "一二三四五六七八九":
        return value + Decimal(HAN_DIGITS[tail]) / 10, Decimal("0.1"), stop + 1
    return value, step, stop


_DIGITS = r"[0-9][0-9]*(?:(?:,[0-9]{3})+(?![0-9]))?(?:\.[0-9]+)?"


# 2万2千点, 2万3关
_THOUSANDS = r"(?P<n>[1-9])(?:千(?:点|(?!\d))|点|(?=关|大关|水平|之上|以上|上方|下方|[,，。;；]))"
_VERSION_WORDS = (
    r" ?(?:Pro|Max|Plus|Ultra|Mini|Turbo|Flash|Lite|Preview|Sonnet|Opus|Haiku|Nano|Air|Instruct)\b"
)
_OTHER_MEASURES = (
    r" ?(?:hours?|minutes?|seconds?|hrs?|mins?|小时|分钟|秒|nm|years?[- ]old|年代|世纪)"
)
_NAME_BEFORE = r"\b[a-z]?[A-Z][A-Za-z]+ $"
_NO_NAME = (
    r"\b(?:In|On|At|The|By|Of|For|From|To|Over|About|Nearly|Some|All|Only|Around|Above|Below|And|With|"
    r"Up|Down|Almost|Roughly|Just|More|Top|Index|Average|Composite) $"
)


def digit_numbers(clean: str) -> list[Number]:
    """Return the numbers in digits of a text without dates and codes."""
    numbers = []
    for match in compiled(_DIGITS).finditer(clean):
        number = _read_digits(clean, match)
        if number:
            numbers.append(number)
    return numbers


def _read_digits(clean: str, match: re.Match[str]) -> Number | None:
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
    loose = after["short"] and is_money_only(after["short"]) and not currency and not unit_word
    if loose and after["short"] not in "MBT":
        return None
    unit, part = unit_of(unit_word)
    if not unit_word and clean[stop : stop + 1].isascii() and clean[stop : stop + 1].isalpha():
        return None
    value = Decimal(written.replace(",", ""))
    step = power(value.as_tuple().exponent)  # type: ignore[arg-type]
    if scale_word == "万" and not unit_word and (rest := compiled(_THOUSANDS).match(clean, stop)):
        value, step, stop = value + Decimal(rest["n"]) / 10, Decimal("0.1"), rest.end()
        unit_word = "点" if clean[stop - 1] == "点" else ""
        unit = "points" if unit_word else ""
    if unit_word in ("成", "年", "厘"):
        value, step, stop = tail(clean, stop, value, step, unit_word)
    scale = scale_of(scale_word) + part
    number = Number(
        min(sign_start, money_start),
        stop,
        value,
        step,
        unit if (unit and unit != "points") or not currency else currency,
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


_GROUPED = r",[0-9]{3}(?:\.[0-9]+)?$"


def _may_begin(clean: str, start: int) -> bool:
    """Tell whether a number may begin here, by the character before it."""
    before = clean[start - 1 : start]
    if not before or before in " (":
        return True
    if before == "/" and clean[start - 2 : start - 1] in ("%", "元", "倍", "点"):
        return True  # 4.6%/4.0%/3.6%
    if before == "/" and compiled(_GROUPED).search(clean, max(0, start - 12), start - 1):
        return True  # 22,000/22,500
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


def _stands_alone(clean: str, start: int, stop: int, written: str) -> bool:
    """Tell whether a number without a unit is one, and no code, year or number of a list's item."""
    a_year = len(written) == 4 and written[:2] in ("19", "20")
    if written.isdecimal() and (a_year or len(written) >= 8):
        return False
    after = clean[stop : stop + 1]
    if after == "/" and "," in written:
        return True
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
    if compiled(_VERSION_WORDS).match(clean, stop) or compiled(_OTHER_MEASURES).match(clean, stop):
        return False
    if float(written.replace(",", "")) < 100 and compiled(_NAME_BEFORE).search(
        clean, max(0, start - 20), start
    ):
        return bool(compiled(_NO_NAME).search(clean, max(0, start - 20), start))
    return True
