"""Front matter of Hugo and Jekyll: title, summary and day, in YAML or TOML, with their offsets."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from springtide.language.script import normalise
from springtide.reading.blocks import Block, BlockKind
from springtide.reading.stamps import read_stamp
from springtide.reading.visible import ENTITY, blank

if TYPE_CHECKING:
    import yaml

DEEPEST = 50
"""Levels of nesting in front matter that are read at most."""

_SUMMARIES = ("summary", "description", "lead", "subtitle", "excerpt")
_DAYS = ("date", "publishDate", "pubDate")
_ADDRESSES = (
    "url", "canonical", "canonicalURL", "canonical_url", "permalink", "link", "source_url",
    "original_url",
)  # fmt: skip
_AUTHORS = ("author", "byline", "authors")
_ADDRESS = re.compile(r"https?://[^\s<>\"']+")

_YAML = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t\r]*$", re.DOTALL | re.MULTILINE
)
_TOML = re.compile(r"\A\ufeff?\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t\r]*$", re.DOTALL | re.MULTILINE)
_TOML_LINE = re.compile(r"^(\w+)[ \t]*=[ \t]*[\"']?(.*?)[\"']?[ \t\r]*$", re.MULTILINE)
_ESCAPE = re.compile(
    r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\r?\n[ \t]*|.)|''|[ \t]*\r?\n\s*",
    re.DOTALL,
)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "_": "\u00a0", "N": "\u0085", "0": " "}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands before the body: where it ends, its blocks, its stamp, and what was not read.

    ``url`` is the whole address at which the article says that it stands, "" where it says none.
    """

    end: int = 0
    blocks: tuple[Block, ...] = ()
    stamp: tuple[datetime, bool] | None = None
    notes: tuple[str, ...] = ()
    url: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class _Scalar:
    """A value as it is meant, each character with its offset in the front matter."""

    text: str
    at: Sequence[int]


def read_front_matter(source: str) -> FrontMatter:
    r"""Read the front matter of a text, without constructing anything that it asks for.

    Examples
    --------
    >>> front = read_front_matter("---\ntitle: Up 3%\ndate: 2025-02-13\n---\nBody.")
    >>> front.blocks[0].text, front.stamp
    ('Up 3%', (datetime.datetime(2025, 2, 13, 0, 0), False))
    """
    match = _YAML.match(source)
    if match is not None:
        values, notes = _yaml_scalars(match.group(1))
    else:
        match = _TOML.match(source)
        if match is None:
            return FrontMatter()
        values, notes = _toml_scalars(match.group(1)), []
    blocks = [_block("title", values["title"], match.start(1))] if "title" in values else []
    summaries = [values[key] for key in values if key in _SUMMARIES and values[key].text.strip()]
    blocks += [_block("summary", value, match.start(1)) for value in summaries[:1]]
    stamps = (read_stamp(values[key].text) for key in _DAYS if key in values)
    return FrontMatter(
        end=match.end(),
        blocks=tuple(block for block in blocks if block.text.strip()),
        stamp=next(stamps, None),
        notes=tuple(notes),
        url=next((one for one in _texts(values, _ADDRESSES) if _ADDRESS.fullmatch(one)), ""),
        author=next(_texts(values, _AUTHORS), ""),
    )


def _texts(values: Mapping[str, _Scalar], keys: Sequence[str]) -> Iterator[str]:
    """Yield what stands under the keys, where that is not empty."""
    return (text for key in keys if key in values and (text := values[key].text.strip()))


def _block(kind: BlockKind, value: _Scalar, offset: int) -> Block:
    """Make a block of a value: entities as they read, invisible characters gone."""
    seen = blank(value.text)
    at = [offset + i for i in value.at]
    if "&" in seen or "\x01" in seen:
        parts: list[str] = []
        places: list[int] = []
        position = 0
        for match in re.finditer(f"{ENTITY}|\x01+", seen):
            shown = html.unescape(match.group())[:1] if match.group()[0] == "&" else ""
            parts += [seen[position : match.start()], shown]
            places += at[position : match.start()] + [at[match.start()]] * len(shown)
            position = match.end()
        seen, at = "".join(parts) + seen[position:], places + at[position:]
    return Block(kind, normalise(seen).replace("\n", " "), at)


def _yaml_scalars(text: str) -> tuple[dict[str, _Scalar], list[str]]:
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
    values: dict[str, _Scalar] = {}
    notes: list[str] = []
    for key, node in root.value:
        if not node.tag.startswith("tag:yaml.org,2002:") or "python" in node.tag:
            notes.append(f"the front matter's key {key.value!r} has a YAML tag and is not read")
        elif isinstance(node, yaml.ScalarNode):
            values[str(key.value)] = _scalar(text, node)
    return values, notes


def _nested_too_deeply(text: str) -> bool:
    """Tell whether YAML opens more than :data:`DEEPEST` levels: composing recurses, in C to a crash.

    Where the loader in C gives up, be it at a depth of its own, the one in Python judges.
    """
    if sum(map(text.count, "[{-:?")) <= DEEPEST:
        return False  # each level begins with one of these
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


def _scalar(text: str, node: yaml.ScalarNode) -> _Scalar:
    """Place a value: as it stands, or with its escapes and folded lines undone."""
    first, last = node.start_mark.index, node.end_mark.index
    start = text.find(node.value, first, last + 1)
    if start >= 0:
        return _Scalar(node.value, range(start, start + len(node.value)))
    written = text[first:last]
    quoted = written[:1] in ("'", '"')
    begin, end = (1, len(written) - 1) if quoted else (0, len(written))
    parts: list[str] = []
    at: list[int] = []
    position = begin
    for match in _ESCAPE.finditer(written, begin, end):
        meant = _meant(match.group(), written[0])
        parts += [written[position : match.start()], meant]
        at += [*range(first + position, first + match.start())] + [first + match.start()] * len(
            meant
        )
        position = match.end()
    parts.append(written[position:end])
    at += range(first + position, first + end)
    return _Scalar("".join(parts), at)


def _meant(escape: str, quote: str) -> str:
    """Return what an escape or a line end inside a value stands for."""
    if escape == "''":
        return "'" if quote == "'" else escape
    if not escape.startswith("\\"):
        return " "
    if quote != '"':
        return escape
    if escape[1] in "xuU" and len(escape) > 2:
        code = int(escape[2:], 16)
        return chr(code) if code < 0x110000 else "\ufffd"
    return "" if escape[1] in "\r\n" else _ESCAPED.get(escape[1], escape[1])


def _toml_scalars(text: str) -> dict[str, _Scalar]:
    return {
        match.group(1): _Scalar(match.group(2), range(match.start(2), match.end(2)))
        for match in _TOML_LINE.finditer(text)
    }
