"""CAPE: the price over ten years of real earnings, and its yield above that of bonds.

What Shiller publishes for a month rests on the earnings of the 120 months before it, two of which
nobody had when the month ended, and on its consumer prices, which came a month later. ``published``
is that figure as its publisher's table has it today; ``known`` is computed from what had been
published by the day: on 31 December 1999 it is 44.5 where the table says 44.2.

Sources
-------
Campbell and Shiller (1988), doi:10.1111/j.1540-6261.1988.tb04598.x; Shiller, Black and Jivraj
(2020), doi:10.2139/ssrn.3714737, for the excess yield, whose bond yield is made real with the
inflation of the last ten years.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from springtide.claims.model import Claim, Measurement, Row, Window
from springtide.claims.words import field_name
from springtide.language.messages import Change, Message, Percent, message
from springtide.market import series
from springtide.market.series import Figure
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import observed, valuation_words
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.registry import Metric
from springtide.metrics.valuations import Cape, ExcessYield
from springtide.numerics import multiples
from springtide.numerics.multiples import CAPE_MONTHS

LATEST_EARNINGS = 6
"""Months after which the last earnings on file are too old."""

LATEST_PRICES = 3
"""The same of consumer prices."""

DEFLATED = "real earnings"
"""The field of the window of evidence over the earnings of 120 months, deflated."""


@dataclass(frozen=True, slots=True)
class _Monthly:
    """A monthly series by month (years times twelve and months), from one source."""

    subject: str
    field: str
    source: str
    by_month: Mapping[int, tuple[date, float]]

    def cite(self, month: int) -> Row:
        day, value = self.by_month[month]
        return Row(self.subject, self.field, day, value, self.source)


def _cape(view: View, instrument: Instrument, params: Cape) -> Measured:
    if params.basis == "published":
        figure = observed.value(view, instrument, "cape")
        return Measured(figure.value, (observed.row(figure),))
    return _known(view, instrument)


def _known(view: View, instrument: Instrument) -> Measured:
    """Compute CAPE from the price of the last month and what had been published by the day."""
    price = observed.value(view, instrument, "index_price")
    prices, cpi = _consumer_prices(view, instrument, price)
    earnings = _monthly(view, instrument, "index_earnings", price, LATEST_EARNINGS)
    last = max(earnings.by_month)
    months = range(last - CAPE_MONTHS + 1, last + 1)
    for each in (earnings, prices):
        _check_whole(each, months, instrument)
    values = np.array([earnings.by_month[month][1] for month in months])
    deflators = np.array([prices.by_month[month][1] for month in months])
    real = float(np.mean(values / deflators))
    if real <= 0:
        raise Missing("missing.no-real-earnings", subject=instrument.id, day=str(view.as_of))
    ratio = multiples.cape(price.value, prices.by_month[cpi][1], values, deflators)
    days = np.array([earnings.by_month[month][0] for month in months], "datetime64[D]")
    window = Window(
        instrument.id, DEFLATED, earnings.by_month[months[0]][0], earnings.by_month[last][0],
        CAPE_MONTHS, 0, observed.digest(days, values / deflators),
    )  # fmt: skip
    return Measured(ratio, (observed.row(price), prices.cite(cpi)), (window,))


def _excess(view: View, instrument: Instrument, params: ExcessYield) -> Measured:
    ratio = _cape(view, instrument, Cape(params.basis))
    assert isinstance(ratio.value, float)
    bond = observed.value(view, instrument, "bond_yield_10y")
    prices, last = _consumer_prices(view, instrument, bond)
    first = last - CAPE_MONTHS
    _check_whole(prices, (first,), instrument)
    past = multiples.inflation(prices.by_month[last][1], prices.by_month[first][1])
    value = multiples.excess_yield(ratio.value, bond.value, past)
    cited = (observed.row(bond), prices.cite(first), prices.cite(last))
    return Measured(value, (*ratio.rows, *(one for one in cited if one not in ratio.rows)),
                    ratio.windows)  # fmt: skip


def _month(day: date) -> int:
    return 12 * day.year + day.month - 1


def _consumer_prices(view: View, instrument: Instrument, of: Figure) -> tuple[_Monthly, int]:
    """Return consumer prices, and the last month by which they were known."""
    prices = _monthly(view, instrument, "cpi", of, LATEST_PRICES)
    return prices, max(prices.by_month)


def _monthly(view: View, instrument: Instrument, field: str, of: Figure, oldest: int) -> _Monthly:
    """Return a monthly series up to the month of a figure, by its source where it has both.

    Raises
    ------
    Missing
        There is none, or it ends more than ``oldest`` months before.
    """
    rows = series.independent_of(view, instrument.id, field)
    rows = rows.taken(rows.dates <= np.datetime64(of.date))
    if not len(rows):
        raise observed.none_of(view, instrument, field, "", str(view.as_of))
    sources = rows.sources.tolist()
    most = min(set(sources), key=lambda one: (one != of.source, -sources.count(one), one))
    rows = rows.taken(rows.sources == most)
    days: list[date] = rows.dates.tolist()
    by_month = {
        _month(day): (day, value) for day, value in zip(days, rows.values.tolist(), strict=True)
    }
    behind = _month(of.date) - max(by_month)
    if behind > oldest:
        raise Missing(
            "missing.monthly-ended",
            field=field_name(field),
            subject=instrument.id,
            last=str(days[-1]),
            count=oldest,
            day=str(view.as_of),
        )
    return _Monthly(instrument.id, field, most, by_month)


def _check_whole(each: _Monthly, months: range | tuple[int, ...], instrument: Instrument) -> None:
    absent = [month for month in months if month not in each.by_month]
    if absent:
        year, month = divmod(absent[0], 12)
        raise Missing(
            "missing.months",
            count=len(absent),
            field=field_name(each.field),
            subject=instrument.id,
            month=f"{year}-{month + 1:02}",
        )


def _say_cape(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.value, float)
    return message("metrics.cape-said", value=Change(claim.value, "x", 2))


def _say_excess(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.value, float)
    return message("metrics.excess_yield-said", value=Percent(claim.value, 2))


CAPE = Metric(
    key="cape",
    params=Cape,
    formula="published: the publisher's figure of the month; known: real price of the month / mean "
    "real earnings of the last 120 months published",
    minimum="published: one figure not older than 45 days; known: 120 months of earnings and of "
    "consumer prices",
    unit="x",
    decimals=2,
    measure=_cape,
    wording=_say_cape,
    patterns=valuation_words.CAPE,
    example=44.2,
    needs_close=False,
)

EXCESS_YIELD = Metric(
    key="excess_yield",
    params=ExcessYield,
    formula="100 / CAPE - (ten-year yield - inflation of the last 120 months a year)",
    minimum="CAPE, the ten-year yield, consumer prices of both ends of 120 months",
    unit="%",
    decimals=2,
    measure=_excess,
    wording=_say_excess,
    patterns=valuation_words.EXCESS,
    example=2.3,
    needs_close=False,
)

METRICS = (CAPE, EXCESS_YIELD)
