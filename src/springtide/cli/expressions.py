"""Compiled regular expressions, kept between runs as Python keeps compiled modules.

An article is read with some 650 expressions, and ``re`` compiles each anew in every process: a
sixth of a second, more than the reading itself. Their code is kept in the user's cache folder, in
a file for this version of Python and of its matcher. Python checks that code before it takes it;
where no file can be read or written, expressions are compiled as ever.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import marshal
import os
import re
import sys
import tempfile
import zlib
from array import array
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

MOST = 4000
"""Expressions kept; beyond it those of the last run alone are."""

WORTH_WRITING = 20
"""The fewest new ones for which the file is written again: some are made of an article's words."""

Code = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""Flags, code, number of groups, groups by name, names by group."""


class Expressions:
    """The expressions of a file, and those of this run that are to be added to it."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.kept: dict[tuple[str, int], Code] = _load(file)
        self.used: dict[tuple[str, int], Code] = {}
        self.new = 0

    def compile(self, pattern: str, flags: int) -> re.Pattern[str]:
        """Return an expression as ``re`` compiles it."""
        key = (pattern, flags)
        code = self.kept.get(key)
        if code is None:
            code = _compiled(pattern, flags)
            self.new += 1
        self.used[key] = code
        return _expression(pattern, code)

    def save(self) -> None:
        """Write the file anew where enough is new."""
        if self.new < WORTH_WRITING:
            return
        every = self.kept | self.used
        _store(self.file, every if len(every) <= MOST else self.used)


def _compiled(pattern: str, flags: int) -> Code:
    from re import _compiler, _parser  # type: ignore[attr-defined]

    parsed = _parser.parse(pattern, flags)
    state = parsed.state
    names: list[str | None] = [None] * state.groups
    for name, group in state.groupdict.items():
        names[group] = name
    code = array("I", _compiler._code(parsed, flags)).tobytes()
    return flags | state.flags, code, state.groups - 1, dict(state.groupdict), tuple(names)


def _expression(pattern: str, code: Code) -> re.Pattern[str]:
    flags, words, groups, by_name, names = code
    expression: re.Pattern[str] = _sre.compile(
        pattern, flags, array("I", words).tolist(), groups, by_name, names
    )
    return expression


def _load(file: Path) -> dict[tuple[str, int], Code]:
    """Return what a file holds; nothing where it is not there or not whole."""
    with suppress(OSError, ValueError, EOFError, TypeError):
        data = file.read_bytes()
        if zlib.crc32(data[4:]) == int.from_bytes(data[:4], "little"):
            kept: dict[tuple[str, int], Code] = marshal.loads(data[4:])
            return kept
    return {}


def _store(file: Path, codes: dict[tuple[str, int], Code]) -> None:
    """Write a file in one step; a folder that cannot be written to is no error."""
    data = marshal.dumps(codes)
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=file.parent, suffix=".part")
        with os.fdopen(handle, "wb") as part:
            part.write(zlib.crc32(data).to_bytes(4, "little") + data)
        os.replace(temporary, file)


@contextmanager
def keeping_expressions(folder: Path) -> Iterator[Expressions | None]:
    """Let ``re`` take expressions that an earlier run compiled from a folder, and keep its own.

    ``re`` has no door for this: its one function that compiles is replaced meanwhile. Where a
    Python has another one, nothing is kept.
    """
    compiler: Any = getattr(re, "_compiler", None)
    plain = getattr(compiler, "compile", None)
    if plain is None or sys.implementation.name != "cpython":
        yield None
        return
    name = f"{sys.implementation.cache_tag}-{_sre.MAGIC}.bin"
    expressions = Expressions(folder / "expressions" / name)

    def compile_or_take(pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        if type(pattern) is not str or flags & re.DEBUG.value:
            made: re.Pattern[Any] = plain(pattern, flags)
            return made
        return expressions.compile(pattern, flags)

    compiler.compile = compile_or_take
    try:
        yield expressions
    finally:
        compiler.compile = plain
        expressions.save()
