"""Write result files so that a reader never meets half of one."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from itertools import count
from pathlib import Path

from springtide.errors import SpringtideError


def write_files(folder: Path, contents: Mapping[str, str | bytes]) -> tuple[Path, ...]:
    """Write files into a folder, made if it is not there.

    All are written under temporary names first and moved to their own names once every one is
    complete, so that a full disk or a crash leaves what was there before. Other files in the folder
    are left alone.

    Parameters
    ----------
    folder
        Where the files go.
    contents
        By file name: text, written as UTF-8, or bytes.

    Returns
    -------
    tuple[Path, ...]
        The files in the order given.

    Raises
    ------
    SpringtideError
        The folder cannot be made or written to.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in write_files(Path(folder) / "out", {"check.json": "{}"})]
    ['check.json']
    """
    waiting: list[tuple[str, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            data = content.encode("utf-8") if isinstance(content, str) else content
            waiting.append((_write_temporary(folder, data), folder / name))
        while waiting:
            temporary, target = waiting[0]
            os.replace(temporary, target)
            waiting.pop(0)
    except OSError as error:
        raise SpringtideError(
            f"Cannot write results to {folder}: {error.strerror or error}",
            hint="choose another folder with --out",
        ) from error
    finally:
        for temporary, _ in waiting:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
    return tuple(folder / name for name in contents)


def _write_temporary(folder: Path, data: bytes) -> str:
    handle, name = _new_file(folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
    except BaseException:
        os.unlink(name)
        raise
    return name


_NUMBERS = count()
_BINARY = getattr(os, "O_BINARY", 0)  # where lines would be ended otherwise


def _new_file(folder: Path) -> tuple[int, str]:
    """Open a file that was not there, as readable to others as any that the user makes."""
    while True:
        name = str(folder / f".springtide-{os.getpid()}-{next(_NUMBERS)}.part")
        with contextlib.suppress(FileExistsError):  # of a process that ended before its time
            return os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666), name
