"""Front matter for a theme of one's own: keys renamed, left out and added, as a file says.

::

    leave_out = ["categories"]

    [names]
    thumbnail = "cover.image"   # ours = the theme's; a dot makes a table
    summary = "description"

    [add]
    draft = true
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from springtide.errors import UsageError

KEYS = (
    "title",
    "date",
    "summary",
    "categories",
    "translations",
    "tags",
    "thumbnail",
    "lead",
    "comments",
    "authorbox",
    "pager",
    "toc",
    "mathjax",
    "sidebar",
    "widgets",
)
"""Keys of the front matter in their order. None of them means something else to Hugo."""

RESERVED = frozenset({"lang", "path", "kind", "_build", "cascade"})
"""Keys that Hugo gives a meaning of its own, so that a page with them is refused or lost."""

_PARTS = ("names", "leave_out", "add")


@dataclass(frozen=True, slots=True)
class ThemeKeys:
    """How a theme wants its front matter."""

    names: Mapping[str, str] = field(default_factory=dict)
    leave_out: frozenset[str] = frozenset()
    add: Mapping[str, Any] = field(default_factory=dict)

    def mapped(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return front matter as the theme wants it.

        Examples
        --------
        >>> wanted = ThemeKeys({"thumbnail": "cover.image"}, frozenset({"toc"}), {"draft": True})
        >>> wanted.mapped({"title": "A", "thumbnail": "front.en.svg", "toc": False})
        {'title': 'A', 'cover': {'image': 'front.en.svg'}, 'draft': True}
        """
        made: dict[str, Any] = {}
        for key, value in values.items():
            if key not in self.leave_out:
                _put(made, self.names.get(key, key), value)
        for key, value in self.add.items():
            _put(made, key, value)
        return made


def read_theme_keys(path: Path) -> ThemeKeys:
    """Read how a theme wants its front matter.

    Parameters
    ----------
    path
        A TOML file with ``names``, ``leave_out`` and ``add``, each optional.

    Raises
    ------
    UsageError
        The file cannot be read, or holds something else; what is said.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"The theme's keys cannot be read: {error}", given=str(path)) from error
    for part in document:
        if part not in _PARTS:
            raise UsageError("No such part", given=f"{part} in {path}", allowed=", ".join(_PARTS))
    names, out, add = (document.get(part, {}) for part in _PARTS)
    out = out or []
    if not _are_texts(names) or not isinstance(out, list) or not isinstance(add, dict):
        raise UsageError("names and add are tables, leave_out is a list of keys", given=str(path))
    for key in (*names, *out):
        if key not in KEYS:
            raise UsageError(
                "Front matter has no such key", given=f"{key} in {path}", allowed=", ".join(KEYS)
            )
    for key in (*names.values(), *add):
        if key.partition(".")[0] in RESERVED:
            raise UsageError("Hugo keeps that key for itself", given=f"{key} in {path}")
    return ThemeKeys(names, frozenset(out), add)


def _are_texts(table: object) -> bool:
    return isinstance(table, dict) and all(isinstance(value, str) for value in table.values())


def _put(made: dict[str, Any], key: str, value: object) -> None:
    """Put a value under a key; dots lead into tables."""
    table, _, rest = key.partition(".")
    if not rest:
        made[table] = value
        return
    inner = made.setdefault(table, {})
    if not isinstance(inner, dict):
        raise UsageError("A key of the theme is both a value and a table", given=key)
    _put(inner, rest, value)
