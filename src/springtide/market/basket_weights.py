"""The weights that a basket's members are given at a close at which weights are set."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from springtide.language.messages import Message, message
from springtide.market.baskets import CAP_FIELD, Basket, Member
from springtide.market.closes import day_of
from springtide.market.pairs import RATE_DAYS, rates_of
from springtide.numerics.series import FloatArray, IntArray

if TYPE_CHECKING:
    from springtide.market.view import View

CAP_DAYS = 7
"""A capitalisation that weights a member is not older than so many days."""


def weights_at(
    view: View, basket: Basket, names: Sequence[str], columns: IntArray, day: date
) -> FloatArray | Message:
    """Return the weights that are set at the close of a day, adding up to 1, or what is lacking."""
    if basket.weights == "equal":
        return np.full(columns.size, 1.0 / columns.size)
    if basket.weights == "fixed":
        stated = [_fixed_weight(basket.members, names[column], day) for column in columns.tolist()]
        return np.array(stated) / sum(stated)
    caps = []
    for column in columns.tolist():
        cap = _cap(view, names[column], basket.instrument.currency, day)
        if isinstance(cap, Message):
            return cap
        caps.append(cap)
    return np.array(caps) / sum(caps)


def _fixed_weight(members: Sequence[Member], name: str, day: date) -> float:
    mine = [one for one in members if one.instrument == name]
    member = next((one for one in mine if one.on(day)), mine[0])
    assert member.weight is not None
    return member.weight


def _cap(view: View, name: str, currency: str, day: date) -> float | Message:
    """Return the last free-float capitalisation on file by a day, in a currency."""
    known = [
        one
        for one in view.observations(name, CAP_FIELD)
        if day - timedelta(days=CAP_DAYS) <= one.date <= day and one.value > 0
    ]
    if not known:
        return message("missing.cap", field=CAP_FIELD, subject=name, day=str(day), days=CAP_DAYS)
    last = known[-1]
    if last.unit == currency:
        return last.value
    rates = rates_of(view, last.unit, currency)
    if rates is not None:
        at = int(np.searchsorted(rates[0], day_of(day), "right")) - 1
        if at >= 0 and day_of(day) - int(rates[0][at]) <= RATE_DAYS:
            return last.value * float(rates[1][at])
    return message("missing.rates", subject=name, currency=last.unit or "?", wanted=currency)
