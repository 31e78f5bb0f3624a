"""From a file as given to blocks of visible text, every character with its offset in the file.

Markdown with Hugo or Jekyll front matter, HTML and plain text are read alike: what a reader would
not see (markup, link targets, scripts, code, images) is left out, nothing is ever run or fetched.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from springtide.errors import DataError
from springtide.language.script import detect_language, normalise
from springtide.language.types import Language

EARLIEST_YEAR = 1800
"""No article is older: a stamp before it is none."""

DEEPEST = 50
"""Levels of nesting in front matter that are read at most."""

LARGEST = 2_000_000
"""Bytes of text that are read at most; articles are a hundred times smaller."""

_COMMON = (
    "的一是不了在有人中大上以到年月日和地出分成可主生多作得市股指收升跌，。"
    "为個个為国國说說们們这這来來时時对對会會发發后後报報点點数數涨漲"
)

_UNSEEN = dict.fromkeys(
    (*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, *range(0xE000, 0xF900)), " "
)
"""Control characters, and private ones: reading marks its own finds with those."""

BlockKind = Literal["title", "summary", "heading", "paragraph", "item", "row", "caption"]

_HIDDEN_KEYS = ("summary", "description", "lead", "subtitle", "excerpt")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of visible text that hangs together, normalised.

    Attributes
    ----------
    kind
        ``title`` and ``summary`` of the front matter, ``heading``, ``paragraph``, ``item`` of a list,
        ``row`` of a table, ``caption`` of a picture or a table.
    text
        The words. Cells of a row are set apart by "，".
    at
        ``at[i]`` is the offset in the file of the character that gave ``text[i]``.
    level
        Of a heading, 1 the highest; depth of an item, 1 the outermost; else 0.
    headers
        Of a row: the heading of each column, "" for a column that has none. Empty for the row of
        headings itself, and in a table without one.
    cells
        Of a row: where each cell stands in ``text``, one a column; an empty cell is ``(i, i)``.
    """

    kind: BlockKind
    text: str
    at: Sequence[int]
    level: int = 0
    headers: tuple[str, ...] = ()
    cells: tuple[tuple[int, int], ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the file of ``text[start:end]``."""
        return self.at[start], self.at[end - 1] + 1


@dataclass(frozen=True, slots=True)
class Article:
    """An article as given, its language, its time stamp, and its visible blocks.

    ``zone_known`` says whether the time stamp states its zone: ``published`` is then aware, in UTC.
    Without it the clock may be that of any place, and the day may be that before or after.
    """

    source: str
    language: Language
    published: datetime | None
    has_time: bool
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()

    @property
    def zone_known(self) -> bool:
        """Say whether the time of publication states its zone."""
        return self.published is not None and self.published.tzinfo is not None


def load_text(path: Path) -> str:
    """Read an article's file: UTF-8, else GB18030 or Big5, by a byte order mark or by trial.

    Raises
    ------
    DataError
        The file is missing, empty, binary, or too large.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise DataError(
                f"{path.name} is too large for an article",
                given=f"{size / 1e6:,.1f} MB",
                allowed=f"at most {LARGEST / 1e6:,.0f} MB",
            )
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataError(f"{path} cannot be read ({reason.lower()})") from None
    if not raw.strip():
        raise DataError(f"{path.name} is empty", hint="give a file that holds an article's text")
    return _decode(raw, path.name)


def _decode(raw: bytes, name: str) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    if b"\0" in raw[:4096] or raw.startswith((b"%PDF", b"PK\x03\x04", b"\x89PNG")):
        raise DataError(
            f"{name} is a binary file",
            allowed="Markdown, HTML or plain text",
            hint="save the article as text first",
        )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    texts = []
    for encoding in ("gb18030", "big5hkscs"):
        try:
            texts.append(raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    if not texts:
        raise DataError(
            f"the encoding of {name} is not known",
            allowed="UTF-8, GB18030, Big5, UTF-16",
            hint="save the article as UTF-8",
        )
    return max(texts, key=_common_characters)


def _common_characters(text: str) -> int:
    """Count characters that every Chinese article holds: read in the wrong encoding it has few."""
    return sum(map(text.count, _COMMON))


def read_document(source: str) -> Article:
    r"""Split a text as given into visible blocks with offsets.

    Examples
    --------
    >>> article = read_document("---\ntitle: 'Up 3%'\ndate: 2025-02-13\n---\nThe index **rose**.")
    >>> [(block.kind, block.text) for block in article.blocks]
    [('title', 'Up 3%'), ('paragraph', 'The index rose.')]
    >>> article.source[article.blocks[1].at[0]:][:9]
    'The index'
    """
    seen = source.translate(_UNSEEN)
    body, front, notes, published = _front_matter(seen)
    published = published or _html_date(seen[body:])
    kept, at = _visible(seen, body)
    blocks = [*front, *_paragraphs(kept, at)]
    sample = "".join(block.text for block in blocks)[:4000]
    return Article(
        source=source,
        language=detect_language(
            "".join(source[block.at[0] : block.at[-1] + 1] for block in blocks)[:4000] or sample
        ),
        published=published[0] if published else None,
        has_time=published[1] if published else False,
        blocks=tuple(blocks),
        notes=tuple(notes),
    )


_FRONT = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t\r]*$", re.DOTALL | re.MULTILINE
)
_TOML_FRONT = re.compile(
    r"\A\ufeff?\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t\r]*$", re.DOTALL | re.MULTILINE
)


