"""The approximating words beside a number, looked up in the table of tolerances."""

from __future__ import annotations

import re
from functools import cache

from springtide.language.scanning import compiled
from springtide.language.tolerance import TABLE

# Words that may stand between an approximator and its number: "above the 23,000 mark", 超过了7倍.
_FILLERS = ("the ", "a ", "an ", "its ")
_HAN_FILLERS = "了达至到为约"
_EACH = "每(?:盎司|桶|吨|股|克|千克|公斤)$"
_LONGEST = 24
# A character before these makes another word of them: 附近, 合约, 反超.
_NOT_AFTER = {
    "近": "附最靠临贴邻亲新",
    "约": "合预签违契节履条公特纽邀续毁制大",
    "超": "反赶高英中德西法意",
    "破": "不未难打识看点",
}
# What may stand between a level and the word for where a price is to it: 23000点大关之上.
_MARK_OF_A_LEVEL = "(?:整数)?(?:大关|关口|关|水平)(?=之上|上方|以上|之下|下方|以下|附近|左右)"
# Characters that are no approximator before these: 多头, 余额, 上方阻力 (where the price is not).
_PLACED = "(?![阻压支]|目标|空间|缺口|[还仍]?有)"
_GUARDED = {
    "+": r"\+(?!\d)",
    "多": "多(?![么少数头空家重个])",
    "余": "余(?![额款下地])",
    "上方": f"上方{_PLACED}",
    "下方": f"下方{_PLACED}",
}
# A move may stand between these and its size: 最多涨406点.
_MOVES = "升涨跌挫飙急大扬泻"
_BEFORE_MOVE = ("最多", "最高", "最大")


def cue_before(text: str, start: int, *, duration: bool = False) -> tuple[int, str]:
    """Return where the approximator before a number begins and its row; ``start`` and "" if none.

    ``duration`` says that the number counts days or years: 近5日 is the last five days, not nearly
    five.

    Examples
    --------
    >>> cue_before("rose nearly a 5%", 14), cue_before("涨超过了7倍", 4)
    ((5, 'nearly'), (1, 'above'))
    """
    stop = start - 1 if text[start - 1 : start] == " " else start
    if stop <= 0:
        return start, ""
    if text[stop - 1].isascii():
        return _english_before(text, start, stop)
    return _han_before(text, start, stop, duration)


def _han_before(text: str, start: int, stop: int, duration: bool) -> tuple[int, str]:
    cues = _prefixes()
    each = compiled(_EACH).search(text, max(0, stop - 4), stop)
    stop = each.start() if each else stop
    for end in (stop, stop - 1):
        if end < stop and text[end : end + 1] not in _HAN_FILLERS:
            break
        for length in range(min(4, end), 0, -1):
            word = text[end - length : end]
            key = cues.get(word)
            if not key or text[end - length - 1 : end - length] in _not_after(word):
                continue
            if duration and word == "近":
                return start, ""
            return end - length, key
    end = stop
    while end > stop - 2 and text[end - 1 : end] in _MOVES:
        end -= 1
    if end < stop and text[end - 1 : end] == "曾":  # 最多曾升0.6%
        end -= 1
    if end < stop and text[end - 2 : end] in _BEFORE_MOVE:
        return end - 2, cues[text[end - 2 : end]]
    return start, ""


def _not_after(word: str) -> tuple[str, ...]:
    return tuple(_NOT_AFTER.get(word, ""))


def _english_before(text: str, start: int, stop: int) -> tuple[int, str]:
    if text[stop - 1] == "~":
        return stop - 1, "about"
    window = text[max(0, stop - _LONGEST - 4) : stop].lower()
    if len(window) < stop - max(0, stop - _LONGEST - 4):
        return start, ""
    for filler in _FILLERS:
        if (window + " ").endswith(" " + filler):
            window = window[: -len(filler)]
            stop -= len(filler)
            break
    words = window.split(" ")
    cues = _prefixes()
    for count in range(min(5, len(words)), 0, -1):
        phrase = " ".join(words[-count:])
        key = cues.get(phrase)
        if key:
            return stop - len(phrase), key
    return start, ""


def cue_after(text: str, end: int) -> tuple[int, str]:
    """Return where the approximator after a quantity ends and its row; ``end`` and "" if none.

    Examples
    --------
    >>> cue_after("25%以上", 3), cue_after("25% or more", 3), cue_after("25%的", 3)
    ((5, 'at_least'), (11, 'at_least'), (3, ''))
    >>> cue_after("23000点关口之上", 6)
    (10, 'above')
    """
    match = _suffix_pattern().match(text, end)
    if not match:
        return end, ""
    return match.end(), _suffixes()[match.group("cue").lower()]


@cache
def _cues() -> dict[str, str]:
    return {
        cue.lower(): row.key
        for row in TABLE
        for cue in (*row.cues_en, *row.cues_zh)
        if not cue.startswith(("(", "（"))
    }


@cache
def _prefixes() -> dict[str, str]:
    return {cue: key for cue, key in _cues().items() if not cue.startswith("…")}


@cache
def _suffixes() -> dict[str, str]:
    return {cue[1:]: key for cue, key in _cues().items() if cue.startswith("…")}


@cache
def _suffix_pattern() -> re.Pattern[str]:
    words = sorted(_suffixes(), key=len, reverse=True)
    cues = "|".join(_GUARDED.get(word, re.escape(word)) for word in words)
    return re.compile(f"(?:{_MARK_OF_A_LEVEL})? ?(?P<cue>{cues})", re.IGNORECASE)
