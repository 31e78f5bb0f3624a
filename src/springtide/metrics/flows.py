"""Flows over a period, as metrics and briefs need them: the series, its sum, its sessions.

A day's net buying is a flow: days add up, and a sum needs every session. A cumulative column is a
stock and a published sum is no day: neither is ever added to anything, which the vocabulary of
fields decides and not the caller.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from springtide.language.types import Period
from springtide.market import calendars, fields
from springtide.market.series import Series
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import observed
from springtide.metrics.answers import Missing
from springtide.numerics import flows

Basis = Literal["trades", "quota"]
Per = Literal["own", "exchange", "mainland"]
Side = Literal["buying", "selling"]

FIELD: dict[Basis, str] = {"trades": "flow_net", "quota": "flow_quota_used"}
EXCHANGE: dict[Per, str] = {"exchange": "XHKG", "mainland": "XSHG"}

_CURRENCY = "CNY"
"""The quota of Stock Connect is in renminbi, whatever the trades are in."""

SESSION = Period("last", count=1, unit="sessions")


def unit_of(basis: Basis, instrument: Instrument) -> str:
    """Return the currency of a flow."""
    return _CURRENCY if basis == "quota" else instrument.currency


def net(
    view: View, instrument: Instrument, period: Period, to: date | None, basis: Basis = "trades"
) -> Series:
    """Return the flows of every session of a period.

    Parameters
    ----------
    to
        The last day, by default the as-of day.

    Raises
    ------
    Missing
        See :func:`springtide.metrics.observed.stretch`; every session is needed.
    """
    days = observed.span(view, instrument, period, to)
    if period == SESSION and days[0] != days[1]:
        raise Missing(
            "missing.no-session", subject=instrument.id, first=str(days[1]), last=str(days[1])
        )
    unit = unit_of(basis, instrument)
    return observed.stretch(view, instrument, FIELD[basis], days, unit=unit, whole=True)


def total(made: Series) -> float:
    """Return the sum of a series.

    Raises
    ------
    TypeError
        Its field is no flow of a session: a stock, a price, a ratio, a sum that somebody published.
    """
    spec = fields.spec_of(made.field)
    if spec is None or not spec.may_be_summed:
        kind = "not in the vocabulary" if spec is None else f"a {spec.nature}"
        raise TypeError(f"{made.field} is {kind}: its days do not add up")
    return flows.total(made.values)


def sessions(made: Series, per: Per, instrument: Instrument) -> int:
    """Return how many sessions a mean is over: the series' own, or those of one of the markets.

    Raises
    ------
    Missing
        The calendar of that market does not reach so far.
    """
    if per == "own":
        return len(made)
    days = calendars.sessions(EXCHANGE[per], made.coverage.first, made.coverage.last)
    if days is None or not len(days):
        raise Missing(
            "missing.no-session",
            subject=instrument.id,
            first=str(made.coverage.first),
            last=str(made.coverage.last),
        )
    return len(days)


def decimals(value: float, unit: str) -> int:
    """Return to how many decimals a sum of money is stated: to as many as every language prints.

    Two behind 亿 and behind billions: from a hundred million on to the million, from a billion on
    to ten million, from a trillion on to ten billion.

    Examples
    --------
    >>> decimals(144_477_660_000.0, "HKD"), decimals(-881_000_000.0, "USD"), decimals(5e6, "USD")
    (-7, -6, -4)
    """
    size = abs(value)
    for power, digits in ((12, -10), (9, -7), (8, -6), (6, -4)):
        if size >= 10**power:
            return digits
    return 2
