"""Code that Python makes anew in every process, kept between runs as compiled modules are.

An article is read with some 650 regular expressions and 290 dataclasses. To compile the former, and
the methods that the latter are given, took a quarter of a second, more than the reading itself.
Both are kept in the user's cache folder, in a file for this version of Python. They are found by
their whole text, so that no other code is ever taken for them; where no file can be read or
written, all is compiled as ever.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import dataclasses
import marshal
import os
import re
import sys
import tempfile
from array import array
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from types import CodeType
from typing import Any

MOST = 6000
"""Pieces of code kept; beyond it those of the last run alone are."""

WORTH_WRITING = 20
"""The fewest new ones for which the file is written again: some are made of an article's words."""

Expression = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""Flags, code, number of groups, groups by name, names by group."""

Key = tuple[str, int] | str
"""Pattern and flags of an expression, or the text of a method."""

Codes = dict[Key, Any]


class KeptCode:
    """The code of a file, and that of this run which is to be added to it."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.kept: Codes = _load(file)
        self.used: Codes = {}
        self.new = 0

    def expression(self, pattern: str, flags: int) -> re.Pattern[str]:
        """Return an expression as ``re`` compiles it."""
        key = (pattern, flags)
        code: Expression | None = self.kept.get(key)
        if code is None:
            code = _compiled(pattern, flags)
            self.new += 1
        self.used[key] = code
        return _expression(pattern, code)

    def method(self, text: str) -> CodeType:
        """Return the code of the text of a method as ``exec`` compiles it."""
        written: bytes | None = self.kept.get(text)
        if written is None:
            written = marshal.dumps(compile(text, "<string>", "exec", dont_inherit=True))
            self.new += 1
        self.used[text] = written
        code: CodeType = marshal.loads(written)
        return code

    def save(self) -> None:
        """Write the file anew where enough is new."""
        if self.new < WORTH_WRITING:
            return
        every = self.kept | self.used
        _store(self.file, every if len(every) <= MOST else self.used)


def _compiled(pattern: str, flags: int) -> Expression:
    from re import _compiler, _parser  # type: ignore[attr-defined]

    parsed = _parser.parse(pattern, flags)
    state = parsed.state
    names: list[str | None] = [None] * state.groups
    for name, group in state.groupdict.items():
        names[group] = name
    code = array("I", _compiler._code(parsed, flags)).tobytes()
    return flags | state.flags, code, state.groups - 1, dict(state.groupdict), tuple(names)


def _expression(pattern: str, code: Expression) -> re.Pattern[str]:
    flags, words, groups, by_name, names = code
    expression: re.Pattern[str] = _sre.compile(  # which checks what it is given
        pattern, flags, array("I", words).tolist(), groups, by_name, names
    )
    return expression


def _load(file: Path) -> Codes:
    """Return what a file holds; nothing where it is not there or not whole."""
    with suppress(OSError, ValueError, EOFError, TypeError):
        kept: Codes = marshal.loads(file.read_bytes())
        return kept if isinstance(kept, dict) else {}
    return {}


def _store(file: Path, codes: Codes) -> None:
    """Write a file in one step; a folder that cannot be written to is no error."""
    data = marshal.dumps(codes)
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=file.parent, suffix=".part")
        with os.fdopen(handle, "wb") as part:
            part.write(data)
        os.replace(temporary, file)


@contextmanager
def keeping_code(folder: Path) -> Iterator[KeptCode | None]:
    """Let ``re`` and ``dataclasses`` take code that an earlier run kept in a folder, and keep more.

    Neither has a door for this: the one function of each that compiles is replaced meanwhile.
    Where a Python has other ones, nothing is kept.
    """
    compiler: Any = getattr(re, "_compiler", None)
    plain = getattr(compiler, "compile", None)
    if plain is None or sys.implementation.name != "cpython":
        yield None
        return
    name = f"{sys.implementation.cache_tag}-{MAGIC_NUMBER.hex()}-{_sre.MAGIC}.bin"
    kept = KeptCode(folder / "code" / name)

    def compile_or_take(pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        if type(pattern) is not str or flags & re.DEBUG.value:
            made: re.Pattern[Any] = plain(pattern, flags)
            return made
        return kept.expression(pattern, flags)

    def exec_or_take(text: str, *names: Any) -> None:
        exec(kept.method(text), *names)

    compiler.compile = compile_or_take
    dataclasses.exec = exec_or_take  # type: ignore[attr-defined]
    try:
        yield kept
    finally:
        compiler.compile = plain
        del dataclasses.exec  # type: ignore[attr-defined]
        kept.save()
