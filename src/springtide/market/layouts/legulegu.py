"""Legulegu: P/E and P/B of one mainland index, weighted, equal-weighted and as the median.

The weighted ones are the multiples of the index; the others come in with ``--variant`` and under
sources of their own, since they lie far from it and are never to be mixed with it. (Versions of
akshare before 2023 named the equal-weighted column as the median and the other way round, see its
issue 2448.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from springtide.market.layouts.model import Given, Layout
from springtide.market.layouts.wide import Column, Wide
from springtide.market.sources.batch import Batch

_SOURCE = "Legulegu"
_WEIGHTED = "weighted"


def _wide(before: str, after: str, english: str) -> Wide:
    """Return the columns whose Chinese names have something before or after them."""
    return Wide(
        (
            Column((f"{before}滚动市盈率{after}", f"pe_ttm{english}"), "trailing_pe", "x"),
            Column((f"{before}静态市盈率{after}", f"pe_static{english}"), "static_pe", "x"),
            Column((f"{before}市净率{after}", f"pb{english}"), "price_to_book", "x"),
        )
    )


_VARIANTS: Mapping[str, tuple[Wide, str]] = MappingProxyType(
    {
        _WEIGHTED: (_wide("", "", ""), _SOURCE),
        "equal": (_wide("等权", "", "_equal"), f"{_SOURCE}, equal-weighted"),
        "median": (_wide("", "中位数", "_median"), f"{_SOURCE}, median"),
    }
)


def _read(path: Path, given: Given) -> Batch:
    wide, source = _VARIANTS[LAYOUT.variant(given, _WEIGHTED)]
    return wide.read(path, replace(given, source=given.source or source))


LAYOUT = Layout(
    "legulegu",
    "Legulegu: trailing and static P/E and P/B of one index, weighted; --variant equal or median "
    "for the others",
    _read,
    tuple(_VARIANTS),
)
