"""What commands print: JSON for machines, tables for people, progress on standard error."""

from __future__ import annotations

import dataclasses
import math
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, time
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any

from springtide.market.reports import Progress

if TYPE_CHECKING:
    from rich.console import RenderableType

_UNWRAPPED = 10_000
"""Columns of a table that goes to a file or another program: lines are never folded there."""

_PAGE = 120
"""Columns of a text that goes to a file or another program."""


def to_json(value: Any) -> Any:
    """Turn a typed result into what JSON can hold, numbers at full precision.

    A dataclass becomes an object with its fields, a date or time its ISO form, a tuple or array a
    list. JSON has no NaN and no infinity: both become null.

    Raises
    ------
    TypeError
        A value is of a kind that has no form in JSON.

    Examples
    --------
    >>> to_json({"closes": (1.5, float("nan")), "on": date(2025, 2, 13)})
    {'closes': [1.5, None], 'on': '2025-02-13'}
    """
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value if math.isfinite(value) else None
        case date() | time():
            return value.isoformat()
        case PathLike():
            return fspath(value)
        case Mapping():
            return {str(key): to_json(item) for key, item in value.items()}
        case list() | tuple():
            return [to_json(item) for item in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        return {field.name: to_json(getattr(value, field.name)) for field in fields}
    if hasattr(value, "tolist"):  # NumPy arrays and scalars, told without importing NumPy
        return to_json(value.tolist())
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def print_json(value: Any) -> None:
    """Print a typed result as JSON on standard output.

    Examples
    --------
    >>> print_json({"name": "恒生指数", "close": 21814.37})
    {
      "name": "恒生指数",
      "close": 21814.37
    }
    """
    import json

    print(json.dumps(to_json(value), ensure_ascii=False, indent=2, allow_nan=False))


def print_table(
    columns: Sequence[str], rows: Collection[Sequence[object]], *, right: Collection[str] = ()
) -> None:
    """Print a table on standard output.

    Parameters
    ----------
    columns
        The headings.
    rows
        One cell a column; None prints as nothing. Text is printed as it is, never as markup.
    right
        Columns to align right: the numbers.

    Examples
    --------
    >>> print_table(["id", "bars"], [["HSI", 13983], ["KC", None]], right=["bars"])
     id     bars
    ─────────────
     HSI   13983
     KC
    """
    from springtide.claims.terminal import table

    print_rich(table(columns, rows, right=right), _UNWRAPPED)


def print_rich(renderable: RenderableType, width: int = _PAGE) -> None:
    """Print a table or a text, folded to a terminal's width, or to ``width`` columns elsewhere."""
    from rich.console import Console

    console = Console()
    if console.is_terminal:
        console.print(renderable)
        return
    plain = Console(width=width, color_system=None)
    with plain.capture() as captured:
        plain.print(renderable)
    for line in captured.get().splitlines():
        print(line.rstrip())


def print_parts(parts: Iterable[RenderableType]) -> None:
    """Print what a renderer gives: text lines and tables as they are, other texts folded.

    Examples
    --------
    >>> from springtide.claims.terminal import table
    >>> print_parts(["Bars", "", table(["id", "bars"], [["HSI", 13983]])])
    Bars
    <BLANKLINE>
     id    bars
    ─────────────
     HSI   13983
    """
    from rich.table import Table

    for one in parts:
        if isinstance(one, str):
            print(one)
        else:
            print_rich(one, _UNWRAPPED if isinstance(one, Table) else _PAGE)


@contextmanager
def progress(what: str) -> Iterator[Progress]:
    """Show a progress bar on standard error while something long is done.

    Only on a terminal; elsewhere nothing is printed and the callback does nothing.

    Parameters
    ----------
    what
        What is being done, in a few words.

    Yields
    ------
    Progress
        The callback to hand to what does it: called with the part at hand, how many parts are done
        and how many there are.

    Examples
    --------
    >>> with progress("Reading files") as report:
    ...     report("hsi.csv", 1, 2)
    """
    if not sys.stderr.isatty():
        yield lambda part, done, total: None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress as Bar

    # Rich would send what is printed meanwhile to the bar's own terminal, past a file or a pipe.
    console, to_terminal = Console(stderr=True), sys.stdout.isatty()
    with Bar(console=console, transient=True, redirect_stdout=to_terminal) as bar:
        task = bar.add_task(what, total=None)

        def show(part: str, done: int, total: int) -> None:
            bar.update(task, description=escape(f"{what} {part}"), completed=done, total=total)

        yield show
