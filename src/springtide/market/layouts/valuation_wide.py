"""Valuations of one index, a column a multiple: date, pe, pb, ps, dividend_yield."""

from __future__ import annotations

from springtide.market.layouts.model import Layout
from springtide.market.layouts.wide import Column, Wide

_PE = ("pe", "pe_ttm", "trailing_pe", "市盈率", "滚动市盈率", "市盈率ttm")

_WIDE = Wide(
    (
        Column(_PE, "trailing_pe", "x"),
        Column(("pb", "price_to_book", "市净率"), "price_to_book", "x"),
        Column(("ps", "price_to_sales", "市销率"), "price_to_sales", "x"),
        Column(("dividend_yield", "dy", "股息率"), "dividend_yield", "%"),
    ),
)  # fmt: skip

LAYOUT = Layout(
    "valuation-wide",
    "Valuations of one index: trailing P/E, P/B, P/S and dividend yield (in %), a column each",
    _WIDE.read,
)