def _front_matter(
    source: str,
) -> tuple[int, list[Block], list[str], tuple[datetime, bool] | None]:
    match = _FRONT.match(source)
    if match is not None:
        values, notes = _yaml_scalars(match.group(1))
    else:
        match = _TOML_FRONT.match(source)
        if match is None:
            return 0, [], [], None
        values, notes = _toml_scalars(match.group(1)), []
    offset = match.start(1)
    blocks: list[Block] = []
    for key, (start, text) in values.items():
        if key == "title" or key in _HIDDEN_KEYS:
            kind: BlockKind = "title" if key == "title" else "summary"
            if text.strip() and not any(b.kind == "summary" and kind == "summary" for b in blocks):
                at = range(offset + start, offset + start + len(text))
                blocks.append(Block(kind, normalise(text), at))
    blocks.sort(key=lambda block: block.kind != "title")
    stamp = next(
        (read_stamp(values[key][1]) for key in ("date", "publishDate", "pubDate") if key in values),
        None,
    )
    return match.end(), blocks, notes, stamp


def _yaml_scalars(text: str) -> tuple[dict[str, tuple[int, str]], list[str]]:
    """Find top-level scalars and their offsets without constructing anything a tag may ask for."""
    import yaml

    if _nested_too_deeply(text):
        return {}, ["the front matter is nested too deeply; its title and date are not read"]
    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        line = f" at line {where.line + 2}" if where else ""
        return {}, [f"the front matter is not YAML{line}; its title and date are not read"]
    if not isinstance(root, yaml.MappingNode):
        return {}, ["the front matter is not a YAML mapping; its title and date are not read"]
    values: dict[str, tuple[int, str]] = {}
    notes: list[str] = []
    for key, node in root.value:
        if not node.tag.startswith("tag:yaml.org,2002:") or "python" in node.tag:
            notes.append(f"the front matter's key {key.value!r} has a YAML tag and is not read")
        elif isinstance(node, yaml.ScalarNode):
            start = text.find(node.value, node.start_mark.index, node.end_mark.index + 1)
            if start >= 0:
                values[str(key.value)] = (start, node.value)
    return values, notes


def _nested_too_deeply(text: str) -> bool:
    """Tell whether YAML opens more than :data:`DEEPEST` levels: composing recurses, in C to a crash.

    Where the loader in C gives up, be it at a depth of its own, the one in Python judges.
    """
    import yaml

    for loader in (getattr(yaml, "CSafeLoader", yaml.SafeLoader), yaml.SafeLoader):
        depth = 0
        try:
            for event in yaml.parse(text, Loader=loader):
                depth += isinstance(event, yaml.CollectionStartEvent)
                depth -= isinstance(event, yaml.CollectionEndEvent)
                if depth > DEEPEST:
                    return True
        except yaml.YAMLError:
            continue
        return False
    return False


def _toml_scalars(text: str) -> dict[str, tuple[int, str]]:
    pattern = re.compile(r"^(\w+)[ \t]*=[ \t]*[\"']?(.*?)[\"']?[ \t\r]*$", re.MULTILINE)
    return {m.group(1): (m.start(2), m.group(2)) for m in pattern.finditer(text)}


_STAMP = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?"
    r"[ ]?(Z|[+-]\d{2}:?\d{2})?)?"
)


def read_stamp(text: str) -> tuple[datetime, bool] | None:
    """Read a time stamp: the moment, and whether a time of day was given; None where it is none.

    Examples
    --------
    >>> read_stamp("2025-02-13 22:19:12")
    (datetime.datetime(2025, 2, 13, 22, 19, 12), True)
    """
    match = _STAMP.search(text)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.group(1, 2, 3))
    hour, minute, second = (int(part or 0) for part in match.group(4, 5, 6))
    zone = match.group(7)
    try:
        moment = datetime(year, month, day, hour, minute, second)
        if zone:
            stated = moment.isoformat() + zone.replace("Z", "+00:00")
            moment = datetime.fromisoformat(stated).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return (moment, match.group(4) is not None) if moment.year >= EARLIEST_YEAR else None


_HTML_DATE = re.compile(
    r"(?:article:published_time|datePublished|pubdate|publishdate|datetime)[\"']?\s*"
    r"(?:content=|:|=)?\s*[\"']([^\"']{8,40})[\"']",
    re.IGNORECASE,
)


