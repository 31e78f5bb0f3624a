"""Tables whose header tells the instrument: in a line of its own, or as the name of a column.

Bloomberg and yfinance write two lines: which instrument, and which of its figures. FRED and many
sheets have a column of closes for each instrument, named after it. Both are brought to one row an
instrument and day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from springtide.market import codes, instruments
from springtide.market.sources import headers
from springtide.market.sources.grid import Grid, Header

if TYPE_CHECKING:
    pass

_DAY_NAMES = ("date", "datetime", "dates", "日期")
_YELLOW_KEY = re.compile(r" (?:Index|Equity|Curncy|Comdty|Corp)$", re.IGNORECASE)


def told(text: str) -> str | None:
    """Return the id of the instrument that a cell names exactly, None where it names none.

    Examples
    --------
    >>> told("HSI Index"), told("0700.HK"), told("700 HK Equity"), told("Volume"), told("SP500")
    ('HSI', '0700.HK', '0700.HK', None, 'SPX')
    """
    plain = text.strip().lstrip("^'")
    if not plain or headers.role(plain):
        return None
    for each in (plain, _YELLOW_KEY.sub("", plain), f"^{plain}", re.sub("^SP500$", "SPX", plain)):
        known = instruments.registered(each)
        if known:
            return known.id
    return codes.read(plain) or codes.read(_YELLOW_KEY.sub("", plain))


def count_series(names: Sequence[str]) -> int:
    """Return :func:`.headers.count_known`, with the columns named after series beside a date.

    A single column beside a date is one of figures, whatever it is called.

    Examples
    --------
    >>> count_series(["observation_date", "SP500"]), count_series(["日期", "净值"])
    (2, 2)
    >>> count_series(["日期", "恒生指数", "恒生科技指数", "备注"])
    3
    """
    known = headers.count_known(names)
    roles = [headers.role(name) for name in names]
    if known == 1 and "date" in roles:
        others = [name for name, each in zip(names, roles, strict=True) if each is None]
        single = len(names) == len(others) + 1 == 2
        known += 1 if single else sum(told(name) is not None for name in others)
    return known


BARS = Header(count_series, headers.ALLOWED)
"""How the line of column names of a file of bars is told."""


def unstack(grid: Grid) -> Grid:
    """Return a table with one row an instrument and day, with a column ``symbol``.

    Examples
    --------
    >>> import polars as pl
    >>> frame = pl.DataFrame({"Dates": ["2025-02-13"], "PX_LAST": ["21814"], "PX_LAST.1": ["5250"]})
    >>> two = Grid("x", frame, 3, above=(("", "HSI Index", "HSTECH Index"),))
    >>> unstack(two).frame.rows()
    [('2025-02-13', '21814', 'HSI'), ('2025-02-13', '5250', 'HSTECH')]
    >>> wide = pl.DataFrame({"date": ["2025-02-13"], "HSI": ["21814"], "恒生科技指数": ["5250"]})
    >>> unstack(Grid("x", wide, 2)).frame.rows()
    [('2025-02-13', '21814', 'HSI'), ('2025-02-13', '5250', 'HSTECH')]
    """
    frame = grid.frame
    if grid.above and (whose := _tickers(grid.above[-1], len(frame.columns))):
        return _melted(grid, whose)
    first = [str(cell or "") for cell in frame.row(0)]
    if whose := _tickers(first, len(frame.columns)):
        below = str(frame.row(1)[0] or "") if len(frame) > 1 else ""
        lines = 2 if below.strip().casefold() in _DAY_NAMES else 1
        cut = replace(grid, frame=frame.slice(lines), first_line=grid.first_line + lines)
        return _melted(cut, whose)
    return _by_column(grid)


def _tickers(cells: Sequence[str], width: int) -> list[str] | None:
    """Return whose each column is from a line of instruments, None where it is no such line."""
    if len(cells) != width or width < 2:
        return None
    named = [cell.strip() for cell in cells[1:]]
    ids = [told(cell) if cell else None for cell in named]
    if not any(ids) or any(cell and not known for cell, known in zip(named, ids, strict=True)):
        return None
    filled: list[str] = []
    for known in ids:  # a cell over several columns stands over the first of them
        filled.append(known or (filled[-1] if filled else ""))
    return filled if all(filled) else None


def _melted(grid: Grid, whose: Sequence[str]) -> Grid:
    import polars as pl

    day, *others = grid.frame.columns
    plain = [re.sub(r"\.\d+$", "", name) for name in others]
    parts = []
    for symbol in dict.fromkeys(whose):
        mine = {
            name: bare
            for name, bare, owner in zip(others, plain, whose, strict=True)
            if owner == symbol
        }
        part = grid.frame.select(day, *mine).rename(mine)
        parts.append(part.with_columns(pl.lit(symbol).alias("symbol")))
    whole = pl.concat(parts, how="diagonal")
    if headers.role(day) != "date":
        whole = whole.rename({day: "date"})
    return replace(grid, frame=whole, above=grid.above[:-1] if grid.above else ())


def _by_column(grid: Grid) -> Grid:
    """Take columns that are named after instruments for their closes."""
    import polars as pl

    names = grid.frame.columns
    roles = {name: headers.role(name) for name in names}
    days = [name for name in names if roles[name] == "date"]
    if len(days) != 1 or "close" in roles.values():
        return grid
    named = {name: told(name) for name in names if roles[name] is None}
    mine = {name: known for name, known in named.items() if known}
    if not mine:
        return grid
    parts = [
        grid.frame.select(pl.col(days[0]), pl.col(name).alias("close")).with_columns(
            pl.lit(symbol).alias("symbol")
        )
        for name, symbol in mine.items()
    ]
    return replace(grid, frame=pl.concat(parts, how="vertical_relaxed"))
