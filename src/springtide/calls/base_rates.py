"""How likely a call was on the day it was made: from what was known then, and nothing later.

Of all earlier sessions of the same instrument, the share after which the same claim came true, its
level moved along with the close. For the test of a level of an index the share is that of the study
of levels (``docs/evidence/levels.md``): of prices drawn beside real levels, on eight indices, those
that held. It is of the method and knows no instrument; its data do go on after old calls, so that
the share of the instrument's own history stands beside it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from springtide.claims.model import BaseRate, Claim, Params
from springtide.market import calendars
from springtide.market.closes import closes_of
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics.answers import Missing
from springtide.metrics.registry import get
from springtide.numerics.ahead import Share, share
from springtide.numerics.series import FloatArray

HISTORY = 8956
"""Starts lie in the last so many sessions, some 36 years.

The length of the worked table of nine calls, which counts 8,936 starts of 20 sessions and 8,896 of
60; not found independently, and the full history gives other shares.
"""

LEVELS = {"support": 0.581, "resistance": 0.484}
"""The share of prices 1 to 3% beside a level, same day and side, that held when first tested.

Constants of the study of levels, whose data run past the calls of early 2025.
"""


def base_rate(
    view: View, instrument: Instrument, claim: Claim, condition: Claim | None = None
) -> BaseRate:
    """Return how likely a claim was by what a view knows.

    Parameters
    ----------
    view
        As of the day on which the claim is made: nothing later is looked at.
    instrument
        Whose claim it is.
    claim
        What is said to come true, with its horizon.
    condition
        What must come first: the claim is then made at its level, not at the close.

    Returns
    -------
    BaseRate
        Without a value where there are no closes to start from, or no definition of it.
    """
    closes = closes_of(view, instrument)
    if not len(closes):
        return BaseRate(None)
    _, past = closes.around(len(closes) - 1)
    price = float(closes.close[past - 1])
    of_study = _of_level(instrument, claim, price)
    horizon = sessions_of(claim, instrument, view.as_of)
    at = getattr(condition.params, "level", None) if condition is not None else None
    made = _of_history(view, instrument, claim, horizon, at or price)
    last = closes.day(past - 1)
    own = BaseRate(None, "history", 0, 0.0, last)
    if made is not None:
        own = BaseRate(made.value, "history", made.starts, made.windows, last)
    if of_study is None:
        return own if get(claim.metric).ahead is not None and horizon > 0 else BaseRate(None)
    return replace(own, value=of_study, basis="study", own=None if own.is_poor else own.value)


def _of_history(
    view: View, instrument: Instrument, claim: Claim, horizon: int, price: float
) -> Share | None:
    """Return the share of an instrument's own past; None where there is none of that kind."""
    metric = get(claim.metric)
    if metric.ahead is None or horizon < 1:
        return None
    try:
        past = (metric.past or _closes)(view, instrument, claim.params)
    except Missing:
        return None  # no closes of what it is held against
    came = metric.ahead(past, claim.params, horizon, price)
    return share(came[-max(HISTORY - horizon, 1) :], horizon)


def _closes(view: View, instrument: Instrument, params: Params) -> FloatArray:
    closes = closes_of(view, instrument)
    first, past = closes.around(len(closes) - 1)
    return closes.close[first:past]


def _of_level(instrument: Instrument, claim: Claim, price: float) -> float | None:
    """Return the study's share for an index; it says nothing of shares, whose band is another."""
    level = getattr(claim.params, "level", None)
    if claim.metric != "level_holds" or instrument.kind != "index" or level is None:
        return None
    return LEVELS["support" if level < price else "resistance"]


def sessions_of(claim: Claim, instrument: Instrument, made: date) -> int:
    """Return the sessions that a claim's horizon has after the day on which it is made."""
    until: date | None = getattr(claim.params, "until", None)
    if until is None:
        return int(getattr(claim.params, "sessions", 0))
    if until <= made:
        return 0
    counted = calendars.sessions_between(instrument.calendar, made, until)
    return counted if counted is not None else round((until - made).days * 250 / 365.25)


def due_of(claim: Claim, instrument: Instrument, made: date) -> date:
    """Return the day on which a claim's horizon ends."""
    until: date | None = getattr(claim.params, "until", None)
    if until is not None:
        return until
    return calendars.session_after(
        instrument.calendar, made, int(getattr(claim.params, "sessions", 0))
    )
