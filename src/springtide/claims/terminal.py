"""What a terminal shows: tables, and texts folded as their language is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from springtide.language.messages import say
from springtide.language.types import Language

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.table import Table
    from rich.text import Text


def table(
    columns: Sequence[str], rows: Collection[Sequence[object]], *, right: Collection[str] = ()
) -> Table:
    """Return a table for a rich console.

    Parameters
    ----------
    columns
        The headings.
    rows
        One cell a column; None shows as nothing. Text is shown as it is, never as markup.
    right
        Columns to align right: the numbers.

    Examples
    --------
    >>> table(["id", "bars"], [["HSI", 13983], ["KC", None]], right=["bars"]).row_count
    2
    """
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    made = Table(box=SIMPLE_HEAD, show_edge=False)
    for column in columns:
        made.add_column(Text(column), justify="right" if column in right else "left")
    for row in rows:
        made.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    return made


def folded(text: str | Text, language: Language) -> RenderableType:
    """Return plain or styled text for a rich console, folded as the language is.

    Examples
    --------
    >>> str(folded("The Hang Seng [Index]", "en"))
    'The Hang Seng [Index]'
    """
    from rich.text import Text

    shown = Text(text) if isinstance(text, str) else text
    return shown if say("format.space", language) else _Chinese(shown)


@dataclass(frozen=True, slots=True)
class _Chinese:
    """Chinese text for a console, broken between characters but never inside a figure.

    Rich breaks at spaces, and where there is none at the console's edge, be it inside a number.
    """

    text: Text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        yield from self.text.divide(_breaks(self.text.plain, options.max_width))


_PIECE = re.compile(r"[（「『“]*(?:[!-~]+|.)[，。、；：）」』”]*", re.DOTALL)
"""What stays on one line: a figure or a character, with brackets before it and signs after it."""


def _breaks(text: str, width: int) -> list[int]:
    """Return where to break a text so that its lines fit a width in cells.

    Examples
    --------
    >>> _breaks("收报5,048.62点。", 10)
    [2, 10]
    >>> _breaks("機會率為49%（一半一半）", 13)
    [7]
    """
    from rich.cells import cell_len

    breaks, used = [], 0
    for piece in _PIECE.finditer(text):
        size = cell_len(piece[0])
        if used and used + size > width:
            breaks.append(piece.start())
            used = 0
        used += size
    return breaks
