"""The watch list: instruments that are looked at every day, one identifier a line in a file."""

from __future__ import annotations

from pathlib import Path

from springtide.errors import SpringtideError
from springtide.files import write_files
from springtide.settings import config_folder

NAME = "watch.txt"


def watched() -> tuple[str, ...]:
    """Return the identifiers on the watch list, in the order in which they were added.

    Raises
    ------
    SpringtideError
        The file is there and cannot be read.
    """
    path = _path()
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise SpringtideError(f"The watch list {path} cannot be read: {error}") from error
    named = (line.partition("#")[0].strip() for line in lines)
    return tuple(dict.fromkeys(filter(None, named)))


def watch(symbol: str) -> bool:
    """Put an instrument on the list; False where it is on it already."""
    held = watched()
    if symbol in held:
        return False
    _write((*held, symbol))
    return True


def unwatch(symbol: str) -> bool:
    """Take an instrument off the list; False where it is not on it."""
    held = watched()
    if symbol not in held:
        return False
    _write(tuple(one for one in held if one != symbol))
    return True


def _path() -> Path:
    return config_folder() / NAME


def _write(symbols: tuple[str, ...]) -> None:
    write_files(config_folder(), {NAME: "".join(f"{one}\n" for one in symbols)})
