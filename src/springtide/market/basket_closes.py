"""The closes of a basket, worked out from those of its members as a view holds them.

A basket is 100 at the close of its base. From a close at which weights are set its value follows
the members' closes, each held in the number of shares that its weight bought then; weights are
set at the base, at the close at which a member comes or goes, and as often as it is rebalanced. A
member without a close on a session counts with its last one for at most :data:`CARRIED` sessions;
after that the basket has no close either, until the member has one. Nothing else is filled: why a
basket has no close is said by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from springtide.language.messages import Message, message
from springtide.market import calendars, instruments
from springtide.market.basket_weights import weights_at
from springtide.market.baskets import Basket
from springtide.market.closes import closes_of, date_of, day_of
from springtide.market.pairs import RATE_DAYS, rates_of
from springtide.market.types import Bars

if TYPE_CHECKING:
    from springtide.market.view import View

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

CARRIED = 5
"""For so many sessions the last close of a member counts where it has no newer one."""

_BASE = 100.0
_BEFORE = timedelta(days=30)
_HIDES_A_MOVE = ("split", "zero", "scale")


@dataclass(frozen=True, slots=True)
class Holding:
    """What is held from one close at which weights were set to the next.

    Attributes
    ----------
    row
        Position of that close among the sessions.
    columns
        Of the members held, shape (k,).
    shares
        How much of each, in points of the basket a unit of the member's close, shape (k,).
    """

    row: int
    columns: IntArray
    shares: FloatArray


@dataclass(frozen=True, slots=True)
class BasketCloses:
    """A basket's closes and what they are made of.

    Attributes
    ----------
    basket
        What it is made of.
    days
        Sessions from its base on, counted from 1970, shape (n,).
    value
        Its closes, NaN where it has none, shape (n,).
    closes
        Of its members in its own currency, the last one carried, shape (n, m); NaN where there is
        none that counts.
    holdings
        What was held, ascending; empty where it has no close at all.
    lacking
        By session without a close, the message that says of which member one would be needed.
    refused
        Why it has no closes at all; None where it has some.
    """

    basket: Basket
    days: IntArray
    value: FloatArray
    closes: FloatArray
    holdings: tuple[Holding, ...]
    lacking: dict[int, Message]
    refused: Message | None = None

    @property
    def bars(self) -> Bars:
        """Its closes as bars; their source says who chose the members, and whether later."""
        there = np.flatnonzero(~np.isnan(self.value))
        none = _fixed(np.full(there.size, np.nan))
        source = [self._source(date_of(int(day))) for day in self.days[there]]
        return Bars(
            self.basket.id,
            dates=_fixed(self.days[there].astype("datetime64[D]")),
            open=none,
            high=none,
            low=none,
            close=_fixed(self.value[there]),
            volume=none,
            source=_fixed(np.array(source, np.str_)),
        )

    def _source(self, day: date) -> str:
        made = f"computed from {len(self.basket.on(day))} members ({self.basket.source})"
        if self.basket.in_hindsight(day):
            made += f", chosen with hindsight on {self.basket.chosen}"
        return made

    def why_not(self, day: date) -> Message | None:
        """Return why it has no close on a day, None where it has one or the day was no session."""
        if self.refused is not None:
            return self.refused
        return self.lacking.get(day_of(day))

    def contributions(self, first: int, last: int) -> FloatArray:
        """Return what each member added to the value between two sessions, in its points.

        They add up to the change of the value, whatever was rebalanced meanwhile.

        Parameters
        ----------
        first, last
            Positions of sessions with a close.

        Returns
        -------
        ndarray
            Shape (m,); 0 for a member that was not held.
        """
        total = np.zeros(self.closes.shape[1])
        ends = [held.row for held in self.holdings[1:]] + [len(self.days)]
        for held, end in zip(self.holdings, ends, strict=True):
            start, stop = max(first, held.row), min(last, end)
            if start < stop:
                moved = self.closes[stop, held.columns] - self.closes[start, held.columns]
                total[held.columns] += held.shares * moved
        return total

    def weights(self, row: int) -> FloatArray:
        """Return the weight of each member at a session with a close, as a share of 1, shape (m,).

        At a close at which weights are set these are the new ones.
        """
        last = [one for one in self.holdings if one.row <= row][-1]
        made = np.zeros(self.closes.shape[1])
        made[last.columns] = last.shares * self.closes[row, last.columns] / self.value[row]
        return made


S = TypeVar("S", bound=np.generic)


def _fixed(array: npt.NDArray[S]) -> npt.NDArray[S]:
    array.flags.writeable = False
    return array


_COMPUTED: WeakKeyDictionary[View, dict[str, BasketCloses]] = WeakKeyDictionary()


def basket_closes(view: View, basket: Basket) -> BasketCloses:
    """Return the closes of a basket that a view can work out; once a view."""
    known = _COMPUTED.setdefault(view, {})
    if basket.id not in known:
        known[basket.id] = _computed(view, basket)
    return known[basket.id]


def _computed(view: View, basket: Basket) -> BasketCloses:
    names = _names(basket)
    view.load(names)
    series: list[tuple[IntArray, FloatArray]] = []
    for name in names:
        made = _in_currency(view, name, basket)
        if isinstance(made, Message):
            return _refused(basket, made)
        series.append(made)
    days, closes = _carried(basket, series)
    if not days.size or date_of(int(days[0])) != basket.base:
        lacks = message("missing.no-base", subject=basket.id, day=str(basket.base))
        return _refused(basket, lacks)
    held = np.stack([_held(basket, name, days) for name in names], axis=1)
    lacking = _lacking(view, basket, names, days, closes, held)
    if int(days[0]) in lacking:
        return _refused(basket, lacking[int(days[0])])
    value, holdings = _valued(view, basket, names, days, closes, held, lacking)
    return BasketCloses(basket, days, value, closes, holdings, lacking)


def _refused(basket: Basket, why: Message) -> BasketCloses:
    none = np.zeros(0)
    return BasketCloses(basket, none.astype(np.int64), none, none.reshape(0, 0), (), {}, why)


def _in_currency(view: View, name: str, basket: Basket) -> tuple[IntArray, FloatArray] | Message:
    """Return the days and closes of a member in the basket's currency, or why there are none."""
    member = instruments.of_id(name)
    made = closes_of(view, member)
    wanted = basket.instrument.currency
    if member.currency == wanted:
        return made.days, made.close
    rates = rates_of(view, member.currency, wanted)
    if rates is None:
        return message(
            "missing.rates", subject=name, currency=member.currency or "?", wanted=wanted
        )
    days, rate = rates
    at = np.searchsorted(days, made.days, "right") - 1
    there = (at >= 0) & (made.days - days[at] <= RATE_DAYS)
    return made.days[there], made.close[there] * rate[at[there]]


