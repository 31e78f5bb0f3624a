"""China Securities Index: P/E and dividend yield of its indices, as its site and akshare give them.

It publishes two of each: 1 is weighted by all shares of the members, 2 by the shares that the index
counts. The second is that of the index; the first comes in with ``--variant 1`` and under a source
of its own, so that the two are never mixed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from springtide.market import instruments
from springtide.market.layouts.model import Given, Layout
from springtide.market.layouts.wide import Column, Wide
from springtide.market.sources.batch import Batch

_SOURCE = "CSIndex"
_CODES = ("指数代码", "指数代码index code", "index code")


def _id_of(code: str) -> str:
    """Return the id of one of its codes, which are Shanghai's where they are digits alone.

    Examples
    --------
    >>> _id_of("000300"), _id_of("300"), _id_of("H30374")
    ('CSI300', 'CSI300', 'H30374')
    """
    plain = code.strip()
    return instruments.canonical(f"{plain.zfill(6)}.SH" if plain.isdigit() else plain)


def _wide(number: str, shares: str) -> Wide:
    pe = (f"市盈率{number}", f"市盈率{number}（{shares}）p/e{number}", f"p/e{number}")
    paid = (f"股息率{number}", f"股息率{number}（{shares}）d/p{number}", f"d/p{number}")
    rolling = ("滚动市盈率",) if number == "2" else ()
    return Wide(
        (Column((*pe, *rolling), "trailing_pe", "x"), Column(paid, "dividend_yield", "%")),
        dates=("date", "日期", "日期date"),
        subjects=_CODES,
        subject_of=_id_of,
    )


_VARIANTS: Mapping[str, tuple[Wide, str]] = MappingProxyType(
    {
        "2": (_wide("2", "计算用股本"), _SOURCE),
        "1": (_wide("1", "总股本"), f"{_SOURCE}, weighted by all shares"),
    }
)


def _read(path: Path, given: Given) -> Batch:
    wide, source = _VARIANTS[LAYOUT.variant(given, "2")]
    return wide.read(path, replace(given, source=given.source or source))


LAYOUT = Layout(
    "csindex",
    "China Securities Index: P/E and dividend yield of its indices by code; --variant 1 for those "
    "weighted by all shares",
    _read,
    ("2", "1"),
)
