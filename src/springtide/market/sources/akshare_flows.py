"""Stock Connect through ``akshare``: Eastmoney's daily history of net buying.

``stock_hsgt_hist_em`` divides Eastmoney's millions by 100, so that its figures are in 亿 of the
currency of the trades; the cumulative column of both directions once more by 10,000 (万亿). The
quota used (当日资金流入) is in renminbi and counts unfilled orders: it is another thing than the
net of trades (:mod:`springtide.market.layouts.connect`).

What a row says must agree with itself. A feed that changes its unit disagrees with the stored days
and is refused when they are compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from springtide.errors import SourceError
from springtide.market.fields import ENDED
from springtide.market.layouts import connect
from springtide.market.layouts.wide import Held
from springtide.market.reports import Refusal
from springtide.market.sources import feeds
from springtide.market.sources.batch import OBSERVATION_COLUMNS, Batch
from springtide.market.types import Instrument

if TYPE_CHECKING:
    import polars as pl

HUNDRED_MILLION = 1e8
TRILLION = 1e12
_STEP = 1e4
"""Eastmoney prints millions to two decimals."""

_QUOTA = next(each for each in connect.COLUMNS if each.field == "flow_quota_used")
_SCALES = (
    (connect.ANY_NET, HUNDRED_MILLION),
    (connect.ANY_BUY, HUNDRED_MILLION),
    (connect.ANY_SELL, HUNDRED_MILLION),
    (connect.ANY_TOTAL, TRILLION),
    (_QUOTA, HUNDRED_MILLION),
)
_DAY = "日期"


def to_figures(name: str, instrument: Instrument, table: Any, first: date, last: date) -> Batch:
    """Turn the table of ``stock_hsgt_hist_em`` into figures from ``first`` to ``last``.

    Parameters
    ----------
    name
        The feed's, which is recorded as the source.
    table
        A pandas table with the columns that akshare gives.

    Raises
    ------
    SourceError
        It is empty, or has not these columns, or half of the sessions.
    """
    import polars as pl

    if table is None or table.empty:
        raise SourceError(f"{name} has no flows of {instrument.id}", hint="try again later")
    absent = [each for each in (_DAY, connect.ANY_NET.names[0]) if each not in table]
    if absent:
        raise SourceError(
            f"{name} answered with columns that are not known: no {' and no '.join(absent)}",
            hint='is akshare up to date? pip install --upgrade "springtide[akshare]"',
        )
    held = [
        Held(each, each.names[0], instrument.id, each.unit or instrument.currency, scale, _STEP)
        for each, scale in _SCALES
        if each.names[0] in table
    ]
    figures = pl.DataFrame(
        {"date": pl.Series(list(table[_DAY]), dtype=pl.Date)}
        | {
            each.name: pl.Series(table[each.name].to_numpy(dtype="float64"), nan_to_null=True)
            * each.factor
            for each in held
        }
    ).with_columns(pl.col(each.name).round(0) for each in held)
    figures = figures.filter(pl.col("date").is_not_null()).sort("date")
    why = connect.disagreement(figures, held)
    net = connect.ANY_NET.names[0]
    wanted = pl.Series(
        (figures["date"] >= first) & (figures["date"] <= last) & figures[net].is_not_null()
    )
    ended = ENDED.get((instrument.id, "flow_net"))
    if ended is not None:
        wanted &= figures["date"] <= ended
    bad = wanted & why.is_not_null()
    refusals = tuple(
        Refusal(instrument.id, figures["date"][i], 0, why[i]) for i in bad.arg_true().to_list()
    )
    kept = figures.filter(wanted & why.is_null())
    checked = kept.select("date", pl.col(net).alias("close"))
    feeds.check_any(name, instrument, checked, first, min(last, ended or last))
    return Batch(instrument.id, _long(kept, held, name), refusals)


def _long(figures: pl.DataFrame, held: Sequence[Held], source: str) -> pl.DataFrame:
    """Return one row a figure, in the columns of observations."""
    import polars as pl

    frames = [
        figures.select(
            pl.lit(each.subject).alias("subject"),
            pl.lit(each.column.field).alias("field"),
            "date",
            pl.col(each.name).alias("value"),
            pl.lit(each.unit).alias("unit"),
            pl.lit(None, dtype=pl.String).alias("text"),
            pl.lit(source).alias("source"),
            pl.lit(None, dtype=pl.Datetime("us", "UTC")).alias("known_at"),
        ).drop_nulls("value")
        for each in held
    ]
    return pl.concat(frames).select(OBSERVATION_COLUMNS)
