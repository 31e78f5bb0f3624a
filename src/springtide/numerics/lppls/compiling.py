"""How the kernels are compiled, kept on disk, and kept up to date there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])


def entry(function: Function) -> Function:
    """Compile a kernel that is called from Python; it is kept on disk and frees the lock."""
    compiled = njit(
        function,
        cache=True,
        nogil=True,
        error_model="numpy",
        fastmath={"reassoc", "contract", "nsz"},
    )
    return cast(Function, compiled)


def part(function: Function) -> Function:
    """Compile a piece of an entry.

    It is inlined, so that an entry's code, and every bit of its results, is the same whether it
    was compiled just now or loaded from disk.
    """
    compiled = njit(
        function, forceinline=True, error_model="numpy", fastmath={"reassoc", "contract", "nsz"}
    )
    return cast(Function, compiled)


def ordered_part(function: Function) -> Function:
    """Compile a piece of an entry in which the order of additions matters."""
    compiled = njit(function, forceinline=True, error_model="numpy", fastmath={"contract"})
    return cast(Function, compiled)


def kept(entries: Iterable[Any], folder: str = os.path.dirname(__file__)) -> bool:
    """Whether all entries are on disk; those older than a source file of their package go first.

    numba looks at the file of the entry only, and would go on using old parts from others.
    """
    sources = [name for name in os.listdir(folder) if name.endswith(".py")]
    newest = max(os.path.getmtime(os.path.join(folder, name)) for name in sources)
    is_kept = []
    for compiled in entries:
        place = compiled.stats.cache_path
        stem = f"{compiled.__module__.rpartition('.')[2]}.{compiled.__name__}-"
        fresh = False
        for name in os.listdir(place) if place and os.path.isdir(place) else ():
            index = os.path.join(place, name)
            if name.startswith(stem) and name.endswith(".nbi"):
                fresh = os.path.getmtime(index) >= newest
                if not fresh:
                    os.remove(index)
        is_kept.append(fresh)
    return all(is_kept)
