"""The commands of the watch list."""

from __future__ import annotations

from typing import Literal

from springtide.cli.options import LakeAddress


def watch(
    do: Literal["add", "remove", "list"] = "list",
    symbol: str | None = None,
    /,
    *,
    lake: LakeAddress = None,
) -> None:
    """Keep the watch list: instruments that one looks at every day.

    `springtide serve` begins with it. It is a file in the folder of your settings, one identifier a
    line.

    For example:

    ```console
    springtide watch list
    ```

    Parameters
    ----------
    do
        add, remove or list.
    symbol
        An instrument by its identifier or any of its names.
    """
    from springtide.errors import UsageError
    from springtide.library import watch as lists

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
    print(f"{identifier} is {said[0] if changed else said[1]} the watch list")


def _identifier(symbol: str, lake: str | None, *, adding: bool) -> str:
    from datetime import date

    from springtide.cli.options import open_lake
    from springtide.library.watch import watched
    from springtide.market.view import View

    if not adding and symbol in watched():
        return symbol
    return View(open_lake(lake), date.today()).instrument(symbol).id
