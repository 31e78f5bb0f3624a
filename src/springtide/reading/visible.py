"""Visible characters of a stretch of text, each with its offset: inline markup is what is not seen.

A text is prepared once: comments, scripts, struck words and characters without width become
``DROPPED``, one for one, so that all offsets stay what they were.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from itertools import pairwise

from springtide.language.scanning import expression
from springtide.language.script import normalise
from springtide.reading.blocks import Block, BlockKind

DROPPED = "\x01"
"""Stands where something is that no reader sees."""

BREAK = "\x02"
"""Stands in visible text where a new paragraph begins."""

ENTITY = r"&(?:\#\d{1,7}|\#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,31});"

_LINE_ENDS = "\u0085\u2028\u2029"
_WIDTHLESS = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
# Control characters, and private ones: reading marks its own finds with those.
_UNSEEN = {
    **dict.fromkeys(
        (*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, *range(0xE000, 0xF900)), " "
    ),
    **dict.fromkeys(map(ord, _WIDTHLESS), DROPPED),
    **dict.fromkeys(map(ord, _LINE_ENDS), "\n"),
}
_ANY_UNSEEN = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ue000-\uf8ff{_WIDTHLESS}{_LINE_ENDS}]")
_OLD_LINE_END = re.compile(r"\r(?!\n)")

_HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<raw>script|style|noscript|template|svg|iframe|object|select|button|textarea)\b"
    r".*?(?:</(?P=raw)\s*>|\Z)"
    r"|<(?P<struck>del|s|strike)\b[^<>]{0,500}>.{0,5000}?</(?P=struck)\s*>"
    r"|~~(?=[^\s~])[^~\n]{1,2000}?(?<=\S)~~",
    re.DOTALL | re.IGNORECASE,
)
_TARGET = r"\((?![+-]?\d[\d.,]*%)(?:[^()\n]|\([^()\n]{0,500}\))*+\)"
_URL = r"(?:https?://|www\.)[^\s<>)\]，。；、（）\u3000-\u9fff\uff00-\uffef]{1,2000}"
BLOCK_TAGS = (
    "p|div|li|ul|ol|dl|dt|dd|h[1-6]|br|hr|tr|table|thead|tbody|tfoot|td|th|caption|section|article|main|"
    "blockquote|figure|figcaption|header|footer|aside|nav|pre|title|body|html|details|summary|form|"
    "fieldset|address|center"
)
# The first character is looked at first: nearly all are none that markup begins with.
_INLINE = re.compile(
    rf"(?=[{DROPPED}!<\]hw&\\*~`\[_|])(?:"
    rf"(?P<drop>{DROPPED}+|!\[[^\]\n]{{0,500}}\]{_TARGET})"
    rf"|(?P<brk></?(?i:{BLOCK_TAGS})\b[^<>]{{0,2000}}>)"
    r"|(?P<raised></?su[pb]\b[^<>]{0,500}>)"  # what is raised is no digit of what it stands beside
    r"|(?P<tag></?[A-Za-z!][^<>\n]{0,4000}>)"
    r"|(?P<note>\[\^[^\]\s]{1,40}\]:?)"
    rf"|(?P<link>\]{_TARGET})"
    rf"|(?P<url>{_URL})"
    rf"|(?P<entity>{ENTITY})"
    r"|(?P<escape>\\[\\`*_{}\[\]()\#+\-.!|~<>&])"
    rf"|(?P<mark>\[(?=[^\]\n]{{1,200}}\]{_TARGET})"
    r"|(?<!\d)\*{1,3}|\*{1,3}(?!\d)|~~|`+"
    r"|(?<![A-Za-z0-9])_{1,2}(?=\S)|_{1,2}(?![A-Za-z0-9]))"
    r"|(?P<cell>\|))"
)
_PLAIN = expression(
    rf"(?=[{DROPPED}&|hw])(?:(?P<drop>{DROPPED}+)|(?P<entity>{ENTITY})|(?P<cell>\|)|(?P<url>{_URL}))"
)
BOLD_LEVEL = 6
"""Level of a heading that only its form tells: below those with a mark."""

_SENTENCE_ENDS = tuple(".。!！?？;；,，、:：…")
_LONGEST_HEADING = 90
_SOFT_BREAK = re.compile(r"[ \t\r]*\n[ \t\r\n]*")
_CHINESE = 0x2E80
"""Characters from here on are written without spaces between them."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text as given and prepared: ``raw`` to find markup in, ``plain`` to take characters from.

    Both have the length of the text as given.
    """

    raw: str
    plain: str


def blank(text: str) -> str:
    """Return a text without control characters, widthless ones as ``DROPPED``, one for one."""
    if "\r" in text:
        text = _OLD_LINE_END.sub("\n", text)
    return text if _ANY_UNSEEN.search(text) is None else text.translate(_UNSEEN)


def prepare(text: str, begin: int = 0) -> Source:
    r"""Mark what no reader sees from an offset on, and normalise the rest, one for one.

    Examples
    --------
    >>> prepare("up ~~5%~~ <!-- x -->3%").raw.replace(DROPPED, ".")
    'up ...... ..........3%'
    """
    raw = blank(text)
    if "<" in raw or "~~" in raw:
        head, body = raw[:begin], raw[begin:]
        raw = head + _HIDDEN.sub(lambda match: DROPPED * len(match.group()), body)
    return Source(raw, normalise(raw))


class Text:
    """Visible characters in the making, with the offset of each."""

    __slots__ = ("at", "parts", "source")

    def __init__(self, source: Source) -> None:
        self.source = source
        self.parts: list[str] = []
        self.at: list[int] = []

    def keep(self, start: int, end: int) -> None:
        """Add characters of the source as they are."""
        if start < end:
            self.parts.append(self.source.plain[start:end])
            self.at.extend(range(start, end))

    def put(self, text: str, offset: int) -> None:
        """Add characters that stand for something else at an offset."""
        self.parts.append(text)
        self.at.extend([offset] * len(text))

    def markdown(self, start: int, end: int) -> None:
        """Add what is seen of Markdown."""
        self._visible(_INLINE, start, end)

    def html(self, start: int, end: int) -> None:
        """Add what is seen of text between two tags."""
        self._visible(_PLAIN, start, end)

    def _visible(self, pattern: re.Pattern[str], start: int, end: int) -> None:
        position = start
        for match in pattern.finditer(self.source.raw, start, end):
            self.keep(position, match.start())
            position = match.end()
            kind = match.lastgroup
            if kind == "entity":
                self.put(normalise(html.unescape(match.group())[:1]), match.start())
            elif kind == "escape":
                self.keep(match.start() + 1, match.end())
            elif kind == "brk":
                self.put(BREAK, match.start())
            elif kind in ("url", "raised"):
                self.put(" ", match.start())
            elif kind == "cell":
                self.put("，", match.start())
        self.keep(position, end)

    def take(self) -> tuple[str, list[int]]:
        """Return what was gathered, without space at its ends, line ends joined, and begin anew."""
        text, at = "".join(self.parts), self.at
        self.parts, self.at = [], []
        return trimmed(text, at)


def trimmed(text: str, at: list[int]) -> tuple[str, list[int]]:
    """Drop space at the ends, and join lines: nothing beside Chinese characters, else a space."""
    inner = text.strip()
    if len(inner) != len(text):
        start = len(text) - len(text.lstrip())
        text, at = inner, at[start : start + len(inner)]
    if "\n" not in text:
        return text, at
    parts: list[str] = []
    places: list[int] = []
    position = 0
    for match in _SOFT_BREAK.finditer(text):
        start, end = match.span()
        parts.append(text[position:start])
        places += at[position:start]
        if ord(text[start - 1]) < _CHINESE and ord(text[end]) < _CHINESE:
            parts.append(" ")
            places.append(at[start])
        position = end
    return "".join(parts) + text[position:], places + at[position:]


def paragraphs(text: Text, kind: BlockKind, level: int = 0) -> list[Block]:
    """Turn what was gathered into blocks, one unless markup breaks it."""
    joined = "".join(text.parts)
    if BREAK not in joined:
        words, at = text.take()
        return [Block(kind, words, at, level)] if words else []
    at, text.parts, text.at = text.at, [], []
    blocks = []
    start = 0
    for piece in joined.split(BREAK):
        words, places = trimmed(piece, at[start : start + len(piece)])
        start += len(piece) + 1
        if words:
            blocks.append(Block(kind, words, places, level))
    return blocks


def reads_as_heading(text: str) -> bool:
    """Say whether a line that its form sets apart is short and no sentence.

    Examples
    --------
    >>> reads_as_heading("港股收评"), reads_as_heading("恒指今日上升1%。")
    (True, False)
    """
    return len(text) <= _LONGEST_HEADING and not text.endswith(_SENTENCE_ENDS)


def headed(blocks: list[Block]) -> list[Block]:
    """Make headings of short lines of a paragraph that stand above a sentence twice as long."""
    made = list(blocks)
    for i, (block, below) in enumerate(pairwise(blocks)):
        if (
            block.kind == "paragraph"
            and reads_as_heading(block.text)
            and len(below.text) >= 2 * len(block.text)
            and below.text.endswith(_SENTENCE_ENDS)
        ):
            made[i] = Block("heading", block.text, block.at, BOLD_LEVEL)
    return made