def _carried(
    basket: Basket, series: Sequence[tuple[IntArray, FloatArray]]
) -> tuple[IntArray, FloatArray]:
    """Return the sessions from the base on, and the members' last closes that count on each.

    A session is a day on which a member has a close, and that is one of the basket's calendar as
    far as that reaches.
    """
    start, base = day_of(basket.base - _BEFORE), day_of(basket.base)
    every = np.unique(
        np.concatenate(
            [
                days[(days >= start) & _counts(basket, name, days)]
                for name, (days, _) in zip(_names(basket), series, strict=True)
            ]
        )
    )
    calendar = basket.instrument.calendar
    every = every[calendars.on_sessions(calendar, every.astype("datetime64[D]"))]
    closes = np.full((every.size, len(series)), np.nan)
    for column, (days, close) in enumerate(series):
        if not days.size or not every.size:
            continue
        at = np.searchsorted(days, every, "right") - 1
        last = days[np.maximum(at, 0)]
        seen = np.searchsorted(every, last, "right") - 1
        counts = (np.arange(every.size) - seen <= CARRIED) & (at >= 0)
        closes[counts, column] = close[at[counts]]
    from_base = every >= base
    return every[from_base], closes[from_base]


def _names(basket: Basket) -> tuple[str, ...]:
    """Return every instrument that is ever a member, in the order of the file."""
    return tuple(dict.fromkeys(member.instrument for member in basket.members))


def _counts(basket: Basket, name: str, days: IntArray) -> npt.NDArray[np.bool_]:
    """Say which days' closes make a session: those before the base, and those as a member."""
    counts = days < day_of(basket.base)
    for member in basket.members:
        if member.instrument == name:
            last = day_of(member.last or date.max)
            counts |= (days >= day_of(member.first)) & (days <= last)
    return counts


