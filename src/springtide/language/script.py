"""One script to read: widths, spaces, quotes, dashes and Chinese characters made uniform."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from importlib.resources import files

from springtide.language.types import Language

_SPACES = "\t\u00a0\u1680\u180e\u200b\u200c\u200d\u2060\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_DASHES = "‐‑‒–—―−﹘﹣－"
_TILDES = "～〜∼˜﹏"
_SINGLE_QUOTES = "‘’‚‛′＇"
_DOUBLE_QUOTES = "“”„‟″＂"
_FULL_WIDTH_KEPT = "，：；（）！？"
_OTHER = {"﹪": "%", "٪": "%", "﹢": "+", "﹩": "$", "￥": "¥", "￡": "£", "〇": "零"}


_WIDE = re.compile("[０-９]")


def normalise(text: str) -> str:
    """Return the text in one script, character for character, so that offsets stay what they were.

    Full-width digits, letters and signs become ASCII; Traditional Chinese characters become
    Simplified ones, one to one (the table is OpenCC's, over the characters of Hong Kong);
    compatibility forms of Han characters become the ordinary ones; odd spaces become a space,
    every dash ``-``, every tilde ``~``, curly quotes straight ones. Chinese sentence punctuation
    (，。；：（）) and line ends are kept, save that a comma between full-width digits groups
    thousands.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        Of the same length as ``text``.

    Examples
    --------
    >>> normalise("恒指收報２１，８１４．３７點，升１．８％")
    '恒指收报21,814.37点，升1.8%'
    >>> normalise("4～14個百分點") == "4~14个百分点"
    True
    """
    if text.isascii() and "\t" not in text:
        return text
    if _WIDE.search(text) is not None:
        # Between full-width digits the full-width comma groups thousands and ends no clause.
        text = re.sub("(?<=[０-９])，(?=[０-９]{3})", ",", text)
    return text.translate(_table())


def detect_language(text: str) -> Language:
    """Tell the language of a text by its characters.

    Chinese where at least one letter in ten is a Han character, and then of Hong Kong where more
    characters are of the kind that only Traditional writing has than of the kind that only
    Simplified writing has. A text without letters counts as English.

    Examples
    --------
    >>> detect_language("恆生指數收報21814點"), detect_language("恒生指数收于21814点")
    ('zh-hk', 'zh-cn')
    >>> detect_language("The Hang Seng (恒生) Index closed at 21,814")
    'en'
    """
    counts = Counter(text)
    han = sum(n for char, n in counts.items() if "\u4e00" <= char <= "\u9fff")
    letters = sum(n for char, n in counts.items() if char.isalpha())
    if not han or han * 10 < letters:
        return "en"
    traditional = sum(counts[char] for char in counts.keys() & _traditional_to_simplified().keys())
    simplified = sum(counts[char] for char in counts.keys() & _simplified_only())
    return "zh-hk" if traditional > simplified else "zh-cn"


@cache
def _traditional_to_simplified() -> dict[str, str]:
    """Read the shipped table of characters."""
    source = files("springtide.language") / "data" / "traditional_to_simplified.txt"
    rows = source.read_text(encoding="utf-8").splitlines()
    return {row[0]: row[2] for row in rows if not row.startswith("#")}


@cache
def _simplified_only() -> frozenset[str]:
    """Return the characters that only Simplified writing has: those GB2312 has and Big5 has not."""
    return frozenset(
        char
        for char in set(_traditional_to_simplified().values())
        if not _encodes(char, "big5") and _encodes(char, "gb2312")
    )


def _encodes(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@cache
def _table() -> dict[int, str]:
    """Build the one table that ``normalise`` translates with."""
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    for code in [*range(0x2F00, 0x2FD6), *range(0xF900, 0xFAD0)]:
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1:
            table[code] = plain
    groups = [(_SPACES, " "), (_DASHES, "-"), (_TILDES, "~")]
    groups += [(_SINGLE_QUOTES, "'"), (_DOUBLE_QUOTES, '"')]
    for chars, plain in groups:
        table.update(dict.fromkeys(map(ord, chars), plain))
    table.update({ord(char): plain for char, plain in _OTHER.items()})
    simple = _traditional_to_simplified()
    # A compatibility form may stand for a Traditional character: two steps in one.
    table = {code: simple.get(plain, plain) for code, plain in table.items()}
    table.update({ord(char): plain for char, plain in simple.items()})
    for char in _FULL_WIDTH_KEPT:
        table.pop(ord(char), None)
    return table
