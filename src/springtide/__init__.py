"""Springtide answers how long a rally can last.

The library as users import it: open a lake, ask an instrument as of a day.

    import springtide

    lake = springtide.open()
    day = lake["恒生科技指数"].asof("2025-02-13")
    day.measure("rsi", window=14)

Nothing heavy is imported before it is used: the names below are found when they are asked for. The
package is a house of rooms, each importing only from the rooms below it; see
``docs/explanation/floors.md``.
"""

from __future__ import annotations

__version__ = "0.1.0"

_ROOMS = {
    "springtide.library.door": ("create", "load", "open"),
    "springtide.library.lake": ("Lake",),
    "springtide.library.day": ("Day", "Subject"),
    "springtide.library.results": (
        "Bars",
        "Brief",
        "BubbleTests",
        "Calls",
        "Chart",
        "Check",
        "Loaded",
        "Measurement",
        "Outlook",
    ),
}
_WHERE = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [
    "Bars",
    "Brief",
    "BubbleTests",
    "Calls",
    "Chart",
    "Check",
    "Day",
    "Lake",
    "Loaded",
    "Measurement",
    "Outlook",
    "Subject",
    "__version__",
    "create",
    "errors",
    "load",
    "open",
]


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name == "errors":
        return import_module("springtide.errors")
    room = _WHERE.get(name)
    if room is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(room), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
