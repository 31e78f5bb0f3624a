"""What all pages share: the lake as a request sees it, what was worked out before, and words."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from springtide.errors import UsageError
from springtide.language.messages import LANGUAGES
from springtide.language.types import Language
from springtide.library.lake import Lake
from springtide.market import lake as lakes

T = TypeVar("T")

_KEPT = 256
"""Results that are held, the latest used."""


class Site:
    """A lake that is served, and the results that are kept for its versions."""

    def __init__(self, stored: lakes.Lake, language: Language = "en") -> None:
        self.stored = stored
        self.language: Language = language
        self._kept: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._lock = threading.Lock()
        self._working: dict[tuple[Any, ...], threading.Lock] = {}

    def lake(self, pins: str, language: Language) -> Lake:
        """Return the lake at the versions of now, or at those that an address pins.

        Parameters
        ----------
        pins
            As ``bars:52,observations:0``; empty for now.
        language
            Of what is said.

        Raises
        ------
        UsageError
            The versions cannot be read.
        LakeError
            There is no such version.
        """
        at = self.stored.at(_pins(pins, self.stored) if pins else None)
        return Lake(at, language)

    def kept(self, lake: Lake, key: tuple[Any, ...], make: Callable[[], T]) -> T:
        """Return a result of a lake's versions, worked out once however many ask at a time."""
        whole = (tuple(sorted(lake.versions.items())), lake.language, *key)
        with self._lock:
            if whole in self._kept:
                self._kept.move_to_end(whole)
                return cast(T, self._kept[whole])
            working = self._working.setdefault(whole, threading.Lock())
        with working:
            with self._lock:
                if whole in self._kept:
                    return cast(T, self._kept[whole])
            made = make()
            with self._lock:
                self._kept[whole] = made
                self._working.pop(whole, None)
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        return made


def _pins(text: str, stored: lakes.Lake) -> Mapping[str, int]:
    pins = {}
    known = stored.versions()
    for part in text.split(","):
        table, _, version = part.partition(":")
        if table not in known or not (
            version.isascii() and version.isdigit() and len(version) < 10
        ):
            raise UsageError(
                "Versions of tables cannot be read", given=text,
                allowed="table:number, separated by commas; tables are " + ", ".join(known),
            )  # fmt: skip
        pins[table] = int(version)
    return pins


def pins_text(versions: Mapping[str, int]) -> str:
    """Return versions as an address pins them.

    Examples
    --------
    >>> pins_text({"bars": 52, "observations": 0})
    'bars:52,observations:0'
    """
    return ",".join(f"{table}:{version}" for table, version in versions.items())


def language_of(given: str | None, accepted: str, default: Language) -> Language:
    """Return the language of a page: the one that was chosen, else what the browser prefers.

    Examples
    --------
    >>> language_of(None, "zh-HK,zh;q=0.9,en;q=0.8", "en"), language_of("zh-cn", "en", "en")
    ('zh-hk', 'zh-cn')
    """
    if given in LANGUAGES:
        return given
    first = accepted.split(",")[0].split(";")[0].strip().lower()
    if first.startswith("zh"):
        return "zh-hk" if any(part in first for part in ("hk", "tw", "hant", "mo")) else "zh-cn"
    return "en" if first.startswith("en") else default
