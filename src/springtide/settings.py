"""Where the lake is and where users keep their own files: arguments, environment, settings file."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

APP = "springtide"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run was set up with.

    Attributes
    ----------
    lake
        Address of the lake: a folder, or an object-store address such as ``s3://bucket/lake``.
    storage_options
        Options for an object store, passed on as they are (region, endpoint, ...).
    instruments
        The user's own instruments (``instruments.toml`` beside the settings file), None where
        there is no such file.
    baskets
        The user's own baskets (``baskets.toml`` there), None where there is no such file.
    """

    lake: str
    storage_options: tuple[tuple[str, str], ...] = ()
    instruments: Path | None = None
    baskets: Path | None = None


def config_folder() -> Path:
    """Return the folder of ``settings.toml``, ``instruments.toml`` and ``baskets.toml``.

    ``SPRINGTIDE_CONFIG`` names another one.
    """
    if chosen := os.environ.get("SPRINGTIDE_CONFIG"):
        return Path(chosen)
    from platformdirs import user_config_dir

    return Path(user_config_dir(APP, appauthor=False))


def cache_folder() -> Path:
    """Return the folder of files that can be made again (or ``SPRINGTIDE_CACHE``)."""
    if chosen := os.environ.get("SPRINGTIDE_CACHE"):
        return Path(chosen)
    from platformdirs import user_cache_dir

    return Path(user_cache_dir(APP, appauthor=False))


def load(lake: str | None = None) -> Settings:
    """Find the lake's address and the user's files.

    The address is the argument, else ``SPRINGTIDE_LAKE``, else ``lake`` in ``settings.toml`` (see
    :func:`config_folder`), else a folder ``lake`` in the user's data folder.

    Parameters
    ----------
    lake
        The address given with the command; None or "" where none was given.

    Raises
    ------
    UsageError
        The settings file is not TOML, or a value in it is of the wrong kind.

    Examples
    --------
    >>> load("/data/lake").lake
    '/data/lake'
    """
    folder = config_folder()
    stored = _read(folder / "settings.toml")
    own, baskets = folder / "instruments.toml", folder / "baskets.toml"
    address = lake or os.environ.get("SPRINGTIDE_LAKE") or stored.get("lake") or _default_lake()
    options = stored.get("storage_options", {})
    return Settings(
        lake=address,
        storage_options=tuple(sorted(options.items())),
        instruments=own if own.is_file() else None,
        baskets=baskets if baskets.is_file() else None,
    )


def _default_lake() -> str:
    from platformdirs import user_data_dir

    return str(Path(user_data_dir(APP, appauthor=False)) / "lake")


def _read(path: Path) -> dict[str, Any]:
    from springtide.errors import UsageError

    try:
        stored = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"The settings file {path} is not TOML: {error}") from error
    except OSError as error:
        raise UsageError(f"The settings file {path} cannot be read: {error.strerror}") from error
    unknown = sorted(set(stored) - {"lake", "storage_options"})
    if unknown:
        raise UsageError(
            f"Unknown setting in {path}", given=", ".join(unknown), allowed="lake, storage_options"
        )
    if not isinstance(stored.get("lake", ""), str):
        raise UsageError(
            f"The setting lake in {path} is not a text",
            given=repr(stored["lake"]),
            allowed='an address such as "/data/lake" or "s3://bucket/lake"',
        )
    options = stored.get("storage_options", {})
    if not isinstance(options, dict) or not all(isinstance(v, str) for v in options.values()):
        raise UsageError(
            f"The setting storage_options in {path} is not a table of texts", given=repr(options)
        )
    return stored
