"""Layouts of files of published figures: how vendors lay them out, one module a layout.

``springtide import observations FILE --layout NAME`` reads a file by one of them. A module of this
package that has a ``LAYOUT`` adds one; nothing else needs to know of it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache

from springtide.errors import UnknownNameError
from springtide.market.layouts.model import Layout

OF_OTHERS = ("calls",)
"""Layouts whose rows are no figures: the command that imports them knows who reads them."""


@cache
def layouts() -> Mapping[str, Layout]:
    """Return every layout by name.

    Examples
    --------
    >>> "connect" in layouts()
    True
    """
    modules = [
        importlib.import_module(f"{__name__}.{module.name}")
        for module in pkgutil.iter_modules(__path__)
    ]
    all_ = [module.LAYOUT for module in modules if hasattr(module, "LAYOUT")]
    return {layout.name: layout for layout in sorted(all_, key=lambda each: each.name)}


def get(name: str) -> Layout:
    """Return a layout by its name.

    Raises
    ------
    UnknownNameError
        There is none of that name.
    """
    layout = layouts().get(name)
    if layout is None:
        known = ", ".join(sorted([*layouts(), *OF_OTHERS]))
        raise UnknownNameError("layout", name, hint=f"the layouts are {known}")
    return layout
