"""How likely a call was on the day it was made: from what was known then, and nothing later.

For claims about closes: of all earlier closes of the same instrument, the share after which the
same claim came true, its levels moved along with the close. For tests of a level: of levels drawn
at random beside real ones on eight indices, the share that held (``docs/evidence/levels.md``); the
study is of the method and knows no instrument, but its data do go on after old calls.
"""

from __future__ import annotations

from datetime import date

from springtide.claims.model import BaseRate, Claim
from springtide.market import calendars
from springtide.market.closes import closes_of
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics.registry import get
from springtide.numerics.ahead import share

HISTORY = 8960
"""Starts lie in the last so many sessions, some 36 years: chosen to agree with a worked table of
nine calls, and not found independently."""

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
    first, past = closes.around(len(closes) - 1)
    close = closes.close[first:past]
    price = float(close[-1])
    if claim.metric == "level_holds":
        return _of_level(instrument, claim, price)
    ahead = get(claim.metric).ahead
    horizon = sessions_of(claim, instrument, view.as_of)
    if ahead is None or horizon < 1:
        return BaseRate(None)
    at = getattr(condition.params, "level", None) if condition is not None else None
    came = ahead(close, claim.params, horizon, at or price)[-max(HISTORY - horizon, 1) :]
    made = share(came, horizon)
    last = closes.day(past - 1)
    if made is None:
        return BaseRate(None, "history", 0, 0.0, last)
    return BaseRate(made.value, "history", made.starts, made.windows, last)


def _of_level(instrument: Instrument, claim: Claim, price: float) -> BaseRate:
    """Return the study's share for an index; it says nothing of shares, whose band is another."""
    level = getattr(claim.params, "level", None)
    if instrument.kind != "index" or level is None:
        return BaseRate(None)
    return BaseRate(LEVELS["support" if level < price else "resistance"], "study")


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