def _html_date(text: str) -> tuple[datetime, bool] | None:
    match = _HTML_DATE.search(text[:20_000])
    return read_stamp(match.group(1)) if match else None


# What a reader does not see, longest constructs first. `text` is kept, `break` ends a paragraph.
_MARKUP = re.compile(
    r"(?P<drop><!--.*?(?:-->|\Z)"
    r"|<(?P<raw>script|style|head|noscript|template|svg|iframe|object)\b.*?(?:</(?P=raw)\s*>|\Z)"
    r"|^(?P<fence>```|~~~).*?(?:^(?P=fence)[ \t\r]*$|\Z)"
    r"|!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\))"
    r"|(?P<brk></?(?:p|div|li|ul|ol|h[1-6]|br|tr|table|section|article|blockquote|figure|figcaption|"
    r"header|footer|aside|nav|td|th|pre|hr|title|body|html)\b[^<>]{0,2000}>)"
    r"|(?P<tag></?[A-Za-z!][^<>\n]{0,4000}>)"
    r"|(?P<linkend>\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,200}\]))"
    r"|(?P<url>(?:https?://|www\.)[^\s<>)\]，。；、]{1,2000})"
    r"|(?P<entity>&(?:\#\d{1,7}|\#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,10});)"
    r"|(?P<line>^[ \t]*+(?:\#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+|[=\-*_]{3,}[ \t\r]*$|(?:\|[ \t]*)?:?-{3,}[-:| \t\r]*$))"
    r"|(?P<mark>\*{1,3}|~~|`+|\[(?=[^\]\n]{1,200}\]\()|(?<![A-Za-z0-9])_{1,2}(?=\S)|_{1,2}(?![A-Za-z0-9])|\\(?=[\\`*_{}\[\]()\#+\-.!|]))"
    r"|(?P<cell>\|)",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)


def _visible(source: str, begin: int) -> tuple[str, list[int]]:
    """Return the visible characters from ``begin`` on, and the offset of each."""
    kept: list[str] = []
    at: list[int] = []

    def keep(start: int, end: int) -> None:
        kept.append(source[start:end])
        at.extend(range(start, end))

    def put(text: str, offset: int) -> None:
        kept.append(text)
        at.extend([offset] * len(text))

    position = begin
    for match in _MARKUP.finditer(source, begin):
        keep(position, match.start())
        position = match.end()
        kind = match.lastgroup if match.lastgroup not in ("raw", "fence") else "drop"
        if kind == "brk":
            put("\n\n", match.start())
        elif kind == "line":
            mark = match.group().lstrip()[:1]
            put({"#": "\x01", "-": "\n\n", "*": "\n\n", "+": "\n\n"}.get(mark, ""), match.start())
        elif kind == "entity":
            put(html.unescape(match.group())[:1], match.start())
        elif kind in ("url", "drop"):
            put(" ", match.start())
        elif kind == "cell":
            put("，", match.start())
    keep(position, len(source))
    return "".join(kept), at


_LINE_ENDS = "\r\n\t\x01"
_LINE_END = re.compile(f"[{_LINE_ENDS}]")
_JOINED_END = "。！？!?.…”\"':：；;）)》」』"


def _paragraphs(kept: str, at: list[int]) -> list[Block]:
    """Cut the visible text at blank lines, and at line ends that end a sentence."""
    text = normalise(kept)
    blocks: list[Block] = []
    for start, end in _pieces(text):
        heading = "\x01" in text[start:end]
        while start < end and (text[start].isspace() or text[start] == "\x01"):
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            blocks.append(_block("heading" if heading else "paragraph", text, at, start, end))
    return blocks


def _block(kind: BlockKind, text: str, at: list[int], start: int, end: int) -> Block:
    """Drop line ends inside a piece: nothing between Chinese characters, a space elsewhere."""
    if _LINE_END.search(text, start, end) is None:
        return Block(kind, text[start:end], at[start:end])
    characters: list[str] = []
    offsets: list[int] = []
    for i in range(start, end):
        character = text[i]
        if character in _LINE_ENDS:
            before = characters[-1] if characters else " "
            if before == " " or ord(before) > 0x2E80:
                continue
            character = " "
        characters.append(character)
        offsets.append(at[i])
    return Block(kind, "".join(characters), offsets)


def _pieces(text: str) -> list[tuple[int, int]]:
    pieces = []
    start = 0
    for match in re.finditer(r"\n[ \t\r]*\n|\r?\n", text):
        before = text[max(start, match.start() - 1) : match.start()]
        blank = match.group().count("\n") > 1
        if blank or "\x01" in text[start : match.start()] or before in _JOINED_END:
            pieces.append((start, match.start()))
            start = match.end()
    pieces.append((start, len(text)))
    return pieces