def _held(basket: Basket, name: str, days: IntArray) -> npt.NDArray[np.bool_]:
    """Say for each session whether an instrument is in the basket after its close.

    A day on which a member comes or goes and that is no session means the one before it.
    """
    held = np.zeros(days.size, np.bool_)
    for member in basket.members:
        if member.instrument == name:
            first = _row_of(member.first, days, 0)
            past = days.size if member.last is None else _row_of(member.last, days, 0)
            held[first:past] = True
    return held


def _row_of(day: date, days: IntArray, least: int) -> int:
    """Return the last session by a day, past the last one where the day is after all of them."""
    number = day_of(day)
    return (
        len(days)
        if number > days[-1]
        else max(int(np.searchsorted(days, number, "right")) - 1, least)
    )


def _lacking(
    view: View,
    basket: Basket,
    names: Sequence[str],
    days: IntArray,
    closes: FloatArray,
    held: npt.NDArray[np.bool_],
) -> dict[int, Message]:
    """Return the sessions on which a member has no close that counts, with the message."""
    lacking: dict[int, Message] = {}
    needed = held.copy()
    needed[1:] |= held[:-1]  # who leaves at a close is sold at it
    for row, column in np.argwhere(needed & np.isnan(closes)).tolist():
        day = int(days[row])
        if day not in lacking:
            lacking[day] = message(
                "missing.member-close",
                basket=basket.id,
                subject=names[column],
                day=str(date_of(day)),
                sessions=CARRIED,
            )
    for column, name in enumerate(names):
        made = closes_of(view, instruments.of_id(name))
        for at, why in zip(made.starts, made.cuts, strict=True):
            if why not in _HIDES_A_MOVE:
                continue
            cut = int(np.searchsorted(days, made.days[at]))
            if not 0 < cut < days.size or not held[cut - 1, column]:
                continue
            for day in days[cut:].tolist():
                lacking.setdefault(
                    int(day),
                    message(
                        "missing.member-cut",
                        basket=basket.id,
                        subject=name,
                        day=str(made.day(at)),
                        cut=message("missing.cut", why=why),
                    ),
                )
    return lacking


def _valued(
    view: View,
    basket: Basket,
    names: Sequence[str],
    days: IntArray,
    closes: FloatArray,
    held: npt.NDArray[np.bool_],
    lacking: dict[int, Message],
) -> tuple[FloatArray, tuple[Holding, ...]]:
    """Follow the value from one close at which weights are set to the next."""
    value = np.full(days.size, np.nan)
    value[0] = _BASE
    whole = np.array([day not in lacking for day in days.tolist()])
    due = _due(basket, days, held, whole)
    holdings: list[Holding] = []
    row = 0
    while row < days.size:
        columns = np.flatnonzero(held[row])
        weights = weights_at(view, basket, names, columns, date_of(int(days[row])))
        if isinstance(weights, Message):
            for day in days[row + (row > 0) :].tolist():
                lacking.setdefault(int(day), weights)
            if row == 0:
                value[0] = np.nan
            break
        shares = value[row] * weights / closes[row, columns]
        holdings.append(Holding(row, columns, shares))
        later = np.flatnonzero(due[row + 1 :]) + row + 1
        end = int(later[0]) if later.size else days.size - 1
        stretch = slice(row + 1, end + 1)
        # row by row, so that a session's value is the same to the last bit whatever follows it
        made = np.ascontiguousarray(closes[stretch][:, columns] * shares).sum(axis=1)
        value[stretch] = np.where(whole[stretch], made, np.nan)
        if not later.size:
            break
        row = end
    return value, tuple(holdings)


def _due(
    basket: Basket, days: IntArray, held: npt.NDArray[np.bool_], whole: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """Say for each session whether weights are set at its close; where it has none, at the next.

    The last close of a month is known to be it by the calendar.
    """
    due = np.zeros(days.size, np.bool_)
    due[1:] = (held[1:] != held[:-1]).any(axis=1)
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    match basket.rebalance:
        case "daily":
            due[:] = True
        case "monthly":
            due[:-1] |= np.diff(months) > 0
        case "quarterly":
            due[:-1] |= np.diff(months // 3) > 0
    with_close = np.flatnonzero(whole)
    put_off = np.searchsorted(with_close, np.flatnonzero(due))
    due[:] = False
    due[with_close[put_off[put_off < with_close.size]]] = True
    return due
