"""Number words: 二万三, 十二, "twenty", "a dozen"."""

from __future__ import annotations

HAN_DIGITS = {char: i for i, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_HAN_PLACES = {"十": 10, "百": 100, "千": 1000}
_HAN_SECTIONS = {"万": 10_000, "亿": 100_000_000}
_HAN_TENS = {"廿": 20, "卅": 30}

HAN_NUMERAL = "零一二三四五六七八九两十百千万亿廿卅"

_ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
]  # fmt: skip
_TENS = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
]  # fmt: skip
_ORDINALS = [
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth",
    "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth",
    "sixteenth", "seventeenth", "eighteenth", "nineteenth",
]  # fmt: skip

ENGLISH_ORDINALS = {word: i for i, word in enumerate(_ORDINALS)} | {"twentieth": 20}
ENGLISH_NUMBERS = {word: i for i, word in enumerate(_ONES)}
ENGLISH_NUMBERS |= {word: 10 * i for i, word in enumerate(_TENS, start=2)}
ENGLISH_NUMBERS |= {
    f"{tens}{joint}{one}": 10 * i + j
    for i, tens in enumerate(_TENS, start=2)
    for j, one in enumerate(_ONES[1:10], start=1)
    for joint in "- "
}
ENGLISH_NUMBERS |= {"a dozen": 12, "two dozen": 24, "dozen": 12}


_MOST_DIGITS = 18
"""Digits of a number read digit by digit; more are no number that a market has."""


def han_number(text: str) -> tuple[int, int] | None:
    """Read a whole number in Chinese numerals: its value and one unit of its last place.

    A digit after a place counts in the place below it, as it is spoken: 二万三 is 23,000.

    Parameters
    ----------
    text
        Chinese numerals (normalised: Simplified) and nothing else.

    Returns
    -------
    tuple of int or None
        Value and step; None where the characters are not a number (万一, 千亿).

    Examples
    --------
    >>> han_number("二万三"), han_number("十二"), han_number("两千零五"), han_number("万一")
    ((23000, 1000), (12, 1), (2005, 1), None)
    """
    if not text or text[0] in "百千万亿":
        return None
    if len(text) > 1 and all(char in HAN_DIGITS for char in text):
        return _digit_by_digit(text)
    total = section = 0
    digit: int | None = None
    below, step = (
        1,
        1,
    )  # the place that a digit standing alone counts in; one unit of the last place
    for char in text:
        if char == "零":
            below = 1
        elif char in HAN_DIGITS:
            if digit is not None:
                return None
            digit = HAN_DIGITS[char]
        elif char in _HAN_TENS:
            section, below, step = section + _HAN_TENS[char], 1, 1
        elif char in _HAN_PLACES:
            place = _HAN_PLACES[char]
            section += (1 if digit is None else digit) * place
            digit, below, step = None, place // 10, 1 if place == 10 else place
        else:
            place = _HAN_SECTIONS[char]
            section += digit or 0
            total = (total + section) * place if char == "亿" else total + section * place
            step = (step if digit is None else 1) * place
            section, digit, below = 0, None, place // 10
    if digit is None:
        return total + section, step
    return total + section + digit * below, below


def _digit_by_digit(text: str) -> tuple[int, int] | None:
    """Read 二零二四; two digits side by side (七八) are an estimate, not a number."""
    if not 3 <= len(text) <= _MOST_DIGITS:
        return None
    return int("".join(str(HAN_DIGITS[char]) for char in text)), 1


def english_number(word: str) -> int | None:
    """Read a cardinal in English words up to ninety-nine.

    Examples
    --------
    >>> english_number("twenty-five"), english_number("A dozen"), english_number("many")
    (25, 12, None)
    """
    return ENGLISH_NUMBERS.get(word.lower())
