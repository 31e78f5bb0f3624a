"""The options that commands share, and what they open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from springtide import settings

if TYPE_CHECKING:
    from springtide.market.lake import Lake

LakeAddress = Annotated[
    str | None,
    Parameter(
        name="--lake",
        help="Where the lake is: a folder or an object-store address. Without it SPRINGTIDE_LAKE, "
        "else the settings file, else a folder of your user data.",
    ),
]

Json = Annotated[
    bool,
    Parameter(name="--json", negative=(), show_default=False, help="Print JSON, for machines."),
]


def open_lake(address: str | None) -> Lake:
    """Open the lake that a command is to read.

    Raises
    ------
    UsageError
        The settings file cannot be understood.
    LakeError
        There is no lake there, or it cannot be read.
    """
    from springtide.market.lake import Lake

    config = settings.load(address)
    return Lake.open(config.lake, dict(config.storage_options))


def open_or_make_lake(address: str | None) -> Lake:
    """Open the lake that a command is to fill, making it where there is none.

    Raises
    ------
    UsageError
        The settings file cannot be understood.
    LakeError
        It cannot be made there, or exists and cannot be read.
    """
    from springtide.market.lake import Lake

    config = settings.load(address)
    return Lake.create(config.lake, dict(config.storage_options))
