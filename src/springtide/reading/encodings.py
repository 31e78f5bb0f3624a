"""From the bytes of a file to its text, whatever encoding it is in or says that it is in.

A byte order mark decides, then UTF-8 where the bytes are valid (text in another encoding hardly ever
is), then the declared character set and the usual ones by trial: what is declared wins unless another
reads as far more of a text. Names of character sets mean what the WHATWG Encoding Standard says
(https://encoding.spec.whatwg.org/#names-and-labels): ``gb2312`` is GB18030, ``big5`` has the characters
of Hong Kong, ``iso-8859-1`` is Windows-1252.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from springtide.errors import DataError

LARGEST = 2_000_000
"""Bytes of text that are read at most; articles are a hundred times smaller."""

_COMMON = (
    "的一是不了在有人中大上以到年月日和地出分成可主生多作得市股指收升跌，。"
    "为個个為国國说說们們这這来來时時对對会會发發后後报報点點数數涨漲"
)
_BINARY = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xd0\xcf\x11\xe0", b"\xff\xd8\xff", b"GIF8")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),  # the mark stays, as it does in a file opened as UTF-8
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})"
    rb"|<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})",
    re.IGNORECASE,
)
_MEANT = {
    **dict.fromkeys(("gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "chinese"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5", "cn-big5", "cp950"), "big5hkscs"),
    **dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "ascii", "us-ascii"), "cp1252"),
    "windows-1252": "cp1252",
}
_CHINESE = ("gb18030", "big5hkscs")
_HIGH = re.compile(rb"[\x80-\xff]+")

_TORN = 0.001
"""Share of bytes that may be broken in a text that is UTF-8 all the same."""

_MANY = 0.05
"""Share of common Chinese characters that a text in a declared encoding of no Chinese cannot have."""

_CLEARLY = 1.5
"""How many times as many common characters another encoding must give to overrule what is declared."""


def load_text(path: Path) -> str:
    """Read an article's file in the encoding that it is in.

    Raises
    ------
    DataError
        The file is missing, empty, binary, too large, or in no encoding that is known.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise _too_large(path.name, size)
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataError(f"{path} cannot be read ({reason.lower()})") from None
    return decode(raw, path.name)


def decode(raw: bytes, name: str) -> str:
    r"""Turn the bytes of an article into its text.

    Parameters
    ----------
    raw
        The bytes, with or without a byte order mark or a declaration.
    name
        What to call it in an error.

    Raises
    ------
    DataError
        It is empty, binary, too large, or in no encoding that is known.

    Examples
    --------
    >>> decode("恒生指数".encode("gb18030"), "a.txt")
    '恒生指数'
    >>> decode(b"Tencent\x92s shares rose 2%", "a.txt")
    'Tencent’s shares rose 2%'
    """
    if len(raw) > LARGEST:
        raise _too_large(name, len(raw))
    if not raw.strip():
        raise DataError(f"{name} is empty", hint="give a file that holds an article's text")
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding, errors="replace")
    if b"\0" in raw[:4096] or raw.startswith(_BINARY):
        raise DataError(
            f"{name} is a binary file",
            allowed="Markdown, HTML or plain text",
            hint="save the article as text first",
        )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _by_trial(raw, name)


def _by_trial(raw: bytes, name: str) -> str:
    torn = raw.decode("utf-8", errors="replace")
    high = sum(character > "\x7f" for character in torn)
    if torn.count("\ufffd") <= max(1, _TORN * len(raw)) and torn.count("\ufffd") * 10 < high:
        return torn
    declared = _declared(raw)
    chinese = {one: text for one in _CHINESE if (text := _decoded(raw, one)) is not None}
    scores = {one: _common_characters(text) for one, text in chinese.items()}
    best = max(scores, key=lambda one: scores[one], default="")
    if declared in scores and scores[best] <= _CLEARLY * scores[declared]:
        best = declared
    if declared not in ("utf-8", "cp1252", *_CHINESE):
        text = _decoded(raw, declared)
        if text is not None and scores.get(best, 0) < _MANY * len(text):
            return text
    western = _decoded(raw, "cp1252")
    if western is not None and _is_western(raw):
        return western
    if best:
        return chinese[best]
    if western is not None and declared == "cp1252":
        return western
    if declared in _CHINESE:  # a page with a few broken bytes
        return raw.decode(declared, errors="replace")
    raise DataError(
        f"the encoding of {name} is not known",
        allowed="UTF-8, GB18030, Big5, Windows-1252, UTF-16, or one that the page declares",
        hint="save the article as UTF-8",
    )


def _declared(raw: bytes) -> str:
    """Return the encoding that the text says it is in, UTF-8 where it says none that is known."""
    match = _DECLARED.search(raw[:4096])
    if match is None:
        return "utf-8"
    label = (match.group(1) or match.group(2)).decode("ascii").lower()
    try:
        encoding = codecs.lookup(_MEANT.get(label, label)).name
    except LookupError:
        return "utf-8"
    return encoding if encoding not in ("utf-16", "utf-32") else "utf-8"


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except (UnicodeDecodeError, LookupError):  # LookupError: a codec that is not one of text
        return None


def _is_western(raw: bytes) -> bool:
    """Say whether bytes beyond ASCII stand alone, as accents and quotes do, and not in pairs."""
    runs = [match.end() - match.start() for match in _HIGH.finditer(raw)]
    return sum(length == 1 for length in runs) > 0.8 * len(runs)


def _common_characters(text: str) -> int:
    """Count characters that every Chinese article holds: read in the wrong encoding it has few."""
    return sum(map(text.count, _COMMON))


def _too_large(name: str, size: int) -> DataError:
    return DataError(
        f"{name} is too large for an article",
        given=f"{size / 1e6:,.1f} MB",
        allowed=f"at most {LARGEST / 1e6:,.0f} MB",
    )
