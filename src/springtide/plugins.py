"""What other installed packages add: metrics and sources, found by their entry points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Literal

from springtide.errors import PluginError

Group = Literal["springtide.metrics", "springtide.sources"]
"""Groups of entry points that are asked for."""


@dataclass(frozen=True, slots=True)
class Plugin:
    """A module that an installed package adds: its name, the module, and the package."""

    name: str
    module: ModuleType
    package: str


def plugins(group: Group) -> Iterator[Plugin]:
    """Yield what installed packages add, by the name of their entry points.

    Raises
    ------
    PluginError
        One of them cannot be loaded, or is no module.

    Examples
    --------
    >>> [one.name for one in plugins("springtide.sources")]
    []
    """
    from importlib.metadata import entry_points

    for point in sorted(entry_points(group=group), key=lambda point: point.name):
        package = f"{point.dist.name} {point.dist.version}" if point.dist else "a package"
        try:
            module = point.load()
        except Exception as error:
            said = f"{type(error).__name__}: {error}"
            raise PluginError(group, point.name, package, said) from error
        if not isinstance(module, ModuleType):
            raise PluginError(group, point.name, package, f"{point.value} is no module")
        yield Plugin(point.name, module, package)


def lacking(plugin: Plugin, group: Group, names: tuple[str, ...]) -> None:
    """Be sure that a module has what is asked of it.

    Raises
    ------
    PluginError
        It lacks one of the names.
    """
    absent = [name for name in names if not hasattr(plugin.module, name)]
    if absent:
        said = f"{plugin.module.__name__} has no {' and no '.join(absent)}"
        raise PluginError(group, plugin.name, plugin.package, said)
