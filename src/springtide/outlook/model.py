"""The typed results of the outlook: the rally, what each method expects of it, and how well it did.

Every method answers with distributions on the same grids, so that they can be pooled, scored and
stored side by side. "The peak" is the last highest close before a fall by the threshold ends the
rally; where today is already past it, the top *is in* and both the sessions and the further gain to
it are zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from springtide.language.messages import Words
from springtide.market.rallies import Rally

THRESHOLD = 0.20
"""Rise from a trough that begins a rally, and fall from its peak that ends it."""

SESSIONS = (0, 5, 10, 20, 40, 60, 90, 120, 180, 250, 350, 500)
"""Sessions to the peak at which its distribution is given; zero means that the top is in."""

GAINS = (
    0.0,
    0.01,
    0.02,
    0.03,
    0.05,
    0.075,
    0.10,
    0.15,
    0.20,
    0.30,
    0.40,
    0.60,
    0.80,
    1.0,
    1.5,
    2.0,
)
"""Further gains from today's close to the peak, as fractions, at which they are distributed."""

NEW_HIGH = (5, 20, 60, 120, 250)
"""Sessions within which a close above the rally's highest is asked for."""

HORIZONS = (20, 60, 120, 250)
"""The horizons that are scored and said: about one, three, six and twelve months."""

MOVE = 0.10
"""The rise that may come before a fall of the same size."""

MethodName = Literal[
    "climatology", "survival", "analogues", "random_walk", "garch", "volatility", "combination"
]

METHODS: tuple[MethodName, ...] = (
    "climatology",
    "survival",
    "analogues",
    "random_walk",
    "garch",
    "volatility",
    "combination",
)
"""``garch`` is filtered historical simulation, ``volatility`` one whose volatility is forecast.

The combination pools all others.
"""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What one method expects of a rally.

    Attributes
    ----------
    method
        Its name.
    peak
        Probability that the peak comes within each of :data:`SESSIONS`; the first is the
        probability that the top is in.
    gain
        Probability that the further gain to the peak is at most each of :data:`GAINS`.
    new_high
        Probability of a close above the high within each of :data:`NEW_HIGH` sessions.
    up_first
        Probability that a rise by :data:`MOVE` comes before a fall by it.
    cases
        How many rallies, or simulated paths, it rests on.
    """

    method: MethodName
    peak: tuple[float, ...]
    gain: tuple[float, ...]
    new_high: tuple[float, ...]
    up_first: float
    cases: int

    @property
    def top_is_in(self) -> float:
        """Probability that the highest close so far is the peak."""
        return self.peak[0]

    def peak_within(self, sessions: float) -> float:
        """Return the probability that the peak comes within so many sessions (or is in).

        Linear between the grid's points; NaN beyond the last.
        """
        if sessions > SESSIONS[-1]:
            return float("nan")
        return float(np.interp(sessions, SESSIONS, self.peak))

    def new_high_within(self, sessions: float) -> float:
        """Return the probability of a new high within so many sessions; NaN beyond the last."""
        if sessions > NEW_HIGH[-1]:
            return float("nan")
        return float(np.interp(sessions, (0, *NEW_HIGH), (0.0, *self.new_high)))

    def sessions_quantile(self, q: float) -> float:
        """Return the sessions to the peak that are not exceeded with probability ``q``.

        Infinite where the grid ends before.
        """
        return quantile(SESSIONS, self.peak, q)

    def gain_quantile(self, q: float) -> float:
        """Return the further gain, as a fraction, that is not exceeded with probability ``q``.

        Infinite where the grid ends before.
        """
        return quantile(GAINS, self.gain, q)


def quantile(edges: tuple[float, ...], cumulative: tuple[float, ...], q: float) -> float:
    """Return a quantile of a distribution with an atom at the first edge, linear between edges.

    Examples
    --------
    >>> quantile((0, 10, 20), (0.25, 0.75, 0.9), 0.1)
    0.0
    >>> quantile((0, 10, 20), (0.25, 0.75, 0.9), 0.5)
    5.0
    >>> quantile((0, 10, 20), (0.25, 0.75, 0.9), 0.95)
    inf
    """
    if q <= cumulative[0]:
        return float(edges[0])
    if q > cumulative[-1]:
        return float("inf")
    k = int(np.searchsorted(cumulative, q))
    share = (q - cumulative[k - 1]) / (cumulative[k] - cumulative[k - 1])
    return float(edges[k - 1] + share * (edges[k] - edges[k - 1]))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A method that could not answer, and why."""

    method: MethodName
    why: Words


