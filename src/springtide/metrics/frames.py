"""What reading hands to a metric: a number with its measure, its time and its words.

Reading decides what a number states (its *measure*: a price change, a level, a target) without
knowing of metrics; a metric says by ``Metric.frames`` which of these it measures, and with which
parameters. So how a metric is measured, said and recognised stands side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from springtide.language.types import Period

Moment = Literal["close", "open", "high", "low", "live", "premarket", "afterhours", "na"]

Statistic = Literal["mean", "median", "high", "low"]
"""What is said of the targets of several houses together."""

LIVE: tuple[Moment, ...] = ("live", "premarket", "afterhours")
"""Moments of which daily bars hold no price."""

_OF_A_SESSION = ("day", "session", "none")


@dataclass(frozen=True, slots=True)
class Frame:
    """A number that an article states, as far as its words go.

    Attributes
    ----------
    measure
        What is measured, in the vocabulary of reading (``price_change``, ``price_level``, ...).
    value, unit
        As stated, signed.
    period
        Kind of the stretch that it is over: ``day``, ``session``, ``week``, ``ytd``, ``since`` ...
    stretch
        That stretch in canonical form where its words have one.
    first, last
        The day of the base of a change and the day that it ends on, where they are known.
    basis
        The moment of the session that the price is of.
    is_forecast
        Whether it is said of what is to come.
    is_stated
        Whether it is said as a fact; a condition or a supposition is none.
    is_ahead
        Whether words before it say that it is to come.
    text
        The number as printed, normalised, in simplified characters.
    before, after
        The words of its clause before and after it, likewise.
    named
        The stretch that its clause names, None where it names none or several.
    lately
        The one stretch up to now that its sentence counts ("the past 60 sessions"), None for none.
    day
        The day of the article.
    house
        Of a target: whose it is, "" where no house is named or several are.
    is_previous
        Of a target: whether it is the one that another took the place of: "to $150 from $130".
    of_houses
        Of a target of several houses together: which statistic, "" for one house's.
    """

    measure: str
    value: float | tuple[float, float]
    unit: str
    period: str = "none"
    stretch: Period | None = None
    first: date | None = None
    last: date | None = None
    basis: Moment = "na"
    is_forecast: bool = False
    is_stated: bool = True
    is_ahead: bool = False
    text: str = ""
    before: str = ""
    after: str = ""
    named: Period | None = None
    lately: Period | None = None
    day: date | None = None
    house: str = ""
    is_previous: bool = False
    of_houses: Statistic | Literal[""] = ""

    @property
    def is_of_a_session(self) -> bool:
        """Whether it is the change of one session against the close before."""
        return self.period in _OF_A_SESSION

    @property
    def price(self) -> Literal["close", "high", "low", "open"]:
        """The price of the daily bar that is meant; a live price is set against the close."""
        if self.basis in ("high", "low", "open"):
            return self.basis
        return "close"
