"""Stock Connect: daily net buying, as exchanges and Eastmoney publish it.

What a day's row says must agree with itself: buying less selling is the net, the two channels add
up to it, and a cumulative column rises by it. A row that does not is refused. The amount of quota
used (当日资金流入) counts unfilled orders too and is another thing than the net of trades; it goes
into a field of its own.

Sources
-------
HKEX on the daily quota balance (9 December 2014): quota less *buy orders* plus sell trades.
Northbound net buying has not been published since 16 August 2024 (SSE, SZSE and HKEX, 26 July
2024); later rows of it are placeholders and are not stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from springtide.market import calendars
from springtide.market.fields import ENDED
from springtide.market.layouts.model import Given, Layout
from springtide.market.layouts.wide import Column, Held, Wide
from springtide.market.sources.batch import Batch

if TYPE_CHECKING:
    import polars as pl

_SOUTH, _NORTH = "SOUTHBOUND", "NORTHBOUND"

NORTHBOUND_ENDS = ENDED[_NORTH, "flow_net"]
"""The last day whose northbound net buying was published."""

NET = Column(("southbound_net",), "flow_net", subject=_SOUTH)
BUY = Column(("southbound_buy",), "flow_buy", subject=_SOUTH)
SELL = Column(("southbound_sell",), "flow_sell", subject=_SOUTH)
SHANGHAI = Column(("southbound_net_sh",), "", subject=_SOUTH)
SHENZHEN = Column(("southbound_net_sz",), "", subject=_SOUTH)
TOTAL = Column(("southbound_cum_net",), "flow_cumulative", subject=_SOUTH)
ANY_NET = Column(("当日成交净买额", "成交净买额", "net", "flow_net"), "flow_net")
ANY_BUY = Column(("买入成交额", "buy", "flow_buy"), "flow_buy")
ANY_SELL = Column(("卖出成交额", "sell", "flow_sell"), "flow_sell")
ANY_TOTAL = Column(("历史累计净买额", "累计净买额", "cum_net"), "flow_cumulative")

COLUMNS = (
    NET, BUY, SELL, SHANGHAI, SHENZHEN, TOTAL, ANY_NET, ANY_BUY, ANY_SELL, ANY_TOTAL,
    Column(("northbound_net",), "flow_net", subject=_NORTH),
    Column(("当日资金流入", "quota_used"), "flow_quota_used", unit="CNY"),
)  # fmt: skip


def disagreement(figures: pl.DataFrame, held: Sequence[Held]) -> pl.Series:
    """Return for each row why its figures do not agree with each other, null where they do."""
    import polars as pl

    by = {each.column: each for each in held}
    why = pl.Series([None] * len(figures), dtype=pl.String)
    for net, buy, sell in ((NET, BUY, SELL), (ANY_NET, ANY_BUY, ANY_SELL)):
        if {net, buy, sell} <= by.keys():
            parts = (by[buy], by[sell], by[net])
            difference = figures[by[buy].name] - figures[by[sell].name] - figures[by[net].name]
            text = "buying less selling is not the net: {} off"
            why = _or(why, difference, parts, text)
    if {NET, SHANGHAI, SHENZHEN} <= by.keys():
        parts = (by[SHANGHAI], by[SHENZHEN], by[NET])
        difference = figures[parts[0].name] + figures[parts[1].name] - figures[parts[2].name]
        why = _or(why, difference, parts, "Shanghai and Shenzhen do not add up to the net: {} off")
    for net, total in ((NET, TOTAL), (ANY_NET, ANY_TOTAL)):
        if {net, total} <= by.keys():
            steps = _steps(figures, by[total].name, by[net].subject)
            parts = (by[total], by[total], by[net])
            text = "the cumulative column does not rise by the net: {} off"
            why = _or(why, steps - figures[by[net].name], parts, text)
    return why


def _or(why: pl.Series, difference: pl.Series, parts: Sequence[Held], text: str) -> pl.Series:
    """Add a complaint where a difference is larger than the rounding of its parts explains."""
    import polars as pl

    rounding = 0.5 * sum(part.step for part in parts)
    off = (difference.abs() > rounding * (1 + 1e-6) + 1e-9).fill_null(False)
    unit = parts[-1].unit
    said = [text.format(f"{value:,.6g} {unit}") if bad else None
            for value, bad in zip(difference.to_list(), off.to_list(), strict=True)]  # fmt: skip
    told = pl.DataFrame({"why": why, "said": pl.Series(said, dtype=pl.String)})
    return told.select(pl.coalesce("why", "said"))["why"]


def _steps(figures: pl.DataFrame, name: str, subject: str) -> pl.Series:
    """Return by how much a cumulative column rose since the session before, null where unknown.

    Where the file lacks that session nothing is known of the day's step.
    """
    import polars as pl

    ordered = figures.with_row_index("_at").drop_nulls(["date", name]).sort("date")
    days = ordered["date"].to_numpy().astype("datetime64[D]")
    steps = ordered[name].diff()
    calendar = "CONNECT_NORTH" if subject == _NORTH else "CONNECT_SOUTH"
    known = [k > 0 and _are_neighbours(calendar, days[k - 1], days[k]) for k in range(len(days))]
    told = ordered.select("_at").with_columns(
        pl.when(pl.Series(known, dtype=pl.Boolean)).then(steps).alias("_step")
    )
    at = pl.DataFrame({"_at": pl.arange(len(figures), eager=True, dtype=pl.UInt32)})
    return at.join(told, on="_at", how="left", maintain_order="left")["_step"]


def _are_neighbours(calendar: str, before: np.datetime64, after: np.datetime64) -> bool:
    """Tell whether one day is the session after the other; rows are, where no calendar reaches."""
    low, _ = calendars.reach(calendar)
    if after <= np.datetime64(low):
        return True
    return calendars.previous_session(calendar, after.item()) == before.item()


_WIDE = Wide(COLUMNS, check=disagreement)


def _read(path: Path, given: Given) -> Batch:
    import polars as pl

    batch = _WIDE.read(path, given)
    over = (pl.col("subject") == _NORTH) & (pl.col("date") > NORTHBOUND_ENDS)
    ended = batch.frame.filter(over)
    if ended.is_empty():
        return batch
    note = (
        f"{len(ended)} northbound figures after {NORTHBOUND_ENDS} are not stored: northbound net "
        "buying has not been published since"
    )
    return replace(batch, frame=batch.frame.filter(~over), warnings=(*batch.warnings, note))


LAYOUT = Layout(
    "connect",
    "Stock Connect day by day: net, buying and selling, from exchanges or Eastmoney",
    _read,
)