@dataclass(frozen=True, slots=True)
class Analogue:
    """An earlier rally at the point where its path was most like today's.

    ``path`` is the log price relative to that point, from ``before`` sessions before it to where it
    was known on the as-of date (at most a year on); ``sessions`` and ``gain`` are what was still to
    come until its peak, ``decided`` whether that peak was known on the as-of date.
    """

    subject: str
    day: date
    start: date
    distance: float
    path: tuple[float, ...]
    before: int
    sessions: int
    gain: float
    decided: bool


@dataclass(frozen=True, slots=True)
class Fan:
    """Quantiles of the path of prices that a method simulated, whatever becomes of the rally.

    ``prices[level][k]`` is the price after ``sessions[k]``.
    """

    sessions: tuple[int, ...]
    levels: tuple[float, ...]
    prices: tuple[tuple[float, ...], ...]
    method: MethodName = "garch"


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """How long earlier rallies of this kind lasted from trough to peak (Kaplan-Meier).

    ``survival[k]`` is the share that lasted longer than ``times[k]`` sessions, with its 95% band;
    ``rallies`` how many went in, ``running`` how many of them had not ended (censored).
    """

    times: tuple[float, ...]
    survival: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    rallies: int
    running: int
    instruments: int

    @property
    def over(self) -> int:
        """How many of them had ended."""
        return self.rallies - self.running


@dataclass(frozen=True, slots=True)
class Skill:
    """Out-of-sample skill of the combination for "the peak comes within ``horizon`` sessions".

    For the further gain the horizon is 0, and ``brier`` holds the mean CRPS as a fraction.

    Brier skill scores over forecasts decided by the date of the fit: against climatology and
    against GARCH simulation, each with its 95% interval by block bootstrap over time.
    """

    horizon: int
    forecasts: int
    brier: float
    climatology: float
    climatology_low: float
    climatology_high: float
    simulation: float
    simulation_low: float
    simulation_high: float
    undecided: int = 0
    """Forecasts left out: whether the peak came within the horizon was not known."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """The answer for one instrument as of one date.

    Attributes
    ----------
    subject, as_of
        Of what, and when.
    rally
        The running rally; None where there is none.
    market
        What the market is in: ``bull``, ``bear``, or ``undetermined``.
    since, change
        In a bear market: its peak and the change since, as a fraction. None otherwise, and where it
        began before the data.
    known_from
        The first of the closes that may be joined with the last one; None where there is none.
    real_moves
        Sessions of the running phase whose close at least doubled or halved, taken for real moves
        of a share because nothing shows a split.
    forecasts
        By method, those that could answer.
    shown
        The method whose probabilities are said: the combination where it has proved skill over
        climatology by then, else ``climatology`` (base rates). Empty where no method answers.
    skill
        The combination's track record as it was known, by horizon.
    gain_skill
        Its record for the further gain; None where there is none.
    weights
        Weight of each method in the combination that answered and has one, for the top.
    pooled
        How many methods have a weight in the combination, whether they answered here or not.
    left_out
        Methods that could not answer, and why.
    analogues, fan, lifetimes
        What the charts draw; None or empty where not known.
    fitted_to
        The last day of the data that methods were fitted to, None where none was.
    fitted_on
        How many rallies that were over, and of how many instruments, those data hold.
    versions
        Of the lake's tables.
    calendar
        That of the instrument, by which sessions to come are dated; weekdays are counted without.
    """

    subject: str
    as_of: date
    rally: Rally | None
    market: Literal["bull", "bear", "undetermined"]
    since: date | None = None
    change: float | None = None
    known_from: date | None = None
    real_moves: tuple[date, ...] = ()
    forecasts: tuple[Forecast, ...] = ()
    shown: MethodName | Literal[""] = ""
    skill: tuple[Skill, ...] = ()
    gain_skill: Skill | None = None
    weights: tuple[tuple[MethodName, float], ...] = ()
    pooled: int = len(METHODS) - 1
    left_out: tuple[LeftOut, ...] = ()
    analogues: tuple[Analogue, ...] = ()
    fan: Fan | None = None
    lifetimes: Lifetimes | None = None
    fitted_to: date | None = None
    fitted_on: tuple[int, int] | None = None
    versions: tuple[tuple[str, int], ...] = ()
    calendar: str = ""

    def forecast(self, method: str) -> Forecast | None:
        """Return the forecast of a method, None where it gave none."""
        return next((one for one in self.forecasts if one.method == method), None)

    @property
    def said(self) -> Forecast | None:
        """The forecast whose probabilities are said."""
        return self.forecast(self.shown)
