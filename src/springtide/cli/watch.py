"""The commands of the watch list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from springtide.cli.options import Json, LakeAddress


def watch(
    do: Literal["add", "remove", "list"] = "list",
    symbol: str | None = None,
    /,
    *,
    lake: LakeAddress = None,
    json: Json = False,
) -> None:
    """Keep the watch list: instruments that one looks at every day.

    `springtide serve` begins with it. It is a file in the folder of your settings, one identifier a
    line.

    For example:

    ```console
    springtide watch list
    springtide watch list --json
    ```

    With `--json` the list is printed after the change, each instrument measured as of its last
    close, as the first page of `springtide serve` shows it.

    Parameters
    ----------
    do
        add, remove or list.
    symbol
        An instrument by its identifier or any of its names.
    """
    from springtide.errors import UsageError
    from springtide.library import watch as lists

    if do == "list" and json:
        _print_json(lake, lists.watched())
        return
    if do == "list":
        for each in lists.watched():
            print(each)
        return
    if not symbol:
        raise UsageError(
            "Which instrument is missing", allowed=f"springtide watch {do} SYMBOL, such as HSTECH"
        )
    identifier = _identifier(symbol, lake, adding=do == "add")
    changed = lists.watch(identifier) if do == "add" else lists.unwatch(identifier)
    said = {"add": ("now on", "already on"), "remove": ("no longer on", "not on")}[do]
    if json:
        _print_json(lake, lists.watched())
        return
    print(f"{identifier} is {said[0] if changed else said[1]} the watch list")


def _print_json(lake: str | None, symbols: Sequence[str]) -> None:
    """Print the list as ``watch.schema.json`` has it: how old and how high each rally is."""
    from springtide import __version__
    from springtide.cli.output import print_json
    from springtide.library.door import open as open_library
    from springtide.web.heat import row_of

    opened = open_library(lake)
    rows = [row_of(opened, symbol).to_dict() for symbol in symbols]
    print_json(
        {"software": f"springtide {__version__}", "versions": opened.versions, "watched": rows}
    )


def _identifier(symbol: str, lake: str | None, *, adding: bool) -> str:
    from datetime import date

    from springtide.cli.options import open_lake
    from springtide.library.watch import watched
    from springtide.market.view import View

    if not adding and symbol in watched():
        return symbol
    return View(open_lake(lake), date.today()).instrument(symbol).id
