"""Results of long computations, kept on disk under a digest of everything that they depend on.

What is kept can be made again at any time: the same numbers in give the same bits out. A digest
covers the inputs, the source of the numerics and the versions of the libraries beneath, so that an
answer of another program is never taken for one of this.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from springtide.settings import cache_folder

Arrays = Mapping[str, npt.NDArray[Any]]

MOST = 4000
"""Results kept; beyond it the oldest go. One takes a few kilobytes."""

_PACKAGES = ("springtide.numerics.psy", "springtide.numerics.lppls")
_LIBRARIES = ("arch", "numba", "numpy", "scipy")


def kept(
    name: str,
    inputs: Sequence[object],
    compute: Callable[[], Arrays],
    *,
    folder: str = "fits",
    most: int | None = None,
) -> Arrays:
    """Return what ``compute`` returns, from the disk where it has been computed before.

    Parameters
    ----------
    name
        What is computed, as in a file name.
    inputs
        All that the result depends on: arrays, and values that their ``repr`` tells apart.
    compute
        Makes the result, named arrays. It is called where nothing is kept, or what is cannot be
        read.
    folder, most
        Where results of a kind are kept, and how many: fewer of those that take more room than
        :data:`MOST`.

    Returns
    -------
    Mapping
        The arrays, equal to the last bit either way. A cache that cannot be written is no error.

    Examples
    --------
    >>> import os, tempfile
    >>> os.environ["SPRINGTIDE_CACHE"] = tempfile.mkdtemp()
    >>> def compute():
    ...     print("computing")
    ...     return {"sum": np.array(3.0)}
    >>> for _ in range(2):
    ...     print(kept("sum", [np.array([1.0, 2.0])], compute)["sum"])
    computing
    3.0
    3.0
    >>> del os.environ["SPRINGTIDE_CACHE"]
    """
    path = cache_folder() / folder / f"{name}-{_digest(inputs)}.npz"
    arrays = _load(path)
    if arrays is None:
        arrays = compute()
        _store(path, arrays, MOST if most is None else most)
    return arrays


def _digest(inputs: Sequence[object]) -> str:
    digest = hashlib.sha256(_program())
    for one in inputs:
        if isinstance(one, np.ndarray):
            digest.update(f"{one.dtype}{one.shape}".encode())
            digest.update(np.ascontiguousarray(one).tobytes())
        else:
            digest.update(repr(one).encode())
        digest.update(b"\0")
    return digest.hexdigest()[:32]


@cache
def _program() -> bytes:
    """Return a digest of the numerics' source and of the libraries' versions."""
    digest = hashlib.sha256(" ".join(map(version, _LIBRARIES)).encode())
    for package in _PACKAGES:
        sources = (one for one in files(package).iterdir() if one.name.endswith(".py"))
        for source in sorted(sources, key=lambda one: one.name):
            digest.update(source.read_bytes())
    return digest.digest()


def _load(path: Path) -> Arrays | None:
    try:
        with np.load(path, allow_pickle=False) as stored:
            return dict(stored.items())
    except (OSError, ValueError, EOFError, zipfile.BadZipFile):
        return None


def _store(path: Path, arrays: Arrays, most: int) -> None:
    """Write a result in one step, and let the oldest go where there are too many."""
    named: dict[str, Any] = dict(arrays)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            np.savez(file, **named)
        os.replace(temporary, path)
        _tidy(path.parent, most)


def _tidy(folder: Path, most: int) -> None:
    stored = list(folder.glob("*.npz"))
    if len(stored) > most:
        for old in sorted(stored, key=lambda one: one.stat().st_mtime)[: -most // 2]:
            old.unlink(missing_ok=True)
